/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-area.h"

/* The room's own: how each region was looked at last, kept with the document. */

void xps_plot_area_recall (XpsPlotArea *self); /* the view of the region that is shown now */
void xps_plot_area_remember (XpsPlotArea *self);
void xps_plot_area_remember_soon (XpsPlotArea *self);
/* What only time would hand over: a burst of arrow keys, the view. */
void xps_plot_area_settle (XpsPlotArea *self);
