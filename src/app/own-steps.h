/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference/own.h"

/* Edits of the user's own entries and phases, back and forth: each is written into the user's file at once,
 * as a whole or not at all; undo and redo exchange what was before and after it. Without widgets. */

typedef struct {
  char *label;
  XpsOwnContents before, after; /* owned */
} XpsOwnStep;

XpsOwnStep *xps_own_step_new (const char *label);
void xps_own_step_free (XpsOwnStep *self);
/* The entry becomes another; copies are made, either may be NULL. */
XpsOwnStep *xps_own_step_new_line (const XpsReferenceLine *before, const XpsReferenceLine *after);

typedef struct _XpsOwnSteps XpsOwnSteps;

XpsOwnSteps *xps_own_steps_new (void);
void xps_own_steps_free (XpsOwnSteps *self);

/* Does it and keeps it; FALSE with a sentence, and nothing has changed. */
gboolean xps_own_steps_do (XpsOwnSteps *self, XpsOwnStep *take_step, GError **error);
/* Keeps what was done already; one in which nothing changed is forgotten. */
void xps_own_steps_note (XpsOwnSteps *self, XpsOwnStep *take_step);
/* Takes a table of entries and phases in, as one step. */
gboolean xps_own_steps_import (XpsOwnSteps *self, const char *path, guint *n_added, guint *n_phases,
                               GError **error);

/* What Undo and Redo would take back, in words; NULL: nothing. */
const char *xps_own_steps_get_undo (const XpsOwnSteps *self);
const char *xps_own_steps_get_redo (const XpsOwnSteps *self);
/* FALSE with a sentence: somebody else changed what it was about, and the step is forgotten. `seen`: contents
 * that are there now instead, borrowed until the next step; may be NULL. */
gboolean xps_own_steps_undo (XpsOwnSteps *self, const XpsOwnContents **seen, GError **error);
gboolean xps_own_steps_redo (XpsOwnSteps *self, const XpsOwnContents **seen, GError **error);
