/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>

#include "hostile.h"
#include "sample.h"

static const char text[] =
    "[Info]\r\nNumber of Regions=0002\r\nVersion=1.3.1\r\n\r\n[Region 1]\r\nRegion Name=Au4f\r\n"
    "Dimension 1 name=Binding Energy [eV]\r\nDimension 1 size=2\r\nDimension 1 scale=90 89.5\r\n"
    "Dimension 2 name=Y-Scale [mm]\r\nDimension 2 size=2\r\nDimension 2 scale=-1.5 1.5\r\n"
    "Dimension 3 name=Seq. Iteration[a.u.]\r\nDimension 3 size=2\r\nDimension 3 scale=1 2\r\n\r\n"
    "[Info 1]\r\nRegion Name=Au4f\r\nLens Mode=Transmission\r\nPass Energy=50\r\nNumber of Sweeps=3\r\n"
    "Excitation Energy=1486.6\r\nAcquisition Mode=Swept\r\nSample=foil\r\nUser=AN\r\nDate=2025-01-24\r\n"
    "Time=14:12:53\r\nTime per Spectrum Channel=7.5\r\n[Run Mode Information 1]\r\nName=Add Dimension\r\n\r\n"
    "[Data 1:1]\r\n 9.0E+0001  1  2\r\n 8.95E+0001  3  4\r\n\r\n"
    "[Data 1:2]\r\n 9.0E+0001  5  6\r\n 8.95E+0001  7  8\r\n\r\n"
    "[Region 2]\r\nRegion Name=C1s\r\nDimension 1 name=Kinetic Energy [eV]\r\nDimension 1 size=3\r\n"
    "[Info 2]\r\nPass Energy=20\r\n\r\n[Data 2]\r\n1 4\r\n2 5\r\n3 6\r\n";

static XpsFile *
read_sample (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, sizeof text - 1);
  g_autoptr (GError) error = NULL;
  XpsFile *file = xps_file_open_bytes (bytes, "sample", NULL, &error);

  g_assert_no_error (error);
  return file;
}

static void
assert_intensity (const XpsSpectrum *s, double first, double second)
{
  g_assert_cmpfloat (xps_spectrum_get_intensity (s)[0], ==, first);
  g_assert_cmpfloat (xps_spectrum_get_intensity (s)[1], ==, second);
}

static void
assert_variable (const XpsSpectrum *s, guint i, const char *label, const char *unit, double value)
{
  const XpsVariable *v = g_ptr_array_index (xps_spectrum_get_acquisition (s)->variables, i);

  g_assert_cmpstr (v->label, ==, label);
  g_assert_cmpstr (v->unit, ==, unit);
  g_assert_cmpfloat (v->value, ==, value);
}

/* Both sums first, then the two steps of the series, then its four slices. */
static void
test_read (void)
{
  g_autoptr (XpsFile) file = read_sample ();

  g_assert_cmpstr (file->format, ==, "scienta-txt");
  g_assert_cmpuint (file->warnings->len, ==, 0);
  g_assert_cmpuint (file->spectra->len, ==, 2 + 2 + 4);
  const XpsSpectrum *sum = sample_spectrum (file, 0), *step = sample_spectrum (file, 3);
  const XpsSpectrum *slice = sample_spectrum (file, 5);
  assert_intensity (sum, 14, 22);
  assert_intensity (sample_spectrum (file, 1), 4, 5);
  assert_intensity (step, 11, 15);
  assert_intensity (slice, 2, 4);
  g_assert_cmpuint (xps_spectrum_get_acquisition (sum)->variables->len, ==, 0);
  g_assert_cmpuint (xps_spectrum_get_acquisition (step)->variables->len, ==, 1);
  assert_variable (step, 0, "Seq. Iteration", "a.u.", 2);
  assert_variable (slice, 0, "Y-Scale", "mm", 1.5);
  assert_variable (slice, 1, "Seq. Iteration", "a.u.", 1);
  g_assert_cmpint (xps_spectrum_get_axis (sum), ==, XPS_AXIS_BINDING);
  g_assert_cmpint (xps_spectrum_get_axis (sample_spectrum (file, 1)), ==, XPS_AXIS_KINETIC);
  const XpsAcquisition *record = xps_spectrum_get_acquisition (sum);
  g_assert_cmpstr (xps_spectrum_get_sample (sum), ==, "foil");
  g_assert_cmpstr (record->date, ==, "2025-01-24T14:12:53");
  g_assert_cmpstr (record->operator_, ==, "AN");
  g_assert_cmpfloat (record->live_time, ==, 7.5);
  g_assert_cmpfloat (record->scans, ==, 3);
  g_assert_cmpstr (xps_acquisition_find_key (record, "Run Mode Information: Name"), ==, "Add Dimension");
}

static void
refuse (const char *from, const char *to, const char *message)
{
  const char *at = strstr (text, from);
  g_autoptr (GString) changed = g_string_new_len (text, at - text);
  const char *words[] = {message, NULL};

  g_string_append (changed, to);
  g_string_append (changed, at + strlen (from));
  sample_refuse (changed->str, words);
}

static void
test_refused (void)
{
  refuse ("3  4\r\n", "3\r\n", "line 34: an energy and 2 intensities expected, found");
  refuse ("3  4\r\n", "3  x\r\n", "line 34: a number expected, found \"x\"");
  refuse (" 8.95E+0001  3  4\r\n", "", "the last step has fewer or more rows than the first");
  refuse ("[Region 2]", "[Region 1]", "a region with a new number expected");
  refuse ("[Data 2]", "[Data 3]", "a section [Region] of that number");
}

static void
test_hostile (void)
{
  hostile_text (text);
}

static void
check_text (JsonObject *region, const char *field, const char *ours)
{
  if (json_object_has_member (region, field))
    g_assert_cmpstr (ours, ==, json_object_get_string_member (region, field));
}

static void
check_number (JsonObject *region, const char *field, const char *ours)
{
  if (json_object_has_member (region, field))
    g_assert_cmpfloat (g_ascii_strtod (ours, NULL), ==, json_object_get_double_member (region, field));
}

/* The middle slice, which comes `first` spectra behind the sums; a single slice is the sum itself. */
static void
check_middle (JsonObject *region, const XpsFile *file, guint first)
{
  if (!json_object_has_member (region, "slice_mid_first3"))
    return;
  JsonArray *theirs = json_object_get_array_member (region, "slice_mid_first3");
  const guint n_slices = (guint)json_object_get_int_member (region, "n_slices");
  const XpsSpectrum *middle = sample_spectrum (file, first + n_slices / 2);

  for (guint i = 0; i < json_array_get_length (theirs); i++)
    g_assert_cmpfloat_with_epsilon (xps_spectrum_get_intensity (middle)[i],
                                    json_array_get_double_element (theirs, i),
                                    1e-5 * json_array_get_double_element (theirs, i));
}

static void
check_file (JsonObject *expected)
{
  g_autofree char *relative =
      g_build_filename ("corpus/files", json_object_get_string_member (expected, "file"), NULL);
  g_autofree char *path = test_shared_path (relative);
  g_autoptr (XpsFile) file = xps_file_open (path, NULL, NULL);
  JsonArray *regions = json_object_get_array_member (expected, "regions");
  guint first = json_array_get_length (regions);

  g_assert_nonnull (file);
  for (guint i = 0; i < json_array_get_length (regions); i++) {
    JsonObject *region = json_array_get_object_element (regions, i);
    const XpsAcquisition *record = xps_spectrum_get_acquisition (sample_spectrum (file, i));
    check_text (region, "lens", xps_acquisition_find_key (record, "Lens Mode"));
    check_text (region, "mode", record->analyser_mode);
    check_text (region, "instrument", record->instrument);
    check_text (region, "energy_scale", xps_acquisition_find_key (record, "Energy Scale"));
    check_number (region, "step_time", xps_acquisition_find_key (record, "Step Time"));
    check_number (region, "energy_step", xps_acquisition_find_key (record, "Energy Step"));
    check_middle (region, file, first);
    if (json_object_has_member (region, "n_slices") && json_object_get_int_member (region, "n_slices") > 1)
      first += (guint)json_object_get_int_member (region, "n_slices");
  }
}

static void
test_corpus (void)
{
  g_autofree char *folder = test_shared_path ("corpus/expected");
  const char *name = NULL;

  if (folder == NULL)
    return;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (!g_str_has_prefix (name, "scienta-txt__"))
      continue;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (JsonParser) parser = json_parser_new ();
    g_assert_true (json_parser_load_from_file (parser, path, NULL));
    check_file (json_node_get_object (json_parser_get_root (parser)));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scienta/read", test_read);
  g_test_add_func ("/scienta/refused", test_refused);
  g_test_add_func ("/scienta/hostile", test_hostile);
  g_test_add_func ("/scienta/corpus", test_corpus);
  return g_test_run ();
}
