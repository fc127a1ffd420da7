#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures Corelevel beside fityk, lmfit and libcerf, and prints tables. Started by tools/benchmark."""
import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time

import peer_fityk
import peer_lmfit
from problems import Problem, series
from tables import geometric_mean, number, print_table

PROBLEMS = ["p01_voigt_single", "p02_s2p_lab", "p03_s2p_haxpes", "p04_li1s_overlap", "p05_o1s",
            "p06_c1s_active_shirley", "p07_c1s_static_shirley", "p08_p2p_thiophosphate", "p09_cl2p", "p10_f1s",
            "p14_active_bound", "p15_s2p_low_counts", "p16_s2p_nonuniform"]
SAME_END = 1e-4  # relative difference of chi2 from the reference up to which a fit counts as done
PIXELS = 65536
SIZES = (1, 10, 31, 100, 1000, 10000)


class Bench:
    def __init__(self, options):
        self.build = options.build
        self.source = options.source
        self.shared = options.shared
        self.seconds = options.seconds
        self.problems = os.path.join(self.shared, "oracle", "problems")
        self.cores = sorted(os.sched_getaffinity(0))
        self.use_cores(1)

    def use_cores(self, n):
        """Binds this process and what it starts to the last n cores: the first ones serve interrupts."""
        os.sched_setaffinity(0, self.cores[-n:])

    def run(self, *arguments, may_fail=False):
        """One section of the C program; None where it failed and may."""
        program = os.path.join(self.build, "tools", "benchmarks", "corelevel-benchmark")
        done = subprocess.run([program, *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode == 0:
            return json.loads(done.stdout)
        if may_fail:
            return None
        sys.exit("corelevel-benchmark %s: failed" % " ".join(map(str, arguments)))

    def has_oracle(self):
        if os.path.isdir(self.problems):
            return True
        print("Skipped: the problems are not in %s (XPS_SHARED_DIR).\n" % self.problems)
        return False


def heading(text):
    print("### " + text + "\n", flush=True)


# ---- single fits ----

def judge(bench, problem, answer):
    """A peer's time and distance from the reference; `ended` where chi2 and bounds are right."""
    if answer is None:
        return None
    arguments = [text for name, value in answer["values"].items() for text in (name, repr(value))]
    end = bench.run("chi2", problem.name, *arguments)
    ended = end["inside"] and end["chi2"] is not None and abs(end["chi2"]) <= SAME_END
    return {"best": 1e6 * answer["best"], "median": 1e6 * answer["median"], "ended": ended,
            "pull": problem.pull(answer["values"])}


def measure_problem(bench, name, installed):
    """Rounds over all programs, so that a quiet moment of the machine serves every one of them."""
    problem = Problem(bench.problems, name)
    with tempfile.TemporaryDirectory() as folder:
        row = {"problem": problem, "ours": bench.run("problem", name, bench.seconds)}
        for method in peer_fityk.METHODS:
            possible = installed["fityk"] and peer_fityk.can_express(problem)
            row[method] = judge(bench, problem, peer_fityk.measure([problem], method, folder, bench.seconds)
                                if possible else None)
        row["lmfit"] = judge(bench, problem, peer_lmfit.measure(bench.problems, name, bench.seconds)
                             if installed["lmfit"] else None)
    again = bench.run("problem", name, bench.seconds)
    for key in ("fit_best", "whole_best", "fit_median", "whole_median"):
        row["ours"][key] = min(row["ours"][key], again[key])
    ends = [row[m] for m in peer_fityk.METHODS if row[m] is not None and row[m]["ended"]]
    row["fityk"] = min(ends, key=lambda end: end["best"], default=None)
    return row


def peer_cell(peer, installed):
    if not installed:
        return "not installed"
    if peer is None:
        return "-"
    return number(peer["best"]) + ("" if peer["ended"] else " x")


def ratio(peer, ours):
    return peer["best"] / ours if peer is not None and peer["ended"] else None


def section_fits(bench):
    heading("Single fits, microseconds of processor time on one core")
    if not bench.has_oracle():
        return
    installed = {"fityk": peer_fityk.is_installed(), "lmfit": peer_lmfit.is_installed()}
    rows = [measure_problem(bench, name, installed) for name in PROBLEMS]
    table = []
    for row in rows:
        ours = row["ours"]
        shape = "%s (%d, %d, %d)" % (row["problem"].name, ours["points"], ours["peaks"], ours["free"])
        table.append([shape, number(ours["fit_best"]), number(ours["fit_median"]), number(ours["whole_best"]),
                      ours["evaluations"], *(peer_cell(row[m], installed["fityk"]) for m in peer_fityk.METHODS),
                      peer_cell(row["lmfit"], installed["lmfit"]), number(ratio(row["fityk"], ours["fit_best"])),
                      number(ratio(row["lmfit"], ours["fit_best"])), "%.0e" % ours["pull"],
                      "%.0e" % row["fityk"]["pull"] if row["fityk"] else "-",
                      "%.0e" % row["lmfit"]["pull"] if row["lmfit"] else "-"])

    def mean(peer, key):
        return number(geometric_mean(q for q in (ratio(row[peer], row["ours"][key]) for row in rows) if q))

    ours_mean = [number(geometric_mean(row["ours"][key] for row in rows))
                 for key in ("fit_best", "fit_median", "whole_best")]
    table.append(["geometric mean", *ours_mean, "", "", "", "", mean("fityk", "fit_best"), mean("lmfit", "fit_best"),
                  "", "", ""])
    table.append(["geometric mean, all of a result", "", "", "", "", "", "", "", mean("fityk", "whole_best"),
                  mean("lmfit", "whole_best"), "", "", ""])
    print_table(["problem (points, peaks, free)", "Corelevel", "median", "all", "eval.", "fityk mpfit", "fityk lev.-marq.",
                 "lmfit", "fityk/C.", "lmfit/C.", "off C.", "off fityk", "off lmfit"], table)
    print("Corelevel: engine run from the given start to the end, memory set up once; all: model compiled, engine made,\n"
          "fit, covariance, derived quantities, warnings, all freed. x: did not end at the reference (chi2 within %g,\n"
          "inside the bounds); such a fit counts for nobody. fityk/C.: the better method that ended there. off: largest\n"
          "distance from the reference in its standard errors. lmfit includes its covariance.\n" % SAME_END)


# ---- maps and series ----

def section_map(bench):
    heading("Map: %d spectra of 141 points, 8 free parameters, every fit from the same cold start" % PIXELS)
    if not bench.has_oracle():
        return
    table = []
    for threads in range(1, min(2, len(bench.cores)) + 1):
        bench.use_cores(threads)
        for errors in ([], ["errors"]):
            result = bench.run("map", PIXELS, threads, 0.1, 4 * bench.seconds, *errors)
            table.append([threads, "yes" if errors else "no", number(1e-6 * result["wall_best"]),
                          number(1e-6 * result["wall_median"]), number(1e-6 * result["processor_best"]),
                          number(result["processor_best"] / PIXELS), number(result["evaluations"]),
                          result["unconverged"], number(result["median_reduced_chi2"]), number(result["peak_mb"])])
    bench.use_cores(1)
    print_table(["threads", "errors", "s", "median s", "processor s", "us/fit", "eval./fit", "unconverged",
                 "median chi2/dof", "peak MB"], table)


def available_memory_mb():
    with open("/proc/meminfo", encoding="ascii") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("MemAvailable"))


def section_joint(bench):
    heading("Cost against size: independent fits, and joint fits with 4 shared parameters (141 points each)")
    if not bench.has_oracle():
        return
    table, single, p18 = [], None, None
    for n in SIZES:
        if available_memory_mb() < 0.1 * n:
            print("%d spectra left out: not enough memory.\n" % n)
            continue
        alone = bench.run("map", n, 1, 1, bench.seconds)
        fit = bench.run("joint", n, bench.seconds)
        whole = bench.run("joint", n, bench.seconds, "whole")
        per_fit = alone["processor_best"] / n
        if n == 31:
            single, p18 = per_fit, fit["fit_best"]
        table.append([n, number(alone["processor_best"]), number(per_fit), number(alone["evaluations"]),
                      number(alone["peak_mb"]), fit["free"], number(fit["fit_best"]), number(fit["fit_median"]),
                      number(fit["fit_best"] / n), fit["evaluations"], number(fit["peak_mb"]),
                      number(whole["whole_best"]), number(whole["peak_mb"])])
    print_table(["spectra", "independent, us", "us/spectrum", "eval.", "MB", "free", "joint, us", "median", "us/spectrum",
                 "eval.", "MB", "joint, all, us", "MB"], table)
    print("31 joint spectra are p18; it costs %s single fits of its steps. MB: peak of the whole process.\n"
          % number(p18 / single))


def peer_series(bench, name):
    """Rows of fityk and lmfit: the same steps, each from the same start."""
    steps = series(bench.problems, name)
    answers = []
    if peer_fityk.is_installed():
        with tempfile.TemporaryDirectory() as folder:
            answers += [("fityk " + method, peer_fityk.measure(steps, method, folder, bench.seconds))
                        for method in peer_fityk.METHODS]
    if peer_lmfit.is_installed():
        answers.append(("lmfit", peer_lmfit.measure(bench.problems, name, bench.seconds, "series")))
    rows = []
    for peer, answer in answers:
        if answer is not None:
            pull = max(step.pull(values) for step, values in zip(steps, answer["steps"], strict=True))
            rows.append([peer + ", independent", number(1e6 * answer["best"]), number(1e6 * answer["median"]),
                         number(1e6 * answer["best"] / len(steps)), "", "%.0e" % pull])
    return rows


def section_series(bench):
    heading("A series: the 31 steps of p17 on one core, with uncertainties, frozen positions and net areas")
    if not bench.has_oracle():
        return
    table = []
    for mode in ("independent", "warm"):
        run = bench.run("series", mode, bench.seconds)
        table.append([mode, number(run["series_best"]), number(run["series_median"]),
                      number(run["series_best"] / run["steps"]), run["evaluations"], "%.0e" % run["pull"]])
    bare = bench.run("map", 31, 1, 1, bench.seconds)
    table.append(["fits alone, values only", number(bare["processor_best"]), "", number(bare["processor_best"] / 31),
                  number(bare["evaluations"]), ""])
    chain = bench.run("series", "chain", bench.seconds)
    table.append(["fits alone, each from the one before", number(chain["series_best"]), number(chain["series_median"]),
                  number(chain["series_best"] / chain["steps"]), chain["evaluations"], "%.0e" % chain["pull"]])
    table += peer_series(bench, "p17_operando_s2p")
    print_table(["mode", "best, us", "median", "us/step", "eval.", "off"], table)
    print("Warm goes along the steps both ways and keeps the better one; eval. counts those of the results that are kept.\n"
          "fityk: values only, the time of reading and resetting taken off; lmfit includes its covariance. off: largest\n"
          "distance of a parameter of a step from the reference in its standard errors.\n")


# ---- kernel and programs ----

def section_kernel(bench):
    heading("Voigt kernel")
    program = os.path.join(bench.build, "tools", "benchmark-kernel", "benchmark-kernel")
    done = subprocess.run([program], stdout=subprocess.PIPE, text=True, check=False)
    print("```\n" + done.stdout.rstrip() + "\n```\n", flush=True)


def section_programs(bench):
    heading("Whole programs, milliseconds on the wall from start to end")
    if not bench.has_oracle():
        return
    cli = os.path.join(bench.build, "src", "cli", "corelevel-cli")
    stem = os.path.join(bench.problems, "p02_s2p_lab")
    fit = [cli, "fit", stem + ".csv", "--model", stem + ".json"]
    with tempfile.TemporaryDirectory() as folder:
        cases = [("corelevel-cli --version", 200, [cli, "--version"]), ("corelevel-cli fit p02", 200, fit)]
        cases += [("... --figure " + ending, 60, [*fit, "--figure", os.path.join(folder, "p02." + ending)])
                  for ending in ("pdf", "svg", "png")]
        if peer_fityk.is_installed():
            script = peer_fityk.Script([Problem(bench.problems, "p02_s2p_lab")], "mpfit", folder)
            script.run(["fit"])
            cases.append(("cfityk, the same fit", 60, [peer_fityk.PROGRAM, "-I", "-n", "-q", script.path]))
        table = []
        for name, runs, command in cases:
            result = bench.run("process", runs, *command, may_fail=True)
            times = ("wall_best", "wall_median", "processor_best", "processor_median")
            table.append([name, runs] + ["failed"] * 5 if result is None else
                         [name, runs, *(number(1e-3 * result[t]) for t in times), number(result["peak_mb"])])
    print_table(["program", "runs", "best", "median", "processor, best", "median", "peak MB"], table)


# ---- the machine ----

def first_line(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return (done.stdout.splitlines() or [""])[0]


def package(name):
    return first_line(["dpkg-query", "-W", "-f=${Version}", name]) or "not installed"


def processor():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        lines = dict(line.split(":", 1) for line in file if ":" in line)
    fields = {key.strip(): value.strip() for key, value in lines.items()}
    return "%s (family %s, model %s)" % tuple(fields.get(k, "?") for k in ("model name", "cpu family", "model"))


def section_machine(bench):
    machine = bench.run("machine")
    commit = first_line(["git", "-C", bench.source, "describe", "--always", "--dirty", "--abbrev=12"]) or "unknown"
    with open("/etc/os-release", encoding="utf-8") as file:
        system = dict(line.rstrip().split("=", 1) for line in file if "=" in line)["PRETTY_NAME"].strip('"')
    print("%s: %s, %d cores, kernels for %s; %s, Linux %s; gcc %s, meson buildtype release.\n"
          "Corelevel %s (%s); fityk %s, lmfit %s, scipy %s, numpy %s, libcerf %s. Load average before: %.1f.\n"
          % (time.strftime("%d %B %Y"), processor(), len(bench.cores), machine["isa"], system, platform.release(), machine["compiler"],
             machine["version"], commit, package("fityk"), package("python3-lmfit"), package("python3-scipy"),
             package("python3-numpy"), package("libcerf-dev"), os.getloadavg()[0]), flush=True)


SECTIONS = {"fits": section_fits, "map": section_map, "joint": section_joint, "series": section_series, "kernel": section_kernel,
            "programs": section_programs}


def main():
    parser = argparse.ArgumentParser(prog="tools/benchmark", description=__doc__)
    parser.add_argument("--only", default=",".join(SECTIONS), metavar="SECTION,...",
                        help="some of: " + ", ".join(SECTIONS))
    parser.add_argument("--seconds", type=float, default=1, help="for each measurement (1)")
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--source", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.shared = os.environ["XPS_SHARED_DIR"]
    names = options.only.split(",")
    if not set(names) <= set(SECTIONS):
        parser.error("sections are " + ", ".join(SECTIONS))
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    bench = Bench(options)
    section_machine(bench)
    for name in names:
        SECTIONS[name](bench)
    print("Load average after: %.1f." % os.getloadavg()[0])


if __name__ == "__main__":
    sys.exit(main())
