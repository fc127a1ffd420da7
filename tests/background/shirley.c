/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

/* Judge: oracle/bg_shirley_*.csv, fixed points found at 60 digits; kappa from oracle/backgrounds.json. */

typedef struct {
  const char *name;
  double average, kappa, discretisation; /* greatest error against the continuum, over the step; 0: none known */
} Case;

static const Case cases[] = {
  { "S1_h0.1", 1, 0.059999820001585755, 2.6e-4 },
  { "S2_h0.05", 1, 0.059999955000044166, 6.51e-5 },
  { "S3_h0.01", 1, 0.059999998200000061, 2.61e-6 },
  { "S4_nonuniform", 1, 0.06002593226204975, 3.11e-4 },
  { "S5_falling", 1, -0.029999994375003073, 6.39e-5 },
  { "S6_equal_ends", 1, 0.0, 0.0 },
  { "S7_voigt_tails", 1, 0.030279483065133577, 0.0 },
  { "S8_noise_avg1", 1, 0.03364688957371357, 0.0 },
  { "S9_noise_avg5", 5, 0.030787315743385646, 0.0 },
  { "S10_steep", 1, 0.34999106798191193, 7.75e-5 },
  { "S11_dip", 1, 0.06023651048493464, 0.0 },
  { "S12_descending", 1, 0.059999955000044166, 0.0 },
  { "S13_kinetic", 1, 0.059999955000044166, 0.0 },
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
  for (size_t i = 0; i < n; i++)
    g_assert_true (isfinite (curve[i]));
}

static void
test_oracle (gconstpointer user_data)
{
  const Case *this = user_data;
  g_auto (Data) data = { 0 };
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
    test_assert_close (worst, this->discretisation, 0.005 * this->discretisation); /* three digits are given */
}

static void
test_certificates (void)
{
  static const struct {
    const char *name;
    double average;
    gboolean falls, low_slope, weak;
  } expected[] = {
    { "S2_h0.05", 1, FALSE, FALSE, FALSE },
    { "S5_falling", 1, TRUE, FALSE, FALSE },
    { "S7_voigt_tails", 1, FALSE, TRUE, FALSE },
    { "S9_noise_avg5", 5, FALSE, FALSE, FALSE },
    { "S10_steep", 1, FALSE, FALSE, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_auto (Data) data = { 0 };
    if (!data_read (&data, expected[i].name))
      return;
    g_autofree double *curve = g_new (double, data.n);
    XpsCertificate certificate;
    solve (data.n, data.x, data.y, expected[i].average, curve, &certificate);
    g_test_message ("%s: %u warnings, unique %g, solutions %g, next %g, iterations %g", expected[i].name,
                    (unsigned) certificate.n_warnings, xps_certificate_get (&certificate, "unique"),
                    xps_certificate_get (&certificate, "solutions"), xps_certificate_get (&certificate, "next_kappa"),
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strdup_printf ("/background/shirley/oracle/%s", cases[i].name);
    g_test_add_data_func (path, &cases[i], test_oracle);
  }
  g_test_add_func ("/background/shirley/certificates", test_certificates);
  return g_test_run ();
}
