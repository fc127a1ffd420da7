/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* The plot of the shown region, and the instrument: zoom, pan, handles, range ends, cross-hair. */

#define XPS_TYPE_PLOT (xps_plot_get_type ())
G_DECLARE_FINAL_TYPE (XpsPlot, xps_plot, XPS, PLOT, GtkWidget)

void xps_plot_set_session (XpsPlot *self, XpsSession *session);
