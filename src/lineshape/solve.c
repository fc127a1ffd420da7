/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/solve.h"

#include <float.h>
#include <math.h>
#include <string.h>

typedef struct {
  const XpsShape *shape;
  double p[XPS_SHAPE_MAX_ROLES]; /* centre 0, intensity 1 */
  double level, direction;
} Probe;

static Probe
probe_of (const XpsShape *shape, const double *p)
{
  Probe probe = {.shape = shape};
  memcpy (probe.p, p, shape->n_roles * sizeof *p);
  probe.p[0] = 0;
  probe.p[1] = 1;
  return probe;
}

static double
height_above (double x, const void *context)
{
  const Probe *probe = context;
  double value;
  probe->shape->evaluate (probe->p, 1, &x, XPS_PRECISION_FULL, &value, NULL);
  return value - probe->level;
}

static double
slope (double x, const void *context)
{
  const Probe *probe = context;
  double value, d_center;
  double *const partials[XPS_SHAPE_MAX_ROLES] = {&d_center};
  probe->shape->evaluate (probe->p, 1, &x, XPS_PRECISION_FULL, &value, partials);
  return value > 0 ? -d_center : -probe->direction; /* past the peak, where it underflows */
}

/* Next point from the last three: inverse quadratic interpolation, or the secant when two of them coincide.
 * Returns false when the interval should rather be halved. */
static bool
interpolate (double a, double fa, double b, double fb, double c, double fc, double half, double before,
             double *step)
{
  const double s = fb / fa;
  double p, q;
  if (a == c) {
    p = 2 * half * s;
    q = 1 - s;
  } else {
    const double t = fa / fc, r = fb / fc;
    p = s * (2 * half * t * (t - r) - (b - a) * (r - 1));
    q = (t - 1) * (r - 1) * (s - 1);
  }
  if (p > 0)
    q = -q;
  p = fabs (p);
  if (!(2 * p < fmin (3 * half * q - fabs (DBL_EPSILON * b * q), fabs (before * q))))
    return false;
  *step = p / q;
  return true;
}

double
xps_solve_root (double (*f) (double x, const void *context), const void *context, double a, double b)
{
  double fa = f (a, context), fb = f (b, context), c = a, fc = fa, step = b - a, before = step;
  const double least = 1e-16 * fabs (b - a);
  for (int i = 0; i < 200; i++) {
    if ((fb > 0) == (fc > 0)) {
      c = a;
      fc = fa;
      before = step = b - a;
    }
    if (fabs (fc) < fabs (fb)) {
      a = b, b = c, c = a;
      fa = fb, fb = fc, fc = fa;
    }
    const double tolerance = DBL_EPSILON * fabs (b) + least, half = (c - b) / 2;
    if (fabs (half) <= tolerance || fb == 0)
      return b;
    const double last = before;
    before = step;
    if (fabs (last) < tolerance || fabs (fa) <= fabs (fb) ||
        !interpolate (a, fa, b, fb, c, fc, half, last, &step))
      before = step = half;
    a = b, fa = fb;
    b += fabs (step) > tolerance ? step : copysign (tolerance, half);
    fb = f (b, context);
  }
  return b;
}

double
xps_solve_maximum (const XpsShape *shape, const double *p, double from, double step)
{
  Probe probe = probe_of (shape, p);
  probe.direction = copysign (1, step);
  double near = from;
  if (!(slope (near, &probe) * probe.direction > 0))
    return from;
  for (int i = 0; i < 100; i++, step *= 2) {
    const double far = near + step;
    if (slope (far, &probe) * probe.direction <= 0)
      return xps_solve_root (slope, &probe, near, far);
    near = far;
  }
  return NAN;
}

/* Offset of the crossing on one side. */
static double
crossing (const Probe *probe, double maximum, double step)
{
  double near = maximum;
  for (; fabs (near) < 1e9; step *= 2) {
    const double far = near + step;
    if (height_above (far, probe) <= 0)
      return xps_solve_root (height_above, probe, near, far);
    near = far;
  }
  return NAN;
}

double
xps_solve_fwhm (const XpsShape *shape, const double *p, double maximum, double step)
{
  Probe probe = probe_of (shape, p);
  probe.level = height_above (maximum, &probe) / 2;
  return crossing (&probe, maximum, step) - crossing (&probe, maximum, -step);
}
