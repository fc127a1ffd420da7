/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* Sums over a grid of any spacing; x ascending (equal neighbours allowed: they add nothing), arrays of n.
 * Nothing allocates; n = 0 is allowed everywhere. */

/* Trapezoidal integral; 0 for n < 2. */
double xps_trapezoid (size_t n, const double *x, const double *y);

/* out[i] = integral from x[0] to x[i] by the trapezoidal rule, out[0] = 0. out may be y. */
void xps_cumulative_trapezoid (size_t n, const double *x, const double *y, double *out);

/* half[i] = (x[i+1] - x[i]) / 2, n - 1 of them: what does not change while many curves are summed on one
 * grid. */
void xps_half_steps (size_t n, const double *x, double *half);

/* As xps_cumulative_trapezoid, for m curves y[k] -> out[k] on the grid of `half`. out[k] may be y[k]. One
 * running sum waits for its own last addition, so that four curves at a time cost hardly more than one. */
void xps_cumulate (size_t n, const double *half, size_t m, const double *const *y, double *const *out);

/* Gauss-Legendre rule on [-1, 1]: the number of nodes (4, 8, 16, 24: the smallest that has at least `nodes`,
 * else the largest), abscissae ascending and weights lent for ever. Exact for polynomials of degree 2 * nodes
 * - 1. */
size_t xps_gauss_legendre (size_t nodes, const double **abscissae, const double **weights);
