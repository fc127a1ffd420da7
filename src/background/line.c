/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background/rows.h"

#include "background/certificate.h"
#include "background/grid.h"
#include "background/words.h"

#include <stdlib.h>

/* The straight line through the two end levels. */
struct _XpsBackgroundPlan {
  size_t n;
  XpsEnds ends;
  double energy[];
};

const char *
xps_line_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n, const double *energy_ev,
               XpsBackgroundPlan **plan)
{
  XpsEnds ends;
  const char *wrong = xps_background_check_grid (n, energy_ev, 2);
  if (wrong == NULL)
    wrong = xps_ends_init (&ends, settings, XPS_ENDS_AVERAGE, n);
  if (wrong != NULL)
    return wrong;
  XpsBackgroundPlan *self = malloc (sizeof *self + n * sizeof (double));
  if (self == NULL)
    return N_ ("memory is out");
  self->n = n;
  self->ends = ends;
  for (size_t i = 0; i < n; i++)
    self->energy[i] = energy_ev[i];
  *plan = self;
  return NULL;
}

void
xps_line_free (XpsBackgroundPlan *plan)
{
  free (plan);
}

void
xps_line_solve (const XpsBackgroundPlan *plan, const double *counts, double *curve,
                XpsCertificate *certificate)
{
  const size_t n = plan->n;
  const double first = plan->energy[0], width = plan->energy[n - 1] - first;
  double low, high;
  xps_certificate_init (certificate);
  xps_ends_levels (&plan->ends, n, counts, &low, &high);
  for (size_t i = 0; i < n; i++) {
    /* weights of the two ends, not a slope: exact at both ends, and no overflow */
    const double along = (plan->energy[i] - first) / width;
    curve[i] = low * (1.0 - along) + high * along;
  }
  xps_certificate_add (certificate, "y_low", low);
  xps_certificate_add (certificate, "y_high", high);
  xps_certificate_add (certificate, "slope", (high - low) / width);
  xps_certificate_finish (certificate, "the straight line joins the two end levels", n, plan->energy, counts,
                          curve);
}
