/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quantify/peaks.h"

/* Points of a spectrum by ascending binding energy with their noise (an array of the room's own records). */
GArray *xps_survey_points_new (const XpsSpectrum *spectrum, const XpsEnergyScale *scale, GError **error);
GArray *xps_survey_find (const GArray *points, const XpsPeakOptions *options);
/* Height of a Gaussian of full width `width` at `place` over a constant, a slope and a step, by weighted
 * least squares, and its standard deviation, widened where the shape does not fit. FALSE: too few points. */
gboolean xps_survey_filter (const GArray *points, double place, double width, double *height, double *sigma);
/* FALSE: too few points. */
gboolean xps_survey_get_range (const GArray *points, double *low, double *high);
