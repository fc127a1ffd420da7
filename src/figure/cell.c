/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scene/markup.h"

#define RESIDUAL_PART  0.2  /* of the height of both panels ... */
#define RESIDUAL_LEAST 24.0 /* ... but three labels high where that is too little, up to */
#define RESIDUAL_MOST  0.25
#define RESIDUAL_TICKS 5
#define PANEL_GAP      3.0  /* points between them */
#define EDGE           2.0  /* points of white around the cell */
#define NAME_GAP       3.0  /* points between names, and to curves */
#define HEADROOM       0.06 /* above the highest curve, of the range */
#define HEADROOM_STEP  0.03
#define HEADROOM_MAX   0.75

void
xps_cell_init (XpsCell *cell, const XpsFigure *figure, gsize spectrum, const XpsFigureStyle *style)
{
  *cell = (XpsCell){.figure = figure, .spectrum = spectrum, .style = style};
  cell->curves = xps_figure_get_spectrum (figure, spectrum);
  cell->small = 0.875 * style->text_size;
  cell->axes = (XpsAxisStyle){.line = 0.8 * style->line_unit,
                              .tick = 4.0 * style->line_unit,
                              .label_size = cell->small,
                              .title_size = style->text_size,
                              .gap = 2.0};
  cell->has_residual = style->residuals && cell->curves->envelope != NULL && cell->curves->n > 0;
  cell->in_sigma = cell->curves->sigma != NULL;
  cell->x_title = cell->y_titles = TRUE;
  cell->scale = XPS_CELL_OWN_SCALE;
  cell->names = g_array_new (FALSE, TRUE, sizeof (XpsCellName));
}

static void
clear_names (XpsCell *cell)
{
  for (guint i = 0; i < cell->names->len; i++)
    g_free (g_array_index (cell->names, XpsCellName, i).markup);
  g_array_set_size (cell->names, 0);
}

void
xps_cell_clear (XpsCell *cell)
{
  clear_names (cell);
  g_array_unref (cell->names);
  for (gsize k = 0; cell->tops != NULL && k < cell->curves->n_components; k++)
    g_free (cell->tops[k]);
  g_free (cell->tops);
  g_free (cell->residuals);
}

static void
find_window (const XpsFigureCurves *curves, double *low, double *high)
{
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < curves->n; i++) {
    *low = fmin (*low, curves->energy[i]);
    *high = fmax (*high, curves->energy[i]);
  }
  if (isfinite (curves->low))
    *low = curves->low;
  if (isfinite (curves->high))
    *high = curves->high;
}

static void
widen (XpsCell *cell, const double *values, double low, double high)
{
  for (gsize i = 0; values != NULL && i < cell->curves->n; i++) {
    const double energy = cell->curves->energy[i];
    if (!(energy >= low && energy <= high) || !isfinite (values[i]))
      continue;
    cell->y_low = fmin (cell->y_low, values[i]);
    cell->y_high = fmax (cell->y_high, values[i]);
  }
}

/* Components standing on the background, and the range of everything in the window. */
static void
prepare_curves (XpsCell *cell, double low, double high)
{
  const XpsFigureCurves *curves = cell->curves;
  cell->y_low = INFINITY;
  cell->y_high = -INFINITY;
  widen (cell, curves->intensity, low, high);
  widen (cell, curves->envelope, low, high);
  widen (cell, curves->background, low, high);
  if (cell->tops == NULL)
    cell->tops = g_new0 (double *, curves->n_components);
  for (gsize k = 0; k < curves->n_components; k++) {
    if (cell->tops[k] == NULL)
      cell->tops[k] = g_new (double, curves->n);
    for (gsize i = 0; i < curves->n; i++)
      cell->tops[k][i] =
          curves->components[k].values[i] + (curves->background != NULL ? curves->background[i] : 0.0);
    widen (cell, cell->tops[k], low, high);
  }
  if (!(cell->y_low <= cell->y_high)) {
    cell->y_low = 0.0;
    cell->y_high = 1.0;
  }
}

static int
compare_doubles (const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* All residuals when they are of one kind; when a few stand far out, the others, so that these can be seen.
 */
static double
choose_residual_limit (double *sizes, gsize n)
{
  if (n == 0)
    return 3.0;
  qsort (sizes, n, sizeof *sizes, compare_doubles);
  const double largest = sizes[n - 1], common = sizes[(gsize)(0.98 * (double)(n - 1))];
  const double limit = fmax (1.08 * largest, 0.0);
  return limit > fmax (6.0, 2.5 * common) ? fmax (5.0, 1.5 * common) : limit;
}

static void
prepare_residuals (XpsCell *cell, double low, double high)
{
  const XpsFigureCurves *curves = cell->curves;
  g_autofree double *sizes = g_new (double, curves->n);
  gsize n = 0;
  if (cell->residuals == NULL)
    cell->residuals = g_new (double, curves->n);
  for (gsize i = 0; i < curves->n; i++) {
    double *residual = &cell->residuals[i];
    *residual = (curves->intensity[i] - curves->envelope[i]) / (cell->in_sigma ? curves->sigma[i] : 1.0);
    if (!(curves->energy[i] >= low && curves->energy[i] <= high))
      *residual = NAN;
    if (isfinite (*residual))
      sizes[n++] = fabs (*residual);
  }
  cell->residual_limit = choose_residual_limit (sizes, n);
  if (cell->in_sigma)
    cell->residual_limit = fmax (cell->residual_limit, 3.0);
}

/* Lower end of the intensity axis: zero when that costs little, else just below the curves. */
static double
axis_bottom (const XpsCell *cell)
{
  const double range = cell->y_high - cell->y_low;
  if (cell->y_low >= 0.0 && cell->y_low < 0.12 * cell->y_high)
    return 0.0;
  const double bottom = cell->y_low - HEADROOM * range;
  return cell->y_low >= 0.0 ? fmax (bottom, 0.0) : bottom;
}

static void
set_y_axis (XpsCell *cell, double headroom)
{
  const double range = cell->y_high - cell->y_low;
  XpsPanel *panel = &cell->main;
  xps_axis_init (&panel->y, axis_bottom (cell), cell->y_high + headroom * range, FALSE,
                 panel->rect.y + panel->rect.height, panel->rect.y);
  xps_axis_extend (&panel->y, xps_panel_most_y_ticks (panel, &cell->axes));
  xps_panel_choose_y_ticks (panel, &cell->axes, &cell->y_ticks);
  if (cell->scale != XPS_CELL_OWN_SCALE)
    xps_ticks_set_scale (&cell->y_ticks, cell->scale);
}

/* Width that labels at the left may need at any headroom. */
static double
left_labels (XpsCell *cell)
{
  double width = 0.0;
  const double headrooms[] = {HEADROOM, 0.5 * HEADROOM_MAX, HEADROOM_MAX};
  for (gsize i = 0; i < G_N_ELEMENTS (headrooms); i++) {
    set_y_axis (cell, headrooms[i]);
    width = fmax (width, xps_axis_style_left (&cell->axes, &cell->y_ticks));
  }
  return cell->has_residual ? fmax (width, xps_axis_style_left (&cell->axes, &cell->residual_ticks)) : width;
}

static double
x_overhang (const XpsCell *cell)
{
  double overhang = 0.0;
  for (guint i = 0; i < cell->x_ticks.n; i++) {
    g_autofree char *label = xps_ticks_dup_label (&cell->x_ticks, i);
    const double x = xps_axis_map (&cell->main.x, xps_ticks_value (&cell->x_ticks, i));
    const double half = 0.5 * xps_markup_width (label, cell->axes.label_size, FALSE);
    overhang = fmax (overhang, x + half - (cell->main.rect.x + cell->main.rect.width));
  }
  return overhang;
}

/* Minus t, 0 and t, with t = mantissa * 10^exponent. */
static XpsTicks
three_ticks (int mantissa, int exponent)
{
  return (XpsTicks){
      .first = -1, .n = 3, .mantissa = mantissa, .exponent = exponent, .decimals = MAX (0, -exponent)};
}

/* In a low panel: the largest t within `inner`; where its labels would touch, the panel shows more, up to the
 * next larger t; where even that is too close, zero alone. */
static void
choose_three_ticks (XpsCell *cell, double inner, double part, double label)
{
  static const struct {
    int mantissa, decade;
  } steps[] = {{1, 0}, {2, 0}, {5, 0}, {1, 1}};
  const int exponent = (int)floor (log10 (inner));
  const double first_digit = inner / pow (10.0, exponent), height = cell->residual.rect.height;
  const gsize best = first_digit >= 5.0 ? 2 : (first_digit >= 2.0 ? 1 : 0);
  for (gsize i = best; i <= best + 1; i++) {
    cell->residual_ticks = three_ticks (steps[i].mantissa, exponent + steps[i].decade);
    const double t = xps_ticks_value (&cell->residual_ticks, 2);
    if (i > best)
      cell->residual_limit = t / part;
    if (0.5 * height * t / cell->residual_limit >= 1.1 * label)
      return;
  }
  cell->residual_ticks = (XpsTicks){.n = 1, .mantissa = 1};
}

/* Labels stay within the panel, so that they do not touch those of the panel above. */
static void
choose_residual_ticks (XpsCell *cell)
{
  const XpsPanel *panel = &cell->residual;
  const double label = XPS_MARKUP_CAP_HEIGHT * cell->small, height = fmax (panel->rect.height, 1.0);
  const double part = fmax (1.0 - label / height, 0.1);
  const guint most = MIN (xps_panel_most_y_ticks (panel, &cell->axes), RESIDUAL_TICKS);
  XpsAxis inner = panel->y;
  inner.low *= part;
  inner.high *= part;
  if (most >= RESIDUAL_TICKS)
    xps_axis_choose_ticks (&inner, most, FALSE, &cell->residual_ticks);
  else
    choose_three_ticks (cell, inner.high, part, label);
}

static void
plan_residual_panel (XpsCell *cell, XpsRect rect, double low, double high)
{
  const gboolean reversed = cell->curves->axis == XPS_FIGURE_BINDING;
  xps_panel_init (&cell->residual, rect, low, high, reversed, -cell->residual_limit, cell->residual_limit);
  if (!cell->has_residual)
    return;
  choose_residual_ticks (cell);
  xps_axis_init (&cell->residual.y, -cell->residual_limit, cell->residual_limit, FALSE, rect.y + rect.height,
                 rect.y);
  cell->n_beyond = 0;
  for (gsize i = 0; i < cell->curves->n; i++)
    cell->n_beyond += fabs (cell->residuals[i]) > cell->residual_limit;
}

static double
residual_height (const XpsCell *cell, double height)
{
  if (!cell->has_residual)
    return 0.0;
  return CLAMP (RESIDUAL_LEAST, RESIDUAL_PART * height, RESIDUAL_MOST * height);
}

/* Panels with their left and right edges; both need the labels first, which need the heights first. */
static void
plan_panels (XpsCell *cell, XpsRect rect)
{
  double low, high;
  find_window (cell->curves, &low, &high);
  prepare_curves (cell, low, high);
  if (cell->has_residual)
    prepare_residuals (cell, low, high);
  const double below = xps_axis_style_below (&cell->axes) + EDGE +
                       (cell->x_title && !cell->x_title_outside ? xps_axis_style_title (&cell->axes)
                                                                : XPS_MARKUP_DESCENT * cell->small);
  const double height = fmax (rect.height - below - EDGE, 20.0);
  const double residual = residual_height (cell, height);
  const double upper = height - residual - (cell->has_residual ? PANEL_GAP : 0.0);
  const gboolean reversed = cell->curves->axis == XPS_FIGURE_BINDING;
  double left = EDGE, right = EDGE;
  for (int pass = 0; pass < 2; pass++) {
    const double width = fmax (rect.width - left - right, 20.0);
    const XpsRect area = {rect.x + left, rect.y + EDGE, width, upper};
    xps_panel_init (&cell->main, area, low, high, reversed, 0.0, 1.0);
    plan_residual_panel (cell, (XpsRect){area.x, rect.y + EDGE + height - residual, width, residual}, low,
                         high);
    xps_panel_choose_x_ticks (&cell->main, &cell->axes, &cell->x_ticks);
    if (pass > 0)
      break;
    left = EDGE + left_labels (cell) + (cell->y_titles ? xps_axis_style_title (&cell->axes) : 0.0);
    right = EDGE + x_overhang (cell);
  }
  set_y_axis (cell, HEADROOM);
}

/* Index of the component's highest point in the window; FALSE when it has no height there. */
static gboolean
find_apex (const XpsCell *cell, gsize component, gsize *apex)
{
  const double *values = cell->curves->components[component].values;
  double largest = 0.0;
  for (gsize i = 0; i < cell->curves->n; i++) {
    const double energy = cell->curves->energy[i];
    if (energy < cell->main.x.low || energy > cell->main.x.high || !(values[i] > largest))
      continue;
    largest = values[i];
    *apex = i;
  }
  return largest > 0.0 && isfinite (cell->tops[component][*apex]);
}

static gboolean
has_name (const XpsCell *cell, const char *markup)
{
  for (guint i = 0; i < cell->names->len; i++)
    if (strcmp (g_array_index (cell->names, XpsCellName, i).markup, markup) == 0)
      return TRUE;
  return FALSE;
}

static int
compare_names (const void *a, const void *b)
{
  const double x = ((const XpsCellName *)a)->name.apex.x, y = ((const XpsCellName *)b)->name.apex.x;
  return (x > y) - (x < y);
}

/* One name a doublet, at its stronger line; the same name once. */
static void
collect_names (XpsCell *cell)
{
  clear_names (cell);
  for (gsize k = 0; k < cell->curves->n_components; k++) {
    gsize apex = 0;
    if (xps_figure_is_partner (cell->figure, cell->spectrum, k) || !find_apex (cell, k, &apex))
      continue;
    g_autofree char *markup = xps_figure_dup_label (cell->figure, cell->spectrum, k);
    if (markup[0] == '\0' || has_name (cell, markup))
      continue;
    XpsCellName entry = {.ink = xps_cell_component_stroke (cell, k).ink};
    /* x on the page, y still in counts: the axis is not yet chosen. */
    entry.name.apex =
        (XpsPoint){xps_axis_map (&cell->main.x, cell->curves->energy[apex]), cell->tops[k][apex]};
    entry.name.width = xps_markup_width (markup, cell->small, FALSE);
    entry.markup = g_steal_pointer (&markup);
    g_array_append_val (cell->names, entry);
  }
}

static void
add_skyline (const XpsCell *cell, XpsSkyline *skyline)
{
  const XpsFigureCurves *curves = cell->curves;
  const double *const sum[] = {curves->intensity, curves->envelope, curves->background};
  for (gsize i = 0; i < G_N_ELEMENTS (sum); i++)
    if (sum[i] != NULL)
      xps_skyline_add (skyline, &cell->main, curves->n, curves->energy, sum[i], 1.0);
  for (gsize k = 0; k < curves->n_components; k++)
    xps_skyline_add (skyline, &cell->main, curves->n, curves->energy, cell->tops[k], 1.0);
}

/* Tries the names at the present height of the axis. */
static gboolean
try_names (XpsCell *cell)
{
  XpsSkyline skyline;
  const gsize n = cell->names->len;
  g_autofree XpsName *names = g_new (XpsName, n);
  xps_skyline_init (&skyline, cell->main.rect);
  add_skyline (cell, &skyline);
  for (gsize i = 0; i < n; i++) {
    names[i] = g_array_index (cell->names, XpsCellName, i).name;
    names[i].apex.y = xps_axis_map (&cell->main.y, names[i].apex.y);
  }
  const XpsRect frame = cell->main.rect;
  const XpsRect inside = {frame.x + EDGE, frame.y + EDGE, frame.width - 2.0 * EDGE,
                          frame.height - 2.0 * EDGE};
  const double height = (XPS_MARKUP_CAP_HEIGHT + XPS_MARKUP_DESCENT) * cell->small;
  const gboolean fit = xps_names_place (names, n, &skyline, inside, height, NAME_GAP);
  for (gsize i = 0; fit && i < n; i++)
    g_array_index (cell->names, XpsCellName, i).name = names[i];
  xps_skyline_clear (&skyline);
  return fit;
}

/* Raises the axis until the names have room between the curves and the frame. */
static gboolean
place_names (XpsCell *cell)
{
  collect_names (cell);
  if (cell->names->len == 0)
    return FALSE;
  g_array_sort (cell->names, compare_names);
  for (double headroom = HEADROOM; headroom <= HEADROOM_MAX; headroom += HEADROOM_STEP) {
    set_y_axis (cell, headroom);
    if (try_names (cell))
      return TRUE;
  }
  clear_names (cell);
  set_y_axis (cell, HEADROOM);
  return FALSE;
}

void
xps_cell_plan (XpsCell *cell, XpsRect rect, gboolean names)
{
  plan_panels (cell, rect);
  clear_names (cell);
  cell->names_fit = cell->curves->n_components == 0 || (names && place_names (cell));
}
