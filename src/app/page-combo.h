/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* A row to choose from names of a GtkStringList. libadwaita's own cuts names off in the list at some twenty
 * characters, which makes "Straight line through the ends" and "… through the data" the same; here the list
 * has them whole. The title and the subtitle have as many lines as they need. */
GtkWidget *xps_page_combo_row_new (const char *title);
