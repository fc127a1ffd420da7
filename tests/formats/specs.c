/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>

#include "formats/sums.h"
#include "hostile.h"
#include "sample.h"

static const char text[] =
    "# Created by:        SpecsLab Prodigy, Version 4.1\n#\n# XY-Serializer Export Settings:\n"
    "#   Energy Axis:              Binding Energy\n#   Count Rate:               Counts per Second\n#\n"
    "# Group:                        foil\n#\n# Region:                       C1s\n"
    "# Acquisition Date:             06/01/22 10:11:06 UTC\n# Analysis Method:              XPS\n"
    "# Scan Mode:                    FixedAnalyzerTransmission\n# Values/Curve:                 3\n"
    "# Dwell Time:                   0.1\n# Excitation Energy:            1486.61\n"
    "# Pass Energy:                  20\n# Comment:                      first\n"
    "#                               second: line\n# Parameter: \"ADC channel\" = true\n\n"
    "# Cycle: 0\n#\n# Parameter: \"x [mm]\" = 0.4\n# Number of Scans: 2\n\n"
    "# Cycle: 0, Curve: 0, Scan: 0\n#\n# ColumnLabels:                 energy counts/s transmission\n#\n"
    "290  1.5  7\n289  2.5  8\n288  3.5  9\n\n"
    "# Cycle: 0, Curve: 0, Scan: 1\n#\n# ColumnLabels:                 energy counts/s transmission\n#\n"
    "290  4  7\n289  5  8\n288  6  9\n\n"
    "# External Channel Data Cycle: 0, Temp [K] (T1)\n#\n# ColumnLabels: energy Temp [K] (T1)\n#\n"
    "290 300.5\n289 301\n288 302\n\n"
    "# Operation:                    C1s\n# Parameter: \"Area\" = 3\n# Curve:                        0\n#\n"
    "290 1\n289 2\n\n"
    "# Region:                       Align\n# Scan Mode:                    FixedEnergies\n\n# Cycle: 0\n\n"
    "# Cycle: 0, Curve: 0\n# ColumnLabels:                 index counts\n0  5\n1  6\n";

static void
test_read (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (file->format, ==, "specs-xy");
  g_assert_cmpuint (file->spectra->len, ==, 3);
  const XpsSpectrum *second = sample_spectrum (file, 1), *align = sample_spectrum (file, 2);
  const XpsAcquisition *record = xps_spectrum_get_acquisition (second);
  g_assert_cmpstr (xps_spectrum_get_name (second), ==, "C1s");
  g_assert_cmpstr (xps_spectrum_get_group (second), ==, "foil");
  g_assert_cmpint (xps_spectrum_get_axis (second), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_unit (second), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpfloat (xps_spectrum_get_intensity (second)[2], ==, 6);
  g_assert_cmpfloat (record->scans, ==, 1);
  g_assert_cmpstr (record->date, ==, "2022-06-01T10:11:06Z");
  g_assert_cmpstr (record->comment, ==, "first\nsecond: line");
  g_assert_cmpstr (xps_acquisition_find_key (record, "ADC channel"), ==, "true");
  g_assert_cmpuint (record->variables->len, ==, 2);
  const XpsVariable *x = g_ptr_array_index (record->variables, 0);
  g_assert_cmpstr (x->label, ==, "x");
  g_assert_cmpstr (x->unit, ==, "mm");
  g_assert_cmpfloat (x->value, ==, 0.4);
  const GPtrArray *columns = xps_spectrum_get_columns (second);
  g_assert_cmpuint (columns->len, ==, 2);
  const XpsColumn *transmission = xps_spectrum_find_column (second, XPS_COLUMN_TRANSMISSION);
  g_assert_cmpfloat (transmission->values[1], ==, 8);
  const XpsColumn *external = g_ptr_array_index (columns, 1);
  g_assert_cmpstr (external->label, ==, "Temp [K] (T1)");
  g_assert_cmpstr (external->unit, ==, "K");
  g_assert_cmpfloat (external->values[0], ==, 300.5);
  g_assert_cmpint (xps_spectrum_get_axis (align), ==, XPS_AXIS_OTHER);
  g_assert_cmpint (xps_spectrum_get_unit (align), ==, XPS_INTENSITY_COUNTS);
}

static void
refuse (const char *from, const char *to, const char *message)
{
  const char *at = strstr (text, from);
  g_autoptr (GString) changed = g_string_new_len (text, at - text);

  g_string_append (changed, to);
  g_string_append (changed, at + strlen (from));
  g_autoptr (GBytes) bytes = g_bytes_new (changed->str, changed->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);
  g_assert_null (file);
  g_assert_nonnull (strstr (error->message, message));
}

/* Scans of one region make a mean rate behind them; the region that stands alone does not. */
static void
test_sums (void)
{
  g_autoptr (XpsFile) file = sample_read (text);
  static const double mean[3] = {2.75, 3.75, 4.75};

  g_assert_cmpuint (xps_file_add_sums (file), ==, 1);
  g_assert_cmpuint (file->spectra->len, ==, 4);
  const XpsSpectrum *sum = sample_spectrum (file, 3);
  const XpsAcquisition *record = xps_spectrum_get_acquisition (sum);
  sample_assert_values (xps_spectrum_get_intensity (sum), mean, 3);
  g_assert_cmpstr (xps_spectrum_get_name (sum), ==, "C1s");
  g_assert_cmpfloat (record->scans, ==, 2);
  g_assert_cmpuint (record->variables->len, ==, 0);
  g_assert_cmpstr (xps_acquisition_find_key (record, "Sum of spectra"), ==, "2");
}

static void
test_refused (void)
{
  refuse ("289  2.5  8", "289  2.5", "line 31: 3 numbers expected, found \"289  2.5\": ");
  refuse ("289  2.5  8", "289  x  8", "line 31: a row of numbers expected, found \"289  x  8\": ");
  refuse ("# Cycle: 0, Curve: 0, Scan: 0", "# ", "a header with");
}

static void
test_hostile (void)
{
  hostile_text (text);
}

/* What the corpus tells beyond the fields that all formats share. */
static void
check_details (JsonObject *region, const XpsSpectrum *s)
{
  const XpsAcquisition *record = xps_spectrum_get_acquisition (s);
  JsonObject *keys = json_object_get_object_member (region, "keys");
  g_autoptr (GList) names = json_object_get_members (keys);

  for (GList *at = names; at != NULL; at = at->next) {
    g_autofree char *value =
        g_strdup_printf ("%d", (int)json_object_get_int_member (keys, (const char *)at->data));
    g_assert_cmpstr (xps_acquisition_find_key (record, at->data), ==, value);
  }
  g_assert_cmpstr (record->analyser_mode, ==, json_object_get_string_member (region, "scan_mode"));
  if (!json_object_has_member (region, "third_column_first"))
    return;
  const XpsColumn *third = g_ptr_array_index (xps_spectrum_get_columns (s), 0);
  JsonArray *columns = json_object_get_array_member (region, "columns");
  g_assert_cmpstr (third->label, ==, json_array_get_string_element (columns, 2));
  g_assert_cmpfloat (third->values[0], ==, json_object_get_double_member (region, "third_column_first"));
}

static void
test_corpus (void)
{
  g_autofree char *folder = test_shared_path ("corpus/expected");
  guint n = 0;
  const char *name = NULL;

  if (folder == NULL)
    return;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (!g_str_has_prefix (name, "specs-xy__"))
      continue;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (JsonParser) parser = json_parser_new ();
    g_assert_true (json_parser_load_from_file (parser, path, NULL));
    JsonObject *expected = json_node_get_object (json_parser_get_root (parser));
    g_autofree char *relative =
        g_build_filename ("corpus/files", json_object_get_string_member (expected, "file"), NULL);
    g_autofree char *data = test_shared_path (relative);
    g_autoptr (XpsFile) file = xps_file_open (data, NULL, NULL);
    JsonArray *regions = json_object_get_array_member (expected, "regions");
    g_assert_nonnull (file);
    for (guint i = 0; i < json_array_get_length (regions); i++, n++)
      check_details (json_array_get_object_element (regions, i), sample_spectrum (file, i));
  }
  g_test_message ("%u data sets agree in keys, mode and third column", n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/specs/read", test_read);
  g_test_add_func ("/specs/sums", test_sums);
  g_test_add_func ("/specs/refused", test_refused);
  g_test_add_func ("/specs/hostile", test_hostile);
  g_test_add_func ("/specs/corpus", test_corpus);
  return g_test_run ();
}
