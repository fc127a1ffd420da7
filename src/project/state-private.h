/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "project/phase-link.h"
#include "project/series-entry.h"

/* A version while it is being made, inside this room only: begin, put, end; nobody else has it yet. */

XpsState *xps_state_begin (const XpsState *from); /* NULL: empty */
XpsState *xps_state_end (XpsState *draft);        /* the same, from now on immutable */

/* At the end of the lists; samples and regions keep the ids they come with. */
void xps_state_put_sample (XpsState *draft, guint id, const char *name, const char *notes);
void xps_state_put_region (XpsState *draft, XpsRegion *take_region);
/* A copy with a new id at the end of a sample that is there; returns the id. */
guint xps_state_insert_region (XpsState *draft, guint sample, const XpsRegion *region);

guint xps_state_new_sample_id (XpsState *draft);
guint xps_state_new_region_id (XpsState *draft);
/* First ids that were never given. */
void xps_state_set_next (XpsState *draft, guint next_sample, guint next_region);
void xps_state_get_next (const XpsState *self, guint *next_sample, guint *next_region);

/* Links of a draft: XpsPhaseLink; to be replaced as a whole. */
void xps_state_put_links (XpsState *draft, GPtrArray *take_links);
/* Series of a draft: made by xps_series_entry_new(), freed by xps_series_entry_unref(). */
XpsSeriesEntry *xps_series_entry_new (guint id, const char *name, const char *setup, const char *result);
void xps_series_entry_unref (gpointer entry);
void xps_state_put_series (XpsState *draft, GPtrArray *take_series);
/* NULL or "": none. */
void xps_state_put_reading_log (XpsState *draft, const char *log);
/* Links without what is no longer there. New array. */
GPtrArray *xps_phase_links_prune (const XpsState *draft, const GPtrArray *links);
/* Sets XpsRegion.tie_changed of all regions by the links there are. */
void xps_phase_links_settle (XpsState *draft);
void xps_state_replace_at (XpsState *draft, guint position, XpsRegion *take_region);

int xps_state_find_position (const XpsState *self, guint id); /* among the regions, or -1 */
