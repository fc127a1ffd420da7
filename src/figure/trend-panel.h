/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/trend.h"

/* The room's own: one panel of trends. */

typedef struct {
  const XpsSeriesReport *report;
  const XpsTrendView *view;
  const XpsClock *clock;
  const gint8 *direction; /* [steps] of the clock at each step: 1 rises, -1 falls */
  double line_unit, text_size;
} XpsTrendDrawing;

/* Trends of the panel's kind that are shown; borrowed. */
GPtrArray *xps_trend_panel_list (const XpsTrendDrawing *self, XpsTrendKind kind);
/* Where a line stood at the first step that is believed and tells it well (within ten times the smallest
 * error); else at its first one not frozen, else at its first; NaN: nowhere. */
double xps_trend_find_first (const XpsSeriesReport *report, const XpsTrend *trend);
/* The trends less their first values, own copies, when those lie so far apart that the panel would show
 * nothing of how they change; NULL: they are drawn as they are. */
GPtrArray *xps_trend_panel_dup_shifts (const XpsTrendDrawing *self, const GPtrArray *trends);
/* Values that the panel must hold, error bars included as far as they are not absurd. */
void xps_trend_panel_find_range (const XpsTrendDrawing *self, const GPtrArray *trends, double *low,
                                 double *high);
void xps_trend_panel_draw (const XpsTrendDrawing *self, const GPtrArray *trends, const XpsPanel *panel,
                           XpsSceneBuilder *builder);
