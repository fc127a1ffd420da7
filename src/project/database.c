/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/database.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "project/project.h"

/* Everything that the page on untrusted files of SQLite's documentation advises ("Defense Against The Dark
 * Arts"), and limits to what a document has. */
void
xps_database_harden (sqlite3 *db, gsize largest)
{
  static const struct {
    int option, value;
  } switches[] = {{SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                  {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                  {SQLITE_DBCONFIG_ENABLE_FKEY, 0},    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
                  {SQLITE_DBCONFIG_DQS_DDL, 0},        {SQLITE_DBCONFIG_DQS_DML, 0}};
  static const struct {
    int limit, value;
  } limits[] = {{SQLITE_LIMIT_SQL_LENGTH, 10000},   {SQLITE_LIMIT_COLUMN, 40},
                {SQLITE_LIMIT_EXPR_DEPTH, 20},      {SQLITE_LIMIT_COMPOUND_SELECT, 2},
                {SQLITE_LIMIT_VDBE_OP, 25000},      {SQLITE_LIMIT_FUNCTION_ARG, 8},
                {SQLITE_LIMIT_ATTACHED, 0},         {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
                {SQLITE_LIMIT_VARIABLE_NUMBER, 40}, {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
                {SQLITE_LIMIT_WORKER_THREADS, 0}};
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    sqlite3_db_config (db, switches[i].option, switches[i].value, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (db, limits[i].limit, limits[i].value);
  sqlite3_limit (db, SQLITE_LIMIT_LENGTH, (int)CLAMP (largest, 1u << 20, 1u << 30));
  xps_database_run (db, "PRAGMA cell_size_check = ON");
  xps_database_run (db, "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY");
}

gboolean
xps_database_run (sqlite3 *db, const char *sql)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

gint64
xps_database_ask (sqlite3 *db, const char *sql, gint64 otherwise)
{
  sqlite3_stmt *statement = NULL;
  gint64 answer = otherwise;
  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW && sqlite3_column_type (statement, 0) == SQLITE_INTEGER)
    answer = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return answer;
}

static int
bind_text (sqlite3_stmt *statement, int place, const char *text, gboolean bytes)
{
  if (bytes || text == NULL || g_utf8_validate (text, -1, NULL))
    return sqlite3_bind_text (statement, place, text, -1, SQLITE_STATIC);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  return sqlite3_bind_text (statement, place, valid, -1, SQLITE_TRANSIENT);
}

static int
bind_number (sqlite3_stmt *statement, int place, double number)
{
  return isnan (number) ? sqlite3_bind_null (statement, place)
                        : sqlite3_bind_double (statement, place, number);
}

gboolean
xps_database_put (sqlite3_stmt *statement, const char *kinds, ...)
{
  va_list values;
  int code = SQLITE_OK;
  va_start (values, kinds);
  /* clang-tidy 14 forgets va_start() when it judges several files in one run. */
  /* NOLINTBEGIN(clang-analyzer-valist.Uninitialized) */
  for (int i = 0; kinds[i] != '\0' && code == SQLITE_OK; i++) {
    if (kinds[i] == 'i')
      code = sqlite3_bind_int64 (statement, i + 1, va_arg (values, gint64));
    else if (kinds[i] == 'd')
      code = bind_number (statement, i + 1, va_arg (values, double));
    else if (kinds[i] == 'b') {
      const void *bytes = va_arg (values, const void *);
      code = sqlite3_bind_blob64 (statement, i + 1, bytes, va_arg (values, gsize), SQLITE_STATIC);
    } else
      code = bind_text (statement, i + 1, va_arg (values, const char *), kinds[i] == 't');
  }
  /* NOLINTEND(clang-analyzer-valist.Uninitialized) */
  va_end (values);
  if (code == SQLITE_OK)
    code = sqlite3_step (statement);
  /* Resetting repeats the failure of the step, so that the connection still names it. */
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return code == SQLITE_DONE;
}

gboolean
xps_write_fail (GError **error, const char *file, int code)
{
  g_autofree char *sentence = NULL;
  const char *what = NULL, *remedy = _ ("save it in another place");
  switch (code) {
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    what = _ ("there is no room for it");
    remedy = _ ("free some space, or save it in another place");
    break;
  case ENOENT:
  case ENOTDIR:
  case ESTALE:
    what = _ ("its folder is not there");
    break;
  case EACCES:
  case EPERM:
    what = _ ("its folder may not be written to");
    break;
  case EROFS:
    what = _ ("its folder can only be read");
    break;
  case ENAMETOOLONG:
    what = _ ("its name is too long");
    remedy = _ ("choose a shorter name");
    break;
  default:
    sentence =
        g_strdup_printf (_ ("cannot be written (%s)"), code != 0 ? g_strerror (code) : _ ("unknown reason"));
    what = sentence;
  }
  return xps_error_set (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_WRITE, file, NULL, what, remedy);
}

/* The number of the system's error. SQLite forgets it when a transaction could not be ended (3.40); the file
 * remembers. */
static int
find_cause (sqlite3 *db)
{
  int cause = sqlite3_system_errno (db);
  if (cause == 0)
    sqlite3_file_control (db, "main", SQLITE_FCNTL_LAST_ERRNO, &cause);
  return cause;
}

gboolean
xps_database_fail (GError **error, sqlite3 *db, const char *file)
{
  const int code = db != NULL ? sqlite3_extended_errcode (db) : SQLITE_NOMEM;
  const int cause = db != NULL ? find_cause (db) : ENOMEM;
  if ((code & 0xff) == SQLITE_FULL)
    return xps_write_fail (error, file, ENOSPC);
  if (((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN) && cause != 0)
    return xps_write_fail (error, file, cause);
  g_autofree char *what = g_strdup_printf (_ ("cannot be written (%s)"), sqlite3_errstr (code));
  return xps_error_set (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_WRITE, file, NULL, what,
                        _ ("save it in another place"));
}
