/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/series-desk.h"
#include "figure/trend.h"

/* Trends of a fitted series as a picture that can be pointed at. */

#define XPS_TYPE_SERIES_TREND (xps_series_trend_get_type ())
G_DECLARE_FINAL_TYPE (XpsSeriesTrend, xps_series_trend, XPS, SERIES_TREND, GtkWidget)

/* Signal "step-picked" (int): a step was pointed at. */
GtkWidget *xps_series_trend_new (void);
void xps_series_trend_show (XpsSeriesTrend *self, XpsSeriesDesk *desk);
void xps_series_trend_set_current (XpsSeriesTrend *self, int step);
/* Whether panels of this kind are shown. */
void xps_series_trend_set_panel (XpsSeriesTrend *self, XpsTrendKind kind, gboolean shown);
gboolean xps_series_trend_get_panel (XpsSeriesTrend *self, XpsTrendKind kind);
