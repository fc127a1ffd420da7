/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/page-base.h"

/* Page of the inspector: charge reference, type and settings of the background, fit window, what a solved
 * background can show for itself. */

#define XPS_TYPE_PAGE_BACKGROUND (xps_page_background_get_type ())
G_DECLARE_FINAL_TYPE (XpsPageBackground, xps_page_background, XPS, PAGE_BACKGROUND, XpsPage)

XpsPage *xps_page_background_new (void);
