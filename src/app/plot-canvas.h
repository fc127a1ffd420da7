/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scene/scene.h"

/* The room's own: a widget that shows a scene made for its size, one point of the scene a pixel at scale 1.
 * OpenGL paints it where there is OpenGL, else Cairo does; texts lie above in the widget's font. What was
 * painted is kept: the widget can be drawn again (because something above it changed) at no cost. */

typedef enum {
  XPS_PLOT_PAINTER_BEST, /* OpenGL; Cairo for small scenes where OpenGL is done in software */
  XPS_PLOT_PAINTER_CAIRO,
  XPS_PLOT_PAINTER_OPENGL, /* where it works */
} XpsPlotPainter;

#define XPS_TYPE_PLOT_CANVAS (xps_plot_canvas_get_type ())
G_DECLARE_FINAL_TYPE (XpsPlotCanvas, xps_plot_canvas, XPS, PLOT_CANVAS, GtkWidget)

XpsPlotCanvas *xps_plot_canvas_new (void);
/* NULL: an empty canvas. */
void xps_plot_canvas_set_scene (XpsPlotCanvas *self, XpsScene *scene);
/* A theme of scene/theme.h, never freed. */
void xps_plot_canvas_set_theme (XpsPlotCanvas *self, const XpsTheme *theme);
/* For tests and comparisons. */
void xps_plot_canvas_set_painter (XpsPlotCanvas *self, XpsPlotPainter painter);
/* "opengl" or "cairo": who paints this scene. */
const char *xps_plot_canvas_get_painter (XpsPlotCanvas *self);
