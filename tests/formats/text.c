/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static const double energies[] = {158, 158.05, 158.1};
static const double counts[] = {1200, 1210.5, 1190};

static void
assert_three (const XpsFile *file)
{
  const XpsSpectrum *s = sample_spectrum (file, 0);

  g_assert_cmpstr (file->format, ==, "text");
  g_assert_cmpuint (xps_spectrum_get_n (s), ==, 3);
  sample_assert_values (xps_spectrum_get_energy (s), energies, 3);
  sample_assert_values (xps_spectrum_get_intensity (s), counts, 3);
}

/* Separators, decimal signs, line ends, comments, blanks: the same three points. */
static void
test_shapes_of_tables (void)
{
  static const char *const texts[] = {
      "158\t1200\n158.05\t1210.5\n158.1\t1190\n",
      "158,1200\n158.05,1210.5\n158.1,1190\n",
      "158, 1200\n158.05, 1210.5\n158.1, 1190",
      "158;1200\n158.05;1210.5\n158.1;1190\n",
      "158 1200\n158.05 1210.5\n158.1 1190\n",
      "  158.00     1200.0 \r\n  158.05     1210.5 \r\n  158.10     1190.0 \r\n",
      "158\t\t1200\r158.05\t\t1210.5\r158.1\t\t1190\r",
      "158\t1200\t\n158.05\t1210.5\t\n158.1\t1190\t\n",
      "158,00;1200,0\r\n158,05;1210,5\r\n158,10;1190,0\r\n",
      "158,00\t1200\n158,05\t1210,5\n158,10\t1190\n",
      "158,00 1200\n158,05 1210,5\n158,10 1190\n",
      "\"158\",\"1200\"\n\"158.05\",\"1210.5\"\n\"158.1\",\"1190\"\n",
      "\"158,0\";\"1200\"\n\"158,05\";\"1210,5\"\n\"158,1\";\"1190\"\n",
      "1.58e2 1.2E+003\n1.5805e+02 1.2105E3\n158.1 0.119e4\n",
      "\r\r\n158\t1200\r\r\n158.05\t1210.5\r\r\n158.1\t1190\r\r\n",
      "# a comment\n\n  \n# 1 2\n158 1200\n158.05 1210.5\n158.1 1190\n\nthe end\n",
      "158\xC2\xA0 1200\n158.05\xC2\xA0 1210.5\n158.1\xC2\xA0 1190\n",
      "158.0,1200;5 7\t9\n158.05\t1210.5\t5\t7\t9\n158.1\t1190\t5\t7\t9\n", /* separators mixed by hand */
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_test_message ("table %u", i);
    g_autoptr (XpsFile) file = sample_read (texts[i]);
    assert_three (file);
    g_assert_cmpint (xps_spectrum_get_axis (sample_spectrum (file, 0)), ==, XPS_AXIS_OTHER);
    g_assert_true (sample_mentions (file->warnings, "say --axis BE or --axis KE"));
    g_assert_true (sample_mentions (file->notes, "column 1"));
  }
}

static XpsFile *
read_bytes (const void *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  XpsFile *file = xps_file_open_bytes (bytes, "sample", NULL, &error);
  g_assert_no_error (error);
  return file;
}

static void
test_encodings (void)
{
  static const char text[] =
      "Bindungsenergie (eV)\tZ\xC3\xA4hlrate \xC2\xB5\n158\t1200\n158.05\t1210.5\n158.1\t1190\n";
  static const struct {
    const char *name;
    gboolean mark;
  } cases[] = {{"UTF-8", FALSE},    {"UTF-8", TRUE},    {"UTF-16LE", FALSE},   {"UTF-16LE", TRUE},
               {"UTF-16BE", FALSE}, {"UTF-16BE", TRUE}, {"ISO-8859-1", FALSE}, {"WINDOWS-1252", FALSE}};

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *marked = g_strconcat (cases[i].mark ? "\xEF\xBB\xBF" : "", text, NULL);
    gsize length = 0;
    g_autofree char *bytes = g_convert (marked, -1, cases[i].name, "UTF-8", NULL, &length, NULL);
    g_assert_nonnull (bytes);
    g_autoptr (XpsFile) file = read_bytes (bytes, length);
    const XpsSpectrum *s = sample_spectrum (file, 0);
    assert_three (file);
    g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_BINDING);
    g_assert_cmpint (xps_spectrum_get_unit (s), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
    g_assert_cmpstr (xps_spectrum_get_unit_label (s), ==, "Z\xC3\xA4hlrate \xC2\xB5");
  }
}

/* Words of the header, as instruments, programs and people write them. */
static void
test_headers (void)
{
  static const struct {
    const char *header;
    XpsAxisKind axis;
    XpsIntensityUnit unit;
  } cases[] = {
      {"Binding Energy\tCounts", XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS},
      {"Binding Energy (eV),Counts / s", XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS_PER_SECOND},
      {"BindingEnergy_eV,Intensity", XPS_AXIS_BINDING, XPS_INTENSITY_UNKNOWN},
      {"BE/eV\tAlKa", XPS_AXIS_BINDING, XPS_INTENSITY_UNKNOWN},
      {"BE,int", XPS_AXIS_BINDING, XPS_INTENSITY_UNKNOWN},
      {"B.E.(eV)           Raw Intensity", XPS_AXIS_BINDING, XPS_INTENSITY_UNKNOWN},
      {"Eb (eV);cps", XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS_PER_SECOND},
      {"E_b CPS", XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS_PER_SECOND},
      {"Bindungsenergie;Z\xC3\xA4hlrate\neV;1/s", XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS_PER_SECOND},
      {"KE/eV,PE: 600 eV", XPS_AXIS_KINETIC, XPS_INTENSITY_UNKNOWN},
      {"K.E.\tCounts", XPS_AXIS_KINETIC, XPS_INTENSITY_COUNTS},
      {"# Kinetic Energy [eV]  c/s", XPS_AXIS_KINETIC, XPS_INTENSITY_COUNTS_PER_SECOND},
      {"#E_kin, intensity measured at a beamline, somewhere, hv=180eV", XPS_AXIS_KINETIC,
       XPS_INTENSITY_UNKNOWN},
      {"PE/eV,AbNorm", XPS_AXIS_PHOTON, XPS_INTENSITY_UNKNOWN},
      {"Photon Energy\tTEY", XPS_AXIS_PHOTON, XPS_INTENSITY_UNKNOWN},
      {"Kinetic Energy Scan: 158 - 158.1 eV\n\nEnergy (eV)\tCPS\n\nScan :\t1\n", XPS_AXIS_KINETIC,
       XPS_INTENSITY_COUNTS_PER_SECOND},
      {"# Energy Axis: Binding Energy\n# ColumnLabels: energy counts/s", XPS_AXIS_BINDING,
       XPS_INTENSITY_COUNTS_PER_SECOND},
      {"Energy,Intensity", XPS_AXIS_OTHER, XPS_INTENSITY_UNKNOWN},
      {"Be 1s\tsomething", XPS_AXIS_OTHER, XPS_INTENSITY_UNKNOWN}, /* beryllium */
      {"x,y", XPS_AXIS_BINDING, XPS_INTENSITY_COUNTS},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strconcat (cases[i].header, "\n158,1200\n158.05,1210.5\n158.1,1190\n", NULL);
    g_test_message ("%s", cases[i].header);
    g_autoptr (XpsFile) file = sample_read (text);
    const XpsSpectrum *s = sample_spectrum (file, 0);
    assert_three (file);
    g_assert_cmpint (xps_spectrum_get_axis (s), ==, cases[i].axis);
    g_assert_cmpint (xps_spectrum_get_unit (s), ==, cases[i].unit);
  }
}

static void
test_photon_energy (void)
{
  static const struct {
    const char *header;
    double value;
  } cases[] = {
      {"#E_kin, hv=180eV", 180},
      {"Fix Photon Energy: 600.000000 eV", 600},
      {"Characteristic Energy eV,1486.6,Acquisition Time s,2.8", 1486.6},
      {"\tCharacteristic Energy eV\t1.486610e+003\tAcquisition Time s\t2.0e+000", 1486.61},
      {"Excitation Energy = 5.4149 keV", 5414.9},
      {"hv unknown", (double)NAN},
      {"shv 5", (double)NAN},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = g_strconcat (cases[i].header, "\n158,1200\n158.05,1210.5\n158.1,1190\n", NULL);
    g_autoptr (XpsFile) file = sample_read (text);
    const XpsAcquisition *a = xps_spectrum_get_acquisition (sample_spectrum (file, 0));
    if (isnan (cases[i].value))
      g_assert_true (isnan (a->photon_energy));
    else
      test_assert_close (a->photon_energy, cases[i].value, 1e-9);
    if (i == 2)
      test_assert_close (xps_acquisition_get_live_time (a), 2.8, 0);
  }
}

/* A label that contradicts the numbers: an axis runs one way. */
static void
test_misleading_label (void)
{
  g_autoptr (XpsFile) file = sample_read ("a\tenergy counts/s\n158\t1200\n158.05\t1210.5\n158.1\t1190\n");
  assert_three (file);
}

/* The table of a fit as CasaXPS writes it: roles of all columns. */
static void
test_fit_table (void)
{
  g_autoptr (XpsFile) file =
      sample_read ("BE_C 1s 1,CPS_C 1s 1,C-C_C 1s 1,C=O_C 1s 1,Background_C 1s 1,Envelope_C 1s 1\n"
                   "299.1,1888.9,1889.2,1889.1,1888.8,1889.9\n298.9,1877.1,1877.4,1877.3,1877.1,1878.1\n");
  const XpsSpectrum *s = sample_spectrum (file, 0);
  const GPtrArray *columns = xps_spectrum_get_columns (s);

  g_assert_cmpint (xps_spectrum_get_unit (s), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpuint (columns->len, ==, 4);
  g_assert_cmpint (((XpsColumn *)g_ptr_array_index (columns, 0))->role, ==, XPS_COLUMN_COMPONENT);
  g_assert_cmpint (((XpsColumn *)g_ptr_array_index (columns, 1))->role, ==, XPS_COLUMN_COMPONENT);
  /* a background known beforehand would be subtracted by every fit; this one belongs to the curves beside it
   */
  g_assert_null (xps_spectrum_find_column (s, XPS_COLUMN_BACKGROUND));
  g_assert_cmpint (((XpsColumn *)g_ptr_array_index (columns, 2))->role, ==, XPS_COLUMN_COMPONENT);
  g_assert_cmpfloat (((XpsColumn *)g_ptr_array_index (columns, 2))->values[0], ==, 1888.8);
  g_assert_cmpfloat (xps_spectrum_find_column (s, XPS_COLUMN_ENVELOPE)->values[1], ==, 1878.1);
}

static void
test_plain_xy (void)
{
  g_autoptr (XpsFile) file = sample_read ("x,y,sigma,background\n280,352,18.7,383.4\n280.1,433,20.8,383.5\n");
  const XpsSpectrum *s = sample_spectrum (file, 0);

  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (s), ==, XPS_INTENSITY_COUNTS);
  g_assert_cmpfloat (xps_spectrum_find_column (s, XPS_COLUMN_SIGMA)->values[1], ==, 20.8);
  g_assert_cmpfloat (xps_spectrum_find_column (s, XPS_COLUMN_BACKGROUND)->values[0], ==, 383.4);
  g_assert_cmpuint (file->warnings->len, ==, 0);
}

static void
test_potential_series (void)
{
  g_autoptr (XpsFile) file = sample_read ("x,V1.750,V1.725,V-0.05\n156,1,2,3\n156.05,4,5,6\n");
  const XpsSpectrum *s = sample_spectrum (file, 2);
  const XpsVariable *v = g_ptr_array_index (xps_spectrum_get_acquisition (s)->variables, 0);

  g_assert_cmpuint (file->spectra->len, ==, 3);
  g_assert_cmpstr (xps_spectrum_get_name (sample_spectrum (file, 0)), ==, "V1.750");
  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (s), ==, XPS_INTENSITY_COUNTS);
  g_assert_cmpfloat (xps_spectrum_get_energy (s)[1], ==, 156.05);
  g_assert_cmpfloat (xps_spectrum_get_intensity (s)[1], ==, 6);
  g_assert_cmpstr (v->label, ==, "Potential");
  g_assert_cmpstr (v->unit, ==, "V");
  g_assert_cmpfloat (v->value, ==, -0.05);
}

/* Columns named after any step: what it differs in is told by its unit or by what is counted. */
static void
test_steps (void)
{
  static const struct {
    const char *text, *variable, *unit;
    double last;
    XpsIntensityUnit intensity;
  } cases[] = {
      {"BE\t1.00 V\t1.50 V\n300\t1\t2\n299\t3\t4\n", "Potential", "V", 1.5, XPS_INTENSITY_UNKNOWN},
      {"BE;E=-0,2 V;E=0,3 V\n300;1;2\n299;3;4\n", "Potential", "V", 0.3, XPS_INTENSITY_UNKNOWN},
      {"BE,Counts at 250 mV,Counts at 500 mV\n300,1,2\n299,3,4\n", "Potential", "V", 0.5,
       XPS_INTENSITY_COUNTS},
      {"BE,300 K,450 K\n300,1,2\n299,3,4\n", "Temperature", "K", 450, XPS_INTENSITY_UNKNOWN},
      {"BE,Scan 1,Scan 2\n300,1,2\n299,3,4\n", "Scan", NULL, 2, XPS_INTENSITY_UNKNOWN},
      {"BE,0.5,1.5\n300,1,2\n299,3,4\n", "Value", NULL, 1.5, XPS_INTENSITY_UNKNOWN},
  };
  static const char *const single[] = {
      "BE,C 1s,O 1s\n300,1,2\n299,3,4\n", "BE,Li 1s,Li 2s\n300,1,2\n299,3,4\n",
      "BE,Peak 1,Peak 2\n300,1,2\n299,3,4\n", "BE,1 V,1 V\n300,1,2\n299,3,4\n",
      "BE,Counts,Background\n300,1,2\n299,3,4\n"};
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (XpsFile) file = sample_read (cases[i].text);
    g_assert_cmpuint (file->spectra->len, ==, 2);
    const XpsSpectrum *s = sample_spectrum (file, 1);
    const XpsVariable *v = g_ptr_array_index (xps_spectrum_get_acquisition (s)->variables, 0);
    g_assert_cmpstr (v->label, ==, cases[i].variable);
    g_assert_cmpstr (v->unit, ==, cases[i].unit);
    g_assert_cmpfloat (v->value, ==, cases[i].last);
    g_assert_cmpint (xps_spectrum_get_unit (s), ==, cases[i].intensity);
    g_assert_cmpfloat (xps_spectrum_get_intensity (s)[1], ==, 4);
  }
  for (guint i = 0; i < G_N_ELEMENTS (single); i++) {
    g_autoptr (XpsFile) file = sample_read (single[i]);
    g_assert_cmpuint (file->spectra->len, ==, 1);
  }
}

/* The sum of sweeps or channels, by name or by arithmetic, is the measurement; a column of zeros is none. */
static void
test_sums (void)
{
  g_autoptr (XpsFile) named =
      sample_read ("Energy\tSweep0\tSweep1\tSum\n2355\t10\t12\t22\n2355.05\t11\t14\t25\n");
  g_autoptr (XpsFile) found = sample_read ("84 0 12 15 27\n84.04 0 11 16 28\n84.08 0 13 14 27\n");
  g_autoptr (XpsFile) zero = sample_read ("84 0 3\n84.04 0 4\n84.08 0 5\n");

  g_assert_cmpfloat (xps_spectrum_get_intensity (sample_spectrum (named, 0))[1], ==, 25);
  g_assert_cmpfloat (xps_spectrum_get_intensity (sample_spectrum (found, 0))[1], ==,
                     28); /* rounded channels */
  g_assert_true (sample_mentions (found->notes, "sum of the columns"));
  g_assert_true (sample_mentions (zero->warnings, "all zero"));
}

static void
test_overrides (void)
{
  static const char text[] = "1 100 158 5\n2 110 158.5 6\n3 120 159 7\n";
  g_autoptr (GError) error = NULL;
  XpsReadOptions options;

  xps_read_options_init (&options);
  options.energy_column = 3;
  options.intensity_column = 2;
  options.sigma_column = 4;
  options.axis_given = options.unit_given = TRUE;
  options.axis = XPS_AXIS_KINETIC;
  options.unit = XPS_INTENSITY_COUNTS_PER_SECOND;
  g_autoptr (XpsFile) file = sample_open_text (text, &options, &error);
  g_assert_no_error (error);
  const XpsSpectrum *s = sample_spectrum (file, 0);
  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_KINETIC);
  g_assert_cmpint (xps_spectrum_get_unit (s), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpfloat (xps_spectrum_get_energy (s)[1], ==, 158.5);
  g_assert_cmpfloat (xps_spectrum_get_intensity (s)[1], ==, 110);
  g_assert_cmpfloat (xps_spectrum_find_column (s, XPS_COLUMN_SIGMA)->values[2], ==, 7);
  g_assert_cmpuint (file->warnings->len, ==, 0);

  options.intensity_column = 9;
  g_autoptr (XpsFile) none = sample_open_text (text, &options, &error);
  g_assert_null (none);
  g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_MALFORMED);
  g_clear_error (&error);
  options.intensity_column = 3;
  g_autoptr (XpsFile) same = sample_open_text (text, &options, &error);
  g_assert_null (same);
  g_assert_nonnull (error);
}

/* "285,1200" may be two numbers or one: said so, it is one and needs another column. */
static void
test_forced_comma (void)
{
  g_autoptr (GError) error = NULL;
  XpsReadOptions options;

  xps_read_options_init (&options);
  options.decimal_comma = TRUE;
  g_autoptr (XpsFile) one = sample_open_text ("285,1200\n286,1300\n", &options, &error);
  g_assert_null (one);
  g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_EMPTY);
  g_clear_error (&error);
  g_autoptr (XpsFile) two = sample_open_text ("285,5\t1200\n286,5\t1300\n", &options, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (xps_spectrum_get_energy (sample_spectrum (two, 0))[1], ==, 286.5);
}

static void
test_tables_and_gaps (void)
{
  g_autoptr (XpsFile) two = sample_read ("BE,Counts\n1,2\n2,3\n\nBE,Counts\n5,6\n6,7\n7,8\n");
  g_autoptr (XpsFile) gaps = sample_read ("BE\tCounts\tFit\n1\t2\t\n2\t3\t9\n3\t4\n");
  g_autoptr (XpsFile) holes = sample_read ("BE,Counts,Fit\n1,2,n/a\n2,3,-1.#IND\n3,4,-\n");
  g_autoptr (XpsFile) order = sample_read ("BE\tCounts\n1\t2\n2\t3\n2\t4\n");
  g_autoptr (XpsFile) back = sample_read ("BE\tCounts\n1\t2\n3\t3\n2\t4\n");

  g_assert_cmpfloat (xps_spectrum_get_energy (sample_spectrum (two, 0))[0], ==, 5);
  g_assert_true (
      sample_mentions (two->warnings, "only the longest table (lines 6 to 8) is read; 1 more: lines 2 to 3"));
  g_assert_cmpuint (xps_spectrum_get_columns (sample_spectrum (gaps, 0))->len, ==, 0);
  g_assert_cmpuint (xps_spectrum_get_n (sample_spectrum (holes, 0)), ==, 3);
  g_assert_cmpuint (xps_spectrum_get_columns (sample_spectrum (holes, 0))->len, ==, 0);
  g_assert_true (sample_mentions (order->warnings, "point 3 of the axis (2) repeats"));
  g_assert_true (sample_mentions (back->warnings, "point 3 of the axis (2) runs back"));
}

static void
test_refusals (void)
{
  static const struct {
    const char *text;
    const char *words[4];
  } cases[] = {
      {"", {"the file is empty", NULL}},
      {"only words\n", {"lines 1 to 1", "no two lines of numbers", NULL}},
      {"1 2\n", {"no two lines of numbers", NULL}},
      {"1\n2\n3\n", {"no two lines of numbers", NULL}},
      {"5|+0.5\n6|-0.6|123\n", {"no two lines of numbers", NULL}},
      {"BE,Counts\n1,2\n2,nan\n3,4\n", {"line 3", "finite number expected in column 2, found nan", NULL}},
      {"BE,Counts\n1,2\ninf,3\n3,4\n", {"line 3", "column 1, found inf", NULL}},
      {"BE,Counts\n1,2\n2,1e999\n", {"line 3", "found inf", NULL}},
      {"Wavelength,S1\nnm,CPS\n610,1404980\n611,1404810\n", {"line 3", "wavelength", "--axis", NULL}},
      {"BE\tCounts\n285.05\t1,234\n285.1\t1,236\n", {"line 2", "thousands separators", NULL}},
      {"SOFH\r\nPlatform: PC\r\n1 2\n3 4\n", {"byte 28", "\"EOFH\" expected", NULL}},
      {"%PDF-1.4\n1 2\n3 4\n", {"PDF", NULL}},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    sample_refuse (cases[i].text, cases[i].words);
}

/* Numbers in a binary file are no table. */
static void
test_binary (void)
{
  static const char zeros[] = "1 2\n3 4\n\0\0\0\1\2\n5 6\n";
  static const char hdf[] = "\x89HDF\r\n\x1a\n1 2\n3 4\n";
  g_autoptr (GBytes) a = g_bytes_new_static (zeros, sizeof zeros - 1);
  g_autoptr (GBytes) b = g_bytes_new_static (hdf, sizeof hdf - 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (xps_file_open_bytes (a, "a", NULL, &error));
  g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN);
  g_clear_error (&error);
  g_assert_null (xps_file_open_bytes (b, "b", NULL, &error));
  g_assert_nonnull (strstr (error->message, "HDF5"));
}

/* One row of many cells among short ones must not make a table of rows times cells. */
static void
test_long_row (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "1 2\n");
  for (guint i = 0; i < 40000; i++)
    g_string_append (text, "1 ");
  g_string_append_c (text, '\n');
  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "1 2\n");
  g_autoptr (XpsFile) file = sample_read (text->str);
  g_assert_cmpuint (xps_spectrum_get_n (sample_spectrum (file, 0)), ==, 40001);
}

static void
test_find_spectrum (void)
{
  g_autoptr (XpsFile) file = sample_read ("x,V1.750,V1.725\n156,1,2\n156.05,4,5\n");
  g_autoptr (GError) error = NULL;

  g_assert_true (xps_file_find_spectrum (file, NULL, &error) == sample_spectrum (file, 0));
  g_assert_true (xps_file_find_spectrum (file, "1", &error) == sample_spectrum (file, 1));
  g_assert_true (xps_file_find_spectrum (file, "V1.725", &error) == sample_spectrum (file, 1));
  g_assert_true (xps_file_find_spectrum (file, "v1.725", &error) == sample_spectrum (file, 1));
  g_assert_null (xps_file_find_spectrum (file, "7", &error));
  g_assert_error (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN);
  g_assert_nonnull (strstr (error->message, "0 \"V1.750\", 1 \"V1.725\""));
}

/* Scans of one region below one another, the header above the first only, the last one stopped. */
static void
test_scans (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "tests/fuzz/corpus/text/scans.txt", NULL);
  g_autoptr (XpsFile) file = xps_file_open (path, NULL, NULL);
  static const gsize n[] = {3, 2};
  static const double last[] = {1845, 1790};

  g_assert_cmpuint (file->spectra->len, ==, 2);
  for (guint i = 0; i < 2; i++) {
    const XpsSpectrum *s = sample_spectrum (file, i);
    const XpsAcquisition *a = xps_spectrum_get_acquisition (s);
    const XpsVariable *scan = g_ptr_array_index (a->variables, 0);
    g_assert_cmpuint (xps_spectrum_get_n (s), ==, n[i]);
    g_assert_cmpfloat (xps_spectrum_get_intensity (s)[n[i] - 1], ==, last[i]);
    g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_KINETIC);
    g_assert_cmpfloat (a->photon_energy, ==, 600);
    g_assert_cmpfloat (a->scans, ==, 1);
    g_assert_cmpstr (scan->label, ==, "Scan");
    g_assert_cmpfloat (scan->value, ==, i + 1);
  }
  /* Tables that are no scans of one another: the longest, as before. */
  g_autoptr (XpsFile) others = sample_read ("KE/eV\tcounts\n1\t2\n2\t3\n3\t4\nother\n1\t5\n2\t6\n");
  g_assert_cmpuint (others->spectra->len, ==, 1);
}

/* Curves that stand only where the fit was equal the data elsewhere. */
static void
test_xpspeak (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "tests/fuzz/corpus/text/xpspeak.dat", NULL);
  g_autoptr (XpsFile) file = xps_file_open (path, NULL, NULL);
  const XpsSpectrum *s = sample_spectrum (file, 0);
  static const double sum[] = {20, 20.5, 29, 22.5, 21}, background[] = {20, 20, 20.5, 21, 21};
  const XpsColumn *envelope = xps_spectrum_find_column (s, XPS_COLUMN_ENVELOPE),
                  *first = xps_spectrum_find_column (s, XPS_COLUMN_COMPONENT);

  g_assert_cmpuint (xps_spectrum_get_n (s), ==, 5);
  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_BINDING);
  g_assert_cmpfloat (xps_spectrum_get_intensity (s)[2], ==, 30);
  g_assert_null (xps_spectrum_find_column (s, XPS_COLUMN_BACKGROUND)); /* of a fit, not known beforehand */
  g_assert_cmpstr (first->label, ==, "Background");
  for (guint i = 0; i < 5; i++) {
    g_assert_cmpfloat (envelope->values[i], ==, sum[i]);
    g_assert_cmpfloat (first->values[i], ==, background[i]);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/shapes-of-tables", test_shapes_of_tables);
  g_test_add_func ("/text/encodings", test_encodings);
  g_test_add_func ("/text/headers", test_headers);
  g_test_add_func ("/text/photon-energy", test_photon_energy);
  g_test_add_func ("/text/misleading-label", test_misleading_label);
  g_test_add_func ("/text/fit-table", test_fit_table);
  g_test_add_func ("/text/plain-xy", test_plain_xy);
  g_test_add_func ("/text/potential-series", test_potential_series);
  g_test_add_func ("/text/steps", test_steps);
  g_test_add_func ("/text/sums", test_sums);
  g_test_add_func ("/text/overrides", test_overrides);
  g_test_add_func ("/text/forced-comma", test_forced_comma);
  g_test_add_func ("/text/tables-and-gaps", test_tables_and_gaps);
  g_test_add_func ("/text/refusals", test_refusals);
  g_test_add_func ("/text/binary", test_binary);
  g_test_add_func ("/text/long-row", test_long_row);
  g_test_add_func ("/file/find-spectrum", test_find_spectrum);
  g_test_add_func ("/text/scans", test_scans);
  g_test_add_func ("/text/xpspeak", test_xpspeak);
  return g_test_run ();
}
