/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* w(z) = exp(-z^2) erfc(-iz) = K + iL, the Faddeeva function, for z = x[i] + iy along a line of constant y >= 0:
 * one photoemission peak is one such line. Vectorised; the instruction set is chosen at run time.
 *
 * XPS_FADDEEVA_FULL: |error| <= 1e-14 of K(0, y), and K relative to 1e-12 for y >= 1e-2, down to y = 0
 *                    (K = exp(-x^2) there) with care for K's own size.
 * XPS_FADDEEVA_FAST: relative error of K below 1e-6 for y >= 1e-3, absolute below 1e-9 of K(0, y).
 * x in any order, unaligned; k and l must not overlap x. Infinite x gives 0. */
typedef enum { XPS_FADDEEVA_FULL, XPS_FADDEEVA_FAST } XpsFaddeevaLevel;

void xps_faddeeva_line (size_t n, const double *x, double y, XpsFaddeevaLevel level, double *k, double *l);

/* K(0, y) = exp(y^2) erfc(y), without overflow for large y. */
double xps_erfcx (double y);

/* Name of the instruction set in use ("avx512", "avx2", "generic"), and evaluation with one by name, for tests and
 * benchmarks; returns 0 where this machine lacks it. */
const char *xps_faddeeva_get_isa (void);
int xps_faddeeva_line_with (const char *isa, size_t n, const double *x, double y, XpsFaddeevaLevel level,
                            double *k, double *l);
