/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/figure.h"
#include "figure/ghost.h"
#include "figure/species-colours.h"
#include "fit/preview.h"
#include "scene/panel.h"

/* The plot on screen: figures with a view that a person moves, and the layout they are drawn in, so that a
 * pointer position can be turned into energy and intensity. Everything drawn is in the scene, which prints as
 * it is. */

typedef enum {
  XPS_PLOT_SINGLE,  /* the first spectrum with its fit and residuals; the others faint behind it */
  XPS_PLOT_OVERLAY, /* all spectra on one pair of axes, a colour each */
  XPS_PLOT_STACK,   /* the same, each lifted above the one before */
  XPS_PLOT_HEAT,    /* energy against number of spectrum (from 1, upwards), intensity as colour: long series;
                     * y of view and layout are these numbers */
} XpsPlotMode;

typedef enum {
  XPS_NORMALISE_NONE,
  XPS_NORMALISE_MAXIMUM, /* each spectrum: minimum 0, maximum 1 within the shown energies */
  XPS_NORMALISE_AREA,    /* each spectrum: mean 1 within the shown energies */
} XpsNormalise;

typedef struct {
  double x_low, x_high; /* shown energies on the shown axis; NaN: all */
  double y_low, y_high; /* shown intensities; NaN: what the data in x need */
  gboolean kinetic;     /* kinetic instead of binding energy */
  gboolean per_second;  /* counts/s instead of counts, where the live time is known */
  gboolean log;         /* decades; values <= 0 are gaps and said so */
  XpsNormalise normalise;
  XpsPlotMode mode;
  double stack_step; /* lift of each spectrum as a share of the largest one's range; 0: 0.25 */
  gboolean residuals;
  const char *selected; /* component drawn stronger, with the other line of its doublet; or NULL */
  gsize current;        /* which of the spectra is the current one; 0 */
  const XpsFigureGhost
      *ghosts; /* lines of the literature, or NULL; their names have a strip above the panel */
  gsize n_ghosts;
  const XpsSpeciesColours *colours; /* of the document; NULL: by order within the spectrum */
  gboolean paper;                   /* without what only a person at work needs: ends of the fit window */
} XpsPlotView;

void xps_plot_view_init (XpsPlotView *view);

/* Where things came to lie, in points of the scene. With `log` the panel's y is log10. */
typedef struct {
  XpsPanel main, residual;
  gboolean has_residual;
  gboolean log;
  gboolean kinetic, per_second; /* as shown; wishes that the data cannot meet are left out. Without `kinetic`
                                 * shown energies are those of the preview */
  double intensity_factor;      /* shown intensity = factor * measured - offset (normalising) */
  double intensity_offset;      /* of the current spectrum, with its lift in a stack */
  double energy_sum;            /* kinetic = energy_sum - binding; NaN when not known */
} XpsPlotLayout;

/* `previews`: what to show, in the order of a series; the one with number view->current is the one a person
 * works on: SINGLE shows its fit, all take axes and units from it. Others with another kind of energy are
 * left out and counted in the key. Colours and labels come from the models. `titles`: a plain name for each
 * in legends, entries or the array may be NULL. The style's size is the widget's, in points (pixels at scale
 * 1); style->line_unit 1 on screen. Texts are in the language of the program. Hit areas
 * (xps_scene_find_nearest() asks for one kind): "component:NAME" of outline and fill, smaller ones above
 * larger ones; "data", "envelope", "background"; "window-low" and "window-high", the ends of the fit window
 * in binding energy; "main" and "residual", the panels; "spectrum:NUMBER" in overlay and stack of up to 64
 * spectra. The panels' places depend on size, text size, legend and whether there are residuals, not on what
 * part of the data is shown. Thins out per column, so that a thousand spectra stay fast: of more than a
 * screen can show, every second, third, ... is drawn, and the key says so. Never NULL. */
XpsScene *xps_plot_build (const XpsPreview *const *previews, const char *const *titles, gsize n,
                          const XpsFigureStyle *style, const XpsPlotView *view, XpsPlotLayout *layout);

/* The view that shows everything of the current spectrum's axis; and of its fit window with a margin. */
void xps_plot_fit_view (const XpsPreview *preview, gboolean window_only, XpsPlotView *view);

/* A style for the screen: text sizes in pixels at scale 1. */
void xps_plot_style_init (XpsFigureStyle *style, double width, double height, double text_size);

/* The line that component `component` is drawn with: colour, width, dash; for swatches and for what is drawn
 * beside the plot. */
XpsStroke xps_plot_get_component_stroke (const XpsPreview *preview, gsize component,
                                         const XpsFigureStyle *style);

/* A tiny curve for a tree row: data only, no axes. */
XpsScene *xps_plot_build_thumbnail (const XpsSpectrum *spectrum, double width, double height);
