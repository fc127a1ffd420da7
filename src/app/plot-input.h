/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/plot-area-private.h"

/* The room's own: pointer, touch and keys of the plot. */

void xps_plot_input_add_controllers (XpsPlotArea *self);
/* What is under the pointer now, and the pointer's shape. */
void xps_plot_input_update_hover (XpsPlotArea *self);

/* In order of position on the screen. `round`: from the last to the first; else FALSE at the end. */
gboolean xps_plot_input_select_next (XpsPlotArea *self, int direction, gboolean round);
GtkEventController *xps_plot_keys_new (XpsPlotArea *self);
/* A key of the table in plot-keys.c; FALSE: none of the plot's. */
gboolean xps_plot_keys_press (XpsPlotArea *self, guint key, GdkModifierType state);
