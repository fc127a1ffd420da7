/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/series-trend.h"

/* What can be done with the steps that are picked out in the trends: fit them, leave them out, look at them
 * alone. Seen while there are some, or while the trends show a part. */

#define XPS_TYPE_SERIES_BRUSH (xps_series_brush_get_type ())
G_DECLARE_FINAL_TYPE (XpsSeriesBrush, xps_series_brush, XPS, SERIES_BRUSH, GtkWidget)

GtkWidget *xps_series_brush_new (XpsSeriesTrend *trend);
void xps_series_brush_show (XpsSeriesBrush *self, XpsSeriesDesk *desk);
/* The other end of a stretch that keys make from the current step on. */
void xps_series_brush_extend (XpsSeriesBrush *self, int current, int by);
