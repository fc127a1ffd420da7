/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"

#include <math.h>

enum { CENTER, AREA, FWHM_G, FWHM_L };

/* Common width f, fraction eta of the Lorentzian, and their partials by the two widths. */
typedef struct {
  double f, f_g, f_l;
  double eta, eta_g, eta_l;
} Mixture;

/* Thompson, Cox and Hastings, J. Appl. Cryst. 20 (1987) 79. Widths relative to their sum: fifth powers stay
 * finite. */
static Mixture
mixture_of (const double *p)
{
  const double fwhm_g = xps_width_floor (p[FWHM_G], p[FWHM_L]), sum = fwhm_g + p[FWHM_L];
  const double g = fwhm_g / sum, l = p[FWHM_L] / sum;
  const double a = 2.69269, b = 2.42843, c = 4.47163, d = 0.07842;
  const double fifth =
      g * g * g * g * g + l * (a * g * g * g * g + l * (b * g * g * g + l * (c * g * g + l * (d * g + l))));
  const double fifth_g =
      5 * g * g * g * g + l * (4 * a * g * g * g + l * (3 * b * g * g + l * (2 * c * g + l * d)));
  const double fifth_l =
      a * g * g * g * g + l * (2 * b * g * g * g + l * (3 * c * g * g + l * (4 * d * g + 5 * l)));
  const double f = pow (fifth, 0.2), slope = f / (5 * fifth), q = l / f;
  const double eta_q = 1.36603 - q * (2 * 0.47719 - q * 3 * 0.11116);
  Mixture m = {.f = sum * f, .f_g = slope * fifth_g, .f_l = slope * fifth_l};
  m.eta = q * (1.36603 - q * (0.47719 - q * 0.11116));
  m.eta_g = -eta_q * q / m.f * m.f_g;
  m.eta_l = eta_q / m.f * (1 - q * m.f_l);
  return m;
}

void
xps_tch_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision, double *value,
                  double *const *partials)
{
  const Mixture m = mixture_of (p);
  const double per_width = 1 / m.f, area = p[AREA];
  for (size_t i = 0; i < n; i++) {
    const double t = (energy_ev[i] - p[CENTER]) * per_width, q = 1 / (1 + 4 * t * t);
    const double g = XPS_GAUSS_HEIGHT * per_width * exp (-XPS_4LN2 * t * t);
    const double l = XPS_LORENTZ_HEIGHT * per_width * q;
    const double by_t = -((1 - m.eta) * g * 2 * XPS_4LN2 * t + m.eta * l * 8 * t * q);
    const double unit = (1 - m.eta) * g + m.eta * l;
    const double by_width = -(unit + by_t * t) * per_width;
    value[i] = area * unit;
    xps_put (partials, CENTER, i, -area * by_t * per_width);
    xps_put (partials, AREA, i, unit);
    xps_put (partials, FWHM_G, i, area * (by_width * m.f_g + (l - g) * m.eta_g));
    xps_put (partials, FWHM_L, i, area * (by_width * m.f_l + (l - g) * m.eta_l));
  }
}

double
xps_tch_area (const double *p)
{
  return p[AREA];
}

double
xps_tch_fwhm (const double *p)
{
  return mixture_of (p).f;
}

double
xps_tch_maximum (const double *p)
{
  return p[CENTER];
}
