/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/gl.h"

#include "lineshape/common.h"
#include "lineshape/rows.h"
#include "numerics/faddeeva.h"

#include <math.h>

enum { CENTER, AREA, FWHM, MIX };

#define PI 3.14159265358979323846

XpsGlPoint
xps_gl_point (double t, double mix)
{
  const double u = t * t, a = XPS_4LN2 * (1 - mix), q = 1 / (1 + 4 * mix * u);
  const double value = exp (-a * u) * q;
  return (XpsGlPoint){value, -value * 2 * t * (a + 4 * mix * q), value * u * (XPS_4LN2 - 4 * q)};
}

/* For small x = b / (2a) the closed forms of the derivatives cancel: powers of x instead. */
static double
area_by_series (double a, double b, double *by_a, double *by_b)
{
  const double x = b / (2 * a), scale = sqrt (PI / a);
  double term = 1, area = 0, sum_a = 0, sum_b = 0; /* term: (-1)^k (2k-1)!! x^k */
  for (int k = 0; k < 30; k++) {
    area += term;
    sum_a += term * (2 * k + 1);
    sum_b += term * (2 * k + 1) * (k + 1);
    term *= -(2 * k + 1) * x;
  }
  *by_a = -scale * sum_a / (2 * a);
  *by_b = -scale * sum_b / (2 * a);
  return scale * area;
}

/* Int exp (-a t^2) / (1 + b t^2) dt = pi / sqrt b erfcx (sqrt (a/b)), partials from
 * t^2 / (1 + b t^2) = (1 - 1 / (1 + b t^2)) / b. */
static double
area_by_erfcx (double a, double b, double *by_a, double *by_b)
{
  const double area = PI / sqrt (b) * xps_erfcx (sqrt (a / b));
  const double least = fmax (a, XPS_4LN2 * 1e-8);
  const double bounded = PI / sqrt (b) * xps_erfcx (sqrt (least / b));
  *by_a = -(sqrt (PI / least) - bounded) / b;
  *by_b = -(area + 2 * (a / b) * area - 2 * XPS_SQRT_PI * sqrt (a) / b) / (2 * b);
  return area;
}

double
xps_gl_unit_area (double mix, double *by_mix)
{
  const double a = XPS_4LN2 * (1 - mix), b = 4 * mix;
  double by_a, by_b;
  const double area = a > 49 * b ? area_by_series (a, b, &by_a, &by_b) : area_by_erfcx (a, b, &by_a, &by_b);
  *by_mix = -XPS_4LN2 * by_a + 4 * by_b;
  return area;
}

/* Newton for u = t^2 on 4 ln 2 (1-mix) u + ln (1 + 4 mix u) = ln 2: increasing and concave in u, so that the
 * steps from u = 0 never overshoot. */
double
xps_gl_half_width (double mix)
{
  const double a = XPS_4LN2 * (1 - mix), b = 4 * mix;
  double u = 0;
  for (int step = 0; step < 20; step++) {
    const double change = (XPS_LN2 - a * u - log1p (b * u)) / (a + b / (1 + b * u));
    u += change;
    if (fabs (change) <= 1e-16 * u)
      break;
  }
  return sqrt (u);
}

void
xps_gl_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision, double *value,
                 double *const *partials)
{
  const double mix = p[MIX] / 100, per_width = 1 / p[FWHM];
  double norm_by_mix;
  const double norm = xps_gl_unit_area (mix, &norm_by_mix);
  const double factor = p[AREA] * per_width / norm;
  for (size_t i = 0; i < n; i++) {
    const double t = (energy_ev[i] - p[CENTER]) * per_width;
    const XpsGlPoint g = xps_gl_point (t, mix);
    value[i] = factor * g.value;
    xps_put (partials, CENTER, i, -factor * g.by_t * per_width);
    xps_put (partials, AREA, i, per_width / norm * g.value);
    xps_put (partials, FWHM, i, -factor * (g.value + g.by_t * t) * per_width);
    xps_put (partials, MIX, i, factor * (g.by_mix - g.value * norm_by_mix / norm) / 100);
  }
}

double
xps_gl_area (const double *p)
{
  return p[AREA];
}

double
xps_gl_fwhm (const double *p)
{
  return 2 * p[FWHM] * xps_gl_half_width (p[MIX] / 100);
}

double
xps_gl_maximum (const double *p)
{
  return p[CENTER];
}
