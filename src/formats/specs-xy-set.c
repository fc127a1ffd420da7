/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/specs-xy.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "formats/labels.h"

/* A column without its values. */
#define EXTERNAL_COST 256

static const char *const place_names[XPS_SPECS_N] = {"Cycle", "Curve", "Scan", "Channel"};

XpsSpecsSet *
xps_specs_set_new (void)
{
  XpsSpecsSet *self = g_new0 (XpsSpecsSet, 1);

  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < XPS_SPECS_N; i++)
    self->address[i] = -1;
  return self;
}

void
xps_specs_set_free (XpsSpecsSet *set)
{
  if (set == NULL)
    return;
  g_array_unref (set->values);
  g_free (set->name);
  g_free (set->group);
  g_free (set->external);
  xps_acquisition_free (set->record);
  g_free (set);
}

/* One "Word: number" of an address; -1 where it is none. */
static int
read_place (XpsSpan part, int address[XPS_SPECS_N])
{
  const gssize colon = xps_span_find (part, 0, ":");
  double value = 0;

  if (colon < 0)
    return -1;
  const XpsSpan number = xps_span_trim (xps_span_slice (part, (gsize)colon + 1, part.length));
  if (!xps_span_parse_number (number, &value) || !(value >= 0 && value <= G_MAXINT))
    return -1;
  for (int i = 0; i < XPS_SPECS_N; i++)
    if (xps_span_equal (xps_span_trim (xps_span_slice (part, 0, (gsize)colon)), place_names[i])) {
      address[i] = (int)value;
      return i;
    }
  return -1;
}

gboolean
xps_specs_read_address (XpsSpan line, int address[XPS_SPECS_N])
{
  int found[XPS_SPECS_N] = {-1, -1, -1, -1};

  if (!xps_span_has_prefix (line, "Cycle:"))
    return FALSE;
  for (gsize at = 0; at < line.length;) {
    const gssize comma = xps_span_find (line, at, ",");
    const gsize end = comma < 0 ? line.length : (gsize)comma;
    if (read_place (xps_span_slice (line, at, end), found) < 0)
      return FALSE;
    at = end + 1;
  }
  memcpy (address, found, sizeof found);
  return TRUE;
}

/* "x [mm]": the name and what is in the last brackets, which may be missing. */
static void
split_unit (const char *text, char **label, char **unit)
{
  const char *open = strrchr (text, '['), *close = open != NULL ? strchr (open, ']') : NULL;

  if (open == NULL || close == NULL) {
    *label = g_strdup (text);
    *unit = g_strdup ("");
    return;
  }
  *label = g_strstrip (g_strndup (text, (gsize)(open - text)));
  *unit = g_strstrip (g_strndup (open + 1, (gsize)(close - open - 1)));
}

void
xps_specs_add_parameter (XpsAcquisition *record, XpsSpan text, gboolean is_variable)
{
  const gssize open = xps_span_find (text, 0, "\""), equals = xps_span_find (text, 0, "\" =");
  g_autofree char *label = NULL, *unit = NULL;

  if (open < 0 || equals <= open) {
    g_autofree char *all = xps_span_dup (text);
    xps_acquisition_add_key (record, "Parameter", all);
    return;
  }
  g_autofree char *name =
      xps_span_dup (xps_span_trim (xps_span_slice (text, (gsize)open + 1, (gsize)equals)));
  g_autofree char *value =
      xps_span_dup (xps_span_trim (xps_span_slice (text, (gsize)equals + 3, text.length)));
  if (!is_variable) {
    xps_acquisition_add_key (record, name, value);
    return;
  }
  split_unit (name, &label, &unit);
  xps_acquisition_add_variable (record, label, unit, value);
}

char *
xps_specs_dup_date (const char *text)
{
  guint month = 0, day = 0, year = 0, hours = 0, minutes = 0, seconds = 0;
  int end = 0;

  /* Whole numbers only: no locale has a say. */
  if (sscanf (text, "%2u/%2u/%2u %2u:%2u:%2u%n", &month, &day, &year, &hours, &minutes, &seconds, &end) != 6)
    return NULL;
  if (month < 1 || month > 12 || day < 1 || day > 31 || hours > 23 || minutes > 59 || seconds > 60)
    return NULL;
  const gboolean utc = strcmp (text + end, " UTC") == 0;
  /* SpecsLab was first sold in the 1990s. */
  return g_strdup_printf ("%04u-%02u-%02uT%02u:%02u:%02u%s", year + (year >= 90 ? 1900 : 2000), month, day,
                          hours, minutes, seconds, utc ? "Z" : "");
}

static XpsSpan
take_word (XpsSpan *rest)
{
  gsize n = 0;

  *rest = xps_span_trim (*rest);
  while (n < rest->length && !g_ascii_isspace (rest->text[n]))
    n++;
  const XpsSpan word = xps_span_slice (*rest, 0, n);
  *rest = xps_span_slice (*rest, n, rest->length);
  return word;
}

static double *
dup_column (const XpsSpecsSet *set, gsize column)
{
  const gsize n = set->values->len / set->n_columns;
  double *out = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    out[i] = g_array_index (set->values, double, i * set->n_columns + column);
  return out;
}

static XpsAxisKind
find_axis (const XpsSpecsSettings *settings, const XpsSpecsSet *set, const char *label)
{
  if (strcmp (label, "energy") != 0)
    return XPS_AXIS_OTHER; /* "index": alignment at one energy */
  /* The axis is called kinetic in these files, but the values are those of the monochromator. */
  if (g_strcmp0 (set->record->analyser_mode, "ConstantFinalState") == 0)
    return XPS_AXIS_PHOTON;
  if (settings->axis_said)
    return settings->binding ? XPS_AXIS_BINDING : XPS_AXIS_KINETIC;
  if (xps_acquisition_find_key (set->record, "Binding Energy") != NULL)
    return XPS_AXIS_BINDING;
  return xps_acquisition_find_key (set->record, "Kinetic Energy") != NULL ? XPS_AXIS_KINETIC : XPS_AXIS_OTHER;
}

static gboolean
belongs_to (const XpsSpecsSet *external, const XpsSpecsSet *set)
{
  if (external->region != set->region || set->external != NULL || set->n_columns == 0)
    return FALSE;
  for (guint i = 0; i < XPS_SPECS_N; i++)
    if (external->address[i] >= 0 && external->address[i] != set->address[i])
      return FALSE;
  return TRUE;
}

static gboolean
same_axis (const XpsSpecsSet *a, const XpsSpecsSet *b)
{
  const gsize n = a->values->len / a->n_columns;

  if (n != b->values->len / b->n_columns)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (g_array_index (a->values, double, i * a->n_columns) !=
        g_array_index (b->values, double, i * b->n_columns))
      return FALSE;
  return TRUE;
}

/* The external channels stand behind the sets they were measured with, in the same region. */
static void
add_external (XpsSpecsSettings *settings, const GPtrArray *sets, guint index, XpsSpectrumDraft *draft)
{
  const XpsSpecsSet *set = g_ptr_array_index (sets, index);

  for (guint i = index + 1; i < sets->len; i++) {
    const XpsSpecsSet *other = g_ptr_array_index (sets, i);
    if (other->region != set->region)
      return;
    if (other->external == NULL || other->n_columns < 2 || !belongs_to (other, set) ||
        !same_axis (set, other))
      continue;
    /* One channel may go with any number of curves. */
    if (!xps_memory_take (&settings->budget, EXTERNAL_COST + draft->n * sizeof (double)))
      return;
    g_autofree char *label = NULL, *unit = NULL;
    split_unit (other->external, &label, &unit);
    g_ptr_array_add (draft->columns, xps_column_new (XPS_COLUMN_OTHER, other->external,
                                                     unit[0] != '\0' ? unit : NULL, dup_column (other, 1)));
  }
}

static void
fill_columns (XpsSpectrumDraft *draft, const XpsSpecsSet *set, XpsSpan labels)
{
  draft->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
  for (gsize k = 2; k < set->n_columns; k++) {
    const XpsSpan word = take_word (&labels);
    g_autofree char *label = word.length > 0 ? xps_span_dup (word) : g_strdup_printf ("column %zu", k + 1);
    const XpsColumnRole role = xps_label_column_role (label);
    g_ptr_array_add (draft->columns, xps_column_new (role, label, NULL, dup_column (set, k)));
  }
}

/* Where a region has several cycles, curves, scans or channels, their numbers are what the series goes by,
 * behind what the file says of them in words. */
static void
add_places (const GPtrArray *sets, guint index)
{
  const XpsSpecsSet *set = g_ptr_array_index (sets, index);
  const XpsSpecsSet *neighbours[2] = {index > 0 ? g_ptr_array_index (sets, index - 1) : NULL,
                                      index + 1 < sets->len ? g_ptr_array_index (sets, index + 1) : NULL};

  for (guint i = 0; i < XPS_SPECS_N; i++) {
    g_autofree char *text = g_strdup_printf ("%d", set->address[i]);
    gboolean varies = FALSE;
    if (set->address[i] < 0)
      continue;
    xps_acquisition_add_key (set->record, place_names[i], text);
    for (guint k = 0; k < G_N_ELEMENTS (neighbours); k++)
      varies |= neighbours[k] != NULL && neighbours[k]->region == set->region &&
                neighbours[k]->address[i] >= 0 && neighbours[k]->address[i] != set->address[i];
    if (varies || set->address[i] > 0)
      xps_acquisition_add_variable (set->record, place_names[i], "", text);
  }
}

static XpsSpectrum *
make_spectrum (XpsSpecsSettings *settings, const GPtrArray *sets, guint index, gsize *n_dropped)
{
  XpsSpecsSet *set = g_ptr_array_index (sets, index);
  XpsSpan labels = set->labels;
  g_autofree char *axis = xps_span_dup (take_word (&labels));
  g_autofree char *unit = xps_span_dup (take_word (&labels));
  XpsSpectrumDraft draft = {
      .name = g_strdup (set->name),
      .group = g_strdup (set->group),
      .axis = find_axis (settings, set, axis),
      .axis_label = g_strdup (axis),
      .n = set->values->len / set->n_columns,
      .energy = dup_column (set, 0),
      .intensity = dup_column (set, 1),
      .unit = xps_label_unit (unit),
      .unit_label = g_strdup (unit),
  };

  fill_columns (&draft, set, labels);
  add_external (settings, sets, index, &draft);
  if (set->address[XPS_SPECS_SCAN] >= 0)
    set->record->scans = 1; /* the header counts those of all sets */
  add_places (sets, index);
  draft.acquisition = g_steal_pointer (&set->record);
  return xps_fields_make_spectrum (&draft, n_dropped);
}

void
xps_specs_make_spectra (XpsSpecsSettings *settings, GPtrArray *sets)
{
  XpsFile *file = settings->file;
  gsize n_dropped = 0;

  for (guint i = 0; i < sets->len; i++) {
    const XpsSpecsSet *set = g_ptr_array_index (sets, i);
    if (set->external != NULL || set->n_columns < 2)
      continue;
    XpsSpectrum *spectrum = make_spectrum (settings, sets, i, &n_dropped);
    if (spectrum != NULL)
      g_ptr_array_add (file->spectra, spectrum);
  }
  if (n_dropped > 0)
    g_ptr_array_add (file->warnings,
                     xps_text_printf (_ ("%zu points are no finite numbers and are left out"), n_dropped));
}
