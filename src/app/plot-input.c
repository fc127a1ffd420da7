/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-input.h"

#include <math.h>

#include "app/plot-words.h"

#define BUTTON_BACK    8 /* as on many mice */
#define BUTTON_FORWARD 9
#define NOTCH_FACTOR   1.2   /* of a wheel */
#define PIXEL_FACTOR   1.006 /* of a touchpad, which reports distances */
#define PIXEL_PAGES    500.0 /* of a touchpad sideways: a page */
#define NOTCH_PAGES    10.0

/* ---- what is under the pointer ---- */

static const char *
cursor_name (XpsPlotArea *self)
{
  if (self->drag.kind == XPS_PLOT_DRAG_PAN && (self->drag.moved_x || self->drag.moved_y))
    return "grabbing";
  if (self->drag.kind == XPS_PLOT_DRAG_BOX)
    return "crosshair";
  if (self->drag.kind == XPS_PLOT_DRAG_GRIP)
    return xps_grip_cursor (self->drag.grip.kind);
  if (self->hover.kind != XPS_GRIP_NONE)
    return xps_grip_cursor (self->hover.kind);
  const gboolean aims = self->tool != XPS_PLOT_TOOL_SELECT || self->cross_hair;
  if (aims && xps_plot_area_in_main (self, self->pointer_x, self->pointer_y))
    return "crosshair";
  return "default";
}

void
xps_plot_input_update_hover (XpsPlotArea *self)
{
  XpsGrip hover = {.kind = XPS_GRIP_NONE};
  if (self->pointer_inside && self->drag.kind == XPS_PLOT_DRAG_NONE && self->tool == XPS_PLOT_TOOL_SELECT) {
    g_autoptr (GArray) grips = xps_plot_area_dup_grips (self);
    xps_grips_find (grips, &self->layout, self->pointer_x, self->pointer_y, &hover);
  }
  const gboolean other = hover.kind != self->hover.kind || hover.index != self->hover.index ||
                         hover.anchor != self->hover.anchor;
  self->hover = hover;
  if (other)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  const char *cursor = cursor_name (self);
  if (cursor == self->cursor)
    return;
  self->cursor = cursor;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursor);
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, XpsPlotArea *self)
{
  self->pointer_inside = TRUE;
  self->cursor_by_key = FALSE;
  self->pointer_x = x;
  self->pointer_y = y;
  xps_plot_input_update_hover (self);
  if (self->cross_hair || self->show_ghosts || self->tool == XPS_PLOT_TOOL_ADD)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_leave (GtkEventControllerMotion *controller, XpsPlotArea *self)
{
  self->pointer_inside = FALSE;
  xps_plot_input_update_hover (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_query_tooltip (XpsPlotArea *self, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  if (self->scene == NULL || keyboard || self->drag.kind != XPS_PLOT_DRAG_NONE)
    return FALSE;
  /* Over the curves a tip would only be in the way. */
  if (self->hover.kind == XPS_GRIP_NONE && xps_plot_area_in_main (self, x, y))
    return FALSE;
  g_autofree char *text = xps_plot_words_dup_tip (self->hover.kind != XPS_GRIP_NONE ? &self->hover : NULL);
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* ---- wheel and pinch ---- */

static void
zoom_by (XpsPlotArea *self, double amount, gboolean wheel, gboolean intensity)
{
  const double factor = pow (wheel ? NOTCH_FACTOR : PIXEL_FACTOR, -amount);
  if (intensity)
    xps_plot_area_zoom_intensity_at (self, self->pointer_y, factor);
  else
    xps_plot_area_zoom_at (self, self->pointer_x, factor);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, XpsPlotArea *self)
{
  if (self->history == NULL || self->drag.kind == XPS_PLOT_DRAG_GRIP)
    return GDK_EVENT_PROPAGATE;
  const GdkModifierType state =
      gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));
  const gboolean wheel = gtk_event_controller_scroll_get_unit (controller) == GDK_SCROLL_UNIT_WHEEL;
  const gboolean shift = (state & GDK_SHIFT_MASK) != 0;
  /* Some systems turn a wheel with Shift into a sideways one. */
  const double amount = shift && dy == 0.0 ? dx : dy;
  const gboolean beside = self->scene != NULL && self->pointer_x < self->layout.main.rect.x;
  if (amount != 0.0)
    zoom_by (self, amount, wheel, shift || beside);
  if (!shift && dx != 0.0)
    xps_plot_area_pan (self, dx / (wheel ? NOTCH_PAGES : PIXEL_PAGES));
  return GDK_EVENT_STOP;
}

static void
on_pinch_begin (GtkGesture *gesture, GdkEventSequence *sequence, XpsPlotArea *self)
{
  xps_plot_area_cancel (self);
  self->pinch_scale = 1.0;
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

static void
on_pinch (GtkGestureZoom *gesture, double scale, XpsPlotArea *self)
{
  double x = self->pointer_x, y = 0.0;
  if (gtk_gesture_is_active (GTK_GESTURE (gesture)))
    gtk_gesture_get_bounding_box_center (GTK_GESTURE (gesture), &x, &y);
  if (!(scale > 0.0) || !(self->pinch_scale > 0.0))
    return;
  xps_plot_area_zoom_at (self, x, scale / self->pinch_scale);
  self->pinch_scale = scale;
}

/* ---- drags and clicks ---- */

static GdkModifierType
state_of (gpointer gesture)
{
  return gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, XpsPlotArea *self)
{
  const guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));
  gtk_widget_grab_focus (GTK_WIDGET (self));
  xps_plot_area_press (self, x, y, state_of (gesture), button == GDK_BUTTON_MIDDLE);
}

static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, XpsPlotArea *self)
{
  double x = 0.0, y = 0.0;
  if (self->drag.kind == XPS_PLOT_DRAG_NONE || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  xps_plot_area_move (self, x + dx, y + dy, state_of (gesture));
  /* From here on it is no click. */
  if (hypot (dx, dy) >= 4.0)
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  xps_plot_input_update_hover (self);
}

static void
on_drag_end (GtkGestureDrag *gesture, double dx, double dy, XpsPlotArea *self)
{
  xps_plot_area_release (self);
}

static void
on_drag_cancel (GtkGesture *gesture, GdkEventSequence *sequence, XpsPlotArea *self)
{
  xps_plot_area_cancel (self);
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, XpsPlotArea *self)
{
  xps_plot_area_click (self, x, y, n_press);
}

static void
on_side_button (GtkGestureClick *gesture, int n_press, double x, double y, XpsPlotArea *self)
{
  if (gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (gesture)) == BUTTON_BACK)
    xps_plot_area_go_back (self);
  else
    xps_plot_area_go_forward (self);
}

static void
add_side_button (XpsPlotArea *self, guint button)
{
  GtkGesture *click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), button);
  g_signal_connect (click, "pressed", G_CALLBACK (on_side_button), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
add_drag (XpsPlotArea *self, guint button)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), button);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_drag_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/* Components by where their maxima lie on the screen, from the left. */
static GArray *
order_components (XpsPlotArea *self, const XpsPreview *preview)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < preview->n_components; i++) {
    double maximum = NAN;
    xps_preview_get_component (preview, i, &maximum, NULL, NULL, NULL);
    /* Binding energy rises to the left on both axes. */
    const double place = isnan (maximum) ? G_MAXDOUBLE : -maximum;
    guint at = 0;
    while (at < places->len && g_array_index (places, double, at) <= place)
      at++;
    g_array_insert_val (places, at, place);
    g_array_insert_val (order, at, i);
  }
  return order;
}

gboolean
xps_plot_input_select_next (XpsPlotArea *self, int direction, gboolean round)
{
  const XpsPreview *preview = self->session != NULL ? xps_session_get_preview (self->session) : NULL;
  if (preview == NULL || preview->n_components == 0)
    return FALSE;
  xps_plot_area_end_nudge (self);
  g_autoptr (GArray) order = order_components (self, preview);
  const int n = (int)order->len, selected = xps_session_get_component (self->session);
  int at = direction > 0 ? -1 : n;
  for (int i = 0; i < n; i++)
    if ((int)g_array_index (order, guint, i) == selected)
      at = i;
  at += direction;
  if (n == 0 || ((at < 0 || at >= n) && !round))
    return FALSE;
  xps_session_select_component (self->session, (int)g_array_index (order, guint, (at + n) % n));
  return TRUE;
}

void
xps_plot_input_add_controllers (XpsPlotArea *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (widget, motion);

  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (widget, scroll);

  GtkGesture *pinch = gtk_gesture_zoom_new ();
  g_signal_connect (pinch, "begin", G_CALLBACK (on_pinch_begin), self);
  g_signal_connect (pinch, "scale-changed", G_CALLBACK (on_pinch), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pinch));

  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  add_drag (self, GDK_BUTTON_PRIMARY);
  add_drag (self, GDK_BUTTON_MIDDLE);
  add_side_button (self, BUTTON_BACK);
  add_side_button (self, BUTTON_FORWARD);
  gtk_widget_add_controller (widget, xps_plot_keys_new (self));

  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
}
