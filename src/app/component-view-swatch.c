/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/component-view-swatch.h"

#include <glib/gi18n.h>

#include "app/component-view-menu.h"
#include "app/page-model.h"
#include "app/page-words.h"

#define XPS_TYPE_COMPONENT_EXTRA (xps_component_extra_get_type ())
G_DECLARE_FINAL_TYPE (XpsComponentExtra, xps_component_extra, XPS, COMPONENT_EXTRA, AdwBin)

struct _XpsComponentExtra {
  AdwBin parent_instance;
  XpsSession *session;
  XpsComponentViewItem *item;
  gulong changed_handler;
  GtkWidget *area; /* of the letter */
  GtkLabel *letter;
  GtkDropDown *shapes; /* of the shape */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (XpsComponentExtra, xps_component_extra, ADW_TYPE_BIN)

GtkStringList *
xps_page_shape_names_new (void)
{
  size_t n;
  const XpsShape *shapes = xps_shapes_get (&n);
  GtkStringList *list = gtk_string_list_new (NULL);
  for (size_t i = 0; i < n; i++)
    gtk_string_list_append (list, xps_page_shape_title (&shapes[i]));
  return list;
}

static void
draw (GtkDrawingArea *area, cairo_t *cairo, int width, int height, gpointer data)
{
  XpsComponentExtra *self = data;
  if (self->item == NULL)
    return;
  const gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const XpsTheme *theme = xps_theme_get (dark ? XPS_THEME_DARK : XPS_THEME_LIGHT);
  const XpsColour colour =
      xps_theme_colour (theme, xps_component_view_item_get_ink (self->item), XPS_USE_STROKE);
  cairo_set_source_rgb (cairo, colour.red, colour.green, colour.blue);
  cairo_arc (cairo, width / 2.0, height / 2.0, MIN (width, height) / 2.0, 0.0, 2.0 * G_PI);
  cairo_fill (cairo);
}

static void
refresh (XpsComponentExtra *self)
{
  const char *name = xps_component_view_item_get_name (self->item);
  if (self->shapes == NULL) {
    gtk_label_set_label (self->letter,
                         xps_component_view_item_get_text (self->item, XPS_COMPONENT_COLUMN_LETTER));
    gtk_widget_queue_draw (self->area);
    return;
  }
  size_t n;
  const XpsShape *shapes = xps_shapes_get (&n);
  g_autofree char *label = xps_component_column_dup_name (XPS_COMPONENT_COLUMN_SHAPE, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->shapes), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  self->updating = TRUE;
  gtk_drop_down_set_selected (self->shapes, (guint)(xps_component_view_item_get_shape (self->item) - shapes));
  self->updating = FALSE;
}

static void
on_shape (GtkDropDown *shapes, GParamSpec *pspec, XpsComponentExtra *self)
{
  size_t n;
  g_autoptr (GError) error = NULL;
  const XpsShape *table = xps_shapes_get (&n);
  const guint selected = gtk_drop_down_get_selected (shapes);
  if (self->updating || self->item == NULL || selected >= n)
    return;
  g_object_ref (self);
  if (!xps_page_set_shape (self->session, xps_component_view_item_get_index (self->item), &table[selected],
                           &error)) {
    refresh (self);
    xps_page_show_error (GTK_WIDGET (self), error->message);
  }
  g_object_unref (self);
}

void
xps_component_extra_set_item (GtkWidget *cell, XpsSession *session, XpsComponentViewItem *item)
{
  XpsComponentExtra *self = XPS_COMPONENT_EXTRA (cell);
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_handler, self->item);
  g_set_object (&self->session, session);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  self->changed_handler = g_signal_connect_swapped (item, "changed", G_CALLBACK (refresh), self);
  refresh (self);
}

static void
xps_component_extra_dispose (GObject *object)
{
  XpsComponentExtra *self = XPS_COMPONENT_EXTRA (object);
  xps_component_extra_set_item (GTK_WIDGET (self), NULL, NULL);
  GtkWidget *popover;
  while ((popover = gtk_widget_get_last_child (GTK_WIDGET (self))) != NULL && GTK_IS_POPOVER (popover))
    gtk_widget_unparent (popover);
  G_OBJECT_CLASS (xps_component_extra_parent_class)->dispose (object);
}

static void
xps_component_extra_class_init (XpsComponentExtraClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_component_extra_dispose;
}

static void
xps_component_extra_init (XpsComponentExtra *self)
{
}

GtkWidget *
xps_component_swatch_new (void)
{
  XpsComponentExtra *self = g_object_new (XPS_TYPE_COMPONENT_EXTRA, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->area), 10);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area), 10);
  gtk_widget_set_valign (self->area, GTK_ALIGN_CENTER);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw, self, NULL);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self->area, G_CONNECT_SWAPPED);
  self->letter = GTK_LABEL (gtk_label_new (""));
  gtk_box_append (GTK_BOX (box), self->area);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->letter));
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}

GtkWidget *
xps_component_shape_new (void)
{
  XpsComponentExtra *self = g_object_new (XPS_TYPE_COMPONENT_EXTRA, NULL);
  GtkStringList *names = xps_page_shape_names_new ();
  self->shapes = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->shapes), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->shapes), "cell-drop-down");
  g_signal_connect_object (self->shapes, "notify::selected", G_CALLBACK (on_shape), self, 0);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->shapes));
  return GTK_WIDGET (self);
}
