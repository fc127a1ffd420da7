/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/record.h"
#include "fit/sheet.h"

/* RESULT.json files that are not whole, not ours, or not meant well: a sentence with the path of what is
 * wrong. */

static JsonNode *
parse (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  return json_parser_steal_root (parser);
}

static char *
print (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  json_generator_set_root (generator, node);
  return json_generator_to_data (generator, NULL);
}

/* The object at a path of members and places in lists: "spectra/1/background/0". */
static JsonObject *
go_to (JsonNode *root, const char *path)
{
  JsonNode *node = root;
  g_auto (GStrv) steps = g_strsplit (path, "/", -1);
  for (guint i = 0; steps[i] != NULL && steps[i][0] != '\0'; i++)
    node = JSON_NODE_HOLDS_ARRAY (node)
               ? json_array_get_element (json_node_get_array (node),
                                         (guint)g_ascii_strtoull (steps[i], NULL, 10))
               : json_object_get_member (json_node_get_object (node), steps[i]);
  return json_node_get_object (node);
}

static void
assert_refused (JsonNode *root, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = print (root);
  g_autoptr (XpsFitRecord) record = xps_fit_record_from_text (text, "kept.json", &error);
  g_assert_null (record);
  g_assert_nonnull (error);
  g_assert_true (g_str_has_prefix (error->message, "kept.json: "));
  if (strstr (error->message, says) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, says);
}

static void
test_missing (void)
{
  static const struct {
    const char *path, *members, *place; /* the place in the message; NULL: unlike the path */
  } all[] = {
      {"",
       "corelevel_result converged stop_reason method weights n_points n_free chi2 dof reduced_chi2 aic aicc "
       "bic residual_autocorrelation evaluations condition_number parameters covariance components "
       "background "
       "warnings provenance",
       ""},
      {"parameters", "c a2 b1", "parameters."},
      {"parameters/c", "value stderr status", "parameters.c."},
      {"covariance", "order matrix", "covariance."},
      {"components", "S|2p3/2 S|2p1/2", "components."},
      {"background/0", "type certificate", "background[0]."},
      {"background/0/certificate", "solved statement", "background[0].certificate."},
      {"provenance", "model", "provenance."},
      {"provenance/model", "parameters", NULL},
  };
  g_autoptr (XpsResult) result = sheet_fit_s2p ("shirley");
  g_autofree char *text = xps_result_dup_text (result);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++) {
    g_auto (GStrv) members = g_strsplit (all[i].members, " ", -1);
    for (guint k = 0; members[k] != NULL; k++) {
      g_autoptr (JsonNode) root = parse (text);
      g_autofree char *says = g_strconcat (all[i].place != NULL ? all[i].place : "", members[k],
                                           all[i].place != NULL ? " is missing" : "", NULL);
      g_strdelimit (says, "|", ' ');
      g_strdelimit (members[k], "|", ' ');
      if (strcmp (members[k], "b1") == 0)
        continue; /* gone with the line */
      json_object_remove_member (go_to (root, all[i].path), members[k]);
      assert_refused (root, says);
    }
  }
}

/* Whatever stands in place of a member: a record or a sentence. What no rule knows is passed over. */
static void
test_wrong_kinds (void)
{
  static const char *const others[] = {"null",  "5",  "-1.5", "1e300", "true",
                                       "\"x\"", "[]", "{}",   "[[]]",  "[1,2]"};
  static const char *const paths[] = {"",
                                      "parameters",
                                      "parameters/c",
                                      "covariance",
                                      "components",
                                      "background/0",
                                      "background/0/certificate",
                                      "provenance",
                                      "provenance/model"};
  g_autoptr (XpsResult) result = sheet_fit_s2p ("shirley");
  g_autofree char *text = xps_result_dup_text (result);
  guint refused = 0, taken = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autoptr (JsonNode) shape = parse (text);
    g_autoptr (GList) members = json_object_get_members (go_to (shape, paths[i]));
    for (GList *l = members; l != NULL; l = l->next)
      for (gsize k = 0; k < G_N_ELEMENTS (others); k++) {
        g_autoptr (GError) error = NULL;
        g_autoptr (JsonNode) root = parse (text);
        json_object_set_member (go_to (root, paths[i]), l->data, parse (others[k]));
        g_autofree char *changed = print (root);
        g_autoptr (XpsFitRecord) record = xps_fit_record_from_text (changed, "kept.json", &error);
        g_assert_true ((record == NULL) == (error != NULL));
        refused += record == NULL;
        taken += record != NULL;
      }
  }
  g_test_message ("%u refused, %u taken", refused, taken);
  g_assert_cmpuint (refused, >, 300);
  g_autoptr (JsonNode) root = parse (text);
  json_object_set_string_member (go_to (root, ""), "later", "versions say more");
  json_object_set_int_member (go_to (root, "parameters/c"), "rank", 1);
  g_autofree char *more = print (root);
  g_autoptr (XpsFitRecord) record = xps_fit_record_from_text (more, "kept.json", NULL);
  g_assert_nonnull (record);
}

static void
test_hostile (void)
{
  g_autoptr (XpsResult) result = sheet_fit_s2p ("shirley");
  g_autofree char *text = xps_result_dup_text (result);
  g_autoptr (JsonNode) row = parse (text), name = parse (text), newer = parse (text), entries = parse (text);
  JsonArray *matrix = json_object_get_array_member (go_to (row, "covariance"), "matrix");
  json_array_remove_element (json_array_get_array_element (matrix, 2), 1);
  assert_refused (row, "covariance.matrix[2]");
  json_array_remove_element (matrix, 1);
  assert_refused (row, "covariance.matrix has");
  JsonArray *order = json_object_get_array_member (go_to (name, "covariance"), "order");
  json_array_remove_element (order, 0);
  json_array_add_string_element (order, "nobody");
  assert_refused (name, "names no parameter");
  json_object_set_int_member (go_to (newer, ""), "corelevel_result", 2);
  assert_refused (newer, "newer");
  json_array_remove_element (json_object_get_array_member (go_to (entries, ""), "background"), 0);
  assert_refused (entries, "background has 0 entries, the model has 1");
  static const char *const texts[] = {"", "[]", "{}", "null", "{\"corelevel_result\":1}", "{", "\xff"};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_null (xps_fit_record_from_text (texts[i], "kept.json", &error));
    g_assert_true (g_str_has_prefix (error->message, "kept.json: "));
  }
  g_autoptr (GError) error = NULL;
  g_assert_null (xps_fit_record_read ("/nonexistent/kept.json", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record-file/missing", test_missing);
  g_test_add_func ("/record-file/wrong-kinds", test_wrong_kinds);
  g_test_add_func ("/record-file/hostile", test_hostile);
  return g_test_run ();
}
