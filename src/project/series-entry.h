/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "project/state.h"

/* A series that a document holds: which of its regions are the steps, what clocks they have, how they are
 * fitted, and what came out. Part of a version like a region; the texts belong to whoever makes series, the
 * document only keeps them. */

typedef struct {
  guint id; /* unique in the document, kept for ever */
  char *name;
  char *setup;  /* JSON object: regions, clocks, exclusions, model, plan */
  char *result; /* JSON object of the last run, or NULL */
} XpsSeriesEntry;

guint xps_state_get_n_series (const XpsState *self);
const XpsSeriesEntry *xps_state_get_series (const XpsState *self, guint i);
const XpsSeriesEntry *xps_state_find_series (const XpsState *self, guint id); /* or NULL */

/* New versions. Texts are copied; `result` may be NULL. */
XpsState *xps_state_add_series (const XpsState *self, const char *name, const char *setup, guint *id);
/* NULL texts stay as they are, but for the result, which a new setup makes stale: give it again to keep it.
 */
XpsState *xps_state_set_series (const XpsState *self, guint id, const char *name, const char *setup,
                                const char *result);
XpsState *xps_state_remove_series (const XpsState *self, guint id);
