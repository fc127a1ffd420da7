/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

/* A file manager of one icon: a small window from which the files and folders of the command line can be
 * dragged, all of them at once. */

static GdkContentProvider *
on_prepare (GtkDragSource *source, double x, double y, gpointer data)
{
  char **paths = data;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; paths[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_path (paths[i]));
  GdkFileList *list = gdk_file_list_new_from_array ((GFile **)files->pdata, files->len);
  GdkContentProvider *provider = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  return provider;
}

int
main (int argc, char **argv)
{
  gtk_init ();
  GtkWidget *window = gtk_window_new (), *label = gtk_label_new ("files");
  GtkDragSource *source = gtk_drag_source_new ();
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), argv + 1);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 120, 60);
  gtk_window_present (GTK_WINDOW (window));
  for (;;)
    g_main_context_iteration (NULL, TRUE);
}
