/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/series-desk.h"

/* Asks how many neighbouring frames make a step, and how many neighbouring energies a point; one step of
 * undo. What was measured stays. The form's window, for tests. */
GtkWindow *xps_series_together_ask (GtkWindow *parent, XpsSeriesDesk *desk);
