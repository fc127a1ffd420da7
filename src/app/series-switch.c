/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-switch.h"

#include <glib/gi18n.h>

#include "app/reference-shell.h"
#include "app/series-window.h"
#include "project/series-entry.h"

#define KEY "xps-series-switch"

typedef struct {
  XpsWindow *parent; /* borrowed: the window goes with it */
  XpsSeriesDesk *desk;
  GSimpleAction *action;
  GMenu *menu;
  GtkLabel *name;
  GtkWidget *button;
} Switch;

static void
switch_free (gpointer data)
{
  Switch *self = data;
  g_object_unref (self->action);
  g_object_unref (self->menu);
  g_object_unref (self->desk);
  g_free (self);
}

static const XpsState *
get_state (XpsSession *session)
{
  return xps_project_get_state (xps_session_get_project (session));
}

guint
xps_series_find_entry (XpsSession *session)
{
  const XpsState *state = get_state (session);
  const guint shown = xps_session_get_region_id (session);
  for (guint i = 0; i < xps_state_get_n_series (state); i++) {
    const XpsSeriesEntry *entry = xps_state_get_series (state, i);
    g_autoptr (XpsSeriesSetup) setup = xps_series_setup_from_text (entry->setup, NULL);
    if (setup != NULL && xps_series_setup_find_level (setup, shown) >= 0)
      return entry->id;
  }
  return 0;
}

/* ---- another one ---- */

/* The window is held weakly: it must be gone for good before the next one takes its place. */
typedef struct {
  GtkWindow *window; /* or NULL */
  XpsWindow *parent;
  guint entry;
} Choice;

static void
choice_free (gpointer data)
{
  Choice *choice = data;
  g_clear_weak_pointer (&choice->window);
  g_object_unref (choice->parent);
  g_free (choice);
}

static gboolean
show_choice (gpointer data)
{
  const Choice *choice = data;
  if (choice->window != NULL && xps_shell_is_open (choice->window))
    xps_series_window_open (choice->parent, choice->entry);
  return G_SOURCE_REMOVE;
}

/* Later: the list that was chosen from goes with the window. */
static void
on_chosen (GSimpleAction *action, GVariant *entry, GtkWindow *window)
{
  const Switch *self = g_object_get_data (G_OBJECT (window), KEY);
  if (!xps_shell_is_open (window) || g_variant_get_uint32 (entry) == xps_series_desk_get_entry (self->desk))
    return;
  Choice *choice = g_new0 (Choice, 1);
  g_set_weak_pointer (&choice->window, window);
  choice->parent = g_object_ref (self->parent);
  choice->entry = g_variant_get_uint32 (entry);
  g_idle_add_full (G_PRIORITY_DEFAULT, show_choice, choice, choice_free);
}

/* ---- the list ---- */

static void
show (GtkWindow *window)
{
  if (!xps_shell_is_open (window))
    return;
  const Switch *self = g_object_get_data (G_OBJECT (window), KEY);
  const XpsState *state = get_state (xps_series_desk_get_session (self->desk));
  g_menu_remove_all (self->menu);
  for (guint i = 0; i < xps_state_get_n_series (state); i++) {
    const XpsSeriesEntry *entry = xps_state_get_series (state, i);
    g_autoptr (GMenuItem) item = g_menu_item_new (entry->name, NULL);
    g_menu_item_set_action_and_target (item, "series-switch.show", "u", entry->id);
    g_menu_append_item (self->menu, item);
  }
  gtk_label_set_text (self->name, xps_series_desk_get_name (self->desk));
  gtk_widget_set_can_target (self->button, xps_state_get_n_series (state) > 1);
  gtk_widget_set_can_focus (self->button, xps_state_get_n_series (state) > 1);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (self->button), xps_state_get_n_series (state) > 1);
  g_simple_action_set_enabled (self->action, !xps_series_desk_get_fitting (self->desk));
}

static GtkWidget *
button_new (Switch *self)
{
  GtkWidget *button = gtk_menu_button_new (), *name = gtk_label_new (NULL);
  self->name = GTK_LABEL (name);
  gtk_label_set_ellipsize (self->name, PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_width_chars (self->name, 5);
  gtk_label_set_max_width_chars (self->name, 32);
  gtk_widget_add_css_class (name, "title");
  gtk_widget_add_css_class (button, "flat");
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), name);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (self->menu));
  gtk_widget_set_tooltip_text (button, _ ("Series of the document"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Series of the document"), -1);
  return button;
}

void
xps_series_switch_attach (GtkWindow *window, XpsWindow *parent, AdwHeaderBar *header, XpsSeriesDesk *desk)
{
  Switch *self = g_new0 (Switch, 1);
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  self->parent = parent;
  self->desk = g_object_ref (desk);
  self->menu = g_menu_new ();
  self->action = g_simple_action_new_stateful ("show", G_VARIANT_TYPE_UINT32,
                                               g_variant_new_uint32 (xps_series_desk_get_entry (desk)));
  self->button = button_new (self);
  g_object_set_data_full (G_OBJECT (window), KEY, self, switch_free);
  g_signal_connect_object (self->action, "activate", G_CALLBACK (on_chosen), window, 0);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (self->action));
  gtk_widget_insert_action_group (GTK_WIDGET (window), "series-switch", G_ACTION_GROUP (actions));
  adw_header_bar_set_title_widget (header, self->button);
  g_signal_connect_object (desk, "changed", G_CALLBACK (show), window, G_CONNECT_SWAPPED);
  show (window);
}
