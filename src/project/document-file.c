/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "project/database.h"
#include "project/project-private.h"
#include "project/store.h"

/* Opening and saving: a file is whole or as it was. */

/* ---- writing ---- */

/* What stands behind a symbolic link, so that the file is replaced and not the link. New string. */
static char *
dup_target (const char *path)
{
  char *resolved = realpath (path, NULL);
  char *target = g_strdup (resolved != NULL ? resolved : path);
  free (resolved);
  return target;
}

static int
sync_path (const char *path, int flags)
{
  const int fd = open (path, flags | O_CLOEXEC);
  int code = fd < 0 || fsync (fd) != 0 ? errno : 0;
  if (fd >= 0)
    close (fd);
  return code;
}

#define TEMPORARY ".corelevel-%08x.tmp"
#define STALE     (60 * 60) /* s: no save takes that long */

/* What saves left behind that were killed. */
static void
remove_stale (const char *folder)
{
  const time_t now = time (NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  struct stat status;
  unsigned id;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *ours = sscanf (name, TEMPORARY, &id) == 1 ? g_strdup_printf (TEMPORARY, id) : NULL;
    g_autofree char *file = g_strcmp0 (name, ours) == 0 ? g_build_filename (folder, name, NULL) : NULL;
    if (file != NULL && lstat (file, &status) == 0 && status.st_mtime < now - STALE)
      unlink (file);
  }
}

/* An empty hidden file in the target's folder; with the rights that a new file gets there, or those of the
 * file it will replace. */
static char *
make_beside (const char *target, int *code)
{
  g_autofree char *folder = g_path_get_dirname (target);
  struct stat old;
  remove_stale (folder);
  for (int i = 0; i < 100; i++) {
    g_autofree char *name = g_strdup_printf (TEMPORARY, g_random_int ());
    g_autofree char *file = g_build_filename (folder, name, NULL);
    const int fd = open (file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    *code = fd < 0 ? errno : 0;
    if (fd < 0 && errno == EEXIST)
      continue;
    if (fd < 0)
      return NULL;
    /* A file system that has no rights refuses; the file is as good. */
    if (stat (target, &old) == 0 && fchmod (fd, old.st_mode & 07777) != 0)
      errno = 0;
    close (fd);
    return g_steal_pointer (&file);
  }
  return NULL;
}

static gboolean
fill (const char *file, const char *path, const XpsState *state, const char *const *history, GError **error)
{
  g_autoptr (XpsStore) store = xps_store_create (file, path, error);
  return store != NULL && xps_store_write (store, state, history, NULL, error);
}

/* To the disk, then under its name, then the name to the disk: in this order a crash of the machine leaves
 * the old file or the new one. */
static gboolean
publish (const char *file, const char *target, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);
  int code = sync_path (file, O_RDWR);
  if (code == 0 && rename (file, target) != 0)
    code = errno;
  if (code != 0)
    return xps_write_fail (error, path, code);
  sync_path (folder, O_RDONLY | O_DIRECTORY); /* some file systems cannot; the file is written */
  return TRUE;
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) copy = g_file_new_for_path (to);
  if (link (from, to) == 0 || errno == EEXIST)
    return TRUE;
  return g_file_copy (source, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, error) ||
         (error != NULL && g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_EXISTS));
}

/* The file of an older version stays, its version behind its name. NULL: it is of the present one. */
static char *
dup_old_name (const char *target)
{
  const int version = xps_store_peek_version (target);
  return version >= 0 && version < XPS_SCHEMA_VERSION ? g_strdup_printf ("%s.v%d", target, version) : NULL;
}

static gboolean
keep_old_version (const char *target, const char *path, GError **error)
{
  g_autofree char *kept = dup_old_name (target);
  g_autoptr (GError) reason = NULL;
  if (kept == NULL || copy_file (target, kept, &reason))
    return TRUE;
  g_autofree char *what =
      g_strdup_printf (_ ("the copy of its older version cannot be made (%s)"), reason->message);
  return xps_error_set (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_WRITE, path, NULL, what,
                        _ ("save it in another place"));
}

gboolean
xps_state_write (const XpsState *state, const char *path, const char *const *history, GError **error)
{
  g_autofree char *target = dup_target (path);
  int code = 0;
  if (g_file_test (target, G_FILE_TEST_IS_DIR))
    return xps_error_set (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_WRITE, path, NULL, _ ("is a folder"),
                          _ ("choose a name for a file"));
  if (!keep_old_version (target, path, error))
    return FALSE;
  g_autofree char *file = make_beside (target, &code);
  if (file == NULL)
    return xps_write_fail (error, path, code);
  if (fill (file, path, state, history, error) && publish (file, target, path, error))
    return TRUE;
  unlink (file);
  return FALSE;
}

/* ---- who may write it ---- */

static gboolean
same_file (const char *a, const char *b)
{
  g_autofree char *first = a != NULL ? dup_target (a) : NULL;
  g_autofree char *second = b != NULL ? dup_target (b) : NULL;
  return first != NULL && g_strcmp0 (first, second) == 0;
}

/* NULL: it may be written. A sentence why not: new string. */
static char *
take_lock (const char *path, XpsLock **lock)
{
  g_autofree char *target = dup_target (path);
  g_autofree char *reason = NULL;
  XpsLockOutcome outcome;
  *lock = xps_lock_take (target, &outcome, &reason);
  if (outcome == XPS_LOCK_TAKEN || outcome == XPS_LOCK_UNWRITABLE)
    return g_steal_pointer (&reason);
  if (access (target, W_OK) != 0 && errno != ENOENT) {
    g_clear_pointer (lock, xps_lock_free);
    return g_strdup_printf (_ ("The file cannot be written to (%s)."), g_strerror (errno));
  }
  return NULL;
}

/* ---- opening ---- */

XpsProject *
xps_project_open (const char *path, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  XpsLock *lock = NULL;
  /* Before it is read: what is read then stays what the file holds. */
  g_autofree char *reason =
      g_file_test (absolute, G_FILE_TEST_IS_REGULAR) ? take_lock (absolute, &lock) : NULL;
  g_autoptr (GBytes) bytes = xps_file_read (absolute, error);
  int version = 0;
  g_autoptr (XpsStore) store = bytes != NULL ? xps_store_open_bytes (bytes, absolute, &version, error) : NULL;
  g_auto (GStrv) history = NULL;
  g_autoptr (XpsState) state = store != NULL ? xps_store_read (store, &history, error) : NULL;
  if (state == NULL) {
    xps_lock_free (lock);
    return NULL;
  }
  XpsProject *self = xps_project_new ();
  xps_project_adopt (self, state, g_steal_pointer (&history));
  self->saved = xps_state_ref (state);
  self->modified = FALSE;
  self->path = g_steal_pointer (&absolute);
  self->lock = lock;
  self->read_only_reason = g_steal_pointer (&reason);
  self->older = version < XPS_SCHEMA_VERSION;
  return self;
}

char *
xps_project_dup_older_name (XpsProject *self)
{
  g_autofree char *target = self->older && self->path != NULL ? dup_target (self->path) : NULL;
  g_autofree char *kept = target != NULL ? dup_old_name (target) : NULL;
  return kept != NULL ? g_path_get_basename (kept) : NULL;
}

void
xps_project_lock_path (XpsProject *self)
{
  g_clear_pointer (&self->lock, xps_lock_free);
  if (self->path != NULL)
    xps_project_set_read_only (self, take_lock (self->path, &self->lock));
}

/* ---- saving ---- */

static gboolean
refuse_read_only (GError **error, const char *path, const char *reason)
{
  const char *stop = g_utf8_find_prev_char (reason, reason + strlen (reason)); /* its own comes later */
  g_autofree char *what = g_strndup (reason, (gsize)(stop - reason));
  return xps_error_set (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_READ_ONLY, path, NULL, what,
                        _ ("save it under another name"));
}

/* The share vanished and came back, or the folder could not be locked before. Only somebody else is a reason
 * not to try: what else is wrong, the writing says better. */
static void
renew_lock (XpsProject *self)
{
  g_autofree char *target = dup_target (self->path);
  g_autofree char *reason = NULL;
  XpsLockOutcome outcome;
  g_clear_pointer (&self->lock, xps_lock_free);
  self->lock = xps_lock_take (target, &outcome, &reason);
  if (outcome == XPS_LOCK_TAKEN)
    xps_project_set_read_only (self, g_steal_pointer (&reason));
}

gboolean
xps_project_prepare_save (XpsProject *self, const char *path, GError **error)
{
  g_clear_pointer (&self->next_lock, xps_lock_free);
  if (path == NULL || same_file (path, self->path)) {
    g_return_val_if_fail (self->path != NULL, FALSE);
    if (self->read_only_reason == NULL && (self->lock == NULL || !xps_lock_is_valid (self->lock)))
      renew_lock (self);
    if (self->read_only_reason != NULL)
      return refuse_read_only (error, self->path, self->read_only_reason);
    return TRUE;
  }
  g_autofree char *target = dup_target (path);
  g_autofree char *reason = NULL;
  XpsLockOutcome outcome;
  self->next_lock = xps_lock_take (target, &outcome, &reason);
  /* A folder that cannot be written to is better said by the writing itself. */
  return outcome != XPS_LOCK_TAKEN || refuse_read_only (error, path, reason);
}

void
xps_project_mark_saved (XpsProject *self, const XpsState *state, const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_object_freeze_notify (G_OBJECT (self));
  if (!same_file (absolute, self->path)) {
    xps_project_set_path (self, absolute);
    g_clear_pointer (&self->lock, xps_lock_free);
    self->lock = g_steal_pointer (&self->next_lock);
  }
  if (self->lock == NULL)
    xps_project_lock_path (self);
  else
    xps_project_set_read_only (self, NULL);
  g_clear_pointer (&self->saved, xps_state_unref);
  self->saved = xps_state_ref (state);
  self->views_changed = self->older = FALSE;
  xps_project_set_modified (self);
  g_object_thaw_notify (G_OBJECT (self));
  /* From now on a crash loses nothing; only notes are written, and a failure costs an offer too many. */
  if (!self->modified)
    xps_project_flush_journal (self, NULL);
}

gboolean
xps_project_save (XpsProject *self, const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL || self->path != NULL, FALSE);
  if (!xps_project_prepare_save (self, path, error))
    return FALSE;
  g_auto (GStrv) history = xps_project_dup_history (self);
  const char *to = path != NULL ? path : self->path;
  if (!xps_state_write (self->state, to, (const char *const *)history, error)) {
    g_clear_pointer (&self->next_lock, xps_lock_free);
    return FALSE;
  }
  g_autofree char *kept = g_strdup (to); /* may be the project's own */
  xps_project_mark_saved (self, self->state, kept);
  return TRUE;
}
