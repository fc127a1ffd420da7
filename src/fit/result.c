/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/result-private.h"

#include <math.h>
#include <string.h>

#include "fit/engine-private.h"

const char *
xps_status_to_text (XpsStatus status)
{
  static const char *const texts[] = {"free", "fixed", "linked", "at-min", "at-max"};
  return texts[status];
}

static void
clear_warning (gpointer pointer)
{
  XpsWarning *warning = pointer;
  g_free (warning->message);
  g_strfreev (warning->parameters);
}

void
xps_result_add_warning (XpsResult *self, const char *code, const char *severity, char *take_message,
                        const char *const *parameters)
{
  XpsWarning warning = {code, severity, take_message,
                        parameters != NULL ? g_strdupv ((char **)parameters) : NULL};
  if (warning.parameters == NULL)
    warning.parameters = g_new0 (char *, 1);
  g_array_append_val (self->warnings, warning);
}

static XpsStatus
status_of (const XpsResult *self, const int *states, guint i)
{
  const XpsParameter *p = g_ptr_array_index (self->problem->model->parameters, i);
  const int f = self->problem->own_free[i];
  if (p->kind == XPS_PARAMETER_LINKED)
    return XPS_STATUS_LINKED;
  if (f < 0)
    return XPS_STATUS_FIXED;
  return states[f] == -1 ? XPS_STATUS_AT_MIN : states[f] == 1 ? XPS_STATUS_AT_MAX : XPS_STATUS_FREE;
}

static void
collect_parameters (XpsResult *self, const int *states)
{
  const XpsProblem *problem = self->problem;
  for (guint i = 0; i < problem->n_parameters; i++) {
    const XpsParameter *p = g_ptr_array_index (problem->model->parameters, i);
    XpsParameterResult out = {p->name, {self->values[i], NAN}, status_of (self, states, i)};
    gsize n;
    const XpsRoot *roots = xps_problem_get_roots (problem, (int)i, &n);
    if (n > 0)
      out.quantity.error = xps_covariance_propagate (self->covariance, n, roots);
    g_array_append_val (self->parameters, out);
  }
}

static XpsModel *
dup_fitted_model (const XpsResult *self)
{
  XpsModel *model = xps_model_copy (self->problem->model);
  for (guint i = 0; i < model->parameters->len; i++) {
    XpsParameter *fitted = g_ptr_array_index (model->parameters, i);
    if (fitted->kind != XPS_PARAMETER_LINKED)
      fitted->value = self->values[i];
  }
  return model;
}

static double
integrate (const XpsFitData *data, const double *curve)
{
  double sum = 0;
  for (gsize i = 1; i < data->n; i++)
    sum += 0.5 * (curve[i] + curve[i - 1]) * (data->energy[i] - data->energy[i - 1]);
  return sum;
}

/* The fitted curve of spectrum s, and what of its components' areas (from number `first` on, in the result)
 * lies in the window. New array. */
static double *
draw_curves (XpsResult *self, XpsWorkspace *ws, gsize s, gsize first)
{
  const XpsFitData *data = self->problem->spectra[s].data;
  const gsize n_terms = self->problem->spectra[s].n_terms;
  double *model = g_new (double, data->n);
  g_autofree double *memory = g_new (double, data->n *n_terms + 1);
  g_autofree double **curves = g_new (double *, n_terms + 1);
  for (gsize c = 0; c < n_terms; c++)
    curves[c] = memory + c * data->n;
  xps_workspace_draw_curves (ws, self->problem, s, self->values, model, NULL, curves);
  for (gsize c = 0; c < n_terms; c++)
    g_array_index (self->components, XpsComponentResult, first + c).area_inside = integrate (data, curves[c]);
  return model;
}

/* Pearson's chi2 where the likelihood was maximised, and the correlation of neighbouring residuals. */
static void
sum_residuals (XpsResult *self, XpsWorkspace *ws)
{
  double product = 0, square = 0, chi2 = 0;
  for (gsize s = 0, first = 0; s < self->problem->n_spectra; s++) {
    const XpsFitData *data = self->problem->spectra[s].data;
    g_autofree double *model = draw_curves (self, ws, s, first);
    g_autofree double *sigma = g_new (double, data->n);
    double before = 0;
    first += self->problem->spectra[s].n_terms;
    xps_problem_get_sigma (self->problem, s, self->values, sigma);
    for (gsize i = 0; i < data->n; i++) {
      const double r = (data->intensity[i] - model[i]) / sigma[i];
      product += i > 0 ? r * before : 0;
      square += r * r;
      before = r;
    }
  }
  chi2 = square;
  self->chi2 = self->problem->weights == XPS_WEIGHTS_POISSON ? chi2 : self->objective;
  self->autocorrelation = square > 0 && self->n_points > 10 ? product / square : NAN;
}

/* -2 ln L up to a constant is the objective where the noise is known; with uniform weights the noise is
 * estimated and the Gaussian likelihood of N points with that variance takes its place (Akaike 1974, Schwarz
 * 1978, Hurvich & Tsai 1989). */
static void
judge_model (XpsResult *self)
{
  const double n = (double)self->n_points, k = (double)self->n_free;
  const double deviance =
      self->problem->weights == XPS_WEIGHTS_UNIFORM ? n * log (self->objective / n) : self->objective;
  self->dof = n - (double)xps_covariance_get_rank (self->covariance); /* what is held was not adjusted */
  self->reduced_chi2 = self->dof > 0 ? self->chi2 / self->dof : NAN;
  self->aic = deviance + 2 * k;
  self->aicc = n - k - 1 > 0 ? self->aic + 2 * k * (k + 1) / (n - k - 1) : NAN;
  self->bic = deviance + k * log (n);
}

XpsResult *
xps_result_new_empty (void)
{
  XpsResult *self = g_new0 (XpsResult, 1);
  self->method = "variable projection, projected Levenberg-Marquardt";
  self->parameters = g_array_new (FALSE, FALSE, sizeof (XpsParameterResult));
  self->components = g_array_new (FALSE, FALSE, sizeof (XpsComponentResult));
  self->warnings = g_array_new (FALSE, FALSE, sizeof (XpsWarning));
  g_array_set_clear_func (self->warnings, clear_warning);
  return self;
}

void
xps_result_take_end (XpsResult *self, XpsProblem *problem, const XpsEngine *engine, const XpsOutcome *outcome)
{
  const gsize size = MAX (problem->n_parameters, 1) * sizeof (double);
  g_array_set_size (self->parameters, 0);
  g_array_set_size (self->components, 0);
  xps_covariance_free (self->covariance);
  self->problem = problem;
  self->values = g_realloc (self->values, size);
  memcpy (self->values, xps_engine_get_values (engine), size);
  self->covariance = xps_covariance_new (engine);
  self->stop = outcome->stop;
  self->converged = outcome->stop == XPS_STOP_CONVERGED;
  self->n_points = problem->n_points;
  self->n_free = problem->n_free;
  self->evaluations = outcome->evaluations;
  self->objective = outcome->objective;
  collect_parameters (self, xps_engine_get_states (engine));
  xps_result_derive_components (self);
  sum_residuals (self, engine->ws);
  judge_model (self);
}

XpsResult *
xps_result_new (XpsProblem *problem, const XpsEngine *engine, const XpsOutcome *outcome)
{
  XpsResult *self = xps_result_new_empty ();
  xps_result_take_end (self, problem, engine, outcome);
  self->model = dup_fitted_model (self);
  xps_result_diagnose (self);
  return self;
}

void
xps_result_free (XpsResult *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->parameters, g_array_unref);
  g_clear_pointer (&self->components, g_array_unref);
  g_clear_pointer (&self->warnings, g_array_unref);
  g_clear_pointer (&self->starts, g_array_unref);
  xps_covariance_free (self->covariance);
  xps_model_free (self->model);
  xps_problem_free (self->problem);
  g_free (self->values);
  g_free (self->command);
  g_free (self);
}

XpsResult *
xps_fit (const XpsModel *model, XpsFitData *const *data, gsize n_data, XpsWeights weights,
         const XpsFitOptions *options, GError **error)
{
  g_autoptr (XpsProblem) problem = xps_problem_new (model, data, n_data, weights, error);
  if (problem == NULL)
    return NULL;
  g_autoptr (XpsEngine) engine = xps_engine_new (problem);
  const XpsOutcome outcome = xps_engine_run (engine, options, NULL);
  return xps_result_new (g_steal_pointer (&problem), engine, &outcome);
}

const XpsComponentResult *
xps_result_find_component (const XpsResult *self, gsize spectrum, const char *name)
{
  for (guint i = 0; i < self->components->len; i++) {
    const XpsComponentResult *component = &g_array_index (self->components, XpsComponentResult, i);
    if (component->spectrum == spectrum && strcmp (component->component->name, name) == 0)
      return component;
  }
  return NULL;
}
