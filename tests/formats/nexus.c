/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/nexus-write.h"
#include "hdf5-sample.h"
#include "spectrum/energy.h"

/* NeXus files that are written, and the fits in them and in those of others. */

/* ---- data ---- */

static XpsSpectrum *
make_spectrum (const char *name, XpsAxisKind axis, XpsIntensityUnit unit, guint seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  const gsize n = 50;
  double *sigma = g_new (double, n), *transmission = g_new (double, n);
  XpsSpectrumDraft draft = {
      .name = g_strdup (name),
      .sample = g_strdup ("foil, \xC2\xB5m"),
      .group = g_strdup ("depth"),
      .axis = axis,
      .axis_label = g_strdup ("axis"),
      .n = n,
      .energy = g_new (double, n),
      .intensity = g_new (double, n),
      .unit = unit,
      .columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free),
      .acquisition = xps_acquisition_new (),
  };

  for (gsize i = 0; i < n; i++) {
    draft.energy[i] = 100 + (double)i / 3;
    draft.intensity[i] = g_rand_double_range (random, -1, 1) * pow (10, g_rand_double_range (random, -9, 9));
    sigma[i] = 0.1 + g_rand_double (random);
    transmission[i] = g_rand_double (random);
  }
  g_ptr_array_add (draft.columns, xps_column_new (XPS_COLUMN_SIGMA, "sigma", NULL, sigma));
  g_ptr_array_add (draft.columns, xps_column_new (XPS_COLUMN_TRANSMISSION, "T", "1", transmission));
  draft.acquisition->photon_energy = 1486.6;
  draft.acquisition->dwell = 0.1;
  draft.acquisition->scans = 7;
  draft.acquisition->summed = FALSE;
  draft.acquisition->species = g_strdup ("Fe");
  draft.acquisition->transition = g_strdup ("2p");
  xps_acquisition_add_variable (draft.acquisition, "Etch time", "s", "30.5");
  return xps_spectrum_new (&draft);
}

static void
check_same (const XpsSpectrum *a, const XpsSpectrum *b)
{
  const XpsAcquisition *x = xps_spectrum_get_acquisition (a), *y = xps_spectrum_get_acquisition (b);
  const gsize bytes = xps_spectrum_get_n (a) * sizeof (double);

  g_assert_cmpmem (xps_spectrum_get_energy (a), bytes, xps_spectrum_get_energy (b),
                   xps_spectrum_get_n (b) * sizeof (double));
  g_assert_cmpmem (xps_spectrum_get_intensity (a), bytes, xps_spectrum_get_intensity (b), bytes);
  g_assert_cmpstr (xps_spectrum_get_name (a), ==, xps_spectrum_get_name (b));
  g_assert_cmpstr (xps_spectrum_get_sample (a), ==, xps_spectrum_get_sample (b));
  g_assert_cmpstr (xps_spectrum_get_group (a), ==, xps_spectrum_get_group (b));
  g_assert_cmpint (xps_spectrum_get_axis (a), ==, xps_spectrum_get_axis (b));
  g_assert_cmpint (xps_spectrum_get_unit (a), ==, xps_spectrum_get_unit (b));
  g_assert_cmpuint (xps_spectrum_get_columns (a)->len, ==, xps_spectrum_get_columns (b)->len);
  g_assert_cmpmem (xps_spectrum_find_column (a, XPS_COLUMN_SIGMA)->values, bytes,
                   xps_spectrum_find_column (b, XPS_COLUMN_SIGMA)->values, bytes);
  g_assert_cmpmem (xps_spectrum_find_column (a, XPS_COLUMN_TRANSMISSION)->values, bytes,
                   xps_spectrum_find_column (b, XPS_COLUMN_TRANSMISSION)->values, bytes);
  g_assert_cmpfloat (x->photon_energy, ==, y->photon_energy);
  g_assert_cmpfloat (x->dwell, ==, y->dwell);
  g_assert_cmpfloat (x->scans, ==, y->scans);
  g_assert_cmpint (x->summed, ==, y->summed);
  g_assert_cmpstr (x->species, ==, y->species);
  g_assert_cmpstr (x->transition, ==, y->transition);
  check_variable (b, 0, "Etch time", "s", 30.5);
}

static XpsFile *
write_and_read (GPtrArray *spectra, const XpsNexusFit *const *fits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = xps_nexus_write_fits (spectra, fits, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) again = xps_nexus_write_fits (spectra, fits, NULL);
  g_assert_true (g_bytes_equal (bytes, again));
  XpsFile *file = xps_file_open_bytes (bytes, "sample.nxs", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->spectra->len, ==, spectra->len);
  return file;
}

static void
test_write (void)
{
  g_autoptr (GPtrArray) spectra = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);

  /* Not in the order of their names; two of one name. */
  g_ptr_array_add (spectra, make_spectrum ("S 2p", XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS, 1));
  g_ptr_array_add (spectra, make_spectrum ("C 1s", XPS_AXIS_KINETIC, XPS_INTENSITY_COUNTS_PER_SECOND, 2));
  g_ptr_array_add (spectra, make_spectrum ("C 1s", XPS_AXIS_PHOTON, XPS_INTENSITY_UNKNOWN, 3));
  g_ptr_array_add (spectra, make_spectrum ("\xC3\xA9", XPS_AXIS_OTHER, XPS_INTENSITY_UNKNOWN, 4));
  g_autoptr (XpsFile) file = write_and_read (spectra, NULL);
  for (guint i = 0; i < spectra->len; i++)
    check_same (g_ptr_array_index (spectra, i), sample_spectrum (file, i));
}

/* ---- fits ---- */

static const XpsStoredComponent *
get_component (const XpsStoredFit *fit, guint i)
{
  g_assert_cmpuint (i, <, fit->components->len);
  return g_ptr_array_index (fit->components, i);
}

/* Values, errors and limits of peaks come back without the notes that only this program reads. */
static void
test_write_fit (void)
{
  g_autoptr (GPtrArray) spectra = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);
  static const double energy[] = {101, 102, 103}, counts[] = {5, 9, 6}, sum[] = {5.5, 8.5, 6.5},
                      ground[] = {4, 4.5, 5}, peak[] = {1, 4, 2};
  const XpsNexusParameter parameters[] = {
      {"position", 102.25, 0.01, 101.5, 103, "eV"},
      {"area", 40, 1.5, (double)NAN, (double)NAN, NULL},
      {"width", 1.25, (double)NAN, 0.2, 5, "eV"},
  };
  const XpsNexusPart parts[] = {
      {TRUE, "background", "Linear", NULL, NULL, (double)NAN, (double)NAN, NULL, 0},
      {FALSE, "S 2p3/2", "Voigt", "voigt", peak, 40, 0.668, parameters, 3},
  };
  const XpsNexusFit fit = {"S 2p", 3, XPS_AXIS_BINDING, energy, counts, sum, ground, 1.25, NULL, parts, 2};
  const XpsNexusFit *const fits[] = {&fit};

  g_ptr_array_add (spectra, make_spectrum ("S 2p", XPS_AXIS_KINETIC, XPS_INTENSITY_COUNTS, 1));
  g_autoptr (XpsFile) file = write_and_read (spectra, fits);
  const XpsStoredFit *stored = xps_spectrum_get_stored_fit (sample_spectrum (file, 0));
  const XpsStoredComponent *c = get_component (stored, 0);
  const XpsStoredRegion *r = g_ptr_array_index (stored->regions, 0);
  g_assert_true (stored->binding && stored->in_data_unit); /* although the spectrum's axis is kinetic */
  g_assert_cmpstr (c->name, ==, "S 2p3/2");
  g_assert_cmpstr (c->shape, ==, "voigt");
  g_assert_cmpfloat (c->position.value, ==, 102.25);
  g_assert_cmpfloat (c->position_error, ==, 0.01);
  g_assert_cmpfloat (c->position.low, ==, 101.5);
  g_assert_cmpfloat (c->position.high, ==, 103);
  g_assert_cmpfloat (c->area_error, ==, 1.5);
  g_assert_cmpfloat (c->fwhm.value, ==, 1.25);
  g_assert_true (isnan (c->fwhm_error));
  g_assert_cmpfloat (c->sensitivity, ==, 0.668);
  g_assert_cmpstr (r->background, ==, "Linear");
  g_assert_cmpfloat (r->start, ==, 101);
  g_assert_cmpfloat (r->end, ==, 103);

  g_autoptr (GBytes) bytes = xps_nexus_write_fits (spectra, fits, NULL);
  XpsReadOptions options = {.dataset = "/S_2p/fit/data/residual",
                            .energy_dataset = "/S_2p/fit/data/input_independent"};
  static const double residual[] = {-0.5, 0.5, -0.5};
  g_autoptr (XpsFile) curves = xps_file_open_bytes (bytes, "sample.nxs", &options, NULL);
  check_values (sample_spectrum (curves, 0), 3, energy, residual);
}

/* The record of CasaXPS with its ties, background and charge reference; through VAMAS and back again. */
static void
test_write_record (void)
{
  SampleVamas v = sample_vamas (
      SAMPLE_HEAD "10\nCasa Info Follows\n2\nCalib M = 281.17 A = 284.8 BE ADD\nSm SG D(1) P(5)\n0\n1\n"
                  "CASA region (*C 1s*) (*U 3 Tougaard*) 1188.5 1200.25 1.5 2 0.1 0.2 335.4 551 436 3 "
                  "(*NoTag*) 12.011 0 0.278\n2\n"
                  "CASA comp (*C=O*) (*GL(30)*) Area 100.5 1e-020 2000 -1 1 MFWHM 1.25 0.2 2 -1 1 Position "
                  "1197.6 1196 1198 -1 1 "
                  "RSF 2.5 MASS 12.011 INDEX -1 (*C 1s*) CONST (**) UNCORRECTEDRSF 1\n"
                  "CASA comp (*C-C*) (*GL(30)*) Area 50.25 0 0 0 0.5 MFWHM 1.25 0 0 0 1 Position "
                  "1199.6 0 0 0 2 RSF 2.5 MASS 12.011 INDEX -1 (*C 1s*)\n"
                  "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS "1\ncounts\nd\n" SAMPLE_SIGNAL
                  "3\n0\n1\n100\n137\n174\n");
  v.comment = "2\nCasa Info Follows CasaXPS Version 2.3.25PR1.0\n0\n";
  g_autofree char *text = sample_vamas_dup (&v);
  g_autoptr (XpsFile) vamas = sample_read (text);
  g_autoptr (XpsFile) file = write_and_read (vamas->spectra, NULL);
  const XpsStoredFit *a = xps_spectrum_get_stored_fit (sample_spectrum (vamas, 0)),
                     *b = xps_spectrum_get_stored_fit (sample_spectrum (file, 0));
  const XpsStoredComponent *p = get_component (b, 1), *q = get_component (a, 1);
  const XpsStoredRegion *r = g_ptr_array_index (b->regions, 0);

  g_assert_cmpuint (a->components->len, ==, 2);
  g_assert_false (b->binding || b->in_data_unit);
  g_assert_cmpstr (b->program, ==, a->program);
  g_assert_cmpfloat (xps_stored_fit_get_shift (b), ==, xps_stored_fit_get_shift (a));
  g_assert_cmpstr (g_ptr_array_index (b->processing, 0), ==, "Sm SG D(1) P(5)");
  g_assert_cmpfloat (p->position.value, ==, q->position.value);
  g_assert_cmpint (p->area.link, ==, 0);
  g_assert_cmpfloat (p->area.factor, ==, 0.5);
  g_assert_cmpfloat (p->position.factor, ==, 2);
  g_assert_cmpstr (r->background, ==, "U 3 Tougaard");
  g_assert_cmpfloat (r->cross_section[2], ==, 436);
  g_assert_cmpfloat (r->start, ==, 1188.5);
}

/* A file of pynxtools-xps 0.13: the numbers as h5dump prints them. */
static void
test_foreign_fit (void)
{
  g_autofree char *path = test_shared_path ("corpus/files/nexus/vms_analysis_ref.nxs");
  if (path == NULL)
    return;
  g_autoptr (XpsFile) file = xps_file_open (path, NULL, NULL);
  const XpsStoredFit *fit = xps_spectrum_get_stored_fit (sample_spectrum (file, 0));
  const XpsStoredComponent *c = get_component (fit, 0);

  g_assert_cmpuint (fit->components->len, ==, 4);
  g_assert_cmpuint (fit->regions->len, ==, 1);
  g_assert_true (fit->binding);
  g_assert_cmpstr (c->name, ==, "Fe 2p");
  g_assert_cmpstr (c->shape, ==, "LF(0.54,10,80,100,6)");
  test_assert_close (c->position.value, 709.05, 5e-3);
  test_assert_close (c->position.high, 782.599, 5e-4);
  test_assert_close (c->area.high, 6.3839e6, 5);
  g_assert_cmpstr (((XpsStoredRegion *)g_ptr_array_index (fit->regions, 0))->background, ==, "U 3 Tougaard");
}

/* What is to be subtracted for binding energies stays with the spectrum in every file that is written. */
static void
test_vacuum_level (void)
{
  static const char *const names[] = {"a.nxs", "a.vms", "a.csv"};
  g_autoptr (XpsFile) file = read_sample ("gda.nxs", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) bytes = xps_formats_find_writer (names[i], &error)->write (file->spectra, &error);
    g_assert_no_error (error);
    g_autoptr (XpsFile) back = xps_file_open_bytes (bytes, names[i], NULL, &error);
    g_assert_no_error (error);
    const XpsSpectrum *s = sample_spectrum (back, 0);
    const XpsAcquisition *a = xps_spectrum_get_acquisition (s);
    const XpsEnergyScale scale = xps_energy_scale_from_spectrum (s);
    double binding[4];
    g_assert_true (a->from_vacuum);
    g_assert_cmpfloat (scale.work_function, ==, a->work_function);
    g_assert_true (xps_energy_to_binding (s, &scale, binding, NULL));
    test_assert_close (binding[0], a->photon_energy - a->work_function - 300, 1e-9);
    g_assert_null (a->comment);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/nexus/write", test_write);
  g_test_add_func ("/nexus/write-fit", test_write_fit);
  g_test_add_func ("/nexus/write-record", test_write_record);
  g_test_add_func ("/nexus/foreign-fit", test_foreign_fit);
  g_test_add_func ("/nexus/vacuum-level", test_vacuum_level);
  return g_test_run ();
}
