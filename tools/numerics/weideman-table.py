#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints src/numerics/faddeeva-table.h: Weideman's coefficients (SIAM J. Numer. Anal. 31 (1994) 1497), 40 digits."""
import mpmath as mp

mp.mp.dps = 40


def weideman(n):
    """Scale L and coefficients a_1..a_n: Fourier coefficients of (L^2 + t^2) exp(-t^2), t = L tan(theta / 2)."""
    scale = mp.sqrt(n / mp.sqrt(2))
    m = 256
    angles = [mp.pi * j / m for j in range(-m + 1, m)]
    t = [scale * mp.tan(a / 2) for a in angles]
    f = [(scale**2 + v * v) * mp.exp(-v * v) for v in t]
    return scale, [mp.fsum(v * mp.cos(k * a) for v, a in zip(f, angles)) / (2 * m) for k in range(1, n + 1)]


print("/* SPDX-License-Identifier: GPL-3.0-or-later */")
print("/* Printed by tools/numerics/weideman-table.py; do not edit. */")
print("#pragma once\n")
for n in (24, 40):
    scale, a = weideman(n)
    print("#define WEIDEMAN_SCALE_%d %s" % (n, mp.nstr(scale, 20)))
    print("static const double weideman_%d[%d] = {" % (n, n))
    for v in a:
        print("  %s," % mp.nstr(v, 20))
    print("};")
