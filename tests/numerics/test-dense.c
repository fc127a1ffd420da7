/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/dense.h"

#include "numerics/dense-kernels.h"
#include "numerics/random.h"
#include "support.h"

/* Small dense algebra against plain loops, and against what defines the answer. */

static double
uniform (XpsRandom *random)
{
  return 2 * xps_random_uniform (random) - 1;
}

static const XpsDenseKernels *
kernels_of (const char *isa)
{
#ifdef __x86_64__
  if (strcmp (isa, "avx512") == 0)
    return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512dq") &&
                   __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512vl")
               ? &xps_dense_kernels_avx512
               : NULL;
  if (strcmp (isa, "avx2") == 0)
    return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma") &&
                   __builtin_cpu_supports ("bmi2")
               ? &xps_dense_kernels_avx2
               : NULL;
#endif
  return strcmp (isa, "generic") == 0 ? &xps_dense_kernels_generic : NULL;
}

static void
check_gram (const XpsDenseKernels *kernels, size_t n, size_t m, size_t first, XpsRandom *random)
{
  const size_t ld = xps_dense_padded (n);
  double *jacobian = g_aligned_alloc0 (ld * m + ld, sizeof (double), 64), *r = jacobian + ld * m;
  g_autofree double *gram = g_new0 (double, m *m), *out = g_new0 (double, m);
  for (size_t a = 0; a <= m; a++)
    for (size_t i = 0; i < n; i++)
      jacobian[a * ld + i] = uniform (random);
  kernels->gram (ld, 0, first, jacobian, m, gram);
  kernels->gram (ld, first, m, jacobian, m, gram);
  kernels->project (ld, m, jacobian, r, out);
  for (size_t a = 0; a < m; a++) {
    double dot = 0;
    for (size_t i = 0; i < n; i++)
      dot += jacobian[a * ld + i] * r[i];
    test_assert_close (out[a], dot, 1e-14 * (double)n); /* another order of summation */
    for (size_t b = 0; b < m; b++) {
      double sum = 0;
      for (size_t i = 0; i < n; i++)
        sum += jacobian[a * ld + i] * jacobian[b * ld + i];
      test_assert_close (gram[a * m + b], sum, 1e-14 * (double)n);
    }
  }
  g_aligned_free (jacobian);
}

static void
test_kernels (gconstpointer isa)
{
  const XpsDenseKernels *kernels = kernels_of (isa);
  XpsRandom random;
  if (kernels == NULL) {
    g_test_skip ("this machine lacks the instruction set");
    return;
  }
  xps_random_init (&random, 1);
  for (size_t m = 1; m <= 14; m++)
    for (size_t first = 0; first <= m; first++)
      check_gram (kernels, 1 + 5 * m, m, first, &random);
  check_gram (kernels, 281, 10, 5, &random);

  double *x = g_aligned_alloc0 (4 * 16, sizeof (double), 64), *w = x + 16, *y = x + 32, *z = x + 48;
  for (int i = 0; i < 16; i++) {
    x[i] = i;
    w[i] = 1 + 0.5 * i;
    y[i] = z[i] = 3;
  }
  kernels->axpy (16, 2, x, y);
  kernels->add_product (16, 2, w, x, z);
  for (int i = 0; i < 16; i++) {
    test_assert_close (y[i], 3 + 2.0 * i, 0);
    test_assert_close (z[i], 3 + 2.0 * i * w[i], 0);
  }
  kernels->set_product (16, -1, w, x, z);
  for (int i = 0; i < 16; i++)
    test_assert_close (z[i], -w[i] * x[i], 0);
  g_aligned_free (x);
}

/* Positive definite: A'A + m. */
static void
fill_definite (size_t m, double *a, XpsRandom *random)
{
  double b[144];
  for (size_t i = 0; i < m * m; i++)
    b[i] = uniform (random);
  for (size_t i = 0; i < m; i++)
    for (size_t j = 0; j < m; j++) {
      a[i * m + j] = i == j ? 0.1 : 0;
      for (size_t k = 0; k < m; k++)
        a[i * m + j] += b[k * m + i] * b[k * m + j];
    }
}

static void
test_cholesky (void)
{
  XpsRandom random;
  xps_random_init (&random, 2);
  for (size_t m = 1; m <= 12; m++) {
    double a[144], factor[144], inverse[144], x[12], b[12];
    fill_definite (m, a, &random);
    memcpy (factor, a, sizeof a);
    g_assert_cmpuint (xps_dense_cholesky (m, m, factor), ==, m);
    xps_dense_cholesky_invert (m, m, factor, inverse);
    for (size_t i = 0; i < m; i++)
      b[i] = x[i] = uniform (&random);
    xps_dense_cholesky_solve (m, m, factor, x);
    for (size_t i = 0; i < m; i++) {
      double product = 0;
      for (size_t j = 0; j < m; j++) {
        double unit = 0;
        product += a[i * m + j] * x[j];
        for (size_t k = 0; k < m; k++)
          unit += a[i * m + k] * inverse[k * m + j];
        test_assert_close (unit, i == j, 1e-11); /* condition numbers to about 1e3 */
      }
      test_assert_close (product, b[i], 1e-11);
    }
  }
  double singular[] = {1, 2, 2, 4};
  g_assert_cmpuint (xps_dense_cholesky (2, 2, singular), ==, 1);
}

static void
test_eigen (void)
{
  XpsRandom random;
  xps_random_init (&random, 3);
  for (size_t m = 1; m <= 10; m++) {
    double a[100], work[100], values[10], vectors[100];
    fill_definite (m, a, &random);
    memcpy (work, a, sizeof a);
    xps_dense_eigen (m, work, values, vectors);
    for (size_t k = 0; k < m; k++) {
      g_assert_true (k == 0 || values[k] >= values[k - 1]);
      for (size_t i = 0; i < m; i++) {
        double product = 0;
        for (size_t j = 0; j < m; j++)
          product += a[i * m + j] * vectors[j * m + k];
        test_assert_close (product, values[k] * vectors[i * m + k], 1e-12 * values[m - 1]);
      }
    }
  }
}

/* The bounded optimum is where no allowed move improves: zero slope on free variables, slope pushing outward
 * on held ones (Karush-Kuhn-Tucker). */
static void
test_bounded (void)
{
  XpsRandom random;
  xps_random_init (&random, 4);
  for (int round = 0; round < 2000; round++) {
    const size_t m = 1 + (size_t)round % 8;
    double gram[64], gradient[8], low[8], high[8], v[8], work[64 + 2 * 8];
    int state[8];
    fill_definite (m, gram, &random);
    for (size_t i = 0; i < m; i++) {
      gradient[i] = 3 * uniform (&random);
      low[i] = -fabs (uniform (&random));
      high[i] = round % 3 == 0 ? INFINITY : fabs (uniform (&random));
      v[i] = 0;
    }
    g_assert_true (xps_dense_bounded_quadratic (m, gram, gradient, low, high, v, state, work));
    for (size_t i = 0; i < m; i++) {
      double slope = gradient[i];
      for (size_t j = 0; j < m; j++)
        slope -= gram[i * m + j] * v[j];
      g_assert_true (v[i] >= low[i] && v[i] <= high[i]);
      if (state[i] == 0)
        test_assert_close (slope, 0, 1e-10);
      else
        g_assert_true (state[i] < 0 ? slope <= 1e-10 && v[i] == low[i] : slope >= -1e-10 && v[i] == high[i]);
    }
  }
}

/* ---- random numbers ---- */

/* First outputs from the state 1, 2, 3, 4, as the authors' reference implementation gives them. */
static void
test_generator (void)
{
  static const guint64 expected[] = {11520, 0, 1509978240, G_GUINT64_CONSTANT (1215971899390074240)};
  XpsRandom random = {{1, 2, 3, 4}};
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpuint (xps_random_next (&random), ==, expected[i]);
}

/* Mean and variance of 100,000 draws within five of their own standard deviations; both branches of the
 * sampler. */
static void
test_poisson (void)
{
  static const double means[] = {0.3, 4, 9.99, 10.01, 37, 1000, 123456};
  const double n = 100000;
  XpsRandom random;
  xps_random_init (&random, 5);
  for (gsize k = 0; k < G_N_ELEMENTS (means); k++) {
    const double mean = means[k];
    double sum = 0, square = 0;
    for (int i = 0; i < n; i++) {
      const double x = xps_random_poisson (&random, mean);
      g_assert_true (x >= 0 && x == floor (x));
      sum += x - mean;
      square += (x - mean) * (x - mean);
    }
    test_assert_close (sum / n, 0, 5 * sqrt (mean / n));
    test_assert_close (square / n, mean, 5 * sqrt ((2 * mean * mean + mean) / n));
  }
  g_assert_true (xps_random_poisson (&random, 0) == 0);
}

static void
test_normal (void)
{
  const double n = 100000;
  double sum = 0, square = 0, inside = 0;
  XpsRandom random;
  xps_random_init (&random, 6);
  for (int i = 0; i < n; i++) {
    const double x = xps_random_normal (&random);
    sum += x;
    square += x * x;
    inside += fabs (x) < 1;
  }
  test_assert_close (sum / n, 0, 5 / sqrt (n));
  test_assert_close (square / n, 1, 5 * sqrt (2 / n));
  test_assert_close (inside / n, 0.682689492, 5 * sqrt (0.22 / n));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/numerics/dense/kernels/generic", "generic", test_kernels);
  g_test_add_data_func ("/numerics/dense/kernels/avx2", "avx2", test_kernels);
  g_test_add_data_func ("/numerics/dense/kernels/avx512", "avx512", test_kernels);
  g_test_add_func ("/numerics/dense/cholesky", test_cholesky);
  g_test_add_func ("/numerics/dense/eigen", test_eigen);
  g_test_add_func ("/numerics/dense/bounded", test_bounded);
  g_test_add_func ("/numerics/random/generator", test_generator);
  g_test_add_func ("/numerics/random/poisson", test_poisson);
  g_test_add_func ("/numerics/random/normal", test_normal);
  return g_test_run ();
}
