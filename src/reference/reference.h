/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference/build.h"
#include "reference/record.h"

/* An open reference database and the user's own entries beside it; questions return plain records, each with
 * its source, its charge reference and how it was verified. Read-only, one thread at a time; opening costs
 * milliseconds. Nothing here decides: it lists what is known. */

typedef struct _XpsReference XpsReference;

/* `path` NULL: the installed one (XPS_DATA_DIR of the environment, else of the build). `user_path`: the
 * user's own entries (reference/own.h); NULL or a file that is not there: none. */
XpsReference *xps_reference_open (const char *path, const char *user_path, GError **error);
/* Looks for the user's file again, after it was made or removed. */
gboolean xps_reference_refresh_own (XpsReference *self, GError **error);
void xps_reference_free (XpsReference *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsReference, xps_reference_free)

/* What a question asks for. Members that are NULL or NaN do not restrict. "S 2p" as level takes in "S 2p3/2".
 */
typedef struct {
  const char *element, *level, *species, *source;
  double near, within;                     /* eV: |energy - near| <= within */
  gboolean secondary, recalled, tabulated; /* take in what is left out by default */
  gboolean no_analogues;                   /* leave out compounds that stand in for a lithium species */
} XpsReferenceQuery;

void xps_reference_query_init (XpsReferenceQuery *query);

/* XpsReferenceLine, by level, then energy. */
GPtrArray *xps_reference_search (XpsReference *self, const XpsReferenceQuery *query, GError **error);
/* XpsReferenceSpread: the same grouped by species and level, nearest to query->near first (else by energy).
 */
GPtrArray *xps_reference_search_spreads (XpsReference *self, const XpsReferenceQuery *query, GError **error);
/* All values of one species and level within what `query` takes in (its other members are not looked at);
 * FALSE: none. */
gboolean xps_reference_get_spread (XpsReference *self, const char *species, const char *level,
                                   const XpsReferenceQuery *query, XpsReferenceSpread *spread);

/* First-hand values if there are any, else with those at second hand, else whatever there is: the spread says
 * which (`best`). FALSE: none; `spread` then has n 0 and energies NaN. */
gboolean xps_reference_find_spread (XpsReference *self, const char *species, const char *level,
                                    XpsReferenceSpread *spread);

/* Names of species (char *) with anything that matches, in alphabetical order. */
GPtrArray *xps_reference_list_species (XpsReference *self, const XpsReferenceQuery *query, GError **error);

/* "S 2p", "S 2p3/2", "Li 1s"; FALSE: not known. Free with xps_reference_doublet_clear. */
gboolean xps_reference_get_doublet (XpsReference *self, const char *level, XpsReferenceDoublet *doublet);

/* XpsReferenceSeparation of a compound (NULL: all) between two levels (NULL: any). */
GPtrArray *xps_reference_list_separations (XpsReference *self, const char *species, const char *level_high,
                                           const char *level_low, GError **error);
/* XpsReferenceControversy that touches a species or a level (either may be NULL). */
GPtrArray *xps_reference_list_controversies (XpsReference *self, const char *species, const char *level);
/* XpsReferenceEstimate: deep levels that nobody measured. */
GPtrArray *xps_reference_list_estimates (XpsReference *self, const char *species, const char *level);

/* NULL with error when the key is not there; "a|b" names two. Array of XpsReferenceSource. */
GPtrArray *xps_reference_get_sources (XpsReference *self, const char *key, GError **error);

/* XpsReferencePhase with its lines; `phase` NULL: all of them. */
GPtrArray *xps_reference_list_phases (XpsReference *self, const char *phase, GError **error);
/* All that were shipped, those that an own one stands in the place of as well. */
GPtrArray *xps_reference_list_shipped_phases (XpsReference *self, GError **error);
