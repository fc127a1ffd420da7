/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/sheet.h"

/* What the sources of the reader for workbooks share. */

typedef struct {
  XpsFile *file;
  const XpsReadOptions *options;
  XpsMemoryBudget budget;
  gsize n_dropped;
  GError **error;
} XpsXlsxReader;

/* Rows of numbers under one another; rows and columns from 0. */
typedef struct {
  const XpsSheet *sheet;
  guint32 first, n; /* rows */
  guint32 energy, intensity;
} XpsXlsxTable;

gboolean xps_xlsx_fail (const XpsXlsxReader *self, XpsFormatsError code, const XpsSheet *sheet, guint32 row,
                        guint32 column, const char *what, const char *remedy);

/* Number of rows from `first` on in which both columns hold a number. */
guint32 xps_xlsx_count_rows (const XpsSheet *sheet, guint32 first, guint32 one, guint32 other);

/* Fills n, energy and intensity of the draft and gives it a record. FALSE with error. */
gboolean xps_xlsx_start (XpsXlsxReader *self, const XpsXlsxTable *table, XpsSpectrumDraft *draft);
/* Empty cells are 0 in curves of a fit; any other column that has some is left out. Both are noted. FALSE
 * with error. */
gboolean xps_xlsx_add_column (XpsXlsxReader *self, const XpsXlsxTable *table, guint32 column,
                              XpsColumnRole role, const char *label, XpsSpectrumDraft *draft);
/* Empties the draft. */
void xps_xlsx_finish (XpsXlsxReader *self, XpsSpectrumDraft *draft);

/* sheet-texts.c: cells of text amid numbers, which become numbers where they can be one only; a note says so,
 * a warning names the others. FALSE with error. */
gboolean xps_xlsx_read_texts (XpsXlsxReader *self, XpsSheet *sheet);

/* xls.c: into the empty `book`. FALSE with error. */
gboolean xps_xls_read_book (XpsXlsxReader *self, GBytes *bytes, XpsBook *book);

/* All sheets of the book, whatever file it came from. */
gboolean xps_xlsx_read_book_sheets (XpsXlsxReader *self, const XpsBook *book);

/* Each says whether the sheet is its own kind, and reads it: TRUE and *known where it did. */
gboolean xps_xlsx_read_thermo (XpsXlsxReader *self, const XpsSheet *sheet, gboolean *known);
gboolean xps_xlsx_read_kherve (XpsXlsxReader *self, const XpsSheet *sheet, gboolean *known);
gboolean xps_xlsx_read_columns (XpsXlsxReader *self, const XpsSheet *sheet, gboolean *known);
