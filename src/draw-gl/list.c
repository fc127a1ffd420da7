/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-gl/list.h"

#include <math.h>

#include "draw-gl/layer.h"
#include "draw-gl/outline.h"

/* What is being put together. */
typedef struct {
  XpsGlList *list;
  GArray *clips; /* XpsRect: the open ones, each cut with those before; the page first */
  gboolean dense;
  double width, height; /* of the page */
} Work;

static gboolean
is_gap (XpsPoint point)
{
  return isnan (point.x) || isnan (point.y);
}

static gboolean
stroke_shows (XpsStroke stroke)
{
  return stroke.width > 0.0 && stroke.ink.opacity > 0.0;
}

static void
add_record (XpsGlList *list, double x, double y, double z, double w)
{
  const XpsGlRecord record = {(float)x, (float)y, (float)z, (float)w};
  g_array_append_val (list->records, record);
}

static XpsGlRecord *
last_record (XpsGlList *list)
{
  return &g_array_index (list->records, XpsGlRecord, list->records->len - 1);
}

static double
add_style (XpsGlList *list, const XpsItem *item, gboolean fill_only)
{
  const XpsGlStyle style = {item, fill_only};
  g_array_append_val (list->styles, style);
  return list->styles->len - 1;
}

static XpsRect
current_clip (const Work *work)
{
  return g_array_index (work->clips, XpsRect, work->clips->len - 1);
}

static gboolean
rects_are_equal (XpsRect a, XpsRect b)
{
  return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

/* The records since `first` go to the batch before when it is of their kind, else to a new one. */
static void
end_batch (Work *work, XpsGlKind kind, guint first)
{
  XpsGlList *list = work->list;
  const guint n = list->records->len - first;
  const XpsRect clip = current_clip (work);
  XpsGlBatch *last =
      list->batches->len > 0 ? &g_array_index (list->batches, XpsGlBatch, list->batches->len - 1) : NULL;
  if (n == 0)
    return;
  if (last != NULL && last->kind == kind && !last->layer && last->item == NULL &&
      last->first + last->n == first && rects_are_equal (last->clip, clip)) {
    last->n += n;
    return;
  }
  const XpsGlBatch batch = {.kind = kind, .clip = clip, .first = first, .n = n};
  g_array_append_val (list->batches, batch);
}

/* An own batch that is painted as a whole. */
static void
end_layer (Work *work, XpsGlKind kind, guint first, const XpsItem *item)
{
  GArray *records = work->list->records;
  XpsGlBatch batch = {.kind = kind,
                      .clip = current_clip (work),
                      .first = first,
                      .n = records->len - first,
                      .item = item,
                      .layer = TRUE,
                      .bounds = xps_gl_layer_bounds (item)};
  if (batch.n == 0)
    return;
  batch.n_boxes = xps_gl_layer_add_boxes (records, item, work->width, work->height);
  batch.first_box = records->len - batch.n_boxes;
  add_record (work->list, 0.0, 0.0, 0.0, -1.0); /* what is behind a box is no neighbour */
  g_array_append_val (work->list->batches, batch);
}

static double
dash_period (XpsStroke stroke)
{
  gsize n = 0;
  double sum = 0.0;
  const double *lengths = xps_dash_pattern (stroke.dash, &n);
  for (gsize i = 0; i < n; i++)
    sum += lengths[i] * stroke.width;
  return sum;
}

/* A stretch without gaps: each record starts a segment but the last. The phase of the dashes is kept within
 * one period, so that it is exact however long the line. */
static void
add_stretch (XpsGlList *list, gsize n, const XpsPoint *points, double style, double period)
{
  const guint first = list->records->len;
  double phase = 0.0;
  g_array_set_size (list->records, first + (guint)n);
  XpsGlRecord *records = &g_array_index (list->records, XpsGlRecord, first);
  for (gsize i = 0; i < n; i++) {
    records[i] = (XpsGlRecord){(float)points[i].x, (float)points[i].y, (float)phase, (float)style};
    if (i + 1 < n && period > 0.0)
      phase = fmod (phase + hypot (points[i + 1].x - points[i].x, points[i + 1].y - points[i].y), period);
  }
  records[n - 1].w = -1.0f;
}

/* Lines and areas ask the record before their first one whether it joins them. */
static void
separate (XpsGlList *list)
{
  if (last_record (list)->w >= 0.0f)
    add_record (list, 0.0, 0.0, 0.0, -1.0);
}

static void
add_strip (XpsGlList *list, guint first)
{
  const guint n = list->records->len - first;
  g_array_append_val (list->starts, first);
  g_array_append_val (list->counts, n);
}

/* All stretches between the gaps. */
static void
add_line (XpsGlList *list, gsize n, const XpsPoint *points, double style, double period, gboolean strips)
{
  for (gsize from = 0, to; from < n; from = to + 1) {
    for (to = from; to < n && !is_gap (points[to]);)
      to++;
    if (to < from + 2)
      continue;
    const guint start = list->records->len;
    add_stretch (list, to - from, points + from, style, period);
    if (strips)
      add_strip (list, start);
  }
}

static void
add_polyline (Work *work, const XpsItem *item)
{
  XpsGlList *list = work->list;
  separate (list);
  const guint first = list->records->len;
  const gboolean layer = item->stroke.ink.opacity < 1.0;
  const double style = add_style (list, item, FALSE), period = dash_period (item->stroke);
  const gboolean strips = work->dense && !layer && period == 0.0;
  const XpsGlKind kind = period > 0.0 ? XPS_GL_DASHES : strips ? XPS_GL_STRIPS : XPS_GL_LINES;
  add_line (list, item->n, item->points, style, period, strips);
  if (layer)
    end_layer (work, kind, first, item);
  else
    end_batch (work, kind, first);
}

static void
add_segments (Work *work, const XpsItem *item)
{
  XpsGlList *list = work->list;
  separate (list);
  const guint first = list->records->len;
  const double style = add_style (list, item, FALSE), period = dash_period (item->stroke);
  const XpsGlKind kind = period > 0.0 ? XPS_GL_DASHES : XPS_GL_LINES;
  for (gsize i = 0; i + 1 < item->n; i += 2)
    add_line (list, 2, item->points + i, style, period, FALSE);
  if (item->stroke.ink.opacity < 1.0)
    end_layer (work, kind, first, item);
  else
    end_batch (work, kind, first);
}

/* Whether its points go on in one direction, so that its pieces cannot overlap. */
static gboolean
runs_one_way (const XpsItem *item)
{
  gboolean rises = FALSE, falls = FALSE;
  double before = NAN;
  for (gsize i = 0; i < item->n; i++) {
    if (is_gap (item->points[i]))
      continue;
    rises |= item->points[i].x > before;
    falls |= item->points[i].x < before;
    before = item->points[i].x;
  }
  return !(rises && falls);
}

static void
add_area (Work *work, const XpsItem *item)
{
  XpsGlList *list = work->list;
  separate (list);
  const guint first = list->records->len;
  const double style = add_style (list, item, FALSE);
  for (gsize i = 0; i < item->n; i++) {
    if (is_gap (item->points[i]))
      last_record (list)->w = -1.0f;
    else
      add_record (list, item->points[i].x, item->points[i].y, item->base[i], style);
  }
  last_record (list)->w = -1.0f;
  if (item->fill.opacity < 1.0 && !runs_one_way (item))
    end_layer (work, XPS_GL_AREAS, first, item);
  else
    end_batch (work, XPS_GL_AREAS, first);
}

/* The dashed outlines of `n` symbols, over which a fill may lie already. */
static void
add_outlines (Work *work, const XpsItem *item, gsize n, const XpsPoint *centres, double style)
{
  XpsPoint points[XPS_GL_OUTLINE_MAX];
  separate (work->list);
  const guint first = work->list->records->len;
  for (gsize i = 0; i < n; i++) {
    const gsize n_points =
        is_gap (centres[i]) ? 0 : xps_gl_marker_outline (item->marker, centres[i], item->size, points);
    add_line (work->list, n_points, points, style, dash_period (item->stroke), FALSE);
  }
  if (item->fill.opacity <= 0.0 && item->stroke.ink.opacity < 1.0)
    end_layer (work, XPS_GL_DASHES, first, item);
  else
    end_batch (work, XPS_GL_DASHES, first);
}

/* Open symbols all at once, filled ones one after the other, as each covers those before. */
static void
add_dashed_markers (Work *work, const XpsItem *item)
{
  const double outline = add_style (work->list, item, FALSE), fill = add_style (work->list, item, TRUE);
  if (item->fill.opacity <= 0.0) {
    add_outlines (work, item, item->n, item->points, outline);
    return;
  }
  for (gsize i = 0; i < item->n; i++) {
    const guint first = work->list->records->len;
    if (is_gap (item->points[i]))
      continue;
    add_record (work->list, item->points[i].x, item->points[i].y, 0.0, fill);
    end_batch (work, XPS_GL_MARKERS, first);
    add_outlines (work, item, 1, item->points + i, outline);
  }
}

static void
add_markers (Work *work, const XpsItem *item)
{
  XpsGlList *list = work->list;
  if (stroke_shows (item->stroke) && item->stroke.dash != XPS_DASH_SOLID) {
    add_dashed_markers (work, item);
    return;
  }
  const guint first = list->records->len;
  const double style = add_style (list, item, FALSE);
  for (gsize i = 0; i < item->n; i++)
    if (!is_gap (item->points[i]))
      add_record (list, item->points[i].x, item->points[i].y, 0.0, style);
  if (item->fill.opacity <= 0.0 && item->stroke.ink.opacity < 1.0)
    end_layer (work, XPS_GL_MARKERS, first, item);
  else
    end_batch (work, XPS_GL_MARKERS, first);
}

static void
add_dashed_rectangle (Work *work, const XpsItem *item)
{
  XpsPoint points[XPS_GL_OUTLINE_MAX];
  separate (work->list);
  const guint first = work->list->records->len;
  const gsize n = xps_gl_rectangle_outline (item->rect, points);
  add_line (work->list, n, points, add_style (work->list, item, FALSE), dash_period (item->stroke), FALSE);
  end_batch (work, XPS_GL_DASHES, first);
}

static void
add_rectangle (Work *work, const XpsItem *item)
{
  XpsGlList *list = work->list;
  const guint first = list->records->len;
  const XpsRect rect = item->rect;
  const gboolean filled = item->fill.opacity > 0.0;
  const gboolean dashed = stroke_shows (item->stroke) && item->stroke.dash != XPS_DASH_SOLID;
  if (filled || !dashed) {
    const double style = add_style (list, item, dashed);
    add_record (list, rect.x, rect.y, rect.x + rect.width, rect.y + rect.height);
    add_record (list, style, 0.0, 0.0, -1.0);
    end_batch (work, filled ? XPS_GL_RECTANGLES : XPS_GL_FRAMES, first);
  }
  if (dashed)
    add_dashed_rectangle (work, item);
}

static void
add_image (Work *work, const XpsItem *item)
{
  const XpsGlBatch batch = {.kind = XPS_GL_IMAGE, .clip = current_clip (work), .item = item};
  if (item->image.high > item->image.low)
    g_array_append_val (work->list->batches, batch);
}

static void
push_clip (Work *work, XpsRect rect)
{
  const XpsRect outer = current_clip (work);
  const double left = fmax (outer.x, rect.x), right = fmin (outer.x + outer.width, rect.x + rect.width);
  const double top = fmax (outer.y, rect.y), bottom = fmin (outer.y + outer.height, rect.y + rect.height);
  const XpsRect inner = {left, top, fmax (right - left, 0.0), fmax (bottom - top, 0.0)};
  g_array_append_val (work->clips, inner);
}

static void
add_item (Work *work, const XpsItem *item)
{
  switch (item->kind) {
  case XPS_ITEM_POLYLINE:
    add_polyline (work, item);
    break;
  case XPS_ITEM_AREA:
    add_area (work, item);
    break;
  case XPS_ITEM_SEGMENTS:
    add_segments (work, item);
    break;
  case XPS_ITEM_MARKERS:
    add_markers (work, item);
    break;
  case XPS_ITEM_RECTANGLE:
    add_rectangle (work, item);
    break;
  case XPS_ITEM_IMAGE:
    add_image (work, item);
    break;
  case XPS_ITEM_CLIP:
    push_clip (work, item->rect);
    break;
  case XPS_ITEM_UNCLIP:
    g_array_set_size (work->clips, work->clips->len - 1);
    break;
  case XPS_ITEM_TEXT:
  case XPS_N_ITEM_KINDS:
    break;
  }
}

static gsize
count_points (const XpsItem *const *items, gsize n, gboolean lines)
{
  gsize points = 0;
  for (gsize i = 0; i < n; i++)
    if (!lines || items[i]->kind == XPS_ITEM_POLYLINE)
      points += items[i]->n;
  return points;
}

XpsGlList *
xps_gl_list_new (const XpsScene *scene)
{
  XpsGlList *list = g_new0 (XpsGlList, 1);
  gsize n = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  const XpsRect page = {0.0, 0.0, xps_scene_get_width (scene), xps_scene_get_height (scene)};
  list->records = g_array_sized_new (FALSE, FALSE, sizeof (XpsGlRecord),
                                     (guint)MIN (count_points (items, n, FALSE), G_MAXINT / 32));
  list->batches = g_array_new (FALSE, FALSE, sizeof (XpsGlBatch));
  list->styles = g_array_new (FALSE, FALSE, sizeof (XpsGlStyle));
  list->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  list->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  Work work = {list, g_array_new (FALSE, FALSE, sizeof (XpsRect)),
               count_points (items, n, TRUE) > XPS_GL_DENSE_SEGMENTS, page.width, page.height};
  g_array_append_val (work.clips, page);
  add_record (list, 0.0, 0.0, 0.0, -1.0);
  for (gsize i = 0; i < n; i++)
    add_item (&work, items[i]);
  add_record (list, 0.0, 0.0, 0.0, -1.0);
  add_record (list, 0.0, 0.0, 0.0, -1.0); /* lines look two ahead */
  g_array_unref (work.clips);
  return list;
}

void
xps_gl_list_free (XpsGlList *list)
{
  g_array_unref (list->records);
  g_array_unref (list->batches);
  g_array_unref (list->styles);
  g_array_unref (list->starts);
  g_array_unref (list->counts);
  g_free (list);
}

static void
write_colour (float *out, const XpsTheme *theme, XpsInk ink, XpsUse use)
{
  const XpsColour colour = xps_theme_colour (theme, ink, use);
  out[0] = (float)(colour.red * colour.alpha);
  out[1] = (float)(colour.green * colour.alpha);
  out[2] = (float)(colour.blue * colour.alpha);
  out[3] = (float)colour.alpha;
}

static void
write_style (float *out, const XpsGlStyle *style, const XpsTheme *theme)
{
  const XpsItem *item = style->item;
  const gboolean stroked = stroke_shows (item->stroke) && !style->fill_only;
  gsize n = 0;
  const double *lengths = xps_dash_pattern (item->stroke.dash, &n);
  double end = 0.0;
  if (stroked)
    write_colour (out, theme, item->stroke.ink, XPS_USE_STROKE);
  if (item->fill.opacity > 0.0)
    write_colour (out + 4, theme, item->fill, XPS_USE_FILL);
  out[8] = stroked ? (float)item->stroke.width : 0.0f;
  out[9] = (float)item->size;
  out[10] = (float)item->marker;
  out[11] = (float)n;
  for (gsize i = 0; i < 6; i++) {
    end += i < n ? lengths[i] * item->stroke.width : 0.0;
    out[12 + i] = (float)end;
  }
  out[18] = (float)end;
}

float *
xps_gl_list_dup_styles (const XpsGlList *list, const XpsTheme *theme)
{
  const gsize width = 4 * XPS_GL_STYLE_TEXELS;
  float *styles = g_new0 (float, width *MAX (list->styles->len, 1));
  for (guint i = 0; i < list->styles->len; i++)
    write_style (styles + width * i, &g_array_index (list->styles, XpsGlStyle, i), theme);
  return styles;
}
