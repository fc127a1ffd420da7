/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Inside the room only: how much of a window is noise. A static background sees counts, or counts/s, or
 * normalised data, so the noise is measured on the data themselves: the scatter of each point about the line
 * through its neighbours, its variance taken proportional to the level (Poisson up to a factor), or constant
 * where values are negative. Every question has the same answer for c * counts as for counts; counts are
 * handed over scaled, so that squares cannot overflow. */

/* scaled[i] = counts[i] / 2^e, the largest of order one: exact. Returns e. */
int xps_noise_scale (size_t n, const double *counts, double *scaled);

/* variance[n] of each point; n >= 3. work holds n doubles. */
void xps_noise_variance (size_t n, const double *energy_ev, const double *counts, double *variance,
                         double *work);

/* True when the counts do not depart from a straight line by more than their noise: nothing in the window
 * could be called a peak or a step. work holds n doubles. */
bool xps_noise_is_straight (size_t n, const double *energy_ev, const double *counts, const double *variance,
                            double *work);

/* True when somewhere five neighbours together lie below the curve by more than four standard errors (and by
 * more than 1e-3 of the range of the counts, so that rounding of smooth data is no finding). */
bool xps_noise_curve_above (size_t n, const double *counts, const double *curve, const double *variance);

/* True when the counts at the low (or high) end slope by more than four standard errors over the outer tenth
 * of the window (and by more than 1e-4 of the range of the counts). */
bool xps_noise_end_slopes (size_t n, const double *energy_ev, const double *counts, const double *variance,
                           bool high_end);
