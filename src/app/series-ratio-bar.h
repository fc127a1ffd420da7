/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/series-desk.h"
#include "series/atoms.h"

/* Below the trends' buttons while atomic percentages or ratios are shown: which species ratios are to, and
 * what they rest on. */

GtkWidget *xps_series_ratio_bar_new (void);
/* Species, then elements, that ratios can be to; char *, none for NULL. */
GPtrArray *xps_series_list_ratio_names (const XpsAtoms *atoms);
/* `desk` NULL: none. `ratios`: they are shown, and not percentages alone. */
void xps_series_ratio_bar_show (GtkWidget *bar, XpsSeriesDesk *desk, gboolean ratios);
