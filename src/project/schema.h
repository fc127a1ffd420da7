/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/* The tables of a document, in a project file and in a journal alike. */

#define XPS_SCHEMA_APPLICATION 0x436c7631 /* "Clv1": project file, "Clj1": journal */
#define XPS_SCHEMA_JOURNAL     0x436c6a31
#define XPS_SCHEMA_VERSION     3

gboolean xps_schema_create (sqlite3 *db, guint32 application);

/* TRUE when the file holds the tables of `version` to the letter and nothing else: no view, trigger, index or
 * table of somebody else's, whose making SQLite would have to run. */
gboolean xps_schema_check (sqlite3 *db, int version);

/* Brings a connection (in memory, writable) from an older version to the present one, one version after the
 * other. */
gboolean xps_schema_migrate (sqlite3 *db, int version);
