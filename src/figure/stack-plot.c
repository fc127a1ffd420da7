/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/stack-plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figure/measured.h"
#include "figure/stack-private.h"
#include "figure/words.h"

#define PAPER_WIDTH  360.0 /* points: a column and a half of a journal */
#define PAPER_HEIGHT 300.0

void
xps_stack_view_init (XpsStackView *view)
{
  *view = (XpsStackView){
      .kind = XPS_STACK_DATA, .clock = -1, .first = -1, .current = -1, .x_low = NAN, .x_high = NAN};
}

void
xps_stack_style_init (XpsFigureStyle *style)
{
  xps_figure_style_init (style, XPS_FIGURE_DOUBLE);
  style->width = PAPER_WIDTH;
  style->height = PAPER_HEIGHT;
}

void
xps_stack_layout_clear (XpsStackLayout *layout)
{
  g_free (layout->place);
  *layout = (XpsStackLayout){0};
}

gboolean
xps_stack_find_energies (const XpsStack *stack, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < stack->n; i++) {
    const XpsFitData *data = stack->rows[i].data;
    if (data == NULL || data->n == 0)
      continue;
    *low = fmin (*low, data->energy[0]);
    *high = fmax (*high, data->energy[data->n - 1]);
  }
  return *low <= *high;
}

const char *
xps_stack_unit (const XpsStack *stack, gboolean screen)
{
  for (gsize i = 0; i < stack->n; i++)
    if (stack->rows[i].data != NULL && xps_figure_unit_text (stack->rows[i].data->unit) != NULL)
      return xps_figure_word (screen, xps_figure_unit_text (stack->rows[i].data->unit));
  return xps_figure_word (screen, N_ ("arb. units"));
}

void
xps_stack_draw_mark (const XpsStackDrawing *self, gsize step, XpsSceneBuilder *builder, double x, double y)
{
  const XpsStackRow *row = &self->stack->rows[step];
  const XpsPoint at = {x, y};
  const double width = 1.2 * self->style.line_unit, size = 0.55 * self->small;
  if (row->excluded)
    xps_scene_add_markers (builder, 1, &at, XPS_MARKER_SQUARE, size,
                           (XpsStroke){xps_ink (XPS_INK_MUTED), width, XPS_DASH_SOLID}, XPS_INK_NONE);
  else if (row->suspect)
    xps_scene_add_markers (builder, 1, &at, XPS_MARKER_CROSS, size,
                           (XpsStroke){xps_ink (XPS_INK_WARNING), width, XPS_DASH_SOLID}, XPS_INK_NONE);
}

void
xps_stack_draw_energies (const XpsStackDrawing *self, XpsSceneBuilder *builder)
{
  XpsTicks ticks;
  xps_panel_add_frame (builder, &self->panel, &self->axes);
  xps_panel_choose_x_ticks (&self->panel, &self->axes, &ticks);
  xps_panel_add_x_ticks (builder, &self->panel, &ticks, TRUE, &self->axes);
  xps_panel_add_x_title (builder, &self->panel,
                         xps_figure_word (self->view->screen, N_ ("Binding energy (eV)")),
                         xps_axis_style_below (&self->axes) + 2.0 * self->axes.gap, &self->axes);
}

/* ---- the whole ---- */

/* What the signs beside steps mean, and curves, where there are any. */
static XpsFigureKey *
make_key (const XpsStackDrawing *self)
{
  const gboolean screen = self->view->screen;
  const XpsStroke none = {.width = 0.0};
  XpsFigureKey *key = xps_key_new (self->small);
  gboolean excluded = FALSE, suspect = FALSE;
  for (gsize i = 0; i < self->stack->n; i++) {
    excluded = excluded || self->stack->rows[i].excluded;
    suspect = suspect || self->stack->rows[i].suspect;
  }
  if (self->view->kind == XPS_STACK_WATERFALL && self->stack->has_model) {
    const double unit = self->style.line_unit;
    const XpsStroke data = {xps_ink (XPS_INK_FOREGROUND), XPS_STACK_DATA_LINE * unit, XPS_DASH_SOLID};
    const XpsStroke fit = {xps_ink (XPS_INK_ACCENT), XPS_STACK_FIT_LINE * unit, XPS_DASH_SOLID};
    xps_key_add (key, XPS_KEY_LINE, xps_figure_word (screen, N_ ("data")), data, XPS_INK_NONE);
    xps_key_add (key, XPS_KEY_LINE, xps_figure_word (screen, N_ ("fit")), fit, XPS_INK_NONE);
  }
  if (suspect)
    xps_key_add (key, XPS_KEY_TEXT, xps_figure_word (screen, N_ ("\303\227 not to be believed")), none,
                 XPS_INK_NONE);
  if (excluded)
    xps_key_add (key, XPS_KEY_TEXT, xps_figure_word (screen, N_ ("\342\226\241 left out")), none,
                 XPS_INK_NONE);
  return key;
}

static void
take_layout (XpsStackLayout *layout, const XpsStackDrawing *self, XpsStackRows *rows)
{
  xps_stack_layout_clear (layout);
  layout->panel = self->panel;
  layout->n = self->stack->n;
  layout->place = g_steal_pointer (&rows->place);
}

XpsScene *
xps_stack_plot_build (const XpsStack *stack, const XpsStackView *view, const XpsFigureStyle *style,
                      XpsStackLayout *layout)
{
  const double small = style->text_size * 0.875, unit = style->line_unit;
  XpsStackDrawing self = {.stack = stack,
                          .view = view,
                          .style = *style,
                          .axes = {unit, 3.0 * unit / 0.75, small, style->text_size, 0.25 * small},
                          .small = small};
  g_autoptr (XpsFigureKey) key = make_key (&self);
  const double height = style->height > 0.0 ? style->height : PAPER_HEIGHT;
  const double key_height = style->key ? xps_key_height (key, style->width - 20.0) : 0.0;
  const double below = xps_axis_style_below (&self.axes) + xps_axis_style_title (&self.axes) + 4.0;
  const double top = key_height + 0.8 * small;
  XpsSceneBuilder *builder = xps_scene_builder_new (style->width, height);
  XpsStackRows rows;
  if (!xps_stack_find_energies (stack, &self.e_low, &self.e_high))
    self.e_low = 0.0, self.e_high = 1.0;
  self.e_low = isfinite (view->x_low) ? view->x_low : self.e_low;
  self.e_high = isfinite (view->x_high) ? view->x_high : self.e_high;
  self.panel.rect = (XpsRect){4.0, top, style->width - 8.0, fmax (height - top - below, 20.0)};
  xps_scene_builder_set_title (builder, "Spectra of a series", xps_stack_kind_to_text (view->kind));
  xps_stack_rows_init (&rows, stack, view);
  if (view->kind == XPS_STACK_WATERFALL)
    xps_stack_draw_waterfall (&self, builder, &rows);
  else
    xps_stack_draw_map (&self, builder, &rows);
  if (style->key)
    xps_key_draw (key, builder, self.panel.rect.x, 2.0, style->width - self.panel.rect.x - 10.0);
  if (layout != NULL)
    take_layout (layout, &self, &rows);
  xps_stack_rows_clear (&rows);
  return xps_scene_builder_end (builder);
}

int
xps_stack_layout_find_step (const XpsStackLayout *layout, double x, double y)
{
  const XpsRect rect = layout->panel.rect;
  double least = INFINITY;
  int best = -1;
  if (layout->n == 0 || x < rect.x || x > rect.x + rect.width || y < rect.y || y > rect.y + rect.height)
    return -1;
  for (gsize i = 0; i < layout->n; i++) {
    const double away = fabs (xps_axis_map (&layout->panel.y, layout->place[i]) - y);
    if (away < least) {
      least = away;
      best = (int)i;
    }
  }
  return best;
}
