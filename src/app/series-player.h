/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/series-desk.h"

/* Through the steps of a series one after the other: by slider, by keys, or by itself. Where animations are
 * not wanted it goes no faster than two steps a second. */

#define XPS_TYPE_SERIES_PLAYER (xps_series_player_get_type ())
G_DECLARE_FINAL_TYPE (XpsSeriesPlayer, xps_series_player, XPS, SERIES_PLAYER, GtkWidget)

/* Signal "step-picked" (int). */
GtkWidget *xps_series_player_new (void);
void xps_series_player_show (XpsSeriesPlayer *self, XpsSeriesDesk *desk);
void xps_series_player_set_current (XpsSeriesPlayer *self, int step);
/* Left and Right, Home and End, Page Up and Page Down of `widget`, but where text is typed; space plays. */
void xps_series_player_take_keys (XpsSeriesPlayer *self, GtkWidget *widget);
/* Whether it goes on by itself. */
void xps_series_player_set_playing (XpsSeriesPlayer *self, gboolean playing);
gboolean xps_series_player_get_playing (XpsSeriesPlayer *self);
