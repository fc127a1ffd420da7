/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-live.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/series-grow.h"
#include "app/series-live-words.h"
#include "app/series-watcher.h"
#include "project/series-entry.h"

#define SHARE_OF_UNDO 262144 /* bytes of results that each frame may add to the versions kept for undo */
#define MOST_HELD     64     /* files that make no step yet */
#define PATIENCE      10     /* s without a new spectrum, then a step that lacks a level is given up */

struct _XpsSeriesLive {
  GObject parent_instance;
  XpsSeriesDesk *desk;
  XpsWatcher *watcher; /* or NULL: off */
  char *folder, *status, *trouble, *last;
  GPtrArray *queue;      /* XpsWatchEvent: read, in no step yet */
  GPtrArray *held;       /* XpsWatchEvent: made no step with what there was */
  GArray *awaited;       /* XpsAwaited: what the steps of `held` wait for */
  gint64 last_event;     /* us: when a spectrum came last */
  XpsArrivalHaste haste; /* of the growth */
  guint timer;           /* of the status while something is awaited */
  GPtrArray *inside;     /* XpsWatchEvent: of the job */
  XpsGrowth *growth;     /* of the job */
  XpsJob *job;
  gboolean tried; /* to fit what was there before */
  char *text;     /* result of `report` */
  const XpsSeriesReport *report;
  guint unsaved;     /* frames whose result is not in the document */
  GPtrArray *alarms; /* XpsAlarm that hold, or NULL */
  GHashTable *told;  /* "subject step" of alarms that were given */
};

G_DEFINE_FINAL_TYPE (XpsSeriesLive, xps_series_live, G_TYPE_OBJECT)

static guint changed_signal, grown_signal, alarm_signal;

static void
xps_series_live_dispose (GObject *object)
{
  XpsSeriesLive *self = XPS_SERIES_LIVE (object);
  g_clear_pointer (&self->watcher, xps_watcher_stop);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->job != NULL)
    xps_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (xps_series_live_parent_class)->dispose (object);
}

static void
xps_series_live_finalize (GObject *object)
{
  XpsSeriesLive *self = XPS_SERIES_LIVE (object);
  g_ptr_array_unref (self->queue);
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->inside);
  g_array_unref (self->awaited);
  g_clear_pointer (&self->growth, xps_growth_free);
  g_clear_pointer (&self->alarms, g_ptr_array_unref);
  g_hash_table_unref (self->told);
  g_free (self->folder);
  g_free (self->status);
  g_free (self->trouble);
  g_free (self->last);
  g_free (self->text);
  G_OBJECT_CLASS (xps_series_live_parent_class)->finalize (object);
}

static void
xps_series_live_class_init (XpsSeriesLiveClass *class)
{
  const GType type = G_TYPE_FROM_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_series_live_dispose;
  G_OBJECT_CLASS (class)->finalize = xps_series_live_finalize;
  changed_signal = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  grown_signal = g_signal_new ("grown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                               G_TYPE_UINT, G_TYPE_UINT);
  alarm_signal =
      g_signal_new ("alarm", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GPtrArray *
events_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)xps_watch_event_free);
}

static void
xps_series_live_init (XpsSeriesLive *self)
{
  self->queue = events_new ();
  self->held = events_new ();
  self->inside = events_new ();
  self->awaited = xps_awaited_new ();
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* ---- words ---- */

static void
tell (XpsSeriesLive *self)
{
  const guint seconds = (guint)((g_get_monotonic_time () - self->last_event) / G_USEC_PER_SEC);
  const XpsLiveWords words = {self->watcher != NULL ? self->folder : NULL, self->last, self->trouble,
                              self->awaited, seconds};
  g_free (self->status);
  self->status = xps_live_dup_status (&words);
  g_signal_emit (self, changed_signal, 0);
}

static void
set_trouble (XpsSeriesLive *self, const char *text)
{
  g_free (self->trouble);
  self->trouble = g_strdup (text);
}

/* ---- alarms ---- */

static void
judge (XpsSeriesLive *self, GPtrArray *take_alarms, gsize first_new, gsize n)
{
  g_clear_pointer (&self->alarms, g_ptr_array_unref);
  self->alarms = take_alarms;
  for (guint i = 0; i < self->alarms->len;) {
    const XpsAlarm *alarm = g_ptr_array_index (self->alarms, i);
    if (alarm->last + 1 < n) {
      if (alarm->step >= first_new)
        g_signal_emit (self, alarm_signal, 0, alarm->message);
      g_ptr_array_remove_index (self->alarms, i);
      continue;
    }
    char *key = g_strdup_printf ("%s %" G_GSIZE_FORMAT, alarm->subject, alarm->step);
    const gboolean fresh = g_hash_table_add (self->told, key);
    if (fresh && alarm->last >= first_new)
      g_signal_emit (self, alarm_signal, 0, alarm->message);
    i++;
  }
}

/* ---- from frames to steps ---- */

static void pump (XpsSeriesLive *self);

static XpsProject *
get_project (XpsSeriesLive *self)
{
  return xps_session_get_project (xps_series_desk_get_session (self->desk));
}

static void
move_events (GPtrArray *from, GPtrArray *to, guint at)
{
  while (from->len > 0)
    g_ptr_array_insert (to, (int)at++, g_ptr_array_steal_index (from, 0));
}

static gboolean
is_quiet (const XpsSeriesLive *self)
{
  return g_get_monotonic_time () - self->last_event >= PATIENCE * G_USEC_PER_SEC;
}

static XpsGrowth *
new_growth (XpsSeriesLive *self, const GPtrArray *events, GArray **awaited, GError **error)
{
  return xps_growth_new (xps_project_get_state (get_project (self)), xps_series_desk_get_entry (self->desk),
                         xps_series_desk_get_setup (self->desk), xps_series_desk_get_series (self->desk),
                         events, self->haste, awaited, error);
}

static gboolean
on_second (gpointer data)
{
  XpsSeriesLive *self = data;
  tell (self);
  if (self->awaited->len > 1 && is_quiet (self))
    pump (self);
  return G_SOURCE_CONTINUE;
}

/* Takes the array, NULL: nothing is awaited. */
static void
set_awaited (XpsSeriesLive *self, GArray *take_awaited)
{
  g_array_unref (self->awaited);
  self->awaited = take_awaited != NULL ? take_awaited : xps_awaited_new ();
  if (self->awaited->len == 0)
    g_clear_handle_id (&self->timer, g_source_remove);
  else if (self->timer == 0 && self->watcher != NULL)
    self->timer = g_timeout_add_seconds (1, on_second, self);
}

/* What waits for its other core level is tried again with what came; what is no frame at all must not keep
 * the others out. */
static XpsGrowth *
grow (XpsSeriesLive *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) alone = NULL;
  GArray *awaited = NULL;
  const guint n_held = self->held->len;
  move_events (self->held, self->inside, 0);
  move_events (self->queue, self->inside, n_held);
  self->haste = is_quiet (self) ? XPS_ARRIVAL_QUIET : XPS_ARRIVAL_PATIENT;
  XpsGrowth *growth = new_growth (self, self->inside, &awaited, &error);
  if (growth == NULL && error != NULL && n_held > 0) {
    for (guint i = 0; i < n_held; i++)
      g_ptr_array_add (self->held, g_ptr_array_steal_index (self->inside, 0));
    growth = new_growth (self, self->inside, NULL, &alone);
  }
  set_awaited (self, growth != NULL ? g_array_ref (growth->awaited) : awaited);
  set_trouble (self, growth == NULL && error != NULL ? error->message : NULL);
  if (growth != NULL)
    return growth;
  move_events (self->inside, self->held, self->held->len);
  while (self->held->len > MOST_HELD)
    g_ptr_array_remove_index (self->held, 0);
  return NULL;
}

/* Spectra of the files that wait for other levels go on waiting. */
static void
keep_rests (XpsSeriesLive *self)
{
  guint at = 0;
  for (guint i = 0; i < self->growth->rests->len && i < self->inside->len; i++) {
    GArray *rest = g_ptr_array_index (self->growth->rests, i);
    XpsWatchEvent *event = self->inside->pdata[i];
    if (rest->len == 0)
      continue;
    self->inside->pdata[i] = NULL;
    g_array_unref (event->fresh);
    event->fresh = g_array_ref (rest);
    g_ptr_array_insert (self->held, (int)at++, event);
  }
}

/* A level that did not come is told also to somebody who is not at the window. */
static void
tell_remarks (XpsSeriesLive *self)
{
  for (guint i = 0; i < self->growth->remarks->len; i++) {
    const char *remark = g_ptr_array_index (self->growth->remarks, i);
    if (g_hash_table_add (self->told, g_strdup (remark)))
      g_signal_emit (self, alarm_signal, 0, remark);
    set_trouble (self, remark);
  }
}

/* Into the document; results only now and then when they are long, since each version keeps its own. */
static void
take_in (XpsSeriesLive *self, XpsGrown *grown)
{
  const guint before = (guint)xps_series_get_n (xps_series_desk_get_series (self->desk));
  const guint n = (guint)xps_series_get_n (self->growth->series);
  const gsize length = grown != NULL ? strlen (grown->text) : 0;
  const gboolean keep = length <= SHARE_OF_UNDO * (gsize)++self->unsaved;
  g_autofree char *label =
      g_strdup_printf (ngettext ("%u live frame", "%u live frames", n - before), n - before);
  XpsState *state = xps_growth_dup_state (self->growth, grown, keep && grown != NULL ? grown->text : NULL);
  self->unsaved = keep ? 0 : self->unsaved;
  g_free (self->last);
  self->last = xps_live_dup_last (self->growth->series);
  keep_rests (self);
  tell_remarks (self);
  if (grown == NULL) {
    xps_project_edit (get_project (self), label, state);
  } else {
    g_free (self->text);
    self->text = g_steal_pointer (&grown->text);
    self->report = grown->report;
    xps_series_desk_take_grown (self->desk, label, state, g_steal_pointer (&grown->series),
                                g_steal_pointer (&grown->run), g_steal_pointer (&grown->report));
    judge (self, g_steal_pointer (&grown->alarms), before, n);
  }
  g_signal_emit (self, grown_signal, 0, before, n);
}

/* The document may have been edited while the fit ran: the frames go into what it is now. FALSE: into nothing
 * of the kind; they are fitted again. */
static gboolean
renew_growth (XpsSeriesLive *self)
{
  if (self->growth->base == xps_project_get_state (get_project (self)))
    return TRUE;
  XpsGrowth *growth = new_growth (self, self->inside, NULL, NULL);
  const gboolean same = growth != NULL && xps_series_keeps_steps (self->growth->series, growth->series) &&
                        xps_growth_has_same_plan (self->growth, growth);
  if (!same) {
    xps_growth_free (growth);
    return FALSE;
  }
  xps_growth_free (self->growth);
  self->growth = growth;
  return TRUE;
}

static void
on_grown (XpsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (XpsSeriesLive) self = user_data;
  g_clear_object (&self->job);
  if (self->desk == NULL) {
    g_clear_pointer ((XpsGrown **)&result, xps_grown_free);
    return;
  }
  if (!xps_series_desk_exists (self->desk))
    xps_series_live_stop (self);
  else if (!renew_growth (self))
    move_events (self->inside, self->queue, 0);
  else
    take_in (self, result);
  if (error != NULL)
    set_trouble (self, error->message);
  g_clear_pointer (&self->growth, xps_growth_free);
  g_ptr_array_set_size (self->inside, 0);
  xps_grown_free (result);
  tell (self);
  pump (self);
}

/* Text of the present result: that of the last frame, unless somebody fitted since. */
static const char *
get_text (XpsSeriesLive *self)
{
  const XpsSeriesReport *report = xps_series_desk_get_report (self->desk);
  if (report == self->report && self->text != NULL)
    return self->text;
  g_free (self->text);
  self->text = xps_series_run_dup_text (report->run, report->series, NULL, NULL);
  self->report = report;
  return self->text;
}

/* What was there before is fitted first, once; where that fails, frames are taken in without a fit. */
static gboolean
is_fitted (XpsSeriesLive *self)
{
  return xps_series_desk_get_report (self->desk) != NULL && !xps_series_desk_is_stale (self->desk);
}

/* A step that waits is given up when the next one has begun and nothing comes any more. */
static gboolean
has_work (const XpsSeriesLive *self)
{
  return self->queue->len > 0 || (self->watcher != NULL && self->awaited->len > 1 && is_quiet (self));
}

static void
pump (XpsSeriesLive *self)
{
  if (self->job != NULL || !has_work (self) || xps_series_desk_get_series (self->desk) == NULL ||
      xps_series_desk_get_fitting (self->desk) || !xps_series_desk_exists (self->desk))
    return;
  if (xps_series_setup_is_reduced (xps_series_desk_get_setup (self->desk))) {
    set_trouble (self, _ ("Live takes frames one by one: put none together"));
    tell (self);
    return;
  }
  if (!is_fitted (self) && !self->tried) {
    self->tried = TRUE;
    xps_series_desk_fit (self->desk);
    return;
  }
  self->growth = grow (self);
  if (self->growth == NULL) {
    tell (self);
    return;
  }
  if (!is_fitted (self)) {
    take_in (self, NULL);
    g_clear_pointer (&self->growth, xps_growth_free);
    g_ptr_array_set_size (self->inside, 0);
    tell (self);
    return;
  }
  self->tried = FALSE;
  self->job = xps_growth_fit (self->growth, xps_series_desk_get_report (self->desk)->series, get_text (self),
                              on_grown, g_object_ref (self));
}

static void
on_desk_changed (XpsSeriesLive *self)
{
  if (self->watcher != NULL || has_work (self))
    pump (self);
}

/* ---- events of the folder ---- */

static void
take_event (XpsSeriesLive *self, GPtrArray *events, guint i)
{
  XpsWatchEvent *event = g_ptr_array_index (events, i);
  if (event->kind == XPS_WATCH_BACK)
    set_trouble (self, NULL);
  else if (event->message != NULL)
    set_trouble (self, event->message);
  if (event->kind != XPS_WATCH_TAKEN && event->kind != XPS_WATCH_REPLACED)
    return;
  events->pdata[i] = NULL;
  self->last_event = g_get_monotonic_time ();
  g_ptr_array_add (self->queue, event);
}

static void
on_events (GPtrArray *events, gpointer data)
{
  XpsSeriesLive *self = XPS_SERIES_LIVE (data);
  for (guint i = 0; i < events->len; i++)
    take_event (self, events, i);
  tell (self);
  pump (self);
}

/* ---- from outside ---- */

XpsSeriesLive *
xps_series_live_new (XpsSeriesDesk *desk)
{
  XpsSeriesLive *self = g_object_new (XPS_TYPE_SERIES_LIVE, NULL);
  self->desk = g_object_ref (desk);
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed), self, G_CONNECT_SWAPPED);
  return self;
}

char *
xps_series_live_dup_folder (XpsSeriesLive *self)
{
  const XpsSeries *series = xps_series_desk_get_series (self->desk);
  const XpsState *state = xps_project_get_state (get_project (self));
  for (gsize i = series != NULL ? xps_series_get_n (series) : 0; i-- > 0;) {
    const XpsRegion *region =
        xps_state_find_region (state, xps_series_desk_get_region (self->desk, (guint)i));
    const char *path = region != NULL && region->source != NULL ? region->source->path : NULL;
    g_autofree char *folder = path != NULL ? g_path_get_dirname (path) : NULL;
    if (folder != NULL && g_path_is_absolute (folder) && g_file_test (folder, G_FILE_TEST_IS_DIR))
      return g_steal_pointer (&folder);
  }
  return NULL;
}

void
xps_series_live_start (XpsSeriesLive *self, const char *folder)
{
  const XpsState *state = xps_project_get_state (get_project (self));
  const XpsSeries *series = xps_series_desk_get_series (self->desk);
  const XpsFitData *data = series != NULL && xps_series_get_n (series) > 0
                               ? g_ptr_array_index (xps_series_get_step (series, 0)->data, 0)
                               : NULL;
  g_clear_pointer (&self->watcher, xps_watcher_stop);
  g_free (self->folder);
  self->folder = g_strdup (folder);
  g_clear_pointer (&self->last, g_free);
  set_trouble (self, NULL);
  g_ptr_array_set_size (self->held, 0); /* they are in no step, and read again */
  set_awaited (self, NULL);
  self->last_event = g_get_monotonic_time ();
  self->tried = FALSE;
  self->watcher =
      xps_watcher_start (folder, state, data != NULL ? data->spectrum : NULL, on_events, G_OBJECT (self));
  tell (self);
}

void
xps_series_live_stop (XpsSeriesLive *self)
{
  g_clear_pointer (&self->watcher, xps_watcher_stop);
  if (self->unsaved > 0 && is_fitted (self))
    xps_series_desk_keep_result (self->desk);
  self->unsaved = 0;
  g_clear_handle_id (&self->timer, g_source_remove);
  tell (self);
}

gboolean
xps_series_live_is_on (XpsSeriesLive *self)
{
  return self->watcher != NULL;
}

const char *
xps_series_live_get_status (XpsSeriesLive *self)
{
  return self->status != NULL ? self->status : "";
}

const GPtrArray *
xps_series_live_get_alarms (XpsSeriesLive *self)
{
  return self->alarms;
}
