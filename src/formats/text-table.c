/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/text-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"

static gboolean
is_blank (const char *p, const char *end, gsize *length)
{
  if (*p == ' ' || *p == '\r' || *p == '\f' || *p == '\v') {
    *length = 1;
    return TRUE;
  }
  /* no-break space, as spreadsheets write it */
  if (end - p >= 2 && (guchar)p[0] == 0xC2 && (guchar)p[1] == 0xA0) {
    *length = 2;
    return TRUE;
  }
  return FALSE;
}

static const char *
skip_blanks (const char *p, const char *end)
{
  gsize length = 0;

  while (p < end && is_blank (p, end, &length))
    p += length;
  return p;
}

static gboolean
is_separator (const XpsCells *self, char c)
{
  return c == '\t' || c == ';' || (c == ',' && !self->decimal_comma);
}

void
xps_cells_init (XpsCells *self, XpsSpan line, gboolean decimal_comma)
{
  *self = (XpsCells){.next = line.text, .end = line.text + line.length, .decimal_comma = decimal_comma};
  /* Blanks at the end separate nothing. */
  while (self->end > self->next && (self->end[-1] == ' ' || self->end[-1] == '\r'))
    self->end--;
}

/* An empty cell stands between two separators; one separator at the end of the line closes the last cell. */
gboolean
xps_cells_next (XpsCells *self, XpsSpan *cell)
{
  const char *p = skip_blanks (self->next, self->end);
  const char *start = p, *stop = NULL;
  gsize length = 0;

  if (p >= self->end)
    return FALSE;
  const char *quote = *p == '"' ? memchr (p + 1, '"', (gsize)(self->end - p - 1)) : NULL;
  if (quote != NULL) {
    start = p + 1;
    stop = quote;
    p = quote + 1;
  } else {
    while (p < self->end && !is_separator (self, *p) && !is_blank (p, self->end, &length))
      p++;
    stop = p;
  }
  *cell = (XpsSpan){.text = start, .length = (gsize)(stop - start)};
  p = skip_blanks (p, self->end);
  if (p < self->end && is_separator (self, *p))
    p++;
  self->next = p;
  return TRUE;
}

gboolean
xps_cell_parse (XpsSpan cell, gboolean decimal_comma, double *value)
{
  char copy[64];

  if (cell.length == 0)
    return FALSE;
  const char *comma = decimal_comma ? memchr (cell.text, ',', cell.length) : NULL;
  if (comma == NULL)
    return (!decimal_comma || memchr (cell.text, '.', cell.length) == NULL) &&
           xps_span_parse_number (cell, value);
  const char *after = comma + 1, *end = cell.text + cell.length;
  if (cell.length >= sizeof copy || after == end || !g_ascii_isdigit (*after) ||
      memchr (cell.text, '.', cell.length) != NULL)
    return FALSE;
  memcpy (copy, cell.text, cell.length);
  copy[comma - cell.text] = '.';
  return xps_span_parse_number ((XpsSpan){.text = copy, .length = cell.length}, value);
}

/* What spreadsheets and C libraries write where there is no number: an empty cell. "nan" and "inf" are
 * numbers, which the columns that matter refuse. */
static gboolean
is_placeholder (XpsSpan cell)
{
  static const char *const words[] = {"-",    "--",     "n/a",     "#n/a",    "na",      "null",
                                      "none", "1.#ind", "-1.#ind", "1.#qnan", "-1.#qnan"};

  if (cell.length == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (xps_span_equal_nocase (cell, words[i]))
      return TRUE;
  return FALSE;
}

/* Number of cells, up to the last that is filled, of a line that holds two numbers at least and nothing else;
 * 0 for any other line. */
static gsize
count_numbers (XpsSpan line, gboolean decimal_comma)
{
  XpsCells cells;
  XpsSpan cell = {0};
  gsize n = 0, last = 0, n_numbers = 0;
  double value = 0;

  xps_cells_init (&cells, line, decimal_comma);
  while (xps_cells_next (&cells, &cell)) {
    n++;
    if (!xps_cell_parse (cell, decimal_comma, &value)) {
      if (!is_placeholder (cell))
        return 0;
      continue;
    }
    n_numbers++;
    last = n;
  }
  return n_numbers >= 2 ? last : 0;
}

GArray *
xps_text_find_tables (const XpsLines *lines, gboolean decimal_comma, gsize least_rows)
{
  GArray *tables = g_array_new (FALSE, FALSE, sizeof (XpsTextTable));
  XpsLines at = *lines, before;
  XpsTextTable table = {.header = *lines};
  XpsSpan line = {0};

  for (;;) {
    before = at;
    const gboolean more = xps_lines_next (&at, &line);
    const gsize n = more ? count_numbers (line, decimal_comma) : 0;
    if (n > 0) {
      if (table.n_rows == 0) {
        table.at = before;
        table.first_line = line.line;
        table.min_cells = n;
      }
      table.n_rows++;
      table.min_cells = MIN (table.min_cells, n);
      table.max_cells = MAX (table.max_cells, n);
      continue;
    }
    if (table.n_rows > 0 && table.n_rows >= least_rows)
      g_array_append_val (tables, table);
    if (table.n_rows > 0)
      table = (XpsTextTable){.header = table.n_rows >= least_rows ? before : table.header};
    if (!more)
      return tables;
  }
}

/* "1,234.5" between tabs or semicolons: taken for separators its commas would tear the number apart. */
static gboolean
has_thousands (XpsSpan line)
{
  if (memchr (line.text, '\t', line.length) == NULL && memchr (line.text, ';', line.length) == NULL)
    return FALSE;
  for (gsize i = 1; i + 3 < line.length; i++) {
    if (line.text[i] != ',')
      continue;
    gsize before = 0, after = 0;
    while (before < i && g_ascii_isdigit (line.text[i - 1 - before]))
      before++;
    while (i + 1 + after < line.length && g_ascii_isdigit (line.text[i + 1 + after]))
      after++;
    const gboolean starts = before == i || line.text[i - 1 - before] != '.';
    if (before >= 1 && before <= 3 && after == 3 && starts)
      return TRUE;
  }
  return FALSE;
}

static gboolean
fill_row (XpsTextReader *self, XpsSpan line, gsize row, GError **error)
{
  XpsCells cells;
  XpsSpan cell = {0};
  gsize k = 0;

  if (!self->decimal_comma && has_thousands (line)) {
    g_autofree char *found = xps_text_dup_excerpt (line.text, (gssize)line.length, 40);
    g_autofree char *what =
        g_strdup_printf (_ ("\"%s\" seems to hold numbers with thousands separators"), found);
    return xps_text_fail (self, XPS_FORMATS_ERROR_MALFORMED, line.line, what,
                          N_ ("write them without, or force the decimal comma"), error);
  }
  xps_cells_init (&cells, line, self->decimal_comma);
  for (; k < self->n_columns && xps_cells_next (&cells, &cell); k++) {
    self->columns[k].values[row] = (double)NAN;
    if (!xps_cell_parse (cell, self->decimal_comma, &self->columns[k].values[row]))
      self->columns[k].n_missing++;
  }
  for (; k < self->n_columns; k++) { /* the row ends early */
    self->columns[k].values[row] = (double)NAN;
    self->columns[k].n_missing++;
  }
  return TRUE;
}

gboolean
xps_text_read_table (XpsTextReader *self, GError **error)
{
  XpsLines at = self->table.at;
  XpsSpan line = {0};
  gboolean done = TRUE;

  /* Cells that not every row has can be no column: without this one long row would make a huge table. */
  self->columns = xps_memory_try_array (&self->budget, self->table.min_cells, sizeof *self->columns);
  done = self->columns != NULL;
  for (gsize k = 0; done && k < self->table.min_cells; k++) {
    self->columns[k].values = xps_memory_try_array (&self->budget, self->table.n_rows, sizeof (double));
    done = self->columns[k].values != NULL;
    self->n_columns = k + 1;
  }
  if (!done)
    return xps_text_fail (self, XPS_FORMATS_ERROR_TOO_LARGE, self->table.first_line,
                          N_ ("the table would need more than 100 times the file's size of memory"),
                          N_ ("split the file"), error);
  for (gsize row = 0; row < self->table.n_rows && xps_lines_next (&at, &line); row++)
    if (!fill_row (self, line, row, error))
      return FALSE;
  return TRUE;
}

void
xps_text_clear_columns (XpsTextReader *self)
{
  for (gsize k = 0; k < self->n_columns; k++) {
    g_free (self->columns[k].label);
    g_free (self->columns[k].values);
  }
  g_clear_pointer (&self->columns, g_free);
  self->n_columns = 0;
}
