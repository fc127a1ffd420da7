/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"

#include <math.h>
#include <stdbool.h>

enum { CENTER, AMP, KT, FWHM_G };

#define PI        3.14159265358979323846
#define SQRT_2PI  2.50662827463100050242
#define MAX_SIDE  99 /* nodes on each side of the middle one */
#define MAX_NODES (2 * MAX_SIDE + 1)

/* Unit step and its derivatives by energy, kT and sigma. */
typedef struct {
  double value, by_energy, by_kt, by_sigma;
} Step;

/* One of two trapezoidal rules for f (e + sigma s) over the Gaussian of s, both of geometric convergence:
 *  - kT >= sigma/2: over s, until the poles of f at e + sigma s = +-i pi kT come too near;
 *  - else over u in Int Phi ((e + kT u) / sigma) sech^2 (u/2) / 4 du, whose poles stay at u = +-i pi.
 * Both errors are exp (-(2 pi y / h - growth)), y the distance of the poles and growth the size of the other
 * factor there; h follows from the exponent wanted. */
typedef struct {
  double kt, sigma;
  bool over_gaussian;
  size_t n;
  double node[MAX_NODES], weight[MAX_NODES];
} Rule;

static void
prepare (Rule *rule, const double *p, XpsPrecision precision)
{
  rule->kt = p[KT];
  rule->sigma = xps_width_floor (p[FWHM_G], p[KT]) / XPS_FWHM_PER_SIGMA;
  rule->over_gaussian = 2 * rule->kt >= rule->sigma;
  const double digits =
      precision == XPS_PRECISION_FULL ? 42 : 24; /* e^-42 = 6e-19, times the curvature at the poles */
  const double y = rule->over_gaussian ? fmin (PI * rule->kt / rule->sigma, sqrt (2 * digits)) : PI;
  const double growth = rule->over_gaussian ? y * y / 2 : pow (PI * rule->kt / rule->sigma, 2) / 2;
  const double h = 2 * PI * y / (digits + growth);
  const double end = rule->over_gaussian ? sqrt (2 * digits) : digits;
  const int side = (int)fmin (end / h, MAX_SIDE);
  rule->n = 2 * (size_t)side + 1;
  for (int j = -side; j <= side; j++) {
    const double x = j * h, c = cosh (x / 2);
    rule->node[side + j] = x;
    rule->weight[side + j] = rule->over_gaussian ? h / SQRT_2PI * exp (-x * x / 2) : h / (4 * c * c);
  }
}

static Step
over_gaussian (const Rule *rule, double e)
{
  double value = 0, g = 0, gx = 0, gs = 0; /* g = kT f' */
  for (size_t j = 0; j < rule->n; j++) {
    const double x = (e + rule->sigma * rule->node[j]) / rule->kt;
    const double small = exp (-fabs (x)), q = 1 / (1 + small), w = rule->weight[j];
    const double slope = w * small * q * q;
    value += w * (x > 0 ? q : small * q);
    g += slope;
    gx += slope * x;
    gs += slope * rule->node[j];
  }
  return (Step){value, g / rule->kt, -gx / rule->kt, gs / rule->kt};
}

static Step
over_sech (const Rule *rule, double e)
{
  double value = 0, g = 0, gu = 0, gz = 0;
  for (size_t j = 0; j < rule->n; j++) {
    const double z = (e + rule->kt * rule->node[j]) / rule->sigma, w = rule->weight[j];
    const double bell = w * exp (-z * z / 2);
    value += w * erfc (-z * M_SQRT1_2) / 2;
    g += bell;
    gu += bell * rule->node[j];
    gz += bell * z;
  }
  const double scale = 1 / (SQRT_2PI * rule->sigma);
  return (Step){value, g * scale, gu * scale, -gz * scale};
}

/* Beyond the reach of both factors the step is over. */
static bool
saturated (const Rule *rule, double e, Step *step)
{
  const double reach = 42 * rule->kt + 9 * rule->sigma;
  if (fabs (e) <= reach)
    return false;
  *step = (Step){e > 0 ? 1 : 0, 0, 0, 0};
  return true;
}

void
xps_fermi_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision, double *value,
                    double *const *partials)
{
  Rule rule = {0};
  prepare (&rule, p, precision);
  const double amp = p[AMP];
  for (size_t i = 0; i < n; i++) {
    const double e = energy_ev[i] - p[CENTER];
    Step step;
    if (!saturated (&rule, e, &step))
      step = rule.over_gaussian ? over_gaussian (&rule, e) : over_sech (&rule, e);
    value[i] = amp * step.value;
    xps_put (partials, CENTER, i, -amp * step.by_energy);
    xps_put (partials, AMP, i, step.value);
    xps_put (partials, KT, i, amp * step.by_kt);
    xps_put (partials, FWHM_G, i, amp * step.by_sigma / XPS_FWHM_PER_SIGMA);
  }
}

double
xps_fermi_area (const double *p)
{
  return NAN;
}

double
xps_fermi_fwhm (const double *p)
{
  return NAN;
}

double
xps_fermi_maximum (const double *p)
{
  return NAN;
}
