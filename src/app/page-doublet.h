/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/session.h"

/* Asks for splitting and ratio, then links component `weak` to `strong` (indices) as the two lines of a
 * doublet. `widget` lies in the window that the form belongs to. */
void xps_page_doublet_present (GtkWidget *widget, XpsSession *session, int weak, int strong);
