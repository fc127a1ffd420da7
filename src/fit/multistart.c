/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/multistart.h"

#include <math.h>
#include <string.h>

#include "fit/engine-private.h"
#include "numerics/random.h"

/* A start inside the box of free parameter f: uniform between two bounds, else spread about the model's value
 * as wide as a careless guess would be. */
static double
draw (const XpsProblem *problem, gsize f, XpsRandom *random)
{
  const XpsParameter *p = g_ptr_array_index (problem->model->parameters, problem->free_parameter[f]);
  const double low = problem->low[f], high = problem->high[f];
  if (isfinite (p->min) && isfinite (p->max))
    return p->min + (p->max - p->min) * xps_random_uniform (random);
  const double spread = fmax (0.3 * fabs (p->value), 1e-3);
  return fmin (fmax (p->value + spread * xps_random_normal (random), low), high);
}

static XpsOutcome
run_starts (XpsEngine *engine, const XpsFitOptions *options, const XpsMultistart *multistart,
            GArray *objectives)
{
  const XpsProblem *problem = engine->problem;
  const gsize n = MAX (problem->n_parameters, 1);
  g_autofree double *start = g_new0 (double, n), *best = g_new0 (double, n);
  XpsRandom random;
  xps_random_init (&random, multistart->seed);
  XpsOutcome outcome = xps_engine_run (engine, options, NULL);
  gsize evaluations = outcome.evaluations;
  memcpy (best, engine->values, problem->n_parameters * sizeof (double));
  g_array_append_val (objectives, outcome.objective);
  for (guint k = 1; k < multistart->n_starts && outcome.stop != XPS_STOP_CANCELLED; k++) {
    for (guint i = 0; i < problem->n_parameters; i++)
      start[i] = ((const XpsParameter *)g_ptr_array_index (problem->model->parameters, i))->value;
    for (gsize f = 0; f < problem->n_free; f++)
      start[problem->free_parameter[f]] = draw (problem, f, &random);
    const XpsOutcome next = xps_engine_run (engine, options, start);
    evaluations += next.evaluations;
    g_array_append_val (objectives, next.objective);
    if (next.stop == XPS_STOP_CONVERGED &&
        (next.objective < outcome.objective || outcome.stop != XPS_STOP_CONVERGED)) {
      outcome = next;
      memcpy (best, engine->values, problem->n_parameters * sizeof (double));
    }
  }
  if (multistart->n_starts > 1) { /* the engine must hold the best one, not the last */
    const XpsStop stop = outcome.stop;
    outcome = xps_engine_run (engine, options, best);
    evaluations += outcome.evaluations;
    outcome.stop = stop == XPS_STOP_CONVERGED ? outcome.stop : stop;
  }
  outcome.evaluations = evaluations;
  return outcome;
}

XpsResult *
xps_fit_from_starts (const XpsModel *model, XpsFitData *const *data, gsize n_data, XpsWeights weights,
                     const XpsFitOptions *options, const char *method, const XpsMultistart *multistart,
                     GError **error)
{
  g_autoptr (XpsProblem) problem = xps_problem_new (model, data, n_data, weights, error);
  if (problem == NULL)
    return NULL;
  g_autoptr (XpsEngine) engine = xps_engine_new (problem);
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (double));
  XpsOutcome outcome;
  const gboolean gsl = g_strcmp0 (method, "gsl") == 0;
  if (gsl && !xps_engine_run_gsl (engine, options, &outcome, error))
    return NULL;
  if (!gsl)
    outcome = run_starts (engine, options, multistart, starts);
  XpsResult *result = xps_result_new (g_steal_pointer (&problem), engine, &outcome);
  if (gsl)
    result->method = "GSL multifit_nlinear, trust-region Levenberg-Marquardt, QR";
  if (starts->len > 1)
    result->starts = g_steal_pointer (&starts);
  return result;
}
