/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-canvas.h"

#include <epoxy/gl.h>
#include <string.h>

#include "app/plot-text.h"
#include "draw-cairo/draw-cairo.h"
#include "draw-gl/ahead.h"
#include "draw-gl/draw-gl.h"

/* Points up to which Cairo is the faster one where the processor does the work of OpenGL too: its time grows
 * with the points, that of OpenGL with the page. With llvmpipe at 900 x 600 pixels a fit of 6 components
 * takes OpenGL 18 ms and Cairo 7 ms, 20,000 points take 190 and 260, 67,000 points 240 and 720 (the latter on
 * a busy machine). */
#define SOFTWARE_POINTS 12000

/* Time between two steps of preparing OpenGL: frames and clicks come first. */
#define PREPARE_MS 60

struct _XpsPlotCanvas {
  GtkWidget parent_instance;
  GtkWidget *gl_area;
  gboolean gl_works, gl_software;
  XpsPlotPainter painter; /* as wished */
  gboolean by_gl;         /* this scene */
  XpsGlPainter *gl_painter;
  XpsGlAhead *ahead;         /* before preparing, or NULL */
  guint preparing, prepared; /* source, or 0; steps done */
  XpsCairoPainter *cairo_painter;

  XpsScene *scene;
  const XpsTheme *theme;
  GskRenderNode *drawn; /* by Cairo, or NULL: not yet */
  GskRenderNode *texts; /* or NULL: not yet */
  gboolean texts_made;
};

G_DEFINE_FINAL_TYPE (XpsPlotCanvas, xps_plot_canvas, GTK_TYPE_WIDGET)

static gsize
count_points (const XpsScene *scene)
{
  gsize n = 0, points = 0;
  const XpsItem *const *items = scene != NULL ? xps_scene_get_items (scene, &n) : NULL;
  for (gsize i = 0; i < n; i++)
    points += items[i]->n;
  return points;
}

static void
choose_painter (XpsPlotCanvas *self)
{
  const gboolean slow = self->gl_software && count_points (self->scene) < SOFTWARE_POINTS;
  self->by_gl = self->gl_works && self->painter != XPS_PLOT_PAINTER_CAIRO &&
                (self->painter == XPS_PLOT_PAINTER_OPENGL || !slow);
}

/* ---- OpenGL ---- */

/* Mesa's names of what has no hardware behind it. */
static gboolean
is_software (void)
{
  static const char *const names[] = {"llvmpipe", "softpipe", "swrast", "Software Rasterizer"};
  const char *renderer = (const char *)glGetString (GL_RENDERER);
  for (gsize i = 0; renderer != NULL && i < G_N_ELEMENTS (names); i++)
    if (strstr (renderer, names[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
give_up_gl (XpsPlotCanvas *self, const char *why)
{
  g_debug ("no OpenGL for the plot, Cairo paints: %s", why);
  self->gl_works = FALSE;
  choose_painter (self);
  gtk_widget_set_child_visible (self->gl_area, FALSE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* In steps: all at once is what the first plot of many curves waited for on drivers that compile late. */
static gboolean
on_prepare (gpointer canvas)
{
  XpsPlotCanvas *self = XPS_PLOT_CANVAS (canvas);
  if (self->ahead != NULL && !xps_gl_ahead_is_over (self->ahead))
    return G_SOURCE_CONTINUE;
  gtk_gl_area_make_current (GTK_GL_AREA (self->gl_area));
  if (gtk_gl_area_get_error (GTK_GL_AREA (self->gl_area)) == NULL &&
      xps_gl_painter_prepare (self->gl_painter, self->prepared++))
    return G_SOURCE_CONTINUE;
  self->preparing = 0;
  return G_SOURCE_REMOVE;
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
  self->gl_software = is_software ();
  self->prepared = 0;
  self->ahead = self->gl_software ? xps_gl_ahead_start () : NULL;
  self->preparing = g_timeout_add_full (G_PRIORITY_LOW, PREPARE_MS, on_prepare, self, NULL);
  choose_painter (self);
}

static void
on_gl_unrealize (GtkGLArea *area, XpsPlotCanvas *self)
{
  g_clear_handle_id (&self->preparing, g_source_remove);
  g_clear_pointer (&self->ahead, xps_gl_ahead_stop);
  if (self->gl_painter == NULL)
    return;
  gtk_gl_area_make_current (area);
  if (gtk_gl_area_get_error (area) == NULL)
    xps_gl_painter_free (self->gl_painter);
  self->gl_painter = NULL;
  self->gl_works = FALSE;
  choose_painter (self);
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
  choose_painter (self);
  if (self->by_gl)
    gtk_gl_area_queue_render (GTK_GL_AREA (self->gl_area));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
snapshot_cairo (XpsPlotCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  if (self->drawn == NULL) {
    self->drawn = gsk_cairo_node_new (bounds);
    cairo_t *context = gsk_cairo_node_get_draw_context (self->drawn);
    xps_cairo_painter_paint_shapes (self->cairo_painter, context, self->scene, self->theme, TRUE);
    cairo_destroy (context);
  }
  gtk_snapshot_append_node (snapshot, self->drawn);
}

static void
snapshot_texts (XpsPlotCanvas *self, GtkSnapshot *snapshot)
{
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
    return;
  }
  if (self->by_gl)
    gtk_widget_snapshot_child (widget, self->gl_area, snapshot);
  else
    snapshot_cairo (self, snapshot, &bounds);
  snapshot_texts (self, snapshot);
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
  forget (self); /* perhaps another font */
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
  self->cairo_painter = xps_cairo_painter_new (NULL);
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
  return self->by_gl ? "opengl" : "cairo";
}

void
xps_plot_canvas_set_painter (XpsPlotCanvas *self, XpsPlotPainter painter)
{
  g_return_if_fail (XPS_IS_PLOT_CANVAS (self));
  self->painter = painter;
  forget (self);
}
