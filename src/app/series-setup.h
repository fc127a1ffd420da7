/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/series-quantity.h"
#include "project/state.h"
#include "series/group.h"
#include "series/plan.h"

/* What a series of a document is made of, as it is kept in the project file. A value; what it names may be
 * gone from the document. */

typedef struct {
  guint step; /* from 0 */
  char *reason;
} XpsSeriesExclusion;

typedef struct {
  GArray *regions;   /* guint ids, in the order of the steps */
  GPtrArray *levels; /* GArray of guint ids for each further core level: what is at place i of it and of
                      * `regions` is step i, 0: not measured. Empty: one level, of those regions that cover
                      * its window */
  GPtrArray *sums;   /* GArray of guint ids for each level: spectra that are sums of steps, and were left out.
                      * Empty: one level, which is asked when its series is assembled */
  XpsGroupRule grouping; /* how regions of several levels were put into steps */
  char *pattern;         /* of the names, NULL: guessed */
  char *axis;            /* name of the clock, NULL: the most telling one */
  GPtrArray *clocks;     /* XpsClock that came from a log or a table */
  GPtrArray *exclusions; /* XpsSeriesExclusion, of frames as measured */
  guint average;         /* neighbouring frames put together in a step; 0, 1: none */
  guint bins;            /* neighbouring energies put together in a point; 0, 1: none */
  XpsModel *model;       /* of one step */
  XpsSeriesPlan *plan;
  XpsSeriesQuantity *quantity; /* for atomic ratios */
} XpsSeriesSetup;

XpsSeriesSetup *xps_series_setup_new (const XpsModel *model);
XpsSeriesSetup *xps_series_setup_copy (const XpsSeriesSetup *self);
void xps_series_setup_free (XpsSeriesSetup *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSeriesSetup, xps_series_setup_free)

/* reason NULL: takes the step in again. */
void xps_series_setup_exclude (XpsSeriesSetup *self, guint step, const char *reason);
/* Replaces one of the same name. */
void xps_series_setup_take_clock (XpsSeriesSetup *self, XpsClock *clock);

gsize xps_series_setup_get_n_levels (const XpsSeriesSetup *self);
/* Region of a level (0: the first) at a place, 0: none. */
guint xps_series_setup_get_region (const XpsSeriesSetup *self, gsize place, gsize level);
/* Level that a region belongs to, -1: none. */
int xps_series_setup_find_level (const XpsSeriesSetup *self, guint region);
/* Several levels: from a place on the regions of a level move one step down and leave a gap, or one up over
 * what is there (which leaves the series unless it is a gap). */
void xps_series_setup_shift_level (XpsSeriesSetup *self, gsize level, gsize place, gboolean down);

char *xps_series_setup_dup_text (const XpsSeriesSetup *self);
/* Without what a fit does not depend on: to tell whether it still is one of the setup. */
char *xps_series_setup_dup_fit_text (const XpsSeriesSetup *self);
XpsSeriesSetup *xps_series_setup_from_text (const char *text, GError **error);

/* The frames as measured, with regions of `state` that are there; `notes` as in xps_series_assemble().
 * step_regions (guint): id of the region behind step i and level k at i * levels + k, 0: none. */
XpsSeries *xps_series_setup_assemble (const XpsSeriesSetup *self, const XpsState *state, GArray *step_regions,
                                      GPtrArray *notes, GError **error);
/* The series that is fitted: frames and energies put together as the setup says, or a copy. step_regions:
 * those of the frames, afterwards of the first frame in each step; may be NULL. */
XpsSeries *xps_series_setup_reduce (const XpsSeriesSetup *self, const XpsSeries *frames, GArray *step_regions,
                                    GError **error);
gboolean xps_series_setup_is_reduced (const XpsSeriesSetup *self);
/* Step of the series that is fitted: all its frames. */
void xps_series_setup_exclude_step (XpsSeriesSetup *self, const XpsSeries *frames, guint step,
                                    const char *reason);
