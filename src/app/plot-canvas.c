/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-canvas.h"

#include "app/plot-text.h"
#include "draw-cairo/draw-cairo.h"
#include "draw-gl/draw-gl.h"

struct _XpsPlotCanvas {
  GtkWidget parent_instance;
  GtkWidget *gl_area;
  gboolean gl_works, gl_failed;
  XpsGlPainter *gl_painter;
  XpsCairoPainter *cairo_painter;

  XpsScene *scene;
  const XpsTheme *theme;
  GskRenderNode *drawn; /* by Cairo, or NULL: not yet */
  GskRenderNode *texts; /* or NULL: not yet */
  gboolean texts_made;
};

G_DEFINE_FINAL_TYPE (XpsPlotCanvas, xps_plot_canvas, GTK_TYPE_WIDGET)

/* ---- OpenGL ---- */

static void
give_up_gl (XpsPlotCanvas *self, const char *why)
{
  g_debug ("no OpenGL for the plot, Cairo paints: %s", why);
  self->gl_failed = TRUE;
  self->gl_works = FALSE;
  gtk_widget_set_child_visible (self->gl_area, FALSE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_gl_realize (GtkGLArea *area, XpsPlotCanvas *self)
{
  gtk_gl_area_make_current (area);
  const GError *failed = gtk_gl_area_get_error (area);
  if (failed != NULL) {
    give_up_gl (self, failed->message);
    return;
  }
  g_autoptr (GError) error = NULL;
  self->gl_painter = xps_gl_painter_new (&error);
  if (self->gl_painter == NULL) {
    give_up_gl (self, error != NULL ? error->message : "no painter");
    return;
  }
  self->gl_works = TRUE;
  self->gl_failed = FALSE;
}

static void
on_gl_unrealize (GtkGLArea *area, XpsPlotCanvas *self)
{
  if (self->gl_painter == NULL)
    return;
  gtk_gl_area_make_current (area);
  if (gtk_gl_area_get_error (area) == NULL)
    xps_gl_painter_free (self->gl_painter);
  self->gl_painter = NULL;
  self->gl_works = FALSE;
}

static gboolean
on_gl_render (GtkGLArea *area, GdkGLContext *context, XpsPlotCanvas *self)
{
  if (self->gl_painter == NULL || gtk_gl_area_get_error (area) != NULL)
    return FALSE;
  const int scale = gtk_widget_get_scale_factor (GTK_WIDGET (area));
  xps_gl_painter_set_scene (self->gl_painter, self->scene);
  xps_gl_painter_paint (self->gl_painter, gtk_widget_get_width (GTK_WIDGET (area)) * scale,
                        gtk_widget_get_height (GTK_WIDGET (area)) * scale, self->theme, TRUE);
  return TRUE;
}

/* ---- both ---- */

static void
forget (XpsPlotCanvas *self)
{
  g_clear_pointer (&self->drawn, gsk_render_node_unref);
  g_clear_pointer (&self->texts, gsk_render_node_unref);
  self->texts_made = FALSE;
  gtk_gl_area_queue_render (GTK_GL_AREA (self->gl_area));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ensure_cairo_painter (XpsPlotCanvas *self)
{
  if (self->cairo_painter != NULL)
    return;
  const PangoFontDescription *font =
      pango_context_get_font_description (gtk_widget_get_pango_context (GTK_WIDGET (self)));
  self->cairo_painter = xps_cairo_painter_new (pango_font_description_get_family (font));
}

/* The painter's own texts are part of it, so that nothing lies above it twice. */
static void
snapshot_cairo (XpsPlotCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  if (self->drawn == NULL) {
    ensure_cairo_painter (self);
    self->drawn = gsk_cairo_node_new (bounds);
    cairo_t *context = gsk_cairo_node_get_draw_context (self->drawn);
    xps_cairo_painter_paint (self->cairo_painter, context, self->scene, self->theme, TRUE);
    cairo_destroy (context);
  }
  gtk_snapshot_append_node (snapshot, self->drawn);
}

static void
snapshot_gl (XpsPlotCanvas *self, GtkSnapshot *snapshot)
{
  gtk_widget_snapshot_child (GTK_WIDGET (self), self->gl_area, snapshot);
  if (!self->texts_made)
    self->texts = xps_plot_text_new_node (GTK_WIDGET (self), self->scene, self->theme);
  self->texts_made = TRUE;
  if (self->texts != NULL)
    gtk_snapshot_append_node (snapshot, self->texts);
}

static void
xps_plot_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  XpsPlotCanvas *self = XPS_PLOT_CANVAS (widget);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (0.0F, 0.0F, (float)gtk_widget_get_width (widget),
                                                     (float)gtk_widget_get_height (widget));
  if (self->scene == NULL) {
    const GdkRGBA canvas = xps_plot_text_colour (self->theme, xps_ink (XPS_INK_CANVAS), XPS_USE_FILL);
    gtk_snapshot_append_color (snapshot, &canvas, &bounds);
  } else if (self->gl_works)
    snapshot_gl (self, snapshot);
  else
    snapshot_cairo (self, snapshot, &bounds);
}

static void
xps_plot_canvas_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
}

static void
xps_plot_canvas_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XpsPlotCanvas *self = XPS_PLOT_CANVAS (widget);
  g_clear_pointer (&self->drawn, gsk_render_node_unref);
  if (gtk_widget_get_child_visible (self->gl_area))
    gtk_widget_allocate (self->gl_area, width, height, baseline, NULL);
}

static void
xps_plot_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  XpsPlotCanvas *self = XPS_PLOT_CANVAS (widget);
  GTK_WIDGET_CLASS (xps_plot_canvas_parent_class)->css_changed (widget, change);
  /* Perhaps another font: painter and texts are made anew when they are needed. */
  g_clear_pointer (&self->cairo_painter, xps_cairo_painter_free);
  forget (self);
}

static void
xps_plot_canvas_dispose (GObject *object)
{
  XpsPlotCanvas *self = XPS_PLOT_CANVAS (object);
  g_clear_pointer (&self->gl_area, gtk_widget_unparent);
  g_clear_pointer (&self->drawn, gsk_render_node_unref);
  g_clear_pointer (&self->texts, gsk_render_node_unref);
  g_clear_pointer (&self->scene, xps_scene_unref);
  g_clear_pointer (&self->cairo_painter, xps_cairo_painter_free);
  G_OBJECT_CLASS (xps_plot_canvas_parent_class)->dispose (object);
}

static void
xps_plot_canvas_class_init (XpsPlotCanvasClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_plot_canvas_dispose;
  widget_class->measure = xps_plot_canvas_measure;
  widget_class->size_allocate = xps_plot_canvas_size_allocate;
  widget_class->snapshot = xps_plot_canvas_snapshot;
  widget_class->css_changed = xps_plot_canvas_css_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
xps_plot_canvas_init (XpsPlotCanvas *self)
{
  self->theme = xps_theme_get (XPS_THEME_LIGHT);
  self->gl_area = gtk_gl_area_new ();
  gtk_gl_area_set_required_version (GTK_GL_AREA (self->gl_area), 3, 2);
  gtk_gl_area_set_auto_render (GTK_GL_AREA (self->gl_area), FALSE);
  gtk_widget_set_can_target (self->gl_area, FALSE);
  g_signal_connect (self->gl_area, "realize", G_CALLBACK (on_gl_realize), self);
  g_signal_connect (self->gl_area, "unrealize", G_CALLBACK (on_gl_unrealize), self);
  g_signal_connect (self->gl_area, "render", G_CALLBACK (on_gl_render), self);
  gtk_widget_set_parent (self->gl_area, GTK_WIDGET (self));
}

XpsPlotCanvas *
xps_plot_canvas_new (void)
{
  return g_object_new (XPS_TYPE_PLOT_CANVAS, "can-target", FALSE, NULL);
}

void
xps_plot_canvas_set_scene (XpsPlotCanvas *self, XpsScene *scene)
{
  g_return_if_fail (XPS_IS_PLOT_CANVAS (self));
  if (self->scene == scene)
    return;
  g_clear_pointer (&self->scene, xps_scene_unref);
  self->scene = scene != NULL ? xps_scene_ref (scene) : NULL;
  forget (self);
}

void
xps_plot_canvas_set_theme (XpsPlotCanvas *self, const XpsTheme *theme)
{
  g_return_if_fail (XPS_IS_PLOT_CANVAS (self) && theme != NULL);
  if (self->theme == theme)
    return;
  self->theme = theme;
  forget (self);
}

const char *
xps_plot_canvas_get_painter (XpsPlotCanvas *self)
{
  g_return_val_if_fail (XPS_IS_PLOT_CANVAS (self), NULL);
  return self->gl_works ? "opengl" : "cairo";
}
