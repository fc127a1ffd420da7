/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/reference-item.h"
#include "reference/phase-check.h"

/* All phases, shipped and own, as they are edited: every edit is written into the user's own file at once, as
 * a whole or not at all, and can be taken back. Shipped ones never change. Without widgets. */

#define XPS_TYPE_PHASE_BOOK (xps_phase_book_get_type ())
G_DECLARE_FINAL_TYPE (XpsPhaseBook, xps_phase_book, XPS, PHASE_BOOK, GObject)

/* Signal "changed": anything of it; what was got from it before is gone. */

/* NULL with error: there is no database. */
XpsPhaseBook *xps_phase_book_new (GError **error);
XpsReference *xps_phase_book_get_reference (XpsPhaseBook *self);
/* Reads everything again, after somebody else wrote. */
gboolean xps_phase_book_reload (XpsPhaseBook *self, GError **error);

/* XpsReferencePhase by name, of one name the own one first. */
const GPtrArray *xps_phase_book_get_phases (XpsPhaseBook *self);
const XpsReferencePhase *xps_phase_book_find (XpsPhaseBook *self, const char *name, gboolean own);
/* Whether an own one stands in the place of this shipped one. */
gboolean xps_phase_book_is_replaced (XpsPhaseBook *self, const XpsReferencePhase *phase);
/* Index of a line, -1: none. */
int xps_phase_book_find_line (const XpsReferencePhase *phase, const char *level, const char *species);
/* What is known of a position, at first hand if anything is; NULL: nothing. New reference. */
XpsReferenceItem *xps_phase_book_dup_values (XpsPhaseBook *self, const char *species, const char *level);

/* ---- edits; FALSE or NULL with a sentence, and nothing is changed ---- */

/* With a line for each element. */
gboolean xps_phase_book_create (XpsPhaseBook *self, const char *name, const char *formula, GError **error);
/* Name of the new own phase. New string. */
char *xps_phase_book_duplicate (XpsPhaseBook *self, const XpsReferencePhase *phase, GError **error);
gboolean xps_phase_book_remove (XpsPhaseBook *self, const char *name, GError **error);
/* One member of an own phase, as typed; `line` -1 for those of the phase. */
gboolean xps_phase_book_set (XpsPhaseBook *self, const char *name, int line, XpsPhaseMember member,
                             const char *text, GError **error);
/* Beside line `near`. Index of the new line, -1 with error. */
int xps_phase_book_add_line (XpsPhaseBook *self, const char *name, int near, GError **error);
gboolean xps_phase_book_remove_line (XpsPhaseBook *self, const char *name, int line, GError **error);
/* A binding energy of one's own. */
gboolean xps_phase_book_add_value (XpsPhaseBook *self, const XpsReferenceLine *line, GError **error);
/* The user's own entries as a table; taking one in is one step. */
gboolean xps_phase_book_import (XpsPhaseBook *self, const char *path, guint *n_added, guint *n_phases,
                                GError **error);
gboolean xps_phase_book_export (XpsPhaseBook *self, const char *path, GError **error);

/* What Undo and Redo would take back, in words; NULL: nothing. */
const char *xps_phase_book_get_undo (XpsPhaseBook *self);
const char *xps_phase_book_get_redo (XpsPhaseBook *self);
/* Name of a phase to look at afterwards, or NULL with error or when it is gone (then no error). New string.
 */
char *xps_phase_book_undo (XpsPhaseBook *self, GError **error);
char *xps_phase_book_redo (XpsPhaseBook *self, GError **error);
