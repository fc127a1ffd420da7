/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/plot-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figure/label.h"
#include "scene/markup.h"

/* Many spectra on one pair of axes, a colour each; in a stack each lifted above the one before. */

#define STACK_STEP     0.25
#define OVERLAY_MOST   100 /* all of them are drawn; of more ... */
#define OVERLAY_CHOICE 50  /* ... about so many: a frame on a software renderer takes as long as its lines */
#define LIFT_LEAST     1.5 /* points between neighbours of a stack: closer ones are a blot */
#define WIDTH          1.2
#define FINE_WIDTH     0.8
#define CURRENT_WIDTH  2.0
#define FINE_MORE_THAN 30
#define HITS_MOST      64    /* spectra that answer to the pointer */
#define KEY_MOST       24    /* of more, the key names the first and the last alone */
#define POINTS_ENOUGH  6.0e4 /* for full resolution */
#define COLUMN_MOST    3.0

typedef struct {
  XpsPlot *plot;
  gsize *shown; /* indices of the spectra shown, in order ... */
  gsize n;      /* ... and their number */
  gsize stride; /* every one of these is drawn */
  double step;  /* lift from one to the next, of a stack; in decades on a logarithmic axis */
  XpsCellLine *lines;
  gsize n_lines;
} Many;

static void
list_shown (Many *many)
{
  XpsPlot *plot = many->plot;
  many->shown = g_new (gsize, plot->n);
  for (gsize i = 0; i < plot->n; i++)
    if (plot->spectra[i].count > 1 && xps_plot_can_show (plot, i))
      many->shown[many->n++] = i;
}

/* Of the largest one, in decades when logarithmic. */
static double
largest_range (const Many *many)
{
  double largest = 0.0;
  for (gsize k = 0; k < many->n; k++) {
    double low, high;
    if (xps_plot_spectrum_get_extent (&many->plot->spectra[many->shown[k]], many->plot->shown.log, &low,
                                      &high))
      largest = fmax (largest, many->plot->shown.log ? log10 (high / low) : high - low);
  }
  return largest;
}

static double
axis_range (const Many *many, double largest)
{
  const XpsCellView *shown = &many->plot->shown;
  if (isfinite (shown->y_low) && isfinite (shown->y_high) && (!shown->log || shown->y_low > 0.0))
    return shown->log ? log10 (shown->y_high / shown->y_low) : shown->y_high - shown->y_low;
  return largest + many->step * (double)many->n;
}

/* So many that they cannot be told apart: every second, third, ... of them. */
static void
choose_lifts (Many *many)
{
  const XpsPlotView *view = many->plot->view;
  many->stride = 1;
  if (view->mode != XPS_PLOT_STACK) {
    many->stride = many->n > OVERLAY_MOST ? (many->n + OVERLAY_CHOICE - 1) / OVERLAY_CHOICE : 1;
    return;
  }
  const double largest = largest_range (many);
  many->step = (view->stack_step > 0.0 ? view->stack_step : STACK_STEP) * largest;
  const double lift = many->step * xps_plot_guess_height (many->plot) / axis_range (many, largest);
  if (lift > 0.0 && lift < LIFT_LEAST)
    many->stride = (gsize)fmin (ceil (LIFT_LEAST / lift), (double)many->n);
}

static gboolean
is_visible (const Many *many, gsize i, double lift)
{
  const XpsCellView *shown = &many->plot->shown;
  double low, high;
  if (many->plot->view->mode != XPS_PLOT_STACK || shown->log)
    return TRUE;
  if (!xps_plot_spectrum_get_extent (&many->plot->spectra[i], FALSE, &low, &high))
    return FALSE;
  return !(high + lift < shown->y_low) && !(low + lift > shown->y_high);
}

static void
add_line (Many *many, gsize k)
{
  const gsize i = many->shown[k];
  XpsPlot *plot = many->plot;
  const XpsPlotSpectrum *spectrum = &plot->spectra[i];
  const gboolean log = plot->shown.log, is_current = i == plot->current;
  const double lift = many->step * (double)k, factor = log ? pow (10.0, lift) : 1.0;
  const gboolean fine = many->n / many->stride > FINE_MORE_THAN;
  if (is_current) {
    plot->layout.intensity_factor *= factor;
    plot->layout.intensity_offset = factor * plot->layout.intensity_offset - (log ? 0.0 : lift);
  }
  if (!is_visible (many, i, lift))
    return;
  const double width = is_current ? CURRENT_WIDTH : (fine ? FINE_WIDTH : WIDTH);
  many->lines[many->n_lines++] =
      (XpsCellLine){.n = spectrum->count,
                    .energy = spectrum->energy + spectrum->first,
                    .intensity = xps_plot_spectrum_dup_shown (spectrum, factor, log ? 0.0 : lift),
                    .stroke = {.ink = xps_plot_ink (plot, i), .width = width * plot->style.line_unit},
                    .id = g_strdup_printf ("spectrum:%" G_GSIZE_FORMAT, i),
                    .number = i};
}

static gboolean
is_drawn (const Many *many, gsize k)
{
  return k % many->stride == 0 || many->shown[k] == many->plot->current;
}

/* The current one last, above the others. */
static void
make_lines (Many *many)
{
  XpsPlot *plot = many->plot;
  gsize current = many->n, points = 0;
  many->lines = g_new0 (XpsCellLine, many->n);
  for (gsize k = 0; k < many->n; k++) {
    if (many->shown[k] == plot->current)
      current = k;
    else if (is_drawn (many, k))
      add_line (many, k);
  }
  if (current < many->n)
    add_line (many, current);
  for (gsize l = 0; l < many->n_lines; l++) {
    points += many->lines[l].n;
    if (many->n_lines > HITS_MOST)
      g_clear_pointer (&many->lines[l].id, g_free);
  }
  plot->shown.lines = many->lines;
  plot->shown.n_lines = many->n_lines;
  plot->shown.lines_count = TRUE;
  plot->shown.column = CLAMP ((double)points / POINTS_ENOUGH, plot->shown.column, COLUMN_MOST);
}

static void
many_clear (Many *many)
{
  for (gsize l = 0; l < many->n_lines; l++) {
    g_free ((void *)many->lines[l].intensity);
    g_free (many->lines[l].id);
  }
  g_free (many->lines);
  g_free (many->shown);
}

/* ---- key and names ---- */

static XpsStroke
name_stroke (const XpsPlot *plot, gsize i)
{
  return (XpsStroke){.ink = xps_plot_ink (plot, i),
                     .width = (i == plot->current ? CURRENT_WIDTH : WIDTH) * plot->style.line_unit};
}

static void
add_name (const Many *many, XpsFigureKey *key, gsize k)
{
  const gsize i = many->shown[k];
  g_autofree char *name = xps_plot_dup_name (many->plot, i);
  xps_key_add (key, XPS_KEY_LINE, name, name_stroke (many->plot, i), XPS_INK_NONE);
}

static void
add_note (const Many *many, XpsFigureKey *key)
{
  const guint n = (guint)many->n, left_out = (guint)(many->plot->n - many->n);
  const XpsStroke none = {.width = 0.0};
  if (many->stride > 1) {
    g_autofree char *text = g_strdup_printf (_ ("one in %u of %u spectra"), (guint)many->stride, n);
    xps_key_add (key, XPS_KEY_TEXT, text, none, XPS_INK_NONE);
  } else if (many->n > KEY_MOST) {
    g_autofree char *text =
        g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u spectrum", "%u spectra", n), n);
    xps_key_add (key, XPS_KEY_TEXT, text, none, XPS_INK_NONE);
  }
  if (left_out > 0) {
    g_autofree char *text = g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u on another axis", "%u on another axis", left_out), left_out);
    xps_key_add (key, XPS_KEY_TEXT, text, none, XPS_INK_NONE);
  }
}

static XpsFigureKey *
make_key (const XpsPlot *plot, const XpsCell *cell)
{
  const Many *many = plot->own;
  XpsFigureKey *key = xps_key_new (cell->small);
  if (plot->view->mode == XPS_PLOT_OVERLAY && many->n <= KEY_MOST) {
    for (gsize k = 0; k < many->n; k++)
      add_name (many, key, k);
  } else if (plot->view->mode == XPS_PLOT_OVERLAY) {
    add_name (many, key, 0);
    add_name (many, key, many->n - 1);
  }
  add_note (many, key);
  return key;
}

/* Where the line leaves the panel at the right, or ends before. */
static double
right_end (const XpsCell *cell, const XpsCellLine *line)
{
  const gboolean first =
      xps_axis_map (&cell->main.x, line->energy[0]) > xps_axis_map (&cell->main.x, line->energy[line->n - 1]);
  const double value = line->intensity[first ? 0 : line->n - 1];
  return xps_axis_map (&cell->main.y, cell->view->log ? log10 (value) : value);
}

/* The current one's first, then from the lowest up whatever does not touch one that has its place. */
static void
draw_names (const XpsPlot *plot, const XpsCell *cell, XpsSceneBuilder *builder)
{
  const Many *many = plot->own;
  const XpsRect rect = cell->main.rect;
  const double row = XPS_PLOT_NAME_ROW * cell->small;
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (double));
  for (gsize l = 0; l < many->n_lines; l++) {
    const gsize place = l == 0 ? many->n_lines - 1 : l - 1; /* the current one is the last line */
    const XpsCellLine *line = &many->lines[place];
    const double y = right_end (cell, line);
    gboolean free_place = y >= rect.y && y <= rect.y + rect.height;
    for (guint t = 0; t < taken->len && free_place; t++)
      free_place = fabs (y - g_array_index (taken, double, t)) >= row;
    if (!free_place)
      continue;
    g_array_append_val (taken, y);
    xps_plot_draw_name (plot, cell, builder, line->number, xps_plot_ink (plot, line->number), y);
  }
}

void
xps_plot_draw_many (XpsPlot *plot, XpsSceneBuilder *builder)
{
  static const XpsPlotMethods overlay = {make_key, NULL}, stack = {make_key, draw_names};
  const XpsPlotSpectrum *current = &plot->spectra[plot->current];
  Many many = {.plot = plot};
  const gboolean is_stack = plot->view->mode == XPS_PLOT_STACK;
  plot->shown.factor = 1.0;
  plot->shown.offset = 0.0;
  list_shown (&many);
  choose_lifts (&many);
  if (is_stack)
    xps_plot_reserve_names (plot);
  make_lines (&many);
  const char *unit = xps_plot_get_unit (plot);
  g_autofree char *lifted = g_strdup_printf (_ ("%s, lifted"), unit != NULL ? unit : _ ("arb. units"));
  const XpsFigureCurves curves = {.axis = current->axis,
                                  .axis_title = current->preview->spectrum != NULL
                                                    ? xps_spectrum_get_axis_label (current->preview->spectrum)
                                                    : NULL,
                                  .intensity_unit = is_stack ? lifted : unit,
                                  .low = NAN,
                                  .high = NAN};
  const XpsFigureCurves *const one = &curves;
  g_autoptr (XpsFigure) figure = xps_figure_new_borrowed (&one, 1);
  plot->own = &many;
  xps_plot_draw_page (plot, figure, is_stack ? &stack : &overlay, builder);
  many_clear (&many);
}
