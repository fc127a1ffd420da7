/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/phase-plan.h"
#include "app/window.h"

/* A species or a phase, looked at before it is added: every component with its region, doublet, bounds and
 * expected area, all of it editable; one step of undo. `name` NULL: to be chosen from the phases that are
 * known. `level` NULL: all its levels. `target`: id of the region, or one of the sample. */
GtkWindow *xps_phase_dialog_present (XpsWindow *parent, const char *name, const char *level, guint target,
                                     XpsPhaseScope scope);
/* What "Add" does; FALSE: it says why not (for tests). */
gboolean xps_phase_dialog_accept (GtkWindow *window);
XpsPhasePlan *xps_phase_dialog_get_plan (GtkWindow *window);

/* Lets lines of the reference browser and phases of their editor be dropped on the plot and on rows of the
 * list of regions. Once for a window; harmless when called again. */
void xps_phase_drop_install (XpsWindow *window);
