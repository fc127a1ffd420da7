/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "project/state.h"
#include "series/watch.h"

/* The room's own: a folder watched on a thread of its own, so that a share that hangs holds up nothing. */

typedef struct _XpsWatcher XpsWatcher;

/* Events, on the main thread. They may be taken out of the array (NULL in their place). */
typedef void (*XpsWatcherFunc) (GPtrArray *events, gpointer owner);

/* What `state` holds is known. Files that do not say whether their energies are binding or kinetic are read
 * as `like` was (may be NULL). `owner` is not kept alive: without it nothing more is said. */
XpsWatcher *xps_watcher_start (const char *folder, const XpsState *state, const XpsSpectrum *like,
                               XpsWatcherFunc func, GObject *owner);
/* Says nothing more from now on. Does not wait for the thread. */
void xps_watcher_stop (XpsWatcher *self);
