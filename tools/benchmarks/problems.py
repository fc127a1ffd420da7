# SPDX-License-Identifier: GPL-3.0-or-later
"""The oracle's fit problems as the peers need them."""
import csv
import json
import os


class Problem:
    """x, y (less a known background), sigma, the model of the file, free parameters and links in order; of one
    step where the file is a series."""

    def __init__(self, folder, name, step=None):
        with open(os.path.join(folder, name + ".json"), encoding="utf-8") as file:
            self.document = json.load(file)
        with open(os.path.join(folder, name + ".csv"), encoding="utf-8") as file:
            rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
        self.name = name
        self.x = [float(row["x"]) for row in rows]
        if step is None:
            self.y = [float(row["y"]) - float(row.get("background") or 0) for row in rows]
            self.sigma = [float(row["sigma"]) for row in rows]
            self.reference = self.document["reference"]
        else:
            column = [key for key in rows[0] if key != "x"][step]
            self.y = [float(row[column]) for row in rows]
            self.sigma = [max(y, 1.0) ** 0.5 for y in self.y]
            self.reference = self.document["steps"][step]
        model = self.document["model"]
        self.parameters = model["parameters"]
        self.components = model["components"]
        self.free = [p for p in self.parameters if "of" not in p and p.get("vary", True)]
        self.fixed = [p for p in self.parameters if "of" not in p and not p.get("vary", True)]
        self.links = [p for p in self.parameters if "of" in p]
        self.poly = self.background("poly") or {"coeffs": [], "x_ref": 0.0}
        self.shirley = self.background("active_shirley")

    def background(self, kind):
        return next((b for b in self.document["model"]["background"] if b["type"] == kind), None)

    def pull(self, values):
        """Largest distance of {name: value} from the reference in its standard errors."""
        worst = 0.0
        for p in self.free:
            reference = self.reference["parameters"][p["name"]]
            if reference["stderr"]:
                worst = max(worst, abs(values[p["name"]] - reference["value"]) / reference["stderr"])
        return worst


def series(folder, name):
    """Its steps, each a problem of its own."""
    first = Problem(folder, name, 0)
    return [first] + [Problem(folder, name, i) for i in range(1, len(first.document["steps"]))]


def best_and_median(samples):
    ordered = sorted(samples)
    n = len(ordered)
    return ordered[0], 0.5 * (ordered[(n - 1) // 2] + ordered[n // 2])
