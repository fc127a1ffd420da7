/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"

enum { CENTER, AREA, FWHM };

void
xps_lorentz_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision,
                      double *value, double *const *partials)
{
  const double per_width = 1 / p[FWHM];
  for (size_t i = 0; i < n; i++) {
    const double t = (energy_ev[i] - p[CENTER]) * per_width;
    const double q = 1 / (1 + 4 * t * t);
    const double unit = XPS_LORENTZ_HEIGHT * per_width * q;
    value[i] = p[AREA] * unit;
    xps_put (partials, CENTER, i, value[i] * 8 * t * q * per_width);
    xps_put (partials, AREA, i, unit);
    xps_put (partials, FWHM, i, value[i] * (4 * t * t - 1) * q * per_width);
  }
}

double
xps_lorentz_area (const double *p)
{
  return p[AREA];
}

double
xps_lorentz_fwhm (const double *p)
{
  return p[FWHM];
}

double
xps_lorentz_maximum (const double *p)
{
  return p[CENTER];
}
