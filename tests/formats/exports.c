/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "seeds.h"

/* Two halves, a fit and a second block: kinetic energies and counts are taken, the rest of the half are
 * curves.
 */
static void
test_casa_cycle (void)
{
  g_autoptr (XpsFile) file = seed_read ("casaxps-txt", "cycle.txt");
  const XpsSpectrum *iron = sample_spectrum (file, 0), *survey = sample_spectrum (file, 1);
  const XpsStoredFit *fit = xps_spectrum_get_stored_fit (iron);

  g_assert_cmpstr (file->format, ==, "casaxps-txt");
  g_assert_cmpuint (file->spectra->len, ==, 2);
  seed_assert_values (iron, (double[]){736.61, 776.61, 781.61, 792.61}, (double[]){12000, 16000, 14000, 8000},
                      4);
  g_assert_cmpstr (xps_spectrum_get_name (iron), ==, "Fe2p");
  g_assert_cmpstr (xps_spectrum_get_sample (iron), ==, "Fe:O"); /* the sample's name may hold a colon */
  g_assert_cmpint (xps_spectrum_get_axis (iron), ==, XPS_AXIS_KINETIC);
  g_assert_cmpint (xps_spectrum_get_unit (iron), ==, XPS_INTENSITY_COUNTS);
  g_assert_cmpfloat (xps_spectrum_get_acquisition (iron)->photon_energy, ==, 1486.61);
  g_assert_cmpfloat (xps_spectrum_get_acquisition (iron)->live_time, ==, 2);
  g_assert_cmpuint (xps_spectrum_get_columns (iron)->len, ==, 4);
  seed_column (iron, 0, XPS_COLUMN_COMPONENT, "Fe 2p");
  sample_assert_values (seed_column (iron, 2, XPS_COLUMN_COMPONENT, "Background")->values,
                        (double[]){12000, 10000, 9000, 8000}, 4);
  seed_column (iron, 3, XPS_COLUMN_ENVELOPE, "Envelope");
  g_assert_nonnull (fit);
  const XpsStoredComponent *satellite = g_ptr_array_index (fit->components, 1);
  const XpsStoredRegion *region = g_ptr_array_index (fit->regions, 0);
  g_assert_cmpstr (satellite->shape, ==, "GL(30)");
  g_assert_cmpfloat (satellite->area.value, ==, 35837.06);
  g_assert_cmpfloat (satellite->fwhm.value, ==, 8);
  test_assert_close (satellite->position.value, 1486.61 - 716, 1e-12);
  /* where the background leaves the data */
  g_assert_cmpfloat (region->start, ==, 776.61);
  g_assert_cmpfloat (region->end, ==, 781.61);
  g_assert_null (xps_spectrum_get_stored_fit (survey));
  g_assert_true (sample_mentions (file->warnings, "shifted by 1 eV")); /* of the second block */
}

static void
test_casa_others (void)
{
  g_autoptr (XpsFile) energies = seed_read ("casaxps-txt", "energies.txt");
  g_autoptr (XpsFile) rows = seed_read ("casaxps-txt", "rows.csv");
  g_autoptr (XpsFile) report = seed_read ("casaxps-txt", "report.txt");
  const XpsSpectrum *a = sample_spectrum (energies, 0), *b = sample_spectrum (rows, 0);
  const XpsSpectrum *c = sample_spectrum (report, 0);

  g_assert_cmpstr (xps_spectrum_get_name (a), ==, "N1s_Sect");
  g_assert_cmpstr (xps_spectrum_get_sample (a), ==, "cell 1");
  g_assert_cmpint (xps_spectrum_get_axis (a), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (a), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpstr (xps_spectrum_get_name (b), ==, "C 1s 1");
  g_assert_cmpfloat (xps_spectrum_get_acquisition (b)->live_time, ==, 2.8);
  seed_column (b, 0, XPS_COLUMN_COMPONENT, "C 1s_1");
  seed_column (b, 1, XPS_COLUMN_COMPONENT, "Background");
  g_assert_cmpstr (xps_spectrum_get_name (c), ==, "C1s Scan");
  g_assert_cmpint (xps_spectrum_get_axis (c), ==, XPS_AXIS_KINETIC);
  seed_assert_values (c, (double[]){1188.6, 1188.7}, (double[]){1007.68, 968.728}, 2);
  g_assert_cmpuint (report->warnings->len, ==, 0);
}

static void
test_casa_broken (void)
{
  seed_break ("casaxps-txt", "cycle.txt", 5000);
  seed_break ("casaxps-txt", "energies.txt", 2000);
  seed_break ("casaxps-txt", "rows.csv", 2000);
  seed_break ("casaxps-txt", "report.txt", 2000);
}

static void
test_eis (void)
{
  g_autoptr (XpsFile) file = seed_read ("omicron-eis", "layers.txt");
  const XpsSpectrum *clean = sample_spectrum (file, 0), *up = sample_spectrum (file, 1);
  const XpsAcquisition *record = xps_spectrum_get_acquisition (clean);

  g_assert_cmpstr (file->format, ==, "omicron-eis");
  g_assert_cmpuint (file->spectra->len, ==, 2); /* without the layer that is switched off */
  g_assert_true (sample_mentions (file->notes, "left out: 1"));
  seed_assert_values (clean, (double[]){531, 530.5, 530}, (double[]){345, 336, 333}, 3);
  g_assert_cmpstr (xps_spectrum_get_name (clean), ==, "O1s clean");
  g_assert_cmpint (xps_spectrum_get_axis (clean), ==, XPS_AXIS_BINDING);
  g_assert_cmpfloat (record->pass_energy, ==, 50);
  g_assert_cmpfloat (record->dwell, ==, 0.2);
  g_assert_cmpfloat (record->scans, ==, 3); /* acquired, of 4 */
  g_assert_cmpstr (xps_acquisition_find_key (record, "Formula"), ==, "Ch(1)+Ch(2)");
  g_assert_cmpint (xps_spectrum_get_axis (up), ==, XPS_AXIS_OTHER);
  g_assert_true (isnan (xps_spectrum_get_acquisition (up)->pass_energy)); /* a retard ratio is none */
  g_assert_true (sample_mentions (file->warnings, "energies that rise"));
  seed_break ("omicron-eis", "layers.txt", 3000);
}

static void
test_presenter (void)
{
  g_autoptr (XpsFile) file = seed_read ("omicron-spectra", "two.dat");
  const XpsSpectrum *first = sample_spectrum (file, 0), *second = sample_spectrum (file, 1);

  g_assert_cmpuint (file->spectra->len, ==, 2);
  seed_assert_values (first, (double[]){1100, 1099.5, 1099}, (double[]){3000, 3131, 3046}, 3);
  seed_assert_values (second, (double[]){110, 109.9, 109.8}, (double[]){-27, 4, 5}, 3);
  g_assert_cmpint (xps_spectrum_get_unit (first), ==, XPS_INTENSITY_COUNTS);
  g_assert_cmpint (xps_spectrum_get_unit (second), ==, XPS_INTENSITY_UNKNOWN);
  g_assert_true (sample_mentions (file->warnings, "negative values"));
  g_assert_cmpfloat (xps_spectrum_get_acquisition (second)->scans, ==, 10);
  g_assert_cmpfloat (xps_spectrum_get_acquisition (second)->pass_energy, ==, 20);
  seed_break ("omicron-spectra", "two.dat", 3000);
}

/* The file beside it is read where the data came from a file, and only then. */
static void
test_cassiopee (void)
{
  g_autofree char *path = seed_dup_path ("cassiopee", "map_1_ROI1_.txt"), *data = NULL;
  g_autoptr (XpsFile) file = seed_read ("cassiopee", "map_1_ROI1_.txt");
  const XpsSpectrum *sum = sample_spectrum (file, 0), *slice = sample_spectrum (file, 3);
  gsize length = 0;

  g_assert_cmpuint (file->spectra->len, ==, 4);
  seed_assert_values (sum, (double[]){84.4, 84.42}, (double[]){6, 15}, 2);
  seed_assert_values (slice, (double[]){84.4, 84.42}, (double[]){3, 6}, 2);
  g_assert_cmpfloat (seed_variable (slice, "Y-Scale"), ==, 1.5);
  g_assert_cmpstr (xps_spectrum_get_name (sum), ==, "Test");
  g_assert_cmpint (xps_spectrum_get_axis (sum), ==, XPS_AXIS_KINETIC);
  g_assert_cmpfloat (xps_spectrum_get_acquisition (sum)->photon_energy, ==, 95.5);
  g_assert_true (sample_mentions (file->warnings, "contradicts that of the monochromator, 95.5 eV"));
  g_assert_cmpstr (xps_acquisition_find_key (xps_spectrum_get_acquisition (sum), "SAMPLE: x (mm)"), ==,
                   "23.77");
  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (XpsFile) alone = xps_file_open_bytes (bytes, "map_1_ROI1_.txt", NULL, NULL);
  g_assert_cmpfloat (xps_spectrum_get_acquisition (sample_spectrum (alone, 0))->photon_energy, ==, 90);
  g_assert_cmpuint (alone->warnings->len, ==, 0);
  seed_break ("cassiopee", "map_1_ROI1_.txt", 3000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exports/casa-cycle", test_casa_cycle);
  g_test_add_func ("/exports/casa-others", test_casa_others);
  g_test_add_func ("/exports/casa-broken", test_casa_broken);
  g_test_add_func ("/exports/eis", test_eis);
  g_test_add_func ("/exports/presenter", test_presenter);
  g_test_add_func ("/exports/cassiopee", test_cassiopee);
  return g_test_run ();
}
