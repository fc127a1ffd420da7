/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Inside of the room: the Gaussian-Lorentzian product of unit height and unit width parameter,
 * g (t) = exp (-4 ln 2 (1 - mix) t^2) / (1 + 4 mix t^2), mix a fraction. */

typedef struct {
  double value, by_t, by_mix;
} XpsGlPoint;

XpsGlPoint xps_gl_point (double t, double mix);

/* Integral over all t and its derivative by mix. The derivative has no bound at mix = 1 (the Gaussian cuts
 * off the Lorentzian's tails): it is given for the largest mix below 1 - 1e-8. */
double xps_gl_unit_area (double mix, double *by_mix);

/* t > 0 of half height. */
double xps_gl_half_width (double mix);
