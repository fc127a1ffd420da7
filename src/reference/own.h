/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference/reference.h"

/* The user's own entries and corrections: a SQLite file of its own in the user's data folder, never the
 * shipped one. Every row of it comes out of a question as XPS_VERIFIED_USER, whatever stands in the file.
 * Each call is one transaction: done, or nothing of it. A database that is open with this file beside it
 * (xps_reference_open) sees a change at its next question; one that was opened before the file was made needs
 * xps_reference_refresh_own(). */

typedef struct _XpsOwn XpsOwn;

/* $XDG_DATA_HOME/corelevel/reference-own.sqlite. New string; nothing is made. */
char *xps_own_dup_default_path (void);

/* Opens for writing; makes folder and file where there are none. Refuses what is not a file of own entries,
 * or of a newer program. */
XpsOwn *xps_own_open (const char *path, GError **error);
void xps_own_free (XpsOwn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsOwn, xps_own_free)

/* ---- binding energies ---- */

/* Of a line these members are kept: species, species_name, class_, level, energy, uncertainty, fwhm,
 * charge_reference, source (free text: who says so), note, replaces. The element is read off the level.
 * Species, level, energy and source must be there; energies 0 to 25,000 eV, the others positive or NaN.
 * Returns the new id, 0 with error. */
gint64 xps_own_add_line (XpsOwn *self, const XpsReferenceLine *line, GError **error);
/* The entry line->id becomes what `line` says. */
gboolean xps_own_change_line (XpsOwn *self, const XpsReferenceLine *line, GError **error);
gboolean xps_own_remove_line (XpsOwn *self, gint64 id, GError **error);
/* XpsReferenceLine, by id. */
GPtrArray *xps_own_list_lines (XpsOwn *self, GError **error);
/* A copy of a shipped line to edit and add: it will stand in its place (replaces = its id). Both stay
 * visible, the shipped one with `replaced` set; spreads and suggestions count only the own one. Free with
 * xps_reference_line_free. */
XpsReferenceLine *xps_own_new_correction (const XpsReferenceLine *shipped);

/* ---- phases ---- */

/* Adds a phase with its lines, or puts it in the place of the own one of that name. A phase called like a
 * shipped one takes its place in xps_reference_list_phases() until it is removed. Every line names a level, a
 * species and a positive number of atoms. */
gboolean xps_own_set_phase (XpsOwn *self, const XpsReferencePhase *phase, GError **error);
/* Takes the own phases `out` away by name and puts those of `in` there, all or nothing: an edit, a new name,
 * and what undoes them (XpsReferencePhase each, either NULL: none). Refused: one of `out` that is not there,
 * and a name of `in` that another own phase has. */
gboolean xps_own_exchange_phases (XpsOwn *self, const GPtrArray *out, const GPtrArray *in, GError **error);
/* Phases and lines, either NULL: none. Lines stay known by their numbers: one of `out` and `in` is changed,
 * one of `in` without a number gets one, also in the array. */
typedef struct {
  GPtrArray *phases, *lines; /* XpsReferencePhase, XpsReferenceLine; not owned */
} XpsOwnContents;
gboolean xps_own_exchange (XpsOwn *self, const XpsOwnContents *out, const XpsOwnContents *in, GError **error);
gboolean xps_own_remove_phase (XpsOwn *self, const char *name, GError **error);
/* XpsReferencePhase, by name. */
GPtrArray *xps_own_list_phases (XpsOwn *self, GError **error);

/* ---- as text ---- */

/* All entries and phases as one CSV table (columns: docs/METHODS.md); reading it into an empty file and
 * writing it again gives the same bytes. New string. */
char *xps_own_dup_csv (XpsOwn *self, GError **error);
/* Takes all rows or none; columns are found by name, those that are missing are empty, the kind of a row
 * without one is a binding energy. Entries that are there already, member for member, are not added twice; a
 * phase takes the place of the own one of that name. A bad row is one message with file and line. `n_added`
 * (entries) and `n_phases` may be NULL. */
gboolean xps_own_import_csv (XpsOwn *self, const char *file, const char *text, gsize length, guint *n_added,
                             guint *n_phases, GError **error);
