/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"
#include "lineshape/solve.h"

#include <math.h>

enum { CENTER, AMP, ALPHA, FWHM_L, N_ROLES };

#define PI 3.14159265358979323846

/* Doniach-Sunjic is its convolved form with no Gaussian, whose series then ends after the leading power. */
void
xps_ds_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision, double *value,
                 double *const *partials)
{
  const double q[] = {p[CENTER], p[AMP], p[ALPHA], p[FWHM_L], 0};
  double *d[N_ROLES + 1] = {NULL};
  for (int k = 0; partials != NULL && k < N_ROLES; k++)
    d[k] = partials[k];
  xps_dsg_evaluate (q, n, energy_ev, precision, value, d);
}

double
xps_ds_area (const double *p)
{
  if (p[ALPHA] > 0)
    return NAN;
  return p[AMP];
}

/* Where d/de of cos (pi a/2 - (1-a) theta) cos (theta)^(1-a) vanishes, theta = atan (e / gamma). */
static double
offset_of_maximum (const double *p)
{
  return p[FWHM_L] / 2 * tan (PI * p[ALPHA] / (2 * (2 - p[ALPHA])));
}

double
xps_ds_fwhm (const double *p)
{
  return xps_solve_fwhm (xps_shape_find ("ds"), p, offset_of_maximum (p), p[FWHM_L] / 8);
}

double
xps_ds_maximum (const double *p)
{
  return p[CENTER] + offset_of_maximum (p);
}
