/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/page-base.h"

/* The parameters of one component as rows: value with a lock, and, folded away, bounds and constraint. */

typedef struct _XpsRoleRows XpsRoleRows;

XpsRoleRows *xps_role_rows_new (XpsPage *page, AdwPreferencesGroup *group);
void xps_role_rows_free (XpsRoleRows *self);
/* Shows component `component` of the session; rows are made anew only for another shape. -1: none. */
void xps_role_rows_refresh (XpsRoleRows *self, int component);
/* Puts the focus on the value of a role. */
void xps_role_rows_focus (XpsRoleRows *self, const char *role);
