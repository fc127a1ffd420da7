/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-cairo/png.h"

#include <math.h>
#include <string.h>

#define HEADER_LENGTH 33 /* signature 8, IHDR: length 4, type 4, data 13, CRC 4 */

static guint32
crc32_of (const guint8 *data, gsize n)
{
  guint32 crc = 0xffffffffu;
  for (gsize i = 0; i < n; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++)
      crc = (crc & 1u) != 0 ? 0xedb88320u ^ (crc >> 1) : crc >> 1;
  }
  return ~crc;
}

static void
append_be32 (GByteArray *out, guint32 value)
{
  const guint8 bytes[] = {(guint8)(value >> 24), (guint8)(value >> 16), (guint8)(value >> 8), (guint8)value};
  g_byte_array_append (out, bytes, sizeof bytes);
}

static void
append_chunk (GByteArray *out, const char type[4], const guint8 *data, gsize n)
{
  append_be32 (out, (guint32)n);
  const guint start = out->len;
  g_byte_array_append (out, (const guint8 *)type, 4);
  g_byte_array_append (out, data, (guint)n);
  append_be32 (out, crc32_of (out->data + start, n + 4));
}

static void
append_text (GByteArray *out, const char *keyword, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  /* Keyword, end, not compressed (2 bytes), no language, no translated keyword, text. */
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_byte_array_append (data, (const guint8 *)keyword, (guint)strlen (keyword));
  g_byte_array_append (data, (const guint8 *)"\0\0\0\0\0", 5);
  g_byte_array_append (data, (const guint8 *)text, (guint)strlen (text));
  append_chunk (out, "iTXt", data->data, data->len);
}

void
xps_png_add_metadata (GByteArray *png, double dpi, const char *title, const char *description,
                      const char *software)
{
  if (png->len < HEADER_LENGTH || memcmp (png->data, "\211PNG\r\n\032\n", 8) != 0)
    return;
  g_autoptr (GByteArray) chunks = g_byte_array_new ();
  g_autoptr (GByteArray) resolution = g_byte_array_new ();
  const guint32 per_metre = (guint32)lround (dpi / 0.0254);
  const guint8 metre = 1;
  append_be32 (resolution, per_metre);
  append_be32 (resolution, per_metre);
  g_byte_array_append (resolution, &metre, 1);
  append_chunk (chunks, "pHYs", resolution->data, resolution->len);
  append_text (chunks, "Title", title);
  append_text (chunks, "Description", description);
  append_text (chunks, "Software", software);
  g_autofree guint8 *rest = g_memdup2 (png->data + HEADER_LENGTH, png->len - HEADER_LENGTH);
  const guint n_rest = png->len - HEADER_LENGTH;
  g_byte_array_set_size (png, HEADER_LENGTH);
  g_byte_array_append (png, chunks->data, chunks->len);
  g_byte_array_append (png, rest, n_rest);
}
