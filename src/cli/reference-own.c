/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/number.h"
#include "cli/reference.h"

/* The user's own entries: list, add, remove, export, import. */

static gboolean
list (XpsOwn *own, const XpsReferenceQuestion *question, GError **error)
{
  g_autoptr (GPtrArray) lines = xps_own_list_lines (own, error);
  g_autoptr (GPtrArray) phases = lines != NULL ? xps_own_list_phases (own, error) : NULL;
  if (phases == NULL)
    return FALSE;
  if (question->out == NULL)
    for (guint i = 0; i < lines->len; i++) {
      const XpsReferenceLine *line = g_ptr_array_index (lines, i);
      g_print ("number %" G_GINT64_FORMAT ": %s %s%s\n", line->id, line->species, line->level,
               line->replaces > 0 ? ", in the place of a shipped value" : "");
    }
  xps_reference_print_lines (question->reference, lines, question->out);
  if (question->out != NULL || phases->len > 0)
    xps_reference_print_phases (phases, question->out);
  else if (lines->len == 0)
    g_print ("no own entries in %s\n", question->own);
  return TRUE;
}

static gboolean
parse_id (const char *text, gint64 *id, GError **error)
{
  double number;
  if (text == NULL || !xps_number_parse (text, &number) ||
      !(number >= 1 && number <= 1e9 && number == floor (number)))
    return xps_reference_refuse (error, "name the number of an entry");
  *id = (gint64)number;
  return TRUE;
}

/* What a correction stands for: the shipped value of that number. */
static gboolean
find_shipped (const XpsReferenceQuestion *question, gint64 id, XpsReferenceLine **out, GError **error)
{
  XpsReferenceQuery all;
  xps_reference_query_init (&all);
  all.secondary = all.recalled = all.tabulated = TRUE;
  g_autoptr (GPtrArray) lines = xps_reference_search (question->reference, &all, error);
  for (guint i = 0; lines != NULL && i < lines->len; i++) {
    const XpsReferenceLine *line = g_ptr_array_index (lines, i);
    if (line->id != id || line->verified == XPS_VERIFIED_USER)
      continue;
    *out = xps_own_new_correction (line);
    return TRUE;
  }
  return lines != NULL &&
         xps_reference_refuse (error, "--replaces: there is no shipped value of this number");
}

static void
set_text (char **member, const char *text)
{
  if (text == NULL)
    return;
  g_free (*member);
  *member = g_strdup (text);
}

static gboolean
add (XpsOwn *own, const XpsReferenceQuestion *question, GError **error)
{
  const XpsReferenceAsked *asked = question->options;
  g_autoptr (XpsReferenceLine) line = NULL;
  gint64 id = 0;
  if (asked->replaces != NULL &&
      (!parse_id (asked->replaces, &id, error) || !find_shipped (question, id, &line, error)))
    return FALSE;
  if (line == NULL)
    line = xps_reference_line_new ();
  else
    g_clear_pointer (&line->source, g_free); /* who corrects it says so */
  set_text (&line->species, asked->species);
  set_text (&line->level, asked->level);
  set_text (&line->source, asked->source);
  set_text (&line->charge_reference, asked->charge_reference);
  set_text (&line->note, asked->note);
  if (!xps_reference_parse_energy ("--binding-energy", asked->energy, &line->energy, error) ||
      !xps_reference_parse_energy ("--uncertainty", asked->uncertainty, &line->uncertainty, error))
    return FALSE;
  id = xps_own_add_line (own, line, error);
  if (id == 0)
    return FALSE;
  if (question->out != NULL)
    xps_json_stream_integer (question->out, "added", id);
  else
    g_print ("number %" G_GINT64_FORMAT "\n", id);
  return TRUE;
}

static gboolean
remove_entry (XpsOwn *own, const XpsReferenceQuestion *question, GError **error)
{
  gint64 id = 0;
  if (question->options->phase != NULL)
    return xps_own_remove_phase (own, question->options->phase, error);
  return parse_id (question->operands[1], &id, error) && xps_own_remove_line (own, id, error);
}

static gboolean
export_table (XpsOwn *own, const XpsReferenceQuestion *question, GError **error)
{
  const char *path = question->operands[1];
  g_autofree char *text = xps_own_dup_csv (own, error);
  if (text == NULL)
    return FALSE;
  if (path != NULL)
    return xps_file_write (path, text, strlen (text), error);
  if (question->out != NULL)
    xps_json_stream_string (question->out, "csv", text);
  else
    g_print ("%s", text);
  return TRUE;
}

static gboolean
import_table (XpsOwn *own, const XpsReferenceQuestion *question, GError **error)
{
  const char *path = question->operands[1];
  guint n_added = 0, n_phases = 0;
  gsize length = 0;
  if (path == NULL)
    return xps_reference_refuse (error, "reference own import: name a table (CSV)");
  g_autoptr (GBytes) bytes = xps_file_read (path, error);
  const char *text = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  if (bytes == NULL ||
      !xps_own_import_csv (own, path, text != NULL ? text : "", length, &n_added, &n_phases, error))
    return FALSE;
  if (question->out != NULL) {
    xps_json_stream_integer (question->out, "added", n_added);
    xps_json_stream_integer (question->out, "phases", n_phases);
  } else
    g_print ("%u values added, %u phases\n", n_added, n_phases);
  return TRUE;
}

gboolean
xps_reference_answer_own (const XpsReferenceQuestion *question, GError **error)
{
  static const struct {
    const char *name;
    gboolean (*answer) (XpsOwn *own, const XpsReferenceQuestion *question, GError **error);
  } actions[] = {{"list", list},
                 {"add", add},
                 {"remove", remove_entry},
                 {"export", export_table},
                 {"import", import_table}};
  const char *name = question->operand != NULL ? question->operand : "list";
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++) {
    if (strcmp (actions[i].name, name) != 0)
      continue;
    g_autoptr (XpsOwn) own = xps_own_open (question->own, error);
    return own != NULL && actions[i].answer (own, question, error);
  }
  return xps_reference_refuse (error,
                               "reference own: list, add, remove NUMBER, export [FILE] or import FILE");
}
