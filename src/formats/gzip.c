/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>
#include <zlib.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/archive.h"
#include "formats/rows.h"

/* One file packed with gzip, which may be a tar. The stream is inflated twice: first into nothing, to know
 * its size before memory is asked for. */

#define PIECE  65536
#define HEADER 10
/* 15 bits of window, and zlib's sign for a gzip header */
#define WINDOW (MAX_WBITS + 16)

static int
score_gzip (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  return head_length >= HEADER && memcmp (head, "\x1F\x8B\x08", 3) == 0 ? 90 : 0;
}

/* Several streams may follow one another; what follows the last is padding. */
static gboolean
next_stream (z_stream *stream)
{
  return stream->avail_in >= HEADER && stream->next_in[0] == 0x1F && stream->next_in[1] == 0x8B &&
         inflateReset (stream) == Z_OK;
}

/* Inflates all of it into out[0..most), or counts only where `out` is NULL. FALSE where the stream is damaged
 * or longer than `most`. */
static gboolean
inflate_all (const guint8 *data, gsize size, guint8 *out, gsize most, gsize *total, gboolean *too_large)
{
  z_stream stream = {.next_in = (Bytef *)data, .avail_in = (uInt)size};
  int result = Z_OK;

  *total = 0;
  *too_large = FALSE;
  if (size > G_MAXUINT || inflateInit2 (&stream, WINDOW) != Z_OK)
    return FALSE;
  guint8 *piece = g_malloc (PIECE);
  do {
    const gsize room = out == NULL ? PIECE : MIN ((gsize)PIECE, most - *total);
    stream.next_out = out == NULL ? piece : out + *total;
    stream.avail_out = (uInt)room;
    result = inflate (&stream, Z_NO_FLUSH);
    *total += room - stream.avail_out;
    *too_large = *total > most;
    if (result == Z_STREAM_END && next_stream (&stream))
      result = Z_OK;
  } while (result == Z_OK && !*too_large);
  g_free (piece);
  inflateEnd (&stream);
  return result == Z_STREAM_END && !*too_large;
}

static GBytes *
unpack (GBytes *bytes, const char *path, const XpsReadOptions *options, XpsMemoryBudget *budget,
        GError **error)
{
  gsize size = 0, total = 0, again = 0;
  gboolean too_large = FALSE;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (!inflate_all (data, size, NULL, budget->left, &total, &too_large)) {
    if (too_large)
      xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, path, NULL,
                     N_ ("would become more than a hundred times the file's size"), N_ ("unpack it"));
    else
      xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_MALFORMED, path, NULL,
                     N_ ("the gzip stream is damaged or cut off"), N_ ("copy it again"));
    return NULL;
  }
  if (!xps_archive_count (options->unpack, total, path, NULL, error))
    return NULL;
  /* one byte more, so that the end of the stream is met in a call with room */
  g_autofree guint8 *out = xps_memory_try_array (budget, total + 1, 1);
  if (out == NULL || !inflate_all (data, size, out, total + 1, &again, &too_large) || again != total) {
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, path, NULL,
                   N_ ("no memory to unpack it"), NULL);
    return NULL;
  }
  return g_bytes_new_take (g_steal_pointer (&out), total);
}

static void
adopt (XpsFile *file, XpsFile *inner)
{
  g_ptr_array_extend_and_steal (file->spectra, g_steal_pointer (&inner->spectra));
  g_ptr_array_extend_and_steal (file->warnings, g_steal_pointer (&inner->warnings));
  g_ptr_array_extend_and_steal (file->notes, g_steal_pointer (&inner->notes));
  inner->spectra = g_ptr_array_new ();
  inner->warnings = g_ptr_array_new ();
  inner->notes = g_ptr_array_new ();
  file->software = g_steal_pointer (&inner->software);
  file->instrument = g_steal_pointer (&inner->instrument);
  file->comment = g_steal_pointer (&inner->comment);
}

static gboolean
read_gzip (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  XpsReadOptions inside = *options;
  XpsMemoryBudget budget;

  if (options->depth >= XPS_ARCHIVE_DEPTH)
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, file->path, NULL,
                          N_ ("archives inside archives too deep"), N_ ("unpack it"));
  xps_read_options_init_budget (options, g_bytes_get_size (bytes), &budget);
  g_autoptr (GBytes) content = unpack (bytes, file->path, options, &budget, error);
  if (content == NULL)
    return FALSE;
  inside.format = NULL;
  inside.depth++;
  inside.memory = MAX (budget.left, (gsize)1);
  g_autoptr (XpsFile) inner = xps_file_open_bytes (content, file->path, &inside, error);
  if (inner == NULL)
    return FALSE;
  adopt (file, inner);
  g_ptr_array_add (file->notes, xps_text_printf (_ ("unpacked and read as \"%s\""), inner->format));
  return TRUE;
}

static const char *const suffixes[] = {"gz", "tgz", NULL};

const XpsFormat xps_format_gzip = {
    .id = "gzip",
    .title = "gzip-packed measured file or tar archive",
    .suffixes = suffixes,
    .score = score_gzip,
    .read = read_gzip,
};
