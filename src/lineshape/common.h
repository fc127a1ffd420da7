/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <math.h>
#include <stddef.h>

/* Inside of the room: constants and small things that every shape needs. */

#define XPS_LN2            0.69314718055994530942
#define XPS_4LN2           2.77258872223978123767
#define XPS_GAUSS_HEIGHT   0.93943727869965133377 /* 2 sqrt (ln 2 / pi): height times FWHM at unit area */
#define XPS_LORENTZ_HEIGHT 0.63661977236758134308 /* 2 / pi */
#define XPS_FWHM_PER_SIGMA 2.35482004503094938202 /* 2 sqrt (2 ln 2) */
#define XPS_SQRT_PI        1.77245385090551602730

/* Least width in eV. Shapes of two widths may have one of them zero; where both together fall below the
 * least, the Gaussian one makes up the rest: a continuous rule without a division by zero. */
#define XPS_WIDTH_MIN 1e-4
#define XPS_WIDTH_MAX 1e3

static inline double
xps_width_floor (double fwhm_g, double other)
{
  return fmax (fwhm_g, XPS_WIDTH_MIN - other);
}

static inline void
xps_put (double *const *partials, size_t role, size_t i, double derivative)
{
  if (partials != NULL && partials[role] != NULL)
    partials[role][i] = derivative;
}
