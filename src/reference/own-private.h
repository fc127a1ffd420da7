/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference/own.h"
#include "reference/query.h"

/* The room's own: the file of own entries. */

#define XPS_OWN_APPLICATION_ID 1129534293 /* "CSRU" */
#define XPS_OWN_VERSION        1

struct _XpsOwn {
  XpsReference *file; /* whose database is the file, as "main" */
};

/* Whether `schema` of the connection is a file of own entries of this version; else FALSE with error. */
gboolean xps_own_check (XpsReference *self, const char *schema, const char *path, GError **error);

/* Always FALSE. */
gboolean xps_own_refuse (GError **error, const char *place, const char *what, const char *remedy);
/* A line and a phase as they may be kept; FALSE with error. `place` is put before the message, or NULL. */
gboolean xps_own_check_line (const XpsReferenceLine *line, const char *place, GError **error);
gboolean xps_own_check_phase (const XpsReferencePhase *phase, const char *place, GError **error);

gboolean xps_own_begin (XpsOwn *self, GError **error);
/* Commits what is `good`, takes back what is not; returns whether it is done. */
gboolean xps_own_end (XpsOwn *self, gboolean good, GError **error);
/* Within a transaction. Id of the new entry, or 0. */
gint64 xps_own_insert_line (XpsOwn *self, const XpsReferenceLine *line, GError **error);
gboolean xps_own_insert_phase (XpsOwn *self, const XpsReferencePhase *phase, GError **error);
/* Whether an entry says the same, member for member. */
gboolean xps_own_has_line (XpsOwn *self, const XpsReferenceLine *line);
