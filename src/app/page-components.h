/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/page-base.h"

/* Page of the inspector: the selected component in detail, and how to add one. */

#define XPS_TYPE_PAGE_COMPONENTS (xps_page_components_get_type ())
G_DECLARE_FINAL_TYPE (XpsPageComponents, xps_page_components, XPS, PAGE_COMPONENTS, XpsPage)

XpsPage *xps_page_components_new (void);
/* The row of a role of the selected component takes the focus. */
void xps_page_components_focus (XpsPageComponents *self, const char *role);
