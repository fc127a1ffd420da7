/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/watch.h"

/* The room's own: what a watch remembers. */

/* A state of a file: equal as long as nobody wrote to it. */
typedef struct {
  gint64 size, seconds, nanoseconds;
  guint64 inode;
} XpsWatchStamp;

typedef struct {
  char *path;
  XpsWatchStamp stamp;
  gint64 first, since; /* us: first seen; seen with this stamp */
  gint64 next;         /* us: not read before */
  guint tries;         /* of this stamp that failed */
  gboolean done;       /* this stamp was taken, or is known */
  gboolean told;       /* that it cannot be read */
  gboolean taken;      /* something was taken from it once */
  guint look;          /* in which it was last there */
} XpsWatchEntry;

struct _XpsWatch {
  char *folder;
  gint64 settle, patience, interval; /* us */
  XpsWatchRead read;
  gpointer user_data;
  GHashTable *entries; /* path -> XpsWatchEntry */
  GHashTable *marks;   /* mark of a spectrum -> path it was taken from */
  GHashTable *blanks;  /* "mark path" -> how many: spectra without anything in them have no identity */
  GHashTable *lengths; /* name of a spectrum -> most points it had */
  GHashTable *endings; /* ending of a text -> its lines end */
  gboolean gone;
  gint64 last_look, cost; /* us */
  guint n_looks;
  guint64 folder_inode;
  /* watch-wait.c */
  GMainContext *context;
  GFileMonitor *monitor;
  guint64 monitored; /* inode of the folder that the monitor is of */
  gboolean stirred, timed_out;
  gint woken; /* atomic */
};

/* watch-take.c: reads a file that is ripe; appends what came of it. */
void xps_watch_take (XpsWatch *self, XpsWatchEntry *entry, gint64 now, GPtrArray *events);
/* FALSE: not there, or no file. */
gboolean xps_watch_stamp (const char *path, XpsWatchStamp *stamp);
XpsWatchEvent *xps_watch_event_new (XpsWatchKind kind, const char *path, char *take_message);
/* watch-wait.c */
void xps_watch_stop_monitor (XpsWatch *self);
