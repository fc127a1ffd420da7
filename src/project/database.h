/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/* Thin help over SQLite, inside this room only: connections that distrust what they open, statements run
 * from a list of values, failures as sentences. */

/* A connection with everything switched off that a document does not need: triggers, views, extensions,
 * attached files, schemas that run code. `largest`: bytes that one value may have. */
void xps_database_harden (sqlite3 *db, gsize largest);

/* SQL of this program without values. FALSE: see xps_database_fail(). */
gboolean xps_database_run (sqlite3 *db, const char *sql);
/* One number, or `otherwise` where the question has no answer. */
gint64 xps_database_ask (sqlite3 *db, const char *sql, gint64 otherwise);

/* Binds and runs a statement that returns no rows, and leaves it ready for the next time. `kinds` has a
 * letter for each value: i gint64, d double (NaN is NULL), t const char * (NULL is NULL), u the same made
 * valid UTF-8, b const void * and gsize. Texts and bytes must live until it returns. */
gboolean xps_database_put (sqlite3_stmt *statement, const char *kinds, ...);

/* The sentence for something that could not be written: by the error of the system where there is one.
 * Always FALSE. */
gboolean xps_write_fail (GError **error, const char *file, int code);
/* The same after a failed call on db. */
gboolean xps_database_fail (GError **error, sqlite3 *db, const char *file);
