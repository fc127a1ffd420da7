/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/voigt.h"

#include "support.h"

#define FWHM_PER_SIGMA 2.3548200450309493820

static const char *const isas[] = {"avx512", "avx2", "generic"};

typedef struct {
  double value, center, fwhm_g, fwhm_l;
} Point;

static Point
voigt_at (const char *isa, XpsFaddeevaLevel level, double energy, double fwhm_g, double fwhm_l)
{
  Point p;
  g_assert_true (xps_voigt_line_with (isa, 1, &energy, 0, fwhm_g, fwhm_l, level, &p.value, &p.center,
                                      &p.fwhm_g, &p.fwhm_l));
  return p;
}

static void
for_each_isa (void (*function) (const char *isa))
{
  for (guint i = 0; i < G_N_ELEMENTS (isas); i++) {
    const double x = 0;
    double v;
    if (xps_voigt_line_with (isas[i], 1, &x, 0, 1, 1, XPS_FADDEEVA_FULL, &v, NULL, NULL, NULL))
      function (isas[i]);
  }
}

/* FULL: the goals of the oracle: value to 1e-13 of the peak and 1e-12 of itself, derivatives to 1e-9 of
 * themselves (or, beyond |z| = 50, to 1e-12 of the peak in units of the total width). FAST: as the headers
 * state. */
static void
check_oracle (const char *isa, XpsFaddeevaLevel level, const char *file)
{
  g_autofree char *path = test_shared_path (file);
  if (path == NULL)
    return;
  const gboolean full = level == XPS_FADDEEVA_FULL;
  g_autoptr (TestTable) table = test_table_read (path);
  for (guint i = 0; i < table->rows->len; i++) {
    const double sigma = test_table_number (table, i, "sigma"), gamma = test_table_number (table, i, "gamma");
    const double x = test_table_number (table, i, "x"), value = test_table_number (table, i, "V");
    const double d_ref[3] = {test_table_number (table, i, "dV_dE0"),
                             test_table_number (table, i, "dV_dsigma"),
                             test_table_number (table, i, "dV_dgamma")};
    const double fwhm_g = sigma * FWHM_PER_SIGMA,
                 peak = voigt_at (isa, XPS_FADDEEVA_FULL, 0, fwhm_g, 2 * gamma).value;
    const Point p = voigt_at (isa, level, x, fwhm_g, 2 * gamma);
    const double d[3] = {p.center, p.fwhm_g * FWHM_PER_SIGMA, p.fwhm_l * 2};
    test_assert_close (p.value, value, (full ? 1e-13 : 4e-10) * peak);
    if (full || gamma / sigma > 1.5e-3)
      test_assert_close (p.value, value, (full ? 1e-12 : 4e-7) * value);
    for (int j = 0; j < 3; j++) {
      const double unit = peak / (j == 1 ? sigma : hypot (sigma, gamma));
      const gboolean near = hypot (x, gamma) < 50 * G_SQRT2 * sigma;
      const double tolerance =
          full ? fmax (1e-9 * fabs (d_ref[j]), near ? 1e-307 : 1e-12 * unit) : 2e-8 * unit;
      test_assert_close (d[j], d_ref[j], tolerance);
    }
  }
}

static void
test_oracle (const char *isa)
{
  check_oracle (isa, XPS_FADDEEVA_FULL, "oracle/oracle/voigt.csv");
  check_oracle (isa, XPS_FADDEEVA_FULL, "oracle/oracle/voigt_random.csv");
  check_oracle (isa, XPS_FADDEEVA_FAST, "oracle/oracle/voigt.csv");
  check_oracle (isa, XPS_FADDEEVA_FAST, "oracle/oracle/voigt_random.csv");
}

/* dV/dsigma = sigma d2V/dE0^2 and d2V/dE0^2 + d2V/dgamma^2 = 0, second derivatives by central differences of
 * the first ones, extrapolated once to step 0. */
static void
test_identities (const char *isa)
{
  const double widths[][2] = {{0.9, 0.1}, {0.4, 0.4}, {0.2, 1.5}};
  for (guint j = 0; j < G_N_ELEMENTS (widths); j++)
    for (double e = -9.37; e < 9; e += 0.61) {
      const double g = widths[j][0], l = widths[j][1], sigma = g / FWHM_PER_SIGMA, h = 1e-3;
      double ee[2], gg[2];
      for (int k = 0; k < 2; k++) {
        const double step = h * (k + 1);
        ee[k] = (voigt_at (isa, XPS_FADDEEVA_FULL, e - step, g, l).center -
                 voigt_at (isa, XPS_FADDEEVA_FULL, e + step, g, l).center) /
                (2 * step);
        gg[k] = 4 *
                (voigt_at (isa, XPS_FADDEEVA_FULL, e, g, l + step).fwhm_l -
                 voigt_at (isa, XPS_FADDEEVA_FULL, e, g, l - step).fwhm_l) /
                (2 * step);
      }
      const double second = (4 * ee[0] - ee[1]) / 3, second_gamma = (4 * gg[0] - gg[1]) / 3;
      const double peak = voigt_at (isa, XPS_FADDEEVA_FULL, 0, g, l).value / (sigma * sigma);
      test_assert_close (voigt_at (isa, XPS_FADDEEVA_FULL, e, g, l).fwhm_g * FWHM_PER_SIGMA, sigma * second,
                         1e-9 * peak);
      test_assert_close (second + second_gamma, 0, 1e-9 * peak);
    }
}

/* wG = 0: Lorentzian, wL = 0: Gaussian; and the approach to both. */
static void
test_limits (const char *isa)
{
  for (double e = -3.3; e < 3.4; e += 0.11) {
    const double w = 0.8, t = 2 * e / w, lorentz = 2 / (G_PI * w) / (1 + t * t);
    const double gauss = 2 / w * sqrt (G_LN2 / G_PI) * exp (-4 * G_LN2 * (e / w) * (e / w));
    Point p = voigt_at (isa, XPS_FADDEEVA_FULL, e, 0, w);
    test_assert_close (p.value, lorentz, 1e-15);
    test_assert_close (p.center, lorentz * 8 * e / (w * w) / (1 + t * t), 1e-14);
    test_assert_close (p.fwhm_l, lorentz * (t * t - 1) / (t * t + 1) / w, 1e-14);
    g_assert_cmpfloat (p.fwhm_g, ==, 0);
    p = voigt_at (isa, XPS_FADDEEVA_FULL, e, w, 0);
    test_assert_close (p.value, gauss, 2e-13 * gauss); /* exponents up to 47, some roundings each */
    test_assert_close (p.center, gauss * 8 * G_LN2 * e / (w * w), 2e-13 * fabs (p.center));
    test_assert_close (p.fwhm_g, gauss * (8 * G_LN2 * (e / w) * (e / w) - 1) / w,
                       2e-13 * (fabs (p.fwhm_g) + gauss / w));
    const double step = 1e-6; /* second order: 1e-6 squared times a curvature of order 10 */
    const double near = voigt_at (isa, XPS_FADDEEVA_FULL, e, w, step).value;
    const double far = voigt_at (isa, XPS_FADDEEVA_FULL, e, w, 2 * step).value;
    test_assert_close (p.fwhm_l, (4 * near - far - 3 * p.value) / (2 * step), 1e-8);
  }
}

/* On both sides of the width where the Lorentzian's expansion takes over. */
static void
test_narrow_gaussian (const char *isa)
{
  const double border = 1e-8 * FWHM_PER_SIGMA / 2; /* of the ratio of the widths */
  for (double e = -5; e <= 5; e += 0.25) {
    const Point below = voigt_at (isa, XPS_FADDEEVA_FULL, e, border * 0.999 * 0.6, 0.6);
    const Point above = voigt_at (isa, XPS_FADDEEVA_FULL, e, border * 1.001 * 0.6, 0.6);
    test_assert_close (below.value, above.value, 1e-14 * above.value);
    test_assert_close (below.center, above.center, 1e-13 * fabs (above.center));
    test_assert_close (below.fwhm_g / 0.999, above.fwhm_g / 1.001, 1e-12 * fabs (above.fwhm_g));
    test_assert_close (below.fwhm_l, above.fwhm_l, 1e-13 * fabs (above.fwhm_l));
  }
}

static void
test_tiny_and_huge (const char *isa)
{
  const double widths[] = {0, 1e-300, 1e-120, 1e-60, 1e-12, 1, 1e12, 1e60};
  const double energies[] = {0, 1e-300, 1e-60, 1e-9, 0.3, 1e4, 1e200, INFINITY};
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    for (guint j = 0; j < G_N_ELEMENTS (widths); j++)
      for (guint k = 0; k < G_N_ELEMENTS (energies); k++)
        for (int level = XPS_FADDEEVA_FULL; level <= XPS_FADDEEVA_FAST; level++) {
          const Point p = voigt_at (isa, (XpsFaddeevaLevel)level, energies[k], widths[i], widths[j]);
          g_assert_true (isfinite (p.value) && isfinite (p.center) && isfinite (p.fwhm_g) &&
                         isfinite (p.fwhm_l));
          if (level == XPS_FADDEEVA_FULL)
            g_assert_cmpfloat (p.value, >=, 0);
        }
}

/* A Gaussian-dominated profile keeps the Lorentzian's tail: V -> gamma / (pi e^2), up to 3 sigma^2 / e^2. */
static void
test_tail (const char *isa)
{
  const double tail = voigt_at (isa, XPS_FADDEEVA_FULL, 300, 0.5, 1e-9).value;
  test_assert_close (tail * G_PI * 300 * 300 / 0.5e-9, 1 + 3 * pow (0.5 / FWHM_PER_SIGMA / 300, 2), 1e-11);
}

/* Trapezoid rule on an analytic function: exact but for the tails, which are Lorentzian. */
static void
test_area (const char *isa)
{
  enum { N = 4001 };
  static double e[N], v[N];
  for (int i = 0; i < N; i++)
    e[i] = 531.2 + 0.05 * (i - N / 2);
  g_assert_true (xps_voigt_line_with (isa, N, e, 531.23, 0.9, 0.2, XPS_FADDEEVA_FULL, v, NULL, NULL, NULL));
  double sum = -(v[0] + v[N - 1]) / 2;
  for (int i = 0; i < N; i++)
    sum += v[i];
  const double gamma = 0.1, tails = (atan (gamma / 99.97) + atan (gamma / 100.03)) / G_PI;
  test_assert_close (sum * 0.05, 1 - tails,
                     1e-8); /* sigma^2 gamma / (pi 100^3) of the tails, step^2 of the ends */
}

/* Each choice of outputs gives the same numbers, at every length, unaligned, and nothing beside them. */
static void
test_outputs (const char *isa)
{
  enum { N = 70 };
  double e[N + 1], whole[4][N], out[4][N + 2];
  for (int i = 0; i <= N; i++)
    e[i] = 160 + 12 * fabs (sin (0.41 * i * i));
  for (int level = XPS_FADDEEVA_FULL; level <= XPS_FADDEEVA_FAST; level++) {
    const double tolerance = 1e-14;
    const XpsFaddeevaLevel l = (XpsFaddeevaLevel)level;
    g_assert_true (
        xps_voigt_line_with (isa, N, e + 1, 163, 0.7, 0.3, l, whole[0], whole[1], whole[2], whole[3]));
    for (int mask = 0; mask < 8; mask++)
      for (int n = 0; n <= N; n++) {
        for (int j = 0; j < 4; j++)
          for (int i = 0; i < N + 2; i++)
            out[j][i] = -99;
        g_assert_true (xps_voigt_line_with (isa, (size_t)n, e + 1, 163, 0.7, 0.3, l, out[0] + 1,
                                            mask & 1 ? out[1] + 1 : NULL, mask & 2 ? out[2] + 1 : NULL,
                                            mask & 4 ? out[3] + 1 : NULL));
        for (int j = 0; j < 4; j++)
          for (int i = 0; i < N + 2; i++) {
            const gboolean written = i > 0 && i <= n && (j == 0 || mask & (1 << (j - 1)));
            const double expected = written ? whole[j][i - 1] : -99;
            test_assert_close (out[j][i], expected, written ? 100 * tolerance * whole[0][i - 1] : 0);
          }
      }
  }
}

/* A move of 1e-8 eV changes the value by its derivative and no more, also where a point changes block and
 * method. */
static void
test_continuity (const char *isa)
{
  enum { N = 281 };
  double e[N], v[2][N], d[2][N];
  for (int i = 0; i < N; i++)
    e[i] = 158 + 0.05 * i;
  for (int k = 0; k < 200; k++) {
    const double center = 162 + 1e-3 * k;
    for (int s = 0; s < 2; s++)
      g_assert_true (xps_voigt_line_with (isa, N, e, center + 1e-8 * s, 0.5, 0.12, XPS_FADDEEVA_FULL, v[s],
                                          d[s], NULL, NULL));
    for (int i = 0; i < N; i++) /* second order 1e-16 V'', rounding of the two energies 3e-14 V' */
      test_assert_close (v[1][i] - v[0][i], 0.5e-8 * (d[0][i] + d[1][i]),
                         2e-13 * v[0][i] + 1e-13 * fabs (d[0][i]));
  }
}

#define RUN(name)                                                                                            \
  static void run_##name (void)                                                                              \
  {                                                                                                          \
    for_each_isa (test_##name);                                                                              \
  }
RUN (oracle)
RUN (identities)
RUN (limits)
RUN (narrow_gaussian)
RUN (tiny_and_huge)
RUN (tail)
RUN (area)
RUN (outputs)
RUN (continuity)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/numerics/voigt/oracle", run_oracle);
  g_test_add_func ("/numerics/voigt/identities", run_identities);
  g_test_add_func ("/numerics/voigt/limits", run_limits);
  g_test_add_func ("/numerics/voigt/narrow-gaussian", run_narrow_gaussian);
  g_test_add_func ("/numerics/voigt/tiny-and-huge", run_tiny_and_huge);
  g_test_add_func ("/numerics/voigt/tail", run_tail);
  g_test_add_func ("/numerics/voigt/area", run_area);
  g_test_add_func ("/numerics/voigt/outputs", run_outputs);
  g_test_add_func ("/numerics/voigt/continuity", run_continuity);
  return g_test_run ();
}
