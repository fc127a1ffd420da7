/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Small dense algebra for least squares. Matrices are symmetric or column-major as said; no function allocates. */

/* Columns of a Jacobian start every `ld` doubles; ld is xps_dense_padded(n) and rows n..ld-1 are zero, so that
 * kernels need no tail. Column memory is aligned to 64 bytes. */
size_t xps_dense_padded (size_t n);

/* gram[a*m+b] = sum_i J_a[i] J_b[i] for all a, b < m (both triangles). */
void xps_dense_gram (size_t ld, size_t m, const double *jacobian, double *gram);

/* sum_i a[i] b[i] over ld padded rows. */
double xps_dense_dot (size_t ld, const double *a, const double *b);

/* Cholesky factor in place in the lower triangle of a (m x m, row stride `stride`). Returns m, or the index of the
 * first pivot that is not positive relative to the largest one. */
size_t xps_dense_cholesky (size_t m, size_t stride, double *a);
void xps_dense_cholesky_solve (size_t m, size_t stride, const double *factor, double *b);
/* inverse (m x m, row stride m, both triangles) from the factor. */
void xps_dense_cholesky_invert (size_t m, size_t stride, const double *factor, double *inverse);

/* Eigenvalues of a symmetric m x m matrix by cyclic Jacobi rotations, ascending; a is destroyed. If vectors is not NULL
 * it receives the eigenvectors as columns (m x m, row-major: vectors[i*m+k] is component i of vector k). */
void xps_dense_eigen (size_t m, double *a, double *values, double *vectors);

/* Bounded least squares: minimises 1/2 v'Gv - g'v with low <= v <= high by an active set, starting from v.
 * G (m x m) positive definite on the free set; work holds m*m + 4m doubles, state m ints (-1 at low, 0 free, 1 at high).
 * Returns false when it did not settle or G is singular; v then holds the best feasible point met. */
bool xps_dense_bounded_quadratic (size_t m, const double *gram, const double *gradient, const double *low,
                                  const double *high, double *v, int *state, double *work);
