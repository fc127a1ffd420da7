/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/watch.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "series/watch-private.h"

#define SETTLE   0.5 /* s */
#define PATIENCE 10.0
#define INTERVAL 1.0
#define SHARE    20 /* a look may take one part in so many of the time */

/* ---- a watch ---- */

static void
entry_free (gpointer data)
{
  XpsWatchEntry *entry = data;
  g_free (entry->path);
  g_free (entry);
}

static gint64
microseconds (double seconds, double usual)
{
  return (gint64)(1e6 * (seconds > 0 ? seconds : usual));
}

XpsWatch *
xps_watch_new (const char *folder, const XpsWatchOptions *options, XpsWatchRead read, gpointer user_data)
{
  static const XpsWatchOptions usual = {0};
  if (options == NULL)
    options = &usual;
  XpsWatch *self = g_new0 (XpsWatch, 1);
  self->folder = g_canonicalize_filename (folder, NULL);
  self->settle = microseconds (options->settle, SETTLE);
  self->patience = microseconds (options->patience, PATIENCE);
  self->interval = microseconds (options->interval, INTERVAL);
  self->read = read;
  self->user_data = user_data;
  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, entry_free);
  self->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->blanks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lengths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->endings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->context = g_main_context_new ();
  return self;
}

void
xps_watch_free (XpsWatch *self)
{
  if (self == NULL)
    return;
  xps_watch_stop_monitor (self);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->entries);
  g_hash_table_unref (self->marks);
  g_hash_table_unref (self->blanks);
  g_hash_table_unref (self->lengths);
  g_hash_table_unref (self->endings);
  g_free (self->folder);
  g_free (self);
}

void
xps_watch_content_free (XpsWatchContent *self)
{
  if (self == NULL)
    return;
  if (self->free_holder != NULL)
    self->free_holder (self->holder);
  g_free (self);
}

XpsWatchEvent *
xps_watch_event_new (XpsWatchKind kind, const char *path, char *take_message)
{
  XpsWatchEvent *self = g_new0 (XpsWatchEvent, 1);
  self->kind = kind;
  self->path = g_strdup (path);
  self->message = take_message;
  return self;
}

void
xps_watch_event_free (XpsWatchEvent *self)
{
  if (self == NULL)
    return;
  g_free (self->path);
  g_free (self->message);
  xps_watch_content_free (self->content);
  g_clear_pointer (&self->fresh, g_array_unref);
  g_free (self);
}

/* ---- the folder ---- */

gboolean
xps_watch_stamp (const char *path, XpsWatchStamp *stamp)
{
  struct stat info;
  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;
  *stamp = (XpsWatchStamp){info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_ino};
  return TRUE;
}

/* What programs write before they rename it, and what they leave about. */
static gboolean
is_scratch (const char *name)
{
  static const char *const endings[] = {"~",         ".tmp",      ".temp",       ".part",       ".partial",
                                        ".filepart", ".download", ".crdownload", ".swp",        ".lock",
                                        ".lck",      ".bak",      ".new",        ".incomplete", NULL};
  g_autofree char *folded = g_ascii_strdown (name, -1);
  if (name[0] == '.' || name[0] == '~' || name[0] == '#')
    return TRUE;
  for (const char *const *ending = endings; *ending != NULL; ending++)
    if (g_str_has_suffix (folded, *ending))
      return TRUE;
  return FALSE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  g_autofree char *x = g_utf8_collate_key_for_filename (*(char *const *)a, -1);
  g_autofree char *y = g_utf8_collate_key_for_filename (*(char *const *)b, -1);
  return strcmp (x, y);
}

/* Paths in order; NULL: the folder cannot be looked into. */
static GPtrArray *
list_files (const XpsWatch *self)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  const char *name;
  if (folder == NULL)
    return NULL;
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (!is_scratch (name))
      g_ptr_array_add (paths, g_build_filename (self->folder, name, NULL));
  g_ptr_array_sort (paths, compare_names);
  return paths;
}

/* The entry with its present stamp, or NULL. */
static XpsWatchEntry *
update_entry (XpsWatch *self, const char *path, gint64 now)
{
  XpsWatchStamp stamp = {0};
  if (!xps_watch_stamp (path, &stamp))
    return NULL;
  XpsWatchEntry *entry = g_hash_table_lookup (self->entries, path);
  if (entry == NULL) {
    entry = g_new0 (XpsWatchEntry, 1);
    entry->path = g_strdup (path);
    entry->first = now;
    g_hash_table_insert (self->entries, entry->path, entry);
  }
  entry->look = self->n_looks;
  const gboolean same = entry->stamp.size == stamp.size && entry->stamp.seconds == stamp.seconds &&
                        entry->stamp.nanoseconds == stamp.nanoseconds && entry->stamp.inode == stamp.inode;
  if (!same) {
    entry->stamp = stamp;
    entry->since = now;
    entry->next = now + self->settle;
    entry->tries = 0;
    entry->done = entry->told = FALSE;
  }
  return entry;
}

/* Files of one burst come in the order of their names: one that is still being written holds those behind it
 * back for a while, unless it is of the kind that is written to all the time. */
static gboolean
holds_back (const XpsWatch *self, const XpsWatchEntry *entry, gint64 now)
{
  return !entry->taken && entry->tries == 0 && now - entry->first < 4 * self->settle;
}

static void
look_at (XpsWatch *self, const GPtrArray *paths, gint64 now, GPtrArray *events)
{
  gboolean held = FALSE;
  for (guint i = 0; i < paths->len; i++) {
    XpsWatchEntry *entry = update_entry (self, g_ptr_array_index (paths, i), now);
    if (entry == NULL || entry->done || entry->stamp.size == 0)
      continue;
    if (now < entry->next)
      held |= holds_back (self, entry, now);
    else if (!held)
      xps_watch_take (self, entry, now, events);
  }
}

static guint64
folder_inode (const XpsWatch *self)
{
  struct stat info;
  return stat (self->folder, &info) == 0 ? (guint64)info.st_ino : 0;
}

static void
tell_folder (XpsWatch *self, gboolean gone, GPtrArray *events)
{
  if (gone == self->gone)
    return;
  self->gone = gone;
  char *message =
      gone ? xps_text_printf (_ ("%s cannot be looked into: waiting for it to come back"), self->folder)
           : xps_text_printf (_ ("%s is back"), self->folder);
  g_ptr_array_add (events,
                   xps_watch_event_new (gone ? XPS_WATCH_GONE : XPS_WATCH_BACK, self->folder, message));
}

GPtrArray *
xps_watch_look (XpsWatch *self, gint64 now)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_watch_event_free);
  const gint64 begun = g_get_monotonic_time ();
  g_autoptr (GPtrArray) paths = list_files (self);
  self->last_look = now;
  self->n_looks++;
  self->folder_inode = folder_inode (self);
  tell_folder (self, paths == NULL, events);
  if (paths != NULL)
    look_at (self, paths, now, events);
  self->cost = g_get_monotonic_time () - begun;
  return events;
}

gint64
xps_watch_get_delay (const XpsWatch *self, gint64 now)
{
  gint64 due = self->last_look + MAX (self->interval, SHARE * self->cost);
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const XpsWatchEntry *entry = value;
    if (!entry->done && entry->stamp.size > 0 && entry->look == self->n_looks)
      due = MIN (due, MAX (entry->next, self->last_look + self->settle / 4));
  }
  return MAX (due - now, 0);
}
