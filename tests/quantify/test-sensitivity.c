/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "quantify/sensitivity.h"
#include "support.h"

static XpsReference *reference;

static XpsSensitivity
ask (const char *level, double binding, double transmission, const XpsSensitivityOptions *options)
{
  g_autoptr (GError) error = NULL;
  XpsSensitivity out;
  g_assert_true (xps_sensitivity (reference, level, binding, transmission, options, &out, &error));
  g_assert_no_error (error);
  return out;
}

/* Scofield 1976 (UCRL-51326) at Al K-alpha, relative to C 1s, as every table of sensitivity factors prints
 * them: F 1s 4.43, O 1s 2.93, Li 1s 0.0568, S 2p 1.68, P 2p 1.192, Cl 2p 2.285. EPDL97 and Scofield's
 * Hartree-Slater calculation differ by a few percent; 8 % tells a right factor from one of another level. */
static void
test_cross_sections_of_tables (void)
{
  static const struct {
    const char *level;
    double binding, factor;
  } rows[] = {{"F 1s", 685, 4.43}, {"O 1s", 531, 2.93},  {"Li 1s", 55, 0.0568},
              {"S 2p", 162, 1.68}, {"P 2p", 132, 1.192}, {"Cl 2p", 199, 2.285}};
  XpsSensitivityOptions options;
  xps_sensitivity_options_init (&options);
  options.photon_energy = 1486.6;
  const XpsSensitivity carbon = ask ("C 1s", 285, 1, &options);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const XpsSensitivity line = ask (rows[i].level, rows[i].binding, 1, &options);
    g_assert_cmpfloat_with_epsilon (line.barn / carbon.barn / rows[i].factor, 1, 0.08);
  }
}

static void
test_factors (void)
{
  g_autoptr (GError) error = NULL;
  XpsMaterial material;
  XpsSensitivityOptions options;
  xps_sensitivity_options_init (&options);
  options.photon_energy = 1486.6;
  const XpsSensitivity bare = ask ("S 2p", 162, NAN, &options);
  g_assert_cmpuint (bare.gaps, ==,
                    XPS_SENSITIVITY_NO_ANGLE | XPS_SENSITIVITY_NO_MATRIX | XPS_SENSITIVITY_NO_TRANSMISSION);
  g_assert_cmpfloat_with_epsilon (bare.length, pow (1486.6 - 162, 0.75), 1e-9);
  g_assert_true (xps_reference_get_material (reference, "Li6PS5Cl", &material, &error));
  options.matrix = &material;
  options.angle_deg = 54.7356;
  const XpsSensitivity full = ask ("S 2p", 162, 0.8, &options);
  XpsDepth depth;
  g_assert_true (xps_depth (reference, &material, 1486.6 - 162, 0, XPS_IMFP_TPP2M, &depth, &error));
  g_assert_cmpuint (full.gaps, ==, 0);
  g_assert_cmpfloat (full.length, ==, depth.attenuation);
  g_assert_cmpfloat_with_epsilon (full.product / (full.barn * full.angular * full.length * 0.8), 1, 1e-14);
  g_assert_cmpfloat (full.spread, >, 0);
  /* Both lines of a doublet together are the whole level, which the table prints to five digits on its own.
   */
  const XpsSensitivity upper = ask ("S 2p3/2", 162, 0.8, &options),
                       lower = ask ("S 2p1/2", 163.2, 0.8, &options);
  g_assert_cmpfloat_with_epsilon ((upper.barn + lower.barn) / full.barn, 1, 5e-5);
  /* Three sulfur atoms counted for two seconds: the stronger line has two thirds of it. */
  g_assert_cmpfloat_with_epsilon (xps_sensitivity_of_line (&full, 3, 0.5, 2), 4 * full.product,
                                  1e-12 * full.product);
  xps_material_clear (&material);
}

static void
test_refusals (void)
{
  g_autoptr (GError) error = NULL;
  XpsSensitivityOptions options;
  XpsSensitivity out;
  xps_sensitivity_options_init (&options);
  g_assert_false (
      xps_sensitivity (reference, "S 1s", 2472, 1, &options, &out, &error)); /* no photon energy */
  g_clear_error (&error);
  options.photon_energy = 1486.6;
  g_assert_false (xps_sensitivity (reference, "S 1s", 2472, 1, &options, &out, &error)); /* below threshold */
  g_clear_error (&error);
  g_assert_false (xps_sensitivity (reference, "Xx 1s", 10, 1, &options, &out, &error));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_test_init (&argc, &argv, NULL);
  g_autofree char *path =
      g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "reference_bindings.sqlite", NULL);
  reference = xps_reference_open (path, NULL, &error);
  g_assert_no_error (error);
  g_test_add_func ("/quantify/sensitivity/tables", test_cross_sections_of_tables);
  g_test_add_func ("/quantify/sensitivity/factors", test_factors);
  g_test_add_func ("/quantify/sensitivity/refusals", test_refusals);
  const int status = g_test_run ();
  xps_reference_free (reference);
  return status;
}
