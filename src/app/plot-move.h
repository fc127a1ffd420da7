/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-grip.h"

/* The room's own: what moving a grip does to a model. The links, the bounds and the steps of undo are those
 * of fit/edit and of the session. */

typedef struct {
  double energy;    /* binding energy that the grip is taken to, eV; NaN: left alone */
  double intensity; /* measured intensity that it is taken to; NaN: left alone */
} XpsGripTarget;

/* Changes `model`, a copy of the one the grip was made from; `preview` shows the curves as they are now. */
void xps_grip_move (const XpsGrip *grip, const XpsPreview *preview, const XpsGripTarget *target,
                    XpsModel *model);

/* To the maximum of the data within `reach` eV of the target, through the parabola of its neighbours; the
 * target stays when there are no data. */
void xps_grip_snap (const XpsPreview *preview, double reach, XpsGripTarget *target);

/* Mean distance of the points, eV. */
double xps_preview_get_step (const XpsPreview *preview);
