/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/csv-keys.h"
#include "formats/decode.h"
#include "formats/text-private.h"

/* Columns of text by anyone, Corelevel's own among them. Not seen in a real file: decimal commas, UTF-16,
 * line ends of a lone CR. */

/* Tables that a warning lists by their lines. */
#define MOST_LISTED 3

/* Above nothing, below every format that is recognised by what it says. */
static int
score_text (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  XpsDecoded decoded = {0};
  g_autoptr (GBytes) bytes = g_bytes_new (head, head_length);

  if (!xps_decode (bytes, &decoded))
    return 0;
  gboolean binary = xps_decode_looks_binary (decoded.text, decoded.length);
  /* The tail of UTF-16 starts in the middle of nowhere; the head has told enough. */
  if (!g_str_has_prefix (decoded.encoding, "UTF-16"))
    binary |= xps_decode_looks_binary ((const char *)tail, tail_length);
  /* Our own, whatever words of other programs it quotes. */
  const gboolean own = decoded.length >= strlen (XPS_CSV_MARK) &&
                       memcmp (decoded.text, XPS_CSV_MARK, strlen (XPS_CSV_MARK)) == 0;
  xps_decoded_clear (&decoded);
  return binary ? 0 : own ? 200 : 10;
}

gboolean
xps_text_fail (const XpsTextReader *self, XpsFormatsError code, guint line, const char *what,
               const char *remedy, GError **error)
{
  g_autofree char *place = xps_text_printf (_ ("line %u"), line);
  return xps_error_set (error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

static const XpsTextTable *
find_longest (const GArray *tables)
{
  const XpsTextTable *best = NULL;

  for (guint i = 0; i < tables->len; i++) {
    const XpsTextTable *table = &g_array_index (tables, XpsTextTable, i);
    if (best == NULL || table->n_rows > best->n_rows)
      best = table;
  }
  return best;
}

/* The comma is the decimal sign where that gives more rows, or as many of fewer cells: "158,05;1200,5" would
 * be four columns otherwise, while "158,1200" has no second cell with a decimal comma. */
static gboolean
comma_is_better (const GArray *with_comma, const GArray *with_point)
{
  const XpsTextTable *comma = find_longest (with_comma), *point = find_longest (with_point);

  if (comma == NULL || point == NULL)
    return comma != NULL;
  return comma->n_rows > point->n_rows ||
         (comma->n_rows == point->n_rows && comma->max_cells < point->max_cells);
}

static GArray *
find_tables (XpsTextReader *self, const XpsLines *lines, gboolean has_comma)
{
  const gsize least = self->own ? 1 : 2;

  self->decimal_comma = self->options->decimal_comma;
  if (self->decimal_comma || !has_comma || self->own)
    return xps_text_find_tables (lines, self->decimal_comma, least);
  g_autoptr (GArray) with_comma = xps_text_find_tables (lines, TRUE, least);
  g_autoptr (GArray) with_point = xps_text_find_tables (lines, FALSE, least);
  self->decimal_comma = comma_is_better (with_comma, with_point);
  return self->decimal_comma ? g_steal_pointer (&with_comma) : g_steal_pointer (&with_point);
}

/* Exports of XPSPEAK 4.1 go on behind the intensity only where the fit was: "B.E.(eV)  Raw Intensity  Peak
 * Sum Background  Peak 1 ... difference". */
#define MOST_CURVES 64

static gboolean
is_xpspeak (const XpsTextTable *table)
{
  XpsLines at = table->header;
  XpsSpan line = {0};
  gboolean found = FALSE;

  while (xps_lines_next (&at, &line) && line.line < table->first_line)
    found =
        found || (xps_span_find (line, 0, "Raw Intensity") > 0 && xps_span_find (line, 0, "Peak Sum") > 0);
  return found && table->min_cells == 2 && table->max_cells > 2 && table->max_cells <= MOST_CURVES;
}

/* Outside the fit the curves are taken to equal the data, as CasaXPS writes them, and the difference to be 0.
 */
static void
fill_curves (XpsTextReader *self)
{
  for (gsize k = 2; k < self->n_columns; k++) {
    XpsTextColumn *column = &self->columns[k];
    const gboolean difference = column->label != NULL && strstr (column->label, "iff") != NULL;
    for (gsize i = 0; i < self->table.n_rows && column->n_missing > 0; i++)
      if (isnan (column->values[i]))
        column->values[i] = difference ? 0 : self->columns[1].values[i];
    column->n_missing = 0;
  }
  g_ptr_array_add (self->file->notes,
                   g_strdup (_ ("curves of XPSPEAK: outside its fit they equal the data here")));
}

static gboolean
read_table (XpsTextReader *self, const XpsTextTable *table, GError **error)
{
  const gboolean curves = is_xpspeak (table);

  self->table = *table;
  if (curves)
    self->table.min_cells = table->max_cells;
  if (!xps_text_read_table (self, error)) {
    xps_text_clear_columns (self);
    return FALSE;
  }
  xps_text_read_header (self);
  if (curves)
    fill_curves (self);
  const gboolean done = xps_text_make_spectra (self, error);
  xps_text_clear_columns (self);
  xps_text_clear_header (self);
  return done;
}

/* ---- scans below one another ---- */

static gboolean
parse_first (const XpsTextReader *self, const XpsTextTable *table, double *value)
{
  XpsLines at = table->at;
  XpsSpan line = {0}, cell = {0};
  XpsCells cells;

  if (!xps_lines_next (&at, &line))
    return FALSE;
  xps_cells_init (&cells, line, self->decimal_comma);
  return xps_cells_next (&cells, &cell) && xps_cell_parse (cell, self->decimal_comma, value);
}

/* The header's last words before a table of numbers: "Scan : 2" or the like. */
static gboolean
has_scan_mark (const XpsTextTable *table)
{
  XpsLines at = table->header;
  XpsSpan line = {0};
  gboolean found = FALSE;

  while (xps_lines_next (&at, &line) && line.line < table->first_line) {
    line = xps_span_trim (line);
    if (line.length > 0)
      found = line.length >= 4 && g_ascii_strncasecmp (line.text, "scan", 4) == 0;
  }
  return found;
}

/* The same region again and again (CLAM2 of SLRI): every table begins with its number, at the same energy and
 * with as many columns; the last one may have been stopped. */
static gboolean
are_scans (const XpsTextReader *self, const GArray *tables)
{
  const XpsTextTable *first = &g_array_index (tables, XpsTextTable, 0);
  double start = 0, value = 0;

  if (tables->len < 2 || !parse_first (self, first, &start))
    return FALSE;
  for (guint i = 0; i < tables->len; i++) {
    const XpsTextTable *table = &g_array_index (tables, XpsTextTable, i);
    if (table->min_cells != first->min_cells || table->n_rows > first->n_rows || !has_scan_mark (table) ||
        !parse_first (self, table, &value) || value != start)
      return FALSE;
  }
  return TRUE;
}

/* The header stands above the first of them only. */
static gboolean
read_scan (XpsTextReader *self, const GArray *tables, guint i, GError **error)
{
  const XpsTextTable *first = &g_array_index (tables, XpsTextTable, 0);
  const guint n_notes = self->file->notes->len;

  self->table = g_array_index (tables, XpsTextTable, i);
  if (!xps_text_read_table (self, error)) {
    xps_text_clear_columns (self);
    return FALSE;
  }
  self->table.header = first->header;
  self->table.first_line = first->first_line;
  xps_text_read_header (self);
  g_autofree char *number = g_strdup_printf ("%u", i + 1);
  xps_acquisition_add_variable (self->acquisition, "Scan", "", number);
  self->acquisition->scans = 1;
  const gboolean done = xps_text_make_spectra (self, error);
  xps_text_clear_columns (self);
  xps_text_clear_header (self);
  /* What is said of one scan holds for all. */
  if (i > 0)
    g_ptr_array_set_size (self->file->notes, (int)n_notes);
  return done;
}

static gboolean
read_scans (XpsTextReader *self, const GArray *tables, GError **error)
{
  for (guint i = 0; i < tables->len; i++)
    if (!read_scan (self, tables, i, error))
      return FALSE;
  g_ptr_array_add (
      self->file->notes,
      xps_text_printf (_ ("%u scans of one region below one another, each a spectrum"), tables->len));
  return TRUE;
}

/* ---- one table ---- */

static void
note_long_rows (XpsTextReader *self, const XpsTextTable *table)
{
  if (table->max_cells > table->min_cells && !is_xpspeak (table))
    g_ptr_array_add (
        self->file->notes,
        xps_text_printf (
            _ ("some rows have up to %zu cells: those beyond %zu, which every row has, are not read"),
            table->max_cells, table->min_cells));
}

static void
warn_about_others (XpsTextReader *self, const GArray *tables, const XpsTextTable *taken)
{
  if (tables->len < 2)
    return;
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;
  for (guint i = 0; i < tables->len; i++) {
    const XpsTextTable *table = &g_array_index (tables, XpsTextTable, i);
    if (table == taken)
      continue;
    if (n++ < MOST_LISTED)
      g_string_append_printf (text, "%s%u to %u", n > 1 ? ", " : "", table->first_line,
                              table->first_line + (guint)table->n_rows - 1);
  }
  g_ptr_array_add (
      self->file->warnings,
      xps_text_printf (_ ("only the longest table (lines %u to %u) is read; %u more: lines %s%s"),
                       taken->first_line, taken->first_line + (guint)taken->n_rows - 1, n, text->str,
                       n > MOST_LISTED ? ", ..." : ""));
}

static gboolean
read_tables (XpsTextReader *self, const GArray *tables, guint n_lines, GError **error)
{
  const XpsTextTable *longest = find_longest (tables);

  if (longest == NULL) {
    g_autofree char *place = xps_text_printf (_ ("lines 1 to %u"), n_lines);
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_EMPTY, self->file->path, place,
                          N_ ("no two lines of numbers (two columns or more) under one another"),
                          N_ ("give columns separated by tabs, commas, semicolons or blanks"));
  }
  g_ptr_array_add (self->file->notes,
                   g_strdup (self->decimal_comma ? _ ("decimal sign: comma") : _ ("decimal sign: point")));
  if (!self->own && are_scans (self, tables))
    return read_scans (self, tables, error);
  if (!self->own) {
    note_long_rows (self, longest);
    warn_about_others (self, tables, longest);
    return read_table (self, longest, error);
  }
  for (guint i = 0; i < tables->len; i++)
    if (!read_table (self, &g_array_index (tables, XpsTextTable, i), error))
      return FALSE;
  return TRUE;
}

static guint
count_lines (const XpsLines *lines)
{
  XpsLines at = *lines;
  XpsSpan line = {0};

  while (xps_lines_next (&at, &line))
    continue;
  return at.line;
}

static gboolean
read_text (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  XpsTextReader self = {.file = file, .options = options};
  XpsDecoded decoded = {0};
  XpsLines lines;

  if (!xps_decode (bytes, &decoded))
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, file->path, NULL,
                          N_ ("no memory to decode it"), NULL);
  xps_read_options_init_budget (options, g_bytes_get_size (bytes), &self.budget);
  xps_lines_init (&lines, decoded.text, decoded.length, TRUE);
  const XpsSpan start = {.text = decoded.text, .length = decoded.length};
  self.own = xps_span_has_prefix (start, XPS_CSV_MARK);
  if (strcmp (decoded.encoding, "UTF-8") != 0)
    g_ptr_array_add (file->notes, xps_text_printf (_ ("encoding: %s"), decoded.encoding));
  const gboolean has_comma = decoded.length > 0 && memchr (decoded.text, ',', decoded.length) != NULL;
  g_autoptr (GArray) tables = find_tables (&self, &lines, has_comma);
  const gboolean done = read_tables (&self, tables, count_lines (&lines), error);
  xps_decoded_clear (&decoded);
  return done;
}

static const char *const suffixes[] = {"txt", "csv", "tsv", "dat", "xy", "asc", NULL};

const XpsFormat xps_format_text = {
    .id = "text",
    .title = "columns of text",
    .suffixes = suffixes,
    .score = score_text,
    .read = read_text,
};
