/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/cell.h"

#include <math.h>
#include <string.h>

#include "scene/markup.h"

#define RESIDUAL_PART    0.2  /* of the height of both panels ... */
#define RESIDUAL_LEAST   24.0 /* ... but three labels high where that is too little, up to */
#define RESIDUAL_MOST    0.25
#define RESIDUAL_TICKS   5
#define PANEL_GAP        3.0  /* points between them */
#define EDGE             2.0  /* points of white around the cell */
#define NAME_GAP         3.0  /* points between names, and to curves */
#define HEADROOM         0.06 /* above the highest curve, of the range */
#define HEADROOM_STEP    0.03
#define HEADROOM_MAX     0.75
#define LABEL_DIGITS     6.4  /* digits that screen margins have room for: -20000 */
#define SCREEN_PANEL_GAP 0.62 /* of the labels: the lowest hangs below its panel */
#define SCREEN_TOP       4.0  /* points above the panel on screen */

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
  for (gsize i = 0; i < G_N_ELEMENTS (cell->owned); i++)
    g_free (cell->owned[i]);
  g_clear_pointer (&cell->y_marks, g_array_unref);
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

/* Main panel above the residuals in `area`. */
static void
split_panels (XpsCell *cell, XpsRect area, double low, double high)
{
  const double width = fmax (area.width, 20.0), height = fmax (area.height, 20.0);
  const double residual = residual_height (cell, height);
  const double gap = cell->view != NULL ? SCREEN_PANEL_GAP * cell->small : PANEL_GAP;
  const double upper = height - residual - (cell->has_residual ? gap : 0.0);
  xps_panel_init (&cell->main, (XpsRect){area.x, area.y, width, upper}, low, high,
                  cell->curves->axis == XPS_FIGURE_BINDING, 0.0, 1.0);
  plan_residual_panel (cell, (XpsRect){area.x, area.y + height - residual, width, residual}, low, high);
  xps_panel_choose_x_ticks (&cell->main, &cell->axes, &cell->x_ticks);
}

/* Panels with their left and right edges; both need the labels first, which need the heights first. */
static void
plan_panels (XpsCell *cell, XpsRect rect)
{
  double low, high;
  find_window (cell->curves, &low, &high);
  xps_cell_prepare_curves (cell, low, high);
  if (cell->has_residual)
    xps_cell_prepare_residuals (cell, low, high);
  const double below = xps_axis_style_below (&cell->axes) + EDGE +
                       (cell->x_title && !cell->x_title_outside ? xps_axis_style_title (&cell->axes)
                                                                : XPS_MARKUP_DESCENT * cell->small);
  double left = EDGE, right = EDGE;
  for (int pass = 0; pass < 2; pass++) {
    const XpsRect area = {rect.x + left, rect.y + EDGE, rect.width - left - right,
                          rect.height - below - EDGE};
    split_panels (cell, area, low, high);
    if (pass > 0)
      break;
    cell->left = left_labels (cell);
    left = EDGE + cell->left + (cell->y_titles ? xps_axis_style_title (&cell->axes) : 0.0);
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

/* ---- on screen ---- */

/* Given ends stay; free ones are opened to whole ticks. */
static void
set_shown_y_axis (XpsCell *cell)
{
  const XpsCellView *view = cell->view;
  const double range = cell->y_high - cell->y_low;
  XpsPanel *panel = &cell->main;
  double low = view->log ? cell->y_low - HEADROOM * range : axis_bottom (cell);
  double high = cell->y_high + HEADROOM * range;
  if (isfinite (view->y_low) && (!view->log || view->y_low > 0.0))
    low = view->log ? log10 (view->y_low) : view->y_low;
  if (isfinite (view->y_high) && (!view->log || view->y_high > 0.0))
    high = view->log ? log10 (view->y_high) : view->y_high;
  xps_axis_init (&panel->y, low, high, FALSE, panel->rect.y + panel->rect.height, panel->rect.y);
  if (!view->log && isnan (view->y_low) && isnan (view->y_high))
    xps_axis_extend (&panel->y, xps_panel_most_y_ticks (panel, &cell->axes));
  xps_panel_choose_y_ticks (panel, &cell->axes, &cell->y_ticks);
  g_clear_pointer (&cell->y_marks, g_array_unref);
  if (view->y_marks != NULL)
    cell->y_marks = g_array_ref (view->y_marks);
  else if (view->log)
    cell->y_marks = xps_marks_new_log (&panel->y, xps_panel_most_y_ticks (panel, &cell->axes));
}

/* Room for the labels at the left: the same for all usual numbers, and in steps where that is not enough. */
static double
shown_left_labels (const XpsCell *cell)
{
  const double digit = xps_markup_width ("0", cell->small, FALSE), usual = LABEL_DIGITS * digit;
  const double fixed = cell->axes.tick + cell->axes.gap;
  double widest = cell->y_marks != NULL ? xps_marks_width (cell->y_marks, cell->small)
                                        : xps_axis_style_left (&cell->axes, &cell->y_ticks) - fixed;
  if (cell->has_residual)
    widest = fmax (widest, xps_axis_style_left (&cell->axes, &cell->residual_ticks) - fixed);
  return fixed + (widest <= usual ? usual : usual + 2.0 * digit * ceil ((widest - usual) / (2.0 * digit)));
}

static double
usual_labels (const XpsCell *cell)
{
  return cell->axes.tick + cell->axes.gap + LABEL_DIGITS * xps_markup_width ("0", cell->small, FALSE);
}

double
xps_cell_usual_left (const XpsCell *cell)
{
  return EDGE + usual_labels (cell) + xps_axis_style_title (&cell->axes);
}

void
xps_cell_plan_view (XpsCell *cell, XpsRect rect)
{
  const XpsCellView *view = cell->view;
  const double digit = xps_markup_width ("0", cell->small, FALSE);
  const double below = xps_axis_style_below (&cell->axes) + xps_axis_style_title (&cell->axes) + EDGE;
  const double right = EDGE + fmax (view->right, 0.5 * LABEL_DIGITS * digit);
  xps_cell_prepare_curves (cell, view->x_low, view->x_high);
  if (cell->has_residual)
    xps_cell_prepare_residuals (cell, -INFINITY, INFINITY);
  double labels = usual_labels (cell);
  for (int pass = 0; pass < 2; pass++) {
    const double left = EDGE + labels + xps_axis_style_title (&cell->axes);
    split_panels (cell,
                  (XpsRect){rect.x + left, rect.y + SCREEN_TOP, rect.width - left - right,
                            rect.height - below - SCREEN_TOP},
                  view->x_low, view->x_high);
    set_shown_y_axis (cell);
    if (!cell->in_sigma) /* the same unit as above */
      xps_ticks_set_scale (&cell->residual_ticks, cell->y_ticks.scale);
    cell->left = labels;
    labels = shown_left_labels (cell);
    if (labels <= cell->left)
      break;
  }
}
