/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "fit/refit.h"
#include "series/run-private.h"

/* One step, fitted alone. */

/* A model of one step with some parameters held, limits lifted and parts left out, compiled for the steps
 * that need it so. */
typedef struct {
  guint8 *pattern; /* [parameters + parts + 1] what is held, what was measured, whether limits are lifted */
  XpsRefit *refit;
} Variant;

/* Of those that are not in use; beyond it the oldest goes. */
#define MAX_IDLE 16

static void
variant_free (Variant *self)
{
  xps_refit_free (self->refit);
  g_free (self->pattern);
  g_free (self);
}

static gsize
pattern_size (const XpsRunTask *task)
{
  return task->map->n_parameters + task->series->n_parts + 1;
}

static guint8 *
new_pattern (const XpsRunTask *task, const XpsStep *step, const XpsStepStart *start)
{
  const gsize n = task->map->n_parameters;
  guint8 *pattern = g_new0 (guint8, pattern_size (task));
  for (gsize i = 0; start->hold != NULL && i < n; i++)
    pattern[i] = start->hold[i] ? 1 : 0;
  for (guint k = 0; k < step->data->len; k++)
    pattern[n + k] = g_ptr_array_index (step->data, k) != NULL ? 1 : 0;
  pattern[n + step->data->len] = start->lift ? 1 : 0;
  return pattern;
}

static void
hold_parameters (XpsModel *model, const gboolean *hold)
{
  for (guint i = 0; hold != NULL && i < model->parameters->len; i++) {
    XpsParameter *p = g_ptr_array_index (model->parameters, i);
    if (hold[i] && p->kind != XPS_PARAMETER_LINKED)
      p->kind = XPS_PARAMETER_FIXED;
  }
}

static void
lift_limits (XpsModel *model, const XpsSeriesMap *map)
{
  for (gsize c = 0; c < map->n_components; c++) {
    const int area = map->components[c].area;
    XpsParameter *p = area >= 0 ? g_ptr_array_index (model->parameters, area) : NULL;
    if (p != NULL && p->kind != XPS_PARAMETER_FIXED && p->min >= 0)
      p->min = -INFINITY;
  }
}

static XpsRefit *
new_refit (const XpsRunTask *task, const XpsModel *model, const XpsStep *step, const XpsStepStart *start)
{
  XpsModel *copy = xps_model_copy (model);
  hold_parameters (copy, start->hold);
  if (start->lift)
    lift_limits (copy, task->map);
  for (gsize k = step->data->len; k-- > 0;)
    if (g_ptr_array_index (step->data, k) == NULL)
      g_ptr_array_remove_index (copy->parts, (guint)k);
  return xps_refit_new (copy, task->run->plan->weights);
}

/* For this thread alone until it is given back. A model that is not the task's own is compiled for this once.
 */
static Variant *
take_variant (XpsRunTask *task, const XpsModel *model, const XpsStep *step, const XpsStepStart *start)
{
  const gboolean own = model == task->map->model;
  guint8 *pattern = own ? new_pattern (task, step, start) : NULL;
  Variant *variant = NULL;
  g_mutex_lock (&task->lock);
  for (guint i = task->refits != NULL && own ? task->refits->len : 0; i-- > 0 && variant == NULL;) {
    const Variant *idle = g_ptr_array_index (task->refits, i);
    if (memcmp (idle->pattern, pattern, pattern_size (task)) == 0)
      variant = g_ptr_array_steal_index (task->refits, i);
  }
  g_mutex_unlock (&task->lock);
  if (variant != NULL) {
    g_free (pattern);
    return variant;
  }
  variant = g_new0 (Variant, 1);
  variant->pattern = pattern;
  variant->refit = new_refit (task, model, step, start);
  return variant;
}

static void
give_back (XpsRunTask *task, Variant *variant)
{
  if (variant->pattern == NULL) {
    variant_free (variant);
    return;
  }
  g_mutex_lock (&task->lock);
  if (task->refits == NULL)
    task->refits = g_ptr_array_new_with_free_func ((GDestroyNotify)variant_free);
  if (task->refits->len >= MAX_IDLE)
    g_ptr_array_remove_index (task->refits, 0);
  g_ptr_array_add (task->refits, variant);
  g_mutex_unlock (&task->lock);
}

void
xps_run_task_forget (XpsRunTask *task)
{
  g_clear_pointer (&task->refits, g_ptr_array_unref);
  for (gsize i = 0; task->checksums != NULL && i < xps_series_get_n (task->series); i++)
    g_free (task->checksums[i]);
  g_clear_pointer (&task->checksums, g_free);
}

const char *
xps_run_task_get_checksum (XpsRunTask *task, gsize step)
{
  g_mutex_lock (&task->lock);
  if (task->checksums == NULL)
    task->checksums = g_new0 (char *, xps_series_get_n (task->series) + 1);
  if (task->checksums[step] == NULL)
    task->checksums[step] = xps_step_dup_checksum (task->series, step);
  const char *checksum = task->checksums[step];
  g_mutex_unlock (&task->lock);
  return checksum;
}

/* ---- one fit ---- */

/* Values to start from, inside the limits of the model as given. New array. */
static double *
dup_start (const XpsModel *model, const double *start)
{
  double *values = g_new (double, model->parameters->len + 1);
  for (guint i = 0; i < model->parameters->len; i++) {
    const XpsParameter *p = g_ptr_array_index (model->parameters, i);
    values[i] = start != NULL && isfinite (start[i]) ? fmin (fmax (start[i], p->min), p->max) : p->value;
  }
  return values;
}

static GPtrArray *
list_data (const XpsStep *step)
{
  GPtrArray *data = g_ptr_array_new ();
  for (guint k = 0; k < step->data->len; k++)
    if (g_ptr_array_index (step->data, k) != NULL)
      g_ptr_array_add (data, g_ptr_array_index (step->data, k));
  return data;
}

static void
take_components (const XpsRunTask *task, const XpsStep *step, const XpsResult *from, XpsStepResult *to)
{
  guint next = 0;
  for (gsize c = 0; c < task->map->n_components; c++) {
    if (g_ptr_array_index (step->data, task->map->components[c].part) == NULL)
      continue;
    const XpsComponentResult *r = &g_array_index (from->components, XpsComponentResult, next++);
    to->components[c] =
        (XpsStepComponent){r->center, r->maximum, r->area, r->fwhm, r->height, r->fraction, {NAN, NAN}};
  }
}

void
xps_step_take_covariances (XpsStepResult *self, const XpsSeriesMap *map, const XpsStep *step,
                           const XpsResult *from, gsize first)
{
  g_autofree int *sum_of = g_new (int, map->n_components + 1), *group = g_new (int, map->n_components + 1);
  gsize n_sums = 0, n = 0;
  for (gsize c = 0; c < map->n_components; c++) {
    sum_of[c] = map->components[c].leader == c ? (int)n_sums++ : sum_of[map->components[c].leader];
    if (g_ptr_array_index (step->data, map->components[c].part) != NULL)
      group[n++] = sum_of[c];
  }
  g_free (self->covariances);
  self->n_covariances = n_sums * (n_sums + 1) / 2;
  self->covariances = g_new (double, MAX (self->n_covariances, 1));
  xps_result_get_area_covariances (from, first, n, group, n_sums, self->covariances);
}

static void
take_result (const XpsRunTask *task, const XpsStep *step, const XpsResult *from, XpsStepResult *to)
{
  to->fitted = TRUE;
  to->converged = from->converged;
  to->stop_reason = g_strdup (xps_stop_to_text (from->stop));
  to->n_points = from->n_points;
  to->n_free = from->n_free;
  to->evaluations = from->evaluations;
  to->chi2 = from->chi2;
  to->dof = from->dof;
  to->reduced_chi2 = from->reduced_chi2;
  to->autocorrelation = from->autocorrelation;
  for (guint i = 0; i < from->parameters->len; i++) {
    const XpsParameterResult *p = &g_array_index (from->parameters, XpsParameterResult, i);
    to->values[i] = p->quantity.value;
    to->errors[i] = p->quantity.error;
    to->status[i] = p->status;
  }
  take_components (task, step, from, to);
  xps_step_take_covariances (to, task->map, step, from, 0);
}

XpsStepResult *
xps_step_fit (XpsRunTask *task, const XpsModel *model, gsize index, const XpsStepStart *start)
{
  const XpsStep *step = xps_series_get_step (task->series, index);
  const XpsStepResult *known = start->known;
  const XpsFitKnown minimum = known != NULL ? (XpsFitKnown){known->values, known->chi2} : (XpsFitKnown){0};
  const XpsFitOptions options = {.max_evaluations = task->run->plan->max_evaluations,
                                 .known = known != NULL ? &minimum : NULL};
  g_autoptr (GError) error = NULL;
  XpsStepResult *out = xps_step_result_new (task->map->n_parameters, task->map->n_components);
  g_autofree double *values = dup_start (model, start->start);
  g_autoptr (GPtrArray) data = list_data (step);
  Variant *variant = take_variant (task, model, step, start);
  const XpsResult *result =
      xps_refit_run (variant->refit, (XpsFitData *const *)data->pdata, data->len, values, &options, &error);
  out->checksum = g_strdup (xps_run_task_get_checksum (task, index));
  if (result != NULL)
    take_result (task, step, result, out);
  else if (error != NULL)
    out->failure = g_strdup (error->message);
  else
    g_clear_pointer (&out, xps_step_result_free);
  give_back (task, variant);
  if (out == NULL)
    return NULL;
  for (gsize i = 0; out->fitted && start->hold != NULL && i < task->map->n_parameters; i++)
    out->frozen[i] = start->hold[i];
  return out;
}
