/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reference/reference.h"

/* Everything that is known, read once, so that a list can be narrowed with every key: spreads of species and
 * levels, and under each the records it is made of. Shared by counting references; never changes. */

/* One species and level. Owned by the catalogue. */
typedef struct {
  const XpsReferenceSpread *spread;
  GPtrArray *lines;                  /* XpsReferenceLine, by energy */
  char *text;                        /* what free text is looked for in, case folded */
  gboolean secondary, recalled, own; /* whether any of its records is */
} XpsCatalogueEntry;

typedef struct _XpsCatalogue XpsCatalogue;

/* Where the user's own entries lie. New string. */
char *xps_catalogue_dup_own_path (void);
/* The installed database with the user's own entries beside it; NULL with error. */
XpsReference *xps_catalogue_open_reference (GError **error);

/* What is left out by default comes in with the flags of `query`; its other members are not looked at. */
XpsCatalogue *xps_catalogue_new (XpsReference *reference, const XpsReferenceQuery *query, GError **error);
XpsCatalogue *xps_catalogue_ref (XpsCatalogue *self);
void xps_catalogue_unref (XpsCatalogue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsCatalogue, xps_catalogue_unref)

/* "Author 2012" of a key, else the key. */
const char *xps_catalogue_get_citation (XpsCatalogue *self, const char *key);

/* What a person looks for; members that are NULL, "" or NaN do not restrict. */
typedef struct {
  const char *text;   /* words, all of them in species, its name, its class */
  const char *level;  /* "S", "S 2p", "2p3/2" */
  const char *source; /* words of key, authors, year, title */
  double near, within;
} XpsCatalogueFilter;

/* XpsCatalogueEntry with a record that fits: nearest first when an energy is asked for, else by level and
 * energy. */
GPtrArray *xps_catalogue_find (XpsCatalogue *self, const XpsCatalogueFilter *filter);
/* "12 lines, 40 values", and how many values `all` (NULL: none more) has besides. */
char *xps_catalogue_dup_count (const GPtrArray *found, XpsCatalogue *all, const XpsCatalogueFilter *filter);
/* Of just this species and level, or NULL. */
const XpsCatalogueEntry *xps_catalogue_find_entry (XpsCatalogue *self, const char *species,
                                                   const char *level);
