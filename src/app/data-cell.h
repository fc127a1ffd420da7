/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* The room's own: what all cells of tables have that are edited in place. Enter, F2, a double click or typing
 * opens an entry that covers the cell; Enter takes what was typed, Escape gives up. What cannot be taken is
 * said at the cell, and the entry stays. Arrow keys ask for the neighbour. A table's own cell says what is
 * shown and what becomes of a text. Action: "cell.edit". */

#define XPS_TYPE_DATA_CELL (xps_data_cell_get_type ())
G_DECLARE_DERIVABLE_TYPE (XpsDataCell, xps_data_cell, XPS, DATA_CELL, AdwBin)

struct _XpsDataCellClass {
  AdwBinClass parent_class;
  gboolean (*can_edit) (XpsDataCell *self);
  /* For a screen reader: column and row. New string. */
  char *(*dup_name) (XpsDataCell *self);
  /* What the entry holds when it opens. New string. */
  char *(*dup_start_text) (XpsDataCell *self);
  gboolean (*take_text) (XpsDataCell *self, const char *text, GError **error);
  /* May be NULL: an edit is asked for where nothing can be edited. TRUE: something came of it. */
  gboolean (*edit_elsewhere) (XpsDataCell *self);
};

/* Signal "move" (int rows, int columns): an arrow key or Tab asks for the neighbour's focus; columns count in
 * the order of the table, in scripts from right to left as well. */

/* The box under the entry: what the cell shows is put into it. Borrowed. */
GtkBox *xps_data_cell_get_box (XpsDataCell *self);
/* Something above the box, as a button. */
void xps_data_cell_add_overlay (XpsDataCell *self, GtkWidget *widget);

/* Opens the entry with `text` typed, or (NULL) with the text it begins with; FALSE where nothing can be
 * edited. */
gboolean xps_data_cell_start_edit (XpsDataCell *self, const char *text);
gboolean xps_data_cell_get_editing (XpsDataCell *self);
/* Takes what stands in the entry; FALSE: it could not be, the entry is still open and says why. */
gboolean xps_data_cell_finish_edit (XpsDataCell *self);
/* As Escape does. */
void xps_data_cell_cancel_edit (XpsDataCell *self);
/* The entry goes, whatever stands in it: the cell shows another row from now on. */
void xps_data_cell_close (XpsDataCell *self);
/* Why the open entry was not taken, or NULL. */
const char *xps_data_cell_get_error (XpsDataCell *self);
