/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/frames.h"

/* The room's own: the checks of frames. */

#define XPS_FRAMES_REACH 4   /* neighbours on either side */
#define XPS_FRAMES_CLEAR 6.0 /* robust standard deviations */

void xps_frames_add_mark (GPtrArray *marks, XpsMarkKind kind, gsize step, gsize part, double score,
                          double size, gboolean bad, char *take_message);
/* Whether row[m] has only zeros at one end where near[n][m], up to 2 * XPS_FRAMES_REACH of them, have counts.
 * `last`: its last point with counts on that side; `share`: of its counts in those of its neighbours. */
gboolean xps_frames_find_cut (const double *row, gsize m, const double *const *near, gsize n, gsize *last,
                              double *share);
void xps_frames_check_photon_energies (GPtrArray *marks, const XpsSeries *series, gsize part);
void xps_frames_check_fits (GPtrArray *marks, const XpsSeriesRun *run);
