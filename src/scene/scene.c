/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/scene.h"

#include <math.h>
#include <string.h>

#define PAGE_MAX       14400.0 /* points: the largest page of PDF 1.7, annex C */
#define COORDINATE_MAX 1e5

typedef enum { HIT_LINE, HIT_AREA, HIT_RECT } HitKind; /* in the order they are asked */

typedef struct {
  char *id;
  HitKind kind;
  XpsRect bounds;
  gsize n;
  XpsPoint *points;
  double *base; /* of an area */
} Hit;

struct _XpsScene {
  gatomicrefcount references;
  double width, height;
  char *title, *description;
  GPtrArray *items; /* XpsItem *, each with what it points at */
  GPtrArray *hits;  /* Hit * */
};

struct _XpsSceneBuilder {
  XpsScene *scene;
  guint open_clips;
};

static void
item_free (void *data)
{
  XpsItem *item = data;
  g_free ((void *)item->points);
  g_free ((void *)item->base);
  g_free ((void *)item->text.markup);
  g_free ((void *)item->image.values);
  g_free (item);
}

static void
hit_free (void *data)
{
  Hit *hit = data;
  g_free (hit->id);
  g_free (hit->points);
  g_free (hit->base);
  g_free (hit);
}

XpsSceneBuilder *
xps_scene_builder_new (double width, double height)
{
  XpsScene *scene = g_new0 (XpsScene, 1);
  g_atomic_ref_count_init (&scene->references);
  scene->width = width >= 1.0 ? MIN (width, PAGE_MAX) : 1.0;
  scene->height = height >= 1.0 ? MIN (height, PAGE_MAX) : 1.0;
  scene->items = g_ptr_array_new_with_free_func (item_free);
  scene->hits = g_ptr_array_new_with_free_func (hit_free);
  XpsSceneBuilder *builder = g_new0 (XpsSceneBuilder, 1);
  builder->scene = scene;
  return builder;
}

XpsScene *
xps_scene_ref (XpsScene *scene)
{
  g_return_val_if_fail (scene != NULL, NULL);
  g_atomic_ref_count_inc (&scene->references);
  return scene;
}

void
xps_scene_unref (XpsScene *scene)
{
  g_return_if_fail (scene != NULL);
  if (!g_atomic_ref_count_dec (&scene->references))
    return;
  g_ptr_array_unref (scene->items);
  g_ptr_array_unref (scene->hits);
  g_free (scene->title);
  g_free (scene->description);
  g_free (scene);
}

void
xps_scene_builder_free (XpsSceneBuilder *builder)
{
  g_return_if_fail (builder != NULL);
  g_clear_pointer (&builder->scene, xps_scene_unref);
  g_free (builder);
}

XpsScene *
xps_scene_builder_end (XpsSceneBuilder *builder)
{
  g_return_val_if_fail (builder != NULL, NULL);
  while (builder->open_clips > 0)
    xps_scene_pop_clip (builder);
  XpsScene *scene = g_steal_pointer (&builder->scene);
  g_free (builder);
  return scene;
}

void
xps_scene_builder_set_title (XpsSceneBuilder *builder, const char *title, const char *description)
{
  g_return_if_fail (builder != NULL);
  g_free (builder->scene->title);
  g_free (builder->scene->description);
  builder->scene->title = title != NULL ? g_utf8_make_valid (title, -1) : NULL;
  builder->scene->description = description != NULL ? g_utf8_make_valid (description, -1) : NULL;
}

static double
held (double coordinate)
{
  return isfinite (coordinate) ? CLAMP (coordinate, -COORDINATE_MAX, COORDINATE_MAX) : (double)NAN;
}

static XpsRect
held_rect (XpsRect rect)
{
  const double x0 = held (rect.x), y0 = held (rect.y);
  const double x1 = held (rect.x + rect.width), y1 = held (rect.y + rect.height);
  if (isnan (x0 + y0 + x1 + y1))
    return (XpsRect){0};
  return (XpsRect){MIN (x0, x1), MIN (y0, y1), fabs (x1 - x0), fabs (y1 - y0)};
}

static XpsPoint *
dup_points (gsize n, const XpsPoint *points)
{
  XpsPoint *copy = g_new (XpsPoint, n);
  for (gsize i = 0; i < n; i++) {
    copy[i] = (XpsPoint){held (points[i].x), held (points[i].y)};
    if (isnan (copy[i].x) || isnan (copy[i].y))
      copy[i] = (XpsPoint){NAN, NAN};
  }
  return copy;
}

static XpsItem *
add_item (XpsSceneBuilder *builder, XpsItemKind kind)
{
  XpsItem *item = g_new0 (XpsItem, 1);
  item->kind = kind;
  g_ptr_array_add (builder->scene->items, item);
  return item;
}

static gboolean
stroke_shows (XpsStroke stroke)
{
  return stroke.width > 0.0 && stroke.ink.opacity > 0.0;
}

static void
add_stroked (XpsSceneBuilder *builder, XpsItemKind kind, gsize n, const XpsPoint *points, XpsStroke stroke)
{
  if (n < 2 || !stroke_shows (stroke))
    return;
  XpsItem *item = add_item (builder, kind);
  item->n = n;
  item->points = dup_points (n, points);
  item->stroke = stroke;
}

void
xps_scene_add_polyline (XpsSceneBuilder *builder, gsize n, const XpsPoint *points, XpsStroke stroke)
{
  g_return_if_fail (builder != NULL);
  add_stroked (builder, XPS_ITEM_POLYLINE, n, points, stroke);
}

void
xps_scene_add_segments (XpsSceneBuilder *builder, gsize n, const XpsPoint *points, XpsStroke stroke)
{
  g_return_if_fail (builder != NULL);
  add_stroked (builder, XPS_ITEM_SEGMENTS, n - n % 2, points, stroke);
}

void
xps_scene_add_area (XpsSceneBuilder *builder, gsize n, const XpsPoint *points, const double *base,
                    XpsInk fill)
{
  g_return_if_fail (builder != NULL);
  if (n < 2 || fill.opacity <= 0.0)
    return;
  XpsItem *item = add_item (builder, XPS_ITEM_AREA);
  XpsPoint *tops = dup_points (n, points);
  double *bases = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    bases[i] = held (base[i]);
    if (isnan (bases[i]))
      tops[i] = (XpsPoint){NAN, NAN};
  }
  item->n = n;
  item->points = tops;
  item->base = bases;
  item->fill = fill;
}

void
xps_scene_add_markers (XpsSceneBuilder *builder, gsize n, const XpsPoint *points, XpsMarker marker,
                       double size, XpsStroke stroke, XpsInk fill)
{
  g_return_if_fail (builder != NULL && (guint)marker < XPS_N_MARKERS);
  if (n == 0 || !(size > 0.0) || (!stroke_shows (stroke) && fill.opacity <= 0.0))
    return;
  XpsItem *item = add_item (builder, XPS_ITEM_MARKERS);
  item->n = n;
  item->points = dup_points (n, points);
  item->marker = marker;
  item->size = size;
  item->stroke = stroke;
  item->fill = fill;
}

void
xps_scene_add_rectangle (XpsSceneBuilder *builder, XpsRect rect, XpsStroke stroke, XpsInk fill)
{
  g_return_if_fail (builder != NULL);
  if (!stroke_shows (stroke) && fill.opacity <= 0.0)
    return;
  XpsItem *item = add_item (builder, XPS_ITEM_RECTANGLE);
  item->rect = held_rect (rect);
  item->stroke = stroke;
  item->fill = fill;
}

void
xps_scene_add_text (XpsSceneBuilder *builder, const XpsText *text)
{
  g_return_if_fail (builder != NULL && text != NULL);
  if (text->markup == NULL || text->markup[0] == '\0' || !(text->size > 0.0) || text->ink.opacity <= 0.0)
    return;
  XpsItem *item = add_item (builder, XPS_ITEM_TEXT);
  item->text = *text;
  item->text.markup = g_utf8_make_valid (text->markup, -1);
  item->text.at = (XpsPoint){held (text->at.x), held (text->at.y)};
  if (isnan (item->text.at.x + item->text.at.y))
    item->text.at = (XpsPoint){0.0, 0.0};
}

void
xps_scene_add_image (XpsSceneBuilder *builder, const XpsImage *image)
{
  g_return_if_fail (builder != NULL && image != NULL);
  const gsize cells = image->columns * image->rows;
  if (cells == 0 || image->values == NULL || cells / image->columns != image->rows)
    return;
  XpsItem *item = add_item (builder, XPS_ITEM_IMAGE);
  item->image = *image;
  item->image.rect = held_rect (image->rect);
  item->image.values = g_memdup2 (image->values, cells * sizeof (float));
}

void
xps_scene_push_clip (XpsSceneBuilder *builder, XpsRect rect)
{
  g_return_if_fail (builder != NULL);
  add_item (builder, XPS_ITEM_CLIP)->rect = held_rect (rect);
  builder->open_clips++;
}

void
xps_scene_pop_clip (XpsSceneBuilder *builder)
{
  g_return_if_fail (builder != NULL && builder->open_clips > 0);
  add_item (builder, XPS_ITEM_UNCLIP);
  builder->open_clips--;
}

static Hit *
add_hit (XpsSceneBuilder *builder, const char *id, HitKind kind)
{
  Hit *hit = g_new0 (Hit, 1);
  hit->id = g_strdup (id);
  hit->kind = kind;
  g_ptr_array_add (builder->scene->hits, hit);
  return hit;
}

void
xps_scene_add_hit_rect (XpsSceneBuilder *builder, const char *id, XpsRect rect)
{
  g_return_if_fail (builder != NULL && id != NULL);
  add_hit (builder, id, HIT_RECT)->bounds = held_rect (rect);
}

/* A curve's hit, or NULL where there is no point of it. */
static Hit *
add_hit_curve (XpsSceneBuilder *builder, const char *id, HitKind kind, gsize n, const XpsPoint *points,
               const double *base)
{
  double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
  g_autofree XpsPoint *copy = dup_points (n, points);
  for (gsize i = 0; i < n; i++) {
    if (base != NULL && isnan (held (base[i])))
      copy[i] = (XpsPoint){NAN, NAN};
    if (isnan (copy[i].x))
      continue;
    const double end = base != NULL ? held (base[i]) : copy[i].y;
    left = MIN (left, copy[i].x);
    right = MAX (right, copy[i].x);
    top = MIN (top, MIN (copy[i].y, end));
    bottom = MAX (bottom, MAX (copy[i].y, end));
  }
  if (right < left)
    return NULL;
  Hit *hit = add_hit (builder, id, kind);
  hit->bounds = (XpsRect){left, top, right - left, bottom - top};
  hit->n = n;
  hit->points = g_steal_pointer (&copy);
  return hit;
}

void
xps_scene_add_hit_area (XpsSceneBuilder *builder, const char *id, gsize n, const XpsPoint *points,
                        const double *base)
{
  g_return_if_fail (builder != NULL && id != NULL && (n == 0 || base != NULL));
  Hit *hit = add_hit_curve (builder, id, HIT_AREA, n, points, base);
  if (hit != NULL)
    hit->base = g_memdup2 (base, n * sizeof *base);
}

void
xps_scene_add_hit_line (XpsSceneBuilder *builder, const char *id, gsize n, const XpsPoint *points)
{
  g_return_if_fail (builder != NULL && id != NULL);
  add_hit_curve (builder, id, HIT_LINE, n, points, NULL);
}

double
xps_scene_get_width (const XpsScene *scene)
{
  g_return_val_if_fail (scene != NULL, 0.0);
  return scene->width;
}

double
xps_scene_get_height (const XpsScene *scene)
{
  g_return_val_if_fail (scene != NULL, 0.0);
  return scene->height;
}

const char *
xps_scene_get_title (const XpsScene *scene)
{
  g_return_val_if_fail (scene != NULL, NULL);
  return scene->title;
}

const char *
xps_scene_get_description (const XpsScene *scene)
{
  g_return_val_if_fail (scene != NULL, NULL);
  return scene->description;
}

const XpsItem *const *
xps_scene_get_items (const XpsScene *scene, gsize *n)
{
  g_return_val_if_fail (scene != NULL && n != NULL, NULL);
  *n = scene->items->len;
  return (const XpsItem *const *)scene->items->pdata;
}

static gboolean
rect_is_near (XpsRect rect, double x, double y, double tolerance)
{
  return x >= rect.x - tolerance && x <= rect.x + rect.width + tolerance && y >= rect.y - tolerance &&
         y <= rect.y + rect.height + tolerance;
}

static double
distance_to_segment (XpsPoint a, XpsPoint b, double x, double y)
{
  const double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
  const double along = square > 0.0 ? ((x - a.x) * dx + (y - a.y) * dy) / square : 0.0;
  const double part = CLAMP (along, 0.0, 1.0);
  return hypot (x - a.x - part * dx, y - a.y - part * dy);
}

/* Infinite where no stretch of the line comes within `tolerance`. */
static double
distance_to_line (const Hit *hit, double x, double y, double tolerance)
{
  double least = INFINITY;
  for (gsize i = 1; i < hit->n; i++) {
    const XpsPoint a = hit->points[i - 1], b = hit->points[i];
    if (MIN (a.x, b.x) <= x + tolerance && MAX (a.x, b.x) >= x - tolerance)
      least = fmin (least, distance_to_segment (a, b, x, y));
  }
  if (hit->n == 1)
    least = hypot (x - hit->points[0].x, y - hit->points[0].y);
  return least <= tolerance ? least : (double)INFINITY;
}

static gboolean
area_holds (const Hit *hit, double x, double y)
{
  for (gsize i = 1; i < hit->n; i++) {
    const XpsPoint a = hit->points[i - 1], b = hit->points[i];
    if (!(x >= MIN (a.x, b.x) && x <= MAX (a.x, b.x)))
      continue;
    const double part = b.x != a.x ? (x - a.x) / (b.x - a.x) : 0.0;
    const double top = a.y + part * (b.y - a.y);
    const double base = hit->base[i - 1] + part * (hit->base[i] - hit->base[i - 1]);
    if (y >= MIN (top, base) && y <= MAX (top, base))
      return TRUE;
  }
  return FALSE;
}

/* Infinite where the place does not answer; 0 inside one. */
static double
hit_distance (const Hit *hit, double x, double y, double tolerance)
{
  if (!rect_is_near (hit->bounds, x, y, hit->kind == HIT_LINE ? tolerance : 0.0))
    return INFINITY;
  if (hit->kind == HIT_LINE)
    return distance_to_line (hit, x, y, tolerance);
  return hit->kind == HIT_RECT || area_holds (hit, x, y) ? 0.0 : (double)INFINITY;
}

const char *
xps_scene_find_hit (const XpsScene *scene, double x, double y, double tolerance)
{
  g_return_val_if_fail (scene != NULL, NULL);
  const Hit *best = NULL;
  for (guint i = scene->hits->len; i-- > 0;) {
    const Hit *hit = g_ptr_array_index (scene->hits, i);
    if ((best == NULL || hit->kind < best->kind) && isfinite (hit_distance (hit, x, y, tolerance)))
      best = hit;
  }
  return best != NULL ? best->id : NULL;
}

const char *
xps_scene_find_nearest (const XpsScene *scene, const char *prefix, double x, double y, double tolerance)
{
  g_return_val_if_fail (scene != NULL && prefix != NULL, NULL);
  const Hit *best = NULL;
  double least = INFINITY;
  for (guint i = scene->hits->len; i-- > 0;) {
    const Hit *hit = g_ptr_array_index (scene->hits, i);
    if (!g_str_has_prefix (hit->id, prefix))
      continue;
    const double distance = hit_distance (hit, x, y, tolerance);
    if (!isfinite (distance) || (best != NULL && hit->kind > best->kind))
      continue;
    if (best != NULL && hit->kind == best->kind && distance >= least)
      continue;
    best = hit;
    least = distance;
  }
  return best != NULL ? best->id : NULL;
}

gboolean
xps_scene_get_hit_bounds (const XpsScene *scene, const char *id, XpsRect *bounds)
{
  g_return_val_if_fail (scene != NULL && id != NULL && bounds != NULL, FALSE);
  for (guint i = scene->hits->len; i-- > 0;) {
    const Hit *hit = g_ptr_array_index (scene->hits, i);
    if (strcmp (hit->id, id) != 0)
      continue;
    *bounds = hit->bounds;
    return TRUE;
  }
  return FALSE;
}
