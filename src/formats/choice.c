/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/choice.h"

#include "base/file.h"

void
xps_choice_free (XpsChoice *choice)
{
  if (choice == NULL)
    return;
  g_free (choice->path);
  g_free (choice->unit);
  g_free (choice);
}

char *
xps_choice_dup_text (const XpsChoice *choice)
{
  g_autoptr (GString) text = g_string_new (choice->path);

  for (guint k = 0; k < choice->rank; k++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, k == 0 ? " (" : " x ", choice->shape[k]);
  if (choice->unit != NULL && choice->unit[0] != '\0')
    g_string_append_printf (text, ", %s", choice->unit);
  g_string_append_c (text, ')');
  return g_strdup (text->str);
}

gboolean
xps_choice_is_curve (const XpsChoice *choice)
{
  gsize longest = 1;

  for (guint k = 0; k < choice->rank; k++)
    longest = MAX (longest, choice->shape[k]);
  return longest > 2;
}

GPtrArray *
xps_choices_list_file (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = xps_file_read (path, error);

  return bytes != NULL ? xps_choices_list (bytes, path, error) : NULL;
}
