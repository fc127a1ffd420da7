/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "series/run-private.h"

/* One step, fitted alone. */

static void
prepare (XpsModel *model, const XpsStepStart *start, const XpsSeriesMap *map)
{
  for (guint i = 0; i < model->parameters->len; i++) {
    XpsParameter *p = g_ptr_array_index (model->parameters, i);
    if (p->kind == XPS_PARAMETER_LINKED)
      continue;
    if (start->start != NULL && isfinite (start->start[i]))
      p->value = fmin (fmax (start->start[i], p->min), p->max);
    if (start->hold != NULL && start->hold[i])
      p->kind = XPS_PARAMETER_FIXED;
  }
  for (gsize c = 0; start->lift && c < map->n_components; c++) {
    const int area = map->components[c].area;
    XpsParameter *p = area >= 0 ? g_ptr_array_index (model->parameters, area) : NULL;
    if (p != NULL && p->kind != XPS_PARAMETER_FIXED && p->min >= 0)
      p->min = -INFINITY;
  }
}

/* Leaves out the parts that were not measured; returns the data of the others. */
static GPtrArray *
take_parts (XpsModel *model, const XpsStep *step)
{
  GPtrArray *data = g_ptr_array_new ();
  for (gsize k = step->data->len; k-- > 0;)
    if (g_ptr_array_index (step->data, k) == NULL)
      g_ptr_array_remove_index (model->parts, (guint)k);
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
xps_step_fit (const XpsRunTask *task, const XpsModel *model, gsize index, const XpsStepStart *start)
{
  const XpsStep *step = xps_series_get_step (task->series, index);
  const XpsFitOptions options = {.max_evaluations = task->run->plan->max_evaluations};
  g_autoptr (GError) error = NULL;
  XpsStepResult *out = xps_step_result_new (task->map->n_parameters, task->map->n_components);
  g_autoptr (XpsModel) copy = xps_model_copy (model);
  out->checksum = xps_step_dup_checksum (task->series, index);
  prepare (copy, start, task->map);
  g_autoptr (GPtrArray) data = take_parts (copy, step);
  g_autoptr (XpsResult) result =
      xps_fit (copy, (XpsFitData *const *)data->pdata, data->len, task->run->plan->weights, &options, &error);
  if (result == NULL) {
    out->failure = g_strdup (error->message);
    return out;
  }
  take_result (task, step, result, out);
  for (gsize i = 0; start->hold != NULL && i < task->map->n_parameters; i++)
    out->frozen[i] = start->hold[i];
  return out;
}
