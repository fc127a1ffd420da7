/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Who may write a document: a lock (flock) on a hidden file beside it, which ends with its process whatever
 * happens to that. The file holds host and process, for the message of the one who comes later. */

typedef struct _XpsLock XpsLock;

typedef enum {
  XPS_LOCK_HELD,        /* it is ours now */
  XPS_LOCK_TAKEN,       /* another window or program has it: `reason` says who */
  XPS_LOCK_UNWRITABLE,  /* no lock can be made there: `reason` says why */
  XPS_LOCK_UNSUPPORTED, /* a file system without locks: nothing protects the document, nothing hinders it */
} XpsLockOutcome;

/* `path`: of the document. `reason`: a sentence, new string. The lock is non-NULL only where it is held. */
XpsLock *xps_lock_take (const char *path, XpsLockOutcome *outcome, char **reason);
/* The lock file itself under its own name: for journals. */
XpsLock *xps_lock_take_file (const char *file, XpsLockOutcome *outcome, char **reason);
/* FALSE: its file was removed, so it protects nothing any more (a share that vanished and came back). */
gboolean xps_lock_is_valid (const XpsLock *self);
/* Lets go and removes the lock file. NULL is fine. */
void xps_lock_free (XpsLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsLock, xps_lock_free)
