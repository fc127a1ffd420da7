/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/cell.h"

#include <math.h>

#include "scene/markup.h"

/* Widths in units of the style, as the window's plot has them. */
#define DATA_WIDTH       1.0
#define BACKGROUND_WIDTH 1.2
#define COMPONENT_WIDTH  1.2
#define ENVELOPE_WIDTH   1.8

#define FILL_OPACITY   0.25
#define CIRCLE_MOST    3.4 /* diameter */
#define CIRCLE_LEAST   2.2
#define CIRCLE_SPACING 0.8 /* circles closer than this would be a blot */

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
  return CLAMP (2.0 * spacing, CIRCLE_LEAST * unit, CIRCLE_MOST * unit);
}

static char *
hit_id (const XpsCell *cell, const char *what, const char *name)
{
  const gboolean several = xps_figure_get_n_spectra (cell->figure) > 1 && cell->curves->id != NULL;
  return g_strconcat (several ? cell->curves->id : "", several ? "/" : "", what, name, NULL);
}

static void
draw_components (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsFigureCurves *curves = cell->curves;
  for (gsize k = 0; k < curves->n_components; k++) {
    xps_panel_add_fill (builder, &cell->main, curves->n, curves->energy, cell->tops[k], curves->background,
                        xps_cell_component_fill (cell, k));
  }
  for (gsize k = 0; k < curves->n_components; k++) {
    g_autofree char *id = hit_id (cell, "component:", curves->components[k].name);
    xps_panel_add_curve (builder, &cell->main, curves->n, curves->energy, cell->tops[k],
                         xps_cell_component_stroke (cell, k));
    xps_panel_add_hit (builder, &cell->main, id, curves->n, curves->energy, cell->tops[k]);
  }
}

static void
draw_data (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsFigureCurves *curves = cell->curves;
  XpsStroke stroke = xps_cell_data_stroke (cell->style);
  stroke.width *=
      xps_cell_circle (cell) < CIRCLE_MOST * cell->style->line_unit ? 0.5 : 0.8; /* fine where dense */
  g_autofree char *id = hit_id (cell, "data", NULL);
  const double circle = xps_cell_circle (cell);
  if (circle > 0.0)
    xps_panel_add_points (builder, &cell->main, curves->n, curves->energy, curves->intensity,
                          XPS_MARKER_CIRCLE, circle, stroke, XPS_INK_NONE);
  else
    xps_panel_add_steps (builder, &cell->main, curves->n, curves->energy, curves->intensity, stroke);
  xps_panel_add_hit (builder, &cell->main, id, curves->n, curves->energy, curves->intensity);
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
draw_main (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsFigureCurves *curves = cell->curves;
  xps_scene_push_clip (builder, cell->main.rect);
  draw_failure (cell, builder);
  draw_components (cell, builder);
  if (curves->background != NULL)
    xps_panel_add_curve (builder, &cell->main, curves->n, curves->energy, curves->background,
                         xps_cell_background_stroke (cell->style));
  if (curves->envelope != NULL) {
    g_autofree char *id = hit_id (cell, "envelope", NULL);
    xps_panel_add_curve (builder, &cell->main, curves->n, curves->energy, curves->envelope,
                         xps_cell_envelope_stroke (cell->style));
    xps_panel_add_hit (builder, &cell->main, id, curves->n, curves->energy, curves->envelope);
  }
  draw_data (cell, builder); /* last: what was measured is never hidden */
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

/* Triangles at the edge for what lies outside. */
static void
draw_beyond (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsFigureCurves *curves = cell->curves;
  const double size = 4.0 * cell->style->line_unit;
  for (gsize i = 0; i < curves->n; i++) {
    if (!(fabs (cell->residuals[i]) > cell->residual_limit))
      continue;
    const gboolean up = cell->residuals[i] > 0.0;
    XpsPoint at =
        xps_panel_map (&cell->residual, curves->energy[i], up ? cell->residual_limit : -cell->residual_limit);
    at.y += up ? 0.7 * size : -0.7 * size;
    xps_scene_add_markers (builder, 1, &at, up ? XPS_MARKER_UP : XPS_MARKER_DOWN, size,
                           (XpsStroke){.width = 0.0}, xps_ink (XPS_INK_WARNING));
  }
}

static void
draw_residuals (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsFigureCurves *curves = cell->curves;
  XpsStroke stroke = xps_cell_data_stroke (cell->style);
  xps_scene_push_clip (builder, cell->residual.rect);
  if (cell->in_sigma)
    xps_panel_add_band (builder, &cell->residual, -2.0, 2.0, xps_ink_fade (xps_ink (XPS_INK_MUTED), 0.16));
  xps_panel_add_level (builder, &cell->residual, 0.0,
                       (XpsStroke){.ink = xps_ink (XPS_INK_MUTED), .width = 0.8 * cell->style->line_unit});
  stroke.width *= 0.6;
  const double circle = xps_cell_circle (cell);
  if (circle > 0.0)
    xps_panel_add_points (builder, &cell->residual, curves->n, curves->energy, cell->residuals,
                          XPS_MARKER_CIRCLE, 0.8 * circle, stroke, XPS_INK_NONE);
  else
    xps_panel_add_steps (builder, &cell->residual, curves->n, curves->energy, cell->residuals, stroke);
  draw_beyond (cell, builder);
  xps_scene_pop_clip (builder);
  xps_panel_add_frame (builder, &cell->residual, &cell->axes);
  xps_panel_add_y_ticks (builder, &cell->residual, &cell->residual_ticks, &cell->axes);
}

char *
xps_cell_dup_intensity_title (const char *unit, int scale)
{
  g_autofree char *escaped = xps_markup_escape (unit != NULL ? unit : "arb. units");
  if (scale == 0)
    return g_strdup_printf ("Intensity (%s)", escaped);
  return g_strdup_printf ("Intensity (10<sup>%s%d</sup> %s)", scale < 0 ? "\xe2\x88\x92" : "", ABS (scale),
                          escaped);
}

static void
draw_y_titles (const XpsCell *cell, XpsSceneBuilder *builder)
{
  g_autofree char *title = xps_cell_dup_intensity_title (cell->curves->intensity_unit, cell->y_ticks.scale);
  double labels = xps_axis_style_left (&cell->axes, &cell->y_ticks);
  if (cell->has_residual)
    labels = fmax (labels, xps_axis_style_left (&cell->axes, &cell->residual_ticks));
  const double distance = labels + cell->axes.gap;
  xps_panel_add_y_title (builder, &cell->main, title, distance, &cell->axes);
  if (!cell->has_residual)
    return;
  const XpsRect rect = cell->residual.rect;
  xps_scene_add_text (
      builder,
      &(XpsText){
          .markup = cell->in_sigma ? "(<i>y</i> \xe2\x88\x92 <i>f</i>\xe2\x80\x89)/<i>\xcf\x83</i>"
                                   : "<i>y</i> \xe2\x88\x92 <i>f</i>",
          .at = {rect.x - distance - XPS_MARKUP_DESCENT * cell->axes.title_size, rect.y + 0.5 * rect.height},
          .anchor = 0.5,
          .size = cell->small,
          .rotation = 90.0,
          .ink = xps_ink (XPS_INK_FOREGROUND)});
}

static char *
dup_energy_title (const XpsFigureCurves *curves)
{
  static const char *const titles[XPS_N_FIGURE_AXES] = {"Binding energy (eV)", "Kinetic energy (eV)",
                                                        "Photon energy (eV)", NULL};
  if ((guint)curves->axis < XPS_N_FIGURE_AXES && titles[curves->axis] != NULL)
    return g_strdup (titles[curves->axis]);
  return xps_markup_escape (curves->axis_title != NULL ? curves->axis_title : "");
}

void
xps_cell_draw (const XpsCell *cell, XpsSceneBuilder *builder)
{
  const XpsPanel *bottom = cell->has_residual ? &cell->residual : &cell->main;
  draw_main (cell, builder);
  xps_panel_add_frame (builder, &cell->main, &cell->axes);
  xps_panel_add_y_ticks (builder, &cell->main, &cell->y_ticks, &cell->axes);
  draw_names (cell, builder);
  if (cell->has_residual)
    draw_residuals (cell, builder);
  xps_panel_add_x_ticks (builder, bottom, &cell->x_ticks, TRUE, &cell->axes);
  if (cell->x_title) {
    g_autofree char *title = dup_energy_title (cell->curves);
    xps_panel_add_x_title (builder, bottom, title, xps_axis_style_below (&cell->axes) + cell->axes.gap,
                           &cell->axes);
  }
  if (cell->y_titles)
    draw_y_titles (cell, builder);
}
