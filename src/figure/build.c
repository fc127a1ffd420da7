/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/figure.h"

#include <math.h>
#include <string.h>

#include "figure/cell.h"
#include "figure/key.h"
#include "figure/label.h"
#include "figure/legend.h"
#include "scene/markup.h"

#define RESIDUAL_NOTE   "lower panels: (<i>y</i> \xe2\x88\x92 <i>f</i>\xe2\x80\x89)/<i>\xcf\x83</i>"
#define MARGIN          2.0
#define NARROW          300.0
#define NARROW_ASPECT   0.68 /* height to width of one spectrum's block up to that width ... */
#define WIDE_ASPECT     0.52 /* ... and beyond */
#define CELL_WIDTH_MIN  140.0
#define TITLE_ROW       1.35 /* of the text size */
#define TITLE_LINES_MAX 2

/* Everything that is known about the page before it is drawn. From the top: title (of a single spectrum),
 * key, grid of cells (each with its title when there are several). */
typedef struct {
  const XpsFigure *figure;
  XpsFigureStyle style;
  double small;
  gsize n, columns, rows; /* spectra shown; the grid */
  XpsCell *cells;         /* [n] */
  XpsFigureKey *key;
  double left;     /* of the grid: behind the common title of its intensity axes */
  double key_left; /* of the key and of the title above it */
  double key_top, top, below, cell_width, cell_height, cell_title;
} Page;

void
xps_figure_style_init (XpsFigureStyle *style, XpsFigureSize size)
{
  g_return_if_fail (style != NULL);
  *style = (XpsFigureStyle){.width = size == XPS_FIGURE_SINGLE ? 240.0 : 504.0,
                            .text_size = 8.0,
                            .line_unit = 0.75,
                            .titles = TRUE,
                            .key = TRUE,
                            .residuals = TRUE,
                            .labels = TRUE,
                            .max_panels = 12};
}

static XpsFigureStyle
sound_style (const XpsFigureStyle *style)
{
  XpsFigureStyle sound = *style;
  sound.width = style->width >= 100.0 ? fmin (style->width, 14400.0) : 100.0;
  sound.height = style->height > 0.0 ? CLAMP (style->height, 60.0, 14400.0) : 0.0;
  sound.text_size = style->text_size > 0.0 ? CLAMP (style->text_size, 4.0, 48.0) : 8.0;
  sound.line_unit = style->line_unit > 0.0 ? fmin (style->line_unit, 10.0) : 0.75;
  return sound;
}

/* In words, at the first place; of several the first stands for all, each has its mark in its own panel. */
static void
add_failures (const Page *page)
{
  for (gsize s = 0; s < page->n; s++) {
    const XpsFigureCurves *curves = xps_figure_get_spectrum (page->figure, s);
    if (!curves->failed)
      continue;
    g_autofree char *reason = xps_markup_escape (curves->failure != NULL ? curves->failure : "");
    g_autofree char *text = g_strconcat ("Not converged", reason[0] != '\0' ? ": " : "", reason, NULL);
    xps_key_add_warning (page->key, text);
    return;
  }
}

static void
add_curves_to_key (const Page *page)
{
  const XpsStroke none = {.width = 0.0};
  if (xps_legend_add_curves (page->key, page->cells, page->n) && xps_figure_get_note (page->figure) != NULL)
    xps_key_add (page->key, XPS_KEY_TEXT, xps_figure_get_note (page->figure), none, XPS_INK_NONE);
}

static void
add_counts (const Page *page)
{
  const XpsStroke none = {.width = 0.0};
  guint beyond = 0;
  for (gsize s = 0; s < page->n; s++)
    beyond += page->cells[s].has_residual ? page->cells[s].n_beyond : 0;
  if (beyond > 0) {
    g_autofree char *text = g_strdup_printf ("%u residual%s off scale", beyond, beyond > 1 ? "s" : "");
    xps_key_add (page->key, XPS_KEY_TEXT, text, none, XPS_INK_NONE);
  }
  if (page->n > 1 && page->cells[0].has_residual)
    xps_key_add (page->key, XPS_KEY_TEXT,
                 page->cells[0].in_sigma ? RESIDUAL_NOTE ", band \xc2\xb1"
                                                         "2"
                                         : RESIDUAL_NOTE,
                 none, XPS_INK_NONE);
  const gsize all = xps_figure_get_n_spectra (page->figure);
  if (page->n < all) {
    g_autofree char *text =
        g_strdup_printf ("first %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " spectra", page->n, all);
    xps_key_add (page->key, XPS_KEY_TEXT, text, none, XPS_INK_NONE);
  }
}

static gboolean
axes_differ (const Page *page)
{
  for (gsize s = 1; s < page->n; s++)
    if (page->cells[s].curves->axis != page->cells[0].curves->axis)
      return TRUE;
  return FALSE;
}

static void
make_key (Page *page, gboolean species)
{
  g_clear_pointer (&page->key, xps_key_free);
  page->key = xps_key_new (page->small);
  add_failures (page);
  if (!page->style.key)
    return;
  add_curves_to_key (page);
  if (species)
    xps_legend_add_species (page->key, page->cells, page->n);
  add_counts (page);
}

/* Panels of a grid share one intensity title at the left, so that all are equally wide. */
static void
choose_grid (Page *page)
{
  const gsize widest = MAX ((gsize)(page->style.width / CELL_WIDTH_MIN), 1);
  const gsize square = (gsize)ceil (sqrt ((double)page->n));
  page->columns = MAX (MIN (square, widest), 1);
  page->rows = MAX ((page->n + page->columns - 1) / page->columns, 1);
  page->left = page->n > 1 ? MARGIN + 1.3 * page->style.text_size : MARGIN;
  page->cell_width = (page->style.width - page->left - MARGIN) / (double)page->columns;
  page->key_left = 2.0 * MARGIN;
  const gboolean mixed = axes_differ (page);
  page->below = MARGIN + (page->n > 1 && !mixed ? xps_axis_style_title (&page->cells[0].axes) : 0.0);
  for (gsize s = 0; s < page->n; s++) {
    page->cells[s].y_titles = page->n == 1;
    page->cells[s].x_title = mixed || s + page->columns >= page->n;
    page->cells[s].x_title_outside = page->n > 1 && !mixed;
  }
}

static char **
title_lines (const Page *page, gsize s, double width)
{
  const XpsFigureCurves *curves = xps_figure_get_spectrum (page->figure, s);
  const char *text = curves->title != NULL ? curves->title : (page->n > 1 ? curves->id : NULL);
  if (!page->style.titles || text == NULL || text[0] == '\0')
    return g_new0 (char *, 1);
  g_autofree char *markup = xps_figure_label_markup (text);
  return xps_markup_wrap (markup, page->small, TRUE, width, TITLE_LINES_MAX);
}

static double
title_width (const Page *page)
{
  return page->n > 1 ? page->cell_width - 4.0 * MARGIN : page->style.width - page->key_left - MARGIN;
}

/* Of the highest title, so that a row's panels begin on one line. */
static double
titles_height (const Page *page)
{
  guint lines = 0;
  for (gsize s = 0; s < page->n; s++) {
    g_auto (GStrv) titles = title_lines (page, s, title_width (page));
    lines = MAX (lines, g_strv_length (titles));
  }
  return lines * TITLE_ROW * page->small;
}

static XpsRect
cell_rect (const Page *page, gsize s)
{
  const gsize row = s / page->columns, column = s % page->columns;
  return (XpsRect){page->left + (double)column * page->cell_width,
                   page->top + (double)row * page->cell_height, page->cell_width, page->cell_height};
}

/* Key and titles take their height first; what is left, or wanted, is the cells'. TRUE: all names found room.
 */
static gboolean
plan_page (Page *page, gboolean names)
{
  const double titles = titles_height (page);
  page->cell_title = page->n > 1 ? titles : 0.0;
  page->key_top = MARGIN + titles - page->cell_title;
  page->top = page->key_top + xps_key_height (page->key, page->style.width - page->key_left - MARGIN);
  page->cell_height =
      page->cell_title + (page->cell_width > NARROW ? WIDE_ASPECT : NARROW_ASPECT) * page->cell_width;
  if (page->style.height > 0.0)
    page->cell_height = fmax (page->style.height - page->top - page->below, 40.0) / (double)page->rows;
  gboolean fit = TRUE;
  for (gsize s = 0; s < page->n; s++) {
    XpsRect rect = cell_rect (page, s);
    rect.y += page->cell_title;
    rect.height -= page->cell_title;
    xps_cell_plan (&page->cells[s], rect, names);
    fit = fit && page->cells[s].names_fit;
  }
  return fit;
}

/* The largest power of ten of the cells becomes that of all: one title speaks for them. */
static void
share_scale (Page *page)
{
  int scale = page->n > 0 ? page->cells[0].y_ticks.scale : 0;
  for (gsize s = 1; s < page->n; s++)
    scale = MAX (scale, page->cells[s].y_ticks.scale);
  for (gsize s = 0; s < page->n; s++)
    page->cells[s].scale = scale;
}

static void
draw_titles (const Page *page, XpsSceneBuilder *builder)
{
  for (gsize s = 0; s < page->n; s++) {
    const double x = page->n > 1 ? page->cells[s].main.rect.x : page->key_left;
    const double bottom = page->n > 1 ? cell_rect (page, s).y + page->cell_title : page->key_top;
    g_auto (GStrv) lines = title_lines (page, s, title_width (page));
    const guint n = g_strv_length (lines);
    for (guint i = 0; i < n; i++) {
      const double baseline = bottom - (n - i - 1) * TITLE_ROW * page->small - 0.3 * page->small;
      xps_scene_add_text (builder, &(XpsText){.markup = lines[i],
                                              .at = {x, baseline},
                                              .size = page->small,
                                              .bold = TRUE,
                                              .ink = xps_ink (XPS_INK_FOREGROUND)});
    }
  }
}

static void
draw_common_title (const Page *page, XpsSceneBuilder *builder)
{
  const char *unit = xps_figure_get_spectrum (page->figure, 0)->intensity_unit;
  for (gsize s = 1; s < page->n; s++)
    if (g_strcmp0 (unit, xps_figure_get_spectrum (page->figure, s)->intensity_unit) != 0)
      unit = NULL;
  const double height = (double)page->rows * page->cell_height;
  g_autofree char *title = xps_cell_dup_intensity_title (FALSE, unit, page->cells[0].scale);
  xps_scene_add_text (builder, &(XpsText){.markup = title,
                                          .at = {MARGIN + XPS_MARKUP_CAP_HEIGHT * page->style.text_size,
                                                 page->top + 0.5 * height},
                                          .anchor = 0.5,
                                          .size = page->style.text_size,
                                          .rotation = 90.0,
                                          .ink = xps_ink (XPS_INK_FOREGROUND)});
}

static void
set_texts (const Page *page, XpsSceneBuilder *builder)
{
  if (page->n == 0)
    return;
  const XpsFigureCurves *curves = xps_figure_get_spectrum (page->figure, 0);
  gboolean failed = FALSE;
  for (gsize s = 0; s < page->n; s++)
    failed |= xps_figure_get_spectrum (page->figure, s)->failed;
  const char *name = curves->title != NULL ? curves->title : (curves->id != NULL ? curves->id : "Spectrum");
  g_autofree char *title = g_strconcat (name, failed ? " (not converged)" : "", NULL);
  g_autofree char *note = xps_figure_get_note (page->figure) != NULL
                              ? xps_markup_dup_plain (xps_figure_get_note (page->figure))
                              : NULL;
  g_autofree char *description = g_strdup_printf (
      "%s of %" G_GSIZE_FORMAT " spectr%s with %" G_GSIZE_FORMAT " component%s%s%s",
      curves->envelope != NULL ? "Fit" : "Plot", page->n, page->n > 1 ? "a" : "um", curves->n_components,
      curves->n_components == 1 ? "" : "s", note != NULL ? "; " : "", note != NULL ? note : "");
  xps_scene_builder_set_title (builder, title, description);
}

static XpsScene *
draw_page (const Page *page)
{
  const double height = page->style.height > 0.0
                            ? page->style.height
                            : page->top + (double)page->rows * page->cell_height + page->below;
  XpsSceneBuilder *builder = xps_scene_builder_new (page->style.width, height);
  set_texts (page, builder);
  draw_titles (page, builder);
  xps_key_draw (page->key, builder, page->key_left, page->key_top,
                page->style.width - page->key_left - MARGIN);
  if (page->n > 1)
    draw_common_title (page, builder);
  for (gsize s = 0; s < page->n; s++)
    xps_cell_draw (&page->cells[s], builder);
  return xps_scene_builder_end (builder);
}

/* Twice, as the first round tells what the second needs: circles or line, residuals off scale, the common
 * scale, the left edge of the panel. */
static void
plan (Page *page)
{
  choose_grid (page);
  make_key (page, FALSE);
  gboolean fit = plan_page (page, page->style.labels);
  if (page->n > 1)
    share_scale (page);
  if (page->n == 1 && fit)
    page->key_left = page->cells[0].main.rect.x;
  make_key (page, !fit);
  plan_page (page, fit && page->style.labels);
}

XpsScene *
xps_figure_build (const XpsFigure *figure, const XpsFigureStyle *style)
{
  g_return_val_if_fail (figure != NULL && style != NULL, NULL);
  Page page = {.figure = figure, .style = sound_style (style)};
  page.small = 0.875 * page.style.text_size;
  page.n = MIN (xps_figure_get_n_spectra (figure), MAX (page.style.max_panels, 1));
  page.cells = g_new0 (XpsCell, page.n);
  for (gsize s = 0; s < page.n; s++)
    xps_cell_init (&page.cells[s], figure, s, &page.style);
  plan (&page);
  XpsScene *scene = draw_page (&page);
  xps_key_free (page.key);
  for (gsize s = 0; s < page.n; s++)
    xps_cell_clear (&page.cells[s]);
  g_free (page.cells);
  return scene;
}
