/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/query.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

static gboolean
fail (XpsReference *reference, GError **error)
{
  return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_DATABASE, reference->path, NULL,
                        sqlite3_errmsg (reference->db), "the database may be damaged: install it again");
}

gboolean
xps_query_init (XpsQuery *self, XpsReference *reference, const char *sql, GError **error)
{
  *self = (XpsQuery){reference, NULL, 0};
  return sqlite3_prepare_v2 (reference->db, sql, -1, &self->statement, NULL) == SQLITE_OK ||
         fail (reference, error);
}

void
xps_query_clear (XpsQuery *self)
{
  sqlite3_finalize (self->statement);
  self->statement = NULL;
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
