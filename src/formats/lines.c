/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/lines.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

void
xps_lines_init (XpsLines *self, const char *text, gsize length, gboolean cr_alone)
{
  *self = (XpsLines){.next = text, .end = text + length, .cr_alone = cr_alone};
}

gsize
xps_lines_left (const XpsLines *self)
{
  return (gsize)(self->end - self->next);
}

/* End of a line that stops at a CR: behind the LF of CR...LF, else behind the CR itself. */
static const char *
skip_cr (const char *cr, const char *end)
{
  const char *p = cr;

  while (p < end && *p == '\r')
    p++;
  return p < end && *p == '\n' ? p + 1 : cr + 1;
}

static const char *
find_end (const XpsLines *self, const char **after)
{
  const gsize left = xps_lines_left (self);
  const char *lf = memchr (self->next, '\n', left);
  const char *stop = lf != NULL ? lf : self->end;
  const char *cr = self->cr_alone ? memchr (self->next, '\r', (gsize)(stop - self->next)) : NULL;

  if (cr != NULL) {
    *after = skip_cr (cr, self->end);
    return cr;
  }
  *after = lf != NULL ? lf + 1 : self->end;
  while (stop > self->next && stop[-1] == '\r')
    stop--;
  return stop;
}

gboolean
xps_lines_next (XpsLines *self, XpsSpan *line)
{
  const char *after = NULL;

  if (self->next >= self->end)
    return FALSE;
  const char *stop = find_end (self, &after);
  *line = (XpsSpan){.text = self->next, .length = (gsize)(stop - self->next), .line = ++self->line};
  self->next = after;
  return TRUE;
}

static gboolean
is_blank (char c)
{
  return c == '\0' || g_ascii_isspace (c);
}

XpsSpan
xps_span_trim (XpsSpan span)
{
  while (span.length > 0 && is_blank (span.text[0])) {
    span.text++;
    span.length--;
  }
  while (span.length > 0 && is_blank (span.text[span.length - 1]))
    span.length--;
  return span;
}

char *
xps_span_dup (XpsSpan span)
{
  /* A NUL byte amid the text would cut it short without a word. */
  char *copy = g_malloc (span.length + 1);
  for (gsize i = 0; i < span.length; i++)
    copy[i] = span.text[i] == '\0' ? ' ' : span.text[i];
  copy[span.length] = '\0';
  return copy;
}

gboolean
xps_span_equal (XpsSpan span, const char *text)
{
  return span.length == strlen (text) && memcmp (span.text, text, span.length) == 0;
}

gboolean
xps_span_equal_nocase (XpsSpan span, const char *text)
{
  return span.length == strlen (text) && g_ascii_strncasecmp (span.text, text, span.length) == 0;
}

gboolean
xps_span_has_prefix (XpsSpan span, const char *prefix)
{
  const gsize n = strlen (prefix);
  return span.length >= n && memcmp (span.text, prefix, n) == 0;
}

gssize
xps_span_find (XpsSpan span, gsize from, const char *needle)
{
  if (from > span.length)
    return -1;
  const char *hit = memmem (span.text + from, span.length - from, needle, strlen (needle));
  return hit != NULL ? hit - span.text : -1;
}

XpsSpan
xps_span_slice (XpsSpan span, gsize from, gsize to)
{
  to = MIN (to, span.length);
  from = MIN (from, to);
  return (XpsSpan){.text = span.text + from, .length = to - from, .line = span.line};
}

gboolean
xps_span_parse_number (XpsSpan span, double *value)
{
  return xps_number_parse_span (span.text, span.length, value);
}

char *
xps_line_dup_message (guint line, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = xps_text_vprintf (format, arguments);
  va_end (arguments);
  return xps_text_printf (_ ("line %u: %s"), line, message);
}
