/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

#define N 151

static const char *const active_ids[] = {"active_shirley", "svsc", "slope", "active_tougaard"};

static double
gauss (double e, double centre, double width)
{
  return exp (-0.5 * pow ((e - centre) / width, 2)) / (width * sqrt (2.0 * G_PI));
}

static void
make_grid (double *x, gboolean uniform)
{
  for (int i = 0; i < N; i++)
    x[i] = 280.0 + 0.1 * i + (uniform ? 0.0 : 0.04 * sin (5.0 * i));
}

/* The table itself: what the model files rely on. */
static void
test_table (void)
{
  const char *const ids[] = {"poly",           "linear",        "spline",  "exponential",
                             "linear_static",  "spline_static", "shirley", "tougaard",
                             "active_shirley", "svsc",          "slope",   "active_tougaard"};
  size_t n;
  const XpsBackground *rows = xps_backgrounds_get (&n);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (ids));
  for (size_t i = 0; i < n; i++) {
    const XpsBackground *row = xps_background_find (ids[i]);
    g_assert_nonnull (row);
    g_assert_cmpuint (rows[i].n_roles, <=, XPS_BACKGROUND_MAX_ROLES);
    g_assert_cmpuint (rows[i].n_settings, <=, XPS_BACKGROUND_MAX_SETTINGS);
    g_assert_true (row->plan != NULL && row->plan_free != NULL && row->title != NULL && row->source != NULL);
    g_assert_cmpint (row->kind == XPS_BACKGROUND_STATIC, ==, row->solve != NULL);
    g_assert_cmpint (row->kind == XPS_BACKGROUND_ANALYTIC, ==, row->evaluate != NULL);
    g_assert_cmpint (row->kind == XPS_BACKGROUND_ACTIVE, ==, row->apply != NULL && row->apply_many != NULL);
    g_assert_cmpint (row->kind == XPS_BACKGROUND_STATIC, ==, row->n_roles == 0);
    for (size_t k = 0; k < row->n_settings; k++) {
      g_assert_cmpint (xps_background_find_setting (row, row->settings[k].id), ==, (int)k);
      g_assert_cmpint (row->settings[k].kind == XPS_SETTING_WORD, ==, row->settings[k].words != NULL);
    }
    for (size_t k = 0; k < row->n_roles; k++)
      g_assert_cmpint (xps_background_find_role (row, row->roles[k].id), ==, (int)k);
  }
  g_assert_null (xps_background_find ("smart"));
  g_assert_cmpint (xps_background_find_role (rows, "k"), ==, -1);
  g_assert_true (xps_background_find ("svsc")->per_component);
  g_assert_false (xps_background_find ("active_shirley")->per_component);
}

/* Linear operators: A(a s + b t) = a A(s) + b A(t), nothing from the future (signal at higher binding energy
 * leaves the background below it alone), and many columns are the columns one by one. */
static void
test_operators (void)
{
  for (gsize id = 0; id < G_N_ELEMENTS (active_ids); id++) {
    for (int uniform = 0; uniform < 2; uniform++) {
      double x[N], columns[6][N], outs[6][N], alone[N], mixed[N], out[N];
      const double *in[6];
      double *to[6];
      make_grid (x, uniform);
      for (int k = 0; k < 6; k++) {
        for (int i = 0; i < N; i++)
          columns[k][i] = 1000.0 * gauss (x[i], 283.0 + k, 0.4 + 0.1 * k);
        in[k] = columns[k];
        to[k] = outs[k];
      }
      g_auto (TestBackground) active;
      test_background_init (&active, active_ids[id]);
      test_background_plan (&active, 1, N, x);
      active.row->apply_many (active.plan, 6, in, to);
      for (int k = 0; k < 6; k++) {
        active.row->apply (active.plan, columns[k], alone);
        g_assert_cmpmem (alone, sizeof alone, outs[k], sizeof alone);
        g_assert_cmpfloat (alone[0], ==, 0.0);
      }
      double largest = 0.0;
      for (int i = 0; i < N; i++) {
        mixed[i] = 2.5 * columns[0][i] - 0.75 * columns[3][i];
        largest = MAX (largest, fabs (outs[0][i]) + fabs (outs[3][i]));
      }
      active.row->apply (active.plan, mixed, out);
      for (int i = 0; i < N; i++)
        test_assert_close (out[i], 2.5 * outs[0][i] - 0.75 * outs[3][i], 1e-14 * 10.0 * largest);

      for (int i = 80; i < N; i++)
        mixed[i] = 1e9;
      active.row->apply (active.plan, mixed, alone);
      g_assert_cmpmem (alone, 80 * sizeof (double), out, 80 * sizeof (double));
    }
  }
}

/* The discretisation of the problems: cumulative trapezoid on the data grid from zero at the lowest binding
 * energy. */
static void
test_active_shirley (void)
{
  double x[N], y[N], out[N], sum = 0.0;
  make_grid (x, FALSE);
  for (int i = 0; i < N; i++)
    y[i] = 9000.0 * gauss (x[i], 286.0, 0.5);
  g_auto (TestBackground) active;
  test_background_init (&active, "active_shirley");
  test_background_plan (&active, 1, N, x);
  active.row->apply (active.plan, y, out);
  for (int i = 1; i < N; i++) {
    sum += (y[i] + y[i - 1]) / 2.0 * (x[i] - x[i - 1]);
    test_assert_close (out[i], sum, 1e-14 * 9000.0);
  }
  test_assert_close (out[N - 1], 9000.0, 1e-4 * 9000.0); /* the step is the area, up to the trapezoid */
}

/* The slope grows by k A over a peak, whatever the grid: the background far above it is k A (E - E0). */
static void
test_slope (void)
{
  for (int count = 151; count <= 601; count += 450) {
    g_autofree double *x = g_new (double, count), *y = g_new (double, count), *out = g_new (double, count);
    for (int i = 0; i < count; i++) {
      x[i] = 280.0 + 15.0 * i / (count - 1);
      y[i] = 500.0 * gauss (x[i], 284.0, 0.5);
    }
    g_auto (TestBackground) slope;
    test_background_init (&slope, "slope");
    test_background_plan (&slope, 1, (size_t)count, x);
    slope.row->apply (slope.plan, y, out);
    /* trapezoids of a Gaussian that vanishes at both ends are exact to rounding on a uniform grid */
    test_assert_close (out[count - 1], 500.0 * (295.0 - 284.0), 1e-10 * 5500.0);
    g_assert_cmpfloat (out[count - 1], >, out[count - 2]);
  }
}

/* Small losses: K(T) = B T / C^2, so that Tougaard with a huge C is the slope background with k = B / C^2. */
static void
test_slope_is_small_loss_limit (void)
{
  double x[N], y[N], slope_out[N], loss_out[N];
  make_grid (x, TRUE);
  for (int i = 0; i < N; i++)
    y[i] = 500.0 * gauss (x[i], 286.0, 0.5);
  g_auto (TestBackground) slope, tougaard;
  test_background_init (&slope, "slope");
  test_background_init (&tougaard, "active_tougaard");
  test_background_word (&tougaard, "cross_section", "custom");
  test_background_set (&tougaard, "C", 1e6);
  test_background_plan (&slope, 1, N, x);
  test_background_plan (&tougaard, 1, N, x);
  slope.row->apply (slope.plan, y, slope_out);
  tougaard.row->apply (tougaard.plan, y, loss_out);
  for (int i = 0; i < N;
       i++) /* losses up to 15 eV: T^2 / C = 2e-4, twice; trapezoid against exact: h^2 / 12 of 500 */
    test_assert_close (1e12 * loss_out[i], slope_out[i], 5e-4 * slope_out[i] + 0.01 / 6.0 * 500.0);
}

static void
test_plans (void)
{
  const double one[] = {280.0}, falls[] = {281.0, 280.0}, fine[] = {280.0, 281.0};
  for (gsize id = 0; id < G_N_ELEMENTS (active_ids); id++) {
    g_auto (TestBackground) active;
    test_background_init (&active, active_ids[id]);
    g_assert_nonnull (test_background_try (&active, 1, 0, one));
    g_assert_nonnull (test_background_try (&active, 1, 1, one));
    g_assert_nonnull (test_background_try (&active, 1, 2, falls));
    g_assert_nonnull (test_background_try (&active, 0, 2, fine));
    g_assert_null (test_background_try (&active, 1, 2, fine));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/background/table", test_table);
  g_test_add_func ("/background/active/operators", test_operators);
  g_test_add_func ("/background/active/shirley", test_active_shirley);
  g_test_add_func ("/background/active/slope", test_slope);
  g_test_add_func ("/background/active/slope-is-small-loss-limit", test_slope_is_small_loss_limit);
  g_test_add_func ("/background/active/plans", test_plans);
  return g_test_run ();
}
