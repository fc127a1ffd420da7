/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/text.h"
#include "figure/label.h"
#include "figure/measured.h"
#include "figure/stack-private.h"
#include "figure/words.h"
#include "scene/markup.h"

/* Curves with their fits, each lifted above the one before. */

#define ROW     0.75 /* least distance of two curves, of the small text size */
#define LABELS  1.15 /* and of their names */
#define OVERLAP 3.0  /* curves that the highest one reaches over, at least one */

typedef struct {
  gsize n;
  gsize *step;   /* [n] curves that are drawn, from the lowest */
  gsize stride;  /* one of so many steps is drawn */
  double *floor; /* [n] and taken off before it is lifted */
  double *scale;
  double lift, top; /* in shown units */
} Falls;

/* Least and largest within the shown energies, of the data. */
static gboolean
find_range (const XpsStackDrawing *self, gsize step, double *low, double *high)
{
  const XpsFitData *data = self->stack->rows[step].data;
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize k = 0; k < data->n; k++)
    if (data->energy[k] >= self->e_low && data->energy[k] <= self->e_high && isfinite (data->intensity[k])) {
      *low = fmin (*low, data->intensity[k]);
      *high = fmax (*high, data->intensity[k]);
    }
  return *low <= *high;
}

/* Those that have room, the current one among them. */
static void
choose_steps (Falls *falls, const XpsStackDrawing *self, const XpsStackRows *rows, double height)
{
  const gsize most = (gsize)fmax (height / (ROW * self->small), 4.0);
  falls->stride = (rows->n + most - 1) / most;
  falls->step = g_new (gsize, rows->n + 1);
  falls->floor = g_new (double, rows->n + 1);
  falls->scale = g_new (double, rows->n + 1);
  for (gsize k = 0; k < rows->n; k++)
    if (k % falls->stride == 0 || self->view->current == (int)rows->step[k])
      falls->step[falls->n++] = rows->step[k];
}

/* Shared: all are lifted by the same and keep their heights; the highest of those to be believed sets it. */
static void
choose_scale (Falls *falls, const XpsStackDrawing *self)
{
  double most = 0.0;
  for (gsize k = 0; k < falls->n; k++) {
    const XpsStackRow *row = &self->stack->rows[falls->step[k]];
    double low, high;
    if (!find_range (self, falls->step[k], &low, &high))
      low = 0.0, high = 1.0;
    falls->floor[k] = low;
    falls->scale[k] = self->view->own_scale && high > low ? 1.0 / (high - low) : 1.0;
    if (!row->suspect && !row->excluded)
      most = fmax (most, (high - low) * falls->scale[k]);
  }
  most = most > 0.0 ? most : 1.0;
  falls->lift = most * fmin (1.0, fmax (OVERLAP, 0.12 * (double)falls->n) / (double)MAX (falls->n, 1));
  falls->top = falls->lift * (double)(falls->n - 1) + 1.05 * most;
}

static double *
dup_lifted (const Falls *falls, gsize k, gsize n, const double *values)
{
  double *out = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    out[i] = (values[i] - falls->floor[k]) * falls->scale[k] + falls->lift * (double)k;
  return out;
}

static void
draw_curve (const XpsStackDrawing *self, const Falls *falls, gsize k, XpsSceneBuilder *builder)
{
  const gsize step = falls->step[k];
  const XpsStackRow *row = &self->stack->rows[step];
  const double unit = self->style.line_unit;
  const gboolean current = self->view->current == (int)step, fitted = row->model != NULL;
  XpsInk ink = xps_ink_fade (xps_ink (XPS_INK_FOREGROUND), fitted ? 1.0 : 0.9);
  if (row->excluded)
    ink = xps_ink_fade (xps_ink (XPS_INK_MUTED), 0.6);
  else if (row->suspect)
    ink = xps_ink (XPS_INK_WARNING);
  const double stronger = current ? 1.8 : 1.0, thin = fitted ? XPS_STACK_DATA_LINE : 0.9;
  const XpsStroke data = {ink, stronger * thin * unit, row->excluded ? XPS_DASH_DASHED : XPS_DASH_SOLID};
  const XpsStroke model = {xps_ink (XPS_INK_ACCENT), stronger * XPS_STACK_FIT_LINE * unit, XPS_DASH_SOLID};
  if (fitted) {
    g_autofree double *fit = dup_lifted (falls, k, row->data->n, row->model);
    xps_panel_add_curve (builder, &self->panel, row->data->n, row->data->energy, fit, model);
  }
  g_autofree double *y = dup_lifted (falls, k, row->data->n, row->data->intensity);
  xps_panel_add_curve (builder, &self->panel, row->data->n, row->data->energy, y, data);
}

/* Value of the clock, else the number. */
static char *
dup_label (const XpsStackRows *rows, gsize step)
{
  if (rows->clock == NULL || !isfinite (rows->clock->values[step]))
    return xps_text_printf ("%" G_GSIZE_FORMAT, step + 1);
  return xps_text_printf ("%.4g", rows->clock->values[step]);
}

/* Where the curves begin at the right, from the lowest up as many as have room; the current one always. */
static void
draw_labels (const XpsStackDrawing *self, const Falls *falls, const XpsStackRows *rows,
             XpsSceneBuilder *builder)
{
  const XpsRect rect = self->panel.rect;
  const double x = rect.x + rect.width + 1.4 * self->small;
  double before = INFINITY, current = INFINITY;
  for (gsize k = 0; k < falls->n; k++)
    if (self->view->current == (int)falls->step[k])
      current = xps_axis_map (&self->panel.y, falls->lift * (double)k);
  for (gsize k = 0; k < falls->n; k++) {
    const double y = xps_axis_map (&self->panel.y, falls->lift * (double)k);
    const gboolean is_current = self->view->current == (int)falls->step[k];
    xps_stack_draw_mark (self, falls->step[k], builder, rect.x + rect.width + 0.6 * self->small, y);
    if (!is_current && (before - y < LABELS * self->small || fabs (y - current) < LABELS * self->small))
      continue;
    g_autofree char *label = dup_label (rows, falls->step[k]);
    xps_scene_add_text (builder, &(XpsText){.markup = label,
                                            .at = {x, y},
                                            .size = self->small,
                                            .bold = is_current,
                                            .ink = xps_ink (XPS_INK_FOREGROUND)});
    before = y;
  }
}

static void
draw_titles (const XpsStackDrawing *self, const Falls *falls, const XpsStackRows *rows, double label_room,
             XpsSceneBuilder *builder)
{
  const gboolean screen = self->view->screen;
  const XpsRect rect = self->panel.rect;
  g_autofree char *step = xps_figure_dup_rounded (falls->lift);
  g_autofree char *title =
      self->view->own_scale
          ? g_strdup (xps_figure_word (screen, N_ ("Intensity (each step to its own height)")))
          : xps_text_printf (xps_figure_word (screen, N_ ("Intensity (%s, lifted by %s each)")),
                             xps_stack_unit (self->stack, screen), step);
  g_autofree char *name = rows->clock != NULL ? xps_clock_dup_title (rows->clock, screen)
                                              : g_strdup (xps_figure_word (screen, N_ ("Step")));
  g_autofree char *markup = xps_figure_label_markup (name);
  g_autofree char *fitted = xps_markup_dup_fitted (markup, self->axes.title_size, FALSE, rect.height);
  xps_panel_add_y_title (builder, &self->panel, title, self->axes.gap, &self->axes);
  xps_scene_add_text (builder, &(XpsText){.markup = fitted,
                                          .at = {rect.x + rect.width + label_room +
                                                     XPS_MARKUP_CAP_HEIGHT * self->axes.title_size,
                                                 rect.y + 0.5 * rect.height},
                                          .anchor = 0.5,
                                          .size = self->axes.title_size,
                                          .rotation = 90.0,
                                          .ink = xps_ink (XPS_INK_FOREGROUND)});
}

static double
find_label_room (const XpsStackDrawing *self, const Falls *falls, const XpsStackRows *rows)
{
  double widest = 0.0;
  for (gsize k = 0; k < falls->n; k++) {
    g_autofree char *label = dup_label (rows, falls->step[k]);
    widest = fmax (widest, xps_markup_width (label, self->small, TRUE));
  }
  return 1.4 * self->small + widest + 2.0 * self->axes.gap;
}

/* What was left out for want of room must be said. */
static void
draw_note (const XpsStackDrawing *self, const Falls *falls, XpsSceneBuilder *builder)
{
  if (falls->stride < 2)
    return;
  const XpsRect rect = self->panel.rect;
  g_autofree char *text = xps_text_printf (
      xps_figure_word (self->view->screen, N_ ("one of %u steps is drawn")), (guint)falls->stride);
  g_autofree char *fitted = xps_markup_dup_fitted (text, self->small, FALSE, rect.width);
  xps_scene_add_text (builder, &(XpsText){.markup = fitted,
                                          .at = {rect.x + 0.5 * self->small, rect.y + 1.3 * self->small},
                                          .size = self->small,
                                          .ink = xps_ink (XPS_INK_MUTED)});
}

void
xps_stack_draw_waterfall (XpsStackDrawing *self, XpsSceneBuilder *builder, XpsStackRows *rows)
{
  Falls falls = {0};
  const XpsRect whole = self->panel.rect;
  choose_steps (&falls, self, rows, whole.height);
  choose_scale (&falls, self);
  const double room = find_label_room (self, &falls, rows);
  const double left = xps_axis_style_title (&self->axes) + 2.0 * self->axes.gap;
  const double right = room + xps_axis_style_title (&self->axes);
  const XpsRect rect = {whole.x + left, whole.y, fmax (whole.width - left - right, 20.0), whole.height};
  xps_panel_init (&self->panel, rect, self->e_low, self->e_high, TRUE, -0.02 * falls.top, falls.top);
  for (gsize i = 0; i < self->stack->n; i++)
    rows->place[i] = NAN;
  for (gsize k = 0; k < falls.n; k++)
    rows->place[falls.step[k]] = falls.lift * (double)k;
  xps_scene_add_hit_rect (builder, "stack", rect);
  xps_scene_push_clip (builder, rect);
  for (gsize k = falls.n; k-- > 0;)
    draw_curve (self, &falls, k, builder);
  draw_note (self, &falls, builder);
  xps_scene_pop_clip (builder);
  xps_stack_draw_energies (self, builder);
  draw_labels (self, &falls, rows, builder);
  draw_titles (self, &falls, rows, room, builder);
  g_free (falls.step);
  g_free (falls.floor);
  g_free (falls.scale);
}
