/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/reference-item.h"

/* What stands below the list of the reference browser: all that is known of the selected line, in words:
 * what disputes it, its source with a link, its charge reference, how it was verified. */

#define XPS_TYPE_REFERENCE_DETAIL (xps_reference_detail_get_type ())
G_DECLARE_FINAL_TYPE (XpsReferenceDetail, xps_reference_detail, XPS, REFERENCE_DETAIL, AdwBin)

/* `item` NULL: nothing is selected. */
void xps_reference_detail_show (XpsReferenceDetail *self, XpsReference *reference, XpsReferenceItem *item);
/* Below it the records of an entry, each with its source: where no list unfolds to them. */
void xps_reference_detail_add_records (XpsReferenceDetail *self, XpsReference *reference,
                                       XpsReferenceItem *entry);

/* A citation with a link to its paper where it has a DOI, as a row of a box. New widget. */
GtkWidget *xps_reference_citation_new (XpsReference *reference, const char *key);
/* "Authors: Title. Journal volume (year) pages". New string. */
char *xps_reference_dup_citation (const XpsReferenceSource *source);
