/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/reference-item.h"

/* The list of the reference browser: species and levels, each unfolding to its records. Right and Left (or
 * Enter) unfold and fold; a line can be dragged onto the plot or a sample (XpsReferenceItem). Signal
 * "selection-changed". */

#define XPS_TYPE_REFERENCE_LIST (xps_reference_list_get_type ())
G_DECLARE_FINAL_TYPE (XpsReferenceList, xps_reference_list, XPS, REFERENCE_LIST, AdwBin)

/* XpsCatalogueEntry of the catalogue, in the order to show. */
void xps_reference_list_set_entries (XpsReferenceList *self, XpsCatalogue *catalogue,
                                     const GPtrArray *entries);
/* XpsReferenceItem that are selected, in their order. New array. */
GPtrArray *xps_reference_list_dup_selected (XpsReferenceList *self);
void xps_reference_list_select (XpsReferenceList *self, guint position);
/* Unfolds or folds the line at a position. */
void xps_reference_list_set_expanded (XpsReferenceList *self, guint position, gboolean expanded);
guint xps_reference_list_get_n_lines (XpsReferenceList *self);
