/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/panel.h"

/* The room's own: where names of peaks go, so that no name lies on a curve or on another name. Plain geometry
 * in points, y downwards. */

/* The upper outline of a panel's curves, by columns. */
typedef struct {
  double x0, step;
  gsize n;
  double *top; /* smallest y that a curve has in the column */
} XpsSkyline;

void xps_skyline_init (XpsSkyline *skyline, XpsRect rect);
void xps_skyline_clear (XpsSkyline *skyline);
/* Adds a curve (data coordinates), `pad` points thick. */
void xps_skyline_add (XpsSkyline *skyline, const XpsPanel *panel, gsize n, const double *x, const double *y,
                      double pad);
/* Smallest y between two positions. */
double xps_skyline_top (const XpsSkyline *skyline, double from, double to);

typedef struct {
  XpsPoint apex; /* wanted: the name stands above this point */
  double width;  /* of the text */
  XpsRect box;   /* found: of the text */
} XpsName;

/* Finds boxes of height `height`, `gap` apart from each other and above the skyline, inside `rect`; each as
 * low and as near to its apex as that allows, in the order of the apices, and so that no line from a box to
 * its apex crosses another box. FALSE when they do not fit. `names` is sorted by apex. */
gboolean xps_names_place (XpsName *names, gsize n, const XpsSkyline *skyline, XpsRect rect, double height,
                          double gap);

/* The line from the box to the apex: FALSE when the name stands so close that none is needed. */
gboolean xps_name_leader (const XpsName *name, double gap, XpsPoint ends[2]);
