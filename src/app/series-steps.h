/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/series-desk.h"

/* The table of a series' steps: name, clock, quality, and what is to be known of each. */

#define XPS_TYPE_SERIES_STEPS (xps_series_steps_get_type ())
G_DECLARE_FINAL_TYPE (XpsSeriesSteps, xps_series_steps, XPS, SERIES_STEPS, GtkWidget)

/* Property, notified: "current" (int): the selected step, -1: none. */
GtkWidget *xps_series_steps_new (void);
/* Shows the present state of a desk; keeps the current step where it can. */
void xps_series_steps_show (XpsSeriesSteps *self, XpsSeriesDesk *desk);
int xps_series_steps_get_current (XpsSeriesSteps *self);
void xps_series_steps_set_current (XpsSeriesSteps *self, int step);
/* What is to be known of a step: why it is left out, what is wrong with it; "" for a usual one. New string. */
char *xps_series_steps_dup_words (XpsSeriesDesk *desk, guint step);
