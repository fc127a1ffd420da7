/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/view-text.h"

#include <math.h>
#include <string.h>

#include "base/json.h"

/* In the order of XpsNormalise. */
static const char *const normalise_words[] = {"none", "maximum", "area"};
static const char *const members[] = {"axis",      "rate",   "log",       "normalise",
                                      "residuals", "energy", "intensity", "shift"};

/* ---- writing ---- */

static void
add_others (JsonBuilder *builder, const char *before)
{
  g_autoptr (JsonNode) node = before != NULL ? xps_json_read ("view", before, NULL) : NULL;
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &value)) {
    gboolean known = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
      known = known || strcmp (name, members[i]) == 0;
    if (known)
      continue;
    json_builder_set_member_name (builder, name);
    json_builder_add_value (builder, json_node_copy (value));
  }
}

static void
add_range (JsonBuilder *builder, const char *name, double low, double high)
{
  xps_json_add_numbers (builder, name, 2, (const double[]){low, high});
}

char *
xps_plot_view_dup_text (const XpsPlotView *view, double shift, const char *before)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "axis", view->kinetic ? "kinetic" : "binding");
  xps_json_add_boolean (builder, "rate", view->per_second);
  xps_json_add_boolean (builder, "log", view->log);
  xps_json_add_string (builder, "normalise", normalise_words[view->normalise]);
  xps_json_add_boolean (builder, "residuals", view->residuals);
  add_range (builder, "energy", view->x_low, view->x_high);
  add_range (builder, "intensity", view->y_low, view->y_high);
  xps_json_add_number (builder, "shift", shift);
  add_others (builder, before);
  json_builder_end_object (builder);
  return g_strchomp (xps_json_dup_text (builder, FALSE));
}

/* ---- reading ---- */

/* A number, or NaN: not given, or nothing that can be drawn. */
static double
get_limit (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NAN;
  const GType type = json_node_get_value_type (node);
  if (type != G_TYPE_INT64 && type != G_TYPE_DOUBLE)
    return NAN;
  const double value = json_node_get_double (node);
  return fabs (value) < 1e300 ? value : (double)NAN;
}

static void
get_range (JsonObject *object, const char *name, double *low, double *high)
{
  JsonArray *array = NULL;
  if (!xps_json_get_array (object, name, &array, NULL) || array == NULL || json_array_get_length (array) != 2)
    return;
  const double a = get_limit (array, 0), b = get_limit (array, 1);
  if (a >= b)
    return;
  *low = a;
  *high = b;
}

static void
get_words (JsonObject *object, XpsPlotView *view)
{
  const char *axis = NULL, *normalise = NULL;
  if (xps_json_get_string (object, "axis", &axis, NULL) && axis != NULL)
    view->kinetic = strcmp (axis, "kinetic") == 0;
  if (!xps_json_get_string (object, "normalise", &normalise, NULL) || normalise == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (normalise_words); i++)
    if (strcmp (normalise, normalise_words[i]) == 0)
      view->normalise = (XpsNormalise)i;
}

gboolean
xps_plot_view_read_text (const char *text, double shift, XpsPlotView *view)
{
  g_autoptr (JsonNode) node = text != NULL ? xps_json_read ("view", text, NULL) : NULL;
  double before = shift;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  JsonObject *object = json_node_get_object (node);
  get_words (object, view);
  xps_json_get_boolean (object, "rate", &view->per_second, NULL);
  xps_json_get_boolean (object, "log", &view->log, NULL);
  xps_json_get_boolean (object, "residuals", &view->residuals, NULL);
  get_range (object, "energy", &view->x_low, &view->x_high);
  get_range (object, "intensity", &view->y_low, &view->y_high);
  xps_json_get_number (object, "shift", &before, NULL);
  if (!view->kinetic && isfinite (shift) && isfinite (before)) {
    view->x_low += shift - before;
    view->x_high += shift - before;
  }
  return TRUE;
}
