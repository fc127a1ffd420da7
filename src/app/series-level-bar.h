/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/series-desk.h"
#include "app/series-steps.h"

/* Of a series of several core levels: which level of the chosen step is on the plot, and a window in which
 * spectra are put into steps. Hidden where there is one level. */
GtkWidget *xps_series_level_bar_new (XpsSeriesDesk *desk, XpsSeriesSteps *steps);

/* Ties between core levels: areas in a ratio, positions at a distance, equal widths. A group for a list of
 * settings; NULL where there is one level. `changed` is called when rows of others may have changed. */
GtkWidget *xps_series_ties_new (XpsSeriesDesk *desk, void (*changed) (gpointer data), gpointer data);
