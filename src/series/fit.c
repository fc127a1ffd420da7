/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "base/error.h"
#include "series/run-private.h"

gboolean
xps_run_task_wants (const XpsRunTask *task, gsize i)
{
  const XpsStep *step = xps_series_get_step (task->series, i);
  gboolean any = FALSE;
  for (guint k = 0; k < step->data->len; k++)
    any |= g_ptr_array_index (step->data, k) != NULL;
  return any && step->exclusion == NULL && i >= task->first && i < task->last;
}

gboolean
xps_run_task_is_stopped (const XpsRunTask *task)
{
  return g_atomic_int_get (&task->stopped) != 0;
}

void
xps_run_task_put (XpsRunTask *task, gsize step, XpsStepResult *take)
{
  g_mutex_lock (&task->lock);
  xps_step_result_free (g_ptr_array_index (task->run->steps, step));
  task->run->steps->pdata[step] = take;
  g_mutex_unlock (&task->lock);
}

gboolean
xps_run_task_report (XpsRunTask *task, gsize done, gsize total)
{
  const XpsSeriesFitOptions *options = task->options;
  if (xps_run_task_is_stopped (task))
    return FALSE;
  if (options->progress == NULL || g_thread_self () != task->caller)
    return TRUE;
  g_mutex_lock (&task->lock);
  const gboolean go_on = options->progress (done, total, task->run, options->user_data);
  g_mutex_unlock (&task->lock);
  if (!go_on)
    g_atomic_int_set (&task->stopped, 1);
  return go_on;
}

/* ---- threads ---- */

typedef struct {
  XpsRunTask *task;
  gsize n;
  XpsSeriesWork work;
  gpointer data;
  atomic_size_t next, done;
} Spread;

static gpointer
take_work (gpointer data)
{
  Spread *self = data;
  for (;;) {
    const gsize i = atomic_fetch_add (&self->next, 1);
    if (i >= self->n || xps_run_task_is_stopped (self->task))
      return NULL;
    self->work (i, self->data);
    atomic_fetch_add (&self->done, 1);
  }
}

static void
work_and_report (Spread *self)
{
  for (;;) {
    const gsize i = atomic_fetch_add (&self->next, 1);
    if (i >= self->n || xps_run_task_is_stopped (self->task))
      return;
    self->work (i, self->data);
    const gsize done = atomic_fetch_add (&self->done, 1) + 1;
    if (!xps_run_task_report (self->task, done, self->n))
      return;
  }
}

void
xps_run_task_spread (XpsRunTask *task, gsize n, XpsSeriesWork work, gpointer data)
{
  const guint wanted = task->run->plan->n_threads > 0 ? task->run->plan->n_threads : g_get_num_processors ();
  const gsize n_threads = MIN ((gsize)wanted, MAX (n, 1));
  g_autofree GThread **threads = g_new0 (GThread *, n_threads);
  Spread spread = {.task = task, .n = n, .work = work, .data = data};
  for (gsize t = 1; t < n_threads; t++)
    threads[t] = g_thread_new ("series", take_work, &spread);
  work_and_report (&spread);
  for (gsize t = 1; t < n_threads; t++)
    g_thread_join (threads[t]);
}

/* ---- the whole ---- */

/* Where its ways stood, and whether there is anything left to fit. */
static void
take_over_state (XpsRunTask *task, const XpsSeriesRun *earlier)
{
  gboolean all = TRUE;
  for (guint i = 0; i < task->run->steps->len; i++) {
    const XpsStepResult *step = g_ptr_array_index (task->run->steps, i);
    all &= !xps_run_task_wants (task, i) || step->fitted || step->failure != NULL;
  }
  task->run->settled = earlier->settled && all;
  for (gsize w = 0; w < G_N_ELEMENTS (earlier->way); w++)
    if (earlier->way[w].start != NULL && earlier->steps->len == task->run->steps->len)
      xps_series_run_set_way (task->run, w, earlier->way[w].n, earlier->way[w].start);
}

/* Steps of an earlier run that are of the same data. */
static void
take_over (XpsRunTask *task, const XpsSeriesRun *earlier)
{
  const gsize n = task->map->n_parameters;
  for (guint i = 0; i < task->run->steps->len && i < earlier->steps->len; i++) {
    const XpsStepResult *from = g_ptr_array_index (earlier->steps, i);
    XpsStepResult *to = g_ptr_array_index (task->run->steps, i);
    if ((!from->fitted && from->failure == NULL) || !xps_run_task_wants (task, i) ||
        g_strcmp0 (from->checksum, xps_run_task_get_checksum (task, i)) != 0)
      continue;
    double *values = to->values, *errors = to->errors;
    XpsStatus *status = to->status;
    gboolean *frozen = to->frozen;
    XpsStepComponent *components = to->components;
    g_free (to->covariances);
    g_free (to->net_covariances);
    *to = *from;
    to->covariances = g_memdup2 (from->covariances, from->n_covariances * sizeof (double));
    to->net_covariances = g_memdup2 (from->net_covariances, from->n_covariances * sizeof (double));
    to->stop_reason = g_strdup (from->stop_reason);
    to->failure = g_strdup (from->failure);
    to->checksum = g_strdup (from->checksum);
    to->values = memcpy (values, from->values, n * sizeof (double));
    to->errors = memcpy (errors, from->errors, n * sizeof (double));
    to->status = memcpy (status, from->status, n * sizeof (XpsStatus));
    to->frozen = memcpy (frozen, from->frozen, n * sizeof (gboolean));
    to->components =
        memcpy (components, from->components, task->map->n_components * sizeof (XpsStepComponent));
  }
  take_over_state (task, earlier);
}

static gboolean
is_complete (const XpsRunTask *task)
{
  for (guint i = 0; i < task->run->steps->len; i++) {
    const XpsStepResult *step = g_ptr_array_index (task->run->steps, i);
    if (xps_run_task_wants (task, i) && !step->fitted && step->failure == NULL)
      return FALSE;
  }
  return !xps_run_task_is_stopped (task);
}

static void
fit_steps (XpsRunTask *task)
{
  XpsSeriesRun *run = task->run;
  if (!run->settled && run->plan->mode == XPS_SERIES_INDEPENDENT)
    xps_run_task_independent (task);
  else if (!run->settled)
    xps_run_task_warm (task);
  xps_run_task_tell_disagreement (task);
  if (!run->settled && !xps_run_task_is_stopped (task)) {
    xps_run_task_freeze (task);
    run->settled = !xps_run_task_is_stopped (task);
  }
}

static gboolean
check_task (const XpsSeries *series, const XpsModel *model, const XpsSeriesPlan *plan,
            const XpsSeriesFitOptions *options, const XpsSeriesRun *run, GError **error)
{
  const gsize n = xps_series_get_n (series);
  if (n == 0)
    return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, NULL, NULL, N_ ("has no steps"),
                          N_ ("give at least one spectrum"));
  if (series->n_parts != model->parts->len)
    return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, NULL, NULL,
                          N_ ("steps and model have different numbers of spectra"),
                          N_ ("give a model of one step, with one spectrum for each core level"));
  if (options->first >= n || options->n_steps > n - options->first)
    return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, NULL, NULL,
                          N_ ("the part to fit lies outside of the series"),
                          N_ ("count steps from the first"));
  if (options->resume != NULL && strcmp (options->resume->fingerprint, run->fingerprint) != 0)
    return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_FILE, NULL, NULL,
                          N_ ("the earlier results are of another model or plan"), N_ ("start afresh"));
  return xps_series_plan_check (plan, model, series, error);
}

XpsSeriesRun *
xps_series_fit (const XpsSeries *series, const XpsModel *model, const XpsSeriesPlan *plan,
                const XpsSeriesFitOptions *options, GError **error)
{
  static const XpsSeriesFitOptions usual = {0};
  if (options == NULL)
    options = &usual;
  g_autoptr (XpsSeriesRun) run = xps_series_run_new (model, plan, xps_series_get_n (series));
  if (!check_task (series, model, plan, options, run, error))
    return NULL;
  g_autoptr (XpsSeriesMap) map = xps_series_map_new (run->model, run->plan, error);
  if (map == NULL)
    return NULL;
  const gsize last = options->n_steps > 0 ? options->first + options->n_steps : xps_series_get_n (series);
  XpsRunTask task = {.series = series,
                     .map = map,
                     .options = options,
                     .run = run,
                     .first = options->first,
                     .last = last,
                     .caller = g_thread_self ()};
  g_mutex_init (&task.lock);
  if (options->resume != NULL)
    take_over (&task, options->resume);
  gboolean posed = TRUE;
  if (plan->mode != XPS_SERIES_GLOBAL)
    fit_steps (&task);
  else
    posed = xps_run_task_global (&task, error);
  if (posed && !task.stopped)
    xps_run_task_lift (&task);
  xps_run_task_forget (&task);
  g_mutex_clear (&task.lock);
  if (!posed)
    return NULL;
  run->complete = is_complete (&task);
  xps_series_run_sum (run);
  xps_series_run_find_slopes (run, series, map);
  return g_steal_pointer (&run);
}
