/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/page-row.h"
#include "app/session.h"

/* A page of the inspector: groups of rows in a column that scrolls. It follows the session while it is on
 * screen and catches up when it comes back. */

#define XPS_TYPE_PAGE (xps_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (XpsPage, xps_page, XPS, PAGE, AdwBin)

struct _XpsPageClass {
  AdwBinClass parent_class;
  /* Shows what the session says now; rows that stay are updated, not replaced. Never without a session. */
  void (*refresh) (XpsPage *self);
};

/* Signal "go-to" (int component, string role): a row asks to see a component (and, not NULL, one of its
 * values); component -1: the background. */

void xps_page_set_session (XpsPage *self, XpsSession *session);
void xps_page_go_to (XpsPage *self, int component, const char *role);
XpsSession *xps_page_get_session (XpsPage *self);
/* Shows what the session says, now or as soon as the page is on screen. */
void xps_page_refresh (XpsPage *self);

/* A titled group at the end of the page. */
AdwPreferencesGroup *xps_page_add_group (XpsPage *self, const char *title);
void xps_page_add_widget (XpsPage *self, GtkWidget *widget);
/* A group whose rows are made anew: remembers them. */
void xps_page_group_add (AdwPreferencesGroup *group, GtkWidget *row);
void xps_page_group_clear (AdwPreferencesGroup *group);
