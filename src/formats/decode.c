/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/decode.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"

/* Bytes that tell UTF-16 without a mark from other files. */
#define SAMPLE 512

/* What 0x80 to 0x9F mean in Windows-1252; the five unused ones become U+FFFD.
 * Source: unicode.org, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT */
static const guint16 windows_1252[32] = {
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
};

static gboolean
is_utf8 (const char *text, gsize length)
{
  const char *end = text + length;

  /* GLib stops at a NUL byte; some VAMAS writers leave one behind a label. */
  while (!g_utf8_validate_len (text, (gsize)(end - text), &text)) {
    if (*text != '\0')
      return FALSE;
    text++;
  }
  return TRUE;
}

/* 'L' or 'B' for UTF-16 of that order, 0 for none; `mark` gets the length of the byte order mark. */
static char
find_utf16 (const guint8 *p, gsize n, gsize *mark)
{
  gsize zeros[2] = {0, 0};

  *mark = 0;
  if (n >= 2 && ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF))) {
    *mark = 2;
    return p[0] == 0xFF ? 'L' : 'B';
  }
  const gsize sample = MIN (n, SAMPLE) & ~(gsize)1;
  for (gsize i = 0; i < sample; i++)
    zeros[i & 1] += p[i] == 0;
  /* Text of a measurement is mostly ASCII: nearly every high byte is zero, no low byte is. */
  if (sample >= 8 && zeros[1] * 10 >= sample / 2 * 8 && zeros[0] == 0)
    return 'L';
  if (sample >= 8 && zeros[0] * 10 >= sample / 2 * 8 && zeros[1] == 0)
    return 'B';
  return 0;
}

static gunichar
utf16_unit (const guint8 *p, gboolean little)
{
  return little ? (gunichar)(p[0] | p[1] << 8) : (gunichar)(p[1] | p[0] << 8);
}

static gsize
convert_utf16 (const guint8 *p, gsize n, gboolean little, char *out)
{
  gsize length = 0;

  for (gsize i = 0; i + 1 < n; i += 2) {
    gunichar c = utf16_unit (p + i, little);
    if (c >= 0xD800 && c < 0xDC00 && i + 3 < n) {
      const gunichar low = utf16_unit (p + i + 2, little);
      if (low >= 0xDC00 && low < 0xE000) {
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    if (c >= 0xD800 && c < 0xE000)
      c = 0xFFFD;
    length += (gsize)g_unichar_to_utf8 (c, out + length);
  }
  return length;
}

static gsize
convert_1252 (const guint8 *p, gsize n, char *out)
{
  gsize length = 0;

  for (gsize i = 0; i < n; i++) {
    const gunichar c = p[i] >= 0x80 && p[i] < 0xA0 ? windows_1252[p[i] - 0x80] : p[i];
    length += (gsize)g_unichar_to_utf8 (c, out + length);
  }
  return length;
}

gboolean
xps_decode (GBytes *bytes, XpsDecoded *decoded)
{
  gsize n = 0, mark = 0;
  const guint8 *p = g_bytes_get_data (bytes, &n);
  const char order = find_utf16 (p, n, &mark);

  *decoded = (XpsDecoded){.bytes = g_bytes_ref (bytes), .text = "", .encoding = "UTF-8"};
  if (n == 0)
    return TRUE;
  if (order == 0 && n >= 3 && memcmp (p, "\xEF\xBB\xBF", 3) == 0)
    mark = 3;
  p += mark;
  n -= mark;
  if (order == 0 && is_utf8 ((const char *)p, n)) {
    decoded->text = (const char *)p;
    decoded->length = n;
    decoded->encoding = "UTF-8";
    return TRUE;
  }
  /* Two bytes of UTF-16 or one of Windows-1252 need three of UTF-8 at most (one unit of a pair: two each). */
  decoded->owned = g_try_malloc (MAX (n, 1) * 3 + 6);
  if (decoded->owned == NULL) {
    xps_decoded_clear (decoded);
    return FALSE;
  }
  decoded->text = decoded->owned;
  if (order != 0) {
    decoded->length = convert_utf16 (p, n, order == 'L', decoded->owned);
    decoded->encoding = order == 'L' ? "UTF-16LE" : "UTF-16BE";
  } else {
    decoded->length = convert_1252 (p, n, decoded->owned);
    decoded->encoding = "Windows-1252";
  }
  return TRUE;
}

gboolean
xps_decode_lines (GBytes *bytes, const XpsFile *file, const XpsReadOptions *options, gboolean cr_alone,
                  XpsDecoded *decoded, XpsMemoryBudget *budget, XpsLines *lines, GError **error)
{
  *decoded = (XpsDecoded){0};
  if (!xps_decode (bytes, decoded))
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, file->path, NULL,
                          N_ ("no memory to decode it"), NULL);
  xps_read_options_init_budget (options, g_bytes_get_size (bytes), budget);
  xps_lines_init (lines, decoded->text, decoded->length, cr_alone);
  return TRUE;
}

void
xps_decoded_clear (XpsDecoded *decoded)
{
  g_clear_pointer (&decoded->bytes, g_bytes_unref);
  g_clear_pointer (&decoded->owned, g_free);
  decoded->text = NULL;
  decoded->length = 0;
}

gboolean
xps_decode_looks_binary (const char *text, gsize length)
{
  gsize controls = 0;

  for (gsize i = 0; i < length; i++) {
    const guchar c = (guchar)text[i];
    if (c == 0)
      return TRUE;
    controls += c < 0x20 && !g_ascii_isspace ((char)c);
  }
  return controls * 100 > length;
}
