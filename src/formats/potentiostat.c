/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/potentiostat.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "formats/decode.h"
#include "formats/formats.h"
#include "formats/labels.h"
#include "formats/lines.h"
#include "formats/potentiostat-columns.h"

/* Logs of potentiostats: EC-Lab's text exports (.mpt) and tables by anyone. NOT VERIFIED ON A REAL FILE: none
 * was at hand. Names of columns and units are those that EC-Lab's and other makers' users quote; what is read
 * is tried on files made after them. */

/* Lines that may stand before the names of the columns where the file does not say how many. */
#define MOST_HEADER_LINES 1000
#define MOST_COLUMNS      256

typedef struct {
  guint index; /* of the cell in a row */
  XpsLogColumn kind;
  char *label; /* NULL: no such column */
  GArray *values;
} Column;

typedef struct {
  XpsPotentiostatLog *log;
  XpsLines lines;
  GError **error;
  char separator;
  guint header_line, n_cells;
  guint declared; /* "Nb header lines", 0: not said */
  Column columns[XPS_LOG_N];
  gboolean ambiguous, absolute; /* dates; the time column holds dates */
  guint n_bad, first_bad, n_back, first_back;
} Reader;

void
xps_potentiostat_log_free (XpsPotentiostatLog *log)
{
  if (log == NULL)
    return;
  g_free (log->path);
  g_free (log->software);
  g_free (log->start);
  g_free (log->time_s);
  g_free (log->potential);
  g_free (log->current);
  g_free (log->capacity);
  g_free (log->cycle);
  g_free (log->time_label);
  g_free (log->potential_label);
  g_free (log->current_label);
  g_free (log->capacity_label);
  g_ptr_array_unref (log->warnings);
  g_ptr_array_unref (log->notes);
  g_free (log);
}

/* ---- header ---- */

static XpsSpan
take_cell (XpsSpan *rest, char separator)
{
  gsize n = 0;

  while (n < rest->length && rest->text[n] != separator)
    n++;
  XpsSpan cell = xps_span_trim (xps_span_slice (*rest, 0, n));
  if (cell.length >= 2 && cell.text[0] == '"' && cell.text[cell.length - 1] == '"')
    cell = xps_span_trim (xps_span_slice (cell, 1, cell.length - 1));
  *rest = n < rest->length ? xps_span_slice (*rest, n + 1, rest->length) : (XpsSpan){.text = NULL};
  return cell;
}

static void
clear_columns (Column columns[XPS_LOG_N])
{
  for (guint q = 0; q < XPS_LOG_N; q++) {
    g_clear_pointer (&columns[q].label, g_free);
    g_clear_pointer (&columns[q].values, g_array_unref);
  }
}

/* "E" may be a potential or an energy: here it is what its column was taken for. */
static gboolean
is_spectrum_axis (const char *label, XpsLogQuantity quantity)
{
  const XpsLabel kind = xps_label_classify (label);
  return kind == XPS_LABEL_BINDING || kind == XPS_LABEL_KINETIC || kind == XPS_LABEL_PHOTON ||
         kind == XPS_LABEL_WAVELENGTH || (kind == XPS_LABEL_ENERGY && quantity == XPS_LOG_N);
}

/* TRUE where the line names a time and a potential or current, and no energy of electrons. */
static gboolean
find_columns (XpsSpan line, char separator, Column columns[XPS_LOG_N], guint *n_cells)
{
  guint index = 0;
  gboolean spectrum = FALSE;

  for (XpsSpan rest = line; rest.text != NULL && index < MOST_COLUMNS; index++) {
    g_autofree char *label = xps_span_dup (take_cell (&rest, separator));
    const XpsLogColumn kind = xps_log_column_classify (label);
    spectrum = spectrum || is_spectrum_axis (label, kind.quantity);
    if (kind.quantity == XPS_LOG_N)
      continue;
    Column *column = &columns[kind.quantity];
    if (column->label != NULL && column->kind.rank <= kind.rank)
      continue;
    g_free (column->label);
    *column = (Column){.index = index, .kind = kind, .label = g_steal_pointer (&label)};
  }
  *n_cells = index;
  if (!spectrum && columns[XPS_LOG_TIME].label != NULL &&
      (columns[XPS_LOG_POTENTIAL].label != NULL || columns[XPS_LOG_CURRENT].label != NULL))
    return TRUE;
  clear_columns (columns);
  return FALSE;
}

/* What stands in the line beside its columns' names: number of header lines, start, program. */
static void
read_remark (Reader *self, XpsSpan line)
{
  static const char *const programs[] = {"EC-Lab", "BT-Lab"};
  const gssize colon = xps_span_find (line, 0, ":");
  double value = 0;

  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    if (line.line == 1 && xps_span_has_prefix (line, programs[i]))
      self->log->software = g_strdup (programs[i]);
  if (colon < 0)
    return;
  const XpsSpan words = xps_span_trim (xps_span_slice (line, (gsize)colon + 1, line.length));
  if (xps_span_has_prefix (line, "Nb header lines") && xps_span_parse_number (words, &value) && value >= 1 &&
      value <= G_MAXINT)
    self->declared = (guint)value;
  if (!isnan (self->log->start_unix))
    return;
  /* "Acquisition started on : 03/14/2024 09:26:53", or a date anywhere before the table */
  for (gsize at = 0; at + 14 <= line.length; at++) {
    if (!g_ascii_isdigit (line.text[at]) || (at > 0 && g_ascii_isalnum (line.text[at - 1])))
      continue;
    g_autofree char *text = xps_span_dup (xps_span_slice (line, at, MIN (line.length, at + 32)));
    self->log->start_unix = xps_log_parse_date (text, &self->ambiguous);
    if (!isnan (self->log->start_unix))
      return;
  }
}

/* A line of units below the names (Gamry, Metrohm). */
static gboolean
take_units (Reader *self, XpsSpan line)
{
  gboolean found = FALSE;
  guint index = 0;

  for (XpsSpan rest = line; rest.text != NULL && index < MOST_COLUMNS; index++) {
    g_autofree char *unit = xps_span_dup (take_cell (&rest, self->separator));
    for (guint q = 0; q < XPS_LOG_N; q++) {
      Column *column = &self->columns[q];
      const double factor = column->label != NULL && column->index == index && !column->kind.has_unit
                                ? xps_log_unit_find (unit, (XpsLogQuantity)q)
                                : 0;
      if (factor == 0)
        continue;
      column->kind.factor = factor;
      column->kind.has_unit = TRUE;
      found = TRUE;
    }
  }
  return found;
}

static gboolean
fail (Reader *self, XpsFormatsError code, guint line, const char *what, const char *remedy)
{
  g_autofree char *place = g_strdup_printf (_ ("line %u"), line);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->log->path, place, what, remedy);
}

static gboolean
read_header (Reader *self)
{
  static const char separators[] = "\t;,";
  XpsSpan line = {0};

  while (xps_lines_next (&self->lines, &line) &&
         line.line <= (self->declared > 0 ? self->declared : (guint)MOST_HEADER_LINES)) {
    /* Said where the names are: other lines with such words are settings. */
    const gboolean may_be = self->declared == 0 || line.line == self->declared;
    for (guint i = 0; may_be && separators[i] != '\0'; i++) {
      self->separator = separators[i];
      if (!find_columns (line, self->separator, self->columns, &self->n_cells))
        continue;
      self->header_line = line.line;
      return TRUE;
    }
    read_remark (self, line);
  }
  return fail (self, XPS_FORMATS_ERROR_UNKNOWN, line.line,
               N_ ("columns of time and of potential or current expected, found none"),
               N_ ("name them \"time/s\", \"potential/V\", \"current/A\""));
}

/* ---- rows ---- */

/* With another separator between cells a comma is the decimal sign. */
static double
parse_cell (const Reader *self, XpsSpan cell)
{
  char text[64];
  double value = 0;

  if (cell.length == 0 || cell.length >= sizeof text)
    return (double)NAN;
  memcpy (text, cell.text, cell.length);
  text[cell.length] = '\0';
  char *comma = self->separator != ',' ? strchr (text, ',') : NULL;
  if (comma != NULL)
    *comma = '.';
  return xps_number_parse (text, &value) && isfinite (value) ? value : (double)NAN;
}

static double
parse_time (Reader *self, XpsSpan cell)
{
  const double value = parse_cell (self, cell) * self->columns[XPS_LOG_TIME].kind.factor;

  if (!isnan (value) || cell.length == 0 || cell.length > 40)
    return value;
  g_autofree char *text = xps_span_dup (cell);
  const double date = xps_log_parse_date (text, &self->ambiguous);
  if (isnan (date))
    return date;
  /* The first row's date is the clock's zero where the header gives none. */
  self->absolute = TRUE;
  if (isnan (self->log->start_unix))
    self->log->start_unix = date;
  return date - self->log->start_unix;
}

static void
read_row (Reader *self, XpsSpan line)
{
  double values[XPS_LOG_N];
  XpsSpan rest = line;

  for (guint q = 0; q < XPS_LOG_N; q++)
    values[q] = (double)NAN;
  for (guint index = 0; rest.text != NULL && index < self->n_cells; index++) {
    const XpsSpan cell = take_cell (&rest, self->separator);
    for (guint q = 0; q < XPS_LOG_N; q++)
      if (self->columns[q].label != NULL && self->columns[q].index == index)
        values[q] = q == XPS_LOG_TIME ? parse_time (self, cell)
                                      : parse_cell (self, cell) * self->columns[q].kind.factor;
  }
  if (!isfinite (values[XPS_LOG_TIME])) {
    self->first_bad = self->n_bad++ == 0 ? line.line : self->first_bad;
    return;
  }
  const GArray *times = self->columns[XPS_LOG_TIME].values;
  if (times->len > 0 && values[XPS_LOG_TIME] < g_array_index (times, double, times->len - 1))
    self->first_back = self->n_back++ == 0 ? line.line : self->first_back;
  for (guint q = 0; q < XPS_LOG_N; q++)
    if (self->columns[q].label != NULL)
      g_array_append_val (self->columns[q].values, values[q]);
}

static gboolean
read_rows (Reader *self)
{
  XpsSpan line = {0};
  gboolean first = TRUE;

  for (guint q = 0; q < XPS_LOG_N; q++)
    self->columns[q].values = g_array_new (FALSE, FALSE, sizeof (double));
  for (; xps_lines_next (&self->lines, &line); first = FALSE) {
    if (xps_span_trim (line).length == 0 || (first && take_units (self, line)))
      continue;
    read_row (self, line);
  }
  if (self->columns[XPS_LOG_TIME].values->len > 0)
    return TRUE;
  return fail (self, XPS_FORMATS_ERROR_EMPTY, self->header_line,
               N_ ("rows of numbers expected below the names of the columns, found none"), NULL);
}

/* ---- what comes of it ---- */

static double *
take_values (Column *column)
{
  return column->label != NULL ? (double *)g_array_free (g_steal_pointer (&column->values), FALSE) : NULL;
}

static char *
dup_iso (double unix_time)
{
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc ((gint64)floor (unix_time));
  return date != NULL ? g_date_time_format (date, "%Y-%m-%dT%H:%M:%S") : NULL;
}

static void
tell (Reader *self)
{
  static const char *const si[XPS_LOG_N] = {"s", "V", "A", "A h", ""};
  XpsPotentiostatLog *log = self->log;

  for (guint q = 0; q < XPS_LOG_CYCLE; q++)
    if (self->columns[q].label != NULL && !self->columns[q].kind.has_unit &&
        !(q == XPS_LOG_TIME && self->absolute)) {
      g_autofree char *label = xps_text_dup_excerpt (self->columns[q].label, -1, 40);
      g_ptr_array_add (log->notes,
                       xps_line_dup_message (self->header_line,
                                             _ ("column \"%s\" names no unit: taken for %s"), label, si[q]));
    }
  if (self->ambiguous)
    g_ptr_array_add (log->notes,
                     xps_text_printf (_ ("the start is read with the month first: %s"), log->start));
  if (self->n_bad > 0)
    g_ptr_array_add (log->warnings,
                     xps_line_dup_message (self->first_bad,
                                           _ ("no number for the time: %u rows are left out"), self->n_bad));
  if (self->n_back > 0)
    g_ptr_array_add (log->warnings,
                     xps_line_dup_message (self->first_back, _ ("the time runs back (%u times in the log)"),
                                           self->n_back));
}

static void
finish (Reader *self)
{
  XpsPotentiostatLog *log = self->log;

  if (!isnan (log->start_unix))
    log->start = dup_iso (log->start_unix);
  tell (self);
  log->n = self->columns[XPS_LOG_TIME].values->len;
  log->ascending = self->n_back == 0;
  log->time_s = take_values (&self->columns[XPS_LOG_TIME]);
  log->potential = take_values (&self->columns[XPS_LOG_POTENTIAL]);
  log->current = take_values (&self->columns[XPS_LOG_CURRENT]);
  log->capacity = take_values (&self->columns[XPS_LOG_CAPACITY]);
  log->cycle = take_values (&self->columns[XPS_LOG_CYCLE]);
  log->time_label = g_steal_pointer (&self->columns[XPS_LOG_TIME].label);
  log->potential_label = g_steal_pointer (&self->columns[XPS_LOG_POTENTIAL].label);
  log->current_label = g_steal_pointer (&self->columns[XPS_LOG_CURRENT].label);
  log->capacity_label = g_steal_pointer (&self->columns[XPS_LOG_CAPACITY].label);
}

static XpsPotentiostatLog *
log_new (const char *path)
{
  XpsPotentiostatLog *log = g_new0 (XpsPotentiostatLog, 1);

  log->path = g_strdup (path);
  log->start_unix = (double)NAN;
  log->warnings = g_ptr_array_new_with_free_func (g_free);
  log->notes = g_ptr_array_new_with_free_func (g_free);
  return log;
}

XpsPotentiostatLog *
xps_potentiostat_log_open_bytes (GBytes *bytes, const char *name, GError **error)
{
  XpsDecoded decoded = {0};

  if (!xps_decode (bytes, &decoded)) {
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, name, NULL,
                   N_ ("no memory to decode it"), NULL);
    return NULL;
  }
  Reader self = {.log = log_new (name), .error = error};
  xps_lines_init (&self.lines, decoded.text, decoded.length, FALSE);
  const gboolean done = read_header (&self) && read_rows (&self);
  if (done)
    finish (&self);
  else
    g_clear_pointer (&self.log, xps_potentiostat_log_free);
  clear_columns (self.columns);
  xps_decoded_clear (&decoded);
  return self.log;
}

XpsPotentiostatLog *
xps_potentiostat_log_open (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = xps_file_read (path, error);
  return bytes != NULL ? xps_potentiostat_log_open_bytes (bytes, path, error) : NULL;
}

gboolean
xps_potentiostat_log_is_one (GBytes *bytes)
{
  const gsize size = MIN (g_bytes_get_size (bytes), (gsize)(64 * 1024));
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (bytes, 0, size);
  const char *text = g_bytes_get_data (head, NULL);

  if (size == 0)
    return FALSE;
  if (size > 6 && (memcmp (text, "EC-Lab", 6) == 0 || memcmp (text, "BT-Lab", 6) == 0))
    return TRUE;
  /* the last line may be cut */
  g_autoptr (XpsPotentiostatLog) log = xps_potentiostat_log_open_bytes (head, "", NULL);
  return log != NULL && log->n > 1;
}

/* ---- questions ---- */

/* Index of a row i with time_s[i] <= time <= time_s[i + 1]; n where there is none. */
static gsize
find_row (const XpsPotentiostatLog *log, double time)
{
  gsize low = 0, high = log->n - 1;

  if (!log->ascending) {
    for (gsize i = 0; i + 1 < log->n; i++)
      if (log->time_s[i] <= time && time <= log->time_s[i + 1])
        return i;
    return log->n;
  }
  if (!(time >= log->time_s[0] && time <= log->time_s[high]))
    return log->n;
  while (high - low > 1) {
    const gsize middle = low + (high - low) / 2;
    if (log->time_s[middle] <= time)
      low = middle;
    else
      high = middle;
  }
  return low;
}

double
xps_potentiostat_log_get_at (const XpsPotentiostatLog *log, const double *column, double time)
{
  if (column == NULL || log->n == 0)
    return (double)NAN;
  const gsize i = find_row (log, time);
  if (i == log->n)
    return log->n == 1 && log->time_s[0] == time ? column[0] : (double)NAN;
  if (log->n == 1)
    return column[0];
  const double span = log->time_s[i + 1] - log->time_s[i];
  if (span == 0)
    return column[i + 1];
  const double share = (time - log->time_s[i]) / span;
  return column[i] * (1 - share) + column[i + 1] * share;
}
