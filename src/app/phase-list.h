/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/phase-item.h"

/* The room's own: the list of phases, own ones marked, narrowed by what is typed; a phase can be dragged onto
 * the plot, a region or a sample (XpsPhaseItem). */

#define XPS_TYPE_PHASE_LIST (xps_phase_list_get_type ())
G_DECLARE_FINAL_TYPE (XpsPhaseList, xps_phase_list, XPS, PHASE_LIST, AdwBin)

/* Signals: "selection-changed" by a person; "activated": Enter or a double click. */

/* All phases of the book, with this one selected (or the first). */
void xps_phase_list_update (XpsPhaseList *self, XpsPhaseBook *book, const char *name, gboolean own);
/* Or NULL. Lent. */
XpsPhaseItem *xps_phase_list_get_selected (XpsPhaseList *self);
