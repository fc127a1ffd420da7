/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-drag.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/plot-area-private.h"
#include "app/plot-input.h"
#include "app/plot-move.h"
#include "app/plot-words.h"

#define GRIP_THRESHOLD 3.0  /* pixels before a press on a handle moves it: a click selects */
#define PAN_THRESHOLD  4.0  /* ... before a press on the plot moves the view or opens a box */
#define SLOW_THRESHOLD 10.0 /* ... with Shift: of the hand, not of the handle */
#define RISE_THRESHOLD 16.0 /* ... before a free scale of intensities is given up */
#define SLOW           0.1
#define SNAP_PIXELS    15.0

static const char kind_pan[] = "pan-drag";

GArray *
xps_plot_area_dup_grips (XpsPlotArea *self)
{
  const XpsPreview *preview = self->session != NULL ? xps_session_get_preview (self->session) : NULL;
  const int component = preview != NULL ? xps_session_get_component (self->session) : -1;
  return xps_grips_new (self->scene != NULL ? preview : NULL, &self->layout, self->view.mode, component);
}

/* ---- beginning ---- */

static gboolean
find_grip (XpsPlotArea *self, double x, double y, XpsGrip *grip)
{
  if (self->tool != XPS_PLOT_TOOL_SELECT)
    return FALSE;
  g_autoptr (GArray) grips = xps_plot_area_dup_grips (self);
  return xps_grips_find (grips, &self->layout, x, y, grip);
}

gboolean
xps_plot_area_press (XpsPlotArea *self, double x, double y, GdkModifierType state, gboolean middle)
{
  xps_plot_area_end_nudge (self);
  xps_plot_area_cancel (self);
  xps_plot_area_ensure_scene (self);
  if (self->scene == NULL || self->history == NULL)
    return FALSE;
  XpsPlotDrag *drag = &self->drag;
  *drag = (XpsPlotDrag){.x0 = x, .y0 = y, .x = x, .y = y, .state = state};
  drag->held_x = drag->heard_x = x;
  drag->held_y = drag->heard_y = y;
  drag->layout = self->layout;
  drag->span = self->history->now;
  drag->kind = XPS_PLOT_DRAG_PAN;
  if (!middle && find_grip (self, x, y, &drag->grip))
    drag->kind = XPS_PLOT_DRAG_GRIP;
  else if (!middle && (self->tool == XPS_PLOT_TOOL_ZOOM || (state & GDK_SHIFT_MASK) != 0))
    drag->kind = XPS_PLOT_DRAG_BOX;
  return drag->kind == XPS_PLOT_DRAG_GRIP;
}

static gboolean
begin_grip (XpsPlotArea *self)
{
  XpsPlotDrag *drag = &self->drag;
  drag->model = xps_session_dup_model (self->session);
  if (drag->model == NULL)
    return FALSE;
  const XpsPanel *panel = &drag->layout.main;
  drag->decimals = xps_plot_words_decimals ((panel->x.high - panel->x.low) / fmax (panel->rect.width, 1.0));
  double value = drag->grip.value;
  if (drag->grip.kind == XPS_GRIP_APEX)
    xps_preview_get_component (xps_session_get_preview (self->session), drag->grip.index, NULL, NULL, NULL,
                               &value);
  drag->figures = xps_plot_words_figures (value);
  xps_session_begin_drag (self->session);
  return TRUE;
}

/* ---- during ---- */

static void
follow_pointer (XpsPlotDrag *drag)
{
  const gboolean slow = drag->kind == XPS_PLOT_DRAG_GRIP && (drag->state & GDK_SHIFT_MASK) != 0;
  const double pace = slow ? SLOW : 1.0;
  drag->held_x += pace * (drag->x - drag->heard_x);
  drag->held_y += pace * (drag->y - drag->heard_y);
  drag->heard_x = drag->x;
  drag->heard_y = drag->y;
}

static void
snap (XpsPlotArea *self, XpsGripTarget *target)
{
  const XpsPlotDrag *drag = &self->drag;
  const XpsPreview *preview = xps_session_get_preview (self->session);
  const XpsPanel *panel = &drag->layout.main;
  double fwhm = NAN;
  xps_preview_get_component (preview, drag->grip.index, NULL, NULL, &fwhm, NULL);
  const double pixel = (panel->x.high - panel->x.low) / fmax (panel->rect.width, 1.0);
  const double near = SNAP_PIXELS * pixel;
  const double at = drag->grip.energy;
  target->energy = isnan (target->energy) ? at : target->energy;
  xps_grip_snap (preview, isfinite (fwhm) ? fmax (near, 0.5 * fwhm) : near, target);
}

static void
drag_grip (XpsPlotArea *self)
{
  XpsPlotDrag *drag = &self->drag;
  const double dx = drag->held_x - drag->x0, dy = drag->held_y - drag->y0;
  const gboolean begun = drag->moved_x || drag->moved_y;
  /* Each direction has to be meant: a peak pushed along keeps its area. */
  const double threshold = (drag->state & GDK_SHIFT_MASK) != 0 ? SLOW_THRESHOLD : GRIP_THRESHOLD;
  drag->moved_x = drag->moved_x || fabs (drag->x - drag->x0) >= threshold;
  drag->moved_y = drag->moved_y || fabs (drag->y - drag->y0) >= threshold;
  if (!drag->moved_x && !drag->moved_y)
    return;
  if (!begun && !begin_grip (self)) {
    drag->kind = XPS_PLOT_DRAG_NONE;
    return;
  }
  const XpsPanel *panel = &drag->layout.main;
  XpsGripTarget target = {NAN, NAN};
  if (drag->moved_x)
    target.energy = xps_plot_layout_to_binding (&drag->layout, xps_axis_unmap (&panel->x, drag->grip.x + dx));
  if (drag->moved_y)
    target.intensity =
        xps_plot_layout_to_measured (&drag->layout, xps_axis_unmap (&panel->y, drag->grip.y + dy));
  if (drag->grip.kind == XPS_GRIP_APEX && (drag->state & GDK_CONTROL_MASK) != 0)
    snap (self, &target);
  self->changed = self->changed != 0 ? self->changed : g_get_monotonic_time ();
  XpsModel *model = xps_model_copy (drag->model);
  xps_grip_move (&drag->grip, xps_session_get_preview (self->session), &target, model);
  xps_session_drag_model (self->session, model);
}

static void
drag_pan (XpsPlotArea *self)
{
  XpsPlotDrag *drag = &self->drag;
  const double dx = drag->held_x - drag->x0;
  double dy = drag->held_y - drag->y0;
  const gboolean y_free = isnan (drag->span.y_low);
  drag->moved_x = drag->moved_x || fabs (dx) >= PAN_THRESHOLD;
  drag->moved_y = drag->moved_y || fabs (dy) >= (y_free ? RISE_THRESHOLD : PAN_THRESHOLD);
  if (!drag->moved_x && !drag->moved_y)
    return;
  const XpsPanel *panel = &drag->layout.main;
  const double shift = xps_axis_unmap (&panel->x, drag->x0) - xps_axis_unmap (&panel->x, drag->x0 + dx);
  XpsPlotSpan span = drag->span;
  span.x_low = panel->x.low + shift;
  span.x_high = panel->x.high + shift;
  if (drag->moved_y) {
    dy -= y_free ? copysign (RISE_THRESHOLD, dy) * (fabs (dy) > RISE_THRESHOLD ? 1.0 : 0.0) : 0.0;
    const double rise = xps_axis_unmap (&panel->y, drag->y0) - xps_axis_unmap (&panel->y, drag->y0 + dy);
    span.y_low = panel->y.low + rise;
    span.y_high = panel->y.high + rise;
  }
  /* However long it takes, one drag is one view. */
  if (self->history->kind == kind_pan && !xps_plot_span_equal (&self->history->now, &drag->span))
    self->history->time = g_get_monotonic_time ();
  else
    self->history->kind = NULL;
  xps_plot_area_set_span (self, &span, kind_pan);
}

void
xps_plot_area_apply_move (XpsPlotArea *self)
{
  XpsPlotDrag *drag = &self->drag;
  if (!drag->pending)
    return;
  drag->pending = FALSE;
  follow_pointer (drag);
  if (drag->kind == XPS_PLOT_DRAG_GRIP)
    drag_grip (self);
  else if (drag->kind == XPS_PLOT_DRAG_PAN)
    drag_pan (self);
  else if (drag->kind == XPS_PLOT_DRAG_BOX)
    drag->moved_x = drag->moved_x || hypot (drag->x - drag->x0, drag->y - drag->y0) >= PAN_THRESHOLD;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  XpsPlotArea *self = XPS_PLOT_AREA (widget);
  if (!self->drag.pending) {
    self->drag.tick = 0;
    return G_SOURCE_REMOVE;
  }
  xps_plot_area_apply_move (self);
  return G_SOURCE_CONTINUE;
}

void
xps_plot_area_move (XpsPlotArea *self, double x, double y, GdkModifierType state)
{
  XpsPlotDrag *drag = &self->drag;
  if (drag->kind == XPS_PLOT_DRAG_NONE)
    return;
  drag->x = x;
  drag->y = y;
  drag->state = state;
  drag->pending = TRUE;
  /* However fast a pointer reports, one model is worked out a frame. */
  if (drag->tick == 0)
    drag->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* ---- the end ---- */

static void
clear_drag (XpsPlotArea *self)
{
  XpsPlotDrag *drag = &self->drag;
  if (drag->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), drag->tick);
  g_clear_pointer (&drag->model, xps_model_free);
  *drag = (XpsPlotDrag){.kind = XPS_PLOT_DRAG_NONE};
  xps_plot_area_invalidate (self); /* the scale was held during the drag */
  xps_plot_input_update_hover (self);
}

void
xps_plot_area_release (XpsPlotArea *self)
{
  XpsPlotDrag *drag = &self->drag;
  if (drag->kind == XPS_PLOT_DRAG_NONE)
    return;
  xps_plot_area_apply_move (self);
  const XpsPlotDrag end = *drag;
  if (end.kind == XPS_PLOT_DRAG_GRIP && end.model != NULL && xps_session_is_dragging (self->session)) {
    g_autofree char *label = xps_plot_words_dup_step (self, &end.grip, end.moved_x);
    drag->kind = XPS_PLOT_DRAG_NONE;
    xps_session_end_drag (self->session, label);
  } else if (end.kind == XPS_PLOT_DRAG_BOX && end.moved_x)
    xps_plot_area_zoom_to_box (self, end.x0, end.y0, end.x, end.y);
  clear_drag (self);
  xps_plot_words_describe (self);
}

gboolean
xps_plot_area_cancel (XpsPlotArea *self)
{
  XpsPlotDrag *drag = &self->drag;
  const XpsPlotDragKind kind = drag->kind;
  if (kind == XPS_PLOT_DRAG_NONE)
    return FALSE;
  drag->kind = XPS_PLOT_DRAG_NONE;
  if (kind == XPS_PLOT_DRAG_GRIP && drag->model != NULL && xps_session_is_dragging (self->session))
    xps_session_cancel_drag (self->session);
  const gboolean panned = kind == XPS_PLOT_DRAG_PAN && (drag->moved_x || drag->moved_y);
  if (panned && self->history != NULL && self->history->kind == kind_pan &&
      xps_plot_history_go_back (self->history))
    g_array_set_size (self->history->forward, self->history->forward->len - 1);
  clear_drag (self);
  return TRUE;
}

void
xps_plot_area_abandon (XpsPlotArea *self)
{
  xps_plot_area_end_nudge (self);
  xps_plot_area_cancel (self);
}
