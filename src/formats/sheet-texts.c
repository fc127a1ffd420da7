/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "formats/xlsx-private.h"

/* Cells that hold text amid numbers: what a spreadsheet makes of "295,0" or "1,234.5" that were pasted under
 * another country's settings. A text that is a number in one way only tells how the sheet writes them; all
 * others are read that way, with a note. What stays open ("1,234" where nothing else tells), or is no number
 * at all, is named in a warning and left alone. Not seen in a real file. */

#define LEAST_ROWS 5  /* of numbers, or of texts that may be some, under one another */
#define MOST_TOLD  10 /* cells */
#define LONGEST    40 /* bytes of a number */
#define LONG_TEXT  20 /* bytes of a text that is quoted */

typedef enum { POINT, COMMA, N_MARKS, UNDECIDED } Mark;

typedef struct {
  XpsXlsxReader *reader;
  XpsSheet *sheet;
  GArray *order;        /* guint: cells by column, then by row */
  guint votes[N_MARKS]; /* texts that are a number with this decimal mark only */
  guint n_read, n_told;
  char *first; /* place and text of the first that was read */
} Texts;

/* ---- one text ---- */

/* Characters that part thousands, and a minus, as ASCII has them; FALSE where it is too long. */
static gboolean
normalise (const char *text, char *out)
{
  static const char *const rows[][2] = {
      {"\u00A0", " "}, {"\u202F", " "}, {"\u2009", " "}, {"\u2019", "'"}, {"\u2212", "-"}};
  gsize n = 0;

  while (*text != '\0' && n < LONGEST) {
    guint i = 0;
    while (i < G_N_ELEMENTS (rows) && !g_str_has_prefix (text, rows[i][0]))
      i++;
    const gboolean other = i == G_N_ELEMENTS (rows);
    out[n++] = other ? *text : rows[i][1][0];
    text += other ? 1 : strlen (rows[i][0]);
  }
  out[n] = '\0';
  g_strstrip (out);
  return *text == '\0';
}

/* Digits with their thousands parted by one kind of character, the decimal mark's not: all or none of them.
 */
static const char *
copy_whole (const char *at, char mark, GString *plain)
{
  const gsize head = strspn (at, "0123456789");
  const char parting = at[head];

  g_string_append_len (plain, at, (gssize)head);
  at += head;
  if (head == 0 || head > 3 || parting == '\0' || parting == mark || strchr (" ',.", parting) == NULL)
    return at;
  while (*at == parting && strspn (at + 1, "0123456789") == 3) {
    g_string_append_len (plain, at + 1, 3);
    at += 4;
  }
  return at;
}

/* Whether the whole text is one number with that decimal mark. */
static gboolean
parse_with (const char *text, char mark, double *value)
{
  g_autoptr (GString) plain = g_string_sized_new (LONGEST);
  const char *at = text;

  if (*at == '-' || *at == '+')
    g_string_append_c (plain, *at++);
  at = copy_whole (at, mark, plain);
  if (*at == mark) {
    g_string_append_c (plain, '.');
    at++;
  }
  g_string_append (plain, at);
  return strchr (at, '.') == NULL && xps_number_parse (plain->str, value) && isfinite (*value);
}

/* Bits: 1 << POINT, 1 << COMMA for the ways in which it is a number. */
static guint
read_text (const char *text, double values[N_MARKS])
{
  char plain[LONGEST + 1];
  guint ways = 0;

  if (!normalise (text, plain) || strpbrk (plain, "0123456789") == NULL)
    return 0;
  if (parse_with (plain, '.', &values[POINT]))
    ways |= 1u << POINT;
  if (parse_with (plain, ',', &values[COMMA]))
    ways |= 1u << COMMA;
  return ways;
}

/* ---- runs of cells under one another ---- */

static XpsCell *
get_cell (const Texts *self, guint i)
{
  return &g_array_index (self->sheet->cells, XpsCell, g_array_index (self->order, guint, i));
}

static gboolean
may_be_number (const XpsCell *cell)
{
  double values[N_MARKS];
  return cell->text == NULL ? isfinite (cell->number) : read_text (cell->text, values) != 0;
}

static gboolean
is_below (const XpsCell *upper, const XpsCell *lower)
{
  return upper->column == lower->column && upper->row + 1 == lower->row;
}

/* End of the run that begins at `i`; `i` itself where that cell is no number. */
static guint
find_end (const Texts *self, guint i)
{
  guint end = i;

  while (end < self->order->len && may_be_number (get_cell (self, end)) &&
         (end == i || is_below (get_cell (self, end - 1), get_cell (self, end))))
    end++;
  return end;
}

static void
count_votes (Texts *self, guint from, guint to)
{
  for (guint i = from; i < to; i++) {
    double values[N_MARKS];
    const XpsCell *cell = get_cell (self, i);
    const guint ways = cell->text != NULL ? read_text (cell->text, values) : 0;
    for (guint mark = 0; mark < N_MARKS; mark++)
      self->votes[mark] += ways == 1u << mark;
  }
}

static Mark
get_mark (const Texts *self)
{
  if ((self->votes[POINT] > 0) == (self->votes[COMMA] > 0))
    return UNDECIDED;
  return self->votes[POINT] > 0 ? POINT : COMMA;
}

static void
put_number (Texts *self, XpsCell *cell, double value)
{
  if (self->n_read++ == 0) {
    g_autofree char *place = xps_sheet_dup_place (self->sheet, cell->row, cell->column);
    g_autofree char *quoted = xps_text_dup_excerpt (cell->text, -1, LONG_TEXT);
    self->first = g_strdup_printf ("%s: \"%s\"", place, quoted);
  }
  cell->text = NULL;
  cell->number = value;
}

/* Why a text is left alone. */
typedef enum { OPEN, NO_NUMBER } Reason;

static void
tell (Texts *self, const XpsCell *cell, Reason reason)
{
  g_autofree char *place = xps_sheet_dup_place (self->sheet, cell->row, cell->column);
  g_autofree char *text = xps_text_dup_excerpt (cell->text, -1, LONG_TEXT);

  if (self->n_told++ >= MOST_TOLD)
    return;
  g_ptr_array_add (
      self->reader->file->warnings,
      reason == OPEN
          ? xps_text_printf (_ ("%s: the text \"%s\" is two numbers, by whether the comma parts decimals or "
                                "thousands: not read; make the column numbers"),
                             place, text)
          : xps_text_printf (
                _ ("%s: the text \"%s\" stands amid numbers and is none: the table ends there, or "
                   "its column is left out"),
                place, text));
}

/* Of texts that stay open the first is told. A point alone is what every other number here has. */
static void
read_run (Texts *self, guint from, guint to)
{
  const Mark mark = get_mark (self);
  gboolean told = FALSE;

  for (guint i = from; i < to; i++) {
    XpsCell *cell = get_cell (self, i);
    double values[N_MARKS] = {0}, plain = 0;
    const guint ways = cell->text != NULL ? read_text (cell->text, values) : 0;
    const gboolean same = ways == 3 && values[POINT] == values[COMMA];
    if (ways == 0 || (xps_number_parse (cell->text, &plain) && (mark != COMMA || same)))
      continue;
    if (ways == 1u << POINT || same || (ways == 3 && mark == POINT))
      put_number (self, cell, values[POINT]);
    else if (ways == 1u << COMMA || mark == COMMA)
      put_number (self, cell, values[COMMA]);
    else if (!told) {
      told = TRUE;
      tell (self, cell, OPEN);
    }
  }
}

/* ---- texts that are no numbers ---- */

static gboolean
is_number (const XpsCell *cell)
{
  double value = 0;
  return cell->text != NULL ? xps_number_parse (cell->text, &value) && isfinite (value)
                            : isfinite (cell->number);
}

/* Titles stand in rows of their own; a row of data has a number somewhere. */
static gboolean
has_number_in_row (const Texts *self, guint i)
{
  const GArray *cells = self->sheet->cells;
  const guint at = g_array_index (self->order, guint, i);
  const guint32 row = g_array_index (cells, XpsCell, at).row;

  for (guint k = at; k < cells->len && g_array_index (cells, XpsCell, k).row == row; k++)
    if (is_number (&g_array_index (cells, XpsCell, k)))
      return TRUE;
  for (guint k = at; k-- > 0 && g_array_index (cells, XpsCell, k).row == row;)
    if (is_number (&g_array_index (cells, XpsCell, k)))
      return TRUE;
  return FALSE;
}

/* Dashes and the like mark an empty cell. */
static gboolean
says_something (const char *text)
{
  return strpbrk (text, "0123456789") != NULL || g_regex_match_simple ("\\pL", text, 0, 0);
}

static void
tell_stray (Texts *self, guint i)
{
  const XpsCell *cell = get_cell (self, i);
  double values[N_MARKS];

  /* those that may be numbers were told with their run */
  if (says_something (cell->text) && read_text (cell->text, values) == 0 &&
      (self->n_told >= MOST_TOLD || has_number_in_row (self, i)))
    tell (self, cell, NO_NUMBER);
}

static guint
count_numbers (const Texts *self, guint from)
{
  guint i = from;

  while (i < self->order->len && is_number (get_cell (self, i)) &&
         (i == from || is_below (get_cell (self, i - 1), get_cell (self, i))))
    i++;
  return i - from;
}

/* Texts between two numbers, without a gap, in a column that holds more than a few. */
static void
find_strays (Texts *self)
{
  guint end = 0, n = 0; /* of the numbers before: behind the last of them, and how many */

  for (guint i = 0; i < self->order->len; i++) {
    if (i > 0 && !is_below (get_cell (self, i - 1), get_cell (self, i)))
      n = 0;
    const guint next = count_numbers (self, i);
    for (guint k = end; next > 0 && n > 0 && MAX (n, next) >= LEAST_ROWS && k < i; k++)
      tell_stray (self, k);
    if (next == 0)
      continue;
    n = next;
    i += next - 1;
    end = i + 1;
  }
}

/* ---- the sheet ---- */

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const GArray *cells = data;
  const XpsCell *one = &g_array_index (cells, XpsCell, *(const guint *)a);
  const XpsCell *other = &g_array_index (cells, XpsCell, *(const guint *)b);

  if (one->column != other->column)
    return one->column < other->column ? -1 : 1;
  return (one->row > other->row) - (one->row < other->row);
}

static gboolean
has_texts (const XpsSheet *sheet)
{
  for (guint i = 0; i < sheet->cells->len; i++)
    if (g_array_index (sheet->cells, XpsCell, i).text != NULL)
      return TRUE;
  return FALSE;
}

static void
note_read (const Texts *self)
{
  const Mark mark = get_mark (self);
  const guint n = self->n_read, n_more = self->n_told > MOST_TOLD ? self->n_told - MOST_TOLD : 0;
  char *text = NULL;

  if (mark == COMMA)
    text = xps_text_printf (ngettext ("%u text read as a number with a decimal comma (%s)",
                                      "%u texts read as numbers with a decimal comma (the first: %s)", n),
                            n, self->first);
  else if (mark == POINT)
    text = xps_text_printf (ngettext ("%u text read as a number with a decimal point (%s)",
                                      "%u texts read as numbers with a decimal point (the first: %s)", n),
                            n, self->first);
  else
    text = xps_text_printf (
        ngettext ("%u text read as a number (%s)", "%u texts read as numbers (the first: %s)", n), n,
        self->first);
  if (n > 0)
    g_ptr_array_add (self->reader->file->notes, g_steal_pointer (&text));
  g_free (text);
  if (n_more > 0)
    g_ptr_array_add (self->reader->file->warnings,
                     xps_text_printf (ngettext ("%u further text amid numbers is not listed",
                                                "%u further texts amid numbers are not listed", n_more),
                                      n_more));
}

static void
read_runs (Texts *self, void (*take) (Texts *self, guint from, guint to))
{
  for (guint i = 0; i < self->order->len;) {
    const guint end = find_end (self, i);
    if (end - i >= LEAST_ROWS)
      take (self, i, end);
    i = MAX (end, i + 1);
  }
}

gboolean
xps_xlsx_read_texts (XpsXlsxReader *reader, XpsSheet *sheet)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  Texts self = {.reader = reader, .sheet = sheet, .order = order};

  if (!has_texts (sheet))
    return TRUE;
  /* the array doubles */
  if (!xps_memory_take (&reader->budget, 2 * sheet->cells->len * sizeof (guint)))
    return xps_xlsx_fail (reader, XPS_FORMATS_ERROR_TOO_LARGE, sheet, 0, 0,
                          N_ ("no memory for so many cells"), N_ ("split the workbook"));
  for (guint i = 0; i < sheet->cells->len; i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_places, sheet->cells);
  read_runs (&self, count_votes);
  read_runs (&self, read_run);
  find_strays (&self);
  note_read (&self);
  g_free (self.first);
  return TRUE;
}
