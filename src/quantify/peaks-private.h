/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quantify/peaks.h"

typedef struct {
  double energy, y, sigma;
} XpsSurveyPoint;

/* Points of a spectrum by ascending binding energy with their noise. */
GArray *xps_survey_points_new (const XpsSpectrum *spectrum, const XpsEnergyScale *scale, GError **error);
GArray *xps_survey_find (const GArray *points, const XpsPeakOptions *options);
/* Height of a Gaussian of full width `width` at `place` over a constant, a slope and a step, by weighted
 * least squares, and its standard deviation, widened where the shape does not fit. FALSE: too few points. */
gboolean xps_survey_filter (const GArray *points, double place, double width, double *height, double *sigma);
/* Maxima of the smoothed points (full width `width`) that stand out of their surroundings by `least` standard
 * deviations and the depth that the lowest of them has by chance. */
void xps_survey_add_crests (const GArray *points, const XpsPeakOptions *options, double width, double least,
                            GArray *peaks);
/* FALSE: too few points. */
gboolean xps_survey_get_range (const GArray *points, double *low, double *high);
/* The step nearest to the Fermi level (0 eV) that fits best, within `off` of it: a Gaussian-broadened step on
 * a constant through the points within `reach`; its standard deviations. FALSE: none, or it lies at the end
 * of the search. */
gboolean xps_survey_find_edge (const GArray *points, double reach, double off, double *energy, double *error,
                               double *significance);
