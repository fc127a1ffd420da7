/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/store.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "project/database.h"
#include "project/project.h"

XpsStore *
xps_store_new (sqlite3 *take_db, const char *file)
{
  XpsStore *self = g_new0 (XpsStore, 1);
  self->db = take_db;
  self->file = g_strdup (file);
  self->spectra = g_hash_table_new_full (NULL, NULL, (GDestroyNotify)xps_spectrum_unref, NULL);
  self->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->sources = g_hash_table_new_full (NULL, NULL, (GDestroyNotify)xps_source_unref, NULL);
  self->next_spectrum = self->next_source = 1;
  return self;
}

void
xps_store_free (XpsStore *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->statements); i++)
    sqlite3_finalize (self->statements[i]);
  sqlite3_close (self->db);
  g_clear_pointer (&self->bytes, g_bytes_unref); /* SQLite reads them until it is closed */
  g_free (self->file);
  g_hash_table_unref (self->spectra);
  g_hash_table_unref (self->digests);
  g_hash_table_unref (self->sources);
  xps_state_unref (self->written);
  g_strfreev (self->history);
  g_clear_error (&self->reason);
  g_free (self);
}

char *
xps_store_dup_digest (const guint8 *arrays, gsize length, const char *record)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, arrays, (gssize)length);
  g_checksum_update (checksum, (const guchar *)record, -1);
  return g_strdup (g_checksum_get_string (checksum));
}

gboolean
xps_store_fail_damaged (GError **error, const char *file, const char *place, const char *what)
{
  g_autofree char *sentence = g_strdup_printf (_ ("the project file is damaged (%s)"), what);
  return xps_error_set (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_FORMAT, file, place, sentence,
                        _ ("take a copy from a backup"));
}

/* Its row of meta, or NULL; to be finalized. */
static sqlite3_stmt *
find_meta (XpsStore *self, const char *key, int type)
{
  sqlite3_stmt *row = NULL;
  if (sqlite3_prepare_v2 (self->db, "SELECT value FROM meta WHERE key = ?", -1, &row, NULL) == SQLITE_OK &&
      sqlite3_bind_text (row, 1, key, -1, SQLITE_STATIC) == SQLITE_OK && sqlite3_step (row) == SQLITE_ROW &&
      sqlite3_column_type (row, 0) == type)
    return row;
  sqlite3_finalize (row);
  return NULL;
}

char *
xps_store_dup_note (XpsStore *self, const char *key)
{
  sqlite3_stmt *row = find_meta (self, key, SQLITE_TEXT);
  char *value = row != NULL ? g_strdup ((const char *)sqlite3_column_text (row, 0)) : NULL;
  sqlite3_finalize (row);
  return value;
}

gint64
xps_store_get_count (XpsStore *self, const char *key)
{
  sqlite3_stmt *row = find_meta (self, key, SQLITE_INTEGER);
  const gint64 value = row != NULL ? sqlite3_column_int64 (row, 0) : 0;
  sqlite3_finalize (row);
  return value;
}

/* ---- a new project file ---- */

XpsStore *
xps_store_create (const char *path, const char *file, GError **error)
{
  sqlite3 *db = NULL;
  const int code = sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
  /* Nobody else knows the file yet, and it is given up when anything fails. */
  if (code != SQLITE_OK || !xps_database_run (db, "PRAGMA journal_mode = OFF") ||
      !xps_database_run (db, "PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN") ||
      !xps_schema_create (db, XPS_SCHEMA_APPLICATION) || !xps_database_run (db, "COMMIT")) {
    xps_database_fail (error, db, file);
    sqlite3_close (db);
    return NULL;
  }
  return xps_store_new (db, file);
}

/* ---- somebody else's bytes ---- */

/* SQLite's file format, 1.3: numbers are big-endian. */
static guint32
read_number (const guint8 *bytes, gsize at)
{
  return (guint32)bytes[at] << 24 | (guint32)bytes[at + 1] << 16 | (guint32)bytes[at + 2] << 8 |
         bytes[at + 3];
}

static gboolean
is_project (const guint8 *bytes, gsize size)
{
  return size >= 100 && memcmp (bytes, "SQLite format 3", 16) == 0 &&
         read_number (bytes, 68) == XPS_SCHEMA_APPLICATION;
}

static gboolean
check_header (const guint8 *bytes, gsize size, const char *file, int *version, GError **error)
{
  if (!is_project (bytes, size))
    return xps_error_set (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_FORMAT, file, NULL,
                          _ ("is not a Corelevel project"), _ ("open a project, or add the file as data"));
  const guint32 given = read_number (bytes, 60);
  if (given > XPS_SCHEMA_VERSION && given < 1u << 16)
    return xps_error_set (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_NEWER, file, NULL,
                          _ ("was written by a newer version of Corelevel"),
                          _ ("update Corelevel to open it"));
  guint64 page = (guint64)bytes[16] << 8 | bytes[17];
  page = page == 1 ? 65536 : page;
  if (given > XPS_SCHEMA_VERSION || bytes[18] != 1 || bytes[19] != 1 || read_number (bytes, 56) != 1)
    return xps_store_fail_damaged (error, file, NULL, N_ ("its header is not as Corelevel writes it"));
  if (page * read_number (bytes, 28) != size)
    return xps_store_fail_damaged (error, file, NULL, N_ ("its length is not what its header says"));
  *version = (int)given;
  return TRUE;
}

int
xps_store_peek_version (const char *path)
{
  guint8 bytes[100];
  FILE *file = fopen (path, "rb");
  const gsize n = file != NULL ? fread (bytes, 1, sizeof bytes, file) : 0;
  if (file != NULL)
    fclose (file);
  return is_project (bytes, n) ? (int)MIN (read_number (bytes, 60), G_MAXINT16) : -1;
}

static int
count_steps (gpointer data)
{
  gint64 *left = data;
  return --*left < 0;
}

/* More than any sound file of that size needs: one that makes SQLite walk in circles is left. */
static void
guard (XpsStore *self, gsize size)
{
  const int stride = 1000;
  self->steps_left = 10000 + (gint64)(size / (gsize)stride) * 50;
  sqlite3_progress_handler (self->db, stride, count_steps, &self->steps_left);
}

static gboolean
is_whole (sqlite3 *db)
{
  sqlite3_stmt *row = NULL;
  const gboolean whole = sqlite3_prepare_v2 (db, "PRAGMA quick_check (1)", -1, &row, NULL) == SQLITE_OK &&
                         sqlite3_step (row) == SQLITE_ROW &&
                         g_strcmp0 ((const char *)sqlite3_column_text (row, 0), "ok") == 0;
  sqlite3_finalize (row);
  return whole;
}

static gboolean
check_tables (XpsStore *self, gsize size, int version, GError **error)
{
  xps_database_harden (self->db, size);
  guard (self, size);
  if (!xps_schema_check (self->db, version))
    return xps_store_fail_damaged (error, self->file, NULL, N_ ("it does not hold the tables of a project"));
  if (!is_whole (self->db))
    return xps_store_fail_damaged (error, self->file, NULL, N_ ("its pages do not fit together"));
  return version == XPS_SCHEMA_VERSION || xps_schema_migrate (self->db, version) ||
         xps_store_fail_damaged (error, self->file, NULL, N_ ("it cannot be brought to the present version"));
}

/* An older version is changed in memory, so it needs a copy that SQLite may write to. */
static int
deserialize (XpsStore *self, const guint8 *bytes, gsize size, gboolean writable)
{
  guint8 *copy = writable ? sqlite3_malloc64 (size) : (guint8 *)bytes;
  if (copy == NULL)
    return SQLITE_NOMEM;
  if (writable)
    memcpy (copy, bytes, size);
  return sqlite3_deserialize (self->db, "main", copy, (sqlite3_int64)size, (sqlite3_int64)size,
                              writable ? SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE
                                       : SQLITE_DESERIALIZE_READONLY);
}

XpsStore *
xps_store_open_bytes (GBytes *bytes, const char *file, int *version, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  sqlite3 *db = NULL;
  if (!check_header (data, size, file, version, error))
    return NULL;
  const int code = sqlite3_open_v2 (":memory:", &db,
                                    SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX, NULL);
  XpsStore *self = xps_store_new (db, file);
  self->bytes = g_bytes_ref (bytes);
  gboolean good =
      code == SQLITE_OK && deserialize (self, data, size, *version != XPS_SCHEMA_VERSION) == SQLITE_OK;
  if (!good)
    xps_error_set (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_FORMAT, file, NULL,
                   _ ("there is not enough memory to open it"), _ ("close other documents"));
  good = good && check_tables (self, size, *version, error);
  if (!good)
    g_clear_pointer (&self, xps_store_free);
  return self;
}

/* ---- journals ---- */

static gboolean
prepare_journal (XpsStore *self, GError **error)
{
  /* Exclusive: the index of the log stays in this process, no second file beside the log. */
  if (!xps_database_run (self->db, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL") ||
      !xps_database_run (self->db, "PRAGMA synchronous = NORMAL"))
    return xps_database_fail (error, self->db, self->file);
  const gint64 application = xps_database_ask (self->db, "PRAGMA application_id", -1);
  const gint64 version = xps_database_ask (self->db, "PRAGMA user_version", -1);
  if (application == 0 && version == 0) {
    if (xps_database_run (self->db, "BEGIN") && xps_schema_create (self->db, XPS_SCHEMA_JOURNAL) &&
        xps_database_run (self->db, "COMMIT"))
      return TRUE;
    return xps_database_fail (error, self->db, self->file);
  }
  if (application != XPS_SCHEMA_JOURNAL || version != XPS_SCHEMA_VERSION)
    return xps_store_fail_damaged (error, self->file, NULL, N_ ("it is not a journal of this version"));
  return check_tables (self, G_MAXINT32, XPS_SCHEMA_VERSION, error);
}

XpsStore *
xps_store_open_journal (const char *path, GError **error)
{
  sqlite3 *db = NULL;
  const int code =
      sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  XpsStore *self = xps_store_new (db, path);
  const gboolean good =
      code == SQLITE_OK ? prepare_journal (self, error) : xps_database_fail (error, db, path);
  if (!good)
    g_clear_pointer (&self, xps_store_free);
  return self;
}
