/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/browser-item.h"

/* The room's own: samples and their regions as lists that follow the versions of a document. A line stays the
 * same object for as long as its sample or region is in the document, so that views keep their place. */

typedef struct {
  GListStore *samples; /* XpsBrowserItem */
  GHashTable *items;   /* key of sample or region: XpsBrowserItem */
  guint n_regions;     /* of the version that was followed last */
} XpsBrowserList;

XpsBrowserList *xps_browser_list_new (void);
void xps_browser_list_free (XpsBrowserList *self);

/* `search`: only regions (and their samples) in whose names it occurs, any case; "" or NULL: all. */
void xps_browser_list_follow (XpsBrowserList *self, const XpsState *state, const char *search);
/* NULL: not in the document. */
XpsBrowserItem *xps_browser_list_find_region (XpsBrowserList *self, guint id);
XpsBrowserItem *xps_browser_list_find_sample (XpsBrowserList *self, guint id);
