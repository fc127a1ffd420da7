/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plot.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/number.h"
#include "figure/ghost-draw.h"
#include "figure/plot-private.h"

#define MARGIN        4.0   /* points around everything */
#define RANGE_MARGIN  0.015 /* of the energies, beside the first and the last point */
#define WINDOW_MARGIN 0.08  /* of the fit window, beside it */
#define SCREEN_COLUMN 0.5   /* points; a device pixel at scale 2 */
#define PAPER_COLUMN  0.12  /* points; 600 to the inch */
#define SCREEN_GAP    0.31  /* of the text size: between ticks, labels and titles */
#define PALETTE_MOST  8
#define TABLE_FIRST   0.25 /* of the colour table: below, lines are lost on a dark canvas ... */
#define TABLE_LAST    0.9  /* ... and beyond on a light one */

void
xps_plot_view_init (XpsPlotView *view)
{
  g_return_if_fail (view != NULL);
  *view = (XpsPlotView){
      .x_low = NAN, .x_high = NAN, .y_low = NAN, .y_high = NAN, .mode = XPS_PLOT_SINGLE, .residuals = TRUE};
}

void
xps_plot_style_init (XpsFigureStyle *style, double width, double height, double text_size)
{
  g_return_if_fail (style != NULL);
  *style = (XpsFigureStyle){.width = width,
                            .height = height,
                            .text_size = text_size,
                            .line_unit = 1.0,
                            .key = TRUE,
                            .residuals = TRUE,
                            .max_panels = 1};
}

static XpsFigureStyle
sound_style (const XpsFigureStyle *style)
{
  XpsFigureStyle sound = *style;
  sound.width = style->width >= 40.0 ? fmin (style->width, 14400.0) : 40.0;
  sound.height = style->height >= 40.0 ? fmin (style->height, 14400.0) : 40.0;
  sound.text_size = style->text_size > 0.0 ? CLAMP (style->text_size, 4.0, 48.0) : 12.0;
  sound.line_unit = style->line_unit > 0.0 ? fmin (style->line_unit, 10.0) : 1.0;
  return sound;
}

void
xps_plot_fit_view (const XpsPreview *preview, gboolean window_only, XpsPlotView *view)
{
  g_return_if_fail (preview != NULL && view != NULL);
  view->x_low = view->x_high = view->y_low = view->y_high = NAN;
  if (!window_only || !preview->has_binding || preview->n_window < 2)
    return;
  XpsPlotSpectrum spectrum;
  xps_plot_spectrum_init (&spectrum, preview, view);
  const double a = spectrum.energy[preview->first];
  const double b = spectrum.energy[preview->first + preview->n_window - 1];
  const double margin = WINDOW_MARGIN * fabs (b - a);
  view->x_low = MIN (a, b) - margin;
  view->x_high = MAX (a, b) + margin;
  xps_plot_spectrum_clear (&spectrum);
}

gboolean
xps_plot_can_show (const XpsPlot *plot, gsize i)
{
  return plot->spectra[i].axis == plot->spectra[plot->current].axis;
}

const char *
xps_plot_get_unit (const XpsPlot *plot)
{
  const char *unit = plot->spectra[plot->current].unit;
  for (gsize i = 0; i < plot->n; i++)
    if (xps_plot_can_show (plot, i) && g_strcmp0 (plot->spectra[i].unit, unit) != 0)
      return NULL;
  return unit;
}

const char *
xps_plot_get_title (const XpsPlot *plot, gsize i)
{
  const XpsSpectrum *spectrum = plot->spectra[i].preview->spectrum;
  if (plot->titles != NULL && plot->titles[i] != NULL)
    return plot->titles[i];
  return spectrum != NULL ? xps_spectrum_get_name (spectrum) : NULL;
}

/* A palette entry each while they are few, else a run of colours in their order. */
XpsInk
xps_plot_ink (const XpsPlot *plot, gsize i)
{
  if (plot->n <= PALETTE_MOST)
    return xps_ink_series ((guint)i);
  const double place = TABLE_FIRST + (TABLE_LAST - TABLE_FIRST) * (double)i / (double)(plot->n - 1);
  const XpsColour colour = xps_colour_table_lookup (XPS_COLOUR_TABLE_VIRIDIS, place);
  const guint32 red = (guint32)lround (255.0 * colour.red), green = (guint32)lround (255.0 * colour.green),
                blue = (guint32)lround (255.0 * colour.blue);
  return (XpsInk){.role = XPS_INK_CUSTOM, .rgb = red << 16 | green << 8 | blue, .opacity = 1.0};
}

double
xps_plot_guess_width (const XpsPlot *plot)
{
  return fmax (plot->style.width - 7.5 * plot->style.text_size - plot->shown.right, 20.0);
}

double
xps_plot_guess_height (const XpsPlot *plot)
{
  return fmax (plot->style.height - 5.0 * plot->style.text_size, 20.0);
}

/* ---- axes ---- */

static void
choose_energies (XpsPlot *plot)
{
  const gboolean one = plot->view->mode == XPS_PLOT_SINGLE || plot->view->mode == XPS_PLOT_HEAT;
  double low = INFINITY, high = -INFINITY;
  for (gsize i = 0; i < plot->n; i++) {
    double first, last;
    if ((one && i != plot->current) || !xps_plot_can_show (plot, i) ||
        !xps_plot_spectrum_get_range (&plot->spectra[i], &first, &last))
      continue;
    low = MIN (low, first);
    high = MAX (high, last);
  }
  if (!(low <= high)) {
    low = 0.0;
    high = 1.0;
  }
  const double margin = plot->view->mode == XPS_PLOT_HEAT ? 0.0 : RANGE_MARGIN * (high - low);
  XpsAxis axis;
  xps_axis_init (&axis, isfinite (plot->view->x_low) ? plot->view->x_low : low - margin,
                 isfinite (plot->view->x_high) ? plot->view->x_high : high + margin, FALSE, 0.0, 1.0);
  plot->shown.x_low = axis.low;
  plot->shown.x_high = axis.high;
  for (gsize i = 0; i < plot->n; i++)
    xps_plot_spectrum_set_range (&plot->spectra[i], axis.low, axis.high, plot->view->normalise);
}

static void
choose_axes (XpsPlot *plot)
{
  const XpsPlotView *view = plot->view;
  plot->shown = (XpsCellView){.factor = 1.0,
                              .column = plot->style.line_unit < 1.0 ? PAPER_COLUMN : SCREEN_COLUMN,
                              .y_low = view->y_low,
                              .y_high = view->y_high,
                              .window_low = NAN,
                              .window_high = NAN,
                              .selected = view->selected};
  plot->layout.energy_sum = NAN;
  plot->layout.intensity_factor = 1.0;
  choose_energies (plot);
  if (plot->n == 0)
    return;
  const XpsPlotSpectrum *spectrum = &plot->spectra[plot->current];
  plot->shown.factor = spectrum->factor;
  plot->shown.offset = spectrum->offset;
  double low, high;
  plot->shown.log = view->log && xps_plot_spectrum_get_extent (spectrum, TRUE, &low, &high);
  if (view->normalise != XPS_NORMALISE_NONE)
    plot->shown.y_title = _ ("Intensity (normalised)");
  plot->layout.log = plot->shown.log;
  plot->layout.kinetic = spectrum->axis == XPS_FIGURE_KINETIC && spectrum->preview->has_binding;
  plot->layout.per_second = spectrum->per_second;
  plot->layout.intensity_factor = spectrum->factor;
  plot->layout.intensity_offset = spectrum->offset;
  plot->layout.energy_sum = spectrum->energy_sum;
}

/* ---- the page ---- */

static XpsFigureKey *
make_key (const XpsPlot *plot, const XpsPlotMethods *methods, const XpsCell *cell, double width)
{
  const double height = plot->style.height;
  if (!plot->style.key)
    return xps_key_new (cell->small);
  XpsFigureKey *key = methods->make_key (plot, cell);
  xps_ghosts_add_key (cell, key);
  xps_key_trim (key, width, height < 260.0 ? 1 : (height < 420.0 ? 2 : 3));
  return key;
}

/* The key's height is found with its widest swatches, before it is known whether the data are circles. */
void
xps_plot_draw_page (XpsPlot *plot, const XpsFigure *figure, const XpsPlotMethods *methods,
                    XpsSceneBuilder *builder)
{
  XpsCell cell;
  xps_cell_init (&cell, figure, 0, &plot->style);
  cell.view = &plot->shown;
  cell.axes.gap = SCREEN_GAP * plot->style.text_size;
  cell.has_residual = cell.has_residual && plot->view->residuals;
  const double left = MARGIN + xps_cell_usual_left (&cell);
  const double key_width = plot->style.width - left - 2.0 * MARGIN;
  g_autoptr (XpsFigureKey) draft = make_key (plot, methods, &cell, key_width);
  const double names = xps_ghosts_names_height (plot, cell.small);
  const double top = MARGIN + xps_key_height (draft, key_width) + names;
  xps_cell_plan_view (
      &cell, (XpsRect){MARGIN, top, plot->style.width - 2.0 * MARGIN, plot->style.height - top - MARGIN});
  cell.main.column = cell.residual.column = plot->shown.column;
  g_autoptr (XpsFigureKey) key = make_key (plot, methods, &cell, key_width);
  xps_key_draw (key, builder, left, MARGIN, key_width);
  xps_cell_draw (&cell, builder);
  xps_ghosts_draw_names (&cell, builder);
  if (methods->finish != NULL)
    methods->finish (plot, &cell, builder);
  plot->layout.main = cell.main;
  plot->layout.residual = cell.residual;
  plot->layout.has_residual = cell.has_residual;
  xps_cell_clear (&cell);
}

static XpsFigureKey *
make_no_key (const XpsPlot *plot, const XpsCell *cell)
{
  return xps_key_new (cell->small);
}

/* Axes alone. */
static void
draw_nothing (XpsPlot *plot, XpsSceneBuilder *builder)
{
  static const XpsPlotMethods methods = {make_no_key, NULL};
  const XpsFigureCurves curves = {.low = NAN, .high = NAN}, *const one = &curves;
  g_autoptr (XpsFigure) figure = xps_figure_new_borrowed (&one, 1);
  xps_plot_draw_page (plot, figure, &methods, builder);
}

static void
draw (XpsPlot *plot, XpsSceneBuilder *builder)
{
  if (plot->n == 0)
    draw_nothing (plot, builder);
  else if (plot->view->mode == XPS_PLOT_HEAT)
    xps_plot_draw_heat (plot, builder);
  else if (plot->view->mode == XPS_PLOT_OVERLAY || plot->view->mode == XPS_PLOT_STACK)
    xps_plot_draw_many (plot, builder);
  else
    xps_plot_draw_single (plot, builder);
}

/* For screen readers and for what is exported. */
static void
set_texts (const XpsPlot *plot, XpsSceneBuilder *builder)
{
  if (plot->n == 0)
    return;
  const XpsPlotSpectrum *current = &plot->spectra[plot->current];
  const char *title = xps_plot_get_title (plot, plot->current);
  const guint n = (guint)current->preview->n_components, spectra = (guint)plot->n;
  g_autofree char *low = xps_number_dup_with_error (plot->shown.x_low, NAN, 1);
  g_autofree char *high = xps_number_dup_with_error (plot->shown.x_high, NAN, 1);
  g_autofree char *range = g_strdup_printf (_ ("%s to %s eV"), low, high);
  g_autofree char *components =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u component", "%u components", n), n);
  g_autofree char *count =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u spectrum", "%u spectra", spectra), spectra);
  g_autofree char *text = g_strconcat (count, "; ", range, n > 0 ? "; " : "", n > 0 ? components : "", NULL);
  xps_scene_builder_set_title (builder, title != NULL ? title : _ ("Spectrum"), text);
}

XpsScene *
xps_plot_build (const XpsPreview *const *previews, const char *const *titles, gsize n,
                const XpsFigureStyle *style, const XpsPlotView *view, XpsPlotLayout *layout)
{
  g_return_val_if_fail (style != NULL && view != NULL && (n == 0 || previews != NULL), NULL);
  XpsPlot plot = {.style = sound_style (style),
                  .view = view,
                  .n = n,
                  .current = view->current < n ? view->current : 0,
                  .titles = titles};
  plot.spectra = g_new0 (XpsPlotSpectrum, n);
  for (gsize i = 0; i < n; i++)
    xps_plot_spectrum_init (&plot.spectra[i], previews[i], view);
  choose_axes (&plot);
  g_autofree XpsCellGhost *ghosts = xps_ghosts_new (&plot, &plot.shown.n_ghosts);
  plot.shown.ghosts = ghosts;
  XpsSceneBuilder *builder = xps_scene_builder_new (plot.style.width, plot.style.height);
  set_texts (&plot, builder);
  draw (&plot, builder);
  for (gsize i = 0; i < n; i++)
    xps_plot_spectrum_clear (&plot.spectra[i]);
  g_free (plot.spectra);
  if (layout != NULL)
    *layout = plot.layout;
  return xps_scene_builder_end (builder);
}
