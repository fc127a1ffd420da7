/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

/* What is written must read back as the same spectra, to the last bit of every number. */

static XpsFile *
write_and_read (const XpsFile *file, const char *suffix)
{
  g_autofree char *path = g_strdup_printf ("a.%s", suffix);
  g_autoptr (GError) error = NULL;
  const XpsFormat *format = xps_formats_find_writer (path, &error);

  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = format->write (file->spectra, &error);
  g_assert_no_error (error);
  XpsFile *back = xps_file_open_bytes (bytes, path, NULL, &error);
  g_assert_no_error (error);
  return back;
}

static void
assert_same_number (double a, double b)
{
  g_assert_true (a == b || (isnan (a) && isnan (b)));
}

static void
assert_same_text (const char *a, const char *b)
{
  g_assert_cmpstr (a != NULL ? a : "", ==, b != NULL ? b : "");
}

/* A regular VAMAS axis is start and increment, taken where it meets every stored energy within 1e-9 eV (some
 * files hold 2.27e-13 where they mean 0). Everything else is exact. */
#define VAMAS_AXIS 1e-9

static void
assert_same_curves (const XpsSpectrum *a, const XpsSpectrum *b, double axis_error)
{
  const GPtrArray *columns_a = xps_spectrum_get_columns (a), *columns_b = xps_spectrum_get_columns (b);
  const gsize n = xps_spectrum_get_n (a);

  const double *energy = xps_spectrum_get_energy (a);

  g_assert_cmpuint (n, ==, xps_spectrum_get_n (b));
  g_assert_cmpuint (columns_a->len, ==, columns_b->len);
  for (gsize i = 0; i < n; i++) {
    test_assert_close (xps_spectrum_get_energy (b)[i], energy[i], axis_error);
    assert_same_number (xps_spectrum_get_intensity (a)[i], xps_spectrum_get_intensity (b)[i]);
    for (guint k = 0; k < columns_a->len; k++)
      assert_same_number (((XpsColumn *)g_ptr_array_index (columns_a, k))->values[i],
                          ((XpsColumn *)g_ptr_array_index (columns_b, k))->values[i]);
  }
}

static void
assert_same_records (const XpsAcquisition *a, const XpsAcquisition *b)
{
  assert_same_number (a->photon_energy, b->photon_energy);
  assert_same_number (a->pass_energy, b->pass_energy);
  assert_same_number (a->work_function, b->work_function);
  assert_same_number (xps_acquisition_get_live_time (a), xps_acquisition_get_live_time (b));
  assert_same_text (a->species, b->species);
  assert_same_text (a->transition, b->transition);
  assert_same_text (a->date, b->date);
  g_assert_cmpuint (a->variables->len, ==, b->variables->len);
  for (guint i = 0; i < a->variables->len; i++) {
    const XpsVariable *u = g_ptr_array_index (a->variables, i), *v = g_ptr_array_index (b->variables, i);
    assert_same_text (u->label, v->label);
    assert_same_text (u->unit, v->unit);
    assert_same_number (u->value, v->value);
  }
}

static void
assert_same (const XpsFile *a, const XpsFile *b, double axis_error)
{
  g_assert_cmpuint (a->spectra->len, ==, b->spectra->len);
  for (guint i = 0; i < a->spectra->len; i++) {
    const XpsSpectrum *s = sample_spectrum (a, i), *t = sample_spectrum (b, i);
    assert_same_text (xps_spectrum_get_name (s), xps_spectrum_get_name (t));
    assert_same_text (xps_spectrum_get_sample (s), xps_spectrum_get_sample (t));
    g_assert_cmpint (xps_spectrum_get_axis (s), ==, xps_spectrum_get_axis (t));
    g_assert_cmpint (xps_spectrum_get_unit (s), ==, xps_spectrum_get_unit (t));
    assert_same_curves (s, t, axis_error);
    assert_same_records (xps_spectrum_get_acquisition (s), xps_spectrum_get_acquisition (t));
  }
}

static XpsFile *
read_vamas (const SampleVamas *v)
{
  g_autofree char *text = sample_vamas_dup (v);
  return sample_read (text);
}

static void
round_trip (const XpsFile *file)
{
  static const char *const suffixes[] = {"vms", "csv"};

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++) {
    const double axis_error = i == 0 ? VAMAS_AXIS : 0;
    g_autoptr (XpsFile) back = write_and_read (file, suffixes[i]);
    assert_same (file, back, axis_error);
    g_autoptr (XpsFile) again = write_and_read (back, suffixes[i]);
    assert_same (back, again, 0);
  }
}

static void
test_regular (void)
{
  SampleVamas v = sample_vamas (
      SAMPLE_HEAD
      "2\nLens : Hybrid\nfree text\nXPS\n7.5\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS
      "2\nIntensity\nd\nTransmission\nd\npulse counting\n0.1\n3\n0\n0\n0\n0\n1\nBias\nV\n-3.25\n6\n"
      "0\n1\n0\n1\n100.123456789\n2.5\n137\n1E37\n174\n2.3\n");
  v.variables = "1\nEtch time\ns\n";
  g_autoptr (XpsFile) file = read_vamas (&v);
  round_trip (file);

  g_autoptr (XpsFile) back = write_and_read (file, "vms");
  const XpsAcquisition *a = xps_spectrum_get_acquisition (sample_spectrum (back, 0));
  g_assert_nonnull (xps_spectrum_find_column (sample_spectrum (back, 0), XPS_COLUMN_TRANSMISSION));
  g_assert_cmpstr (a->comment, ==, "Lens : Hybrid\nfree text");
  g_assert_cmpstr (xps_acquisition_find_key (a, "Bias"), ==, "-3.25");
  g_assert_cmpstr (xps_acquisition_find_key (a, "Source strength"), ==, "150");
  g_assert_cmpstr (xps_acquisition_find_key (a, "Analysis width y (um)"), ==, "200");
  g_assert_cmpfloat (a->dwell, ==, 0.1);
  g_assert_cmpfloat (a->scans, ==, 3);
}

/* Regular and irregular spectra in one file, kinetic and binding, counts and rates, with and without
 * variables. */
static void
test_mixed (void)
{
  g_autoptr (XpsFile) all = sample_read ("x,V1.750,V1.725\n156,1,2\n156.05,4,5\n156.1000001,7,8\n");
  g_autoptr (XpsFile) rate = sample_read ("KE/eV;CPS;sigma\n1320.1;2.5;0.1\n1320.3;3.5;0.2\n");
  g_autoptr (XpsFile) unknown = sample_read ("1 2\n3 4\n5 6\n");

  g_ptr_array_add (all->spectra, xps_spectrum_ref (sample_spectrum (rate, 0)));
  g_autoptr (XpsFile) csv = write_and_read (all, "csv");
  assert_same (all, csv, 0);
  g_autoptr (XpsFile) vamas = write_and_read (all, "vms");
  /* A VAMAS file has one list of variables: where a spectrum lacks one its value is not given. */
  assert_same_curves (sample_spectrum (all, 2), sample_spectrum (vamas, 2), 0);
  assert_same_curves (sample_spectrum (all, 0), sample_spectrum (vamas, 0), 0);
  g_assert_cmpint (xps_spectrum_get_unit (sample_spectrum (vamas, 2)), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_nonnull (xps_spectrum_find_column (sample_spectrum (vamas, 2), XPS_COLUMN_SIGMA));
  round_trip (unknown);
}

static void
test_one_point (void)
{
  SampleVamas v = sample_vamas (SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS
                                                           "1\ncounts\nd\n" SAMPLE_SIGNAL "1\n0\n1\n100\n");
  g_autoptr (XpsFile) file = read_vamas (&v);
  round_trip (file);
}

/* The fit that CasaXPS left stays in the file. */
static void
test_stored_fit (void)
{
  SampleVamas v = sample_vamas (
      SAMPLE_HEAD "9\nCasa Info Follows\n2\nCalib M = 281.17 A = 284.8 BE ADD\nSm SG D(1) P(5)\n0\n1\n"
                  "CASA region (*C 1s*) (*Shirley*) 1188.5 1200.25 1.5 2 0.1 0.2 335.4 551 436 3 (*NoTag*) "
                  "12.011 0 0.278\n1\n"
                  "CASA comp (*C=O*) (*GL(30)*) Area 100.5 1e-020 2000 -1 1 MFWHM 1.25 0.2 2 -1 1 Position "
                  "1197.6 1196 1198 -1 1 "
                  "RSF 2.5 MASS 12.011 INDEX -1 (*C 1s*) CONST (**) UNCORRECTEDRSF 1\n"
                  "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS "1\ncounts\nd\n" SAMPLE_SIGNAL
                  "3\n0\n1\n100\n137\n174\n");
  v.comment = "2\nCasa Info Follows CasaXPS Version 2.3.25PR1.0\n0\n";
  g_autoptr (XpsFile) file = read_vamas (&v);
  g_autoptr (XpsFile) back = write_and_read (file, "vms");
  const XpsStoredFit *a = xps_spectrum_get_stored_fit (sample_spectrum (file, 0));
  const XpsStoredFit *b = xps_spectrum_get_stored_fit (sample_spectrum (back, 0));
  const XpsStoredComponent *p = g_ptr_array_index (a->components, 0),
                           *q = g_ptr_array_index (b->components, 0);
  const XpsStoredRegion *r = g_ptr_array_index (a->regions, 0), *s = g_ptr_array_index (b->regions, 0);

  assert_same_text (a->program, b->program);
  assert_same_number (xps_stored_fit_get_shift (a), xps_stored_fit_get_shift (b));
  assert_same_text (g_ptr_array_index (a->processing, 0), g_ptr_array_index (b->processing, 0));
  assert_same_text (p->name, q->name);
  assert_same_text (p->shape, q->shape);
  assert_same_number (p->area.low, q->area.low);
  assert_same_number (p->position.value, q->position.value);
  assert_same_number (p->sensitivity, q->sensitivity);
  assert_same_text (r->background, s->background);
  assert_same_number (r->end, s->end);
  assert_same_number (r->cross_section[2], s->cross_section[2]);
  assert_same_number (r->uncorrected_sensitivity, s->uncorrected_sensitivity);
}

/* Text from a file can break neither the lines of VAMAS nor the columns of CSV. */
static void
test_hostile_text (void)
{
  SampleVamas v =
      sample_vamas ("C,1s;\"x\" \x1B[2J\n# foil: a\n2024\n3\n14\n9\n26\n50\n1\n" SAMPLE_COMMENT
                    "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS
                    "2\ncounts\nd\nother, \"column\";\nd\n" SAMPLE_SIGNAL "4\n0\n1\n0\n1\n100\n1\n137\n2\n");
  g_autoptr (XpsFile) file = read_vamas (&v);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (XpsFile) back = write_and_read (file, i == 0 ? "vms" : "csv");
    assert_same_curves (sample_spectrum (file, 0), sample_spectrum (back, 0), 0);
    assert_same_text (xps_spectrum_get_sample (sample_spectrum (back, 0)), "# foil: a");
    assert_same_text (xps_spectrum_get_name (sample_spectrum (back, 0)), "C,1s;\"x\" \\x1b[2J");
  }
}

static void
test_endings (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (xps_formats_find_writer ("/a.b/c.VMS", &error)->id, ==, "vamas");
  g_assert_null (xps_formats_find_writer ("/a.vms/c", &error));
  g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_null (xps_formats_find_writer ("c.txt", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_assert_false (xps_formats_write ("/nowhere/a.vms", nothing, &error));
  g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_WRITE);
}

static void
round_trip_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      round_trip_folder (path);
      continue;
    }
    g_autoptr (XpsFile) file = xps_file_open (path, NULL, NULL);
    if (file == NULL)
      continue;
    g_test_message ("%s", path);
    round_trip (file);
  }
}

/* Every measured file that can be read. */
static void
test_corpus (void)
{
  static const char *const folders[] = {"corpus/files/vamas", "corpus/files/vamas-synthetic",
                                        "corpus/files/ascii", "corpus/files/ascii-synthetic"};

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *folder = test_shared_path (folders[i]);
    if (folder == NULL)
      return;
    round_trip_folder (folder);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/write/regular", test_regular);
  g_test_add_func ("/write/mixed", test_mixed);
  g_test_add_func ("/write/one-point", test_one_point);
  g_test_add_func ("/write/stored-fit", test_stored_fit);
  g_test_add_func ("/write/hostile-text", test_hostile_text);
  g_test_add_func ("/write/endings", test_endings);
  g_test_add_func ("/write/corpus", test_corpus);
  return g_test_run ();
}
