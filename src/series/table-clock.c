/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "series/source.h"

/* Clocks of a table that somebody wrote beside the spectra. */

static char
find_separator (const char *header)
{
  for (const char *c = "\t;,"; *c != '\0'; c++)
    if (strchr (header, *c) != NULL)
      return *c;
  return ',';
}

/* Separators within quotes belong to the cell, as in "1,75". */
static char **
split_cells (const char *line, char separator)
{
  GPtrArray *cells = g_ptr_array_new ();
  GString *cell = g_string_new (NULL);
  gboolean quoted = FALSE;
  for (const char *c = line;; c++) {
    if (*c == '\0' || (*c == separator && !quoted)) {
      g_ptr_array_add (cells, g_strstrip (g_strdup (cell->str)));
      g_string_truncate (cell, 0);
      if (*c == '\0')
        break;
    } else if (*c == '"') {
      quoted = !quoted;
    } else {
      g_string_append_c (cell, *c);
    }
  }
  g_string_free (cell, TRUE);
  g_ptr_array_add (cells, NULL);
  return (char **)g_ptr_array_free (cells, FALSE);
}

typedef struct {
  const char *file;
  char **header;
  GPtrArray *rows; /* char ** */
  char separator;
  gsize n_columns;
} Table;

static void
table_clear (Table *table)
{
  g_strfreev (table->header);
  g_clear_pointer (&table->rows, g_ptr_array_unref);
}

static gboolean
read_table (const char *text, Table *table, GError **error)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\r\n", -1);
  table->separator = ',';
  table->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_strstrip (lines[i]);
    const char *line = g_str_has_prefix (lines[i], "\xef\xbb\xbf") ? lines[i] + 3 : lines[i];
    if (line[0] == '\0' || line[0] == '#')
      continue;
    if (table->header == NULL) {
      table->separator = find_separator (line);
      table->header = split_cells (line, table->separator);
      table->n_columns = g_strv_length (table->header);
      continue;
    }
    char **cells = split_cells (line, table->separator);
    g_ptr_array_add (table->rows, cells);
    if (g_strv_length (cells) > table->n_columns) {
      g_autofree char *place = xps_text_printf ("row %u", table->rows->len);
      return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK, table->file, place,
                            N_ ("has more cells than the header"),
                            N_ ("write one cell for each name of the header"));
    }
  }
  if (table->rows->len > 0)
    return TRUE;
  return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK, table->file, NULL,
                        N_ ("holds no rows under a header"),
                        N_ ("write a line of names and a row for each step"));
}

static const char *
cell_at (const Table *table, gsize row, gsize column)
{
  char **cells = g_ptr_array_index (table->rows, (guint)row);
  for (gsize k = 0; k <= column; k++)
    if (cells[k] == NULL)
      return "";
  return cells[column];
}

/* A comma is the decimal sign where it separates no cells. What is not finite is not known. */
static gboolean
parse_cell (const Table *table, const char *cell, double *value)
{
  const char *comma = table->separator != ',' ? strchr (cell, ',') : NULL;
  g_autofree char *text = g_strdup (cell);
  if (comma != NULL && strchr (cell, '.') == NULL)
    text[comma - cell] = '.';
  if (!xps_number_parse (text, value))
    return FALSE;
  *value = isfinite (*value) ? *value : (double)NAN;
  return TRUE;
}

static gboolean
is_number_column (const Table *table, gsize column)
{
  double value;
  for (guint r = 0; r < table->rows->len; r++) {
    const char *cell = cell_at (table, r, column);
    if (cell[0] != '\0' && !parse_cell (table, cell, &value))
      return FALSE;
  }
  return TRUE;
}

/* "Potential (V)", "time/s", "T [K]" */
static XpsClock *
clock_from_header (const char *header, gsize n)
{
  g_autofree char *name = g_strdup (header);
  const gsize at = strcspn (name, "([/");
  g_autofree char *unit = name[at] != '\0' ? g_strdup (name + at + 1) : NULL;
  name[at] = '\0';
  g_strstrip (name);
  if (unit != NULL) {
    unit[strcspn (unit, ")]")] = '\0';
    g_strstrip (unit);
  }
  XpsClockKind kind;
  const gboolean exact = xps_clock_kind_from_text (name, &kind);
  if (!exact)
    kind = xps_clock_kind_guess (name, unit);
  return xps_clock_new (kind, exact ? NULL : name, unit, n, NULL);
}

/* Row of a step: by its name, with or without the file's ending, else its number. -1: none. */
static int
find_row (const Table *table, gboolean named, const char *name, gsize i)
{
  if (!named)
    return i < table->rows->len ? (int)i : -1;
  for (guint r = 0; r < table->rows->len; r++) {
    const char *cell = cell_at (table, r, 0);
    const gsize length = strlen (cell);
    if (length > 0 &&
        (strcmp (cell, name) == 0 || (strncmp (cell, name, length) == 0 && name[length] == '.')))
      return (int)r;
  }
  return -1;
}

static gboolean
check_rows (const Table *table, gboolean named, const char *const *names, gsize n, GError **error)
{
  gsize found = 0;
  for (gsize i = 0; i < n; i++)
    found += find_row (table, named, names[i], i) >= 0 ? 1 : 0;
  if (named && found > 0)
    return TRUE;
  if (!named && table->rows->len == n)
    return TRUE;
  g_autofree char *what =
      named ? g_strdup ("names none of the steps")
            : xps_text_printf ("has %u rows for %" G_GSIZE_FORMAT " steps", table->rows->len, n);
  return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK, table->file, NULL, what,
                        N_ ("write a row for each step, or a first column with the steps' names"));
}

GPtrArray *
xps_clocks_from_table (const char *text, const char *file, const char *const *names, gsize n, GError **error)
{
  Table table = {.file = file};
  g_autoptr (GPtrArray) clocks = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_clock_free);
  const gboolean read = read_table (text, &table, error);
  const gboolean named = read && !is_number_column (&table, 0);
  if (!read || !check_rows (&table, named, names, n, error)) {
    table_clear (&table);
    return NULL;
  }
  for (gsize k = named ? 1 : 0; k < table.n_columns; k++) {
    if (!is_number_column (&table, k))
      continue;
    XpsClock *clock = clock_from_header (table.header[k], n);
    clock->source = g_strdup_printf ("column \"%s\" of %s", table.header[k], file);
    for (gsize i = 0; i < n; i++) {
      const int row = find_row (&table, named, names[i], i);
      if (row >= 0)
        parse_cell (&table, cell_at (&table, (gsize)row, k), &clock->values[i]);
    }
    g_ptr_array_add (clocks, clock);
  }
  table_clear (&table);
  return g_steal_pointer (&clocks);
}
