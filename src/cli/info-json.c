/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/info.h"

#include <math.h>

#include "base/json.h"
#include "spectrum/energy.h"

const char *
xps_info_axis_name (XpsAxisKind axis)
{
  static const char *const names[] = {"BE", "KE", "hv", "other"};
  return names[axis];
}

const char *
xps_info_unit_name (XpsIntensityUnit unit)
{
  static const char *const names[] = {"counts", "counts/s", "unknown"};
  return names[unit];
}

static void
add_strings (JsonBuilder *builder, const char *name, const GPtrArray *strings)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < strings->len; i++) {
    g_autofree char *valid = g_utf8_make_valid (g_ptr_array_index (strings, i), -1);
    json_builder_add_string_value (builder, valid);
  }
  json_builder_end_array (builder);
}

static void
push_string (JsonBuilder *builder, const char *text)
{
  if (text == NULL) {
    json_builder_add_null_value (builder);
    return;
  }
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  json_builder_add_string_value (builder, valid);
}

static void
add_axis (JsonBuilder *builder, const XpsSpectrum *spectrum)
{
  const double *energy = xps_spectrum_get_energy (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);
  double step = (double)NAN;
  const gboolean uniform = xps_energy_get_step (spectrum, &step);

  xps_json_add_string (builder, "axis", xps_info_axis_name (xps_spectrum_get_axis (spectrum)));
  xps_json_add_string (builder, "axis_label", xps_spectrum_get_axis_label (spectrum));
  xps_json_add_integer (builder, "n", (gint64)n);
  xps_json_add_number (builder, "first", energy[0]);
  xps_json_add_number (builder, "last", energy[n - 1]);
  xps_json_add_number (builder, "step", uniform ? step : (double)NAN);
  xps_json_add_boolean (builder, "uniform", uniform);
}

/* Neumaier's sum (ZAMM 54 (1974) 39): the last digits do not depend on the order of large and small counts.
 */
static double
sum_of (const double *values, gsize n)
{
  double sum = 0, lost = 0;

  for (gsize i = 0; i < n; i++) {
    const double next = sum + values[i];
    lost += fabs (sum) >= fabs (values[i]) ? (sum - next) + values[i] : (values[i] - next) + sum;
    sum = next;
  }
  return sum + lost;
}

static void
add_intensity (JsonBuilder *builder, const XpsSpectrum *spectrum)
{
  const double *intensity = xps_spectrum_get_intensity (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);
  const gsize few = MIN (n, 3);

  xps_json_add_string (builder, "intensity_unit", xps_info_unit_name (xps_spectrum_get_unit (spectrum)));
  xps_json_add_numbers (builder, "intensity_first3", few, intensity);
  xps_json_add_numbers (builder, "intensity_last3", few, intensity + n - few);
  xps_json_add_number (builder, "intensity_sum", sum_of (intensity, n));
}

static void
add_acquisition (JsonBuilder *builder, const XpsAcquisition *a)
{
  xps_json_add_number (builder, "photon_energy", a->photon_energy);
  xps_json_add_number (builder, "pass_energy", a->pass_energy);
  xps_json_add_number (builder, "dwell", a->dwell);
  xps_json_add_number (builder, "scans", a->scans);
  xps_json_add_number (builder, "live_time", xps_acquisition_get_live_time (a));
  xps_json_add_number (builder, "work_function", a->work_function);
  xps_json_add_string (builder, "technique", a->technique);
  xps_json_add_string (builder, "species", a->species);
  xps_json_add_string (builder, "transition", a->transition);
  xps_json_add_string (builder, "source", a->source);
  xps_json_add_string (builder, "analyser_mode", a->analyser_mode);
  xps_json_add_string (builder, "date", a->date);
}

static void
add_variables (JsonBuilder *builder, const XpsAcquisition *a)
{
  json_builder_set_member_name (builder, "exp_variables");
  json_builder_begin_array (builder);
  for (guint i = 0; i < a->variables->len; i++) {
    const XpsVariable *variable = g_ptr_array_index (a->variables, i);
    json_builder_begin_array (builder);
    push_string (builder, variable->label);
    push_string (builder, variable->unit);
    push_string (builder, variable->text);
    json_builder_end_array (builder);
  }
  json_builder_end_array (builder);
}

static void
add_columns (JsonBuilder *builder, const XpsSpectrum *spectrum)
{
  static const char *const roles[] = {"transmission", "sigma",    "background",
                                      "component",    "envelope", "other"};
  const GPtrArray *columns = xps_spectrum_get_columns (spectrum);

  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < columns->len; i++) {
    const XpsColumn *column = g_ptr_array_index (columns, i);
    json_builder_begin_object (builder);
    xps_json_add_string (builder, "label", column->label);
    xps_json_add_string (builder, "unit", column->unit);
    xps_json_add_string (builder, "role", roles[column->role]);
    xps_json_add_number (builder, "first", column->values[0]);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_stored_fit (JsonBuilder *builder, const XpsStoredFit *fit)
{
  json_builder_set_member_name (builder, "casaxps");
  if (fit == NULL) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_object (builder);
  xps_json_add_integer (builder, "regions", fit->regions->len);
  xps_json_add_integer (builder, "components", fit->components->len);
  xps_json_add_integer (builder, "calibrations", fit->calibrations->len);
  xps_json_add_number (builder, "binding_energy_shift", xps_stored_fit_get_shift (fit));
  xps_json_add_string (builder, "program", fit->program);
  add_strings (builder, "processing", fit->processing);
  json_builder_end_object (builder);
}

static void
add_keys (JsonBuilder *builder, const XpsAcquisition *a)
{
  json_builder_set_member_name (builder, "keys");
  json_builder_begin_array (builder);
  for (guint i = 0; i < a->keys->len; i++) {
    const XpsKey *key = g_ptr_array_index (a->keys, i);
    json_builder_begin_array (builder);
    push_string (builder, key->key);
    push_string (builder, key->unit);
    push_string (builder, key->value);
    json_builder_end_array (builder);
  }
  json_builder_end_array (builder);
}

static void
add_region (JsonBuilder *builder, const XpsFile *file, guint index)
{
  const XpsSpectrum *spectrum = g_ptr_array_index (file->spectra, index);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (spectrum);

  json_builder_begin_object (builder);
  xps_json_add_integer (builder, "index", index);
  xps_json_add_string (builder, "name", xps_spectrum_get_name (spectrum));
  xps_json_add_string (builder, "sample", xps_spectrum_get_sample (spectrum));
  xps_json_add_string (builder, "group", xps_spectrum_get_group (spectrum));
  add_axis (builder, spectrum);
  add_intensity (builder, spectrum);
  add_acquisition (builder, a);
  add_variables (builder, a);
  add_columns (builder, spectrum);
  add_stored_fit (builder, xps_spectrum_get_stored_fit (spectrum));
  xps_json_add_string (builder, "comment", a->comment);
  add_keys (builder, a);
  add_strings (builder, "notes", file->notes);
  json_builder_end_object (builder);
}

void
xps_info_add_json (JsonBuilder *builder, const XpsFile *file)
{
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "file", file->path);
  xps_json_add_string (builder, "format", file->format);
  xps_json_add_string (builder, "software", file->software);
  xps_json_add_string (builder, "instrument", file->instrument);
  xps_json_add_string (builder, "comment", file->comment);
  xps_json_add_string (builder, "sha256", file->sha256);
  add_strings (builder, "warnings", file->warnings);
  json_builder_set_member_name (builder, "regions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < file->spectra->len; i++)
    add_region (builder, file, i);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

void
xps_info_add_failed_json (JsonBuilder *builder, const char *path, const char *message)
{
  static const char *const unknown[] = {"format", "software", "instrument"};

  json_builder_begin_object (builder);
  xps_json_add_string (builder, "file", path);
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    xps_json_add_string (builder, unknown[i], NULL);
  xps_json_add_string (builder, "error", message);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "regions");
  json_builder_begin_array (builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}
