/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/page-entry.h"
#include "app/phase-book.h"

/* The room's own: name, formula, full name and note of a phase, edited in place where it is an own one. */

#define XPS_TYPE_PHASE_HEAD (xps_phase_head_get_type ())
G_DECLARE_FINAL_TYPE (XpsPhaseHead, xps_phase_head, XPS, PHASE_HEAD, AdwBin)

/* Signal "renaming" (string name): the shown phase is about to be called so. */

XpsPhaseHead *xps_phase_head_new (XpsPhaseBook *book);
/* `remark`: a sentence on the formula, or NULL. */
void xps_phase_head_set_phase (XpsPhaseHead *self, const XpsReferencePhase *phase, gboolean replaced,
                               const char *remark);
/* The entry of a member of the phase itself. */
XpsPageEntry *xps_phase_head_get_entry (XpsPhaseHead *self, XpsPhaseMember member);
