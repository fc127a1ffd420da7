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
    """Of several steps the first one's model is fitted to the data of each, read when their turn comes."""

    def __init__(self, steps, method, folder):
        self.path = os.path.join(folder, "run.fit")
        self.names = [p["name"] for p in steps[0].free]
        self.start = os.path.join(folder, "start.fit")
        self.load = []
        for i, step in enumerate(steps):
            data = os.path.join(folder, "data%d.txt" % i)
            self.load.append("@0 < '" + data + ":1:2:3:'")
            with open(data, "w", encoding="ascii") as file:
                for row in zip(step.x, step.y, step.sigma):
                    file.write("%r %r %r\n" % row)
        with open(self.start, "w", encoding="ascii") as file:
            file.write("\n".join(start_lines(steps[0])) + "\n")
        self.head = ["set verbosity=-1", "set numeric_format='%.17g'", self.load[0], *model_lines(steps[0]),
                     "set fitting_method=" + method]

    def each(self, lines):
        """Every step from the start, followed by `lines`."""
        once = ["exec '%s'" % self.start, *lines]
        return once if len(self.load) == 1 else [line for load in self.load for line in (load, *once)]

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
        """Of every step."""
        n = len(self.names)
        _, text = self.run(self.each(["fit", "print " + ", ".join("$" + name for name in self.names)]))
        numbers = text.split()[-n * len(self.load):]
        try:
            return [{name: float(v) for name, v in zip(self.names, numbers[i * n:(i + 1) * n], strict=True)}
                    for i in range(len(self.load))]
        except ValueError:
            return None

    def sample(self, fits):
        """Seconds with and without `fits` fits from the start."""
        with_fits, _ = self.run(self.each(["fit"]) * fits)
        without, _ = self.run(self.each([]) * fits)
        return with_fits, without


def measure(steps, method, folder, seconds):
    """Best and median seconds of fits of all steps, and where they ended."""
    script = Script(steps, method, folder)
    values = script.answer()
    if values is None:
        return None
    few = 20 if len(steps) == 1 else 1
    with_fits, without = script.sample(few)
    fits = int(min(max(0.1 * few / max(with_fits - without, 1e-4), few), 1000))
    busy, idle, end = [], [], time.perf_counter() + seconds
    while len(busy) < 3 or time.perf_counter() < end:
        with_fits, without = script.sample(fits)
        busy.append(with_fits)
        idle.append(without)
    best, median = ((b - i) / fits for b, i in zip(best_and_median(busy), best_and_median(idle)))
    return {"best": best, "median": median, "values": values[0], "steps": values}
