/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/page-base.h"

/* Page of the inspector: every link, lock and bound of the components as a sentence, with a button that takes
 * it away and one that goes to the value. */

#define XPS_TYPE_PAGE_CONSTRAINTS (xps_page_constraints_get_type ())
G_DECLARE_FINAL_TYPE (XpsPageConstraints, xps_page_constraints, XPS, PAGE_CONSTRAINTS, XpsPage)

XpsPage *xps_page_constraints_new (void);
