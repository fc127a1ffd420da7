/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/stack.h"

#include <math.h>

#include "fit/model-index.h"

/* ---- models ---- */

/* Leaves out the parts that were not measured; returns the data of the others. */
static GPtrArray *
take_parts (XpsModel *model, const XpsStep *step)
{
  GPtrArray *data = g_ptr_array_new ();
  for (guint k = step->data->len; k-- > 0;)
    if (g_ptr_array_index (step->data, k) == NULL)
      g_ptr_array_remove_index (model->parts, k);
  for (guint k = 0; k < step->data->len; k++)
    if (g_ptr_array_index (step->data, k) != NULL)
      g_ptr_array_add (data, g_ptr_array_index (step->data, k));
  return data;
}

/* A step whose model cannot be posed any more has none. */
static void
fill_model (XpsStackRow *row, const XpsStep *step, const XpsSeriesRun *run, gsize i, gsize part)
{
  g_autoptr (XpsModel) model = xps_series_run_dup_step_model (run, i);
  g_autoptr (GPtrArray) data = take_parts (model, step);
  g_autofree double *values = g_new (double, MAX (model->parameters->len, 1));
  g_autoptr (XpsProblem) problem =
      xps_problem_new (model, (XpsFitData *const *)data->pdata, data->len, run->plan->weights, NULL);
  gsize spectrum = 0;
  if (problem == NULL)
    return;
  for (gsize k = 0; k < part; k++)
    spectrum += g_ptr_array_index (step->data, k) != NULL;
  for (guint k = 0; k < model->parameters->len; k++)
    values[k] = ((const XpsParameter *)g_ptr_array_index (model->parameters, k))->value;
  g_autoptr (XpsModelIndex) index = xps_model_index_new (model, NULL);
  if (index != NULL)
    xps_model_resolve_links (model, index, values);
  row->model = g_new (double, row->data->n);
  xps_problem_get_curves (problem, spectrum, values, row->model, NULL, NULL);
  if (run->plan->weights == XPS_WEIGHTS_UNIFORM)
    return;
  row->sigma = g_new (double, row->data->n);
  xps_problem_get_sigma (problem, spectrum, values, row->sigma);
}

/* ---- the stack ---- */

static gboolean
is_suspect (const GPtrArray *marks, gsize step)
{
  for (guint i = 0; marks != NULL && i < marks->len; i++) {
    const XpsFrameMark *mark = g_ptr_array_index (marks, i);
    if (mark->step == step && mark->bad)
      return TRUE;
  }
  return FALSE;
}

static void
fill_row (XpsStackRow *row, const XpsSeries *series, const XpsSeriesRun *run, gsize i, gsize part)
{
  const XpsStep *step = xps_series_get_step (series, i);
  const XpsFitData *data = part < step->data->len ? g_ptr_array_index (step->data, part) : NULL;
  row->name = g_strdup (step->name);
  row->excluded = step->exclusion != NULL;
  row->data = data != NULL ? xps_fit_data_ref (data) : NULL;
  if (data != NULL && run != NULL && i < run->steps->len && xps_series_run_get_step (run, i)->fitted)
    fill_model (row, step, run, i, part);
}

XpsStack *
xps_stack_new (const XpsSeries *series, const XpsSeriesRun *run, const GPtrArray *marks, gsize part)
{
  XpsStack *self = g_new0 (XpsStack, 1);
  self->n = xps_series_get_n (series);
  self->rows = g_new0 (XpsStackRow, MAX (self->n, 1));
  self->axis = series->axis;
  self->clocks = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_clock_free);
  for (guint i = 0; i < series->clocks->len; i++)
    g_ptr_array_add (self->clocks, xps_clock_copy (g_ptr_array_index (series->clocks, i)));
  for (gsize i = 0; i < self->n; i++) {
    fill_row (&self->rows[i], series, run, i, part);
    self->rows[i].suspect = is_suspect (marks, i);
    self->has_model = self->has_model || self->rows[i].model != NULL;
  }
  return self;
}

void
xps_stack_free (XpsStack *self)
{
  for (gsize i = 0; i < self->n; i++) {
    g_free (self->rows[i].name);
    g_clear_pointer (&self->rows[i].data, xps_fit_data_unref);
    g_free (self->rows[i].model);
    g_free (self->rows[i].sigma);
  }
  g_ptr_array_unref (self->clocks);
  g_free (self->rows);
  g_free (self);
}

static const char *const kinds[XPS_N_STACK_KINDS] = {"data", "model", "residual", "difference", "waterfall"};

const char *
xps_stack_kind_to_text (XpsStackKind kind)
{
  return kinds[kind];
}

gboolean
xps_stack_kind_from_text (const char *text, XpsStackKind *kind)
{
  for (int k = 0; k < XPS_N_STACK_KINDS; k++)
    if (g_strcmp0 (text, kinds[k]) == 0) {
      *kind = (XpsStackKind)k;
      return TRUE;
    }
  return FALSE;
}

gboolean
xps_stack_can_show (const XpsStack *self, XpsStackKind kind)
{
  return self->has_model || (kind != XPS_STACK_MODEL && kind != XPS_STACK_RESIDUAL);
}

static double *
dup_residual (const XpsStackRow *row)
{
  double *values = g_new (double, row->data->n);
  for (gsize k = 0; k < row->data->n; k++) {
    const double sigma = row->sigma != NULL ? row->sigma[k] : 1.0;
    values[k] = sigma > 0 ? (row->data->intensity[k] - row->model[k]) / sigma : (double)NAN;
  }
  return values;
}

double *
xps_stack_dup_curve (const XpsStack *self, XpsStackKind kind, gsize step)
{
  const XpsStackRow *row = &self->rows[step];
  const gboolean fitted = kind == XPS_STACK_MODEL || kind == XPS_STACK_RESIDUAL;
  if (row->data == NULL || (fitted && row->model == NULL))
    return NULL;
  if (kind == XPS_STACK_RESIDUAL)
    return dup_residual (row);
  return g_memdup2 (kind == XPS_STACK_MODEL ? row->model : row->data->intensity,
                    row->data->n * sizeof (double));
}

int
xps_stack_find_first (const XpsStack *self)
{
  for (gsize i = 0; i < self->n; i++)
    if (self->rows[i].data != NULL && !self->rows[i].excluded && !self->rows[i].suspect)
      return (int)i;
  return -1;
}
