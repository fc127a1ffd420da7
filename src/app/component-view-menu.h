/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* What can be done with the selected component as a whole: actions "component.duplicate", "component.delete",
 * "component.link-area", "component.link-width", "component.make-doublet" (the last three with the index of
 * another component, int32). Errors arrive as a small message beside `widget`. */
void xps_component_menu_install (GtkWidget *widget, XpsSession *session);
/* Opens the menu for the selected component at a place of the widget (pixels). */
void xps_component_menu_open (GtkWidget *widget, XpsSession *session, double x, double y);
/* A sentence that hangs on a widget until it is clicked away; the widget must lay its children out with a
 * layout manager (AdwBin, GtkBox). */
void xps_page_show_error (GtkWidget *beside, const char *message);
