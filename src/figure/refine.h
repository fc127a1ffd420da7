/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/curves.h"
#include "fit/preview.h"

/* The room's own: a model's curves between the measured points, so that a peak of few points is round and its
 * top is where its handle is. */

/* `curves` of the preview on an axis that is shown from `low` to `high` over `width` points of the page:
 * energy, background, envelope and components inside the fit window and the shown part, on a finer grid that
 * holds every measured point. Components are evaluated, backgrounds, which are known at the points alone, run
 * through them by monotone cubics (F. N. Fritsch, J. Butland, SIAM J. Sci. Stat. Comput. 5 (1984) 300). NULL
 * where the points lie close enough, or nothing is fitted. */
XpsFigureCurves *xps_refine_new (const XpsPreview *preview, const XpsFigureCurves *curves, double low,
                                 double high, double width);
void xps_refine_free (XpsFigureCurves *refined);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsFigureCurves, xps_refine_free)
