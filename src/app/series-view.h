/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/series-desk.h"
#include "figure/stack-plot.h"

/* The spectra of a series as a map or a waterfall that can be pointed at. */

#define XPS_TYPE_SERIES_VIEW (xps_series_view_get_type ())
G_DECLARE_FINAL_TYPE (XpsSeriesView, xps_series_view, XPS, SERIES_VIEW, GtkWidget)

/* Signal "step-picked" (int): a step was pointed at. */
GtkWidget *xps_series_view_new (void);
void xps_series_view_show (XpsSeriesView *self, XpsSeriesDesk *desk);
void xps_series_view_set_kind (XpsSeriesView *self, XpsStackKind kind);
void xps_series_view_set_current (XpsSeriesView *self, int step);
/* Differences are taken to this step; -1: the first. */
void xps_series_view_set_first (XpsSeriesView *self, int step);
/* The same for paper; NULL: nothing is shown. */
XpsScene *xps_series_view_build_export (XpsSeriesView *self);
