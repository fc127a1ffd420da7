/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/page-base.h"

/* Page of the inspector: what the user wrote about region and sample, where the data come from, how they were
 * measured, and the photon energy in use. */

#define XPS_TYPE_PAGE_NOTES (xps_page_notes_get_type ())
G_DECLARE_FINAL_TYPE (XpsPageNotes, xps_page_notes, XPS, PAGE_NOTES, XpsPage)

XpsPage *xps_page_notes_new (void);
/* What is being typed becomes part of the document: before a save, or when the page goes. */
void xps_page_notes_commit (XpsPageNotes *self);
