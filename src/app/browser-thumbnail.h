/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scene/scene.h"

/* The room's own: a small picture of a curve, for those who see; the name beside it says the rest. */

#define XPS_TYPE_BROWSER_THUMBNAIL (xps_browser_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (XpsBrowserThumbnail, xps_browser_thumbnail, XPS, BROWSER_THUMBNAIL, GtkWidget)

XpsBrowserThumbnail *xps_browser_thumbnail_new (void);
/* NULL: empty. */
void xps_browser_thumbnail_set_scene (XpsBrowserThumbnail *self, XpsScene *scene);
