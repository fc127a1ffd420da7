/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/xlsx-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/text.h"
#include "formats/labels.h"

/* Sheets that Avantage exports: some rows of text, "Binding Energy (E)" and the names of the curves, their
 * units, then rows of energy, counts per second and the curves. Curves of a fit hold its background and are 0
 * or the counts outside its range. Not seen in a real file: kinetic energy axes. */

#define LAST_TITLE 60 /* row of the title at most */
#define INTENSITY  2
#define CURVES     4 /* the first of them */
#define LEAST_ROWS 2

static gboolean
find_title (const XpsSheet *sheet, guint32 *row)
{
  for (guint32 i = 0; i < LAST_TITLE; i++) {
    const char *text = xps_sheet_get_text (sheet, i, 0);
    const gboolean energy =
        g_str_has_prefix (text, "Binding Energy") || g_str_has_prefix (text, "Kinetic Energy");
    if (energy && strcmp (xps_sheet_get_text (sheet, i + 1, 0), "eV") == 0 &&
        xps_sheet_get_text (sheet, i + 1, INTENSITY)[0] != '\0') {
      *row = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* "C:\...\CC-A.DATA\Zn2p Scan.VGD": the experiment is the folder. */
static void
read_path (const XpsSheet *sheet, guint32 title, XpsSpectrumDraft *draft)
{
  for (guint32 i = 0; i < title; i++) {
    const char *text = xps_sheet_get_text (sheet, i, 0);
    const gsize n = strlen (text);
    if (n < 4 || g_ascii_strcasecmp (text + n - 4, ".VGD") != 0)
      continue;
    g_auto (GStrv) parts = g_strsplit_set (text, "\\/", -1);
    const guint n_parts = g_strv_length (parts);
    xps_acquisition_add_key (draft->acquisition, "Source file", text);
    if (n_parts < 2)
      return;
    char *folder = parts[n_parts - 2];
    if (g_str_has_suffix (folder, ".DATA"))
      folder[strlen (folder) - 5] = '\0';
    draft->sample = g_strdup (folder);
    return;
  }
}

/* The curves' background is that of their fit: a component as far as fits of ours go, which must not subtract
 * it. */
static XpsColumnRole
find_role (const char *label)
{
  switch (xps_label_classify (label)) {
  case XPS_LABEL_ENVELOPE:
    return XPS_COLUMN_ENVELOPE;
  case XPS_LABEL_RESIDUAL:
    return XPS_COLUMN_OTHER;
  default:
    return XPS_COLUMN_COMPONENT;
  }
}

static gboolean
fill (XpsXlsxReader *self, const XpsXlsxTable *table, guint32 title, XpsSpectrumDraft *draft)
{
  const XpsSheet *sheet = table->sheet;
  const guint32 n_columns = xps_sheet_get_n_columns (sheet);

  if (!xps_xlsx_start (self, table, draft))
    return FALSE;
  draft->name = xps_text_dup_printable (sheet->name, -1);
  draft->axis_label = xps_text_dup_printable (xps_sheet_get_text (sheet, title, 0), -1);
  draft->axis = xps_label_axis (draft->axis_label);
  draft->unit_label = xps_text_dup_printable (xps_sheet_get_text (sheet, title + 1, INTENSITY), -1);
  draft->unit = xps_label_unit (draft->unit_label);
  read_path (sheet, title, draft);
  for (guint32 k = CURVES; k < n_columns; k++) {
    const char *label = xps_sheet_get_text (sheet, title, k);
    if (label[0] != '\0' && !xps_xlsx_add_column (self, table, k, find_role (label), label, draft))
      return FALSE;
  }
  return TRUE;
}

gboolean
xps_xlsx_read_thermo (XpsXlsxReader *self, const XpsSheet *sheet, gboolean *known)
{
  XpsXlsxTable table = {.sheet = sheet, .energy = 0, .intensity = INTENSITY};
  XpsSpectrumDraft draft = {0};
  guint32 title = 0;
  double said = 0;

  if (!find_title (sheet, &title))
    return TRUE;
  table.first = title + 2;
  table.n = xps_xlsx_count_rows (sheet, table.first, table.energy, table.intensity);
  if (table.n < LEAST_ROWS)
    return TRUE;
  if (!fill (self, &table, title, &draft)) {
    xps_spectrum_draft_clear (&draft);
    return FALSE;
  }
  for (guint32 i = 0; i < title; i++)
    if (strcmp (xps_sheet_get_text (sheet, i, 2), "Elements=") == 0 &&
        xps_sheet_get_number (sheet, i, 3, &said) && said != (double)table.n) {
      g_autofree char *place = xps_sheet_dup_place (sheet, i, 3);
      g_ptr_array_add (
          self->file->warnings,
          xps_text_printf (_ ("%s: %g points are said, the sheet holds %u"), place, said, table.n));
    }
  xps_xlsx_finish (self, &draft);
  *known = TRUE;
  if (self->file->software == NULL) {
    self->file->software = g_strdup ("Thermo Avantage");
    g_ptr_array_add (
        self->file->notes,
        g_strdup (_ (
            "sheets of Avantage: counts per second; neither photon energy nor dwell time is in the file")));
  }
  return TRUE;
}
