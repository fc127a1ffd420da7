#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints src/numerics/faddeeva-table.h (about half a minute; needs python3-mpmath):

    tools/numerics/faddeeva-table.py > src/numerics/faddeeva-table.h

1. Fits erfcx(s) = w(is) by a rational function N(s)/D(s) with real coefficients, degree n-1 over n, for Re s >= y_min,
   |s| <= radius, s = y - ix. The error is analytic, so it is largest on the border: the line Re s = y_min and the arc.
   Linearised least squares (Sanathanan & Koerner, IEEE Trans. Autom. Control 8 (1963) 56) with weights that follow
   the error (Lawson), so that error / allowed error comes out level. Allowed: min (absolute, relative * K (x, y_min)).
2. Writes K = Re (N conj D) / |D|^2 and L = Im (N conj D) / |D|^2 as real polynomials in t = x^2 whose coefficients are
   polynomials in y. Both sides are divided by the leading coefficient of |D|^2.
Row m of a group of eight powers t^8g .. t^8g+7 holds the coefficients of y^m: 8 of |D|^2, 8 of K, 8 of L / x.
"""
import mpmath as mp

mp.mp.dps = 60
GROUP = 8


def faddeeva(z):
    return mp.exp(-z * z) * mp.erfc(-1j * z)


def border(n, y_min, radius):
    line = [y_min - 1j * radius * j / (6 * n) for j in range(6 * n + 1)]
    angles = [mp.pi / 2 * j / n for j in range(1, n)]
    return line + [radius * (mp.sin(a) - 1j * mp.cos(a)) for a in angles]


def least_squares(rows, rhs):
    """Normal equations: 60 digits make up for their condition."""
    n = len(rows[0])
    matrix, right = mp.matrix(n, n), mp.matrix(n, 1)
    for a in range(n):
        for b in range(a, n):
            matrix[a, b] = matrix[b, a] = mp.fsum(row[a] * row[b] for row in rows)
        right[a] = mp.fsum(row[a] * r for row, r in zip(rows, rhs))
    return mp.lu_solve(matrix, right)


def fit(n, y_min, radius, absolute, relative):
    points = border(n, y_min, radius)
    values = [faddeeva(1j * s) for s in points]
    weights = [1 / min(absolute, relative * v.real) for v in values]
    unit = radius / 2
    powers = [[(s / unit) ** k for k in range(n + 1)] for s in points]
    lawson = [mp.mpf(1)] * len(points)
    below = [mp.mpf(1)] * len(points)
    best = (mp.inf, None, None)
    for step in range(40):
        rows, rhs = [], []
        for p, f, w, q, b in zip(powers, values, weights, lawson, below):
            g = w * mp.sqrt(q) / abs(b)
            row = [mp.mpc(c * g) for c in p[:n]] + [-f * c * g for c in p[1:]]
            rows += [[c.real for c in row], [c.imag for c in row]]
            rhs += [(f * g).real, (f * g).imag]
        x = least_squares(rows, rhs)
        above, under = x[:n], [mp.mpf(1)] + list(x[n:])
        below = [mp.fdot(under, p) for p in powers]
        errors = [abs(mp.fdot(above, p[:n]) / b - f) * w for p, b, f, w in zip(powers, below, values, weights)]
        worst = max(errors)
        if worst < best[0]:
            best = (worst, above, under)
        if step >= 12:
            lawson = [q * (e / worst + mp.mpf("1e-3")) for q, e in zip(lawson, errors)]
            mean = mp.fsum(lawson) / len(lawson)
            lawson = [q / mean for q in lawson]
    worst, above, under = best
    return worst, [c / unit**k for k, c in enumerate(above)], [c / unit**k for k, c in enumerate(under)]


def on_line(c):
    """Real polynomial in s = y - ix as E - i x O: {(power of t, power of y): coefficient} of E and of O."""
    even, odd = {}, {}
    for j, a in enumerate(c):
        for i in range(j + 1):
            part = odd if i % 2 else even
            part[i // 2, j - i] = part.get((i // 2, j - i), 0) + a * mp.binomial(j, i) * (-1) ** (i // 2)
    return even, odd


def product(a, b, sign=1, shift=0):
    out = {}
    for (i, m), p in a.items():
        for (j, l), q in b.items():
            out[i + j + shift, m + l] = out.get((i + j + shift, m + l), 0) + sign * p * q
    return out


def total(a, b):
    out = dict(a)
    for key, value in b.items():
        out[key] = out.get(key, 0) + value
    return out


def number(v):
    return "0" if v == 0 else mp.nstr(v, 17, strip_zeros=True)


def print_table(name, n, y_min, radius, absolute, relative):
    worst, above, under = fit(n, mp.mpf(y_min), mp.mpf(radius), mp.mpf(absolute), mp.mpf(relative))
    ne, no = on_line(above)
    de, do = on_line(under)
    unit = under[n] ** 2
    parts = [
        total(product(de, de), product(do, do, shift=1)),
        total(product(ne, de), product(no, do, shift=1)),
        total(product(ne, do), product(no, de, sign=-1)),
    ]
    print("/* n = %d, y >= %s, |z| <= %s: |error| <= %s min (%s, %s K (x, %s)). */"
          % (n, y_min, radius, mp.nstr(worst, 3), absolute, relative, y_min))
    print("#define %s_TERMS %d" % (name.upper(), n))
    groups = [2 * (n - first) + 1 for first in range(0, n, GROUP)]
    print("static const double %s_table[%d][%d] = {" % (name, sum(groups), 3 * GROUP))
    for g, rows in enumerate(groups):
        for m in range(rows):
            cells = [p.get((g * GROUP + j, m), mp.mpf(0)) / unit if g * GROUP + j < n else mp.mpf(0)
                     for p in parts for j in range(GROUP)]
            print("  {")
            for i in range(0, len(cells), 4):
                print("    %s," % ", ".join(number(c) for c in cells[i:i + 4]))
            print("  },")
    print("};\n")


print("/* SPDX-License-Identifier: GPL-3.0-or-later */")
print("/* Table of data, printed by tools/numerics/faddeeva-table.py, which says what the numbers are. Do not edit. */")
print("#pragma once\n")
print("#define LINE_GROUP %d\n" % GROUP)
print_table("full", 16, "0.002", "8.05", "1e-15", "1e-12")
print_table("fast", 11, "0.001", "16.1", "1e-9", "1e-6")
