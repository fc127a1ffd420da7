/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plot-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "figure/column.h"
#include "figure/measured.h"
#include "scene/markup.h"

/* Long series: energy against number of the spectrum, intensity as colour. Row k of the axis is spectrum k,
 * counted from 1 at the bottom. */

#define COLUMNS_MOST 4096

typedef struct {
  gsize first, n; /* spectra that lie in the shown rows */
  gsize bin;      /* spectra that share a row of cells */
  gsize columns, rows;
  double left, step; /* shown energy at the middle of the first column of the page, and to the next */
  float *cells;
  double low, high; /* of the colours */
  gboolean log;     /* cells are log10 */
} Heat;

static void
choose_rows (const XpsPlot *plot, Heat *heat)
{
  const double low = fmax (ceil (plot->shown.y_low), 1.0),
               high = fmin (floor (plot->shown.y_high), (double)plot->n);
  heat->first = (gsize)fmin (low, (double)plot->n) - 1;
  heat->n = high >= low ? (gsize)(high - low) + 1 : 1;
  heat->bin = (gsize)ceil ((double)heat->n / xps_plot_guess_height (plot));
  heat->rows = (heat->n + heat->bin - 1) / heat->bin;
}

/* The current spectrum's grid, evenly spread, but no more columns than can be seen. */
static void
choose_columns (const XpsPlot *plot, Heat *heat)
{
  const XpsPlotSpectrum *current = &plot->spectra[plot->current];
  const gsize most = (gsize)fmin (ceil (xps_plot_guess_width (plot)), COLUMNS_MOST);
  const double a = current->energy[current->first], b = current->energy[current->first + current->count - 1];
  const double low = MIN (a, b), high = MAX (a, b);
  heat->columns = CLAMP (current->count, 1, most);
  heat->step = (high - low) / (double)MAX (heat->columns - 1, 1);
  heat->left = low;
  if (current->count > most) { /* columns lie side by side from the first point to the last */
    heat->step = (high - low) / (double)heat->columns;
    heat->left = low + 0.5 * heat->step;
  }
  if (current->axis == XPS_FIGURE_BINDING) {
    heat->left += heat->step * (double)(heat->columns - 1);
    heat->step = -heat->step;
  }
}

/* Adds one spectrum to its row. */
static void
add_spectrum (const XpsPlot *plot, const Heat *heat, gsize number, double *sums, guint *counts)
{
  const XpsPlotSpectrum *spectrum = &plot->spectra[number];
  const XpsPreview *preview = spectrum->preview;
  const gboolean kinetic = spectrum->own_energy != NULL;
  const gboolean falls = (heat->step < 0.0) != kinetic; /* binding energies from column to column */
  const double half = 0.5 * fabs (heat->step);
  gsize i = 0;
  if (!xps_plot_can_show (plot, number))
    return;
  for (gsize c = 0; c < heat->columns; c++) {
    const gsize column = falls ? heat->columns - 1 - c : c;
    const double shown = heat->left + heat->step * (double)column;
    const double middle = kinetic ? spectrum->energy_sum - shown : shown;
    const double value = spectrum->factor * xps_column_value (preview->n, preview->energy, preview->intensity,
                                                              middle, half, &i) -
                         spectrum->offset;
    const double drawn = !heat->log ? value : (value > 0.0 ? log10 (value) : (double)NAN);
    if (!isfinite (drawn))
      continue;
    sums[column] += drawn;
    counts[column]++;
  }
}

/* Rows of spectra that share one are means; the first spectrum's row is the lowest. */
static void
fill_cells (const XpsPlot *plot, Heat *heat)
{
  g_autofree double *sums = g_new (double, heat->columns);
  g_autofree guint *counts = g_new (guint, heat->columns);
  heat->cells = g_new (float, heat->columns * heat->rows);
  heat->low = INFINITY;
  heat->high = -INFINITY;
  for (gsize row = 0; row < heat->rows; row++) {
    float *cells = heat->cells + (heat->rows - 1 - row) * heat->columns;
    memset (sums, 0, heat->columns * sizeof *sums);
    memset (counts, 0, heat->columns * sizeof *counts);
    for (gsize k = row * heat->bin; k < MIN ((row + 1) * heat->bin, heat->n); k++)
      add_spectrum (plot, heat, heat->first + k, sums, counts);
    for (gsize c = 0; c < heat->columns; c++) {
      const double value = counts[c] > 0 ? sums[c] / counts[c] : (double)NAN;
      cells[c] = (float)value;
      if (isnan (value))
        continue;
      heat->low = MIN (heat->low, value);
      heat->high = MAX (heat->high, value);
    }
  }
  if (!(heat->low < heat->high))
    heat->high = heat->low + 1.0;
  /* What is left of a subtraction is no number to write beside the colours. */
  if (!heat->log && fabs (heat->low) < 1e-9 * fabs (heat->high))
    heat->low = 0.0;
}

/* Whole numbers only. */
static GArray *
number_marks (const XpsPlot *plot)
{
  const double rows = xps_plot_guess_height (plot) / (1.15 * 0.875 * plot->style.text_size);
  GArray *marks = xps_marks_new ();
  XpsAxis axis;
  XpsTicks ticks;
  xps_axis_init (&axis, plot->shown.y_low, plot->shown.y_high, FALSE, 0.0, 1.0);
  xps_axis_choose_ticks (&axis, (guint)CLAMP (rows, 2.0, (double)XPS_TICKS_MAX), FALSE, &ticks);
  for (guint i = 0; i < ticks.n; i++) {
    const double value = xps_ticks_value (&ticks, i);
    if (value == floor (value) && value >= 1.0 && value <= (double)plot->n)
      xps_marks_take (marks, value, g_strdup_printf ("%" G_GSIZE_FORMAT, (gsize)value));
  }
  if (marks->len == 0)
    xps_marks_take (marks, (double)plot->current + 1.0,
                    g_strdup_printf ("%" G_GSIZE_FORMAT, plot->current + 1));
  return marks;
}

static char *
dup_scale_text (const XpsPlot *plot, const Heat *heat)
{
  const char *shared = xps_plot_get_unit (plot), *unit = shared != NULL ? shared : _ ("arb. units");
  g_autofree char *low = xps_figure_dup_rounded (heat->log ? pow (10.0, heat->low) : heat->low);
  g_autofree char *high = xps_figure_dup_rounded (heat->log ? pow (10.0, heat->high) : heat->high);
  if (plot->view->normalise != XPS_NORMALISE_NONE)
    return heat->log ? g_strdup_printf (_ ("%s to %s, normalised, logarithmic"), low, high)
                     : g_strdup_printf (_ ("%s to %s, normalised"), low, high);
  /* Translators: least and largest intensity of a colour scale, and its unit. */
  return heat->log ? g_strdup_printf (_ ("%s to %s %s, logarithmic"), low, high, unit)
                   : g_strdup_printf (_ ("%s to %s %s"), low, high, unit);
}

static XpsFigureKey *
make_key (const XpsPlot *plot, const XpsCell *cell)
{
  XpsFigureKey *key = xps_key_new (cell->small);
  g_autofree char *text = dup_scale_text (plot, plot->own);
  xps_key_add (key, XPS_KEY_SCALE, text, (XpsStroke){.width = 0.0}, XPS_INK_NONE);
  return key;
}

/* The current spectrum's, then from the lowest row up as many as have room. */
static void
draw_names (const XpsPlot *plot, const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsAxis *axis = &cell->main.y;
  const double row = XPS_PLOT_NAME_ROW * cell->small;
  const double current = xps_axis_map (axis, (double)plot->current + 1.0);
  double before = INFINITY;
  for (gsize i = 0; plot->titles != NULL && i < plot->n; i++) {
    const double number = (double)i + 1.0, y = xps_axis_map (axis, number);
    const gboolean is_current = i == plot->current;
    if (number < axis->low || number > axis->high || before - y < row ||
        (!is_current && fabs (y - current) < row))
      continue;
    xps_plot_draw_name (plot, cell, builder, i, xps_ink (XPS_INK_FOREGROUND), y);
    before = y;
  }
}

static XpsCellImage
cell_image (const Heat *heat)
{
  const double a = heat->left - 0.5 * heat->step;
  const double b = a + heat->step * (double)heat->columns;
  const double bottom = (double)heat->first + 0.5;
  return (XpsCellImage){.x_low = MIN (a, b),
                        .x_high = MAX (a, b),
                        .y_low = bottom,
                        .y_high = bottom + (double)(heat->rows * heat->bin),
                        .image = {.columns = heat->columns,
                                  .rows = heat->rows,
                                  .values = heat->cells,
                                  .low = heat->low,
                                  .high = heat->high,
                                  .table = XPS_COLOUR_TABLE_VIRIDIS}};
}

void
xps_plot_draw_heat (XpsPlot *plot, XpsSceneBuilder *builder)
{
  static const XpsPlotMethods methods = {make_key, draw_names};
  const XpsPlotSpectrum *current = &plot->spectra[plot->current];
  Heat heat = {.log = plot->shown.log};
  XpsCellImage image;
  const XpsFigureCurves curves = {.axis = current->axis, .low = NAN, .high = NAN}, *const one = &curves;
  g_autoptr (XpsFigure) figure = xps_figure_new_borrowed (&one, 1);
  plot->shown.y_low = isfinite (plot->shown.y_low) ? plot->shown.y_low : 0.5;
  plot->shown.y_high = isfinite (plot->shown.y_high) ? plot->shown.y_high : (double)plot->n + 0.5;
  plot->shown.y_title = _ ("Spectrum");
  g_autoptr (GArray) marks = number_marks (plot);
  plot->shown.y_marks = marks;
  plot->own = &heat;
  plot->shown.log = plot->layout.log = FALSE; /* rows are numbers */
  if (plot->titles != NULL)
    xps_plot_reserve_names (plot);
  if (current->count > 0) {
    choose_rows (plot, &heat);
    choose_columns (plot, &heat);
    fill_cells (plot, &heat);
    image = cell_image (&heat);
    plot->shown.image = &image;
  }
  xps_plot_draw_page (plot, figure, &methods, builder);
  g_free (heat.cells);
}
