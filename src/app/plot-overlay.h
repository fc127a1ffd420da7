/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-area-private.h"

/* The room's own: what lies above the curves and changes without them: handles, window, cross-hair, box, the
 * value beside the pointer, the ring of the focus. */

void xps_plot_overlay_snapshot (XpsPlotArea *self, GtkSnapshot *snapshot);
