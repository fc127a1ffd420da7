/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/panel.h"

/* Ticks at any places with any labels, where those of scene/axis.h, evenly spaced, do not do. */

typedef struct {
  double value; /* on the axis */
  char *label;  /* markup; NULL: a short tick without one */
} XpsMark;

/* Array of XpsMark that owns its labels; free with g_array_unref(). */
GArray *xps_marks_new (void);
void xps_marks_take (GArray *marks, double value, char *label);

/* For an axis that holds decadic logarithms: labels at 1, 2 and 5 times the powers of ten, at these alone or
 * at every second, third, ... of them, as `most` labels have room; short ticks between. Less than most of a
 * decade is marked at even steps of the values themselves. Labels are plain numbers from 0.01 to below 1e5,
 * else powers of ten. */
GArray *xps_marks_new_log (const XpsAxis *axis, guint most);

/* Width of the widest label, points. */
double xps_marks_width (const GArray *marks, double label_size);

/* At the left of the panel, outwards. Marks outside the axis are left out. */
void xps_panel_add_y_marks (XpsSceneBuilder *builder, const XpsPanel *panel, const GArray *marks,
                            const XpsAxisStyle *style);
