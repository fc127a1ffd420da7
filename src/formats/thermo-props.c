/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/thermo-props.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

#define SET_HEADER     28 /* before the list of sections */
#define SECTION_HEADER 20 /* of which the last four bytes are its offset */
#define CODEPAGE_UTF16 1200
#define CODEPAGE_UTF8  65001
/* Names and texts of instruments are shorter. */
#define MOST_TEXT 65536

enum { ID_DICTIONARY = 0, ID_CODEPAGE = 1 };

/* [MS-OLEPS] 2.15 */
enum {
  TYPE_I2 = 2,
  TYPE_I4 = 3,
  TYPE_R4 = 4,
  TYPE_R8 = 5,
  TYPE_BSTR = 8,
  TYPE_BOOL = 11,
  TYPE_UI4 = 19,
  TYPE_LPSTR = 30,
  TYPE_LPWSTR = 31,
  TYPE_FILETIME = 64,
};

/* A section: positions count from its start. */
typedef struct {
  const guint8 *data;
  gsize size;
  guint codepage;
} Section;

static guint64
get (const Section *self, gsize at, guint width)
{
  guint64 value = 0;

  if (at > self->size || width > self->size - at)
    return 0;
  for (guint i = 0; i < width; i++)
    value |= (guint64)self->data[at + i] << (8 * i);
  return value;
}

/* `length` bytes (or, of UTF-16, twice that many) without what follows a NUL. NULL where they are not there.
 */
static char *
dup_text (const Section *self, gsize at, gsize length, gboolean wide)
{
  const gsize bytes = wide ? 2 * length : length;

  if (length > MOST_TEXT || at > self->size || bytes > self->size - at)
    return NULL;
  const char *start = (const char *)self->data + at;
  const char *codeset = wide ? "UTF-16LE" : self->codepage == CODEPAGE_UTF8 ? "UTF-8" : "WINDOWS-1252";
  g_autofree char *text =
      g_convert_with_fallback (start, (gssize)bytes, "UTF-8", codeset, "?", NULL, NULL, NULL);
  return text != NULL ? g_strdup (g_strstrip (text)) : NULL;
}

static void
property_free (gpointer data)
{
  XpsThermoProperty *property = data;

  g_free (property->name);
  g_free (property->text);
  g_free (property);
}

/* 1486.6800537109375 was 1486.68 before it became a float: the fewest digits that give the same float. */
static double
widen (float single)
{
  char text[XPS_NUMBER_LENGTH];

  for (int digits = 6; digits <= 9 && isfinite (single); digits++) {
    double value = 0;
    g_autofree char *format = g_strdup_printf ("%%.%dg", digits);
    g_ascii_formatd (text, sizeof text, format, (double)single);
    if (xps_number_parse (text, &value) && (float)value == single)
      return value;
  }
  return (double)single;
}

static double
get_single (const Section *self, gsize at)
{
  const guint32 bits = (guint32)get (self, at, 4);
  float single = 0;

  memcpy (&single, &bits, sizeof single);
  return widen (single);
}

static double
get_double (const Section *self, gsize at)
{
  const guint64 bits = get (self, at, 8);
  double value = 0;

  memcpy (&value, &bits, sizeof value);
  return value;
}

static void
set_number (XpsThermoProperty *property, double value)
{
  char text[XPS_NUMBER_LENGTH];

  property->is_number = TRUE;
  property->number = value;
  property->text = g_strdup (xps_number_format (value, text));
}

static void
set_time (XpsThermoProperty *property, guint64 ticks)
{
  const gint64 seconds = (gint64)(ticks / 10000000) - G_GINT64_CONSTANT (11644473600);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);

  property->text = time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%S") : NULL;
}

static void
read_value (const Section *self, gsize at, XpsThermoProperty *property)
{
  const guint32 type = (guint32)get (self, at, 4), length = (guint32)get (self, at + 4, 4);
  const gboolean wide = self->codepage == CODEPAGE_UTF16;

  switch (type & 0xFFFF) {
  case TYPE_I2:
  case TYPE_BOOL:
    set_number (property, (gint16)get (self, at + 4, 2));
    break;
  case TYPE_I4:
    set_number (property, (gint32)length);
    break;
  case TYPE_UI4:
    set_number (property, length);
    break;
  case TYPE_R4:
    set_number (property, get_single (self, at + 4));
    break;
  case TYPE_R8:
    set_number (property, get_double (self, at + 4));
    break;
  case TYPE_BSTR: /* their length is in bytes, whatever the code page */
  case TYPE_LPSTR:
    property->text = dup_text (self, at + 8, wide ? length / 2 : length, wide);
    break;
  case TYPE_LPWSTR:
    property->text = dup_text (self, at + 8, length, TRUE);
    break;
  case TYPE_FILETIME:
    set_time (property, get (self, at + 4, 8));
    break;
  default:
    break;
  }
}

/* Names by id. Lengths are in characters, in UTF-16 padded to four bytes: [MS-OLEPS] 2.16, 2.17. */
static GHashTable *
read_dictionary (const Section *self, gsize at)
{
  GHashTable *names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  const guint32 n = (guint32)get (self, at, 4);
  const gboolean wide = self->codepage == CODEPAGE_UTF16;

  at += 4;
  for (guint32 i = 0; i < n && at + 8 <= self->size; i++) {
    const guint32 id = (guint32)get (self, at, 4), length = (guint32)get (self, at + 4, 4);
    char *name = dup_text (self, at + 8, length, wide);
    if (name == NULL)
      break;
    g_hash_table_insert (names, GUINT_TO_POINTER (id), name);
    const gsize bytes = wide ? ((gsize)2 * length + 3) / 4 * 4 : length;
    at += 8 + bytes;
  }
  return names;
}

static guint
find_codepage (const Section *self, guint32 n)
{
  for (guint32 i = 0; i < n; i++) {
    const gsize at = 8 + (gsize)8 * i;
    if (get (self, at, 4) == ID_CODEPAGE)
      return (guint)get (self, (gsize)get (self, at + 4, 4) + 4, 2);
  }
  return 0;
}

static GHashTable *
find_dictionary (const Section *self, guint32 n)
{
  for (guint32 i = 0; i < n; i++)
    if (get (self, 8 + (gsize)8 * i, 4) == ID_DICTIONARY)
      return read_dictionary (self, (gsize)get (self, 12 + (gsize)8 * i, 4));
  return g_hash_table_new (NULL, NULL);
}

GPtrArray *
xps_thermo_read_properties (const guint8 *data, gsize size)
{
  GPtrArray *properties = g_ptr_array_new_with_free_func (property_free);
  const Section set = {.data = data, .size = size};
  const gsize start = (gsize)get (&set, SET_HEADER + SECTION_HEADER - 4, 4);

  if (get (&set, 0, 2) != 0xFFFE || size < SET_HEADER + SECTION_HEADER || start >= size)
    return properties;
  Section section = {.data = data + start, .size = size - start};
  const guint32 n = (guint32)MIN (get (&section, 4, 4), section.size / 8);
  section.codepage = find_codepage (&section, n);
  g_autoptr (GHashTable) names = find_dictionary (&section, n);
  for (guint32 i = 0; i < n; i++) {
    const guint32 id = (guint32)get (&section, 8 + (gsize)8 * i, 4);
    if (id == ID_DICTIONARY || id == ID_CODEPAGE)
      continue;
    XpsThermoProperty *property = g_new0 (XpsThermoProperty, 1);
    property->id = id;
    property->name = g_strdup (g_hash_table_lookup (names, GUINT_TO_POINTER (id)));
    g_ptr_array_add (properties, property);
    read_value (&section, (gsize)get (&section, 12 + (gsize)8 * i, 4), property);
  }
  return properties;
}

const XpsThermoProperty *
xps_thermo_find_property (const GPtrArray *properties, guint32 id)
{
  for (guint i = 0; i < properties->len; i++) {
    const XpsThermoProperty *property = g_ptr_array_index (properties, i);
    if (property->id == id)
      return property;
  }
  return NULL;
}
