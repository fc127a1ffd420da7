/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/faddeeva.h"

#include "support.h"

#define INV_SQRT_PI 0.56418958354775628695

static const char *const isas[] = {"avx512", "avx2", "generic"};

typedef struct {
  const char *isa;
  XpsFaddeevaLevel level;
} Case;

static void
evaluate (const Case *c, size_t n, const double *x, double y, double *k, double *l)
{
  g_assert_true (xps_faddeeva_line_with (c->isa, n, x, y, c->level, k, l));
}

/* The whole plane against 60 digits; the bounds are those that the header states, with the third digit to
 * spare. */
static void
test_oracle (gconstpointer data)
{
  const Case *c = data;
  const gboolean full = c->level == XPS_FADDEEVA_FULL;
  g_autofree char *path = test_shared_path ("oracle/oracle/faddeeva.csv");
  if (path == NULL)
    return;
  g_autoptr (TestTable) table = test_table_read (path);
  g_autofree double *x = test_table_column (table, "X"), *y = test_table_column (table, "Y");
  g_autofree double *k_ref = test_table_column (table, "K"), *l_ref = test_table_column (table, "L");
  for (guint i = 0; i < table->rows->len; i++) {
    double k, l;
    evaluate (c, 1, &x[i], y[i], &k, &l);
    const double peak = xps_erfcx (y[i]), absolute = (full ? 4e-15 : 4e-10) * peak;
    test_assert_close (k, k_ref[i], absolute);
    test_assert_close (l, l_ref[i], absolute);
    test_assert_close (l, l_ref[i], (full ? 2e-14 : 2e-8) * fabs (l_ref[i]));
    if ((full && k_ref[i] > 1e-300) || y[i] >= 1e-3)
      test_assert_close (k, k_ref[i], (full ? 3e-13 : 4e-7) * k_ref[i]);
  }
}

static void
test_symmetry (gconstpointer data)
{
  const Case *c = data;
  const double y[] = {0, 1e-5, 1e-3, 0.1, 1, 7.9, 8, 30};
  for (guint j = 0; j < G_N_ELEMENTS (y); j++) {
    double x[400], minus[400], k[400], l[400], k_minus[400], l_minus[400];
    for (guint i = 0; i < 400; i++)
      minus[i] = -(x[i] = 0.05 * i);
    evaluate (c, 400, x, y[j], k, l);
    evaluate (c, 400, minus, y[j], k_minus, l_minus);
    for (guint i = 0; i < 400; i++) {
      g_assert_cmpfloat (k[i], ==, k_minus[i]);
      g_assert_cmpfloat (l[i], ==, -l_minus[i]);
    }
  }
}

/* Every length up to 70 and several places in memory: the same values, nothing written beside them.
 * Differences come from the number of terms of the far series, which follows the nearest point of a block. */
static void
test_lengths (gconstpointer data)
{
  const Case *c = data;
  const double tolerance = 1e-14;
  double all[70], k_all[70], l_all[70], in[80], k[80], l[80];
  for (guint i = 0; i < 70; i++)
    all[i] = -9.7 + 31.0 * fabs (sin (0.37 * i * i)); /* far and near points mixed */
  evaluate (c, 70, all, 0.3, k_all, l_all);
  for (guint n = 0; n <= 70; n++)
    for (guint offset = 0; offset < 8; offset += n % 3 + 1) {
      for (guint i = 0; i < 80; i++)
        k[i] = l[i] = -99;
      memcpy (in + offset, all, n * sizeof (double));
      evaluate (c, n, in + offset, 0.3, k + offset, l + offset);
      for (guint i = 0; i < 80; i++) {
        const gboolean inside = i >= offset && i < offset + n;
        test_assert_close (k[i], inside ? k_all[i - offset] : -99, inside ? tolerance * k[i] : 0);
        test_assert_close (l[i], inside ? l_all[i - offset] : -99, inside ? tolerance * fabs (l[i]) : 0);
      }
    }
}

/* Neighbouring points across the border between the two methods, and across the value of y where the method
 * changes: no step beyond the error that the header states. */
static void
test_borders (gconstpointer data)
{
  const Case *c = data;
  const double relative = c->level == XPS_FADDEEVA_FULL ? 5e-13 : 5e-7;
  const double y[] = {1e-3, 1.9999999e-3, 2.0000001e-3, 0.05, 0.7, 4, 6.9999, 7.0001, 7.9999, 8.0001};
  for (guint j = 0; j < G_N_ELEMENTS (y); j++)
    for (double radius2 = 49; radius2 < 2600; radius2 += radius2 < 64 ? 15 : radius2 < 144 ? 80 : 256) {
      const double border = sqrt (fmax (0, radius2 - y[j] * y[j]));
      for (int i = -3; i <= 3; i++) {
        const double x[2] = {border + 1e-8 * i, border + 1e-8 * (i + 1)};
        double k[2], l[2], alone_k, alone_l;
        evaluate (c, 2, x, y[j], k, l);
        evaluate (c, 1, &x[0], y[j], &alone_k, &alone_l);
        const double slope = 2 * (y[j] * l[0] - x[0] * k[0]);
        test_assert_close (k[1] - k[0], slope * 1e-8, relative * k[0]);
        test_assert_close (alone_k, k[0], relative * k[0]);
      }
    }
  double x = 5.5, below[2], above[2]; /* y = SMALL_Y */
  evaluate (c, 1, &x, 2e-3 * (1 - 1e-15), &below[0], &below[1]);
  evaluate (c, 1, &x, 2e-3 * (1 + 1e-15), &above[0], &above[1]);
  test_assert_close (below[0], above[0], relative * above[0]);
}

static void
test_extremes (gconstpointer data)
{
  const Case *c = data;
  const double x[] = {INFINITY, -INFINITY, 1e300, -1e300, 1e160, 1e80, 1e20, NAN, 0, 1e-300};
  const double y[] = {0, 1e-300, 1e-20, 1e-5, 0.5, 10, 1e20, 1e80, 1e160, 1e300, INFINITY};
  for (guint j = 0; j < G_N_ELEMENTS (y); j++) {
    double k[G_N_ELEMENTS (x)], l[G_N_ELEMENTS (x)];
    evaluate (c, G_N_ELEMENTS (x), x, y[j], k, l);
    for (guint i = 0; i < G_N_ELEMENTS (x); i++) {
      if (isnan (x[i])) {
        g_assert_true (isnan (k[i]) || isinf (y[j]));
        continue;
      }
      const double m = fmax (fabs (x[i]), y[j]), a = x[i] / m, b = y[j] / m; /* w = i / (sqrt(pi) z) */
      g_assert_true (isfinite (k[i]) && isfinite (l[i]));
      if (isinf (m)) {
        g_assert_cmpfloat (k[i], ==, 0);
        g_assert_cmpfloat (l[i], ==, 0);
      } else if (m >= 1e20) {
        const double k_far = INV_SQRT_PI * b / (a * a + b * b) / m,
                     l_far = INV_SQRT_PI * a / (a * a + b * b) / m;
        test_assert_close (k[i], k_far, 1e-14 * k_far + 5e-324);
        test_assert_close (l[i], l_far, 1e-14 * fabs (l_far) + 5e-324);
      }
    }
  }
}

/* A NaN or an infinity spoils no neighbour. */
static void
test_neighbours (gconstpointer data)
{
  const Case *c = data;
  const double odd[] = {NAN, INFINITY, -1e200};
  for (guint j = 0; j < G_N_ELEMENTS (odd); j++)
    for (guint place = 0; place < 24; place++) {
      double x[24], k[24], l[24], k_ref, l_ref;
      for (guint i = 0; i < 24; i++)
        x[i] = i == place ? odd[j] : i % 5 * 3.0;
      evaluate (c, 24, x, 0.2, k, l);
      for (guint i = 0; i < 24; i++) {
        if (i == place)
          continue;
        evaluate (c, 1, &x[i], 0.2, &k_ref, &l_ref);
        test_assert_close (k[i], k_ref, 1e-14 * k_ref);
        test_assert_close (l[i], l_ref, 1e-14 * fabs (l_ref));
      }
    }
}

/* y = 0: K = exp (-x^2) down to the smallest numbers, L = 2/sqrt(pi) times Dawson's integral, whose maximum
 * is 0.5410442246351816984 at 0.9241388730045917670 (NIST DLMF 7.8). */
static void
test_real_axis (void)
{
  for (guint j = 0; j < G_N_ELEMENTS (isas); j++) {
    double x[300], k[300], l[300];
    for (guint i = 0; i < 300; i++)
      x[i] = 0.1 * i;
    if (!xps_faddeeva_line_with (isas[j], 300, x, 0, XPS_FADDEEVA_FULL, k, l))
      continue;
    for (guint i = 0; i < 300;
         i++) /* rounding of x^2 alone costs x^2 2^-53; subnormal results have fewer digits */
      test_assert_close (k[i], exp (-x[i] * x[i]), (4e-16 + 2.3e-16 * x[i] * x[i]) * k[i] + 1e-323);
    const double top = 0.9241388730045917670;
    xps_faddeeva_line_with (isas[j], 1, &top, 0, XPS_FADDEEVA_FULL, k, l);
    test_assert_close (l[0], 2 * INV_SQRT_PI * 0.5410442246351816984, 1e-15);
  }
}

static void
test_erfcx (void)
{
  /* 20 digits by mpmath */
  test_assert_close (xps_erfcx (0), 1, 1e-15);
  test_assert_close (xps_erfcx (1), 0.42758357615580700441, 1e-15);
  test_assert_close (xps_erfcx (10), 0.056140992743822585864, 1e-16);
  test_assert_close (xps_erfcx (1e10), 5.6418958354775628695e-11, 1e-25);
  test_assert_close (xps_erfcx (1e300), 5.6418958354775628695e-301, 1e-314);
  test_assert_close (xps_erfcx (-1), 5.0089800807622834663, 5e-15);
  for (double y = 0; y < 5; y += 0.01)
    test_assert_close (xps_erfcx (y), exp (y * y) * erfc (y), 2e-14 * xps_erfcx (y));
}

static void
test_choice (void)
{
  double x = 0, k, l;
  g_assert_true (xps_faddeeva_line_with (xps_faddeeva_get_isa (), 1, &x, 1, XPS_FADDEEVA_FULL, &k, &l));
  g_assert_true (xps_faddeeva_line_with ("generic", 1, &x, 1, XPS_FADDEEVA_FULL, &k, &l));
  g_assert_false (xps_faddeeva_line_with ("no such", 1, &x, 1, XPS_FADDEEVA_FULL, &k, &l));
}

static void
add_all (const char *name, GTestDataFunc function)
{
  static const Case cases[] = {
      {"avx512", XPS_FADDEEVA_FULL}, {"avx512", XPS_FADDEEVA_FAST},  {"avx2", XPS_FADDEEVA_FULL},
      {"avx2", XPS_FADDEEVA_FAST},   {"generic", XPS_FADDEEVA_FULL}, {"generic", XPS_FADDEEVA_FAST},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    double x = 0, k, l;
    if (!xps_faddeeva_line_with (cases[i].isa, 1, &x, 1, cases[i].level, &k, &l))
      continue;
    g_autofree char *path = g_strdup_printf ("/numerics/faddeeva/%s/%s/%s", name, cases[i].isa,
                                             cases[i].level == XPS_FADDEEVA_FULL ? "full" : "fast");
    g_test_add_data_func (path, &cases[i], function);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_all ("oracle", test_oracle);
  add_all ("symmetry", test_symmetry);
  add_all ("lengths", test_lengths);
  add_all ("borders", test_borders);
  add_all ("extremes", test_extremes);
  add_all ("neighbours", test_neighbours);
  g_test_add_func ("/numerics/faddeeva/real-axis", test_real_axis);
  g_test_add_func ("/numerics/faddeeva/erfcx", test_erfcx);
  g_test_add_func ("/numerics/faddeeva/choice", test_choice);
  return g_test_run ();
}
