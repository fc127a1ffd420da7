/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "project/state.h"
#include "scene/scene.h"

/* The room's own: a line of the list of regions, a sample or a region. Follows its namesake through the
 * versions of the document. Signal "changed": what it shows is another. */

#define XPS_TYPE_BROWSER_ITEM (xps_browser_item_get_type ())
G_DECLARE_FINAL_TYPE (XpsBrowserItem, xps_browser_item, XPS, BROWSER_ITEM, GObject)

XpsBrowserItem *xps_browser_item_new_sample (const XpsSample *sample);
XpsBrowserItem *xps_browser_item_new_region (const XpsRegion *region);

guint xps_browser_item_get_id (XpsBrowserItem *self);
gboolean xps_browser_item_is_sample (XpsBrowserItem *self);
const char *xps_browser_item_get_name (XpsBrowserItem *self);
/* What tells it from others of its name (project/namesake.h), or NULL. */
const char *xps_browser_item_get_distinction (XpsBrowserItem *self);
void xps_browser_item_set_distinction (XpsBrowserItem *self, const char *text);
/* Of a region, else NULL. */
const XpsRegion *xps_browser_item_get_region (XpsBrowserItem *self);
/* Of a sample: XpsBrowserItem; else NULL. */
GListStore *xps_browser_item_get_children (XpsBrowserItem *self);
/* Of a region: its curve for the size of a thumbnail, made when first asked for. */
XpsScene *xps_browser_item_get_thumbnail (XpsBrowserItem *self);
/* Whether it is made already. */
gboolean xps_browser_item_has_thumbnail (XpsBrowserItem *self);

void xps_browser_item_set_name (XpsBrowserItem *self, const char *name);
void xps_browser_item_set_region (XpsBrowserItem *self, const XpsRegion *region);

#define XPS_THUMBNAIL_WIDTH  44
#define XPS_THUMBNAIL_HEIGHT 22
