/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/assignment.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/json.h"
#include "fit/model.h"

XpsAssignment *
xps_assignment_new (const char *species, const char *level)
{
  XpsAssignment *self = g_new0 (XpsAssignment, 1);
  self->species = g_strdup (species);
  self->level = g_strdup (level);
  self->in_favour = g_ptr_array_new_with_free_func (g_free);
  self->against = g_ptr_array_new_with_free_func (g_free);
  self->alike = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
copy_texts (GPtrArray *to, const GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_strdup (g_ptr_array_index (from, i)));
}

XpsAssignment *
xps_assignment_copy (const XpsAssignment *self)
{
  if (self == NULL)
    return NULL;
  XpsAssignment *copy = xps_assignment_new (self->species, self->level);
  copy->source = g_strdup (self->source);
  copy->verified = g_strdup (self->verified);
  copy->reference = g_strdup (self->reference);
  copy_texts (copy->in_favour, self->in_favour);
  copy_texts (copy->against, self->against);
  copy_texts (copy->alike, self->alike);
  return copy;
}

void
xps_assignment_free (XpsAssignment *self)
{
  if (self == NULL)
    return;
  g_free (self->species);
  g_free (self->level);
  g_free (self->source);
  g_free (self->verified);
  g_free (self->reference);
  g_ptr_array_unref (self->in_favour);
  g_ptr_array_unref (self->against);
  g_ptr_array_unref (self->alike);
  g_free (self);
}

static gboolean
same_texts (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (g_strcmp0 (g_ptr_array_index (a, i), g_ptr_array_index (b, i)) != 0)
      return FALSE;
  return TRUE;
}

gboolean
xps_assignment_equal (const XpsAssignment *a, const XpsAssignment *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strcmp0 (a->species, b->species) == 0 && g_strcmp0 (a->level, b->level) == 0 &&
         g_strcmp0 (a->source, b->source) == 0 && g_strcmp0 (a->verified, b->verified) == 0 &&
         g_strcmp0 (a->reference, b->reference) == 0 && same_texts (a->in_favour, b->in_favour) &&
         same_texts (a->against, b->against) && same_texts (a->alike, b->alike);
}

/* ---- JSON ---- */

static const char *const list_names[] = {"in_favour", "against", "not_told_apart_from"};

static void
write_texts (JsonBuilder *builder, const char *name, const GPtrArray *texts)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < texts->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (texts, i));
  json_builder_end_array (builder);
}

void
xps_assignment_to_json (const XpsAssignment *self, JsonBuilder *builder)
{
  if (self == NULL)
    return;
  json_builder_set_member_name (builder, "assignment");
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "species", self->species);
  xps_json_add_string (builder, "level", self->level);
  xps_json_add_string (builder, "source", self->source);
  xps_json_add_string (builder, "verified", self->verified);
  xps_json_add_string (builder, "charge_reference", self->reference);
  write_texts (builder, list_names[0], self->in_favour);
  write_texts (builder, list_names[1], self->against);
  write_texts (builder, list_names[2], self->alike);
  json_builder_end_object (builder);
}

static gboolean
refuse (GError **error, const char *name, const char *what)
{
  g_autofree char *place = g_strdup_printf ("assignment.%s", name);
  return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, NULL, place, what, NULL);
}

static gboolean
read_text (JsonObject *object, const char *name, char **out, GError **error)
{
  const char *text = NULL;
  if (!xps_json_get_string (object, name, &text, error))
    return FALSE;
  *out = g_strdup (text);
  return TRUE;
}

static gboolean
read_texts (JsonObject *object, const char *name, GPtrArray *out, GError **error)
{
  JsonArray *array = NULL;
  if (!xps_json_get_array (object, name, &array, error))
    return FALSE;
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
      return refuse (error, name, N_ ("must be a list of texts"));
    g_ptr_array_add (out, json_node_dup_string (node));
  }
  return TRUE;
}

static gboolean
is_known (const char *name)
{
  static const char *const known[] = {"species",
                                      "level",
                                      "source",
                                      "verified",
                                      "charge_reference",
                                      "in_favour",
                                      "against",
                                      "not_told_apart_from",
                                      NULL};
  return g_strv_contains (known, name);
}

gboolean
xps_assignment_from_json (JsonObject *component, XpsAssignment **out, GError **error)
{
  JsonObject *object = NULL;
  *out = NULL;
  if (!xps_json_get_object (component, "assignment", &object, error))
    return FALSE;
  if (object == NULL)
    return TRUE;
  g_autoptr (GList) members = json_object_get_members (object);
  for (GList *l = members; l != NULL; l = l->next)
    if (!is_known (l->data))
      return refuse (error, l->data, N_ ("is not known"));
  g_autoptr (XpsAssignment) self = xps_assignment_new (NULL, NULL);
  if (!read_text (object, "species", &self->species, error) ||
      !read_text (object, "level", &self->level, error) ||
      !read_text (object, "source", &self->source, error) ||
      !read_text (object, "verified", &self->verified, error) ||
      !read_text (object, "charge_reference", &self->reference, error) ||
      !read_texts (object, list_names[0], self->in_favour, error) ||
      !read_texts (object, list_names[1], self->against, error) ||
      !read_texts (object, list_names[2], self->alike, error))
    return FALSE;
  if (self->species == NULL)
    return refuse (error, "species", N_ ("is missing"));
  *out = g_steal_pointer (&self);
  return TRUE;
}
