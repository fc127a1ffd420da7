/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "reference/build.h"
#include "reference/csv.h"

#define FILE_NAME "controversies.csv"
#define COLUMN    "statement"

static int
find_column (const XpsCsv *csv, const char *name)
{
  for (guint i = 0; i < csv->cells->len; i++)
    if (strcmp (g_ptr_array_index (csv->cells, i), name) == 0)
      return (int)i;
  return -1;
}

/* As C has it; UTF-8 stays what it is. */
static void
append_escaped (GString *out, const char *cell)
{
  for (const char *at = cell; *at != '\0'; at++) {
    if (*at == '"' || *at == '\\')
      g_string_append_c (out, '\\');
    if (*at == '\n')
      g_string_append (out, "\\n");
    else
      g_string_append_c (out, *at);
  }
}

static gboolean
collect_words (XpsCsv *csv, GString *out, GError **error)
{
  GError *local = NULL;
  const int column = xps_csv_next (csv, &local) ? find_column (csv, COLUMN) : -1;
  if (local == NULL && column < 0)
    return xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_TEXT, csv->file, "line 1",
                          N_ ("has no column \"statement\""), NULL);
  while (local == NULL && xps_csv_next (csv, &local)) {
    const char *cell = (guint)column < csv->cells->len ? g_ptr_array_index (csv->cells, column) : "";
    if (cell[0] == '\0')
      continue; /* the empty text is the head of a catalogue */
    g_string_append (out, "N_ (\"");
    append_escaped (out, cell);
    g_string_append (out, "\")\n");
  }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

char *
xps_reference_dup_words (const char *folder, GError **error)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autoptr (GBytes) bytes = xps_file_read (path, error);
  if (bytes == NULL)
    return NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  g_autofree char *text = g_strndup (data, length);
  g_autoptr (GString) out = g_string_new ("/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
                                          "/* Made by `ninja reference` out of " FILE_NAME
                                          " for xgettext; nothing includes it. */\n");
  XpsCsv csv;
  xps_csv_init (&csv, FILE_NAME, text, length);
  const gboolean done = collect_words (&csv, out, error);
  xps_csv_clear (&csv);
  return done ? g_string_free (g_steal_pointer (&out), FALSE) : NULL;
}
