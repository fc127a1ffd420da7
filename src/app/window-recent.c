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

/* Newest first, ours only. A vanished share is not waited for: the rows look for themselves. */
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

static const char *
get_uri (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "xps-uri");
}

/* ---- the menu: of what can be opened ---- */

static GMenuModel *
new_menu (GtkListBox *list)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) files = g_menu_new (), samples = g_menu_new ();
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (list)); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    if (!gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (row)))
      continue;
    g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
    /* In menus an underscore marks the next letter, unless doubled. */
    g_auto (GStrv) parts = g_strsplit (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), "_", -1);
    g_autofree char *label = g_strjoinv ("__", parts);
    g_menu_item_set_label (item, label);
    g_menu_item_set_action_and_target (item, "win.open-recent", "s", get_uri (row));
    g_menu_append_item (files, item);
  }
  g_menu_append_section (menu, _ ("Recent Files"), G_MENU_MODEL (files));
  g_menu_append (samples, _ ("Open a _Sample"), "win.open-sample");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (samples));
  return G_MENU_MODEL (menu);
}

static void
refill_menu (XpsWindow *self)
{
  g_autoptr (GMenuModel) menu = new_menu (self->recent_list);
  adw_split_button_set_menu_model (self->open_button, menu);
}

/* ---- rows of the empty page ---- */

static void
on_remove (GtkWidget *row)
{
  gtk_recent_manager_remove_item (gtk_recent_manager_get_default (), get_uri (row), NULL);
}

/* A file that is not there stays in sight: it may be on a disk that comes back, and a person who looks for it
 * learns where it was. */
static void
show_gone (GtkWidget *row)
{
  GtkWidget *remove = gtk_button_new_from_icon_name ("list-remove-symbolic");
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
  const char *folder = adw_action_row_get_subtitle (ADW_ACTION_ROW (row));
  /* Translators: the folder that a file was in */
  g_autofree char *words = g_strdup_printf (_ ("No longer in %s"), folder);
  g_autofree char *name = g_strdup_printf (_ ("Remove %s from the list"), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), NULL);
  gtk_widget_set_sensitive (row, TRUE); /* without an action it is not, nor is the button in it */
  gtk_widget_set_tooltip_text (remove, name);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (on_remove), row);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
}

static void
on_looked (GObject *file, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (file), result, &error);
  GtkWidget *window = gtk_widget_get_ancestor (row, XPS_TYPE_WINDOW);
  /* A place that only cannot be reached just now says so when it is opened. */
  if (info != NULL || window == NULL || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return;
  show_gone (row);
  refill_menu (XPS_WINDOW (window));
}

static GtkWidget *
new_row (GtkRecentInfo *info)
{
  GtkWidget *row = adw_action_row_new ();
  const char *uri = gtk_recent_info_get_uri (info);
  g_autofree char *folder = NULL, *place = g_filename_from_uri (uri, NULL, NULL);
  folder = place != NULL ? g_path_get_dirname (place) : NULL;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), gtk_recent_info_get_display_name (info));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), folder != NULL ? folder : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-recent");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);
  g_object_set_data_full (G_OBJECT (row), "xps-uri", g_strdup (uri), g_free);
  return row;
}

static void
look (GtkWidget *row)
{
  g_autoptr (GFile) file = g_file_new_for_uri (get_uri (row));
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_LOW, NULL,
                           on_looked, g_object_ref (row));
}

static void
refill (XpsWindow *self)
{
  g_autolist (GtkRecentInfo) infos = list_recent ();
  for (GtkWidget *row; (row = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list))) != NULL;)
    gtk_list_box_remove (self->recent_list, row);
  guint n = 0;
  for (GList *at = infos; at != NULL && n < RECENT_MAX; at = at->next, n++) {
    GtkWidget *row = new_row (at->data);
    gtk_list_box_append (self->recent_list, row);
    look (row);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->recent_list), n > 0);
  refill_menu (self);
}

void
xps_window_fill_recent (XpsWindow *self)
{
  refill (self);
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (refill), self,
                           G_CONNECT_SWAPPED);
}
