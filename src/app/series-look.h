/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/series-desk.h"

/* The pictures of a series: trends, maps, waterfall, with what chooses among them, and the player below. */

#define XPS_TYPE_SERIES_LOOK (xps_series_look_get_type ())
G_DECLARE_FINAL_TYPE (XpsSeriesLook, xps_series_look, XPS, SERIES_LOOK, GtkWidget)

/* Signal "step-picked" (int). */
GtkWidget *xps_series_look_new (void);
/* The line above, for further controls. Borrowed. */
GtkBox *xps_series_look_get_bar (XpsSeriesLook *self);
void xps_series_look_show (XpsSeriesLook *self, XpsSeriesDesk *desk);
void xps_series_look_set_current (XpsSeriesLook *self, int step);
/* Keys of the player, wherever the focus is within `widget`. */
void xps_series_look_take_keys (XpsSeriesLook *self, GtkWidget *widget);
/* The present picture for paper, by the file's ending. */
gboolean xps_series_look_export (XpsSeriesLook *self, const char *path, GError **error);
