/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-entry-menu.h"

#include <glib/gi18n.h>

#include "app/series-together.h"
#include "project/series-entry.h"

#define DESK_KEY "xps-series-desk"

static XpsSeriesDesk *
get_desk (GtkWindow *window)
{
  return g_object_get_data (G_OBJECT (window), DESK_KEY);
}

static XpsProject *
get_project (XpsSeriesDesk *desk)
{
  return xps_session_get_project (xps_series_desk_get_session (desk));
}

static void
on_name (AdwMessageDialog *dialog, const char *response, GtkWindow *window)
{
  XpsSeriesDesk *desk = get_desk (window);
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  XpsProject *project = get_project (desk);
  if (g_strcmp0 (response, "rename") != 0 || name[0] == '\0' || !xps_series_desk_exists (desk) ||
      g_strcmp0 (name, xps_series_desk_get_name (desk)) == 0)
    return;
  xps_project_edit (project, _ ("name of a series"),
                    xps_state_set_series (xps_project_get_state (project), xps_series_desk_get_entry (desk),
                                          name, NULL, NULL));
}

static void
on_rename (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  GtkWidget *dialog = adw_message_dialog_new (window, _ ("Rename Series"), NULL);
  GtkWidget *entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), xps_series_desk_get_name (get_desk (window)));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "rename",
                                    _ ("_Rename"), NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_name), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* No question: undo brings it back, with its fit. */
static void
on_remove (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  g_autoptr (XpsSeriesDesk) desk = g_object_ref (get_desk (window));
  XpsProject *project = get_project (desk);
  g_autofree char *text =
      g_strdup_printf (_ ("The series %s was removed; Undo brings it back"), xps_series_desk_get_name (desk));
  if (!xps_series_desk_exists (desk))
    return;
  xps_series_desk_stop (desk);
  xps_project_edit (
      project, _ ("series removed"),
      xps_state_remove_series (xps_project_get_state (project), xps_series_desk_get_entry (desk)));
  gtk_window_close (window);
  g_signal_emit_by_name (xps_series_desk_get_session (desk), "message", text, FALSE);
}

static void
on_together (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  xps_series_together_ask (window, get_desk (window));
}

void
xps_series_entry_menu_attach (GtkWindow *window, AdwHeaderBar *header, XpsSeriesDesk *desk)
{
  static const GActionEntry entries[] = {{.name = "rename", .activate = on_rename},
                                         {.name = "remove", .activate = on_remove},
                                         {.name = "together", .activate = on_together}};
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();
  g_object_set_data_full (G_OBJECT (window), DESK_KEY, g_object_ref (desk), g_object_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), window);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "series", G_ACTION_GROUP (actions));
  g_menu_append (menu, _ ("_Put Frames Together…"), "series.together");
  g_menu_append (menu, _ ("_Rename…"), "series.rename");
  g_menu_append (menu, _ ("Re_move from the Document"), "series.remove");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _ ("Frames put together, name of the series, removing it"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Frames put together, name of the series, removing it"), -1);
  adw_header_bar_pack_end (header, button);
}
