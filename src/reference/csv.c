/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/csv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "reference/build.h"

void
xps_csv_init (XpsCsv *self, const char *file, const char *text, gsize length)
{
  *self = (XpsCsv){file, text, text + length, 0, 1, g_ptr_array_new_with_free_func (g_free)};
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    self->at += 3;
}

void
xps_csv_clear (XpsCsv *self)
{
  g_clear_pointer (&self->cells, g_ptr_array_unref);
}

/* Behind the opening quote; FALSE when it is never closed. */
static gboolean
read_quoted (XpsCsv *self, GString *cell)
{
  while (self->at < self->end) {
    const char c = *self->at++;
    if (c == '"' && (self->at == self->end || *self->at != '"'))
      return TRUE;
    if (c == '"')
      self->at++;
    if (c == '\n')
      self->next_line++;
    g_string_append_c (cell, c);
  }
  return FALSE;
}

static gboolean
read_cell (XpsCsv *self, GString *cell)
{
  if (self->at < self->end && *self->at == '"') {
    self->at++;
    if (!read_quoted (self, cell))
      return FALSE;
  }
  while (self->at < self->end && *self->at != ',' && *self->at != '\n' && *self->at != '\r')
    g_string_append_c (cell, *self->at++);
  return TRUE;
}

static void
skip_line_ends (XpsCsv *self)
{
  for (; self->at < self->end && (*self->at == '\n' || *self->at == '\r'); self->at++)
    self->next_line += *self->at == '\n';
}

gboolean
xps_csv_next (XpsCsv *self, GError **error)
{
  g_ptr_array_set_size (self->cells, 0);
  skip_line_ends (self);
  if (self->at >= self->end)
    return FALSE;
  self->line = self->next_line;
  for (;;) {
    g_autoptr (GString) cell = g_string_new (NULL);
    if (!read_cell (self, cell)) {
      g_autofree char *place = g_strdup_printf ("line %u", self->line);
      return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_TEXT, self->file, place,
                            N_ ("a quote is opened and never closed"), N_ ("close it"));
    }
    g_ptr_array_add (self->cells, g_string_free (g_steal_pointer (&cell), FALSE));
    if (self->at >= self->end || *self->at != ',')
      return TRUE;
    self->at++;
  }
}

void
xps_csv_append (GString *out, const char *cell)
{
  if (strpbrk (cell, ",\"\r\n") == NULL) {
    g_string_append (out, cell);
    return;
  }
  g_string_append_c (out, '"');
  for (const char *c = cell; *c != '\0'; c++) {
    if (*c == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *c);
  }
  g_string_append_c (out, '"');
}
