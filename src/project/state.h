/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "project/region.h"

/* One version of a document: samples and regions in their order. Immutable and atomically counted, so any
 * thread may read or save it while the next version is made. Making a version shares everything that did not
 * change. */

typedef struct {
  guint id;
  char *name;
  char *notes; /* "" none */
} XpsSample;

typedef struct _XpsState XpsState;

XpsState *xps_state_new (void); /* empty */
XpsState *xps_state_ref (const XpsState *self);
void xps_state_unref (XpsState *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsState, xps_state_unref)

guint xps_state_get_n_samples (const XpsState *self);
const XpsSample *xps_state_get_sample (const XpsState *self, guint i);
const XpsSample *xps_state_find_sample (const XpsState *self, guint id); /* or NULL */
guint xps_state_get_n_regions (const XpsState *self);
const XpsRegion *xps_state_get_region (const XpsState *self, guint i);   /* sample by sample */
const XpsRegion *xps_state_find_region (const XpsState *self, guint id); /* or NULL */

/* New versions; `self` stays as it is. Ids that do not exist are a programmer's error. */
XpsState *xps_state_with_region (const XpsState *self,
                                 const XpsRegion *region); /* replaces the one of its id */
XpsState *xps_state_with_regions (const XpsState *self, const XpsRegion *const *regions, guint n);
/* Takes a new region in, at the end of its sample; gives it an id, written to *id. */
XpsState *xps_state_add_region (const XpsState *self, guint sample, const XpsRegion *region, guint *id);
XpsState *xps_state_add_sample (const XpsState *self, const char *name, guint *id);
XpsState *xps_state_rename_sample (const XpsState *self, guint sample, const char *name);
XpsState *xps_state_set_sample_notes (const XpsState *self, guint sample, const char *notes);
XpsState *xps_state_remove_regions (const XpsState *self, const guint *ids, guint n); /* and empty samples */
XpsState *xps_state_move_regions (const XpsState *self, const guint *ids, guint n, guint sample);

/* What was read, guessed, left out and refused, file by file, as text for a person; "" nothing. Part of a
 * version, so that an import taken back takes its lines with it. */
const char *xps_state_get_reading_log (const XpsState *self);
XpsState *xps_state_with_reading_log (const XpsState *self, const char *log);

/* All spectra of a file: regions go to samples by the sample name of the file, else one sample named after
 * the file. A file of one region joins the sample that another file of its folder named so, unless that one
 * has such a region already. Ids of the new regions are appended to `ids` (guint) unless NULL. */
XpsState *xps_state_import (const XpsState *self, const XpsFile *file, GArray *ids);
