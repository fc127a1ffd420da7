/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/component-view-item.h"
#include "app/data-cell.h"

/* A cell of the component table: shows a text or a number with its error and status. Space and the button
 * that appears under the pointer lock a value. Actions: "cell.edit", "cell.lock". */

#define XPS_TYPE_COMPONENT_VIEW_CELL (xps_component_view_cell_get_type ())
G_DECLARE_FINAL_TYPE (XpsComponentViewCell, xps_component_view_cell, XPS, COMPONENT_VIEW_CELL, XpsDataCell)

XpsComponentViewCell *xps_component_view_cell_new (XpsComponentColumn column);
XpsComponentColumn xps_component_view_cell_get_column (XpsComponentViewCell *self);
/* NULL: nothing shown. An entry that is open is given up when the item is another one. */
void xps_component_view_cell_set_item (XpsComponentViewCell *self, XpsSession *session,
                                       XpsComponentViewItem *item);
XpsComponentViewItem *xps_component_view_cell_get_item (XpsComponentViewCell *self);

/* Number, error and sign as shown, for tests and the clipboard. New string. */
char *xps_component_view_cell_dup_text (XpsComponentViewCell *self);
/* The tooltip: name and value, constraint as a sentence, why it is grey. New string or NULL. */
char *xps_component_view_cell_dup_tooltip (XpsComponentViewCell *self);
