/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session-harvest.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/page-number.h"
#include "app/session-import.h"

/* What an import says: a message, and the log that stays. */

#define MAX_DETAILS 20000  /* bytes; nobody reads more of a message */
#define MAX_LOG     500000 /* and of the log of a day */

/* Phrases that stand on their own, one behind the other. */
static GString *
next_phrase (GString *line)
{
  if (line->len > 0)
    g_string_append (line, " · ");
  return line;
}

static void
append_region (GString *line, const XpsRegion *region)
{
  const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (region->spectrum);
  g_string_append (next_phrase (line), region->name);
  if (acquisition->source != NULL)
    g_string_append_printf (line, ", %s", acquisition->source);
  if (xps_spectrum_get_unit (region->spectrum) == XPS_INTENSITY_COUNTS)
    g_string_append_printf (line, ", %s", _ ("counts"));
  else if (xps_spectrum_get_unit (region->spectrum) == XPS_INTENSITY_COUNTS_PER_SECOND)
    g_string_append_printf (line, ", %s", _ ("counts per second"));
  if (isnan (acquisition->pass_energy))
    return;
  g_autofree char *energy = xps_page_dup_significant (acquisition->pass_energy, 4);
  g_string_append (line, ", ");
  g_string_append_printf (line, _ ("%s eV pass energy"), energy);
}

static guint
count_warnings (const GPtrArray *files)
{
  guint n = 0;
  for (guint i = 0; i < files->len; i++)
    n += ((const XpsFile *)g_ptr_array_index (files, i))->warnings->len;
  return n;
}

static void
append_remarks (GString *line, const XpsHarvest *harvest)
{
  guint n = count_warnings (harvest->files);
  if (n > 0)
    g_string_append_printf (next_phrase (line), ngettext ("%u warning", "%u warnings", n), n);
  n = harvest->foreign->len;
  if (n > 0)
    g_string_append_printf (next_phrase (line),
                            ngettext ("%u file was no spectrum", "%u files were no spectra", n), n);
  n = harvest->errors->len;
  if (n == 0)
    return;
  g_autofree char *first = xps_page_dup_localised (g_ptr_array_index (harvest->errors, 0));
  g_string_append_printf (
      next_phrase (line),
      ngettext ("%u file could not be read: %s", "%u files could not be read, the first: %s", n), n, first);
}

static void
append_lines (GString *text, const char *name, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len && text->len < MAX_DETAILS; i++) {
    g_autofree char *line = xps_page_dup_localised (g_ptr_array_index (lines, i));
    g_string_append_printf (text, "\n%s%s%s", name != NULL ? name : "", name != NULL ? ": " : "", line);
  }
}

/* Everything that was guessed, warned about and refused, file by file, below the one line. */
static void
append_details (GString *text, const XpsHarvest *harvest)
{
  append_lines (text, NULL, harvest->errors);
  for (guint i = 0; i < harvest->files->len; i++) {
    const XpsFile *file = g_ptr_array_index (harvest->files, i);
    g_autofree char *name = g_path_get_basename (file->path);
    append_lines (text, name, file->warnings);
    append_lines (text, name, file->notes);
  }
}

void
xps_session_tell_harvest (XpsSession *self, const XpsHarvest *harvest, const XpsRegion *shown, guint n)
{
  g_autoptr (GString) line = g_string_new (NULL);
  if (n != 1)
    g_string_append_printf (line, ngettext ("%u spectrum read", "%u spectra read", n), n);
  if (shown != NULL)
    append_region (line, shown);
  append_remarks (line, harvest);
  append_details (line, harvest);
  xps_session_say (self, harvest->errors->len > 0 || n == 0, "%s", line->str);
}

/* ---- the log ---- */

typedef enum { LOG_WARNING, LOG_NOTE, LOG_REFUSED, LOG_FOREIGN } LogKind;

static void
log_lines (GString *log, LogKind kind, const GPtrArray *lines)
{
  for (guint i = 0; i < lines->len && log->len < MAX_LOG; i++) {
    const char *line = g_ptr_array_index (lines, i);
    if (kind == LOG_WARNING || kind == LOG_NOTE)
      g_string_append (log, "  ");
    if (kind == LOG_REFUSED) /* names its file itself */
      g_string_append_printf (log, _ ("Not read: %s"), line);
    else if (kind == LOG_FOREIGN) /* amid a folder, where anything may lie */
      g_string_append_printf (log, _ ("Left out, no spectrum: %s"), line);
    else if (kind == LOG_WARNING)
      g_string_append_printf (log, _ ("Warning: %s"), line);
    else /* what a reader took for granted, changed or left out */
      g_string_append_printf (log, _ ("Note: %s"), line);
    g_string_append_c (log, '\n');
  }
}

static const char *
get_title (const char *format)
{
  gsize n = 0;
  const XpsFormat *const *formats = xps_formats_get (&n);
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (formats[i]->id, format))
      return formats[i]->title;
  return format;
}

static void
log_file (GString *log, const XpsFile *file)
{
  g_string_append_printf (log, "%s\n  ", file->path);
  g_string_append_printf (
      log, ngettext ("Read: %u spectrum, as %s", "Read: %u spectra, as %s", file->spectra->len),
      file->spectra->len, get_title (file->format));
  g_string_append_c (log, '\n');
  log_lines (log, LOG_WARNING, file->warnings);
  log_lines (log, LOG_NOTE, file->notes);
}

static void
log_harvest (GString *log, const XpsHarvest *harvest)
{
  for (guint i = 0; i < harvest->files->len && log->len < MAX_LOG; i++) {
    log_file (log, g_ptr_array_index (harvest->files, i));
    g_string_append_c (log, '\n');
  }
  log_lines (log, LOG_REFUSED, harvest->errors);
  log_lines (log, LOG_FOREIGN, harvest->foreign);
  if (harvest->errors->len + harvest->foreign->len > 0)
    g_string_append_c (log, '\n');
}

/* Where nothing was read there is no edit that could carry it: the lines wait for the next one. */
void
xps_session_log_harvest (XpsSession *self, XpsHarvest *harvest)
{
  const gboolean edits = harvest->ids->len > 0;
  g_autoptr (GString) kept = g_string_new (edits ? xps_state_get_reading_log (harvest->state) : NULL);
  g_string_append (kept, self->unsaved_log->str);
  log_harvest (kept, harvest);
  g_string_assign (self->unsaved_log, edits ? "" : kept->str);
  if (!edits)
    return;
  XpsState *logged = xps_state_with_reading_log (harvest->state, kept->str);
  xps_state_unref (harvest->state);
  harvest->state = logged;
}

/* The document keeps numbers as files have them; names of files stand at the beginning of a line. */
char *
xps_session_dup_import_log (XpsSession *self)
{
  const XpsState *state = self->project != NULL ? xps_project_get_state (self->project) : NULL;
  g_autofree char *kept =
      g_strconcat (state != NULL ? xps_state_get_reading_log (state) : "", self->unsaved_log->str, NULL);
  g_auto (GStrv) lines = g_strsplit (kept, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++) {
    char *line = lines[i];
    if (g_str_has_prefix (line, "  ")) {
      lines[i] = xps_page_dup_localised (line);
      g_free (line);
    }
  }
  return g_strjoinv ("\n", lines);
}
