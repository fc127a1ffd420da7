/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/rows.h"

#include "formats/xlsx-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/compound.h"

/* Workbooks of Excel 97 to 2003: records (type, length, content) in the stream Workbook of a compound file,
 * of which the numbers and texts of cells are read. Source: [MS-XLS] 2.4 and 2.5.293. Formulas count with
 * their last result; files with a password and the older BIFF5 are refused. Seen in one real
 * file, an export of Avantage; sheets of anyone only in files made for the tests. */

#define BIFF8       0x0600
#define STRING_COST 48

enum {
  RECORD_FORMULA = 0x0006,
  RECORD_FILEPASS = 0x002F,
  RECORD_CONTINUE = 0x003C,
  RECORD_BOUNDSHEET = 0x0085,
  RECORD_MULRK = 0x00BD,
  RECORD_SST = 0x00FC,
  RECORD_LABELSST = 0x00FD,
  RECORD_NUMBER = 0x0203,
  RECORD_RK = 0x027E,
  RECORD_BOF = 0x0809,
  RECORD_EOF = 0x000A,
};

/* Flags of a string. */
enum { STRING_WIDE = 1, STRING_EXTENDED = 4, STRING_RICH = 8 };

typedef struct {
  const guint8 *data;
  gsize size;
  XpsBook *book;
  XpsMemoryBudget *budget;
  const char *file;
  GArray *starts; /* guint32: where the sheets begin, as many as the book has */
  GError **error;
} Reader;

/* The content of a record and of those that continue it. */
typedef struct {
  const guint8 *data;
  gsize size;    /* of the stream */
  gsize at, end; /* of what is left of the record */
} Cursor;

static guint
get_short (const guint8 *data)
{
  return (guint)(data[0] | data[1] << 8);
}

static guint32
get_word (const guint8 *data)
{
  return (guint32)get_short (data) | (guint32)get_short (data + 2) << 16;
}

static gboolean
fail (const Reader *self, XpsFormatsError code, gsize at, const char *what, const char *remedy)
{
  g_autofree char *place = g_strdup_printf (_ ("stream Workbook byte %zu"), at);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file, place, what, remedy);
}

static gboolean
fail_memory (const Reader *self, gsize at)
{
  return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, at, N_ ("no memory for so many cells"),
               N_ ("split the workbook"));
}

/* ---- shared strings ---- */

/* Moves on to the record that continues this one where nothing of it is left. FALSE at the end of both. */
static gboolean
refill (Cursor *self)
{
  while (self->at == self->end) {
    if (self->size - self->end < 4 || get_short (self->data + self->end) != RECORD_CONTINUE)
      return FALSE;
    const gsize length = get_short (self->data + self->end + 2);
    self->at = self->end + 4;
    if (length > self->size - self->at)
      return FALSE;
    self->end = self->at + length;
  }
  return TRUE;
}

static gboolean
take (Cursor *self, guint8 *out, gsize n)
{
  for (gsize i = 0; i < n; i++) {
    if (!refill (self))
      return FALSE;
    out[i] = self->data[self->at++];
  }
  return TRUE;
}

static gboolean
skip (Cursor *self, gsize n)
{
  while (n > 0) {
    if (!refill (self))
      return FALSE;
    const gsize part = MIN (n, self->end - self->at);
    self->at += part;
    n -= part;
  }
  return TRUE;
}

/* Characters may change from one byte to two where a record continues: its first byte says so again. */
static gboolean
take_characters (Cursor *self, guint n, guint8 flags, GString *out)
{
  for (guint i = 0; i < n; i++) {
    if (self->at == self->end) {
      if (!refill (self))
        return FALSE;
      flags = self->data[self->at++];
    }
    guint8 unit[2] = {0};
    if (!take (self, unit, (flags & STRING_WIDE) != 0 ? 2 : 1))
      return FALSE;
    const guint c = get_short (unit);
    g_string_append_unichar (out, c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
  }
  return TRUE;
}

static gboolean
take_string (Cursor *self, GString *out)
{
  guint8 head[3], count[4] = {0};
  gsize rich = 0, extended = 0;

  g_string_truncate (out, 0);
  if (!take (self, head, sizeof head))
    return FALSE;
  if ((head[2] & STRING_RICH) != 0) {
    if (!take (self, count, 2))
      return FALSE;
    rich = 4 * (gsize)get_short (count);
  }
  if ((head[2] & STRING_EXTENDED) != 0) {
    if (!take (self, count, 4))
      return FALSE;
    extended = get_word (count);
  }
  return take_characters (self, get_short (head), head[2], out) && skip (self, rich + extended);
}

static gboolean
read_strings (Reader *self, gsize at, gsize length)
{
  Cursor cursor = {.data = self->data, .size = self->size, .at = at + 8, .end = at + length};
  g_autoptr (GString) text = g_string_new (NULL);

  if (length < 8)
    return TRUE;
  for (guint32 left = get_word (self->data + at + 4); left > 0 && take_string (&cursor, text); left--) {
    if (!xps_memory_take (self->budget, text->len + STRING_COST))
      return fail_memory (self, at);
    g_ptr_array_add (self->book->strings, g_strdup (text->str));
  }
  return TRUE;
}

/* ---- records of the whole workbook ---- */

static gboolean
add_sheet (Reader *self, gsize at, gsize length)
{
  const guint8 *record = self->data + at;

  /* worksheets only; the name is one byte a character, or two */
  if (length < 8 || record[5] != 0)
    return TRUE;
  const gsize n = record[6];
  const gboolean wide = (record[7] & STRING_WIDE) != 0;
  if ((wide ? 2 * n : n) > length - 8)
    return TRUE;
  g_autofree char *name =
      g_convert_with_fallback ((const char *)record + 8, (gssize)(wide ? 2 * n : n), "UTF-8",
                               wide ? "UTF-16LE" : "ISO-8859-1", "?", NULL, NULL, NULL);
  const guint32 start = get_word (record);
  if (!xps_memory_take (self->budget, 512 + 4 * n))
    return fail_memory (self, at);
  xps_book_add_sheet (self->book, name != NULL ? name : "");
  g_array_append_val (self->starts, start);
  return TRUE;
}

/* Type and length of the record at `at`, which moves to its content. FALSE at the end of the stream. */
static gboolean
next_record (const Reader *self, gsize *at, guint *type, gsize *length)
{
  if (*at > self->size || self->size - *at < 4)
    return FALSE;
  *type = get_short (self->data + *at);
  *length = get_short (self->data + *at + 2);
  *at += 4;
  return *length <= self->size - *at;
}

static gboolean
read_globals (Reader *self)
{
  gsize at = 0, length = 0;
  guint type = 0;

  if (!next_record (self, &at, &type, &length) || type != RECORD_BOF || length < 4 ||
      get_short (self->data + at) != BIFF8)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, 0, N_ ("a workbook of Excel 97 or later expected"),
                 N_ ("save it as .xlsx"));
  for (at += length; next_record (self, &at, &type, &length) && type != RECORD_EOF; at += length) {
    if (type == RECORD_FILEPASS)
      return fail (self, XPS_FORMATS_ERROR_MALFORMED, at, N_ ("the workbook is locked with a password"),
                   N_ ("save it without"));
    if ((type == RECORD_BOUNDSHEET && !add_sheet (self, at, length)) ||
        (type == RECORD_SST && !read_strings (self, at, length)))
      return FALSE;
  }
  return TRUE;
}

/* ---- cells ---- */

static double
get_double (const guint8 *data)
{
  const guint64 bits = (guint64)get_word (data) | (guint64)get_word (data + 4) << 32;
  double value = 0;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* A whole number or the upper half of a double, either perhaps a hundred times too large: [MS-XLS] 2.5.217.
 */
static double
decode_rk (guint32 rk)
{
  const guint64 bits = (guint64)(rk & ~3u) << 32;
  double value = 0;

  if ((rk & 2) != 0)
    value = (double)((gint32)rk >> 2);
  else
    memcpy (&value, &bits, sizeof value);
  return (rk & 1) != 0 ? value / 100 : value;
}

static gboolean
add_number (Reader *self, XpsSheet *sheet, guint row, guint column, double value)
{
  const XpsCell cell = {.row = row, .column = column, .number = value};
  return !isfinite (value) || xps_sheet_add (sheet, &cell, self->budget);
}

static gboolean
add_text (Reader *self, XpsSheet *sheet, guint row, guint column, guint32 index)
{
  if (index >= self->book->strings->len)
    return TRUE;
  const XpsCell cell = {.row = row, .column = column, .text = g_ptr_array_index (self->book->strings, index)};
  return xps_sheet_add (sheet, &cell, self->budget);
}

/* Several numbers in a row: row, first column, (format, number) each, last column. */
static gboolean
add_numbers (Reader *self, XpsSheet *sheet, const guint8 *record, gsize length)
{
  const guint row = get_short (record), first = get_short (record + 2);

  for (gsize i = 0; 4 + 6 * (i + 1) + 2 <= length; i++)
    if (!add_number (self, sheet, row, first + (guint)i, decode_rk (get_word (record + 6 + 6 * i))))
      return FALSE;
  return TRUE;
}

static gboolean
add_cell (Reader *self, XpsSheet *sheet, guint type, const guint8 *record, gsize length)
{
  if (length < 10)
    return TRUE;
  const guint row = get_short (record), column = get_short (record + 2);
  switch (type) {
  case RECORD_NUMBER:
    return length < 14 || add_number (self, sheet, row, column, get_double (record + 6));
  case RECORD_FORMULA: /* results that are no numbers are marked by 0xFFFF at their end */
    return length < 14 || get_short (record + 12) == 0xFFFF ||
           add_number (self, sheet, row, column, get_double (record + 6));
  case RECORD_RK:
    return add_number (self, sheet, row, column, decode_rk (get_word (record + 6)));
  case RECORD_MULRK:
    return add_numbers (self, sheet, record, length);
  case RECORD_LABELSST:
    return add_text (self, sheet, row, column, get_word (record + 6));
  default:
    return TRUE;
  }
}

/* From a sheet's BOF to its EOF; charts inside have their own. */
static gboolean
read_sheet (Reader *self, XpsSheet *sheet, gsize at)
{
  gsize length = 0;
  guint type = 0, depth = 0;

  if (!next_record (self, &at, &type, &length) || type != RECORD_BOF)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, at, N_ ("the beginning of a sheet expected"),
                 N_ ("save it as .xlsx"));
  for (at += length; next_record (self, &at, &type, &length); at += length) {
    depth += type == RECORD_BOF;
    if (type == RECORD_EOF && depth-- == 0)
      break;
    if (depth == 0 && !add_cell (self, sheet, type, self->data + at, length))
      return fail_memory (self, at);
  }
  xps_sheet_finish (sheet);
  return TRUE;
}

static gboolean
read_sheets (Reader *self)
{
  if (!read_globals (self))
    return FALSE;
  for (guint i = 0; i < self->book->sheets->len; i++)
    if (!read_sheet (self, g_ptr_array_index (self->book->sheets, i),
                     g_array_index (self->starts, guint32, i)))
      return FALSE;
  return TRUE;
}

/* ---- row ---- */

/* The stream stands in front in files of Excel itself, and its name somewhere in the directory. */
static int
score_xls (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  static const guint8 name[] = {'W', 0, 'o', 0, 'r', 0, 'k', 0, 'b', 0, 'o', 0, 'o', 0, 'k', 0};

  if (!xps_compound_is (head, head_length))
    return 0;
  if (memmem (head, head_length, name, sizeof name) != NULL ||
      memmem (tail, tail_length, name, sizeof name) != NULL)
    return 90;
  const gboolean begins = head_length > 520 && get_short (head + 512) == RECORD_BOF && head[515] == 0 &&
                          get_short (head + 516) == BIFF8;
  return begins ? 90 : 0;
}

gboolean
xps_xls_read_book (XpsXlsxReader *self, GBytes *bytes, XpsBook *book)
{
  g_autoptr (XpsCompound) ole = xps_compound_open (bytes, self->file->path, &self->budget, self->error);
  Reader reader = {.book = book, .budget = &self->budget, .file = self->file->path, .error = self->error};

  if (ole == NULL)
    return FALSE;
  g_autofree guint8 *data = xps_compound_read (ole, "Workbook", FALSE, &self->budget, &reader.size);
  if (data == NULL)
    return xps_error_set (self->error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN, self->file->path, NULL,
                          N_ ("a compound file (OLE2) without a workbook of Excel 97 or later"),
                          N_ ("save it as .xlsx"));
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  reader.data = data;
  reader.starts = starts;
  return read_sheets (&reader);
}

static gboolean
read_xls (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  XpsXlsxReader self = {.file = file, .options = options, .error = error};
  g_autoptr (XpsBook) book = xps_book_new ();

  xps_read_options_init_budget (options, g_bytes_get_size (bytes), &self.budget);
  return xps_xls_read_book (&self, bytes, book) && xps_xlsx_read_book_sheets (&self, book);
}

static const char *const suffixes[] = {"xls", NULL};

const XpsFormat xps_format_xls = {
    .id = "xls",
    .title = "Excel workbook (.xls)",
    .suffixes = suffixes,
    .score = score_xls,
    .read = read_xls,
};
