/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static XpsFile *
read_vamas (const SampleVamas *v)
{
  g_autofree char *text = sample_vamas_dup (v);
  return sample_read (text);
}

static void
refuse_vamas (const SampleVamas *v, const char *const *words)
{
  g_autofree char *text = sample_vamas_dup (v);
  sample_refuse (text, words);
}

static const double three[] = {100, 137, 174};

static void
test_plain (void)
{
  const SampleVamas v = sample_vamas (SAMPLE_BLOCK);
  g_autoptr (XpsFile) file = read_vamas (&v);
  const double energies[] = {1190, 1190.1, 1190.2};

  g_assert_cmpstr (file->format, ==, "vamas");
  g_assert_cmpstr (file->instrument, ==, "Instrument");
  g_assert_cmpuint (file->spectra->len, ==, 1);
  g_assert_cmpuint (file->warnings->len, ==, 0);
  const XpsSpectrum *s = sample_spectrum (file, 0);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (s);
  g_assert_cmpstr (xps_spectrum_get_name (s), ==, "C 1s");
  g_assert_cmpstr (xps_spectrum_get_sample (s), ==, "foil");
  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_KINETIC);
  g_assert_cmpint (xps_spectrum_get_unit (s), ==, XPS_INTENSITY_COUNTS);
  sample_assert_values (xps_spectrum_get_energy (s), energies, 3);
  sample_assert_values (xps_spectrum_get_intensity (s), three, 3);
  g_assert_cmpstr (a->date, ==, "2024-03-14T09:26:50");
  g_assert_cmpstr (a->technique, ==, "XPS");
  g_assert_cmpstr (a->species, ==, "C");
  g_assert_cmpstr (a->transition, ==, "1s");
  g_assert_cmpfloat (a->photon_energy, ==, 1486.6);
  g_assert_cmpfloat (a->pass_energy, ==, 20);
  g_assert_cmpfloat (a->work_function, ==, 4.5);
  g_assert_cmpfloat (a->dwell, ==, 0.1);
  g_assert_cmpfloat (a->scans, ==, 3);
  g_assert_cmpfloat (a->polar, ==, 54.7);
  g_assert_cmpfloat (a->take_off_polar, ==, 45);
  g_assert_cmpstr (xps_acquisition_find_key (a, "Source strength"), ==, "150");
  g_assert_cmpstr (xps_acquisition_find_key (a, "Analysis width y (um)"), ==, "200");
  g_assert_null (xps_acquisition_find_key (a, "Source beam width x (um)")); /* 1E37: not given */
  g_assert_cmpstr (xps_acquisition_find_key (a, "Hours ahead of GMT"), ==, "1");
  g_assert_cmpstr (xps_acquisition_find_key (a, "Institution"), ==, "Institute");
}

static char *
dup_replaced (const char *text, const char *from, const char *to)
{
  g_auto (GStrv) parts = g_strsplit (text, from, -1);
  return g_strjoinv (to, parts);
}

/* CRLF, CR alone, blanks at line ends, a blank line before everything, a byte order mark. */
static void
test_line_ends (void)
{
  const SampleVamas v = sample_vamas (SAMPLE_BLOCK);
  g_autofree char *plain = sample_vamas_dup (&v);
  g_autofree char *crlf = dup_replaced (plain, "\n", "\r\n");
  g_autofree char *cr = dup_replaced (plain, "\n", "\r");
  g_autofree char *blanks = dup_replaced (plain, "\n", " \r\n");
  g_autofree char *late = g_strconcat ("\r\n\r\n", crlf, NULL);
  g_autofree char *mark = g_strconcat ("\xEF\xBB\xBF", plain, NULL);
  const char *const texts[] = {crlf, cr, blanks, late, mark};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (XpsFile) file = sample_read (texts[i]);
    g_assert_cmpstr (file->format, ==, "vamas");
    const XpsSpectrum *s = sample_spectrum (file, 0);
    g_assert_cmpstr (xps_spectrum_get_name (s), ==, "C 1s");
    sample_assert_values (xps_spectrum_get_intensity (s), three, 3);
  }
}

static void
test_no_terminator (void)
{
  SampleVamas v = sample_vamas (SAMPLE_BLOCK);
  v.end = "";
  g_autoptr (XpsFile) file = read_vamas (&v);

  g_assert_cmpuint (file->spectra->len, ==, 1);
  g_assert_true (sample_mentions (file->notes, "end of experiment"));
}

/* An empty line is a value: empty names must not shift what follows. */
static void
test_empty_names (void)
{
  SampleVamas v = sample_vamas ("\n\n2021\n5\n4\n15\n31\n53\n0\n0\nXPS\n\n1486."
                                "7\n\n1E37\n1E37\n1E37\n1E37\n\n50\n1E37\n4.5\n1E37\n1E37\n1E37\n"
                                "1E37\n1E37\n\n\n-1\nkinetic energy\neV\n1506.7\n-0.1\n1\ncount "
                                "rate\nc/s\npulse counting\n0.2\n5\n1E37\n1E37\n"
                                "1E37\n1E37\n0\n2\n0\n0\n7\n9\n");
  g_autoptr (XpsFile) file = read_vamas (&v);
  const XpsSpectrum *s = sample_spectrum (file, 0);

  g_assert_cmpstr (xps_spectrum_get_name (s), ==, "");
  g_assert_cmpint (xps_spectrum_get_unit (s), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  test_assert_close (xps_spectrum_get_energy (s)[1], 1506.6, 1e-9);
  g_assert_true (isnan (xps_spectrum_get_acquisition (s)->polar));
}

/* MultiPak: binding energies, a C string's end behind the transition, no time of day. */
static void
test_multipak (void)
{
  /* no body: the text ends before it */
  const SampleVamas v = sample_vamas (NULL);
  g_autofree char *head = sample_vamas_dup (&v);
  static const char tail[] =
      "Block No.1 \nSample ID : 1\n2019 \n1 \n22 \n-1\n-1\n-1\n-1\n1\nIntensityCalCoeff: 180.254 "
      "0.348 \nXPS\nAl mono\n1486.60\n24.6\n2000\n800\n45.0\n270.0\nFAT\n46.95\n5.0\n4.19\n0\n"
      "100.0\n100.0\n45.0\n90.0\nC\n1s\0\n-1\nBinding Energy\neV\n305.0\n-0.05\n1\nIntensity\nc/s\n"
      "pulse counting\n0.4\n1\n0\n9.399414e-003\n90\n-0.05\n0\n2\n0\n1\n1187.5\n6265.0\n";
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GError) error = NULL;

  g_byte_array_append (bytes, (const guint8 *)head, (guint)strlen (head));
  g_byte_array_append (bytes, (const guint8 *)tail, sizeof tail - 1);
  g_autoptr (GBytes) all = g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
  g_autoptr (XpsFile) file = xps_file_open_bytes (all, "a.npl", NULL, &error);
  g_assert_no_error (error);
  const XpsSpectrum *s = sample_spectrum (file, 0);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (s);
  g_assert_cmpstr (xps_spectrum_get_name (s), ==, "Block No.1");
  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_BINDING);
  test_assert_close (xps_spectrum_get_energy (s)[1], 304.95, 1e-9);
  g_assert_cmpstr (a->transition, ==, "1s");
  g_assert_cmpstr (a->date, ==, "2019-01-22");
  g_assert_cmpstr (xps_acquisition_find_key (a, "IntensityCalCoeff"), ==, "180.254 0.348");
}

/* Two corresponding variables are interleaved; the transmission is a column and not an intensity. */
static void
test_transmission (void)
{
  SampleVamas v = sample_vamas (SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS
                                                           "2\nIntensity\nd\nTransmission\nd\n" SAMPLE_SIGNAL
                                                           "6\n0\n1\n0\n1\n"
                                                           "100\n2.5\n137\n2.4\n174\n2.3\n");
  g_autoptr (XpsFile) file = read_vamas (&v);
  const XpsSpectrum *s = sample_spectrum (file, 0);
  const XpsColumn *column = xps_spectrum_find_column (s, XPS_COLUMN_TRANSMISSION);
  const double transmission[] = {2.5, 2.4, 2.3};

  sample_assert_values (xps_spectrum_get_intensity (s), three, 3);
  g_assert_nonnull (column);
  sample_assert_values (column->values, transmission, 3);
}

static void
test_irregular (void)
{
  SampleVamas v = sample_vamas (SAMPLE_HEAD SAMPLE_COMMENT
                                "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER
                                "3\nKinetic Energy\neV\nIntensity\nd\ntransmission\nd\n" SAMPLE_SIGNAL
                                "9\n0\n1\n0\n1\n0\n1\n736.61\n100\n2.5\n736.7\n137\n2.4\n736.72\n174\n2.3\n");
  v.scan = "IRREGULAR\n";
  g_autoptr (XpsFile) file = read_vamas (&v);
  const XpsSpectrum *s = sample_spectrum (file, 0);
  const double energies[] = {736.61, 736.7, 736.72};

  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_KINETIC);
  sample_assert_values (xps_spectrum_get_energy (s), energies, 3);
  sample_assert_values (xps_spectrum_get_intensity (s), three, 3);
  g_assert_nonnull (xps_spectrum_find_column (s, XPS_COLUMN_TRANSMISSION));
  v.body = SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER "1\nIntensity\nd\n" SAMPLE_SIGNAL
                                      "0\n";
  refuse_vamas (&v, LIST ("IRREGULAR", "two corresponding variables"));
}

/* A scan over a map has neither abscissa nor energies: points are counted. */
static void
test_mapping (void)
{
  SampleVamas v = sample_vamas (
      SAMPLE_HEAD SAMPLE_COMMENT
      "XPS\nAl mono\n1486.6\n150\n1E37\n1E37\n800\n600\n1\n2\n3\n4\n5\n6\n54.7\n0\n" SAMPLE_ANALYSER
      "1\ncounts\nd\n" SAMPLE_SIGNAL "3\n0\n1\n100\n137\n174\n");
  v.mode = "MAPSV\n";
  v.scan = "MAPPING\n";
  v.positions = "";
  g_autoptr (XpsFile) file = read_vamas (&v);
  const XpsSpectrum *s = sample_spectrum (file, 0);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (s);

  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_OTHER);
  g_assert_cmpfloat (xps_spectrum_get_energy (s)[2], ==, 2);
  sample_assert_values (xps_spectrum_get_intensity (s), three, 3);
  g_assert_cmpstr (xps_acquisition_find_key (a, "Field of view y (um)"), ==, "600");
  g_assert_cmpstr (xps_acquisition_find_key (a, "Line scan last line end y"), ==, "6");
}

/* Each experiment mode has its own lines; what only it has is read as such and nothing shifts. */
static void
test_modes (void)
{
#define ION     "18\n1\n1\n"
#define FIELD   "800\n600\n"
#define LINES   "1\n2\n3\n4\n5\n6\n"
#define SPUTTER "4000\n2\n2000\n2000\n45\n0\ncyclic\n"
  static const struct {
    const char *mode, *positions, *xy, *ion, *view, *lines, *sputter;
  } cases[] = {
      {"MAP\n", "1\n4\n2\n2\n", "5\n6\n", "", FIELD, "", ""},
      {"MAPDP\n", "1\n4\n2\n2\n", "5\n6\n", ION, FIELD, "", SPUTTER},
      {"MAPSV\n", "", "", "", FIELD, LINES, ""},
      {"MAPSVDP\n", "", "", ION, FIELD, LINES, SPUTTER},
      {"NORM\n", "1\n", "", "", "", "", ""},
      {"SDP\n", "1\n", "", ION, "", "", SPUTTER},
      {"SDPSV\n", "", "", ION, "", "", SPUTTER},
      {"SEM\n", "", "", "", FIELD, LINES, ""},
      {"NOEXP\n", "", "", "", "", "", ""},
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *body =
        g_strconcat (SAMPLE_HEAD SAMPLE_COMMENT "XPS\n", cases[i].xy, "7.5\nAl mono\n", cases[i].ion,
                     "1486.6\n150\n1E37\n1E37\n", cases[i].view, cases[i].lines,
                     "54.7\n0\n" SAMPLE_ANALYSER SAMPLE_AXIS "1\ncounts\nd\npulse counting\n0.1\n3\n0\n",
                     cases[i].sputter, "11\n12\n13\n1\nBias\nV\n-3.25\n3\n0\n1\n100\n137\n174\n", NULL);
    SampleVamas v = sample_vamas (body);
    v.mode = cases[i].mode;
    v.positions = cases[i].positions;
    v.variables = "1\nEtch time\ns\n";
    g_autoptr (XpsFile) file = read_vamas (&v);
    const XpsSpectrum *s = sample_spectrum (file, 0);
    const XpsAcquisition *a = xps_spectrum_get_acquisition (s);
    sample_assert_values (xps_spectrum_get_intensity (s), three, 3);
    g_assert_cmpfloat (((XpsVariable *)g_ptr_array_index (a->variables, 0))->value, ==, 7.5);
    g_assert_cmpstr (xps_acquisition_find_key (a, "Sample rotation (degree)"), ==, "13");
    g_assert_cmpstr (xps_acquisition_find_key (a, "Bias"), ==, "-3.25");
    g_assert_true ((xps_acquisition_find_key (a, "Sputtering mode") != NULL) ==
                   (cases[i].sputter[0] != '\0'));
    g_assert_true ((xps_acquisition_find_key (a, "Map y coordinate") != NULL) == (cases[i].xy[0] != '\0'));
  }
}

/* Techniques bring lines of their own, also in plain experiments. The source of electrons has no photon
 * energy. */
static void
test_techniques (void)
{
  SampleVamas v =
      sample_vamas (SAMPLE_HEAD SAMPLE_COMMENT
                    "ISS\nHe\n2\n1\n1\n1000\n150\n1E37\n1e+037\n54.7\n0\n" SAMPLE_ANALYSER SAMPLE_AXIS
                    "1\ncounts\nd\n" SAMPLE_SIGNAL "3\n0\n1\n100\n137\n174\n");
  g_autoptr (XpsFile) ions = read_vamas (&v);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (sample_spectrum (ions, 0));
  g_assert_cmpstr (xps_acquisition_find_key (a, "Sputtering ion atomic number"), ==, "2");
  g_assert_true (isnan (a->photon_energy));
  g_assert_cmpstr (xps_acquisition_find_key (a, "Source characteristic energy (eV)"), ==, "1000");

  v.body = SAMPLE_HEAD SAMPLE_COMMENT
      "AES diff\ngun\n5000\n150\n1E37\n1e+037\n54.7\n0\nFRR\n4\n2.5\n1E37\n4.5\n0\n100\n200\n45\n"
      "90\nC\nKLL\n-1\n" SAMPLE_AXIS "1\ncounts\nd\n" SAMPLE_SIGNAL "3\n0\n1\n100\n137\n174\n";
  g_autoptr (XpsFile) auger = read_vamas (&v);
  a = xps_spectrum_get_acquisition (sample_spectrum (auger, 0));
  g_assert_cmpstr (xps_acquisition_find_key (a, "Differential width (eV)"), ==, "2.5");
  sample_assert_values (xps_spectrum_get_intensity (sample_spectrum (auger, 0)), three, 3);
}

#define FIRST_WITH_VARIABLE                                                                                  \
  SAMPLE_HEAD "1\nfirst : block\nXPS\n0.0\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS                       \
              "1\ncounts\nd\n" SAMPLE_SIGNAL "3\n0\n1\n100\n137\n174\n"

/* Positive: only the listed parameters are repeated; what is not is the first block's. */
static void
test_inclusion (void)
{
  SampleVamas v = sample_vamas (FIRST_WITH_VARIABLE "C 1s\nfoil\n51\n30.0\n4\n0\n1\n1\n2\n3\n4\n");
  v.variables = "1\nEtch time\ns\n";
  v.list = "2\n6\n11\n";
  v.blocks = "2\n";
  g_autoptr (XpsFile) file = read_vamas (&v);
  const XpsSpectrum *s = sample_spectrum (file, 1);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (s);
  const double values[] = {1, 2, 3, 4};

  g_assert_cmpstr (a->date, ==, "2024-03-14T09:26:51");
  g_assert_cmpstr (((XpsVariable *)g_ptr_array_index (a->variables, 0))->text, ==, "30.0");
  g_assert_cmpstr (a->comment, ==, "first : block");
  g_assert_cmpstr (xps_acquisition_find_key (a, "first"), ==, "block");
  g_assert_cmpfloat (a->photon_energy, ==, 1486.6);
  g_assert_cmpuint (xps_spectrum_get_n (s), ==, 4);
  sample_assert_values (xps_spectrum_get_intensity (s), values, 4);
}

/* Negative: the listed parameters are left out, among them the technique that decides on other lines. */
static void
test_exclusion (void)
{
  SampleVamas v = sample_vamas (
      SAMPLE_HEAD SAMPLE_COMMENT
      "XPS\nAl mono\n18\n1\n1\n1486.6\n150\n1E37\n1E37\n54.7\n0\n" SAMPLE_ANALYSER SAMPLE_AXIS
      "1\ncounts\nd\npulse counting\n0.1\n3\n0\n" SPUTTER "0\n0\n0\n0\n3\n0\n1\n100\n137\n174\n"
      /* without 8, 9, 13, 31, 37 */
      "O 1s\nfoil\n2024\n3\n14\n9\n27\n50\n1\nAl mono\n1486.6\n150\n1E37\n1E37\n54.7\n0\n" SAMPLE_ANALYSER
      "1\ncounts\nd\npulse counting\n0.2\n3\n0\n0\n0\n0\n0\n3\n0\n1\n5\n6\n7\n");
  v.mode = "SDP\n";
  v.list = "-5\n8\n9\n13\n31\n37\n";
  v.blocks = "2\n";
  g_autoptr (XpsFile) file = read_vamas (&v);
  const XpsSpectrum *s = sample_spectrum (file, 1);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (s);
  const double values[] = {5, 6, 7};

  g_assert_cmpstr (a->technique, ==, "XPS");
  g_assert_cmpstr (xps_acquisition_find_key (a, "Sputtering mode"), ==, "cyclic");
  g_assert_cmpfloat (a->dwell, ==, 0.2);
  test_assert_close (xps_spectrum_get_energy (s)[2], 1190.2, 1e-9);
  sample_assert_values (xps_spectrum_get_intensity (s), values, 3);
}

/* Where the file is wrong about itself its reader may say so. */
static void
test_overrides (void)
{
  const SampleVamas v = sample_vamas (SAMPLE_BLOCK);
  g_autofree char *text = sample_vamas_dup (&v);
  XpsReadOptions options;

  xps_read_options_init (&options);
  options.unit_given = options.axis_given = TRUE;
  options.unit = XPS_INTENSITY_COUNTS_PER_SECOND;
  options.axis = XPS_AXIS_BINDING;
  g_autoptr (XpsFile) file = sample_open_text (text, &options, NULL);
  g_assert_cmpint (xps_spectrum_get_unit (sample_spectrum (file, 0)), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpint (xps_spectrum_get_axis (sample_spectrum (file, 0)), ==, XPS_AXIS_BINDING);
}

static void
test_future_entries (void)
{
  SampleVamas v = sample_vamas (SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS
                                                           "1\ncounts\nd\n" SAMPLE_SIGNAL
                                                           "block one\nblock two\n3\n0\n1\n100\n137\n174\n");
  v.future = "1\n2\nof the experiment\n";
  g_autoptr (XpsFile) file = read_vamas (&v);
  const XpsSpectrum *s = sample_spectrum (file, 0);

  sample_assert_values (xps_spectrum_get_intensity (s), three, 3);
  g_assert_cmpstr (xps_acquisition_find_key (xps_spectrum_get_acquisition (s), "Future upgrade entry"), ==,
                   "block one");
}

static void
test_missing_values (void)
{
  SampleVamas v =
      sample_vamas (SAMPLE_HEAD SAMPLE_COMMENT "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS
                                               "1\ncounts\nd\n" SAMPLE_SIGNAL "3\n0\n1\n100\n1E37\n174\n");
  g_autoptr (XpsFile) file = read_vamas (&v);
  const XpsSpectrum *s = sample_spectrum (file, 0);

  g_assert_cmpuint (xps_spectrum_get_n (s), ==, 2);
  test_assert_close (xps_spectrum_get_energy (s)[1], 1190.2, 1e-9);
  g_assert_true (sample_mentions (file->warnings, "1 points without a value"));
  v.body = SAMPLE_BLOCK "O 1s\nfoil\n0\n0\n0\n0\n0\n0\n0\n" SAMPLE_COMMENT
                        "XPS\n" SAMPLE_SOURCE SAMPLE_ANALYSER SAMPLE_AXIS "1\ncounts\nd\n" SAMPLE_SIGNAL
                        "0\n0\n1\n";
  v.blocks = "2\n";
  g_autoptr (XpsFile) empty = read_vamas (&v);
  g_assert_cmpuint (empty->spectra->len, ==, 1);
  g_assert_true (sample_mentions (empty->warnings, "holds no values"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vamas/plain", test_plain);
  g_test_add_func ("/vamas/line-ends", test_line_ends);
  g_test_add_func ("/vamas/no-terminator", test_no_terminator);
  g_test_add_func ("/vamas/empty-names", test_empty_names);
  g_test_add_func ("/vamas/multipak", test_multipak);
  g_test_add_func ("/vamas/transmission", test_transmission);
  g_test_add_func ("/vamas/irregular", test_irregular);
  g_test_add_func ("/vamas/mapping", test_mapping);
  g_test_add_func ("/vamas/modes", test_modes);
  g_test_add_func ("/vamas/techniques", test_techniques);
  g_test_add_func ("/vamas/inclusion", test_inclusion);
  g_test_add_func ("/vamas/exclusion", test_exclusion);
  g_test_add_func ("/vamas/overrides", test_overrides);
  g_test_add_func ("/vamas/future-entries", test_future_entries);
  g_test_add_func ("/vamas/missing-values", test_missing_values);
  return g_test_run ();
}
