/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "reference/query.h"

/* The user's own entries are in a file of their own, with the same table; questions go to a view over both,
 * in which theirs are marked: never mixed unmarked. */

#define COLUMNS                                                                                              \
  "id, species, species_name, class, element, core_level, binding_energy_eV, uncertainty_eV, fwhm_eV, "      \
  "charge_reference, source_key, verified, note, secondary, analogue, tabulated"

static gboolean
run (XpsReference *self, const char *sql, const char *file, GError **error)
{
  return sqlite3_exec (self->db, sql, NULL, NULL, NULL) == SQLITE_OK ||
         xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_DATABASE, file, NULL,
                        sqlite3_errmsg (self->db), NULL);
}

static gboolean
attach (XpsReference *self, const char *user_path, GError **error)
{
  g_autofree char *escaped = g_uri_escape_string (user_path, "/", TRUE);
  g_autofree char *uri = g_strdup_printf ("file:%s?mode=ro", escaped);
  char *sql = sqlite3_mprintf ("ATTACH %Q AS own", uri);
  const gboolean done = run (self, sql, user_path, error);
  sqlite3_free (sql);
  return done;
}

gboolean
xps_reference_attach_user (XpsReference *self, const char *user_path, GError **error)
{
  self->has_user = user_path != NULL && g_file_test (user_path, G_FILE_TEST_IS_REGULAR);
  if (!self->has_user)
    return run (self, "CREATE TEMP VIEW all_binding AS SELECT " COLUMNS " FROM main.binding", self->path,
                error);
  return attach (self, user_path, error) &&
         run (self,
              "CREATE TEMP VIEW all_binding AS SELECT " COLUMNS " FROM main.binding UNION ALL SELECT " COLUMNS
              " FROM own.binding",
              user_path, error);
}
