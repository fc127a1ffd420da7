/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"
#include "fit/record-private.h"

/* What was decided after the fit goes into its record: figures and text stay as they are, only the assignment
 * of one component changes, in the model and beside the component's own figures. */

static JsonNode *
assignment_to_node (const XpsAssignment *assignment)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  xps_assignment_to_json (assignment, builder);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  return json_node_copy (json_object_get_member (json_node_get_object (root), "assignment"));
}

static void
set (JsonObject *component, const XpsAssignment *assignment)
{
  if (json_object_has_member (component, "assignment"))
    json_object_remove_member (component, "assignment");
  if (assignment != NULL)
    json_object_set_member (component, "assignment", assignment_to_node (assignment));
}

/* The member of an object that is an object itself, or NULL. */
static JsonObject *
go (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonObject *
go_to_element (JsonObject *object, const char *name, gsize index)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonNode *element = array != NULL && index < json_array_get_length (array)
                          ? json_array_get_element (array, (guint)index)
                          : NULL;
  return element != NULL && JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
}

/* The component in the list of a model's part. */
static JsonObject *
find_rule (JsonObject *part, const char *name)
{
  for (guint i = 0;; i++) {
    JsonObject *rule = go_to_element (part, "components", i);
    if (rule == NULL ||
        g_strcmp0 (json_object_get_string_member_with_default (rule, "name", NULL), name) == 0)
      return rule;
  }
}

static char *
dup_name_in_joint (const XpsModelPart *part, gsize spectrum, const char *name)
{
  return part->id != NULL ? g_strdup_printf ("%s/%s", part->id, name)
                          : g_strdup_printf ("%" G_GSIZE_FORMAT "/%s", spectrum, name);
}

char *
xps_record_dup_text (JsonObject *root)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GList) members = json_object_get_members (root);
  json_builder_begin_object (builder);
  for (GList *l = members; l != NULL; l = l->next) {
    json_builder_set_member_name (builder, l->data);
    json_builder_add_value (builder, json_node_copy (json_object_get_member (root, l->data)));
  }
  json_builder_end_object (builder);
  return xps_json_dup_text (builder, TRUE);
}

XpsFitRecord *
xps_fit_record_with_assignment (const XpsFitRecord *self, gsize spectrum, const char *component,
                                const XpsAssignment *assignment, GError **error)
{
  g_autoptr (JsonNode) node = xps_json_read ("result", self->text, error);
  if (node == NULL)
    return NULL;
  JsonObject *root = json_node_get_object (node), *model = go (go (root, "provenance"), "model");
  const gboolean joint = self->model->joint && spectrum < self->model->parts->len;
  JsonObject *rule = find_rule (joint ? go_to_element (model, "spectra", spectrum) : model, component);
  JsonObject *figures =
      go (go (joint ? go_to_element (root, "spectra", spectrum) : root, "components"), component);
  if (rule == NULL) {
    xps_record_refuse (error, "there is no component \"%s\"", component);
    return NULL;
  }
  set (rule, assignment);
  if (figures != NULL)
    set (figures, assignment);
  g_autofree char *name =
      joint ? dup_name_in_joint (g_ptr_array_index (self->model->parts, spectrum), spectrum, component)
            : NULL;
  JsonObject *again = name != NULL ? go (go (root, "components"), name) : NULL;
  if (again != NULL)
    set (again, assignment);
  g_autofree char *text = xps_record_dup_text (root);
  return xps_fit_record_from_text (text, "result", error);
}
