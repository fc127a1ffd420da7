/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "spectrum/spectrum.h"

/* A folder into which a measurement writes. Told by the system where it can tell (GFileMonitor), and looked
 * into again and again where it cannot (network shares). What is in it is taken once, when it is whole:
 *   - names that begin with ".", "~" or "#", or end in ".tmp", ".part", ... are another program's scratch;
 *   - size, time of change and identity of the file were the same for `settle` seconds, and while it was
 * read;
 *   - its reader can read it, to the end: what cannot be read is tried again, and told after `patience`;
 *   - it is not shorter than what came before it (fewer points of the same name, a text without the end of
 * its last line): such a file is waited for for `patience` seconds and then taken with a word about it.
 * Spectra are known by their numbers: one that was taken is never taken again, whatever its file is called by
 * then (renamed, copied, written again, in a file that grew); a file that now holds other numbers gives
 * further spectra, and what was taken from it before stays. The folder may vanish and come back.
 * Folders inside the folder are not looked into. One thread at a time, but for xps_watch_wake(). */

typedef struct _XpsWatch XpsWatch;

/* What a reader makes of a file. */
typedef struct {
  GPtrArray *spectra;         /* XpsSpectrum, in the order of the file; lent by `holder` */
  gpointer holder;            /* the reader's own */
  GDestroyNotify free_holder; /* or NULL */
} XpsWatchContent;

void xps_watch_content_free (XpsWatchContent *self);

/* NULL with error: not (yet) a file with spectra. */
typedef XpsWatchContent *(*XpsWatchRead) (const char *path, gpointer user_data, GError **error);

typedef enum {
  XPS_WATCH_TAKEN,      /* `content`, of which `fresh` are new */
  XPS_WATCH_REPLACED,   /* the same, but what was taken from it before is no longer in it */
  XPS_WATCH_KNOWN,      /* nothing in it that was not taken before, from a file that is still there */
  XPS_WATCH_UNREADABLE, /* told once for each state of the file; it is tried again */
  XPS_WATCH_GONE,       /* the folder cannot be looked into */
  XPS_WATCH_BACK,
} XpsWatchKind;

typedef struct {
  XpsWatchKind kind;
  char *path;               /* of the file, or of the folder */
  char *message;            /* a sentence for people, or NULL: there is nothing to say */
  XpsWatchContent *content; /* or NULL */
  GArray *fresh;            /* gsize: places in content->spectra, or NULL */
} XpsWatchEvent;

void xps_watch_event_free (XpsWatchEvent *self);

typedef struct {
  double settle;   /* s; 0: 0.5 */
  double patience; /* s; 0: 10 */
  double interval; /* s between two looks when nothing is told; 0: 1. Longer where a look takes long */
} XpsWatchOptions;

XpsWatch *xps_watch_new (const char *folder, const XpsWatchOptions *options, XpsWatchRead read,
                         gpointer user_data);
void xps_watch_free (XpsWatch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsWatch, xps_watch_free)

/* This one was taken before, from `path` (NULL: not known): in an earlier run, or by hand. */
void xps_watch_know (XpsWatch *self, const char *path, const XpsSpectrum *spectrum);
/* What is remembered of a spectrum: SHA-256 of its energies and intensities, 32 digits. New string. */
char *xps_watch_dup_mark (const XpsSpectrum *spectrum);

/* One look, at the time `now` (us, of a clock that only rises): what happened since the last one, files in
 * the order of their names, numbers in them in the order of numbers. GPtrArray of XpsWatchEvent. Blocks as
 * long as the folder does. */
GPtrArray *xps_watch_look (XpsWatch *self, gint64 now);
/* us after `now` at which the next look is due. */
gint64 xps_watch_get_delay (const XpsWatch *self, gint64 now);

/* Until something is told, the next look is due, or xps_watch_wake(); at most `longest` us. */
void xps_watch_wait (XpsWatch *self, gint64 longest);
/* Ends a wait; from any thread. */
void xps_watch_wake (XpsWatch *self);
