/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seeds.h"

static void
test_spectra (void)
{
  g_autoptr (XpsFile) file = seed_read ("phi-spe", "spectra.spe");
  const XpsSpectrum *iron = sample_spectrum (file, 0), *oxygen = sample_spectrum (file, 1);
  const XpsAcquisition *record = xps_spectrum_get_acquisition (iron);

  g_assert_cmpstr (file->format, ==, "phi-spe");
  g_assert_cmpstr (file->software, ==, "SS 3.3");
  g_assert_cmpuint (file->warnings->len, ==, 0);
  g_assert_cmpuint (file->spectra->len, ==, 2); /* SpectralRegDefFull is what was planned */
  seed_assert_values (iron, (double[]){711, 710.5, 710}, (double[]){10, 20.5, 30}, 3);
  seed_assert_values (oxygen, (double[]){531, 530}, (double[]){1.25, 2.5}, 2);
  g_assert_cmpstr (xps_spectrum_get_name (iron), ==, "Fe2p");
  g_assert_cmpstr (xps_spectrum_get_sample (iron), ==, "point 1");
  g_assert_cmpint (xps_spectrum_get_axis (iron), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (iron), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpfloat (record->photon_energy, ==, 5414.8);
  g_assert_cmpfloat (record->pass_energy, ==, 26);
  g_assert_cmpfloat (record->work_function, ==, 4.5);
  g_assert_cmpfloat (xps_acquisition_get_live_time (record), ==, 0.4);
  g_assert_cmpstr (record->date, ==, "2024-01-22");
  g_assert_cmpstr (record->operator_, ==, "A. Nyone");
  g_assert_cmpstr (xps_acquisition_find_key (record, "SputterIon"), ==,
                   "Ar\xC2\xB5"); /* Latin-1 in the file */
}

/* Cycles are spectra; 64-bit floats are called u8; times go cycle by cycle, region after region. */
static void
test_profile (void)
{
  g_autoptr (XpsFile) file = seed_read ("phi-spe", "profile.pro");
  const XpsSpectrum *last = sample_spectrum (file, 3), *second = sample_spectrum (file, 1);

  g_assert_cmpuint (file->spectra->len, ==, 4);
  seed_assert_values (second, (double[]){711, 710.5, 710}, (double[]){4, 5, 6}, 3);
  seed_assert_values (last, (double[]){531, 530}, (double[]){9, 10}, 2);
  g_assert_cmpfloat (seed_variable (sample_spectrum (file, 0), "Sputter time"), ==, 0);
  g_assert_false (signbit (seed_variable (sample_spectrum (file, 0), "Sputter time")));
  g_assert_cmpfloat (seed_variable (second, "Sputter time"), ==, 30);
  g_assert_cmpfloat (seed_variable (last, "Sputter time"), ==, 31);
  g_assert_cmpfloat (seed_variable (last, "Cycle"), ==, 1);
  g_assert_true (sample_mentions (file->notes, "profile of 2 cycles"));
  /* what a cycle costs must not grow with the header */
  g_assert_cmpuint (xps_spectrum_get_acquisition (second)->keys->len, ==, 0);
  g_assert_cmpfloat (xps_spectrum_get_acquisition (second)->photon_energy, ==, 5414.8);
}

static void
test_refused (void)
{
  const char *words_type[] = {"byte", "f4, f8 or u8", NULL};
  const char *words_points[] = {"line 15", "3 points expected", NULL};
  const char *words_large[] = {"the file ends at byte", NULL};
  const char *words_region[] = {"a region that the header does not have", NULL};
  const gsize block = seed_find ("phi-spe", "spectra.spe", "EOFH", 4) + 6 + 16;
  const guint32 four = GUINT32_TO_LE (4), many = GUINT32_TO_LE (0x7FFFFFFF);

  seed_refuse ("phi-spe", "spectra.spe", block + 18 * 4, "i4\0\0", 4, words_type);
  seed_refuse ("phi-spe", "spectra.spe", block + 5 * 4, &four, 4, words_points);
  seed_refuse ("phi-spe", "spectra.spe", block + 5 * 4, &many, 4, words_large);
  seed_refuse ("phi-spe", "spectra.spe", block + 6 * 4, &many, 4, words_large);
  seed_refuse ("phi-spe", "spectra.spe", block + 20 * 4, &many, 4, words_large);
  seed_refuse ("phi-spe", "spectra.spe", block + 3 * 4, &four, 4, words_region);
}

static void
test_broken (void)
{
  seed_break ("phi-spe", "spectra.spe", 5000);
  seed_break ("phi-spe", "profile.pro", 5000);
}

/* MultiPak's own texts: milliseconds a sweep, depth cycles. */
static void
test_element (void)
{
  g_autoptr (XpsFile) file = seed_read ("phi-txt", "element.txt");
  const XpsSpectrum *bismuth = sample_spectrum (file, 0);
  const XpsAcquisition *record = xps_spectrum_get_acquisition (bismuth);

  g_assert_cmpuint (file->spectra->len, ==, 2);
  g_assert_cmpstr (xps_spectrum_get_name (bismuth), ==, "Bi 4f");
  seed_assert_values (bismuth, (double[]){160, 159.5, 159}, (double[]){587, 640, 570}, 3);
  g_assert_cmpint (xps_spectrum_get_axis (bismuth), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (bismuth), ==, XPS_INTENSITY_COUNTS);
  g_assert_cmpfloat (record->dwell, ==, 0.05);
  g_assert_cmpfloat (record->scans, ==, 8);
  g_assert_cmpfloat (record->photon_energy, ==, 1253.6);
  g_assert_cmpstr (record->source, ==, "Mg");
  g_assert_cmpfloat (seed_variable (bismuth, "Cycle"), ==, 2);
  g_assert_true (isnan (seed_variable (sample_spectrum (file, 1), "Cycle")));
}

static void
test_other_texts (void)
{
  g_autoptr (XpsFile) exported = seed_read ("phi-txt", "exporter.txt");
  g_autoptr (XpsFile) nims = seed_read ("phi-txt", "nims.csv");
  const XpsSpectrum *survey = sample_spectrum (exported, 0), *other = sample_spectrum (nims, 0);

  g_assert_cmpstr (xps_spectrum_get_name (survey), ==, "Survey");
  g_assert_cmpstr (xps_spectrum_get_sample (survey), ==, "#3 Cu foil");
  g_assert_cmpfloat (xps_spectrum_get_acquisition (survey)->photon_energy, ==, 1486.6);
  g_assert_cmpfloat (xps_spectrum_get_acquisition (survey)->pass_energy, ==, 280);
  g_assert_cmpfloat (xps_acquisition_get_live_time (xps_spectrum_get_acquisition (survey)), ==, 0.25);
  g_assert_cmpint (xps_spectrum_get_unit (survey), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpstr (xps_spectrum_get_name (other), ==, "Survey");
  g_assert_cmpint (xps_spectrum_get_unit (other), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  seed_assert_values (other, (double[]){1380, 1379.5}, (double[]){333.5, 331}, 2);
  seed_break ("phi-txt", "element.txt", 3000);
  seed_break ("phi-txt", "exporter.txt", 3000);
  seed_break ("phi-txt", "nims.csv", 3000);
}

static XpsFile *
open_corpus (const char *name)
{
  g_autofree char *relative = g_build_filename ("corpus/files", name, NULL);
  g_autofree char *path = test_shared_path (relative);
  return path != NULL ? xps_file_open (path, NULL, NULL) : NULL;
}

/* A measured file and MultiPak's export of it: counts are the rate times the time of all sweeps. */
static void
test_twins (void)
{
  g_autoptr (XpsFile) native = open_corpus ("phi-spe/BN-BS-1/BN-BS-1 multiplex.spe");
  g_autoptr (XpsFile) text = open_corpus ("phi-export/BN-BS-1/BN-BS-1 multiplex.txt");

  if (native == NULL || text == NULL)
    return;
  g_assert_cmpuint (native->spectra->len, ==, text->spectra->len);
  for (guint k = 0; k < text->spectra->len; k++) {
    const XpsSpectrum *a = sample_spectrum (native, k), *b = sample_spectrum (text, k);
    const double time = xps_acquisition_get_live_time (xps_spectrum_get_acquisition (a));
    const double other = xps_acquisition_get_live_time (xps_spectrum_get_acquisition (b));
    g_assert_cmpuint (xps_spectrum_get_n (a), ==, xps_spectrum_get_n (b));
    g_assert_cmpfloat_with_epsilon (time, other, 1e-9);
    for (gsize i = 0; i < xps_spectrum_get_n (a); i++) {
      const double counts = xps_spectrum_get_intensity (a)[i] * time;
      /* the text has six digits */
      g_assert_cmpfloat (fabs (counts - xps_spectrum_get_intensity (b)[i]), <=, 1e-5 * counts);
      g_assert_cmpfloat (fabs (xps_spectrum_get_energy (a)[i] - xps_spectrum_get_energy (b)[i]), <=, 1e-3);
    }
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phi/spectra", test_spectra);
  g_test_add_func ("/phi/profile", test_profile);
  g_test_add_func ("/phi/refused", test_refused);
  g_test_add_func ("/phi/broken", test_broken);
  g_test_add_func ("/phi/element", test_element);
  g_test_add_func ("/phi/other-texts", test_other_texts);
  g_test_add_func ("/phi/twins", test_twins);
  return g_test_run ();
}
