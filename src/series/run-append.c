/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "series/run-private.h"

/* A measurement that goes on: the new frame is fitted from the last one, what was found before stays. */

static const XpsStepResult *
find_last (const XpsSeriesRun *run)
{
  for (guint i = run->steps->len; i-- > 0;) {
    const XpsStepResult *step = g_ptr_array_index (run->steps, i);
    if (step->fitted && step->converged)
      return step;
  }
  return NULL;
}

/* Positions and widths of what the last step did not have stay held, unless it is there now. */
static XpsStepResult *
fit_new (XpsRunTask *task, gsize i, const XpsStepResult *last)
{
  const gsize n = task->map->n_parameters;
  g_autofree gboolean *own = g_new0 (gboolean, n + 1), *hold = g_new0 (gboolean, n + 1);
  g_autofree double *start = last != NULL ? g_memdup2 (last->values, n * sizeof (double)) : NULL;
  for (gsize p = 0; p < n; p++)
    own[p] =
        ((XpsParameter *)g_ptr_array_index (task->map->model->parameters, p))->kind == XPS_PARAMETER_FREE;
  const XpsStepStart free_start = {start, NULL, FALSE, NULL}, held = {start, hold, FALSE, NULL};
  XpsStepResult *result = xps_step_fit (task, task->map->model, i, &free_start);
  if (!result->fitted || !xps_step_find_frozen (task, result, own, hold))
    return result;
  XpsStepResult *again = xps_step_fit (task, task->map->model, i, &held);
  xps_step_result_free (again->fitted ? result : again);
  return again->fitted ? again : result;
}

/* In modes that do not look at the axis a result is of its data alone: as steps come, the axis may become
 * another one (a potential that changes for the first time), and the results are of the series all the same.
 */
static void
renew_checksums (XpsSeriesRun *run, const XpsSeries *series)
{
  if (run->plan->mode == XPS_SERIES_GLOBAL)
    return;
  for (guint i = 0; i < run->steps->len; i++) {
    XpsStepResult *step = g_ptr_array_index (run->steps, i);
    if (step->checksum == NULL)
      continue;
    g_free (step->checksum);
    step->checksum = xps_step_dup_checksum (series, i);
  }
}

/* What the joint fit knew of itself, with one more step that was fitted alone. */
static void
count_step (XpsSeriesRun *run, const XpsStepResult *step)
{
  run->n_free += step->n_free;
  run->dof += step->fitted ? step->dof : 0;
  run->evaluations += step->evaluations;
  run->converged &= !step->fitted || step->converged;
}

XpsSeriesRun *
xps_series_run_begin (const XpsModel *model, const XpsSeriesPlan *plan)
{
  XpsSeriesRun *self = xps_series_run_new (model, plan, 0);
  self->complete = self->converged = TRUE;
  return self;
}

/* In a global run the new step meets the shared values as they are. */
static gboolean
fit_global (XpsRunTask *task, XpsSeriesFitOptions *options, GError **error)
{
  g_autoptr (XpsSeriesRun) part = NULL;
  if (task->run->shared->len == 0)
    return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN, NULL, NULL,
                          N_ ("there are no shared values to meet a new step with"),
                          N_ ("fit the series as it is first"));
  options->shared = task->run;
  options->first = task->first;
  options->n_steps = 1;
  part = xps_series_fit (task->series, task->run->model, task->run->plan, options, error);
  if (part == NULL)
    return FALSE;
  gpointer mine = g_ptr_array_index (task->run->steps, (guint)task->first);
  task->run->steps->pdata[task->first] = g_ptr_array_index (part->steps, (guint)task->first);
  part->steps->pdata[task->first] = mine;
  count_step (task->run, g_ptr_array_index (task->run->steps, (guint)task->first));
  return TRUE;
}

gboolean
xps_series_run_append (XpsSeriesRun *self, const XpsSeries *series, GError **error)
{
  const gsize i = self->steps->len;
  XpsSeriesFitOptions options = {0};
  if (xps_series_get_n (series) <= i)
    return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, NULL, NULL,
                          N_ ("the series has no further step"), N_ ("append what was measured since"));
  if (!xps_series_plan_check (self->plan, self->model, series, error))
    return FALSE;
  g_autoptr (XpsSeriesMap) map = xps_series_map_new (self->model, self->plan, error);
  if (map == NULL)
    return FALSE;
  const XpsStepResult *last = find_last (self);
  self->settled = FALSE; /* the new step is not compared with what comes after it */
  renew_checksums (self, series);
  g_ptr_array_add (self->steps, xps_step_result_new (map->n_parameters, map->n_components));
  XpsRunTask task = {.series = series,
                     .map = map,
                     .options = &options,
                     .run = self,
                     .first = i,
                     .last = i + 1,
                     .caller = g_thread_self ()};
  if (!xps_run_task_wants (&task, i))
    return TRUE;
  if (self->plan->mode == XPS_SERIES_GLOBAL && !fit_global (&task, &options, error)) {
    g_ptr_array_set_size (self->steps, (int)i); /* it may come again */
    return FALSE;
  }
  g_mutex_init (&task.lock);
  if (self->plan->mode != XPS_SERIES_GLOBAL) {
    XpsStepResult *made = fit_new (&task, i, last);
    made->ways = self->plan->mode == XPS_SERIES_WARM ? 1 : 0;
    made->direction = self->plan->mode == XPS_SERIES_WARM ? 1 : 0;
    xps_run_task_put (&task, i, made);
    xps_run_task_lift (&task);
  }
  xps_run_task_forget (&task);
  g_mutex_clear (&task.lock);
  for (guint k = self->frames->len; k-- > 0;)
    if (!((XpsFrameSlope *)g_ptr_array_index (self->frames, k))->fitted)
      g_ptr_array_remove_index (self->frames, k);
  xps_series_run_find_slopes (self, series, map);
  xps_series_run_sum (self);
  return TRUE;
}
