/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/choice.h"
#include "formats/nexus-write.h"
#include "hostile.h"
#include "sample.h"

/* Small files of every layout, made by hdf5-samples.py: the numbers expected here are those in it. */

static char *
sample_path (const char *name)
{
  return g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "tests/fuzz/corpus/hdf5", name, NULL);
}

static XpsFile *
read_sample (const char *name, const XpsReadOptions *options)
{
  g_autofree char *path = sample_path (name);
  g_autoptr (GError) error = NULL;
  XpsFile *file = xps_file_open (path, options, &error);

  g_assert_no_error (error);
  return file;
}

static void
check_values (const XpsSpectrum *s, gsize n, const double *energy, const double *intensity)
{
  g_assert_cmpuint (xps_spectrum_get_n (s), ==, n);
  for (gsize i = 0; i < n; i++) {
    test_assert_close (xps_spectrum_get_energy (s)[i], energy[i], 1e-12);
    g_assert_cmpfloat (xps_spectrum_get_intensity (s)[i], ==, intensity[i]);
  }
}

static void
check_variable (const XpsSpectrum *s, guint index, const char *label, const char *unit, double value)
{
  const GPtrArray *variables = xps_spectrum_get_acquisition (s)->variables;

  g_assert_cmpuint (index, <, variables->len);
  const XpsVariable *v = g_ptr_array_index (variables, index);
  g_assert_cmpstr (v->label, ==, label);
  g_assert_cmpstr (v->unit, ==, unit);
  g_assert_cmpfloat (v->value, ==, value);
}

static void
test_new_style (void)
{
  g_autoptr (XpsFile) file = read_sample ("new-style.nxs", NULL);
  static const double energy[] = {400, 399.5, 399, 398.5}, sum[] = {3, 12, 21, 30}, last[] = {2, 5, 8, 11};
  const XpsSpectrum *whole = sample_spectrum (file, 0);

  g_assert_cmpuint (file->spectra->len, ==, 4);
  g_assert_cmpstr (file->format, ==, "nexus");
  check_values (whole, 4, energy, sum);
  check_values (sample_spectrum (file, 3), 4, energy, last);
  check_variable (sample_spectrum (file, 3), 0, "angle", "deg", 1);
  g_assert_cmpint (xps_spectrum_get_axis (whole), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (whole), ==, XPS_INTENSITY_COUNTS);
}

static void
test_old_style (void)
{
  XpsReadOptions options = {.axis_given = TRUE, .axis = XPS_AXIS_KINETIC};
  g_autoptr (XpsFile) file = read_sample ("old-style.nxs", &options);
  static const double middle[] = {100.5, 101.5, 102.5, 103.5}, second[] = {4, 5, 6, 7};

  g_assert_cmpuint (file->spectra->len, ==, 3);
  check_values (sample_spectrum (file, 2), 4, middle, second);
  check_variable (sample_spectrum (file, 2), 0, "temperature", "K", 310);
  g_assert_cmpint (xps_spectrum_get_axis (sample_spectrum (file, 0)), ==, XPS_AXIS_KINETIC);
}

static void
test_mpes (void)
{
  g_autoptr (XpsFile) file = read_sample ("mpes.nxs", NULL);
  static const double energy[] = {290, 289.9, 289.8}, counts[] = {1.5, 2.5, 3.5};
  const XpsSpectrum *s = sample_spectrum (file, 0);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (s);

  g_assert_cmpuint (file->spectra->len, ==, 1);
  check_values (s, 3, energy, counts);
  g_assert_cmpstr (xps_spectrum_get_name (s), ==, "S__C1s");
  g_assert_cmpstr (xps_spectrum_get_sample (s), ==, "foil");
  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (s), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpfloat (xps_spectrum_find_column (s, XPS_COLUMN_SIGMA)->values[2], ==, 0.5);
  g_assert_cmpfloat (a->photon_energy, ==, 1486.6);
  g_assert_cmpfloat (a->pass_energy, ==, 20);
  g_assert_cmpfloat (a->dwell, ==, 0.5);
  g_assert_cmpfloat (a->scans, ==, 2);
  g_assert_false (a->summed);
  g_assert_true (isnan (a->work_function)); /* 1e37 */
  g_assert_cmpstr (a->technique, ==, "XPS");
  g_assert_cmpstr (a->species, ==, "C");
  g_assert_cmpstr (a->transition, ==, "1s");
  g_assert_cmpstr (a->date, ==, "2024-05-06T07:08:09+00:00");
  g_assert_cmpstr (xps_acquisition_find_key (a, "sample/name"), ==, "foil");
}

static void
test_gda (void)
{
  g_autoptr (XpsFile) file = read_sample ("gda.nxs", NULL);
  static const double energy[] = {300, 300.5, 301, 301.5};
  /* The instrument's own sums are 100 more than those of the slices, to tell them apart. */
  static const double whole[] = {260, 266, 272, 278}, second[] = {148, 151, 154, 157},
                      slice[] = {16, 17, 18, 19};
  const XpsAcquisition *a = xps_spectrum_get_acquisition (sample_spectrum (file, 0));

  g_assert_cmpuint (file->spectra->len, ==, 1 + 2 + 6);
  check_values (sample_spectrum (file, 0), 4, energy, whole);
  check_values (sample_spectrum (file, 2), 4, energy, second);
  check_variable (sample_spectrum (file, 2), 0, "ds", "", 20);
  check_values (sample_spectrum (file, 3 + 4), 4, energy, slice);
  check_variable (sample_spectrum (file, 3 + 4), 0, "y_scale", "deg", 0);
  check_variable (sample_spectrum (file, 3 + 4), 1, "ds", "", 20);
  g_assert_cmpfloat (a->photon_energy, ==, 400);
  g_assert_cmpfloat (a->work_function, ==, 4.5);
  g_assert_cmpfloat (a->scans, ==, 3);
  g_assert_cmpstr (a->analyser_mode, ==, "Swept");

  XpsReadOptions options = {.axis_given = TRUE, .axis = XPS_AXIS_BINDING};
  g_autoptr (XpsFile) binding = read_sample ("gda.nxs", &options);
  g_assert_cmpfloat (xps_spectrum_get_energy (sample_spectrum (binding, 0))[0], ==, 95.5);
}

static void
test_pearl (void)
{
  g_autoptr (XpsFile) file = read_sample ("pearl.h5", NULL);
  static const double energy[] = {480, 480.1, 480.2, 480.3}, whole[] = {51, 63, 75, 87},
                      second[] = {27, 33, 39, 45}, slice[] = {9, 11, 13, 15};
  const XpsAcquisition *a = xps_spectrum_get_acquisition (sample_spectrum (file, 0));

  g_assert_cmpstr (file->format, ==, "pearl");
  g_assert_cmpuint (file->spectra->len, ==, 2 + 2 + 6);
  check_values (sample_spectrum (file, 0), 4, energy, whole);
  g_assert_cmpfloat (xps_spectrum_get_energy (sample_spectrum (file, 1))[1], ==, 500.5);
  check_values (sample_spectrum (file, 3), 4, energy, second);
  check_variable (sample_spectrum (file, 3), 0, "ManipulatorX", "mm", 1.5);
  check_values (sample_spectrum (file, 4 + 4), 4, energy, slice);
  check_variable (sample_spectrum (file, 4 + 4), 0, "slice", "", 0);
  g_assert_cmpfloat (a->photon_energy, ==, 650.5);
  g_assert_cmpfloat (a->pass_energy, ==, 50); /* written as text */
  g_assert_cmpfloat (a->dwell, ==, 0.2);
  g_assert_true (sample_mentions (file->notes, "ExcitationEnergy"));
}

static void
test_igor (void)
{
  g_autoptr (XpsFile) file = read_sample ("igor.h5", NULL);
  static const double energy[] = {43, 42.95, 42.9}, sum[] = {3, 5, 7};
  const XpsAcquisition *a = xps_spectrum_get_acquisition (sample_spectrum (file, 0));

  g_assert_cmpstr (file->format, ==, "igor-hdf5");
  g_assert_cmpuint (file->spectra->len, ==, 3);
  check_values (sample_spectrum (file, 0), 3, energy, sum);
  check_variable (sample_spectrum (file, 1), 0, "angle", "degree", -0.5);
  g_assert_cmpint (xps_spectrum_get_axis (sample_spectrum (file, 0)), ==, XPS_AXIS_BINDING);
  g_assert_cmpfloat (a->photon_energy, ==, 350);
  g_assert_cmpfloat (a->pass_energy, ==, 100);
  g_assert_true (sample_mentions (file->notes, "sign is turned"));
}

/* ---- choosing ---- */

static void
refuse_sample (const char *name, const XpsReadOptions *options, XpsFormatsError code, const char *words)
{
  g_autofree char *path = sample_path (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open (path, options, &error);

  g_assert_null (file);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" is not in \"%s\"", words, error->message);
  g_assert_error (error, XPS_FORMATS_ERROR, (int)code);
}

static void
test_choose (void)
{
  g_autofree char *path = sample_path ("choose.h5");
  g_autoptr (GPtrArray) choices = xps_choices_list_file (path, NULL);
  g_autofree char *text = xps_choice_dup_text (g_ptr_array_index (choices, 1));
  XpsReadOptions options = {.dataset = "/run/detector", .energy_dataset = "/run/kinetic energy"};
  static const double energy[] = {10, 10.5, 11, 11.5, 12}, sum[] = {5, 7, 9, 11, 13},
                      points[] = {0, 1, 2, 3, 4, 5, 6};

  refuse_sample ("choose.h5", NULL, XPS_FORMATS_ERROR_CHOICE, "/run/detector (2 x 5, counts)");
  g_assert_cmpuint (choices->len, ==, 3);
  g_assert_cmpstr (text, ==, "/run/detector (2 x 5, counts)");
  g_autoptr (XpsFile) file = read_sample ("choose.h5", &options);
  g_assert_cmpuint (file->spectra->len, ==, 3);
  check_values (sample_spectrum (file, 0), 5, energy, sum);
  g_assert_cmpint (xps_spectrum_get_axis (sample_spectrum (file, 0)), ==, XPS_AXIS_KINETIC);
  options.energy_dataset = NULL; /* the neighbour by its name */
  g_autoptr (XpsFile) guessed = read_sample ("choose.h5", &options);
  check_values (sample_spectrum (guessed, 0), 5, energy, sum);
  options.dataset = "/other";
  g_autoptr (XpsFile) counted = read_sample ("choose.h5", &options);
  check_values (sample_spectrum (counted, 0), 7, points, points);
  options.energy_dataset = "/run/kinetic energy";
  refuse_sample ("choose.h5", &options, XPS_FORMATS_ERROR_MALFORMED, "no dimension of \"/other\" is as long");
  options.dataset = "/run/temperature";
  refuse_sample ("choose.h5", &options, XPS_FORMATS_ERROR_MALFORMED, "a single value is no spectrum");
  options.dataset = "/run/none";
  refuse_sample ("choose.h5", &options, XPS_FORMATS_ERROR_MALFORMED, "no data set of numbers by this name");
}

/* ---- what must not be trusted ---- */

static void
test_traps (void)
{
  static const struct {
    const char *dataset, *words;
  } traps[] = {
      {"/entry/data/huge", "more values than memory is allowed for"},
      {"/entry/data/lzf", "h5repack"},
      {"/entry/data/external", "lie in other files"},
      {"/entry/data/virtual", "lie in other files"},
      {"/entry/data/ring", "no data set of numbers by this name"},
      {"/entry/data/outside/x", "no data set of numbers by this name"},
      {"/entry/data/nowhere", "no data set of numbers by this name"},
  };

  refuse_sample ("traps.h5", NULL, XPS_FORMATS_ERROR_CHOICE, "does not say which data set is a spectrum");
  for (guint i = 0; i < G_N_ELEMENTS (traps); i++) {
    XpsReadOptions options = {.dataset = traps[i].dataset};
    g_autofree char *path = sample_path ("traps.h5");
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsFile) file = xps_file_open (path, &options, &error);
    g_assert_null (file);
    if (strstr (error->message, traps[i].words) == NULL)
      g_error ("\"%s\" is not in \"%s\"", traps[i].words, error->message);
  }
  /* Zeros pack well; they are no more than they say. A ring of hard links is another way to the same. */
  XpsReadOptions options = {.dataset = "/entry/data/self/entry/data/bomb"};
  g_autoptr (XpsFile) file = read_sample ("traps.h5", &options);
  g_assert_cmpuint (xps_spectrum_get_n (sample_spectrum (file, 0)), ==, 65536);
}

static void
break_sample (const char *name)
{
  g_autofree char *path = sample_path (name);
  g_autofree char *data = NULL;
  gsize length = 0;
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  for (gsize cut = 0; cut < length; cut += 397)
    hostile_try (data, cut);
  for (guint i = 0; i < 60; i++) {
    g_autofree char *copy = g_memdup2 (data, length);
    for (int k = g_rand_int_range (random, 1, 6); k > 0; k--)
      copy[g_rand_int_range (random, 0, (gint32)length)] = (char)g_rand_int_range (random, 0, 256);
    hostile_try (copy, length);
  }
}

static void
test_broken (void)
{
  static const char *const names[] = {"gda.nxs", "mpes.nxs", "pearl.h5", "igor.h5"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    break_sample (names[i]);
}

/* ---- writing ---- */

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

/* The fit is what other programs read; here its data sets are looked at by their paths. */
static void
test_write_fit (void)
{
  g_autoptr (GPtrArray) spectra = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);
  static const double energy[] = {101, 102, 103}, counts[] = {5, 9, 6}, sum[] = {5.5, 8.5, 6.5},
                      peak[] = {1, 4, 2};
  const XpsNexusParameter parameters[] = {
      {"position", 102.25, 0.01, 101.5, 103, "eV"},
      {"area", 40, (double)NAN, (double)NAN, (double)NAN, NULL},
  };
  const XpsNexusPart parts[] = {
      {TRUE, "background", "Linear", NULL, NULL, (double)NAN, (double)NAN, NULL, 0},
      {FALSE, "S 2p3/2", "Voigt", "voigt", peak, 40, (double)NAN, parameters, 2},
  };
  const XpsNexusFit fit = {"S 2p", 3, energy, counts, sum, 1.25, parts, 2};
  const XpsNexusFit *const fits[] = {&fit};

  g_ptr_array_add (spectra, make_spectrum ("S 2p", XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS, 1));
  g_autoptr (XpsFile) file = write_and_read (spectra, fits);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (sample_spectrum (file, 0));
  g_assert_cmpstr (xps_acquisition_find_key (a, "fit/peak0/label"), ==, "S 2p3/2");
  g_assert_cmpstr (xps_acquisition_find_key (a, "fit/peak0/function/function_type"), ==, "Voigt");
  g_assert_cmpstr (xps_acquisition_find_key (a, "fit/peak0/function/fit_parameters/position"), ==, "102.25");
  g_assert_cmpstr (xps_acquisition_find_key (a, "fit/peak0/function/fit_parameters/position_errors"), ==,
                   "0.01");
  g_assert_cmpstr (xps_acquisition_find_key (a, "fit/background0/function/function_type"), ==, "Linear");
  g_assert_cmpstr (xps_acquisition_find_key (a, "fit/figure_of_merit"), ==, "1.25");

  g_autoptr (GBytes) bytes = xps_nexus_write_fits (spectra, fits, NULL);
  XpsReadOptions options = {.dataset = "/S_2p/fit/data/residual",
                            .energy_dataset = "/S_2p/fit/data/input_independent"};
  static const double residual[] = {-0.5, 0.5, -0.5};
  g_autoptr (XpsFile) curves = xps_file_open_bytes (bytes, "sample.nxs", &options, NULL);
  check_values (sample_spectrum (curves, 0), 3, energy, residual);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hdf5/new-style", test_new_style);
  g_test_add_func ("/hdf5/old-style", test_old_style);
  g_test_add_func ("/hdf5/mpes", test_mpes);
  g_test_add_func ("/hdf5/gda", test_gda);
  g_test_add_func ("/hdf5/pearl", test_pearl);
  g_test_add_func ("/hdf5/igor", test_igor);
  g_test_add_func ("/hdf5/choose", test_choose);
  g_test_add_func ("/hdf5/traps", test_traps);
  g_test_add_func ("/hdf5/broken", test_broken);
  g_test_add_func ("/hdf5/write", test_write);
  g_test_add_func ("/hdf5/write-fit", test_write_fit);
  return g_test_run ();
}
