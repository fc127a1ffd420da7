/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/dense-kernels.h"

/* Compiled once for each instruction set (XPS_ISA); see meson.build. */

#if defined(__AVX512F__)
#define LANES 8
#elif defined(__AVX2__)
#define LANES 4
#else
#define LANES 2
#endif

typedef double Vector __attribute__ ((vector_size (LANES * sizeof (double)), may_alias));

static double
horizontal_sum (Vector v)
{
  double sum = 0;
  for (int i = 0; i < LANES; i++)
    sum += v[i];
  return sum;
}

/* Products of up to ROWS columns with COLUMNS columns at once: sums in registers use each loaded value
 * several times, which is what makes the normal equations cheap beside the line shapes. `rows` is a constant
 * at every call, so that each height becomes code of its own. */
#define ROWS    4
#define COLUMNS 3

static inline __attribute__ ((always_inline)) void
multiply_block (size_t ld, int rows, const double *row, const double *const column[COLUMNS],
                double out[ROWS][COLUMNS])
{
  Vector sum[ROWS][COLUMNS] = {0};
  for (size_t k = 0; k < ld; k += LANES) {
    Vector y[COLUMNS];
    for (int j = 0; j < COLUMNS; j++)
      y[j] = *(const Vector *)(const void *)(column[j] + k);
    for (int i = 0; i < rows; i++) {
      const Vector x = *(const Vector *)(const void *)(row + (size_t)i * ld + k);
      for (int j = 0; j < COLUMNS; j++)
        sum[i][j] += x * y[j];
    }
  }
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < COLUMNS; j++)
      out[i][j] = horizontal_sum (sum[i][j]);
}

static void
gram_block (size_t ld, size_t rows, const double *row, const double *const column[COLUMNS],
            double out[ROWS][COLUMNS])
{
  switch (rows) {
  case 1:
    multiply_block (ld, 1, row, column, out);
    break;
  case 2:
    multiply_block (ld, 2, row, column, out);
    break;
  case 3:
    multiply_block (ld, 3, row, column, out);
    break;
  default:
    multiply_block (ld, ROWS, row, column, out);
    break;
  }
}

static void
gram (size_t ld, size_t first, size_t m, const double *jacobian, size_t stride, double *gram)
{
  for (size_t a = first; a < m; a += ROWS) {
    const size_t rows = m - a < ROWS ? m - a : ROWS;
    for (size_t b = 0; b < a + rows; b += COLUMNS) {
      const double *column[COLUMNS];
      double out[ROWS][COLUMNS];
      for (size_t j = 0; j < COLUMNS; j++)
        column[j] = jacobian + ld * (b + j < m ? b + j : 0);
      gram_block (ld, rows, jacobian + ld * a, column, out);
      for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < COLUMNS && b + j <= a + i; j++)
          gram[(a + i) * stride + b + j] = gram[(b + j) * stride + a + i] = out[i][j];
    }
  }
}

static void
project (size_t ld, size_t m, const double *jacobian, const double *r, double *out)
{
  for (size_t a = 0; a < m; a++) {
    const double *column = jacobian + ld * a;
    Vector even = {0}, odd = {0};
    size_t k = 0;
    for (; k + 2 * LANES <= ld; k += 2 * LANES) {
      even += *(const Vector *)(const void *)(column + k) * *(const Vector *)(const void *)(r + k);
      odd += *(const Vector *)(const void *)(column + k + LANES) *
             *(const Vector *)(const void *)(r + k + LANES);
    }
    for (; k < ld; k += LANES)
      even += *(const Vector *)(const void *)(column + k) * *(const Vector *)(const void *)(r + k);
    out[a] = horizontal_sum (even + odd);
  }
}

static void
axpy (size_t ld, double factor, const double *x, double *y)
{
  for (size_t k = 0; k < ld; k += LANES)
    *(Vector *)(void *)(y + k) += factor * *(const Vector *)(const void *)(x + k);
}

static void
set_product (size_t ld, double factor, const double *w, const double *x, double *y)
{
  for (size_t k = 0; k < ld; k += LANES)
    *(Vector *)(void *)(y + k) =
        factor * *(const Vector *)(const void *)(w + k) * *(const Vector *)(const void *)(x + k);
}

static void
add_product (size_t ld, double factor, const double *w, const double *x, double *y)
{
  for (size_t k = 0; k < ld; k += LANES)
    *(Vector *)(void *)(y + k) +=
        factor * *(const Vector *)(const void *)(w + k) * *(const Vector *)(const void *)(x + k);
}

#define JOIN_(a, b) a##b
#define JOIN(a, b)  JOIN_ (a, b)

const XpsDenseKernels JOIN (xps_dense_kernels_, XPS_ISA) = {gram, project, axpy, set_product, add_product};
