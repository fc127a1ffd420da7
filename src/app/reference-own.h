/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reference-window.h"

/* The user's own entries, as the reference browser edits them: a menu, and the actions "own.new", "own.edit"
 * (of a shipped record: a correction that stands beside it), "own.remove", "own.undo", "own.redo" (Ctrl+Z,
 * Ctrl+Shift+Z), "own.import", "own.export". */

/* The menu's button; inserts the actions into the window. */
GtkWidget *xps_reference_own_new_button (XpsReferenceWindow *window);
/* After another line was selected. */
void xps_reference_own_refresh (XpsReferenceWindow *window);

/* What the file choosers lead to. FALSE with a sentence. */
gboolean xps_reference_own_import (XpsReferenceWindow *window, const char *path, GError **error);
gboolean xps_reference_own_export (XpsReferenceWindow *window, const char *path, GError **error);

/* A form over `parent` for a binding energy of one's own; takes the line, whose id is 0 for a new one. `keep`
 * gets what was there before (NULL: nothing) and what is to be kept; FALSE with a sentence: the form stays
 * and says it. `data` must outlive `parent`. */
typedef gboolean (*XpsReferenceOwnKeep) (gpointer data, const XpsReferenceLine *before,
                                         const XpsReferenceLine *line, GError **error);
void xps_reference_own_present_form (GtkWidget *parent, XpsReferenceLine *take_line, const char *title,
                                     const char *description, XpsReferenceOwnKeep keep, gpointer data);
