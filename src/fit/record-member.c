/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/record-private.h"

#include <math.h>

#include "base/json.h"
#include "base/text.h"

/* Members that must be there: what is missing, or of another kind, is named by its path. */

gboolean
xps_record_refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = xps_text_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, what);
  return FALSE;
}

/* Puts the place before what the helpers of base/json say. */
gboolean
xps_record_at (GError **error, const char *place)
{
  g_prefix_error (error, "%s: ", place);
  return FALSE;
}

/* ---- members that must be there ---- */

JsonNode *
xps_record_get_member (JsonObject *object, const char *place, const char *name, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  if (node == NULL)
    xps_record_refuse (error, "%s%s%s is missing", place, place[0] != '\0' ? "." : "", name);
  return node;
}

gboolean
xps_record_get_object (JsonObject *object, const char *place, const char *name, JsonObject **out,
                       GError **error)
{
  JsonNode *node = xps_record_get_member (object, place, name, error);
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return xps_record_refuse (error, "%s%s%s is not an object", place, place[0] != '\0' ? "." : "", name);
  *out = json_node_get_object (node);
  return TRUE;
}

gboolean
xps_record_get_array (JsonObject *object, const char *place, const char *name, JsonArray **out,
                      GError **error)
{
  JsonNode *node = xps_record_get_member (object, place, name, error);
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return xps_record_refuse (error, "%s%s%s is not a list", place, place[0] != '\0' ? "." : "", name);
  *out = json_node_get_array (node);
  return TRUE;
}

/* null is NaN: undefined, but there. */
gboolean
xps_record_get_number (JsonObject *object, const char *place, const char *name, double *out, GError **error)
{
  JsonNode *node = xps_record_get_member (object, place, name, error);
  *out = NAN;
  if (node == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  return xps_json_node_get_number (node, name, out, error) || xps_record_at (error, place);
}

/* A count: whole, not negative, small enough to be one. */
gboolean
xps_record_get_count (JsonObject *object, const char *name, gsize *out, GError **error)
{
  double number;
  if (!xps_record_get_number (object, "", name, &number, error))
    return FALSE;
  if (!(number >= 0 && number <= 9007199254740992.0) || number != floor (number))
    return xps_record_refuse (error, "%s is not a count", name);
  *out = (gsize)number;
  return TRUE;
}

/* New string; NULL for null where that may be. */
gboolean
xps_record_get_string (JsonObject *object, const char *place, const char *name, gboolean may_be_null,
                       char **out, GError **error)
{
  const char *text = NULL;
  if (xps_record_get_member (object, place, name, error) == NULL)
    return FALSE;
  if (!xps_json_get_string (object, name, &text, error))
    return xps_record_at (error, place);
  if (text == NULL && !may_be_null)
    return xps_record_refuse (error, "%s%s%s is null", place, place[0] != '\0' ? "." : "", name);
  g_free (*out);
  *out = g_strdup (text);
  return TRUE;
}

gboolean
xps_record_get_boolean (JsonObject *object, const char *place, const char *name, gboolean *out,
                        GError **error)
{
  return xps_record_get_member (object, place, name, error) != NULL &&
         (xps_json_get_boolean (object, name, out, error) || xps_record_at (error, place));
}

gboolean
xps_record_read_texts (JsonArray *array, const char *place, GPtrArray *out, GError **error)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
      return xps_record_refuse (error, "%s[%u] is not text", place, i);
    g_ptr_array_add (out, json_node_dup_string (node));
  }
  return TRUE;
}
