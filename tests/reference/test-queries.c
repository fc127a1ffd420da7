/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "reference/committed.h"
#include "reference/cross-section.h"
#include "reference/element.h"
#include "reference/own.h"
#include "reference/query.h"

/* Every question that restricts anything finds an index: all statements that the room runs are listened to
 * and then explained. Tables of a few dozen rows may be read whole. */

static int
listen (unsigned int kind, void *data, void *statement, void *text)
{
  (void)kind;
  (void)statement;
  if (strncmp (text, "--", 2) != 0) /* of a trigger */
    g_hash_table_add (data, g_strdup (sqlite3_sql (statement)));
  return 0;
}

static void
ask_lines (XpsReference *reference)
{
  static const XpsReferenceQuery queries[] = {
      {.near = NAN, .within = NAN, .species = "Li2S"},
      {.near = NAN, .within = NAN, .level = "S 2p"},
      {.near = NAN, .within = NAN, .element = "S"},
      {.near = NAN, .within = NAN, .source = "aktekin2024"},
      {.near = 160, .within = 1},
      {.near = 160, .within = 1, .level = "S 2p", .element = "S", .species = "Li2S", .source = "x"},
      {.near = 160, .within = 1, .level = "S 2p"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (queries); i++) {
    g_autoptr (GPtrArray) spreads = xps_reference_search_spreads (reference, &queries[i], NULL);
    g_autoptr (GPtrArray) names = xps_reference_list_species (reference, &queries[i], NULL);
    g_assert_true (spreads != NULL && names != NULL);
  }
}

static void
ask_tables (XpsReference *reference)
{
  XpsReferenceDoublet doublet;
  if (xps_reference_get_doublet (reference, "S 2p3/2", &doublet))
    xps_reference_doublet_clear (&doublet);
  g_autoptr (GPtrArray) a = xps_reference_list_separations (reference, "Li2CO3", NULL, NULL, NULL),
                        b = xps_reference_list_separations (reference, NULL, "O 1s", "Li 1s", NULL),
                        c = xps_reference_list_separations (reference, "Li2CO3", "O 1s", "Li 1s", NULL),
                        d = xps_reference_list_controversies (reference, "Li2S", NULL),
                        e = xps_reference_list_controversies (reference, NULL, "S 2p3/2"),
                        f = xps_reference_list_controversies (reference, "Li2S", "S 2p3/2"),
                        g = xps_reference_list_estimates (reference, "Li3P", NULL),
                        h = xps_reference_list_estimates (reference, NULL, "P 1s"),
                        i = xps_reference_get_sources (reference, "elam", NULL),
                        k = xps_reference_list_phases (reference, "LiF", NULL);
  g_assert_true (a != NULL && b != NULL && c != NULL && d != NULL && e != NULL && f != NULL && g != NULL &&
                 h != NULL && i != NULL && k != NULL);
}

static void
ask_physics (XpsReference *reference)
{
  XpsCrossSection section;
  XpsAngular angular;
  XpsMaterial material;
  double transport;
  g_assert_true (xps_reference_get_cross_section (reference, "S 2p", 1486.6, &section, NULL));
  g_assert_true (xps_reference_get_cross_section (reference, "S 2p3/2", 180, &section, NULL));
  g_assert_true (xps_reference_get_angular (reference, "S 2p", 2000, &angular, NULL));
  g_assert_true (xps_reference_get_material (reference, "LiF", &material, NULL));
  g_assert_true (xps_reference_get_transport (reference, "Li", 1000, &transport, NULL));
  g_autoptr (GPtrArray) lines = xps_reference_list_element_lines (reference, "Ni", 1486.6, NULL);
  g_assert_nonnull (lines);
  xps_material_clear (&material);
}

/* What the plan reads from end to end. */
static void
check_plan (sqlite3 *db, const char *sql)
{
  static const char *const big[] = {
      "binding",    "cross_section", "cross_section_node", "asymmetry",   "transport", "subshell",
      "separation", "source",        "element_level",      "controversy", "b",         "o"};
  g_autofree char *explain = g_strconcat ("EXPLAIN QUERY PLAN ", sql, NULL);
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2 (db, explain, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  while (sqlite3_step (statement) == SQLITE_ROW) {
    const char *detail = (const char *)sqlite3_column_text (statement, 3);
    if (!g_str_has_prefix (detail, "SCAN "))
      continue;
    g_auto (GStrv) words = g_strsplit (detail, " ", -1);
    for (gsize k = 0; k < G_N_ELEMENTS (big); k++)
      if (strcmp (words[1], big[k]) == 0)
        g_error ("%s: %s", sql, detail);
  }
  sqlite3_finalize (statement);
}

static void
test_indexed (void)
{
  g_autofree char *folder = g_dir_make_tmp ("corelevel-queries-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "own.sqlite", NULL);
  g_autoptr (XpsOwn) own = xps_own_open (path, NULL);
  g_assert_nonnull (own);
  g_autoptr (GHashTable) statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (XpsReference) reference = committed_open (path);
  sqlite3_trace_v2 (reference->db, SQLITE_TRACE_STMT, listen, statements);
  ask_lines (reference);
  ask_tables (reference);
  ask_physics (reference);
  sqlite3_trace_v2 (reference->db, 0, NULL, NULL);
  g_assert_cmpuint (g_hash_table_size (statements), >, 25);
  GHashTableIter iter;
  gpointer sql;
  g_hash_table_iter_init (&iter, statements);
  while (g_hash_table_iter_next (&iter, &sql, NULL))
    check_plan (reference->db, sql);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/queries/indexed", test_indexed);
  return g_test_run ();
}
