/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/series-desk.h"
#include "figure/trend.h"

/* Trends of a fitted series as a picture that can be pointed at. */

#define XPS_TYPE_SERIES_TREND (xps_series_trend_get_type ())
G_DECLARE_FINAL_TYPE (XpsSeriesTrend, xps_series_trend, XPS, SERIES_TREND, GtkWidget)

/* Signals "step-picked" (int): a step was pointed at; "brushed": a drag picked out a stretch of the clock, or
 * there is none any more. */
GtkWidget *xps_series_trend_new (void);
void xps_series_trend_show (XpsSeriesTrend *self, XpsSeriesDesk *desk);
void xps_series_trend_set_current (XpsSeriesTrend *self, int step);
/* Whether panels of this kind are shown. */
void xps_series_trend_set_panel (XpsSeriesTrend *self, XpsTrendKind kind, gboolean shown);
gboolean xps_series_trend_get_panel (XpsSeriesTrend *self, XpsTrendKind kind);
/* Numbers of the steps (guint) in the stretch that is picked out; empty: none. New array. */
GArray *xps_series_trend_dup_brushed (XpsSeriesTrend *self);
/* The stretch from one step to another, in either order; -1: none. */
void xps_series_trend_set_brush (XpsSeriesTrend *self, int from, int to);
/* Shows that stretch alone, or everything again. */
void xps_series_trend_zoom (XpsSeriesTrend *self, gboolean to_brush);
gboolean xps_series_trend_is_zoomed (XpsSeriesTrend *self);
/* `factor` times the stretch that is shown, about the pointer or the middle, moved by `by` of it. */
void xps_series_trend_move (XpsSeriesTrend *self, double factor, double by);
/* The panels that are shown, for paper; NULL: there are no trends yet, or no panel. */
XpsScene *xps_series_trend_build_export (XpsSeriesTrend *self);
