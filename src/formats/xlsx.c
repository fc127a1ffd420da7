/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"
#include "formats/xlsx-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/choice.h"
#include "formats/compound.h"
#include "formats/fields.h"
#include "formats/zip.h"

/* Workbooks of Excel: exports of Thermo Avantage, projects of KherveFitting, and sheets with columns of
 * numbers by anyone. Each sheet is looked at for itself: people add their own to an export. */

#define SPECTRUM_COST 1536
#define COLUMN_COST   160

static gboolean
is_workbook (const char *name, gsize length)
{
  static const char *const parts[] = {"xl/workbook.xml", "xl/worksheets/", "xl/_rels/"};

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (length >= strlen (parts[i]) && memcmp (name, parts[i], strlen (parts[i])) == 0)
      return TRUE;
  return FALSE;
}

/* Names of the parts stand in the archive's directory at its end; one of hundreds of sheets may push them out
 * of sight, where the first part tells. */
static int
score_xlsx (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  static const char first[] = "[Content_Types].xml";

  if (head_length < 4 || memcmp (head, "PK\x03\x04", 4) != 0)
    return 0;
  if (xps_zip_any_name (head, head_length, tail, tail_length, is_workbook))
    return 100;
  return head_length > 30 + strlen (first) && memcmp (head + 30, first, strlen (first)) == 0 ? 60 : 0;
}

gboolean
xps_xlsx_fail (const XpsXlsxReader *self, XpsFormatsError code, const XpsSheet *sheet, guint32 row,
               guint32 column, const char *what, const char *remedy)
{
  g_autofree char *place = xps_sheet_dup_place (sheet, row, column);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

guint32
xps_xlsx_count_rows (const XpsSheet *sheet, guint32 first, guint32 one, guint32 other)
{
  guint32 n = 0;
  double value = 0;

  while (xps_sheet_get_number (sheet, first + n, one, &value) &&
         xps_sheet_get_number (sheet, first + n, other, &value))
    n++;
  return n;
}

/* Cells that hold no number become NaN. */
static double *
get_column (XpsXlsxReader *self, const XpsXlsxTable *table, guint32 column, guint32 *n_missing)
{
  double *values = xps_memory_try_array (&self->budget, table->n, sizeof (double));

  *n_missing = 0;
  for (guint32 i = 0; values != NULL && i < table->n; i++)
    if (!xps_sheet_get_number (table->sheet, table->first + i, column, &values[i])) {
      values[i] = (double)NAN;
      ++*n_missing;
    }
  return values;
}

static gboolean
fail_memory (XpsXlsxReader *self, const XpsXlsxTable *table)
{
  return xps_xlsx_fail (self, XPS_FORMATS_ERROR_TOO_LARGE, table->sheet, table->first, table->energy,
                        N_ ("no memory for so many columns"), N_ ("split the workbook"));
}

gboolean
xps_xlsx_start (XpsXlsxReader *self, const XpsXlsxTable *table, XpsSpectrumDraft *draft)
{
  guint32 n_missing = 0;

  draft->n = table->n;
  draft->energy = get_column (self, table, table->energy, &n_missing);
  draft->intensity = get_column (self, table, table->intensity, &n_missing);
  if (draft->energy == NULL || draft->intensity == NULL || !xps_memory_take (&self->budget, SPECTRUM_COST))
    return fail_memory (self, table);
  draft->acquisition = xps_acquisition_new ();
  draft->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
  return TRUE;
}

gboolean
xps_xlsx_add_column (XpsXlsxReader *self, const XpsXlsxTable *table, guint32 column, XpsColumnRole role,
                     const char *label, XpsSpectrumDraft *draft)
{
  guint32 n_missing = 0;
  double *values = get_column (self, table, column, &n_missing);

  if (values == NULL || !xps_memory_take (&self->budget, COLUMN_COST + strlen (label))) {
    g_free (values);
    return fail_memory (self, table);
  }
  /* Programs leave curves of a fit empty, or 0, outside its range. */
  const gboolean curve = role == XPS_COLUMN_COMPONENT || role == XPS_COLUMN_ENVELOPE;
  for (guint32 i = 0; curve && i < table->n; i++)
    values[i] = isnan (values[i]) ? 0 : values[i];
  if (n_missing > 0) {
    g_autofree char *place = xps_sheet_dup_place (table->sheet, table->first, column);
    g_ptr_array_add (self->file->notes,
                     xps_text_printf (_ ("%s: empty in %u of %u rows, %s"), place, n_missing, table->n,
                                      curve ? "0 there" : "not used"));
  }
  if (n_missing > 0 && !curve) {
    g_free (values);
    return TRUE;
  }
  g_autofree char *printable = xps_text_dup_printable (label, -1);
  g_ptr_array_add (draft->columns, xps_column_new (role, printable, NULL, values));
  return TRUE;
}

void
xps_xlsx_finish (XpsXlsxReader *self, XpsSpectrumDraft *draft)
{
  XpsSpectrum *spectrum = xps_fields_make_spectrum (draft, &self->n_dropped);
  if (spectrum != NULL)
    g_ptr_array_add (self->file->spectra, spectrum);
}

static gboolean
read_sheet (XpsXlsxReader *self, XpsSheet *sheet, gboolean *known)
{
  *known = FALSE;
  if (!xps_xlsx_read_thermo (self, sheet, known) || (!*known && !xps_xlsx_read_kherve (self, sheet, known)))
    return FALSE;
  return *known || (xps_xlsx_read_texts (self, sheet) && xps_xlsx_read_columns (self, sheet, known));
}

/* With what was said of the cells, which may be the reason. */
static gboolean
fail_empty (const XpsXlsxReader *self)
{
  const GPtrArray *warnings = self->file->warnings;
  const char *what = _ ("no sheet with two columns of numbers under one another");
  g_autofree char *why =
      warnings->len > 0 ? g_strdup_printf ("%s (%s)", what, (const char *)g_ptr_array_index (warnings, 0))
                        : g_strdup (what);

  return xps_error_set (self->error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_EMPTY, self->file->path, NULL, why,
                        N_ ("give an energy and an intensity in each row"));
}

gboolean
xps_xlsx_read_book_sheets (XpsXlsxReader *self, const XpsBook *book)
{
  g_autoptr (GString) others = g_string_new (NULL);

  for (guint i = 0; i < book->sheets->len; i++) {
    XpsSheet *sheet = g_ptr_array_index (book->sheets, i);
    gboolean known = FALSE;
    if (!read_sheet (self, sheet, &known))
      return FALSE;
    if (!known && sheet->cells->len > 0)
      g_string_append_printf (others, "%s\"%s\"", others->len > 0 ? ", " : "", sheet->name);
  }
  if (self->file->spectra->len == 0)
    return fail_empty (self);
  if (others->len > 0) {
    g_autofree char *excerpt = xps_text_dup_excerpt (others->str, -1, 200);
    g_ptr_array_add (self->file->notes,
                     xps_text_printf (_ ("sheets without spectra, not read: %s"), excerpt));
  }
  return TRUE;
}

static gboolean
read_xlsx (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  XpsXlsxReader self = {.file = file, .options = options, .error = error};

  xps_read_options_init_budget (options, g_bytes_get_size (bytes), &self.budget);
  g_autoptr (XpsBook) book = xps_xlsx_read_book (bytes, file->path, options, &self.budget, error);
  return book != NULL && xps_xlsx_read_book_sheets (&self, book);
}

/* As the readers see it; of zip archives those that are none are told by the missing parts. */
static XpsBook *
open_book (GBytes *bytes)
{
  g_autoptr (XpsFile) file = xps_file_new ("", "xlsx");
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsBook) old = xps_book_new ();
  XpsReadOptions options;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  xps_read_options_init (&options);
  XpsXlsxReader self = {.file = file, .options = &options, .error = &error};
  xps_read_options_init_budget (&options, size, &self.budget);
  if (xps_compound_is (data, size))
    return xps_xls_read_book (&self, bytes, old) ? g_steal_pointer (&old) : NULL;
  return size > 4 && memcmp (data, "PK", 2) == 0
             ? xps_xlsx_read_book (bytes, "", &options, &self.budget, &error)
             : NULL;
}

guint
xps_choices_count_columns (GBytes *bytes)
{
  g_autoptr (XpsBook) book = open_book (bytes);
  guint32 n = 0;

  for (guint i = 0; book != NULL && i < book->sheets->len; i++)
    n = MAX (n, xps_sheet_get_n_columns (g_ptr_array_index (book->sheets, i)));
  return n;
}

static const char *const suffixes[] = {"xlsx", "xlsm", NULL};

const XpsFormat xps_format_xlsx = {
    .id = "xlsx",
    .title = "Excel workbook (.xlsx)",
    .suffixes = suffixes,
    .score = score_xlsx,
    .read = read_xlsx,
};
