/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/trend-panel.h"

#include <math.h>
#include <string.h>

#define BAND        1.96 /* standard errors: 95 % */
#define MARKER      4.0
#define MARKER_MOST 300 /* steps of which each has its symbol */
#define APART       10  /* lines so many times further apart than they move look flat */

GPtrArray *
xps_trend_panel_list (const XpsTrendDrawing *self, XpsTrendKind kind)
{
  GPtrArray *list = g_ptr_array_new ();
  for (guint i = 0; i < self->report->trends->len; i++) {
    const XpsTrend *trend = g_ptr_array_index (self->report->trends, i);
    const gboolean wanted = self->view->species == NULL || trend->species == NULL ||
                            g_strv_contains (self->view->species, trend->species);
    if (trend->kind == kind && wanted)
      g_ptr_array_add (list, (gpointer)trend);
  }
  return list;
}

static gboolean
is_shown (const XpsTrendDrawing *self, const XpsTrend *trend, gsize i)
{
  return i < trend->n && isfinite (self->clock->values[i]) && isfinite (trend->values[i]);
}

/* ---- shifts ---- */

/* Standard errors of the best value: where a species has just begun its place says little. */
#define WELL_KNOWN 10

double
xps_trend_find_first (const XpsSeriesReport *report, const XpsTrend *trend)
{
  double best = INFINITY;
  for (gsize i = 0; i < trend->n; i++)
    if (report->use[i] && !trend->frozen[i] && isfinite (trend->values[i]))
      best = fmin (best, trend->errors[i]); /* NaN is passed over */
  for (int round = 0; round < 3; round++)   /* a species that is never there has frozen values only */
    for (gsize i = 0; i < trend->n; i++)
      if (isfinite (trend->values[i]) && report->use[i] && (round == 2 || !trend->frozen[i]) &&
          (round > 0 || trend->errors[i] <= WELL_KNOWN * best))
        return trend->values[i];
  return NAN;
}

static double
find_change (const XpsTrendDrawing *self, const XpsTrend *trend)
{
  double low = INFINITY, high = -INFINITY;
  for (gsize i = 0; i < trend->n; i++)
    if (is_shown (self, trend, i) && self->report->use[i] && !trend->frozen[i]) {
      low = fmin (low, trend->values[i]);
      high = fmax (high, trend->values[i]);
    }
  return high > low ? high - low : 0;
}

static XpsTrend *
dup_shifted (const XpsTrend *trend, double first)
{
  const gsize n = MAX (trend->n, 1);
  XpsTrend *copy = g_new0 (XpsTrend, 1);
  copy->kind = trend->kind;
  copy->id = g_strdup (trend->id);
  copy->label = g_strdup (trend->label);
  copy->species = g_strdup (trend->species);
  copy->unit = g_strdup (trend->unit);
  copy->n = trend->n;
  copy->values = g_memdup2 (trend->values, n * sizeof *trend->values);
  copy->errors = g_memdup2 (trend->errors, n * sizeof *trend->errors);
  copy->frozen = g_memdup2 (trend->frozen, n * sizeof *trend->frozen);
  for (gsize i = 0; i < trend->n; i++)
    copy->values[i] -= first;
  return copy;
}

GPtrArray *
xps_trend_panel_dup_shifts (const XpsTrendDrawing *self, const GPtrArray *trends)
{
  double low = INFINITY, high = -INFINITY, change = 0;
  for (guint t = 0; t < trends->len; t++) {
    const XpsTrend *trend = g_ptr_array_index (trends, t);
    const double first = xps_trend_find_first (self->report, trend);
    change = fmax (change, find_change (self, trend));
    low = fmin (low, first);
    high = fmax (high, first);
  }
  if (!(change > 0 && high - low > APART * change))
    return NULL;
  GPtrArray *shifts = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_trend_free);
  for (guint t = 0; t < trends->len; t++) {
    const XpsTrend *trend = g_ptr_array_index (trends, t);
    g_ptr_array_add (shifts, dup_shifted (trend, xps_trend_find_first (self->report, trend)));
  }
  return shifts;
}

/* ---- the range ---- */

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* A step that is suspect or failed may lie anywhere: it must not squeeze the others. */
void
xps_trend_panel_find_range (const XpsTrendDrawing *self, const GPtrArray *trends, double *low, double *high)
{
  g_autoptr (GArray) errors = g_array_new (FALSE, FALSE, sizeof (double));
  *low = INFINITY;
  *high = -INFINITY;
  for (int round = 0; round < 2 && *low > *high; round++) /* only suspect ones: those then */
    for (guint t = 0; t < trends->len; t++) {
      const XpsTrend *trend = g_ptr_array_index (trends, t);
      for (gsize i = 0; i < trend->n; i++) {
        if (!is_shown (self, trend, i) || (round == 0 && (!self->report->use[i] || trend->frozen[i])))
          continue;
        *low = fmin (*low, trend->values[i]);
        *high = fmax (*high, trend->values[i]);
        if (isfinite (trend->errors[i]))
          g_array_append_val (errors, trend->errors[i]);
      }
    }
  g_array_sort (errors, compare_doubles);
  const double usual = errors->len > 0 ? BAND * g_array_index (errors, double, errors->len / 2) : 0;
  *low -= usual;
  *high += usual;
}

/* ---- the parts ---- */

static XpsInk
ink_of (const XpsTrendDrawing *self, const XpsTrend *trend)
{
  if (trend->species == NULL)
    return xps_ink (XPS_INK_FOREGROUND);
  return xps_ink_series (xps_trend_get_colour (self->report, trend->species));
}

/* Steps in the order they were measured; a step without an error has a band without width. */
static void
draw_band (const XpsTrendDrawing *self, const XpsTrend *trend, const XpsPanel *panel,
           XpsSceneBuilder *builder)
{
  g_autofree double *x = g_new (double, trend->n + 1), *low = g_new (double, trend->n + 1),
                    *high = g_new (double, trend->n + 1);
  gsize n = 0;
  for (gsize i = 0; i < trend->n; i++) {
    if (!is_shown (self, trend, i) || !self->report->use[i])
      continue;
    const double reach = isfinite (trend->errors[i]) && !trend->frozen[i] ? BAND * trend->errors[i] : 0;
    x[n] = self->clock->values[i];
    low[n] = trend->values[i] - reach;
    high[n++] = trend->values[i] + reach;
  }
  xps_panel_add_fill (builder, panel, n, x, high, low, xps_ink_fade (ink_of (self, trend), 0.22));
  for (gsize k = 0; k < n; k++)
    high[k] = 0.5 * (low[k] + high[k]);
  const XpsStroke stroke = {xps_ink_fade (ink_of (self, trend), 0.7), 0.8 * self->line_unit, XPS_DASH_SOLID};
  xps_panel_add_curve (builder, panel, n, x, high, stroke);
}

typedef enum { POINT_RISING, POINT_FALLING, POINT_FROZEN, POINT_SUSPECT, N_POINTS } PointKind;

static PointKind
kind_of (const XpsTrendDrawing *self, const XpsTrend *trend, gsize i)
{
  if (!self->report->use[i])
    return POINT_SUSPECT;
  if (trend->frozen[i])
    return POINT_FROZEN;
  return self->direction[i] < 0 ? POINT_FALLING : POINT_RISING;
}

static void
draw_points (const XpsTrendDrawing *self, const XpsTrend *trend, const XpsPanel *panel,
             XpsSceneBuilder *builder)
{
  const XpsInk ink = ink_of (self, trend), canvas = xps_ink (XPS_INK_CANVAS);
  const gsize stride = trend->n / MARKER_MOST + 1;
  g_autofree double *x = g_new (double, trend->n + 1), *y = g_new (double, trend->n + 1);
  for (PointKind kind = POINT_RISING; kind < N_POINTS; kind++) {
    gsize n = 0;
    for (gsize i = 0; i < trend->n; i++)
      if (is_shown (self, trend, i) && kind_of (self, trend, i) == kind &&
          (kind == POINT_SUSPECT || i % stride == 0)) {
        x[n] = self->clock->values[i];
        y[n++] = trend->values[i];
      }
    const gboolean suspect = kind == POINT_SUSPECT, faint = kind == POINT_FROZEN;
    const XpsInk line = suspect ? xps_ink (XPS_INK_WARNING) : faint ? xps_ink_fade (ink, 0.45) : ink;
    const XpsStroke stroke = {line, (suspect ? 1.2 : 0.9) * self->line_unit, XPS_DASH_SOLID};
    xps_panel_add_points (builder, panel, n, x, y, suspect ? XPS_MARKER_CROSS : XPS_MARKER_CIRCLE,
                          MARKER * self->line_unit / 0.75, stroke, kind == POINT_RISING ? ink : canvas);
  }
}

static void
draw_current (const XpsTrendDrawing *self, const XpsTrend *trend, const XpsPanel *panel,
              XpsSceneBuilder *builder)
{
  const int i = self->view->current;
  if (i < 0 || !is_shown (self, trend, (gsize)i))
    return;
  const XpsStroke stroke = {xps_ink (XPS_INK_ACCENT), 1.6 * self->line_unit, XPS_DASH_SOLID};
  xps_panel_add_points (builder, panel, 1, &self->clock->values[i], &trend->values[i], XPS_MARKER_CIRCLE,
                        2 * MARKER * self->line_unit / 0.75, stroke, XPS_INK_NONE);
}

/* The interval as a band over the whole height, the value as a line in it. */
static void
draw_onset (const XpsTrendDrawing *self, const XpsTrend *trend, const XpsPanel *panel,
            XpsSceneBuilder *builder)
{
  const char *id = strchr (trend->id, ':');
  for (guint k = 0; id != NULL && k < self->report->onsets->len; k++) {
    const XpsOnsetEntry *entry = g_ptr_array_index (self->report->onsets, k);
    const XpsOnset *onset = &entry->onset;
    const gboolean mine = strcmp (entry->trend, trend->id) == 0 ||
                          (trend->kind == XPS_TREND_AREA && g_str_has_prefix (entry->trend, "net:") &&
                           strcmp (entry->trend + 4, id + 1) == 0);
    if (!mine || onset->steady || onset->significance > 0.05 || !isfinite (onset->value.value))
      continue;
    const double from = isfinite (onset->low) ? onset->low : onset->value.value;
    const double to = isfinite (onset->high) ? onset->high : onset->value.value;
    const double left = panel->rect.x, right = left + panel->rect.width;
    const double x0 = CLAMP (xps_axis_map (&panel->x, from), left, right);
    const double x1 = CLAMP (xps_axis_map (&panel->x, to), left, right);
    const XpsRect band = {fmin (x0, x1), panel->rect.y, fabs (x1 - x0), panel->rect.height};
    const double at = xps_axis_map (&panel->x, onset->value.value);
    const XpsPoint line[] = {{at, panel->rect.y}, {at, panel->rect.y + panel->rect.height}};
    const XpsStroke stroke = {ink_of (self, trend), 0.9 * self->line_unit, XPS_DASH_DASHED}, none = {0};
    xps_scene_add_rectangle (builder, band, none, xps_ink_fade (ink_of (self, trend), 0.12));
    xps_scene_add_segments (builder, 2, line, stroke);
  }
}

static void
draw_brush (const XpsTrendDrawing *self, const XpsPanel *panel, XpsSceneBuilder *builder)
{
  const XpsTrendView *view = self->view;
  if (!isfinite (view->brush_low) || !isfinite (view->brush_high))
    return;
  const double a = xps_axis_map (&panel->x, view->brush_low), b = xps_axis_map (&panel->x, view->brush_high);
  const XpsRect band = {fmin (a, b), panel->rect.y, fabs (b - a), panel->rect.height};
  const XpsStroke edge = {xps_ink_fade (xps_ink (XPS_INK_ACCENT), 0.7), self->line_unit, XPS_DASH_SOLID};
  xps_scene_add_rectangle (builder, band, edge, xps_ink_fade (xps_ink (XPS_INK_ACCENT), 0.12));
}

void
xps_trend_panel_draw (const XpsTrendDrawing *self, const GPtrArray *trends, const XpsPanel *panel,
                      XpsSceneBuilder *builder)
{
  xps_scene_push_clip (builder, panel->rect);
  draw_brush (self, panel, builder);
  if (self->clock == xps_series_get_axis (self->report->series) && self->view->onsets)
    for (guint t = 0; t < trends->len; t++)
      draw_onset (self, g_ptr_array_index (trends, t), panel, builder);
  for (guint t = 0; t < trends->len; t++)
    draw_band (self, g_ptr_array_index (trends, t), panel, builder);
  for (guint t = 0; t < trends->len; t++)
    draw_points (self, g_ptr_array_index (trends, t), panel, builder);
  for (guint t = 0; t < trends->len; t++)
    draw_current (self, g_ptr_array_index (trends, t), panel, builder);
  xps_scene_pop_clip (builder);
}
