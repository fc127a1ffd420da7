/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/phase-cell.h"

/* The room's own: the lines of a phase as a table, edited in place; those of a shipped phase are only read.
 * Insert adds a line, Delete removes one. */

#define XPS_TYPE_PHASE_TABLE (xps_phase_table_get_type ())
G_DECLARE_FINAL_TYPE (XpsPhaseTable, xps_phase_table, XPS, PHASE_TABLE, AdwBin)

/* Signals: "selection-changed"; "value": a binding energy of one's own is asked for the selected line. The
 * actions "phases.add-line" and "phases.remove-line" are the window's. */

XpsPhaseTable *xps_phase_table_new (XpsPhaseBook *book);
/* NULL: nothing. Rows stay where their number does, so that focus and selection survive an edit. */
void xps_phase_table_set_phase (XpsPhaseTable *self, const XpsReferencePhase *phase,
                                const GPtrArray *remarks);
/* Or NULL. Lent. */
XpsPhaseLineItem *xps_phase_table_get_selected (XpsPhaseTable *self);
void xps_phase_table_select (XpsPhaseTable *self, int line);
/* Also gives the cell the focus. FALSE: there is no such cell now. */
gboolean xps_phase_table_focus (XpsPhaseTable *self, int line, XpsPhaseColumn column);
/* For tests: the cell that shows it, or NULL. */
XpsPhaseCell *xps_phase_table_find_cell (XpsPhaseTable *self, guint line, XpsPhaseColumn column);
