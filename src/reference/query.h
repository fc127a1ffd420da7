/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "reference/reference.h"

/* The room's own: one prepared question at a time. */

struct _XpsReference {
  sqlite3 *db;
  char *path, *own_path;
  GHashTable *idle; /* text -> prepared statement that nobody uses now */
  gboolean has_own; /* tables of the schema "own" are there */
};

typedef struct {
  XpsReference *reference;
  sqlite3_stmt *statement;
  char *sql;
  int bound;
} XpsQuery;

/* FALSE with error when the text does not compile: a programmer's error or a damaged database. */
gboolean xps_query_init (XpsQuery *self, XpsReference *reference, const char *sql, GError **error);
/* "SELECT ... FROM ..." restricted to rows whose columns have these texts, bound already; pairs of column and
 * text up to NULL, a NULL text restricts nothing: so that every restriction finds its index. */
gboolean xps_query_init_where (XpsQuery *self, XpsReference *reference, const char *select, const char *order,
                               GError **error, ...) G_GNUC_NULL_TERMINATED;
void xps_query_clear (XpsQuery *self); /* keeps the prepared statement for the next time */
void xps_query_bind_text (XpsQuery *self, const char *text); /* the next parameter; NULL is NULL */
void xps_query_bind_number (XpsQuery *self, double number);  /* NaN is NULL */
/* FALSE at the end, or with error. */
gboolean xps_query_next (XpsQuery *self, GError **error);
char *xps_query_dup_text (const XpsQuery *self, int column);    /* NULL for NULL */
double xps_query_get_number (const XpsQuery *self, int column); /* NaN for NULL */
int xps_query_get_integer (const XpsQuery *self, int column);
/* How a row was verified, from its columns verified and secondary. */
XpsVerified xps_query_get_verified (const XpsQuery *self, int verified, int secondary);

/* Puts the user's own file beside the database where it is there. */
gboolean xps_reference_attach_own (XpsReference *self, GError **error);

/* What a row of the table binding is read from; `schema` is "main" or "own". */
#define XPS_LINE_COLUMNS                                                                                     \
  "b.id, b.species, b.species_name, b.class, b.element, b.core_level, b.binding_energy_eV, "                 \
  "b.uncertainty_eV, b.fwhm_eV, b.charge_reference, b.source_key, b.note, "
#define XPS_LINE_COLUMNS_OWN                                                                                 \
  XPS_LINE_COLUMNS                                                                                           \
  "'user', 0, 0, 0, coalesce (b.replaces, 0), b.replaces_energy_eV, b.replaces_source, 0"
XpsReferenceLine *xps_query_read_line (const XpsQuery *self);
/* Phases of one schema; `name` NULL: all. FALSE with error. */
gboolean xps_query_add_phases (XpsReference *self, const char *schema, const char *name, GPtrArray *phases,
                               GError **error);
