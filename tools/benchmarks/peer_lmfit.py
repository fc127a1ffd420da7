# SPDX-License-Identifier: GPL-3.0-or-later
"""Times fits of lmfit: one VoigtModel a component, links as expressions, as front ends to lmfit build it.

Model and parameters are made once; a fit is Model.fit() with its defaults (Levenberg-Marquardt of MINPACK,
finite differences, covariance). A Voigt profile under an active Shirley background is no built-in model: there
the model is a function of NumPy arrays over lmfit's own voigt().

Run as a program for one problem, so that its libraries see the limits on threads first; of a series all steps are
fitted one after the other, each from the same start:
    peer_lmfit.py FOLDER PROBLEM SECONDS [series]"""
import inspect
import json
import math
import subprocess
import sys
import time

from problems import Problem, best_and_median, series

FWHM_PER_SIGMA = 2 * math.sqrt(2 * math.log(2))


def is_installed():
    return subprocess.run([sys.executable, "-c", "import lmfit"], capture_output=True, check=False).returncode == 0


def add_parameters(problem, lmfit):
    made = lmfit.Parameters()
    for p in problem.free + problem.fixed:
        made.add(p["name"], value=p["init"], vary=p.get("vary", True),
                 min=-math.inf if p.get("min") is None else p["min"],
                 max=math.inf if p.get("max") is None else p["max"])
    for p in problem.links:
        made.add(p["name"], expr="%r*%s + %r" % (p["coef"], p["of"], p["const"]))
    return made


def with_arguments(function, names):
    """lmfit reads parameter names from the signature."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    function.__signature__ = inspect.Signature([inspect.Parameter(n, kind) for n in ["x", *names]])
    return function


def polynomial(problem):
    names, reference = problem.poly["coeffs"], problem.poly["x_ref"]

    def poly(x, **p):
        return sum(p[n] * (x - reference) ** i for i, n in enumerate(names))

    return with_arguments(poly, names)


def voigt_composite(problem, lmfit):
    parameters = add_parameters(problem, lmfit)
    model = None
    for component in problem.components:
        prefix, q = "peak_" + component["name"] + "_", component["params"]
        peak = lmfit.models.VoigtModel(prefix=prefix)
        model = peak if model is None else model + peak
        parameters.update(peak.make_params())
        parameters[prefix + "gamma"].set(expr="", vary=True)
        for name, expression in (("center", q["center"]), ("amplitude", q["area"]), ("gamma", q["fwhm_l"] + "/2"),
                                 ("sigma", "%s/%r" % (q["fwhm_g"], FWHM_PER_SIGMA))):
            parameters[prefix + name].set(expr=expression)
    if problem.poly["coeffs"]:
        model = model + lmfit.Model(polynomial(problem))
    return model, parameters


def shirley_function(problem, lmfit, numpy):
    """Peaks on k times the area of the peaks towards lower binding energy (trapezoids)."""
    parameters = add_parameters(problem, lmfit)
    poly = polynomial(problem)

    def curve(x, **p):
        peaks = numpy.zeros_like(x)
        for component in problem.components:
            q = component["params"]
            peaks += lmfit.lineshapes.voigt(x, p[q["area"]], p[q["center"]], p[q["fwhm_g"]] / FWHM_PER_SIGMA,
                                            p[q["fwhm_l"]] / 2)
        steps = 0.5 * numpy.diff(x) * (peaks[1:] + peaks[:-1])
        below = numpy.concatenate(([0.0], numpy.cumsum(steps)))
        return peaks + p[problem.shirley["k"]] * below + poly(x, **p)

    return lmfit.Model(with_arguments(curve, list(parameters))), parameters


def main():
    import lmfit  # noqa: the threads of NumPy's libraries are limited by the environment of this process
    import numpy
    steps = series(*sys.argv[1:3]) if sys.argv[4:] == ["series"] else [Problem(*sys.argv[1:3])]
    problem, x = steps[0], numpy.array(steps[0].x)
    measured = [(numpy.array(step.y), 1 / numpy.array(step.sigma)) for step in steps]
    model, parameters = (shirley_function(problem, lmfit, numpy) if problem.shirley else
                         voigt_composite(problem, lmfit))
    samples, end = [], time.perf_counter() + float(sys.argv[3])
    while len(samples) < 3 or time.perf_counter() < end:
        start = time.process_time()
        results = [model.fit(y, parameters, x=x, weights=weights, scale_covar=False) for y, weights in measured]
        samples.append(time.process_time() - start)
    best, median = best_and_median(samples)
    values = [{p["name"]: float(result.params[p["name"]].value) for p in problem.free} for result in results]
    print(json.dumps({"best": best, "median": median, "values": values[0], "steps": values}))


def measure(folder, name, seconds, *kind):
    done = subprocess.run([sys.executable, __file__, folder, name, str(seconds), *kind], capture_output=True,
                          text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


if __name__ == "__main__":
    main()
