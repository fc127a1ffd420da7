/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

/* Judge: oracle/bg_shirley_*.csv, fixed points found at 60 digits; kappa from oracle/backgrounds.json. */

typedef struct {
  const char *name;
  double average, kappa,
      discretisation; /* greatest error against the continuum, over the step; 0: none known */
} Case;

static const Case cases[] = {
    {"S1_h0.1", 1, 0.059999820001585755, 2.6e-4},      {"S2_h0.05", 1, 0.059999955000044166, 6.51e-5},
    {"S3_h0.01", 1, 0.059999998200000061, 2.61e-6},    {"S4_nonuniform", 1, 0.06002593226204975, 3.11e-4},
    {"S5_falling", 1, -0.029999994375003073, 6.39e-5}, {"S6_equal_ends", 1, 0.0, 0.0},
    {"S7_voigt_tails", 1, 0.030279483065133577, 0.0},  {"S8_noise_avg1", 1, 0.03364688957371357, 0.0},
    {"S9_noise_avg5", 5, 0.030787315743385646, 0.0},   {"S10_steep", 1, 0.34999106798191193, 7.75e-5},
    {"S11_dip", 1, 0.06023651048493464, 0.0},          {"S12_descending", 1, 0.059999955000044166, 0.0},
    {"S13_kinetic", 1, 0.059999955000044166, 0.0},
};

typedef struct {
  size_t n;
  double *x, *y, *fixed_point, *continuum;
} Data;

static void
data_clear (Data *self)
{
  g_free (self->x);
  g_free (self->y);
  g_free (self->fixed_point);
  g_free (self->continuum);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Data, data_clear)

/* Ascending binding energy, as a caller would turn it: S12 descends, S13 is kinetic. */
static gboolean
data_read (Data *self, const char *name)
{
  g_autofree char *relative = g_strdup_printf ("oracle/oracle/bg_shirley_%s.csv", name);
  g_autofree char *path = test_shared_path (relative);
  if (path == NULL)
    return FALSE;
  g_autoptr (TestTable) table = test_table_read (path);
  self->n = table->rows->len;
  self->x = test_table_column (table, "x");
  self->y = test_table_column (table, "y");
  self->fixed_point = test_table_column (table, "B_fixed_point");
  self->continuum = NULL;
  if (table->header[3] != NULL)
    self->continuum = test_table_column (table, "B_exact_continuum");
  const gboolean kinetic = g_str_has_suffix (name, "_kinetic");
  for (size_t i = 0; kinetic && i < self->n; i++)
    self->x[i] = 1486.6 - self->x[i];
  if (self->x[0] > self->x[self->n - 1]) {
    test_reverse (self->n, self->x);
    test_reverse (self->n, self->y);
    test_reverse (self->n, self->fixed_point);
  }
  return TRUE;
}

static void
solve (size_t n, const double *x, const double *y, double average, double *curve, XpsCertificate *certificate)
{
  g_auto (TestBackground) shirley;
  test_background_init (&shirley, "shirley");
  test_background_set (&shirley, "average", average);
  test_background_plan (&shirley, 0, n, x);
  shirley.row->solve (shirley.plan, y, curve, certificate);
  for (size_t i = 0; i < certificate->n_warnings; i++)
    g_assert_nonnull (xps_certificate_explain (certificate->warnings[i]));
  for (size_t i = 0; i < n; i++)
    g_assert_true (isfinite (curve[i]));
}

static void
test_oracle (gconstpointer user_data)
{
  const Case *this = user_data;
  g_auto (Data) data = {0};
  if (!data_read (&data, this->name))
    return;
  g_autofree double *curve = g_new (double, data.n);
  XpsCertificate certificate;
  solve (data.n, data.x, data.y, this->average, curve, &certificate);
  g_assert_true (certificate.solved);

  const double low = data.fixed_point[0], high = data.fixed_point[data.n - 1];
  const double step = high != low ? fabs (high - low) : 1.0;
  for (size_t i = 0; i < data.n; i++)
    test_assert_close (curve[i], data.fixed_point[i], 1e-11 * step);
  /* kinetic: 1486.6 - (1486.6 - BE) rounds the energies to 1e-13 eV */
  test_assert_close (xps_certificate_get (&certificate, "kappa"), this->kappa, 1e-12 * fabs (this->kappa));
  /* what the oracle's own numbers leave when the iteration is applied to them once, in double */
  test_assert_close (xps_certificate_get (&certificate, "residual"), 0.0, 1e-13);
  test_assert_close (xps_certificate_get (&certificate, "y_low"), low, 1e-14 * fabs (low));
  test_assert_close (xps_certificate_get (&certificate, "y_high"), high, 1e-12 * fabs (high));
  g_assert_cmpfloat (xps_certificate_get (&certificate, "iterations"), <=, 12);

  double worst = 0.0;
  for (size_t i = 0; data.continuum != NULL && i < data.n; i++)
    worst = MAX (worst, fabs (curve[i] - data.continuum[i]) / step);
  if (this->discretisation > 0.0)
    test_assert_close (worst, this->discretisation,
                       0.005 * this->discretisation); /* three digits are given */
}

static void
test_certificates (void)
{
  static const struct {
    const char *name;
    double average;
    gboolean falls, low_slope, weak;
  } expected[] = {
      {"S2_h0.05", 1, FALSE, FALSE, FALSE},      {"S5_falling", 1, TRUE, FALSE, FALSE},
      {"S7_voigt_tails", 1, FALSE, TRUE, FALSE}, {"S9_noise_avg5", 5, FALSE, FALSE, FALSE},
      {"S10_steep", 1, FALSE, FALSE, FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_auto (Data) data = {0};
    if (!data_read (&data, expected[i].name))
      return;
    g_autofree double *curve = g_new (double, data.n);
    XpsCertificate certificate;
    solve (data.n, data.x, data.y, expected[i].average, curve, &certificate);
    g_test_message ("%s: %u warnings, unique %g, solutions %g, next %g, iterations %g", expected[i].name,
                    (unsigned)certificate.n_warnings, xps_certificate_get (&certificate, "unique"),
                    xps_certificate_get (&certificate, "solutions"),
                    xps_certificate_get (&certificate, "next_kappa"),
                    xps_certificate_get (&certificate, "iterations"));
    for (size_t k = 0; k < certificate.n_warnings; k++)
      g_test_message ("  %s", certificate.warnings[k]);
    g_assert_cmpint (test_certificate_warns (&certificate, "background-falls"), ==, expected[i].falls);
    g_assert_cmpint (test_certificate_warns (&certificate, "background-slope-at-low-end"), ==,
                     expected[i].low_slope);
    g_assert_cmpint (test_certificate_warns (&certificate, "background-net-area-weak"), ==, expected[i].weak);
    g_assert_false (test_certificate_warns (&certificate, "background-not-unique"));
  }
}

#define N 281

static double
bump (double u)
{
  return fabs (u) < 1.0 ? pow (1.0 - u * u, 6) : 0.0;
}

/* The textbook method, as a second opinion: iterate the integral to a standstill. */
static void
iterate (size_t n, const double *x, const double *y, double low, double high, double *curve)
{
  g_autofree double *area = g_new (double, n);
  for (size_t i = 0; i < n; i++)
    curve[i] = low;
  for (int round = 0; round < 400; round++) {
    area[0] = 0.0;
    for (size_t i = 1; i < n; i++)
      area[i] = area[i - 1] + 0.5 * (x[i] - x[i - 1]) * (y[i] - curve[i] + y[i - 1] - curve[i - 1]);
    for (size_t i = 0; i < n; i++)
      curve[i] = low + (high - low) * area[i] / area[n - 1];
  }
}

static void
test_second_method (void)
{
  g_auto (Data) data = {0};
  if (!data_read (&data, "S9_noise_avg5"))
    return;
  g_autofree double *curve = g_new (double, data.n), *other = g_new (double, data.n);
  XpsCertificate certificate;
  solve (data.n, data.x, data.y, 5, curve, &certificate);
  iterate (data.n, data.x, data.y, 533.2, 996.2, other);
  for (size_t i = 0; i < data.n; i++)
    test_assert_close (curve[i], other[i], 1e-11 * 463.0);
}

/* The C 1s problem carries the background that its reference fit subtracted (ends averaged over 5 points). */
static void
test_problem (void)
{
  g_autofree char *path = test_shared_path ("oracle/problems/p07_c1s_static_shirley.csv");
  if (path == NULL)
    return;
  g_autoptr (TestTable) table = test_table_read (path);
  const size_t n = table->rows->len;
  g_autofree double *x = test_table_column (table, "x"), *y = test_table_column (table, "y");
  g_autofree double *wanted = test_table_column (table, "background"), *curve = g_new (double, n);
  XpsCertificate certificate;
  solve (n, x, y, 5, curve, &certificate);
  g_assert_true (certificate.solved);
  for (size_t i = 0; i < n; i++)
    test_assert_close (curve[i], wanted[i], 1e-9 * fabs (wanted[n - 1] - wanted[0])); /* theirs is iterated */
}

/* Offsets move the two levels and nothing else. */
static void
test_offsets (void)
{
  g_auto (Data) data = {0};
  if (!data_read (&data, "S9_noise_avg5"))
    return;
  g_autofree double *curve = g_new (double, data.n), *other = g_new (double, data.n);
  XpsCertificate certificate;
  g_auto (TestBackground) shirley;
  test_background_init (&shirley, "shirley");
  test_background_set (&shirley, "average", 5);
  test_background_set (&shirley, "offset_low", -10);
  test_background_set (&shirley, "offset_high", 25);
  test_background_plan (&shirley, 0, data.n, data.x);
  shirley.row->solve (shirley.plan, data.y, curve, &certificate);
  g_assert_true (certificate.solved);
  iterate (data.n, data.x, data.y, 523.2, 1021.2, other);
  for (size_t i = 0; i < data.n; i++)
    test_assert_close (curve[i], other[i], 1e-11 * 498.0);
}

/* The same spectrum in counts, in Mcounts or normalised: the same kappa, warnings and shape. */
static void
test_scale (void)
{
  const double scales[] = {1e6, 1e-6, 1e-12, 1e200};
  g_auto (Data) data = {0};
  if (!data_read (&data, "S8_noise_avg1"))
    return;
  g_autofree double *curve = g_new (double, data.n), *scaled = g_new (double, data.n),
                    *y = g_new (double, data.n);
  XpsCertificate certificate, other;
  solve (data.n, data.x, data.y, 1, curve, &certificate);
  for (gsize k = 0; k < G_N_ELEMENTS (scales); k++) {
    for (size_t i = 0; i < data.n; i++)
      y[i] = data.y[i] * scales[k];
    solve (data.n, data.x, y, 1, scaled, &other);
    g_assert_true (other.solved);
    test_assert_close (xps_certificate_get (&other, "kappa"), xps_certificate_get (&certificate, "kappa"),
                       1e-14);
    for (size_t i = 0; i < data.n; i++)
      test_assert_close (scaled[i] / scales[k], curve[i], 1e-12 * curve[i]);
    g_assert_cmpuint (other.n_warnings, ==, certificate.n_warnings);
    for (size_t i = 0; i < other.n_warnings; i++)
      g_assert_cmpstr (other.warnings[i], ==, certificate.warnings[i]);
  }
}

/* A strong peak, a valley below the high end's level, and a rise to it: two smooth backgrounds meet both
 * ends. The judge finds both by walking kappa in small steps along the closed form kappa Int exp(-kappa (L -
 * t)) z(t) dt. */
static void
test_two_solutions (void)
{
  double x[N], y[N], curve[N], other[N];
  for (int i = 0; i < N; i++) {
    x[i] = 0.05 * i;
    y[i] = 500.0 + 20000.0 * bump ((x[i] - 3.0) / 2.5) + 100.0 * (x[i] > 5.5) +
           150.0 * (1.0 + tanh (3.0 * (x[i] - 12.5)));
  }
  XpsCertificate certificate;
  solve (N, x, y, 1, curve, &certificate);
  g_assert_true (certificate.solved);
  g_assert_cmpfloat (xps_certificate_get (&certificate, "unique"), ==, 0.0);
  g_assert_true (test_certificate_warns (&certificate, "background-not-unique"));
  test_assert_close (xps_certificate_get (&certificate, "residual"), 0.0, 1e-13);

  double roots[2] = {0.0};
  size_t found = 0;
  for (double kappa = 1e-4, before = -1.0; kappa < 2.0 && found < 2; kappa += 1e-4) {
    double sum = 0.0;
    for (int i = 0; i < N; i++)
      sum += kappa * exp (-kappa * (x[N - 1] - x[i])) * (y[i] - y[0]) * (i == 0 || i == N - 1 ? 0.025 : 0.05);
    const double miss = sum - (y[N - 1] - y[0]);
    if (miss * before < 0.0)
      roots[found++] = kappa;
    before = miss;
  }
  g_assert_cmpuint (found, ==, 2);
  /* step of the walk, and the difference between the trapezoid and the exponential, (kappa h)^2 / 12 */
  test_assert_close (xps_certificate_get (&certificate, "kappa"), roots[0], 2e-4);
  test_assert_close (xps_certificate_get (&certificate, "next_kappa"), roots[1], 1e-3);
  /* the solution that is meant is the one the plain iteration finds too */
  iterate (N, x, y, y[0], y[N - 1], other);
  for (int i = 0; i < N; i++)
    test_assert_close (curve[i], other[i], 1e-10 * (y[N - 1] - y[0]));
}

static double
poisson (GRand *rand, double mean)
{
  const double limit = exp (-mean);
  double product = g_rand_double (rand), counts = 0.0;
  for (; product > limit; product *= g_rand_double (rand))
    counts++;
  return counts;
}

/* Windows without a peak are refused, whatever their noise happens to do; at most a few in a thousand slip
 * through (the limit is set at one in a thousand to one in ten thousand). */
static void
test_peakless (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240611);
  const double means[] = {0.3, 4.0, 300.0};
  double x[N], y[N], curve[N];
  for (gsize k = 0; k < G_N_ELEMENTS (means); k++) {
    int solved = 0;
    for (int round = 0; round < 1000; round++) {
      for (int i = 0; i < N; i++) {
        x[i] = 80.0 + 0.05 * i;
        y[i] = poisson (rand, means[k] * (1.0 + 0.1 * x[i] / 94.0));
      }
      XpsCertificate certificate;
      solve (N, x, y, round % 2 == 0 ? 1 : 7, curve, &certificate);
      solved += certificate.solved;
      if (!certificate.solved)
        test_certificate_refused (&certificate, N, curve);
    }
    g_test_message ("mean %g: %d of 1000 peakless windows taken for a peak", means[k], solved);
    g_assert_cmpint (solved, <=, 5);
  }
}

/* And a peak that an eye would see is not taken for noise: 40 counts on 100, 1 eV wide, 43 counts eV. The
 * error of the two levels, 0.5 * 14 eV * sqrt (2 * 100 / 10) = 31 counts eV, leaves no positive net area in a
 * tenth or so of the windows. */
static void
test_weak_peak (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  double x[N], y[N], curve[N];
  int solved = 0, weak = 0, straight = 0;
  for (int round = 0; round < 200; round++) {
    for (int i = 0; i < N; i++) {
      x[i] = 80.0 + 0.05 * i;
      y[i] = poisson (rand, 100.0 + 15.0 * (x[i] > 87.0) + 40.0 * exp (-2.7726 * pow (x[i] - 87.0, 2)));
    }
    XpsCertificate certificate;
    solve (N, x, y, 10, curve, &certificate);
    solved += certificate.solved;
    straight += strstr (certificate.statement, "straight") != NULL;
    weak += test_certificate_warns (&certificate, "background-net-area-weak");
  }
  g_test_message ("weak peak: %d of 200 solved, %d warned of, %d not seen", solved, weak, straight);
  g_assert_cmpint (straight, ==, 0);
  g_assert_cmpint (solved, >=, 150);
}

static void
refuse (size_t n, const double *x, const double *y)
{
  g_autofree double *curve = g_new (double, n);
  XpsCertificate certificate;
  solve (n, x, y, 1, curve, &certificate);
  test_certificate_refused (&certificate, n, curve);
}

static void
test_refusals (void)
{
  double x[N], y[N] = {0.0};
  for (int i = 0; i < N; i++)
    x[i] = 80.0 + 0.05 * i;
  refuse (N, x, y); /* all zero */
  for (int i = 0; i < N; i++)
    y[i] = 700.0;
  refuse (N, x, y); /* constant */
  for (int i = 0; i < N; i++)
    y[i] = 700.0 + 3.0 * i;
  refuse (N, x, y); /* straight */
  for (int i = 0; i < N; i++)
    y[i] = 700.0 + 400.0 * pow (i / (double)N, 3);
  refuse (N, x, y); /* a rise that hangs below its chord: net area negative for every kappa */
  for (int i = 0; i < N; i++)
    y[i] = 700.0 - 500.0 * bump ((x[i] - 87.0) / 3.0);
  refuse (N, x, y); /* a hole, equal ends */
  for (int i = 0; i < N; i++)
    y[i] += i == N - 1 ? 40.0 : 0.0;
  refuse (N, x, y); /* a hole, rising */
  y[17] = (double)NAN;
  refuse (N, x, y);
  y[17] = (double)INFINITY;
  refuse (N, x, y);
  for (int i = 0; i < N; i++)
    y[i] = i % 2 == 0 ? 1.7e308 : -1.7e308;
  refuse (N, x, y); /* sums overflow */
}

static void
test_plans (void)
{
  const double x[] = {1.0, 1.0, 2.0, 3.0}, falls[] = {3.0, 2.0, 1.0, 0.0}, flat[] = {5.0, 5.0, 5.0, 5.0};
  const double bad[] = {1.0, 2.0, (double)NAN, 4.0};
  g_auto (TestBackground) shirley;
  test_background_init (&shirley, "shirley");
  g_assert_nonnull (test_background_try (&shirley, 0, 0, x));
  g_assert_nonnull (test_background_try (&shirley, 0, 1, x));
  g_assert_nonnull (test_background_try (&shirley, 0, 2, x));
  g_assert_nonnull (test_background_try (&shirley, 0, 4, falls));
  g_assert_nonnull (test_background_try (&shirley, 0, 4, flat));
  g_assert_nonnull (test_background_try (&shirley, 0, 4, bad));
  g_assert_null (test_background_try (&shirley, 0, 4, x)); /* a repeated energy is legal */
  const double averages[] = {0.0, -1.0, 1.5, 3.0, 1e9, (double)NAN};
  for (gsize i = 0; i < G_N_ELEMENTS (averages); i++) {
    test_background_set (&shirley, "average", averages[i]);
    g_assert_nonnull (test_background_try (&shirley, 0, 4, x));
  }
}

/* Repeated energies and gaps: the recurrence still is the fixed point of the trapezoid. */
static void
test_odd_grids (void)
{
  double x[N], y[N], curve[N], other[N];
  for (int i = 0; i < N; i++) {
    x[i] = 0.05 * (i / 2 * 2) + (i > 200 ? 3.0 : 0.0);
    y[i] = 300.0 + 5000.0 * bump ((x[i] - 5.0) / 3.0) + 400.0 / (1.0 + exp (5.0 - x[i]));
  }
  XpsCertificate certificate;
  solve (N, x, y, 1, curve, &certificate);
  g_assert_true (certificate.solved);
  test_assert_close (xps_certificate_get (&certificate, "residual"), 0.0, 1e-13);
  iterate (N, x, y, y[0], y[N - 1], other);
  for (int i = 0; i < N; i++)
    test_assert_close (curve[i], other[i], 1e-10 * 400.0);
}

/* Random rubbish: it ends, says yes or no, and never leaves a NaN (asserted in solve). */
static void
test_rubbish (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  double x[40], y[40], curve[40];
  for (int round = 0; round < 20000; round++) {
    const size_t n = (size_t)g_rand_int_range (rand, 3, 41);
    const double scale = pow (10.0, g_rand_double_range (rand, -300.0, 300.0));
    const double step = pow (10.0, g_rand_double_range (rand, -6.0, 3.0));
    x[0] = g_rand_double_range (rand, -10.0, 5000.0);
    for (size_t i = 1; i < n; i++)
      x[i] = x[i - 1] + step * (g_rand_int_range (rand, 0, 4) == 0 ? 0.0 : g_rand_double (rand));
    for (size_t i = 0; i < n; i++)
      y[i] = scale * (g_rand_int_range (rand, 0, 5) == 0 ? 0.0 : g_rand_double_range (rand, -0.2, 1.0));
    if (!(x[n - 1] - x[0] > 1e-8))
      continue;
    XpsCertificate certificate;
    solve (n, x, y, 1, curve, &certificate);
    if (certificate.solved)
      g_assert_cmpfloat (xps_certificate_get (&certificate, "residual"), <, 1e-9);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/background/shirley/oracle/%s", cases[i].name);
    g_test_add_data_func (path, &cases[i], test_oracle);
  }
  g_test_add_func ("/background/shirley/certificates", test_certificates);
  g_test_add_func ("/background/shirley/second-method", test_second_method);
  g_test_add_func ("/background/shirley/problem", test_problem);
  g_test_add_func ("/background/shirley/offsets", test_offsets);
  g_test_add_func ("/background/shirley/scale", test_scale);
  g_test_add_func ("/background/shirley/two-solutions", test_two_solutions);
  g_test_add_func ("/background/shirley/peakless", test_peakless);
  g_test_add_func ("/background/shirley/weak-peak", test_weak_peak);
  g_test_add_func ("/background/shirley/refusals", test_refusals);
  g_test_add_func ("/background/shirley/plans", test_plans);
  g_test_add_func ("/background/shirley/odd-grids", test_odd_grids);
  g_test_add_func ("/background/shirley/rubbish", test_rubbish);
  return g_test_run ();
}
