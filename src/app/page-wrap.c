/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-wrap.h"

#define SPACING_BESIDE 12
#define SPACING_BELOW  3

struct _XpsPageWrap {
  GtkWidget parent_instance;
  GtkWidget *first, *second;
};

G_DEFINE_FINAL_TYPE (XpsPageWrap, xps_page_wrap, GTK_TYPE_WIDGET)

static int
natural_width (GtkWidget *widget)
{
  int natural;
  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  return natural;
}

static gboolean
is_beside (XpsPageWrap *self, int width)
{
  return natural_width (self->first) + SPACING_BESIDE + natural_width (self->second) <= width;
}

static int
height_at (GtkWidget *widget, int width)
{
  int minimum;
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, width, &minimum, NULL, NULL, NULL);
  return minimum;
}

static int
height_for (XpsPageWrap *self, int width)
{
  if (!is_beside (self, width))
    return height_at (self->first, width) + SPACING_BELOW + height_at (self->second, width);
  const int second = natural_width (self->second);
  return MAX (height_at (self->first, width - SPACING_BESIDE - second), height_at (self->second, second));
}

static void
xps_page_wrap_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                       int *natural, int *minimum_baseline, int *natural_baseline)
{
  XpsPageWrap *self = XPS_PAGE_WRAP (widget);
  const int whole = natural_width (self->first) + SPACING_BESIDE + natural_width (self->second);
  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_VERTICAL) {
    *minimum = *natural = height_for (self, for_size < 0 ? whole : for_size);
    return;
  }
  int first, second;
  gtk_widget_measure (self->first, orientation, -1, &first, NULL, NULL, NULL);
  gtk_widget_measure (self->second, orientation, -1, &second, NULL, NULL, NULL);
  *minimum = MAX (first, second);
  *natural = MAX (whole, *minimum);
}

static void
place (GtkWidget *widget, int x, int y, int width, int height)
{
  gtk_widget_size_allocate (widget, &(GtkAllocation){x, y, width, height}, -1);
}

static void
xps_page_wrap_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XpsPageWrap *self = XPS_PAGE_WRAP (widget);
  if (!is_beside (self, width)) {
    const int above = MIN (height_at (self->first, width), height);
    place (self->first, 0, 0, width, above);
    place (self->second, 0, above + SPACING_BELOW, width,
           MAX (height - above - SPACING_BELOW, height_at (self->second, width)));
    return;
  }
  const gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const int second = natural_width (self->second), first = width - SPACING_BESIDE - second;
  place (self->first, mirrored ? second + SPACING_BESIDE : 0, 0, first, height);
  place (self->second, mirrored ? 0 : first + SPACING_BESIDE, 0, second, height);
}

static GtkSizeRequestMode
xps_page_wrap_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
xps_page_wrap_dispose (GObject *object)
{
  XpsPageWrap *self = XPS_PAGE_WRAP (object);
  g_clear_pointer (&self->first, gtk_widget_unparent);
  g_clear_pointer (&self->second, gtk_widget_unparent);
  G_OBJECT_CLASS (xps_page_wrap_parent_class)->dispose (object);
}

static void
xps_page_wrap_class_init (XpsPageWrapClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_page_wrap_dispose;
  widget_class->measure = xps_page_wrap_measure;
  widget_class->size_allocate = xps_page_wrap_allocate;
  widget_class->get_request_mode = xps_page_wrap_get_request_mode;
}

static void
xps_page_wrap_init (XpsPageWrap *self)
{
}

GtkWidget *
xps_page_wrap_new (GtkWidget *first, GtkWidget *second)
{
  XpsPageWrap *self = g_object_new (XPS_TYPE_PAGE_WRAP, NULL);
  self->first = first;
  self->second = second;
  gtk_widget_set_parent (first, GTK_WIDGET (self));
  gtk_widget_set_parent (second, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
