/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/axis.h"
#include "scene/scene.h"

/* A rectangle of the page with two axes: puts curves given as data into a scene as items in points, thinned
 * to `column`, and draws the frame, ticks and titles around them. A value, made anew for each figure. */

typedef struct {
  XpsRect rect;
  XpsAxis x, y;
  double column; /* width below which nothing is told apart, points; 0.12 is 600 to the inch */
} XpsPanel;

/* How axes look; lengths in points. */
typedef struct {
  double line;       /* width of the frame and the ticks */
  double tick;       /* their length, outwards */
  double label_size; /* of tick labels */
  double title_size; /* of axis titles */
  double gap;        /* between tick, label and title */
} XpsAxisStyle;

/* Axes over the whole of `rect`, limits as in xps_axis_init(). */
void xps_panel_init (XpsPanel *panel, XpsRect rect, double x_low, double x_high, gboolean x_reversed,
                     double y_low, double y_high);

XpsPoint xps_panel_map (const XpsPanel *panel, double x, double y);

/* Curves of `n` points; NaN or infinite values are gaps. Nothing is clipped: push a clip of `panel->rect`. */
void xps_panel_add_curve (XpsSceneBuilder *builder, const XpsPanel *panel, gsize n, const double *x,
                          const double *y, XpsStroke stroke);
/* The same as a step line, each value held to half way to its neighbours. */
void xps_panel_add_steps (XpsSceneBuilder *builder, const XpsPanel *panel, gsize n, const double *x,
                          const double *y, XpsStroke stroke);
/* Filled between `y` and `base` [n] (NULL: the line y = 0). */
void xps_panel_add_fill (XpsSceneBuilder *builder, const XpsPanel *panel, gsize n, const double *x,
                         const double *y, const double *base, XpsInk fill);
void xps_panel_add_points (XpsSceneBuilder *builder, const XpsPanel *panel, gsize n, const double *x,
                           const double *y, XpsMarker marker, double size, XpsStroke stroke, XpsInk fill);
/* Vertical bars from y - error to y + error, without caps. */
void xps_panel_add_errors (XpsSceneBuilder *builder, const XpsPanel *panel, gsize n, const double *x,
                           const double *y, const double *error, XpsStroke stroke);
/* A level across the whole panel, and a band between two levels. */
void xps_panel_add_level (XpsSceneBuilder *builder, const XpsPanel *panel, double y, XpsStroke stroke);
void xps_panel_add_band (XpsSceneBuilder *builder, const XpsPanel *panel, double low, double high,
                         XpsInk fill);
/* The curve as a place for the pointer. */
void xps_panel_add_hit (XpsSceneBuilder *builder, const XpsPanel *panel, const char *id, gsize n,
                        const double *x, const double *y);
/* The area between the curve and `base` [n] (NULL: the line y = 0) as a place for the pointer. */
void xps_panel_add_hit_area (XpsSceneBuilder *builder, const XpsPanel *panel, const char *id, gsize n,
                             const double *x, const double *y, const double *base);

/* Ticks as xps_axis_choose_ticks() has them, but no more than their labels have room for. */
void xps_panel_choose_x_ticks (const XpsPanel *panel, const XpsAxisStyle *style, XpsTicks *ticks);
void xps_panel_choose_y_ticks (const XpsPanel *panel, const XpsAxisStyle *style, XpsTicks *ticks);
/* How many labels have room along a vertical axis. */
guint xps_panel_most_y_ticks (const XpsPanel *panel, const XpsAxisStyle *style);

void xps_panel_add_frame (XpsSceneBuilder *builder, const XpsPanel *panel, const XpsAxisStyle *style);
/* Ticks below or at the left, with their labels when `labels`. */
void xps_panel_add_x_ticks (XpsSceneBuilder *builder, const XpsPanel *panel, const XpsTicks *ticks,
                            gboolean labels, const XpsAxisStyle *style);
void xps_panel_add_y_ticks (XpsSceneBuilder *builder, const XpsPanel *panel, const XpsTicks *ticks,
                            const XpsAxisStyle *style);
/* Titles (markup, cut to the panel's side), `distance` from the panel's edge to the near side of the text. */
void xps_panel_add_x_title (XpsSceneBuilder *builder, const XpsPanel *panel, const char *markup,
                            double distance, const XpsAxisStyle *style);
void xps_panel_add_y_title (XpsSceneBuilder *builder, const XpsPanel *panel, const char *markup,
                            double distance, const XpsAxisStyle *style);

/* Room that ticks with labels take outside the panel: below it, and at its left (widest label). */
double xps_axis_style_below (const XpsAxisStyle *style);
double xps_axis_style_left (const XpsAxisStyle *style, const XpsTicks *ticks);
/* Room that a title takes, with the gap before it. */
double xps_axis_style_title (const XpsAxisStyle *style);
