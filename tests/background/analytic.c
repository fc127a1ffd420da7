/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

#define N 61

static void
make_grid (double *x)
{
  for (int i = 0; i < N; i++)
    x[i] = 280.0 + 0.1 * i + 0.03 * sin (2.0 * i);
}

/* Value and partials of a row at p, the partials against central differences of the value. */
static void
check_partials (TestBackground *background, size_t n_parameters, const double *p, double tolerance)
{
  double value[N], low[N], high[N], partial[4][N], moved[4];
  double *partials[4] = {partial[0], partial[1], partial[2], partial[3]};
  background->row->evaluate (background->plan, p, value, partials);
  for (size_t k = 0; k < n_parameters; k++) {
    const double step = 6e-6 * MAX (fabs (p[k]), 1e-3);
    memcpy (moved, p, n_parameters * sizeof *p);
    moved[k] = p[k] + step;
    background->row->evaluate (background->plan, moved, high, NULL);
    moved[k] = p[k] - step;
    background->row->evaluate (background->plan, moved, low, NULL);
    double largest = 0.0;
    for (int i = 0; i < N; i++)
      largest = MAX (largest, fabs (partial[k][i]));
    for (int i = 0; i < N; i++)
      test_assert_close (partial[k][i], (high[i] - low[i]) / (2.0 * step), tolerance * largest);
  }
  /* one partial alone, as the engine asks for the free ones */
  double alone[N];
  double *const wanted[4] = {NULL, n_parameters > 1 ? alone : NULL, NULL, NULL};
  background->row->evaluate (background->plan, p, value, wanted);
  if (n_parameters > 1)
    g_assert_cmpmem (alone, sizeof alone, partial[1], sizeof alone);
}

static void
test_poly (void)
{
  double x[N], value[N];
  const double p[] = {420.0, -3.5, 0.25, 0.125};
  make_grid (x);
  g_auto (TestBackground) poly;
  test_background_init (&poly, "poly");
  g_assert_nonnull (test_background_try (&poly, 4, N, x)); /* x_ref must be given */
  test_background_set (&poly, "x_ref", 283.0);
  g_assert_nonnull (test_background_try (&poly, 0, N, x));
  g_assert_nonnull (test_background_try (&poly, 17, N, x));
  test_background_plan (&poly, 4, N, x);
  poly.row->evaluate (poly.plan, p, value, NULL);
  for (int i = 0; i < N; i++) {
    const double t = x[i] - 283.0;
    test_assert_close (value[i], 420.0 - 3.5 * t + 0.25 * t * t + 0.125 * t * t * t, 1e-13 * 420.0);
  }
  check_partials (&poly, 4, p, 1e-8); /* differences of values near 400 with steps of 1e-6 of a parameter */
  /* one point is enough for a constant */
  test_background_plan (&poly, 1, 1, x);
  poly.row->evaluate (poly.plan, p, value, NULL);
  g_assert_cmpfloat (value[0], ==, 420.0);
}

static void
test_linear (void)
{
  double x[N], value[N], other[N];
  const double p[] = {420.0, -3.5};
  make_grid (x);
  g_auto (TestBackground) linear, poly;
  test_background_init (&linear, "linear");
  test_background_init (&poly, "poly");
  test_background_set (&linear, "x_ref", 281.0);
  test_background_set (&poly, "x_ref", 281.0);
  test_background_plan (&linear, 2, N, x);
  test_background_plan (&poly, 2, N, x);
  linear.row->evaluate (linear.plan, p, value, NULL);
  poly.row->evaluate (poly.plan, p, other, NULL);
  g_assert_cmpmem (value, sizeof value, other, sizeof other);
  g_assert_nonnull (test_background_try (&linear, 1, N, x));
}

static void
test_exponential (void)
{
  double x[N], value[N];
  const double p[] = {350.0, 0.21};
  make_grid (x);
  g_auto (TestBackground) exponential;
  test_background_init (&exponential, "exponential");
  test_background_set (&exponential, "x_ref", 281.5);
  test_background_plan (&exponential, 2, N, x);
  exponential.row->evaluate (exponential.plan, p, value, NULL);
  for (int i = 0; i < N; i++)
    test_assert_close (log (value[i] / 350.0), -0.21 * (x[i] - 281.5), 1e-14);
  check_partials (&exponential, 2, p, 1e-8);

  /* a wild trial step stays finite */
  const double wild[] = {1.0, -1e6};
  double partial[2][N];
  double *const partials[] = {partial[0], partial[1]};
  exponential.row->evaluate (exponential.plan, wild, value, partials);
  for (int i = 0; i < N; i++)
    g_assert_true (isfinite (value[i]) && isfinite (partial[0][i]) && isfinite (partial[1][i]));
}

static void
set_list (TestBackground *background, const char *setting, const double *list, size_t length)
{
  const int i = xps_background_find_setting (background->row, setting);
  background->settings.list[i] = list;
  background->settings.list_length[i] = length;
}

static void
test_spline (void)
{
  /* by hand: knots 0 1 2 with values 0 1 0 have M1 = -3, S(1/2) = 11/16, slope 3/2 at the low end */
  const double knots[] = {0.0, 1.0, 2.0}, p[] = {0.0, 1.0, 0.0};
  const double x[] = {-1.0, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0},
               wanted[] = {-1.5, 0.0, 0.6875, 1.0, 0.6875, 0.0, -1.5};
  double value[7];
  g_auto (TestBackground) spline;
  test_background_init (&spline, "spline");
  g_assert_nonnull (test_background_try (&spline, 3, 7, x)); /* no knots */
  set_list (&spline, "knots", knots, 3);
  g_assert_nonnull (test_background_try (&spline, 2, 7, x));
  test_background_plan (&spline, 3, 7, x);
  spline.row->evaluate (spline.plan, p, value, NULL);
  for (int i = 0; i < 7; i++)
    test_assert_close (value[i], wanted[i], 1e-15);
  const double falls[] = {0.0, 2.0, 1.0}, repeated[] = {0.0, 1.0, 1.0}, bad[] = {0.0, (double)NAN, 2.0};
  set_list (&spline, "knots", falls, 3);
  g_assert_nonnull (test_background_try (&spline, 3, 7, x));
  set_list (&spline, "knots", repeated, 3);
  g_assert_nonnull (test_background_try (&spline, 3, 7, x));
  set_list (&spline, "knots", bad, 3);
  g_assert_nonnull (test_background_try (&spline, 3, 7, x));
}

/* A natural cubic spline meets its values, does not bend at its ends, and leaves straight lines alone, beyond
 * the knots too. */
static void
test_spline_is_natural (void)
{
  const double knots[] = {280.5, 281.0, 282.7, 283.1, 285.0}, p[] = {400.0, 380.0, 420.0, 425.0, 390.0};
  const double h = 1e-3;
  double x[15], value[15];
  g_auto (TestBackground) spline;
  test_background_init (&spline, "spline");
  set_list (&spline, "knots", knots, 5);
  for (int k = 0; k < 5; k++)
    for (int i = 0; i < 3; i++)
      x[3 * k + i] = knots[k] + (i - 1) * h;
  test_background_plan (&spline, 5, 15, x);
  spline.row->evaluate (spline.plan, p, value, NULL);
  for (int k = 0; k < 5; k++)
    test_assert_close (value[3 * k + 1], p[k], 1e-12);
  /* at the ends nothing bends: value(+h) + value(-h) - 2 value = O(h^3), the outer side being straight */
  for (int k = 0; k < 5; k += 4)
    test_assert_close (value[3 * k] + value[3 * k + 2] - 2.0 * value[3 * k + 1], 0.0, 200.0 * h * h * h);

  double grid[N], line[N];
  double straight[5];
  make_grid (grid);
  for (int k = 0; k < 5; k++)
    straight[k] = 7.0 - 2.0 * (knots[k] - 283.0);
  test_background_plan (&spline, 5, N, grid);
  spline.row->evaluate (spline.plan, straight, line, NULL);
  for (int i = 0; i < N; i++)
    test_assert_close (line[i], 7.0 - 2.0 * (grid[i] - 283.0), 1e-13 * 20.0);
}

/* Smooth across inner knots: third differences over a knot shrink as the cube of the step. */
static void
test_spline_is_smooth (void)
{
  const double knots[] = {0.0, 1.0, 1.75, 4.0}, p[] = {1.0, -2.0, 5.0, 3.0};
  double worst[2];
  g_auto (TestBackground) spline;
  test_background_init (&spline, "spline");
  set_list (&spline, "knots", knots, 4);
  for (int round = 0; round < 2; round++) {
    const double h = round == 0 ? 2e-3 : 1e-3;
    worst[round] = 0.0;
    for (int k = 1; k < 3; k++) {
      double x[4], v[4];
      for (int i = 0; i < 4; i++)
        x[i] = knots[k] + (i - 1.5) * h;
      test_background_plan (&spline, 4, 4, x);
      spline.row->evaluate (spline.plan, p, v, NULL);
      worst[round] = MAX (worst[round], fabs (v[3] - 3.0 * v[2] + 3.0 * v[1] - v[0]));
    }
  }
  test_assert_close (worst[0] / worst[1], 8.0, 0.05);
}

static void
test_static_lines (void)
{
  double x[N], y[N], curve[N];
  XpsCertificate certificate;
  make_grid (x);
  for (int i = 0; i < N; i++)
    y[i] = 100.0 + 2.0 * i + (i % 2 == 0 ? 1.0 : -1.0);
  g_auto (TestBackground) line, spline;
  test_background_init (&line, "linear_static");
  test_background_set (&line, "average", 4);
  test_background_set (&line, "offset_high", 5.0);
  test_background_plan (&line, 0, N, x);
  line.row->solve (line.plan, y, curve, &certificate);
  g_assert_true (certificate.solved);
  test_assert_close (xps_certificate_get (&certificate, "y_low"), 103.0, 0.0);
  test_assert_close (xps_certificate_get (&certificate, "y_high"), 222.0,
                     0.0); /* mean of 214 .. 220, and 5 */
  for (int i = 0; i < N; i++)
    test_assert_close (curve[i], 103.0 + 119.0 * (x[i] - x[0]) / (x[N - 1] - x[0]), 1e-12);

  const double anchors[] = {x[10], x[30], x[50]};
  test_background_init (&spline, "spline_static");
  set_list (&spline, "anchors", anchors, 3);
  test_background_set (&spline, "average", 4);
  test_background_plan (&spline, 0, N, x);
  spline.row->solve (spline.plan, y, curve, &certificate);
  g_assert_true (certificate.solved);
  test_assert_close (curve[10], 121.0, 1e-12); /* points 9 .. 12 */
  test_assert_close (curve[50], 201.0, 1e-12);
  const double outside[] = {270.0, x[30]};
  set_list (&spline, "anchors", outside, 2);
  g_assert_nonnull (test_background_try (&spline, 0, N, x));

  y[5] = (double)NAN;
  line.row->solve (line.plan, y, curve, &certificate);
  test_certificate_refused (&certificate, N, curve);
}

/* A line drawn through a hole in the data says that it runs above them. */
static void
test_above_data (void)
{
  double x[N], y[N], curve[N];
  XpsCertificate certificate;
  make_grid (x);
  g_auto (TestBackground) line;
  test_background_init (&line, "linear_static");
  test_background_plan (&line, 0, N, x);
  for (int sign = -1; sign <= 1; sign += 2) {
    for (int i = 0; i < N; i++)
      y[i] = 1000.0 + sign * 400.0 * exp (-pow (x[i] - 283.0, 2));
    line.row->solve (line.plan, y, curve, &certificate);
    g_assert_true (certificate.solved);
    g_assert_cmpint (test_certificate_warns (&certificate, "background-above-data"), ==, sign < 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/background/analytic/poly", test_poly);
  g_test_add_func ("/background/analytic/linear", test_linear);
  g_test_add_func ("/background/analytic/exponential", test_exponential);
  g_test_add_func ("/background/analytic/spline", test_spline);
  g_test_add_func ("/background/analytic/spline-is-natural", test_spline_is_natural);
  g_test_add_func ("/background/analytic/spline-is-smooth", test_spline_is_smooth);
  g_test_add_func ("/background/analytic/static-lines", test_static_lines);
  g_test_add_func ("/background/analytic/above-data", test_above_data);
  return g_test_run ();
}
