/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plot-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figure/doublet.h"
#include "figure/label.h"
#include "figure/legend.h"
#include "figure/refine.h"

#define BEHIND_OPACITY 0.5
#define BEHIND_LEAST   0.15 /* where many lie upon each other */
#define BEHIND_MOST    100  /* of these */
#define BEHIND_WIDTH   1.0

/* The curves of the current spectrum, and the figure that borrows them. */
typedef struct {
  XpsFigureCurves curves;
  XpsFigureComponent *components;
  XpsFigure *figure;
} Current;

static void
add_components (Current *current, const XpsPreview *preview, const XpsSpeciesColours *colours)
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
        .colour = xps_species_colours_of_component (colours, component)};
  }
  current->curves.components = current->components;
  current->curves.n_components = n;
}

static void
current_init (Current *current, const XpsPlotSpectrum *spectrum, const XpsSpeciesColours *colours)
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
  if (preview->model != NULL && preview->components != NULL && preview->n_components > 0)
    add_components (current, preview, colours);
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

XpsStroke
xps_plot_get_component_stroke (const XpsPreview *preview, gsize component, const XpsFigureStyle *style)
{
  g_return_val_if_fail (preview != NULL && style != NULL, (XpsStroke){.width = 0.0});
  const XpsPlotSpectrum spectrum = {.preview = preview, .energy = preview->energy};
  Current current;
  current_init (&current, &spectrum, NULL);
  XpsCell cell;
  xps_cell_init (&cell, current.figure, 0, style);
  XpsStroke stroke = {.width = 0.0};
  if (component < current.curves.n_components)
    stroke = xps_cell_component_stroke (&cell, component);
  xps_cell_clear (&cell);
  current_clear (&current);
  return stroke;
}

/* Ends of the fit window where the data have them; "low" and "high" are of the binding energy. */
static void
show_window (XpsPlot *plot)
{
  const XpsPlotSpectrum *spectrum = &plot->spectra[plot->current];
  const XpsPreview *preview = spectrum->preview;
  if (!preview->has_binding || preview->n == 0 || preview->model == NULL)
    return;
  const XpsModelPart *part = g_ptr_array_index (preview->model->parts, preview->part);
  const double first = preview->energy[0], last = preview->energy[preview->n - 1];
  double low = isfinite (part->low) ? CLAMP (part->low, first, last) : first;
  double high = isfinite (part->high) ? CLAMP (part->high, first, last) : last;
  if (spectrum->axis == XPS_FIGURE_KINETIC) {
    low = spectrum->energy_sum - low;
    high = spectrum->energy_sum - high;
  }
  plot->shown.window_low = plot->view->paper ? (double)NAN : low;
  plot->shown.window_high = plot->view->paper ? (double)NAN : high;
  plot->shown.window_first = preview->first;
  plot->shown.window_n = preview->n_window < preview->n ? preview->n_window : 0;
}

/* ---- the other spectra ---- */

static gboolean
is_other (const XpsPlot *plot, gsize i)
{
  return i != plot->current && plot->spectra[i].count > 1 && xps_plot_can_show (plot, i);
}

static gsize
count_others (const XpsPlot *plot, const char **title)
{
  gsize n = 0;
  for (gsize i = 0; i < plot->n; i++)
    if (is_other (plot, i)) {
      *title = xps_plot_get_title (plot, i);
      n++;
    }
  return n;
}

static gsize
choose_stride (gsize n)
{
  return MAX ((n + BEHIND_MOST - 1) / BEHIND_MOST, 1);
}

/* Thin and grey, on the scale of the current one; of very many a choice. */
static XpsCellLine *
make_lines (XpsPlot *plot)
{
  const char *title = NULL;
  const gsize others = count_others (plot, &title), stride = choose_stride (others);
  const double opacity = fmax (BEHIND_OPACITY * pow (0.94, (double)others - 1.0), BEHIND_LEAST);
  const XpsStroke stroke = {.ink = xps_ink_fade (xps_ink (XPS_INK_MUTED), opacity),
                            .width = BEHIND_WIDTH * plot->style.line_unit};
  XpsCellLine *lines = g_new0 (XpsCellLine, others + 1);
  gsize n = 0, k = 0;
  for (gsize i = 0; i < plot->n; i++) {
    const XpsPlotSpectrum *spectrum = &plot->spectra[i];
    if (is_other (plot, i) && k++ % stride == 0)
      lines[n++] = (XpsCellLine){.n = spectrum->count,
                                 .energy = spectrum->energy + spectrum->first,
                                 .intensity = xps_plot_spectrum_dup_shown (spectrum, 1.0, 0.0),
                                 .stroke = stroke};
  }
  plot->shown.lines = lines;
  plot->shown.n_lines = n;
  return lines;
}

static char *
dup_others (gsize n, const char *title)
{
  const guint stride = (guint)choose_stride (n), count = (guint)n;
  if (n == 1 && title != NULL)
    return xps_figure_label_markup (title);
  if (stride > 1)
    return g_strdup_printf (_ ("one in %u of %u others"), stride, count);
  /* Translators: spectra drawn behind the one that is worked on. */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u other", "%u others", count), count);
}

static void
add_behind (const XpsPlot *plot, XpsFigureKey *key)
{
  const char *title = NULL;
  const gsize n = count_others (plot, &title);
  if (n == 0)
    return;
  g_autofree char *text = dup_others (n, title);
  XpsStroke stroke = plot->shown.lines[0].stroke;
  stroke.ink.opacity = BEHIND_OPACITY;
  xps_key_add (key, XPS_KEY_LINE, text, stroke, XPS_INK_NONE);
}

static XpsFigureKey *
make_key (const XpsPlot *plot, const XpsCell *cell)
{
  XpsFigureKey *key = xps_key_new (cell->small);
  xps_legend_add_species (key, cell, 1);
  xps_legend_add_curves (key, cell, 1);
  add_behind (plot, key);
  return key;
}

void
xps_plot_draw_single (XpsPlot *plot, XpsSceneBuilder *builder)
{
  static const XpsPlotMethods methods = {make_key, NULL};
  Current current;
  current_init (&current, &plot->spectra[plot->current], plot->view->colours);
  show_window (plot);
  g_autofree XpsCellLine *lines = make_lines (plot);
  g_autoptr (XpsFigureCurves) refined =
      xps_refine_new (plot->spectra[plot->current].preview, &current.curves, plot->shown.x_low,
                      plot->shown.x_high, xps_plot_guess_width (plot));
  plot->shown.model = refined;
  xps_plot_draw_page (plot, current.figure, &methods, builder);
  for (gsize i = 0; i < plot->shown.n_lines; i++)
    g_free ((void *)lines[i].intensity);
  current_clear (&current);
}
