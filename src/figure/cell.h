/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/figure.h"
#include "figure/place.h"
#include "scene/panel.h"

/* The room's own: one spectrum's part of the page. First planned, then drawn. */

typedef struct {
  XpsName name;
  char *markup;
  guint colour;
} XpsCellName;

typedef struct {
  const XpsFigure *figure;
  gsize spectrum;
  const XpsFigureStyle *style;
  const XpsFigureCurves *curves;
  XpsAxisStyle axes;
  double small; /* text size of labels and notes */

  XpsPanel main, residual;
  XpsTicks x_ticks, y_ticks, residual_ticks;
  gboolean has_residual, in_sigma;
  double *residuals; /* [n], NaN outside the window */
  double residual_limit;
  guint n_beyond;       /* residuals outside the limit */
  double **tops;        /* [n_components][n]: component on the background */
  double y_low, y_high; /* of all curves in the window */
  GArray *names;        /* XpsCellName, sorted by apex; empty when they do not fit */
  gboolean names_fit;
} XpsCell;

void xps_cell_init (XpsCell *cell, const XpsFigure *figure, gsize spectrum, const XpsFigureStyle *style);
void xps_cell_clear (XpsCell *cell);

/* Lays the cell out in `rect`; `y_title`, `x_title`: leave room for them. `names`: try to place them. */
void xps_cell_plan (XpsCell *cell, XpsRect rect, gboolean x_title, gboolean y_title, gboolean names);

void xps_cell_draw (const XpsCell *cell, XpsSceneBuilder *builder, gboolean x_title, gboolean y_title);

/* How the parts look, for the key too. */
XpsStroke xps_cell_data_stroke (const XpsFigureStyle *style);
XpsStroke xps_cell_envelope_stroke (const XpsFigureStyle *style);
XpsStroke xps_cell_background_stroke (const XpsFigureStyle *style);
XpsStroke xps_cell_component_stroke (const XpsFigureStyle *style, guint colour, gboolean partner);
XpsInk xps_cell_component_fill (guint colour, gboolean partner);
/* Few enough points to be drawn as circles. */
gboolean xps_cell_has_markers (const XpsCell *cell);
