/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "project/schema.h"
#include "project/state.h"

/* Documents in tables: the same writing and reading for project files and journals, inside this room only. A
 * store remembers what it wrote last, so that the next time only what changed is written; versions share what
 * did not change, so equal pointers are equal things. One thread at a time. */

typedef struct {
  sqlite3 *db;
  char *file; /* named in messages */
  sqlite3_stmt *statements[18];
  GHashTable *spectra; /* XpsSpectrum * (held) -> row */
  GHashTable *digests; /* SHA-256 of the row -> row: the same measurement twice is one row */
  GHashTable *sources; /* XpsSource * (held) -> row */
  guint next_spectrum, next_source;
  XpsState *written; /* NULL: nothing yet */
  GStrv history;     /* as written */
  GError *reason;    /* why the last write failed, where it was not the database */
  GBytes *bytes;     /* what the tables were read from, or NULL */
  gint64 steps_left; /* of SQLite's machine, while a stranger's file is read */
} XpsStore;

/* Takes the connection, which has the tables already. */
XpsStore *xps_store_new (sqlite3 *take_db, const char *file);
void xps_store_free (XpsStore *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsStore, xps_store_free)

/* All or nothing; NULL leaves that part as it is. `notes`: text beside the tables, what a journal belongs to:
 * key, value, key, value, ..., ends with a key of NULL; a value may be NULL. */
gboolean xps_store_write (XpsStore *self, const XpsState *state, const char *const *history,
                          const char *const *notes, GError **error);
char *xps_store_dup_note (XpsStore *self, const char *key); /* NULL: not there */
#define XPS_STORE_NOTE_READING_LOG "reading_log"            /* of a state: written and read with it */
gint64 xps_store_get_count (XpsStore *self, const char *key);

/* What the tables hold, every value checked; NULL with one sentence that names the place. The store then goes
 * on from there. */
XpsState *xps_store_read (XpsStore *self, GStrv *history, GError **error);

/* SHA-256 of a row of spectra, over the arrays and the record. New string. */
char *xps_store_dup_digest (const guint8 *arrays, gsize length, const char *record);

/* ---- connections ---- */

/* A new project file with the tables, in the empty file at `path`; not flushed to the disk. `file`: what
 * messages call it. */
XpsStore *xps_store_create (const char *path, const char *file, GError **error);

/* The bytes of a file that may be damaged or made to harm, as tables in memory; an older version is brought
 * to the present one there. `version` receives that of the file. */
XpsStore *xps_store_open_bytes (GBytes *bytes, const char *file, int *version, GError **error);

/* The version of the project file at `path`, -1 where there is none. */
int xps_store_peek_version (const char *path);

/* A journal, made where it is not there. Its pages are written before the call returns, though perhaps not
 * yet on the disk: a crash of the program loses nothing, one of the machine perhaps the last entries. */
XpsStore *xps_store_open_journal (const char *path, GError **error);

/* FALSE with the error of a damaged file, which names the place. */
gboolean xps_store_fail_damaged (GError **error, const char *file, const char *place, const char *what);
