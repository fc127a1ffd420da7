/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/dense.h"

#include <math.h>
#include <string.h>

#include "numerics/dense-kernels.h"

size_t
xps_dense_padded (size_t n)
{
  return (n + 7) & ~(size_t)7;
}

static const XpsDenseKernels *
kernels (void)
{
#ifdef XPS_HAVE_AVX512
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512dq") &&
      __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512vl"))
    return &xps_dense_kernels_avx512;
#endif
#ifdef XPS_HAVE_AVX2
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma") && __builtin_cpu_supports ("bmi2"))
    return &xps_dense_kernels_avx2;
#endif
  return &xps_dense_kernels_generic;
}

void
xps_dense_gram (size_t ld, size_t first, size_t m, const double *jacobian, size_t stride, double *gram)
{
  kernels ()->gram (ld, first, m, jacobian, stride, gram);
}

void
xps_dense_project (size_t ld, size_t m, const double *jacobian, const double *r, double *out)
{
  kernels ()->project (ld, m, jacobian, r, out);
}

double
xps_dense_dot (size_t ld, const double *a, const double *b)
{
  double out;
  kernels ()->project (ld, 1, a, b, &out);
  return out;
}

void
xps_dense_axpy (size_t ld, double factor, const double *x, double *y)
{
  kernels ()->axpy (ld, factor, x, y);
}

void
xps_dense_set_product (size_t ld, double factor, const double *w, const double *x, double *y)
{
  kernels ()->set_product (ld, factor, w, x, y);
}

void
xps_dense_add_product (size_t ld, double factor, const double *w, const double *x, double *y)
{
  kernels ()->add_product (ld, factor, w, x, y);
}

/* Index of the first pivot that is too small for the matrix to be trusted as positive definite: below this
 * share of its own diagonal entry, cancellation has eaten thirteen digits. */
#define PIVOT_FLOOR 1e-13

size_t
xps_dense_cholesky (size_t m, size_t stride, double *a)
{
  for (size_t j = 0; j < m; j++) {
    double *row_j = a + j * stride;
    const double diagonal = row_j[j];
    double pivot = diagonal;
    for (size_t k = 0; k < j; k++)
      pivot -= row_j[k] * row_j[k];
    if (!(pivot > PIVOT_FLOOR * diagonal))
      return j;
    row_j[j] = sqrt (pivot);
    const double inverse = 1 / row_j[j];
    for (size_t i = j + 1; i < m; i++) {
      double *row_i = a + i * stride;
      double sum = row_i[j];
      for (size_t k = 0; k < j; k++)
        sum -= row_i[k] * row_j[k];
      row_i[j] = sum * inverse;
    }
  }
  return m;
}

void
xps_dense_forward (size_t m, size_t stride, const double *factor, double *b)
{
  for (size_t i = 0; i < m; i++) {
    const double *row = factor + i * stride;
    double sum = b[i];
    for (size_t k = 0; k < i; k++)
      sum -= row[k] * b[k];
    b[i] = sum / row[i];
  }
}

void
xps_dense_backward (size_t m, size_t stride, const double *factor, double *b)
{
  for (size_t i = m; i-- > 0;) {
    double sum = b[i];
    for (size_t k = i + 1; k < m; k++)
      sum -= factor[k * stride + i] * b[k];
    b[i] = sum / factor[i * stride + i];
  }
}

void
xps_dense_cholesky_solve (size_t m, size_t stride, const double *factor, double *b)
{
  xps_dense_forward (m, stride, factor, b);
  xps_dense_backward (m, stride, factor, b);
}

void
xps_dense_cholesky_invert (size_t m, size_t stride, const double *factor, double *inverse)
{
  memset (inverse, 0, m * m * sizeof *inverse);
  for (size_t j = 0; j < m; j++) {
    double *column = inverse + j * m; /* symmetric: a row serves as the column */
    column[j] = 1;
    xps_dense_cholesky_solve (m, stride, factor, column);
  }
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < i; j++) {
      const double mean = 0.5 * (inverse[i * m + j] + inverse[j * m + i]);
      inverse[i * m + j] = inverse[j * m + i] = mean;
    }
}

static void
jacobi_rotate (size_t m, double *a, double *vectors, size_t p, size_t q)
{
  const double off = a[p * m + q];
  if (off == 0)
    return;
  const double theta = (a[q * m + q] - a[p * m + p]) / (2 * off);
  const double t = (theta >= 0 ? 1 : -1) / (fabs (theta) + hypot (theta, 1));
  const double c = 1 / hypot (t, 1);
  const double s = t * c;
  for (size_t k = 0; k < m; k++) {
    const double kp = a[k * m + p], kq = a[k * m + q];
    a[k * m + p] = c * kp - s * kq;
    a[k * m + q] = s * kp + c * kq;
  }
  for (size_t k = 0; k < m; k++) {
    const double pk = a[p * m + k], qk = a[q * m + k];
    a[p * m + k] = c * pk - s * qk;
    a[q * m + k] = s * pk + c * qk;
  }
  for (size_t k = 0; vectors != NULL && k < m; k++) {
    const double kp = vectors[k * m + p], kq = vectors[k * m + q];
    vectors[k * m + p] = c * kp - s * kq;
    vectors[k * m + q] = s * kp + c * kq;
  }
}

static void
sort_eigen (size_t m, double *values, double *vectors)
{
  for (size_t i = 1; i < m; i++)
    for (size_t j = i; j > 0 && values[j] < values[j - 1]; j--) {
      const double value = values[j];
      values[j] = values[j - 1];
      values[j - 1] = value;
      for (size_t k = 0; vectors != NULL && k < m; k++) {
        const double component = vectors[k * m + j];
        vectors[k * m + j] = vectors[k * m + j - 1];
        vectors[k * m + j - 1] = component;
      }
    }
}

void
xps_dense_eigen (size_t m, double *a, double *values, double *vectors)
{
  for (size_t i = 0; vectors != NULL && i < m * m; i++)
    vectors[i] = i % (m + 1) == 0;
  /* Quadratic convergence: six sweeps are usual, the bound only guards against NaN. */
  for (int sweep = 0; sweep < 60; sweep++) {
    double off = 0, all = 0;
    for (size_t i = 0; i < m; i++)
      for (size_t j = 0; j < m; j++) {
        all += a[i * m + j] * a[i * m + j];
        off += i == j ? 0 : a[i * m + j] * a[i * m + j];
      }
    if (!(off > 1e-32 * all))
      break;
    for (size_t p = 0; p + 1 < m; p++)
      for (size_t q = p + 1; q < m; q++)
        jacobi_rotate (m, a, vectors, p, q);
  }
  for (size_t i = 0; i < m; i++)
    values[i] = a[i * m + i];
  sort_eigen (m, values, vectors);
}

/* Solves for the free variables with the others held; returns false on a singular block. */
static bool
solve_free (size_t m, const double *gram, const double *gradient, const double *v, const int *state,
            double *matrix, double *solution, size_t *index, size_t *n_free)
{
  size_t n = 0;
  for (size_t i = 0; i < m; i++)
    if (state[i] == 0)
      index[n++] = i;
  for (size_t a = 0; a < n; a++) {
    double sum = gradient[index[a]];
    for (size_t j = 0; j < m; j++)
      if (state[j] != 0)
        sum -= gram[index[a] * m + j] * v[j];
    solution[a] = sum;
    for (size_t b = 0; b <= a; b++)
      matrix[a * m + b] = gram[index[a] * m + index[b]];
  }
  *n_free = n;
  if (xps_dense_cholesky (n, m, matrix) < n)
    return false;
  xps_dense_cholesky_solve (n, m, matrix, solution);
  return true;
}

/* Moves v towards the solution as far as the bounds let it; a variable that hits one is held there. Returns
 * true when the whole step was taken. */
static bool
step_to_bound (size_t n, const size_t *index, const double *solution, const double *low, const double *high,
               double *v, int *state)
{
  double share = 1;
  size_t blocking = n;
  for (size_t a = 0; a < n; a++) {
    const size_t i = index[a];
    const double step = solution[a] - v[i];
    const double room = step < 0 ? low[i] - v[i] : high[i] - v[i];
    if (fabs (step) > fabs (room) && room / step < share) {
      share = room / step;
      blocking = a;
    }
  }
  for (size_t a = 0; a < n; a++) {
    const size_t i = index[a];
    v[i] = share == 1 ? solution[a] : v[i] + share * (solution[a] - v[i]);
  }
  if (blocking == n)
    return true;
  const size_t i = index[blocking];
  state[i] = solution[blocking] < v[i] ? -1 : 1;
  v[i] = state[i] < 0 ? low[i] : high[i];
  return false;
}

/* Releases the held variable whose multiplier pulls inward most; false when none does. */
static bool
release_one (size_t m, const double *gram, const double *gradient, const double *v, int *state)
{
  double worst = 0;
  size_t which = m;
  for (size_t i = 0; i < m; i++) {
    if (state[i] == 0 || gram[i * m + i] <= 0)
      continue;
    double pull = gradient[i], size = fabs (gradient[i]);
    for (size_t j = 0; j < m; j++) {
      pull -= gram[i * m + j] * v[j];
      size += fabs (gram[i * m + j] * v[j]);
    }
    const double inward = state[i] < 0 ? pull : -pull;
    /* Rounding of the sum itself is no reason to release, or the set would cycle. */
    if (inward > 1e-13 * size && inward / sqrt (gram[i * m + i]) > worst) {
      worst = inward / sqrt (gram[i * m + i]);
      which = i;
    }
  }
  if (which == m)
    return false;
  state[which] = 0;
  return true;
}

bool
xps_dense_bounded_quadratic (size_t m, const double *gram, const double *gradient, const double *low,
                             const double *high, double *v, int *state, double *work)
{
  double *matrix = work, *solution = work + m * m;
  size_t *index = (size_t *)(void *)(work + m * m + m);
  size_t n;

  for (size_t i = 0; i < m; i++) {
    v[i] = fmin (fmax (v[i], low[i]), high[i]);
    state[i] = low[i] == high[i] || !(gram[i * m + i] > 0) ? -1 : 0;
  }
  for (size_t round = 0; round < 3 * m + 10; round++) {
    if (!solve_free (m, gram, gradient, v, state, matrix, solution, index, &n))
      return false;
    if (!step_to_bound (n, index, solution, low, high, v, state))
      continue;
    if (!release_one (m, gram, gradient, v, state))
      return true;
  }
  return false;
}
