/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw-gl/list.h"

/* What a layer covers, coarsely: painting its ink only there is many times cheaper than over its bounds, as a
 * curve is thin. */

/* Around all points of the item and its ink. */
XpsRect xps_gl_layer_bounds (const XpsItem *item);

/* Appends boxes (left, top, right, bottom; points) that cover all of the item that lies on the page, whole
 * cells of a grid, each once; returns how many. */
guint xps_gl_layer_add_boxes (GArray *records, const XpsItem *item, double width, double height);
