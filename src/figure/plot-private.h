/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/cell.h"
#include "figure/key.h"
#include "figure/plot-scale.h"

/* The room's own: everything between a wish and a scene. */

typedef struct {
  XpsFigureStyle style;
  const XpsPlotView *view;
  gsize n, current;
  XpsPlotSpectrum *spectra; /* [n] */
  const char *const *titles;
  XpsCellView shown;
  XpsPlotLayout layout;
  const void *own; /* of the mode that draws */
} XpsPlot;

/* Each fills in the layout. */
void xps_plot_draw_single (XpsPlot *plot, XpsSceneBuilder *builder);
void xps_plot_draw_many (XpsPlot *plot, XpsSceneBuilder *builder); /* overlay and stack */
void xps_plot_draw_heat (XpsPlot *plot, XpsSceneBuilder *builder);

/* What the modes do in their own way: the key; what lies above the panels (NULL: nothing). */
typedef struct {
  XpsFigureKey *(*make_key) (const XpsPlot *plot, const XpsCell *cell);
  void (*finish) (const XpsPlot *plot, const XpsCell *cell, XpsSceneBuilder *builder);
} XpsPlotMethods;

/* Key and panels of `figure`, shown as plot->shown says. */
void xps_plot_draw_page (XpsPlot *plot, const XpsFigure *figure, const XpsPlotMethods *methods,
                         XpsSceneBuilder *builder);

/* Whether spectrum `i` has the same kind of energy as the current one, so that it can be shown with it. */
gboolean xps_plot_can_show (const XpsPlot *plot, gsize i);
#define XPS_PLOT_NAME_ROW 1.12 /* least distance of names, of the text size */

/* Room for the names of all spectra at the right edge, the same wherever the view goes. */
void xps_plot_reserve_names (XpsPlot *plot);
/* The name there at height `y`, that of the current one bold. */
void xps_plot_draw_name (const XpsPlot *plot, const XpsCell *cell, XpsSceneBuilder *builder, gsize i,
                         XpsInk ink, double y);
/* Markup; the number where there is no title. New string. */
char *xps_plot_dup_name (const XpsPlot *plot, gsize i);

/* Unit of all that are shown, NULL where they differ or have none. */
const char *xps_plot_get_unit (const XpsPlot *plot);
/* Plain title or NULL. */
const char *xps_plot_get_title (const XpsPlot *plot, gsize i);
/* Colour of spectrum `i` among several. */
XpsInk xps_plot_ink (const XpsPlot *plot, gsize i);
/* About how large the main panel will be, points. */
double xps_plot_guess_width (const XpsPlot *plot);
double xps_plot_guess_height (const XpsPlot *plot);
