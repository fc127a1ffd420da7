/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-cairo/draw-cairo.h"

#include <math.h>

#include "draw-cairo/painter.h"
#include "draw-cairo/text.h"

/* More cells than this are not turned into a picture. */
#define IMAGE_SIDE_MAX 32767
#define TABLE_SIZE     4096 /* colours of an image: finer than the 256 levels of a channel */

XpsCairoPainter *
xps_cairo_painter_new (const char *families)
{
  XpsCairoPainter *painter = g_new0 (XpsCairoPainter, 1);
  painter->text = xps_cairo_text_new (families);
  return painter;
}

void
xps_cairo_painter_free (XpsCairoPainter *painter)
{
  g_return_if_fail (painter != NULL);
  xps_cairo_text_free (painter->text);
  g_free (painter);
}

static void
set_colour (cairo_t *context, const XpsTheme *theme, XpsInk ink, XpsUse use)
{
  const XpsColour colour = xps_theme_colour (theme, ink, use);
  cairo_set_source_rgba (context, colour.red, colour.green, colour.blue, colour.alpha);
}

static gboolean
set_stroke (cairo_t *context, const XpsTheme *theme, XpsStroke stroke)
{
  if (!(stroke.width > 0.0) || stroke.ink.opacity <= 0.0)
    return FALSE;
  gsize n = 0;
  double lengths[8];
  const double *pattern = xps_dash_pattern (stroke.dash, &n);
  n = MIN (n, G_N_ELEMENTS (lengths));
  for (gsize i = 0; i < n; i++)
    lengths[i] = pattern[i] * stroke.width;
  cairo_set_dash (context, lengths, (int)n, 0.0);
  cairo_set_line_width (context, stroke.width);
  set_colour (context, theme, stroke.ink, XPS_USE_STROKE);
  return TRUE;
}

static gboolean
is_gap (XpsPoint point)
{
  return isnan (point.x) || isnan (point.y);
}

static void
paint_polyline (cairo_t *context, const XpsItem *item, const XpsTheme *theme)
{
  if (!set_stroke (context, theme, item->stroke))
    return;
  gboolean open = FALSE;
  for (gsize i = 0; i < item->n; i++) {
    const XpsPoint point = item->points[i];
    if (is_gap (point))
      open = FALSE;
    else if (open)
      cairo_line_to (context, point.x, point.y);
    else {
      cairo_move_to (context, point.x, point.y);
      open = TRUE;
    }
  }
  cairo_stroke (context);
}

static void
paint_segments (cairo_t *context, const XpsItem *item, const XpsTheme *theme)
{
  if (!set_stroke (context, theme, item->stroke))
    return;
  for (gsize i = 0; i + 1 < item->n; i += 2) {
    if (is_gap (item->points[i]) || is_gap (item->points[i + 1]))
      continue;
    cairo_move_to (context, item->points[i].x, item->points[i].y);
    cairo_line_to (context, item->points[i + 1].x, item->points[i + 1].y);
  }
  cairo_stroke (context);
}

/* One closed path a stretch without gaps: along the points, back along the base. */
static void
paint_area (cairo_t *context, const XpsItem *item, const XpsTheme *theme)
{
  set_colour (context, theme, item->fill, XPS_USE_FILL);
  for (gsize from = 0, to; from < item->n; from = to + 1) {
    for (to = from; to < item->n && !is_gap (item->points[to]); to++)
      cairo_line_to (context, item->points[to].x, item->points[to].y);
    for (gsize i = to; i-- > from;)
      cairo_line_to (context, item->points[i].x, item->base[i]);
    if (to > from)
      cairo_close_path (context);
    cairo_new_sub_path (context);
  }
  cairo_fill (context);
}

static void
polygon (cairo_t *context, XpsPoint centre, double radius, int corners, double turn)
{
  cairo_new_sub_path (context);
  for (int i = 0; i < corners; i++) {
    const double angle = turn + 2.0 * G_PI * i / corners;
    cairo_line_to (context, centre.x + radius * sin (angle), centre.y - radius * cos (angle));
  }
  cairo_close_path (context);
}

static void
marker_path (cairo_t *context, XpsMarker marker, XpsPoint centre, double size)
{
  const double r = 0.5 * size;
  cairo_new_sub_path (context);
  switch (marker) {
  case XPS_MARKER_CIRCLE:
    cairo_arc (context, centre.x, centre.y, r, 0.0, 2.0 * G_PI);
    cairo_close_path (context);
    break;
  case XPS_MARKER_SQUARE:
    cairo_rectangle (context, centre.x - 0.89 * r, centre.y - 0.89 * r, 1.78 * r,
                     1.78 * r); /* the circle's area */
    break;
  case XPS_MARKER_DIAMOND:
    polygon (context, centre, 1.25 * r, 4, 0.0);
    break;
  case XPS_MARKER_UP:
    polygon (context, centre, 1.25 * r, 3, 0.0);
    break;
  case XPS_MARKER_DOWN:
    polygon (context, centre, 1.25 * r, 3, G_PI);
    break;
  case XPS_MARKER_CROSS:
    cairo_move_to (context, centre.x - r, centre.y - r);
    cairo_line_to (context, centre.x + r, centre.y + r);
    cairo_move_to (context, centre.x - r, centre.y + r);
    cairo_line_to (context, centre.x + r, centre.y - r);
    break;
  case XPS_N_MARKERS:
    break;
  }
}

/* Filled symbols one at a time, so that each covers those before it; open ones in one stroke, which is three
 * times as fast in a PDF and does not darken where they overlap. */
static void
paint_markers (cairo_t *context, const XpsItem *item, const XpsTheme *theme)
{
  const gboolean filled = item->fill.opacity > 0.0;
  for (gsize i = 0; i < item->n; i++) {
    if (is_gap (item->points[i]))
      continue;
    marker_path (context, item->marker, item->points[i], item->size);
    if (!filled)
      continue;
    set_colour (context, theme, item->fill, XPS_USE_FILL);
    cairo_fill_preserve (context);
    if (set_stroke (context, theme, item->stroke))
      cairo_stroke_preserve (context);
    cairo_new_path (context);
  }
  if (!filled && set_stroke (context, theme, item->stroke))
    cairo_stroke (context);
  cairo_new_path (context);
}

static void
paint_rectangle (cairo_t *context, const XpsItem *item, const XpsTheme *theme)
{
  cairo_rectangle (context, item->rect.x, item->rect.y, item->rect.width, item->rect.height);
  if (item->fill.opacity > 0.0) {
    set_colour (context, theme, item->fill, XPS_USE_FILL);
    cairo_fill_preserve (context);
  }
  if (set_stroke (context, theme, item->stroke)) {
    cairo_set_line_join (context, CAIRO_LINE_JOIN_MITER);
    cairo_stroke_preserve (context);
    cairo_set_line_join (context, CAIRO_LINE_JOIN_ROUND);
  }
  cairo_new_path (context);
}

static guint32
premultiplied (XpsColour colour)
{
  const guint a = (guint)lround (colour.alpha * 255.0);
  const guint r = (guint)lround (colour.red * colour.alpha * 255.0);
  const guint g = (guint)lround (colour.green * colour.alpha * 255.0);
  const guint b = (guint)lround (colour.blue * colour.alpha * 255.0);
  return a << 24 | r << 16 | g << 8 | b;
}

static void
fill_cells (cairo_surface_t *cells, const XpsImage *image)
{
  guint32 table[TABLE_SIZE + 1];
  const double range = image->high - image->low;
  for (int i = 0; i <= TABLE_SIZE; i++)
    table[i] = premultiplied (xps_colour_table_lookup (image->table, (double)i / TABLE_SIZE));
  unsigned char *bytes = cairo_image_surface_get_data (cells);
  const gsize stride = (gsize)cairo_image_surface_get_stride (cells);
  cairo_surface_flush (cells);
  for (gsize row = 0; row < image->rows; row++) {
    guint32 *line = (guint32 *)(void *)(bytes + row * stride); /* Cairo aligns rows to words */
    for (gsize column = 0; column < image->columns; column++) {
      const double place = ((double)image->values[row * image->columns + column] - image->low) / range;
      line[column] = isnan (place) ? 0 : table[(int)(CLAMP (place, 0.0, 1.0) * TABLE_SIZE + 0.5)];
    }
  }
  cairo_surface_mark_dirty (cells);
}

static void
paint_image (cairo_t *context, const XpsImage *image)
{
  if (image->columns > IMAGE_SIDE_MAX || image->rows > IMAGE_SIDE_MAX || !(image->high > image->low))
    return;
  cairo_surface_t *cells =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)image->columns, (int)image->rows);
  if (cairo_surface_status (cells) == CAIRO_STATUS_SUCCESS) {
    fill_cells (cells, image);
    cairo_save (context);
    cairo_translate (context, image->rect.x, image->rect.y);
    cairo_scale (context, image->rect.width / (double)image->columns,
                 image->rect.height / (double)image->rows);
    cairo_set_source_surface (context, cells, 0.0, 0.0);
    cairo_pattern_set_filter (cairo_get_source (context), CAIRO_FILTER_NEAREST);
    cairo_paint (context);
    cairo_restore (context);
  }
  cairo_surface_destroy (cells);
}

static void
paint_item (XpsCairoPainter *painter, cairo_t *context, const XpsItem *item, const XpsTheme *theme)
{
  switch (item->kind) {
  case XPS_ITEM_POLYLINE:
    paint_polyline (context, item, theme);
    break;
  case XPS_ITEM_AREA:
    paint_area (context, item, theme);
    break;
  case XPS_ITEM_SEGMENTS:
    paint_segments (context, item, theme);
    break;
  case XPS_ITEM_MARKERS:
    paint_markers (context, item, theme);
    break;
  case XPS_ITEM_RECTANGLE:
    paint_rectangle (context, item, theme);
    break;
  case XPS_ITEM_TEXT:
    xps_cairo_text_show (painter->text, context, &item->text,
                         xps_theme_colour (theme, item->text.ink, XPS_USE_TEXT));
    break;
  case XPS_ITEM_IMAGE:
    paint_image (context, &item->image);
    break;
  case XPS_ITEM_CLIP:
    cairo_save (context);
    cairo_rectangle (context, item->rect.x, item->rect.y, item->rect.width, item->rect.height);
    cairo_clip (context);
    break;
  case XPS_ITEM_UNCLIP:
    cairo_restore (context);
    break;
  case XPS_N_ITEM_KINDS:
    break;
  }
}

static void
paint (XpsCairoPainter *painter, cairo_t *context, const XpsScene *scene, const XpsTheme *theme,
       gboolean canvas, gboolean texts)
{
  gsize n = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  cairo_save (context);
  cairo_new_path (context);
  cairo_set_line_join (context, CAIRO_LINE_JOIN_ROUND);
  if (canvas) {
    set_colour (context, theme, xps_ink (XPS_INK_CANVAS), XPS_USE_FILL);
    cairo_rectangle (context, 0.0, 0.0, xps_scene_get_width (scene), xps_scene_get_height (scene));
    cairo_fill (context);
  }
  for (gsize i = 0; i < n; i++)
    if (texts || items[i]->kind != XPS_ITEM_TEXT)
      paint_item (painter, context, items[i], theme);
  cairo_restore (context);
}

void
xps_cairo_painter_paint (XpsCairoPainter *painter, cairo_t *context, const XpsScene *scene,
                         const XpsTheme *theme, gboolean canvas)
{
  g_return_if_fail (painter != NULL && context != NULL && scene != NULL && theme != NULL);
  paint (painter, context, scene, theme, canvas, TRUE);
}

void
xps_cairo_painter_paint_shapes (XpsCairoPainter *painter, cairo_t *context, const XpsScene *scene,
                                const XpsTheme *theme, gboolean canvas)
{
  g_return_if_fail (painter != NULL && context != NULL && scene != NULL && theme != NULL);
  paint (painter, context, scene, theme, canvas, FALSE);
}
