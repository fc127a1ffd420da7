/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/thin.h"

#include "support.h"

static XpsPoint *
noisy_curve (GRand *rand, gsize n, double width, gboolean falls)
{
  XpsPoint *points = g_new (XpsPoint, n);
  for (gsize i = 0; i < n; i++) {
    const double part = (double)i / (double)(n - 1);
    points[i] = (XpsPoint){(falls ? 1.0 - part : part) * width, g_rand_double_range (rand, -50.0, 50.0)};
  }
  return points;
}

/* Highest and lowest y in each column of the page. */
static void
extremes (gsize n, const XpsPoint *points, const gsize *only, double column, gsize columns, double *low,
          double *high)
{
  for (gsize c = 0; c < columns; c++) {
    low[c] = INFINITY;
    high[c] = -INFINITY;
  }
  for (gsize k = 0; k < n; k++) {
    const XpsPoint point = points[only != NULL ? only[k] : k];
    const gsize c = (gsize)floor (point.x / column);
    low[c] = fmin (low[c], point.y);
    high[c] = fmax (high[c], point.y);
  }
}

/* What the property says: in every column the extremes stay, as do the ends; the order too; and few points
 * stay. */
static void
test_keeps_extremes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (guint round = 0; round < 40; round++) {
    const gsize n = (gsize)g_rand_int_range (rand, 2, 60000);
    const double width = g_rand_double_range (rand, 10.0, 500.0),
                 column = g_rand_double_range (rand, 0.1, 2.0);
    const gsize columns = (gsize)(width / column) + 2;
    g_autofree XpsPoint *points = noisy_curve (rand, n, width, round % 2 == 0);
    g_autofree gsize *kept = g_new (gsize, n);
    g_autofree double *all = g_new (double, 4 * columns);
    const gsize n_kept = xps_thin (n, points, NULL, column, kept);
    g_assert_cmpuint (kept[0], ==, 0);
    g_assert_cmpuint (kept[n_kept - 1], ==, n - 1);
    for (gsize k = 1; k < n_kept; k++)
      g_assert_cmpuint (kept[k], >, kept[k - 1]);
    g_assert_cmpuint (n_kept, <=, MIN (n, 4 * columns));
    extremes (n, points, NULL, column, columns, all, all + columns);
    extremes (n_kept, points, kept, column, columns, all + 2 * columns, all + 3 * columns);
    g_assert_cmpint (memcmp (all, all + 2 * columns, 2 * columns * sizeof (double)), ==, 0);
  }
}

static void
test_leaves_sparse_and_winding (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8);
  g_autofree XpsPoint *points = noisy_curve (rand, 1000, 300.0, FALSE);
  g_autofree gsize *kept = g_new (gsize, 1000);
  g_assert_cmpuint (xps_thin (1000, points, NULL, 1.0, kept), ==, 1000); /* under four a column */
  g_assert_cmpuint (xps_thin (1000, points, NULL, 2.0, kept), <, 1000);
  points[500].x = 0.0; /* turns back */
  g_assert_cmpuint (xps_thin (1000, points, NULL, 2.0, kept), ==, 1000);
  g_assert_cmpuint (xps_thin (0, NULL, NULL, 2.0, NULL), ==, 0);
}

static void
test_gaps (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (9);
  g_autofree XpsPoint *points = noisy_curve (rand, 5000, 50.0, FALSE);
  g_autofree gsize *kept = g_new (gsize, 5000);
  for (gsize i = 2000; i < 2500; i++)
    points[i] = (XpsPoint){NAN, NAN};
  const gsize n = xps_thin (5000, points, NULL, 1.0, kept);
  guint gaps = 0;
  gboolean before = FALSE, after = FALSE;
  for (gsize k = 0; k < n; k++) {
    gaps += isnan (points[kept[k]].x);
    before |= kept[k] == 1999;
    after |= kept[k] == 2500;
  }
  g_assert_cmpuint (gaps, ==, 1);
  g_assert_true (before && after);
  g_assert_cmpuint (n, <, 300);
}

static void
test_keeps_both_edges (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (10);
  const gsize n = 20000;
  g_autofree XpsPoint *points = noisy_curve (rand, n, 100.0, TRUE);
  g_autofree double *base = g_new (double, n);
  g_autofree gsize *kept = g_new (gsize, n);
  gsize lowest = 0;
  for (gsize i = 0; i < n; i++) {
    base[i] = g_rand_double (rand);
    if (base[i] > base[lowest])
      lowest = i;
  }
  const gsize n_kept = xps_thin (n, points, base, 1.0, kept);
  gboolean found = FALSE;
  for (gsize k = 0; k < n_kept; k++)
    found |= kept[k] == lowest;
  g_assert_true (found);
  g_assert_cmpuint (n_kept, <=, 6 * 101);
}

/* Value at x of the line through the points that stayed. */
static double
value_at (const XpsPoint *points, const double *base, const gsize *kept, gsize n_kept, double x)
{
  for (gsize k = 1; k < n_kept; k++) {
    const gsize i = kept[k - 1], j = kept[k];
    const double part = (x - points[i].x) / (points[j].x - points[i].x);
    if (part < 0.0 || part > 1.0)
      continue;
    return base != NULL ? base[i] + part * (base[j] - base[i])
                        : points[i].y + part * (points[j].y - points[i].y);
  }
  return NAN;
}

/* What is drawn lies within the tolerance of every point that was left out, for both edges; and a smooth
 * curve becomes much shorter. */
static void
test_simplify_stays_close (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  for (guint round = 0; round < 60; round++) {
    const gsize n = (gsize)g_rand_int_range (rand, 2, 2000);
    const double tolerance = pow (10.0, g_rand_double_range (rand, -3.0, 0.0));
    const double noise = round % 3 == 0 ? 0.5 * g_rand_double (rand) : 0.0;
    g_autofree XpsPoint *points = noisy_curve (rand, n, 200.0, round % 2 == 0);
    g_autofree double *base = g_new (double, n);
    g_autofree gsize *kept = g_new (gsize, n);
    for (gsize i = 0; i < n; i++) {
      points[i].y = 100.0 * exp (-pow ((points[i].x - 90.0) / 12.0, 2.0)) + noise * g_rand_double (rand);
      base[i] = 20.0 * tanh ((points[i].x - 80.0) / 20.0);
    }
    const gsize n_kept = xps_simplify (n, points, base, tolerance, kept);
    g_assert_cmpuint (kept[0], ==, 0);
    g_assert_cmpuint (kept[n_kept - 1], ==, n - 1);
    for (gsize i = 0; i < n; i++) {
      test_assert_close (value_at (points, NULL, kept, n_kept, points[i].x), points[i].y, tolerance + 1e-9);
      test_assert_close (value_at (points, base, kept, n_kept, points[i].x), base[i], tolerance + 1e-9);
    }
    if (noise == 0.0 && n > 1000 && tolerance > 0.01)
      g_assert_cmpuint (n_kept, <, n / 4);
  }
}

static void
test_simplify_corners (void)
{
  const XpsPoint line[] = {{0.0, 1.0}, {1.0, 2.0}, {2.0, 3.0}, {5.0, 6.0}};
  const XpsPoint gap[] = {{0.0, 1.0}, {1.0, 1.0}, {2.0, 1.0}, {NAN, NAN}, {4.0, 1.0}, {5.0, 1.0}, {6.0, 1.0}};
  const XpsPoint step[] = {{0.0, 0.0}, {1.0, 0.0}, {1.0, 9.0}, {2.0, 9.0}, {1.5, 9.0}, {1.0, 9.0}};
  const gsize after_gap[] = {0, 2, 3, 4, 6}, corners[] = {0, 1, 2, 3, 5};
  gsize kept[8];
  g_assert_cmpuint (xps_simplify (4, line, NULL, 0.01, kept), ==, 2);
  g_assert_cmpuint (kept[1], ==, 3);
  g_assert_cmpuint (xps_simplify (7, gap, NULL, 0.01, kept), ==, 5);
  g_assert_cmpmem (kept, sizeof after_gap, after_gap, sizeof after_gap);
  g_assert_cmpuint (xps_simplify (6, step, NULL, 0.01, kept), ==, 5);
  g_assert_cmpmem (kept, sizeof corners, corners, sizeof corners);
  g_assert_cmpuint (xps_simplify (1, line, NULL, 0.01, kept), ==, 1);
  g_assert_cmpuint (xps_simplify (0, NULL, NULL, 0.01, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/thin/keeps-extremes", test_keeps_extremes);
  g_test_add_func ("/scene/thin/leaves-sparse-and-winding", test_leaves_sparse_and_winding);
  g_test_add_func ("/scene/thin/gaps", test_gaps);
  g_test_add_func ("/scene/thin/keeps-both-edges", test_keeps_both_edges);
  g_test_add_func ("/scene/thin/simplify-stays-close", test_simplify_stays_close);
  g_test_add_func ("/scene/thin/simplify-corners", test_simplify_corners);
  return g_test_run ();
}
