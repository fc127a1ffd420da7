/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/series-desk.h"

/* What atomic ratios of the desk's series rest on, and which of them are shown: a window over `parent`. Every
 * choice is an edit at once; undo takes it back. */
GtkWindow *xps_series_quantity_present (GtkWindow *parent, XpsSeriesDesk *desk);
