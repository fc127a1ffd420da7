/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/item.h"

/* Thins a curve to what can be seen: of the points in each column of `column` points' width the first, the
 * last, the highest and the lowest stay (the first of equals), in their order, so that the drawn line covers
 * the same pixels. The columns are aligned with the page, not with the data, so that panning does not make
 * the curve flicker. Gaps (NaN) stay, one for a run of them. `base` is NULL or a second curve over the same
 * x, whose extremes stay too. Curves with fewer than four (with a base: six) points a column in the mean, and
 * curves that turn back in x, are left whole. Indices of the points that stay, rising, are written to `kept`
 * [n]; their number is returned. */
gsize xps_thin (gsize n, const XpsPoint *points, const double *base, double column, gsize *kept);

/* Leaves out points that lie on the line between their neighbours: what is drawn from the points that stay
 * runs nowhere further than `tolerance` points above or below the whole curve (and `base` likewise). Smooth
 * curves become several times shorter, noise stays. For curves that run one way in x; where one turns back or
 * has a gap, its points stay. Indices to `kept` as above. One pass: a chord may go on as long as some line
 * from its beginning passes all points between within the tolerance (J. Sklansky, V. Gonzalez, Pattern
 * Recognition 12 (1980) 327). */
gsize xps_simplify (gsize n, const XpsPoint *points, const double *base, double tolerance, gsize *kept);
