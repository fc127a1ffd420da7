/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>

#include "known.h"
#include "sample.h"
#include "spectrum/energy.h"

/* Measured files of other laboratories against an independent reading of them. Tolerances are the corpus's
 * own: energies within 1e-4 eV or 1e-6 relative, intensities within 1e-5 relative (CasaXPS writes six
 * digits). */

typedef struct {
  GString *fields, *details;
} Differences;

static void differ (Differences *self, const char *region, const char *field, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

static void
differ (Differences *self, const char *region, const char *field, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *word = g_strdup_printf ("%s ", field);
  if (strstr (self->fields->str, word) == NULL)
    g_string_append (self->fields, word);
  g_string_append_printf (self->details, "\n    region \"%s\": %s: %s", region, field, text);
}

static double
get_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_double (node) : (double)NAN;
}

static void
compare_number (Differences *d, JsonObject *region, const char *field, double ours, double absolute,
                double relative)
{
  const double theirs = get_number (region, field);

  /* The other reading of text files knows columns only; of VAMAS files it leaves out what is not given. */
  const gboolean is_text = !json_object_has_member (region, "technique");
  if (isnan (theirs) && (isnan (ours) || is_text))
    return;
  if (!(fabs (ours - theirs) <= fmax (absolute, relative * fabs (theirs))))
    differ (d, json_object_get_string_member (region, "name"),
            g_str_has_prefix (field, "intensity_") ? field + 10 : field, "%.17g, expected %.17g", ours,
            theirs);
}

static void
compare_text (Differences *d, JsonObject *region, const char *field, const char *ours)
{
  const char *name = json_object_get_string_member (region, "name");

  if (!json_object_has_member (region, field))
    return;
  /* MultiPak leaves a C string's end behind its labels, which the other reading keeps. */
  g_autofree char *theirs = g_strstrip (g_strdup (json_object_get_string_member (region, field)));
  if (g_strcmp0 (theirs, ours) != 0)
    differ (d, name, field, "\"%s\", expected \"%s\"", ours, theirs);
}

static void
compare_three (Differences *d, JsonObject *region, const char *field, const double *ours, gsize n)
{
  JsonArray *theirs = json_object_get_array_member (region, field);
  const char *name = json_object_get_string_member (region, "name");

  if (json_array_get_length (theirs) != n)
    differ (d, name, field + 10, "%zu values", (size_t)n);
  for (guint i = 0; i < json_array_get_length (theirs) && i < n; i++) {
    const double value = json_array_get_double_element (theirs, i);
    if (!(fabs (ours[i] - value) <= 1e-5 * fabs (value)))
      differ (d, name, field + 10, "%.17g, expected %.17g", ours[i], value);
  }
}

static void
compare_axis (Differences *d, JsonObject *region, const XpsSpectrum *s)
{
  static const char *const names[] = {"BE", "KE", "hv", "other"};
  const char *name = json_object_get_string_member (region, "name");
  const char *axis = json_object_get_string_member (region, "axis");
  const double *energy = xps_spectrum_get_energy (s);
  const gsize n = xps_spectrum_get_n (s);
  double step = (double)NAN;
  const gboolean uniform = xps_energy_get_step (s, &step);

  compare_number (d, region, "n", (double)n, 0, 0);
  compare_number (d, region, "first", energy[0], 1e-4, 1e-6);
  compare_number (d, region, "last", energy[n - 1], 1e-4, 1e-6);
  if (uniform)
    compare_number (d, region, "step", step, 1e-4, 1e-6);
  if (json_object_has_member (region, "uniform") &&
      json_object_get_boolean_member (region, "uniform") != uniform)
    differ (d, name, "uniform", "%d", uniform);
  /* Other words ("see headers", the label of a map's values) are no statement about the axis. */
  if (strcmp (axis, "binding") == 0 || strcmp (axis, "kinetic") == 0)
    axis = axis[0] == 'b' ? "BE" : "KE";
  const gboolean stated = strcmp (axis, "BE") == 0 || strcmp (axis, "KE") == 0;
  if (stated && strcmp (axis, names[xps_spectrum_get_axis (s)]) != 0)
    differ (d, name, "axis", "%s, expected %s", names[xps_spectrum_get_axis (s)], axis);
}

static void
compare_intensity (Differences *d, JsonObject *region, const XpsSpectrum *s)
{
  const double *intensity = xps_spectrum_get_intensity (s);
  const gsize n = xps_spectrum_get_n (s), few = MIN (n, 3);
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += intensity[i];
  compare_number (d, region, "intensity_sum", sum, 0, 1e-5);
  compare_three (d, region, "intensity_first3", intensity, few);
  compare_three (d, region, "intensity_last3", intensity + n - few, few);
}

/* What only the other reading of PHI's and Avantage's files says. */
static void
compare_cycle (Differences *d, JsonObject *region, const XpsAcquisition *a)
{
  static const struct {
    const char *field, *label;
  } variables[] = {{"sputter_time_s", "Sputter time"}, {"cycle", "Cycle"}};

  if (json_object_has_member (region, "time_per_point_total"))
    compare_number (d, region, "time_per_point_total", xps_acquisition_get_live_time (a), 0, 1e-12);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++) {
    if (!json_object_has_member (region, variables[i].field))
      continue;
    double value = (double)NAN;
    for (guint k = 0; k < a->variables->len; k++) {
      const XpsVariable *v = g_ptr_array_index (a->variables, k);
      value = strcmp (v->label, variables[i].label) == 0 ? v->value : value;
    }
    compare_number (d, region, variables[i].field, value, 0, 1e-12);
  }
  if (json_object_has_member (region, "acquisition_start"))
    compare_text (d, region, "acquisition_start", a->date);
}

static void
compare_record (Differences *d, JsonObject *region, const XpsAcquisition *a)
{
  JsonArray *variables = NULL;
  const char *name = json_object_get_string_member (region, "name");

  /* The other reading of HDF5 files keeps ten digits. */
  const gboolean is_hdf5 =
      json_object_has_member (region, "signal_path") || json_object_has_member (region, "group_path");
  /* Avantage keeps floats of 24 bits; ours are the shortest decimals that they can mean. */
  const gboolean is_single = json_object_has_member (region, "acquisition_start");
  const double relative = is_single ? 1e-7 : is_hdf5 ? 1e-9 : 1e-12;
  compare_number (d, region, "photon_energy", a->photon_energy, 0, relative);
  compare_number (d, region, "pass_energy", a->pass_energy, 0, relative);
  compare_number (d, region, "work_function", a->work_function, 0, relative);
  compare_number (d, region, "dwell", a->dwell, 0, is_single ? 1e-7 : 1e-12);
  compare_cycle (d, region, a);
  compare_number (d, region, "scans", a->scans, 0, 1e-12);
  compare_text (d, region, "technique", a->technique);
  compare_text (d, region, "species", a->species);
  compare_text (d, region, "transition", a->transition);
  compare_text (d, region, "source", a->source);
  /* Only the other reading of VAMAS files lists variables. */
  if (!json_object_has_member (region, "technique"))
    return;
  if (json_object_has_member (region, "exp_variables"))
    variables = json_object_get_array_member (region, "exp_variables");
  if ((variables != NULL ? json_array_get_length (variables) : 0) != a->variables->len)
    differ (d, name, "exp_variables", "%u", a->variables->len);
  for (guint i = 0; variables != NULL && i < MIN (json_array_get_length (variables), a->variables->len);
       i++) {
    JsonArray *triple = json_array_get_array_element (variables, i);
    const XpsVariable *v = g_ptr_array_index (a->variables, i);
    const char *ours[] = {v->label, v->unit, v->text};
    for (guint k = 0; k < 3; k++)
      if (strcmp (ours[k], json_array_get_string_element (triple, k)) != 0)
        differ (d, name, "exp_variables", "\"%s\"", ours[k]);
  }
}

static void
compare_stored_component (Differences *d, const char *name, JsonObject *theirs,
                          const XpsStoredComponent *ours)
{
  const struct {
    const char *field;
    double value;
  } numbers[] = {
      {"area", ours->area.value},
      {"area_lo", ours->area.low},
      {"area_hi", ours->area.high},
      {"area_link", ours->area.link},
      {"area_factor", ours->area.factor},
      {"fwhm", ours->fwhm.value},
      {"fwhm_link", ours->fwhm.link},
      {"fwhm_factor", ours->fwhm.factor},
      {"position_ke", ours->position.value},
      {"position_lo", ours->position.low},
      {"position_hi", ours->position.high},
      {"position_link", ours->position.link},
      {"position_offset", ours->position.factor},
      {"rsf", ours->sensitivity},
      {"mass", ours->mass},
      {"index", ours->index},
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!(fabs (get_number (theirs, numbers[i].field) - numbers[i].value) <= 1e-12 * fabs (numbers[i].value)))
      differ (d, name, "casa component", "%s %.17g", numbers[i].field, numbers[i].value);
  if (strcmp (json_object_get_string_member (theirs, "lineshape"), ours->shape) != 0)
    differ (d, name, "casa component", "shape \"%s\"", ours->shape);
  if (strcmp (json_object_get_string_member (theirs, "name"), ours->name) != 0)
    differ (d, name, "casa component", "name \"%s\"", ours->name);
}

static void
compare_stored_region (Differences *d, const char *name, JsonObject *theirs, const XpsStoredRegion *ours)
{
  if (get_number (theirs, "ke_start") != ours->start || get_number (theirs, "ke_end") != ours->end ||
      get_number (theirs, "av_width") != ours->average_width ||
      get_number (theirs, "rsf") != ours->sensitivity)
    differ (d, name, "casa region", "%.17g to %.17g", ours->start, ours->end);
  if (strcmp (json_object_get_string_member (theirs, "background"), ours->background) != 0)
    differ (d, name, "casa region", "background \"%s\"", ours->background);
}

static void
compare_stored_fit (Differences *d, JsonObject *region, const XpsStoredFit *fit)
{
  const char *name = json_object_get_string_member (region, "name");

  if (!json_object_has_member (region, "casa")) {
    if (fit != NULL && fit->regions->len + fit->components->len > 0)
      differ (d, name, "casa", "records where there are none");
    return;
  }
  JsonObject *casa = json_object_get_object_member (region, "casa");
  JsonArray *regions = json_object_get_array_member (casa, "regions");
  JsonArray *components = json_object_get_array_member (casa, "components");
  if (fit == NULL || json_array_get_length (regions) != fit->regions->len ||
      json_array_get_length (components) != fit->components->len ||
      json_array_get_length (json_object_get_array_member (casa, "calib")) != fit->calibrations->len) {
    differ (d, name, "casa", "other numbers of records");
    return;
  }
  for (guint i = 0; i < fit->regions->len; i++)
    compare_stored_region (d, name, json_array_get_object_element (regions, i),
                           g_ptr_array_index (fit->regions, i));
  for (guint i = 0; i < fit->components->len; i++)
    compare_stored_component (d, name, json_array_get_object_element (components, i),
                              g_ptr_array_index (fit->components, i));
  if (json_object_has_member (casa, "calib_shift_sum") &&
      fabs (get_number (casa, "calib_shift_sum") - xps_stored_fit_get_shift (fit)) > 1e-9)
    differ (d, name, "casa", "shift %.17g", xps_stored_fit_get_shift (fit));
}

/* Slices of images come behind the sums, which are all that the other reading counts. */
static guint
count_whole (const XpsFile *file)
{
  static const char *const slices[] = {"Y-Scale",   "Seq. Iteration", "Region Iteration",
                                       "col_units", "y_scale",        "slice",
                                       "angle",     "Cycle",          "Scan",
                                       NULL};
  static const char *const with_images[] = {"nexus", "pearl", "specs-xml", "specs-sle", NULL};
  guint n = 0;

  if (g_str_has_prefix (file->format, "scienta") || g_str_has_prefix (file->format, "igor") ||
      g_strv_contains (with_images, file->format)) {
    for (guint i = 0; i < file->spectra->len; i++) {
      const GPtrArray *variables =
          xps_spectrum_get_acquisition (g_ptr_array_index (file->spectra, i))->variables;
      const XpsVariable *first = variables->len > 0 ? g_ptr_array_index (variables, 0) : NULL;
      n += first == NULL || !g_strv_contains (slices, first->label);
    }
    return n;
  }
  return file->spectra->len;
}

/* Exports of CasaXPS say what their blocks are called, where the other reading has the name of the file. */
static gboolean
is_named_after_file (JsonObject *region, const XpsFile *file)
{
  g_autofree char *base = g_path_get_basename (file->path);
  return strcmp (file->format, "casaxps-txt") == 0 && file->spectra->len == 1 &&
         strcmp (json_object_get_string_member (region, "name"), base) == 0;
}

static void
compare_file (Differences *d, JsonObject *expected, const XpsFile *file)
{
  JsonArray *regions = json_object_get_array_member (expected, "regions");

  const guint n_whole = count_whole (file);
  if (json_array_get_length (regions) != n_whole)
    differ (d, "", "n_regions", "%u", n_whole);
  for (guint i = 0; i < MIN (json_array_get_length (regions), file->spectra->len); i++) {
    JsonObject *region = json_array_get_object_element (regions, i);
    const XpsSpectrum *s = g_ptr_array_index (file->spectra, i);
    if (!is_named_after_file (region, file))
      compare_text (d, region, "name", xps_spectrum_get_name (s));
    if (json_object_has_member (region, "note") && !json_object_has_member (region, "intensity_first3"))
      continue; /* the other reading has no numbers of three-dimensional data */
    compare_text (d, region, "sample", xps_spectrum_get_sample (s));
    compare_text (d, region, "group", xps_spectrum_get_group (s));
    compare_axis (d, region, s);
    compare_intensity (d, region, s);
    compare_record (d, region, xps_spectrum_get_acquisition (s));
    compare_stored_fit (d, region, xps_spectrum_get_stored_fit (s));
  }
}

static const char *
known_fields (const char *file)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (strcmp (known[i].file, file) == 0)
      return known[i].fields;
  return "";
}

typedef struct {
  guint agree, differ_for_a_reason, refused, wrong;
} Counts;

static void
check_file (JsonObject *expected, Counts *counts)
{
  const char *name = json_object_get_string_member (expected, "file");
  g_autofree char *relative = g_build_filename ("corpus/files", name, NULL);
  g_autofree char *path = test_shared_path (relative);
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) fields = g_string_new (NULL);
  g_autoptr (GString) details = g_string_new (NULL);
  Differences d = {fields, details};
  g_autoptr (XpsFile) file = xps_file_open (path, NULL, &error);

  if (json_object_has_member (expected, "expected_error")) {
    /* the message must name the place */
    const gboolean told = file == NULL && strstr (error->message, ": line") != NULL;
    g_test_message ("%s: %s", name, told ? error->message : "NOT REFUSED");
    told ? counts->refused++ : counts->wrong++;
    return;
  }
  if (file == NULL)
    differ (&d, "", "refused", "%s", error->message);
  else
    compare_file (&d, expected, file);
  if (fields->len == 0 && known_fields (name)[0] == '\0') {
    counts->agree++;
    return;
  }
  const gboolean for_a_reason = strcmp (fields->str, known_fields (name)) == 0;
  for_a_reason ? counts->differ_for_a_reason++ : counts->wrong++;
  g_test_message ("%s: %s (%s)%s", name, for_a_reason ? "differs for a reason" : "WRONG", fields->str,
                  details->str);
}

static void
check_format (gconstpointer data)
{
  const char *format = data;
  g_autofree char *folder = test_shared_path ("corpus/expected");
  g_autofree char *prefix = g_strdup_printf ("%s__", format);
  Counts counts = {0};
  const char *name = NULL;

  if (folder == NULL)
    return;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (!g_str_has_prefix (name, prefix))
      continue;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (JsonParser) parser = json_parser_new ();
    g_assert_true (json_parser_load_from_file (parser, path, NULL));
    check_file (json_node_get_object (json_parser_get_root (parser)), &counts);
  }
  g_test_message ("%s: %u agree, %u differ for a stated reason, %u broken ones refused, %u wrong", format,
                  counts.agree, counts.differ_for_a_reason, counts.refused, counts.wrong);
  g_assert_cmpuint (counts.wrong, ==, 0);
  g_assert_cmpuint (counts.agree + counts.differ_for_a_reason + counts.refused, >, 0);
}

/* Fit problems of the oracle must be what the contract says they are. */
static void
test_problems (void)
{
  g_autofree char *folder = test_shared_path ("oracle/problems");
  guint n_series = 0;
  const char *name = NULL;

  if (folder == NULL)
    return;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (!g_str_has_prefix (name, "p") || !g_str_has_suffix (name, ".csv") ||
        g_str_has_suffix (name, ".params.csv"))
      continue;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsFile) file = xps_file_open (path, NULL, &error);
    g_autoptr (TestTable) table = test_table_read (path);
    g_assert_no_error (error);
    g_assert_cmpuint (file->warnings->len, ==, 0);
    n_series += file->spectra->len > 1;
    g_assert_cmpuint (file->spectra->len, ==, file->spectra->len > 1 ? g_strv_length (table->header) - 1 : 1);
    for (guint i = 0; i < file->spectra->len; i++) {
      const XpsSpectrum *s = sample_spectrum (file, i);
      g_assert_cmpint (xps_spectrum_get_axis (s), ==, XPS_AXIS_BINDING);
      g_assert_cmpint (xps_spectrum_get_unit (s), ==, XPS_INTENSITY_COUNTS);
      g_assert_cmpuint (xps_spectrum_get_n (s), ==, table->rows->len);
      for (guint k = 0; k < table->rows->len; k++) {
        char **cells = g_ptr_array_index (table->rows, k);
        g_assert_true (xps_spectrum_get_energy (s)[k] == g_ascii_strtod (cells[0], NULL));
        g_assert_true (xps_spectrum_get_intensity (s)[k] == g_ascii_strtod (cells[i + 1], NULL));
      }
    }
  }
  g_assert_cmpuint (n_series, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/corpus/vamas", "vamas", check_format);
  g_test_add_data_func ("/corpus/vamas-synthetic", "vamas-synthetic", check_format);
  g_test_add_data_func ("/corpus/ascii", "ascii", check_format);
  g_test_add_data_func ("/corpus/ascii-synthetic", "ascii-synthetic", check_format);
  g_test_add_data_func ("/corpus/specs-xy", "specs-xy", check_format);
  g_test_add_data_func ("/corpus/specs-sle-mock", "specs-sle-mock", check_format);
  g_test_add_data_func ("/corpus/specs-xml", "specs-xml", check_format);
  g_test_add_data_func ("/corpus/scienta-txt", "scienta-txt", check_format);
  g_test_add_data_func ("/corpus/scienta-ibw", "scienta-ibw", check_format);
  g_test_add_data_func ("/corpus/nexus", "nexus", check_format);
  g_test_add_data_func ("/corpus/hdf5-beamline", "hdf5-beamline", check_format);
  g_test_add_data_func ("/corpus/igor-ibw", "igor-ibw", check_format);
  g_test_add_data_func ("/corpus/igor-pxt", "igor-pxt", check_format);
  g_test_add_data_func ("/corpus/phi-spe", "phi-spe", check_format);
  g_test_add_data_func ("/corpus/phi-pro", "phi-pro", check_format);
  g_test_add_data_func ("/corpus/thermo-vgd", "thermo-vgd", check_format);
  g_test_add_data_func ("/corpus/thermo-xlsx", "thermo-xlsx", check_format);
  g_test_add_data_func ("/corpus/ascii-xlsx", "ascii-xlsx", check_format);
  g_test_add_data_func ("/corpus/casaxps-ascii", "casaxps-ascii", check_format);
  g_test_add_data_func ("/corpus/omicron-eis-txt", "omicron-eis-txt", check_format);
  g_test_add_func ("/corpus/problems", test_problems);
  return g_test_run ();
}
