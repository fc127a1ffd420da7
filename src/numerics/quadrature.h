/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* Sums over a grid of any spacing; x ascending, arrays of n. */

/* Trapezoidal integral; 0 for n < 2. */
double xps_trapezoid (size_t n, const double *x, const double *y);

/* out[i] = integral from x[0] to x[i] by the trapezoidal rule, out[0] = 0. out may be y. */
void xps_cumulative_trapezoid (size_t n, const double *x, const double *y, double *out);
