/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/cell-view.h"
#include "figure/place.h"

/* The room's own: one spectrum's part of the page. First planned, then drawn. */

#define XPS_CELL_OWN_SCALE G_MAXINT

/* A figure of curves that stay where they are and outlive it. */
XpsFigure *xps_figure_new_borrowed (const XpsFigureCurves *const *spectra, gsize n_spectra);

typedef struct {
  const XpsFigure *figure;
  gsize spectrum;
  const XpsFigureStyle *style;
  const XpsFigureCurves *curves;
  const XpsCellView *view; /* NULL on paper */
  XpsAxisStyle axes;
  double small;               /* text size of labels and notes */
  gboolean x_title, y_titles; /* whether the axes have theirs */
  gboolean x_title_outside;   /* below the cell: its panels are as high as those without a title */
  int scale;                  /* power of ten of the intensity labels, or XPS_CELL_OWN_SCALE */

  XpsPanel main, residual;
  XpsTicks x_ticks, y_ticks, residual_ticks;
  GArray *y_marks; /* instead of y_ticks on a logarithmic axis */
  double left;     /* between the panels and the titles of their y axes: labels */
  gboolean has_residual, in_sigma;
  gsize first, n;               /* the points that lie in the shown energies, and one more on each side */
  const XpsFigureCurves *model; /* whose background, envelope and components are drawn ... */
  gsize model_first, model_n;   /* ... and which of their points */
  double *owned[4];             /* memory of the curves below where they are not the figure's own */
  const double *intensity;      /* [curves->n] as drawn */
  const double *background, *envelope; /* [model->n] as drawn, or NULL */
  const double *base;                  /* [model->n] what components stand on, or NULL: zero */
  double *residuals;                   /* [curves->n], NaN outside the window */
  double residual_limit;
  guint n_beyond;       /* residuals outside the limit */
  guint n_gaps;         /* shown points without a logarithm */
  double **tops;        /* [n_components][model->n]: component on the background */
  double y_low, y_high; /* of all curves in the window */
  GArray *names;        /* XpsCellName, sorted by apex; empty when they do not fit */
  gboolean names_fit;
} XpsCell;

typedef struct {
  XpsName name;
  char *markup;
  XpsInk ink;
} XpsCellName;

void xps_cell_init (XpsCell *cell, const XpsFigure *figure, gsize spectrum, const XpsFigureStyle *style);
void xps_cell_clear (XpsCell *cell);

/* Lays the cell out in `rect`, with the titles it is to have. `names`: try to place them. */
void xps_cell_plan (XpsCell *cell, XpsRect rect, gboolean names);
/* The same on screen, by cell->view: margins do not depend on what is shown, so that panels stay where they
 * are while a person moves about. */
void xps_cell_plan_view (XpsCell *cell, XpsRect rect);
/* How far the panel lies from the left edge of its rectangle on screen, but for very long labels. */
double xps_cell_usual_left (const XpsCell *cell);

/* Of n energies that run one way: those within [low, high], and one more on each side, where the curve leaves
 * the panel. */
void xps_cell_find_shown (gsize n, const double *energy, double low, double high, gsize *first, gsize *count);
/* Of the planning: the curves as drawn and their range within [low, high]; the residuals there. */
void xps_cell_prepare_curves (XpsCell *cell, double low, double high);
void xps_cell_prepare_residuals (XpsCell *cell, double low, double high);

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
char *xps_cell_dup_intensity_title (gboolean screen, const char *unit, int scale);
