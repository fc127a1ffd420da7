/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "fit/refuse.h"
#include "project/phase-link.h"

char *
xps_phase_link_dup_text (const XpsPhaseLink *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "phase", self->phase);
  xps_json_add_number (builder, "tolerance", self->tolerance);
  xps_json_add_string (builder, "note", self->note);
  xps_json_add_boolean (builder, "fitted", self->fitted);
  json_builder_set_member_name (builder, "areas");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->areas->len; i++) {
    const XpsLinkedArea *area = g_ptr_array_index (self->areas, i);
    json_builder_begin_object (builder);
    xps_json_add_integer (builder, "region", area->region);
    xps_json_add_string (builder, "component", area->component);
    xps_json_add_string (builder, "level", area->level);
    xps_json_add_number (builder, "factor", area->factor);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return xps_json_dup_text (builder, FALSE);
}

static gboolean
refuse (GError **error, const char *what)
{
  return xps_fit_refuse (error, XPS_FIT_ERROR_MODEL, NULL, "phase link", NULL, "%s", what);
}

static gboolean
read_area (XpsPhaseLink *self, JsonNode *node, GError **error)
{
  double region = NAN, factor = NAN;
  const char *component = NULL, *level = NULL;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, N_ ("an area is not an object"));
  JsonObject *object = json_node_get_object (node);
  if (!xps_json_get_number (object, "region", &region, error) ||
      !xps_json_get_number (object, "factor", &factor, error) ||
      !xps_json_get_string (object, "component", &component, error) ||
      !xps_json_get_string (object, "level", &level, error))
    return FALSE;
  if (component == NULL || !(region >= 1 && region <= G_MAXUINT) || region != floor (region) ||
      !(factor > 0) || isinf (factor))
    return refuse (error, N_ ("an area lacks its region, component or factor"));
  xps_phase_link_add (self, (guint)region, component, level, factor);
  return TRUE;
}

XpsPhaseLink *
xps_phase_link_from_text (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = xps_json_read ("phase link", text, error);
  const char *phase = NULL, *note = NULL;
  double tolerance = NAN;
  gboolean fitted = FALSE;
  JsonArray *areas = NULL;
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    if (node != NULL)
      refuse (error, N_ ("a JSON object is expected"));
    return NULL;
  }
  JsonObject *object = json_node_get_object (node);
  if (!xps_json_get_string (object, "phase", &phase, error) ||
      !xps_json_get_string (object, "note", &note, error) ||
      !xps_json_get_number (object, "tolerance", &tolerance, error) ||
      !xps_json_get_boolean (object, "fitted", &fitted, error) ||
      !xps_json_get_array (object, "areas", &areas, error))
    return NULL;
  if (phase == NULL || areas == NULL || json_array_get_length (areas) < 2 ||
      !(tolerance >= 0 && tolerance < 1)) {
    refuse (error, N_ ("phase, two areas or a tolerance below 1 are missing"));
    return NULL;
  }
  g_autoptr (XpsPhaseLink) self = xps_phase_link_new (phase, tolerance, note);
  self->fitted = fitted;
  for (guint i = 0; i < json_array_get_length (areas); i++)
    if (!read_area (self, json_array_get_element (areas, i), error))
      return NULL;
  return g_steal_pointer (&self);
}
