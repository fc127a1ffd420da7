/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/settings.h"
#include "app/window-private.h"

/* Where the panels are. In a narrow window the side panels fold away, and one at a time can be had back. */

#define NARROW 1000 /* below it two side panels would leave the plot less than half of the window */
#define TIGHT  860  /* below it the words of the header bar have no room in every language */

static gboolean
shows_browser (XpsWindow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->browser));
}

static gboolean
shows_inspector (XpsWindow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->inspector));
}

static void
set_state (XpsWindow *self, const char *action, gboolean state)
{
  GAction *found = g_action_map_lookup_action (G_ACTION_MAP (self), action);
  g_simple_action_set_state (G_SIMPLE_ACTION (found), g_variant_new_boolean (state));
}

static int
get_size (GtkWidget *panel, GtkOrientation orientation, int usual)
{
  const int size = orientation == GTK_ORIENTATION_HORIZONTAL ? gtk_widget_get_width (panel)
                                                             : gtk_widget_get_height (panel);
  return gtk_widget_get_mapped (panel) && size > 0 ? size : usual;
}

static void
note_sizes (XpsWindow *self)
{
  if (!self->laid_out)
    return;
  self->browser_width =
      get_size (GTK_WIDGET (self->browser), GTK_ORIENTATION_HORIZONTAL, self->browser_width);
  self->inspector_width =
      get_size (GTK_WIDGET (self->inspector), GTK_ORIENTATION_HORIZONTAL, self->inspector_width);
  const int height = get_size (GTK_WIDGET (self->table), GTK_ORIENTATION_VERTICAL, self->placed_height);
  if (height != self->placed_height)
    self->table_height = height;
}

/* A panel at the end gets what is left of the other one, so the whole must have its size: the outer paned is
 * set first, the panes in it at the next frame. */
static gboolean
on_place_panels (GtkWidget *outer, GdkFrameClock *clock, gpointer data)
{
  XpsWindow *self = data;
  if (gtk_widget_get_width (outer) == 0)
    return G_SOURCE_CONTINUE;
  if (!self->outer_placed) {
    gtk_paned_set_position (self->outer_paned, self->browser_width);
    self->outer_placed = TRUE;
    return G_SOURCE_CONTINUE;
  }
  const int width = gtk_widget_get_width (GTK_WIDGET (self->inner_paned));
  const int height = gtk_widget_get_height (GTK_WIDGET (self->middle_paned));
  /* In a low window the plot keeps two thirds. */
  self->placed_height = MIN (self->table_height, height / 3);
  gtk_paned_set_position (self->inner_paned, MAX (width - self->inspector_width, 0));
  gtk_paned_set_position (self->middle_paned, height - self->placed_height);
  self->laid_out = TRUE;
  self->place_tick = 0;
  return G_SOURCE_REMOVE;
}

static void
place_panels_soon (XpsWindow *self)
{
  self->outer_placed = FALSE;
  if (self->place_tick == 0)
    self->place_tick =
        gtk_widget_add_tick_callback (GTK_WIDGET (self->outer_paned), on_place_panels, self, NULL);
}

void
xps_window_apply_layout (XpsWindow *self)
{
  note_sizes (self);
  if (!self->narrow) {
    self->wide_browser = self->want_browser;
    self->wide_inspector = self->want_inspector;
  }
  gtk_widget_set_visible (self->live_label, !self->narrow);
  gtk_widget_set_visible (GTK_WIDGET (self->browser), self->want_browser);
  gtk_widget_set_visible (GTK_WIDGET (self->inspector), self->want_inspector);
  gtk_widget_set_visible (GTK_WIDGET (self->table), self->want_table);
  set_state (self, "toggle-browser", shows_browser (self));
  set_state (self, "toggle-inspector", shows_inspector (self));
  set_state (self, "toggle-table", self->want_table);
}

static gboolean
on_fold (gpointer data)
{
  XpsWindow *self = data;
  self->layout_source = 0;
  note_sizes (self);
  self->want_browser = !self->narrow && self->wide_browser;
  self->want_inspector = !self->narrow && self->wide_inspector;
  xps_window_apply_layout (self);
  place_panels_soon (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_tight (gpointer data)
{
  XpsWindow *self = data;
  self->tight_source = 0;
  xps_window_refresh (self);
  return G_SOURCE_REMOVE;
}

/* Called while the window is given its size, when nothing may be shown or hidden. */
void
xps_window_check_width (XpsWindow *self, int width)
{
  const gboolean narrow = width < NARROW, tight = width < TIGHT;
  if (tight != self->tight && self->tight_source == 0)
    self->tight_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 10, on_tight, self, NULL);
  self->tight = tight;
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  g_clear_handle_id (&self->layout_source, g_source_remove);
  self->layout_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 10, on_fold, self, NULL);
}

void
xps_window_init_layout (XpsWindow *self)
{
  GSettings *settings = xps_window_get_settings (self);
  gtk_window_set_default_size (GTK_WINDOW (self), xps_settings_get_int (settings, "window-width", 1400),
                               xps_settings_get_int (settings, "window-height", 900));
  if (xps_settings_get_boolean (settings, "window-maximized", FALSE))
    gtk_window_maximize (GTK_WINDOW (self));
  self->browser_width = xps_settings_get_int (settings, "browser-width", 240);
  self->inspector_width = xps_settings_get_int (settings, "inspector-width", 300);
  self->table_height = xps_settings_get_int (settings, "table-height", 220);
  self->want_browser = self->wide_browser = xps_settings_get_boolean (settings, "show-browser", TRUE);
  self->want_inspector = self->wide_inspector = xps_settings_get_boolean (settings, "show-inspector", TRUE);
  self->want_table = xps_settings_get_boolean (settings, "show-table", TRUE);
  xps_window_apply_layout (self);
  gtk_paned_set_position (self->outer_paned, self->browser_width); /* about right in the first frame */
  g_signal_connect_object (self->outer_paned, "map", G_CALLBACK (place_panels_soon), self, G_CONNECT_SWAPPED);
}

void
xps_window_remember (XpsWindow *self)
{
  GSettings *settings = xps_window_get_settings (self);
  int width, height;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  xps_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width > 0 && height > 0) {
    xps_settings_set_int (settings, "window-width", width);
    xps_settings_set_int (settings, "window-height", height);
  }
  note_sizes (self);
  xps_settings_set_int (settings, "browser-width", self->browser_width);
  xps_settings_set_int (settings, "inspector-width", self->inspector_width);
  xps_settings_set_int (settings, "table-height", self->table_height);
  xps_settings_set_boolean (settings, "live-fit", xps_session_get_live_fit (self->session));
  gboolean ghosts = FALSE, second_hand = FALSE;
  g_object_get (self->plot, "ghosts", &ghosts, "second-hand", &second_hand, NULL);
  xps_settings_set_boolean (settings, "show-ghosts", ghosts);
  xps_settings_set_boolean (settings, "second-hand-ghosts", second_hand);
  xps_settings_set_boolean (settings, "show-table", self->want_table);
  xps_settings_set_boolean (settings, "show-browser", self->wide_browser);
  xps_settings_set_boolean (settings, "show-inspector", self->wide_inspector);
}
