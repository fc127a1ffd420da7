/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#define LARGEST_FILE ((goffset)G_MAXINT32)

static gboolean
fail (GError **error, const char *path, const char *what, const char *remedy)
{
  return xps_error_set (error, XPS_BASE_ERROR, XPS_BASE_ERROR_FILE, path, NULL, what, remedy);
}

static gboolean
fail_errno (GError **error, const char *path, const char *what, int code)
{
  g_autofree char *sentence = g_strdup_printf ("%s: %s", _ (what), g_strerror (code));
  return fail (error, path, sentence, code == ENOENT ? N_ ("check the path") : NULL);
}

static gboolean
check_readable (const struct stat *status, const char *path, GError **error)
{
  if (S_ISDIR (status->st_mode))
    return fail (error, path, N_ ("is a directory"), N_ ("name a file"));
  if (!S_ISREG (status->st_mode))
    return fail (error, path, N_ ("is not a regular file"), N_ ("save the data to a file first"));
  if (status->st_size > LARGEST_FILE)
    return fail (error, path, N_ ("is larger than 2 GiB"), N_ ("split it"));
  return TRUE;
}

/* Reads what is there, at most `size`: the file may shrink while it is read, which a mapping would answer
 * with a signal. */
static gssize
read_all (int fd, guint8 *data, gsize size)
{
  gsize done = 0;

  while (done < size) {
    const gssize n = read (fd, data + done, size - done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return -1;
    if (n == 0)
      break;
    done += (gsize)n;
  }
  return (gssize)done;
}

GBytes *
xps_file_read (const char *path, GError **error)
{
  struct stat status;
  GBytes *bytes = NULL;
  guint8 *data = NULL;
  gssize n = 0;

  /* O_NONBLOCK: opening a named pipe without a writer must not wait. */
  const int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) {
    fail_errno (error, path, N_ ("cannot be opened"), errno);
    return NULL;
  }
  if (fstat (fd, &status) != 0) {
    fail_errno (error, path, N_ ("cannot be read"), errno);
    goto out;
  }
  if (!check_readable (&status, path, error))
    goto out;
  data = g_try_malloc (MAX ((gsize)status.st_size, 1));
  if (data == NULL) {
    fail (error, path, N_ ("is larger than the free memory"), N_ ("close other programs or split it"));
    goto out;
  }
  n = read_all (fd, data, (gsize)status.st_size);
  if (n < 0) {
    fail_errno (error, path, N_ ("cannot be read"), errno);
    goto out;
  }
  bytes = g_bytes_new_take (g_steal_pointer (&data), (gsize)n);
out:
  g_free (data);
  close (fd);
  return bytes;
}

/* A terminal, a pipe or /dev/null is written to as it is; renaming a file over it would destroy it. */
static gboolean
write_through (const char *path, const char *data, gsize length, GError **error)
{
  const int fd = open (path, O_WRONLY | O_CLOEXEC);
  gsize done = 0;
  int code = fd < 0 ? errno : 0;

  while (code == 0 && done < length) {
    const gssize n = write (fd, data + done, length - done);
    if (n >= 0)
      done += (gsize)n;
    else if (errno != EINTR)
      code = errno;
  }
  if (fd >= 0 && close (fd) != 0 && code == 0)
    code = errno;
  return code == 0 || fail_errno (error, path, N_ ("cannot be written"), code);
}

gboolean
xps_file_write (const char *path, const char *data, gsize length, GError **error)
{
  struct stat status;
  g_autoptr (GError) cause = NULL;
  int mode = 0666;
  /* The file behind a symbolic link is replaced, not the link. */
  char *target = realpath (path, NULL);

  if (target != NULL && stat (target, &status) == 0) {
    if (S_ISDIR (status.st_mode)) {
      free (target);
      return fail (error, path, N_ ("is a directory"), N_ ("name a file"));
    }
    if (!S_ISREG (status.st_mode)) {
      free (target);
      return write_through (path, data, length, error);
    }
    mode = status.st_mode & 07777;
  }
  const GFileSetContentsFlags flags = G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE;
  const gboolean done =
      g_file_set_contents_full (target != NULL ? target : path, data, (gssize)length, flags, mode, &cause);
  free (target);
  if (done)
    return TRUE;
  const int code = cause->code == G_FILE_ERROR_NOENT ? ENOENT : 0;
  return code != 0 ? fail (error, path, N_ ("cannot be written: its folder does not exist"),
                           N_ ("make the folder first"))
                   : fail (error, path, cause->message, N_ ("choose another place"));
}

char *
xps_file_dup_sha256 (GBytes *bytes)
{
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}
