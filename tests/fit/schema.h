/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "base/json.h"
#include "support.h"

/* As much of JSON Schema (draft 2020-12) as data/schema uses; a keyword it does not know is an error, so that
 * a schema cannot promise what this does not check. */

typedef struct {
  JsonObject *root;   /* for "#/..." */
  JsonNode *foreign;  /* the other schema, by its $id, or NULL */
  GString *complaint; /* first one */
} TestSchema;

static gboolean test_schema_check (const TestSchema *schema, JsonNode *rule, JsonNode *node,
                                   const char *place);

G_GNUC_PRINTF (3, 4)
static inline gboolean
test_schema_complain (const TestSchema *schema, const char *place, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (schema->complaint->len == 0)
    g_string_printf (schema->complaint, "%s: %s", place, what);
  return FALSE;
}

static inline gboolean
test_schema_is (JsonNode *node, const char *type)
{
  const GType value = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;
  if (strcmp (type, "object") == 0)
    return JSON_NODE_HOLDS_OBJECT (node);
  if (strcmp (type, "array") == 0)
    return JSON_NODE_HOLDS_ARRAY (node);
  if (strcmp (type, "null") == 0)
    return JSON_NODE_HOLDS_NULL (node);
  if (strcmp (type, "string") == 0)
    return value == G_TYPE_STRING;
  if (strcmp (type, "boolean") == 0)
    return value == G_TYPE_BOOLEAN;
  if (strcmp (type, "integer") == 0)
    return value == G_TYPE_INT64;
  return strcmp (type, "number") == 0 && (value == G_TYPE_INT64 || value == G_TYPE_DOUBLE);
}

static inline gboolean
test_schema_types (const TestSchema *schema, JsonNode *types, JsonNode *node, const char *place)
{
  if (JSON_NODE_HOLDS_VALUE (types))
    return test_schema_is (node, json_node_get_string (types)) ||
           test_schema_complain (schema, place, "%s expected", json_node_get_string (types));
  JsonArray *array = json_node_get_array (types);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (test_schema_is (node, json_array_get_string_element (array, i)))
      return TRUE;
  return test_schema_complain (schema, place, "of no allowed type");
}

static inline gboolean
test_schema_enum (const TestSchema *schema, JsonArray *allowed, JsonNode *node, const char *place)
{
  for (guint i = 0; i < json_array_get_length (allowed); i++)
    if (json_node_equal (json_array_get_element (allowed, i), node))
      return TRUE;
  return test_schema_complain (schema, place, "not one of the allowed values");
}

/* Rule of a member by pattern, else the one for all others, else NULL. */
static inline JsonNode *
test_schema_other_rule (JsonObject *rule, const char *name)
{
  JsonNode *patterns = json_object_get_member (rule, "patternProperties");
  g_autoptr (GList) keys =
      patterns != NULL ? json_object_get_members (json_node_get_object (patterns)) : NULL;
  for (GList *l = keys; l != NULL; l = l->next)
    if (g_regex_match_simple (l->data, name, 0, 0))
      return json_object_get_member (json_node_get_object (patterns), l->data);
  return json_object_get_member (rule, "additionalProperties");
}

static inline gboolean
test_schema_members (const TestSchema *schema, JsonObject *rule, JsonNode *node, const char *place)
{
  JsonNode *properties = json_object_get_member (rule, "properties");
  JsonObject *object = json_node_get_object (node);
  g_autoptr (GList) members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next) {
    g_autofree char *inner = g_strdup_printf ("%s/%s", place, (char *)l->data);
    JsonNode *own =
        properties != NULL ? json_object_get_member (json_node_get_object (properties), l->data) : NULL;
    JsonNode *next = own != NULL ? own : test_schema_other_rule (rule, l->data);
    if (next != NULL && !test_schema_check (schema, next, json_object_get_member (object, l->data), inner))
      return FALSE;
  }
  JsonNode *required = json_object_get_member (rule, "required");
  for (guint i = 0; required != NULL && i < json_array_get_length (json_node_get_array (required)); i++) {
    const char *name = json_array_get_string_element (json_node_get_array (required), i);
    if (!json_object_has_member (object, name))
      return test_schema_complain (schema, place, "\"%s\" is missing", name);
  }
  return TRUE;
}

static inline gboolean
test_schema_items (const TestSchema *schema, JsonObject *rule, JsonNode *node, const char *place)
{
  JsonArray *array = json_node_get_array (node);
  const gint64 n = json_array_get_length (array);
  if (n < json_object_get_int_member_with_default (rule, "minItems", 0) ||
      n > json_object_get_int_member_with_default (rule, "maxItems", G_MAXINT64))
    return test_schema_complain (schema, place, "%" G_GINT64_FORMAT " entries", n);
  JsonNode *items = json_object_get_member (rule, "items");
  for (guint i = 0; items != NULL && i < n; i++) {
    g_autofree char *inner = g_strdup_printf ("%s/%u", place, i);
    if (!test_schema_check (schema, items, json_array_get_element (array, i), inner))
      return FALSE;
  }
  return TRUE;
}

static inline gboolean
test_schema_scalar (const TestSchema *schema, JsonObject *rule, JsonNode *node, const char *place)
{
  if (test_schema_is (node, "number")) {
    const double value = json_node_get_double (node);
    if (value < json_object_get_double_member_with_default (rule, "minimum", -G_MAXDOUBLE) ||
        value > json_object_get_double_member_with_default (rule, "maximum", G_MAXDOUBLE))
      return test_schema_complain (schema, place, "%g is out of range", value);
  }
  if (!test_schema_is (node, "string"))
    return TRUE;
  const char *text = json_node_get_string (node);
  if (g_utf8_strlen (text, -1) < json_object_get_int_member_with_default (rule, "minLength", 0))
    return test_schema_complain (schema, place, "too short");
  const char *pattern = json_object_get_string_member_with_default (rule, "pattern", "");
  return g_regex_match_simple (pattern, text, 0, 0) ||
         test_schema_complain (schema, place, "not like %s", pattern);
}

static inline gboolean
test_schema_quietly (const TestSchema *schema, JsonNode *rule, JsonNode *node, const char *place)
{
  g_autoptr (GString) complaint = g_string_new (NULL);
  const TestSchema quiet = {schema->root, schema->foreign, complaint};
  return test_schema_check (&quiet, rule, node, place);
}

static inline gboolean
test_schema_combine (const TestSchema *schema, JsonObject *rule, JsonNode *node, const char *place)
{
  JsonNode *all = json_object_get_member (rule, "allOf"), *any = json_object_get_member (rule, "anyOf"),
           *condition = json_object_get_member (rule, "if");
  for (guint i = 0; all != NULL && i < json_array_get_length (json_node_get_array (all)); i++)
    if (!test_schema_check (schema, json_array_get_element (json_node_get_array (all), i), node, place))
      return FALSE;
  gboolean found = any == NULL;
  for (guint i = 0; any != NULL && i < json_array_get_length (json_node_get_array (any)); i++)
    found |= test_schema_quietly (schema, json_array_get_element (json_node_get_array (any), i), node, place);
  if (!found)
    return test_schema_complain (schema, place, "fits none of the alternatives");
  if (condition == NULL)
    return TRUE;
  JsonNode *then =
      json_object_get_member (rule, test_schema_quietly (schema, condition, node, place) ? "then" : "else");
  return then == NULL || test_schema_check (schema, then, node, place);
}

static inline gboolean
test_schema_refer (const TestSchema *schema, const char *reference, JsonNode *node, const char *place)
{
  if (g_str_has_prefix (reference, "urn:")) {
    g_assert_nonnull (schema->foreign);
    const TestSchema foreign = {json_node_get_object (schema->foreign), NULL, schema->complaint};
    g_assert_cmpstr (json_object_get_string_member (foreign.root, "$id"), ==, reference);
    return test_schema_check (&foreign, schema->foreign, node, place);
  }
  g_assert_true (g_str_has_prefix (reference, "#/$defs/"));
  JsonNode *rule = json_object_get_member (json_object_get_object_member (schema->root, "$defs"),
                                           reference + strlen ("#/$defs/"));
  if (rule == NULL)
    g_error ("%s: no such definition", reference);
  return test_schema_check (schema, rule, node, place);
}

static inline void
test_schema_assert_known (JsonObject *rule)
{
  static const char *const known[] = {"$schema",    "$id",
                                      "$defs",      "$ref",
                                      "title",      "description",
                                      "default",    "type",
                                      "enum",       "const",
                                      "required",   "items",
                                      "properties", "additionalProperties",
                                      "minItems",   "maxItems",
                                      "minimum",    "maximum",
                                      "pattern",    "patternProperties",
                                      "minLength",  "anyOf",
                                      "allOf",      "if",
                                      "then",       "else",
                                      NULL};
  g_autoptr (GList) members = json_object_get_members (rule);
  for (GList *l = members; l != NULL; l = l->next)
    if (!g_strv_contains (known, l->data))
      g_error ("schema keyword %s is not checked by this test", (char *)l->data);
}

static inline gboolean
test_schema_check (const TestSchema *schema, JsonNode *node_rule, JsonNode *node, const char *place)
{
  if (JSON_NODE_HOLDS_VALUE (node_rule)) /* true or false */
    return json_node_get_boolean (node_rule) || test_schema_complain (schema, place, "not known");
  JsonObject *rule = json_node_get_object (node_rule);
  test_schema_assert_known (rule);
  JsonNode *type = json_object_get_member (rule, "type"), *constant = json_object_get_member (rule, "const"),
           *list = json_object_get_member (rule, "enum"), *reference = json_object_get_member (rule, "$ref");
  if (type != NULL && !test_schema_types (schema, type, node, place))
    return FALSE;
  if (constant != NULL && !json_node_equal (constant, node))
    return test_schema_complain (schema, place, "another constant expected");
  if (list != NULL && !test_schema_enum (schema, json_node_get_array (list), node, place))
    return FALSE;
  if (JSON_NODE_HOLDS_OBJECT (node) && !test_schema_members (schema, rule, node, place))
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (node) && !test_schema_items (schema, rule, node, place))
    return FALSE;
  return test_schema_scalar (schema, rule, node, place) && test_schema_combine (schema, rule, node, place) &&
         (reference == NULL || test_schema_refer (schema, json_node_get_string (reference), node, place));
}

static inline JsonNode *
test_schema_read (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "schema", name, NULL);
  JsonNode *node = xps_json_read (path, NULL, &error);
  g_assert_no_error (error);
  return node;
}

/* NULL when `node` fits data/schema/<name>.schema.json, else the first complaint. New string. */
static inline char *
test_schema_judge (const char *name, JsonNode *node)
{
  g_autofree char *file = g_strdup_printf ("%s.schema.json", name);
  g_autoptr (JsonNode) rule = test_schema_read (file), model = test_schema_read ("model.schema.json");
  const TestSchema schema = {json_node_get_object (rule), model, g_string_new (NULL)};
  const gboolean fits = test_schema_check (&schema, rule, node, "");
  g_assert_true (fits == (schema.complaint->len == 0));
  char *complaint = g_string_free (schema.complaint, FALSE);
  if (fits)
    g_clear_pointer (&complaint, g_free);
  return complaint;
}

static inline void
test_schema_assert (const char *name, JsonNode *node)
{
  g_autofree char *complaint = test_schema_judge (name, node);
  if (complaint != NULL)
    g_error ("%s schema: %s", name, complaint);
}
