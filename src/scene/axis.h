/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A linear axis: data from `low` to `high` on the page from `start` to `end` (points). On a reversed axis
 * `high` lies at `start`. A vertical axis has its start at the bottom, so `start` > `end`. */

typedef struct {
  double low, high;  /* low < high, finite */
  gboolean reversed; /* values fall from start to end */
  double start, end;
} XpsAxis;

/* Limits in any order; equal, absurd or not finite ones are opened to something that can be drawn. */
void xps_axis_init (XpsAxis *axis, double low, double high, gboolean reversed, double start, double end);

double xps_axis_map (const XpsAxis *axis, double value);
double xps_axis_unmap (const XpsAxis *axis, double position);

/* Ticks at multiples of 1, 2 or 5 times a power of ten: tick i of `n` lies at (first + i) * step. */
typedef struct {
  gint64 first;
  guint n;
  int mantissa; /* 1, 2 or 5 */
  int exponent; /* step = mantissa * 10^exponent */
  int scale;    /* labels are values divided by 10^scale; a multiple of 3, 0 for most */
  int decimals; /* of the labels */
} XpsTicks;

#define XPS_TICKS_MIN 5
#define XPS_TICKS_MAX 8

/* The 1-2-5 step whose number of ticks within the limits lies in 5 to `most` (itself at most 8, at least 2),
 * the finest such; where no step does (a range cannot always be cut so), the one that comes closest, fewer
 * before more. `scaled`: very large or small values get a power of ten that the axis title must name. */
void xps_axis_choose_ticks (const XpsAxis *axis, guint most, gboolean scaled, XpsTicks *ticks);

/* Opens the axis by at most a third of its range in all, upwards rather than downwards, never from above zero
 * to below, as little as gives 5 to `most` ticks (with 8 that has always been possible in the tests' ranges);
 * leaves it when nothing does. For axes whose ends are free. */
void xps_axis_extend (XpsAxis *axis, guint most);

/* Another power of ten for the labels, so that several axes can share one title. */
void xps_ticks_set_scale (XpsTicks *ticks, int scale);

double xps_ticks_value (const XpsTicks *ticks, guint i);

/* Label with the same number of decimals on each tick, a true minus sign (U+2212), no exponent. New string.
 */
char *xps_ticks_dup_label (const XpsTicks *ticks, guint i);
