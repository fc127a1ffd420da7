/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/query.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"

static gboolean
fail (XpsReference *reference, GError **error)
{
  return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_DATABASE, reference->path, NULL,
                        sqlite3_errmsg (reference->db), N_ ("the database may be damaged: install it again"));
}

gboolean
xps_query_init (XpsQuery *self, XpsReference *reference, const char *sql, GError **error)
{
  char *kept = NULL;
  *self = (XpsQuery){.reference = reference};
  if (g_hash_table_steal_extended (reference->idle, sql, (gpointer *)&kept, (gpointer *)&self->statement)) {
    self->sql = kept;
    return TRUE;
  }
  if (sqlite3_prepare_v3 (reference->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &self->statement, NULL) !=
      SQLITE_OK)
    return fail (reference, error);
  self->sql = g_strdup (sql);
  return TRUE;
}

gboolean
xps_query_init_where (XpsQuery *self, XpsReference *reference, const char *select, const char *order,
                      GError **error, ...)
{
  const char *texts[6];
  gsize n = 0;
  g_autoptr (GString) sql = g_string_new (select);
  va_list pairs;
  va_start (pairs, error);
  for (const char *column; (column = va_arg (pairs, const char *)) != NULL;) {
    const char *text = va_arg (pairs, const char *);
    if (text == NULL || n == G_N_ELEMENTS (texts))
      continue;
    g_string_append_printf (sql, " %s %s = ?", n > 0 ? "AND" : "WHERE", column);
    texts[n++] = text;
  }
  va_end (pairs);
  g_string_append_printf (sql, " ORDER BY %s", order);
  if (!xps_query_init (self, reference, sql->str, error))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    xps_query_bind_text (self, texts[i]);
  return TRUE;
}

/* The text is the key; a second statement of the same text, made while the first was in use, goes. */
void
xps_query_clear (XpsQuery *self)
{
  if (self->statement != NULL && !g_hash_table_contains (self->reference->idle, self->sql)) {
    sqlite3_reset (self->statement);
    sqlite3_clear_bindings (self->statement);
    g_hash_table_insert (self->reference->idle, g_steal_pointer (&self->sql),
                         g_steal_pointer (&self->statement));
  }
  sqlite3_finalize (self->statement);
  self->statement = NULL;
  g_clear_pointer (&self->sql, g_free);
}

void
xps_query_bind_text (XpsQuery *self, const char *text)
{
  self->bound++;
  if (text != NULL)
    sqlite3_bind_text (self->statement, self->bound, text, -1, SQLITE_TRANSIENT);
}

void
xps_query_bind_number (XpsQuery *self, double number)
{
  self->bound++;
  if (!isnan (number))
    sqlite3_bind_double (self->statement, self->bound, number);
}

gboolean
xps_query_next (XpsQuery *self, GError **error)
{
  const int rc = sqlite3_step (self->statement);
  if (rc == SQLITE_ROW)
    return TRUE;
  return rc == SQLITE_DONE ? FALSE : fail (self->reference, error);
}

char *
xps_query_dup_text (const XpsQuery *self, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (self->statement, column));
}

double
xps_query_get_number (const XpsQuery *self, int column)
{
  return sqlite3_column_type (self->statement, column) == SQLITE_NULL
             ? (double)NAN
             : sqlite3_column_double (self->statement, column);
}

int
xps_query_get_integer (const XpsQuery *self, int column)
{
  return sqlite3_column_int (self->statement, column);
}

XpsReferenceLine *
xps_query_read_line (const XpsQuery *self)
{
  XpsReferenceLine *line = xps_reference_line_new ();
  line->id = xps_query_get_integer (self, 0);
  line->species = xps_query_dup_text (self, 1);
  line->species_name = xps_query_dup_text (self, 2);
  line->class_ = xps_query_dup_text (self, 3);
  line->element = xps_query_dup_text (self, 4);
  line->level = xps_query_dup_text (self, 5);
  line->energy = xps_query_get_number (self, 6);
  line->uncertainty = xps_query_get_number (self, 7);
  line->fwhm = xps_query_get_number (self, 8);
  line->charge_reference = xps_query_dup_text (self, 9);
  line->source = xps_query_dup_text (self, 10);
  line->note = xps_query_dup_text (self, 11);
  line->verified = xps_query_get_verified (self, 12, 13);
  line->analogue = xps_query_get_integer (self, 14) != 0;
  line->tabulated = xps_query_get_integer (self, 15) != 0;
  line->replaces = xps_query_get_integer (self, 16);
  line->replaces_energy = xps_query_get_number (self, 17);
  line->replaces_source = xps_query_dup_text (self, 18);
  line->replaced = xps_query_get_integer (self, 19) != 0;
  return line;
}

XpsVerified
xps_query_get_verified (const XpsQuery *self, int verified, int secondary)
{
  const char *text = (const char *)sqlite3_column_text (self->statement, verified);
  if (g_strcmp0 (text, "recalled") == 0)
    return XPS_VERIFIED_RECALLED;
  if (secondary >= 0 && sqlite3_column_int (self->statement, secondary) != 0)
    return XPS_VERIFIED_SECONDARY;
  if (g_strcmp0 (text, "user") == 0)
    return XPS_VERIFIED_USER;
  return g_strcmp0 (text, "nist-record") == 0 ? XPS_VERIFIED_NIST : XPS_VERIFIED_SEEN;
}
