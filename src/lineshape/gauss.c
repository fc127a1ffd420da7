/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"

#include <math.h>

enum { CENTER, AREA, FWHM };

void
xps_gauss_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision, double *value,
                    double *const *partials)
{
  const double per_width = 1 / p[FWHM];
  for (size_t i = 0; i < n; i++) {
    const double t = (energy_ev[i] - p[CENTER]) * per_width;
    const double a = 2 * XPS_4LN2 * t;
    const double unit = XPS_GAUSS_HEIGHT * per_width * exp (-XPS_4LN2 * t * t);
    value[i] = p[AREA] * unit;
    xps_put (partials, CENTER, i, value[i] * a * per_width);
    xps_put (partials, AREA, i, unit);
    xps_put (partials, FWHM, i, value[i] * (a * t - 1) * per_width);
  }
}

double
xps_gauss_area (const double *p)
{
  return p[AREA];
}

double
xps_gauss_fwhm (const double *p)
{
  return p[FWHM];
}

double
xps_gauss_maximum (const double *p)
{
  return p[CENTER];
}
