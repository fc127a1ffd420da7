/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/csv-keys.h"
#include "sample.h"

/* Spectra made with lines at known places, under photon energies that are right and wrong. */

#define TRUE_PHOTON 1486.6

/* A step at the Fermi level that is 0.3 eV wide, an empty spectrum above, counts that scatter by a few. */
static double
valence (double binding)
{
  return 1000.0 / (1 + exp (-binding / 0.08));
}

/* Au 4f: two Lorentzians 3.67 eV apart, 4 to 3. */
static double
gold (double binding)
{
  const double a = (binding - 83.96) / 0.35, b = (binding - 83.96 - 3.67) / 0.35;
  return 100 + 4000 / (1 + a * a) + 3000 / (1 + b * b);
}

/* 8 % of it 9.8 eV above, as the satellites of an aluminium anode make it. */
static double
with_satellite (double binding)
{
  return valence (binding) + 0.08 * valence (binding + 9.8);
}

static XpsFile *
make_file (const char *name, double (*shape) (double), double low, double high, double photon_energy,
           gboolean kinetic)
{
  GString *text = g_string_new (XPS_CSV_MARK "\n");
  char buffer[G_ASCII_DTOSTR_BUF_SIZE], value[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_printf (text, "# region: %s\n# photon energy (eV): %s\n", name,
                          g_ascii_dtostr (buffer, sizeof buffer, photon_energy));
  g_string_append (text, kinetic ? "kinetic energy (eV),counts\n" : "binding energy (eV),counts\n");
  for (int i = 0; low + 0.1 * i <= high; i++) {
    const double binding = low + 0.1 * i;
    /* what a file with this photon energy would say of electrons that the true one made */
    const double energy = kinetic ? TRUE_PHOTON - binding : binding + photon_energy - TRUE_PHOTON;
    g_string_append_printf (text, "%s,%s\n", g_ascii_formatd (buffer, sizeof buffer, "%.6f", energy),
                            g_ascii_formatd (value, sizeof value, "%.0f", shape (binding) + (i * 7 % 5)));
  }
  XpsFile *file = sample_read (text->str);
  g_string_free (text, TRUE);
  return file;
}

static void
check (const char *name, double (*shape) (double), double low, double high, double photon_energy,
       const char *words)
{
  for (int kinetic = 0; kinetic < 2; kinetic++) {
    g_autoptr (XpsFile) file = make_file (name, shape, low, high, photon_energy, kinetic);
    g_test_message ("%s at %g eV, kinetic %d: %s", name, photon_energy, kinetic,
                    file->warnings->len > 0 ? (char *)g_ptr_array_index (file->warnings, 0) : "-");
    g_assert_cmpuint (file->warnings->len, ==, words != NULL ? 1 : 0);
    if (words != NULL)
      g_assert_true (sample_mentions (file->warnings, words));
  }
}

static void
test_fermi (void)
{
  check ("VB", valence, -6, 20, TRUE_PHOTON, NULL);
  check ("VB", valence, -6, 20, TRUE_PHOTON - 10,
         "the onset of the electrons stands at a binding energy of -10");
  check ("Fermi edge", valence, -6, 10, TRUE_PHOTON, NULL);
  check ("Fermi edge", valence, -6, 10, TRUE_PHOTON - 3, "the Fermi edge stands at a binding energy of -3");
  check ("Fermi edge", valence, -6, 10, TRUE_PHOTON + 3.5, "the Fermi edge stands at a binding energy of 3");
  /* an insulator's valence band begins lower */
  check ("VB", valence, -6, 20, TRUE_PHOTON + 5, NULL);
}

static void
test_satellite (void)
{
  check ("VB", with_satellite, -16, 20, TRUE_PHOTON, NULL);
}

static void
test_gold (void)
{
  check ("Au 4f", gold, 78, 94, TRUE_PHOTON, NULL);
  check ("Au4f_1", gold, 78, 94, TRUE_PHOTON + 6, "Au 4f7/2 stands at a binding energy of 90.0 eV");
  check ("au-4f", gold, 78, 94, TRUE_PHOTON - 20, "Au 4f7/2 stands");
  /* other levels are not looked at; gold may be called by another name */
  check ("Tl 4f", gold, 78, 94, TRUE_PHOTON + 34, NULL);
}

static double
one_line (double binding)
{
  const double a = (binding - 80) / 0.35;
  return 100 + 4000 / (1 + a * a);
}

/* A line alone is no doublet, whatever the region is called. */
static void
test_single (void)
{
  check ("Au 4f", one_line, 70, 94, TRUE_PHOTON + 6, NULL);
}

/* The correction and what it replaced go into the file that is written. */
static void
test_correction (void)
{
  g_autoptr (XpsFile) file = make_file ("Au 4f", gold, 78, 94, TRUE_PHOTON + 6, TRUE);
  g_autoptr (GError) error = NULL;

  g_assert_true (sample_mentions (file->warnings, "Au 4f7/2"));
  g_ptr_array_add (file->warnings, g_strdup ("something else"));
  xps_file_correct_photon_energy (file, TRUE_PHOTON, "test");
  /* what the old value contradicted is told no more, everything else is */
  g_assert_cmpuint (file->warnings->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (file->warnings, 0), ==, "something else");
  const XpsAcquisition *record = xps_spectrum_get_acquisition (sample_spectrum (file, 0));
  g_assert_cmpfloat (record->photon_energy, ==, TRUE_PHOTON);
  g_assert_cmpstr (xps_acquisition_find_key (record, "Photon energy in the file (eV)"), ==, "1492.6 (test)");
  g_autoptr (GBytes) bytes = xps_formats_find_writer ("a.vms", NULL)->write (file->spectra, &error);
  g_assert_no_error (error);
  g_autoptr (XpsFile) back = xps_file_open_bytes (bytes, "sample", NULL, &error);
  g_assert_no_error (error);
  const XpsAcquisition *again = xps_spectrum_get_acquisition (sample_spectrum (back, 0));
  g_assert_cmpfloat (again->photon_energy, ==, TRUE_PHOTON);
  g_assert_nonnull (strstr (again->comment, "Photon energy in the file (eV): 1492.6 (test)"));
  g_assert_false (sample_mentions (back->warnings, "Au 4f7/2"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/checks/fermi", test_fermi);
  g_test_add_func ("/checks/satellite", test_satellite);
  g_test_add_func ("/checks/gold", test_gold);
  g_test_add_func ("/checks/single", test_single);
  g_test_add_func ("/checks/correction", test_correction);
  return g_test_run ();
}
