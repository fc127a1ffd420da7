/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/phase-table.h"
#include "app/window.h"

/* The editor of phases: all that are known, shipped ones to read and to duplicate, own ones to edit in
 * place. Every edit is in the user's own file at once; Undo takes it back. */

/* The one of this window; `name`: phase to show first, or NULL. NULL when there is no database, which the
 * window then says. */
GtkWindow *xps_phase_window_present (XpsWindow *parent, const char *name);
/* Where it is open: reads the user's own file again. */
void xps_phase_window_refresh (XpsWindow *parent);

/* As the pointer does it, and for tests. */
void xps_phase_window_select (GtkWindow *window, const char *name, gboolean own);
XpsPhaseBook *xps_phase_window_get_book (GtkWindow *window);
XpsPhaseTable *xps_phase_window_get_table (GtkWindow *window);
/* Name of the phase that is shown, and whether it is an own one; NULL: none. */
const char *xps_phase_window_get_shown (GtkWindow *window, gboolean *own);
/* What stands at the foot: what could not be done, or "". */
const char *xps_phase_window_get_message (GtkWindow *window);
gboolean xps_phase_window_import (GtkWindow *window, const char *path);
gboolean xps_phase_window_export (GtkWindow *window, const char *path);
