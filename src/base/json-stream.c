/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json-stream.h"

#include <math.h>
#include <string.h>

#include "base/number.h"

void
xps_json_stream_init (XpsJsonStream *self, FILE *out)
{
  *self = (XpsJsonStream){.out = out};
}

static void
put_text (XpsJsonStream *self, const char *text)
{
  const char *p = text;

  putc ('"', self->out);
  while (*p != '\0') {
    const gunichar c = g_utf8_get_char_validated (p, -1);
    const gboolean invalid = c == (gunichar)-1 || c == (gunichar)-2;
    const gsize length = invalid ? 1 : (gsize)g_utf8_skip[(guchar)*p];
    if (invalid)
      fputs ("\xEF\xBF\xBD", self->out);
    else if (c == '"' || c == '\\')
      fprintf (self->out, "\\%c", (int)c);
    else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) /* a terminal would obey them */
      fprintf (self->out, "\\u%04x", c);
    else
      fwrite (p, 1, length, self->out);
    p += length;
  }
  putc ('"', self->out);
}

static void
put_line_end (XpsJsonStream *self)
{
  putc ('\n', self->out);
  for (guint i = 0; i < self->depth; i++)
    putc (' ', self->out);
}

/* Comma, line end and name before a value; plain values of an array stay on its line. */
static void
put_start (XpsJsonStream *self, const char *name, gboolean plain)
{
  gboolean *filled = &self->filled[self->depth];

  if (*filled)
    putc (',', self->out);
  if (self->depth > 0 && !(plain && self->array[self->depth]))
    put_line_end (self);
  else if (*filled)
    putc (' ', self->out);
  *filled = TRUE;
  if (name == NULL)
    return;
  put_text (self, name);
  fputs (": ", self->out);
}

static void
begin (XpsJsonStream *self, const char *name, gboolean array)
{
  g_return_if_fail (self->depth + 1 < XPS_JSON_STREAM_DEPTH);
  put_start (self, name, FALSE);
  putc (array ? '[' : '{', self->out);
  self->depth++;
  self->filled[self->depth] = FALSE;
  self->array[self->depth] = array;
}

void
xps_json_stream_begin_object (XpsJsonStream *self, const char *name)
{
  begin (self, name, FALSE);
}

void
xps_json_stream_begin_array (XpsJsonStream *self, const char *name)
{
  begin (self, name, TRUE);
}

void
xps_json_stream_end (XpsJsonStream *self)
{
  g_return_if_fail (self->depth > 0);
  putc (self->array[self->depth] ? ']' : '}', self->out);
  self->depth--;
  if (self->depth == 0)
    putc ('\n', self->out);
}

void
xps_json_stream_number (XpsJsonStream *self, const char *name, double value)
{
  char buffer[XPS_NUMBER_LENGTH];

  put_start (self, name, TRUE);
  fputs (isfinite (value) ? xps_number_format (value, buffer) : "null", self->out);
}

void
xps_json_stream_integer (XpsJsonStream *self, const char *name, gint64 value)
{
  put_start (self, name, TRUE);
  fprintf (self->out, "%" G_GINT64_FORMAT, value);
}

void
xps_json_stream_boolean (XpsJsonStream *self, const char *name, gboolean value)
{
  put_start (self, name, TRUE);
  fputs (value ? "true" : "false", self->out);
}

void
xps_json_stream_string (XpsJsonStream *self, const char *name, const char *value)
{
  put_start (self, name, TRUE);
  if (value != NULL)
    put_text (self, value);
  else
    fputs ("null", self->out);
}

void
xps_json_stream_strings (XpsJsonStream *self, const char *name, const GPtrArray *values)
{
  xps_json_stream_begin_array (self, name);
  for (guint i = 0; i < values->len; i++)
    xps_json_stream_string (self, NULL, g_ptr_array_index (values, i));
  xps_json_stream_end (self);
}
