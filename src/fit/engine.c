/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/engine-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "numerics/dense.h"

const char *
xps_stop_to_text (XpsStop stop)
{
  switch (stop) {
  case XPS_STOP_CONVERGED:
    return N_ ("converged: the next step would change no parameter noticeably against its standard error");
  case XPS_STOP_EVALUATIONS:
    return N_ ("not converged: the limit of evaluations was reached");
  case XPS_STOP_STUCK:
    return N_ ("not converged: no further step improves the fit");
  case XPS_STOP_CANCELLED:
    return N_ ("stopped by the user");
  default:
    g_return_val_if_reached ("unknown");
  }
}

/* ---- memory ---- */

static XpsNormal *
new_normals (const XpsProblem *problem)
{
  XpsNormal *normals = g_new0 (XpsNormal, problem->n_spectra);
  for (gsize s = 0; s < problem->n_spectra; s++) {
    const gsize m = problem->spectra[s].n_columns;
    normals[s].n_columns = m;
    normals[s].n_linear = problem->spectra[s].n_linear;
    normals[s].gram = g_new0 (double, m *m + m + 1);
    normals[s].gradient = normals[s].gram + m * m;
    normals[s].state = g_new0 (int, m + 1);
  }
  return normals;
}

static void
free_normals (XpsNormal *normals, gsize n)
{
  for (gsize s = 0; normals != NULL && s < n; s++) {
    g_free (normals[s].gram);
    g_free (normals[s].state);
  }
  g_free (normals);
}

void
xps_engine_take_data (XpsEngine *self)
{
  for (gsize s = 0; s < self->problem->n_spectra; s++)
    xps_problem_get_counts (self->problem, s, &self->counts[s]);
}

XpsEngine *
xps_engine_new (const XpsProblem *problem)
{
  XpsEngine *self = g_new0 (XpsEngine, 1);
  self->problem = problem;
  self->ws = xps_workspace_new (problem);
  self->system = xps_normal_system_new (problem);
  self->counts = g_new0 (XpsCounts, problem->n_spectra);
  self->own_target = g_new0 (double *, problem->n_spectra);
  xps_engine_take_data (self);
  self->values = g_new0 (double, problem->n_parameters + 1);
  self->trial_values = g_new0 (double, problem->n_parameters + 1);
  self->normals = new_normals (problem);
  self->trial_normals = new_normals (problem);
  self->states = g_new0 (int, problem->n_free + 1);
  self->frozen_before = g_new0 (gboolean, problem->n_free + 1);
  return self;
}

void
xps_engine_free (XpsEngine *self)
{
  if (self == NULL)
    return;
  for (gsize s = 0; s < self->problem->n_spectra; s++)
    g_aligned_free (self->own_target[s]);
  g_free (self->own_target);
  free_normals (self->normals, self->problem->n_spectra);
  free_normals (self->trial_normals, self->problem->n_spectra);
  xps_workspace_free (self->ws);
  xps_normal_system_free (self->system);
  g_free (self->counts);
  g_free (self->values);
  g_free (self->trial_values);
  g_free (self->states);
  g_free (self->frozen_before);
  g_free (self);
}

void
xps_engine_set_intensity (XpsEngine *self, gsize s, const double *intensity)
{
  const XpsProblem *problem = self->problem;
  const XpsProblemSpectrum *spectrum = &problem->spectra[s];
  XpsCounts *counts = &self->counts[s];
  if (self->own_target[s] == NULL)
    self->own_target[s] = xps_fit_new_columns (spectrum->ld, 2);
  double *target = self->own_target[s], *weight = target + spectrum->ld;
  for (gsize i = 0; i < spectrum->n; i++) {
    target[i] = intensity[i] - spectrum->fixed_background[i];
    weight[i] = problem->weights == XPS_WEIGHTS_COUNTS
                    ? counts->live_time / sqrt (fmax (intensity[i] * counts->live_time, 1))
                    : spectrum->weight[i];
  }
  counts->target = target;
  counts->weight = weight;
}

const double *
xps_engine_get_values (const XpsEngine *self)
{
  return self->values;
}

const int *
xps_engine_get_states (const XpsEngine *self)
{
  return self->states;
}

/* ---- one step ---- */

double
xps_engine_evaluate (XpsEngine *self, XpsPrecision precision, gboolean solve_linear, double *values,
                     XpsNormal *normals)
{
  double objective = 0;
  for (gsize s = 0; s < self->problem->n_spectra; s++) {
    xps_evaluate (self->problem, s, &self->counts[s], precision, solve_linear, values, self->ws, &normals[s]);
    objective += normals[s].objective;
  }
  self->evaluations++;
  return objective;
}

/* The objective is in units of the noise (a step of norm 1 moves the fit by one standard error) where weights
 * are real; with uniform weights the noise is read off the fit itself. */
static double
noise_unit (const XpsEngine *self)
{
  if (self->problem->weights != XPS_WEIGHTS_UNIFORM)
    return 1;
  const double dof =
      (double)MAX (self->problem->n_points, self->problem->n_free + 1) - (double)self->problem->n_free;
  return fmax (self->objective / dof, 1e-300);
}

/* Moving a parameter through all of its range must change the fit by a hundredth of a standard error to count
 * as determined: the position of a component whose area went to nothing does not. */
#define NOTICED 1e-4

/* A parameter on a bound is held while the slope pushes it outward; one that the data does not determine is
 * held too. */
static gsize
freeze (XpsEngine *self)
{
  const double unit = noise_unit (self);
  const XpsProblem *problem = self->problem;
  XpsNormalSystem *system = self->system;
  gsize n_moving = 0;
  for (gsize f = 0; f < problem->n_free; f++) {
    const double value = self->values[problem->free_parameter[f]], g = system->gradient[f];
    const gboolean held = (value <= problem->low[f] && g <= 0) || (value >= problem->high[f] && g >= 0);
    system->frozen[f] = held || !(system->diagonal[f] * problem->span[f] * problem->span[f] > NOTICED * unit);
    n_moving += !system->frozen[f];
  }
  return n_moving;
}

/* Damped step from here, kept inside the box: a parameter that would cross a bound goes to the bound and the
 * others are solved for again with that known, since clipping alone would leave them where only the full step
 * makes sense. */
static gboolean
solve_in_box (XpsEngine *self, double lambda)
{
  const XpsProblem *problem = self->problem;
  XpsNormalSystem *system = self->system;
  gboolean settled = FALSE, solved = TRUE;
  memset (system->held, 0, problem->n_free * sizeof (double));
  memcpy (self->frozen_before, system->frozen, problem->n_free * sizeof (gboolean));
  while (solved && !settled) {
    solved = xps_normal_system_solve (system, lambda);
    settled = TRUE;
    for (gsize f = 0; solved && f < problem->n_free; f++) {
      const double value = self->values[problem->free_parameter[f]], next = value + system->step[f];
      if (system->frozen[f] || (next >= problem->low[f] && next <= problem->high[f]))
        continue;
      system->held[f] = (next < problem->low[f] ? problem->low[f] : problem->high[f]) - value;
      system->frozen[f] = TRUE;
      settled = FALSE;
    }
  }
  memcpy (system->frozen, self->frozen_before, problem->n_free * sizeof (gboolean));
  return solved;
}

static void
take_step (XpsEngine *self, double length)
{
  const XpsProblem *problem = self->problem;
  memcpy (self->trial_values, self->values, problem->n_parameters * sizeof (double));
  for (gsize f = 0; f < problem->n_free; f++) {
    const guint p = problem->free_parameter[f];
    if (self->system->step[f] != 0)
      self->trial_values[p] =
          fmin (fmax (self->values[p] + length * self->system->step[f], problem->low[f]), problem->high[f]);
  }
}

static void
accept_trial (XpsEngine *self, double objective)
{
  double *values = self->values;
  XpsNormal *normals = self->normals;
  self->values = self->trial_values;
  self->normals = self->trial_normals;
  self->trial_values = values;
  self->trial_normals = normals;
  self->objective = objective;
}

/* ---- the loop ---- */

/* Full precision is needed once steps are below a tenth of a standard error; the fit is done when the
 * predicted gain is below the square of 1e-5 standard errors. */
#define REFINE          1e-2
#define FINISHED        1e-10
#define LAMBDA_NEWTON   1e-9
#define LAMBDA_REJECTED 1e-5

/* Factor of the damping at the first rejection after a success; it doubles at each further one (Nielsen
 * 1999). */
#define FIRST_GROWTH 2

typedef enum { STEP_ACCEPTED, STEP_REJECTED, STEP_FINISHED, STEP_STUCK } StepResult;

/* Damped step within the box; near the end, and unless it has just failed, the undamped one, by which
 * nearness is judged. Returns the predicted decrease of the objective, negative when the equations could not
 * be solved. */
static double
plan_step (XpsEngine *self, double unit, double *norm, gboolean *newton)
{
  *newton = self->lambda <= LAMBDA_NEWTON;
  if (!solve_in_box (self, self->lambda))
    return -1;
  double gain = xps_normal_system_predict (self->system, norm);
  if (gain >= REFINE * unit || *newton || self->growth != FIRST_GROWTH)
    return gain;
  *newton = solve_in_box (self, LAMBDA_NEWTON);
  if (!*newton && !solve_in_box (self, self->lambda))
    return -1;
  return xps_normal_system_predict (self->system, norm);
}

static void
reject (XpsEngine *self)
{
  self->lambda = fmax (self->lambda * self->growth, LAMBDA_REJECTED);
  self->growth *= 2;
}

/* Gauss-Newton's curvature leaves out second derivatives. In a sloppy valley that makes steps too long or too
 * short by a constant factor, and the fit crawls. The decrease that came of a step of `length` times the
 * undamped one tells the true curvature along it, actual = 2 length gain - curvature length^2 gain; the next
 * step is as long as that asks for. */
static void
relax (XpsEngine *self, double gain, double length, double actual)
{
  const double curvature = (2 * length - actual / gain) / (length * length);
  self->relaxation = 1 / fmin (fmax (curvature, 0.35), 4);
}

static StepResult
try_step (XpsEngine *self)
{
  const double unit = noise_unit (self), before = self->objective;
  double norm = 0;
  gboolean newton;
  const double gain = plan_step (self, unit, &norm, &newton);
  if (gain < 0) {
    reject (self);
    return STEP_REJECTED;
  }
  if (newton)
    self->distance = gain;
  if (gain <= FINISHED * unit && self->precision == XPS_PRECISION_FULL)
    return newton ? STEP_FINISHED : STEP_STUCK;
  const gboolean refine = self->precision == XPS_PRECISION_FULL || norm < REFINE * unit;
  const double length = newton ? self->relaxation : 1;
  take_step (self, length);
  const double after = xps_engine_evaluate (self, refine ? XPS_PRECISION_FULL : XPS_PRECISION_ITERATION,
                                            self->solve_linear, self->trial_values, self->trial_normals);
  /* The fast kernels and rounding shift the objective itself by this much; a smaller rise is no verdict. */
  const gboolean same_kernels = !refine || self->precision == XPS_PRECISION_FULL;
  const double slack = 1e-13 * before + (same_kernels ? 0 : 1e-2 * unit + 1e-7 * before);
  const double actual = before - after;
  if (!(actual >= -slack)) {
    self->relaxation = 1;
    reject (self);
    return STEP_REJECTED;
  }
  const double miss = 2 * actual / gain - 1;
  if (!newton)
    self->lambda = fmax (self->lambda * fmin (fmax (1 - miss * miss * miss, 0.05), 2), 1e-12);
  else if (same_kernels && gain > 20 * slack)
    relax (self, gain, length, actual);
  self->growth = FIRST_GROWTH;
  accept_trial (self, after);
  if (refine)
    self->precision = XPS_PRECISION_FULL;
  return STEP_ACCEPTED;
}

/* Where two components have merged, or a direction is flat for another reason, the undamped step is noise;
 * the fit is at its minimum all the same when the directions that the data does determine promise nothing.
 * The covariance says which ones it does not. */
#define LAMBDA_DETERMINED 1e-4
#define SETTLED           1e-8

static gboolean
is_settled (XpsEngine *self)
{
  double norm;
  if (self->precision != XPS_PRECISION_FULL || !solve_in_box (self, LAMBDA_DETERMINED))
    return FALSE;
  self->distance = fmax (xps_normal_system_predict (self->system, &norm), 0);
  return self->distance <= SETTLED * noise_unit (self);
}

/* A third of a standard error, squared: minima are told apart by one. */
#define MET 0.1
/* Share of the objective by which a minimum may be lower and be the same. */
#define LOWER 1e-6

/* Where the undamped step from here ends at the known minimum, and with the objective that it has, the fit
 * would do nothing but go there. */
static gboolean
leads_to_known (XpsEngine *self)
{
  const XpsProblem *problem = self->problem;
  const double tolerance = MET * noise_unit (self);
  double norm;
  if (self->known == NULL || !solve_in_box (self, LAMBDA_NEWTON))
    return FALSE;
  const double expected = self->objective - xps_normal_system_predict (self->system, &norm);
  const double above = expected - self->known->objective;
  if (!(above <= tolerance && above >= -LOWER * self->known->objective))
    return FALSE;
  for (gsize f = 0; f < problem->n_free; f++) {
    const guint p = problem->free_parameter[f];
    self->system->step[f] += self->values[p] - self->known->values[p];
  }
  xps_normal_system_predict (self->system, &norm); /* the distance from there, in the metric of the fit */
  self->met = norm <= tolerance;
  return self->met;
}

/* Whoever looks must find every link in force, also one that no spectrum uses. */
static gboolean
report_progress (XpsEngine *self, const XpsFitOptions *options)
{
  xps_model_resolve_links (self->problem->model, self->problem->index, self->values);
  return options->progress (self->evaluations, self->objective, options->user_data);
}

static XpsStop
iterate (XpsEngine *self, const XpsFitOptions *options)
{
  const gsize limit = options != NULL && options->max_evaluations > 0 ? options->max_evaluations : 500;
  StepResult result = STEP_ACCEPTED;
  while (self->evaluations < limit) {
    if (options != NULL && options->progress != NULL && !report_progress (self, options))
      return XPS_STOP_CANCELLED;
    if (result == STEP_ACCEPTED) {
      xps_normal_system_reduce (self->system, self->normals);
      if ((freeze (self) == 0 && self->precision == XPS_PRECISION_FULL) || leads_to_known (self))
        return XPS_STOP_CONVERGED;
    }
    result = try_step (self);
    if (result == STEP_FINISHED)
      return XPS_STOP_CONVERGED;
    if (result == STEP_REJECTED && is_settled (self))
      return XPS_STOP_CONVERGED;
    if (result == STEP_STUCK || self->lambda > 1e12)
      return is_settled (self) ? XPS_STOP_CONVERGED : XPS_STOP_STUCK;
  }
  return XPS_STOP_EVALUATIONS;
}

void
xps_engine_set_start (XpsEngine *self, const double *start)
{
  const XpsProblem *problem = self->problem;
  for (gsize i = 0; i < problem->n_parameters; i++) {
    const XpsParameter *p = g_ptr_array_index (problem->model->parameters, i);
    self->values[i] = start != NULL ? start[i] : p->value;
  }
  for (gsize f = 0; f < problem->n_free; f++) {
    double *value = &self->values[problem->free_parameter[f]];
    *value = fmin (fmax (*value, problem->low[f]), problem->high[f]);
  }
  xps_model_resolve_links (problem->model, problem->index, self->values);
}

/* What each free parameter came to: on a bound, undetermined, or plainly free. */
static void
note_states (XpsEngine *self)
{
  const XpsProblem *problem = self->problem;
  for (gsize f = 0; f < problem->n_free; f++) {
    const double value = self->values[problem->free_parameter[f]];
    self->states[f] = value <= problem->low[f] ? -1 : value >= problem->high[f] ? 1 : 0;
  }
  for (gsize s = 0; s < problem->n_spectra; s++) {
    const XpsNormal *normal = &self->normals[s];
    for (gsize a = 0; a < normal->n_linear; a++)
      if (!(normal->gram[a * normal->n_columns + a] > 0))
        self->states[problem->spectra[s].column_free[a]] = 2;
  }
  for (gsize f = 0; f < problem->n_free; f++)
    if (self->states[f] == 0 && self->system->frozen[f])
      self->states[f] = 2;
}

/* Linear parameters never appear among the frozen ones of the reduced system: their diagonal is zero there by
 * construction, so they are told apart by their columns. */
static void
unfreeze_linear (XpsEngine *self)
{
  const XpsProblem *problem = self->problem;
  for (gsize s = 0; s < problem->n_spectra; s++)
    for (gsize a = 0; a < problem->spectra[s].n_linear; a++)
      self->system->frozen[problem->spectra[s].column_free[a]] = FALSE;
}

static void
note_end (XpsEngine *self)
{
  unfreeze_linear (self);
  note_states (self);
  xps_model_resolve_links (self->problem->model, self->problem->index, self->values);
}

void
xps_engine_settle (XpsEngine *self)
{
  self->objective = xps_engine_evaluate (self, XPS_PRECISION_FULL, FALSE, self->values, self->normals);
  xps_normal_system_reduce (self->system, self->normals);
  freeze (self);
  note_end (self);
}

/* From the engine's values to the end of the fit. */
static XpsStop
descend (XpsEngine *self, const XpsFitOptions *options)
{
  self->lambda = options != NULL && options->lambda > 0 ? options->lambda : 1;
  self->growth = FIRST_GROWTH;
  self->relaxation = 1;
  /* The fast kernels may miss a tail by 1e-10 of the peak, to either side of zero: no place for a logarithm.
   */
  self->precision =
      self->problem->weights == XPS_WEIGHTS_POISSON ? XPS_PRECISION_FULL : XPS_PRECISION_ITERATION;
  self->solve_linear = TRUE;
  self->distance = INFINITY;
  self->objective =
      xps_engine_evaluate (self, self->precision, self->solve_linear, self->values, self->normals);
  const XpsStop stop = iterate (self, options);
  /* Stopped on the way: figures for people are in full precision. */
  if (self->precision != XPS_PRECISION_FULL && !self->met)
    self->objective =
        xps_engine_evaluate (self, XPS_PRECISION_FULL, self->solve_linear, self->values, self->normals);
  return stop;
}

XpsOutcome
xps_engine_run (XpsEngine *self, const XpsFitOptions *options, const double *start)
{
  xps_engine_set_start (self, start);
  self->evaluations = 0;
  self->known = options != NULL ? options->known : NULL;
  self->met = FALSE;
  XpsStop stop = descend (self, options);
  const gboolean search = (options == NULL || !options->no_search) && !self->met;
  if (stop == XPS_STOP_CONVERGED && search && xps_engine_find_vanished (self, noise_unit (self)))
    stop = descend (self, options);
  note_end (self);
  return (XpsOutcome){stop, self->objective, self->evaluations, self->distance, self->met};
}
