/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/series-desk.h"
#include "app/window.h"

/* The first series of the document that holds the shown region, 0: none does. */
guint xps_series_find_entry (XpsSession *session);
/* The title of a series window becomes a list of the document's series when there are several; choosing one
 * shows it in this window's place. Not while a fit is running, which would be lost. */
void xps_series_switch_attach (GtkWindow *window, XpsWindow *parent, AdwHeaderBar *header,
                               XpsSeriesDesk *desk);
