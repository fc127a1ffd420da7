/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/window-private.h"

#include <glib/gi18n.h>

/* Files that were open before: behind the Open button and on the empty page. */

#define RECENT_MAX   8
#define RECENT_GROUP "Corelevel"

/* A person may have told the desktop to remember no files. */
static gboolean
may_remember (void)
{
  gboolean enabled = TRUE;
  g_object_get (gtk_settings_get_default (), "gtk-recent-files-enabled", &enabled, NULL);
  return enabled;
}

void
xps_window_add_recent (GFile *file)
{
  if (!may_remember ())
    return;
  static char *groups[] = {(char *)RECENT_GROUP, NULL};
  g_autofree char *uri = g_file_get_uri (file);
  GtkRecentData data = {
      .mime_type = xps_window_is_project (file) ? (char *)"application/x-corelevel"
                                                : (char *)"application/octet-stream",
      .app_name = (char *)"Corelevel",
      .app_exec = (char *)"corelevel %u",
      .groups = groups,
  };
  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  GDateTime *x = gtk_recent_info_get_modified ((GtkRecentInfo *)a);
  GDateTime *y = gtk_recent_info_get_modified ((GtkRecentInfo *)b);
  return g_date_time_compare (y, x);
}

/* Newest first, ours only, still there (a look at local files; a vanished share is not waited for). */
static GList *
list_recent (void)
{
  GList *ours = NULL;
  g_autolist (GtkRecentInfo) all = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  for (GList *at = all; at != NULL; at = at->next) {
    GtkRecentInfo *info = at->data;
    if (gtk_recent_info_has_group (info, RECENT_GROUP) && gtk_recent_info_is_local (info))
      ours = g_list_prepend (ours, gtk_recent_info_ref (info));
  }
  return g_list_sort (ours, compare_times);
}

static GtkWidget *
new_row (GtkRecentInfo *info)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *folder = NULL, *place = g_filename_from_uri (gtk_recent_info_get_uri (info), NULL, NULL);
  folder = place != NULL ? g_path_get_dirname (place) : NULL;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), gtk_recent_info_get_display_name (info));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), folder != NULL ? folder : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-recent");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", gtk_recent_info_get_uri (info));
  return row;
}

static GMenuModel *
new_menu (GList *infos)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) files = g_menu_new (), samples = g_menu_new ();
  guint n = 0;
  for (GList *at = infos; at != NULL && n < RECENT_MAX; at = at->next, n++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
    g_autofree char *name = g_strdup (gtk_recent_info_get_display_name (at->data));
    /* In menus an underscore marks the next letter, unless doubled. */
    g_auto (GStrv) parts = g_strsplit (name, "_", -1);
    g_autofree char *label = g_strjoinv ("__", parts);
    g_menu_item_set_label (item, label);
    g_menu_item_set_action_and_target (item, "win.open-recent", "s", gtk_recent_info_get_uri (at->data));
    g_menu_append_item (files, item);
  }
  g_menu_append_section (menu, _ ("Recent Files"), G_MENU_MODEL (files));
  g_menu_append (samples, _ ("Open a _Sample"), "win.open-sample");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (samples));
  return G_MENU_MODEL (menu);
}

static void
refill (XpsWindow *self)
{
  g_autolist (GtkRecentInfo) infos = list_recent ();
  g_autoptr (GMenuModel) menu = new_menu (infos);
  adw_split_button_set_menu_model (self->open_button, menu);
  for (GtkWidget *row; (row = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list))) != NULL;)
    gtk_list_box_remove (self->recent_list, row);
  guint n = 0;
  for (GList *at = infos; at != NULL && n < RECENT_MAX; at = at->next, n++)
    gtk_list_box_append (self->recent_list, new_row (at->data));
  gtk_widget_set_visible (GTK_WIDGET (self->recent_list), n > 0);
}

void
xps_window_fill_recent (XpsWindow *self)
{
  refill (self);
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (refill), self,
                           G_CONNECT_SWAPPED);
}
