/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scene/scene.h"

/* The room's own: texts of a scene with the widget's font. */

/* All texts of the scene, in their order; NULL when it has none. A new node. */
GskRenderNode *xps_plot_text_new_node (GtkWidget *widget, const XpsScene *scene, const XpsTheme *theme);

/* A layout with figures of equal width, in the widget's font at `size` pixels. New. */
PangoLayout *xps_plot_text_new_layout (GtkWidget *widget, const char *text, double size);

/* Size of the widget's font in pixels at scale 1. */
double xps_plot_text_get_size (GtkWidget *widget);

GdkRGBA xps_plot_text_colour (const XpsTheme *theme, XpsInk ink, XpsUse use);
