/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/series-desk.h"

/* What each parameter of the model is along the series, and the energy frames of its components. */
void xps_series_rules_present (GtkWindow *parent, XpsSeriesDesk *desk);
