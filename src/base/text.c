/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <locale.h>
#include <string.h>

static void
append_printable (GString *out, gunichar c)
{
  if (c == '\t')
    g_string_append (out, "\\t");
  else if (c == '\n')
    g_string_append (out, "\\n");
  else if (c == '\r')
    g_string_append (out, "\\r");
  else if (c == 0xFFFD || g_unichar_isprint (c))
    g_string_append_unichar (out, c);
  else if (c < 0x100)
    g_string_append_printf (out, "\\x%02x", c);
  else
    g_string_append_printf (out, "\\u%04x", c);
}

char *
xps_text_dup_excerpt (const char *text, gssize length, guint limit)
{
  const gsize n = length < 0 ? strlen (text) : (gsize)length;
  GString *out = g_string_new (NULL);
  gsize i = 0;

  for (guint k = 0; i < n; k++) {
    if (k == limit) {
      g_string_append (out, "...");
      break;
    }
    const gunichar c = g_utf8_get_char_validated (text + i, (gssize)(n - i));
    if (c == (gunichar)-1 || c == (gunichar)-2 || text[i] == '\0') {
      append_printable (out, text[i] == '\0' ? 0 : 0xFFFD);
      i++;
      continue;
    }
    append_printable (out, c);
    i += (gsize)g_utf8_skip[(guchar)text[i]];
  }
  return g_string_free (out, FALSE);
}

char *
xps_text_dup_printable (const char *text, gssize length)
{
  return xps_text_dup_excerpt (text, length, G_MAXUINT);
}

char *
xps_text_vprintf (const char *format, va_list arguments)
{
  const locale_t plain = newlocale (LC_ALL_MASK, "C", (locale_t)0);
  const locale_t before = uselocale (plain); /* of this thread only */
  char *text = g_strdup_vprintf (format, arguments);
  uselocale (before);
  freelocale (plain);
  return text;
}

char *
xps_text_printf (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  char *text = xps_text_vprintf (format, arguments);
  va_end (arguments);
  return text;
}
