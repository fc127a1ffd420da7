/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/vamas-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/error.h"
#include "base/text.h"

#define CUT_OFF N_ ("the file is cut off: copy or export it again")
#define SHIFTED N_ ("a line is missing or added before this one: export the file again")

gboolean
xps_vamas_fail (XpsVamas *self, XpsFormatsError code, guint line, const char *what, const char *remedy)
{
  if (self->error != NULL)
    return FALSE;
  g_autofree char *place = g_strdup_printf ("line %u", line);
  return xps_error_set (&self->error, XPS_FORMATS_ERROR, code, self->file->path, place, what, remedy);
}

void
xps_vamas_warn (XpsVamas *self, guint line, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = xps_text_vprintf (format, arguments);
  va_end (arguments);
  char *warning = xps_line_dup_message (line, "%s", message);
  if (xps_vamas_take_memory (self, 64 + strlen (warning)))
    g_ptr_array_add (self->file->warnings, warning);
  else
    g_free (warning);
}

XpsSpan
xps_vamas_take_text (XpsVamas *self, const char *what)
{
  XpsSpan line = {0};

  if (self->error != NULL)
    return line;
  if (xps_lines_next (&self->lines, &line))
    return xps_span_trim (line);
  g_autofree char *sentence = xps_text_printf (_ ("the file ends where the %s was expected"), what);
  xps_vamas_fail (self, XPS_FORMATS_ERROR_MALFORMED, self->lines.line + 1, sentence, CUT_OFF);
  return line;
}

static double
fail_number (XpsVamas *self, XpsSpan line, const char *kind, const char *what)
{
  g_autofree char *found = xps_text_dup_excerpt (line.text, (gssize)line.length, 40);
  g_autofree char *sentence = xps_text_printf (_ ("%s expected (%s), found \"%s\""), kind, what, found);
  xps_vamas_fail (self, XPS_FORMATS_ERROR_MALFORMED, line.line, sentence, SHIFTED);
  return (double)NAN;
}

double
xps_vamas_take_number (XpsVamas *self, const char *what)
{
  const XpsSpan line = xps_vamas_take_text (self, what);
  double value = (double)NAN;

  if (self->error != NULL || line.length == 0)
    return (double)NAN;
  if (!xps_span_parse_number (line, &value) || isnan (value))
    return fail_number (self, line, "number", what);
  return fabs (value) >= XPS_VAMAS_NOT_GIVEN ? (double)NAN : value;
}

int
xps_vamas_take_integer (XpsVamas *self, const char *what)
{
  const XpsSpan line = xps_vamas_take_text (self, what);
  double value = (double)NAN;

  if (self->error != NULL)
    return 0;
  if (!xps_span_parse_number (line, &value)) {
    fail_number (self, line, "number", what);
    return 0;
  }
  if (!(fabs (value) <= G_MAXINT) || value != floor (value)) {
    fail_number (self, line, "whole number", what);
    return 0;
  }
  return (int)value;
}

gsize
xps_vamas_take_count (XpsVamas *self, const char *what)
{
  const int count = xps_vamas_take_integer (self, what);
  const gsize left = xps_lines_left (&self->lines);

  if (self->error != NULL)
    return 0;
  if (count >= 0 && (gsize)count <= left)
    return (gsize)count;
  g_autofree char *sentence =
      count < 0 ? xps_text_printf (_ ("%s: %d, which can not be"), what, count)
                : xps_text_printf (_ ("%s: %d, but only %zu bytes follow"), what, count, left);
  xps_vamas_fail (self, count < 0 ? XPS_FORMATS_ERROR_MALFORMED : XPS_FORMATS_ERROR_TOO_LARGE,
                  self->lines.line, sentence, count < 0 ? SHIFTED : CUT_OFF);
  return 0;
}

XpsVamasList
xps_vamas_take_list (XpsVamas *self, gsize n, guint lines_each, const char *what)
{
  const XpsVamasList list = {.at = self->lines, .n = n};

  for (gsize i = 0; i < n * lines_each && self->error == NULL; i++)
    xps_vamas_take_text (self, what);
  return list;
}

gboolean
xps_vamas_take_memory (XpsVamas *self, gsize bytes)
{
  if (self->error != NULL)
    return FALSE;
  if (xps_memory_take (&self->budget, bytes))
    return TRUE;
  return xps_vamas_fail (self, XPS_FORMATS_ERROR_TOO_LARGE, self->lines.line,
                         N_ ("the blocks would need more than 100 times the file's size of memory"),
                         N_ ("split the file into several"));
}

char *
xps_vamas_dup (XpsVamas *self, XpsSpan span)
{
  if (span.line == 0 || !xps_vamas_take_memory (self, span.length + 32))
    return NULL;
  return xps_span_dup (span);
}
