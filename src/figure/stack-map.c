/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "figure/label.h"
#include "figure/stack-private.h"
#include "figure/words.h"

/* Energy against the clock, the curve as colours. */

#define STRIP        5.0 /* width of the clock beside numbered steps, of the small text size */
#define FAINT        0.6 /* of the canvas over steps that are left out */
#define CELLS_POINT  3.0 /* cells to a point, where not every step has its own row */
#define MOST_COLUMNS 4096

typedef struct {
  XpsStackCells cells;
  XpsStackBar bar;
  XpsTicks ticks;    /* of the vertical axis */
  double room;       /* left of the panel for their labels */
  double sign_room;  /* right of it for the signs of steps */
  double strip_room; /* and for the clock */
} Map;

static XpsColourTable
table_of (XpsStackKind kind)
{
  return kind == XPS_STACK_RESIDUAL || kind == XPS_STACK_DIFFERENCE ? XPS_COLOUR_TABLE_DIVERGING
                                                                    : XPS_COLOUR_TABLE_VIRIDIS;
}

static char *
dup_bar_title (const XpsStackDrawing *self)
{
  const gboolean screen = self->view->screen;
  const char *unit = xps_stack_unit (self->stack, screen);
  gboolean sigma = FALSE;
  for (gsize i = 0; i < self->stack->n; i++)
    sigma = sigma || self->stack->rows[i].sigma != NULL;
  switch (self->view->kind) {
  case XPS_STACK_MODEL:
    return g_strdup_printf (xps_figure_word (screen, N_ ("Model (%s)")), unit);
  case XPS_STACK_RESIDUAL:
    return sigma ? g_strdup (xps_figure_word (screen, N_ ("Residual (standard deviations)")))
                 : g_strdup_printf (xps_figure_word (screen, N_ ("Residual (%s)")), unit);
  case XPS_STACK_DIFFERENCE: {
    const int chosen = self->view->first;
    const int first = chosen >= 0 ? chosen : xps_stack_find_first (self->stack);
    return g_strdup_printf (xps_figure_word (screen, N_ ("Difference to step %d (%s)")), first + 1, unit);
  }
  case XPS_STACK_DATA:
  case XPS_STACK_WATERFALL:
  case XPS_N_STACK_KINDS:
  default:
    return g_strdup_printf (xps_figure_word (screen, N_ ("Intensity (%s)")), unit);
  }
}

/* ---- layout ---- */

static XpsPanel
panel_of (const XpsStackDrawing *self, const XpsStackRows *rows, XpsRect rect)
{
  XpsPanel panel;
  xps_panel_init (&panel, rect, self->e_low, self->e_high, TRUE, rows->bottom, rows->top);
  panel.y.reversed = rows->falls;
  return panel;
}

static gboolean
has_signs (const XpsStack *stack)
{
  for (gsize i = 0; i < stack->n; i++)
    if (stack->rows[i].excluded || stack->rows[i].suspect)
      return TRUE;
  return FALSE;
}

static void
lay_out (XpsStackDrawing *self, Map *map, const XpsStackRows *rows)
{
  const XpsRect whole = self->panel.rect; /* room for everything, titles included */
  XpsPanel trial = panel_of (self, rows, whole);
  xps_panel_choose_y_ticks (&trial, &self->axes, &map->ticks);
  map->room = xps_axis_style_left (&self->axes, &map->ticks);
  map->sign_room = has_signs (self->stack) ? self->small : 0.0;
  map->strip_room = rows->by_number && rows->clock != NULL ? (STRIP + 0.8) * self->small : 0.0;
  xps_stack_bar_init (&map->bar, &map->cells, table_of (self->view->kind), self, whole.height);
  const double left = map->room + xps_axis_style_title (&self->axes) + 2.0 * self->axes.gap;
  const double right =
      map->sign_room + map->strip_room + 0.8 * self->small + xps_stack_bar_width (&map->bar, self);
  self->panel = panel_of (
      self, rows, (XpsRect){whole.x + left, whole.y, fmax (whole.width - left - right, 20.0), whole.height});
}

/* ---- drawing ---- */

static void
draw_image (const XpsStackDrawing *self, const Map *map, const XpsStackRows *rows, XpsSceneBuilder *builder)
{
  const XpsPanel *panel = &self->panel;
  const XpsPoint a = xps_panel_map (panel, map->cells.left, rows->top);
  const XpsPoint b = xps_panel_map (panel, map->cells.right, rows->bottom);
  XpsImage image = {.rect = {a.x, fmin (a.y, b.y), b.x - a.x, fabs (b.y - a.y)},
                    .columns = map->cells.columns,
                    .rows = map->cells.rows,
                    .values = map->cells.values,
                    .low = map->cells.low,
                    .high = map->cells.high,
                    .table = table_of (self->view->kind)};
  g_autofree float *turned = NULL;
  if (rows->falls) {
    turned = g_new (float, image.rows *image.columns);
    for (gsize r = 0; r < image.rows; r++)
      for (gsize c = 0; c < image.columns; c++)
        turned[r * image.columns + c] = image.values[(image.rows - 1 - r) * image.columns + c];
    image.values = turned;
  }
  xps_scene_add_image (builder, &image);
}

static XpsRect
row_rect (const XpsStackDrawing *self, const XpsStackRows *rows, gsize k)
{
  const double a = xps_axis_map (&self->panel.y, rows->low[k]),
               b = xps_axis_map (&self->panel.y, rows->high[k]);
  return (XpsRect){self->panel.rect.x, fmin (a, b), self->panel.rect.width, fabs (b - a)};
}

static void
draw_steps (const XpsStackDrawing *self, const XpsStackRows *rows, XpsSceneBuilder *builder)
{
  const XpsInk veil = xps_ink_fade (xps_ink (XPS_INK_CANVAS), FAINT);
  const XpsStroke none = {.width = 0.0},
                  strong = {xps_ink (XPS_INK_ACCENT), 1.4 * self->style.line_unit, XPS_DASH_SOLID};
  for (gsize k = 0; k < rows->n; k++) {
    const gsize step = rows->step[k];
    if (self->stack->rows[step].excluded)
      xps_scene_add_rectangle (builder, row_rect (self, rows, k), none, veil);
    if (self->view->current == (int)step)
      xps_scene_add_rectangle (builder, row_rect (self, rows, k), strong, XPS_INK_NONE);
  }
}

static void
draw_signs (const XpsStackDrawing *self, const XpsStackRows *rows, XpsSceneBuilder *builder)
{
  const double x = self->panel.rect.x + self->panel.rect.width + 0.6 * self->small;
  for (gsize k = 0; k < rows->n; k++)
    xps_stack_draw_mark (self, rows->step[k], builder, x,
                         xps_axis_map (&self->panel.y, 0.5 * (rows->low[k] + rows->high[k])));
}

/* The clock of numbered steps as a curve of its own, on the same rows. */
static void
draw_strip (const XpsStackDrawing *self, const Map *map, const XpsStackRows *rows, XpsSceneBuilder *builder)
{
  const XpsRect main = self->panel.rect;
  const XpsRect rect = {main.x + main.width + map->sign_room + 0.8 * self->small, main.y, STRIP * self->small,
                        main.height};
  const gsize n = rows->clock->n;
  g_autofree double *y = g_new (double, MAX (n, 1));
  double low = INFINITY, high = -INFINITY;
  for (gsize i = 0; i < n; i++) {
    y[i] = (double)i + 1.0;
    low = isfinite (rows->clock->values[i]) ? fmin (low, rows->clock->values[i]) : low;
    high = isfinite (rows->clock->values[i]) ? fmax (high, rows->clock->values[i]) : high;
  }
  if (!(low <= high))
    return;
  const double margin = high > low ? 0.06 * (high - low) : 0.5;
  XpsPanel panel;
  XpsTicks ticks;
  xps_panel_init (&panel, rect, low - margin, high + margin, FALSE, rows->bottom, rows->top);
  const XpsStroke stroke = {xps_ink (XPS_INK_FOREGROUND), 1.1 * self->style.line_unit, XPS_DASH_SOLID};
  xps_scene_push_clip (builder, rect);
  xps_panel_add_curve (builder, &panel, n, rows->clock->values, y, stroke);
  xps_scene_pop_clip (builder);
  xps_panel_add_frame (builder, &panel, &self->axes);
  xps_panel_choose_x_ticks (&panel, &self->axes, &ticks);
  xps_panel_add_x_ticks (builder, &panel, &ticks, TRUE, &self->axes);
  const char *unit = xps_clock_get_unit (rows->clock);
  g_autofree char *short_title =
      unit != NULL ? g_strdup_printf ("<i>%s</i>", unit) : g_strdup (xps_clock_get_name (rows->clock));
  xps_panel_add_x_title (builder, &panel, short_title,
                         xps_axis_style_below (&self->axes) + 2.0 * self->axes.gap, &self->axes);
}

static void
draw_axis (const XpsStackDrawing *self, const Map *map, const XpsStackRows *rows, XpsSceneBuilder *builder)
{
  g_autofree char *name = rows->by_number || rows->clock == NULL
                              ? g_strdup (xps_figure_word (self->view->screen, N_ ("Step")))
                              : xps_clock_dup_title (rows->clock, self->view->screen);
  g_autofree char *markup = xps_figure_label_markup (name);
  g_autofree char *title = map->ticks.scale != 0
                               ? g_strdup_printf ("%s \303\227 10<sup>%d</sup>", markup, -map->ticks.scale)
                               : g_strdup (markup);
  xps_stack_draw_energies (self, builder);
  xps_panel_add_y_ticks (builder, &self->panel, &map->ticks, &self->axes);
  xps_panel_add_y_title (builder, &self->panel, title, map->room + self->axes.gap, &self->axes);
}

void
xps_stack_draw_map (XpsStackDrawing *self, XpsSceneBuilder *builder, XpsStackRows *rows)
{
  Map map = {0};
  const XpsRect whole = self->panel.rect;
  xps_stack_cells_init (&map.cells, self->stack, self->view, rows,
                        (gsize)fmin (ceil (CELLS_POINT * whole.width), MOST_COLUMNS),
                        (gsize)fmin (ceil (CELLS_POINT * whole.height), MOST_COLUMNS));
  lay_out (self, &map, rows);
  const XpsRect rect = self->panel.rect;
  xps_scene_add_hit_rect (builder, "stack", rect);
  xps_scene_push_clip (builder, rect);
  /* What was not measured is not what has no residual: not white. */
  xps_scene_add_rectangle (builder, rect, (XpsStroke){.width = 0.0},
                           xps_ink_fade (xps_ink (XPS_INK_MUTED), 0.25));
  draw_image (self, &map, rows, builder);
  draw_steps (self, rows, builder);
  xps_scene_pop_clip (builder);
  draw_signs (self, rows, builder);
  if (map.strip_room > 0.0)
    draw_strip (self, &map, rows, builder);
  draw_axis (self, &map, rows, builder);
  g_autofree char *title = dup_bar_title (self);
  xps_stack_bar_draw (&map.bar, self, builder,
                      rect.x + rect.width + map.sign_room + map.strip_room + 0.8 * self->small, title);
  xps_stack_cells_clear (&map.cells);
}
