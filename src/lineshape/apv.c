/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"
#include "lineshape/integrate.h"
#include "lineshape/solve.h"

#include <math.h>

enum { CENTER, AREA, WIDTH, ASYM, MIX };

/* Local width F = 2 w / (1 + exp (-a e)); far on the narrow side it underflows, where both parts are zero. */
typedef struct {
  double value, by_energy, by_width, by_asym;
} LocalWidth;

static LocalWidth
width_at (double e, double width, double asym)
{
  const double q = 1 / (1 + exp (-asym * e)), change = 2 * width * q * (1 - q);
  return (LocalWidth){fmax (2 * width * q, 1e-100), change * asym, 2 * q, change * e};
}

void
xps_apv_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision, double *value,
                  double *const *partials)
{
  const double area = p[AREA], m = p[MIX];
  for (size_t i = 0; i < n; i++) {
    const double e = energy_ev[i] - p[CENTER];
    const LocalWidth f = width_at (e, p[WIDTH], p[ASYM]);
    const double u = e / f.value, b = f.value * f.value + 4 * e * e;
    const double g = XPS_GAUSS_HEIGHT / f.value * exp (-XPS_4LN2 * u * u);
    const double l = XPS_LORENTZ_HEIGHT * f.value / b;
    const double unit = (1 - m) * g + m * l;
    const double by_energy = -(1 - m) * g * 2 * XPS_4LN2 * u / f.value - m * l * 8 * e / b;
    const double by_f = (1 - m) * g * (2 * XPS_4LN2 * u * u - 1) / f.value +
                        m * XPS_LORENTZ_HEIGHT * (4 * e * e - f.value * f.value) / (b * b);
    value[i] = area * unit;
    xps_put (partials, CENTER, i, -area * (by_energy + by_f * f.by_energy));
    xps_put (partials, AREA, i, unit);
    xps_put (partials, WIDTH, i, area * by_f * f.by_width);
    xps_put (partials, ASYM, i, area * by_f * f.by_asym);
    xps_put (partials, MIX, i, area * (l - g));
  }
}

double
xps_apv_area (const double *p)
{
  if (p[ASYM] == 0)
    return p[AREA];
  return xps_shape_integrate (xps_shape_find ("apv"), p, -INFINITY, INFINITY);
}

/* The prefactor 1/F moves the maximum to the narrow side. */
static double
offset_of_maximum (const double *p)
{
  const double step = fmin (p[WIDTH], 1 / fabs (p[ASYM])) / 8;
  return p[ASYM] == 0 ? 0 : xps_solve_maximum (xps_shape_find ("apv"), p, 0, -copysign (step, p[ASYM]));
}

double
xps_apv_fwhm (const double *p)
{
  const double step = fmin (p[WIDTH], 1 / fabs (p[ASYM])) / 8;
  return xps_solve_fwhm (xps_shape_find ("apv"), p, offset_of_maximum (p), step);
}

double
xps_apv_maximum (const double *p)
{
  return p[CENTER] + offset_of_maximum (p);
}
