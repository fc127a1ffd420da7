/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job/job.h"

/* Two notifications of progress are at least this far apart. */
#define INTERVAL_US (50 * G_TIME_SPAN_MILLISECOND)

struct _XpsJob {
  GObject parent_instance;
  char *title;
  GMainContext *context; /* of the thread that started it */
  GCancellable *cancellable;

  XpsJobWork work;
  gpointer data;
  GDestroyNotify free_data, free_result;
  XpsJobDone done;
  gpointer user_data;

  /* What the listeners see; touched on the starting thread only. */
  double progress;
  char *message;
  gboolean running;

  GMutex mutex; /* guards the rest: the latest report, and the one source that will bring it over */
  double reported_progress;
  char *reported_message;
  GSource *pending;
  gint64 last; /* monotonic time of the last notification */
};

G_DEFINE_FINAL_TYPE (XpsJob, xps_job, G_TYPE_OBJECT)

enum { PROP_0, PROP_PROGRESS, PROP_MESSAGE, PROP_RUNNING, N_PROPS };

static GParamSpec *properties[N_PROPS];

static void
xps_job_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  XpsJob *self = XPS_JOB (object);
  switch (id) {
  case PROP_PROGRESS:
    g_value_set_double (value, self->progress);
    break;
  case PROP_MESSAGE:
    g_value_set_string (value, self->message);
    break;
  case PROP_RUNNING:
    g_value_set_boolean (value, self->running);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
xps_job_finalize (GObject *object)
{
  XpsJob *self = XPS_JOB (object);
  g_free (self->title);
  g_free (self->message);
  g_free (self->reported_message);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->mutex);
  G_OBJECT_CLASS (xps_job_parent_class)->finalize (object);
}

static void
xps_job_class_init (XpsJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  object_class->get_property = xps_job_get_property;
  object_class->finalize = xps_job_finalize;
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, -1, flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
xps_job_init (XpsJob *self)
{
  g_mutex_init (&self->mutex);
  self->cancellable = g_cancellable_new ();
  self->progress = self->reported_progress = -1;
}

/* ---- from the work to the listeners ---- */

/* On the starting thread: what was reported last becomes what listeners see. */
static void
show_report (XpsJob *self)
{
  g_mutex_lock (&self->mutex);
  const double progress = self->reported_progress;
  g_autofree char *message = g_strdup (self->reported_message);
  self->last = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);

  g_object_freeze_notify (G_OBJECT (self));
  if (progress != self->progress) {
    self->progress = progress;
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
  }
  if (g_strcmp0 (message, self->message) != 0) {
    g_free (self->message);
    self->message = g_steal_pointer (&message);
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
  }
  g_object_thaw_notify (G_OBJECT (self));
}

static gboolean
on_pending (gpointer data)
{
  XpsJob *self = data;
  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->pending, g_source_unref);
  g_mutex_unlock (&self->mutex);
  show_report (self);
  return G_SOURCE_REMOVE;
}

/* With the mutex held. A source that waits already will bring this report too. */
static void
schedule (XpsJob *self)
{
  if (self->pending != NULL)
    return;
  const gint64 wait = MAX (0, self->last + INTERVAL_US - g_get_monotonic_time ());
  /* Rounded up: a source that came a moment early would be one notification too many. */
  self->pending = g_timeout_source_new ((guint)((wait + 999) / 1000));
  g_source_set_priority (self->pending, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->pending, on_pending, g_object_ref (self), g_object_unref);
  g_source_attach (self->pending, self->context);
}

void
xps_job_report (XpsJob *self, double progress, const char *message)
{
  g_return_if_fail (XPS_IS_JOB (self));
  g_mutex_lock (&self->mutex);
  self->reported_progress = progress >= 0 ? MIN (progress, 1) : -1; /* NaN: not known */
  if (message != NULL && g_strcmp0 (message, self->reported_message) != 0) {
    g_free (self->reported_message);
    self->reported_message = g_strdup (message);
  }
  schedule (self);
  g_mutex_unlock (&self->mutex);
}

/* ---- beginning and end ---- */

static void
run (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  XpsJob *self = task_data;
  GError *error = NULL;
  gpointer result = xps_job_is_cancelled (self) ? NULL : self->work (self, self->data, &error);
  if (result != NULL) {
    g_clear_error (&error);
    g_task_return_pointer (task, result, self->free_result);
    return;
  }
  if (error == NULL && xps_job_is_cancelled (self))
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "%s: stopped", self->title);
  else if (error == NULL)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: came to no result", self->title);
  g_task_return_error (task, error);
}

static void
on_ended (GObject *source, GAsyncResult *outcome, gpointer taken)
{
  g_autoptr (XpsJob) self = taken; /* the running job's own reference */
  g_autoptr (GError) error = NULL;
  gpointer result = g_task_propagate_pointer (G_TASK (outcome), &error);

  g_mutex_lock (&self->mutex);
  GSource *pending = g_steal_pointer (&self->pending);
  g_mutex_unlock (&self->mutex);
  if (pending != NULL) {
    g_source_destroy (pending);
    g_source_unref (pending);
  }
  if (self->free_data != NULL)
    self->free_data (self->data);
  self->data = NULL;
  show_report (self);
  self->running = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNNING]);
  if (self->done != NULL)
    self->done (self, result, error, self->user_data);
  else if (result != NULL && self->free_result != NULL)
    self->free_result (result);
}

XpsJob *
xps_job_start (const char *title, XpsJobWork work, gpointer data, GDestroyNotify free_data,
               GDestroyNotify free_result, XpsJobDone done, gpointer user_data)
{
  g_return_val_if_fail (work != NULL, NULL);
  XpsJob *self = g_object_new (XPS_TYPE_JOB, NULL);
  self->title = g_strdup (title != NULL ? title : "");
  self->context = g_main_context_ref_thread_default ();
  self->work = work;
  self->data = data;
  self->free_data = free_data;
  self->free_result = free_result;
  self->done = done;
  self->user_data = user_data;
  self->running = TRUE;
  /* No cancellable in the task: work that was stopped may still have a partial result, which GTask would
   * replace by its own error. Nor is the job its source: the thread may drop the task last, and the job must
   * end where its listeners live. */
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_ended, g_object_ref (self));
  g_task_set_name (task, "xps-job");
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, run);
  return self;
}

void
xps_job_cancel (XpsJob *self)
{
  g_return_if_fail (XPS_IS_JOB (self));
  g_cancellable_cancel (self->cancellable);
}

gboolean
xps_job_is_cancelled (XpsJob *self)
{
  return g_cancellable_is_cancelled (self->cancellable);
}

const char *
xps_job_get_title (XpsJob *self)
{
  g_return_val_if_fail (XPS_IS_JOB (self), NULL);
  return self->title;
}

double
xps_job_get_progress (XpsJob *self)
{
  g_return_val_if_fail (XPS_IS_JOB (self), -1);
  return self->progress;
}

gboolean
xps_job_get_running (XpsJob *self)
{
  g_return_val_if_fail (XPS_IS_JOB (self), FALSE);
  return self->running;
}
