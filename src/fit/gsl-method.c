/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/multistart.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit_nlinear.h>

#include "base/error.h"
#include "fit/engine-private.h"

/* The second method: same residuals and Jacobian, somebody else's algorithm. It knows no bounds: trial values
 * are clamped to the box before they are evaluated, never refused, because an error from the callback would
 * end the whole fit. */

/* Points times parameters of the dense Jacobian that GSL wants. */
#define DENSE_LIMIT 50000000

static void
evaluate_at (XpsEngine *engine, const gsl_vector *x, gsl_vector *f, gsl_matrix *jacobian)
{
  const XpsProblem *problem = engine->problem;
  for (gsize i = 0; i < problem->n_free; i++)
    engine->trial_values[problem->free_parameter[i]] =
        fmin (fmax (gsl_vector_get (x, i), problem->low[i]), problem->high[i]);
  gsize row = 0;
  if (jacobian != NULL)
    gsl_matrix_set_zero (jacobian);
  for (gsize s = 0; s < problem->n_spectra; s++) {
    const XpsProblemSpectrum *spectrum = &problem->spectra[s];
    xps_evaluate (problem, s, &engine->counts[s], XPS_PRECISION_FULL, FALSE, engine->trial_values, engine->ws,
                  &engine->trial_normals[s]);
    const double *residual = xps_workspace_get_residual (engine->ws);
    const double *columns = xps_workspace_get_jacobian (engine->ws);
    for (gsize i = 0; i < spectrum->n; i++) {
      if (f != NULL)
        gsl_vector_set (f, row + i, -residual[i]);
      for (gsize a = 0; jacobian != NULL && a < spectrum->n_columns; a++)
        gsl_matrix_set (jacobian, row + i, spectrum->column_free[a], columns[a * spectrum->ld + i]);
    }
    row += spectrum->n;
  }
}

static int
residuals (const gsl_vector *x, void *data, gsl_vector *f)
{
  XpsEngine *engine = data;
  engine->evaluations++;
  evaluate_at (engine, x, f, NULL);
  return GSL_SUCCESS;
}

static int
jacobian (const gsl_vector *x, void *data, gsl_matrix *j)
{
  evaluate_at (data, x, NULL, j);
  return GSL_SUCCESS;
}

static XpsStop
stop_from_gsl (int status, int info)
{
  if (status == GSL_SUCCESS && info > 0)
    return XPS_STOP_CONVERGED;
  return status == GSL_EMAXITER ? XPS_STOP_EVALUATIONS : XPS_STOP_STUCK;
}

static gboolean
drive (XpsEngine *engine, const XpsFitOptions *options, XpsStop *stop)
{
  const XpsProblem *problem = engine->problem;
  const gsize limit = options != NULL && options->max_evaluations > 0 ? options->max_evaluations : 500;
  gsl_multifit_nlinear_parameters parameters = gsl_multifit_nlinear_default_parameters ();
  gsl_multifit_nlinear_fdf system = {
      .f = residuals, .df = jacobian, .n = problem->n_points, .p = problem->n_free, .params = engine};
  gsl_multifit_nlinear_workspace *work = gsl_multifit_nlinear_alloc (gsl_multifit_nlinear_trust, &parameters,
                                                                     problem->n_points, problem->n_free);
  gsl_vector *x = gsl_vector_alloc (problem->n_free);
  int info = 0, status = GSL_ENOMEM;
  if (work != NULL && x != NULL) {
    for (gsize i = 0; i < problem->n_free; i++)
      gsl_vector_set (x, i, engine->values[problem->free_parameter[i]]);
    status = gsl_multifit_nlinear_init (x, &system, work);
  }
  if (status == GSL_SUCCESS) {
    status = gsl_multifit_nlinear_driver (limit, 1e-10, 1e-10, 1e-14, NULL, NULL, &info, work);
    const gsl_vector *solution = gsl_multifit_nlinear_position (work);
    for (gsize i = 0; i < problem->n_free; i++)
      engine->values[problem->free_parameter[i]] =
          fmin (fmax (gsl_vector_get (solution, i), problem->low[i]), problem->high[i]);
  }
  gsl_vector_free (x);
  gsl_multifit_nlinear_free (work);
  *stop = stop_from_gsl (status, info);
  return status != GSL_ENOMEM;
}

gboolean
xps_engine_run_gsl (XpsEngine *engine, const XpsFitOptions *options, XpsOutcome *outcome, GError **error)
{
  const XpsProblem *problem = engine->problem;
  const char *reason = problem->weights == XPS_WEIGHTS_POISSON
                           ? "GSL's least squares cannot maximise the Poisson likelihood"
                       : problem->n_free == 0                ? "nothing is free"
                       : problem->n_points < problem->n_free ? "fewer points than free parameters"
                       : (double)problem->n_points * (double)problem->n_free > DENSE_LIMIT
                           ? "the problem is too large for a dense Jacobian"
                           : NULL;
  if (reason != NULL)
    return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, NULL, "--method gsl", reason,
                          N_ ("use the other method"));
  XpsStop stop;
  xps_engine_set_start (engine, NULL);
  engine->evaluations = 0;
  memcpy (engine->trial_values, engine->values, problem->n_parameters * sizeof (double));
  if (!drive (engine, options, &stop))
    return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, NULL, "--method gsl",
                          N_ ("not enough memory"), NULL);
  xps_engine_settle (engine);
  *outcome = (XpsOutcome){stop, engine->objective, engine->evaluations, NAN, FALSE};
  return TRUE;
}
