# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables that read well on a terminal and are Markdown as well."""
import math


def number(value, digits=3):
    """Three digits, whatever the size; a dash for what is not there."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return "-"
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    if size < -3:
        return "%.1e" % value
    return "%.*f" % (max(digits - 1 - size, 0), value)


def print_table(header, rows):
    cells = [[str(cell) for cell in row] for row in [header, *rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(header))]
    for k, row in enumerate(cells):
        first = row[0].ljust(widths[0])
        print("| " + " | ".join([first, *(c.rjust(w) for c, w in zip(row[1:], widths[1:]))]) + " |")
        if k == 0:
            print("|" + "|".join(["-" * (widths[0] + 2), *("-" * (w + 1) + ":" for w in widths[1:])]) + "|")
    print(flush=True)


def geometric_mean(values):
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None
