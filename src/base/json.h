/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* Thin help over json-glib: undefined numbers become null, missing members a message that names their path.
 */

/* Adds `name: value`, or `name: null` where value is not finite. */
void xps_json_add_number (JsonBuilder *builder, const char *name, double value);
void xps_json_add_integer (JsonBuilder *builder, const char *name, gint64 value);
void xps_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value);
/* NULL text becomes null; text that is not UTF-8 is made valid. */
void xps_json_add_string (JsonBuilder *builder, const char *name, const char *value);
void xps_json_add_numbers (JsonBuilder *builder, const char *name, gsize n, const double *values);

/* An array element: number or null. */
void xps_json_push_number (JsonBuilder *builder, double value);

/* Text of the finished tree, 17 significant digits where needed, ending in a newline. New string. */
char *xps_json_dup_text (JsonBuilder *builder, gboolean pretty);

/* Reads `file` (or `text`, when not NULL, with `file` only as the name in messages). Depth and size limited.
 */
JsonNode *xps_json_read (const char *file, const char *text, GError **error);

/* Member look-ups on an object that may lack them. `value` stays untouched when the member is absent and
 * FALSE is returned with `error` set when it has the wrong kind. */
gboolean xps_json_node_get_number (JsonNode *node, const char *name, double *value, GError **error);
gboolean xps_json_get_number (JsonObject *object, const char *name, double *value, GError **error);
gboolean xps_json_get_boolean (JsonObject *object, const char *name, gboolean *value, GError **error);
gboolean xps_json_get_string (JsonObject *object, const char *name, const char **value, GError **error);
gboolean xps_json_get_array (JsonObject *object, const char *name, JsonArray **value, GError **error);
gboolean xps_json_get_object (JsonObject *object, const char *name, JsonObject **value, GError **error);
