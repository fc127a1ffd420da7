/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Areas, maxima and widths from their definitions. */
#include "sample.h"

#include "support.h"

static double
value_at (const XpsShape *shape, const double *p, double energy)
{
  double value;
  shape->evaluate (p, 1, &energy, XPS_PRECISION_FULL, &value, NULL);
  return value;
}

static double
slope_at (const XpsShape *shape, const double *p, double energy)
{
  double value, d_center;
  double *const partials[XPS_SHAPE_MAX_ROLES] = {&d_center};
  shape->evaluate (p, 1, &energy, XPS_PRECISION_FULL, &value, partials);
  return -d_center;
}

/* Energy of half height between the maximum and a far point, by halving. */
static double
half_between (const XpsShape *shape, const double *p, double maximum, double far)
{
  const double half = value_at (shape, p, maximum) / 2;
  double inside = maximum;
  for (int i = 0; i < 200; i++) {
    const double middle = (inside + far) / 2;
    if (value_at (shape, p, middle) > half)
      inside = middle;
    else
      far = middle;
  }
  return (inside + far) / 2;
}

/* The maximum: no slope to 1e-11 of height / width (position to 1e-11 widths), nothing higher along 600
 * points about it. Width: both half heights found by halving. */
static void
test_maximum (gconstpointer data)
{
  const XpsShape *shape = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  for (int repeat = 0; repeat < 80; repeat++) {
    double p[XPS_SHAPE_MAX_ROLES];
    sample_ordinary (random, shape, p);
    const double maximum = shape->maximum (p), fwhm = shape->fwhm (p), height = xps_shape_height (shape, p);
    g_assert_true (isfinite (maximum) && fwhm > 0);
    test_assert_close (value_at (shape, p, maximum), height, 0);
    test_assert_close (slope_at (shape, p, maximum) * fwhm, 0, 1e-11 * height);
    for (int i = -300; i <= 300; i++)
      g_assert_cmpfloat (value_at (shape, p, maximum + i * fwhm / 50), <=, height * (1 + 1e-14));
    const double low = half_between (shape, p, maximum, maximum - 1e4 * fwhm);
    const double high = half_between (shape, p, maximum, maximum + 1e4 * fwhm);
    test_assert_close (fwhm, high - low, 1e-12 * fwhm);
  }
}

/* Doniach-Sunjic: published ratio of the width to 2 gamma, and position of the maximum. */
static void
test_doniach_sunjic (void)
{
  const XpsShape *shape = xps_shape_find ("ds");
  const double alpha[] = {0.05, 0.1, 0.2, 0.3}, ratio[] = {1.062, 1.137, 1.344, 1.677};
  for (gsize i = 0; i < G_N_ELEMENTS (alpha); i++) {
    const double p[] = {0, 1, alpha[i], 2};
    test_assert_close (shape->fwhm (p) / 2, ratio[i], 5.1e-4);
    test_assert_close (shape->maximum (p), -1 / tan (G_PI / (2 - alpha[i])), 1e-15);
    g_assert_true (isnan (shape->area (p)));
    g_assert_true (isnan (xps_shape_area_between (shape, p, 0, INFINITY)));
  }
  const double lorentzian[] = {0, 3, 0, 2};
  test_assert_close (shape->area (lorentzian), 3, 0);
  test_assert_close (shape->fwhm (lorentzian), 2, 1e-13);
}

/* Integral over all energies equals area(), which is the parameter but for the asymmetric pseudo-Voigts with
 * an asymmetry. LA with exponents from 1 only: below, the tails to infinity need the next test. */
static void
test_area (gconstpointer data)
{
  const XpsShape *shape = data;
  g_autoptr (GRand) random = g_rand_new_with_seed (12);
  for (int repeat = 0; repeat < 80; repeat++) {
    double p[XPS_SHAPE_MAX_ROLES];
    sample_ordinary (random, shape, p);
    if (g_str_equal (shape->id, "la"))
      p[3] = fmax (p[3], 1), p[4] = fmax (p[4], 1);
    const gboolean nominal = g_str_has_prefix (shape->id, "apv");
    if (nominal && repeat % 4 == 0)
      p[3] = 0;
    const double area = shape->area (p), sum = xps_shape_area_between (shape, p, -INFINITY, INFINITY);
    test_assert_close (sum, area, 1e-11 * area);
    if (!nominal || p[3] == 0)
      test_assert_close (area, p[1], 0);
    const double parts = xps_shape_area_between (shape, p, -INFINITY, p[0] + 0.3) +
                         xps_shape_area_between (shape, p, p[0] + 0.3, INFINITY);
    test_assert_close (parts, area, 1e-11 * area);
  }
}

/* LA with exponents near 1/2: half of the area lies beyond any window. Integral to 1e6 widths plus the tail
 * (F/2)^(2a) X^(1-2a) / (2a-1), whose next term is 1e-12. */
static void
test_la_heavy_tails (void)
{
  const XpsShape *shape = xps_shape_find ("la");
  const double exponents[] = {0.52, 0.6, 0.7};
  for (gsize i = 0; i < G_N_ELEMENTS (exponents); i++) {
    const double a = exponents[i], width = 0.8, x = 1e6 * width, p[] = {0, 1, width, a, a, 0};
    const double unit = value_at (shape, p, 0);
    const double tail = unit * pow (width / 2, 2 * a) * pow (x, 1 - 2 * a) / (2 * a - 1);
    test_assert_close (xps_shape_area_between (shape, p, -x, x) + 2 * tail, 1, 1e-11);
  }
}

/* Doniach-Sunjic with alpha = 0 and LA with alpha = beta = 1 are Voigts, each by its own quadrature. */
static void
test_voigt_limits (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (13);
  for (int repeat = 0; repeat < 2000; repeat++) {
    const double g = sample_logarithmic (random, 1e-3, 30), l = sample_logarithmic (random, 1e-3, 30);
    const double voigt[] = {0, 1, g, l}, dsg[] = {0, 1, 0, l, g}, la[] = {0, 1, l, 1, 1, g};
    const double e = sample_between (random, -1, 1) * sample_logarithmic (random, 0.1, 50) * (g + l);
    const double reference = value_at (xps_shape_find ("voigt"), voigt, e);
    const double height = value_at (xps_shape_find ("voigt"), voigt, 0);
    test_assert_close (value_at (xps_shape_find ("dsg"), dsg, e), reference, 2e-14 * height);
    test_assert_close (value_at (xps_shape_find ("la"), la, e), reference, 2e-14 * height);
  }
}

/* A step: odd about the Fermi level, no width, finite areas only. */
static void
test_fermi (void)
{
  const XpsShape *shape = xps_shape_find ("fermi");
  const double kt[] = {0, 1e-3, 0.02585, 0.1, 1}, width[] = {0.2, 0.05, 0};
  for (gsize i = 0; i < G_N_ELEMENTS (kt) * G_N_ELEMENTS (width); i++) {
    const double p[] = {0, 1, kt[i / 3], width[i % 3]};
    g_assert_true (isnan (shape->area (p)) && isnan (shape->fwhm (p)) && isnan (xps_shape_height (shape, p)));
    test_assert_close (value_at (shape, p, 0), 0.5, 1e-15);
    for (double e = 1e-3; e < 50; e *= 3)
      test_assert_close (value_at (shape, p, e) + value_at (shape, p, -e), 1, 1e-15);
    if (p[3] == 0 && p[2] > 0)
      test_assert_close (value_at (shape, p, 0.1), 1 / (1 + exp (-0.1 / p[2])), 1e-15);
    test_assert_close (xps_shape_area_between (shape, p, -60, 60), 60, 1e-11);
  }
}

/* The partials go on into the ends of the ranges that have a form of their own there. The GL product alone
 * has none at m = 100, where its area, and so its normalised value, has a vertical tangent (docs/METHODS.md).
 */
static void
check_end (const XpsShape *shape, double *p, gsize role, double inward)
{
  const double end = p[role], scale = sample_scale (shape, p);
  for (int i = -20; i <= 20; i++) {
    double energy = p[0] + 0.21 * i * scale, value[2], d[2];
    double *partials[XPS_SHAPE_MAX_ROLES] = {NULL};
    for (int side = 0; side < 2; side++) {
      p[role] = end + side * inward;
      partials[role] = &d[side];
      shape->evaluate (p, 1, &energy, XPS_PRECISION_FULL, &value[side], partials);
    }
    const double height = xps_shape_height (shape, p), top = isnan (height) ? 1 : height;
    const double change = inward * (d[0] + d[1]) / 2;
    test_assert_close (value[1] - value[0], change, 1e-6 * fabs (change) + 4e-15 * top);
    p[role] = end;
  }
}

static void
test_ends (void)
{
  check_end (xps_shape_find ("voigt"), (double[]){0, 1, 0, 0.4}, 2, 1e-5);
  check_end (xps_shape_find ("voigt"), (double[]){0, 1, 0.4, 0}, 3, 1e-5);
  check_end (xps_shape_find ("tch"), (double[]){0, 1, 0, 0.4}, 2, 1e-5);
  check_end (xps_shape_find ("tch"), (double[]){0, 1, 0.4, 0}, 3, 1e-5);
  check_end (xps_shape_find ("gl"), (double[]){0, 1, 0.7, 0}, 3, 1e-3);
  check_end (xps_shape_find ("sgl"), (double[]){0, 1, 0.7, 0}, 3, 1e-3);
  check_end (xps_shape_find ("sgl"), (double[]){0, 1, 0.7, 100}, 3, -1e-3);
  check_end (xps_shape_find ("tail_gl"), (double[]){0, 1, 0.7, 0, 1}, 3, 1e-3);
  check_end (xps_shape_find ("ds"), (double[]){0, 1, 0, 0.5}, 2, 1e-5);
  check_end (xps_shape_find ("dsg"), (double[]){0, 1, 0, 0.5, 0.3}, 2, 1e-5);
  check_end (xps_shape_find ("dsg"), (double[]){0, 1, 0.1, 0.5, 0}, 4, 1e-5);
  check_end (xps_shape_find ("dsg"), (double[]){0, 1, 0.1, 0, 0.5}, 3, 1e-5);
  check_end (xps_shape_find ("la"), (double[]){0, 1, 0.5, 1.2, 2, 0}, 5, 1e-5);
  check_end (xps_shape_find ("apv"), (double[]){0, 1, 0.8, 0, 0.3}, 3, 1e-5);
  check_end (xps_shape_find ("apv_height"), (double[]){0, 1, 0.8, 0, 0.3}, 3, -1e-5);
  check_end (xps_shape_find ("fermi"), (double[]){0, 1, 0, 0.3}, 2, 1e-5);
  check_end (xps_shape_find ("fermi"), (double[]){0, 1, 0.1, 0}, 3, 1e-5);
}

static void
add (const char *name, GTestDataFunc function, const char *except)
{
  gsize n;
  const XpsShape *shapes = xps_shapes_get (&n);
  for (gsize k = 0; k < n; k++) {
    g_autofree char *path = g_strdup_printf ("/lineshape/derived/%s/%s", name, shapes[k].id);
    if (strstr (except, shapes[k].id) == NULL)
      g_test_add_data_func (path, &shapes[k], function);
  }
}

/* Far from a peak the values are its tail's rounding, and halving never brings the error down: it must end
 * all the same. */
static void
test_far_interval (void)
{
  const XpsShape *shape = xps_shape_find ("dsg");
  const double p[] = {165.658, 147.457, 0.1, 0, 0.767};
  const double area = xps_shape_area_between (shape, p, 148.2, 162.95);
  g_assert_true (isfinite (area));
  g_assert_cmpfloat (fabs (area), <, 147.457);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("maximum", test_maximum, "fermi");
  add ("area", test_area, "fermi ds dsg");
  g_test_add_func ("/lineshape/derived/doniach-sunjic", test_doniach_sunjic);
  g_test_add_func ("/lineshape/derived/la-heavy-tails", test_la_heavy_tails);
  g_test_add_func ("/lineshape/derived/voigt-limits", test_voigt_limits);
  g_test_add_func ("/lineshape/derived/fermi", test_fermi);
  g_test_add_func ("/lineshape/derived/ends", test_ends);
  g_test_add_func ("/lineshape/derived/far-interval", test_far_interval);
  return g_test_run ();
}
