/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/series-setup.h"
#include "project/phase-link.h"

/* Core levels of a series: which there are among regions, their models made one, and one of them taken out
 * again. */

/* A level among regions: the region whose model stands for it, and what it is called. */
typedef struct {
  const XpsRegion *leader;
  char *name; /* "S 2p"; unique */
} XpsSeriesLevel;

/* Levels of `regions` (XpsRegion) that have a model, that of `shown` first; where several regions of a level
 * have one, the one beside `shown` counts. With clear function. `notes`: char * about levels without model.
 */
GArray *xps_series_levels_find (const GPtrArray *regions, const XpsRegion *shown, GPtrArray *notes);
/* Level of a region, -1: none of them. */
int xps_series_levels_place (const GArray *levels, const XpsRegion *region);
/* One model of a step; areas that phases of the document tie across these regions stay tied. */
XpsModel *xps_series_levels_join (const GArray *levels, const XpsState *state, GError **error);
/* Fills regions and levels of the setup with those of `regions`, put into steps by `rule`. */
gboolean xps_series_levels_group (const GArray *levels, const GPtrArray *regions, XpsGroupRule rule,
                                  XpsSeriesSetup *setup, GError **error);
/* The same for the regions that a setup of several levels has already. */
gboolean xps_series_levels_regroup (XpsSeriesSetup *setup, const XpsState *state, XpsGroupRule rule,
                                    GError **error);

/* Part `part` of a model of a step as a model of its own, with the names that it had; what was tied to
 * another level is free with its value. */
XpsModel *xps_series_levels_dup_part (const XpsModel *step, gsize part);
/* What a level is called: the part's id, or the level of a series of one. Borrowed, may be NULL. */
const char *xps_series_setup_get_level_name (const XpsSeriesSetup *self, gsize level);
