/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "reference/build.h"

/* The committed database is what the reviewable text says, row by row and column by column. */

static void
run (sqlite3 *db, const char *sql)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
}

static gint64
count (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK ||
      sqlite3_step (statement) != SQLITE_ROW)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  const gint64 n = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return n;
}

static void
compare_table (sqlite3 *db, const char *table)
{
  char *sql[] = {
      sqlite3_mprintf ("SELECT count (*) FROM (SELECT * FROM main.\"%w\" EXCEPT SELECT * FROM fresh.\"%w\")",
                       table, table),
      sqlite3_mprintf ("SELECT count (*) FROM (SELECT * FROM fresh.\"%w\" EXCEPT SELECT * FROM main.\"%w\")",
                       table, table),
      sqlite3_mprintf ("SELECT (SELECT count (*) FROM main.\"%w\") - (SELECT count (*) FROM fresh.\"%w\")",
                       table, table),
  };
  for (gsize i = 0; i < G_N_ELEMENTS (sql); i++) {
    if (count (db, sql[i]) != 0)
      g_error ("table %s is not what data/reference says: run ninja reference", table);
    sqlite3_free (sql[i]);
  }
}

static void
test_committed (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("corelevel-build-XXXXXX", NULL);
  g_autofree char *fresh = g_build_filename (folder, "fresh.sqlite", NULL);
  g_autofree char *text = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "reference", NULL);
  g_autofree char *committed =
      g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "reference_bindings.sqlite", NULL);
  sqlite3 *db = NULL;
  sqlite3_stmt *tables = NULL;
  xps_reference_build (text, fresh, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open_v2 (committed, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  char *attach = sqlite3_mprintf ("ATTACH %Q AS fresh", fresh);
  run (db, attach);
  sqlite3_free (attach);
  g_assert_cmpint (
      count (db, "SELECT count (*) FROM (SELECT name, sql FROM main.sqlite_schema EXCEPT SELECT name, "
                 "sql FROM fresh.sqlite_schema)"),
      ==, 0);
  g_assert_cmpint (
      sqlite3_prepare_v2 (db,
                          "SELECT name FROM fresh.sqlite_schema WHERE type = 'table' AND name NOT LIKE "
                          "'sqlite_%'",
                          -1, &tables, NULL),
      ==, SQLITE_OK);
  guint n = 0;
  for (; sqlite3_step (tables) == SQLITE_ROW; n++)
    compare_table (db, (const char *)sqlite3_column_text (tables, 0));
  g_assert_cmpuint (n, ==, 16);
  sqlite3_finalize (tables);
  sqlite3_close (db);
  g_unlink (fresh);
  g_rmdir (folder);
}

/* What translators get is what the table says. */
static void
test_words (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "reference", NULL);
  g_autofree char *path = g_build_filename (folder, "words.h", NULL);
  g_autofree char *words = xps_reference_dup_words (folder, &error), *committed = NULL;
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &committed, NULL, NULL));
  if (strcmp (words, committed) != 0)
    g_error ("data/reference/words.h is not what controversies.csv says: run ninja reference");
  g_assert_nonnull (strstr (words, "N_ (\"Li2O O 1s: 528.5"));
}

/* Text that breaks its own rules is named by file and line, and leaves no database. */
static void
test_broken (void)
{
  static const struct {
    const char *sources, *word;
  } cases[] = {
      {"source_key,authors\na,b,c\n", "line 2"},
      {"source_key,authors\na,\"b\n", "line 2"},
      {"source_key,nonsense\na,b\n", "nonsense"},
      {"source_key,authors\na,b\na,c\n", "line 3"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *folder = g_dir_make_tmp ("corelevel-build-XXXXXX", NULL);
    g_autofree char *schema =
        g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "reference", "schema.sql", NULL);
    g_autofree char *own_schema = g_build_filename (folder, "schema.sql", NULL);
    g_autofree char *sources = g_build_filename (folder, "sources.csv", NULL);
    g_autofree char *out = g_build_filename (folder, "out.sqlite", NULL);
    g_autofree char *text = NULL;
    g_assert_true (g_file_get_contents (schema, &text, NULL, NULL));
    g_assert_true (g_file_set_contents (own_schema, text, -1, NULL));
    g_assert_true (g_file_set_contents (sources, cases[i].sources, -1, NULL));
    g_assert_false (xps_reference_build (folder, out, &error));
    if (strstr (error->message, cases[i].word) == NULL || strstr (error->message, "sources.csv") == NULL)
      g_error ("case %zu: %s", i, error->message);
    g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
    g_unlink (own_schema);
    g_unlink (sources);
    g_assert_cmpint (g_rmdir (folder), ==, 0);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reference/build/committed", test_committed);
  g_test_add_func ("/reference/build/words", test_words);
  g_test_add_func ("/reference/build/broken", test_broken);
  return g_test_run ();
}
