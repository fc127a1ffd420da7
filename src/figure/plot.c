/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plot.h"

#include <math.h>

#include "figure/cell.h"
#include "figure/doublet.h"
#include "figure/label.h"
#include "figure/legend.h"
#include "figure/plot-scale.h"

#define MARGIN        4.0   /* points around everything */
#define RANGE_MARGIN  0.015 /* of the energies, beside the first and the last point */
#define WINDOW_MARGIN 0.08  /* of the fit window, beside it */
#define SCREEN_COLUMN 0.5   /* points; a device pixel at scale 2 */
#define SCREEN_GAP    4.0   /* points between ticks, labels and titles */

/* Everything between a wish and a scene. */
typedef struct {
  XpsFigureStyle style;
  const XpsPlotView *view;
  gsize n, current;
  XpsPlotSpectrum *spectra; /* [n] */
  const char *const *titles;
  XpsCellView shown;
  XpsPlotLayout layout;
} Plot;

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

/* ---- the curves of the current spectrum ---- */

typedef struct {
  XpsFigureCurves curves;
  XpsFigureComponent *components;
  XpsFigure *figure;
} Current;

static void
add_components (Current *current, const XpsPreview *preview)
{
  const XpsModelPart *part = g_ptr_array_index (preview->model->parts, preview->part);
  const gboolean doublets = !xps_doublet_is_s_level (preview->spectrum, NULL, part);
  const gsize n = MIN (preview->n_components, part->components->len);
  current->components = g_new0 (XpsFigureComponent, n);
  for (guint k = 0; k < n; k++) {
    const XpsComponent *component = g_ptr_array_index (part->components, k);
    current->components[k] = (XpsFigureComponent){
        .name = component->name,
        .label = component->label,
        .phase = component->phase,
        .values = preview->components[k],
        .partner_of =
            doublets ? xps_doublet_find_partner (preview->model, part->components, k) : XPS_FIGURE_NO_PARTNER,
        .colour = XPS_FIGURE_COLOUR_AUTO};
  }
  current->curves.components = current->components;
  current->curves.n_components = n;
}

static void
current_init (Current *current, const XpsPlotSpectrum *spectrum)
{
  const XpsPreview *preview = spectrum->preview;
  *current = (Current){.curves = {.axis = spectrum->axis,
                                  .axis_title = preview->spectrum != NULL
                                                    ? xps_spectrum_get_axis_label (preview->spectrum)
                                                    : NULL,
                                  .intensity_unit = spectrum->unit,
                                  .n = preview->n,
                                  .energy = spectrum->energy,
                                  .intensity = preview->intensity,
                                  .background = preview->background,
                                  .low = NAN,
                                  .high = NAN}};
  if (preview->components != NULL && preview->n_components > 0)
    add_components (current, preview);
  /* Without components the envelope is the background, and what it leaves are peaks, not residuals. */
  if (current->curves.n_components > 0)
    current->curves.envelope = preview->envelope;
  if (preview->weights != XPS_WEIGHTS_UNIFORM)
    current->curves.sigma = preview->sigma;
  const XpsFigureCurves *const one = &current->curves;
  current->figure = xps_figure_new_borrowed (&one, 1);
}

static void
current_clear (Current *current)
{
  xps_figure_unref (current->figure);
  g_free (current->components);
}

/* ---- axes ---- */

static void
choose_energies (Plot *plot)
{
  double low = INFINITY, high = -INFINITY;
  for (gsize i = 0; i < plot->n; i++) {
    double first, last;
    if ((plot->view->mode == XPS_PLOT_SINGLE && i != plot->current) ||
        !xps_plot_spectrum_get_range (&plot->spectra[i], &first, &last))
      continue;
    low = MIN (low, first);
    high = MAX (high, last);
  }
  if (!(low <= high)) {
    low = 0.0;
    high = 1.0;
  }
  const double margin = RANGE_MARGIN * (high - low);
  XpsAxis axis;
  xps_axis_init (&axis, isfinite (plot->view->x_low) ? plot->view->x_low : low - margin,
                 isfinite (plot->view->x_high) ? plot->view->x_high : high + margin, FALSE, 0.0, 1.0);
  plot->shown.x_low = axis.low;
  plot->shown.x_high = axis.high;
  for (gsize i = 0; i < plot->n; i++)
    xps_plot_spectrum_set_range (&plot->spectra[i], axis.low, axis.high, plot->view->normalise);
}

/* Ends of the fit window where the data have them; "low" and "high" are of the binding energy. */
static void
choose_window (Plot *plot)
{
  const XpsPlotSpectrum *spectrum = &plot->spectra[plot->current];
  const XpsPreview *preview = spectrum->preview;
  if (!preview->has_binding || preview->n == 0)
    return;
  const XpsModelPart *part = g_ptr_array_index (preview->model->parts, preview->part);
  const double first = preview->energy[0], last = preview->energy[preview->n - 1];
  double low = isfinite (part->low) ? CLAMP (part->low, first, last) : first;
  double high = isfinite (part->high) ? CLAMP (part->high, first, last) : last;
  if (spectrum->axis == XPS_FIGURE_KINETIC) {
    low = spectrum->energy_sum - low;
    high = spectrum->energy_sum - high;
  }
  plot->shown.window_low = low;
  plot->shown.window_high = high;
  plot->shown.window_first = preview->first;
  plot->shown.window_n = preview->n_window < preview->n ? preview->n_window : 0;
}

static void
choose_axes (Plot *plot)
{
  const XpsPlotView *view = plot->view;
  plot->shown = (XpsCellView){.factor = 1.0,
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
  plot->shown.log = view->log && xps_plot_spectrum_is_positive (spectrum);
  if (view->normalise != XPS_NORMALISE_NONE)
    plot->shown.y_title = "Intensity (normalised)";
  plot->layout.log = plot->shown.log;
  plot->layout.kinetic = spectrum->axis == XPS_FIGURE_KINETIC && spectrum->preview->has_binding;
  plot->layout.per_second = spectrum->per_second;
  plot->layout.intensity_factor = spectrum->factor;
  plot->layout.intensity_offset = spectrum->offset;
  plot->layout.energy_sum = spectrum->energy_sum;
}

/* ---- the page ---- */

static XpsFigureKey *
make_key (const Plot *plot, const XpsCell *cell, double width)
{
  const double height = plot->style.height;
  XpsFigureKey *key = xps_key_new (0.875 * plot->style.text_size);
  if (!plot->style.key)
    return key;
  xps_legend_add_species (key, cell, 1);
  xps_legend_add_curves (key, cell, 1);
  xps_key_trim (key, width, height < 260.0 ? 1 : (height < 420.0 ? 2 : 3));
  return key;
}

/* The key's height is found with its widest swatches, before it is known whether the data are circles. */
static void
draw_single (Plot *plot, const Current *current, XpsSceneBuilder *builder)
{
  XpsCell cell;
  xps_cell_init (&cell, current->figure, 0, &plot->style);
  cell.view = &plot->shown;
  cell.axes.gap = SCREEN_GAP;
  cell.has_residual = cell.has_residual && plot->view->residuals;
  const double left = MARGIN + xps_cell_usual_left (&cell);
  const double key_width = plot->style.width - left - 2.0 * MARGIN;
  g_autoptr (XpsFigureKey) draft = make_key (plot, &cell, key_width);
  const double top = MARGIN + xps_key_height (draft, key_width);
  xps_cell_plan_view (
      &cell, (XpsRect){MARGIN, top, plot->style.width - 2.0 * MARGIN, plot->style.height - top - MARGIN});
  cell.main.column = cell.residual.column = SCREEN_COLUMN;
  g_autoptr (XpsFigureKey) key = make_key (plot, &cell, key_width);
  xps_key_draw (key, builder, left, MARGIN, key_width);
  xps_cell_draw (&cell, builder);
  plot->layout.main = cell.main;
  plot->layout.residual = cell.residual;
  plot->layout.has_residual = cell.has_residual;
  xps_cell_clear (&cell);
}

static void
set_texts (const Plot *plot, XpsSceneBuilder *builder)
{
  const XpsSpectrum *spectrum = plot->n > 0 ? plot->spectra[plot->current].preview->spectrum : NULL;
  const char *title = plot->titles != NULL && plot->n > 0 ? plot->titles[plot->current] : NULL;
  if (title == NULL && spectrum != NULL)
    title = xps_spectrum_get_name (spectrum);
  xps_scene_builder_set_title (builder, title != NULL ? title : "Plot", NULL);
}

XpsScene *
xps_plot_build (const XpsPreview *const *previews, const char *const *titles, gsize n,
                const XpsFigureStyle *style, const XpsPlotView *view, XpsPlotLayout *layout)
{
  g_return_val_if_fail (style != NULL && view != NULL && (n == 0 || previews != NULL), NULL);
  Plot plot = {.style = sound_style (style), .view = view, .n = n, .titles = titles};
  plot.spectra = g_new0 (XpsPlotSpectrum, n);
  for (gsize i = 0; i < n; i++)
    xps_plot_spectrum_init (&plot.spectra[i], previews[i], view);
  choose_axes (&plot);
  XpsSceneBuilder *builder = xps_scene_builder_new (plot.style.width, plot.style.height);
  set_texts (&plot, builder);
  Current current = {.curves = {.low = NAN, .high = NAN}};
  if (n > 0) {
    choose_window (&plot);
    current_init (&current, &plot.spectra[plot.current]);
  } else {
    const XpsFigureCurves *const one = &current.curves;
    current.figure = xps_figure_new_borrowed (&one, 1);
  }
  draw_single (&plot, &current, builder);
  current_clear (&current);
  for (gsize i = 0; i < n; i++)
    xps_plot_spectrum_clear (&plot.spectra[i]);
  g_free (plot.spectra);
  if (layout != NULL)
    *layout = plot.layout;
  return xps_scene_builder_end (builder);
}

XpsScene *
xps_plot_build_thumbnail (const XpsSpectrum *spectrum, double width, double height)
{
  XpsSceneBuilder *builder = xps_scene_builder_new (width, height);
  return xps_scene_builder_end (builder);
}
