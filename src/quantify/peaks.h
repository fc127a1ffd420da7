/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "spectrum/energy.h"

/* Peaks of a spectrum that nobody has fitted yet, each with how sure it is. Noise comes from the counts
 * (Poisson) where the number of electrons is known, else from the scatter of neighbouring points; never less
 * than that scatter. Any spacing of points. */

typedef struct {
  double energy;       /* eV binding energy of the maximum, shift of the scale included */
  double height;       /* above the local background, in the unit of the intensity */
  double width;        /* eV: full width of the filter that answered best */
  double significance; /* answer of the filter over its standard deviation */
  double area;         /* height times width, unit times eV: for ratios within a factor of two only */
  gboolean at_least;   /* a crest between others or on a slope: its area is that above its feet at least */
} XpsSurveyPeak;

typedef struct {
  double least;     /* significance from which on a peak counts; 0: 5 */
  double narrow;    /* eV: the narrowest filter; 0: 1, or twice the step where that is more */
  double wide;      /* eV: the widest; 0: 12 */
  double low, high; /* eV binding energy; NaN: all */
} XpsPeakOptions;

void xps_peak_options_init (XpsPeakOptions *options);

/* XpsSurveyPeak, by energy. A matched filter (a Gaussian less its mean and slope) runs over the points at a
 * few widths; peaks are the maxima of its significance over place and width. NULL with error when the
 * spectrum has no axis of binding energies or fewer than 20 points. */
GArray *xps_find_peaks (const XpsSpectrum *spectrum, const XpsEnergyScale *scale,
                        const XpsPeakOptions *options, GError **error);

/* Standard deviation of each intensity, as above: out[n] in the order of the file. */
void xps_estimate_noise (const XpsSpectrum *spectrum, double *out);
