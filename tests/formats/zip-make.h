/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <string.h>

/* Zip archives made in code. */

typedef struct {
  GByteArray *bytes, *directory;
  guint n;
} ZipMaker;

static inline ZipMaker
zip_maker_new (void)
{
  return (ZipMaker){g_byte_array_new (), g_byte_array_new (), 0};
}

static inline void
zip_put (GByteArray *out, guint64 value, guint width)
{
  for (guint i = 0; i < width; i++) {
    const guint8 byte = i < 8 ? (guint8)(value >> (8 * i)) : 0;
    g_byte_array_append (out, &byte, 1);
  }
}

/* CRC-32 of ISO 3309, bit by bit. */
static inline guint32
zip_crc (const guint8 *data, gsize length)
{
  guint32 crc = 0xFFFFFFFFu;

  for (gsize i = 0; i < length; i++) {
    crc ^= data[i];
    for (int bit = 0; bit < 8; bit++)
      crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
  }
  return ~crc;
}

static inline GBytes *
zip_pack (const void *data, gsize length, GZlibCompressorFormat format)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (format, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_assert_true (g_output_stream_write_all (out, data, length, NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (out, NULL, NULL));
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

/* `declared`: the size the archive claims, normally `length`. */
static inline void
zip_add_declared (ZipMaker *self, const char *name, const void *data, gsize length, gboolean deflate,
                  gsize declared)
{
  g_autoptr (GBytes) packed =
      deflate ? zip_pack (data, length, G_ZLIB_COMPRESSOR_FORMAT_RAW) : g_bytes_new (data, length);
  const gsize offset = self->bytes->len, n_packed = g_bytes_get_size (packed);

  for (int central = 0; central < 2; central++) {
    GByteArray *out = central ? self->directory : self->bytes;
    zip_put (out, central ? 0x02014B50 : 0x04034B50, 4);
    zip_put (out, 20, central ? 4 : 2); /* versions */
    zip_put (out, 0, 2);                /* flags */
    zip_put (out, deflate ? 8 : 0, 2);
    zip_put (out, 0, 4); /* time */
    zip_put (out, zip_crc (data, length), 4);
    zip_put (out, n_packed, 4);
    zip_put (out, declared, 4);
    zip_put (out, strlen (name), 2);
    zip_put (out, 0, 2);
    if (central) {
      zip_put (out, 0, 10);
      zip_put (out, offset, 4);
    }
    g_byte_array_append (out, (const guint8 *)name, (guint)strlen (name));
  }
  g_byte_array_append (self->bytes, g_bytes_get_data (packed, NULL), (guint)n_packed);
  self->n++;
}

static inline void
zip_add (ZipMaker *self, const char *name, const void *data, gsize length, gboolean deflate)
{
  zip_add_declared (self, name, data, length, deflate, length);
}

static inline void
zip_add_text (ZipMaker *self, const char *name, const char *text)
{
  zip_add (self, name, text, strlen (text), strlen (text) > 40);
}

static inline GBytes *
zip_finish (ZipMaker *self)
{
  const guint offset = self->bytes->len, size = self->directory->len;

  g_byte_array_append (self->bytes, self->directory->data, size);
  g_byte_array_unref (self->directory);
  zip_put (self->bytes, 0x06054B50, 4);
  zip_put (self->bytes, 0, 4);
  zip_put (self->bytes, self->n, 2);
  zip_put (self->bytes, self->n, 2);
  zip_put (self->bytes, size, 4);
  zip_put (self->bytes, offset, 4);
  zip_put (self->bytes, 0, 2);
  return g_byte_array_free_to_bytes (self->bytes);
}
