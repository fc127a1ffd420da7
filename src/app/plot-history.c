/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-history.h"

#include <math.h>

#define BURST_US (700 * 1000)

static gboolean
same (double a, double b)
{
  return a == b || (isnan (a) && isnan (b));
}

gboolean
xps_plot_span_equal (const XpsPlotSpan *a, const XpsPlotSpan *b)
{
  return same (a->x_low, b->x_low) && same (a->x_high, b->x_high) && same (a->y_low, b->y_low) &&
         same (a->y_high, b->y_high);
}

void
xps_plot_range_zoom (double *low, double *high, double anchor, double factor)
{
  g_return_if_fail (factor > 0.0);
  const double below = (anchor - *low) / factor, above = (*high - anchor) / factor;
  *low = anchor - below;
  *high = anchor + above;
}

void
xps_plot_range_clamp (double *low, double *high, double limit_low, double limit_high, double narrowest)
{
  const double widest = 3.0 * (limit_high - limit_low);
  const double width = CLAMP (*high - *low, fmin (narrowest, widest), widest);
  double middle = 0.5 * (*low + *high);
  /* Half of what is shown may be beyond the data, not more: nobody gets lost in empty space. */
  middle = CLAMP (middle, limit_low, limit_high);
  if (width == *high - *low && middle == 0.5 * (*low + *high))
    return;
  *low = middle - 0.5 * width;
  *high = middle + 0.5 * width;
}

XpsPlotHistory *
xps_plot_history_new (const XpsPlotSpan *first)
{
  XpsPlotHistory *self = g_new0 (XpsPlotHistory, 1);
  self->now = *first;
  self->back = g_array_new (FALSE, FALSE, sizeof (XpsPlotSpan));
  self->forward = g_array_new (FALSE, FALSE, sizeof (XpsPlotSpan));
  return self;
}

void
xps_plot_history_free (XpsPlotHistory *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->back);
  g_array_unref (self->forward);
  g_free (self);
}

void
xps_plot_history_set (XpsPlotHistory *self, const XpsPlotSpan *span, const char *kind, gint64 time)
{
  if (xps_plot_span_equal (&self->now, span))
    return;
  const gboolean burst = kind != NULL && kind == self->kind && time - self->time < BURST_US;
  if (!burst) {
    g_array_append_val (self->back, self->now);
    if (self->back->len > XPS_PLOT_HISTORY_MAX)
      g_array_remove_index (self->back, 0);
    g_array_set_size (self->forward, 0);
  }
  self->now = *span;
  self->kind = kind;
  self->time = time;
}

static void
shift_all (GArray *spans, double shift)
{
  for (guint i = 0; i < spans->len; i++) {
    XpsPlotSpan *span = &g_array_index (spans, XpsPlotSpan, i);
    span->x_low += shift;
    span->x_high += shift;
  }
}

void
xps_plot_history_shift (XpsPlotHistory *self, double shift)
{
  self->now.x_low += shift;
  self->now.x_high += shift;
  shift_all (self->back, shift);
  shift_all (self->forward, shift);
}

static gboolean
step (XpsPlotHistory *self, GArray *from, GArray *to)
{
  if (from->len == 0)
    return FALSE;
  g_array_append_val (to, self->now);
  self->now = g_array_index (from, XpsPlotSpan, from->len - 1);
  g_array_set_size (from, from->len - 1);
  self->kind = NULL;
  return TRUE;
}

gboolean
xps_plot_history_go_back (XpsPlotHistory *self)
{
  return step (self, self->back, self->forward);
}

gboolean
xps_plot_history_go_forward (XpsPlotHistory *self)
{
  return step (self, self->forward, self->back);
}
