/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/xlsx-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "formats/labels.h"
#include "formats/steps.h"

/* Sheets of anyone: runs of rows that hold numbers. In a run each column that goes one way in even steps is
 * an axis, and begins a table of its own when there is an intensity between it and the axis before; of
 * several axes side by side (as measured, then shifted) the last is taken. Columns named after the steps
 * of a series ("1.50 V") are a spectrum each. */

#define LEAST_ROWS 5
#define EVEN       0.02 /* of the mean step */
#define MOST_NAME  80
/* Rows above a run in which labels are looked for. */
#define MOST_ABOVE 20

/* A run and what its columns are. */
typedef struct {
  XpsXlsxReader *reader;
  const XpsSheet *sheet;
  guint32 first, n;
  guint32 end;     /* of the run before, or 0 */
  guint32 labels;  /* row below the labels: the first, but behind a gap that of the rows before it */
  GArray *columns; /* guint32: those that hold a number in the first row */
  guint n_tables;  /* so far in the sheet */
} Run;

static gboolean
is_number (const XpsSheet *sheet, guint32 row, guint32 column)
{
  double value = 0;
  return xps_sheet_get_number (sheet, row, column, &value);
}

static gboolean
is_full (const Run *run, guint32 column)
{
  for (guint32 i = 0; i < run->n; i++)
    if (!is_number (run->sheet, run->first + i, column))
      return FALSE;
  return TRUE;
}

static double
get (const Run *run, guint32 i, guint32 column)
{
  double value = (double)NAN;

  xps_sheet_get_number (run->sheet, run->first + i, column, &value);
  return value;
}

static gboolean
is_axis (const Run *run, guint32 column)
{
  const double mean = (get (run, run->n - 1, column) - get (run, 0, column)) / (double)(run->n - 1);

  if (!is_full (run, column) || mean == 0)
    return FALSE;
  for (guint32 i = 1; i < run->n; i++)
    if (!(fabs (get (run, i, column) - get (run, i - 1, column) - mean) <= EVEN * fabs (mean)))
      return FALSE;
  return TRUE;
}

/* Dashes and the like mark an empty cell. */
static gboolean
says_something (const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text) || (guchar)*text >= 0x80)
      return TRUE;
  return FALSE;
}

/* Nearest text above the run in that column; `names`: passing by what only says which quantity it is. */
static const char *
find_text (const Run *run, guint32 column, gboolean names)
{
  for (guint32 row = run->labels; row > 0 && run->labels - row < MOST_ABOVE;) {
    const char *text = xps_sheet_get_text (run->sheet, --row, column);
    if (says_something (text) && !(names && xps_label_classify (text) != XPS_LABEL_NONE))
      return text;
    if (is_number (run->sheet, row, column))
      break;
  }
  return "";
}

static const char *
find_label (const Run *run, guint32 column)
{
  return find_text (run, column, FALSE);
}

static XpsAxisKind
find_axis_kind (const Run *run, guint32 column)
{
  const XpsReadOptions *options = run->reader->options;
  return options->axis_given ? options->axis : xps_label_axis (find_label (run, column));
}

static guint32
get_column (const Run *run, guint index)
{
  return g_array_index (run->columns, guint32, index);
}

/* The sheet's name; where it holds several tables, with what stands above the table. */
static char *
dup_name (const Run *run, guint from, guint to, gboolean several)
{
  g_autofree char *name = xps_text_dup_excerpt (run->sheet->name, -1, MOST_NAME);

  for (guint k = from; k < to && several; k++) {
    const char *label = find_text (run, get_column (run, k), TRUE);
    g_autofree char *printable = xps_text_dup_excerpt (label, -1, MOST_NAME);
    if (label[0] != '\0')
      return g_strdup_printf ("%s %s", name, printable);
  }
  return g_steal_pointer (&name);
}

static void
note_table (const Run *run, const XpsXlsxTable *table, XpsAxisKind axis)
{
  static const char *const words[] = {N_ ("binding energy"), N_ ("kinetic energy"), N_ ("photon energy"),
                                      N_ ("axis, kind not said (--axis BE or --axis KE)")};
  g_autofree char *energy = xps_sheet_dup_place (run->sheet, table->first, table->energy);
  g_autofree char *intensity = xps_sheet_dup_place (run->sheet, table->first, table->intensity);

  g_ptr_array_add (run->reader->file->notes,
                   xps_text_printf (_ ("%s and %u more rows: %s; intensity: %s"), energy, table->n - 1,
                                    _ (words[axis]), intensity));
  if (axis == XPS_AXIS_OTHER)
    g_ptr_array_add (run->reader->file->warnings,
                     xps_text_printf (_ ("%s: nothing says whether the axis is a binding or a kinetic "
                                         "energy: say --axis BE or --axis KE"),
                                      energy));
}

/* ---- series ---- */

/* What stands above the column but for "cps" and the like: a text, or a number (a potential, say). */
static char *
dup_step_label (const Run *run, guint32 column)
{
  for (guint32 row = run->labels; row > 0 && run->labels - row < MOST_ABOVE;) {
    char number[XPS_NUMBER_LENGTH];
    const char *text = xps_sheet_get_text (run->sheet, --row, column);
    double value = 0;
    if (xps_sheet_get_number (run->sheet, row, column, &value))
      return g_strdup (xps_number_format (value, number));
    XpsStepLabel step;
    if (says_something (text) &&
        (xps_label_classify (text) == XPS_LABEL_NONE || xps_step_label_parse (text, &step)))
      return g_strdup (text);
  }
  return g_strdup ("");
}

/* Of all columns behind the axis, [n] of them; NULL: they are no steps of a series. */
static XpsStepLabel *
dup_steps (const Run *run, guint axis, guint to)
{
  const guint n = to - axis - 1;
  XpsStepLabel own;

  if (n < 2 || xps_step_label_parse (find_label (run, get_column (run, axis)), &own))
    return NULL;
  g_auto (GStrv) labels = g_new0 (char *, n + 1);
  g_autofree XpsStepLabel *steps = g_new0 (XpsStepLabel, n);
  for (guint k = 0; k < n; k++) {
    if (!is_full (run, get_column (run, axis + 1 + k)))
      return NULL;
    labels[k] = dup_step_label (run, get_column (run, axis + 1 + k));
  }
  return xps_step_labels_parse ((const char *const *)labels, n, steps) ? g_steal_pointer (&steps) : NULL;
}

/* The unit of a series stands once, above the names of its steps. */
static XpsIntensityUnit
find_unit_above (const Run *run, guint32 column)
{
  for (guint32 row = run->labels; row > 0 && run->labels - row < MOST_ABOVE;) {
    const XpsIntensityUnit unit = xps_label_unit (xps_sheet_get_text (run->sheet, --row, column));
    if (unit != XPS_INTENSITY_UNKNOWN)
      return unit;
  }
  return XPS_INTENSITY_UNKNOWN;
}

/* The sheet's name before the step's, unless it is what every program calls its first sheet. */
static char *
dup_step_name (const Run *run, const char *label)
{
  static const char *const usual[] = {"Sheet", "Tabelle", "Feuil", "Hoja", "Foglio", "Blad"};
  const char *sheet = run->sheet->name;
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (g_str_has_prefix (sheet, usual[i]) &&
        strspn (sheet + strlen (usual[i]), "0123456789") == strlen (sheet + strlen (usual[i])))
      return xps_text_dup_excerpt (label, -1, MOST_NAME);
  g_autofree char *name = g_strdup_printf ("%s %s", sheet, label);
  return xps_text_dup_excerpt (name, -1, MOST_NAME);
}

static gboolean
add_step (Run *run, guint axis, guint at, const XpsStepLabel *step, XpsIntensityUnit unit)
{
  XpsXlsxReader *reader = run->reader;
  XpsXlsxTable table = {run->sheet, run->first, run->n, get_column (run, axis), get_column (run, at)};
  XpsSpectrumDraft draft = {0};
  g_autofree char *label = dup_step_label (run, table.intensity);

  if (!xps_xlsx_start (reader, &table, &draft)) {
    xps_spectrum_draft_clear (&draft);
    return FALSE;
  }
  draft.axis = find_axis_kind (run, table.energy);
  draft.axis_label = xps_text_dup_excerpt (find_label (run, table.energy), -1, MOST_NAME);
  draft.unit = reader->options->unit_given                ? reader->options->unit
               : step->intensity != XPS_INTENSITY_UNKNOWN ? step->intensity
                                                          : unit;
  draft.name = dup_step_name (run, label);
  xps_step_label_add_to (step, draft.acquisition);
  xps_xlsx_finish (reader, &draft);
  return TRUE;
}

static gboolean
add_series (Run *run, guint axis, guint to, const XpsStepLabel *steps)
{
  const guint n = to - axis - 1;
  const XpsXlsxTable table = {run->sheet, run->first, run->n, get_column (run, axis),
                              get_column (run, axis + 1)};
  const XpsIntensityUnit unit = find_unit_above (run, table.intensity);

  note_table (run, &table, find_axis_kind (run, table.energy));
  g_ptr_array_add (
      run->reader->file->notes,
      xps_text_printf (_ ("%u columns, one region each, at the step that each is named after: %s, "
                          "%s to %s%s%s"),
                       n, steps[0].name, steps[0].value, steps[n - 1].value, steps[0].unit != NULL ? " " : "",
                       steps[0].unit != NULL ? steps[0].unit : ""));
  for (guint k = 0; k < n; k++)
    if (!add_step (run, axis, axis + 1 + k, &steps[k], unit))
      return FALSE;
  run->n_tables++;
  return TRUE;
}

/* ---- single spectra ---- */

/* Columns beside the intensity that stay with the spectrum without a meaning. */
static void
note_unused (const Run *run, const XpsXlsxTable *table, guint from, guint to)
{
  g_autoptr (GString) unused = g_string_new (NULL);

  for (guint k = from; k < to; k++) {
    const guint32 column = get_column (run, k);
    g_autofree char *letters = xps_sheet_dup_letters (column);
    if (column != table->energy && column != table->intensity && is_full (run, column) &&
        xps_label_column_role (find_label (run, column)) == XPS_COLUMN_OTHER)
      g_string_append_printf (unused, "%s%s", unused->len > 0 ? ", " : "", letters);
  }
  if (unused->len > 0)
    g_ptr_array_add (run->reader->file->notes,
                     xps_text_printf (_ ("columns kept, not used: %s"), unused->str));
}

/* Columns [from, to) of the run with the axis among them, all counted in its list. */
static gboolean
add_table (Run *run, guint from, guint to, guint axis, gboolean several)
{
  XpsXlsxReader *reader = run->reader;
  XpsXlsxTable table = {
      .sheet = run->sheet, .first = run->first, .n = run->n, .energy = get_column (run, axis)};
  XpsSpectrumDraft draft = {0};
  guint intensity = axis + 1;

  g_autofree XpsStepLabel *steps = dup_steps (run, axis, to);
  if (steps != NULL)
    return add_series (run, axis, to, steps);
  while (intensity < to && !is_full (run, get_column (run, intensity)))
    intensity++;
  if (intensity >= to)
    return TRUE;
  table.intensity = get_column (run, intensity);
  if (!xps_xlsx_start (reader, &table, &draft)) {
    xps_spectrum_draft_clear (&draft);
    return FALSE;
  }
  draft.axis = find_axis_kind (run, table.energy);
  draft.axis_label = xps_text_dup_excerpt (find_label (run, table.energy), -1, MOST_NAME);
  draft.unit_label = xps_text_dup_excerpt (find_label (run, table.intensity), -1, MOST_NAME);
  draft.unit = reader->options->unit_given ? reader->options->unit : xps_label_unit (draft.unit_label);
  draft.name = dup_name (run, from, to, several);
  for (guint k = from; k < to; k++) {
    const char *label = find_label (run, get_column (run, k));
    if (k == axis || k == intensity)
      continue;
    const XpsColumnRole role = xps_label_column_role (label);
    if (!xps_xlsx_add_column (reader, &table, get_column (run, k), role, label, &draft)) {
      xps_spectrum_draft_clear (&draft);
      return FALSE;
    }
  }
  note_table (run, &table, draft.axis);
  note_unused (run, &table, from, to);
  xps_xlsx_finish (reader, &draft);
  run->n_tables++;
  return TRUE;
}

/* What is an axis to the left of the intensities, the nearest; else the first column of numbers. */
static guint32
find_energy (const Run *run, int intensity_column)
{
  for (guint k = run->columns->len; k-- > 0;)
    if (get_column (run, k) + 1 < (guint32)intensity_column && is_axis (run, get_column (run, k)))
      return get_column (run, k);
  return get_column (run, 0);
}

/* The user said which columns. */
static gboolean
add_chosen (Run *run)
{
  const XpsReadOptions *options = run->reader->options;
  const guint32 energy = options->energy_column > 0 ? (guint32)options->energy_column - 1
                                                    : find_energy (run, options->intensity_column);
  const guint32 intensity =
      options->intensity_column > 0 ? (guint32)options->intensity_column - 1 : energy + 1;
  XpsXlsxTable table = {run->sheet, run->first, run->n, energy, intensity};
  XpsSpectrumDraft draft = {0};

  if (!is_full (run, energy) || !is_full (run, intensity) || energy == intensity)
    return TRUE;
  if (!xps_xlsx_start (run->reader, &table, &draft)) {
    xps_spectrum_draft_clear (&draft);
    return FALSE;
  }
  draft.axis = find_axis_kind (run, energy);
  draft.unit = options->unit_given ? options->unit : xps_label_unit (find_label (run, intensity));
  draft.name = dup_name (run, 0, 0, FALSE);
  note_table (run, &table, draft.axis);
  xps_xlsx_finish (run->reader, &draft);
  run->n_tables++;
  return TRUE;
}

/* Where tables begin: the first of the axes that stand side by side. */
static GArray *
find_starts (const Run *run)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean after_axis = FALSE;

  for (guint k = 0; k < run->columns->len; k++) {
    const gboolean axis = is_axis (run, get_column (run, k));
    if (axis && !after_axis)
      g_array_append_val (starts, k);
    after_axis = axis;
  }
  return starts;
}

static gboolean
read_run (Run *run)
{
  const XpsReadOptions *options = run->reader->options;

  if (options->energy_column > 0 || options->intensity_column > 0)
    return add_chosen (run);
  g_autoptr (GArray) starts = find_starts (run);
  for (guint i = 0; i < starts->len; i++) {
    const guint from = g_array_index (starts, guint, i);
    const guint to = i + 1 < starts->len ? g_array_index (starts, guint, i + 1) : run->columns->len;
    guint axis = from;
    while (axis + 1 < to && is_axis (run, get_column (run, axis + 1)))
      axis++;
    if (!add_table (run, from, to, axis, starts->len > 1))
      return FALSE;
  }
  return TRUE;
}

/* Columns that hold a number in the row of the cell at `at`, which moves behind that row. */
static void
find_numbers (const XpsSheet *sheet, guint *at, GArray *columns)
{
  const guint32 row = g_array_index (sheet->cells, XpsCell, *at).row;

  g_array_set_size (columns, 0);
  for (; *at < sheet->cells->len; ++*at) {
    const XpsCell *cell = &g_array_index (sheet->cells, XpsCell, *at);
    if (cell->row != row)
      return;
    if (is_number (sheet, row, cell->column))
      g_array_append_val (columns, cell->column);
  }
}

static gboolean
end_run (Run *run)
{
  const gboolean done = run->n < LEAST_ROWS || read_run (run);
  if (run->n > 0)
    run->end = run->first + run->n;
  run->n = 0;
  return done;
}

/* A row of numbers that begins behind the axis: the steps' potentials, say, above the table. */
static gboolean
is_header (const Run *run, const GArray *columns)
{
  return run->n == 1 && g_array_index (columns, guint32, 0) < get_column (run, 0);
}

static void
add_row (Run *run, guint32 row, const GArray *columns)
{
  if (is_header (run, columns))
    run->n = 0;
  if (run->n == 0) {
    const gboolean goes_on = run->columns->len > 0 && row == run->end + 1 &&
                             g_array_index (columns, guint32, 0) == get_column (run, 0);
    run->labels = goes_on ? run->labels : row;
    run->first = row;
    g_array_set_size (run->columns, 0);
    g_array_append_vals (run->columns, columns->data, columns->len);
  }
  run->n++;
}

gboolean
xps_xlsx_read_columns (XpsXlsxReader *self, const XpsSheet *sheet, gboolean *known)
{
  g_autoptr (GArray) first = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint32));
  Run run = {.reader = self, .sheet = sheet, .columns = first};

  for (guint at = 0; at < sheet->cells->len;) {
    const guint32 row = g_array_index (sheet->cells, XpsCell, at).row;
    find_numbers (sheet, &at, columns);
    if ((columns->len < 2 || row != run.first + run.n) && !end_run (&run))
      return FALSE;
    if (columns->len >= 2)
      add_row (&run, row, columns);
  }
  if (!end_run (&run))
    return FALSE;
  *known = run.n_tables > 0;
  return TRUE;
}
