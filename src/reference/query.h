/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "reference/reference.h"

/* The room's own: one prepared question at a time. */

struct _XpsReference {
  sqlite3 *db;
  char *path;
  gboolean has_user; /* tables of the schema "own" are there */
};

typedef struct {
  XpsReference *reference;
  sqlite3_stmt *statement;
  int bound;
} XpsQuery;

/* FALSE with error when the text does not compile: a programmer's error or a damaged database. */
gboolean xps_query_init (XpsQuery *self, XpsReference *reference, const char *sql, GError **error);
void xps_query_clear (XpsQuery *self);
void xps_query_bind_text (XpsQuery *self, const char *text); /* the next parameter; NULL is NULL */
void xps_query_bind_number (XpsQuery *self, double number);  /* NaN is NULL */
/* FALSE at the end, or with error. */
gboolean xps_query_next (XpsQuery *self, GError **error);
char *xps_query_dup_text (const XpsQuery *self, int column);    /* NULL for NULL */
double xps_query_get_number (const XpsQuery *self, int column); /* NaN for NULL */
int xps_query_get_integer (const XpsQuery *self, int column);
/* How a row was verified, from its columns verified and secondary. */
XpsVerified xps_query_get_verified (const XpsQuery *self, int verified, int secondary);

/* Lays the view all_binding over the tables of the database and those of the user's own file. */
gboolean xps_reference_attach_user (XpsReference *self, const char *user_path, GError **error);
