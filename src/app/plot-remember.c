/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-remember.h"

#include <math.h>

#include "app/plot-area-private.h"
#include "figure/view-text.h"

#define STORE_AFTER 2 /* s; a killed program forgets no more than these */

static double
from_panel (const XpsPlotArea *self, double value)
{
  return self->layout.log && !isnan (value) ? pow (10.0, value) : value;
}

static char *
dup_text (XpsPlotArea *self)
{
  const XpsRegion *region = xps_session_get_region (self->session);
  XpsPlotView view = self->view;
  view.x_low = self->history->now.x_low;
  view.x_high = self->history->now.x_high;
  view.y_low = from_panel (self, self->history->now.y_low);
  view.y_high = from_panel (self, self->history->now.y_high);
  return xps_plot_view_dup_text (&view, self->history->reference, region->view);
}

/* Only what a person changed since the region came up: having looked at it is nothing to write down. */
void
xps_plot_area_remember (XpsPlotArea *self)
{
  g_clear_handle_id (&self->store_source, g_source_remove);
  if (self->session == NULL || self->history == NULL || self->shown_text == NULL ||
      xps_session_get_region (self->session) == NULL)
    return;
  g_autofree char *text = dup_text (self);
  if (strcmp (text, self->shown_text) == 0)
    return;
  xps_session_store_view (self->session, text);
  g_free (self->shown_text);
  self->shown_text = g_steal_pointer (&text);
}

static gboolean
on_store (gpointer user_data)
{
  XpsPlotArea *self = user_data;
  if (self->session != NULL && xps_session_is_dragging (self->session))
    return G_SOURCE_CONTINUE;
  self->store_source = 0;
  xps_plot_area_remember (self);
  return G_SOURCE_REMOVE;
}

void
xps_plot_area_remember_soon (XpsPlotArea *self)
{
  if (self->store_source == 0 && self->shown_text != NULL)
    self->store_source = g_timeout_add_seconds (STORE_AFTER, on_store, self);
}

void
xps_plot_area_settle (XpsPlotArea *self)
{
  xps_plot_area_end_nudge (self);
  xps_plot_area_remember (self);
}

static void
set_flag (XpsPlotArea *self, gboolean *flag, gboolean value, const char *property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify (G_OBJECT (self), property);
}

static void
take_view (XpsPlotArea *self, const XpsPlotView *view)
{
  g_object_freeze_notify (G_OBJECT (self));
  set_flag (self, &self->view.kinetic, view->kinetic, "kinetic");
  set_flag (self, &self->view.per_second, view->per_second, "per-second");
  set_flag (self, &self->view.log, view->log, "log");
  set_flag (self, &self->view.residuals, view->residuals, "residuals");
  if (self->view.normalise != view->normalise) {
    self->view.normalise = view->normalise;
    g_object_notify (G_OBJECT (self), "normalise");
  }
  g_object_thaw_notify (G_OBJECT (self));
}

static double
to_panel (const XpsPlotArea *self, double value)
{
  return self->view.log && !isnan (value) ? log10 (value) : value;
}

void
xps_plot_area_recall (XpsPlotArea *self)
{
  const XpsRegion *region = self->session != NULL ? xps_session_get_region (self->session) : NULL;
  const XpsPreview *preview = region != NULL ? xps_session_get_preview (self->session) : NULL;
  g_clear_handle_id (&self->store_source, g_source_remove);
  g_clear_pointer (&self->shown_text, g_free);
  XpsPlotView view = self->view;
  view.x_low = view.x_high = view.y_low = view.y_high = NAN;
  const gboolean known =
      preview != NULL && xps_plot_view_read_text (region->view, preview->scale.shift, &view);
  if (known)
    take_view (self, &view);
  self->history = NULL;
  const gboolean is_new = xps_plot_area_choose_history (self);
  if (self->history == NULL)
    return;
  /* Until there is a scene: in which scale the limits are. */
  self->layout.log = self->view.log;
  if (known && is_new)
    self->history->now =
        (XpsPlotSpan){view.x_low, view.x_high, to_panel (self, view.y_low), to_panel (self, view.y_high)};
  self->shown_text = dup_text (self);
}
