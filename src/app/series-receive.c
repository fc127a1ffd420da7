/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-receive.h"

#include <glib/gi18n.h>

static void
say (XpsSeriesDesk *desk, const char *sentence)
{
  g_signal_emit_by_name (desk, "message", sentence);
}

void
xps_series_receive_file (XpsSeriesDesk *desk, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *match = NULL;
  const char *path = g_file_peek_path (file);
  if (path == NULL)
    say (desk, _ ("Only files on this computer can be read as clocks."));
  else if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    say (desk, _ ("A folder holds frames: drop it on the main window, or watch it with Live."));
  else if (!xps_series_desk_read_clocks (desk, path, NULL, &match, &error))
    say (desk, error != NULL ? error->message : _ ("This series was removed from the document."));
  else
    say (desk, match[0] != '\0' ? match : _ ("Clocks were read from the table"));
}

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, XpsSeriesDesk *desk)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  for (GSList *at = files; at != NULL; at = at->next)
    xps_series_receive_file (desk, at->data);
  return files != NULL;
}

void
xps_series_receive_drops (GtkWidget *widget, XpsSeriesDesk *desk)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), desk, 0);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
