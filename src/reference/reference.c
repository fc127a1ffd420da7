/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/reference.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "config.h"
#include "reference/query.h"

#define FILE_NAME      "reference_bindings.sqlite"
#define APPLICATION_ID 1129534290 /* as in schema.sql */
#define VERSION        2

static char *
dup_default_path (void)
{
  const char *folder = g_getenv ("XPS_DATA_DIR");
  return g_build_filename (folder != NULL && folder[0] != '\0' ? folder : XPS_DATA_DIR, FILE_NAME, NULL);
}

static int
read_pragma (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  int value = -1;
  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

static gboolean
refuse (const char *path, const char *what, const char *remedy, GError **error)
{
  return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_DATABASE, path, NULL, what, remedy);
}

static gboolean
open_database (XpsReference *self, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (self->path, "/", TRUE);
  g_autofree char *uri = g_strdup_printf ("file:%s?immutable=1", escaped);
  if (!g_file_test (self->path, G_FILE_TEST_IS_REGULAR))
    return refuse (self->path, N_ ("there is no such file"), N_ ("install Corelevel, or set XPS_DATA_DIR"),
                   error);
  if (sqlite3_open_v2 (uri, &self->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK)
    return refuse (self->path, sqlite3_errmsg (self->db), NULL, error);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  if (read_pragma (self->db, "PRAGMA application_id") != APPLICATION_ID)
    return refuse (self->path, N_ ("is not a reference database of Corelevel"), N_ ("install it again"),
                   error);
  if (read_pragma (self->db, "PRAGMA user_version") != VERSION)
    return refuse (self->path, N_ ("is a reference database of another version"), N_ ("install it again"),
                   error);
  return TRUE;
}

static void
finalize (gpointer statement)
{
  sqlite3_finalize (statement);
}

XpsReference *
xps_reference_open (const char *path, const char *user_path, GError **error)
{
  g_autoptr (XpsReference) self = g_new0 (XpsReference, 1);
  self->path = path != NULL ? g_strdup (path) : dup_default_path ();
  self->own_path = g_strdup (user_path);
  self->idle = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize);
  if (!open_database (self, error) || !xps_reference_attach_own (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
xps_reference_free (XpsReference *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->idle, g_hash_table_unref);
  sqlite3_close (self->db);
  g_free (self->path);
  g_free (self->own_path);
  g_free (self);
}
