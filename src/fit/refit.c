/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/refit.h"

#include "fit/engine-private.h"
#include "fit/result-private.h"

struct _XpsRefit {
  XpsModel *model;
  XpsWeights weights;
  double *start; /* [parameters] */
  XpsProblem *problem;
  XpsEngine *engine;
  XpsResult *result; /* borrows the problem */
};

XpsRefit *
xps_refit_new (XpsModel *take_model, XpsWeights weights)
{
  XpsRefit *self = g_new0 (XpsRefit, 1);
  self->model = take_model;
  self->weights = weights;
  self->start = g_new0 (double, take_model->parameters->len + 1);
  self->result = xps_result_new_empty ();
  return self;
}

static void
forget_problem (XpsRefit *self)
{
  self->result->problem = NULL;
  g_clear_pointer (&self->engine, xps_engine_free);
  g_clear_pointer (&self->problem, xps_problem_free);
}

void
xps_refit_free (XpsRefit *self)
{
  if (self == NULL)
    return;
  forget_problem (self);
  xps_result_free (self->result);
  xps_model_free (self->model);
  g_free (self->start);
  g_free (self);
}

static void
take_start (XpsRefit *self, const double *start)
{
  for (guint i = 0; i < self->model->parameters->len; i++) {
    XpsParameter *p = g_ptr_array_index (self->model->parameters, i);
    if (start != NULL && p->kind != XPS_PARAMETER_LINKED)
      p->value = start[i];
    self->start[i] = p->value;
  }
}

/* Whatever stands in the way of a quick change is found, and told, by compiling it anew. */
static gboolean
pose (XpsRefit *self, XpsFitData *const *data, gsize n_data, GError **error)
{
  if (self->problem != NULL && n_data == self->problem->n_spectra &&
      xps_problem_rebind (self->problem, data, self->start)) {
    xps_engine_take_data (self->engine);
    return TRUE;
  }
  forget_problem (self);
  self->problem = xps_problem_new (self->model, data, n_data, self->weights, error);
  if (self->problem == NULL)
    return FALSE;
  self->engine = xps_engine_new (self->problem);
  return TRUE;
}

const XpsResult *
xps_refit_run (XpsRefit *self, XpsFitData *const *data, gsize n_data, const double *start,
               const XpsFitOptions *options, GError **error)
{
  take_start (self, start);
  if (!pose (self, data, n_data, error))
    return NULL;
  const XpsOutcome outcome = xps_engine_run (self->engine, options, NULL);
  if (outcome.met)
    return NULL;
  xps_result_take_end (self->result, self->problem, self->engine, &outcome);
  return self->result;
}
