/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "seeds.h"
#include "zip-make.h"

static void
test_avantage (void)
{
  g_autoptr (XpsFile) file = seed_read ("xlsx", "avantage.xlsx");
  const XpsSpectrum *survey = sample_spectrum (file, 0), *carbon = sample_spectrum (file, 1);

  g_assert_cmpstr (file->format, ==, "xlsx");
  g_assert_cmpstr (file->software, ==, "Thermo Avantage");
  g_assert_cmpuint (file->warnings->len, ==, 0);
  g_assert_cmpuint (file->spectra->len, ==, 2);
  g_assert_true (sample_mentions (file->notes, "\"Peak Table\""));
  g_assert_cmpstr (xps_spectrum_get_name (carbon), ==, "C1s Scan");
  g_assert_cmpstr (xps_spectrum_get_sample (carbon), ==, "CC-A");
  g_assert_cmpint (xps_spectrum_get_axis (survey), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (survey), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpuint (xps_spectrum_get_columns (survey)->len, ==, 0);
  seed_assert_values (survey, (double[]){1350.08, 1349.58, 1349.08, 1348.58, 1348.08, 1347.58},
                      (double[]){100.5, 101.5, 102.5, 103.5, 104.5, 105.5}, 6);
  const XpsColumn *component = seed_column (carbon, 0, XPS_COLUMN_COMPONENT, "C1s C-C");
  sample_assert_values (component->values, (double[]){0, 51, 52, 53, 54}, 5);
  g_assert_true (sample_mentions (file->notes, "sheet \"C1s Scan\" cell E17: empty in 1 of 5 rows, 0 there"));
  seed_column (carbon, 1, XPS_COLUMN_COMPONENT, "Backgnd.");
  seed_column (carbon, 2, XPS_COLUMN_ENVELOPE, "Envelope");
  seed_column (carbon, 3, XPS_COLUMN_OTHER, "Residuals");
  /* a fit of ours must not subtract the background of theirs */
  g_assert_null (xps_spectrum_find_column (carbon, XPS_COLUMN_BACKGROUND));
}

/* Two tables side by side, each with measured and shifted energies; labels two rows above. */
static void
test_columns (void)
{
  g_autoptr (XpsFile) file = seed_read ("xlsx", "columns.xlsx");
  const XpsSpectrum *first = sample_spectrum (file, 0), *second = sample_spectrum (file, 1);
  const XpsSpectrum *valence = sample_spectrum (file, 2);

  g_assert_cmpuint (file->spectra->len, ==, 3);
  g_assert_cmpstr (xps_spectrum_get_name (first), ==, "C1s Area1 - 0 V");
  g_assert_cmpstr (xps_spectrum_get_name (second), ==, "C1s Area1 - 3.4 V");
  g_assert_cmpfloat_with_epsilon (xps_spectrum_get_energy (first)[0], 298.11, 1e-12);
  g_assert_cmpfloat_with_epsilon (xps_spectrum_get_energy (second)[5], 294.57, 1e-9);
  g_assert_cmpfloat (xps_spectrum_get_intensity (second)[2], ==, 2635.25);
  sample_assert_values (seed_column (first, 0, XPS_COLUMN_OTHER, "Area1 - 0 V")->values,
                        (double[]){298, 297.8}, 2);
  g_assert_cmpint (xps_spectrum_get_axis (first), ==, XPS_AXIS_OTHER);
  g_assert_true (sample_mentions (file->warnings, "sheet \"C1s\" cell B2: nothing says whether"));
  g_assert_cmpint (xps_spectrum_get_axis (valence), ==, XPS_AXIS_KINETIC);
  g_assert_cmpint (xps_spectrum_get_unit (valence), ==, XPS_INTENSITY_COUNTS);
  g_assert_cmpfloat (seed_column (valence, 0, XPS_COLUMN_SIGMA, "Sigma")->values[4], ==, 6.5);
}

static void
test_options (void)
{
  g_autofree char *path = seed_dup_path ("xlsx", "columns.xlsx");
  XpsReadOptions options;

  xps_read_options_init (&options);
  options.axis = XPS_AXIS_BINDING;
  options.axis_given = options.unit_given = TRUE;
  options.unit = XPS_INTENSITY_COUNTS_PER_SECOND;
  options.energy_column = 1;
  options.intensity_column = 6;
  g_autoptr (XpsFile) file = xps_file_open (path, &options, NULL);
  const XpsSpectrum *s = sample_spectrum (file, 0);
  g_assert_cmpfloat (xps_spectrum_get_energy (s)[0], ==, 298);
  g_assert_cmpfloat (xps_spectrum_get_intensity (s)[0], ==, 2631.25);
  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (s), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpuint (file->warnings->len, ==, 0);
}

/* The fit as the neutral record: 1486.68 eV turns binding into kinetic energies. */
static void
test_kherve (void)
{
  g_autoptr (XpsFile) file = seed_read ("xlsx", "kherve.xlsx");
  const XpsSpectrum *s = sample_spectrum (file, 0);
  const XpsStoredFit *fit = xps_spectrum_get_stored_fit (s);

  g_assert_cmpstr (xps_spectrum_get_sample (s), ==, "Sr #2");
  g_assert_cmpfloat (xps_spectrum_get_intensity (s)[0], ==, 100); /* raw, not divided by the transmission */
  g_assert_cmpfloat (seed_column (s, 0, XPS_COLUMN_TRANSMISSION, "Transmission")->values[0], ==, 0.5);
  seed_column (s, 1, XPS_COLUMN_OTHER, "Corrected Data");
  seed_column (s, 4, XPS_COLUMN_COMPONENT, "Background");
  seed_column (s, 5, XPS_COLUMN_ENVELOPE, "Calculated Fit");
  g_assert_true (isnan (xps_spectrum_get_acquisition (s)->work_function)); /* 1e+37: not known */
  g_assert_cmpstr (xps_acquisition_find_key (xps_spectrum_get_acquisition (s), "Peak B: Area (CPS.eV)"), ==,
                   "3400 [A*0.667#0.05]");
  g_assert_nonnull (fit);
  g_assert_cmpuint (fit->components->len, ==, 2);
  const XpsStoredComponent *a = g_ptr_array_index (fit->components, 0);
  const XpsStoredComponent *b = g_ptr_array_index (fit->components, 1);
  g_assert_cmpstr (a->shape, ==, "GL(16.5)");
  g_assert_true (fit->binding);
  g_assert_cmpfloat (a->position.value, ==, 133.5);
  g_assert_cmpfloat (a->position.low, ==, 126);
  g_assert_cmpfloat (a->position.high, ==, 142);
  g_assert_cmpfloat (a->fwhm.low, ==, 0.3);
  g_assert_cmpint (b->position.link, ==, 0);
  g_assert_cmpfloat (b->position.factor, ==, 1.75);
  g_assert_cmpint (b->fwhm.link, ==, 0);
  g_assert_cmpfloat (b->fwhm.factor, ==, 1);
  /* a tie with a tolerance is limits */
  g_assert_cmpint (b->area.link, ==, -1);
  test_assert_close (b->area.low, 5000 * 0.617, 1e-12);
  test_assert_close (b->area.high, 5000 * 0.717, 1e-12);
  const XpsStoredRegion *region = g_ptr_array_index (fit->regions, 0);
  g_assert_cmpstr (region->background, ==, "Linear");
  g_assert_cmpfloat (region->end, ==, 142);
}

static void
test_kherve_json (void)
{
  g_autoptr (XpsFile) file = seed_read ("kherve-json", "project.json");
  const XpsSpectrum *s = sample_spectrum (file, 0);

  g_assert_cmpstr (file->format, ==, "kherve-json");
  g_assert_cmpuint (file->spectra->len, ==, 2);
  g_assert_cmpstr (xps_spectrum_get_name (s), ==, "Sr3d");
  g_assert_cmpfloat (xps_spectrum_get_energy (s)[1], ==, 139);
  g_assert_cmpfloat (xps_spectrum_get_intensity (s)[5], ==, 205);
  seed_column (s, 0, XPS_COLUMN_COMPONENT, "Background");
  g_assert_cmpfloat (seed_column (s, 1, XPS_COLUMN_COMPONENT, "Sr3d5/2")->values[5], ==, 6);
  g_assert_cmpstr (xps_acquisition_find_key (xps_spectrum_get_acquisition (s), "Peak Sr3d5/2: FWHM"), ==,
                   "1.25 [0.3:3.5]");
  /* The file does not say the photon energy, which binding energies do not need. */
  const XpsStoredFit *fit = xps_spectrum_get_stored_fit (s);
  g_assert_true (isnan (xps_spectrum_get_acquisition (s)->photon_energy));
  g_assert_true (fit != NULL && fit->binding);
  g_assert_cmpuint (fit->components->len, ==, 1);
  g_assert_true (sample_mentions (file->warnings, "core level \"broken\""));
  seed_break ("kherve-json", "project.json", 3000);
}

/* A workbook out of one sheet's XML. */
static GBytes *
make_workbook (const char *sheet)
{
  static const char relations[] =
      "<Relationships><Relationship Id=\"a\" Target=\"worksheets/s.xml\"/></Relationships>";
  static const char names[] =
      "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>";
  ZipMaker zip = zip_maker_new ();

  zip_add (&zip, "xl/workbook.xml", names, strlen (names), TRUE);
  zip_add (&zip, "xl/_rels/workbook.xml.rels", relations, strlen (relations), TRUE);
  zip_add (&zip, "xl/worksheets/s.xml", sheet, strlen (sheet), TRUE);
  return zip_finish (&zip);
}

static void
refuse_sheet (const char *sheet, const char *const *words)
{
  g_autoptr (GBytes) bytes = make_workbook (sheet);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);

  g_assert_null (file);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (error->message, words[i]) == NULL)
      g_error ("\"%s\" is not in \"%s\"", words[i], error->message);
}

/* A row of cells: texts, numbers, "" for none. */
static void
add_row (GString *sheet, guint row, const char *const *cells, guint n)
{
  g_string_append_printf (sheet, "<row r=\"%u\">", row);
  for (guint k = 0; k < n; k++) {
    const gboolean number =
        g_ascii_isdigit (cells[k][0]) && strspn (cells[k], "0123456789.") == strlen (cells[k]);
    if (cells[k][0] != '\0')
      g_string_append_printf (sheet,
                              number ? "<c r=\"%c%u\"><v>%s</v></c>"
                                     : "<c r=\"%c%u\" t=\"inlineStr\"><is><t>%s</t></is></c>",
                              'A' + (int)k, row, cells[k]);
  }
  g_string_append (sheet, "</row>");
}

/* Rows of head[n_head][4] above n rows of an axis and three columns; row `gap` has no counts. */
static XpsFile *
read_table (const char *const (*head)[4], guint n_head, guint gap, guint n)
{
  g_autoptr (GString) sheet = g_string_new ("<worksheet><sheetData>");
  for (guint i = 0; i < n_head; i++)
    add_row (sheet, i + 1, head[i], 4);
  for (guint i = 0; i < n; i++) {
    char text[4][16];
    const char *cells[4];
    for (guint k = 0; k < 4; k++) {
      g_snprintf (text[k], sizeof text[k], "%u", k == 0 ? 300 - i : 100 * k + i * i % 11);
      cells[k] = i == gap && k > 0 ? "" : text[k];
    }
    add_row (sheet, n_head + 1 + i, cells, 4);
  }
  g_string_append (sheet, "</sheetData></worksheet>");
  g_autoptr (GBytes) bytes = make_workbook (sheet->str);
  g_autoptr (GError) error = NULL;
  XpsFile *file = xps_file_open_bytes (bytes, "sample", NULL, &error);
  g_assert_no_error (error);
  return file;
}

static void
check_step (const XpsFile *file, guint at, const char *name, const char *variable, double value,
            XpsIntensityUnit unit)
{
  const XpsSpectrum *s = sample_spectrum (file, at);
  const XpsVariable *v = g_ptr_array_index (xps_spectrum_get_acquisition (s)->variables, 0);
  g_assert_cmpstr (xps_spectrum_get_name (s), ==, name);
  g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (s), ==, unit);
  g_assert_cmpfloat (xps_spectrum_get_intensity (s)[1], ==, 100 * (at + 1) + 1);
  g_assert_cmpstr (v->label, ==, variable);
  g_assert_cmpfloat (v->value, ==, value);
}

/* Columns named after steps are a spectrum each, whether the head is merged cells, texts or numbers. */
static void
test_steps (void)
{
  static const char *const merged[][4] = {{"C 1s on Tuesday", "", "", ""},
                                          {"Binding Energy (eV)", "Counts", "", ""},
                                          {"", "1.00 V", "1.20 V", "1.40 V"}};
  static const char *const numbers[][4] = {{"", "1.5", "2.5", "4"}, {"BE", "cps", "cps", "cps"}};
  static const char *const orbitals[][4] = {{"BE", "Li 1s", "Li 2s", "Li 3s"}};
  g_autoptr (XpsFile) first = read_table (merged, 3, 99, 8);
  g_assert_cmpuint (first->spectra->len, ==, 3);
  check_step (first, 0, "S 1.00 V", "Potential", 1.0, XPS_INTENSITY_COUNTS);
  check_step (first, 2, "S 1.40 V", "Potential", 1.4, XPS_INTENSITY_COUNTS);
  g_autoptr (XpsFile) second = read_table (numbers, 2, 99, 8);
  g_assert_cmpuint (second->spectra->len, ==, 3);
  check_step (second, 1, "S 2.5", "Value", 2.5, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_autoptr (XpsFile) third = read_table (orbitals, 1, 99, 8);
  g_assert_cmpuint (third->spectra->len, ==, 1);
}

/* Behind a row without counts the labels are those above the gap. */
static void
test_gap (void)
{
  static const char *const head[][4] = {{"BE", "Counts", "Sigma", "Background"}};
  g_autoptr (XpsFile) file = read_table (head, 1, 30, 60);
  g_assert_cmpuint (file->spectra->len, ==, 2);
  g_assert_cmpuint (file->warnings->len, ==, 0);
  g_assert_cmpint (xps_spectrum_get_axis (sample_spectrum (file, 1)), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (sample_spectrum (file, 1)), ==, XPS_INTENSITY_COUNTS);
}

/* Ten rows of binding energies and of counts given as texts, of which each row has the next. */
static GBytes *
make_texts (const char *const *energies, const char *const *counts)
{
  GString *sheet = g_string_new ("<worksheet><sheetData>");
  static const char *const head[] = {"BE", "Counts"};

  add_row (sheet, 1, head, 2);
  for (guint i = 0; i < 10; i++) {
    char energy[8];
    g_snprintf (energy, sizeof energy, "%u", 300 - i);
    const char *const cells[] = {energies != NULL ? energies[i] : energy, counts[i]};
    add_row (sheet, 2 + i, cells, 2);
  }
  g_string_append (sheet, "</sheetData></worksheet>");
  g_autofree char *text = g_string_free (sheet, FALSE);
  return make_workbook (text);
}

/* Numbers that a spreadsheet keeps as texts are read where they can be one only, or the others tell. */
static void
test_texts (void)
{
  static const char *const energies[] = {"295,9", "295,8", "295,7", "295,6", "295,5",
                                         "295,4", "295,3", "295,2", "295,1", "295,0"};
  static const char *const german[] = {"1.234,5",
                                       "+1.234",
                                       "999,125",
                                       "1 000",
                                       "12\u00A0345,25",
                                       "0,5",
                                       "\u2212"
                                       "3,25",
                                       "2'000",
                                       "7",
                                       "1e3"};
  static const char *const english[] = {"1,234.5", "1,234",   "12,345,678", "4", "4.5",
                                        "9,999",   "100,000", "7",          "8", "9"};
  g_autoptr (GBytes) one = make_texts (energies, german), other = make_texts (NULL, english);
  g_autoptr (XpsFile) first = xps_file_open_bytes (one, "sample", NULL, NULL);
  g_autoptr (XpsFile) second = xps_file_open_bytes (other, "sample", NULL, NULL);

  seed_assert_values (sample_spectrum (first, 0),
                      (double[]){295.9, 295.8, 295.7, 295.6, 295.5, 295.4, 295.3, 295.2, 295.1, 295},
                      (double[]){1234.5, 1234, 999.125, 1000, 12345.25, 0.5, -3.25, 2000, 7, 1000}, 10);
  g_assert_true (sample_mentions (first->notes, "18 texts read as numbers with a decimal comma (the first: "
                                                "sheet \"S\" cell A2: \"295,9\")"));
  g_assert_cmpuint (first->warnings->len, ==, 0);
  seed_assert_values (sample_spectrum (second, 0),
                      (double[]){300, 299, 298, 297, 296, 295, 294, 293, 292, 291},
                      (double[]){1234.5, 1234, 12345678, 4, 4.5, 9999, 100000, 7, 8, 9}, 10);
  g_assert_true (sample_mentions (second->notes, "5 texts read as numbers with a decimal point"));
}

/* Where nothing tells, or a text is no number, the cell is named and nothing made up. */
static void
test_texts_open (void)
{
  static const char *const open[] = {"1,234", "1,235", "1,236", "2,237", "3,238",
                                     "4,239", "5,240", "6,241", "7,242", "8,243"};
  static const char *const stray[] = {"1", "5", "2", "4", "3", "n/a", "7", "8", "9", "1"};
  g_autoptr (GBytes) one = make_texts (NULL, open), other = make_texts (NULL, stray);
  g_autoptr (GError) error = NULL;

  g_assert_null (xps_file_open_bytes (one, "sample", NULL, &error));
  g_assert_nonnull (strstr (error->message,
                            "no sheet with two columns of numbers under one another (sheet \"S\" "
                            "cell B2: the text \"1,234\" is two numbers"));
  g_autoptr (XpsFile) file = xps_file_open_bytes (other, "sample", NULL, NULL);
  g_assert_cmpuint (xps_spectrum_get_n (sample_spectrum (file, 0)), ==, 5);
  g_assert_true (
      sample_mentions (file->warnings, "sheet \"S\" cell B7: the text \"n/a\" stands amid numbers"));
}

/* Whatever stands in the cells, numbers come out as one of the two readings or not at all. */
static void
test_texts_random (void)
{
  static const char letters[] = "0123456789.,.,' -+e\xC2\xA0n/";
  g_autoptr (GRand) random = g_rand_new_with_seed (55);

  for (guint i = 0; i < 2000; i++) {
    char texts[10][16] = {0};
    const char *counts[10];
    for (guint k = 0; k < 10; k++) {
      const gint32 n = g_rand_int_range (random, 1, 12);
      for (gint32 at = 0; at < n; at++)
        texts[k][at] = letters[g_rand_int_range (random, 0, (gint32)sizeof letters - 1)];
      g_autofree char *valid = g_utf8_make_valid (texts[k], -1);
      g_strlcpy (texts[k], g_str_is_ascii (valid) ? valid : "1,5", sizeof texts[k]);
      counts[k] = texts[k];
    }
    g_autoptr (GBytes) bytes = make_texts (NULL, counts);
    g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, NULL);
    for (guint k = 0; file != NULL && k < file->spectra->len; k++)
      g_assert_cmpuint (xps_spectrum_get_n (g_ptr_array_index (file->spectra, k)), >=, 5);
  }
}

/* No entities, no document types, no deep nesting; a sheet that claims the last cell of all costs nothing. */
static void
test_hostile_xml (void)
{
  const char *words_type[] = {"xl/worksheets/s.xml", "document type", NULL};
  const char *words_broken[] = {"xl/worksheets/s.xml line 1", "XML is broken", NULL};
  const char *words_empty[] = {"no sheet with two columns", NULL};

  refuse_sheet ("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b \"&a;&a;\">]><worksheet/>",
                words_type);
  refuse_sheet ("<worksheet><sheetData><row>", words_broken);
  refuse_sheet ("<worksheet><sheetData><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>"
                "</worksheet>",
                words_empty);
  refuse_sheet ("<worksheet><c r=\"ZZZZZZZ99999999999\"><v>1</v></c><c t=\"s\"><v>4000000000</v></c>"
                "<c><v>1e999</v></c></worksheet>",
                words_empty);
  g_autoptr (GString) deep = g_string_new (NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<c>");
  refuse_sheet (deep->str, words_broken);
}

/* The same sheet in the old format; its table of texts breaks amid the first text. */
static void
test_old (void)
{
  g_autoptr (XpsFile) file = seed_read ("xls", "avantage.xls");
  const XpsSpectrum *carbon = sample_spectrum (file, 0);
  g_autofree char *path = seed_dup_path ("xls", "other.xls");
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (file->format, ==, "xls");
  g_assert_cmpstr (xps_spectrum_get_name (carbon), ==, "C1s Scan");
  g_assert_cmpstr (xps_spectrum_get_sample (carbon), ==, "CC-A");
  seed_assert_values (carbon, (double[]){298.08, 297.955, 297.83, 297.705, 297.58},
                      (double[]){100.5, 101.5, 102.5, 103.5, 104.5}, 5);
  sample_assert_values (seed_column (carbon, 0, XPS_COLUMN_COMPONENT, "C1s C-C")->values,
                        (double[]){0, 51, 52, 53, 54}, 5);
  seed_column (carbon, 2, XPS_COLUMN_ENVELOPE, "Envelope");
  g_autoptr (XpsFile) older = xps_file_open (path, NULL, &error);
  g_assert_null (older);
  g_assert_nonnull (strstr (error->message, "Excel 97 or later expected"));
  seed_break ("xls", "avantage.xls", 5000);
}

static void
test_broken (void)
{
  seed_break ("xlsx", "avantage.xlsx", 2000);
  seed_break ("xlsx", "columns.xlsx", 2000);
  seed_break ("xlsx", "kherve.xlsx", 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workbook/avantage", test_avantage);
  g_test_add_func ("/workbook/columns", test_columns);
  g_test_add_func ("/workbook/options", test_options);
  g_test_add_func ("/workbook/steps", test_steps);
  g_test_add_func ("/workbook/gap", test_gap);
  g_test_add_func ("/workbook/texts", test_texts);
  g_test_add_func ("/workbook/texts-open", test_texts_open);
  g_test_add_func ("/workbook/texts-random", test_texts_random);
  g_test_add_func ("/workbook/kherve", test_kherve);
  g_test_add_func ("/workbook/kherve-json", test_kherve_json);
  g_test_add_func ("/workbook/hostile-xml", test_hostile_xml);
  g_test_add_func ("/workbook/old", test_old);
  g_test_add_func ("/workbook/broken", test_broken);
  return g_test_run ();
}
