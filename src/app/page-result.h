/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/page-base.h"

/* Page of the inspector: how the fit ended, how good it is, what to look at, what trades off against what. */

#define XPS_TYPE_PAGE_RESULT (xps_page_result_get_type ())
G_DECLARE_FINAL_TYPE (XpsPageResult, xps_page_result, XPS, PAGE_RESULT, XpsPage)

XpsPage *xps_page_result_new (void);
