/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/quadrature.h"

#include "support.h"

#define N 101

/* Irregular but repeatable: steps between 0.02 and 0.13. */
static void
make_grid (double *x)
{
  x[0] = 280.0;
  for (size_t i = 1; i < N; i++)
    x[i] = x[i - 1] + 0.02 + 0.11 * fabs (sin (7.3 * (double)i));
}

static void
test_straight_line (void)
{
  /* the rule is exact for straight lines on any grid; closed form of the integral */
  double x[N], y[N], sum[N];
  make_grid (x);
  for (size_t i = 0; i < N; i++)
    y[i] = 3.0 - 0.25 * (x[i] - 280.0);
  xps_cumulative_trapezoid (N, x, y, sum);
  for (size_t i = 0; i < N; i++) {
    const double t = x[i] - 280.0;
    test_assert_close (sum[i], 3.0 * t - 0.125 * t * t, 1e-13 * 20.0); /* sums of 100 terms of order 0.3 */
  }
  test_assert_close (xps_trapezoid (N, x, y), sum[N - 1], 1e-13);
}

static void
test_second_order (void)
{
  /* halving the step quarters the error: Int_0^1 exp = e - 1 */
  double error[2];
  for (int k = 0; k < 2; k++) {
    const size_t n = k == 0 ? 41 : 81;
    double x[81], y[81];
    for (size_t i = 0; i < n; i++) {
      x[i] = (double)i / (double)(n - 1);
      y[i] = exp (x[i]);
    }
    error[k] = xps_trapezoid (n, x, y) - expm1 (1.0);
  }
  test_assert_close (error[0] / error[1], 4.0, 1e-3);
}

static void
test_many (void)
{
  double x[N], half[N], y[7][N], out[7][N], alone[N];
  const double *in[7];
  double *to[7];
  make_grid (x);
  xps_half_steps (N, x, half);
  for (int k = 0; k < 7; k++) {
    for (size_t i = 0; i < N; i++)
      y[k][i] = sin (0.1 * (double)i + k);
    in[k] = y[k];
    to[k] = out[k];
  }
  xps_cumulate (N, half, 7, in, to);
  for (int k = 0; k < 7; k++) {
    xps_cumulative_trapezoid (N, x, y[k], alone);
    g_assert_cmpmem (out[k], sizeof alone, alone, sizeof alone);
  }
  /* in place */
  for (int k = 0; k < 7; k++)
    to[k] = y[k];
  xps_cumulate (N, half, 7, in, to);
  for (int k = 0; k < 7; k++)
    g_assert_cmpmem (out[k], sizeof alone, y[k], sizeof alone);
  memcpy (alone, x, sizeof alone);
  xps_cumulative_trapezoid (N, x, alone, alone);
  test_assert_close (alone[N - 1], xps_trapezoid (N, x, x), 1e-12 * alone[N - 1]);
}

static void
test_small (void)
{
  const double x[3] = {1.0, 1.0, 2.0}, y[3] = {5.0, 7.0, 9.0};
  double out[3] = {-1.0, -1.0, -1.0};
  const double *in = y;
  double *to = out;
  g_assert_cmpfloat (xps_trapezoid (0, x, y), ==, 0.0);
  g_assert_cmpfloat (xps_trapezoid (1, x, y), ==, 0.0);
  xps_cumulative_trapezoid (0, x, y, out);
  xps_cumulate (0, x, 1, &in, &to);
  g_assert_cmpfloat (out[0], ==, -1.0);
  xps_cumulative_trapezoid (1, x, y, out);
  g_assert_cmpfloat (out[0], ==, 0.0);
  /* equal energies, as at a jump of a box spectrum, add nothing */
  xps_cumulative_trapezoid (3, x, y, out);
  g_assert_cmpfloat (out[1], ==, 0.0);
  g_assert_cmpfloat (out[2], ==, 8.0);
}

static void
test_gauss_legendre (void)
{
  const size_t wanted[] = {1, 4, 5, 8, 16, 20, 24, 99}, got[] = {4, 4, 8, 8, 16, 24, 24, 24};
  for (gsize k = 0; k < G_N_ELEMENTS (wanted); k++) {
    const double *abscissae, *weights;
    const size_t nodes = xps_gauss_legendre (wanted[k], &abscissae, &weights);
    g_assert_cmpuint (nodes, ==, got[k]);
    /* exact for every even power up to 2 nodes - 2, Int x^p = 2 / (p + 1); the odd ones vanish */
    for (size_t power = 0; power <= 2 * nodes - 1; power++) {
      double sum = 0.0;
      for (size_t i = 0; i < nodes; i++)
        sum += weights[i] * pow (abscissae[i], (double)power);
      test_assert_close (sum, power % 2 == 0 ? 2.0 / (double)(power + 1) : 0.0, 5e-16 * (double)nodes);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/numerics/quadrature/straight-line", test_straight_line);
  g_test_add_func ("/numerics/quadrature/second-order", test_second_order);
  g_test_add_func ("/numerics/quadrature/many", test_many);
  g_test_add_func ("/numerics/quadrature/small", test_small);
  g_test_add_func ("/numerics/quadrature/gauss-legendre", test_gauss_legendre);
  return g_test_run ();
}
