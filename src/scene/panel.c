/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/panel.h"

#include <math.h>

#include "scene/markup.h"
#include "scene/thin.h"

#define PAPER_COLUMN 0.12
#define TOLERANCE    0.15 /* of a column: far below what a printer or a screen can show */

void
xps_panel_init (XpsPanel *panel, XpsRect rect, double x_low, double x_high, gboolean x_reversed, double y_low,
                double y_high)
{
  g_return_if_fail (panel != NULL);
  panel->rect = rect;
  panel->column = PAPER_COLUMN;
  xps_axis_init (&panel->x, x_low, x_high, x_reversed, rect.x, rect.x + rect.width);
  xps_axis_init (&panel->y, y_low, y_high, FALSE, rect.y + rect.height, rect.y);
}

XpsPoint
xps_panel_map (const XpsPanel *panel, double x, double y)
{
  return (XpsPoint){xps_axis_map (&panel->x, x), xps_axis_map (&panel->y, y)};
}

static XpsPoint *
map_points (const XpsPanel *panel, gsize n, const double *x, const double *y)
{
  XpsPoint *points = g_new (XpsPoint, n);
  for (gsize i = 0; i < n; i++) {
    points[i] = xps_panel_map (panel, x[i], y[i]);
    if (!isfinite (points[i].x) || !isfinite (points[i].y))
      points[i] = (XpsPoint){NAN, NAN};
  }
  return points;
}

static gsize
keep_points (gsize n_kept, const gsize *kept, XpsPoint *points, double *base)
{
  for (gsize i = 0; i < n_kept; i++) {
    points[i] = points[kept[i]];
    if (base != NULL)
      base[i] = base[kept[i]];
  }
  return n_kept;
}

/* In place; returns how many are left. */
static gsize
thin_points (const XpsPanel *panel, gsize n, XpsPoint *points, double *base)
{
  g_autofree gsize *kept = g_new (gsize, n);
  n = keep_points (xps_thin (n, points, base, panel->column, kept), kept, points, base);
  return keep_points (xps_simplify (n, points, base, TOLERANCE * panel->column, kept), kept, points, base);
}

void
xps_panel_add_curve (XpsSceneBuilder *builder, const XpsPanel *panel, gsize n, const double *x,
                     const double *y, XpsStroke stroke)
{
  g_autofree XpsPoint *points = map_points (panel, n, x, y);
  xps_scene_add_polyline (builder, thin_points (panel, n, points, NULL), points, stroke);
}

void
xps_panel_add_steps (XpsSceneBuilder *builder, const XpsPanel *panel, gsize n, const double *x,
                     const double *y, XpsStroke stroke)
{
  if (n < 2)
    return;
  g_autofree XpsPoint *points = map_points (panel, n, x, y);
  g_autofree XpsPoint *steps = g_new (XpsPoint, 2 * n);
  for (gsize i = 0; i < n; i++) {
    const double here = points[i].x;
    const double before = i > 0 && !isnan (points[i - 1].x) ? 0.5 * (points[i - 1].x + here) : here;
    const double after = i + 1 < n && !isnan (points[i + 1].x) ? 0.5 * (points[i + 1].x + here) : here;
    steps[2 * i] = (XpsPoint){before, points[i].y};
    steps[2 * i + 1] = (XpsPoint){after, points[i].y};
  }
  xps_scene_add_polyline (builder, thin_points (panel, 2 * n, steps, NULL), steps, stroke);
}

/* Points and bases of an area, thinned; returns how many. */
static gsize
map_area (const XpsPanel *panel, gsize n, const double *x, const double *y, const double *base,
          XpsPoint **points, double **bases)
{
  *points = map_points (panel, n, x, y);
  *bases = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    (*bases)[i] = xps_axis_map (&panel->y, base != NULL ? base[i] : 0.0);
    if (!isfinite ((*bases)[i]))
      (*points)[i] = (XpsPoint){NAN, NAN}; /* a gap already for the thinning */
  }
  return thin_points (panel, n, *points, *bases);
}

void
xps_panel_add_fill (XpsSceneBuilder *builder, const XpsPanel *panel, gsize n, const double *x,
                    const double *y, const double *base, XpsInk fill)
{
  g_autofree XpsPoint *points = NULL;
  g_autofree double *bases = NULL;
  n = map_area (panel, n, x, y, base, &points, &bases);
  xps_scene_add_area (builder, n, points, bases, fill);
}

void
xps_panel_add_points (XpsSceneBuilder *builder, const XpsPanel *panel, gsize n, const double *x,
                      const double *y, XpsMarker marker, double size, XpsStroke stroke, XpsInk fill)
{
  g_autofree XpsPoint *points = map_points (panel, n, x, y);
  xps_scene_add_markers (builder, n, points, marker, size, stroke, fill);
}

void
xps_panel_add_errors (XpsSceneBuilder *builder, const XpsPanel *panel, gsize n, const double *x,
                      const double *y, const double *error, XpsStroke stroke)
{
  g_autofree XpsPoint *points = g_new (XpsPoint, 2 * n);
  for (gsize i = 0; i < n; i++) {
    points[2 * i] = xps_panel_map (panel, x[i], y[i] - error[i]);
    points[2 * i + 1] = xps_panel_map (panel, x[i], y[i] + error[i]);
  }
  xps_scene_add_segments (builder, 2 * n, points, stroke);
}

void
xps_panel_add_level (XpsSceneBuilder *builder, const XpsPanel *panel, double y, XpsStroke stroke)
{
  const double level = xps_axis_map (&panel->y, y);
  const XpsPoint ends[] = {{panel->rect.x, level}, {panel->rect.x + panel->rect.width, level}};
  xps_scene_add_segments (builder, 2, ends, stroke);
}

void
xps_panel_add_band (XpsSceneBuilder *builder, const XpsPanel *panel, double low, double high, XpsInk fill)
{
  const double bottom = xps_axis_map (&panel->y, low), top = xps_axis_map (&panel->y, high);
  xps_scene_add_rectangle (builder, (XpsRect){panel->rect.x, top, panel->rect.width, bottom - top},
                           (XpsStroke){.width = 0.0}, fill);
}

void
xps_panel_add_hit (XpsSceneBuilder *builder, const XpsPanel *panel, const char *id, gsize n, const double *x,
                   const double *y)
{
  g_autofree XpsPoint *points = map_points (panel, n, x, y);
  xps_scene_add_hit_line (builder, id, thin_points (panel, n, points, NULL), points);
}

void
xps_panel_add_hit_area (XpsSceneBuilder *builder, const XpsPanel *panel, const char *id, gsize n,
                        const double *x, const double *y, const double *base)
{
  g_autofree XpsPoint *points = NULL;
  g_autofree double *bases = NULL;
  n = map_area (panel, n, x, y, base, &points, &bases);
  xps_scene_add_hit_area (builder, id, n, points, bases);
}

static double
widest_label (const XpsTicks *ticks, double size)
{
  double widest = 0.0;
  for (guint i = 0; i < ticks->n; i++) {
    g_autofree char *label = xps_ticks_dup_label (ticks, i);
    widest = fmax (widest, xps_markup_width (label, size, FALSE));
  }
  return widest;
}

void
xps_panel_choose_x_ticks (const XpsPanel *panel, const XpsAxisStyle *style, XpsTicks *ticks)
{
  for (guint most = XPS_TICKS_MAX; most >= 2; most--) {
    xps_axis_choose_ticks (&panel->x, most, FALSE, ticks);
    const double distance = fabs (xps_axis_map (&panel->x, xps_ticks_value (ticks, 1)) -
                                  xps_axis_map (&panel->x, xps_ticks_value (ticks, 0)));
    if (widest_label (ticks, style->label_size) + 0.6 * style->label_size <= distance)
      return;
  }
}

guint
xps_panel_most_y_ticks (const XpsPanel *panel, const XpsAxisStyle *style)
{
  const double rows = panel->rect.height / (1.15 * style->label_size);
  return (guint)CLAMP (rows, 2.0, (double)XPS_TICKS_MAX);
}

void
xps_panel_choose_y_ticks (const XpsPanel *panel, const XpsAxisStyle *style, XpsTicks *ticks)
{
  xps_axis_choose_ticks (&panel->y, xps_panel_most_y_ticks (panel, style), TRUE, ticks);
}

static XpsStroke
axis_stroke (const XpsAxisStyle *style)
{
  return (XpsStroke){.ink = xps_ink (XPS_INK_AXIS), .width = style->line};
}

void
xps_panel_add_frame (XpsSceneBuilder *builder, const XpsPanel *panel, const XpsAxisStyle *style)
{
  xps_scene_add_rectangle (builder, panel->rect, axis_stroke (style), XPS_INK_NONE);
}

void
xps_panel_add_x_ticks (XpsSceneBuilder *builder, const XpsPanel *panel, const XpsTicks *ticks,
                       gboolean labels, const XpsAxisStyle *style)
{
  const double edge = panel->rect.y + panel->rect.height;
  g_autofree XpsPoint *marks = g_new (XpsPoint, 2 * ticks->n);
  for (guint i = 0; i < ticks->n; i++) {
    const double x = xps_axis_map (&panel->x, xps_ticks_value (ticks, i));
    marks[2 * i] = (XpsPoint){x, edge};
    marks[2 * i + 1] = (XpsPoint){x, edge + style->tick};
  }
  xps_scene_add_segments (builder, 2 * ticks->n, marks, axis_stroke (style));
  for (guint i = 0; labels && i < ticks->n; i++) {
    g_autofree char *label = xps_ticks_dup_label (ticks, i);
    const double baseline = edge + style->tick + style->gap + XPS_MARKUP_CAP_HEIGHT * style->label_size;
    xps_scene_add_text (builder, &(XpsText){.markup = label,
                                            .at = {marks[2 * i].x, baseline},
                                            .anchor = 0.5,
                                            .size = style->label_size,
                                            .ink = xps_ink (XPS_INK_FOREGROUND)});
  }
}

void
xps_panel_add_y_ticks (XpsSceneBuilder *builder, const XpsPanel *panel, const XpsTicks *ticks,
                       const XpsAxisStyle *style)
{
  const double edge = panel->rect.x;
  g_autofree XpsPoint *marks = g_new (XpsPoint, 2 * ticks->n);
  for (guint i = 0; i < ticks->n; i++) {
    const double y = xps_axis_map (&panel->y, xps_ticks_value (ticks, i));
    marks[2 * i] = (XpsPoint){edge - style->tick, y};
    marks[2 * i + 1] = (XpsPoint){edge, y};
  }
  xps_scene_add_segments (builder, 2 * ticks->n, marks, axis_stroke (style));
  for (guint i = 0; i < ticks->n; i++) {
    g_autofree char *label = xps_ticks_dup_label (ticks, i);
    const double baseline = marks[2 * i].y + 0.5 * XPS_MARKUP_CAP_HEIGHT * style->label_size;
    xps_scene_add_text (builder, &(XpsText){.markup = label,
                                            .at = {edge - style->tick - style->gap, baseline},
                                            .anchor = 1.0,
                                            .size = style->label_size,
                                            .ink = xps_ink (XPS_INK_FOREGROUND)});
  }
}

void
xps_panel_add_x_title (XpsSceneBuilder *builder, const XpsPanel *panel, const char *markup, double distance,
                       const XpsAxisStyle *style)
{
  g_autofree char *fitted = xps_markup_dup_fitted (markup, style->title_size, FALSE, panel->rect.width);
  const double baseline =
      panel->rect.y + panel->rect.height + distance + XPS_MARKUP_CAP_HEIGHT * style->title_size;
  xps_scene_add_text (builder, &(XpsText){.markup = fitted,
                                          .at = {panel->rect.x + 0.5 * panel->rect.width, baseline},
                                          .anchor = 0.5,
                                          .size = style->title_size,
                                          .ink = xps_ink (XPS_INK_FOREGROUND)});
}

void
xps_panel_add_y_title (XpsSceneBuilder *builder, const XpsPanel *panel, const char *markup, double distance,
                       const XpsAxisStyle *style)
{
  const XpsRect rect = panel->rect;
  g_autofree char *fitted = xps_markup_dup_fitted (markup, style->title_size, FALSE, rect.height);
  const double baseline = rect.x - distance - XPS_MARKUP_DESCENT * style->title_size;
  xps_scene_add_text (builder, &(XpsText){.markup = fitted,
                                          .at = {baseline, rect.y + 0.5 * rect.height},
                                          .anchor = 0.5,
                                          .size = style->title_size,
                                          .rotation = 90.0,
                                          .ink = xps_ink (XPS_INK_FOREGROUND)});
}

double
xps_axis_style_below (const XpsAxisStyle *style)
{
  return style->tick + style->gap + XPS_MARKUP_CAP_HEIGHT * style->label_size;
}

double
xps_axis_style_left (const XpsAxisStyle *style, const XpsTicks *ticks)
{
  return style->tick + style->gap + widest_label (ticks, style->label_size);
}

double
xps_axis_style_title (const XpsAxisStyle *style)
{
  return style->gap + (XPS_MARKUP_CAP_HEIGHT + XPS_MARKUP_DESCENT) * style->title_size;
}
