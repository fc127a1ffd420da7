/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/frames.h"

/* The room's own: the checks of frames. */

#define XPS_FRAMES_REACH 4   /* neighbours on either side */
#define XPS_FRAMES_CLEAR 6.0 /* robust standard deviations */

void xps_frames_add_mark (GPtrArray *marks, XpsMarkKind kind, gsize step, gsize part, double score,
                          double size, gboolean bad, char *take_message);
void xps_frames_check_photon_energies (GPtrArray *marks, const XpsSeries *series, gsize part);
void xps_frames_check_fits (GPtrArray *marks, const XpsSeriesRun *run);
