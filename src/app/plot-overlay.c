/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/plot-overlay.h"

#include <math.h>

#include "app/plot-text.h"
#include "app/plot-words.h"

#define APEX_SIZE    13.0F
#define FLANK_SIZE   11.0F
#define PARTNER_SIZE 7.0F
#define MARGIN       8.0 /* of a label to pointer and panel */
#define PADDING      6.0
#define GHOST_REACH  5.0 /* pixels beside a line of the literature */
#define GHOSTS_NAMED 6

typedef struct {
  XpsPlotArea *area;
  GtkSnapshot *snapshot;
  const XpsRect *rect; /* main panel */
  GdkRGBA canvas, ink, muted, accent;
} Painter;

static void
fill (const Painter *painter, GdkRGBA colour, double x, double y, double width, double height)
{
  if (width > 0.0 && height > 0.0)
    gtk_snapshot_append_color (painter->snapshot, &colour,
                               &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height));
}

static GdkRGBA
faded (GdkRGBA colour, float opacity)
{
  colour.alpha *= opacity;
  return colour;
}

/* ---- window ---- */

static gboolean
is_held (const XpsPlotArea *area, const XpsGrip *grip)
{
  const XpsGrip *held = area->drag.kind == XPS_PLOT_DRAG_GRIP ? &area->drag.grip : &area->hover;
  return held->kind == grip->kind && held->index == grip->index && held->anchor == grip->anchor &&
         held->kind != XPS_GRIP_NONE;
}

static void
snapshot_window_end (const Painter *painter, const XpsGrip *grip)
{
  const XpsRect *rect = painter->rect;
  const gboolean held = is_held (painter->area, grip);
  const GdkRGBA colour = held || painter->area->key_grip == grip->kind ? painter->accent : painter->muted;
  fill (painter, faded (colour, held ? 1.0F : 0.6F), grip->x - 0.5, rect->y, 1.0, rect->height);
  /* The tab points into the window. */
  const float width = 6.0F, height = 18.0F;
  const float x = (float)grip->x - (grip->kind == XPS_GRIP_WINDOW_HIGH ? 0.0F : width);
  GskRoundedRect tab;
  gsk_rounded_rect_init_from_rect (
      &tab, &GRAPHENE_RECT_INIT (x, (float)grip->y - 0.5F * height, width, height), 2.0F);
  gtk_snapshot_push_rounded_clip (painter->snapshot, &tab);
  fill (painter, colour, tab.bounds.origin.x, tab.bounds.origin.y, width, height);
  gtk_snapshot_pop (painter->snapshot);
}

/* ---- handles ---- */

static void
snapshot_dot (const Painter *painter, const XpsGrip *grip)
{
  const gboolean held = is_held (painter->area, grip) || painter->area->key_grip == grip->kind;
  float size = grip->kind == XPS_GRIP_APEX ? APEX_SIZE : FLANK_SIZE;
  if (grip->partner)
    size = PARTNER_SIZE;
  const float radius = grip->kind == XPS_GRIP_APEX || grip->partner ? 0.5F * size : 3.0F;
  GskRoundedRect shape;
  gsk_rounded_rect_init_from_rect (
      &shape, &GRAPHENE_RECT_INIT ((float)grip->x - 0.5F * size, (float)grip->y - 0.5F * size, size, size),
      radius);
  const GdkRGBA inside = held ? painter->accent : painter->canvas;
  const GdkRGBA border = held ? painter->accent : painter->ink;
  const float width = grip->partner ? 1.5F : 2.0F;
  gtk_snapshot_push_rounded_clip (painter->snapshot, &shape);
  fill (painter, inside, shape.bounds.origin.x, shape.bounds.origin.y, size, size);
  gtk_snapshot_pop (painter->snapshot);
  gtk_snapshot_append_border (painter->snapshot, &shape, (float[4]){width, width, width, width},
                              (GdkRGBA[4]){border, border, border, border});
}

static void
snapshot_grips (const Painter *painter, const GArray *grips)
{
  for (guint i = 0; i < grips->len; i++) {
    const XpsGrip *grip = &g_array_index (grips, XpsGrip, i);
    if (grip->outside)
      continue;
    if (grip->kind == XPS_GRIP_WINDOW_LOW || grip->kind == XPS_GRIP_WINDOW_HIGH)
      snapshot_window_end (painter, grip);
    else
      snapshot_dot (painter, grip);
  }
}

/* ---- labels ---- */

static void
snapshot_label (const Painter *painter, PangoLayout *layout, double x, double y, double width, double height)
{
  GskRoundedRect shape;
  gsk_rounded_rect_init_from_rect (
      &shape, &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height), 6.0F);
  const GdkRGBA border = faded (painter->muted, 0.6F);
  gtk_snapshot_push_rounded_clip (painter->snapshot, &shape);
  fill (painter, faded (painter->canvas, 0.92F), x, y, width, height);
  gtk_snapshot_pop (painter->snapshot);
  gtk_snapshot_append_border (painter->snapshot, &shape, (float[4]){1.0F, 1.0F, 1.0F, 1.0F},
                              (GdkRGBA[4]){border, border, border, border});
  gtk_snapshot_save (painter->snapshot);
  gtk_snapshot_translate (painter->snapshot,
                          &GRAPHENE_POINT_INIT ((float)(x + PADDING), (float)(y + 0.5 * PADDING)));
  gtk_snapshot_append_layout (painter->snapshot, layout, &painter->ink);
  gtk_snapshot_restore (painter->snapshot);
}

/* Right of and above the place, where the hand is not; on the other side where there is no room. */
static void
snapshot_label_beside (const Painter *painter, const char *text, PangoAlignment alignment, double x, double y)
{
  if (*text == '\0')
    return;
  GtkWidget *widget = GTK_WIDGET (painter->area);
  g_autoptr (PangoLayout) layout = xps_plot_text_new_layout (widget, text, xps_plot_text_get_size (widget));
  pango_layout_set_alignment (layout, alignment);
  int width = 0, height = 0;
  pango_layout_get_pixel_size (layout, &width, &height);
  XpsPlotDrag *drag = &painter->area->drag;
  /* It does not breathe with every figure. */
  if (drag->kind == XPS_PLOT_DRAG_GRIP)
    drag->label_width = fmax (drag->label_width, width);
  width = MAX (width, (int)drag->label_width);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  const double box_width = width + 2.0 * PADDING, box_height = height + PADDING;
  double left = x + 2.0 * MARGIN, top = y - MARGIN - box_height;
  if (left + box_width > gtk_widget_get_width (widget))
    left = x - 2.0 * MARGIN - box_width;
  if (top < 0.0)
    top = y + 2.0 * MARGIN;
  snapshot_label (painter, layout, floor (fmax (left, 0.0)), floor (top), box_width, box_height);
}

static void
snapshot_drag_value (const Painter *painter)
{
  XpsPlotArea *self = painter->area;
  const XpsPlotDrag *drag = &self->drag;
  if (drag->kind != XPS_PLOT_DRAG_GRIP || drag->model == NULL)
    return;
  g_autoptr (GArray) grips = xps_plot_area_dup_grips (self);
  for (guint i = 0; i < grips->len; i++) {
    const XpsGrip *grip = &g_array_index (grips, XpsGrip, i);
    if (!is_held (self, grip))
      continue;
    g_autofree char *text = xps_plot_words_dup_drag (self, grip, drag->decimals, drag->figures);
    snapshot_label_beside (painter, text, PANGO_ALIGN_RIGHT, drag->x, drag->y);
    return;
  }
}

static void
snapshot_nudge_value (const Painter *painter, const GArray *grips)
{
  XpsPlotArea *self = painter->area;
  XpsGrip grip;
  if (self->nudge.timeout == 0 || !xps_grips_find_kind (grips, self->nudge.grip.kind, &grip))
    return;
  const double pixel =
      (self->layout.main.x.high - self->layout.main.x.low) / fmax (painter->rect->width, 1.0);
  g_autofree char *text = xps_plot_words_dup_drag (self, &grip, MAX (xps_plot_words_decimals (pixel), 3), 1);
  snapshot_label_beside (painter, text, PANGO_ALIGN_RIGHT, grip.x, grip.y);
}

/* ---- lines of the literature near the pointer ---- */

static void
snapshot_ghost (const Painter *painter, const XpsFigureGhost *ghost)
{
  XpsPlotArea *self = painter->area;
  const XpsRect *rect = painter->rect;
  const XpsAxis *axis = &self->layout.main.x;
  const double a = xps_axis_map (axis, xps_plot_layout_to_axis (&self->layout, ghost->low));
  const double b = xps_axis_map (axis, xps_plot_layout_to_axis (&self->layout, ghost->high));
  const double at = xps_axis_map (axis, xps_plot_layout_to_axis (&self->layout, ghost->centre));
  const double left = fmax (fmin (a, b), rect->x), right = fmin (fmax (a, b), rect->x + rect->width);
  fill (painter, faded (painter->accent, 0.12F), left, rect->y, right - left, rect->height);
  if (at >= rect->x && at <= rect->x + rect->width)
    fill (painter, faded (painter->accent, 0.9F), at - 0.75, rect->y, 1.5, rect->height);
}

static void
snapshot_ghosts (const Painter *painter)
{
  XpsPlotArea *self = painter->area;
  const XpsPreview *preview = xps_session_get_preview (self->session);
  if (!self->show_ghosts || !self->pointer_inside || self->drag.kind != XPS_PLOT_DRAG_NONE ||
      preview == NULL || !preview->has_binding ||
      !xps_plot_area_in_main (self, self->pointer_x, self->pointer_y))
    return;
  const double pixel =
      (self->layout.main.x.high - self->layout.main.x.low) / fmax (painter->rect->width, 1.0);
  const double energy = xps_plot_area_get_binding (self, self->pointer_x);
  g_autoptr (GArray) near =
      xps_plot_ghosts_list_near (self->ghosts, energy, GHOST_REACH * pixel, GHOSTS_NAMED);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < near->len; i++) {
    const guint ghost = g_array_index (near, guint, i);
    g_autofree char *line = xps_plot_ghosts_dup_words (self->ghosts, ghost);
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", line);
  }
  if (near->len > 0)
    snapshot_ghost (painter, xps_plot_ghosts_get (self->ghosts, g_array_index (near, guint, 0)));
  snapshot_label_beside (painter, text->str, PANGO_ALIGN_LEFT, self->pointer_x, self->pointer_y);
}

/* ---- cross-hair ---- */

static void
snapshot_readout (const Painter *painter)
{
  XpsPlotArea *self = painter->area;
  GtkWidget *widget = GTK_WIDGET (self);
  const double size = xps_plot_text_get_size (widget);
  g_autofree char *text = xps_plot_words_dup_readout (self, self->pointer_x, self->pointer_y);
  g_autoptr (PangoLayout) layout = xps_plot_text_new_layout (widget, text, size);
  PangoTabArray *tabs = pango_tab_array_new_with_positions (1, TRUE, PANGO_TAB_LEFT, (int)(5.5 * size));
  pango_layout_set_tabs (layout, tabs);
  pango_tab_array_free (tabs);
  int width = 0, height = 0;
  pango_layout_get_pixel_size (layout, &width, &height);
  /* As wide whatever it says, and in the corner where the pointer is not. */
  const double box_width = fmax (width, 13.0 * size) + 2.0 * PADDING, box_height = height + PADDING;
  const gboolean pointer_left = self->pointer_x < painter->rect->x + 0.5 * painter->rect->width;
  const double x =
      pointer_left ? painter->rect->x + painter->rect->width - box_width - MARGIN : painter->rect->x + MARGIN;
  snapshot_label (painter, layout, floor (x), floor (painter->rect->y + 2.0 * MARGIN + 16.0), box_width,
                  box_height);
}

/* Rings the point whose counts are read out. */
static void
snapshot_nearest (const Painter *painter)
{
  XpsPlotArea *self = painter->area;
  const XpsPreview *preview = xps_session_get_preview (self->session);
  const gssize i = xps_preview_find_nearest (preview, xps_plot_area_get_binding (self, self->pointer_x));
  if (i < 0 || self->view.mode == XPS_PLOT_HEAT)
    return;
  const XpsPoint at =
      xps_panel_map (&self->layout.main, xps_plot_layout_to_axis (&self->layout, preview->energy[i]),
                     xps_plot_layout_to_shown (&self->layout, preview->intensity[i]));
  if (!isfinite (at.y) || !xps_plot_area_in_main (self, at.x, at.y))
    return;
  GskRoundedRect ring;
  gsk_rounded_rect_init_from_rect (
      &ring, &GRAPHENE_RECT_INIT ((float)at.x - 5.0F, (float)at.y - 5.0F, 10.0F, 10.0F), 5.0F);
  gtk_snapshot_append_border (
      painter->snapshot, &ring, (float[4]){1.5F, 1.5F, 1.5F, 1.5F},
      (GdkRGBA[4]){painter->accent, painter->accent, painter->accent, painter->accent});
}

static void
snapshot_cross_hair (const Painter *painter)
{
  XpsPlotArea *self = painter->area;
  const XpsRect *rect = painter->rect;
  const gboolean aims = self->tool == XPS_PLOT_TOOL_ADD;
  const gboolean placed = self->pointer_inside || self->cursor_by_key;
  if (!placed || !(self->cross_hair || aims) || self->drag.kind != XPS_PLOT_DRAG_NONE ||
      !xps_plot_area_in_main (self, self->pointer_x, self->pointer_y))
    return;
  const GdkRGBA line = faded (painter->ink, 0.5F);
  fill (painter, line, self->pointer_x - 0.5, rect->y, 1.0, rect->height);
  if (self->cross_hair) {
    fill (painter, line, rect->x, self->pointer_y - 0.5, rect->width, 1.0);
    snapshot_nearest (painter);
    snapshot_readout (painter);
    return;
  }
  const double pixel = (self->layout.main.x.high - self->layout.main.x.low) / fmax (rect->width, 1.0);
  g_autofree char *text = xps_plot_words_dup_energy (xps_plot_area_get_binding (self, self->pointer_x),
                                                     xps_plot_words_decimals (pixel));
  snapshot_label_beside (painter, text, PANGO_ALIGN_RIGHT, self->pointer_x, self->pointer_y);
}

static void
snapshot_box (const Painter *painter)
{
  const XpsPlotDrag *drag = &painter->area->drag;
  if (drag->kind != XPS_PLOT_DRAG_BOX || !drag->moved_x)
    return;
  const double x = fmin (drag->x0, drag->x), y = fmin (drag->y0, drag->y);
  const double width = fabs (drag->x - drag->x0), height = fabs (drag->y - drag->y0);
  GskRoundedRect shape;
  gsk_rounded_rect_init_from_rect (
      &shape, &GRAPHENE_RECT_INIT ((float)x, (float)y, (float)width, (float)height), 0.0F);
  fill (painter, faded (painter->accent, 0.15F), x, y, width, height);
  gtk_snapshot_append_border (
      painter->snapshot, &shape, (float[4]){1.0F, 1.0F, 1.0F, 1.0F},
      (GdkRGBA[4]){painter->accent, painter->accent, painter->accent, painter->accent});
}

static void
snapshot_focus (const Painter *painter)
{
  GtkWidget *widget = GTK_WIDGET (painter->area);
  if (!gtk_widget_has_visible_focus (widget))
    return;
  GskRoundedRect ring;
  gsk_rounded_rect_init_from_rect (&ring,
                                   &GRAPHENE_RECT_INIT (1.0F, 1.0F,
                                                        (float)gtk_widget_get_width (widget) - 2.0F,
                                                        (float)gtk_widget_get_height (widget) - 2.0F),
                                   6.0F);
  const GdkRGBA colour = faded (painter->accent, 0.5F);
  gtk_snapshot_append_border (painter->snapshot, &ring, (float[4]){2.0F, 2.0F, 2.0F, 2.0F},
                              (GdkRGBA[4]){colour, colour, colour, colour});
}

static GdkRGBA
accent_colour (XpsPlotArea *self, GdkRGBA otherwise)
{
  GdkRGBA colour;
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  return gtk_style_context_lookup_color (context, "accent_color", &colour) ? colour : otherwise;
}

void
xps_plot_overlay_snapshot (XpsPlotArea *self, GtkSnapshot *snapshot)
{
  Painter painter = {.area = self, .snapshot = snapshot, .rect = &self->layout.main.rect};
  painter.canvas = xps_plot_text_colour (self->theme, xps_ink (XPS_INK_CANVAS), XPS_USE_FILL);
  painter.ink = xps_plot_text_colour (self->theme, xps_ink (XPS_INK_FOREGROUND), XPS_USE_TEXT);
  painter.muted = xps_plot_text_colour (self->theme, xps_ink (XPS_INK_MUTED), XPS_USE_STROKE);
  painter.accent = accent_colour (self, painter.ink);
  if (self->scene != NULL) {
    g_autoptr (GArray) grips = xps_plot_area_dup_grips (self);
    snapshot_ghosts (&painter);
    snapshot_grips (&painter, grips);
    snapshot_cross_hair (&painter);
    snapshot_nudge_value (&painter, grips);
    snapshot_drag_value (&painter);
    snapshot_box (&painter);
  }
  snapshot_focus (&painter);
}
