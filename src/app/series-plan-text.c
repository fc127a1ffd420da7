/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-plan-text.h"

#include "base/json.h"

void
xps_series_plan_write (const XpsSeriesPlan *plan, JsonBuilder *builder)
{
  xps_json_add_string (builder, "mode", xps_series_mode_to_text (plan->mode));
  xps_json_add_string (builder, "weights", xps_weights_to_text (plan->weights));
  xps_json_add_number (builder, "freeze", plan->freeze);
  json_builder_set_member_name (builder, "rules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->rules->len; i++) {
    const XpsSeriesRule *rule = g_ptr_array_index (plan->rules, i);
    json_builder_begin_object (builder);
    xps_json_add_string (builder, "parameter", rule->parameter);
    xps_json_add_string (builder, "across", xps_across_to_text (rule->across));
    xps_json_add_integer (builder, "knots", rule->knots);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "frames");
  json_builder_begin_array (builder);
  for (guint i = 0; i < plan->frames->len; i++) {
    const XpsEnergyFrame *frame = g_ptr_array_index (plan->frames, i);
    json_builder_begin_object (builder);
    xps_json_add_string (builder, "name", frame->name);
    xps_json_add_string (builder, "shift", xps_frame_shift_to_text (frame->shift));
    xps_json_add_number (builder, "slope", frame->slope);
    json_builder_set_member_name (builder, "components");
    json_builder_begin_array (builder);
    for (guint k = 0; k < frame->components->len; k++)
      json_builder_add_string_value (builder, g_ptr_array_index (frame->components, k));
    json_builder_end_array (builder);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

gboolean
xps_series_json_get_array (JsonObject *object, const char *name, JsonArray **array, GError **error)
{
  *array = NULL;
  if (!xps_json_get_array (object, name, array, error))
    return FALSE;
  if (*array == NULL)
    g_set_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_FILE, "series: \"%s\" is missing", name);
  return *array != NULL;
}

JsonObject *
xps_series_json_get_entry (JsonArray *array, guint i, GError **error)
{
  JsonNode *node = json_array_get_element (array, i);
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);
  g_set_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_FILE, "series: entry %u is not an object", i + 1);
  return NULL;
}

static gboolean
read_rules (XpsSeriesPlan *plan, JsonObject *root, GError **error)
{
  JsonArray *array;
  if (!xps_series_json_get_array (root, "rules", &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *object = xps_series_json_get_entry (array, i, error);
    const char *parameter = NULL, *text = NULL;
    double knots = 0;
    XpsAcross across;
    if (object == NULL || !xps_json_get_string (object, "parameter", &parameter, error) ||
        !xps_json_get_string (object, "across", &text, error) ||
        !xps_json_get_number (object, "knots", &knots, error))
      return FALSE;
    if (parameter != NULL && text != NULL && xps_across_from_text (text, &across))
      xps_series_plan_set_rule (plan, parameter, across, knots > 0 && knots < 1000 ? (guint)knots : 0);
  }
  return TRUE;
}

static gboolean
read_frame (XpsSeriesPlan *plan, JsonObject *object, GError **error)
{
  const char *name = NULL, *text = NULL;
  double slope = 0;
  JsonArray *components;
  XpsFrameShift shift;
  if (!xps_json_get_string (object, "name", &name, error) ||
      !xps_json_get_string (object, "shift", &text, error) ||
      !xps_json_get_number (object, "slope", &slope, error) ||
      !xps_series_json_get_array (object, "components", &components, error))
    return FALSE;
  if (name == NULL || text == NULL || !xps_frame_shift_from_text (text, &shift))
    return TRUE;
  XpsEnergyFrame *frame = xps_series_plan_add_frame (plan, name, shift, slope);
  for (guint i = 0; i < json_array_get_length (components); i++) {
    JsonNode *node = json_array_get_element (components, i);
    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_ptr_array_add (frame->components, g_strdup (json_node_get_string (node)));
  }
  return TRUE;
}

gboolean
xps_series_plan_read (XpsSeriesPlan *plan, JsonObject *root, GError **error)
{
  const char *mode = NULL, *weights = NULL;
  JsonArray *frames;
  if (!xps_json_get_string (root, "mode", &mode, error) ||
      !xps_json_get_string (root, "weights", &weights, error) ||
      !xps_json_get_number (root, "freeze", &plan->freeze, error) || !read_rules (plan, root, error) ||
      !xps_series_json_get_array (root, "frames", &frames, error))
    return FALSE;
  if (mode != NULL)
    xps_series_mode_from_text (mode, &plan->mode);
  if (weights != NULL)
    xps_weights_from_text (weights, &plan->weights);
  for (guint i = 0; i < json_array_get_length (frames); i++) {
    JsonObject *object = xps_series_json_get_entry (frames, i, error);
    if (object == NULL || !read_frame (plan, object, error))
      return FALSE;
  }
  return TRUE;
}
