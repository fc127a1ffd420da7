/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/browser-thumbnail.h"

#include <adwaita.h>

#include "draw-cairo/draw-cairo.h"

struct _XpsBrowserThumbnail {
  GtkWidget parent_instance;
  XpsBrowserItem *item; /* or NULL */
  gboolean waits;       /* for its item's curve to be made */
};

G_DEFINE_FINAL_TYPE (XpsBrowserThumbnail, xps_browser_thumbnail, GTK_TYPE_WIDGET)

#define PAINTER_KEY "xps-thumbnail-painter"
#define WAITING_KEY "xps-thumbnails-waiting"
#define SLICE_US    5000 /* of thinning curves, before other work has its turn */

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

/* ---- making ---- */

/* A list view makes some 200 lines at once, which a person sees 20 of: their curves are thinned after the
 * first frame, a few at a time. */
typedef struct {
  GQueue widgets; /* XpsBrowserThumbnail, owned */
  guint source;
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;
  g_clear_handle_id (&waiting->source, g_source_remove);
  g_queue_clear_full (&waiting->widgets, g_object_unref);
  g_free (waiting);
}

static gboolean
on_make (gpointer data)
{
  Waiting *waiting = data;
  const gint64 limit = g_get_monotonic_time () + SLICE_US;
  while (!g_queue_is_empty (&waiting->widgets) && g_get_monotonic_time () < limit) {
    g_autoptr (XpsBrowserThumbnail) self = g_queue_pop_head (&waiting->widgets);
    self->waits = FALSE;
    if (self->item != NULL && xps_browser_item_get_thumbnail (self->item) != NULL)
      gtk_widget_queue_draw (GTK_WIDGET (self));
  }
  if (!g_queue_is_empty (&waiting->widgets))
    return G_SOURCE_CONTINUE;
  waiting->source = 0;
  return G_SOURCE_REMOVE;
}

static void
make_soon (XpsBrowserThumbnail *self)
{
  if (self->waits)
    return;
  self->waits = TRUE;
  GObject *keeper = G_OBJECT (gtk_widget_get_display (GTK_WIDGET (self)));
  Waiting *waiting = g_object_get_data (keeper, WAITING_KEY);
  if (waiting == NULL) {
    waiting = g_new0 (Waiting, 1);
    g_queue_init (&waiting->widgets);
    g_object_set_data_full (keeper, WAITING_KEY, waiting, waiting_free);
  }
  g_queue_push_tail (&waiting->widgets, g_object_ref (self));
  if (waiting->source == 0)
    waiting->source = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_make, waiting, NULL);
}

/* ---- widget ---- */

static void
xps_browser_thumbnail_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XpsBrowserThumbnail *self = XPS_BROWSER_THUMBNAIL (widget);
  if (self->item == NULL || xps_browser_item_get_region (self->item) == NULL)
    return;
  if (!xps_browser_item_has_thumbnail (self->item)) {
    make_soon (self);
    return;
  }
  const gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const XpsTheme *theme = xps_theme_get (dark ? XPS_THEME_DARK : XPS_THEME_LIGHT);
  const int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *context =
      gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0.0f, 0.0f, (float)width, (float)height));
  xps_cairo_painter_paint (get_painter (widget), context, xps_browser_item_get_thumbnail (self->item), theme,
                           FALSE);
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
  g_clear_object (&XPS_BROWSER_THUMBNAIL (object)->item);
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
xps_browser_thumbnail_set_item (XpsBrowserThumbnail *self, XpsBrowserItem *item)
{
  g_set_object (&self->item, item);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
