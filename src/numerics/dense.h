/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Small dense algebra for least squares. No function allocates.
 *
 * Long columns (points of a spectrum): a column starts every `ld` doubles, ld = xps_dense_padded (n), rows
 * n..ld-1 are zero so that kernels need no tail, and the memory is aligned to 64 bytes. The kernels choose
 * the instruction set at run time; their sums may differ in the last bits from one set to another. */

size_t xps_dense_padded (size_t n);

/* gram[a*stride + b] = gram[b*stride + a] = sum_i J_a[i] J_b[i] for first <= a < m and all b <= a. */
void xps_dense_gram (size_t ld, size_t first, size_t m, const double *jacobian, size_t stride, double *gram);
/* out[a] = sum_i J_a[i] r[i] for a < m. */
void xps_dense_project (size_t ld, size_t m, const double *jacobian, const double *r, double *out);
double xps_dense_dot (size_t ld, const double *a, const double *b);
/* y += factor * x */
void xps_dense_axpy (size_t ld, double factor, const double *x, double *y);
/* y = factor * w * x and y += factor * w * x, element by element */
void xps_dense_set_product (size_t ld, double factor, const double *w, const double *x, double *y);
void xps_dense_add_product (size_t ld, double factor, const double *w, const double *x, double *y);

/* Cholesky factor in place in the lower triangle of a (m x m, row stride `stride`). Returns m, or the index
 * of the first pivot that cancellation has eaten. */
size_t xps_dense_cholesky (size_t m, size_t stride, double *a);
/* b := L^-1 b, b := L^-T b, and both one after the other. */
void xps_dense_forward (size_t m, size_t stride, const double *factor, double *b);
void xps_dense_backward (size_t m, size_t stride, const double *factor, double *b);
void xps_dense_cholesky_solve (size_t m, size_t stride, const double *factor, double *b);
/* inverse (m x m, row stride m, both triangles) from the factor. */
void xps_dense_cholesky_invert (size_t m, size_t stride, const double *factor, double *inverse);

/* Eigenvalues of a symmetric m x m matrix by cyclic Jacobi rotations, ascending; a is destroyed. If vectors
 * is not NULL it receives the eigenvectors as columns (row-major: vectors[i*m + k] is component i of vector
 * k). */
void xps_dense_eigen (size_t m, double *a, double *values, double *vectors);

/* Bounded least squares: minimises 1/2 v'Gv - g'v with low <= v <= high by an active set, starting from v
 * (bounds may be infinite). G (m x m, row stride m) is positive definite; a variable with a zero diagonal
 * stays at its start. work holds m*m + 2m doubles, state m ints (-1 held at low, 0 free, 1 held at high).
 * Returns false when it did not settle or G is singular on the free set; v then holds the last feasible
 * point. */
bool xps_dense_bounded_quadratic (size_t m, const double *gram, const double *gradient, const double *low,
                                  const double *high, double *v, int *state, double *work);
