/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "project/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct _XpsLock {
  int fd;
  char *file;
};

/* The holder, as it wrote itself down: "HOST PID". New sentence. */
static char *
dup_holder (int fd)
{
  char text[300] = "";
  char host[256];
  unsigned long pid;
  const gssize n = pread (fd, text, sizeof text - 1, 0);
  text[MAX (n, 0)] = '\0';
  if (sscanf (text, "%255s %lu", host, &pid) != 2 || !g_utf8_validate (host, -1, NULL))
    return g_strdup (_ ("It is open in another window."));
  if (strcmp (host, g_get_host_name ()) != 0)
    return g_strdup_printf (_ ("It is open on another computer (%s)."), host);
  if (pid == (unsigned long)getpid ())
    return g_strdup (_ ("It is open in another window."));
  return g_strdup_printf (_ ("It is open in another program (process %lu)."), pid);
}

static void
write_holder (int fd)
{
  g_autofree char *text = g_strdup_printf ("%s %lu\n", g_get_host_name (), (unsigned long)getpid ());
  /* Only for the message: a disk that is full does not weaken the lock. */
  if (ftruncate (fd, 0) != 0 || pwrite (fd, text, strlen (text), 0) < 0)
    errno = 0;
}

/* Between opening and locking, the one who held it may have removed the file: then the lock is on nothing. */
static gboolean
is_still_there (int fd, const char *file)
{
  struct stat ours, named;
  return fstat (fd, &ours) == 0 && lstat (file, &named) == 0 && ours.st_ino == named.st_ino &&
         ours.st_dev == named.st_dev;
}

static int
lock_now (int fd)
{
  int code;
  do
    code = flock (fd, LOCK_EX | LOCK_NB);
  while (code != 0 && errno == EINTR);
  return code == 0 ? 0 : errno;
}

static XpsLock *
try_once (const char *file, XpsLockOutcome *outcome, char **reason)
{
  const int fd = open (file, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
  if (fd < 0) {
    *outcome = XPS_LOCK_UNWRITABLE;
    *reason = g_strdup_printf (_ ("Its folder cannot be written to (%s)."), g_strerror (errno));
    return NULL;
  }
  const int code = lock_now (fd);
  if (code == 0 && is_still_there (fd, file)) {
    XpsLock *self = g_new0 (XpsLock, 1);
    self->fd = fd;
    self->file = g_strdup (file);
    write_holder (fd);
    *outcome = XPS_LOCK_HELD;
    return self;
  }
  *outcome = code == 0 || code == EWOULDBLOCK ? XPS_LOCK_TAKEN : XPS_LOCK_UNSUPPORTED;
  if (*outcome == XPS_LOCK_TAKEN)
    *reason = dup_holder (fd);
  close (fd);
  return NULL;
}

XpsLock *
xps_lock_take_file (const char *file, XpsLockOutcome *outcome, char **reason)
{
  XpsLock *self = NULL;
  *reason = NULL;
  /* Somebody who lets go just now removes his file: look again, but not for ever. */
  for (int i = 0; i < 3 && self == NULL; i++) {
    g_clear_pointer (reason, g_free);
    self = try_once (file, outcome, reason);
    if (self == NULL && *outcome != XPS_LOCK_TAKEN)
      break;
  }
  return self;
}

XpsLock *
xps_lock_take (const char *path, XpsLockOutcome *outcome, char **reason)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *hidden = g_strdup_printf (".%.240s.lock", base);
  g_autofree char *file = g_build_filename (folder, hidden, NULL);
  return xps_lock_take_file (file, outcome, reason);
}

gboolean
xps_lock_is_valid (const XpsLock *self)
{
  return is_still_there (self->fd, self->file);
}

void
xps_lock_free (XpsLock *self)
{
  if (self == NULL)
    return;
  /* Removed while it is still locked: whoever opened it before finds, once he has the lock, another file or
   * none under the name. */
  if (is_still_there (self->fd, self->file))
    unlink (self->file);
  close (self->fd);
  g_free (self->file);
  g_free (self);
}
