/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Voigt rows against the 60-digit oracle. */
#include "lineshape/shape.h"

#include "support.h"

#define FWHM_PER_SIGMA 2.35482004503094938202

enum { CENTER, AREA, FWHM_G, FWHM_L, N_ROLES };

typedef struct {
  double value, d[N_ROLES];
} Point;

static Point
evaluate (const double *p, double energy)
{
  Point point;
  double *const partials[N_ROLES] = {&point.d[0], &point.d[1], &point.d[2], &point.d[3]};
  xps_shape_find ("voigt")->evaluate (p, 1, &energy, XPS_PRECISION_FULL, &point.value, partials);
  return point;
}

/* Values: 1e-13 of the height everywhere; relative 1e-12 where spectra live (the random table). Partials:
 * relative 1e-9 for |z| < 50 in the random table; for all ratios of the widths, where relative accuracy ends
 * with the Gaussian, that or 1e-12 of height / width. */
static void
check_table (const char *path, gboolean relative)
{
  g_autoptr (TestTable) table = test_table_read (path);
  double worst[4] = {0};
  for (guint i = 0; i < table->rows->len; i++) {
    const double sigma = test_table_number (table, i, "sigma"), gamma = test_table_number (table, i, "gamma");
    const double x = test_table_number (table, i, "x"), area = 3.5;
    const double p[N_ROLES] = {0, area, FWHM_PER_SIGMA * sigma, 2 * gamma};
    const double reference[4] = {test_table_number (table, i, "V"), test_table_number (table, i, "dV_dE0"),
                                 test_table_number (table, i, "dV_dsigma") / FWHM_PER_SIGMA,
                                 test_table_number (table, i, "dV_dgamma") / 2};
    const Point top = evaluate (p, 0), point = evaluate (p, x);
    const double width = xps_shape_find ("voigt")->fwhm (p);
    const double found[4] = {point.value / area, point.d[CENTER] / area, point.d[FWHM_G] / area,
                             point.d[FWHM_L] / area};
    test_assert_close (point.d[AREA], point.value / area, 1e-15 * top.d[AREA]);
    test_assert_close (found[0], reference[0], 1e-13 * top.d[AREA]);
    if (reference[0] > 0)
      worst[0] = MAX (worst[0], fabs (found[0] / reference[0] - 1));
    if (relative)
      test_assert_close (found[0], reference[0], 1e-12 * reference[0]);
    const gboolean strict = relative && hypot (x, gamma) < 50 * sigma * G_SQRT2;
    for (int k = 1; k < 4; k++) {
      const double absolute = strict ? 0 : 1e-12 * top.d[AREA] / width;
      test_assert_close (found[k], reference[k], MAX (1e-9 * fabs (reference[k]), absolute));
      worst[k] = MAX (worst[k], fabs (found[k] - reference[k]) * width / top.d[AREA]);
    }
  }
  g_test_message ("worst: value relative %.1e, partials to height / width %.1e %.1e %.1e", worst[0], worst[1],
                  worst[2], worst[3]);
}

static void
test_ratios (void)
{
  g_autofree char *path = test_shared_path ("oracle/oracle/voigt.csv");
  if (path != NULL)
    check_table (path, FALSE);
}

static void
test_random (void)
{
  g_autofree char *path = test_shared_path ("oracle/oracle/voigt_random.csv");
  if (path != NULL)
    check_table (path, TRUE);
}

static void
test_fwhm (void)
{
  g_autofree char *path = test_shared_path ("oracle/oracle/voigt_fwhm.csv");
  if (path == NULL)
    return;
  g_autoptr (TestTable) table = test_table_read (path);
  const XpsShape *shape = xps_shape_find ("voigt");
  for (guint i = 0; i < table->rows->len; i++) {
    const double p[N_ROLES] = {12, 1, FWHM_PER_SIGMA * test_table_number (table, i, "sigma"),
                               2 * test_table_number (table, i, "gamma")};
    const double fwhm = test_table_number (table, i, "fwhm");
    const double height = test_table_number (table, i, "height_per_unit_area");
    test_assert_close (shape->fwhm (p), fwhm, 1e-13 * fwhm);
    test_assert_close (xps_shape_height (shape, p), height, 1e-13 * height);
    test_assert_close (shape->maximum (p), 12, 0);
  }
}

/* The oracle's integral from minus infinity, whole and as differences between neighbours. */
static void
test_cumulative (void)
{
  g_autofree char *path = test_shared_path ("oracle/oracle/voigt_cdf.csv");
  if (path == NULL)
    return;
  g_autoptr (TestTable) table = test_table_read (path);
  const XpsShape *shape = xps_shape_find ("voigt");
  double last_x = INFINITY, last = 0;
  for (guint i = 0; i < table->rows->len; i++) {
    const double p[N_ROLES] = {0, 1, FWHM_PER_SIGMA * test_table_number (table, i, "sigma"),
                               2 * test_table_number (table, i, "gamma")};
    const double x = test_table_number (table, i, "x");
    const double integral = test_table_number (table, i, "integral_minus_inf_to_x");
    test_assert_close (xps_shape_area_between (shape, p, -INFINITY, x), integral, 1e-13);
    test_assert_close (xps_shape_area_between (shape, p, x, INFINITY), 1 - integral, 1e-13);
    if (x > last_x) {
      test_assert_close (xps_shape_area_between (shape, p, last_x, x), integral - last, 1e-13);
      test_assert_close (xps_shape_area_between (shape, p, x, last_x), last - integral, 1e-13);
    }
    last_x = x;
    last = integral;
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lineshape/voigt/ratios", test_ratios);
  g_test_add_func ("/lineshape/voigt/random", test_random);
  g_test_add_func ("/lineshape/voigt/fwhm", test_fwhm);
  g_test_add_func ("/lineshape/voigt/cumulative", test_cumulative);
  return g_test_run ();
}
