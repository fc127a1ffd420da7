/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plot-private.h"

#include <math.h>

#include "figure/label.h"
#include "scene/markup.h"

#define NAMES_PART 0.22 /* of the width */
#define NAMES_MOST 200  /* are looked at for the width */
#define GAP        5.0

char *
xps_plot_dup_name (const XpsPlot *plot, gsize i)
{
  const char *title = xps_plot_get_title (plot, i);
  return title != NULL ? xps_figure_label_markup (title) : g_strdup_printf ("%" G_GSIZE_FORMAT, i + 1);
}

void
xps_plot_reserve_names (XpsPlot *plot)
{
  const double size = 0.875 * plot->style.text_size;
  const gsize stride = plot->n / NAMES_MOST + 1;
  double widest = 0.0;
  for (gsize i = 0; i < plot->n; i += stride) {
    g_autofree char *name = xps_plot_dup_name (plot, i);
    widest = fmax (widest, xps_markup_width (name, size, TRUE));
  }
  plot->shown.right = GAP + fmin (widest, NAMES_PART * plot->style.width);
}

void
xps_plot_draw_name (const XpsPlot *plot, const XpsCell *cell, XpsSceneBuilder *builder, gsize i, XpsInk ink,
                    double y)
{
  const XpsRect rect = cell->main.rect;
  const gboolean is_current = i == plot->current && plot->n > 1;
  g_autofree char *name = xps_plot_dup_name (plot, i);
  g_autofree char *fitted =
      xps_markup_dup_fitted (name, cell->small, is_current, plot->shown.right - GAP + 0.5);
  xps_scene_add_text (
      builder, &(XpsText){.markup = fitted,
                          .at = {rect.x + rect.width + GAP, y + 0.5 * XPS_MARKUP_CAP_HEIGHT * cell->small},
                          .size = cell->small,
                          .bold = is_current,
                          .ink = ink});
}
