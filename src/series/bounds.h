/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/run.h"

/* Parameters that ended at a bound of the model in many steps: what came out is then the bound, and errors of
 * all others are those of a model that holds it there. */

typedef struct {
  guint parameter;        /* of the model */
  guint n_lower, n_upper; /* steps at either bound */
  guint n_fitted;         /* steps in all */
  double lower, upper;    /* the bounds */
} XpsBoundCount;

/* Those at a bound in at least two steps and a tenth of those that were fitted, in the order of the model;
 * what is shared by all steps counts in all of them. An area at zero is a species that is not there, and
 * is not counted. GArray of XpsBoundCount, free with g_array_unref(). */
GArray *xps_series_find_bounds (const XpsSeriesRun *run);
/* "o wg: at its upper bound 4 in 157 of 157 steps": one sentence. New string. */
char *xps_series_dup_bound_words (const XpsSeriesRun *run, const XpsBoundCount *count);
/* A sentence for each, with what to do (char *), to a list that owns them. */
void xps_series_warn_of_bounds (const XpsSeriesRun *run, GPtrArray *warnings);
