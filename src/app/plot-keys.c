/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <math.h>

#include "app/plot-area-private.h"
#include "app/plot-input.h"

/* Keys of the plot while it has the focus. What needs a pointer otherwise can all be done with them. */

#define ZOOM_FACTOR 1.25
#define PAN_PAGES   0.1
#define PAGE_PAGES  0.8
#define MOD_MASK    (GDK_SHIFT_MASK | GDK_CONTROL_MASK | GDK_ALT_MASK)

typedef gboolean (*Act) (XpsPlotArea *self, double amount);

typedef struct {
  guint key;
  guint modifiers;
  Act act;
  double amount;
} Key;

/* ---- views ---- */

static gboolean
zoom (XpsPlotArea *self, double factor)
{
  xps_plot_area_zoom (self, factor);
  return TRUE;
}

static gboolean
zoom_intensity (XpsPlotArea *self, double factor)
{
  xps_plot_area_zoom_intensity (self, factor);
  return TRUE;
}

static gboolean
page (XpsPlotArea *self, double pages)
{
  xps_plot_area_pan (self, pages);
  return TRUE;
}

static gboolean
fit_all (XpsPlotArea *self, double amount)
{
  xps_plot_area_zoom_to_all (self);
  return TRUE;
}

static gboolean
fit_window (XpsPlotArea *self, double amount)
{
  xps_plot_area_zoom_to_window (self);
  return TRUE;
}

static gboolean
walk_views (XpsPlotArea *self, double direction)
{
  /* At the end of the views the key still is ours: it must not do something else. */
  if (direction < 0.0)
    xps_plot_area_go_back (self);
  else
    xps_plot_area_go_forward (self);
  return TRUE;
}

/* ---- what is selected ---- */

static gboolean
walk_components (XpsPlotArea *self, double direction)
{
  return xps_plot_input_select_next (self, direction > 0.0 ? 1 : -1, TRUE);
}

static gboolean
remove_selected (XpsPlotArea *self, double amount)
{
  xps_plot_area_remove_selected (self);
  return TRUE;
}

/* The handles that have no component: ends of the window, levels and anchors of the background. */
static gboolean
walk_handles (XpsPlotArea *self, double direction)
{
  static const XpsGripKind kinds[] = {XPS_GRIP_NONE, XPS_GRIP_WINDOW_HIGH, XPS_GRIP_WINDOW_LOW,
                                      XPS_GRIP_BACKGROUND_HIGH, XPS_GRIP_BACKGROUND_LOW};
  const int n = G_N_ELEMENTS (kinds);
  g_autoptr (GArray) grips = xps_plot_area_dup_grips (self);
  int at = 0;
  for (int i = 0; i < n; i++)
    if (kinds[i] == self->key_grip)
      at = i;
  XpsGrip grip;
  do
    at = (at + (direction > 0.0 ? 1 : n - 1)) % n;
  while (kinds[at] != XPS_GRIP_NONE && !xps_grips_find_kind (grips, kinds[at], &grip));
  xps_plot_area_end_nudge (self);
  self->key_grip = kinds[at];
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return TRUE;
}

static gboolean
leave (XpsPlotArea *self, double amount)
{
  if (xps_plot_area_cancel (self))
    return TRUE;
  xps_plot_area_end_nudge (self);
  if (self->key_grip != XPS_GRIP_NONE) {
    self->key_grip = XPS_GRIP_NONE;
    gtk_widget_queue_draw (GTK_WIDGET (self));
    return TRUE;
  }
  if (self->tool != XPS_PLOT_TOOL_SELECT) {
    xps_plot_area_set_tool (self, XPS_PLOT_TOOL_SELECT);
    return TRUE;
  }
  if (self->session == NULL || xps_session_get_component (self->session) < 0)
    return FALSE;
  xps_session_select_component (self->session, -1);
  return TRUE;
}

/* ---- arrows ---- */

/* With the tool that adds, arrows move the place where it will. */
static void
move_cursor (XpsPlotArea *self, double pixels)
{
  const XpsRect *rect = &self->layout.main.rect;
  if (!xps_plot_area_in_main (self, self->pointer_x, self->pointer_y)) {
    self->pointer_x = rect->x + 0.5 * rect->width;
    self->pointer_y = rect->y + 0.5 * rect->height;
  }
  self->cursor_by_key = TRUE;
  self->pointer_x = CLAMP (self->pointer_x + pixels, rect->x, rect->x + rect->width);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static XpsGripKind
nudged_grip (XpsPlotArea *self)
{
  if (self->key_grip != XPS_GRIP_NONE)
    return self->key_grip;
  return self->session != NULL && xps_session_get_component (self->session) >= 0 ? XPS_GRIP_APEX
                                                                                 : XPS_GRIP_NONE;
}

/* Binding energy rises to the left on both axes. */
static gboolean
arrow_along (XpsPlotArea *self, double steps)
{
  const XpsGripKind kind = nudged_grip (self);
  if (self->tool == XPS_PLOT_TOOL_ADD)
    move_cursor (self, 2.0 * steps);
  else if (kind == XPS_GRIP_NONE)
    xps_plot_area_pan (self, PAN_PAGES * copysign (1.0, steps));
  else
    /* A window ends at a point: less than a step says nothing. */
    xps_plot_area_nudge (self, kind, kind == XPS_GRIP_APEX ? -steps : -10.0 * steps, 0.0);
  return TRUE;
}

static gboolean
arrow_up (XpsPlotArea *self, double steps)
{
  const XpsGripKind kind = nudged_grip (self);
  if (kind == XPS_GRIP_NONE)
    xps_plot_area_zoom_intensity (self, pow (ZOOM_FACTOR, copysign (1.0, steps)));
  else
    xps_plot_area_nudge (self, kind, 0.0, steps);
  return TRUE;
}

/* Both flanks move by a tenth of a step. */
static gboolean
widen (XpsPlotArea *self, double steps)
{
  if (self->session == NULL || xps_session_get_component (self->session) < 0)
    return FALSE;
  return xps_plot_area_nudge (self, XPS_GRIP_FLANK_HIGH, steps, 0.0);
}

static gboolean
add_here (XpsPlotArea *self, double amount)
{
  if (self->tool != XPS_PLOT_TOOL_ADD || self->session == NULL || self->scene == NULL)
    return FALSE;
  move_cursor (self, 0.0);
  xps_plot_area_add_at (self, self->pointer_x);
  return TRUE;
}

/* ---- the table ---- */

static const Key keys[] = {
    {GDK_KEY_plus, 0, zoom, ZOOM_FACTOR},
    {GDK_KEY_equal, 0, zoom, ZOOM_FACTOR},
    {GDK_KEY_minus, 0, zoom, 1.0 / ZOOM_FACTOR},
    {GDK_KEY_Page_Up, 0, page, -PAGE_PAGES},
    {GDK_KEY_Page_Down, 0, page, PAGE_PAGES},
    {GDK_KEY_Page_Up, GDK_SHIFT_MASK, zoom_intensity, ZOOM_FACTOR},
    {GDK_KEY_Page_Down, GDK_SHIFT_MASK, zoom_intensity, 1.0 / ZOOM_FACTOR},
    {GDK_KEY_Home, 0, fit_all, 0.0},
    {GDK_KEY_End, 0, fit_window, 0.0},
    {GDK_KEY_Left, GDK_ALT_MASK, walk_views, -1.0},
    {GDK_KEY_Right, GDK_ALT_MASK, walk_views, 1.0},
    {GDK_KEY_Back, 0, walk_views, -1.0},
    {GDK_KEY_Forward, 0, walk_views, 1.0},
    {GDK_KEY_n, 0, walk_components, 1.0},
    {GDK_KEY_p, 0, walk_components, -1.0},
    {GDK_KEY_h, 0, walk_handles, 1.0},
    {GDK_KEY_H, GDK_SHIFT_MASK, walk_handles, -1.0},
    {GDK_KEY_Delete, 0, remove_selected, 0.0},
    {GDK_KEY_Escape, 0, leave, 0.0},
    {GDK_KEY_Left, 0, arrow_along, -1.0},
    {GDK_KEY_Right, 0, arrow_along, 1.0},
    {GDK_KEY_Left, GDK_CONTROL_MASK, arrow_along, -10.0},
    {GDK_KEY_Right, GDK_CONTROL_MASK, arrow_along, 10.0},
    {GDK_KEY_Left, GDK_SHIFT_MASK, arrow_along, -0.1},
    {GDK_KEY_Right, GDK_SHIFT_MASK, arrow_along, 0.1},
    {GDK_KEY_Up, 0, arrow_up, 1.0},
    {GDK_KEY_Down, 0, arrow_up, -1.0},
    {GDK_KEY_Up, GDK_CONTROL_MASK, arrow_up, 10.0},
    {GDK_KEY_Down, GDK_CONTROL_MASK, arrow_up, -10.0},
    {GDK_KEY_Up, GDK_SHIFT_MASK, arrow_up, 0.1},
    {GDK_KEY_Down, GDK_SHIFT_MASK, arrow_up, -0.1},
    {GDK_KEY_Up, GDK_ALT_MASK, widen, 1.0},
    {GDK_KEY_Down, GDK_ALT_MASK, widen, -1.0},
    {GDK_KEY_Return, 0, add_here, 0.0},
};

static const XpsPlotKeys titles[] = {
    {"plus minus", N_ ("Zoom Energies")},
    {"<Shift>Page_Up <Shift>Page_Down", N_ ("Zoom Intensities")},
    {"Page_Up Page_Down", N_ ("Move Along the Spectrum")},
    {"Home", N_ ("Show Everything")},
    {"End", N_ ("Show the Fit Window")},
    {"n p", N_ ("Next and Previous Component")},
    {"Left Right", N_ ("Move the Component by a Tenth of a Step")},
    {"Up Down", N_ ("Change Its Area by a Hundredth")},
    {"<Alt>Up <Alt>Down", N_ ("Change Its Width")},
    {"<Shift>Left <Control>Left", N_ ("Ten Times Less and More")},
    {"h", N_ ("Next Handle of Window and Background")},
    {"Delete", N_ ("Remove the Component")},
    {"Return", N_ ("Add a Component at the Cursor")},
    {"Escape", N_ ("Take Back, Leave the Tool, Deselect")},
};

const XpsPlotKeys *
xps_plot_area_get_keys (gsize *n)
{
  *n = G_N_ELEMENTS (titles);
  return titles;
}

/* The keypad without its numbers. */
static guint
main_key (guint key)
{
  switch (key) {
  case GDK_KEY_KP_Left:
    return GDK_KEY_Left;
  case GDK_KEY_KP_Right:
    return GDK_KEY_Right;
  case GDK_KEY_KP_Up:
    return GDK_KEY_Up;
  case GDK_KEY_KP_Down:
    return GDK_KEY_Down;
  case GDK_KEY_KP_Home:
    return GDK_KEY_Home;
  case GDK_KEY_KP_End:
    return GDK_KEY_End;
  case GDK_KEY_KP_Page_Up:
    return GDK_KEY_Page_Up;
  case GDK_KEY_KP_Page_Down:
    return GDK_KEY_Page_Down;
  case GDK_KEY_KP_Delete:
    return GDK_KEY_Delete;
  case GDK_KEY_KP_Enter:
    return GDK_KEY_Return;
  case GDK_KEY_KP_Add:
    return GDK_KEY_plus;
  case GDK_KEY_KP_Subtract:
    return GDK_KEY_minus;
  default:
    return key;
  }
}

gboolean
xps_plot_keys_press (XpsPlotArea *self, guint pressed, GdkModifierType state)
{
  const guint key = main_key (pressed);
  guint modifiers = state & MOD_MASK;
  /* Where a sign needs Shift on the keyboard, Shift means nothing more. */
  if (key == GDK_KEY_plus || key == GDK_KEY_equal || key == GDK_KEY_minus)
    modifiers &= ~(guint)GDK_SHIFT_MASK;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (keys[i].key == key && keys[i].modifiers == modifiers)
      return keys[i].act (self, keys[i].amount);
  /* Ctrl perhaps begins Ctrl+Z: what the arrows did so far is to be there to be undone. */
  if (key != GDK_KEY_Shift_L && key != GDK_KEY_Shift_R)
    xps_plot_area_end_nudge (self);
  return FALSE;
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, XpsPlotArea *self)
{
  return xps_plot_keys_press (self, key, state);
}

static void
on_modifiers (GtkEventControllerKey *controller, GdkModifierType state, XpsPlotArea *self)
{
  /* Ctrl snaps at once, not only when the pointer moves on. */
  if (self->drag.kind == XPS_PLOT_DRAG_GRIP)
    xps_plot_area_move (self, self->drag.x, self->drag.y, state);
}

static void
on_focus (XpsPlotArea *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_focus_lost (XpsPlotArea *self)
{
  xps_plot_area_end_nudge (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkEventController *
xps_plot_keys_new (XpsPlotArea *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_focus), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_lost), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  GtkEventController *controller = gtk_event_controller_key_new ();
  g_signal_connect (controller, "key-pressed", G_CALLBACK (on_key), self);
  g_signal_connect (controller, "modifiers", G_CALLBACK (on_modifiers), self);
  return controller;
}
