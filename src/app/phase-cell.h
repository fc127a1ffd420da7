/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/data-cell.h"
#include "app/page-entry.h"
#include "app/phase-item.h"

/* The room's own: a cell of the table of a phase's lines. In columns that hold no text of the phase Enter
 * asks for a binding energy of one's own. */

#define XPS_TYPE_PHASE_CELL (xps_phase_cell_get_type ())
G_DECLARE_FINAL_TYPE (XpsPhaseCell, xps_phase_cell, XPS, PHASE_CELL, XpsDataCell)

/* Signal "value": a binding energy is asked for. */

/* `commit` gets the cell as its data. */
XpsPhaseCell *xps_phase_cell_new (XpsPhaseColumn column, XpsPageCommit commit);
XpsPhaseColumn xps_phase_cell_get_column (XpsPhaseCell *self);
/* NULL: nothing shown. */
void xps_phase_cell_set_item (XpsPhaseCell *self, XpsPhaseLineItem *item);
XpsPhaseLineItem *xps_phase_cell_get_item (XpsPhaseCell *self);
