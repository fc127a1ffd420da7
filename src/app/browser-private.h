/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/browser-list.h"
#include "app/browser-row.h"
#include "app/browser.h"

/* The browser's own: what its files share. */

struct _XpsBrowser {
  AdwBin parent_instance;
  XpsSession *session;
  XpsBrowserList *list;
  GtkTreeListModel *tree; /* of the samples of `list` */
  GtkMultiSelection *selection;
  gboolean following;  /* the selection is being set from the session */
  guint reveal_tick, frames_to_reveal; /* until the shown region's line comes into sight */
  guint follow_source; /* many lines have come or gone, and the list follows after the next frame */

  GtkWidget *search, *view, *none;
  GtkWidget *menu; /* GtkPopoverMenu */
};

/* browser-row-input.c: what a pointer can do with a line. */
void xps_browser_add_row_input (XpsBrowser *self, XpsBrowserRow *row);
/* Sample that a line belongs to, or is. */
guint xps_browser_get_sample (XpsBrowserItem *item);
/* Line of an item on screen; NULL. */
XpsBrowserRow *xps_browser_find_row (XpsBrowser *self, XpsBrowserItem *item);
/* The session's selection moves to `sample` as one edit. */
void xps_browser_move_selected (XpsBrowser *self, guint sample);
