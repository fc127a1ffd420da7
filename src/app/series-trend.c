/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-trend.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "app/plot-canvas.h"
#include "app/plot-text.h"
#include "figure/plot.h"

/* Finger and pointer alike. */
#define REACH 24.0
#define LEAST 6.0 /* pixels that a drag goes before it picks out a stretch */

struct _XpsSeriesTrend {
  GtkWidget parent_instance;
  XpsPlotCanvas *canvas;
  XpsSeriesDesk *desk; /* or NULL */
  XpsTrendView view;
  XpsTrendLayout layout;
  double pointer;    /* pixels, -1: never seen */
  int width, height; /* the scene was made for */
  gboolean dirty;
};

G_DEFINE_FINAL_TYPE (XpsSeriesTrend, xps_series_trend, GTK_TYPE_WIDGET)

static guint picked_signal, brushed_signal;

static const XpsSeriesReport *
get_report (XpsSeriesTrend *self)
{
  return self->desk != NULL ? xps_series_desk_get_report (self->desk) : NULL;
}

static void
build (XpsSeriesTrend *self, int width, int height)
{
  const XpsSeriesReport *report = get_report (self);
  g_autoptr (XpsScene) scene = NULL;
  if (report != NULL && self->view.n_panels > 0) {
    XpsFigureStyle style;
    xps_plot_style_init (&style, width, height, xps_plot_text_get_size (GTK_WIDGET (self)));
    scene = xps_trend_plot_build (report, &self->view, &style, &self->layout);
  }
  xps_plot_canvas_set_scene (self->canvas, scene);
  self->width = width;
  self->height = height;
  self->dirty = FALSE;
}

static void
xps_series_trend_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  XpsSeriesTrend *self = XPS_SERIES_TREND (widget);
  if (width > 0 && height > 0 && (self->dirty || width != self->width || height != self->height))
    build (self, width, height);
  gtk_widget_size_allocate (GTK_WIDGET (self->canvas), &(GtkAllocation){0, 0, width, height}, baseline);
}

static void
xps_series_trend_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 160 : 110;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 560 : 420;
}

static void
invalidate (XpsSeriesTrend *self)
{
  self->dirty = TRUE;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
update_theme (XpsSeriesTrend *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  const XpsThemeKind bright =
      adw_style_manager_get_high_contrast (manager) ? XPS_THEME_PRINT : XPS_THEME_LIGHT;
  xps_plot_canvas_set_theme (self->canvas,
                             xps_theme_get (adw_style_manager_get_dark (manager) ? XPS_THEME_DARK : bright));
}

static void
on_pressed (XpsSeriesTrend *self, int n_press, double x, double y)
{
  const XpsSeriesReport *report = get_report (self);
  if (report == NULL)
    return;
  const int step = xps_trend_plot_find_step (&self->layout, report, &self->view, x, y, REACH);
  if (step >= 0)
    g_signal_emit (self, picked_signal, 0, step);
}

/* ---- a stretch of the clock ---- */

static const XpsClock *
get_clock (XpsSeriesTrend *self)
{
  const XpsSeriesReport *report = get_report (self);
  return report != NULL ? xps_series_get_axis (report->series) : NULL;
}

static void
set_brush (XpsSeriesTrend *self, double low, double high)
{
  self->view.brush_low = fmin (low, high);
  self->view.brush_high = fmax (low, high);
  invalidate (self);
}

static void
on_drag (XpsSeriesTrend *self, double dx, double dy, GtkGestureDrag *drag)
{
  double x, y;
  if (get_clock (self) == NULL || self->layout.n_panels == 0 || fabs (dx) < LEAST)
    return;
  gtk_gesture_drag_get_start_point (drag, &x, &y);
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  const XpsAxis *axis = &self->layout.panels[0].x;
  set_brush (self, xps_axis_unmap (axis, x), xps_axis_unmap (axis, x + dx));
}

static void
on_drag_end (XpsSeriesTrend *self, double dx, double dy)
{
  if (fabs (dx) < LEAST && isfinite (self->view.brush_low))
    set_brush (self, NAN, NAN); /* a click elsewhere lets go */
  g_signal_emit (self, brushed_signal, 0);
}

void
xps_series_trend_move (XpsSeriesTrend *self, double factor, double by)
{
  if (get_clock (self) == NULL || self->layout.n_panels == 0)
    return;
  const XpsAxis axis = self->layout.panels[0].x;
  const double offset = by * (axis.high - axis.low) * (axis.reversed ? -1 : 1);
  const double middle =
      self->pointer >= 0 ? xps_axis_unmap (&axis, self->pointer) : 0.5 * (axis.low + axis.high);
  self->view.x_low = middle + factor * (axis.low - middle) + offset;
  self->view.x_high = middle + factor * (axis.high - middle) + offset;
  invalidate (self);
  g_signal_emit (self, brushed_signal, 0); /* so that the way back is offered */
}

/* Closer or farther at the pointer; with Shift, or sideways, along the clock. */
static gboolean
on_scroll (GtkEventControllerScroll *scroll, double dx, double dy, XpsSeriesTrend *self)
{
  const GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  if (get_clock (self) == NULL || self->layout.n_panels == 0)
    return FALSE;
  if ((state & GDK_SHIFT_MASK) != 0 || fabs (dx) > fabs (dy))
    xps_series_trend_move (self, 1.0, 0.1 * (dx != 0 ? dx : dy));
  else
    xps_series_trend_move (self, exp (CLAMP (0.15 * dy, -0.5, 0.5)), 0.0);
  return TRUE;
}

static void
on_motion (XpsSeriesTrend *self, double x, double y)
{
  self->pointer = x;
}

GArray *
xps_series_trend_dup_brushed (XpsSeriesTrend *self)
{
  const XpsClock *clock = get_clock (self);
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; clock != NULL && i < clock->n; i++)
    if (clock->values[i] >= self->view.brush_low && clock->values[i] <= self->view.brush_high)
      g_array_append_val (steps, i);
  return steps;
}

void
xps_series_trend_set_brush (XpsSeriesTrend *self, int from, int to)
{
  const XpsClock *clock = get_clock (self);
  const int n = clock != NULL ? (int)clock->n : 0;
  const gboolean there = from >= 0 && to >= 0 && from < n && to < n;
  set_brush (self, there ? clock->values[from] : (double)NAN, there ? clock->values[to] : (double)NAN);
  g_signal_emit (self, brushed_signal, 0);
}

void
xps_series_trend_zoom (XpsSeriesTrend *self, gboolean to_brush)
{
  const double margin = 0.03 * (self->view.brush_high - self->view.brush_low);
  if (to_brush && !(margin > 0))
    return;
  self->view.x_low = to_brush ? self->view.brush_low - margin : (double)NAN;
  self->view.x_high = to_brush ? self->view.brush_high + margin : (double)NAN;
  invalidate (self);
}

gboolean
xps_series_trend_is_zoomed (XpsSeriesTrend *self)
{
  return isfinite (self->view.x_low);
}

static void
xps_series_trend_dispose (GObject *object)
{
  XpsSeriesTrend *self = XPS_SERIES_TREND (object);
  if (self->canvas != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->canvas));
  self->canvas = NULL;
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (xps_series_trend_parent_class)->dispose (object);
}

static void
xps_series_trend_class_init (XpsSeriesTrendClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_series_trend_dispose;
  widget_class->size_allocate = xps_series_trend_size_allocate;
  widget_class->measure = xps_series_trend_measure;
  picked_signal = g_signal_new ("step-picked", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  brushed_signal = g_signal_new ("brushed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
xps_series_trend_init (XpsSeriesTrend *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GtkGesture *click = gtk_gesture_click_new (), *drag = gtk_gesture_drag_new ();
  self->canvas = xps_plot_canvas_new ();
  gtk_widget_set_parent (GTK_WIDGET (self->canvas), GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  xps_trend_view_init (&self->view);
  self->view.screen = TRUE;
  self->pointer = -1;
  self->dirty = TRUE;
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_BOTH_AXES);
  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (update_theme), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (update_theme), self,
                           G_CONNECT_SWAPPED);
  update_theme (self);
}

GtkWidget *
xps_series_trend_new (void)
{
  GtkWidget *self = g_object_new (XPS_TYPE_SERIES_TREND, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Trends of the series"), -1);
  return self;
}

void
xps_series_trend_show (XpsSeriesTrend *self, XpsSeriesDesk *desk)
{
  g_set_object (&self->desk, desk);
  invalidate (self);
}

void
xps_series_trend_set_current (XpsSeriesTrend *self, int step)
{
  if (self->view.current == step)
    return;
  self->view.current = step;
  invalidate (self);
}

gboolean
xps_series_trend_get_panel (XpsSeriesTrend *self, XpsTrendKind kind)
{
  for (gsize i = 0; i < self->view.n_panels; i++)
    if (self->view.panels[i] == kind)
      return TRUE;
  return FALSE;
}

/* Panels keep the order of their kinds. */
void
xps_series_trend_set_panel (XpsSeriesTrend *self, XpsTrendKind kind, gboolean shown)
{
  XpsTrendKind panels[XPS_N_TREND_KINDS];
  gsize n = 0;
  for (int k = 0; k < XPS_N_TREND_KINDS; k++)
    if (k == (int)kind ? shown : xps_series_trend_get_panel (self, (XpsTrendKind)k))
      panels[n++] = (XpsTrendKind)k;
  self->view.n_panels = MIN (n, XPS_TREND_MAX_PANELS);
  for (gsize i = 0; i < self->view.n_panels; i++)
    self->view.panels[i] = panels[i];
  invalidate (self);
}

XpsScene *
xps_series_trend_build_export (XpsSeriesTrend *self)
{
  const XpsSeriesReport *report = get_report (self);
  XpsTrendView view = self->view;
  XpsFigureStyle style;
  if (report == NULL || view.n_panels == 0)
    return NULL;
  view.current = -1;
  view.brush_low = view.brush_high = NAN;
  view.screen = FALSE;
  xps_figure_style_init (&style, XPS_FIGURE_DOUBLE);
  return xps_trend_plot_build (report, &view, &style, NULL);
}
