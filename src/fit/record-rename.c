/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "base/json.h"
#include "fit/edit.h"
#include "fit/record-private.h"

/* A component that gets another name takes its parameters along; no figure of the fit depends on either. What
 * is written in sentences can not be renamed without doubt: where a warning still speaks of the old name the
 * record is refused, and the fit is made again. */

typedef struct {
  GPtrArray *olds, *news; /* char *, of the parameters whose names change */
  const char *component, *name;
} Renames;

/* The new name, or the same one. */
static const char *
look_up (const Renames *renames, const char *name)
{
  for (guint i = 0; i < renames->olds->len; i++)
    if (g_strcmp0 (g_ptr_array_index (renames->olds, i), name) == 0)
      return g_ptr_array_index (renames->news, i);
  return name;
}

static gboolean
is_word (const char *text, const char *at, gsize length)
{
  const gunichar before = at > text ? g_utf8_get_char (g_utf8_prev_char (at)) : ' ';
  const gunichar after = at[length] != '\0' ? g_utf8_get_char (at + length) : ' ';
  return !g_unichar_isalnum (before) && !g_unichar_isalnum (after);
}

static gboolean
mentions (const char *text, const char *name)
{
  const gsize length = strlen (name);
  for (const char *at = strstr (text, name); at != NULL; at = strstr (at + 1, name))
    if (is_word (text, at, length))
      return TRUE;
  return FALSE;
}

static char *
dup_replaced (const char *text, const char *from, const char *to)
{
  const gsize length = strlen (from);
  GString *out = g_string_new (NULL);
  const char *at = text;
  for (const char *next; (next = strstr (at, from)) != NULL; at = next + length) {
    g_string_append_len (out, at, next - at);
    g_string_append (out, is_word (text, next, length) ? to : from);
  }
  g_string_append (out, at);
  return g_string_free (out, FALSE);
}

/* ---- the members of the file ---- */

static JsonNode *
new_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

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

static JsonArray *
new_names (const Renames *renames, JsonArray *names)
{
  JsonArray *renamed = json_array_new ();
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    json_array_add_string_element (renamed, look_up (renames, json_array_get_string_element (names, i)));
  return renamed;
}

/* Members keep their order. */
static JsonObject *
new_renamed (JsonObject *object, const char *(*rename) (const Renames *renames, const char *name),
             const Renames *renames)
{
  JsonObject *renamed = json_object_new ();
  g_autoptr (GList) members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    json_object_set_member (renamed, rename (renames, l->data),
                            json_node_copy (json_object_get_member (object, l->data)));
  return renamed;
}

static const char *
rename_component (const Renames *renames, const char *name)
{
  return strcmp (name, renames->component) == 0 ? renames->name : name;
}

static gboolean
rename_warning (const Renames *renames, JsonObject *warning, GError **error)
{
  JsonArray *names = get_array (warning, "parameters");
  g_autofree char *message = g_strdup (json_object_get_string_member_with_default (warning, "message", ""));
  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++) {
    const char *name = json_array_get_string_element (names, i);
    char *next = dup_replaced (message, name, look_up (renames, name));
    g_free (message);
    message = next;
  }
  if (mentions (message, renames->component))
    return xps_record_refuse (error, "a warning speaks of \"%s\"", renames->component);
  json_object_set_member (warning, "message", new_text (message));
  json_object_set_array_member (warning, "parameters", new_names (renames, names));
  return TRUE;
}

static gboolean
rename_warnings (const Renames *renames, JsonObject *root, GError **error)
{
  JsonArray *warnings = get_array (root, "warnings");
  for (guint i = 0; warnings != NULL && i < json_array_get_length (warnings); i++)
    if (!rename_warning (renames, json_array_get_object_element (warnings, i), error))
      return FALSE;
  return TRUE;
}

/* The model as it was before the fit, with its start values. */
static gboolean
rename_model (JsonObject *root, guint component, const char *name, GError **error)
{
  JsonObject *provenance = get_object (root, "provenance");
  JsonNode *node = provenance != NULL ? json_object_get_member (provenance, "model") : NULL;
  if (node == NULL)
    return xps_record_refuse (error, "no model");
  g_autoptr (XpsModel) model = xps_model_from_json (node, "result", error);
  if (model == NULL || !xps_edit_rename_component (model, 0, component, name, error))
    return FALSE;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  xps_model_to_json (model, builder);
  json_object_set_member (provenance, "model", json_builder_get_root (builder));
  return TRUE;
}

static gboolean
rename_root (const Renames *renames, JsonObject *root, GError **error)
{
  JsonObject *parameters = get_object (root, "parameters"), *components = get_object (root, "components");
  JsonObject *covariance = get_object (root, "covariance");
  if (!rename_warnings (renames, root, error))
    return FALSE;
  if (parameters != NULL)
    json_object_set_object_member (root, "parameters", new_renamed (parameters, look_up, renames));
  if (components != NULL)
    json_object_set_object_member (root, "components", new_renamed (components, rename_component, renames));
  if (covariance != NULL)
    json_object_set_array_member (covariance, "order", new_names (renames, get_array (covariance, "order")));
  return TRUE;
}

static void
find_renames (const XpsModel *before, const XpsModel *after, const Renames *renames)
{
  for (guint i = 0; i < before->parameters->len; i++) {
    XpsParameter *a = g_ptr_array_index (before->parameters, i),
                 *b = g_ptr_array_index (after->parameters, i);
    if (g_strcmp0 (a->name, b->name) == 0)
      continue;
    g_ptr_array_add (renames->olds, a->name);
    g_ptr_array_add (renames->news, b->name);
  }
}

XpsFitRecord *
xps_fit_record_with_name (const XpsFitRecord *self, guint component, const char *name, GError **error)
{
  const XpsModelPart *part = g_ptr_array_index (self->model->parts, 0);
  if (self->model->joint || self->model->parts->len != 1 || component >= part->components->len) {
    xps_record_refuse (error, "not one spectrum with such a component");
    return NULL;
  }
  g_autoptr (JsonNode) node = xps_json_read ("result", self->text, error);
  g_autoptr (XpsModel) after = xps_model_copy (self->model);
  g_autoptr (GPtrArray) olds = g_ptr_array_new (), news = g_ptr_array_new ();
  const char *old = ((const XpsComponent *)g_ptr_array_index (part->components, component))->name;
  const Renames renames = {olds, news, old, name};
  if (node == NULL || !xps_edit_rename_component (after, 0, component, name, error))
    return NULL;
  find_renames (self->model, after, &renames);
  JsonObject *root = json_node_get_object (node);
  if (!rename_root (&renames, root, error) || !rename_model (root, component, name, error))
    return NULL;
  g_autofree char *text = xps_record_dup_text (root);
  return xps_fit_record_from_text (text, "result", error);
}
