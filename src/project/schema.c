/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/schema.h"

#include <string.h>

#include "project/database.h"

/* Arrays are little-endian float64, one value behind the other; `columns` holds those of all further columns.
 * `record` is everything else that was measured, as JSON (spectrum-json.h); sha256 is over energy, intensity,
 * columns and record. A number that is not known is NULL. */
static const char *const tables[] = {
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID",
    "CREATE TABLE sources (id INTEGER PRIMARY KEY, path TEXT, sha256 TEXT, format TEXT, software TEXT, "
    "instrument TEXT, region INTEGER, imported TEXT)",
    "CREATE TABLE spectra (id INTEGER PRIMARY KEY, n INTEGER, energy BLOB, intensity BLOB, columns BLOB, "
    "record TEXT, sha256 TEXT)",
    "CREATE TABLE samples (id INTEGER PRIMARY KEY, position INTEGER, name TEXT, notes TEXT)",
    "CREATE TABLE regions (id INTEGER PRIMARY KEY, position INTEGER, sample INTEGER, spectrum INTEGER, "
    "source INTEGER, name TEXT, kind TEXT, weights TEXT, photon_energy REAL, work_function REAL, shift REAL, "
    "scale_note TEXT, fitted_photon_energy REAL, fitted_work_function REAL, fitted_shift REAL, notes TEXT, "
    "view TEXT)",
    "CREATE TABLE models (region INTEGER PRIMARY KEY, json TEXT)",
    "CREATE TABLE results (region INTEGER PRIMARY KEY, json TEXT)",
    "CREATE TABLE history (id INTEGER PRIMARY KEY, entry TEXT)",
    "CREATE TABLE phase_links (id INTEGER PRIMARY KEY, json TEXT)",
    "CREATE TABLE series (id INTEGER PRIMARY KEY, position INTEGER, name TEXT, setup TEXT, result TEXT)",
};

gboolean
xps_schema_create (sqlite3 *db, guint32 application)
{
  g_autofree char *header = g_strdup_printf ("PRAGMA application_id = %u; PRAGMA user_version = %d",
                                             application, XPS_SCHEMA_VERSION);
  gboolean good = xps_database_run (db, header);
  for (guint i = 0; i < G_N_ELEMENTS (tables) && good; i++)
    good = xps_database_run (db, tables[i]);
  return good;
}

/* ---- older versions ---- */

/* One row for each version before the present one: the table that was another then, as it was (NULL: it was
 * not there), and the SQL that makes the next version of it. A change of more tables makes more versions.
 * Version 0 was never released: it keeps the way of a changed table open and tested. */
typedef struct {
  const char *name, *table, *sql;
} OldVersion;

static const OldVersion versions[XPS_SCHEMA_VERSION] = {
    {"samples", "CREATE TABLE samples (id INTEGER PRIMARY KEY, position INTEGER, name TEXT)",
     "ALTER TABLE samples ADD COLUMN notes TEXT; UPDATE samples SET notes = ''"},
    {"phase_links", NULL, "CREATE TABLE phase_links (id INTEGER PRIMARY KEY, json TEXT)"},
    {"series", NULL,
     "CREATE TABLE series (id INTEGER PRIMARY KEY, position INTEGER, name TEXT, setup TEXT, result TEXT)"},
};

gboolean
xps_schema_migrate (sqlite3 *db, int version)
{
  g_return_val_if_fail (version >= 0, FALSE);
  gboolean good = xps_database_run (db, "BEGIN");
  for (int v = version; v < XPS_SCHEMA_VERSION && good; v++) {
    g_autofree char *step = g_strdup_printf ("%s; PRAGMA user_version = %d", versions[v].sql, v + 1);
    good = xps_database_run (db, step);
  }
  return xps_database_run (db, good ? "COMMIT" : "ROLLBACK") && good;
}

/* ---- what a file holds ---- */

/* "samples" out of "CREATE TABLE samples (...". */
static gboolean
makes (const char *sql, const char *name)
{
  const char *rest = sql + strlen ("CREATE TABLE ");
  return g_str_has_prefix (rest, name) && rest[strlen (name)] == ' ';
}

/* The text that made a table in a version: the one of the next later version that knows another. */
static const char *
find_sql (const char *name, int version)
{
  for (int v = version; v < XPS_SCHEMA_VERSION; v++)
    if (strcmp (versions[v].name, name) == 0)
      return versions[v].table;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (makes (tables[i], name))
      return tables[i];
  return NULL;
}

static gboolean
check_row (sqlite3_stmt *row, int version)
{
  const char *type = (const char *)sqlite3_column_text (row, 0);
  const char *name = (const char *)sqlite3_column_text (row, 1);
  const char *sql = (const char *)sqlite3_column_text (row, 2);
  return g_strcmp0 (type, "table") == 0 && name != NULL && g_strcmp0 (sql, find_sql (name, version)) == 0 &&
         sql != NULL;
}

static guint
count_tables (int version)
{
  guint n = G_N_ELEMENTS (tables);
  for (int v = version; v < XPS_SCHEMA_VERSION; v++)
    n -= versions[v].table == NULL;
  return n;
}

gboolean
xps_schema_check (sqlite3 *db, int version)
{
  sqlite3_stmt *rows = NULL;
  guint n = 0;
  int code = sqlite3_prepare_v2 (db, "SELECT type, name, sql FROM sqlite_schema", -1, &rows, NULL);
  while (code == SQLITE_OK && (code = sqlite3_step (rows)) == SQLITE_ROW) {
    code = check_row (rows, version) ? SQLITE_OK : SQLITE_CORRUPT;
    n++;
  }
  sqlite3_finalize (rows);
  /* Names are unique: SQLite refuses a schema that makes a table twice. */
  return code == SQLITE_DONE && n == count_tables (version);
}
