/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <string.h>

#include "app/survey-window.h"

/* Accepted elements live in the notes as a line that people read and this program finds again: not
 * translated, as the notes are read in any language. */
#define HEAD "Elements: "

static char **
find_line (char **lines)
{
  for (; *lines != NULL; lines++)
    if (g_str_has_prefix (*lines, HEAD))
      return lines;
  return NULL;
}

char **
xps_survey_dup_accepted (const XpsRegion *region)
{
  g_auto (GStrv) lines = g_strsplit (region->notes != NULL ? region->notes : "", "\n", -1);
  char **line = find_line (lines);
  g_autoptr (GPtrArray) symbols = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) words = g_strsplit_set (line != NULL ? *line + strlen (HEAD) : "", ", ", -1);
  for (gsize i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_ptr_array_add (symbols, g_strdup (words[i]));
  g_ptr_array_add (symbols, NULL);
  return (char **)g_ptr_array_steal (symbols, NULL);
}

static char *
dup_line (char *const *accepted, const char *element, gboolean accept)
{
  g_autoptr (GString) text = g_string_new (HEAD);
  for (gsize i = 0; accepted[i] != NULL; i++)
    if (strcmp (accepted[i], element) != 0)
      g_string_append_printf (text, "%s%s", text->len > strlen (HEAD) ? ", " : "", accepted[i]);
  if (accept)
    g_string_append_printf (text, "%s%s", text->len > strlen (HEAD) ? ", " : "", element);
  return text->len > strlen (HEAD) ? g_strdup (text->str) : NULL;
}

static char *
dup_notes (const char *notes, const char *line)
{
  g_auto (GStrv) lines = g_strsplit (notes != NULL ? notes : "", "\n", -1);
  char **old = find_line (lines);
  g_autoptr (GString) text = g_string_new (NULL);
  for (char **at = lines; *at != NULL; at++) {
    const char *part = at == old ? line : *at;
    if (part != NULL && (part[0] != '\0' || at[1] != NULL))
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", part);
  }
  if (old == NULL && line != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  return g_strdup (text->str);
}

void
xps_survey_accept (XpsSession *session, guint region, const char *element, gboolean accept)
{
  XpsProject *project = xps_session_get_project (session);
  const XpsRegion *old = xps_state_find_region (xps_project_get_state (project), region);
  if (old == NULL)
    return;
  g_auto (GStrv) accepted = xps_survey_dup_accepted (old);
  g_autofree char *line = dup_line (accepted, element, accept);
  g_autoptr (XpsRegion) copy = xps_region_copy (old);
  g_free (copy->notes);
  copy->notes = dup_notes (old->notes, line);
  /* Translators: labels of edits behind Undo; %s is the symbol of an element. */
  g_autofree char *label =
      g_strdup_printf (accept ? _ ("accepted element %s") : _ ("element %s taken back"), element);
  xps_project_edit_region (project, label, copy);
}
