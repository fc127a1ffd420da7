/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"
#include "lineshape/gl.h"
#include "lineshape/solve.h"
#include "lineshape/special.h"

#include <math.h>

enum { CENTER, AREA, FWHM, MIX, TAIL };

typedef struct {
  double area, by_mix, by_tail;
} Norm;

/* Adds Int (1 - g) exp (-k t) dt and its partials from low to high. */
static void
add_panel (Norm *norm, double mix, double tail, double low, double high)
{
  const double middle = (low + high) / 2, half = (high - low) / 2;
  for (int i = 0; i < XPS_PANEL_POINTS; i++) {
    const double t = middle + half * xps_panel_node[i];
    const double w = half * xps_panel_weight[i] * exp (-tail * t);
    const double rest = -expm1 (-XPS_4LN2 * (1 - mix) * t * t - log1p (4 * mix * t * t)); /* 1 - g */
    norm->area += w * rest;
    norm->by_mix -= w * xps_gl_point (t, mix).by_mix;
    norm->by_tail -= w * t * rest;
  }
}

/* Area at unit width: that of the product and that of the tail, by panels of doubling width that begin inside
 * the shorter of the two scales and end where exp (-k t) is below 1e-17. */
static Norm
norm_of (double mix, double tail)
{
  Norm norm = {0};
  norm.area = xps_gl_unit_area (mix, &norm.by_mix);
  const double end = 40 / tail;
  double low = 0, high = fmin (1, 1 / tail) / 4;
  while (low < end) {
    add_panel (&norm, mix, tail, low, high);
    low = high;
    high *= 2;
  }
  return norm;
}

/* y = g + (1 - g) T with T = exp (-k t) for t > 0, unit height. */
typedef struct {
  double value, by_t, by_mix, by_tail;
} Point;

static Point
point_at (double t, double mix, double tail)
{
  const XpsGlPoint g = xps_gl_point (t, mix);
  if (t <= 0)
    return (Point){g.value, g.by_t, g.by_mix, 0};
  const double decay = exp (-tail * t), rest = 1 - g.value, keep = 1 - decay;
  return (Point){g.value + rest * decay, g.by_t * keep - tail * rest * decay, g.by_mix * keep,
                 -t * rest * decay};
}

void
xps_tail_gl_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision,
                      double *value, double *const *partials)
{
  const double mix = p[MIX] / 100, per_width = 1 / p[FWHM];
  const Norm norm = norm_of (mix, p[TAIL]);
  const double unit = per_width / norm.area, factor = p[AREA] * unit;
  for (size_t i = 0; i < n; i++) {
    const double t = (energy_ev[i] - p[CENTER]) * per_width;
    const Point y = point_at (t, mix, p[TAIL]);
    value[i] = factor * y.value;
    xps_put (partials, CENTER, i, -factor * y.by_t * per_width);
    xps_put (partials, AREA, i, unit * y.value);
    xps_put (partials, FWHM, i, -factor * (y.value + y.by_t * t) * per_width);
    xps_put (partials, MIX, i, factor * (y.by_mix - y.value * norm.by_mix / norm.area) / 100);
    xps_put (partials, TAIL, i, factor * (y.by_tail - y.value * norm.by_tail / norm.area));
  }
}

double
xps_tail_gl_area (const double *p)
{
  return p[AREA];
}

double
xps_tail_gl_fwhm (const double *p)
{
  return xps_solve_fwhm (xps_shape_find ("tail_gl"), p, 0, p[FWHM] / 4);
}

/* y <= 1 everywhere and 1 at the centre. */
double
xps_tail_gl_maximum (const double *p)
{
  return p[CENTER];
}
