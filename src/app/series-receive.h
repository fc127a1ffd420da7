/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/series-desk.h"

/* A potentiostat's log or a table of clocks comes to an open series: chosen, or dropped on its window. */

/* What was matched, or why nothing was, is the desk's "message". */
void xps_series_receive_file (XpsSeriesDesk *desk, GFile *file);
/* The same, but of a log it is asked first how it is laid beside the steps; by a window over `parent`, with
 * the match that comes of it. */
void xps_series_receive_asking (GtkWidget *parent, XpsSeriesDesk *desk, GFile *file);
void xps_series_receive_drops (GtkWidget *widget, XpsSeriesDesk *desk);
