# SPDX-License-Identifier: GPL-3.0-or-later
"""Times fits of fityk through its command line.

One process fits many times, each time from the same start; the time of a second process that does all the same
but the fits is taken off, so that starting, reading and resetting cost fityk nothing. fityk gets its own built-in
shapes (VoigtA, Linear), its own defaults, and the same links and bounds."""
import math
import os
import resource
import shutil
import subprocess
import time

from problems import best_and_median

PROGRAM = "cfityk"
METHODS = ("mpfit", "levenberg_marquardt")
SQRT_LN2 = math.sqrt(math.log(2))


def is_installed():
    return shutil.which(PROGRAM) is not None


def can_express(problem):
    return problem.shirley is None and all(c["type"] == "voigt" for c in problem.components)


def start_lines(problem):
    for p in problem.free:
        domain = "" if p.get("min") is None and p.get("max") is None else (
            " [%s:%s]" % tuple("" if p.get(k) is None else repr(p[k]) for k in ("min", "max")))
        yield "$%s = ~%r%s" % (p["name"], p["init"], domain)


def model_lines(problem):
    yield from start_lines(problem)
    for p in problem.fixed:
        yield "$%s = %r" % (p["name"], p["init"])
    for p in problem.links:
        yield "$%s = %r*$%s + %r" % (p["name"], p["coef"], p["of"], p["const"])
    for c in problem.components:
        q = c["params"]
        yield "F += VoigtA($%s, $%s, $%s/%r, %r*$%s/$%s)" % (
            q["area"], q["center"], q["fwhm_g"], 2 * SQRT_LN2, SQRT_LN2, q["fwhm_l"], q["fwhm_g"])
    b, r = problem.poly["coeffs"], problem.poly["x_ref"]
    if len(b) == 1:
        yield "F += Constant($%s)" % b[0]
    elif len(b) == 2:
        yield "F += Linear($%s - %r*$%s, $%s)" % (b[0], r, b[1], b[1])
    elif len(b) == 3:
        yield "F += Quadratic($%s - %r*$%s + %r*$%s, $%s - %r*$%s, $%s)" % (
            b[0], r, b[1], r * r, b[2], b[1], 2 * r, b[2], b[2])


class Script:
    def __init__(self, problem, method, folder):
        self.path = os.path.join(folder, "run.fit")
        self.names = [p["name"] for p in problem.free]
        data, self.reset = os.path.join(folder, "data.txt"), os.path.join(folder, "start.fit")
        with open(data, "w", encoding="ascii") as file:
            for row in zip(problem.x, problem.y, problem.sigma):
                file.write("%r %r %r\n" % row)
        with open(self.reset, "w", encoding="ascii") as file:
            file.write("\n".join(start_lines(problem)) + "\n")
        self.head = ["set verbosity=-1", "set numeric_format='%.17g'", "@0 < '" + data + ":1:2:3:'",
                     *model_lines(problem), "set fitting_method=" + method]

    def run(self, lines):
        """Processor seconds, and what it printed."""
        with open(self.path, "w", encoding="ascii") as file:
            file.write("\n".join(self.head + lines) + "\n")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run([PROGRAM, "-I", "-n", "-q", self.path], stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, check=False)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout

    def answer(self):
        _, text = self.run(["fit", "print " + ", ".join("$" + n for n in self.names)])
        numbers = text.split()[-len(self.names):]
        try:
            return {n: float(v) for n, v in zip(self.names, numbers, strict=True)}
        except ValueError:
            return None

    def sample(self, fits):
        """Seconds with and without `fits` fits from the start."""
        reset = "exec '%s'" % self.reset
        with_fits, _ = self.run([reset, "fit"] * fits)
        without, _ = self.run([reset] * fits)
        return with_fits, without


def measure(problem, method, folder, seconds):
    """Best and median seconds of one fit, and where it ended."""
    script = Script(problem, method, folder)
    values = script.answer()
    if values is None:
        return None
    with_fits, without = script.sample(20)
    fits = int(min(max(0.1 * 20 / max(with_fits - without, 1e-4), 20), 1000))
    busy, idle, end = [], [], time.perf_counter() + seconds
    while len(busy) < 3 or time.perf_counter() < end:
        with_fits, without = script.sample(fits)
        busy.append(with_fits)
        idle.append(without)
    best, median = ((b - i) / fits for b, i in zip(best_and_median(busy), best_and_median(idle)))
    return {"best": best, "median": median, "values": values}
