/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/spectrum-json.h"

#include <math.h>
#include <string.h>

#include "base/json.h"

static const char *const axis_texts[] = {"binding", "kinetic", "photon", "other"};
static const char *const unit_texts[] = {"counts", "counts/s", "unknown"};
static const char *const role_texts[] = {"transmission", "sigma",    "background",
                                         "component",    "envelope", "other"};

/* ---- one way of naming things for both directions ---- */

/* Writes when builder is there, else reads; `failed` stays once it is set. */
typedef struct {
  JsonBuilder *builder;
  JsonObject *object;
  gboolean failed;
} Record;

static void
do_number (Record *record, const char *name, double *value)
{
  if (record->builder != NULL) {
    if (isinf (*value))
      xps_json_add_string (record->builder, name, *value > 0 ? "inf" : "-inf");
    else if (!isnan (*value))
      xps_json_add_number (record->builder, name, *value);
    return;
  }
  JsonNode *node = json_object_get_member (record->object, name);
  const char *word = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  *value = (double)NAN;
  if (g_strcmp0 (word, "inf") == 0)
    *value = (double)INFINITY;
  else if (g_strcmp0 (word, "-inf") == 0)
    *value = (double)-INFINITY;
  else if (node != NULL)
    record->failed |= !xps_json_node_get_number (node, name, value, NULL);
}

static void
write_text (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL)
    return;
  if (g_utf8_validate (text, -1, NULL)) {
    xps_json_add_string (builder, name, text);
    return;
  }
  g_autofree char *base64 = g_base64_encode ((const guchar *)text, strlen (text));
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "base64", base64);
  json_builder_end_object (builder);
}

/* Bytes without a NUL among them, or NULL. */
static char *
decode_text (JsonObject *object)
{
  const char *base64 = NULL;
  gsize length = 0;
  if (!xps_json_get_string (object, "base64", &base64, NULL) || base64 == NULL)
    return NULL;
  g_autofree guchar *bytes = g_base64_decode (base64, &length);
  return memchr (bytes, '\0', length) == NULL ? g_strndup ((const char *)bytes, length) : NULL;
}

static void
do_text (Record *record, const char *name, char **text)
{
  if (record->builder != NULL) {
    write_text (record->builder, name, *text);
    return;
  }
  JsonNode *node = json_object_get_member (record->object, name);
  *text = NULL;
  if (node == NULL)
    return;
  if (JSON_NODE_HOLDS_OBJECT (node))
    *text = decode_text (json_node_get_object (node));
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    *text = g_strdup (json_node_get_string (node));
  record->failed |= *text == NULL;
}

static void
do_int (Record *record, const char *name, int *value)
{
  if (record->builder != NULL) {
    xps_json_add_integer (record->builder, name, *value);
    return;
  }
  JsonNode *node = json_object_get_member (record->object, name);
  const gboolean whole =
      node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64;
  const gint64 wide = whole ? json_node_get_int (node) : 0;
  *value = (int)CLAMP (wide, G_MININT32, G_MAXINT32);
  record->failed |= !whole || wide != *value;
}

static void
do_flag (Record *record, const char *name, gboolean *value)
{
  if (record->builder != NULL)
    xps_json_add_boolean (record->builder, name, *value);
  else
    record->failed |= !xps_json_get_boolean (record->object, name, value, NULL);
}

static void
do_word (Record *record, const char *name, const char *const *words, guint n, int *value)
{
  if (record->builder != NULL) {
    xps_json_add_string (record->builder, name, words[*value]);
    return;
  }
  const char *word = NULL;
  guint i = n;
  if (xps_json_get_string (record->object, name, &word, NULL) && word != NULL)
    for (i = 0; i < n && strcmp (words[i], word) != 0; i++)
      ;
  record->failed |= i == n;
  *value = i < n ? (int)i : 0;
}

/* ---- lists ---- */

typedef void (*DoEntry) (Record *record, gpointer entry);
typedef gpointer (*NewEntry) (gpointer owner);

/* A list of objects; `make` appends a fresh entry to the list when reading. */
static void
do_list (Record *record, const char *name, GPtrArray *list, DoEntry entry, NewEntry make, gpointer owner)
{
  if (record->builder != NULL) {
    json_builder_set_member_name (record->builder, name);
    json_builder_begin_array (record->builder);
    for (guint i = 0; i < list->len; i++) {
      json_builder_begin_object (record->builder);
      entry (record, g_ptr_array_index (list, i));
      json_builder_end_object (record->builder);
    }
    json_builder_end_array (record->builder);
    return;
  }
  JsonArray *array = NULL;
  record->failed |= !xps_json_get_array (record->object, name, &array, NULL) || array == NULL;
  for (guint i = 0; !record->failed && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    Record inner = {NULL, JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL, FALSE};
    if (inner.object != NULL)
      entry (&inner, make (owner));
    record->failed |= inner.object == NULL || inner.failed;
  }
}

/* An object inside; FALSE: there is none. */
static gboolean
begin_object (Record *record, const char *name, gboolean there, Record *inner)
{
  *inner = (Record){record->builder, NULL, FALSE};
  if (record->builder != NULL && there) {
    json_builder_set_member_name (record->builder, name);
    json_builder_begin_object (record->builder);
  }
  if (record->builder != NULL)
    return there;
  record->failed |= !xps_json_get_object (record->object, name, &inner->object, NULL);
  return inner->object != NULL;
}

static void
end_object (Record *record, const Record *inner)
{
  if (record->builder != NULL)
    json_builder_end_object (record->builder);
  record->failed |= inner->failed;
}

/* ---- the acquisition ---- */

static gpointer
new_variable (gpointer owner)
{
  XpsAcquisition *acquisition = owner;
  xps_acquisition_add_variable (acquisition, NULL, NULL, NULL);
  return g_ptr_array_index (acquisition->variables, acquisition->variables->len - 1);
}

static void
do_variable (Record *record, gpointer entry)
{
  XpsVariable *variable = entry;
  do_text (record, "label", &variable->label);
  do_text (record, "unit", &variable->unit);
  do_number (record, "value", &variable->value);
  do_text (record, "text", &variable->text);
}

static gpointer
new_key (gpointer owner)
{
  XpsAcquisition *acquisition = owner;
  xps_acquisition_add_key (acquisition, NULL, NULL);
  return g_ptr_array_index (acquisition->keys, acquisition->keys->len - 1);
}

static void
do_key (Record *record, gpointer entry)
{
  XpsKey *key = entry;
  do_text (record, "key", &key->key);
  do_text (record, "value", &key->value);
  do_text (record, "unit", &key->unit);
}

static void
do_acquisition (Record *record, XpsAcquisition *a)
{
  do_number (record, "photon_energy", &a->photon_energy);
  do_number (record, "pass_energy", &a->pass_energy);
  do_number (record, "work_function", &a->work_function);
  do_number (record, "dwell", &a->dwell);
  do_number (record, "scans", &a->scans);
  do_number (record, "live_time", &a->live_time);
  do_flag (record, "from_vacuum", &a->from_vacuum);
  do_flag (record, "summed", &a->summed);
  do_number (record, "polar", &a->polar);
  do_number (record, "azimuth", &a->azimuth);
  do_number (record, "take_off_polar", &a->take_off_polar);
  do_number (record, "take_off_azimuth", &a->take_off_azimuth);
  do_text (record, "technique", &a->technique);
  do_text (record, "species", &a->species);
  do_text (record, "transition", &a->transition);
  do_text (record, "source", &a->source);
  do_text (record, "analyser_mode", &a->analyser_mode);
  do_text (record, "date", &a->date);
  do_text (record, "instrument", &a->instrument);
  do_text (record, "operator", &a->operator_);
  do_text (record, "comment", &a->comment);
  do_list (record, "variables", a->variables, do_variable, new_variable, a);
  do_list (record, "keys", a->keys, do_key, new_key, a);
}

/* ---- a stored fit ---- */

static void
do_parameter (Record *record, const char *name, XpsStoredParameter *parameter)
{
  Record inner;
  if (!begin_object (record, name, TRUE, &inner)) {
    record->failed = TRUE;
    return;
  }
  do_number (&inner, "value", &parameter->value);
  do_number (&inner, "low", &parameter->low);
  do_number (&inner, "high", &parameter->high);
  do_int (&inner, "link", &parameter->link);
  do_number (&inner, "factor", &parameter->factor);
  end_object (record, &inner);
}

static void
do_component (Record *record, gpointer entry)
{
  XpsStoredComponent *c = entry;
  int line = (int)c->line;
  do_text (record, "name", &c->name);
  do_text (record, "shape", &c->shape);
  do_parameter (record, "area", &c->area);
  do_parameter (record, "fwhm", &c->fwhm);
  do_parameter (record, "position", &c->position);
  do_number (record, "area_error", &c->area_error);
  do_number (record, "fwhm_error", &c->fwhm_error);
  do_number (record, "position_error", &c->position_error);
  do_number (record, "sensitivity", &c->sensitivity);
  do_number (record, "uncorrected_sensitivity", &c->uncorrected_sensitivity);
  do_number (record, "mass", &c->mass);
  do_int (record, "index", &c->index);
  do_text (record, "tag", &c->tag);
  do_text (record, "constraint", &c->constraint);
  do_int (record, "line", &line);
  c->line = (guint)line;
}

static gpointer
new_component (gpointer owner)
{
  return xps_stored_fit_add_component (owner);
}

static void
do_region (Record *record, gpointer entry)
{
  static const char *const names[] = {"cross_section_b", "cross_section_c", "cross_section_d",
                                      "cross_section_t0"};
  XpsStoredRegion *r = entry;
  int line = (int)r->line;
  do_text (record, "name", &r->name);
  do_text (record, "background", &r->background);
  do_number (record, "start", &r->start);
  do_number (record, "end", &r->end);
  do_number (record, "sensitivity", &r->sensitivity);
  do_number (record, "uncorrected_sensitivity", &r->uncorrected_sensitivity);
  do_number (record, "mass", &r->mass);
  do_number (record, "average_width", &r->average_width);
  do_number (record, "offset_start", &r->offset_start);
  do_number (record, "offset_end", &r->offset_end);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    do_number (record, names[i], &r->cross_section[i]);
  do_text (record, "tag", &r->tag);
  do_int (record, "line", &line);
  r->line = (guint)line;
}

static gpointer
new_region (gpointer owner)
{
  return xps_stored_fit_add_region (owner);
}

static void
do_calibration (Record *record, gpointer entry)
{
  XpsStoredCalibration *c = entry;
  do_number (record, "measured", &c->measured);
  do_number (record, "assigned", &c->assigned);
  do_text (record, "text", &c->text);
}

static gpointer
new_calibration (gpointer owner)
{
  XpsStoredFit *fit = owner;
  xps_stored_fit_add_calibration (fit, NAN, NAN, NULL);
  return g_ptr_array_index (fit->calibrations, fit->calibrations->len - 1);
}

/* The list holds the texts themselves, so an entry has no place of its own to be read into. */
static void
read_processing (Record *record, XpsStoredFit *fit)
{
  JsonArray *array = NULL;
  record->failed |= !xps_json_get_array (record->object, "processing", &array, NULL) || array == NULL;
  for (guint i = 0; !record->failed && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    Record inner = {NULL, JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL, FALSE};
    char *text = NULL;
    if (inner.object != NULL)
      do_text (&inner, "text", &text);
    record->failed |= text == NULL;
    if (text != NULL)
      g_ptr_array_add (fit->processing, text);
  }
}

static void
do_processing (Record *record, XpsStoredFit *fit)
{
  if (record->builder == NULL) {
    read_processing (record, fit);
    return;
  }
  json_builder_set_member_name (record->builder, "processing");
  json_builder_begin_array (record->builder);
  for (guint i = 0; i < fit->processing->len; i++) {
    json_builder_begin_object (record->builder);
    write_text (record->builder, "text", g_ptr_array_index (fit->processing, i));
    json_builder_end_object (record->builder);
  }
  json_builder_end_array (record->builder);
}

static void
do_stored_fit (Record *record, XpsStoredFit *fit)
{
  do_text (record, "program", &fit->program);
  do_flag (record, "binding", &fit->binding);
  do_flag (record, "in_data_unit", &fit->in_data_unit);
  do_text (record, "result", &fit->result);
  do_list (record, "calibrations", fit->calibrations, do_calibration, new_calibration, fit);
  do_processing (record, fit);
  do_list (record, "regions", fit->regions, do_region, new_region, fit);
  do_list (record, "components", fit->components, do_component, new_component, fit);
}

/* ---- the whole ---- */

static gpointer
new_column (gpointer owner)
{
  XpsColumn *column = xps_column_new (XPS_COLUMN_OTHER, NULL, NULL, NULL);
  g_ptr_array_add (owner, column);
  return column;
}

static void
do_column (Record *record, gpointer entry)
{
  XpsColumn *column = entry;
  int role = (int)column->role;
  do_word (record, "role", role_texts, G_N_ELEMENTS (role_texts), &role);
  do_text (record, "label", &column->label);
  do_text (record, "unit", &column->unit);
  column->role = (XpsColumnRole)role;
}

static void
do_spectrum (Record *record, XpsSpectrumDraft *draft)
{
  int axis = (int)draft->axis, unit = (int)draft->unit;
  Record inner;
  do_text (record, "name", &draft->name);
  do_text (record, "sample", &draft->sample);
  do_text (record, "group", &draft->group);
  do_word (record, "axis", axis_texts, G_N_ELEMENTS (axis_texts), &axis);
  do_text (record, "axis_label", &draft->axis_label);
  do_word (record, "unit", unit_texts, G_N_ELEMENTS (unit_texts), &unit);
  do_text (record, "unit_label", &draft->unit_label);
  do_list (record, "columns", draft->columns, do_column, new_column, draft->columns);
  draft->axis = (XpsAxisKind)axis;
  draft->unit = (XpsIntensityUnit)unit;
  if (begin_object (record, "acquisition", TRUE, &inner)) {
    do_acquisition (&inner, draft->acquisition);
    end_object (record, &inner);
  } else
    record->failed = TRUE;
  if (begin_object (record, "stored_fit", draft->stored_fit != NULL, &inner)) {
    if (draft->stored_fit == NULL)
      draft->stored_fit = xps_stored_fit_new ();
    do_stored_fit (&inner, draft->stored_fit);
    end_object (record, &inner);
  }
}

char *
xps_spectrum_dup_record (const XpsSpectrum *spectrum)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  Record record = {builder, NULL, FALSE};
  /* Only read while writing: both directions share one description. */
  XpsSpectrumDraft draft = {
      .name = (char *)xps_spectrum_get_name (spectrum),
      .sample = (char *)xps_spectrum_get_sample (spectrum),
      .group = (char *)xps_spectrum_get_group (spectrum),
      .axis = xps_spectrum_get_axis (spectrum),
      .axis_label = (char *)xps_spectrum_get_axis_label (spectrum),
      .unit = xps_spectrum_get_unit (spectrum),
      .unit_label = (char *)xps_spectrum_get_unit_label (spectrum),
      .columns = (GPtrArray *)xps_spectrum_get_columns (spectrum),
      .acquisition = (XpsAcquisition *)xps_spectrum_get_acquisition (spectrum),
      .stored_fit = (XpsStoredFit *)xps_spectrum_get_stored_fit (spectrum),
  };
  json_builder_begin_object (builder);
  do_spectrum (&record, &draft);
  json_builder_end_object (builder);
  return xps_json_dup_text (builder, FALSE);
}

/* The CasaXPS reader promises that a link names a component that is there, or none. */
static gboolean
links_are_sound (const XpsStoredFit *fit)
{
  const int n = fit != NULL ? (int)fit->components->len : 0;
  for (int i = 0; i < n; i++) {
    const XpsStoredComponent *c = g_ptr_array_index (fit->components, i);
    const int links[] = {c->area.link, c->fwhm.link, c->position.link};
    for (guint k = 0; k < G_N_ELEMENTS (links); k++)
      if (links[k] < -1 || links[k] >= n)
        return FALSE;
    if (c->name == NULL || c->shape == NULL)
      return FALSE;
  }
  return TRUE;
}

gboolean
xps_spectrum_read_record (const char *text, XpsSpectrumDraft *draft, const char **what)
{
  g_autoptr (JsonNode) node = xps_json_read ("record", text, NULL);
  Record record = {NULL, node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL,
                   FALSE};
  *what = "what was measured is not described in JSON";
  if (record.object == NULL)
    return FALSE;
  draft->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
  draft->acquisition = xps_acquisition_new ();
  do_spectrum (&record, draft);
  *what = "the description of what was measured is not whole";
  return !record.failed && links_are_sound (draft->stored_fit);
}
