/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure/plot.h"

/* The room's own: what a person can take hold of in the plot. Grips are worked out anew from the curves
 * whenever they are asked for; nothing here knows a widget. */

#define XPS_GRIP_TARGET 24.0 /* pixels across, whatever is drawn */

typedef enum {
  XPS_GRIP_NONE,
  XPS_GRIP_APEX,            /* position and area of a component */
  XPS_GRIP_FLANK_LOW,       /* width, at the side of low binding energy */
  XPS_GRIP_FLANK_HIGH,      /* ... of high */
  XPS_GRIP_WINDOW_LOW,      /* end of the fit window at low binding energy */
  XPS_GRIP_WINDOW_HIGH,     /* ... at high */
  XPS_GRIP_BACKGROUND_LOW,  /* level of a static background at the low end */
  XPS_GRIP_BACKGROUND_HIGH, /* ... at the high end */
  XPS_GRIP_ANCHOR,          /* energy of an anchor of a static spline */
} XpsGripKind;

typedef struct {
  XpsGripKind kind;
  gsize index;      /* component or background */
  gsize anchor;     /* XPS_GRIP_ANCHOR: number in the list */
  gboolean partner; /* of the selected component: drawn smaller */
  gboolean outside; /* of the panel: not to be seen or touched, but keys reach it */
  double x, y;      /* centre, points of the scene */
  double energy;    /* binding energy there, eV */
  double value;     /* height, FWHM, level: as measured */
  double reach;     /* flanks: distance from the maximum as a share of the FWHM, signed */
  double apex;      /* flanks: energy of the maximum */
} XpsGrip;

/* Grips of the window, of static backgrounds, and of the selected component (-1: none) with those that move
 * with it; XpsGrip, later ones lie above. Only with a plot of one spectrum whose axis is an energy. */
GArray *xps_grips_new (const XpsPreview *preview, const XpsPlotLayout *layout, XpsPlotMode mode,
                       int component);
/* The grip at a place: nearest first; window ends answer over the whole height of the panel. FALSE: none. */
gboolean xps_grips_find (const GArray *grips, const XpsPlotLayout *layout, double x, double y, XpsGrip *grip);
/* The first grip of a kind that is no partner's. */
gboolean xps_grips_find_kind (const GArray *grips, XpsGripKind kind, XpsGrip *grip);

/* Component whose outline is within 6 points, else the largest whose fill holds the place; -1: none. */
int xps_grips_pick_component (const XpsPreview *preview, const XpsPlotLayout *layout, const XpsScene *scene,
                              double x, double y);

/* Pointer shape by its CSS name. */
const char *xps_grip_cursor (XpsGripKind kind);

/* Between what is shown and what was measured. */
double xps_plot_layout_to_shown (const XpsPlotLayout *layout, double intensity);
double xps_plot_layout_to_measured (const XpsPlotLayout *layout, double shown); /* panel value (log10) in */
double xps_plot_layout_to_axis (const XpsPlotLayout *layout, double binding);
double xps_plot_layout_to_binding (const XpsPlotLayout *layout, double shown);

/* Kinetic + binding energy, eV; NaN where the photon energy is not known. */
double xps_preview_get_energy_sum (const XpsPreview *preview);
/* The point nearest to an energy; -1 beyond the ends. */
gssize xps_preview_find_nearest (const XpsPreview *preview, double energy);
/* A curve between its points; NaN outside. `values` may be NULL. */
double xps_preview_interpolate (const XpsPreview *preview, const double *values, double energy);
