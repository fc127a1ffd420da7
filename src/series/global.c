/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "series/joint.h"

/* The global fit: starts from the steps fitted one after the other, poses all of them as one problem, and
 * gives every step its share of the answer. */

#define LOGISTIC_ROUNDS 20
#define FREEZE_ROUNDS   3

/* ---- what the joint fit says of a step ---- */

/* chi2 and correlation of neighbouring residuals of the step's own spectra. */
static void
sum_step (const XpsResult *joint, gsize first, gsize n, XpsStepResult *out)
{
  double chi2 = 0, product = 0;
  for (gsize s = first; s < first + n; s++) {
    const XpsFitData *data = xps_problem_get_data (joint->problem, s);
    g_autofree double *model = g_new (double, data->n), *sigma = g_new (double, data->n);
    double before = 0;
    xps_problem_get_curves (joint->problem, s, joint->values, model, NULL, NULL);
    xps_problem_get_sigma (joint->problem, s, joint->values, sigma);
    for (gsize i = 0; i < data->n; i++) {
      const double r = (data->intensity[i] - model[i]) / sigma[i];
      product += i > 0 ? r * before : 0;
      chi2 += r * r;
      before = r;
    }
    out->n_points += data->n;
  }
  out->chi2 = chi2;
  out->autocorrelation = chi2 > 0 && out->n_points > 10 ? product / chi2 : NAN;
}

static void
take_parameter (XpsStepResult *out, gsize p, const XpsResult *joint, guint place)
{
  const XpsParameterResult *r = &g_array_index (joint->parameters, XpsParameterResult, place);
  out->values[p] = r->quantity.value;
  out->errors[p] = r->quantity.error;
  out->status[p] = r->status;
}

static void
take_parameters (const XpsJointSeries *self, gsize i, const XpsResult *joint, XpsStepResult *out)
{
  const XpsSeriesMap *map = self->task->map;
  for (gsize p = 0; p < map->n_parameters; p++) {
    const XpsParameter *parameter = g_ptr_array_index (map->model->parameters, p);
    take_parameter (out, p, joint, self->place[i * map->n_parameters + p]);
    out->frozen[p] = self->own[p] && out->status[p] == XPS_STATUS_FIXED;
    out->n_free += self->own[p] && out->status[p] != XPS_STATUS_FIXED ? 1 : 0;
    if (parameter->kind == XPS_PARAMETER_FREE && !self->own[p])
      out->status[p] = XPS_STATUS_LINKED;
    else if (out->frozen[p])
      out->errors[p] = NAN;
  }
  for (gsize c = 0; c < map->n_components; c++) {
    const int position = self->position[i * map->n_components + c];
    if (position < 0)
      continue;
    take_parameter (out, (gsize)map->components[c].position, joint, (guint)position);
    out->status[map->components[c].position] = XPS_STATUS_LINKED;
  }
}

static void
take_components (const XpsJointSeries *self, const XpsStep *step, const XpsResult *joint, guint *next,
                 XpsStepResult *out)
{
  for (gsize c = 0; c < self->task->map->n_components; c++) {
    if (g_ptr_array_index (step->data, self->task->map->components[c].part) == NULL)
      continue;
    const XpsComponentResult *r = &g_array_index (joint->components, XpsComponentResult, (*next)++);
    out->components[c] =
        (XpsStepComponent){r->center, r->maximum, r->area, r->fwhm, r->height, r->fraction, {NAN, NAN}};
  }
}

static void
take_steps (XpsJointSeries *self, const XpsResult *joint)
{
  XpsRunTask *task = self->task;
  guint next = 0;
  for (gsize i = 0; i < self->n_steps; i++) {
    const XpsStep *step = xps_series_get_step (task->series, self->steps[i]);
    const gsize end = i + 1 < self->n_steps ? self->first_spectrum[i + 1] : self->data->len;
    XpsStepResult *out = xps_step_result_new (task->map->n_parameters, task->map->n_components);
    out->checksum = g_strdup (xps_run_task_get_checksum (task, self->steps[i]));
    out->fitted = TRUE;
    out->converged = joint->converged;
    out->stop_reason = g_strdup (xps_stop_to_text (joint->stop));
    out->evaluations = joint->evaluations;
    take_parameters (self, i, joint, out);
    xps_step_take_covariances (out, task->map, step, joint, next);
    take_components (self, step, joint, &next, out);
    sum_step (joint, self->first_spectrum[i], end - self->first_spectrum[i], out);
    out->dof = (double)out->n_points - (double)out->n_free;
    out->reduced_chi2 = out->dof > 0 ? out->chi2 / out->dof : NAN;
    xps_run_task_put (task, self->steps[i], out);
  }
}

/* ---- what is shared ---- */

static const XpsJointLogistic *
find_logistic (const XpsJointSeries *self, guint joint)
{
  for (guint i = 0; i < self->logistics->len; i++) {
    const XpsJointLogistic *logistic = &g_array_index (self->logistics, XpsJointLogistic, i);
    if (logistic->d_middle == joint || logistic->d_width == joint)
      return logistic;
  }
  return NULL;
}

static void
take_shared (XpsJointSeries *self, const XpsResult *joint)
{
  XpsSeriesRun *run = self->task->run;
  g_ptr_array_set_size (run->shared, 0);
  for (guint i = 0; i < self->unknowns->len; i++) {
    const XpsJointUnknown *unknown = &g_array_index (self->unknowns, XpsJointUnknown, i);
    const XpsJointLogistic *logistic = find_logistic (self, unknown->joint);
    XpsSharedValue *value = g_new0 (XpsSharedValue, 1);
    value->name = g_strdup (unknown->name);
    value->unit = g_strdup (unknown->unit);
    value->parameter =
        unknown->frame >= 0
            ? g_strdup (unknown->name)
            : g_strdup (
                  ((XpsParameter *)g_ptr_array_index (run->model->parameters, unknown->parameter))->name);
    value->quantity = g_array_index (joint->parameters, XpsParameterResult, unknown->joint).quantity;
    if (logistic != NULL) /* the unknown is how far middle and width still went */
      value->quantity.value += logistic->d_middle == unknown->joint ? logistic->middle : logistic->width;
    if (unknown->joint == self->d_widening)
      value->quantity = xps_joint_get_widening (self, value->quantity);
    for (guint k = 0; self->held != NULL && k < self->held->shared->len; k++) {
      const XpsSharedValue *held = g_ptr_array_index (self->held->shared, k);
      if (strcmp (held->name, unknown->name) == 0)
        value->quantity = held->quantity;
    }
    g_ptr_array_add (run->shared, value);
  }
}

/* Shifts of a free frame: a regression through them. What all shifts have in common is the error of the first
 * step, from which they are measured: the covariance of neighbours. It belongs to the intercept and is taken
 * out of the weights. */
static void
fit_shifts (const XpsJointSeries *self, const XpsResult *joint, guint f)
{
  const gsize n_frames = self->task->run->plan->frames->len;
  const XpsEnergyFrame *frame = g_ptr_array_index (self->task->run->plan->frames, f);
  g_autofree double *x = g_new0 (double, self->n_steps), *y = g_new0 (double, self->n_steps);
  g_autofree double *error = g_new0 (double, self->n_steps);
  g_autoptr (GHashTable) unknown = g_hash_table_new (NULL, NULL);
  for (gsize k = 0; k < joint->n_free; k++)
    g_hash_table_insert (unknown, GUINT_TO_POINTER (xps_problem_get_free_parameter (joint->problem, k)),
                         GUINT_TO_POINTER (k + 1));
  gsize before = G_MAXSIZE;
  for (gsize i = 0; i < self->n_steps; i++) {
    const int shift = self->shift[i * n_frames + f];
    const gsize k = GPOINTER_TO_UINT (g_hash_table_lookup (unknown, GINT_TO_POINTER (shift)));
    x[i] = self->x[self->steps[i]];
    if (k == 0)
      continue;
    y[i] = g_array_index (joint->parameters, XpsParameterResult, shift).quantity.value;
    const double own = xps_covariance_get (joint->covariance, k - 1, k - 1);
    const double common = before != G_MAXSIZE ? xps_covariance_get (joint->covariance, before, k - 1) : 0;
    error[i] = sqrt (fmax (own - fmax (common, 0), 0));
    before = k - 1;
  }
  XpsLineFit line;
  if (!xps_line_fit (self->n_steps, x, y, error, NULL, &line))
    return;
  xps_series_run_add_frame (self->task->run, frame->name, line.slope,
                            line.dof > 0 ? line.chi2 / line.dof : NAN);
}

static void
take_slopes (const XpsJointSeries *self, const XpsResult *joint)
{
  XpsSeriesRun *run = self->task->run;
  g_ptr_array_set_size (run->frames, 0);
  for (guint f = 0; f < run->plan->frames->len; f++) {
    const XpsEnergyFrame *frame = g_ptr_array_index (run->plan->frames, f);
    if (frame->shift == XPS_FRAME_FREE) {
      fit_shifts (self, joint, f);
      continue;
    }
    XpsQuantity slope = {frame->slope, NAN};
    for (guint i = 0; i < self->unknowns->len; i++)
      if (g_array_index (self->unknowns, XpsJointUnknown, i).frame == (int)f)
        slope = ((XpsSharedValue *)g_ptr_array_index (run->shared, i))->quantity;
    xps_series_run_add_frame (run, frame->name, slope, NAN);
  }
}

static void
take_whole (XpsJointSeries *self, const XpsResult *joint)
{
  XpsSeriesRun *run = self->task->run;
  take_steps (self, joint);
  take_shared (self, joint);
  take_slopes (self, joint);
  run->n_free = joint->n_free;
  run->dof = joint->dof;
  run->evaluations += joint->evaluations;
  run->converged = joint->converged;
}

/* ---- rounds ---- */

static gboolean
on_progress (gsize evaluations, double objective, gpointer data)
{
  return xps_run_task_report (data, 0, 0);
}

/* Goes on from where the linearised logistics ended; TRUE when that was not far. */
static gboolean
move_logistics (XpsJointSeries *self, const XpsResult *joint)
{
  gboolean settled = TRUE;
  for (guint i = 0; i < self->logistics->len; i++) {
    XpsJointLogistic *l = &g_array_index (self->logistics, XpsJointLogistic, i);
    const XpsQuantity dm = g_array_index (joint->parameters, XpsParameterResult, l->d_middle).quantity;
    const XpsQuantity dw = g_array_index (joint->parameters, XpsParameterResult, l->d_width).quantity;
    const double unit = isfinite (dm.error) && dm.error > 0 ? dm.error : 1e-3 * l->width;
    settled &= fabs (dm.value) < 1e-4 * unit && fabs (dw.value) < 1e-4 * unit;
    l->low = g_array_index (joint->parameters, XpsParameterResult, l->first).quantity.value;
    l->high = g_array_index (joint->parameters, XpsParameterResult, l->first + 1).quantity.value;
    if (settled)
      continue;
    l->middle += dm.value;
    l->width += dw.value;
  }
  settled &= xps_joint_move_widths (self, joint);
  return settled || self->held != NULL;
}

static XpsResult *
fit_joint (XpsJointSeries *self, const gboolean *absent, GError **error)
{
  const XpsFitOptions options = {.max_evaluations = self->task->run->plan->max_evaluations,
                                 .progress = on_progress,
                                 .user_data = self->task};
  for (guint round = 0;; round++) {
    xps_joint_series_build (self, absent);
    g_autoptr (XpsResult) joint = xps_fit (self->joint, (XpsFitData *const *)self->data->pdata,
                                           self->data->len, self->task->run->plan->weights, &options, error);
    if (joint == NULL)
      return NULL;
    const gboolean settled = move_logistics (self, joint);
    if (settled || round == LOGISTIC_ROUNDS || joint->stop == XPS_STOP_CANCELLED) {
      if (!settled)
        xps_series_run_warn (self->task->run, g_strdup ("what follows the axis by a curve did not settle"));
      return g_steal_pointer (&joint);
    }
    take_steps (self, joint);
  }
}

/* Steps that are known already (from an interrupted run) need no start. */
static void
find_starts (XpsRunTask *task)
{
  gboolean all = TRUE;
  for (gsize i = 0; i < task->run->steps->len; i++)
    all &=
        !xps_run_task_wants (task, i) || ((XpsStepResult *)g_ptr_array_index (task->run->steps, i))->fitted;
  if (all)
    return;
  task->meet = TRUE;
  xps_run_task_warm (task);
}

gboolean
xps_run_task_global (XpsRunTask *task, GError **error)
{
  const gsize n_steps = task->run->steps->len, n = task->map->n_parameters;
  XpsJointSeries self;
  find_starts (task);
  if (xps_run_task_is_stopped (task))
    return TRUE;
  xps_joint_series_init (&self, task);
  g_autofree gboolean *absent = g_new0 (gboolean, n_steps * n + 1);
  g_autoptr (XpsResult) joint = fit_joint (&self, NULL, error);
  if (joint != NULL)
    take_whole (&self, joint);
  for (int round = 0; joint != NULL && round < FREEZE_ROUNDS && task->run->plan->freeze > 0; round++) {
    if (!xps_run_task_find_absent (task, self.own, absent))
      break;
    g_clear_pointer (&joint, xps_result_free);
    joint = fit_joint (&self, absent, error);
    if (joint != NULL)
      take_whole (&self, joint);
  }
  const gboolean done = joint != NULL;
  xps_joint_series_clear (&self);
  return done;
}
