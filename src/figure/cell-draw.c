/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/cell.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "figure/ghost-draw.h"
#include "figure/words.h"
#include "scene/markup.h"

/* Widths in units of the style, as the window's plot has them. */
#define DATA_WIDTH       1.2
#define BACKGROUND_WIDTH 1.2
#define COMPONENT_WIDTH  1.4
#define ENVELOPE_WIDTH   1.8

#define WINDOW_WIDTH 1.0

#define FILL_OPACITY     0.25
#define SELECTED_OPACITY 0.45
#define SELECTED_WIDTH   1.7 /* times as wide */
#define OUTSIDE_OPACITY  0.5 /* of the opacity of data */
#define CIRCLE_MOST      3.4 /* diameter */
#define SCREEN_CIRCLE    4.4
#define CIRCLE_LEAST     2.2
#define CIRCLE_SPACING   0.8 /* circles closer than this would be a blot */

XpsStroke
xps_cell_data_stroke (const XpsFigureStyle *style)
{
  return (XpsStroke){.ink = xps_ink_fade (xps_ink (XPS_INK_FOREGROUND), 0.7),
                     .width = DATA_WIDTH * style->line_unit};
}

XpsStroke
xps_cell_envelope_stroke (const XpsFigureStyle *style)
{
  return (XpsStroke){.ink = xps_ink (XPS_INK_ACCENT), .width = ENVELOPE_WIDTH * style->line_unit};
}

XpsStroke
xps_cell_background_stroke (const XpsFigureStyle *style)
{
  return (XpsStroke){
      .ink = xps_ink (XPS_INK_MUTED), .width = BACKGROUND_WIDTH * style->line_unit, .dash = XPS_DASH_DASHED};
}

/* Whether the component, or the other line of its doublet, is the one a person works with. */
static gboolean
is_selected (const XpsCell *cell, gsize component)
{
  const XpsFigureComponent *components = cell->curves->components;
  const char *selected = cell->view != NULL ? cell->view->selected : NULL;
  if (selected == NULL)
    return FALSE;
  if (g_strcmp0 (components[component].name, selected) == 0)
    return TRUE;
  for (gsize k = 0; k < cell->curves->n_components; k++)
    if (g_strcmp0 (components[k].name, selected) == 0 &&
        (components[k].partner_of == component || components[component].partner_of == k))
      return TRUE;
  return FALSE;
}

XpsStroke
xps_cell_component_stroke (const XpsCell *cell, gsize component)
{
  return xps_figure_get_stroke (cell->figure, cell->spectrum, component,
                                COMPONENT_WIDTH * cell->style->line_unit);
}

XpsInk
xps_cell_component_fill (const XpsCell *cell, gsize component)
{
  return xps_ink_fade (xps_cell_component_stroke (cell, component).ink, FILL_OPACITY);
}

static double
circle_most (const XpsCell *cell)
{
  return (cell->view != NULL ? SCREEN_CIRCLE : CIRCLE_MOST) * cell->style->line_unit;
}

double
xps_cell_circle (const XpsCell *cell)
{
  const double unit = cell->style->line_unit;
  guint inside = 0;
  for (gsize i = 0; i < cell->curves->n; i++)
    inside += cell->curves->energy[i] >= cell->main.x.low && cell->curves->energy[i] <= cell->main.x.high;
  const double spacing = cell->main.rect.width / MAX (inside, 1);
  if (spacing < CIRCLE_SPACING * unit)
    return 0.0;
  return CLAMP (2.0 * spacing, CIRCLE_LEAST * unit, circle_most (cell));
}

static char *
hit_id (const XpsCell *cell, const char *what, const char *name)
{
  const gboolean several = xps_figure_get_n_spectra (cell->figure) > 1 && cell->curves->id != NULL;
  return g_strconcat (several ? cell->curves->id : "", several ? "/" : "", what, name, NULL);
}

/* The shown part of an array of the spectrum, or NULL. */
static const double *
part (const XpsCell *cell, const double *values)
{
  return values != NULL ? values + cell->first : NULL;
}

/* The same of the model's arrays. */
static const double *
model_part (const XpsCell *cell, const double *values)
{
  return values != NULL ? values + cell->model_first : NULL;
}

static void
draw_components (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const double *energy = model_part (cell, cell->model->energy), *base = model_part (cell, cell->base);
  for (gsize k = 0; k < cell->curves->n_components; k++) {
    XpsInk fill = xps_cell_component_fill (cell, k);
    if (is_selected (cell, k))
      fill.opacity = SELECTED_OPACITY;
    xps_panel_add_fill (builder, &cell->main, cell->model_n, energy, model_part (cell, cell->tops[k]), base,
                        fill);
  }
  for (gsize k = 0; k < cell->curves->n_components; k++) {
    XpsStroke stroke = xps_cell_component_stroke (cell, k);
    if (is_selected (cell, k))
      stroke.width *= SELECTED_WIDTH;
    xps_panel_add_curve (builder, &cell->main, cell->model_n, energy, model_part (cell, cell->tops[k]),
                         stroke);
  }
}

/* Small components lie above large ones, so that each can be reached. */
static void
add_component_hits (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsFigureCurves *curves = cell->curves;
  const double *energy = model_part (cell, cell->model->energy), *base = model_part (cell, cell->base);
  g_autofree gsize *order = g_new (gsize, curves->n_components);
  g_autofree double *heights = g_new0 (double, curves->n_components);
  for (gsize k = 0; k < curves->n_components; k++) {
    for (gsize i = cell->model_first; i < cell->model_first + cell->model_n; i++)
      heights[k] = MAX (heights[k], cell->model->components[k].values[i]);
    gsize place = k;
    for (; place > 0 && heights[order[place - 1]] < heights[k]; place--)
      order[place] = order[place - 1];
    order[place] = k;
  }
  for (gsize i = 0; i < curves->n_components; i++) {
    const double *top = model_part (cell, cell->tops[order[i]]);
    g_autofree char *id = hit_id (cell, "component:", curves->components[order[i]].name);
    xps_panel_add_hit (builder, &cell->main, id, cell->model_n, energy, top);
    if (cell->view != NULL)
      xps_panel_add_hit_area (builder, &cell->main, id, cell->model_n, energy, top, base);
  }
}

/* Points from `first`, `n` of them, of the spectrum. */
static void
draw_points (const XpsCell *cell, XpsSceneBuilder *builder, gsize first, gsize n, XpsStroke stroke)
{
  const double *energy = cell->curves->energy + first, *intensity = cell->intensity + first;
  const double circle = xps_cell_circle (cell);
  if (circle > 0.0)
    xps_panel_add_points (builder, &cell->main, n, energy, intensity, XPS_MARKER_CIRCLE, circle, stroke,
                          XPS_INK_NONE);
  else
    xps_panel_add_steps (builder, &cell->main, n, energy, intensity, stroke);
}

/* What lies outside the fit window is fainter. A line goes on to the window's first and last point. */
static void
draw_outside (const XpsCell *cell, XpsSceneBuilder *builder, XpsStroke stroke)
{
  const XpsCellView *view = cell->view;
  const gsize end = cell->first + cell->n, window_end = view->window_first + view->window_n;
  const gsize overlap = xps_cell_circle (cell) > 0.0 ? 0 : 1;
  stroke.ink.opacity *= OUTSIDE_OPACITY;
  if (view->window_first > cell->first)
    draw_points (cell, builder, cell->first, MIN (view->window_first + overlap, end) - cell->first, stroke);
  const gsize from = MAX (window_end, cell->first + overlap) - overlap;
  if (window_end < end)
    draw_points (cell, builder, from, end - from, stroke);
}

static void
draw_data (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsFigureCurves *curves = cell->curves;
  const XpsCellView *view = cell->view;
  XpsStroke stroke = xps_cell_data_stroke (cell->style);
  gsize first = cell->first, end = cell->first + cell->n;
  if (cell->n == 0)
    return;
  if (view == NULL || xps_cell_circle (cell) > 0.0)
    stroke.width *= xps_cell_circle (cell) < circle_most (cell) ? 0.5 : 0.8; /* fine where dense */
  if (view != NULL && view->window_n > 0) {
    draw_outside (cell, builder, stroke);
    first = MAX (first, view->window_first);
    end = MIN (end, view->window_first + view->window_n);
  }
  if (end > first)
    draw_points (cell, builder, first, end - first, stroke);
  g_autofree char *id = hit_id (cell, "data", NULL);
  xps_panel_add_hit (builder, &cell->main, id, cell->n, part (cell, curves->energy),
                     part (cell, cell->intensity));
}

/* Behind the curves, across the whole panel: it survives cropping and cannot be missed. */
static void
draw_failure (const XpsCell *cell, XpsSceneBuilder *builder)
{
  static const char text[] = "not converged";
  const XpsRect rect = cell->main.rect;
  const double size = fmin (0.8 * rect.width / xps_markup_width (text, 1.0, TRUE), 0.3 * rect.height);
  if (!cell->curves->failed)
    return;
  xps_scene_add_text (builder,
                      &(XpsText){.markup = text,
                                 .at = {rect.x + 0.5 * rect.width, rect.y + 0.45 * rect.height + 0.36 * size},
                                 .anchor = 0.5,
                                 .size = size,
                                 .bold = TRUE,
                                 .ink = xps_ink_fade (xps_ink (XPS_INK_WARNING), 0.25)});
}

static void
draw_image (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsCellImage *filled = cell->view != NULL ? cell->view->image : NULL;
  if (filled == NULL)
    return;
  const XpsPoint a = xps_panel_map (&cell->main, filled->x_low, filled->y_high);
  const XpsPoint b = xps_panel_map (&cell->main, filled->x_high, filled->y_low);
  XpsImage image = filled->image;
  image.rect = (XpsRect){MIN (a.x, b.x), a.y, fabs (b.x - a.x), b.y - a.y};
  xps_scene_add_image (builder, &image);
}

static void
draw_lines (const XpsCell *cell, XpsSceneBuilder *builder)
{
  for (gsize l = 0; cell->view != NULL && l < cell->view->n_lines; l++) {
    const XpsCellLine *line = &cell->view->lines[l];
    g_autofree double *logarithms = cell->view->log ? g_new (double, line->n) : NULL;
    for (gsize i = 0; logarithms != NULL && i < line->n; i++)
      logarithms[i] = line->intensity[i] > 0.0 ? log10 (line->intensity[i]) : (double)NAN;
    const double *intensity = logarithms != NULL ? logarithms : line->intensity;
    xps_panel_add_curve (builder, &cell->main, line->n, line->energy, intensity, line->stroke);
    if (line->id != NULL)
      xps_panel_add_hit (builder, &cell->main, line->id, line->n, line->energy, intensity);
  }
}

/* A curve of the model that is a place for the pointer too. */
static void
draw_curve (const XpsCell *cell, XpsSceneBuilder *builder, const char *what, const double *values,
            XpsStroke stroke)
{
  const double *energy = model_part (cell, cell->model->energy);
  if (values == NULL)
    return;
  g_autofree char *id = hit_id (cell, what, NULL);
  xps_panel_add_curve (builder, &cell->main, cell->model_n, energy, model_part (cell, values), stroke);
  xps_panel_add_hit (builder, &cell->main, id, cell->model_n, energy, model_part (cell, values));
}

/* Thin lines through both panels, with a place for the pointer in the main one. */
static void
draw_window_end (const XpsCell *cell, XpsSceneBuilder *builder, const char *id, double energy)
{
  const XpsRect main = cell->main.rect;
  const XpsPanel *bottom = cell->has_residual ? &cell->residual : &cell->main;
  const double x = xps_axis_map (&cell->main.x, energy);
  if (!(x >= main.x - 0.5 && x <= main.x + main.width + 0.5))
    return;
  const XpsPoint ends[] = {{x, main.y}, {x, bottom->rect.y + bottom->rect.height}};
  const XpsPoint place[] = {{x, main.y}, {x, main.y + main.height}};
  xps_scene_add_segments (builder, 2, ends,
                          (XpsStroke){.ink = xps_ink_fade (xps_ink (XPS_INK_MUTED), 0.8),
                                      .width = WINDOW_WIDTH * cell->style->line_unit});
  xps_scene_add_hit_line (builder, id, 2, place);
}

static void
draw_gap_note (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsRect rect = cell->main.rect;
  if (cell->n_gaps == 0)
    return;
  g_autofree char *text = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u value ≤ 0 not shown", "%u values ≤ 0 not shown", cell->n_gaps),
      cell->n_gaps);
  xps_scene_add_text (builder, &(XpsText){.markup = text,
                                          .at = {rect.x + 0.5 * cell->small, rect.y + 1.3 * cell->small},
                                          .size = cell->small,
                                          .ink = xps_ink (XPS_INK_MUTED)});
}

static void
draw_main (const XpsCell *cell, XpsSceneBuilder *builder)
{
  if (cell->view != NULL)
    xps_scene_add_hit_rect (builder, "main", cell->main.rect);
  xps_scene_push_clip (builder, cell->main.rect);
  draw_failure (cell, builder);
  draw_image (cell, builder);
  if (cell->view != NULL)
    xps_ghosts_draw (cell, builder);
  draw_lines (cell, builder);
  draw_components (cell, builder);
  draw_curve (cell, builder, "background", cell->background, xps_cell_background_stroke (cell->style));
  draw_curve (cell, builder, "envelope", cell->envelope, xps_cell_envelope_stroke (cell->style));
  draw_data (cell, builder); /* last: what was measured is never hidden */
  add_component_hits (cell, builder);
  draw_gap_note (cell, builder);
  xps_scene_pop_clip (builder);
}

static void
draw_names (const XpsCell *cell, XpsSceneBuilder *builder)
{
  for (guint i = 0; i < cell->names->len; i++) {
    const XpsCellName *entry = &g_array_index (cell->names, XpsCellName, i);
    const XpsRect box = entry->name.box;
    XpsPoint ends[2];
    if (xps_name_leader (&entry->name, 3.0, ends))
      xps_scene_add_segments (builder, 2, ends,
                              (XpsStroke){.ink = entry->ink, .width = 0.6 * cell->style->line_unit});
    xps_scene_add_text (builder, &(XpsText){.markup = entry->markup,
                                            .at = {box.x + 0.5 * box.width,
                                                   box.y + box.height - XPS_MARKUP_DESCENT * cell->small},
                                            .anchor = 0.5,
                                            .size = cell->small,
                                            .ink = entry->ink});
  }
}

/* Triangles at one edge for what lies outside. */
static void
draw_beyond (const XpsCell *cell, XpsSceneBuilder *builder, gboolean up)
{
  const double size = 4.0 * cell->style->line_unit;
  const double limit = up ? cell->residual_limit : -cell->residual_limit;
  g_autofree XpsPoint *points = g_new (XpsPoint, cell->n);
  gsize n = 0;
  for (gsize i = cell->first; i < cell->first + cell->n; i++) {
    if (!(up ? cell->residuals[i] > limit : cell->residuals[i] < limit))
      continue;
    points[n] = xps_panel_map (&cell->residual, cell->curves->energy[i], limit);
    points[n++].y += up ? 0.7 * size : -0.7 * size;
  }
  xps_scene_add_markers (builder, n, points, up ? XPS_MARKER_UP : XPS_MARKER_DOWN, size,
                         (XpsStroke){.width = 0.0}, xps_ink (XPS_INK_WARNING));
}

static void
draw_residuals (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const double *energy = part (cell, cell->curves->energy), *residuals = part (cell, cell->residuals);
  XpsStroke stroke = xps_cell_data_stroke (cell->style);
  if (cell->view != NULL)
    xps_scene_add_hit_rect (builder, "residual", cell->residual.rect);
  xps_scene_push_clip (builder, cell->residual.rect);
  if (cell->in_sigma)
    xps_panel_add_band (builder, &cell->residual, -2.0, 2.0, xps_ink_fade (xps_ink (XPS_INK_MUTED), 0.16));
  xps_panel_add_level (builder, &cell->residual, 0.0,
                       (XpsStroke){.ink = xps_ink (XPS_INK_MUTED), .width = 0.8 * cell->style->line_unit});
  stroke.width *= 0.6;
  const double circle = xps_cell_circle (cell);
  if (circle > 0.0)
    xps_panel_add_points (builder, &cell->residual, cell->n, energy, residuals, XPS_MARKER_CIRCLE,
                          0.8 * circle, stroke, XPS_INK_NONE);
  else
    xps_panel_add_steps (builder, &cell->residual, cell->n, energy, residuals, stroke);
  draw_beyond (cell, builder, TRUE);
  draw_beyond (cell, builder, FALSE);
  xps_scene_pop_clip (builder);
  xps_panel_add_frame (builder, &cell->residual, &cell->axes);
  xps_panel_add_y_ticks (builder, &cell->residual, &cell->residual_ticks, &cell->axes);
}

char *
xps_cell_dup_intensity_title (gboolean screen, const char *unit, int scale)
{
  g_autofree char *escaped =
      xps_markup_escape (unit != NULL ? unit : xps_figure_word (screen, N_ ("arb. units")));
  if (scale == 0)
    return g_strdup_printf (xps_figure_word (screen, N_ ("Intensity (%s)")), escaped);
  g_autofree char *scaled =
      g_strdup_printf ("10<sup>%s%d</sup> %s", scale < 0 ? "\xe2\x88\x92" : "", ABS (scale), escaped);
  return g_strdup_printf (xps_figure_word (screen, N_ ("Intensity (%s)")), scaled);
}

static void
draw_y_titles (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const int scale = cell->y_marks == NULL ? cell->y_ticks.scale : 0;
  g_autofree char *title =
      cell->view != NULL && cell->view->y_title != NULL
          ? g_strdup (cell->view->y_title)
          : xps_cell_dup_intensity_title (cell->view != NULL, cell->curves->intensity_unit, scale);
  double labels = cell->left;
  if (cell->view == NULL)
    labels = xps_axis_style_left (&cell->axes, &cell->y_ticks);
  if (cell->view == NULL && cell->has_residual)
    labels = fmax (labels, xps_axis_style_left (&cell->axes, &cell->residual_ticks));
  const double distance = labels + cell->axes.gap;
  xps_panel_add_y_title (builder, &cell->main, title, distance, &cell->axes);
  if (!cell->has_residual)
    return;
  const XpsRect rect = cell->residual.rect;
  const char *residual = cell->in_sigma ? "(<i>y</i> \xe2\x88\x92 <i>f</i>\xe2\x80\x89)/<i>\xcf\x83</i>"
                                        : "<i>y</i> \xe2\x88\x92 <i>f</i>";
  /* A large text beside a small panel would run into the title above. */
  if (cell->view != NULL && xps_markup_width (residual, cell->small, FALSE) > 1.5 * rect.height)
    return;
  xps_scene_add_text (builder,
                      &(XpsText){.markup = residual,
                                 .at = {rect.x - distance - XPS_MARKUP_DESCENT * cell->axes.title_size,
                                        rect.y + 0.5 * rect.height},
                                 .anchor = 0.5,
                                 .size = cell->small,
                                 .rotation = 90.0,
                                 .ink = xps_ink (XPS_INK_FOREGROUND)});
}

static char *
dup_energy_title (const XpsCell *cell)
{
  static const char *const titles[XPS_N_FIGURE_AXES] = {
      N_ ("Binding energy (eV)"), N_ ("Kinetic energy (eV)"), N_ ("Photon energy (eV)"), NULL};
  const XpsFigureCurves *curves = cell->curves;
  if ((guint)curves->axis < XPS_N_FIGURE_AXES && titles[curves->axis] != NULL)
    return g_strdup (xps_figure_word (cell->view != NULL, titles[curves->axis]));
  return xps_markup_escape (curves->axis_title != NULL ? curves->axis_title : "");
}

void
xps_cell_draw (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsPanel *bottom = cell->has_residual ? &cell->residual : &cell->main;
  draw_main (cell, builder);
  xps_panel_add_frame (builder, &cell->main, &cell->axes);
  if (cell->y_marks != NULL)
    xps_panel_add_y_marks (builder, &cell->main, cell->y_marks, &cell->axes);
  else
    xps_panel_add_y_ticks (builder, &cell->main, &cell->y_ticks, &cell->axes);
  draw_names (cell, builder);
  if (cell->has_residual)
    draw_residuals (cell, builder);
  if (cell->view != NULL) {
    draw_window_end (cell, builder, "window-low", cell->view->window_low);
    draw_window_end (cell, builder, "window-high", cell->view->window_high);
  }
  xps_panel_add_x_ticks (builder, bottom, &cell->x_ticks, TRUE, &cell->axes);
  if (cell->x_title) {
    g_autofree char *title = dup_energy_title (cell);
    xps_panel_add_x_title (builder, bottom, title, xps_axis_style_below (&cell->axes) + cell->axes.gap,
                           &cell->axes);
  }
  if (cell->y_titles)
    draw_y_titles (cell, builder);
}
