/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/commands.h"
#include "app/shortcuts.h"

/* A quarter closer; four steps are a factor of 2.4. */
#define ZOOM_STEP 1.25
#define PAN_STEP  0.25 /* of what is shown */

void
xps_command_zoom_in (XpsWindow *self, GVariant *parameter)
{
  xps_plot_area_zoom (self->plot, ZOOM_STEP);
}

void
xps_command_zoom_out (XpsWindow *self, GVariant *parameter)
{
  xps_plot_area_zoom (self->plot, 1.0 / ZOOM_STEP);
}

void
xps_command_zoom_all (XpsWindow *self, GVariant *parameter)
{
  xps_plot_area_zoom_to_all (self->plot);
}

void
xps_command_zoom_window (XpsWindow *self, GVariant *parameter)
{
  xps_plot_area_zoom_to_window (self->plot);
}

void
xps_command_view_back (XpsWindow *self, GVariant *parameter)
{
  xps_plot_area_go_back (self->plot);
}

void
xps_command_view_forward (XpsWindow *self, GVariant *parameter)
{
  xps_plot_area_go_forward (self->plot);
}

void
xps_command_pan_left (XpsWindow *self, GVariant *parameter)
{
  xps_plot_area_pan (self->plot, -PAN_STEP);
}

void
xps_command_pan_right (XpsWindow *self, GVariant *parameter)
{
  xps_plot_area_pan (self->plot, PAN_STEP);
}

void
xps_command_focus_plot (XpsWindow *self, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->plot));
}

void
xps_command_shortcuts (XpsWindow *self, GVariant *parameter)
{
  xps_shortcuts_present (GTK_WINDOW (self));
}

/* ---- panels ---- */

gboolean
xps_command_toggle_browser (XpsWindow *self, gboolean on)
{
  self->want_browser = on;
  if (on && self->narrow)
    self->want_inspector = FALSE;
  xps_window_apply_layout (self);
  return FALSE;
}

gboolean
xps_command_toggle_inspector (XpsWindow *self, gboolean on)
{
  self->want_inspector = on;
  if (on && self->narrow)
    self->want_browser = FALSE;
  xps_window_apply_layout (self);
  return FALSE;
}

gboolean
xps_command_toggle_table (XpsWindow *self, gboolean on)
{
  self->want_table = on;
  xps_window_apply_layout (self);
  return FALSE;
}

void
xps_command_show_page (XpsWindow *self, GVariant *parameter)
{
  if (!gtk_widget_get_visible (GTK_WIDGET (self->inspector)))
    xps_command_toggle_inspector (self, TRUE);
  xps_inspector_show_page (self->inspector, g_variant_get_string (parameter, NULL));
}
