/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background/rows.h"

#include "background/grid.h"
#include "background/words.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define MOST_COEFFICIENTS 16

/* Backgrounds that are a function of energy. Polynomials keep their powers, so that an evaluation is a sum.
 */
struct _XpsBackgroundPlan {
  size_t n, m;
  double data[]; /* m curves of n values; exponential: the distances from x_ref */
};

XpsBackgroundPlan *
xps_curves_new (size_t n, size_t m, double **data)
{
  if (n > SIZE_MAX / sizeof (double) / (m + 1) - sizeof (XpsBackgroundPlan))
    return NULL;
  XpsBackgroundPlan *self = malloc (sizeof *self + n * m * sizeof (double));
  if (self == NULL)
    return NULL;
  self->n = n;
  self->m = m;
  *data = self->data;
  return self;
}

void
xps_curves_free (XpsBackgroundPlan *plan)
{
  free (plan);
}

const char *
xps_poly_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n, const double *energy_ev,
               XpsBackgroundPlan **plan)
{
  const double x_ref = settings->number[XPS_ANALYTIC_X_REF];
  const char *wrong = xps_background_check_grid (n, energy_ev, 1);
  if (wrong != NULL)
    return wrong;
  if (n_parameters == 0)
    return N_ ("a polynomial needs at least one coefficient");
  if (n_parameters > MOST_COEFFICIENTS)
    return N_ ("a polynomial takes at most 16 coefficients");
  if (!isfinite (x_ref))
    return N_ ("x_ref, the energy that the polynomial is written about, must be given as a finite number");
  double *data;
  XpsBackgroundPlan *self = xps_curves_new (n, n_parameters, &data);
  if (self == NULL)
    return N_ ("memory is out");
  for (size_t i = 0; i < n; i++) {
    double power = 1.0;
    for (size_t k = 0; k < n_parameters; k++, power *= energy_ev[i] - x_ref)
      data[k * n + i] = power;
  }
  *plan = self;
  return NULL;
}

const char *
xps_linear_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                 const double *energy_ev, XpsBackgroundPlan **plan)
{
  if (n_parameters != 2)
    return N_ ("a straight line has two parameters, level and slope");
  return xps_poly_plan (settings, n_parameters, n, energy_ev, plan);
}

void
xps_curves_evaluate (const XpsBackgroundPlan *plan, const double *p, double *value, double *const *partials)
{
  const size_t n = plan->n;
  for (size_t i = 0; i < n; i++)
    value[i] = p[0] * plan->data[i];
  for (size_t k = 1; k < plan->m; k++) {
    const double *power = plan->data + k * n;
    for (size_t i = 0; i < n; i++)
      value[i] += p[k] * power[i];
  }
  for (size_t k = 0; partials != NULL && k < plan->m; k++)
    if (partials[k] != NULL)
      memcpy (partials[k], plan->data + k * n, n * sizeof (double));
}

const char *
xps_exponential_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                      const double *energy_ev, XpsBackgroundPlan **plan)
{
  const double x_ref = settings->number[XPS_ANALYTIC_X_REF];
  const char *wrong = xps_background_check_grid (n, energy_ev, 1);
  if (wrong != NULL)
    return wrong;
  if (n_parameters != 2)
    return N_ ("an exponential has two parameters, amp and rate");
  if (!isfinite (x_ref))
    return N_ ("x_ref, the energy where the exponential equals amp, must be a finite number");
  double *data;
  XpsBackgroundPlan *self = xps_curves_new (n, 1, &data);
  if (self == NULL)
    return N_ ("memory is out");
  for (size_t i = 0; i < n; i++)
    data[i] = energy_ev[i] - x_ref;
  *plan = self;
  return NULL;
}

void
xps_exponential_evaluate (const XpsBackgroundPlan *plan, const double *p, double *value,
                          double *const *partials)
{
  for (size_t i = 0; i < plan->n; i++) {
    /* held below overflow: a trial step of the engine may be wild, an infinity would poison its sums */
    const double decay = exp (fmin (-p[1] * plan->data[i], 600.0));
    value[i] = p[0] * decay;
    if (partials != NULL && partials[0] != NULL)
      partials[0][i] = decay;
    if (partials != NULL && partials[1] != NULL)
      partials[1][i] = -plan->data[i] * value[i];
  }
}
