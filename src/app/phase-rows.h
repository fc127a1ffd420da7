/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/phase-plan.h"

/* The room's own: a row of the dialog for each line of a plan. Its entries write into the plan. */

typedef void (*XpsPhaseChanged) (gpointer data);

/* `row` must outlive the widget; `changed` is called after each edit. */
GtkWidget *xps_phase_row_new (XpsPhaseRow *row, XpsSession *session, XpsPhaseChanged changed, gpointer data);
/* Shows what is expected of it now, relative to the first row in use. */
void xps_phase_row_refresh (GtkWidget *widget, const XpsPhasePlan *plan);
