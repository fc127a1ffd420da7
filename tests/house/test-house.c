/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "house.h"

/* The real tree, at XPS_SOURCE_DIR, keeps every rule. */

typedef struct {
  const HouseTree *tree;
  HouseRule rule;
} Case;

static void
test_rule (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (HousePlan) plan = house_plan_read (c->tree, findings);
  g_assert_cmpuint (plan->rooms->len, >, 0);
  c->rule (c->tree, plan, findings);
  for (guint i = 0; i < findings->len; i++)
    g_printerr ("%s\n", (char *)g_ptr_array_index (findings, i));
  if (findings->len > 0)
    g_test_fail_printf ("%u findings", findings->len);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *name;
    HouseRule rule;
  } rules[] = {
      {"/house/includes", house_rule_includes},
      {"/house/floors", house_rule_floors},
      {"/house/links", house_rule_links},
      {"/house/test-links", house_rule_test_links},
      {"/house/listed", house_rule_listed},
      {"/house/licence", house_rule_licence},
      {"/house/headers", house_rule_headers},
      {"/house/sizes", house_rule_sizes},
      {"/house/machine-paths", house_rule_machine_paths},
      {"/house/locale", house_rule_locale},
      {"/house/version", house_rule_version},
      {"/house/pages", house_rule_pages},
  };
  Case cases[G_N_ELEMENTS (rules)];
  g_test_init (&argc, &argv, NULL);
  g_autoptr (HouseTree) tree = house_tree_load (g_getenv ("XPS_SOURCE_DIR"));
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    cases[i] = (Case){tree, rules[i].rule};
    g_test_add_data_func (rules[i].name, &cases[i], test_rule);
  }
  return g_test_run ();
}
