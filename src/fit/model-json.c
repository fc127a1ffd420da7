/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/model.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/json.h"

/* ---- reading ---- */

G_GNUC_PRINTF (2, 3)
static gboolean
refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, NULL, NULL, what,
                        "see docs/METHODS.md for the model file");
}

static JsonObject *
element_object (JsonArray *array, guint i, const char *list, GError **error)
{
  JsonNode *node = json_array_get_element (array, i);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  refuse (error, "%s: entry %u is not an object", list, i + 1);
  return NULL;
}

/* A link to a sum: "terms" beside "of" lists the further parameters. */
static gboolean
read_terms (XpsParameter *parameter, JsonObject *object, GError **error)
{
  JsonArray *terms = NULL;
  if (!xps_json_get_array (object, "terms", &terms, error))
    return FALSE;
  for (guint i = 0; terms != NULL && i < json_array_get_length (terms); i++) {
    JsonObject *entry = element_object (terms, i, "terms", error);
    const char *of = NULL;
    double coef = 1;
    if (entry == NULL || !xps_json_get_string (entry, "of", &of, error) ||
        !xps_json_get_number (entry, "coef", &coef, error))
      return FALSE;
    xps_parameter_add_term (parameter, of, coef);
  }
  return TRUE;
}

static gboolean
read_parameter (XpsModel *self, JsonObject *object, GError **error)
{
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
      !xps_json_get_boolean (object, "vary", &vary, error)) {
    g_prefix_error (error, "parameter \"%s\": ", name != NULL ? name : "?");
    return FALSE;
  }
  if (of != NULL)
    return read_terms (xps_model_add_link (self, name, of, coef, constant), object, error);
  XpsParameter *parameter = xps_model_add_parameter (self, name, value, min, max);
  parameter->kind = vary ? XPS_PARAMETER_FREE : XPS_PARAMETER_FIXED;
  return TRUE;
}

static gboolean
read_component (XpsModelPart *part, JsonObject *object, GError **error)
{
  const char *name = NULL, *type = NULL, *label = NULL, *phase = NULL;
  JsonObject *params = NULL;
  if (!xps_json_get_string (object, "name", &name, error) ||
      !xps_json_get_string (object, "type", &type, error) ||
      !xps_json_get_string (object, "label", &label, error) ||
      !xps_json_get_string (object, "phase", &phase, error) ||
      !xps_json_get_object (object, "params", &params, error))
    return FALSE;
  const XpsShape *shape = type != NULL ? xps_shape_find (type) : NULL;
  if (shape == NULL)
    return refuse (error, "component \"%s\": line shape \"%s\" is not known", name != NULL ? name : "?",
                   type != NULL ? type : "");
  XpsComponent *component = xps_model_part_add_component (part, name, shape);
  component->label = g_strdup (label);
  component->phase = g_strdup (phase);
  if (params == NULL)
    return TRUE;
  g_autoptr (GList) members = json_object_get_members (params);
  for (GList *l = members; l != NULL; l = l->next) {
    const char *parameter = NULL;
    if (!xps_json_get_string (params, l->data, &parameter, error))
      return FALSE;
    if (!xps_component_set_role (component, l->data, parameter))
      return refuse (error, "component \"%s\": shape %s has no \"%s\"", name != NULL ? name : "?", type,
                     (const char *)l->data);
  }
  return TRUE;
}

static gboolean
read_role (XpsModelBackground *background, const XpsBackgroundRole *role, JsonNode *node, GError **error)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  const guint n = array != NULL ? json_array_get_length (array) : 1;
  for (guint i = 0; i < n; i++) {
    JsonNode *element = array != NULL ? json_array_get_element (array, i) : node;
    if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
      return refuse (error, "background \"%s\": \"%s\" must name parameters", background->type->id, role->id);
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
  if (!xps_json_get_string (object, name, &word, error) || word == NULL)
    return *error == NULL;
  for (int i = 0; setting->words[i] != NULL; i++)
    if (strcmp (setting->words[i], word) == 0) {
      background->settings.word[k] = i;
      return TRUE;
    }
  g_autofree char *known = g_strjoinv (", ", (char **)setting->words);
  return refuse (error, "background \"%s\": \"%s\" is \"%s\", known are: %s", background->type->id, name,
                 word, known);
}

static gboolean
read_background (XpsModelPart *part, JsonObject *object, GError **error)
{
  const char *type = NULL;
  if (!xps_json_get_string (object, "type", &type, error))
    return FALSE;
  const XpsBackground *row = type != NULL ? xps_background_find (type) : NULL;
  if (row == NULL)
    return refuse (error, "background type \"%s\" is not known", type != NULL ? type : "");
  XpsModelBackground *background = xps_model_part_add_background (part, row);
  g_autoptr (GList) members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next) {
    const char *name = l->data;
    const int role = xps_background_find_role (row, name), setting = xps_background_find_setting (row, name);
    if (role >= 0 && !read_role (background, &row->roles[role], json_object_get_member (object, name), error))
      return FALSE;
    if (setting >= 0 && !read_setting (background, setting, object, name, error))
      return FALSE;
    if (role < 0 && setting < 0 && strcmp (name, "type") != 0)
      return refuse (error, "background \"%s\" has no \"%s\"", type, name);
  }
  return TRUE;
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
    return refuse (error, "energy_range: two energies expected");
  return xps_json_node_get_number (json_array_get_element (range, 0), "energy_range", &part->low, error) &&
         xps_json_node_get_number (json_array_get_element (range, 1), "energy_range", &part->high, error);
}

static gboolean
read_each (JsonObject *object, const char *list, XpsModelPart *part,
           gboolean (*read) (XpsModelPart *, JsonObject *, GError **), GError **error)
{
  JsonArray *array = NULL;
  if (!xps_json_get_array (object, list, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *entry = element_object (array, i, list, error);
    if (entry == NULL || !read (part, entry, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_part (XpsModelPart *part, JsonObject *object, GError **error)
{
  const char *id = NULL, *data = NULL, *region = NULL, *source = NULL;
  if (!xps_json_get_number (object, "energy_shift", &part->energy_shift, error) ||
      !xps_json_get_string (object, "energy_shift_source", &source, error) ||
      !read_range (part, object, error) || !read_each (object, "components", part, read_component, error) ||
      !read_each (object, "background", part, read_background, error))
    return FALSE;
  part->energy_shift_source = g_strdup (source);
  if (!xps_json_get_string (object, "id", &id, error) ||
      !xps_json_get_string (object, "data", &data, error) ||
      !xps_json_get_string (object, "region", &region, error))
    return FALSE;
  part->id = g_strdup (id);
  part->data = g_strdup (data);
  part->region = g_strdup (region);
  return TRUE;
}

static gboolean
read_parameters (XpsModel *self, JsonObject *object, GError **error)
{
  JsonArray *array = NULL;
  if (!xps_json_get_array (object, "parameters", &array, error))
    return FALSE;
  if (array == NULL)
    return refuse (error, "\"parameters\" is missing: not a model file");
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *entry = element_object (array, i, "parameters", error);
    if (entry == NULL || !read_parameter (self, entry, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_model (XpsModel *self, JsonObject *object, GError **error)
{
  double version = 1;
  JsonArray *spectra = NULL, *notes = NULL;
  if (!xps_json_get_number (object, "corelevel_model", &version, error) ||
      !xps_json_get_array (object, "spectra", &spectra, error) ||
      !xps_json_get_array (object, "not_supported", &notes, error))
    return FALSE;
  if (version != 1)
    return refuse (error, "corelevel_model %g is newer than this program, which reads 1", version);
  for (guint i = 0; notes != NULL && i < json_array_get_length (notes); i++)
    g_ptr_array_add (self->not_supported, g_strdup (json_array_get_string_element (notes, i)));
  if (!read_parameters (self, object, error))
    return FALSE;
  if (spectra == NULL)
    return read_part (g_ptr_array_index (self->parts, 0), object, error);
  if (json_array_get_length (spectra) == 0)
    return refuse (error, "\"spectra\" is empty");
  g_ptr_array_set_size (self->parts, 0);
  for (guint i = 0; i < json_array_get_length (spectra); i++) {
    JsonObject *entry = element_object (spectra, i, "spectra", error);
    if (entry == NULL || !read_part (xps_model_add_part (self, NULL), entry, error)) {
      g_prefix_error (error, "spectrum %u: ", i + 1);
      return FALSE;
    }
  }
  self->joint = TRUE;
  return TRUE;
}

XpsModel *
xps_model_from_json (JsonNode *node, const char *file, GError **error)
{
  g_autoptr (XpsModel) self = xps_model_new ();
  GError *reason = NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    refuse (error, "%s: a JSON object is expected", file);
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

/* ---- writing ---- */

static void
write_terms (const XpsParameter *p, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "terms");
  json_builder_begin_array (builder);
  for (guint k = 1; k < p->terms->len; k++) {
    const XpsLinkTerm *term = g_ptr_array_index (p->terms, k);
    json_builder_begin_object (builder);
    xps_json_add_string (builder, "of", term->of);
    xps_json_add_number (builder, "coef", term->coef);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
write_parameter (const XpsParameter *p, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "name", p->name);
  if (p->kind == XPS_PARAMETER_LINKED) {
    const XpsLinkTerm *first = g_ptr_array_index (p->terms, 0);
    xps_json_add_string (builder, "of", first->of);
    xps_json_add_number (builder, "coef", first->coef);
    xps_json_add_number (builder, "const", p->constant);
    if (p->terms->len > 1)
      write_terms (p, builder);
  } else {
    xps_json_add_number (builder, "value", p->value);
    if (isfinite (p->min))
      xps_json_add_number (builder, "min", p->min);
    if (isfinite (p->max))
      xps_json_add_number (builder, "max", p->max);
    xps_json_add_boolean (builder, "vary", p->kind == XPS_PARAMETER_FREE);
  }
  json_builder_end_object (builder);
}

static void
write_component (const XpsComponent *component, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "name", component->name);
  xps_json_add_string (builder, "type", component->shape->id);
  json_builder_set_member_name (builder, "params");
  json_builder_begin_object (builder);
  for (size_t k = 0; k < component->shape->n_roles; k++)
    if (component->roles[k] != NULL)
      xps_json_add_string (builder, component->shape->roles[k].id, component->roles[k]);
  json_builder_end_object (builder);
  if (component->label != NULL)
    xps_json_add_string (builder, "label", component->label);
  if (component->phase != NULL)
    xps_json_add_string (builder, "phase", component->phase);
  json_builder_end_object (builder);
}

static void
write_role (const XpsBackgroundRole *role, const GPtrArray *names, JsonBuilder *builder)
{
  if (!role->list) {
    xps_json_add_string (builder, role->id, names->len > 0 ? g_ptr_array_index (names, 0) : NULL);
    return;
  }
  json_builder_set_member_name (builder, role->id);
  json_builder_begin_array (builder);
  for (guint j = 0; j < names->len; j++)
    json_builder_add_string_value (builder, g_ptr_array_index (names, j));
  json_builder_end_array (builder);
}

static void
write_background (const XpsModelBackground *background, JsonBuilder *builder)
{
  const XpsBackground *type = background->type;
  const XpsBackgroundSettings *settings = &background->settings;
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "type", type->id);
  for (size_t k = 0; k < type->n_roles; k++)
    write_role (&type->roles[k], background->roles[k], builder);
  for (size_t k = 0; k < type->n_settings; k++) {
    if (type->settings[k].kind == XPS_SETTING_NUMBER)
      xps_json_add_number (builder, type->settings[k].id, settings->number[k]);
    else if (type->settings[k].kind == XPS_SETTING_WORD)
      xps_json_add_string (builder, type->settings[k].id, type->settings[k].words[settings->word[k]]);
    else
      xps_json_add_numbers (builder, type->settings[k].id, settings->list_length[k], settings->list[k]);
  }
  json_builder_end_object (builder);
}

static void
write_part (const XpsModelPart *part, JsonBuilder *builder)
{
  if (part->id != NULL)
    xps_json_add_string (builder, "id", part->id);
  if (part->data != NULL)
    xps_json_add_string (builder, "data", part->data);
  if (part->region != NULL)
    xps_json_add_string (builder, "region", part->region);
  if (isfinite (part->low) && isfinite (part->high))
    xps_json_add_numbers (builder, "energy_range", 2, (const double[]){part->low, part->high});
  if (part->energy_shift != 0)
    xps_json_add_number (builder, "energy_shift", part->energy_shift);
  if (part->energy_shift_source != NULL)
    xps_json_add_string (builder, "energy_shift_source", part->energy_shift_source);
  json_builder_set_member_name (builder, "components");
  json_builder_begin_array (builder);
  for (guint i = 0; i < part->components->len; i++)
    write_component (g_ptr_array_index (part->components, i), builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "background");
  json_builder_begin_array (builder);
  for (guint i = 0; i < part->backgrounds->len; i++)
    write_background (g_ptr_array_index (part->backgrounds, i), builder);
  json_builder_end_array (builder);
}

void
xps_model_to_json (const XpsModel *self, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  xps_json_add_integer (builder, "corelevel_model", 1);
  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->parameters->len; i++)
    write_parameter (g_ptr_array_index (self->parameters, i), builder);
  json_builder_end_array (builder);
  if (self->joint) {
    json_builder_set_member_name (builder, "spectra");
    json_builder_begin_array (builder);
    for (guint i = 0; i < self->parts->len; i++) {
      json_builder_begin_object (builder);
      write_part (g_ptr_array_index (self->parts, i), builder);
      json_builder_end_object (builder);
    }
    json_builder_end_array (builder);
  } else
    write_part (g_ptr_array_index (self->parts, 0), builder);
  if (self->not_supported->len > 0) {
    json_builder_set_member_name (builder, "not_supported");
    json_builder_begin_array (builder);
    for (guint i = 0; i < self->not_supported->len; i++)
      json_builder_add_string_value (builder, g_ptr_array_index (self->not_supported, i));
    json_builder_end_array (builder);
  }
  json_builder_end_object (builder);
}

char *
xps_model_dup_text (const XpsModel *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  xps_model_to_json (self, builder);
  return xps_json_dup_text (builder, TRUE);
}
