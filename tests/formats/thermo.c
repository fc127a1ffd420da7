/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seeds.h"

static void
test_spectrum (void)
{
  g_autoptr (XpsFile) file = seed_read ("thermo-vgd", "spectrum.vgd");
  const XpsSpectrum *s = sample_spectrum (file, 0);
  const XpsAcquisition *record = xps_spectrum_get_acquisition (s);

  g_assert_cmpstr (file->format, ==, "thermo-vgd");
  g_assert_cmpstr (file->instrument, ==, "Nexsa");
  g_assert_cmpstr (file->software, ==, "Avantage v6.7");
  g_assert_cmpuint (file->warnings->len, ==, 0);
  g_assert_cmpuint (file->spectra->len, ==, 1);
  seed_assert_values (s, (double[]){1081.68, 1081.78, 1081.88, 1081.98},
                      (double[]){13884.25, 13847, 14054, 6852}, 4);
  g_assert_cmpstr (xps_spectrum_get_name (s), ==, "U4f Scan");
  g_assert_cmpstr (xps_spectrum_get_sample (s), ==, "sample 1");
  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_KINETIC);
  g_assert_cmpint (xps_spectrum_get_unit (s), ==, XPS_INTENSITY_COUNTS);
  /* floats of 24 bits as the decimals that they were */
  g_assert_cmpfloat (record->photon_energy, ==, 1486.68);
  g_assert_cmpfloat (record->dwell, ==, 0.05);
  g_assert_cmpfloat (record->scans, ==, 4);
  g_assert_cmpfloat (record->pass_energy, ==, 50);
  g_assert_cmpfloat (record->work_function, ==, 4.2);
  g_assert_cmpstr (record->date, ==, "2026-06-19T04:21:19");
  g_assert_cmpstr (xps_acquisition_find_key (record, "SourceEnergy"), ==, "1486.68");
  g_assert_cmpstr (xps_acquisition_find_key (record, "Property 100000"), ==, "0.5");
}

/* Further axes were seen in no file: slices, counted, and a word about it. */
static void
test_slices (void)
{
  g_autoptr (XpsFile) file = seed_read ("thermo-vgd", "slices.vgd");

  g_assert_cmpuint (file->spectra->len, ==, 4);
  g_assert_true (sample_mentions (file->warnings, "only the energy is understood"));
  seed_assert_values (sample_spectrum (file, 0), (double[]){1081.68, 1081.78}, (double[]){9, 12}, 2);
  seed_assert_values (sample_spectrum (file, 3), (double[]){1081.68, 1081.78}, (double[]){5, 6}, 2);
}

static void
test_refused (void)
{
  g_autofree char *path = seed_dup_path ("thermo-vgd", "other.asn");
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open (path, NULL, &error);
  const char *words_chain[] = {"byte 44", "more sectors", NULL};
  const char *words_directory[] = {"no directory", NULL};
  const char *words_axis[] = {"stream VGSpaceAxes", "do not fit", NULL};
  const guint32 many = GUINT32_TO_LE (0x00FFFFFF);
  const gsize axes = seed_find ("thermo-vgd", "spectrum.vgd", "\0\0\2\0\1\0\0\0\2\0\0\0\0\0\2\0", 16);

  g_assert_null (file);
  g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "stream VGData expected"));
  seed_refuse ("thermo-vgd", "spectrum.vgd", 44, &many, 4, words_chain);
  seed_refuse ("thermo-vgd", "spectrum.vgd", 48, &many, 4, words_directory);
  seed_refuse ("thermo-vgd", "spectrum.vgd", axes + 26, &many, 4, words_axis);
}

/* A chain of sectors that bites its own tail ends with the file's size. */
static void
test_cycle (void)
{
  g_autofree char *path = seed_dup_path ("thermo-vgd", "spectrum.vgd");
  g_autofree char *data = NULL;
  gsize length = 0;
  const guint32 loop = GUINT32_TO_LE (1);

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  for (gsize i = 0; i < 128; i++)
    memcpy (data + 512 + 4 * i, &loop, 4);
  hostile_try (data, length);
}

static void
test_broken (void)
{
  seed_break ("thermo-vgd", "spectrum.vgd", 10000);
  seed_break ("thermo-vgd", "slices.vgd", 3000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thermo/spectrum", test_spectrum);
  g_test_add_func ("/thermo/slices", test_slices);
  g_test_add_func ("/thermo/refused", test_refused);
  g_test_add_func ("/thermo/cycle", test_cycle);
  g_test_add_func ("/thermo/broken", test_broken);
  return g_test_run ();
}
