/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/session.h"
#include "figure/plot.h"

/* The plot of the shown region, and the instrument: zoom, pan, handles, window and background ends,
 * cross-hair. OpenGL paints the scene; Cairo does where OpenGL is missing; text and handles lie on top of
 * both. Properties, notified, for actions of the window: "kinetic", "per-second", "log", "residuals",
 * "cross-hair", "ghosts" (lines of the reference database in view), "second-hand" (also those that nobody
 * looked up) (boolean), "normalise" ("none", "maximum", "area"), "mode" ("single", "overlay", "stack",
 * "heat"), "tool"
 * ("select", "add-component", "zoom"). */

#define XPS_TYPE_PLOT_AREA (xps_plot_area_get_type ())
G_DECLARE_FINAL_TYPE (XpsPlotArea, xps_plot_area, XPS, PLOT_AREA, GtkWidget)

void xps_plot_area_set_session (XpsPlotArea *self, XpsSession *session);

/* Views: the last ten are kept for back and forward. */
void xps_plot_area_zoom (XpsPlotArea *self, double factor); /* energy, around the middle; > 1 shows less */
void xps_plot_area_zoom_intensity (XpsPlotArea *self, double factor);
void xps_plot_area_zoom_to_all (XpsPlotArea *self);
void xps_plot_area_zoom_to_window (XpsPlotArea *self); /* the fit window with a margin */
void xps_plot_area_pan (XpsPlotArea *self, double pages);
gboolean xps_plot_area_go_back (XpsPlotArea *self);
gboolean xps_plot_area_go_forward (XpsPlotArea *self);

/* Lines of the reference database to show as ghosts instead of all that lie in view: of a level ("S 2p" takes
 * in "S 2p3/2"; NULL: any) and a species (NULL: any), second-hand ones too, and marked; or all lines of an
 * element, its Auger lines among them, whatever it is bound in (`element` not NULL: the others do not count).
 * Switches "ghosts" on; with none, back to what lies in view. Copied. */
typedef struct {
  const char *level, *species, *element;
} XpsPlotGhostWish;

void xps_plot_area_set_ghosts (XpsPlotArea *self, const XpsPlotGhostWish *wishes, gsize n);

/* What is on screen, made anew for a page of `width` x `height` points for export; never NULL. */
XpsScene *xps_plot_area_build_export (XpsPlotArea *self, double width, double height);

/* "opengl" or "cairo": who paints. */
const char *xps_plot_area_get_painter (XpsPlotArea *self);
/* Time from the last change of the model to the end of its painting, in ms; for the benchmark. */
double xps_plot_area_get_last_frame_ms (XpsPlotArea *self);

/* Keys of the plot while it has the focus, for the window that lists all keys: accelerators separated by
 * blanks and a title to be translated. */
typedef struct {
  const char *accels, *title;
} XpsPlotKeys;

const XpsPlotKeys *xps_plot_area_get_keys (gsize *n);

/* Where a point of the main panel lies in the widget (for tests and pointer tools): FALSE when not shown.
 * As on the axes: of the energy, the unit and the scale that are shown. */
gboolean xps_plot_area_locate (XpsPlotArea *self, double energy, double intensity, double *x, double *y);
