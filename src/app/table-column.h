/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* The room's own: what GtkColumnView leaves to its users. */

/* A column at the right end, that can be made wider; `factory` is taken. width 0: takes what room is left, in
 * logical pixels otherwise. Borrowed. */
GtkColumnViewColumn *xps_table_append_column (GtkWidget *view, GtkListItemFactory *factory, const char *title,
                                              int width);

typedef gboolean (*XpsTableIsNumber) (guint column);

/* Titles stand above what they are of: those of numbers at the right end, `margin` pixels before it. */
void xps_table_align_titles (GtkWidget *view, XpsTableIsNumber is_number, int margin);

void xps_table_set_class (GtkWidget *widget, const char *style_class, gboolean on);
