/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* Asks for splitting and ratio of a doublet. `weak` and `strong`: indices of two components that become one;
 * or -1 both: a new doublet, whose position and level are asked for as well. `widget` lies in the window that
 * the dialog belongs to. */
void xps_page_doublet_present (GtkWidget *widget, XpsSession *session, int weak, int strong);
