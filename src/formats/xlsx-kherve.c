/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/xlsx-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "formats/fields.h"
#include "formats/kherve.h"
#include "formats/labels.h"

/* Sheets of KherveFitting: energy and data from column A on; from F on energy, residuals, background, fit and
 * the peaks' curves, which are on the data divided by the transmission; from X on the peaks' parameters, two
 * rows each (values, then constraints); from AX on what the data file said. */

#define FIRST_CURVE 5  /* column F */
#define PEAKS       23 /* column X */
#define RECORD      49 /* column AX */
#define LEAST_ROWS  2
#define MOST_PEAKS  200

static const XpsField fields[] = {
    {"Source Energy", G_STRUCT_OFFSET (XpsAcquisition, photon_energy), FALSE},
    {"Pass Energy", G_STRUCT_OFFSET (XpsAcquisition, pass_energy), FALSE},
    {"Work Function", G_STRUCT_OFFSET (XpsAcquisition, work_function), FALSE},
    {"Collection Time", G_STRUCT_OFFSET (XpsAcquisition, dwell), FALSE},
    {"Number of scans", G_STRUCT_OFFSET (XpsAcquisition, scans), FALSE},
    {"Technique", G_STRUCT_OFFSET (XpsAcquisition, technique), TRUE},
    {"Source Label", G_STRUCT_OFFSET (XpsAcquisition, source), TRUE},
    {"Analyzer Mode", G_STRUCT_OFFSET (XpsAcquisition, analyser_mode), TRUE},
    {"Date", G_STRUCT_OFFSET (XpsAcquisition, date), TRUE},
};

typedef struct {
  XpsXlsxReader *reader;
  const XpsSheet *sheet;
  XpsXlsxTable table;
  XpsSpectrumDraft draft;
} Sheet;

static gboolean
is_kherve (const XpsSheet *sheet)
{
  const char *energy = xps_sheet_get_text (sheet, 0, 0), *data = xps_sheet_get_text (sheet, 0, 1);

  return (g_str_has_prefix (energy, "Binding Energy") || g_str_has_prefix (energy, "Kinetic Energy") ||
          strcmp (energy, "BE") == 0) &&
         (strcmp (data, "Raw Data") == 0 || strcmp (data, "Corrected Data") == 0);
}

static guint32
find_column (const XpsSheet *sheet, const char *label)
{
  for (guint32 k = 1; k < FIRST_CURVE; k++)
    if (strcmp (xps_sheet_get_text (sheet, 0, k), label) == 0)
      return k;
  return 0;
}

/* VAMAS writes 1e37 for what is not known, and the program hands it on. */
static void
add_record (Sheet *self)
{
  XpsAcquisition *record = self->draft.acquisition;

  for (guint32 row = 1; row < 100; row++) {
    const char *key = xps_sheet_get_text (self->sheet, row, RECORD);
    const XpsCell *cell = xps_sheet_find (self->sheet, row, RECORD + 1);
    char number[XPS_NUMBER_LENGTH];
    double value = 0;
    if (key[0] == '\0' || cell == NULL)
      continue;
    const char *text = cell->text != NULL ? cell->text : xps_number_format (cell->number, number);
    if (xps_number_parse (text, &value) && fabs (value) >= 1e36)
      continue;
    xps_fields_add (record, fields, G_N_ELEMENTS (fields), key, text);
    if (strcmp (key, "Sample ID") == 0)
      self->draft.sample = xps_text_dup_printable (text, -1);
  }
}

/* Label of a parameter's column in one line: "Position\n(eV)". */
static char *
dup_parameter (const XpsSheet *sheet, guint32 column)
{
  g_autofree char *label = g_strdup (xps_sheet_get_text (sheet, 0, column));
  return g_strdup (g_strstrip (g_strdelimit (label, "\n\r", ' ')));
}

static void
add_peak (Sheet *self, XpsKherveFit *fit, guint32 row)
{
  const char *id = xps_sheet_get_text (self->sheet, row, PEAKS);
  XpsKhervePeak *peak = xps_kherve_fit_add (fit, xps_sheet_get_text (self->sheet, row, PEAKS + 1));

  for (guint32 k = PEAKS + 2; k < RECORD; k++) {
    g_autofree char *label = dup_parameter (self->sheet, k);
    const XpsCell *cell = xps_sheet_find (self->sheet, row, k);
    const char *constraint = xps_sheet_get_text (self->sheet, row + 1, k);
    char number[XPS_NUMBER_LENGTH];
    if (label[0] == '\0' || cell == NULL)
      continue;
    const char *text = cell->text != NULL ? cell->text : xps_number_format (cell->number, number);
    g_autofree char *key = g_strdup_printf ("Peak %s: %s", id, label);
    g_autofree char *value = g_strdup_printf ("%s%s%s%s", text, constraint[0] != '\0' ? " [" : "", constraint,
                                              constraint[0] != '\0' ? "]" : "");
    xps_acquisition_add_key (self->draft.acquisition, key, value);
    xps_kherve_fit_set (fit, peak, label, text, constraint);
  }
}

static void
add_fit (Sheet *self)
{
  XpsKherveFit *fit = xps_kherve_fit_new ();

  for (guint32 row = 1; row < 2 * MOST_PEAKS; row += 2) {
    if (xps_sheet_get_text (self->sheet, row, PEAKS)[0] == '\0')
      break;
    add_peak (self, fit, row);
  }
  self->draft.stored_fit = xps_kherve_fit_make_stored (fit, self->draft.name, self->reader->file);
  xps_kherve_fit_free (fit);
}

static XpsColumnRole
find_role (const char *label)
{
  if (strcmp (label, "Calculated Fit") == 0)
    return XPS_COLUMN_ENVELOPE;
  return strcmp (label, "Residuals") == 0 || strcmp (label, "BE") == 0 || strcmp (label, "BE_new") == 0
             ? XPS_COLUMN_OTHER
             : XPS_COLUMN_COMPONENT;
}

static gboolean
add_curves (Sheet *self)
{
  const guint32 n = MIN (xps_sheet_get_n_columns (self->sheet), PEAKS);
  const guint32 transmission = find_column (self->sheet, "Transmission");
  const guint32 corrected = find_column (self->sheet, "Corrected Data");

  if (transmission != 0 && !xps_xlsx_add_column (self->reader, &self->table, transmission,
                                                 XPS_COLUMN_TRANSMISSION, "Transmission", &self->draft))
    return FALSE;
  if (corrected != 0 && corrected != self->table.intensity &&
      !xps_xlsx_add_column (self->reader, &self->table, corrected, XPS_COLUMN_OTHER, "Corrected Data",
                            &self->draft))
    return FALSE;
  for (guint32 k = FIRST_CURVE; k < n; k++) {
    const char *label = xps_sheet_get_text (self->sheet, 0, k);
    if (label[0] != '\0' &&
        !xps_xlsx_add_column (self->reader, &self->table, k, find_role (label), label, &self->draft))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_sheet (Sheet *self)
{
  const XpsSheet *sheet = self->sheet;

  if (!xps_xlsx_start (self->reader, &self->table, &self->draft))
    return FALSE;
  self->draft.name = xps_text_dup_printable (sheet->name, -1);
  self->draft.axis_label = xps_text_dup_printable (xps_sheet_get_text (sheet, 0, 0), -1);
  self->draft.axis = xps_label_axis (self->draft.axis_label);
  self->draft.unit = XPS_INTENSITY_COUNTS_PER_SECOND;
  self->draft.unit_label = g_strdup ("CPS");
  add_record (self);
  if (!add_curves (self))
    return FALSE;
  add_fit (self);
  return TRUE;
}

gboolean
xps_xlsx_read_kherve (XpsXlsxReader *self, const XpsSheet *sheet, gboolean *known)
{
  Sheet reader = {.reader = self, .sheet = sheet, .table = {.sheet = sheet, .first = 1}};

  if (!is_kherve (sheet))
    return TRUE;
  reader.table.intensity = MAX (find_column (sheet, "Raw Data"), 1);
  reader.table.n = xps_xlsx_count_rows (sheet, 1, 0, reader.table.intensity);
  if (reader.table.n < LEAST_ROWS)
    return TRUE;
  if (!read_sheet (&reader)) {
    xps_spectrum_draft_clear (&reader.draft);
    return FALSE;
  }
  xps_xlsx_finish (self, &reader.draft);
  *known = TRUE;
  if (self->file->software == NULL) {
    self->file->software = g_strdup ("KherveFitting");
    g_ptr_array_add (
        self->file->notes,
        g_strdup (_ ("a project of KherveFitting: the curves of its fits are columns, on the data divided by "
                     "the transmission where there is one; its settings are keys")));
  }
  return TRUE;
}
