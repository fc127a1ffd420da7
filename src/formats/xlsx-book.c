/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/sheet.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/number.h"
#include "base/text.h"
#include "formats/xml.h"
#include "formats/zip.h"

/* Office Open XML, ECMA-376 part 1, 18.3 (sheets) and 18.4.8 (shared strings): elements by their local name,
 * so that the strict and the transitional namespace are the same. No entities, no network, no DOCTYPE. */

/* Limits of the format's own program. */
#define MOST_ROWS    1048576
#define MOST_COLUMNS 16384
#define STRING_COST  48

typedef struct _Reader Reader;

/* What a part does with an element's start, its text and its end. FALSE: no memory. */
typedef struct {
  void (*start) (Reader *self, xmlTextReaderPtr xml, const char *name);
  void (*text) (Reader *self, const char *text);
  gboolean (*end) (Reader *self, const char *name);
} Handlers;

struct _Reader {
  XpsZip *zip;
  XpsBook *book;
  XpsMemoryBudget *budget;
  const char *file;
  GHashTable *targets; /* relation id to path */
  GPtrArray *paths;    /* char *: of the sheets, as many as the book has */
  guint n_shared;      /* the first strings of the book are the shared ones */
  XpsSheet *sheet;     /* that is being read */
  GString *collected;  /* text of the cell or string */
  gboolean collecting;
  guint phonetic; /* depth inside readings of Japanese texts */
  guint32 row, column;
  char type[12];
  GError **error;
};

static gboolean
fail (const Reader *self, XpsFormatsError code, const char *place, const char *what, const char *remedy)
{
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->file, place, what, remedy);
}

static gboolean
fail_memory (const Reader *self, const char *place)
{
  return fail (self, XPS_FORMATS_ERROR_TOO_LARGE, place,
               N_ ("the workbook would need more than 100 times the file's size of memory"), N_ ("split it"));
}

/* ---- walking through a part ---- */

static gboolean
handle_node (Reader *self, xmlTextReaderPtr xml, const Handlers *handlers)
{
  const int type = xmlTextReaderNodeType (xml);
  const char *name = (const char *)xmlTextReaderConstLocalName (xml);

  if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
      type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE) {
    const char *value = (const char *)xmlTextReaderConstValue (xml);
    if (handlers->text != NULL && value != NULL)
      handlers->text (self, value);
    return TRUE;
  }
  if (type == XML_READER_TYPE_ELEMENT) {
    const gboolean empty = xmlTextReaderIsEmptyElement (xml) == 1;
    handlers->start (self, xml, name);
    return !empty || handlers->end == NULL || handlers->end (self, name);
  }
  if (type == XML_READER_TYPE_END_ELEMENT && handlers->end != NULL)
    return handlers->end (self, name);
  return TRUE;
}

static gboolean
walk (Reader *self, xmlTextReaderPtr xml, const char *path, const Handlers *handlers)
{
  int state = xmlTextReaderRead (xml);

  for (; state == 1; state = xmlTextReaderRead (xml)) {
    if (xmlTextReaderNodeType (xml) == XML_READER_TYPE_DOCUMENT_TYPE)
      return fail (self, XPS_FORMATS_ERROR_MALFORMED, path, N_ ("a document type has no place in a workbook"),
                   N_ ("save it again in the program that made it"));
    if (!handle_node (self, xml, handlers))
      return fail_memory (self, path);
  }
  if (state == 0)
    return TRUE;
  g_autofree char *place = xps_text_printf (_ ("%s line %d"), path, xmlTextReaderGetParserLineNumber (xml));
  g_autofree char *problem = xps_xml_dup_problem ();
  g_autofree char *what = xps_text_printf (_ ("the XML is broken: %s"), problem);
  return fail (self, XPS_FORMATS_ERROR_MALFORMED, place, what,
               N_ ("save the workbook again in the program that made it"));
}

/* TRUE, too, where the part is missing and need not be there. */
static gboolean
read_part (Reader *self, const char *path, gboolean needed, const Handlers *handlers)
{
  const XpsZipMember *member = xps_zip_find (self->zip, path);
  gsize size = 0;

  if (member == NULL)
    return !needed || fail (self, XPS_FORMATS_ERROR_MALFORMED, path,
                            N_ ("the part is missing in the archive"), N_ ("save the workbook again"));
  g_autoptr (GBytes) bytes = xps_zip_read (self->zip, member, self->budget, self->error);
  if (bytes == NULL)
    return FALSE;
  const char *data = g_bytes_get_data (bytes, &size);
  if (size == 0)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, path, N_ ("the part is empty"), NULL);
  xmlTextReaderPtr xml = xps_xml_open (data, size, NULL);
  if (xml == NULL)
    return fail_memory (self, path);
  const gboolean done = walk (self, xml, path, handlers);
  xmlFreeTextReader (xml);
  return done;
}

/* By local name; NULL where it is not there. New string. */
static char *
dup_attribute (xmlTextReaderPtr xml, const char *name)
{
  char *found = NULL;

  for (int state = xmlTextReaderMoveToFirstAttribute (xml); state == 1 && found == NULL;
       state = xmlTextReaderMoveToNextAttribute (xml))
    if (strcmp ((const char *)xmlTextReaderConstLocalName (xml), name) == 0)
      found = g_strdup ((const char *)xmlTextReaderConstValue (xml));
  xmlTextReaderMoveToElement (xml);
  return found;
}

/* ---- workbook: names of the sheets and where they are ---- */

static void
start_relation (Reader *self, xmlTextReaderPtr xml, const char *name)
{
  if (strcmp (name, "Relationship") != 0)
    return;
  g_autofree char *id = dup_attribute (xml, "Id"), *target = dup_attribute (xml, "Target");
  if (id == NULL || target == NULL || !xps_memory_take (self->budget, strlen (id) + strlen (target) + 128))
    return;
  char *path = target[0] == '/' ? g_strdup (target + 1) : g_strconcat ("xl/", target, NULL);
  g_hash_table_replace (self->targets, g_steal_pointer (&id), path);
}

static void
start_sheet_name (Reader *self, xmlTextReaderPtr xml, const char *name)
{
  if (strcmp (name, "sheet") != 0)
    return;
  g_autofree char *title = dup_attribute (xml, "name"), *id = dup_attribute (xml, "id");
  const char *path = id != NULL ? g_hash_table_lookup (self->targets, id) : NULL;
  if (path == NULL || strstr (path, "worksheets/") == NULL || xps_zip_find (self->zip, path) == NULL ||
      !xps_memory_take (self->budget, 512 + (title != NULL ? strlen (title) : 0)))
    return; /* a chart */
  xps_book_add_sheet (self->book, title != NULL ? title : "");
  g_ptr_array_add (self->paths, g_strdup (path));
}

/* ---- texts ---- */

static void
collect (Reader *self, const char *text)
{
  if (self->collecting && self->phonetic == 0)
    g_string_append (self->collected, text);
}

static gboolean
keep_string (Reader *self)
{
  if (!xps_memory_take (self->budget, self->collected->len + STRING_COST))
    return FALSE;
  g_ptr_array_add (self->book->strings, g_strdup (self->collected->str));
  return TRUE;
}

static void
start_string (Reader *self, xmlTextReaderPtr xml, const char *name)
{
  if (strcmp (name, "si") == 0)
    g_string_truncate (self->collected, 0);
  self->phonetic += strcmp (name, "rPh") == 0;
  self->collecting = strcmp (name, "t") == 0;
}

static gboolean
end_string (Reader *self, const char *name)
{
  self->collecting = FALSE;
  self->phonetic -= strcmp (name, "rPh") == 0 && self->phonetic > 0;
  return strcmp (name, "si") != 0 || keep_string (self);
}

/* ---- cells ---- */

/* "AB12" to column 27 and row 11. */
static gboolean
parse_place (const char *text, guint32 *row, guint32 *column)
{
  guint32 c = 0, r = 0;

  for (; g_ascii_isalpha (*text) && c <= MOST_COLUMNS; text++)
    c = c * 26 + (guint32)(g_ascii_toupper (*text) - 'A') + 1;
  for (; g_ascii_isdigit (*text) && r <= MOST_ROWS; text++)
    r = r * 10 + (guint32)(*text - '0');
  if (*text != '\0' || c == 0 || c > MOST_COLUMNS || r == 0 || r > MOST_ROWS)
    return FALSE;
  *row = r - 1;
  *column = c - 1;
  return TRUE;
}

/* Rows and cells that do not say where they are follow those before them. */
static void
start_cell (Reader *self, xmlTextReaderPtr xml, const char *name)
{
  if (strcmp (name, "row") == 0) {
    g_autofree char *place = dup_attribute (xml, "r");
    double row = 0;
    self->column = G_MAXUINT32;
    self->row = place != NULL && xps_number_parse (place, &row) && row >= 1 && row <= MOST_ROWS
                    ? (guint32)row - 1
                    : self->row + 1;
    return;
  }
  if (strcmp (name, "c") == 0) {
    g_autofree char *place = dup_attribute (xml, "r"), *type = dup_attribute (xml, "t");
    self->column++;
    if (place != NULL)
      parse_place (place, &self->row, &self->column);
    g_strlcpy (self->type, type != NULL ? type : "n", sizeof self->type);
    g_string_truncate (self->collected, 0);
    return;
  }
  self->phonetic += strcmp (name, "rPh") == 0;
  self->collecting = strcmp (name, "v") == 0 || strcmp (name, "t") == 0;
}

static gboolean
add_cell (Reader *self)
{
  XpsCell cell = {.row = self->row, .column = self->column};

  if (self->collected->len == 0 || strcmp (self->type, "e") == 0 || self->row >= MOST_ROWS ||
      self->column >= MOST_COLUMNS)
    return TRUE;
  if (strcmp (self->type, "n") == 0 || strcmp (self->type, "b") == 0) {
    if (xps_number_parse (self->collected->str, &cell.number) && isfinite (cell.number))
      return xps_sheet_add (self->sheet, &cell, self->budget);
    return TRUE;
  }
  if (strcmp (self->type, "s") == 0) {
    double index = 0;
    if (!xps_number_parse (self->collected->str, &index) || !(index >= 0 && index < self->n_shared))
      return TRUE;
    cell.text = g_ptr_array_index (self->book->strings, (guint)index);
    return xps_sheet_add (self->sheet, &cell, self->budget);
  }
  if (!keep_string (self))
    return FALSE;
  cell.text = g_ptr_array_index (self->book->strings, self->book->strings->len - 1);
  return xps_sheet_add (self->sheet, &cell, self->budget);
}

static gboolean
end_cell (Reader *self, const char *name)
{
  self->collecting = FALSE;
  self->phonetic -= strcmp (name, "rPh") == 0 && self->phonetic > 0;
  return strcmp (name, "c") != 0 || add_cell (self);
}

static gboolean
read_sheets (Reader *self)
{
  static const Handlers cells = {start_cell, collect, end_cell};

  for (guint i = 0; i < self->book->sheets->len; i++) {
    self->sheet = g_ptr_array_index (self->book->sheets, i);
    self->row = G_MAXUINT32;
    self->column = G_MAXUINT32;
    self->phonetic = 0;
    self->collecting = FALSE;
    g_string_truncate (self->collected, 0);
    if (!read_part (self, g_ptr_array_index (self->paths, i), TRUE, &cells))
      return FALSE;
    xps_sheet_finish (self->sheet);
  }
  return TRUE;
}

static gboolean
read_book (Reader *self)
{
  static const Handlers relations = {start_relation, NULL, NULL}, names = {start_sheet_name, NULL, NULL};
  static const Handlers strings = {start_string, collect, end_string};

  if (!read_part (self, "xl/_rels/workbook.xml.rels", TRUE, &relations) ||
      !read_part (self, "xl/workbook.xml", TRUE, &names) ||
      !read_part (self, "xl/sharedStrings.xml", FALSE, &strings))
    return FALSE;
  self->n_shared = self->book->strings->len;
  return read_sheets (self);
}

XpsBook *
xps_xlsx_read_book (GBytes *bytes, const char *file, const XpsReadOptions *options, XpsMemoryBudget *budget,
                    GError **error)
{
  g_autoptr (XpsZip) zip = xps_zip_open (bytes, file, options, budget, error);

  if (zip == NULL)
    return NULL;
  g_autoptr (XpsBook) book = xps_book_new ();
  Reader self = {.zip = zip, .book = book, .budget = budget, .file = file, .error = error};
  self.targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.paths = g_ptr_array_new_with_free_func (g_free);
  self.collected = g_string_new (NULL);
  const gboolean done = read_book (&self);
  g_hash_table_unref (self.targets);
  g_ptr_array_unref (self.paths);
  g_string_free (self.collected, TRUE);
  return done ? g_steal_pointer (&book) : NULL;
}
