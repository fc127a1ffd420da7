/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/model.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

/* A model from JSON. Every message names its place: spectrum, list, entry or name, member. */

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = xps_text_vprintf (format, arguments);
  va_end (arguments);
  return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, NULL, NULL, what,
                        N_ ("see docs/METHODS.md for the model file"));
}

/* Members that people and other programs put beside ours; they change nothing. */
static gboolean
is_annotation (const char *name)
{
  static const char *const annotations[] = {"$schema", "comment", "description", "expr", "note",
                                            "source",  "title",   "truth",       "unit", NULL};
  return name[0] == '_' || g_strv_contains (annotations, name);
}

/* A member that no rule knows is kept in mind: a misspelt bound is a bound that is not there. */
static void
note_unknown (XpsModel *self, JsonObject *object, const char *place, const char *const *known)
{
  g_autoptr (GList) members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data) && !is_annotation (l->data))
      g_ptr_array_add (self->ignored, xps_text_printf ("%s: \"%s\" is not known and was passed over", place,
                                                       (char *)l->data));
}

/* The same of a link, whose numbers are easily called otherwise: without them it is the other parameter. */
static void
note_unknown_in_link (XpsModel *self, JsonObject *object, const char *place, const char *const *known)
{
  g_autoptr (GList) members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data) && !is_annotation (l->data))
      g_ptr_array_add (self->ignored,
                       xps_text_printf ("%s: \"%s\" is not known and was passed over: a link is \"const\" + "
                                        "\"coef\" times the parameter \"of\"",
                                        place, (char *)l->data));
}

/* Where an entry of a list stands: by its name if it has one. */
static char *
dup_place (const char *what, guint i, JsonObject *object, const char *name_member)
{
  JsonNode *node = json_object_get_member (object, name_member);
  const char *name = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
  return name != NULL && name[0] != '\0' ? xps_text_printf ("%s \"%s\"", what, name)
                                         : xps_text_printf ("%s %u", what, i + 1);
}

typedef gboolean (*ReadEntry) (XpsModel *self, XpsModelPart *part, JsonObject *object, const char *place,
                               GError **error);

/* Every object of a list; `what` and the member `name` give the place. */
static gboolean
read_each (XpsModel *self, XpsModelPart *part, JsonObject *object, const char *list, const char *what,
           const char *name, ReadEntry read, GError **error)
{
  JsonArray *array = NULL;
  if (!xps_json_get_array (object, list, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    if (!JSON_NODE_HOLDS_OBJECT (node))
      return refuse (error, N_ ("%s: entry %u is not an object"), list, i + 1);
    g_autofree char *place = dup_place (what, i, json_node_get_object (node), name);
    if (!read (self, part, json_node_get_object (node), place, error)) {
      g_prefix_error (error, "%s: ", place);
      return FALSE;
    }
  }
  return TRUE;
}

/* ---- parameters ---- */

/* A link to a sum: "terms" beside "of" lists the further parameters. */
static gboolean
read_terms (XpsModel *self, XpsParameter *parameter, JsonObject *object, const char *place, GError **error)
{
  static const char *const known[] = {"of", "coef", NULL};
  JsonArray *terms = NULL;
  if (!xps_json_get_array (object, "terms", &terms, error))
    return FALSE;
  for (guint i = 0; terms != NULL && i < json_array_get_length (terms); i++) {
    JsonNode *node = json_array_get_element (terms, i);
    const char *of = NULL;
    double coef = 1;
    if (!JSON_NODE_HOLDS_OBJECT (node))
      return refuse (error, N_ ("terms: entry %u is not an object"), i + 1);
    JsonObject *entry = json_node_get_object (node);
    if (!xps_json_get_string (entry, "of", &of, error) ||
        !xps_json_get_number (entry, "coef", &coef, error)) {
      g_prefix_error (error, "terms: ");
      return FALSE;
    }
    if (of == NULL)
      return refuse (error, N_ ("terms: entry %u does not say \"of\" what"), i + 1);
    note_unknown_in_link (self, entry, place, known);
    xps_parameter_add_term (parameter, of, coef);
  }
  return TRUE;
}

static gboolean
read_parameter (XpsModel *self, XpsModelPart *part, JsonObject *object, const char *place, GError **error)
{
  static const char *const known[] = {"name", "value", "init",  "min",   "max", "vary",
                                      "of",   "coef",  "const", "terms", NULL};
  const char *name = NULL, *of = NULL;
  double value = NAN, min = -INFINITY, max = INFINITY, coef = 1, constant = 0;
  gboolean vary = TRUE;
  if (!xps_json_get_string (object, "name", &name, error) ||
      !xps_json_get_string (object, "of", &of, error) ||
      !xps_json_get_number (object, "init", &value, error) ||
      !xps_json_get_number (object, "value", &value, error) ||
      !xps_json_get_number (object, "min", &min, error) ||
      !xps_json_get_number (object, "max", &max, error) ||
      !xps_json_get_number (object, "coef", &coef, error) ||
      !xps_json_get_number (object, "const", &constant, error) ||
      !xps_json_get_boolean (object, "vary", &vary, error))
    return FALSE;
  if (of == NULL)
    note_unknown (self, object, place, known);
  else {
    note_unknown_in_link (self, object, place, known);
    XpsParameter *link = xps_model_add_link (self, name, of, coef, constant);
    link->min = min;
    link->max = max;
    return read_terms (self, link, object, place, error);
  }
  XpsParameter *parameter = xps_model_add_parameter (self, name, value, min, max);
  parameter->kind = vary ? XPS_PARAMETER_FREE : XPS_PARAMETER_FIXED;
  return TRUE;
}

/* ---- components ---- */

static gboolean
read_component (XpsModel *self, XpsModelPart *part, JsonObject *object, const char *place, GError **error)
{
  static const char *const known[] = {"name", "type", "label", "phase", "params", "assignment", NULL};
  const char *name = NULL, *type = NULL, *label = NULL, *phase = NULL;
  JsonObject *params = NULL;
  if (!xps_json_get_string (object, "name", &name, error) ||
      !xps_json_get_string (object, "type", &type, error) ||
      !xps_json_get_string (object, "label", &label, error) ||
      !xps_json_get_string (object, "phase", &phase, error) ||
      !xps_json_get_object (object, "params", &params, error))
    return FALSE;
  note_unknown (self, object, place, known);
  if (type == NULL)
    return refuse (error, N_ ("\"type\" is missing"));
  const XpsShape *shape = xps_shape_find (type);
  if (shape == NULL)
    return refuse (error, N_ ("line shape \"%s\" is not known"), type);
  XpsComponent *component = xps_model_part_add_component (part, name, shape);
  component->label = g_strdup (label);
  component->phase = g_strdup (phase);
  if (!xps_assignment_from_json (object, &component->assignment, error))
    return FALSE;
  if (params == NULL)
    return TRUE;
  g_autoptr (GList) members = json_object_get_members (params);
  for (GList *l = members; l != NULL; l = l->next) {
    const char *parameter = NULL;
    if (!xps_json_get_string (params, l->data, &parameter, error))
      return FALSE;
    if (!xps_component_set_role (component, l->data, parameter))
      return refuse (error, N_ ("shape %s has no \"%s\""), type, (const char *)l->data);
  }
  return TRUE;
}

/* ---- backgrounds ---- */

static gboolean
read_role (XpsModelBackground *background, const XpsBackgroundRole *role, JsonNode *node, GError **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const guint n = array != NULL ? json_array_get_length (array) : 1;
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  for (guint i = 0; i < n; i++) {
    JsonNode *element = array != NULL ? json_array_get_element (array, i) : node;
    if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
      return refuse (error, N_ ("\"%s\" must name parameters"), role->id);
    xps_model_background_add_parameter (background, role->id, json_node_get_string (element));
  }
  return TRUE;
}

static gboolean
read_list (XpsModelBackground *background, int setting, const char *name, JsonArray *array, GError **error)
{
  const guint n = json_array_get_length (array);
  g_autofree double *values = g_new (double, n + 1);
  for (guint i = 0; i < n; i++)
    if (!xps_json_node_get_number (json_array_get_element (array, i), name, &values[i], error))
      return FALSE;
  xps_model_background_set_list (background, setting, values, n);
  return TRUE;
}

static gboolean
read_setting (XpsModelBackground *background, int k, JsonObject *object, const char *name, GError **error)
{
  const XpsBackgroundSetting *setting = &background->type->settings[k];
  if (setting->kind == XPS_SETTING_NUMBER)
    return xps_json_get_number (object, name, &background->settings.number[k], error);
  if (setting->kind == XPS_SETTING_LIST) {
    JsonArray *array = NULL;
    if (!xps_json_get_array (object, name, &array, error))
      return FALSE;
    return array == NULL || read_list (background, k, name, array, error);
  }
  const char *word = NULL;
  if (!xps_json_get_string (object, name, &word, error))
    return FALSE;
  for (int i = 0; word != NULL && setting->words[i] != NULL; i++)
    if (strcmp (setting->words[i], word) == 0) {
      background->settings.word[k] = i;
      return TRUE;
    }
  if (word == NULL)
    return TRUE;
  g_autofree char *known = g_strjoinv (", ", (char **)setting->words);
  return refuse (error, N_ ("\"%s\" is \"%s\", known are: %s"), name, word, known);
}

/* "k, sum": what a background may be given. */
static char *
dup_members (const XpsBackground *row)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (gsize k = 0; k < row->n_roles; k++)
    g_ptr_array_add (names, (gpointer)row->roles[k].id);
  for (gsize k = 0; k < row->n_settings; k++)
    g_ptr_array_add (names, (gpointer)row->settings[k].id);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **)names->pdata);
}

static gboolean
read_background (XpsModel *self, XpsModelPart *part, JsonObject *object, const char *place, GError **error)
{
  const char *type = NULL;
  if (!xps_json_get_string (object, "type", &type, error))
    return FALSE;
  if (type == NULL)
    return refuse (error, N_ ("\"type\" is missing"));
  const XpsBackground *row = xps_background_find (type);
  if (row == NULL)
    return refuse (error, N_ ("type \"%s\" is not known"), type);
  XpsModelBackground *background = xps_model_part_add_background (part, row);
  g_autoptr (GList) members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next) {
    const char *name = l->data;
    const int role = xps_background_find_role (row, name), setting = xps_background_find_setting (row, name);
    if (role >= 0 && !read_role (background, &row->roles[role], json_object_get_member (object, name), error))
      return FALSE;
    if (setting >= 0 && !read_setting (background, setting, object, name, error))
      return FALSE;
    if (role >= 0 || setting >= 0 || strcmp (name, "type") == 0 || is_annotation (name))
      continue;
    g_autofree char *known = dup_members (row);
    return refuse (error, N_ ("has no \"%s\", it takes: %s"), name, known);
  }
  return TRUE;
}

/* ---- spectra ---- */

static gboolean
read_limit (JsonArray *range, guint i, double *limit, GError **error)
{
  JsonNode *node = json_array_get_element (range, i);
  return JSON_NODE_HOLDS_NULL (node) || xps_json_node_get_number (node, "energy_range", limit, error);
}

static gboolean
read_range (XpsModelPart *part, JsonObject *object, GError **error)
{
  JsonArray *range = NULL;
  if (!xps_json_get_array (object, "energy_range", &range, error))
    return FALSE;
  if (range == NULL)
    return TRUE;
  if (json_array_get_length (range) != 2)
    return refuse (error, N_ ("energy_range: two energies expected"));
  return read_limit (range, 0, &part->low, error) && read_limit (range, 1, &part->high, error);
}

static gboolean
read_part (XpsModel *self, XpsModelPart *part, JsonObject *object, GError **error)
{
  const char *id = NULL, *data = NULL, *region = NULL, *source = NULL, *column = NULL;
  if (!xps_json_get_string (object, "id", &id, error) ||
      !xps_json_get_string (object, "data", &data, error) ||
      !xps_json_get_string (object, "region", &region, error) ||
      !xps_json_get_number (object, "energy_shift", &part->energy_shift, error) ||
      !xps_json_get_number (object, "energy_shift_error", &part->energy_shift_error, error) ||
      !xps_json_get_string (object, "energy_shift_source", &source, error) ||
      !xps_json_get_string (object, "background_column", &column, error) ||
      !read_range (part, object, error) ||
      !read_each (self, part, object, "components", "component", "name", read_component, error) ||
      !read_each (self, part, object, "background", "background", "type", read_background, error))
    return FALSE;
  part->id = g_strdup (id);
  part->data = g_strdup (data);
  part->region = g_strdup (region);
  part->energy_shift_source = g_strdup (source);
  if (isfinite (part->energy_shift_error) && part->energy_shift_error < 0)
    return refuse (error, N_ ("energy_shift_error is negative"));
  part->ignores_column = g_strcmp0 (column, "ignore") == 0;
  if (column != NULL && !part->ignores_column && strcmp (column, "subtract") != 0)
    return refuse (error, N_ ("background_column is \"subtract\" or \"ignore\""));
  return TRUE;
}

#define PART_MEMBERS                                                                                         \
  "id", "data", "region", "energy_range", "energy_shift", "energy_shift_error", "energy_shift_source",       \
      "background_column", "components", "background"

static gboolean
read_spectrum (XpsModel *self, XpsModelPart *part, JsonObject *object, const char *place, GError **error)
{
  static const char *const known[] = {PART_MEMBERS, NULL};
  note_unknown (self, object, place, known);
  return read_part (self, xps_model_add_part (self, NULL), object, error);
}

/* ---- the whole ---- */

static gboolean
read_notes (XpsModel *self, JsonObject *object, GError **error)
{
  JsonArray *notes = NULL;
  if (!xps_json_get_array (object, "not_supported", &notes, error))
    return FALSE;
  for (guint i = 0; notes != NULL && i < json_array_get_length (notes); i++) {
    JsonNode *node = json_array_get_element (notes, i);
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
      return refuse (error, N_ ("not_supported: entry %u is not text"), i + 1);
    g_ptr_array_add (self->not_supported, json_node_dup_string (node));
  }
  return TRUE;
}

static gboolean
read_version (JsonObject *object, GError **error)
{
  double version = 1;
  if (!xps_json_get_number (object, "corelevel_model", &version, error))
    return FALSE;
  if (version > 1)
    return refuse (error, N_ ("corelevel_model is %g, this program reads 1: the file is newer"), version);
  return version == 1 || refuse (error, N_ ("corelevel_model is %g, 1 expected"), version);
}

static gboolean
read_model (XpsModel *self, JsonObject *object, GError **error)
{
  static const char *const known[] = {"corelevel_model", "parameters", "spectra",
                                      "not_supported",   PART_MEMBERS, NULL};
  JsonArray *spectra = NULL, *parameters = NULL;
  if (!read_version (object, error) || !read_notes (self, object, error) ||
      !xps_json_get_array (object, "spectra", &spectra, error) ||
      !xps_json_get_array (object, "parameters", &parameters, error))
    return FALSE;
  if (parameters == NULL)
    return refuse (error, N_ ("\"parameters\" is missing: not a model file"));
  if (!read_each (self, NULL, object, "parameters", "parameter", "name", read_parameter, error))
    return FALSE;
  note_unknown (self, object, "model", known);
  if (spectra == NULL)
    return read_part (self, g_ptr_array_index (self->parts, 0), object, error);
  if (json_array_get_length (spectra) == 0)
    return refuse (error, N_ ("\"spectra\" is empty"));
  g_ptr_array_set_size (self->parts, 0);
  if (!read_each (self, NULL, object, "spectra", "spectrum", "", read_spectrum, error))
    return FALSE;
  self->joint = TRUE;
  return TRUE;
}

XpsModel *
xps_model_from_json (JsonNode *node, const char *file, GError **error)
{
  g_autoptr (XpsModel) self = xps_model_new ();
  GError *reason = NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    refuse (error, N_ ("%s: a JSON object is expected"), file);
    return NULL;
  }
  JsonObject *object = json_node_get_object (node), *inner = NULL;
  const gboolean good = xps_json_get_object (object, "model", &inner, &reason) &&
                        read_model (self, inner != NULL ? inner : object, &reason);
  if (!good) {
    g_prefix_error (&reason, "%s: ", file);
    g_propagate_error (error, reason);
    return NULL;
  }
  return g_steal_pointer (&self);
}

XpsModel *
xps_model_read (const char *path, GError **error)
{
  g_autoptr (JsonNode) node = xps_json_read (path, NULL, error);
  return node != NULL ? xps_model_from_json (node, path, error) : NULL;
}
