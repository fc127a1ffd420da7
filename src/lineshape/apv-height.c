/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"
#include "lineshape/integrate.h"
#include "lineshape/solve.h"

#include <math.h>

enum { CENTER, AREA, WIDTH, ASYM, MIX };

/* Areas of the parts of unit height and width. */
#define GAUSS_AREA   (1 / XPS_GAUSS_HEIGHT)
#define LORENTZ_AREA (1 / XPS_LORENTZ_HEIGHT)

/* (1 - m) exp (-4 ln 2 u^2) + m / (1 + 4 u^2) at u = t (1 + exp (-k t)) / 2, t = e / w, k = a w, divided by
 * its area for k = 0. Not by its area for all k, which has a cusp at k = 0 (the tails make it grow like |k|):
 * fits must be able to pass there. */
void
xps_apv_height_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision,
                         double *value, double *const *partials)
{
  const double m = p[MIX], per_width = 1 / p[WIDTH], k = p[ASYM] * p[WIDTH];
  const double norm = (1 - m) * GAUSS_AREA + m * LORENTZ_AREA, unit = per_width / norm,
               factor = p[AREA] * unit;
  for (size_t i = 0; i < n; i++) {
    const double t = (energy_ev[i] - p[CENTER]) * per_width;
    const double decay = exp (fmin (-k * t, 200)); /* u stays finite where both parts are zero */
    const double u = t * (1 + decay) / 2, g = exp (-XPS_4LN2 * u * u), l = 1 / (1 + 4 * u * u);
    const double sum = (1 - m) * g + m * l;
    const double by_u = -u * ((1 - m) * 2 * XPS_4LN2 * g + m * 8 * l * l);
    const double by_t = by_u * (1 + decay * (1 - k * t)) / 2, by_k = -by_u * t * t * decay / 2;
    value[i] = factor * sum;
    xps_put (partials, CENTER, i, -factor * by_t * per_width);
    xps_put (partials, AREA, i, unit * sum);
    xps_put (partials, WIDTH, i, factor * (by_k * p[ASYM] - (sum + by_t * t) * per_width));
    xps_put (partials, ASYM, i, factor * by_k * p[WIDTH]);
    xps_put (partials, MIX, i, factor * (l - g - sum * (LORENTZ_AREA - GAUSS_AREA) / norm));
  }
}

double
xps_apv_height_area (const double *p)
{
  if (p[ASYM] == 0)
    return p[AREA];
  return xps_shape_integrate (xps_shape_find ("apv_height"), p, -INFINITY, INFINITY);
}

double
xps_apv_height_fwhm (const double *p)
{
  const double step = fmin (p[WIDTH], 1 / fabs (p[ASYM])) / 8;
  return xps_solve_fwhm (xps_shape_find ("apv_height"), p, 0, step);
}

/* Both parts are one at the centre and below one elsewhere. */
double
xps_apv_height_maximum (const double *p)
{
  return p[CENTER];
}
