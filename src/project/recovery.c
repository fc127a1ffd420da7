/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "project/project-private.h"

/* What a crash left: journals whose lock nobody holds. */

static void
recovery_free (gpointer data)
{
  XpsRecovery *self = data;
  g_free (self->journal);
  g_free (self->path);
  g_free (self->title);
  g_free (self->time);
  g_free (self);
}

/* "2026-11-22 14:30:05" where this computer is. New string. */
static char *
dup_local_time (const char *utc)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = utc != NULL ? g_date_time_new_from_iso8601 (utc, zone) : NULL;
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;
  return local != NULL ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : g_strdup ("");
}

/* NULL: it holds nothing that is not in a file; then it is not needed any more. One that belongs to somebody,
 * or cannot be read, is left alone. */
static XpsRecovery *
look_at (const char *file)
{
  g_autoptr (XpsJournal) journal = xps_journal_take (file, NULL);
  if (journal == NULL)
    return NULL;
  g_autofree char *modified = xps_journal_dup_note (journal, "modified");
  if (g_strcmp0 (modified, "yes") != 0) {
    xps_journal_end (journal, TRUE);
    return NULL;
  }
  g_autofree char *time = xps_journal_dup_note (journal, "time");
  XpsRecovery *self = g_new0 (XpsRecovery, 1);
  self->journal = g_strdup (file);
  self->path = xps_journal_dup_note (journal, "path");
  self->title = xps_path_dup_title (self->path);
  self->time = dup_local_time (time);
  self->n_regions = xps_journal_get_n_regions (journal);
  return self;
}

static gint
compare_times (gconstpointer a, gconstpointer b)
{
  const XpsRecovery *first = *(const XpsRecovery *const *)a, *second = *(const XpsRecovery *const *)b;
  return strcmp (first->time, second->time);
}

GPtrArray *
xps_recovery_list (const char *folder)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (recovery_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (folder, name, NULL);
    XpsRecovery *found = g_str_has_suffix (name, XPS_JOURNAL_ENDING) ? look_at (file) : NULL;
    if (found != NULL)
      g_ptr_array_add (list, found);
  }
  g_ptr_array_sort (list, compare_times);
  return list;
}

XpsProject *
xps_recovery_open (const XpsRecovery *recovery, GError **error)
{
  g_autoptr (XpsJournal) journal = xps_journal_take (recovery->journal, error);
  g_auto (GStrv) history = NULL;
  g_autoptr (XpsState) state = journal != NULL ? xps_journal_read (journal, &history, error) : NULL;
  if (state == NULL)
    return NULL;
  XpsProject *self = xps_project_new ();
  xps_project_adopt (self, state, g_steal_pointer (&history));
  self->path = xps_journal_dup_note (journal, "path");
  self->journal = g_steal_pointer (&journal);
  xps_project_lock_path (self);
  return self;
}

void
xps_recovery_discard (const XpsRecovery *recovery)
{
  g_autoptr (XpsJournal) journal = xps_journal_take (recovery->journal, NULL);
  if (journal != NULL)
    xps_journal_end (journal, TRUE);
}
