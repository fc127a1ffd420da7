/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "reference/committed.h"
#include "reference/cross-section.h"
#include "support.h"

static XpsReference *reference;

static double
sigma (const char *level, double energy)
{
  g_autoptr (GError) error = NULL;
  XpsCrossSection out;
  xps_reference_get_cross_section (reference, level, energy, &out, &error);
  g_assert_no_error (error);
  return out.barn;
}

/* Every level of the check table at laboratory and synchrotron energies: rows of the tables themselves, so to
 * the last digit printed. */
static void
test_battery_levels (void)
{
  static const double energies[] = {1253.6, 1486.6, 2984.3, 5414.8, 9251.7};
  g_autofree char *path = test_shared_path ("quantification/battery_sigma.csv");
  g_autofree char *text = NULL;
  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL)) {
    g_test_skip ("no shared data");
    return;
  }
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint compared = 0;
  for (gsize i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
    for (gsize k = 0; k < G_N_ELEMENTS (energies); k++) {
      double expected;
      if (!xps_number_parse (cells[k + 1], &expected))
        continue;
      XpsCrossSection out;
      /* Levels that the photon does not reach are empty in the table, near ones come from other nodes. */
      if (!xps_reference_get_cross_section (reference, cells[0], energies[k], &out, NULL) || out.near)
        continue;
      g_assert_cmpfloat (fabs (out.barn / expected - 1), <, 1e-4);
      compared++;
    }
  }
  g_assert_cmpuint (compared, >, 200);
}

/* Between rows: against the raw nodes of the same library, which the rows were interpolated from. The source
 * gives 0.06 to 0.07 % median, 90 % below 0.11 % for this order; nodes printed with six digits. */
static void
test_between_rows (void)
{
  g_assert_cmpfloat (fabs (sigma ("S 1s", 3845.918) / 34001.9 - 1), <, 2e-3);
  g_assert_cmpfloat (fabs (sigma ("S 1s", 4315.191) / 25068.8 - 1), <, 2e-3);
  g_assert_cmpfloat (fabs (sigma ("S 1s", 5011.872) / 16793.9 - 1), <, 2e-3);
}

/* Scofield 1976, relative to C 1s at Al K-alpha, as printed in the notes of the tables. */
static void
test_scofield (void)
{
  static const struct {
    const char *level;
    double ratio;
  } rows[] = {{"Li 1s", 0.0568},   {"N 1s", 1.80},     {"O 1s", 2.93},   {"F 1s", 4.43},
              {"P 2p", 1.192},     {"S 2p", 1.677},    {"Cl 2p", 2.285}, {"Cl 2p3/2", 1.51},
              {"Ni 2p3/2", 14.61}, {"La 3d5/2", 28.12}};
  const double carbon = sigma ("C 1s", 1486.6);
  g_assert_cmpfloat (fabs (carbon - 13633), <, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpfloat (fabs (sigma (rows[i].level, 1486.6) / carbon / rows[i].ratio - 1), <, 5e-3);
}

/* A sum over j is the sum of its subshells. */
static void
test_sums (void)
{
  g_assert_cmpfloat (fabs (sigma ("S 2p", 2000) / (sigma ("S 2p1/2", 2000) + sigma ("S 2p3/2", 2000)) - 1), <,
                     1e-3);
  g_assert_cmpfloat (fabs (sigma ("S 2p", 190) / (sigma ("S 2p1/2", 190) + sigma ("S 2p3/2", 190)) - 1), <,
                     1e-6);
}

static void
test_refusals (void)
{
  static const struct {
    const char *level;
    double energy;
    const char *word;
  } rows[] = {{"S 1s", 2000, "threshold"}, {"S 2p", 50, "outside"},     {"S 2p", 30000, "outside"},
              {"S2p", 1486.6, "level"},    {"Xx 1s", 1486.6, "tables"}, {"S 2p", (double)NAN, "outside"}};
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    XpsCrossSection out;
    g_assert_false (xps_reference_get_cross_section (reference, rows[i].level, rows[i].energy, &out, &error));
    g_assert_nonnull (strstr (error->message, rows[i].word));
  }
}

/* W at 54.7 degrees, unpolarised, as computed once with the calculation behind the table. */
static void
test_angular (void)
{
  static const struct {
    const char *level;
    double w[3]; /* Al, Cr, Ga K-alpha */
  } rows[] = {{"C 1s", {1.147, 1.338, 1.460}},
              {"S 2p3/2", {1.144, 1.306, 1.397}},
              {"Ni 2p3/2", {1.043, 1.291, 1.406}},
              {"Au 4f7/2", {1.091, 1.379, 1.549}}};
  static const double energies[] = {1486.6, 5414.8, 9251.7};
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (energies); k++) {
      g_autoptr (GError) error = NULL;
      XpsAngular angular;
      xps_reference_get_angular (reference, rows[i].level, energies[k], &angular, &error);
      g_assert_no_error (error);
      g_assert_cmpfloat (fabs (xps_angular_factor (&angular, 54.7, 0, 0) - rows[i].w[k]), <, 1.5e-3);
    }
}

/* Electrons go somewhere: W averages to 1 over the sphere, polarised or not (Gauss-Legendre is not needed:
 * the integrand is a polynomial in cos, the midpoint rule on 2,000 rings is far below the tolerance). */
static void
test_normalised (void)
{
  XpsAngular angular;
  g_assert_true (xps_reference_get_angular (reference, "S 2p", 5414.8, &angular, NULL));
  for (int polarised = 0; polarised < 2; polarised++) {
    double sum = 0;
    const int rings = 2000, sectors = 8;
    for (int i = 0; i < rings; i++)
      for (int k = 0; k < sectors; k++)
        sum += xps_angular_factor (&angular, acos (1 - (2 * i + 1.0) / rings) * 180 / G_PI, polarised,
                                   360.0 * k / sectors);
    g_assert_cmpfloat (fabs (sum / (rings * sectors) - 1), <, 1e-5);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  reference = committed_open (NULL);
  g_test_add_func ("/cross-section/battery-levels", test_battery_levels);
  g_test_add_func ("/cross-section/between-rows", test_between_rows);
  g_test_add_func ("/cross-section/scofield", test_scofield);
  g_test_add_func ("/cross-section/sums", test_sums);
  g_test_add_func ("/cross-section/refusals", test_refusals);
  g_test_add_func ("/cross-section/angular", test_angular);
  g_test_add_func ("/cross-section/normalised", test_normalised);
  const int status = g_test_run ();
  xps_reference_free (reference);
  return status;
}
