/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/json.h"
#include "fit/edit.h"
#include "fit/record-private.h"

/* Another charge reference moves data and model together: no distance between them changes, so positions move
 * by a constant and all else of a fit (errors, covariances, areas, chi2, certificates) stays as it is. What
 * is written in sentences speaks of distances, widths and areas, never of where on the axis. */

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonNode *
new_number (double value)
{
  JsonNode *node = json_node_alloc ();
  return isfinite (value) ? json_node_init_double (node, value) : json_node_init_null (node);
}

/* What is not a number stays what it is. */
static void
move_member (JsonObject *object, const char *name, double by)
{
  JsonNode *node = json_object_get_member (object, name);
  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    json_object_set_member (object, name, new_number (json_node_get_double (node) + by));
}

static void
move_components (JsonObject *components, double by, double error)
{
  g_autoptr (GList) names = components != NULL ? json_object_get_members (components) : NULL;
  for (GList *l = names; l != NULL; l = l->next) {
    JsonObject *component = get_object (components, l->data);
    if (component == NULL)
      continue;
    move_member (component, "center", by);
    move_member (component, "maximum", by);
    json_object_set_member (component, "reference_stderr", new_number (error));
  }
}

/* The fitted values, from the model that was fitted and moved. */
static void
move_parameters (JsonObject *parameters, const XpsModel *before, const XpsModel *after)
{
  for (guint i = 0; i < before->parameters->len; i++) {
    const XpsParameter *a = g_ptr_array_index (before->parameters, i),
                       *b = g_ptr_array_index (after->parameters, i);
    JsonObject *own = get_object (parameters, a->name);
    if (own != NULL && a->value != b->value)
      json_object_set_member (own, "value", new_number (b->value));
  }
}

static void
move_input (JsonObject *provenance, double by, double shift)
{
  JsonArray *inputs = get_array (provenance, "input");
  JsonNode *first =
      inputs != NULL && json_array_get_length (inputs) > 0 ? json_array_get_element (inputs, 0) : NULL;
  if (first == NULL || !JSON_NODE_HOLDS_OBJECT (first))
    return;
  JsonObject *input = json_node_get_object (first);
  JsonArray *window = get_array (input, "window"), *moved = json_array_new ();
  for (guint i = 0; window != NULL && i < json_array_get_length (window); i++)
    json_array_add_element (moved, new_number (json_array_get_double_element (window, i) + by));
  json_object_set_array_member (input, "window", moved);
  json_object_set_member (input, "energy_shift", new_number (shift));
}

/* The model as it was before the fit, with its start values. */
static gboolean
move_model (JsonObject *provenance, double shift, double error, const char *source, GError **failure)
{
  JsonNode *node = provenance != NULL ? json_object_get_member (provenance, "model") : NULL;
  if (node == NULL)
    return xps_record_refuse (failure, "no model");
  g_autoptr (XpsModel) model = xps_model_from_json (node, "result", failure);
  if (model == NULL)
    return FALSE;
  xps_edit_set_reference (model, 0, shift, error, source);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  xps_model_to_json (model, builder);
  json_object_set_member (provenance, "model", json_builder_get_root (builder));
  return TRUE;
}

XpsFitRecord *
xps_fit_record_with_reference (const XpsFitRecord *self, double shift, double error, const char *source,
                               GError **failure)
{
  const XpsModelPart *part = g_ptr_array_index (self->model->parts, 0);
  if (self->model->joint || self->model->parts->len != 1 || !isfinite (shift)) {
    xps_record_refuse (failure, "not one spectrum with its own charge reference");
    return NULL;
  }
  g_autoptr (JsonNode) node = xps_json_read ("result", self->text, failure);
  if (node == NULL)
    return NULL;
  g_autoptr (XpsModel) after = xps_model_copy (self->model);
  xps_edit_set_reference (after, 0, shift, error, source);
  JsonObject *root = json_node_get_object (node), *provenance = get_object (root, "provenance");
  const double by = shift - part->energy_shift;
  move_parameters (get_object (root, "parameters"), self->model, after);
  move_components (get_object (root, "components"), by, isfinite (error) && error >= 0 ? error : (double)NAN);
  if (provenance == NULL || !move_model (provenance, shift, error, source, failure))
    return NULL;
  move_input (provenance, by, shift);
  g_autofree char *text = xps_record_dup_text (root);
  return xps_fit_record_from_text (text, "result", failure);
}
