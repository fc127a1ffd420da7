/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"

#include <math.h>

enum { CENTER, AREA, FWHM, MIX };

/* Areas of the parts of unit height and width. */
#define GAUSS_AREA   (1 / XPS_GAUSS_HEIGHT)
#define LORENTZ_AREA (1 / XPS_LORENTZ_HEIGHT)

void
xps_sgl_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision, double *value,
                  double *const *partials)
{
  const double mix = p[MIX] / 100, per_width = 1 / p[FWHM];
  const double norm = (1 - mix) * GAUSS_AREA + mix * LORENTZ_AREA, norm_by_mix = LORENTZ_AREA - GAUSS_AREA;
  const double factor = p[AREA] * per_width / norm;
  for (size_t i = 0; i < n; i++) {
    const double t = (energy_ev[i] - p[CENTER]) * per_width;
    const double g = exp (-XPS_4LN2 * t * t), l = 1 / (1 + 4 * t * t);
    const double sum = (1 - mix) * g + mix * l;
    const double by_t = -t * ((1 - mix) * 2 * XPS_4LN2 * g + mix * 8 * l * l);
    value[i] = factor * sum;
    xps_put (partials, CENTER, i, -factor * by_t * per_width);
    xps_put (partials, AREA, i, per_width / norm * sum);
    xps_put (partials, FWHM, i, -factor * (sum + by_t * t) * per_width);
    xps_put (partials, MIX, i, factor * (l - g - sum * norm_by_mix / norm) / 100);
  }
}

double
xps_sgl_area (const double *p)
{
  return p[AREA];
}

double
xps_sgl_fwhm (const double *p)
{
  return p[FWHM];
}

double
xps_sgl_maximum (const double *p)
{
  return p[CENTER];
}
