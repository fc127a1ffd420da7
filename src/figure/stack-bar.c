/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "figure/stack-private.h"
#include "scene/markup.h"

/* The bar of colours beside a map. */

#define STEPS 128
#define WIDTH 1.0 /* of the small text size */

static XpsPanel
bar_panel (const XpsStackBar *bar, XpsRect rect)
{
  XpsPanel panel;
  xps_panel_init (&panel, rect, 0.0, 1.0, FALSE, bar->low, bar->high);
  return panel;
}

void
xps_stack_bar_init (XpsStackBar *bar, const XpsStackCells *cells, XpsColourTable table,
                    const XpsStackDrawing *self, double height)
{
  *bar = (XpsStackBar){cells->low, cells->high, cells->below, cells->above, table, {0}};
  const XpsPanel panel = bar_panel (bar, (XpsRect){0.0, 0.0, 10.0, height});
  xps_panel_choose_y_ticks (&panel, &self->axes, &bar->ticks);
}

double
xps_stack_bar_width (const XpsStackBar *bar, const XpsStackDrawing *self)
{
  return WIDTH * self->small + xps_axis_style_left (&self->axes, &bar->ticks) +
         xps_axis_style_title (&self->axes) + self->axes.gap;
}

static void
draw_colours (const XpsStackBar *bar, XpsSceneBuilder *builder, XpsRect rect)
{
  float values[STEPS];
  for (int i = 0; i < STEPS; i++)
    values[i] = (float)(STEPS - 1 - i);
  xps_scene_add_image (builder, &(XpsImage){.rect = rect,
                                            .columns = 1,
                                            .rows = STEPS,
                                            .values = values,
                                            .high = STEPS - 1,
                                            .table = bar->table});
}

/* Triangles where values lie beyond the colours. */
static void
draw_ends (const XpsStackBar *bar, const XpsStackDrawing *self, XpsSceneBuilder *builder, XpsRect rect)
{
  const double size = 0.7 * rect.width, x = rect.x + 0.5 * rect.width;
  const XpsPoint top = {x, rect.y - 0.7 * size}, bottom = {x, rect.y + rect.height + 0.7 * size};
  const XpsStroke none = {.width = 0.0};
  if (bar->above)
    xps_scene_add_markers (builder, 1, &top, XPS_MARKER_UP, size, none, xps_ink (XPS_INK_AXIS));
  if (bar->below)
    xps_scene_add_markers (builder, 1, &bottom, XPS_MARKER_DOWN, size, none, xps_ink (XPS_INK_AXIS));
}

void
xps_stack_bar_draw (const XpsStackBar *bar, const XpsStackDrawing *self, XpsSceneBuilder *builder, double x,
                    const char *title)
{
  const XpsRect rect = {x, self->panel.rect.y, WIDTH * self->small, self->panel.rect.height};
  const XpsPanel panel = bar_panel (bar, rect);
  const double edge = rect.x + rect.width, text = edge + self->axes.tick + self->axes.gap;
  draw_colours (bar, builder, rect);
  draw_ends (bar, self, builder, rect);
  xps_panel_add_frame (builder, &panel, &self->axes);
  for (guint i = 0; i < bar->ticks.n; i++) {
    const double y = xps_axis_map (&panel.y, xps_ticks_value (&bar->ticks, i));
    const XpsPoint mark[] = {{edge, y}, {edge + self->axes.tick, y}};
    g_autofree char *label = xps_ticks_dup_label (&bar->ticks, i);
    xps_scene_add_segments (builder, 2, mark,
                            (XpsStroke){xps_ink (XPS_INK_AXIS), self->axes.line, XPS_DASH_SOLID});
    xps_scene_add_text (builder, &(XpsText){.markup = label,
                                            .at = {text, y + 0.5 * XPS_MARKUP_CAP_HEIGHT * self->small},
                                            .size = self->small,
                                            .ink = xps_ink (XPS_INK_FOREGROUND)});
  }
  g_autofree char *scaled = bar->ticks.scale != 0
                                ? g_strdup_printf ("%s \303\227 10<sup>%d</sup>", title, -bar->ticks.scale)
                                : NULL;
  g_autofree char *fitted =
      xps_markup_dup_fitted (scaled != NULL ? scaled : title, self->axes.title_size, FALSE, rect.height);
  const double across = edge + xps_axis_style_left (&self->axes, &bar->ticks) + self->axes.gap +
                        XPS_MARKUP_CAP_HEIGHT * self->axes.title_size;
  xps_scene_add_text (builder, &(XpsText){.markup = fitted,
                                          .at = {across, rect.y + 0.5 * rect.height},
                                          .anchor = 0.5,
                                          .size = self->axes.title_size,
                                          .rotation = 90.0,
                                          .ink = xps_ink (XPS_INK_FOREGROUND)});
}
