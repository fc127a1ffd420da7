/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/series-desk.h"
#include "app/window.h"

/* A series beside the main window: steps, trends, onsets, fit. A step that is chosen is shown in the main
 * window. */

/* The series of the document that the shown region belongs to, else a new one of the selected regions; says
 * in the main window why there is none. */
GtkWindow *xps_series_window_present (XpsWindow *parent);
/* Shows this series of the document, in the place of another one that is open. NULL: it cannot be read, which
 * was told. */
GtkWindow *xps_series_window_open (XpsWindow *parent, guint entry);
/* Borrowed. */
XpsSeriesDesk *xps_series_window_get_desk (GtkWindow *window);
