/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/watch-private.h"

/* Between two looks. A monitor only shortens the wait: where it says nothing (a share, a folder that was put
 * in the place of another) the looks find everything. */

#define BREATH 50000 /* us: many small changes are one */

static void
on_change (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
  ((XpsWatch *)data)->stirred = TRUE;
}

void
xps_watch_stop_monitor (XpsWatch *self)
{
  if (self->monitor == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_file_monitor_cancel (self->monitor);
  g_clear_object (&self->monitor);
}

/* Of the folder that is there now. */
static void
renew_monitor (XpsWatch *self)
{
  const guint64 wanted = self->gone ? 0 : self->folder_inode;
  if (wanted == self->monitored)
    return;
  xps_watch_stop_monitor (self);
  self->monitored = wanted;
  if (wanted == 0)
    return;
  g_autoptr (GFile) folder = g_file_new_for_path (self->folder);
  self->monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (self->monitor == NULL)
    return;
  g_file_monitor_set_rate_limit (self->monitor, BREATH / 1000);
  g_signal_connect (self->monitor, "changed", G_CALLBACK (on_change), self);
}

static gboolean
on_time (gpointer data)
{
  ((XpsWatch *)data)->timed_out = TRUE;
  return G_SOURCE_REMOVE;
}

void
xps_watch_wait (XpsWatch *self, gint64 longest)
{
  g_main_context_push_thread_default (self->context);
  renew_monitor (self);
  const gint64 delay = MIN (xps_watch_get_delay (self, g_get_monotonic_time ()), longest);
  g_autoptr (GSource) source = g_timeout_source_new ((guint)(MAX (delay, 0) / 1000) + 1);
  self->timed_out = FALSE;
  g_source_set_callback (source, on_time, self, NULL);
  g_source_attach (source, self->context);
  while (!self->timed_out && !self->stirred && g_atomic_int_get (&self->woken) == 0)
    g_main_context_iteration (self->context, TRUE);
  g_source_destroy (source);
  if (self->stirred)
    g_usleep (MIN (BREATH, (gulong)MAX (longest, 0)));
  while (g_main_context_iteration (self->context, FALSE)) {
  }
  self->stirred = FALSE;
  g_atomic_int_set (&self->woken, 0);
  g_main_context_pop_thread_default (self->context);
}

void
xps_watch_wake (XpsWatch *self)
{
  g_atomic_int_set (&self->woken, 1);
  g_main_context_wakeup (self->context);
}
