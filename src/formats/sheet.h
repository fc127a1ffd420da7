/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"

/* A workbook of spreadsheets: what its cells hold, without formats and formulas. */

typedef struct {
  guint32 row, column; /* from 0 */
  double number;
  const char *text; /* borrowed from the book; NULL where the cell holds a number */
} XpsCell;

typedef struct {
  char *name;
  GArray *cells; /* XpsCell, by row, then by column */
} XpsSheet;

typedef struct {
  GPtrArray *sheets;  /* XpsSheet, in the order of the tabs */
  GPtrArray *strings; /* char *: texts of the cells */
} XpsBook;

XpsBook *xps_book_new (void);
void xps_book_free (XpsBook *book);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsBook, xps_book_free)
XpsSheet *xps_book_add_sheet (XpsBook *book, const char *name); /* owned by the book */

/* Keeps the order whatever the file's is: later cells of the same place replace earlier ones only when
 * xps_sheet_finish() was not called yet. FALSE where the budget is used up. */
gboolean xps_sheet_add (XpsSheet *sheet, const XpsCell *cell, XpsMemoryBudget *budget);
void xps_sheet_finish (XpsSheet *sheet);

/* NULL where the cell is empty. Borrowed. */
const XpsCell *xps_sheet_find (const XpsSheet *sheet, guint32 row, guint32 column);
/* "" where the cell is empty or holds a number. Borrowed. */
const char *xps_sheet_get_text (const XpsSheet *sheet, guint32 row, guint32 column);
/* Numbers, and texts that are one. */
gboolean xps_sheet_get_number (const XpsSheet *sheet, guint32 row, guint32 column, double *value);
/* One more than the last column and row that hold anything. */
guint32 xps_sheet_get_n_columns (const XpsSheet *sheet);
guint32 xps_sheet_get_n_rows (const XpsSheet *sheet);
/* "AB", of the column from 0. New string. */
char *xps_sheet_dup_letters (guint32 column);
/* 'sheet "S" cell AB12'. New string. */
char *xps_sheet_dup_place (const XpsSheet *sheet, guint32 row, guint32 column);

/* xlsx-book.c: the sheets of an Office Open XML workbook. Takes what it inflates off the budget. */
XpsBook *xps_xlsx_read_book (GBytes *bytes, const char *file, const XpsReadOptions *options,
                             XpsMemoryBudget *budget, GError **error);
