/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "quantify/depth.h"
#include "reference/committed.h"
#include "support.h"

static XpsReference *reference;

/* NIST's own data files and an independent coding of TPP-2M (1994), angstrom; three digits are printed for
 * the metals, the others carry the rounding of 28.8 against 28.816. */
static void
test_tpp2m (void)
{
  static const XpsMaterial mn = {.density = 7.30, .molar_mass = 54.93805, .valence_electrons = 7};
  static const XpsMaterial sm = {.density = 7.52, .molar_mass = 150.36, .valence_electrons = 9};
  static const XpsMaterial si = {
      .density = 2.3296, .molar_mass = 28.0855, .valence_electrons = 4, .gap = 1.12};
  static const XpsMaterial au = {.density = 19.32, .molar_mass = 196.96657, .valence_electrons = 11};
  static const XpsMaterial sio2 = {.density = 2.2, .molar_mass = 60.0843, .valence_electrons = 16, .gap = 9};
  static const double energies[] = {50, 100, 200, 500, 1000, 2000};
  static const struct {
    const XpsMaterial *material;
    double angstrom[6], tolerance;
  } rows[] = {
      {&si, {4.1606, 5.3058, 7.6158, 14.1225, 23.8643, 41.4923}, 2.5e-4},
      {&au, {4.8569, 3.8578, 4.6125, 7.6468, 12.3027, 20.6612}, 4.5e-4},
      {&sio2, {7.1490, 7.8204, 10.2066, 18.0900, 30.2145, 52.2878}, 1.5e-3},
  };
  g_assert_cmpfloat (fabs (10 * xps_imfp_tpp2m_1994 (&mn, 50) - 4.61), <, 0.0051);
  g_assert_cmpfloat (fabs (10 * xps_imfp_tpp2m_1994 (&sm, 50) - 4.79), <, 0.0051);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize k = 0; k < G_N_ELEMENTS (energies); k++)
      g_assert_cmpfloat (
          fabs (10 * xps_imfp_tpp2m_1994 (rows[i].material, energies[k]) / rows[i].angstrom[k] - 1), <,
          rows[i].tolerance);
}

/* 19 materials at 12 energies by every formula, as computed independently; printed with two decimals. */
static void
test_table (void)
{
  g_autofree char *path = test_shared_path ("quantification/imfp_computed.csv");
  g_autofree char *text = NULL;
  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL)) {
    g_test_skip ("no shared data");
    return;
  }
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint compared = 0;
  for (gsize i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);
    g_autoptr (GError) error = NULL;
    XpsMaterial material;
    XpsDepth depth;
    double energy, expected[8];
    g_assert_true (xps_number_parse (cells[1], &energy));
    g_assert_true (xps_reference_get_material (reference, cells[0], &material, &error));
    g_assert_true (xps_depth (reference, &material, energy, 0, XPS_IMFP_TPP2M, &depth, &error));
    for (gsize k = 0; k < 8; k++)
      g_assert_true (xps_number_parse (cells[2 + k], &expected[k]));
    const double ours[8] = {10 * xps_imfp_tpp2m_1994 (&material, energy),
                            10 * depth.by_method[XPS_IMFP_TPP2M],
                            10 * depth.by_method[XPS_IMFP_JTP],
                            10 * depth.by_method[XPS_IMFP_S1],
                            10 * depth.seah,
                            10 * depth.transport,
                            depth.albedo,
                            10 * depth.attenuation};
    /* Two decimals, and four digits of masses and densities. */
    for (gsize k = 0; k < 8; k++)
      if (fabs (ours[k] - expected[k]) > 0.006 + 2e-3 * fabs (expected[k]))
        g_error ("%s at %g eV, column %zu: %g, expected %g", cells[0], energy, k + 2, ours[k], expected[k]);
    compared++;
    xps_material_clear (&material);
  }
  g_assert_cmpuint (compared, ==, 228);
}

static void
test_refusals (void)
{
  g_autoptr (GError) low = NULL, angle = NULL, name = NULL;
  XpsMaterial material, none;
  XpsDepth depth;
  g_assert_true (xps_reference_get_material (reference, "LiF", &material, NULL));
  g_assert_false (xps_depth (reference, &material, 20, 0, XPS_IMFP_TPP2M, &depth, &low));
  g_assert_nonnull (strstr (low->message, "50"));
  g_assert_false (xps_depth (reference, &material, 1000, 80, XPS_IMFP_TPP2M, &depth, &angle));
  g_assert_nonnull (strstr (angle->message, "60"));
  g_assert_false (xps_reference_get_material (reference, "unobtainium", &none, &name));
  g_assert_nonnull (strstr (name->message, "Li6PS5Cl"));
  xps_material_clear (&material);
}

/* Straight lines: 95 % of the signal come from 3 mean free paths. */
static void
test_information_depth (void)
{
  XpsMaterial material;
  XpsDepth flat, tilted;
  g_assert_true (xps_reference_get_material (reference, "Li6PS5Cl", &material, NULL));
  g_assert_true (xps_depth (reference, &material, 9000, 0, XPS_IMFP_TPP2M, &flat, NULL));
  g_assert_true (xps_depth (reference, &material, 9000, 60, XPS_IMFP_TPP2M, &tilted, NULL));
  g_assert_cmpfloat (fabs (flat.straight / flat.imfp - 2.9957), <, 1e-4);
  g_assert_cmpfloat (fabs (tilted.straight / flat.straight - 0.5), <, 1e-12);
  g_assert_cmpfloat (flat.information, <, flat.straight);
  g_assert_cmpfloat (flat.lowest, <=, flat.imfp);
  g_assert_cmpfloat (flat.highest, >=, flat.imfp);
  xps_material_clear (&material);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  reference = committed_open (NULL);
  g_test_add_func ("/depth/tpp2m", test_tpp2m);
  g_test_add_func ("/depth/table", test_table);
  g_test_add_func ("/depth/refusals", test_refusals);
  g_test_add_func ("/depth/information-depth", test_information_depth);
  const int status = g_test_run ();
  xps_reference_free (reference);
  return status;
}
