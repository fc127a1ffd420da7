/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background/rows.h"

#include "background/grid.h"
#include "background/words.h"
#include "numerics/quadrature.h"

#include <stdint.h>
#include <stdlib.h>

/* Active Shirley, SVSC and slope: running integrals of the model's own peaks, from the lowest binding energy.
 */
struct _XpsBackgroundPlan {
  size_t n;
  double half[]; /* n - 1 half steps */
};

const char *
xps_active_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                 const double *energy_ev, XpsBackgroundPlan **plan)
{
  const char *wrong = xps_background_check_grid (n, energy_ev, 2);
  if (wrong != NULL)
    return wrong;
  if (n_parameters == 0)
    return N_ ("the background needs its factor k");
  XpsBackgroundPlan *self =
      n > SIZE_MAX / sizeof (double) / 2 ? NULL : malloc (sizeof *self + n * sizeof (double));
  if (self == NULL)
    return N_ ("memory is out");
  self->n = n;
  xps_half_steps (n, energy_ev, self->half);
  *plan = self;
  return NULL;
}

void
xps_active_free (XpsBackgroundPlan *plan)
{
  free (plan);
}

void
xps_step_apply_many (const XpsBackgroundPlan *plan, size_t m, const double *const *signals,
                     double *const *outs)
{
  xps_cumulate (plan->n, plan->half, m, signals, outs);
}

void
xps_step_apply (const XpsBackgroundPlan *plan, const double *signal, double *out)
{
  xps_cumulate (plan->n, plan->half, 1, &signal, &out);
}

void
xps_slope_apply_many (const XpsBackgroundPlan *plan, size_t m, const double *const *signals,
                      double *const *outs)
{
  xps_cumulate (plan->n, plan->half, m, signals, outs);
  xps_cumulate (plan->n, plan->half, m, (const double *const *)outs, outs);
}

void
xps_slope_apply (const XpsBackgroundPlan *plan, const double *signal, double *out)
{
  xps_slope_apply_many (plan, 1, &signal, &out);
}
