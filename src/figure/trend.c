/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/trend.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "figure/key.h"
#include "figure/label.h"
#include "figure/trend-panel.h"
#include "figure/words.h"
#include "scene/markup.h"

#define PANEL_HEIGHT 120.0 /* points on paper */

void
xps_trend_view_init (XpsTrendView *view)
{
  *view = (XpsTrendView){.panels = {XPS_TREND_AREA, XPS_TREND_POSITION, XPS_TREND_QUALITY},
                         .n_panels = 3,
                         .clock = -1,
                         .x_low = NAN,
                         .x_high = NAN,
                         .current = -1,
                         .brush_low = NAN,
                         .brush_high = NAN,
                         .onsets = TRUE};
}

guint
xps_trend_get_colour (const XpsSeriesReport *report, const char *species)
{
  guint colour = 0;
  for (guint i = 0; i < report->trends->len; i++) {
    const XpsTrend *trend = g_ptr_array_index (report->trends, i);
    gboolean seen = trend->species == NULL;
    if (g_strcmp0 (trend->species, species) == 0)
      return colour;
    for (guint k = 0; k < i && !seen; k++)
      seen = g_strcmp0 (((XpsTrend *)g_ptr_array_index (report->trends, k))->species, trend->species) == 0;
    colour += seen ? 0 : 1;
  }
  return colour;
}

/* Of areas and heights in another unit than counts; NULL: not so. */
static const char *
title_of_intensity (XpsTrendKind kind, const char *unit)
{
  const gboolean rate = unit != NULL && g_str_has_prefix (unit, "counts/s");
  if (unit == NULL || (!rate && g_str_has_prefix (unit, "counts")))
    return NULL;
  switch (kind) {
  case XPS_TREND_AREA:
    return rate ? N_ ("Area (counts/s eV)") : N_ ("Area (arb. units)");
  case XPS_TREND_NET:
    return rate ? N_ ("Net area (counts/s eV)") : N_ ("Net area (arb. units)");
  case XPS_TREND_HEIGHT:
    return rate ? N_ ("Height (counts/s)") : N_ ("Height (arb. units)");
  default:
    return NULL;
  }
}

/* `unit`: of the trends, or NULL. */
static const char *
title_of (const XpsTrendView *view, XpsTrendKind kind, const char *unit, gboolean shifted)
{
  static const char *const titles[XPS_N_TREND_KINDS] = {
      N_ ("Area (counts eV)"), N_ ("Net area (counts eV)"),
      N_ ("Fraction"),         N_ ("Atomic share (%)"),
      N_ ("Atomic ratio"),     N_ ("Position (eV)"),
      N_ ("Width (eV)"),       N_ ("Height (counts)"),
      N_ ("Parameter"),        N_ ("Reduced <i>\317\207</i>\302\262")};
  const char *other = title_of_intensity (kind, unit);
  return xps_figure_word (view->screen, shifted         ? N_ ("Shift from value in key (eV)")
                                        : other != NULL ? other
                                                        : titles[kind]);
}

/* ---- layout ---- */

typedef struct {
  XpsTrendDrawing drawing;
  XpsFigureStyle style;
  XpsAxisStyle axes;
  XpsTrendLayout layout;
  GPtrArray *borrowed[XPS_TREND_MAX_PANELS]; /* as they are in the report */
  GPtrArray *lists[XPS_TREND_MAX_PANELS];    /* as they are drawn: the same, or less their first values */
  XpsTicks ticks[XPS_TREND_MAX_PANELS];
  double label_room; /* left of all panels: titles stand in one column */
} Build;

static void
find_limits (const Build *build, double *low, double *high)
{
  const XpsClock *clock = build->drawing.clock;
  const XpsTrendView *view = build->drawing.view;
  *low = INFINITY;
  *high = -INFINITY;
  for (gsize i = 0; i < clock->n; i++)
    if (isfinite (clock->values[i])) {
      *low = fmin (*low, clock->values[i]);
      *high = fmax (*high, clock->values[i]);
    }
  if (!(*low <= *high))
    *low = 0, *high = 1;
  const double margin = *high > *low ? 0.03 * (*high - *low) : 0.5;
  *low = isfinite (view->x_low) ? view->x_low : *low - margin;
  *high = isfinite (view->x_high) ? view->x_high : *high + margin;
}

/* Whether most of the clock runs down: the figure then reads from left to right as it was measured. */
static gboolean
runs_down (const XpsClock *clock)
{
  double first = NAN, last = NAN;
  for (gsize i = 0; i < clock->n; i++)
    if (isfinite (clock->values[i])) {
      first = isnan (first) ? clock->values[i] : first;
      last = clock->values[i];
    }
  return last < first;
}

static void
init_panel (Build *build, gsize k, XpsRect rect)
{
  double x_low, x_high, y_low, y_high;
  XpsPanel *panel = &build->layout.panels[k];
  find_limits (build, &x_low, &x_high);
  xps_trend_panel_find_range (&build->drawing, build->lists[k], &y_low, &y_high);
  if (!(y_low <= y_high))
    y_low = 0, y_high = 1;
  const double margin = y_high > y_low ? 0.05 * (y_high - y_low) : fmax (0.05 * fabs (y_high), 1e-6);
  xps_panel_init (panel, rect, x_low, x_high, runs_down (build->drawing.clock), y_low - margin,
                  y_high + margin);
  xps_panel_choose_y_ticks (panel, &build->axes, &build->ticks[k]);
}

static double
lay_out (Build *build, double top)
{
  const double small = build->style.text_size * 0.875;
  const double below = xps_axis_style_below (&build->axes) + xps_axis_style_title (&build->axes) + 4;
  const gsize n = build->layout.n_panels;
  const double height =
      build->style.height > 0 ? build->style.height : top + below + PANEL_HEIGHT * (double)n;
  const double gap = 0.6 * small, each = (height - top - below - gap * (double)(n - 1)) / (double)n;
  double left = 0;
  for (int round = 0; round < 2; round++)
    for (gsize k = 0; k < n; k++) {
      const double edge = fmax (left, 20);
      const XpsRect rect = {edge, top + (each + gap) * (double)k, fmax (build->style.width - edge - 10, 20),
                            fmax (each, 10)};
      init_panel (build, k, rect);
      build->label_room = fmax (build->label_room, xps_axis_style_left (&build->axes, &build->ticks[k]));
      left = build->label_room + xps_axis_style_title (&build->axes) + 4;
    }
  return height;
}

/* ---- drawing ---- */

/* "In (444.62 eV)": where the lines of a species stood at the first step, if a panel shows shifts from it. */
static char *
dup_entry (const Build *build, const char *species)
{
  g_autofree char *markup = xps_figure_label_markup (species);
  g_autoptr (GString) firsts = g_string_new (NULL);
  for (gsize k = 0; k < build->layout.n_panels; k++)
    for (guint t = 0; build->layout.shifted[k] && t < build->lists[k]->len; t++) {
      const XpsTrend *trend = g_ptr_array_index (build->borrowed[k], t);
      const double first = xps_trend_find_first (build->drawing.report, trend);
      if (g_strcmp0 (trend->species, species) != 0 || !isfinite (first))
        continue;
      g_autofree char *text = xps_text_printf ("%s%.2f", firsts->len > 0 ? ", " : "", first);
      g_string_append (firsts, text);
    }
  return firsts->len > 0 ? xps_text_printf ("%s (%s eV)", markup, firsts->str) : g_steal_pointer (&markup);
}

static XpsFigureKey *
make_key (const Build *build)
{
  XpsFigureKey *key = xps_key_new (build->style.text_size * 0.875);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize k = 0; k < build->layout.n_panels; k++)
    for (guint t = 0; t < build->lists[k]->len; t++) {
      const XpsTrend *trend = g_ptr_array_index (build->lists[k], t);
      if (trend->species == NULL || !g_hash_table_add (seen, trend->species))
        continue;
      const XpsInk ink = xps_ink_series (xps_trend_get_colour (build->drawing.report, trend->species));
      g_autofree char *markup = dup_entry (build, trend->species);
      const XpsStroke stroke = {ink, 1.6 * build->style.line_unit, XPS_DASH_SOLID};
      xps_key_add (key, XPS_KEY_LINE, markup, stroke, ink);
    }
  return key;
}

/* "Atomic ratio to PS4", where all of them are to one species. New string. */
static char *
dup_title (const Build *build, gsize k)
{
  const XpsTrendView *view = build->drawing.view;
  const GPtrArray *trends = build->lists[k];
  const char *to = NULL,
             *unit = trends->len > 0 ? ((const XpsTrend *)g_ptr_array_index (trends, 0))->unit : NULL;
  for (guint t = 0; view->panels[k] == XPS_TREND_RATIO && t < trends->len; t++) {
    const XpsTrend *trend = g_ptr_array_index (trends, t);
    if (trend->to == NULL || (to != NULL && strcmp (to, trend->to) != 0))
      return g_strdup (title_of (view, view->panels[k], unit, FALSE));
    to = trend->to;
  }
  if (to == NULL)
    return g_strdup (title_of (view, view->panels[k], unit, build->layout.shifted[k]));
  g_autofree char *markup = xps_figure_label_markup (to);
  return xps_text_printf (xps_figure_word (view->screen, N_ ("Atomic ratio to %s")), markup);
}

static void
draw_panel (const Build *build, gsize k, XpsSceneBuilder *builder)
{
  const XpsPanel *panel = &build->layout.panels[k];
  const gboolean last = k + 1 == build->layout.n_panels;
  g_autofree char *id = xps_text_printf ("panel:%" G_GSIZE_FORMAT, k);
  XpsTicks ticks;
  xps_scene_add_hit_rect (builder, id, panel->rect);
  xps_trend_panel_draw (&build->drawing, build->lists[k], panel, builder);
  xps_panel_add_frame (builder, panel, &build->axes);
  xps_panel_choose_x_ticks (panel, &build->axes, &ticks);
  xps_panel_add_x_ticks (builder, panel, &ticks, last, &build->axes);
  xps_panel_add_y_ticks (builder, panel, &build->ticks[k], &build->axes);
  const XpsTrendView *view = build->drawing.view;
  g_autofree char *long_word = dup_title (build, k);
  const char *word = long_word;
  if (xps_markup_width (word, build->axes.title_size, FALSE) > panel->rect.height) /* rather than cut */
    word = build->layout.shifted[k]              ? xps_figure_word (view->screen, N_ ("Shift (eV)"))
           : view->panels[k] == XPS_TREND_ATOMIC ? xps_figure_word (view->screen, N_ ("Atomic %"))
           : view->panels[k] == XPS_TREND_RATIO  ? xps_figure_word (view->screen, N_ ("Ratio"))
                                                 : word;
  g_autofree char *title = build->ticks[k].scale != 0
                               ? xps_text_printf ("%s \303\227 10<sup>%d</sup>", word, -build->ticks[k].scale)
                               : g_strdup (word);
  xps_panel_add_y_title (builder, panel, title, build->label_room, &build->axes);
  if (!last)
    return;
  g_autofree char *name = xps_clock_dup_title (build->drawing.clock, view->screen);
  g_autofree char *markup = xps_figure_label_markup (name);
  xps_panel_add_x_title (builder, panel, markup, xps_axis_style_below (&build->axes) + 2 * build->axes.gap,
                         &build->axes);
}

static void
list_trends (Build *build)
{
  for (gsize k = 0; k < build->layout.n_panels; k++) {
    const XpsTrendKind kind = build->drawing.view->panels[k];
    GPtrArray *trends = xps_trend_panel_list (&build->drawing, kind);
    GPtrArray *shifts =
        kind == XPS_TREND_POSITION ? xps_trend_panel_dup_shifts (&build->drawing, trends) : NULL;
    build->borrowed[k] = trends;
    build->layout.shifted[k] = shifts != NULL;
    build->lists[k] = shifts != NULL ? shifts : g_ptr_array_ref (trends);
  }
}

/* The clock's way at each step. */
static gint8 *
dup_directions (const XpsClock *clock)
{
  gint8 *direction = g_new0 (gint8, clock->n + 1);
  g_autoptr (GArray) branches = xps_clock_find_branches (clock, 2);
  for (guint b = 0; b < branches->len; b++) {
    const XpsBranch *branch = &g_array_index (branches, XpsBranch, b);
    for (gsize i = branch->first; i < branch->first + branch->n; i++)
      direction[i] = branches->len > 1 ? (gint8)branch->direction : 1;
  }
  return direction;
}

XpsScene *
xps_trend_plot_build (const XpsSeriesReport *report, const XpsTrendView *view, const XpsFigureStyle *style,
                      XpsTrendLayout *layout)
{
  const XpsClock *clock = view->clock >= 0 && (guint)view->clock < report->series->clocks->len
                              ? g_ptr_array_index (report->series->clocks, (guint)view->clock)
                              : xps_series_get_axis (report->series);
  g_autofree gint8 *direction = dup_directions (clock);
  const double small = style->text_size * 0.875, unit = style->line_unit;
  Build build = {.drawing = {report, view, clock, direction, unit, style->text_size},
                 .style = *style,
                 .axes = {unit, 3 * unit / 0.75, small, style->text_size, 0.25 * small},
                 .layout = {.n_panels = MIN (MAX (view->n_panels, 1), XPS_TREND_MAX_PANELS)}};
  list_trends (&build);
  g_autoptr (XpsFigureKey) key = make_key (&build);
  const double key_height = style->key ? xps_key_height (key, style->width - 20) : 0;
  const double height = lay_out (&build, key_height + 8);
  XpsSceneBuilder *builder = xps_scene_builder_new (style->width, height);
  xps_scene_builder_set_title (builder, "Trends of a series", NULL);
  if (style->key)
    xps_key_draw (key, builder, build.layout.panels[0].rect.x, 2, style->width - 20);
  for (gsize k = 0; k < build.layout.n_panels; k++) {
    draw_panel (&build, k, builder);
    g_ptr_array_unref (build.lists[k]);
    g_ptr_array_unref (build.borrowed[k]);
  }
  if (layout != NULL)
    *layout = build.layout;
  return xps_scene_builder_end (builder);
}

/* Behind the areas, where the report has such trends. */
static void
add_panel (const XpsSeriesReport *report, XpsTrendView *view, XpsTrendKind kind)
{
  gboolean any = FALSE;
  for (guint t = 0; t < report->trends->len; t++)
    any |= ((XpsTrend *)g_ptr_array_index (report->trends, t))->kind == kind;
  if (!any || view->n_panels == XPS_TREND_MAX_PANELS)
    return;
  gsize at = 1;
  while (at < view->n_panels && view->panels[at] < kind)
    at++;
  memmove (&view->panels[at + 1], &view->panels[at], (view->n_panels - at) * sizeof *view->panels);
  view->panels[at] = kind;
  view->n_panels++;
}

XpsScene *
xps_trend_figure_build (const XpsSeriesReport *report, const XpsFigureStyle *style)
{
  XpsTrendView view;
  XpsFigureStyle paper;
  xps_trend_view_init (&view);
  add_panel (report, &view, XPS_TREND_ATOMIC);
  add_panel (report, &view, XPS_TREND_RATIO);
  xps_figure_style_init (&paper, XPS_FIGURE_DOUBLE);
  return xps_trend_plot_build (report, &view, style != NULL ? style : &paper, NULL);
}

int
xps_trend_plot_find_step (const XpsTrendLayout *layout, const XpsSeriesReport *report,
                          const XpsTrendView *view, double x, double y, double tolerance)
{
  const XpsClock *clock = view->clock >= 0 && (guint)view->clock < report->series->clocks->len
                              ? g_ptr_array_index (report->series->clocks, (guint)view->clock)
                              : xps_series_get_axis (report->series);
  int best = -1;
  double least = INFINITY;
  for (gsize k = 0; k < layout->n_panels; k++) {
    const XpsPanel *panel = &layout->panels[k];
    if (y < panel->rect.y || y > panel->rect.y + panel->rect.height)
      continue;
    for (guint t = 0; t < report->trends->len; t++) {
      const XpsTrend *trend = g_ptr_array_index (report->trends, t);
      const double zero = layout->shifted[k] ? xps_trend_find_first (report, trend) : 0;
      for (gsize i = 0; trend->kind == view->panels[k] && i < trend->n; i++) {
        const XpsPoint p = xps_panel_map (panel, clock->values[i], trend->values[i] - zero);
        const double away = hypot (p.x - x, 0.2 * (p.y - y));
        if (fabs (p.x - x) <= tolerance && away < least) {
          least = away;
          best = (int)i;
        }
      }
    }
  }
  return best;
}
