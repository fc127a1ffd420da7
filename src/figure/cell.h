/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/figure.h"
#include "figure/place.h"
#include "scene/panel.h"

/* The room's own: one spectrum's part of the page. First planned, then drawn. */

#define XPS_CELL_OWN_SCALE G_MAXINT

typedef struct {
  XpsName name;
  char *markup;
  XpsInk ink;
} XpsCellName;

typedef struct {
  const XpsFigure *figure;
  gsize spectrum;
  const XpsFigureStyle *style;
  const XpsFigureCurves *curves;
  XpsAxisStyle axes;
  double small;               /* text size of labels and notes */
  gboolean x_title, y_titles; /* whether the axes have theirs */
  gboolean x_title_outside;   /* below the cell: its panels are as high as those without a title */
  int scale;                  /* power of ten of the intensity labels, or XPS_CELL_OWN_SCALE */

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

/* Lays the cell out in `rect`, with the titles it is to have. `names`: try to place them. */
void xps_cell_plan (XpsCell *cell, XpsRect rect, gboolean names);

void xps_cell_draw (const XpsCell *cell, XpsSceneBuilder *builder);

/* How the parts look, for the key too. */
XpsStroke xps_cell_data_stroke (const XpsFigureStyle *style);
XpsStroke xps_cell_envelope_stroke (const XpsFigureStyle *style);
XpsStroke xps_cell_background_stroke (const XpsFigureStyle *style);
XpsStroke xps_cell_component_stroke (const XpsCell *cell, gsize component);
XpsInk xps_cell_component_fill (const XpsCell *cell, gsize component);
/* Diameter of the circles that the points are drawn as; 0 when there are too many for circles. */
double xps_cell_circle (const XpsCell *cell);
/* "Intensity (10^3 counts)" as markup. New string. */
char *xps_cell_dup_intensity_title (const char *unit, int scale);
