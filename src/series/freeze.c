/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "series/run-private.h"

/* Species that come and go: where one is not there, its position and width mean nothing and are held where
 * the steps that have it put them, so that neither the other parameters nor the errors suffer. */

gboolean
xps_step_is_there (const XpsRunTask *task, const XpsStepResult *result, gsize c)
{
  const XpsQuantity area = result->components[task->map->components[c].leader].area;
  if (!(fabs (area.value) > 0))
    return FALSE;
  return !isfinite (area.error) || fabs (area.value) >= task->run->plan->freeze * area.error;
}

gboolean
xps_step_find_frozen (const XpsRunTask *task, const XpsStepResult *result, const gboolean *own,
                      gboolean *hold)
{
  const XpsSeriesMap *map = task->map;
  gboolean any = FALSE;
  for (gsize p = 0; p < map->n_parameters; p++) {
    gsize carried = 0, there = 0;
    for (gsize c = 0; c < map->n_components; c++)
      if (xps_series_map_carries (map, p, c)) {
        carried++;
        there += xps_step_is_there (task, result, c) ? 1 : 0;
      }
    hold[p] = own[p] && carried > 0 && there == 0;
    any |= hold[p] && !result->frozen[p];
  }
  return any && task->run->plan->freeze > 0;
}

double
xps_run_task_interpolate (const XpsRunTask *task, const gboolean *absent, gsize step, gsize parameter)
{
  const GPtrArray *steps = task->run->steps;
  const XpsSeriesRun *whole = task->options->shared; /* a part need not have the neighbours: the whole had */
  const gsize n = task->map->n_parameters;
  gsize before = step, after = step + 1;
  if (whole != NULL && step < whole->steps->len && xps_series_run_get_step (whole, step)->frozen[parameter])
    return xps_series_run_get_step (whole, step)->values[parameter];
  while (before > 0 && absent[(before - 1) * n + parameter])
    before--;
  while (after < steps->len && absent[after * n + parameter])
    after++;
  const gboolean has_after = after < steps->len;
  if (before == 0 && !has_after)
    return ((XpsParameter *)g_ptr_array_index (task->map->model->parameters, parameter))->value;
  const XpsStepResult *low = before > 0 ? g_ptr_array_index (steps, before - 1) : NULL;
  const XpsStepResult *high = has_after ? g_ptr_array_index (steps, after) : NULL;
  if (low == NULL)
    return high != NULL ? high->values[parameter] : (double)NAN;
  if (high == NULL)
    return low->values[parameter];
  const double share = (double)(step + 1 - before) / (double)(after + 1 - before);
  return low->values[parameter] + share * (high->values[parameter] - low->values[parameter]);
}

gboolean
xps_run_task_find_absent (const XpsRunTask *task, const gboolean *own, gboolean *absent)
{
  const gsize n = task->map->n_parameters;
  gboolean any = FALSE;
  for (guint i = 0; i < task->run->steps->len; i++) {
    const XpsStepResult *result = g_ptr_array_index (task->run->steps, i);
    gboolean *row = absent + i * n;
    if (result->fitted)
      any |= xps_step_find_frozen (task, result, own, row);
    for (gsize p = 0; p < n; p++)
      row[p] |= !result->fitted || result->frozen[p] || !isfinite (result->values[p]);
  }
  return any;
}

/* ---- each step by itself ---- */

typedef struct {
  XpsRunTask *task;
  const gboolean *absent;
  XpsStepResult **made; /* [steps] */
} Freeze;

static void
freeze_step (gsize i, gpointer data)
{
  Freeze *self = data;
  const gsize n = self->task->map->n_parameters;
  const XpsStepResult *result = g_ptr_array_index (self->task->run->steps, i);
  g_autofree gboolean *hold = g_new0 (gboolean, n);
  g_autofree double *start = g_memdup2 (result->values, n * sizeof (double));
  gboolean any = FALSE;
  if (!result->fitted || !xps_run_task_wants (self->task, i))
    return;
  for (gsize p = 0; p < n; p++) {
    const XpsParameter *parameter = g_ptr_array_index (self->task->map->model->parameters, p);
    hold[p] = self->absent[i * n + p] && !result->frozen[p] && parameter->kind == XPS_PARAMETER_FREE;
    any |= hold[p];
    hold[p] |= result->frozen[p];
    if (hold[p])
      start[p] = xps_run_task_interpolate (self->task, self->absent, i, p);
  }
  const XpsStepStart how = {start, hold, FALSE, NULL};
  if (any)
    self->made[i] = xps_step_fit (self->task, self->task->map->model, i, &how);
}

void
xps_run_task_freeze (XpsRunTask *task)
{
  const gsize n = task->map->n_parameters, n_steps = task->run->steps->len;
  g_autofree gboolean *own = g_new0 (gboolean, n + 1), *absent = g_new0 (gboolean, n * n_steps + 1);
  for (gsize p = 0; p < n; p++)
    own[p] =
        ((XpsParameter *)g_ptr_array_index (task->map->model->parameters, p))->kind == XPS_PARAMETER_FREE;
  if (!(task->run->plan->freeze > 0) || !xps_run_task_find_absent (task, own, absent))
    return;
  g_autofree XpsStepResult **made = g_new0 (XpsStepResult *, n_steps);
  Freeze freeze = {task, absent, made};
  xps_run_task_spread (task, n_steps, freeze_step, &freeze);
  for (gsize i = 0; i < n_steps; i++) {
    const XpsStepResult *before = g_ptr_array_index (task->run->steps, i);
    if (made[i] == NULL)
      continue;
    if (xps_run_task_is_stopped (task)) { /* all or none: what is gone on with must not have some of it */
      xps_step_result_free (made[i]);
      continue;
    }
    made[i]->direction = before->direction;
    made[i]->disagree = before->disagree;
    made[i]->ways = before->ways;
    xps_run_task_put (task, i, made[i]);
  }
}

/* ---- net areas ---- */

/* The limit at zero would make an absent species look like a small present one: here its area may be
 * negative, everything that is not each step's own held where the run has it. */
static gboolean
needs_lift (const XpsRunTask *task, const XpsStepResult *result)
{
  for (gsize c = 0; c < task->map->n_components; c++) {
    const int area = task->map->components[c].area;
    const XpsMapRoot *root = area >= 0 && task->map->roots[area]->len == 1
                                 ? &g_array_index (task->map->roots[area], XpsMapRoot, 0)
                                 : NULL;
    if (root != NULL && result->status[root->parameter] == XPS_STATUS_AT_MIN)
      return TRUE;
  }
  return FALSE;
}

static void
lift_step (gsize i, gpointer data)
{
  XpsRunTask *task = data;
  XpsStepResult *result = g_ptr_array_index (task->run->steps, i);
  const gsize n = task->map->n_components;
  if (!result->fitted)
    return;
  for (gsize c = 0; c < n; c++)
    result->components[c].net = result->components[c].area;
  if (!xps_run_task_wants (task, i) || !needs_lift (task, result))
    return;
  g_autoptr (XpsModel) held = /* where nothing is shared the step's values say it all */
      task->run->plan->mode == XPS_SERIES_GLOBAL ? xps_series_run_dup_step_model (task->run, i) : NULL;
  const XpsModel *model = held != NULL ? held : task->map->model;
  g_autofree gboolean *hold =
      g_memdup2 (result->frozen, MAX (task->map->n_parameters, 1) * sizeof (gboolean));
  const XpsStepStart start = {result->values, hold, TRUE, NULL};
  for (gsize p = 0; p < task->map->n_parameters; p++) /* a place without signal must not run after noise */
    for (gsize c = 0; c < n; c++)
      hold[p] |= xps_series_map_carries (task->map, p, c) && !xps_step_is_there (task, result, c) &&
                 !isfinite (result->errors[p]);
  XpsStepResult *lifted = xps_step_fit (task, model, i, &start);
  for (gsize c = 0; c < n && lifted->fitted && lifted->converged; c++)
    result->components[c].net = lifted->components[c].area;
  g_clear_pointer (&result->net_covariances, g_free);
  if (lifted->fitted && lifted->converged)
    result->net_covariances = g_steal_pointer (&lifted->covariances);
  xps_step_result_free (lifted);
}

void
xps_run_task_lift (XpsRunTask *task)
{
  xps_run_task_spread (task, task->run->steps->len, lift_step, task);
}
