/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-combo.h"

#include "app/page-row.h"

#define MARK_KEY "xps-mark"
#define LONGEST  60 /* characters; a value with its source may be longer than any screen */

/* The chosen one has a mark, whose place the others keep free. */
static void
show_mark (AdwComboRow *row, GParamSpec *pspec, GtkListItem *item)
{
  GtkWidget *mark = g_object_get_data (G_OBJECT (item), MARK_KEY);
  gtk_widget_set_opacity (mark,
                          gtk_list_item_get_position (item) == adw_combo_row_get_selected (row) ? 1.0 : 0.0);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *label = gtk_label_new (NULL);
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), LONGEST);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), mark);
  g_object_set_data (G_OBJECT (item), MARK_KEY, mark);
  gtk_list_item_set_child (item, box);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  GtkStringObject *name = gtk_list_item_get_item (item);
  gtk_label_set_label (GTK_LABEL (label), gtk_string_object_get_string (name));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (show_mark), item, 0);
  show_mark (row, NULL, item);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, AdwComboRow *row)
{
  g_signal_handlers_disconnect_by_func (row, show_mark, item);
}

GtkWidget *
xps_page_combo_row_new (const char *title)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), row, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), row, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), row, 0);
  adw_combo_row_set_list_factory (ADW_COMBO_ROW (row), factory);
  xps_page_row_set_title (row, title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}
