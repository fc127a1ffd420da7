/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "series/run-private.h"

/* Steps one after the other, or all at once, each a problem of its own. */

static void
fit_alone (gsize i, gpointer data)
{
  XpsRunTask *task = data;
  const XpsStepStart start = {NULL, NULL, FALSE, NULL};
  const XpsStepResult *known = g_ptr_array_index (task->run->steps, i);
  if (xps_run_task_wants (task, i) && !known->fitted)
    xps_run_task_put (task, i, xps_step_fit (task, task->map->model, i, &start));
}

void
xps_run_task_independent (XpsRunTask *task)
{
  xps_run_task_spread (task, task->run->steps->len, fit_alone, task);
}

/* ---- warm ---- */

/* The next step starts where this one ended; where a species was absent its position stays what it was. */
static void
carry_on (const XpsRunTask *task, const XpsStepResult *result, const gboolean *own, gboolean *hold,
          double *start)
{
  if (!result->fitted || !result->converged)
    return;
  xps_step_find_frozen (task, result, own, hold);
  for (gsize p = 0; p < task->map->n_parameters; p++)
    if (!hold[p] && isfinite (result->values[p]))
      start[p] = result->values[p];
}

/* NULL: from there it leads to what is known. */
static XpsStepResult *
fit_warm (XpsRunTask *task, gsize i, const double *values, const XpsStepResult *known)
{
  const XpsStepStart warm = {values, NULL, FALSE, known}, cold = {NULL, NULL, FALSE, NULL};
  XpsStepResult *result = xps_step_fit (task, task->map->model, i, &warm);
  if (result == NULL || !result->fitted || result->converged)
    return result;
  XpsStepResult *again = xps_step_fit (task, task->map->model, i, &cold);
  const gboolean better = again->converged || again->chi2 < result->chi2;
  xps_step_result_free (better ? result : again);
  return better ? again : result;
}

/* Whether `a` beats `b`; on a tie the way forth. A difference of one in chi2 is a standard error: two minima
 * further apart are not the same. */
static gboolean
is_better (const XpsStepResult *a, const XpsStepResult *b)
{
  if (a->fitted != b->fitted)
    return a->fitted;
  if (a->converged != b->converged)
    return a->converged;
  const double noise = 1e-6 * fmax (1, fabs (b->chi2));
  return a->chi2 < b->chi2 - noise || (a->chi2 <= b->chi2 + noise && a->direction > b->direction);
}

/* Puts what one way came to beside what the other did. Under the lock. */
static void
combine (XpsRunTask *task, gsize i, guint way, XpsStepResult *take)
{
  XpsStepResult *known = g_ptr_array_index (task->run->steps, i);
  take->ways = 1u << way;
  take->direction = way == 0 ? 1 : -1;
  if (known->ways != 0) {
    const gboolean better = is_better (take, known);
    XpsStepResult *kept = better ? take : known;
    kept->disagree = take->fitted && known->fitted && fabs (take->chi2 - known->chi2) > 1;
    kept->ways = take->ways | known->ways;
    task->run->steps->pdata[i] = kept;
    xps_step_result_free (better ? known : take);
  } else {
    xps_step_result_free (known);
    task->run->steps->pdata[i] = take;
  }
}

/* Every unknown of its own has an error: one on a bound or without signal may have several places. */
static gboolean
is_determined (const XpsRunTask *task, const XpsStepResult *result)
{
  for (gsize p = 0; p < task->map->n_parameters; p++) {
    const XpsStatus status = result->status[p];
    if (status != XPS_STATUS_FIXED && status != XPS_STATUS_LINKED && !isfinite (result->errors[p]))
      return FALSE;
  }
  return TRUE;
}

/* What the way forth came to at a step, where the way back need only see that it leads there: the way forth
 * counts then, and a second set of the same figures would be thrown away. Not with the likelihood of counts,
 * whose chi2 is not what was minimised. */
static XpsStepResult *
find_known (const XpsRunTask *task, gsize i, gsize way)
{
  XpsStepResult *known = g_ptr_array_index (task->run->steps, i);
  if (way != 1 || known->ways != 1 || !known->fitted || !known->converged ||
      task->run->plan->weights == XPS_WEIGHTS_POISSON)
    return NULL;
  return is_determined (task, known) ? known : NULL;
}

/* One way through the series. */
typedef struct {
  XpsRunTask *task;
  gsize way;     /* 0 forth, 1 back */
  double *start; /* [parameters] of the next step */
  gboolean *own, *hold;
  XpsSeriesWay before; /* as far as an interrupted run had come; borrowed */
  gboolean anew;       /* a step behind that had to be fitted again: its start is not valid */
} Chain;

static void
chain_init (Chain *self, XpsRunTask *task, gsize way)
{
  const gsize n = task->map->n_parameters;
  *self = (Chain){.task = task, .way = way, .before = task->run->way[way]};
  self->before.start = g_memdup2 (self->before.start, MAX (n, 1) * sizeof (double));
  self->start = g_new (double, n + 1);
  self->own = g_new (gboolean, n + 1);
  self->hold = g_new0 (gboolean, n + 1);
  for (gsize p = 0; p < n; p++) {
    const XpsParameter *parameter = g_ptr_array_index (task->map->model->parameters, p);
    self->start[p] = parameter->kind == XPS_PARAMETER_LINKED ? NAN : parameter->value;
    self->own[p] = parameter->kind == XPS_PARAMETER_FREE;
  }
}

static void
chain_clear (Chain *self)
{
  g_free (self->before.start);
  g_free (self->start);
  g_free (self->own);
  g_free (self->hold);
}

/* What is known of a step's way already carries the chain on; FALSE: it is still to be gone. Where both ways
 * were gone only the better result is known, so that an interrupted run kept where each of them stood. */
static gboolean
chain_pass (Chain *self, gsize i)
{
  XpsRunTask *task = self->task;
  g_mutex_lock (&task->lock);
  const XpsStepResult *known = g_ptr_array_index (task->run->steps, i);
  const gboolean done = (known->ways & (1u << self->way)) != 0;
  if (done)
    carry_on (task, known, self->own, self->hold, self->start);
  g_mutex_unlock (&task->lock);
  return done;
}

static void
chain_step (Chain *self, gsize k, gsize i)
{
  XpsRunTask *task = self->task;
  const gsize n = task->map->n_parameters;
  if (k == self->before.n && self->before.start != NULL && !self->anew)
    memcpy (self->start, self->before.start, n * sizeof (double));
  if (!xps_run_task_wants (task, i) || chain_pass (self, i))
    return;
  XpsStepResult *known = find_known (task, i, self->way);
  XpsStepResult *result = fit_warm (task, i, self->start, known);
  const XpsStepResult *end = result != NULL ? result : known;
  self->anew |= k < self->before.n && end->fitted;
  carry_on (task, end, self->own, self->hold, self->start);
  g_mutex_lock (&task->lock);
  if (result != NULL)
    combine (task, i, (guint)self->way, result);
  else
    known->ways |= 1u << self->way;
  xps_series_run_set_way (task->run, self->way, k + 1, self->start);
  g_mutex_unlock (&task->lock);
  xps_run_task_report (task, k + 1, task->run->steps->len);
}

/* Ways that only meet do so in the middle, and not where their threads happen to: the same on every machine.
 */
static void
run_chain (gsize way, gpointer data)
{
  XpsRunTask *task = data;
  const gsize n = task->run->steps->len, half = way == 0 ? n / 2 : n - n / 2;
  Chain chain;
  chain_init (&chain, task, way);
  for (gsize k = 0; k < (task->meet ? half : n) && !xps_run_task_is_stopped (task); k++)
    chain_step (&chain, k, way == 0 ? k : n - 1 - k);
  chain_clear (&chain);
}

/* Where every step is gone to from both sides the way back comes second, so that it may stop where it meets
 * what the way forth came to: whether it does must not hang on threads. */
void
xps_run_task_warm (XpsRunTask *task)
{
  if (task->meet) {
    xps_run_task_spread (task, 2, run_chain, task);
    return;
  }
  run_chain (0, task);
  run_chain (1, task);
}

void
xps_run_task_tell_disagreement (XpsRunTask *task)
{
  const gsize n = task->run->steps->len;
  gsize disagree = 0;
  for (gsize i = 0; i < n; i++)
    disagree += ((XpsStepResult *)g_ptr_array_index (task->run->steps, i))->disagree ? 1 : 0;
  if (disagree > 0)
    xps_series_run_warn (task->run,
                         xps_text_printf ("%" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                                          " steps end in different minima when they are reached from "
                                          "the other side: the better one was taken",
                                          disagree, n));
}
