/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/build.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "reference/csv.h"

G_DEFINE_QUARK (xps - reference - error - quark, xps_reference_error)

static const struct {
  const char *file, *table;
} tables[] = {
    {"sources.csv", "source"},
    {"sources_quantification.csv", "source"},
    {"bindings.csv", "binding"},
    {"doublets.csv", "doublet"},
    {"separations.csv", "separation"},
    {"deep_level_estimates.csv", "deep_level_estimate"},
    {"controversies.csv", "controversy"},
    {"phases.csv", "phase"},
    {"phase_lines.csv", "phase_line"},
    {"subshells.csv", "subshell"},
    {"element_levels.csv", "element_level"},
    {"auger_lines.csv", "auger_line"},
    {"cross_sections.csv", "cross_section"},
    {"cross_sections_nodes.csv", "cross_section_node"},
    {"asymmetry.csv", "asymmetry"},
    {"transport.csv", "transport"},
    {"materials.csv", "material"},
};

static gboolean
fail (sqlite3 *db, const char *file, const char *place, GError **error)
{
  return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_DATABASE, file, place,
                        sqlite3_errmsg (db), NULL);
}

static char *
read_text (const char *folder, const char *file, gsize *length, GError **error)
{
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autoptr (GBytes) bytes = xps_file_read (path, error);
  if (bytes == NULL)
    return NULL;
  const char *text = g_bytes_get_data (bytes, length);
  if (!g_utf8_validate (text, (gssize)*length, NULL)) {
    xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_TEXT, path, NULL, N_ ("is not UTF-8"),
                   NULL);
    return NULL;
  }
  return g_strndup (text, *length);
}

/* "INSERT INTO table ("a", "b") VALUES (?, ?)" for the columns that the header names. */
static sqlite3_stmt *
prepare_insert (sqlite3 *db, const char *table, const XpsCsv *csv, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_string_append_printf (sql, "INSERT INTO \"%s\" (", table);
  for (guint i = 0; i < csv->cells->len; i++) {
    char *column = sqlite3_mprintf ("%w", g_ptr_array_index (csv->cells, i));
    g_string_append_printf (sql, "%s\"%s\"", i > 0 ? ", " : "", column);
    sqlite3_free (column);
  }
  g_string_append (sql, ") VALUES (");
  for (guint i = 0; i < csv->cells->len; i++)
    g_string_append (sql, i > 0 ? ", ?" : "?");
  g_string_append_c (sql, ')');
  sqlite3_stmt *insert = NULL;
  if (sqlite3_prepare_v2 (db, sql->str, -1, &insert, NULL) != SQLITE_OK)
    fail (db, csv->file, "line 1", error);
  return insert;
}

static gboolean
insert_record (sqlite3 *db, sqlite3_stmt *insert, const XpsCsv *csv, GError **error)
{
  g_autofree char *place = g_strdup_printf ("line %u", csv->line);
  if ((int)csv->cells->len != sqlite3_bind_parameter_count (insert))
    return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_TEXT, csv->file, place,
                          N_ ("has another number of cells than the header"), NULL);
  for (guint i = 0; i < csv->cells->len; i++) {
    const char *cell = g_ptr_array_index (csv->cells, i);
    const int rc = cell[0] == '\0' ? sqlite3_bind_null (insert, (int)i + 1)
                                   : sqlite3_bind_text (insert, (int)i + 1, cell, -1, SQLITE_TRANSIENT);
    if (rc != SQLITE_OK)
      return fail (db, csv->file, place, error);
  }
  if (sqlite3_step (insert) != SQLITE_DONE)
    return fail (db, csv->file, place, error);
  sqlite3_reset (insert);
  return TRUE;
}

static gboolean
load_table (sqlite3 *db, const char *folder, const char *file, const char *table, GError **error)
{
  gsize length;
  g_autofree char *text = read_text (folder, file, &length, error);
  if (text == NULL)
    return FALSE;
  XpsCsv csv;
  GError *local = NULL;
  xps_csv_init (&csv, file, text, length);
  sqlite3_stmt *insert = xps_csv_next (&csv, &local) ? prepare_insert (db, table, &csv, &local) : NULL;
  while (local == NULL && insert != NULL && xps_csv_next (&csv, &local))
    if (!insert_record (db, insert, &csv, &local))
      break;
  sqlite3_finalize (insert);
  xps_csv_clear (&csv);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

static gboolean
run (sqlite3 *db, const char *sql, const char *file, GError **error)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK || fail (db, file, NULL, error);
}

static gboolean
fill (sqlite3 *db, const char *folder, GError **error)
{
  gsize length;
  g_autofree char *schema = read_text (folder, "schema.sql", &length, error);
  if (schema == NULL || !run (db, "PRAGMA journal_mode = OFF; PRAGMA foreign_keys = ON;", folder, error) ||
      !run (db, schema, "schema.sql", error) || !run (db, "BEGIN", folder, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!load_table (db, folder, tables[i].file, tables[i].table, error))
      return FALSE;
  return run (db, "COMMIT; ANALYZE; VACUUM;", folder, error);
}

gboolean
xps_reference_build (const char *folder, const char *path, GError **error)
{
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);
  sqlite3 *db = NULL;
  g_unlink (temporary);
  gboolean done =
      sqlite3_open_v2 (temporary, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) == SQLITE_OK ||
      fail (db, temporary, NULL, error);
  done = done && fill (db, folder, error);
  sqlite3_close (db);
  if (done && g_rename (temporary, path) != 0)
    done = xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_DATABASE, path, NULL,
                          N_ ("cannot be replaced"), N_ ("check the rights of its folder"));
  if (!done)
    g_unlink (temporary);
  return done;
}
