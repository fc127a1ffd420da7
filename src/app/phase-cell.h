/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/page-entry.h"
#include "app/phase-item.h"

/* The room's own: a cell of the table of a phase's lines. Enter, F2, a double click or typing opens an entry
 * that covers it; what cannot be taken is said at the cell, and the entry stays. In columns that hold no text
 * of the phase Enter asks for a binding energy of one's own. */

#define XPS_TYPE_PHASE_CELL (xps_phase_cell_get_type ())
G_DECLARE_FINAL_TYPE (XpsPhaseCell, xps_phase_cell, XPS, PHASE_CELL, AdwBin)

/* Signals: "move" (int rows, int columns): an arrow key asks for the neighbour's focus; "value": a binding
 * energy is asked for. */

/* `commit` gets the cell as its data. */
XpsPhaseCell *xps_phase_cell_new (XpsPhaseColumn column, XpsPageCommit commit);
XpsPhaseColumn xps_phase_cell_get_column (XpsPhaseCell *self);
/* NULL: nothing shown. */
void xps_phase_cell_set_item (XpsPhaseCell *self, XpsPhaseLineItem *item);
XpsPhaseLineItem *xps_phase_cell_get_item (XpsPhaseCell *self);
/* FALSE where nothing can be edited. `text` typed, or NULL. */
gboolean xps_phase_cell_start_edit (XpsPhaseCell *self, const char *text);
/* Takes what stands in the entry; FALSE: refused, it is still open. */
gboolean xps_phase_cell_finish_edit (XpsPhaseCell *self);
void xps_phase_cell_cancel_edit (XpsPhaseCell *self);
/* Why the open entry was refused, or NULL. */
const char *xps_phase_cell_get_error (XpsPhaseCell *self);
