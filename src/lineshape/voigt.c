/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"
#include "numerics/voigt.h"

#include <math.h>
#include <string.h>

enum { CENTER, AREA, FWHM_G, FWHM_L };

static XpsFaddeevaLevel
level_of (XpsPrecision precision)
{
  return precision == XPS_PRECISION_ITERATION ? XPS_FADDEEVA_FAST : XPS_FADDEEVA_FULL;
}

static void
scale (double *restrict array, double factor, size_t n)
{
  for (size_t i = 0; array != NULL && i < n; i++)
    array[i] *= factor;
}

/* The hot path of every fit: the kernel has written straight into the caller's arrays, one pass scales them.
 */
static void
scale_all (size_t n, double area, double *restrict value, double *restrict unit, double *restrict center,
           double *restrict g, double *restrict l)
{
  for (size_t i = 0; i < n; i++) {
    unit[i] = value[i];
    value[i] *= area;
    center[i] *= area;
    g[i] *= area;
    l[i] *= area;
  }
}

void
xps_voigt_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision, double *value,
                    double *const *partials)
{
  static double *const none[XPS_SHAPE_MAX_ROLES];
  double *const *d = partials != NULL ? partials : none;
  xps_voigt_line (n, energy_ev, p[CENTER], xps_width_floor (p[FWHM_G], p[FWHM_L]), p[FWHM_L],
                  level_of (precision), value, d[CENTER], d[FWHM_G], d[FWHM_L]);
  if (p[AREA] == 1 && d[AREA] == NULL) /* a fit asks for unit shapes: nothing to scale in its hot path */
    return;
  if (d[CENTER] != NULL && d[AREA] != NULL && d[FWHM_G] != NULL && d[FWHM_L] != NULL) {
    scale_all (n, p[AREA], value, d[AREA], d[CENTER], d[FWHM_G], d[FWHM_L]);
    return;
  }
  if (d[AREA] != NULL)
    memcpy (d[AREA], value, n * sizeof *value);
  scale (value, p[AREA], n);
  for (int k = CENTER; k <= FWHM_L; k++)
    if (k != AREA)
      scale (d[k], p[AREA], n);
}

double
xps_voigt_area (const double *p)
{
  return p[AREA];
}

/* Newton on V(h) = V(0)/2 from the approximation of Olivero and Longbothum (JQSRT 17 (1977) 233), which is
 * within 2.4e-4: quadratic convergence reaches double precision in three steps. Widths in units of the
 * approximation, so that V is of order one. */
double
xps_voigt_fwhm (const double *p)
{
  const double fwhm_l = p[FWHM_L], fwhm_g = xps_width_floor (p[FWHM_G], fwhm_l);
  const double guess = 0.5346 * fwhm_l + sqrt (0.2166 * fwhm_l * fwhm_l + fwhm_g * fwhm_g);
  const double zero = 0;
  double height, half = 0.5;
  xps_voigt_line (1, &zero, 0, fwhm_g / guess, fwhm_l / guess, XPS_FADDEEVA_FULL, &height, NULL, NULL, NULL);
  for (int step = 0; step < 4; step++) {
    double value, slope;
    xps_voigt_line (1, &half, 0, fwhm_g / guess, fwhm_l / guess, XPS_FADDEEVA_FULL, &value, &slope, NULL,
                    NULL);
    half += (value - height / 2) / slope; /* d/d center = - d/d energy */
  }
  return 2 * half * guess;
}

double
xps_voigt_maximum (const double *p)
{
  return p[CENTER];
}
