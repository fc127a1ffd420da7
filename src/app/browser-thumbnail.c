/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/browser-thumbnail.h"

#include <adwaita.h>

#include "app/browser-item.h"
#include "draw-cairo/draw-cairo.h"

struct _XpsBrowserThumbnail {
  GtkWidget parent_instance;
  XpsScene *scene;
};

G_DEFINE_FINAL_TYPE (XpsBrowserThumbnail, xps_browser_thumbnail, GTK_TYPE_WIDGET)

#define PAINTER_KEY "xps-thumbnail-painter"

/* A painter lists the fonts of the machine when it is made, though curves have no text: one does for all. The
 * display keeps it, which lives as long as widgets can. */
static XpsCairoPainter *
get_painter (GtkWidget *widget)
{
  GObject *keeper = G_OBJECT (gtk_widget_get_display (widget));
  XpsCairoPainter *painter = g_object_get_data (keeper, PAINTER_KEY);
  if (painter != NULL)
    return painter;
  painter = xps_cairo_painter_new (NULL);
  g_object_set_data_full (keeper, PAINTER_KEY, painter, (GDestroyNotify)xps_cairo_painter_free);
  return painter;
}

static void
xps_browser_thumbnail_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XpsBrowserThumbnail *self = XPS_BROWSER_THUMBNAIL (widget);
  if (self->scene == NULL)
    return;
  const gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const XpsTheme *theme = xps_theme_get (dark ? XPS_THEME_DARK : XPS_THEME_LIGHT);
  const int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *context =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0.0f, 0.0f, (float)width, (float)height));
  xps_cairo_painter_paint (get_painter (widget), context, self->scene, theme, FALSE);
  cairo_destroy (context);
}

static void
xps_browser_thumbnail_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                               int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural =
      orientation == GTK_ORIENTATION_HORIZONTAL ? XPS_THUMBNAIL_WIDTH : XPS_THUMBNAIL_HEIGHT;
}

static void
xps_browser_thumbnail_dispose (GObject *object)
{
  g_clear_pointer (&XPS_BROWSER_THUMBNAIL (object)->scene, xps_scene_unref);
  G_OBJECT_CLASS (xps_browser_thumbnail_parent_class)->dispose (object);
}

static void
xps_browser_thumbnail_class_init (XpsBrowserThumbnailClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_browser_thumbnail_dispose;
  GTK_WIDGET_CLASS (class)->snapshot = xps_browser_thumbnail_snapshot;
  GTK_WIDGET_CLASS (class)->measure = xps_browser_thumbnail_measure;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
xps_browser_thumbnail_init (XpsBrowserThumbnail *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

XpsBrowserThumbnail *
xps_browser_thumbnail_new (void)
{
  return g_object_new (XPS_TYPE_BROWSER_THUMBNAIL, NULL);
}

void
xps_browser_thumbnail_set_scene (XpsBrowserThumbnail *self, XpsScene *scene)
{
  if (scene == self->scene)
    return;
  g_clear_pointer (&self->scene, xps_scene_unref);
  self->scene = scene != NULL ? xps_scene_ref (scene) : NULL;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
