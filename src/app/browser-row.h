/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/browser-item.h"

/* The room's own: how a line of the list of regions looks: curve, name, kind, state of the fit. */

#define XPS_TYPE_BROWSER_ROW (xps_browser_row_get_type ())
G_DECLARE_FINAL_TYPE (XpsBrowserRow, xps_browser_row, XPS, BROWSER_ROW, GtkWidget)

GtkWidget *xps_browser_row_new (void);
/* NULL: nothing is shown. */
void xps_browser_row_set_item (XpsBrowserRow *self, XpsBrowserItem *item);
XpsBrowserItem *xps_browser_row_get_item (XpsBrowserRow *self);
