/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"

#include "base/number.h"
#include "base/text.h"
#include "reference/csv.h"
#include "reference/own-private.h"

/* Own entries as one table of text. A row is a binding energy ("binding"), a phase ("phase"), or a line of
 * the phase that it names ("phase-line"). */

enum {
  KIND,
  SPECIES,
  SPECIES_NAME,
  CLASS,
  LEVEL,
  ENERGY,
  UNCERTAINTY,
  FWHM,
  CHARGE_REFERENCE,
  SOURCE,
  NOTE,
  REPLACES,
  REPLACES_ENERGY,
  REPLACES_SOURCE,
  PHASE,
  PHASE_NAME,
  FORMULA,
  LABEL,
  ATOMS,
  N_COLUMNS
};

static const char *const columns[N_COLUMNS] = {
    "kind",
    "species",
    "species_name",
    "class",
    "core_level",
    "binding_energy_eV",
    "uncertainty_eV",
    "fwhm_eV",
    "charge_reference",
    "source",
    "note",
    "replaces",
    "replaces_energy_eV",
    "replaces_source",
    "phase",
    "phase_name",
    "formula",
    "label",
    "atoms",
};

/* ---- writing ---- */

typedef struct {
  const char *cells[N_COLUMNS];
} Row;

static void
write_row (GString *out, const Row *row)
{
  for (int i = 0; i < N_COLUMNS; i++) {
    if (i > 0)
      g_string_append_c (out, ',');
    if (row->cells[i] != NULL)
      xps_csv_append (out, row->cells[i]);
  }
  g_string_append_c (out, '\n');
}

/* "" where there is none; lives as long as `buffer`. */
static char *
number_text (double value, char buffer[XPS_NUMBER_LENGTH])
{
  return isnan (value) ? NULL : xps_number_format (value, buffer);
}

static void
write_line (GString *out, const XpsReferenceLine *line)
{
  char numbers[5][XPS_NUMBER_LENGTH];
  Row row = {{[KIND] = "binding",
              [SPECIES] = line->species,
              [SPECIES_NAME] = line->species_name,
              [CLASS] = line->class_,
              [LEVEL] = line->level,
              [ENERGY] = number_text (line->energy, numbers[0]),
              [UNCERTAINTY] = number_text (line->uncertainty, numbers[1]),
              [FWHM] = number_text (line->fwhm, numbers[2]),
              [CHARGE_REFERENCE] = line->charge_reference,
              [SOURCE] = line->source,
              [NOTE] = line->note}};
  if (line->replaces > 0) {
    row.cells[REPLACES] = number_text ((double)line->replaces, numbers[3]);
    row.cells[REPLACES_ENERGY] = number_text (line->replaces_energy, numbers[4]);
    row.cells[REPLACES_SOURCE] = line->replaces_source;
  }
  write_row (out, &row);
}

static void
write_phase (GString *out, const XpsReferencePhase *phase)
{
  const Row head = {{[KIND] = "phase",
                     [NOTE] = phase->note,
                     [PHASE] = phase->name,
                     [PHASE_NAME] = phase->full_name,
                     [FORMULA] = phase->formula}};
  write_row (out, &head);
  for (guint i = 0; i < phase->lines->len; i++) {
    char atoms[XPS_NUMBER_LENGTH];
    const XpsPhaseLine *line = g_ptr_array_index (phase->lines, i);
    const Row row = {{[KIND] = "phase-line",
                      [SPECIES] = line->species,
                      [LEVEL] = line->level,
                      [PHASE] = phase->name,
                      [LABEL] = line->label,
                      [ATOMS] = number_text (line->atoms, atoms)}};
    write_row (out, &row);
  }
}

char *
xps_own_dup_csv (XpsOwn *self, GError **error)
{
  g_autoptr (GPtrArray) lines = xps_own_list_lines (self, error);
  g_autoptr (GPtrArray) phases = lines != NULL ? xps_own_list_phases (self, error) : NULL;
  if (phases == NULL)
    return NULL;
  GString *out = g_string_new (NULL);
  for (int i = 0; i < N_COLUMNS; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? "," : "", columns[i]);
  g_string_append_c (out, '\n');
  for (guint i = 0; i < lines->len; i++)
    write_line (out, g_ptr_array_index (lines, i));
  for (guint i = 0; i < phases->len; i++)
    write_phase (out, g_ptr_array_index (phases, i));
  return g_string_free (out, FALSE);
}

/* ---- reading ---- */

typedef struct {
  XpsCsv csv;
  guint n_cells;             /* of the header */
  int at[N_COLUMNS];         /* index of each column in the file, -1: not there */
  GPtrArray *lines, *phases; /* what was read */
  char *place;               /* "FILE: line 3" */
} Reader;

static gboolean
refuse (const Reader *reader, GError **error, char *take_what, const char *remedy)
{
  g_autofree char *what = take_what;
  return xps_own_refuse (error, reader->place, what, remedy);
}

static void
set_place (Reader *reader)
{
  g_free (reader->place);
  reader->place = g_strdup_printf ("%s: line %u", reader->csv.file, reader->csv.line);
}

static gboolean
read_header (Reader *reader, GError **error)
{
  const GPtrArray *cells = reader->csv.cells;
  reader->n_cells = cells->len;
  for (int k = 0; k < N_COLUMNS; k++)
    reader->at[k] = -1;
  for (guint i = 0; i < cells->len; i++) {
    const char *name = g_ptr_array_index (cells, i);
    int k = 0;
    while (k < N_COLUMNS && strcmp (columns[k], name) != 0)
      k++;
    g_autofree char *shown = xps_text_dup_excerpt (name, -1, 40);
    if (k == N_COLUMNS)
      return refuse (reader, error, g_strdup_printf (_ ("there is no column \"%s\""), shown),
                     N_ ("take the names that an export writes"));
    if (reader->at[k] >= 0)
      return refuse (reader, error, g_strdup_printf (_ ("the column \"%s\" is there twice"), shown), NULL);
    reader->at[k] = (int)i;
  }
  return TRUE;
}

/* NULL for an empty or missing cell. */
static const char *
cell (const Reader *reader, int column)
{
  const int i = reader->at[column];
  const char *text = i >= 0 ? g_ptr_array_index (reader->csv.cells, i) : NULL;
  return text != NULL && text[0] != '\0' ? text : NULL;
}

static gboolean
read_number (const Reader *reader, int column, double *out, GError **error)
{
  const char *text = cell (reader, column);
  *out = NAN;
  if (text == NULL || (xps_number_parse (text, out) && isfinite (*out)))
    return TRUE;
  g_autofree char *shown = xps_text_dup_excerpt (text, -1, 40);
  return refuse (reader, error, g_strdup_printf (_ ("%s is \"%s\""), columns[column], shown),
                 N_ ("write a number with a decimal point"));
}

static gboolean
read_line (Reader *reader, GError **error)
{
  g_autoptr (XpsReferenceLine) line = xps_reference_line_new ();
  double replaces;
  line->species = g_strdup (cell (reader, SPECIES));
  line->species_name = g_strdup (cell (reader, SPECIES_NAME));
  line->class_ = g_strdup (cell (reader, CLASS));
  line->level = g_strdup (cell (reader, LEVEL));
  line->charge_reference = g_strdup (cell (reader, CHARGE_REFERENCE));
  line->source = g_strdup (cell (reader, SOURCE));
  line->note = g_strdup (cell (reader, NOTE));
  line->replaces_source = g_strdup (cell (reader, REPLACES_SOURCE));
  if (!read_number (reader, ENERGY, &line->energy, error) ||
      !read_number (reader, UNCERTAINTY, &line->uncertainty, error) ||
      !read_number (reader, FWHM, &line->fwhm, error) || !read_number (reader, REPLACES, &replaces, error) ||
      !read_number (reader, REPLACES_ENERGY, &line->replaces_energy, error))
    return FALSE;
  if (isfinite (replaces) && !(replaces >= 1 && replaces <= 1e9 && replaces == floor (replaces)))
    return refuse (reader, error, g_strdup ("replaces is not the number of an entry"), NULL);
  line->replaces = isfinite (replaces) ? (gint64)replaces : 0;
  if (!xps_own_check_line (line, reader->place, error))
    return FALSE;
  g_ptr_array_add (reader->lines, g_steal_pointer (&line));
  return TRUE;
}

static XpsReferencePhase *
find_phase (const Reader *reader, const char *name)
{
  for (guint i = 0; name != NULL && i < reader->phases->len; i++) {
    XpsReferencePhase *phase = g_ptr_array_index (reader->phases, i);
    if (strcmp (phase->name, name) == 0)
      return phase;
  }
  return NULL;
}

static gboolean
read_phase (Reader *reader, GError **error)
{
  const char *name = cell (reader, PHASE);
  if (name == NULL)
    return refuse (reader, error, g_strdup ("the name of the phase is missing"), NULL);
  if (find_phase (reader, name) != NULL)
    return refuse (reader, error, g_strdup_printf (_ ("the phase %s is there twice"), name), NULL);
  XpsReferencePhase *phase = xps_reference_phase_new (name);
  phase->full_name = g_strdup (cell (reader, PHASE_NAME));
  phase->formula = g_strdup (cell (reader, FORMULA));
  phase->note = g_strdup (cell (reader, NOTE));
  g_ptr_array_add (reader->phases, phase);
  return TRUE;
}

static gboolean
read_phase_line (Reader *reader, GError **error)
{
  double atoms;
  XpsReferencePhase *phase = find_phase (reader, cell (reader, PHASE));
  if (phase == NULL)
    return refuse (reader, error, g_strdup ("a line of a phase that no row above names"),
                   N_ ("put the phase before its lines"));
  if (!read_number (reader, ATOMS, &atoms, error))
    return FALSE;
  XpsPhaseLine *line =
      xps_reference_phase_add_line (phase, cell (reader, LEVEL), cell (reader, SPECIES), atoms);
  line->label = g_strdup (cell (reader, LABEL));
  return xps_own_check_phase (phase, reader->place, error);
}

static gboolean
read_row (Reader *reader, GError **error)
{
  set_place (reader);
  if (reader->csv.cells->len != reader->n_cells)
    return refuse (reader, error, g_strdup ("has another number of cells than the header"), NULL);
  const char *kind = cell (reader, KIND);
  if (kind == NULL || strcmp (kind, "binding") == 0)
    return read_line (reader, error);
  if (strcmp (kind, "phase") == 0)
    return read_phase (reader, error);
  if (strcmp (kind, "phase-line") == 0)
    return read_phase_line (reader, error);
  g_autofree char *shown = xps_text_dup_excerpt (kind, -1, 40);
  return refuse (reader, error, g_strdup_printf (_ ("the kind is \"%s\""), shown),
                 N_ ("binding, phase and phase-line are known"));
}

static gboolean
read_table (Reader *reader, GError **error)
{
  GError *local = NULL;
  gboolean more = xps_csv_next (&reader->csv, &local);
  set_place (reader);
  if (!more && local == NULL)
    return refuse (reader, error, g_strdup ("the table is empty"), NULL);
  if (more && !read_header (reader, &local))
    more = FALSE;
  while (local == NULL && more && xps_csv_next (&reader->csv, &local))
    more = read_row (reader, &local);
  if (local != NULL) {
    g_propagate_error (error, local);
    return FALSE;
  }
  for (guint i = 0; i < reader->phases->len; i++)
    if (!xps_own_check_phase (g_ptr_array_index (reader->phases, i), reader->csv.file, error))
      return FALSE;
  return TRUE;
}

static gboolean
take_in (XpsOwn *self, const Reader *reader, guint *n_added, GError **error)
{
  *n_added = 0;
  for (guint i = 0; i < reader->lines->len; i++) {
    const XpsReferenceLine *line = g_ptr_array_index (reader->lines, i);
    if (xps_own_has_line (self, line))
      continue;
    if (xps_own_insert_line (self, line, error) == 0)
      return FALSE;
    (*n_added)++;
  }
  for (guint i = 0; i < reader->phases->len; i++)
    if (!xps_own_insert_phase (self, g_ptr_array_index (reader->phases, i), error))
      return FALSE;
  return TRUE;
}

gboolean
xps_own_import_csv (XpsOwn *self, const char *file, const char *text, gsize length, guint *n_added,
                    guint *n_phases, GError **error)
{
  Reader reader = {.lines = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_reference_line_free),
                   .phases = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_reference_phase_free)};
  guint added = 0;
  gboolean done = memchr (text, '\0', length) == NULL && g_utf8_validate (text, (gssize)length, NULL);
  if (!done)
    xps_own_refuse (error, file, N_ ("is not UTF-8 text"), N_ ("save it as UTF-8"));
  xps_csv_init (&reader.csv, file, text, length);
  done = done && read_table (&reader, error) && xps_own_begin (self, error) &&
         xps_own_end (self, take_in (self, &reader, &added, error), error);
  if (done && n_added != NULL)
    *n_added = added;
  if (done && n_phases != NULL)
    *n_phases = reader.phases->len;
  xps_csv_clear (&reader.csv);
  g_ptr_array_unref (reader.lines);
  g_ptr_array_unref (reader.phases);
  g_free (reader.place);
  return done;
}
