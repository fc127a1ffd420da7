/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/table-column.h"

GtkColumnViewColumn *
xps_table_append_column (GtkWidget *view, GtkListItemFactory *factory, const char *title, int width)
{
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (column, TRUE);
  if (width > 0)
    gtk_column_view_column_set_fixed_width (column, width);
  gtk_column_view_column_set_expand (column, width <= 0);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (view), column);
  return column;
}

static void
align (GtkWidget *widget, XpsTableIsNumber is_number, int margin, guint *column)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (!GTK_IS_LABEL (child)) {
      align (child, is_number, margin, column);
      continue;
    }
    const gboolean number = is_number ((*column)++);
    gtk_widget_set_hexpand (child, TRUE);
    gtk_widget_set_margin_end (child, number ? margin : 0);
    gtk_label_set_xalign (GTK_LABEL (child), number ? 1.0f : 0.0f);
  }
}

void
xps_table_align_titles (GtkWidget *view, XpsTableIsNumber is_number, int margin)
{
  guint column = 0;
  align (gtk_widget_get_first_child (view), is_number, margin, &column); /* the header comes first */
}

void
xps_table_set_class (GtkWidget *widget, const char *style_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, style_class);
  else
    gtk_widget_remove_css_class (widget, style_class);
}
