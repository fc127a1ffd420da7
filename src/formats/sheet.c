/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/sheet.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/number.h"
#include "base/text.h"

static void
sheet_free (gpointer data)
{
  XpsSheet *sheet = data;

  g_free (sheet->name);
  g_array_unref (sheet->cells);
  g_free (sheet);
}

XpsBook *
xps_book_new (void)
{
  XpsBook *book = g_new0 (XpsBook, 1);

  book->sheets = g_ptr_array_new_with_free_func (sheet_free);
  book->strings = g_ptr_array_new_with_free_func (g_free);
  return book;
}

void
xps_book_free (XpsBook *book)
{
  if (book == NULL)
    return;
  g_ptr_array_unref (book->sheets);
  g_ptr_array_unref (book->strings);
  g_free (book);
}

XpsSheet *
xps_book_add_sheet (XpsBook *book, const char *name)
{
  XpsSheet *sheet = g_new0 (XpsSheet, 1);

  sheet->name = g_strdup (name);
  sheet->cells = g_array_new (FALSE, FALSE, sizeof (XpsCell));
  g_ptr_array_add (book->sheets, sheet);
  return sheet;
}

gboolean
xps_sheet_add (XpsSheet *sheet, const XpsCell *cell, XpsMemoryBudget *budget)
{
  /* the array doubles */
  if (!xps_memory_take (budget, 2 * sizeof *cell))
    return FALSE;
  g_array_append_vals (sheet->cells, cell, 1);
  return TRUE;
}

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const XpsCell *one = a, *other = b;

  if (one->row != other->row)
    return one->row < other->row ? -1 : 1;
  return one->column < other->column ? -1 : one->column > other->column;
}

void
xps_sheet_finish (XpsSheet *sheet)
{
  gboolean sorted = TRUE;

  for (guint i = 1; i < sheet->cells->len && sorted; i++)
    sorted = compare_cells (&g_array_index (sheet->cells, XpsCell, i - 1),
                            &g_array_index (sheet->cells, XpsCell, i)) < 0;
  if (!sorted)
    g_array_sort (sheet->cells, compare_cells);
}

const XpsCell *
xps_sheet_find (const XpsSheet *sheet, guint32 row, guint32 column)
{
  const XpsCell wanted = {.row = row, .column = column};
  guint low = 0, high = sheet->cells->len;

  while (low < high) {
    const guint middle = low + (high - low) / 2;
    const XpsCell *cell = &g_array_index (sheet->cells, XpsCell, middle);
    const int order = compare_cells (cell, &wanted);
    if (order == 0)
      return cell;
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

const char *
xps_sheet_get_text (const XpsSheet *sheet, guint32 row, guint32 column)
{
  const XpsCell *cell = xps_sheet_find (sheet, row, column);
  return cell != NULL && cell->text != NULL ? cell->text : "";
}

gboolean
xps_sheet_get_number (const XpsSheet *sheet, guint32 row, guint32 column, double *value)
{
  const XpsCell *cell = xps_sheet_find (sheet, row, column);

  if (cell == NULL)
    return FALSE;
  if (cell->text != NULL)
    return xps_number_parse (cell->text, value) && isfinite (*value);
  *value = cell->number;
  return isfinite (cell->number);
}

guint32
xps_sheet_get_n_columns (const XpsSheet *sheet)
{
  guint32 n = 0;

  for (guint i = 0; i < sheet->cells->len; i++)
    n = MAX (n, g_array_index (sheet->cells, XpsCell, i).column + 1);
  return n;
}

guint32
xps_sheet_get_n_rows (const XpsSheet *sheet)
{
  const guint n = sheet->cells->len;
  return n > 0 ? g_array_index (sheet->cells, XpsCell, n - 1).row + 1 : 0;
}

char *
xps_sheet_dup_letters (guint32 column)
{
  char letters[8] = {0};
  guint at = sizeof letters - 1;

  for (guint32 k = column + 1; k > 0 && at > 0; k = (k - 1) / 26)
    letters[--at] = (char)('A' + (k - 1) % 26);
  return g_strdup (letters + at);
}

char *
xps_sheet_dup_place (const XpsSheet *sheet, guint32 row, guint32 column)
{
  g_autofree char *letters = xps_sheet_dup_letters (column);

  return xps_text_printf (_ ("sheet \"%s\" cell %s%u"), sheet->name, letters, row + 1);
}
