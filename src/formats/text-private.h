/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"
#include "formats/labels.h"
#include "formats/lines.h"

/* What the sources of the reader for columns of numbers share. */

/* A run of lines that hold numbers only. */
typedef struct {
  XpsLines header;  /* behind the table before it: where its header begins */
  XpsLines at;      /* before the first row */
  guint first_line; /* rows stand on consecutive lines */
  gsize n_rows;
  gsize min_cells, max_cells; /* over the rows */
} XpsTextTable;

typedef struct {
  char *label;      /* from the header, or NULL */
  XpsLabel meaning; /* of the label */
  double *values;   /* [n_rows] */
  gsize n_missing;  /* rows whose cell is empty */
} XpsTextColumn;

typedef struct {
  XpsFile *file;
  const XpsReadOptions *options;
  XpsMemoryBudget budget;
  gboolean decimal_comma;
  gboolean own;           /* written by xps_csv_write() */
  XpsTextTable table;     /* the one that is being read */
  XpsTextColumn *columns; /* those that hold anything */
  gsize n_columns;
  gboolean has_header;
  XpsAcquisition *acquisition; /* what the header says, for the spectrum that is made next */
  char *name, *sample, *group; /* likewise; NULL: not said */
  XpsAxisKind header_axis;     /* the only axis that the header speaks of, else XPS_AXIS_OTHER */
} XpsTextReader;

/* text-table.c: cells of a line. Separators are tab, comma, semicolon and blanks (comma not where it is the
 * decimal sign); blanks around another separator belong to it; quotes are taken off. */
typedef struct {
  const char *next, *end;
  gboolean decimal_comma;
} XpsCells;

void xps_cells_init (XpsCells *self, XpsSpan line, gboolean decimal_comma);
gboolean xps_cells_next (XpsCells *self, XpsSpan *cell);
gboolean xps_cell_parse (XpsSpan cell, gboolean decimal_comma, double *value);

/* Every run of at least `least_rows` numeric lines, in file order: XpsTextTable. Free with g_array_unref().
 */
GArray *xps_text_find_tables (const XpsLines *lines, gboolean decimal_comma, gsize least_rows);
/* Reads the numbers of self->table into self->columns. */
gboolean xps_text_read_table (XpsTextReader *self, GError **error);
void xps_text_clear_columns (XpsTextReader *self);

/* text-header.c: labels of the columns and what else stands above the table. */
void xps_text_read_header (XpsTextReader *self);
void xps_text_clear_header (XpsTextReader *self);

/* text-columns.c: decides what each column is and appends the spectrum (or, for a potential series, the
 * spectra). */
gboolean xps_text_make_spectra (XpsTextReader *self, GError **error);

gboolean xps_text_fail (const XpsTextReader *self, XpsFormatsError code, guint line, const char *what,
                        const char *remedy, GError **error);
