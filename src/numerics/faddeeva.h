/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* w(z) = exp(-z^2) erfc(-iz) = K + iL, the Faddeeva function, for z = x[i] + iy along a line of constant
 * y >= 0: one photoemission peak is one such line. Vectorised; the instruction set is chosen at run time.
 * Method: kernels.c.
 *
 * Largest errors against 50-digit values over x = 0..1e8 and y = 0..1e8:
 *               |error of K or L| / K(0, y)    error of K / K             error of L / L
 *   ..._FULL    4e-15                          3e-13, down to y = 0       1e-14
 *   ..._FAST    4e-10                          4e-7 for y >= 1e-3         1e-8
 * (FAST: K may be lost, even negative, where it is below 4e-10 of K(0, y), which takes y < 1e-3.)
 *
 * x in any order, unaligned; k and l must not overlap x. Infinite x gives 0, NaN gives NaN. A value depends
 * on its place in the array by 1e-14 of itself at most, on the instruction set within the errors
 * above. */
typedef enum { XPS_FADDEEVA_FULL, XPS_FADDEEVA_FAST } XpsFaddeevaLevel;

void xps_faddeeva_line (size_t n, const double *x, double y, XpsFaddeevaLevel level, double *k, double *l);

/* K(0, y) = exp(y^2) erfc(y), without overflow for large y; any y. */
double xps_erfcx (double y);

/* Name of the instruction set in use ("avx512", "avx2", "generic"), and evaluation with one by name, for
 * tests and benchmarks; returns 0 where this machine lacks it. */
const char *xps_faddeeva_get_isa (void);
int xps_faddeeva_line_with (const char *isa, size_t n, const double *x, double y, XpsFaddeevaLevel level,
                            double *k, double *l);
