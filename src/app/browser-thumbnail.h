/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/browser-item.h"

/* The room's own: a small picture of a curve, for those who see; the name beside it says the rest. */

#define XPS_TYPE_BROWSER_THUMBNAIL (xps_browser_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (XpsBrowserThumbnail, xps_browser_thumbnail, XPS, BROWSER_THUMBNAIL, GtkWidget)

XpsBrowserThumbnail *xps_browser_thumbnail_new (void);
/* The region whose curve is shown; NULL or a sample: empty. To be called again when the region is another. */
void xps_browser_thumbnail_set_item (XpsBrowserThumbnail *self, XpsBrowserItem *item);
