/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/model.h"
#include "series/group.h"

/* Spectra of a measurement that goes on, put into steps as they come, where a step has several core levels.
 * Steps that were placed stay as they are. Of what came since, spectra make one step that have in common what
 * those of the placed steps have: file, sample or name as the rule says, the numbers in the names of their
 * files ("S2p_07_1.6V", "O1s_07_1.6V") where these tell all placed steps right, or else the order: a
 * step ends when a level comes again, or one that used to come before what is there already. */

/* When a step that lacks a level is taken as it is. */
typedef enum {
  XPS_ARRIVAL_PATIENT, /* when a later one is whole */
  XPS_ARRIVAL_QUIET,   /* nothing came for a while: when a later one has begun */
  XPS_ARRIVAL_LAST,    /* nothing will come: now */
} XpsArrivalHaste;

/* New steps in the order of their first spectrum, or of a counter in the names of files; `groups` of new ones
 * only, its inputs are numbers in the list of all. */
typedef struct {
  XpsSeriesGroups *groups;
  gsize n_ready;  /* the first so many are steps now; the others wait for their other levels */
  gboolean *late; /* [n_inputs] its step was placed without it: it is in none */
} XpsSeriesArrivals;

/* levels[n_inputs]: core level of each input, -1: of none. `samples` as in xps_series_group(). `placed`: the
 * steps there are, may have none. */
XpsSeriesArrivals *xps_series_arrive (const XpsSeriesInput *inputs, gsize n_inputs, const int *levels,
                                      const guint *samples, const XpsSeriesGroups *placed, XpsGroupRule rule,
                                      XpsArrivalHaste haste);
void xps_series_arrivals_free (XpsSeriesArrivals *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSeriesArrivals, xps_series_arrivals_free)

/* Levels that new step `row` lacks, as "O 1s, P 2p"; names[n_parts]. New string, "": none. */
char *xps_series_arrivals_dup_lacking (const XpsSeriesArrivals *self, gsize row, const char *const *names);
/* Levels of the model that step i of a series was not measured in, as "O 1s, P 2p". New string, NULL: it has
 * all. */
char *xps_series_dup_lacking (const XpsSeries *series, const XpsModel *model, gsize i);
