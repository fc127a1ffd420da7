/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* Left side: samples and regions as a tree, with search, previews and the state of each fit. */

#define XPS_TYPE_BROWSER (xps_browser_get_type ())
G_DECLARE_FINAL_TYPE (XpsBrowser, xps_browser, XPS, BROWSER, AdwBin)

void xps_browser_set_session (XpsBrowser *self, XpsSession *session);

/* Asks for the name of the shown region, or of a sample, at its line. FALSE: the line is not on screen. */
gboolean xps_browser_rename_region (XpsBrowser *self, guint id);
gboolean xps_browser_rename_sample (XpsBrowser *self, guint id);
