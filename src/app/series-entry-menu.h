/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/series-desk.h"

/* The room's own: a menu that renames a series or takes it out of the document; each a step of undo. Lives in
 * the header of `window`. */
void xps_series_entry_menu_attach (GtkWindow *window, AdwHeaderBar *header, XpsSeriesDesk *desk);
