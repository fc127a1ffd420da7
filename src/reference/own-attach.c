/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <glib/gi18n-lib.h>

#include "reference/own-private.h"

/* The user's own entries are in a file of their own, beside the database on one connection: questions go to
 * both, and what comes out of the own one is marked, whatever stands in it. */

static gboolean
run (XpsReference *self, const char *sql, const char *file, GError **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
         xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_DATABASE, file, NULL,
                        sqlite3_errmsg (self->db), NULL);
}

static gboolean
attach (XpsReference *self, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (self->own_path, "/", TRUE);
  g_autofree char *uri = g_strdup_printf ("file:%s?mode=ro", escaped);
  char *sql = sqlite3_mprintf ("ATTACH %Q AS own", uri);
  const gboolean done = run (self, sql, self->own_path, error);
  sqlite3_free (sql);
  return done;
}

static int
read_pragma (XpsReference *self, const char *schema, const char *name)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA %s.%s", schema, name);
  sqlite3_stmt *statement = NULL;
  int value = -1;
  if (sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return value;
}

gboolean
xps_own_check (XpsReference *self, const char *schema, const char *path, GError **error)
{
  const int version = read_pragma (self, schema, "user_version");
  if (read_pragma (self, schema, "application_id") != XPS_OWN_APPLICATION_ID || version < 1)
    return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_DATABASE, path, NULL,
                          N_ ("is no file of own reference entries, or is damaged"),
                          N_ ("move it away, and import its last export"));
  return version <= XPS_OWN_VERSION ||
         xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_DATABASE, path, NULL,
                        N_ ("was written by a newer program"), N_ ("install that one"));
}

gboolean
xps_reference_attach_own (XpsReference *self, GError **error)
{
  self->has_own = FALSE;
  if (self->own_path == NULL || !g_file_test (self->own_path, G_FILE_TEST_IS_REGULAR))
    return TRUE;
  if (!attach (self, error))
    return FALSE;
  self->has_own = xps_own_check (self, "own", self->own_path, error);
  if (!self->has_own)
    run (self, "DETACH own", self->own_path, NULL);
  return self->has_own;
}

gboolean
xps_reference_refresh_own (XpsReference *self, GError **error)
{
  g_hash_table_remove_all (self->idle); /* statements hold on to the file */
  if (self->has_own && !run (self, "DETACH own", self->own_path, error))
    return FALSE;
  return xps_reference_attach_own (self, error);
}
