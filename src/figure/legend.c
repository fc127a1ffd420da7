/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/legend.h"

#include <glib/gi18n-lib.h>

#include "figure/words.h"

static gboolean
any_curve (const XpsCell *cells, gsize n, gboolean background)
{
  for (gsize s = 0; s < n; s++)
    if ((background ? cells[s].curves->background : cells[s].curves->envelope) != NULL)
      return TRUE;
  return FALSE;
}

gboolean
xps_legend_add_curves (XpsFigureKey *key, const XpsCell *cells, gsize n)
{
  const gboolean markers = n > 0 && xps_cell_circle (&cells[0]) > 0.0;
  const gboolean fit = any_curve (cells, n, FALSE), background = any_curve (cells, n, TRUE);
  if (!fit && !background)
    return FALSE;
  const XpsFigureStyle *style = cells[0].style;
  const gboolean screen = cells[0].view != NULL;
  xps_key_add (key, markers ? XPS_KEY_MARKERS : XPS_KEY_LINE, xps_figure_word (screen, N_ ("data")),
               xps_cell_data_stroke (style), XPS_INK_NONE);
  if (fit)
    xps_key_add (key, XPS_KEY_LINE, xps_figure_word (screen, N_ ("fit")), xps_cell_envelope_stroke (style),
                 XPS_INK_NONE);
  if (background)
    xps_key_add (key, XPS_KEY_LINE, xps_figure_word (screen, N_ ("background")),
                 xps_cell_background_stroke (style), XPS_INK_NONE);
  return TRUE;
}

void
xps_legend_add_species (XpsFigureKey *key, const XpsCell *cells, gsize n)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (gsize s = 0; s < n; s++)
    for (gsize k = 0; k < cells[s].curves->n_components; k++) {
      const XpsCell *cell = &cells[s];
      const guint colour = xps_figure_get_colour (cell->figure, cell->spectrum, k);
      g_autofree char *label = xps_figure_dup_label (cell->figure, cell->spectrum, k);
      char *once = g_strdup_printf ("%u %s", colour, label);
      const gboolean is_new = g_hash_table_add (seen, once);
      if (!is_new || xps_figure_is_partner (cell->figure, cell->spectrum, k) || label[0] == '\0')
        continue;
      xps_key_add (key, XPS_KEY_FILL, label, xps_cell_component_stroke (cell, k),
                   xps_cell_component_fill (cell, k));
    }
}
