/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* Two widgets beside each other where there is room, else one above the other: what keeps rows of a side
 * panel readable at any size of the text. */

#define XPS_TYPE_PAGE_WRAP (xps_page_wrap_get_type ())
G_DECLARE_FINAL_TYPE (XpsPageWrap, xps_page_wrap, XPS, PAGE_WRAP, GtkWidget)

/* `first` takes the room that `second` leaves. */
GtkWidget *xps_page_wrap_new (GtkWidget *first, GtkWidget *second);
