/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/factor.h"

#include "series/made.h"

static XpsFactors *
factor (const XpsSeries *series)
{
  g_autoptr (GError) error = NULL;
  XpsFactors *factors = xps_factors_new (series, 0, 0, &error);
  g_assert_no_error (error);
  g_test_message ("%s", factors->statement);
  return factors;
}

/* Three equal spectra, to the last count and as three measurements of one thing: rank 1. */
static void
test_equal (void)
{
  const MadeSeries made = MADE_SERIES;
  XpsRandom random;
  xps_random_init (&random, 2);
  g_autoptr (XpsSeries) same = xps_series_new (1);
  g_autoptr (XpsSeries) redrawn = xps_series_new (1);
  g_autoptr (XpsFitData) one = made_data (&made, 20, 0, 1, &random);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (XpsFitData) other = made_data (&made, 20, 0, 1, &random);
    xps_series_add_step (same, "same", &one);
    xps_series_add_step (redrawn, "redrawn", &other);
  }
  g_autoptr (XpsFactors) a = factor (same);
  g_autoptr (XpsFactors) b = factor (redrawn);
  g_assert_cmpuint (a->rank, ==, 1);
  g_assert_cmpuint (b->rank, ==, 1);
}

/* Unmoved lines: background with electrolyte falls as electrode rises, so two factors; non-negative ones
 * describe the counts to their noise. */
static void
test_two (void)
{
  MadeSeries made = MADE_SERIES;
  made.slope = 0;
  g_autoptr (XpsSeries) series = made_series (&made);
  g_autoptr (XpsFactors) factors = factor (series);
  g_assert_cmpuint (factors->rank, ==, 2);
  g_autofree double *spectra = g_new (double, 2 * factors->n_points),
                    *weights = g_new (double, 2 * factors->n_steps);
  const double chi2 = xps_factors_make_positive (series, 0, factors, 2, spectra, weights);
  g_test_message ("reduced chi2 %g", chi2);
  g_assert_cmpfloat (fabs (chi2 - 1), <, 0.1); /* 3,400 degrees of freedom: 0.024 each */
  for (gsize i = 0; i < 2 * factors->n_points; i++)
    g_assert_cmpfloat (spectra[i], >=, 0);
}

/* The test's level is 0.001: pure repetitions are not taken for two, 200 times over. */
static void
test_level (void)
{
  const MadeSeries made = MADE_SERIES;
  XpsRandom random;
  guint wrong = 0;
  xps_random_init (&random, 4);
  for (guint k = 0; k < 200; k++) {
    g_autoptr (XpsSeries) series = xps_series_new (1);
    for (guint i = 0; i < 12; i++) {
      g_autoptr (XpsFitData) data = made_data (&made, 5, 0, 1, &random);
      xps_series_add_step (series, "one", &data);
    }
    g_autoptr (XpsFactors) factors = factor (series);
    wrong += factors->rank != 1 ? 1 : 0;
  }
  g_assert_cmpuint (wrong, <=, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/factor/equal", test_equal);
  g_test_add_func ("/series/factor/two", test_two);
  g_test_add_func ("/series/factor/level", test_level);
  return g_test_run ();
}
