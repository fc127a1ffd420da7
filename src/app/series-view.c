/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-view.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/plot-canvas.h"
#include "app/plot-text.h"
#include "figure/plot.h"

struct _XpsSeriesView {
  GtkWidget parent_instance;
  XpsPlotCanvas *canvas;
  XpsSeriesDesk *desk; /* or NULL */
  XpsStack *stack;     /* made when it is looked at */
  XpsStackView view;
  XpsStackLayout layout;
  int width, height; /* the scene was made for */
  gboolean dirty;
};

G_DEFINE_FINAL_TYPE (XpsSeriesView, xps_series_view, GTK_TYPE_WIDGET)

static guint picked_signal;

/* With the fit as long as it is one of what is shown. */
static const XpsStack *
get_stack (XpsSeriesView *self)
{
  const XpsSeries *series = self->desk != NULL ? xps_series_desk_get_series (self->desk) : NULL;
  if (self->stack != NULL || series == NULL)
    return self->stack;
  const XpsSeriesReport *report = xps_series_desk_get_report (self->desk);
  const gboolean current = report != NULL && !xps_series_desk_is_stale (self->desk);
  self->stack = xps_stack_new (series, current ? report->run : NULL, xps_series_desk_get_marks (self->desk),
                               MIN (xps_series_desk_get_level (self->desk), series->n_parts - 1));
  return self->stack;
}

static void
build (XpsSeriesView *self, int width, int height)
{
  const XpsStack *stack = get_stack (self);
  g_autoptr (XpsScene) scene = NULL;
  xps_stack_layout_clear (&self->layout);
  if (stack != NULL) {
    XpsFigureStyle style;
    xps_plot_style_init (&style, width, height, xps_plot_text_get_size (GTK_WIDGET (self)));
    scene = xps_stack_plot_build (stack, &self->view, &style, &self->layout);
  }
  xps_plot_canvas_set_scene (self->canvas, scene);
  self->width = width;
  self->height = height;
  self->dirty = FALSE;
}

static void
xps_series_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XpsSeriesView *self = XPS_SERIES_VIEW (widget);
  if (width > 0 && height > 0 && (self->dirty || width != self->width || height != self->height))
    build (self, width, height);
  gtk_widget_size_allocate (GTK_WIDGET (self->canvas), &(GtkAllocation){0, 0, width, height}, baseline);
}

static void
xps_series_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 110;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 560 : 420;
}

static void
invalidate (XpsSeriesView *self)
{
  self->dirty = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
update_theme (XpsSeriesView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  const XpsThemeKind bright =
      adw_style_manager_get_high_contrast (manager) ? XPS_THEME_PRINT : XPS_THEME_LIGHT;
  xps_plot_canvas_set_theme (self->canvas,
                             xps_theme_get (adw_style_manager_get_dark (manager) ? XPS_THEME_DARK : bright));
}

static void
on_pressed (XpsSeriesView *self, int n_press, double x, double y)
{
  const int step = xps_stack_layout_find_step (&self->layout, x, y);
  if (step >= 0)
    g_signal_emit (self, picked_signal, 0, step);
}

static void
xps_series_view_dispose (GObject *object)
{
  XpsSeriesView *self = XPS_SERIES_VIEW (object);
  if (self->canvas != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->canvas));
  self->canvas = NULL;
  g_clear_object (&self->desk);
  g_clear_pointer (&self->stack, xps_stack_free);
  xps_stack_layout_clear (&self->layout);
  G_OBJECT_CLASS (xps_series_view_parent_class)->dispose (object);
}

static void
xps_series_view_class_init (XpsSeriesViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_series_view_dispose;
  widget_class->size_allocate = xps_series_view_size_allocate;
  widget_class->measure = xps_series_view_measure;
  picked_signal = g_signal_new ("step-picked", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
xps_series_view_init (XpsSeriesView *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkGesture *click = gtk_gesture_click_new ();
  self->canvas = xps_plot_canvas_new ();
  gtk_widget_set_parent (GTK_WIDGET (self->canvas), GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  xps_stack_view_init (&self->view);
  self->view.screen = TRUE;
  self->dirty = TRUE;
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (update_theme), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (update_theme), self,
                           G_CONNECT_SWAPPED);
  update_theme (self);
}

GtkWidget *
xps_series_view_new (void)
{
  GtkWidget *self = g_object_new (XPS_TYPE_SERIES_VIEW, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Spectra of the series"), -1);
  return self;
}

void
xps_series_view_show (XpsSeriesView *self, XpsSeriesDesk *desk)
{
  g_set_object (&self->desk, desk);
  g_clear_pointer (&self->stack, xps_stack_free);
  invalidate (self);
}

void
xps_series_view_set_kind (XpsSeriesView *self, XpsStackKind kind)
{
  self->view.kind = kind;
  invalidate (self);
}

void
xps_series_view_set_current (XpsSeriesView *self, int step)
{
  if (self->view.current == step)
    return;
  self->view.current = step;
  invalidate (self);
}

void
xps_series_view_set_first (XpsSeriesView *self, int step)
{
  self->view.first = step;
  invalidate (self);
}

XpsScene *
xps_series_view_build_export (XpsSeriesView *self)
{
  const XpsStack *stack = get_stack (self);
  XpsStackView view = self->view;
  XpsFigureStyle style;
  if (stack == NULL)
    return NULL;
  xps_stack_style_init (&style);
  view.current = -1;
  view.screen = FALSE;
  return xps_stack_plot_build (stack, &view, &style, NULL);
}
