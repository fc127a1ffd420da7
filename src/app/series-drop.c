/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-drop.h"

#include <glib/gi18n.h>

#define LEAST_CHARS 5 /* that the button shows however narrow the window is */

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer cut)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (GPOINTER_TO_INT (cut)) {
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    gtk_label_set_width_chars (GTK_LABEL (label), LEAST_CHARS);
  }
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer cut)
{
  GtkStringObject *word = gtk_list_item_get_item (item);
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (word));
}

static GtkListItemFactory *
factory_new (gboolean cut)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GINT_TO_POINTER (cut));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GINT_TO_POINTER (cut));
  return factory;
}

GtkDropDown *
xps_series_drop_down_new (const char *const *words, const char *name)
{
  g_autoptr (GtkListItemFactory) button = factory_new (TRUE), list = factory_new (FALSE);
  GtkStringList *strings = gtk_string_list_new (NULL);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    gtk_string_list_append (strings, _ (words[i]));
  GtkWidget *drop_down = gtk_drop_down_new (G_LIST_MODEL (strings), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (drop_down), button);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (drop_down), list);
  gtk_widget_set_tooltip_text (drop_down, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_DROP_DOWN (drop_down);
}
