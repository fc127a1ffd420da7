/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/component-view-item.h"

/* A cell of the component table: shows a text or a number with its error and status, and is edited in place.
 * Enter, F2, a double click or typing opens an entry that covers the cell; Enter takes what was typed, Escape
 * gives up. What cannot be taken is said at the cell, and the entry stays. Space and the button that appears
 * under the pointer lock a value. Actions: "cell.edit", "cell.lock". */

#define XPS_TYPE_COMPONENT_VIEW_CELL (xps_component_view_cell_get_type ())
G_DECLARE_FINAL_TYPE (XpsComponentViewCell, xps_component_view_cell, XPS, COMPONENT_VIEW_CELL, AdwBin)

/* Signal "move" (int rows, int columns): an arrow key asks for the neighbour's focus. */

XpsComponentViewCell *xps_component_view_cell_new (XpsComponentColumn column);
XpsComponentColumn xps_component_view_cell_get_column (XpsComponentViewCell *self);
/* NULL: nothing shown. An entry that is open is given up when the item is another one. */
void xps_component_view_cell_set_item (XpsComponentViewCell *self, XpsSession *session,
                                       XpsComponentViewItem *item);
XpsComponentViewItem *xps_component_view_cell_get_item (XpsComponentViewCell *self);

/* Opens the entry with `text` typed, or (NULL) with the constraint or value; FALSE where nothing can be
 * edited. */
gboolean xps_component_view_cell_start_edit (XpsComponentViewCell *self, const char *text);
gboolean xps_component_view_cell_get_editing (XpsComponentViewCell *self);
/* Takes what stands in the entry; FALSE: it could not be, the entry is still open and says why. */
gboolean xps_component_view_cell_finish_edit (XpsComponentViewCell *self);
void xps_component_view_cell_cancel_edit (XpsComponentViewCell *self);
/* Why the open entry was not taken, or NULL. */
const char *xps_component_view_cell_get_error (XpsComponentViewCell *self);
/* Number, error and sign as shown, for tests and the clipboard. New string. */
char *xps_component_view_cell_dup_text (XpsComponentViewCell *self);
/* The tooltip: name and value, constraint as a sentence, why it is grey. New string or NULL. */
char *xps_component_view_cell_dup_tooltip (XpsComponentViewCell *self);
