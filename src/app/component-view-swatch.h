/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "app/component-view-item.h"

/* The two cells of the component table that are not edited as text: letter with the colour of the curve, and
 * the shape as a drop-down list. */

GtkWidget *xps_component_swatch_new (void);
GtkWidget *xps_component_shape_new (void);
/* Of either; NULL item: nothing. */
void xps_component_extra_set_item (GtkWidget *cell, XpsSession *session, XpsComponentViewItem *item);
/* Names of all shapes in the order of the table, for drop-downs. New list. */
GtkStringList *xps_page_shape_names_new (void);
