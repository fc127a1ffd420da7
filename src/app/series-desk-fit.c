/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "app/series-desk-private.h"
#include "project/series-entry.h"

/* The fit of a series off the main thread: what it has so far is shown, what it came to is kept. */

static const XpsState *
get_state (XpsSeriesDesk *self)
{
  return xps_project_get_state (self->project);
}

typedef struct {
  XpsSeries *series;
  XpsModel *model;
  XpsSeriesPlan *plan;
  XpsSeriesRun *resume; /* a stopped fit to go on with, or NULL */
  gsize first, n_steps; /* the part to do; n_steps 0: all */
  XpsSeriesMail *mail;
  XpsJob *job; /* borrowed while it runs */
} Work;

#define PARTIAL_EVERY 400000 /* us: often enough to be seen growing, seldom enough to cost nothing */

static void
work_free (gpointer data)
{
  Work *work = data;
  xps_series_free (work->series);
  xps_model_free (work->model);
  xps_series_plan_free (work->plan);
  g_clear_pointer (&work->resume, xps_series_run_free);
  xps_series_mail_unref (work->mail);
  g_free (work);
}

static void
send_partial (const Work *work, const XpsSeriesRun *run)
{
  const gint64 now = g_get_monotonic_time ();
  if (now - work->mail->sent < PARTIAL_EVERY)
    return;
  work->mail->sent = now;
  XpsSeriesOutcome *outcome = g_new0 (XpsSeriesOutcome, 1);
  outcome->series = xps_series_copy (work->series);
  outcome->run = xps_series_run_copy (run);
  outcome->report = xps_series_report_new_partial (outcome->series, outcome->run);
  g_mutex_lock (&work->mail->lock);
  g_clear_pointer (&work->mail->fresh, xps_series_outcome_free);
  work->mail->fresh = outcome;
  g_mutex_unlock (&work->mail->lock);
}

static gboolean
on_step (gsize done, gsize total, const XpsSeriesRun *run, gpointer data)
{
  const Work *work = data;
  send_partial (work, run);
  xps_job_report (work->job, total > 0 ? (double)done / (double)total : -1.0, NULL);
  return !xps_job_is_cancelled (work->job);
}

static gboolean
is_stopped (gpointer job)
{
  return xps_job_is_cancelled (job);
}

static gpointer
fit_series (XpsJob *job, gpointer data, GError **error)
{
  Work *work = data;
  const XpsSeriesFitOptions options = {.resume = work->resume,
                                       .first = work->first,
                                       .n_steps = work->n_steps,
                                       .progress = on_step,
                                       .user_data = work};
  work->job = job;
  work->mail->sent = g_get_monotonic_time ();
  g_autoptr (XpsSeriesRun) run = xps_series_fit (work->series, work->model, work->plan, &options, error);
  if (run == NULL)
    return NULL;
  xps_job_report (job, -1.0, NULL); /* nobody knows how long it takes to find onsets */
  XpsSeriesOutcome *outcome = g_new0 (XpsSeriesOutcome, 1);
  outcome->series = xps_series_copy (work->series);
  outcome->run = g_steal_pointer (&run);
  const XpsOnsetOptions onsets = {.stop = is_stopped, .stop_data = job};
  outcome->report = xps_series_report_new (outcome->series, outcome->run, &onsets);
  outcome->text = xps_series_run_dup_text (outcome->run, outcome->series, outcome->report, NULL);
  outcome->hasty = xps_job_is_cancelled (job);
  outcome->fresh = TRUE;
  return outcome;
}

/* The outcome is ours already; the document gets its text. */
static void
keep_result (XpsSeriesDesk *self)
{
  XpsSeriesOutcome *outcome = self->outcome;
  g_autofree char *made = g_steal_pointer (&outcome->text);
  g_autofree char *text =
      made != NULL ? g_steal_pointer (&made)
                   : xps_series_run_dup_text (outcome->run, outcome->series, outcome->report, NULL);
  g_autofree char *label = g_strdup_printf (_ ("fit of the series %s"), self->name);
  g_free (self->result_text);
  self->result_text = g_strdup (text);
  xps_project_edit (self->project, label,
                    xps_state_set_series (get_state (self), self->entry, NULL, NULL, text));
}

void
xps_series_desk_keep_result (XpsSeriesDesk *self)
{
  const XpsSeriesEntry *entry = xps_state_find_series (get_state (self), self->entry);
  if (entry != NULL && entry->result == NULL && self->outcome != NULL && !self->stale)
    keep_result (self);
}

void
xps_series_desk_take_grown (XpsSeriesDesk *self, const char *label, XpsState *take_state,
                            XpsSeries *take_series, XpsSeriesRun *take_run, XpsSeriesReport *take_report)
{
  const XpsSeriesEntry *entry = xps_state_find_series (take_state, self->entry);
  XpsSeriesOutcome *outcome = g_new (XpsSeriesOutcome, 1);
  *outcome = (XpsSeriesOutcome){take_series, take_run, take_report, NULL, FALSE, FALSE};
  xps_series_desk_take_outcome (self, outcome);
  g_free (self->result_text);
  self->result_text = entry != NULL ? g_strdup (entry->result) : NULL;
  self->growing = TRUE;
  xps_project_edit (self->project, label, take_state);
  self->growing = FALSE;
}

static void
on_fitted (XpsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (XpsSeriesDesk) self = user_data;
  if (self->job == job)
    g_clear_object (&self->job);
  g_clear_pointer (&self->partial, xps_series_outcome_free);
  if (result == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->project != NULL)
      xps_series_desk_tell_message (self, error->message);
  } else if (self->project == NULL || !xps_series_desk_exists (self))
    xps_series_outcome_free (result);
  else {
    xps_series_desk_take_outcome (self, result);
    keep_result (self);
    xps_series_desk_find_marks (self);
    if (self->outcome->hasty)
      xps_series_desk_read_on (self);
  }
  xps_series_desk_tell_changed (self);
}

static void
on_job_progress (XpsSeriesDesk *self)
{
  g_mutex_lock (&self->mail->lock);
  XpsSeriesOutcome *fresh = g_steal_pointer (&self->mail->fresh);
  g_mutex_unlock (&self->mail->lock);
  if (fresh != NULL && self->job != NULL) {
    g_clear_pointer (&self->partial, xps_series_outcome_free);
    self->partial = fresh;
    xps_series_desk_tell_changed (self);
  } else if (fresh != NULL)
    xps_series_outcome_free (fresh);
  xps_series_desk_tell_progress (self);
}

/* ---- a result that was read ---- */

static gpointer
find_report (XpsJob *job, gpointer data, GError **error)
{
  const XpsSeriesOutcome *given = data;
  XpsSeriesOutcome *outcome = g_new0 (XpsSeriesOutcome, 1);
  outcome->series = xps_series_copy (given->series);
  outcome->run = xps_series_run_copy (given->run);
  outcome->report = xps_series_report_new (outcome->series, outcome->run, NULL);
  return outcome;
}

static void
on_report (XpsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (XpsSeriesDesk) self = user_data;
  if (self->reading != job || result == NULL) { /* there is another outcome by now */
    g_clear_pointer (&result, xps_series_outcome_free);
    return;
  }
  const gboolean stale = self->stale;
  xps_series_desk_take_outcome (self, result);
  self->stale = stale;
  xps_series_desk_find_marks (self);
  xps_series_desk_tell_changed (self);
}

void
xps_series_desk_read_on (XpsSeriesDesk *self)
{
  XpsSeriesOutcome *given = g_new0 (XpsSeriesOutcome, 1);
  given->series = xps_series_copy (self->outcome->series);
  given->run = xps_series_run_copy (self->outcome->run);
  self->reading = xps_job_start (_ ("Onsets of a series"), find_report, given, xps_series_outcome_free,
                                 xps_series_outcome_free, on_report, g_object_ref (self));
}

/* ---- fits ---- */

static void
start_fit (XpsSeriesDesk *self, gsize first, gsize n_steps)
{
  if (self->job != NULL || self->series == NULL || self->setup == NULL)
    return;
  Work *work = g_new0 (Work, 1);
  work->series = xps_series_copy (self->series);
  work->model = xps_model_copy (self->setup->model);
  work->plan = xps_series_plan_copy (self->setup->plan);
  if (self->outcome != NULL && !self->stale && (n_steps > 0 || !self->outcome->run->complete))
    work->resume = xps_series_run_copy (self->outcome->run);
  for (gsize i = first; work->resume != NULL && i < first + n_steps && i < work->resume->steps->len; i++)
    ((XpsStepResult *)g_ptr_array_index (work->resume->steps, (guint)i))->fitted = FALSE; /* once more */
  if (work->resume == NULL) {
    work->first = first;
    work->n_steps = n_steps;
  }
  g_clear_pointer (&self->mail, xps_series_mail_unref);
  self->mail = g_atomic_rc_box_new0 (XpsSeriesMail);
  g_mutex_init (&self->mail->lock);
  work->mail = g_atomic_rc_box_acquire (self->mail);
  self->job = xps_job_start (_ ("Fit of a series"), fit_series, work, work_free, xps_series_outcome_free,
                             on_fitted, g_object_ref (self));
  g_signal_connect_object (self->job, "notify::progress", G_CALLBACK (on_job_progress), self,
                           G_CONNECT_SWAPPED);
  xps_series_desk_tell_changed (self);
}

void
xps_series_desk_fit (XpsSeriesDesk *self)
{
  start_fit (self, 0, 0);
}

void
xps_series_desk_fit_steps (XpsSeriesDesk *self, guint first, guint n)
{
  const gboolean whole = self->setup != NULL && self->setup->plan->mode == XPS_SERIES_GLOBAL;
  start_fit (self, whole ? 0 : first, whole ? 0 : n);
}

void
xps_series_desk_stop (XpsSeriesDesk *self)
{
  if (self->job != NULL)
    xps_job_cancel (self->job);
}

gboolean
xps_series_desk_is_reading (XpsSeriesDesk *self)
{
  return self->reading != NULL;
}

gboolean
xps_series_desk_get_fitting (XpsSeriesDesk *self)
{
  return self->job != NULL;
}

double
xps_series_desk_get_progress (XpsSeriesDesk *self)
{
  return self->job != NULL ? xps_job_get_progress (self->job) : 0.0;
}
