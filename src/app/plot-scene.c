/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <math.h>

#include "app/plot-area-private.h"
#include "app/plot-input.h"
#include "app/plot-remember.h"
#include "app/plot-text.h"
#include "app/plot-words.h"

/* Previews to show (borrowed), in the order of their regions; NULL without region. */
static GPtrArray *
dup_previews (XpsPlotArea *self, gsize *current)
{
  const XpsPreview *shown = self->session != NULL ? xps_session_get_preview (self->session) : NULL;
  if (shown == NULL)
    return NULL;
  GPtrArray *previews = g_ptr_array_new ();
  const GPtrArray *overlays = xps_session_get_overlays (self->session);
  for (guint i = 0; overlays != NULL && i < overlays->len; i++)
    g_ptr_array_add (previews, g_ptr_array_index (overlays, i));
  const GArray *ids = xps_session_get_selected_regions (self->session);
  guint at = 0;
  while (ids != NULL && at < ids->len && at < previews->len &&
         g_array_index (ids, guint, at) != xps_session_get_region_id (self->session))
    at++;
  g_ptr_array_insert (previews, (int)at, (gpointer)shown);
  *current = at;
  return previews;
}

static const char *
selected_name (XpsPlotArea *self)
{
  const XpsPreview *preview = xps_session_get_preview (self->session);
  const int index = xps_session_get_component (self->session);
  if (preview == NULL || preview->model == NULL || index < 0)
    return NULL;
  const XpsModelPart *part = g_ptr_array_index (preview->model->parts, preview->part);
  if ((guint)index >= part->components->len)
    return NULL;
  const XpsComponent *component = g_ptr_array_index (part->components, index);
  return component->name;
}

static double
from_panel (const XpsPlotArea *self, double value)
{
  return self->layout.log && !isnan (value) ? pow (10.0, value) : value;
}

/* While a handle is dragged the axes stay: a scale that follows what is dragged would run away from the
 * pointer. */
static void
hold_scale (const XpsPlotArea *self, XpsPlotView *view)
{
  const XpsPanel *panel = &self->drag.layout.main;
  view->x_low = panel->x.low;
  view->x_high = panel->x.high;
  view->y_low = from_panel (self, panel->y.low);
  view->y_high = from_panel (self, panel->y.high);
}

/* What the database has for the shown energies, all of the data's where the view leaves them free. */
static void
find_ghosts (XpsPlotArea *self, const XpsPreview *preview, XpsPlotView *view)
{
  const double sum = xps_preview_get_energy_sum (preview);
  const gboolean turned = view->kinetic && isfinite (sum);
  if (!self->show_ghosts || preview->n < 2)
    return;
  double low = preview->energy[0], high = preview->energy[preview->n - 1];
  if (isfinite (view->x_low))
    *(turned ? &high : &low) = turned ? sum - view->x_low : view->x_low;
  if (isfinite (view->x_high))
    *(turned ? &low : &high) = turned ? sum - view->x_high : view->x_high;
  view->ghosts = xps_plot_ghosts_find (self->ghosts, preview, low, high, view->colours, &view->n_ghosts);
}

/* Kept: of a thousand spectra they take longer than all else of a frame. */
static const char *const *
get_titles (XpsPlotArea *self, guint n)
{
  if (self->titles == NULL || self->n_titles != n) {
    g_strfreev (self->titles);
    self->titles = xps_plot_words_dup_titles (self->session, n);
    self->n_titles = n;
  }
  return (const char *const *)self->titles;
}

static XpsScene *
build (XpsPlotArea *self, const XpsFigureStyle *style, gboolean paper, XpsPlotLayout *layout)
{
  gsize current = 0;
  g_autoptr (GPtrArray) previews = dup_previews (self, &current);
  if (previews == NULL || self->history == NULL)
    return NULL;
  const char *const *titles = get_titles (self, previews->len);
  XpsPlotView view = self->view;
  view.current = current;
  view.x_low = self->history->now.x_low;
  view.x_high = self->history->now.x_high;
  view.y_low = from_panel (self, self->history->now.y_low);
  view.y_high = from_panel (self, self->history->now.y_high);
  if (self->drag.model != NULL)
    hold_scale (self, &view);
  view.colours = xps_session_get_colours (self->session);
  find_ghosts (self, g_ptr_array_index (previews, current), &view);
  view.paper = paper;
  view.selected = paper ? NULL : selected_name (self);
  return xps_plot_build ((const XpsPreview *const *)previews->pdata, titles, previews->len, style, &view,
                         layout);
}

void
xps_plot_area_ensure_scene (XpsPlotArea *self)
{
  const int width = gtk_widget_get_width (GTK_WIDGET (self));
  const int height = gtk_widget_get_height (GTK_WIDGET (self));
  if (!self->dirty || width <= 0 || height <= 0)
    return;
  self->dirty = FALSE;
  XpsFigureStyle style;
  xps_plot_style_init (&style, width, height, xps_plot_text_get_size (GTK_WIDGET (self)));
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    style.line_unit *= 1.5;
  g_clear_pointer (&self->scene, xps_scene_unref);
  self->scene = build (self, &style, FALSE, &self->layout);
  xps_plot_canvas_set_scene (self->canvas, self->scene);
  xps_plot_input_update_hover (self);
}

void
xps_plot_area_invalidate (XpsPlotArea *self)
{
  self->dirty = TRUE;
  xps_plot_area_remember_soon (self);
  /* Made in the layout phase: however many changes there were, one scene a frame. */
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

XpsScene *
xps_plot_area_build_export (XpsPlotArea *self, double width, double height)
{
  g_return_val_if_fail (XPS_IS_PLOT_AREA (self), NULL);
  XpsFigureStyle style, paper;
  xps_figure_style_init (&paper, width < 400.0 ? XPS_FIGURE_SINGLE : XPS_FIGURE_DOUBLE);
  xps_plot_style_init (&style, width, height, paper.text_size);
  style.line_unit = paper.line_unit;
  XpsPlotLayout layout;
  if (self->session != NULL && xps_session_get_region_id (self->session) != 0)
    xps_session_make_overlays (self->session);
  XpsScene *scene = build (self, &style, TRUE, &layout);
  return scene != NULL ? scene : xps_scene_builder_end (xps_scene_builder_new (width, height));
}
