/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/compound.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"

#define HEADER        512
#define MINI_SHIFT    6
#define ENTRY         128
#define IN_HEADER     109         /* sectors of the chain table that the header lists */
#define LAST_SECTOR   0xFFFFFFFAu /* larger numbers are marks, not sectors */
#define STREAM_COST   96
#define TYPE_STREAM   2
#define TYPE_ROOT     5
#define LARGEST_SHIFT 12

static const guint8 magic[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};

typedef struct {
  XpsCompound *self;
  const guint8 *data;
  gsize size;
  XpsMemoryBudget *budget;
  guint32 root_start; /* of the small streams */
  gsize root_size;
  GError **error;
} Reader;

gboolean
xps_compound_is (const guint8 *head, gsize length)
{
  return length >= sizeof magic && memcmp (head, magic, sizeof magic) == 0;
}

static guint32
get_word (const guint8 *data, gsize at)
{
  guint32 word = 0;

  memcpy (&word, data + at, sizeof word);
  return GUINT32_FROM_LE (word);
}

static gboolean
fail (const Reader *reader, gsize at, const char *what)
{
  g_autofree char *place = g_strdup_printf (_ ("byte %zu"), at);
  return xps_error_set (reader->error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_MALFORMED, reader->self->file,
                        place, what, N_ ("the compound file (OLE2) is damaged: copy it again"));
}

static void
stream_free (gpointer data)
{
  XpsCompoundStream *stream = data;

  g_free (stream->name);
  g_free (stream);
}

void
xps_compound_free (XpsCompound *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_ptr_array_unref (self->streams);
  g_free (self->file);
  g_free (self->chain);
  g_free (self->mini_chain);
  g_free (self->mini);
  g_free (self);
}

/* Offset of a sector, or the file's size where it lies outside. */
static gsize
find_sector (const XpsCompound *self, gsize file_size, guint32 sector)
{
  const guint64 at = ((guint64)sector + 1) << self->shift;
  return sector <= LAST_SECTOR && at < file_size ? (gsize)at : file_size;
}

/* Up to `length` bytes of a chain; *length becomes what is there. The last sector may be cut off. */
static guint8 *
read_chain (const XpsCompound *self, const guint8 *data, gsize file_size, guint32 sector, gsize *length,
            XpsMemoryBudget *budget)
{
  const gsize width = (gsize)1 << self->shift, most = MIN (*length, file_size);
  guint8 *content = most > 0 ? xps_memory_try_array (budget, most, 1) : NULL;
  gsize done = 0;

  while (content != NULL && done < most) {
    const gsize at = find_sector (self, file_size, sector);
    const gsize n = MIN (MIN (width, file_size - at), most - done);
    if (n == 0)
      break;
    memcpy (content + done, data + at, n);
    done += n;
    sector = sector < self->n_chain ? self->chain[sector] : G_MAXUINT32;
  }
  *length = done;
  if (done == 0)
    g_clear_pointer (&content, g_free);
  return content;
}

/* Appends the words of one sector of the chain table. */
static gboolean
add_chain_sector (Reader *reader, guint32 sector)
{
  XpsCompound *self = reader->self;
  const gsize width = (gsize)1 << self->shift, at = find_sector (self, reader->size, sector);

  if (at + width > reader->size)
    return FALSE;
  for (gsize i = 0; i < width; i += 4)
    self->chain[self->n_chain++] = get_word (reader->data, at + i);
  return TRUE;
}

/* The table's sectors are listed in the header, then in a chain of sectors whose last word is the next. */
static gboolean
read_chain_table (Reader *reader)
{
  XpsCompound *self = reader->self;
  const gsize width = (gsize)1 << self->shift, n_words = width / 4;
  const guint32 n = get_word (reader->data, 44);
  guint32 left = n, more = get_word (reader->data, 68);

  if (n == 0 || n > reader->size / width)
    return fail (reader, 44, N_ ("more sectors of chains declared than the file has"));
  self->chain = xps_memory_try_array (reader->budget, (gsize)n * n_words, sizeof *self->chain);
  if (self->chain == NULL)
    return fail (reader, 44, N_ ("no memory for so many sectors"));
  for (guint i = 0; i < IN_HEADER && left > 0; i++, left--)
    if (!add_chain_sector (reader, get_word (reader->data, 76 + 4 * (gsize)i)))
      return fail (reader, 76 + 4 * (gsize)i, N_ ("a sector of the chains lies outside the file"));
  while (left > 0) {
    const gsize at = find_sector (self, reader->size, more);
    if (at + width > reader->size)
      return fail (reader, 68, N_ ("the list of the chains' sectors is cut off"));
    for (gsize i = 0; i + 1 < n_words && left > 0; i++, left--)
      if (!add_chain_sector (reader, get_word (reader->data, at + 4 * i)))
        return fail (reader, at + 4 * i, N_ ("a sector of the chains lies outside the file"));
    more = get_word (reader->data, at + width - 4);
  }
  return TRUE;
}

/* ---- directory ---- */

static char *
dup_name (const guint8 *entry)
{
  gunichar2 name[32] = {0};
  const gsize n = MIN ((gsize)(entry[64] | entry[65] << 8), sizeof name) / 2;

  for (gsize i = 0; i < n; i++)
    name[i] = (gunichar2)(entry[2 * i] | entry[2 * i + 1] << 8);
  return g_utf16_to_utf8 (name, (glong)n, NULL, NULL, NULL);
}

static gboolean
add_entry (Reader *reader, const guint8 *entry)
{
  const guint32 start = get_word (entry, 116);
  guint64 size = get_word (entry, 120);

  /* the upper half of the size can be garbage where sectors have 512 bytes */
  if (reader->self->shift > 9)
    size |= (guint64)get_word (entry, 124) << 32;
  if (entry[66] == TYPE_ROOT) {
    reader->root_start = start;
    reader->root_size = (gsize)MIN (size, reader->size);
  }
  if (entry[66] != TYPE_STREAM || size == 0 || size > reader->size)
    return TRUE;
  char *name = dup_name (entry);
  if (name == NULL)
    return TRUE; /* no UTF-16: nothing that is looked for */
  XpsCompoundStream *stream = g_new0 (XpsCompoundStream, 1);
  *stream = (XpsCompoundStream){.name = name, .start = start, .size = (gsize)size};
  g_ptr_array_add (reader->self->streams, stream);
  return xps_memory_take (reader->budget, sizeof *stream + STREAM_COST);
}

static gboolean
read_directory (Reader *reader)
{
  gsize length = reader->size;
  g_autofree guint8 *directory = read_chain (reader->self, reader->data, reader->size,
                                             get_word (reader->data, 48), &length, reader->budget);

  if (directory == NULL)
    return fail (reader, 48, N_ ("no directory of streams"));
  for (gsize at = 0; at + ENTRY <= length; at += ENTRY)
    if (!add_entry (reader, directory + at))
      return fail (reader, 48, N_ ("no memory for so many streams"));
  return TRUE;
}

/* Small streams share one stream, cut into small sectors with chains of their own. */
static void
read_small (Reader *reader)
{
  XpsCompound *self = reader->self;
  gsize length = MIN ((guint64)get_word (reader->data, 64) << self->shift, reader->size);
  guint8 *table =
      read_chain (self, reader->data, reader->size, get_word (reader->data, 60), &length, reader->budget);

  if (table == NULL)
    return;
  self->mini_chain = (guint32 *)(void *)table;
  self->n_mini_chain = length / 4;
  for (gsize i = 0; i < self->n_mini_chain; i++)
    self->mini_chain[i] = GUINT32_FROM_LE (self->mini_chain[i]);
  self->mini_size = reader->root_size;
  self->mini =
      read_chain (self, reader->data, reader->size, reader->root_start, &self->mini_size, reader->budget);
}

static gboolean
read_file (Reader *reader)
{
  XpsCompound *self = reader->self;

  if (reader->size < HEADER || !xps_compound_is (reader->data, reader->size))
    return fail (reader, 0, N_ ("the header of a compound file expected"));
  self->shift = reader->data[30];
  self->cutoff = get_word (reader->data, 56);
  if (self->shift < 9 || self->shift > LARGEST_SHIFT || reader->data[31] != 0)
    return fail (reader, 30, N_ ("sectors of 512 to 4096 bytes expected"));
  if (!read_chain_table (reader) || !read_directory (reader))
    return FALSE;
  read_small (reader);
  return TRUE;
}

XpsCompound *
xps_compound_open (GBytes *bytes, const char *file, XpsMemoryBudget *budget, GError **error)
{
  g_autoptr (XpsCompound) self = g_new0 (XpsCompound, 1);
  Reader reader = {.self = self, .budget = budget, .error = error};

  self->bytes = g_bytes_ref (bytes);
  self->file = g_strdup (file);
  self->streams = g_ptr_array_new_with_free_func (stream_free);
  reader.data = g_bytes_get_data (bytes, &reader.size);
  return read_file (&reader) ? g_steal_pointer (&self) : NULL;
}

/* ---- streams ---- */

static guint8 *
read_mini (const XpsCompound *self, const XpsCompoundStream *stream, XpsMemoryBudget *budget, gsize *length)
{
  guint8 *content = stream->size <= self->mini_size ? xps_memory_try_array (budget, stream->size, 1) : NULL;
  guint32 sector = stream->start;
  gsize done = 0;

  while (content != NULL && done < stream->size) {
    const guint64 at = (guint64)sector << MINI_SHIFT;
    if (sector > LAST_SECTOR || at >= self->mini_size)
      break;
    const gsize n = MIN (MIN ((gsize)1 << MINI_SHIFT, self->mini_size - (gsize)at), stream->size - done);
    memcpy (content + done, self->mini + at, n);
    done += n;
    sector = sector < self->n_mini_chain ? self->mini_chain[sector] : G_MAXUINT32;
  }
  *length = done;
  return content;
}

guint8 *
xps_compound_read (const XpsCompound *self, const char *name, gboolean prefix, XpsMemoryBudget *budget,
                   gsize *size)
{
  gsize file_size = 0, length = 0;
  const guint8 *data = g_bytes_get_data (self->bytes, &file_size);

  *size = 0;
  for (guint i = 0; i < self->streams->len; i++) {
    const XpsCompoundStream *stream = g_ptr_array_index (self->streams, i);
    if (prefix ? !g_str_has_prefix (stream->name, name) : strcmp (stream->name, name) != 0)
      continue;
    length = stream->size;
    guint8 *content = stream->size < self->cutoff
                          ? read_mini (self, stream, budget, &length)
                          : read_chain (self, data, file_size, stream->start, &length, budget);
    if (content == NULL || length < stream->size) {
      g_free (content);
      return NULL;
    }
    *size = length;
    return content;
  }
  return NULL;
}
