/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/zip.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zlib.h>

#include "base/error.h"
#include "formats/archive.h"

#define END_SIZE     22 /* of the record at the end, without its comment */
#define END64_SIZE   56
#define LOCATOR_SIZE 20
#define ENTRY_SIZE   46
#define LOCAL_SIZE   30
#define LONGEST      0xFFFF /* of a comment */
#define FULL16       0xFFFF
#define FULL32       0xFFFFFFFFu
#define ENCRYPTED    0x1
#define STORED       0
#define DEFLATED     8
#define EXTRA_ZIP64  1
/* Deflate makes at most 1032 bytes of one. */
#define MOST_RATIO 1032
#define PIECE      65536
/* A member's places in the array and in the table of names. */
#define MEMBER_COST 128

typedef struct {
  const guint8 *data;
  gsize size;
  XpsZip *zip;
  XpsMemoryBudget *budget;
  GError **error;
  gsize directory, end; /* where it begins and where it must have ended */
  guint64 n;
} Reader;

static guint64
get (const guint8 *data, guint width)
{
  guint64 value = 0;

  for (guint i = width; i-- > 0;)
    value = value << 8 | data[i];
  return value;
}

static gboolean
fail (Reader *self, XpsFormatsError code, gsize at, const char *what, const char *remedy)
{
  g_autofree char *place = g_strdup_printf (_ ("byte %zu"), at);
  return xps_error_set (self->error, XPS_FORMATS_ERROR, code, self->zip->file, place, what, remedy);
}

static void
free_member (gpointer data)
{
  XpsZipMember *member = data;

  g_free (member->name);
  g_free (member);
}

void
xps_zip_free (XpsZip *zip)
{
  if (zip == NULL)
    return;
  g_bytes_unref (zip->bytes);
  g_free (zip->file);
  g_hash_table_unref (zip->names);
  g_ptr_array_unref (zip->members);
  g_free (zip);
}

/* ---- directory ---- */

/* The record of a large archive, where the short one points at it. */
static void
find_end64 (Reader *self, gsize end)
{
  const guint8 *locator = self->data + end - LOCATOR_SIZE;

  if (end < LOCATOR_SIZE || memcmp (locator, "PK\x06\x07", 4) != 0)
    return;
  const guint64 at = get (locator + 8, 8);
  if (at > end - LOCATOR_SIZE || end - LOCATOR_SIZE - at < END64_SIZE ||
      memcmp (self->data + at, "PK\x06\x06", 4) != 0)
    return;
  const guint64 directory = get (self->data + at + 48, 8);
  if (directory > at)
    return;
  self->n = get (self->data + at + 32, 8);
  self->directory = (gsize)directory;
  self->end = (gsize)at;
}

static gboolean
find_directory (Reader *self)
{
  const gsize first = self->size > END_SIZE + LONGEST ? self->size - END_SIZE - LONGEST : 0;

  if (self->size < END_SIZE)
    return fail (self, XPS_FORMATS_ERROR_MALFORMED, self->size, N_ ("the archive is cut off"),
                 N_ ("copy it again"));
  for (gsize at = self->size - END_SIZE + 1; at-- > first;) {
    const guint8 *end = self->data + at;
    if (memcmp (end, "PK\x05\x06", 4) != 0 || get (end + 20, 2) > self->size - at - END_SIZE)
      continue;
    self->n = get (end + 10, 2);
    self->directory = (gsize)get (end + 16, 4);
    self->end = at;
    if (self->n == FULL16 || self->directory == FULL32)
      find_end64 (self, at);
    if (self->directory <= self->end)
      return TRUE;
  }
  return fail (self, XPS_FORMATS_ERROR_MALFORMED, self->size,
               N_ ("the archive's directory expected at its end, found none"),
               N_ ("it was cut off: copy it again"));
}

/* Sizes and offset that do not fit the entry stand in an extra field, in this order, each only where needed.
 */
static void
read_extra (const guint8 *extra, gsize length, guint64 *values[3], const gboolean needed[3])
{
  while (length >= 4) {
    const gsize n = (gsize)get (extra + 2, 2);
    if (n > length - 4)
      return;
    const guint8 *p = extra + 4, *end = p + n;
    for (guint i = 0; get (extra, 2) == EXTRA_ZIP64 && i < 3; i++)
      if (needed[i] && end - p >= 8) {
        *values[i] = get (p, 8);
        p += 8;
      }
    extra += 4 + n;
    length -= 4 + n;
  }
}

static char *
dup_name (const guint8 *text, gsize length)
{
  char *name = g_utf8_make_valid ((const char *)text, (gssize)strnlen ((const char *)text, length));

  /* some programs on Windows write their own separator */
  for (char *p = name; *p != '\0'; p++)
    if (*p == '\\')
      *p = '/';
  return name;
}

/* Bytes of the entry at `at`; 0 where it is broken. */
static gsize
read_entry (Reader *self, gsize at)
{
  const guint8 *entry = self->data + at;

  if (self->end - at < ENTRY_SIZE || memcmp (entry, "PK\x01\x02", 4) != 0)
    return 0;
  const gsize name = (gsize)get (entry + 28, 2), extra = (gsize)get (entry + 30, 2);
  const gsize length = ENTRY_SIZE + name + extra + (gsize)get (entry + 32, 2);
  guint64 size = get (entry + 24, 4), packed = get (entry + 20, 4), header = get (entry + 42, 4);
  const gboolean needed[3] = {size == FULL32, packed == FULL32, header == FULL32};
  if (length > self->end - at)
    return 0;
  read_extra (entry + ENTRY_SIZE + name, extra, (guint64 *[3]){&size, &packed, &header}, needed);
  if (packed > self->size || header > self->size || size > G_MAXSSIZE)
    return 0;
  if (name == 0 || entry[ENTRY_SIZE + name - 1] == '/' || entry[ENTRY_SIZE + name - 1] == '\\')
    return length; /* a folder */
  if (!xps_memory_take (self->budget, sizeof (XpsZipMember) + 4 * name + MEMBER_COST))
    return 0;
  XpsZipMember *member = g_new (XpsZipMember, 1);
  *member = (XpsZipMember){
      .name = dup_name (entry + ENTRY_SIZE, name),
      .size = (gsize)size,
      .packed = (gsize)packed,
      .crc = (guint32)get (entry + 16, 4),
      .method = (guint)get (entry + 10, 2),
      .encrypted = (get (entry + 8, 2) & ENCRYPTED) != 0,
      .header = (gsize)header,
  };
  g_ptr_array_add (self->zip->members, member);
  if (!g_hash_table_contains (self->zip->names, member->name))
    g_hash_table_insert (self->zip->names, member->name, member);
  return length;
}

static gboolean
read_directory (Reader *self)
{
  gsize at = self->directory;

  for (guint64 i = 0; i < self->n; i++) {
    const gsize length = read_entry (self, at);
    if (length == 0)
      return fail (self, XPS_FORMATS_ERROR_MALFORMED, at, N_ ("an entry of the archive's directory expected"),
                   N_ ("the archive is damaged: make it again"));
    at += length;
  }
  return TRUE;
}

XpsZip *
xps_zip_open (GBytes *bytes, const char *file, const XpsReadOptions *options, XpsMemoryBudget *budget,
              GError **error)
{
  g_autoptr (XpsZip) zip = g_new0 (XpsZip, 1);
  Reader self = {.zip = zip, .budget = budget, .error = error};

  zip->bytes = g_bytes_ref (bytes);
  zip->file = g_strdup (file);
  zip->members = g_ptr_array_new_with_free_func (free_member);
  zip->names = g_hash_table_new (g_str_hash, g_str_equal);
  zip->unpack = options->unpack;
  self.data = g_bytes_get_data (bytes, &self.size);
  return find_directory (&self) && read_directory (&self) ? g_steal_pointer (&zip) : NULL;
}

const XpsZipMember *
xps_zip_find (const XpsZip *zip, const char *name)
{
  return g_hash_table_lookup (zip->names, name);
}

/* ---- members ---- */

static gboolean
fail_member (const XpsZip *zip, const XpsZipMember *member, XpsFormatsError code, const char *what,
             const char *remedy, GError **error)
{
  return xps_error_set (error, XPS_FORMATS_ERROR, code, zip->file, member->name, what, remedy);
}

static gboolean
fail_damaged (const XpsZip *zip, const XpsZipMember *member, GError **error)
{
  return fail_member (zip, member, XPS_FORMATS_ERROR_MALFORMED, N_ ("the archive is damaged here"),
                      N_ ("copy it again"), error);
}

/* Where the member's bytes are; NULL where the local header is broken. */
static const guint8 *
find_packed (const XpsZip *zip, const XpsZipMember *member)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (zip->bytes, &size), *local = data + member->header;

  if (member->header > size || size - member->header < LOCAL_SIZE || memcmp (local, "PK\x03\x04", 4) != 0)
    return NULL;
  const gsize before = LOCAL_SIZE + (gsize)get (local + 26, 2) + (gsize)get (local + 28, 2);
  const gsize left = size - member->header;
  return before <= left && member->packed <= left - before ? local + before : NULL;
}

static const guint8 *
check_member (const XpsZip *zip, const XpsZipMember *member, GError **error)
{
  const guint8 *packed = find_packed (zip, member);

  if (member->encrypted)
    fail_member (zip, member, XPS_FORMATS_ERROR_UNKNOWN, N_ ("the archive is encrypted"),
                 N_ ("unpack it with its password"), error);
  else if (member->method != STORED && member->method != DEFLATED)
    fail_member (zip, member, XPS_FORMATS_ERROR_UNKNOWN, N_ ("packed in another way than stored or deflated"),
                 N_ ("unpack it"), error);
  else if (packed == NULL || (member->method == STORED && member->packed != member->size) ||
           member->packed > G_MAXUINT || member->size / MOST_RATIO > member->packed)
    fail_damaged (zip, member, error);
  else
    return packed;
  return NULL;
}

typedef struct {
  XpsZipSink sink;
  gpointer data;
  gsize total;
  uLong crc;
} Flow;

static gboolean
pass_on (Flow *flow, const guint8 *piece, gsize length, GError **error)
{
  flow->total += length;
  flow->crc = crc32 (flow->crc, piece, (uInt)length);
  return flow->sink (piece, length, flow->data, error);
}

/* FALSE with no error set: the stream is damaged. */
static gboolean
inflate_into (Flow *flow, z_stream *stream, gsize size, GError **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  int result = Z_OK;

  while (result == Z_OK) {
    stream->next_out = piece;
    stream->avail_out = PIECE;
    result = inflate (stream, Z_NO_FLUSH);
    const gsize length = PIECE - stream->avail_out;
    if ((result != Z_OK && result != Z_STREAM_END) || length > size - flow->total)
      return FALSE;
    if (length > 0 && !pass_on (flow, piece, length, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
unpack (const XpsZip *zip, const XpsZipMember *member, const guint8 *packed, XpsZipSink sink, gpointer data,
        GError **error)
{
  Flow flow = {.sink = sink, .data = data, .crc = crc32 (0, NULL, 0)};
  g_autoptr (GError) problem = NULL;
  gboolean done = TRUE;

  if (!xps_archive_count (zip->unpack, member->size, zip->file, member->name, error))
    return FALSE;
  if (member->method == STORED) {
    for (gsize at = 0; at < member->size && done; at += PIECE)
      done = pass_on (&flow, packed + at, MIN (member->size - at, (gsize)PIECE), &problem);
  } else {
    z_stream stream = {.next_in = (Bytef *)packed, .avail_in = (uInt)member->packed};
    if (inflateInit2 (&stream, -MAX_WBITS) != Z_OK)
      return fail_member (zip, member, XPS_FORMATS_ERROR_TOO_LARGE, N_ ("no memory to inflate it"),
                          N_ ("unpack it"), error);
    done = inflate_into (&flow, &stream, member->size, &problem);
    inflateEnd (&stream);
  }
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (done && flow.total == member->size && flow.crc == member->crc)
    return TRUE;
  return fail_damaged (zip, member, error);
}

gboolean
xps_zip_stream (const XpsZip *zip, const XpsZipMember *member, XpsZipSink sink, gpointer data, GError **error)
{
  const guint8 *packed = check_member (zip, member, error);

  return packed != NULL && unpack (zip, member, packed, sink, data, error);
}

static gboolean
append_piece (const guint8 *piece, gsize length, gpointer data, GError **error)
{
  guint8 **out = data;

  memcpy (*out, piece, length);
  *out += length;
  return TRUE;
}

static gboolean
drop_piece (const guint8 *piece, gsize length, gpointer data, GError **error)
{
  return TRUE;
}

GBytes *
xps_zip_read (const XpsZip *zip, const XpsZipMember *member, XpsMemoryBudget *budget, GError **error)
{
  const guint8 *packed = check_member (zip, member, error);

  if (packed == NULL)
    return NULL;
  if (member->method == STORED) {
    const gsize offset = (gsize)(packed - (const guint8 *)g_bytes_get_data (zip->bytes, NULL));
    /* for its checksum */
    return unpack (zip, member, packed, drop_piece, NULL, error)
               ? g_bytes_new_from_bytes (zip->bytes, offset, member->size)
               : NULL;
  }
  g_autofree guint8 *content = xps_memory_try_array (budget, MAX (member->size, (gsize)1), 1);
  if (content == NULL) {
    fail_member (zip, member, XPS_FORMATS_ERROR_TOO_LARGE,
                 N_ ("would become more than a hundred times the archive's size"), N_ ("unpack it"), error);
    return NULL;
  }
  guint8 *end = content;
  if (!unpack (zip, member, packed, append_piece, &end, error))
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&content), member->size);
}

/* ---- names, for scores ---- */

gboolean
xps_zip_any_name (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length,
                  gboolean (*test) (const char *name, gsize length))
{
  if (head_length < LOCAL_SIZE || memcmp (head, "PK\x03\x04", 4) != 0)
    return FALSE;
  const gsize first = (gsize)get (head + 26, 2);
  if (first <= head_length - LOCAL_SIZE && test ((const char *)head + LOCAL_SIZE, first))
    return TRUE;
  for (gsize at = 0; at + ENTRY_SIZE <= tail_length; at++) {
    if (memcmp (tail + at, "PK\x01\x02", 4) != 0)
      continue;
    const gsize n = (gsize)get (tail + at + 28, 2);
    if (n <= tail_length - at - ENTRY_SIZE && test ((const char *)tail + at + ENTRY_SIZE, n))
      return TRUE;
  }
  return FALSE;
}
