/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"
#include "lineshape/solve.h"
#include "lineshape/special.h"

#include <math.h>

enum { CENTER, AREA, WIDTH, ASYM, MIX };

/* The shape at u = t (1 + exp (-k t)) / 2, t = e / w, k = a w, is (1 - m) exp (-4 ln 2 u^2) + m / (1 + 4
 * u^2); exponents are bounded to keep u finite where both parts are zero. */
typedef struct {
  double gauss, lorentz, by_u, u, decay; /* decay = exp (-k t) */
} Point;

static Point
point_at (double t, double k, double m)
{
  const double decay = exp (fmin (-k * t, 200)), u = t * (1 + decay) / 2;
  const double g = exp (-XPS_4LN2 * u * u), l = 1 / (1 + 4 * u * u);
  return (Point){g, l, -(1 - m) * 2 * XPS_4LN2 * u * g - m * 8 * u * l * l, u, decay};
}

/* Areas of the two parts and the derivative of their sum by k, at unit width. */
typedef struct {
  double gauss, lorentz, by_k;
} Norm;

static void
add_panel (Norm *norm, double k, double m, double low, double high)
{
  const double middle = (low + high) / 2, half = (high - low) / 2;
  for (int i = 0; i < XPS_PANEL_POINTS; i++) {
    const double t = middle + half * xps_panel_node[i], w = fabs (half) * xps_panel_weight[i];
    const Point x = point_at (t, k, m);
    norm->gauss += w * x.gauss;
    norm->lorentz += w * x.lorentz;
    norm->by_k -= w * x.by_u * t * t * x.decay / 2;
  }
}

/* Panels of doubling width from inside the shorter of the scales 1 and 1/k. On the broad side to 40/k and at
 * least 32, beyond which the width is constant and the tail of the Lorentzian elementary. On the narrow side
 * no wider than 1/k, as the width falls exponentially, until the Lorentzian is below 1e-17. A small k is cut
 * where 1/t is below 1e-16. */
static Norm
norm_of (double signed_k, double m)
{
  const double k = fabs (signed_k), scale = 1 / fmax (k, 1e-16);
  const double end_broad = fmax (32, 40 * scale), end_narrow = (24 + log (fmax (k, 1))) * scale;
  Norm norm = {0};
  double low = 0, high = fmin (1, scale) / 4;
  for (; low < end_broad; low = high, high *= 2)
    add_panel (&norm, k, m, low, high);
  norm.lorentz += atan (1 / low);
  low = 0;
  high = fmin (1, scale) / 4;
  for (; low < end_narrow; low = high, high += fmin (high, scale))
    add_panel (&norm, k, m, -low, -high);
  norm.by_k = copysign (1, signed_k) * norm.by_k;
  return norm;
}

void
xps_apv_height_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision,
                         double *value, double *const *partials)
{
  const double m = p[MIX], k = p[ASYM] * p[WIDTH], per_width = 1 / p[WIDTH];
  const Norm norm = norm_of (k, m);
  const double total = (1 - m) * norm.gauss + m * norm.lorentz;
  const double unit = per_width / total, factor = p[AREA] * unit;
  for (size_t i = 0; i < n; i++) {
    const double t = (energy_ev[i] - p[CENTER]) * per_width;
    const Point x = point_at (t, k, m);
    const double sum = (1 - m) * x.gauss + m * x.lorentz;
    const double by_t = x.by_u * (1 + x.decay * (1 - k * t)) / 2;
    const double by_k = -x.by_u * t * t * x.decay / 2 - sum * norm.by_k / total;
    value[i] = factor * sum;
    xps_put (partials, CENTER, i, -factor * by_t * per_width);
    xps_put (partials, AREA, i, unit * sum);
    xps_put (partials, WIDTH, i, factor * (by_k * p[ASYM] - (sum + by_t * t) * per_width));
    xps_put (partials, ASYM, i, factor * by_k * p[WIDTH]);
    xps_put (partials, MIX, i, factor * (x.lorentz - x.gauss - sum * (norm.lorentz - norm.gauss) / total));
  }
}

double
xps_apv_height_area (const double *p)
{
  return p[AREA];
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
