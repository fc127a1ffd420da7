/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-watcher.h"

/* Counted: the thread has one reference, the owner another, and each delivery under way a third. */
struct _XpsWatcher {
  XpsWatch *watch;
  gint stopped; /* atomic */
  GWeakRef owner;
  XpsWatcherFunc func;
  XpsReadOptions options; /* for files that do not say enough */
};

static void
watcher_clear (gpointer data)
{
  XpsWatcher *self = data;
  xps_watch_free (self->watch);
  g_weak_ref_clear (&self->owner);
}

static void
watcher_unref (gpointer self)
{
  g_atomic_rc_box_release_full (self, watcher_clear);
}

static gboolean
says_axis (const XpsFile *file)
{
  for (guint i = 0; i < file->spectra->len; i++)
    if (xps_spectrum_get_axis (g_ptr_array_index (file->spectra, i)) != XPS_AXIS_OTHER)
      return TRUE;
  return FALSE;
}

static XpsWatchContent *
read_frame (const char *path, gpointer data, GError **error)
{
  const XpsWatcher *self = data;
  XpsReadOptions usual;
  xps_read_options_init (&usual);
  XpsFile *file = xps_file_open (path, &usual, error);
  if (file != NULL && self->options.axis_given && !says_axis (file)) {
    xps_file_free (file);
    file = xps_file_open (path, &self->options, error);
  }
  if (file == NULL)
    return NULL;
  XpsWatchContent *content = g_new0 (XpsWatchContent, 1);
  content->spectra = file->spectra;
  content->holder = file;
  content->free_holder = (GDestroyNotify)xps_file_free;
  return content;
}

typedef struct {
  XpsWatcher *watcher;
  GPtrArray *events;
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;
  g_ptr_array_unref (delivery->events);
  watcher_unref (delivery->watcher);
  g_free (delivery);
}

static gboolean
deliver (gpointer data)
{
  const Delivery *delivery = data;
  XpsWatcher *self = delivery->watcher;
  g_autoptr (GObject) owner = g_weak_ref_get (&self->owner);
  if (owner != NULL && g_atomic_int_get (&self->stopped) == 0)
    self->func (delivery->events, owner);
  return G_SOURCE_REMOVE;
}

static gpointer
watch (gpointer data)
{
  XpsWatcher *self = data;
  while (g_atomic_int_get (&self->stopped) == 0) {
    GPtrArray *events = xps_watch_look (self->watch, g_get_monotonic_time ());
    if (events->len > 0) {
      Delivery *delivery = g_new (Delivery, 1);
      *delivery = (Delivery){g_atomic_rc_box_acquire (self), events};
      g_idle_add_full (G_PRIORITY_DEFAULT, deliver, delivery, delivery_free);
    } else
      g_ptr_array_unref (events);
    if (g_atomic_int_get (&self->stopped) == 0)
      xps_watch_wait (self->watch, G_USEC_PER_SEC);
  }
  watcher_unref (self);
  return NULL;
}

XpsWatcher *
xps_watcher_start (const char *folder, const XpsState *state, const XpsSpectrum *like, XpsWatcherFunc func,
                   GObject *owner)
{
  XpsWatcher *self = g_atomic_rc_box_new0 (XpsWatcher);
  xps_read_options_init (&self->options);
  self->options.axis_given = like != NULL && xps_spectrum_get_axis (like) != XPS_AXIS_OTHER;
  if (self->options.axis_given)
    self->options.axis = xps_spectrum_get_axis (like);
  self->watch = xps_watch_new (folder, NULL, read_frame, self);
  self->func = func;
  g_weak_ref_init (&self->owner, owner);
  for (guint i = 0; i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    xps_watch_know (self->watch, region->source != NULL ? region->source->path : NULL, region->spectrum);
  }
  g_thread_unref (g_thread_new ("watch", watch, g_atomic_rc_box_acquire (self)));
  return self;
}

void
xps_watcher_stop (XpsWatcher *self)
{
  g_atomic_int_set (&self->stopped, 1);
  xps_watch_wake (self->watch);
  watcher_unref (self);
}
