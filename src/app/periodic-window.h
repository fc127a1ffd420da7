/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/periodic-table.h"
#include "app/window.h"

/* Lines of chosen elements: on the plot as ghosts, and as a table with their cross sections at the photon
 * energy of the shown region. A window beside the main one. */
GtkWindow *xps_periodic_window_present (XpsWindow *parent);
XpsPeriodicTable *xps_periodic_window_get_table (GtkWindow *window);

/* The lines of these elements (symbols, NULL-terminated) as ghosts on the plot of a window; none: no ghosts.
 */
void xps_periodic_show_on_plot (XpsWindow *window, const char *const *symbols);
