/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/journal.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "base/error.h"
#include "project/database.h"
#include "project/lock.h"
#include "project/project-private.h"
#include "project/store.h"

struct _XpsJournal {
  gatomicrefcount references;
  char *file;
  GMutex mutex;    /* guards the rest */
  XpsStore *store; /* NULL: ended */
  XpsLock *lock;
  guint64 number; /* of the last entry */
  gboolean modified;
  char *path;
};

/* ---- one journal ---- */

static void
remove_files (const char *file)
{
  static const char *const endings[] = {"-wal", "-shm", "-journal", ""};
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *name = g_strconcat (file, endings[i], NULL);
    g_unlink (name);
  }
}

/* A lock file of its own: closing any other descriptor of the database would drop SQLite's locks on it. */
static XpsLock *
take_lock (const char *file, GError **error)
{
  g_autofree char *name = g_strconcat (file, ".lock", NULL);
  g_autofree char *reason = NULL;
  XpsLockOutcome outcome;
  XpsLock *lock = xps_lock_take_file (name, &outcome, &reason);
  if (lock == NULL)
    xps_error_set (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_WRITE, file, NULL,
                   outcome == XPS_LOCK_TAKEN ? N_ ("the journal belongs to a document that is open")
                                             : N_ ("the journal cannot be locked"),
                   NULL);
  return lock;
}

XpsJournal *
xps_journal_take (const char *file, GError **error)
{
  XpsLock *lock = take_lock (file, error);
  XpsStore *store = lock != NULL ? xps_store_open_journal (file, error) : NULL;
  if (store == NULL) {
    xps_lock_free (lock);
    return NULL;
  }
  XpsJournal *self = g_new0 (XpsJournal, 1);
  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  self->file = g_strdup (file);
  self->store = store;
  self->lock = lock;
  return self;
}

XpsJournal *
xps_journal_new (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    xps_write_fail (error, folder, errno);
    return NULL;
  }
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strconcat (id, XPS_JOURNAL_ENDING, NULL);
  g_autofree char *file = g_build_filename (folder, name, NULL);
  return xps_journal_take (file, error);
}

XpsJournal *
xps_journal_ref (XpsJournal *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
xps_journal_end (XpsJournal *self, gboolean remove)
{
  g_mutex_lock (&self->mutex);
  if (self->store != NULL) {
    g_clear_pointer (&self->store, xps_store_free);
    if (remove)
      remove_files (self->file);
    g_clear_pointer (&self->lock, xps_lock_free); /* last: until now nobody else looks at it */
  }
  g_mutex_unlock (&self->mutex);
}

void
xps_journal_unref (XpsJournal *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->references))
    return;
  xps_journal_end (self, FALSE);
  g_mutex_clear (&self->mutex);
  g_free (self->file);
  g_free (self->path);
  g_free (self);
}

/* ---- entries ---- */

void
xps_journal_entry_free (XpsJournalEntry *self)
{
  xps_journal_unref (self->journal);
  xps_state_unref (self->state);
  g_strfreev (self->history);
  g_free (self->path);
  g_free (self);
}

static gboolean
is_known (const XpsJournal *self, const XpsJournalEntry *entry)
{
  if (entry->number < self->number)
    return TRUE;
  const gboolean same_notes = entry->modified == self->modified && g_strcmp0 (entry->path, self->path) == 0;
  return same_notes && (!entry->modified || entry->state == self->store->written);
}

/* With the mutex held. State and notes in one go: a state without the note that it is unsaved would not be
 * offered. A saved one leaves the tables as they are, the file has it. */
static gboolean
write_entry (XpsJournal *self, const XpsJournalEntry *entry, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%SZ");
  const char *const notes[] = {"modified", entry->modified ? "yes" : "no", "path", entry->path, "time", time,
                               NULL};
  if (!xps_store_write (self->store, entry->modified ? entry->state : NULL,
                        (const char *const *)entry->history, notes, error))
    return FALSE;
  self->modified = entry->modified;
  self->number = entry->number;
  g_free (self->path);
  self->path = g_strdup (entry->path);
  return TRUE;
}

gboolean
xps_journal_write (const XpsJournalEntry *entry, GError **error)
{
  XpsJournal *self = entry->journal;
  g_mutex_lock (&self->mutex);
  const gboolean good = self->store == NULL || is_known (self, entry) || write_entry (self, entry, error);
  g_mutex_unlock (&self->mutex);
  return good;
}

XpsState *
xps_journal_read (XpsJournal *self, GStrv *history, GError **error)
{
  g_mutex_lock (&self->mutex);
  XpsState *state = xps_store_read (self->store, history, error);
  self->modified = state != NULL;
  g_free (self->path);
  self->path = xps_store_dup_note (self->store, "path");
  g_mutex_unlock (&self->mutex);
  return state;
}

char *
xps_journal_dup_note (XpsJournal *self, const char *key)
{
  return xps_store_dup_note (self->store, key);
}

guint
xps_journal_get_n_regions (XpsJournal *self)
{
  return (guint)CLAMP (xps_store_get_count (self->store, "n_regions"), 0, G_MAXINT32);
}

/* ---- of a document ---- */

gboolean
xps_project_start_journal (XpsProject *self, const char *folder, GError **error)
{
  if (self->journal == NULL) /* a recovered document has taken its own over */
    self->journal = xps_journal_new (folder, error);
  return self->journal != NULL;
}

static XpsJournalEntry *
new_entry (XpsProject *self)
{
  XpsJournalEntry *entry = g_new0 (XpsJournalEntry, 1);
  entry->journal = xps_journal_ref (self->journal);
  entry->number = ++self->n_entries;
  entry->state = xps_state_ref (self->state);
  entry->history = xps_project_dup_history (self);
  entry->path = g_strdup (self->path);
  entry->modified = self->modified;
  return entry;
}

gboolean
xps_project_flush_journal (XpsProject *self, GError **error)
{
  if (self->journal == NULL)
    return TRUE;
  XpsJournalEntry *entry = new_entry (self);
  const gboolean good = xps_journal_write (entry, error);
  xps_journal_entry_free (entry);
  return good;
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  if (xps_journal_write (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) outer = data;
  GError *error = NULL;
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (outer, TRUE);
  else
    g_task_return_error (outer, error);
}

void
xps_project_flush_journal_async (XpsProject *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) outer = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (outer, xps_project_flush_journal_async);
  if (self->journal == NULL) {
    g_task_return_boolean (outer, TRUE);
    return;
  }
  /* Two tasks: the thread may drop its task last, and the document must end on the thread of its listeners.
   */
  g_autoptr (GTask) inner = g_task_new (NULL, NULL, on_written, g_steal_pointer (&outer));
  g_task_set_task_data (inner, new_entry (self), (GDestroyNotify)xps_journal_entry_free);
  g_task_run_in_thread (inner, write_in_thread);
}

gboolean
xps_project_flush_journal_finish (XpsProject *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
xps_project_stop_journal (XpsProject *self)
{
  if (self->journal != NULL)
    xps_journal_end (self->journal, TRUE);
  g_clear_pointer (&self->journal, xps_journal_unref);
}
