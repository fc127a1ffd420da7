/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "sample.h"

/* Every curve stands in the table to the last bit. */
static void
test_numbers (void)
{
  Sample sample;
  sample_init (&sample);
  g_autoptr (XpsFigure) figure = sample_figure (&sample);
  g_autofree char *text = xps_figure_dup_table (figure);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_cmpstr (
      lines[0], ==,
      "binding_energy_eV,intensity,sigma,background,envelope,residual_sigma,ps4_main,ps4_so,li2s_main,"
      "li2s_so");
  g_assert_cmpuint (g_strv_length (lines), ==, SAMPLE_POINTS + 2);
  for (gsize i = 0; i < SAMPLE_POINTS; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i + 1], ",", -1);
    const double expected[] = {sample.energy[i],     sample.intensity[i], sample.sigma[i],
                               sample.background[i], sample.envelope[i],  NAN,
                               sample.values[0][i],  sample.values[1][i], sample.values[2][i],
                               sample.values[3][i]};
    g_assert_cmpuint (g_strv_length (cells), ==, G_N_ELEMENTS (expected));
    for (gsize k = 0; k < G_N_ELEMENTS (expected); k++)
      if (k != 5)
        g_assert_cmpfloat (g_ascii_strtod (cells[k], NULL), ==, expected[k]);
    test_assert_close (g_ascii_strtod (cells[5], NULL), 1.5 * sin (17.0 * (double)i), 1e-9);
  }
}

/* What is not there is an empty cell; several spectra stand below each other; texts are quoted where needed.
 */
static void
test_several (void)
{
  Sample a, b;
  sample_init (&a);
  sample_init (&b);
  a.curves.n = b.curves.n = 1;
  a.curves.id = "first, \"cold\"";
  b.curves.id = "second";
  b.curves.sigma = NULL;
  b.curves.background = NULL;
  b.curves.n_components = 1;
  b.components[0].name = "other";
  const XpsFigureCurves *const both[] = {&a.curves, &b.curves};
  g_autoptr (XpsFigure) figure = xps_figure_new (both, 2, NULL);
  g_autofree char *text = xps_figure_dup_table (figure);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_assert_true (g_str_has_prefix (lines[0], "spectrum,binding_energy_eV,intensity,"));
  g_assert_true (g_str_has_suffix (lines[0], ",li2s_so,other"));
  g_assert_true (g_str_has_prefix (lines[1], "\"first, \"\"cold\"\"\",156,"));
  g_assert_true (g_str_has_suffix (lines[1], ","));
  g_assert_true (g_str_has_prefix (lines[2], "second,156,500,,,500,,,,,,"));
}

static void
test_file (void)
{
  Sample sample;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("xps-table-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "curves.csv", NULL);
  g_autofree char *read = NULL;
  sample_init (&sample);
  g_autoptr (XpsFigure) figure = sample_figure (&sample);
  g_autofree char *text = xps_figure_dup_table (figure);
  g_assert_true (xps_figure_write_table (figure, path, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &read, NULL, NULL));
  g_assert_cmpstr (read, ==, text);
  g_remove (path);
  g_rmdir (folder);
  g_assert_false (xps_figure_write_table (figure, path, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/table/numbers", test_numbers);
  g_test_add_func ("/figure/table/several", test_several);
  g_test_add_func ("/figure/table/file", test_file);
  return g_test_run ();
}
