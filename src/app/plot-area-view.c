/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-area-private.h"

#include <math.h>

#include "app/plot-move.h"

/* Kinds of change: those of one kind that follow each other at once are one view. */
static const char kind_zoom[] = "zoom";
static const char kind_zoom_intensity[] = "zoom-intensity";
static const char kind_pan[] = "pan";

/* Room that the free scale leaves is not known here: a fresh span lets the data choose. */
static XpsPlotSpan
fitting_span (XpsPlotArea *self, gboolean window_only)
{
  const XpsPreview *preview = self->session != NULL ? xps_session_get_preview (self->session) : NULL;
  XpsPlotView view = self->view;
  view.x_low = view.x_high = view.y_low = view.y_high = NAN;
  if (preview != NULL)
    xps_plot_fit_view (preview, window_only, &view);
  return (XpsPlotSpan){view.x_low, view.x_high, NAN, NAN};
}

/* The same energies on the other axis. */
static XpsPlotSpan
turn_span (const XpsPlotSpan *span, double energy_sum)
{
  return (XpsPlotSpan){energy_sum - span->x_high, energy_sum - span->x_low, span->y_low, span->y_high};
}

static gpointer
history_key (XpsPlotArea *self, guint region)
{
  return GUINT_TO_POINTER (region * 2 + (self->view.kinetic ? 1 : 0));
}

static gboolean
has_window (const XpsPreview *preview)
{
  const XpsModelPart *part = g_ptr_array_index (preview->model->parts, preview->part);
  return isfinite (part->low) || isfinite (part->high);
}

/* A charge reference moves binding energies, and the view with them: on the screen the data stay. */
void
xps_plot_area_follow_reference (XpsPlotArea *self)
{
  const XpsPreview *preview = self->history != NULL ? xps_session_get_preview (self->session) : NULL;
  if (preview == NULL)
    return;
  const double shift = preview->scale.shift - self->history->reference;
  if (shift == 0.0 || !isfinite (shift))
    return;
  self->history->reference = preview->scale.shift;
  const gboolean kinetic = self->view.kinetic && isfinite (xps_preview_get_energy_sum (preview));
  if (preview->has_binding && !kinetic)
    xps_plot_history_shift (self->history, shift);
}

/* Each region is found again as it was left. */
gboolean
xps_plot_area_choose_history (XpsPlotArea *self)
{
  const guint region = self->session != NULL ? xps_session_get_region_id (self->session) : 0;
  const XpsPreview *preview = region != 0 ? xps_session_get_preview (self->session) : NULL;
  self->history = NULL;
  if (preview == NULL)
    return FALSE;
  gpointer key = history_key (self, region);
  self->history = g_hash_table_lookup (self->histories, key);
  const gboolean is_new = self->history == NULL;
  if (is_new) {
    const XpsPlotSpan span = fitting_span (self, preview->model != NULL && has_window (preview));
    self->history = xps_plot_history_new (&span);
    self->history->reference = preview->scale.shift;
    g_hash_table_insert (self->histories, key, self->history);
  }
  xps_plot_area_follow_reference (self);
  return is_new;
}

/* The axis was switched: the same stretch of the spectrum stays in view. */
void
xps_plot_area_turn_axis (XpsPlotArea *self)
{
  const XpsPlotHistory *before = self->history;
  const XpsPlotSpan span = before != NULL ? before->now : (XpsPlotSpan){NAN, NAN, NAN, NAN};
  const XpsPreview *preview = self->session != NULL ? xps_session_get_preview (self->session) : NULL;
  const double energy_sum = preview != NULL ? xps_preview_get_energy_sum (preview) : (double)NAN;
  xps_plot_area_choose_history (self);
  if (self->history == NULL || before == NULL || !isfinite (energy_sum))
    return;
  self->history->now = turn_span (&span, energy_sum);
}

static void
free_intensities (GArray *spans)
{
  for (guint i = 0; i < spans->len; i++) {
    XpsPlotSpan *span = &g_array_index (spans, XpsPlotSpan, i);
    span->y_low = span->y_high = NAN;
  }
}

/* Another unit or scale: intensities that were asked for in the old one mean nothing now. */
void
xps_plot_area_forget_intensities (XpsPlotArea *self)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, self->histories);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    XpsPlotHistory *history = value;
    history->now.y_low = history->now.y_high = NAN;
    free_intensities (history->back);
    free_intensities (history->forward);
  }
}

static void
extend_limits (const XpsPlotArea *self, const XpsPreview *preview, double *low, double *high)
{
  if (preview->n < 2)
    return;
  const double a = preview->energy[0], b = preview->energy[preview->n - 1];
  const double sum = xps_preview_get_energy_sum (preview);
  const gboolean turned = self->view.kinetic && isfinite (sum);
  *low = fmin (*low, turned ? sum - b : a);
  *high = fmax (*high, turned ? sum - a : b);
}

/* Energies of the data on the shown axis; FALSE without data. */
static gboolean
get_limits (XpsPlotArea *self, double *low, double *high)
{
  const XpsPreview *preview = xps_session_get_preview (self->session);
  *low = INFINITY;
  *high = -INFINITY;
  if (preview == NULL)
    return FALSE;
  extend_limits (self, preview, low, high);
  const GPtrArray *overlays =
      self->view.mode != XPS_PLOT_SINGLE ? xps_session_get_overlays (self->session) : NULL;
  for (guint i = 0; overlays != NULL && i < overlays->len; i++)
    extend_limits (self, g_ptr_array_index (overlays, i), low, high);
  return *low < *high;
}

static void
clamp_energies (XpsPlotArea *self, XpsPlotSpan *span)
{
  double low, high;
  if (!isfinite (span->x_low) || !isfinite (span->x_high) || !get_limits (self, &low, &high))
    return;
  const XpsPreview *preview = xps_session_get_preview (self->session);
  xps_plot_range_clamp (&span->x_low, &span->x_high, low, high, 4.0 * xps_preview_get_step (preview));
}

/* A scale needs two different ends that a double can tell apart. */
static gboolean
is_drawable (double low, double high)
{
  return isnan (low) || isnan (high) || high - low > 1e-9 * fmax (fabs (low), fabs (high)) + 1e-290;
}

void
xps_plot_area_set_span (XpsPlotArea *self, const XpsPlotSpan *span, const char *kind)
{
  if (self->history == NULL)
    return;
  XpsPlotSpan held = *span;
  clamp_energies (self, &held);
  if (!is_drawable (held.y_low, held.y_high))
    return;
  xps_plot_history_set (self->history, &held, kind, g_get_monotonic_time ());
  xps_plot_area_invalidate (self);
}

/* What was asked for counts before what is drawn yet: several turns of a wheel in one frame add up without a
 * scene for each. */
static void
get_shown (XpsPlotArea *self, const XpsAxis *drawn, double *low, double *high)
{
  if (!isnan (*low) && !isnan (*high))
    return;
  xps_plot_area_ensure_scene (self);
  *low = isnan (*low) ? drawn->low : *low;
  *high = isnan (*high) ? drawn->high : *high;
}

XpsPlotSpan
xps_plot_area_get_shown_span (XpsPlotArea *self)
{
  XpsPlotSpan span = {NAN, NAN, NAN, NAN};
  if (self->history != NULL)
    span = self->history->now;
  get_shown (self, &self->layout.main.x, &span.x_low, &span.x_high);
  get_shown (self, &self->layout.main.y, &span.y_low, &span.y_high);
  return span;
}

/* ---- zoom and pan ---- */

/* What lies at a pixel of an axis that will show [low, high]. */
static double
anchor_at (XpsAxis axis, double pixel, double low, double high)
{
  axis.low = low;
  axis.high = high;
  return CLAMP (xps_axis_unmap (&axis, pixel), low, high);
}

void
xps_plot_area_zoom_at (XpsPlotArea *self, double x, double factor)
{
  if (self->history == NULL || self->scene == NULL)
    return;
  XpsPlotSpan span = self->history->now;
  get_shown (self, &self->layout.main.x, &span.x_low, &span.x_high);
  const double anchor = anchor_at (self->layout.main.x, x, span.x_low, span.x_high);
  xps_plot_range_zoom (&span.x_low, &span.x_high, anchor, factor);
  xps_plot_area_set_span (self, &span, kind_zoom);
}

void
xps_plot_area_zoom_intensity_at (XpsPlotArea *self, double y, double factor)
{
  if (self->history == NULL || self->scene == NULL)
    return;
  XpsPlotSpan span = self->history->now;
  get_shown (self, &self->layout.main.y, &span.y_low, &span.y_high);
  const double anchor = anchor_at (self->layout.main.y, y, span.y_low, span.y_high);
  xps_plot_range_zoom (&span.y_low, &span.y_high, anchor, factor);
  xps_plot_area_set_span (self, &span, kind_zoom_intensity);
}

void
xps_plot_area_zoom_to_box (XpsPlotArea *self, double x0, double y0, double x1, double y1)
{
  const XpsPanel *panel = &self->layout.main;
  const XpsRect *rect = &panel->rect;
  const double left = CLAMP (fmin (x0, x1), rect->x, rect->x + rect->width);
  const double right = CLAMP (fmax (x0, x1), rect->x, rect->x + rect->width);
  const double top = CLAMP (fmin (y0, y1), rect->y, rect->y + rect->height);
  const double bottom = CLAMP (fmax (y0, y1), rect->y, rect->y + rect->height);
  /* A flat box means energies alone, a narrow one intensities alone. */
  const gboolean wide = right - left >= 8.0, high = bottom - top >= 8.0;
  if (!wide && !high)
    return;
  XpsPlotSpan span = xps_plot_area_get_shown_span (self);
  if (self->history != NULL && !high)
    span.y_low = self->history->now.y_low, span.y_high = self->history->now.y_high;
  if (wide) {
    const double a = xps_axis_unmap (&panel->x, left), b = xps_axis_unmap (&panel->x, right);
    span.x_low = fmin (a, b);
    span.x_high = fmax (a, b);
  }
  if (high) {
    span.y_low = xps_axis_unmap (&panel->y, bottom);
    span.y_high = xps_axis_unmap (&panel->y, top);
  }
  xps_plot_area_set_span (self, &span, NULL);
}

void
xps_plot_area_zoom (XpsPlotArea *self, double factor)
{
  g_return_if_fail (XPS_IS_PLOT_AREA (self) && factor > 0.0);
  if (self->scene == NULL)
    xps_plot_area_ensure_scene (self);
  const XpsRect *rect = &self->layout.main.rect;
  xps_plot_area_zoom_at (self, rect->x + 0.5 * rect->width, factor);
}

/* By hand the floor of the spectrum is what stays: counts are read from it. */
void
xps_plot_area_zoom_intensity (XpsPlotArea *self, double factor)
{
  g_return_if_fail (XPS_IS_PLOT_AREA (self) && factor > 0.0);
  if (self->scene == NULL)
    xps_plot_area_ensure_scene (self);
  const XpsRect *rect = &self->layout.main.rect;
  xps_plot_area_zoom_intensity_at (self, rect->y + rect->height, factor);
}

void
xps_plot_area_zoom_to_all (XpsPlotArea *self)
{
  g_return_if_fail (XPS_IS_PLOT_AREA (self));
  const XpsPlotSpan span = fitting_span (self, FALSE);
  xps_plot_area_set_span (self, &span, NULL);
}

void
xps_plot_area_zoom_to_window (XpsPlotArea *self)
{
  g_return_if_fail (XPS_IS_PLOT_AREA (self));
  const XpsPlotSpan span = fitting_span (self, TRUE);
  xps_plot_area_set_span (self, &span, NULL);
}

/* Positive: what lies to the right on the screen comes into view. */
void
xps_plot_area_pan (XpsPlotArea *self, double pages)
{
  g_return_if_fail (XPS_IS_PLOT_AREA (self));
  if (self->history == NULL)
    return;
  XpsPlotSpan span = self->history->now;
  get_shown (self, &self->layout.main.x, &span.x_low, &span.x_high);
  const double step = pages * (span.x_high - span.x_low) * (self->layout.main.x.reversed ? -1.0 : 1.0);
  span.x_low += step;
  span.x_high += step;
  xps_plot_area_set_span (self, &span, kind_pan);
}

gboolean
xps_plot_area_go_back (XpsPlotArea *self)
{
  g_return_val_if_fail (XPS_IS_PLOT_AREA (self), FALSE);
  if (self->history == NULL || !xps_plot_history_go_back (self->history))
    return FALSE;
  xps_plot_area_invalidate (self);
  return TRUE;
}

gboolean
xps_plot_area_go_forward (XpsPlotArea *self)
{
  g_return_val_if_fail (XPS_IS_PLOT_AREA (self), FALSE);
  if (self->history == NULL || !xps_plot_history_go_forward (self->history))
    return FALSE;
  xps_plot_area_invalidate (self);
  return TRUE;
}

/* ---- pixels and data ---- */

double
xps_plot_area_get_energy (XpsPlotArea *self, double x)
{
  return xps_axis_unmap (&self->layout.main.x, x);
}

double
xps_plot_area_get_binding (XpsPlotArea *self, double x)
{
  return xps_plot_layout_to_binding (&self->layout, xps_plot_area_get_energy (self, x));
}

double
xps_plot_area_get_intensity (XpsPlotArea *self, double y)
{
  return xps_plot_layout_to_measured (&self->layout, xps_axis_unmap (&self->layout.main.y, y));
}

gboolean
xps_plot_area_in_main (XpsPlotArea *self, double x, double y)
{
  const XpsRect *rect = &self->layout.main.rect;
  return self->scene != NULL && x >= rect->x && x <= rect->x + rect->width && y >= rect->y &&
         y <= rect->y + rect->height;
}

gboolean
xps_plot_area_locate (XpsPlotArea *self, double energy, double intensity, double *x, double *y)
{
  g_return_val_if_fail (XPS_IS_PLOT_AREA (self), FALSE);
  xps_plot_area_ensure_scene (self);
  if (self->scene == NULL || self->history == NULL)
    return FALSE;
  const double level = self->layout.log ? log10 (intensity) : intensity;
  const XpsPoint at = xps_panel_map (&self->layout.main, energy, level);
  if (x != NULL)
    *x = at.x;
  if (y != NULL)
    *y = at.y;
  return isfinite (at.x) && isfinite (at.y) && xps_plot_area_in_main (self, at.x, at.y);
}
