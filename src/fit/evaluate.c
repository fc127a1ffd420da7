/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/evaluate.h"

#include <math.h>
#include <string.h>

#include "numerics/dense.h"

/* One evaluation of one spectrum: shapes at unit intensity with their partials, active backgrounds on top of
 * each, the linear parameters by a bounded solve, then the Jacobian and the normal equations. Everything
 * works in padded columns (numerics/dense.h); points in the padding have weight 0. */

/* Parameters of an analytic background that does not consist of fixed curves (an exponential has two). */
#define MAX_ANALYTIC 8

struct _XpsWorkspace {
  gsize ld;
  double *unit;     /* [max_terms] columns: shape of unit intensity, active backgrounds included */
  double *partial;  /* [max_terms * max_roles] columns: its partials */
  double *active;   /* [max_backgrounds * max_terms] columns: operator on the shape */
  double *analytic; /* [8] columns: partials of a background that is not a sum of fixed curves */
  double *jacobian; /* [max_columns] columns */
  double *model, *residual, *weight, *scratch, *bare;
  gboolean *filled; /* [max_columns] */
  double *linear_low, *linear_high, *delta, *work, *gradient;
};

XpsWorkspace *
xps_workspace_new (const XpsProblem *problem)
{
  XpsWorkspace *self = g_new0 (XpsWorkspace, 1);
  const gsize ld = problem->max_ld, m = problem->max_columns + 1;
  self->ld = ld;
  self->unit = xps_fit_new_columns (ld, problem->max_terms);
  self->partial = xps_fit_new_columns (ld, problem->max_terms * problem->max_roles);
  self->active = xps_fit_new_columns (ld, problem->max_terms * problem->max_backgrounds);
  self->jacobian = xps_fit_new_columns (ld, m);
  self->model = xps_fit_new_columns (ld, 1);
  self->residual = xps_fit_new_columns (ld, 1);
  self->weight = xps_fit_new_columns (ld, 1);
  self->scratch = xps_fit_new_columns (ld, 1);
  self->bare = xps_fit_new_columns (ld, 1);
  self->analytic = xps_fit_new_columns (ld, MAX_ANALYTIC);
  self->filled = g_new0 (gboolean, m);
  self->linear_low = g_new0 (double, m);
  self->linear_high = g_new0 (double, m);
  self->delta = g_new0 (double, m);
  self->gradient = g_new0 (double, m);
  self->work = g_new0 (double, 2 * m * m + 2 * m);
  return self;
}

void
xps_workspace_free (XpsWorkspace *self)
{
  if (self == NULL)
    return;
  g_aligned_free (self->unit);
  g_aligned_free (self->partial);
  g_aligned_free (self->active);
  g_aligned_free (self->jacobian);
  g_aligned_free (self->model);
  g_aligned_free (self->residual);
  g_aligned_free (self->weight);
  g_aligned_free (self->scratch);
  g_aligned_free (self->bare);
  g_aligned_free (self->analytic);
  g_free (self->filled);
  g_free (self->linear_low);
  g_free (self->linear_high);
  g_free (self->delta);
  g_free (self->gradient);
  g_free (self->work);
  g_free (self);
}

const double *
xps_workspace_get_residual (const XpsWorkspace *self)
{
  return self->residual;
}

const double *
xps_workspace_get_jacobian (const XpsWorkspace *self)
{
  return self->jacobian;
}

void
xps_problem_get_counts (const XpsProblem *problem, gsize s, XpsCounts *counts)
{
  const XpsProblemSpectrum *spectrum = &problem->spectra[s];
  const double time = spectrum->data->live_time;
  counts->target = spectrum->target;
  counts->weight = spectrum->weight;
  counts->live_time = isfinite (time) && time > 0 ? time : 1;
}

static void
resolve (const XpsProblem *problem, const XpsProblemSpectrum *spectrum, double *values)
{
  for (gsize k = 0; k < spectrum->n_order; k++) {
    const guint i = spectrum->order[k];
    xps_model_index_resolve (problem->model, problem->index, i, values);
  }
}

/* What the evaluation of one spectrum passes between its steps. */
typedef struct {
  const XpsProblem *problem;
  const XpsProblemSpectrum *spectrum;
  XpsWorkspace *ws;
  double *values;
  gsize ld;
  const double *weight; /* [ld], once the residual is known */
} Pass;

static double
intensity_of (const Pass *pass, const XpsTerm *term)
{
  const int p = term->parameter[term->intensity];
  return p >= 0 ? pass->values[p] : term->usual[term->intensity];
}

static double *
partial_column (const Pass *pass, gsize c, gsize k)
{
  return pass->ws->partial + (c * pass->problem->max_roles + k) * pass->ld;
}

/* Shapes of unit intensity and those partials that some unknown needs. Values are held inside the ranges of
 * the shape: a trial step may leave them by rounding, a fixed value by a person's hand. */
static void
evaluate_shapes (const Pass *pass, XpsPrecision precision, gboolean with_partials)
{
  const XpsProblemSpectrum *spectrum = pass->spectrum;
  for (gsize c = 0; c < spectrum->n_terms; c++) {
    const XpsTerm *term = &spectrum->terms[c];
    double p[XPS_SHAPE_MAX_ROLES], *partials[XPS_SHAPE_MAX_ROLES];
    for (gsize k = 0; k < term->shape->n_roles; k++) {
      const XpsShapeRole *role = &term->shape->roles[k];
      p[k] = term->parameter[k] >= 0 ? pass->values[term->parameter[k]] : term->usual[k];
      p[k] = fmin (fmax (p[k], role->min), role->max);
      const gboolean wanted = with_partials && term->slots[k].n > 0 && (int)k != term->intensity;
      partials[k] = wanted ? partial_column (pass, c, k) : NULL;
    }
    p[term->intensity] = 1;
    term->shape->evaluate (p, pass->ld, spectrum->energy, precision, pass->ws->unit + c * pass->ld, partials);
  }
}

static double
active_factor (const Pass *pass, const XpsTermBackground *term, gsize c)
{
  return pass->values[term->parameter[term->type->per_component ? c : 0]];
}

/* Every shape carries its own share of the active backgrounds, so that areas stay linear and factors per
 * component (SVSC) need no special case. Several active backgrounds act on the bare shape each. */
static void
add_active (const Pass *pass, gsize c, gboolean keep, double *column)
{
  const XpsProblemSpectrum *spectrum = pass->spectrum;
  memcpy (pass->ws->bare, column, pass->ld * sizeof *column);
  for (gsize b = 0; b < spectrum->n_backgrounds; b++) {
    const XpsTermBackground *background = &spectrum->backgrounds[b];
    if (background->type->kind != XPS_BACKGROUND_ACTIVE)
      continue;
    double *out = keep ? pass->ws->active + (b * spectrum->n_terms + c) * pass->ld : pass->ws->scratch;
    background->type->apply (background->plan, pass->ws->bare, out);
    xps_dense_axpy (pass->ld, active_factor (pass, background, c), out, column);
  }
}

static gboolean
has_active (const XpsProblemSpectrum *spectrum)
{
  for (gsize b = 0; b < spectrum->n_backgrounds; b++)
    if (spectrum->backgrounds[b].type->kind == XPS_BACKGROUND_ACTIVE)
      return TRUE;
  return FALSE;
}

static void
apply_active (const Pass *pass, gboolean with_partials)
{
  const XpsProblemSpectrum *spectrum = pass->spectrum;
  for (gsize c = 0; c < spectrum->n_terms; c++) {
    const XpsTerm *term = &spectrum->terms[c];
    add_active (pass, c, TRUE, pass->ws->unit + c * pass->ld);
    for (gsize k = 0; with_partials && k < term->shape->n_roles; k++)
      if (term->slots[k].n > 0 && (int)k != term->intensity)
        add_active (pass, c, FALSE, partial_column (pass, c, k));
  }
}

/* model += analytic backgrounds at the present values. */
static void
sum_analytic (const Pass *pass)
{
  for (gsize b = 0; b < pass->spectrum->n_backgrounds; b++) {
    const XpsTermBackground *term = &pass->spectrum->backgrounds[b];
    if (term->type->kind != XPS_BACKGROUND_ANALYTIC)
      continue;
    if (term->constant) {
      for (gsize j = 0; j < term->n_parameters; j++)
        xps_dense_axpy (pass->ld, pass->values[term->parameter[j]], term->basis + j * pass->ld,
                        pass->ws->model);
      continue;
    }
    double p[MAX_ANALYTIC], *none[MAX_ANALYTIC] = {NULL};
    g_return_if_fail (term->n_parameters <= G_N_ELEMENTS (p));
    for (gsize j = 0; j < term->n_parameters; j++)
      p[j] = pass->values[term->parameter[j]];
    term->type->evaluate (term->plan, p, pass->ws->scratch, none);
    xps_dense_axpy (pass->ld, 1, pass->ws->scratch, pass->ws->model);
  }
}

static void
sum_shapes (const Pass *pass)
{
  const XpsProblemSpectrum *spectrum = pass->spectrum;
  for (gsize c = 0; c < spectrum->n_terms; c++)
    xps_dense_axpy (pass->ld, intensity_of (pass, &spectrum->terms[c]), pass->ws->unit + c * pass->ld,
                    pass->ws->model);
}

/* ---- Jacobian ---- */

/* A range of columns that is filled together: the linear ones before their solve, the others after it. */
typedef struct {
  gsize first, last;
} Columns;

/* Adds weight * scale * derivative to the columns of the unknowns behind a role; the first to come sets the
 * column, which saves clearing it and a pass for the weights. */
static void
add_to_columns (const Pass *pass, Columns columns, const XpsSlots *slots, double scale,
                const double *derivative)
{
  for (gsize i = 0; i < slots->n; i++) {
    const gsize a = slots->slot[i].column;
    double *column = pass->ws->jacobian + a * pass->ld;
    if (a < columns.first || a >= columns.last)
      continue;
    if (pass->ws->filled[a])
      xps_dense_add_product (pass->ld, scale * slots->slot[i].factor, pass->weight, derivative, column);
    else
      xps_dense_set_product (pass->ld, scale * slots->slot[i].factor, pass->weight, derivative, column);
    pass->ws->filled[a] = TRUE;
  }
}

static void
fill_from_analytic (const Pass *pass, Columns columns, const XpsTermBackground *term)
{
  const double *derivative = term->basis;
  if (!term->constant) {
    double p[MAX_ANALYTIC], *partials[MAX_ANALYTIC];
    for (gsize j = 0; j < term->n_parameters; j++) {
      p[j] = pass->values[term->parameter[j]];
      partials[j] = pass->ws->analytic + j * pass->ld;
    }
    term->type->evaluate (term->plan, p, pass->ws->scratch, partials);
    derivative = pass->ws->analytic;
  }
  for (gsize j = 0; j < term->n_parameters; j++)
    add_to_columns (pass, columns, &term->slots[j], 1, derivative + j * pass->ld);
}

/* Positions, widths, forms of a component, and the factors of active backgrounds on it: they go with its
 * area. */
static void
fill_from_term (const Pass *pass, Columns columns, gsize c)
{
  const XpsProblemSpectrum *spectrum = pass->spectrum;
  const XpsTerm *term = &spectrum->terms[c];
  const double intensity = intensity_of (pass, term);
  for (gsize k = 0; k < term->shape->n_roles; k++)
    if ((int)k != term->intensity)
      add_to_columns (pass, columns, &term->slots[k], intensity, partial_column (pass, c, k));
  for (gsize b = 0; b < spectrum->n_backgrounds; b++) {
    const XpsTermBackground *background = &spectrum->backgrounds[b];
    if (background->type->kind == XPS_BACKGROUND_ACTIVE)
      add_to_columns (pass, columns, &background->slots[background->type->per_component ? c : 0], intensity,
                      pass->ws->active + (b * spectrum->n_terms + c) * pass->ld);
  }
}

static void
fill_columns (const Pass *pass, Columns columns)
{
  const XpsProblemSpectrum *spectrum = pass->spectrum;
  for (gsize a = columns.first; a < columns.last; a++)
    pass->ws->filled[a] = FALSE;
  for (gsize c = 0; c < spectrum->n_terms; c++) {
    const XpsTerm *term = &spectrum->terms[c];
    add_to_columns (pass, columns, &term->slots[term->intensity], 1, pass->ws->unit + c * pass->ld);
    if (columns.last > spectrum->n_linear)
      fill_from_term (pass, columns, c);
  }
  for (gsize b = 0; b < spectrum->n_backgrounds; b++)
    if (spectrum->backgrounds[b].type->kind == XPS_BACKGROUND_ANALYTIC)
      fill_from_analytic (pass, columns, &spectrum->backgrounds[b]);
  for (gsize a = columns.first; a < columns.last; a++)
    if (!pass->ws->filled[a])
      memset (pass->ws->jacobian + a * pass->ld, 0, pass->ld * sizeof (double));
}

/* ---- objective ---- */

/* Below this many expected counts the deviance is continued by its parabola, so that a trial model that
 * touches zero has a finite, convex cost instead of none. */
#define COUNT_FLOOR 1e-6

/* Deviance 2 (f - y + y ln (y/f)) of one channel, and the weight (square root of its Fisher information). */
static double
channel_deviance (double y, double f)
{
  const double at = fmax (f, COUNT_FLOOR);
  const double deviance = 2 * (at - y + (y > 0 ? y * log (y / at) : 0));
  if (f >= COUNT_FLOOR)
    return deviance;
  const double d = f - at;
  return deviance + 2 * (1 - y / at) * d + (y > 0 ? y / (at * at) : 1 / at) * d * d;
}

/* residual = weight * (target - model); returns chi2 or the deviance. */
static double
fill_residual (const Pass *pass, const XpsCounts *counts)
{
  const XpsProblemSpectrum *spectrum = pass->spectrum;
  XpsWorkspace *ws = pass->ws;
  if (pass->problem->weights != XPS_WEIGHTS_POISSON) {
    for (gsize i = 0; i < pass->ld; i++)
      ws->residual[i] = counts->weight[i] * (counts->target[i] - ws->model[i]);
    return xps_dense_dot (pass->ld, ws->residual, ws->residual);
  }
  double deviance = 0;
  for (gsize i = 0; i < spectrum->n; i++) {
    const double expected = counts->live_time * (ws->model[i] + spectrum->fixed_background[i]);
    const double counted = counts->live_time * (counts->target[i] + spectrum->fixed_background[i]);
    deviance += channel_deviance (counted, expected);
    ws->weight[i] = counts->live_time / sqrt (fmax (expected, COUNT_FLOOR));
    ws->residual[i] = ws->weight[i] * (counts->target[i] - ws->model[i]);
  }
  for (gsize i = spectrum->n; i < pass->ld; i++)
    ws->weight[i] = ws->residual[i] = 0;
  return deviance;
}

/* Bounded optimum of the linear parameters; residual and values follow. */
static void
solve_linear_parameters (const Pass *pass, const double *gram, gsize m, XpsNormal *normal)
{
  const XpsProblem *problem = pass->problem;
  const XpsProblemSpectrum *spectrum = pass->spectrum;
  const gsize n = spectrum->n_linear, ld = pass->ld;
  XpsWorkspace *ws = pass->ws;
  double *compact = ws->work, *work = ws->work + n * n;
  xps_dense_project (ld, n, ws->jacobian, ws->residual, ws->gradient);
  for (gsize a = 0; a < n; a++) {
    const guint f = spectrum->column_free[a];
    const double value = pass->values[problem->free_parameter[f]];
    ws->linear_low[a] = problem->low[f] - value;
    ws->linear_high[a] = problem->high[f] - value;
    ws->delta[a] = 0;
    for (gsize b = 0; b < n; b++)
      compact[a * n + b] = gram[a * m + b];
  }
  normal->singular = !xps_dense_bounded_quadratic (n, compact, ws->gradient, ws->linear_low, ws->linear_high,
                                                   ws->delta, normal->state, work);
  if (normal->singular) { /* dependent columns: a ridge far below the noise picks the nearest of the equal
                             optima */
    for (gsize a = 0; a < n; a++) {
      compact[a * n + a] *= 1 + 1e-9;
      ws->delta[a] = 0;
    }
    xps_dense_bounded_quadratic (n, compact, ws->gradient, ws->linear_low, ws->linear_high, ws->delta,
                                 normal->state, work);
  }
  for (gsize a = 0; a < n; a++) {
    const guint f = spectrum->column_free[a];
    double *value = &pass->values[problem->free_parameter[f]];
    if (!isfinite (*value + ws->delta[a])) /* absurd scales overflowed: stay where it was */
      ws->delta[a] = 0;
    /* On a bound the value is the bound itself, not a sum that may miss it by a rounding. */
    *value = normal->state[a] < 0 && ws->delta[a] == ws->linear_low[a]    ? problem->low[f]
             : normal->state[a] > 0 && ws->delta[a] == ws->linear_high[a] ? problem->high[f]
                                                                          : *value + ws->delta[a];
    xps_dense_axpy (ld, -ws->delta[a], ws->jacobian + a * ld, ws->residual);
  }
}

void
xps_evaluate (const XpsProblem *problem, gsize s, const XpsCounts *counts, XpsPrecision precision,
              gboolean solve_linear, double *values, XpsWorkspace *ws, XpsNormal *normal)
{
  const XpsProblemSpectrum *spectrum = &problem->spectra[s];
  const gboolean poisson = problem->weights == XPS_WEIGHTS_POISSON;
  const Pass pass = {problem, spectrum, ws, values, spectrum->ld, poisson ? ws->weight : counts->weight};
  const gsize ld = spectrum->ld, m = spectrum->n_columns, n_linear = spectrum->n_linear;

  resolve (problem, spectrum, values);
  memset (ws->model, 0, ld * sizeof (double));
  evaluate_shapes (&pass, precision, TRUE);
  if (has_active (spectrum))
    apply_active (&pass, TRUE);
  sum_shapes (&pass);
  sum_analytic (&pass);
  normal->objective = fill_residual (&pass, counts);
  normal->singular = FALSE;

  fill_columns (&pass, (Columns){0, n_linear});
  xps_dense_gram (ld, 0, n_linear, ws->jacobian, m, normal->gram);
  if (solve_linear && n_linear > 0) {
    solve_linear_parameters (&pass, normal->gram, m, normal);
    resolve (problem, spectrum, values);
    normal->objective = xps_dense_dot (ld, ws->residual, ws->residual);
  }
  fill_columns (&pass, (Columns){n_linear, m});
  xps_dense_gram (ld, n_linear, m, ws->jacobian, m, normal->gram);
  xps_dense_project (ld, m, ws->jacobian, ws->residual, normal->gradient);
}

/* ---- curves for people ---- */

void
xps_workspace_draw_curves (XpsWorkspace *ws, const XpsProblem *self, gsize s, const double *values,
                           double *model, double *background, double *const *components)
{
  const XpsProblemSpectrum *spectrum = &self->spectra[s];
  const Pass pass = {self, spectrum, ws, (double *)values, spectrum->ld, NULL}; /* nothing is solved here */
  const gsize ld = spectrum->ld;
  memset (ws->model, 0, ld * sizeof (double));
  memset (ws->weight, 0, ld * sizeof (double));
  evaluate_shapes (&pass, XPS_PRECISION_FULL, FALSE);
  sum_analytic (&pass);
  xps_dense_axpy (ld, 1, spectrum->fixed_background, ws->model);
  for (gsize c = 0; components != NULL && c < spectrum->n_terms; c++)
    for (gsize i = 0; i < spectrum->n; i++)
      components[c][i] = intensity_of (&pass, &spectrum->terms[c]) * ws->unit[c * ld + i];
  for (gsize c = 0; c < spectrum->n_terms; c++) {
    double *unit = ws->unit + c * ld;
    memset (ws->residual, 0, ld * sizeof (double)); /* the peak alone, to be taken off again */
    xps_dense_axpy (ld, intensity_of (&pass, &spectrum->terms[c]), unit, ws->residual);
    xps_dense_axpy (ld, 1, ws->residual, ws->weight);
    add_active (&pass, c, FALSE, unit);
    xps_dense_axpy (ld, intensity_of (&pass, &spectrum->terms[c]), unit, ws->model);
  }
  for (gsize i = 0; i < spectrum->n; i++) {
    if (model != NULL)
      model[i] = ws->model[i];
    if (background != NULL)
      background[i] = ws->model[i] - ws->weight[i];
  }
}

void
xps_problem_get_curves (const XpsProblem *self, gsize s, const double *values, double *model,
                        double *background, double *const *components)
{
  g_autoptr (XpsWorkspace) ws = xps_workspace_new (self);
  xps_workspace_draw_curves (ws, self, s, values, model, background, components);
}

void
xps_problem_get_sigma (const XpsProblem *self, gsize s, const double *values, double *sigma)
{
  const XpsProblemSpectrum *spectrum = &self->spectra[s];
  XpsCounts counts;
  xps_problem_get_counts (self, s, &counts);
  if (self->weights != XPS_WEIGHTS_POISSON) {
    for (gsize i = 0; i < spectrum->n; i++)
      sigma[i] = 1 / counts.weight[i];
    return;
  }
  xps_problem_get_curves (self, s, values, sigma, NULL, NULL);
  for (gsize i = 0; i < spectrum->n; i++)
    sigma[i] = sqrt (fmax (sigma[i] * counts.live_time, COUNT_FLOOR)) / counts.live_time;
}
