/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/info.h"

#include <math.h>

#include "base/json-stream.h"
#include "formats/choice.h"
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
add_numbers (XpsJsonStream *out, const char *name, gsize n, const double *values)
{
  xps_json_stream_begin_array (out, name);
  for (gsize i = 0; i < n; i++)
    xps_json_stream_number (out, NULL, values[i]);
  xps_json_stream_end (out);
}

static void
add_triple (XpsJsonStream *out, const char *a, const char *b, const char *c)
{
  xps_json_stream_begin_array (out, NULL);
  xps_json_stream_string (out, NULL, a);
  xps_json_stream_string (out, NULL, b);
  xps_json_stream_string (out, NULL, c);
  xps_json_stream_end (out);
}

static void
add_axis (XpsJsonStream *out, const XpsSpectrum *spectrum)
{
  const double *energy = xps_spectrum_get_energy (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);
  double step = (double)NAN;
  const gboolean uniform = xps_energy_get_step (spectrum, &step);

  xps_json_stream_string (out, "axis", xps_info_axis_name (xps_spectrum_get_axis (spectrum)));
  xps_json_stream_string (out, "axis_label", xps_spectrum_get_axis_label (spectrum));
  xps_json_stream_integer (out, "n", (gint64)n);
  xps_json_stream_number (out, "first", energy[0]);
  xps_json_stream_number (out, "last", energy[n - 1]);
  xps_json_stream_number (out, "step", uniform ? step : (double)NAN);
  xps_json_stream_boolean (out, "uniform", uniform);
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
add_intensity (XpsJsonStream *out, const XpsSpectrum *spectrum)
{
  const double *intensity = xps_spectrum_get_intensity (spectrum);
  const gsize n = xps_spectrum_get_n (spectrum);
  const gsize few = MIN (n, 3);

  xps_json_stream_string (out, "intensity_unit", xps_info_unit_name (xps_spectrum_get_unit (spectrum)));
  add_numbers (out, "intensity_first3", few, intensity);
  add_numbers (out, "intensity_last3", few, intensity + n - few);
  xps_json_stream_number (out, "intensity_sum", sum_of (intensity, n));
}

static void
add_acquisition (XpsJsonStream *out, const XpsAcquisition *a)
{
  xps_json_stream_number (out, "photon_energy", a->photon_energy);
  xps_json_stream_number (out, "pass_energy", a->pass_energy);
  xps_json_stream_number (out, "dwell", a->dwell);
  xps_json_stream_number (out, "scans", a->scans);
  xps_json_stream_number (out, "live_time", xps_acquisition_get_live_time (a));
  xps_json_stream_number (out, "work_function", a->work_function);
  xps_json_stream_boolean (out, "kinetic_from_vacuum", a->from_vacuum);
  xps_json_stream_string (out, "technique", a->technique);
  xps_json_stream_string (out, "species", a->species);
  xps_json_stream_string (out, "transition", a->transition);
  xps_json_stream_string (out, "source", a->source);
  xps_json_stream_string (out, "analyser_mode", a->analyser_mode);
  xps_json_stream_string (out, "date", a->date);
}

static void
add_variables (XpsJsonStream *out, const XpsAcquisition *a)
{
  xps_json_stream_begin_array (out, "exp_variables");
  for (guint i = 0; i < a->variables->len; i++) {
    const XpsVariable *variable = g_ptr_array_index (a->variables, i);
    add_triple (out, variable->label, variable->unit, variable->text);
  }
  xps_json_stream_end (out);
}

static void
add_columns (XpsJsonStream *out, const XpsSpectrum *spectrum)
{
  static const char *const roles[] = {"transmission", "sigma",    "background",
                                      "component",    "envelope", "other"};
  const GPtrArray *columns = xps_spectrum_get_columns (spectrum);

  xps_json_stream_begin_array (out, "columns");
  for (guint i = 0; i < columns->len; i++) {
    const XpsColumn *column = g_ptr_array_index (columns, i);
    xps_json_stream_begin_object (out, NULL);
    xps_json_stream_string (out, "label", column->label);
    xps_json_stream_string (out, "unit", column->unit);
    xps_json_stream_string (out, "role", roles[column->role]);
    xps_json_stream_number (out, "first", column->values[0]);
    xps_json_stream_end (out);
  }
  xps_json_stream_end (out);
}

static void
add_stored_fit (XpsJsonStream *out, const XpsStoredFit *fit)
{
  if (fit == NULL) {
    xps_json_stream_string (out, "casaxps", NULL);
    return;
  }
  xps_json_stream_begin_object (out, "casaxps");
  xps_json_stream_integer (out, "regions", fit->regions->len);
  xps_json_stream_integer (out, "components", fit->components->len);
  xps_json_stream_integer (out, "calibrations", fit->calibrations->len);
  xps_json_stream_number (out, "binding_energy_shift", xps_stored_fit_get_shift (fit));
  xps_json_stream_string (out, "program", fit->program);
  xps_json_stream_strings (out, "processing", fit->processing);
  xps_json_stream_end (out);
}

static void
add_keys (XpsJsonStream *out, const XpsAcquisition *a)
{
  xps_json_stream_begin_array (out, "keys");
  for (guint i = 0; i < a->keys->len; i++) {
    const XpsKey *key = g_ptr_array_index (a->keys, i);
    add_triple (out, key->key, key->unit, key->value);
  }
  xps_json_stream_end (out);
}

static void
add_region (XpsJsonStream *out, const XpsFile *file, guint index)
{
  const XpsSpectrum *spectrum = g_ptr_array_index (file->spectra, index);
  const XpsAcquisition *a = xps_spectrum_get_acquisition (spectrum);

  xps_json_stream_begin_object (out, NULL);
  xps_json_stream_integer (out, "index", index);
  xps_json_stream_string (out, "name", xps_spectrum_get_name (spectrum));
  xps_json_stream_string (out, "sample", xps_spectrum_get_sample (spectrum));
  xps_json_stream_string (out, "group", xps_spectrum_get_group (spectrum));
  add_axis (out, spectrum);
  add_intensity (out, spectrum);
  add_acquisition (out, a);
  add_variables (out, a);
  add_columns (out, spectrum);
  add_stored_fit (out, xps_spectrum_get_stored_fit (spectrum));
  xps_json_stream_string (out, "comment", a->comment);
  add_keys (out, a);
  xps_json_stream_strings (out, "notes", file->notes);
  xps_json_stream_end (out);
}

void
xps_info_add_json (XpsJsonStream *out, const XpsFile *file)
{
  xps_json_stream_begin_object (out, NULL);
  xps_json_stream_string (out, "file", file->path);
  xps_json_stream_string (out, "format", file->format);
  xps_json_stream_string (out, "software", file->software);
  xps_json_stream_string (out, "instrument", file->instrument);
  xps_json_stream_string (out, "comment", file->comment);
  xps_json_stream_string (out, "sha256", file->sha256);
  xps_json_stream_strings (out, "warnings", file->warnings);
  xps_json_stream_begin_array (out, "regions");
  for (guint i = 0; i < file->spectra->len; i++)
    add_region (out, file, i);
  xps_json_stream_end (out);
  xps_json_stream_end (out);
}

static void
add_choice (XpsJsonStream *out, const XpsChoice *choice)
{
  xps_json_stream_begin_object (out, NULL);
  xps_json_stream_string (out, "dataset", choice->path);
  xps_json_stream_begin_array (out, "shape");
  for (guint k = 0; k < choice->rank; k++)
    xps_json_stream_integer (out, NULL, (gint64)choice->shape[k]);
  xps_json_stream_end (out);
  xps_json_stream_string (out, "unit", choice->unit);
  xps_json_stream_end (out);
}

void
xps_info_add_failed_json (XpsJsonStream *out, const char *path, const char *message, const GPtrArray *choices)
{
  static const char *const unknown[] = {"format", "software", "instrument"};

  xps_json_stream_begin_object (out, NULL);
  xps_json_stream_string (out, "file", path);
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    xps_json_stream_string (out, unknown[i], NULL);
  xps_json_stream_string (out, "error", message);
  xps_json_stream_begin_array (out, "choices");
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    add_choice (out, g_ptr_array_index (choices, i));
  xps_json_stream_end (out);
  xps_json_stream_begin_array (out, "warnings");
  xps_json_stream_end (out);
  xps_json_stream_begin_array (out, "regions");
  xps_json_stream_end (out);
  xps_json_stream_end (out);
}
