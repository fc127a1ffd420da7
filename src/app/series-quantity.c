/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-quantity.h"

#include <math.h>
#include <string.h>

#include "base/json.h"

XpsSeriesQuantity *
xps_series_quantity_new (void)
{
  XpsSeriesQuantity *self = g_new0 (XpsSeriesQuantity, 1);
  self->levels = g_ptr_array_new_with_free_func (g_free);
  self->ratios = g_ptr_array_new_with_free_func (g_free);
  self->photon_energy = self->angle = NAN;
  return self;
}

void
xps_series_quantity_free (XpsSeriesQuantity *self)
{
  g_ptr_array_unref (self->levels);
  g_ptr_array_unref (self->ratios);
  g_free (self->to);
  g_free (self->matrix);
  g_free (self);
}

XpsSeriesQuantity *
xps_series_quantity_copy (const XpsSeriesQuantity *self)
{
  XpsSeriesQuantity *copy = xps_series_quantity_new ();
  for (guint i = 0; i < self->levels->len; i++)
    g_ptr_array_add (copy->levels, g_strdup (g_ptr_array_index (self->levels, i)));
  for (guint i = 0; i < self->ratios->len; i++)
    g_ptr_array_add (copy->ratios, g_strdup (g_ptr_array_index (self->ratios, i)));
  copy->to = g_strdup (self->to);
  copy->matrix = g_strdup (self->matrix);
  copy->photon_energy = self->photon_energy;
  copy->angle = self->angle;
  copy->emission = self->emission;
  return copy;
}

/* ---- levels and ratios ---- */

static int
find_level (const XpsSeriesQuantity *self, const char *component)
{
  const gsize n = strlen (component);
  for (guint i = 0; i < self->levels->len; i++) {
    const char *given = g_ptr_array_index (self->levels, i);
    if (strncmp (given, component, n) == 0 && given[n] == '=' && strchr (given + n + 1, '=') == NULL)
      return (int)i;
  }
  return -1;
}

const char *
xps_series_quantity_get_level (const XpsSeriesQuantity *self, const char *component)
{
  const int at = find_level (self, component);
  return at >= 0 ? (const char *)g_ptr_array_index (self->levels, at) + strlen (component) + 1 : NULL;
}

void
xps_series_quantity_set_level (XpsSeriesQuantity *self, const char *component, const char *level)
{
  const int at = find_level (self, component);
  if (at >= 0)
    g_ptr_array_remove_index (self->levels, (guint)at);
  if (level != NULL && level[0] != '\0')
    g_ptr_array_add (self->levels, g_strconcat (component, "=", level, NULL));
}

void
xps_series_quantity_set_ratios (XpsSeriesQuantity *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_ptr_array_set_size (self->ratios, 0);
  for (gsize i = 0; parts[i] != NULL; i++)
    if (g_strstrip (parts[i])[0] != '\0')
      g_ptr_array_add (self->ratios, g_strdup (parts[i]));
}

char *
xps_series_quantity_dup_ratios (const XpsSeriesQuantity *self)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < self->ratios->len; i++) {
    g_string_append (text, i > 0 ? "; " : "");
    g_string_append (text, g_ptr_array_index (self->ratios, i));
  }
  return g_string_free (text, FALSE);
}

/* ---- in the document ---- */

static gboolean
is_usual (const XpsSeriesQuantity *self)
{
  return self->levels->len == 0 && self->ratios->len == 0 && self->to == NULL && self->matrix == NULL &&
         isnan (self->photon_energy) && isnan (self->angle) && self->emission == 0;
}

static void
write_strings (const GPtrArray *strings, const char *name, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < strings->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (strings, i));
  json_builder_end_array (builder);
}

void
xps_series_quantity_write (const XpsSeriesQuantity *self, JsonBuilder *builder)
{
  if (is_usual (self))
    return;
  json_builder_set_member_name (builder, "quantification");
  json_builder_begin_object (builder);
  write_strings (self->levels, "levels", builder);
  write_strings (self->ratios, "ratios", builder);
  xps_json_add_string (builder, "ratio_to", self->to);
  xps_json_add_string (builder, "matrix", self->matrix);
  xps_json_add_number (builder, "photon_energy", self->photon_energy);
  xps_json_add_number (builder, "angle", self->angle);
  xps_json_add_number (builder, "emission", self->emission);
  json_builder_end_object (builder);
}

static gboolean
read_strings (JsonObject *object, const char *name, GPtrArray *strings, GError **error)
{
  JsonArray *array = NULL;
  if (!xps_json_get_array (object, name, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
      g_ptr_array_add (strings, g_strdup (json_node_get_string (node)));
  }
  return TRUE;
}

gboolean
xps_series_quantity_read (XpsSeriesQuantity *self, JsonObject *root, GError **error)
{
  JsonObject *object = NULL;
  const char *to = NULL, *matrix = NULL;
  if (!xps_json_get_object (root, "quantification", &object, error))
    return FALSE;
  if (object == NULL)
    return TRUE;
  if (!read_strings (object, "levels", self->levels, error) ||
      !read_strings (object, "ratios", self->ratios, error) ||
      !xps_json_get_string (object, "ratio_to", &to, error) ||
      !xps_json_get_string (object, "matrix", &matrix, error) ||
      !xps_json_get_number (object, "photon_energy", &self->photon_energy, error) ||
      !xps_json_get_number (object, "angle", &self->angle, error) ||
      !xps_json_get_number (object, "emission", &self->emission, error))
    return FALSE;
  self->to = g_strdup (to);
  self->matrix = g_strdup (matrix);
  return TRUE;
}
