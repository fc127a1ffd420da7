/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

/* Judges: oracle/bg_tougaard_*.csv (40 digits, Romberg), closed forms, and identities between the modes. */

static const struct {
  const char *oracle, *word;
  double b, c, d;
} sets[] = {
    {"U2_universal", "universal", 2866.0, 1643.0, 0.0},
    {"U3_polymers", "polymers", 434.0, 551.0, 436.0},
    {"U3_SiO2", "SiO2", 325.0, 542.0, 275.0},
    {"U3_Si", "Si", 132.0, 325.0, 96.0},
    {"U3_Ge", "Ge", 73.0, 260.0, 62.0},
    {"U3_Al", "Al", 16.5, 230.0, 4.5},
};

static guint
find_set (const char *oracle)
{
  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    if (strcmp (sets[i].oracle, oracle) == 0)
      return i;
  g_error ("no set %s", oracle);
}

/* out = Int K signal with the kernel of unit amplitude */
static void
apply (const char *word, const char *quadrature, double t0, size_t n, const double *x, const double *signal,
       double *out)
{
  g_auto (TestBackground) active;
  test_background_init (&active, "active_tougaard");
  test_background_word (&active, "cross_section", word);
  test_background_word (&active, "quadrature", quadrature);
  test_background_set (&active, "T0", t0);
  test_background_plan (&active, 1, n, x);
  active.row->apply (active.plan, signal, out);
}

/* J = 1000 from 905 to 915 eV, jumps included: two points at one energy. `last` is the point asked about. */
static size_t
make_box (double last, double *x, double *y)
{
  size_t n = 0;
  for (double e = 890.0; e < last + 0.25; e += 0.5) {
    const gboolean low_jump = e == 905.0, high_jump = e == 915.0;
    x[n] = e;
    y[n++] = e > 905.0 && e <= 915.0 ? 1000.0 : 0.0;
    if ((low_jump || high_jump) && e < last) {
      x[n] = e;
      y[n++] = low_jump ? 1000.0 : 0.0;
    }
  }
  return n;
}

static void
test_box (void)
{
  g_autofree char *path = test_shared_path ("oracle/oracle/bg_tougaard_T1_box.csv");
  if (path == NULL)
    return;
  g_autoptr (TestTable) table = test_table_read (path);
  double x[400], y[400], out[400];
  for (guint row = 0; row < table->rows->len; row++) {
    const guint set = find_set (test_table_text (table, row, "cross_section"));
    const double last = test_table_number (table, row, "x"),
                 wanted = test_table_number (table, row, "background");
    const size_t n = make_box (last, x, y);
    apply (sets[set].word, "exact", 0.0, n, x, y, out);
    g_assert_cmpfloat (x[n - 1], ==, last);
    test_assert_close (sets[set].b * out[n - 1], wanted, 1e-12 * wanted);
  }
}

/* U4: the same box without losses below T0, closed form of the two-parameter kernel Int K = B/2 (1/(C+a^2) -
 * 1/(C+b^2)). */
static void
test_gap (void)
{
  const double gaps[] = {0.5, 3.3, 12.25, 30.0};
  double x[400], y[400], out[400];
  for (gsize g = 0; g < G_N_ELEMENTS (gaps); g++) {
    for (double last = 906.0; last < 990.0; last += 7.5) {
      const size_t n = make_box (last, x, y);
      const double low = MAX (gaps[g], last - 915.0), high = last - 905.0;
      const double wanted = high > low ? 1000.0 * 0.5 * (high - low) * (high + low) /
                                             ((1643.0 + low * low) * (1643.0 + high * high))
                                       : 0.0;
      apply ("universal", "exact", gaps[g], n, x, y, out);
      test_assert_close (out[n - 1], wanted, 1e-12 * wanted + 1e-18);
    }
  }
}

/* Custom kernels far from the named ones: overdamped (D > 4 C), and a plasmon as sharp as 0.01 eV on a 2 eV
 * grid. Closed forms of Int K over the box, with u = T^2. */
static void
test_custom (void)
{
  static const struct {
    double c, d;
  } kernels[] = {{100.0, 1000.0}, {225.0, 1e-4}, {50.0, 200.0 - 1e-3}, {-80.0, 30.0}, {1643.0, 0.0}};
  for (gsize k = 0; k < G_N_ELEMENTS (kernels); k++) {
    const double c = kernels[k].c, d = kernels[k].d, x[] = {0, 2, 2, 12, 12, 14, 17, 40};
    const double y[] = {0, 0, 1, 1, 0, 0, 0, 0};
    double out[8], wanted[2];
    for (int i = 0; i < 2; i++) {
      const double a = x[6 + i] - 12.0, b = x[6 + i] - 2.0, p = c - 0.5 * d, q2 = d * c - 0.25 * d * d;
      if (d == 0.0)
        wanted[i] = 0.5 * (b - a) * (b + a) / ((c + a * a) * (c + b * b));
      else if (q2 > 0.0)
        wanted[i] = (atan2 (b * b - p, sqrt (q2)) - atan2 (a * a - p, sqrt (q2))) / (2.0 * sqrt (q2));
      else
        wanted[i] = (log ((b * b - p - sqrt (-q2)) / (a * a - p - sqrt (-q2))) -
                     log ((b * b - p + sqrt (-q2)) / (a * a - p + sqrt (-q2)))) /
                    (4.0 * sqrt (-q2));
    }
    g_auto (TestBackground) active;
    test_background_init (&active, "active_tougaard");
    test_background_word (&active, "cross_section", "custom");
    test_background_set (&active, "C", c);
    test_background_set (&active, "D", d);
    test_background_plan (&active, 1, 8, x);
    active.row->apply (active.plan, y, out);
    /* the closed forms themselves lose digits: differences of arcs and logarithms */
    for (int i = 0; i < 2; i++)
      test_assert_close (out[6 + i], wanted[i], 2e-12 * wanted[i]);
    if (d != 0.0)
      continue;
    /* with D = 0 CasaXPS writes C negative and means the same */
    double other[8];
    test_background_set (&active, "C", -c);
    test_background_plan (&active, 1, 8, x);
    active.row->apply (active.plan, y, other);
    g_assert_cmpmem (out, sizeof out, other, sizeof other);
  }
}

static void
test_piecewise_linear (gconstpointer name)
{
  g_autofree char *relative = g_strdup_printf ("oracle/oracle/bg_tougaard_T2_%s.csv", (const char *)name);
  g_autofree char *path = test_shared_path (relative);
  if (path == NULL)
    return;
  g_autoptr (TestTable) table = test_table_read (path);
  const size_t n = table->rows->len;
  g_autofree double *x = test_table_column (table, "x"), *y = test_table_column (table, "y");
  g_autofree double *out = g_new (double, n);
  const char *const names[] = {"U2_universal", "U3_SiO2", "U3_Al", "U3_polymers"};
  for (gsize k = 0; k < G_N_ELEMENTS (names); k++) {
    const guint set = find_set (names[k]);
    const char *const quadratures[][2] = {{"exact", "exact_pl"}, {"trapezoid", "trapezoid"}};
    for (int q = 0; q < 2; q++) {
      g_autofree char *column = g_strdup_printf ("%s_%s", names[k], quadratures[q][1]);
      g_autofree double *wanted = test_table_column (table, column);
      apply (sets[set].word, quadratures[q][0], 0.0, n, x, y, out);
      for (size_t i = 0; i < n; i++)
        test_assert_close (sets[set].b * out[i], wanted[i], 1e-12 * wanted[i]);
    }
  }
}

/* Known primary spectrum; J = F + K * J. The trapezoid misses by -h^2/12 K'(0) J(E) (Euler-Maclaurin, J
 * vanishing at the window's start), K'(0) = B / C^2, and by the next order of a few per cent of that. */
static void
test_self_consistent (void)
{
  const char *const names[] = {"U2_universal", "U3_SiO2"};
  for (gsize k = 0; k < G_N_ELEMENTS (names); k++) {
    g_autofree char *relative =
        g_strdup_printf ("oracle/oracle/bg_tougaard_T4_selfconsistent_%s.csv", names[k]);
    g_autofree char *path = test_shared_path (relative);
    if (path == NULL)
      return;
    g_autoptr (TestTable) table = test_table_read (path);
    const size_t n = table->rows->len;
    g_autofree double *x = test_table_column (table, "x"), *j = test_table_column (table, "J_exact");
    g_autofree double *wanted = test_table_column (table, "B_exact"), *curve = g_new (double, n);
    const guint set = find_set (names[k]);
    g_auto (TestBackground) tougaard;
    test_background_init (&tougaard, "tougaard");
    test_background_word (&tougaard, "cross_section", sets[set].word);
    test_background_word (&tougaard, "amplitude", "absolute");
    test_background_word (&tougaard, "quadrature", "trapezoid");
    test_background_plan (&tougaard, 0, n, x);
    XpsCertificate certificate;
    tougaard.row->solve (tougaard.plan, j, curve, &certificate);
    g_assert_true (certificate.solved);
    test_assert_close (xps_certificate_get (&certificate, "B_effective"), sets[set].b, 0.0);
    const double first = 0.2 * 0.2 / 12.0 * sets[set].b / (sets[set].c * sets[set].c);
    for (size_t i = 0; i < n; i++)
      test_assert_close (curve[i] - wanted[i], -first * j[i], 0.06 * first * 3100.0);
  }
}

/* 60,000 counts eV high, 149 and 169.6 counts at the ends, and the amplitude that the oracle's own double
 * found. */
static void
test_anchored (void)
{
  g_autofree char *path = test_shared_path ("oracle/oracle/bg_tougaard_T5_anchored.csv");
  if (path == NULL)
    return;
  g_autoptr (TestTable) table = test_table_read (path);
  const size_t n = table->rows->len;
  g_autofree double *x = test_table_column (table, "x"), *y = test_table_column (table, "y");
  g_autofree double *wanted = test_table_column (table, "B_anchored"), *curve = g_new (double, n);
  g_autofree double *other = g_new (double, n);
  XpsCertificate certificate;
  g_auto (TestBackground) tougaard;
  test_background_init (&tougaard, "tougaard");
  test_background_word (&tougaard, "quadrature", "trapezoid");
  test_background_set (&tougaard, "average", 5);
  test_background_plan (&tougaard, 0, n, x);
  tougaard.row->solve (tougaard.plan, y, curve, &certificate);
  g_assert_true (certificate.solved);
  const double b = xps_certificate_get (&certificate, "B_effective");
  test_assert_close (b, 2196.924907942961, 1e-12 * 2196.9);
  test_assert_close (xps_certificate_get (&certificate, "y_low"), 149.0, 0.0);
  test_assert_close (xps_certificate_get (&certificate, "y_high"), 169.6, 1e-13);
  test_assert_close (xps_certificate_get (&certificate, "mismatch"), 0.0, 1e-12);
  for (size_t i = 0; i < n; i++)
    test_assert_close (curve[i], wanted[i], 1e-12 * wanted[i]);

  /* the same amplitude, given as an absolute one, is the same background */
  test_background_word (&tougaard, "amplitude", "absolute");
  test_background_set (&tougaard, "B", b);
  test_background_plan (&tougaard, 0, n, x);
  tougaard.row->solve (tougaard.plan, y, other, &certificate);
  for (size_t i = 0; i < n; i++)
    test_assert_close (other[i], curve[i], 1e-13 * curve[i]);

  /* exact integration differs by the discretisation only */
  test_background_word (&tougaard, "amplitude", "anchored");
  test_background_word (&tougaard, "quadrature", "exact");
  test_background_plan (&tougaard, 0, n, x);
  tougaard.row->solve (tougaard.plan, y, other, &certificate);
  for (size_t i = 0; i < n; i++)
    test_assert_close (other[i], curve[i], 1e-3 * 20.6);
}

static void
fill (size_t n, double *x, double *y, double low, double high)
{
  for (size_t i = 0; i < n; i++) {
    x[i] = 80.0 + 0.1 * (double)i;
    y[i] = low + 1000.0 * exp (-pow (x[i] - 87.0, 2)) + (high - low) / (1.0 + exp (90.0 - x[i]));
  }
}

static void
test_refusals (void)
{
  enum { n = 201 };
  double x[n], y[n], curve[n];
  XpsCertificate certificate;
  g_auto (TestBackground) tougaard;
  test_background_init (&tougaard, "tougaard");
  fill (n, x, y, 500.0, 300.0);
  test_background_plan (&tougaard, 0, n, x);
  tougaard.row->solve (tougaard.plan, y, curve, &certificate);
  test_certificate_refused (&certificate, n, curve);
  g_assert_nonnull (strstr (certificate.statement, "fall"));

  /* a fall that noise explains: no losses, and said so */
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  fill (n, x, y, 500.0, 500.0);
  for (int i = 0; i < n; i++)
    y[i] = floor (y[i] + sqrt (y[i]) * (g_rand_double (rand) - 0.5) * sqrt (12.0));
  y[0] = 510.0;
  y[n - 1] = 480.0;
  tougaard.row->solve (tougaard.plan, y, curve, &certificate);
  g_assert_true (certificate.solved);
  g_assert_true (test_certificate_warns (&certificate, "background-amplitude-zero"));
  for (int i = 0; i < n; i++)
    g_assert_cmpfloat (curve[i], ==, 510.0);

  memset (y, 0, sizeof y);
  tougaard.row->solve (tougaard.plan, y, curve, &certificate);
  test_certificate_refused (&certificate, n, curve);
  y[3] = (double)NAN;
  tougaard.row->solve (tougaard.plan, y, curve, &certificate);
  test_certificate_refused (&certificate, n, curve);
}

static void
test_settings (void)
{
  const double x[] = {1.0, 2.0, 3.0, 4.0};
  static const struct {
    const char *set, *amplitude;
    double b, c, d, t0;
    gboolean fine;
  } cases[] = {
      {"universal", "anchored", 0, 0, 0, 0, TRUE},
      {"universal", "absolute", 1000, 0, 0, 5, TRUE},
      {"universal", "anchored", 0, 1643, 0, 0, FALSE},
      {"Al", "anchored", 0, 0, 1, 0, FALSE},
      {"custom", "anchored", 0, 0, 0, 0, FALSE},
      {"custom", "anchored", 0, 500, 0, 0, TRUE},
      {"custom", "absolute", 0, 500, 0, 0, FALSE},
      {"custom", "absolute", 786.7, -450, 0, 0, TRUE},
      {"custom", "absolute", 335.4, 551, 436, 3, TRUE},
      {"custom", "anchored", 0, 500, -1, 0, FALSE},
      {"universal", "anchored", -3, 0, 0, 0, FALSE},
      {"universal", "anchored", 0, 0, 0, -1, FALSE},
      {"universal", "anchored", (double)NAN, 0, 0, 0, FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (TestBackground) tougaard;
    test_background_init (&tougaard, "tougaard");
    test_background_word (&tougaard, "cross_section", cases[i].set);
    test_background_word (&tougaard, "amplitude", cases[i].amplitude);
    test_background_set (&tougaard, "B", cases[i].b);
    test_background_set (&tougaard, "C", cases[i].c);
    test_background_set (&tougaard, "D", cases[i].d);
    test_background_set (&tougaard, "T0", cases[i].t0);
    const char *wrong = test_background_try (&tougaard, 0, 4, x);
    if (cases[i].fine)
      g_assert_cmpstr (wrong, ==, NULL);
    else
      g_assert_nonnull (wrong);
  }
}

static void
test_scale (void)
{
  enum { n = 201 };
  double x[n], y[n], curve[n], scaled[n];
  const double scales[] = {1e6, 1e-6, 1e-200};
  XpsCertificate certificate, other;
  g_auto (TestBackground) tougaard;
  test_background_init (&tougaard, "tougaard");
  fill (n, x, y, 300.0, 500.0);
  test_background_plan (&tougaard, 0, n, x);
  tougaard.row->solve (tougaard.plan, y, curve, &certificate);
  for (gsize k = 0; k < G_N_ELEMENTS (scales); k++) {
    for (int i = 0; i < n; i++)
      y[i] *= scales[k];
    tougaard.row->solve (tougaard.plan, y, scaled, &other);
    for (int i = 0; i < n; i++) {
      y[i] /= scales[k];
      test_assert_close (scaled[i] / scales[k], curve[i], 1e-12 * curve[i]);
    }
    test_assert_close (xps_certificate_get (&other, "B_effective"),
                       xps_certificate_get (&certificate, "B_effective"),
                       1e-12 * xps_certificate_get (&certificate, "B_effective"));
    g_assert_cmpuint (other.n_warnings, ==, certificate.n_warnings);
  }
}

/* The three ways of keeping weights (uniform, triangle, none beyond 2048 points) are one operator. A grid is
 * made non-uniform by one repeated energy, which changes no integral. */
static void
test_paths (void)
{
  const size_t lengths[] = {2, 3, 5, 150, 151, 152, 153, 2047, 2300};
  for (gsize k = 0; k < G_N_ELEMENTS (lengths); k++) {
    const size_t n = lengths[k];
    g_autofree double *x = g_new (double, n + 1), *y = g_new (double, n + 1), *a = g_new (double, n),
                      *b = g_new (double, n + 1);
    for (size_t i = 0; i < n; i++) {
      x[i] = 0.0625 * (double)i;
      y[i] = 1.0 + sin (0.3 * (double)i);
    }
    apply ("polymers", "exact", 1.0, n, x, y, a);
    x[n] = x[n - 1];
    y[n] = y[n - 1];
    apply ("polymers", "exact", 1.0, n + 1, x, y, b);
    for (size_t i = 0; i < n; i++)
      test_assert_close (b[i], a[i], 1e-12 * a[i]);
    test_assert_close (b[n], a[n - 1], 1e-12 * a[n - 1]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/background/tougaard/box", test_box);
  g_test_add_func ("/background/tougaard/gap", test_gap);
  g_test_add_func ("/background/tougaard/custom", test_custom);
  g_test_add_data_func ("/background/tougaard/piecewise-linear/uniform", "uniform", test_piecewise_linear);
  g_test_add_data_func ("/background/tougaard/piecewise-linear/nonuniform", "nonuniform",
                        test_piecewise_linear);
  g_test_add_func ("/background/tougaard/self-consistent", test_self_consistent);
  g_test_add_func ("/background/tougaard/anchored", test_anchored);
  g_test_add_func ("/background/tougaard/refusals", test_refusals);
  g_test_add_func ("/background/tougaard/settings", test_settings);
  g_test_add_func ("/background/tougaard/scale", test_scale);
  g_test_add_func ("/background/tougaard/paths", test_paths);
  return g_test_run ();
}
