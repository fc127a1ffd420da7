/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/figure.h"
#include "scene/panel.h"
#include "series/report.h"

/* Trends of a series as a figure: panels above each other on one clock, species in their colours, bands of
 * 95 % confidence, onsets as lines with their intervals; steps while the clock rises are filled, while it
 * falls open; suspect ones are crossed. */

#define XPS_TREND_MAX_PANELS 8

typedef struct {
  XpsTrendKind panels[XPS_TREND_MAX_PANELS]; /* from the top */
  gsize n_panels;
  int clock;                    /* of the series; -1: its axis */
  double x_low, x_high;         /* shown; NaN: all */
  int current;                  /* step drawn stronger, -1: none */
  double brush_low, brush_high; /* a stretch of the clock that is picked out; NaN: none */
  gboolean onsets;
  const char *const *species; /* NULL-terminated: only these; NULL: all */
  gboolean screen;            /* words in the language of the program */
} XpsTrendView;

/* Areas, positions, quality; onsets shown. */
void xps_trend_view_init (XpsTrendView *view);

/* Where things came to lie. */
typedef struct {
  XpsPanel panels[XPS_TREND_MAX_PANELS];
  gboolean shifted[XPS_TREND_MAX_PANELS]; /* values less those of the first step: lines lie far apart */
  gsize n_panels;
} XpsTrendLayout;

/* Hit areas: "panel:NUMBER". `layout` may be NULL. Never NULL. */
XpsScene *xps_trend_plot_build (const XpsSeriesReport *report, const XpsTrendView *view,
                                const XpsFigureStyle *style, XpsTrendLayout *layout);

/* For paper; style NULL: two columns of a journal. */
XpsScene *xps_trend_figure_build (const XpsSeriesReport *report, const XpsFigureStyle *style);

/* The step whose point in any panel is nearest to (x, y), within `tolerance` points along x and anywhere in
 * the panel along y; -1: none. */
int xps_trend_plot_find_step (const XpsTrendLayout *layout, const XpsSeriesReport *report,
                              const XpsTrendView *view, double x, double y, double tolerance);

/* Palette entry of a species: the same in all panels. */
guint xps_trend_get_colour (const XpsSeriesReport *report, const char *species);
