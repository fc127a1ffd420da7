# SPDX-License-Identifier: GPL-3.0-or-later
"""The oracle's fit problems as the peers need them."""
import csv
import json
import os


class Problem:
    """x, y (less a known background), sigma, the model of the file, free parameters and links in order."""

    def __init__(self, folder, name):
        with open(os.path.join(folder, name + ".json"), encoding="utf-8") as file:
            self.document = json.load(file)
        with open(os.path.join(folder, name + ".csv"), encoding="utf-8") as file:
            rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
        self.name = name
        self.x = [float(row["x"]) for row in rows]
        self.y = [float(row["y"]) - float(row.get("background") or 0) for row in rows]
        self.sigma = [float(row["sigma"]) for row in rows]
        model = self.document["model"]
        self.parameters = model["parameters"]
        self.components = model["components"]
        self.free = [p for p in self.parameters if "of" not in p and p.get("vary", True)]
        self.fixed = [p for p in self.parameters if "of" not in p and not p.get("vary", True)]
        self.links = [p for p in self.parameters if "of" in p]
        self.poly = self.background("poly") or {"coeffs": [], "x_ref": 0.0}
        self.shirley = self.background("active_shirley")
        self.reference = self.document["reference"]

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


def best_and_median(samples):
    ordered = sorted(samples)
    n = len(ordered)
    return ordered[0], 0.5 * (ordered[(n - 1) // 2] + ordered[n // 2])
