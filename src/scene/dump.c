/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/scene.h"

#include "base/number.h"

#include <math.h>

static const char *const role_names[XPS_N_INKS] = {"canvas", "foreground", "muted",  "axis",
                                                   "accent", "warning",    "series", "custom"};
static const char *const marker_names[XPS_N_MARKERS] = {"circle", "square", "diamond", "up", "down", "cross"};

/* Lists up to this long are written out. */
#define POINTS_IN_FULL 8

/* A hundredth of a point cannot be seen and lies far above rounding errors, so dumps are the same everywhere.
 */
static void
put_length (GString *out, double value)
{
  const double rounded = round (value * 100.0) / 100.0;
  g_autofree char *text = xps_number_dup_with_error (rounded == 0.0 ? 0.0 : rounded, NAN, 2);
  g_string_append (out, text);
}

static void
put_named (GString *out, const char *name, double value)
{
  g_string_append_printf (out, " %s=", name);
  put_length (out, value);
}

static void
put_point (GString *out, XpsPoint point)
{
  g_string_append_c (out, ' ');
  put_length (out, point.x);
  g_string_append_c (out, ',');
  put_length (out, point.y);
}

static void
put_rect (GString *out, XpsRect rect)
{
  put_point (out, (XpsPoint){rect.x, rect.y});
  put_point (out, (XpsPoint){rect.width, rect.height});
}

static void
put_ink (GString *out, const char *name, XpsInk ink)
{
  if (ink.opacity <= 0.0)
    return;
  g_string_append_printf (out, " %s=%s", name, role_names[ink.role]);
  if (ink.role == XPS_INK_SERIES)
    g_string_append_printf (out, "%u", ink.series);
  if (ink.role == XPS_INK_CUSTOM)
    g_string_append_printf (out, "#%06x", ink.rgb);
  if (ink.tint != 0.0)
    put_named (out, "tint", ink.tint);
  if (ink.opacity < 1.0)
    put_named (out, "opacity", ink.opacity);
}

static void
put_stroke (GString *out, XpsStroke stroke)
{
  if (!(stroke.width > 0.0))
    return;
  put_ink (out, "stroke", stroke.ink);
  put_named (out, "width", stroke.width);
  if (stroke.dash != XPS_DASH_SOLID)
    g_string_append_printf (out, " dash=%d", stroke.dash);
}

static void
put_points (GString *out, const XpsItem *item)
{
  double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
  g_string_append_printf (out, " n=%" G_GSIZE_FORMAT, item->n);
  if (item->n <= POINTS_IN_FULL) {
    for (gsize i = 0; i < item->n; i++)
      put_point (out, item->points[i]);
    return;
  }
  for (gsize i = 0; i < item->n; i++) {
    left = fmin (left, item->points[i].x);
    right = fmax (right, item->points[i].x);
    top = fmin (top, item->points[i].y);
    bottom = fmax (bottom, item->points[i].y);
  }
  g_string_append (out, " first");
  put_point (out, item->points[0]);
  g_string_append (out, " last");
  put_point (out, item->points[item->n - 1]);
  g_string_append (out, " within");
  put_rect (out, (XpsRect){left, top, right - left, bottom - top});
}

static void
put_text (GString *out, const XpsText *text)
{
  put_point (out, text->at);
  put_named (out, "anchor", text->anchor);
  put_named (out, "size", text->size);
  if (text->rotation != 0.0)
    put_named (out, "rotation", text->rotation);
  if (text->bold)
    g_string_append (out, " bold");
  put_ink (out, "ink", text->ink);
  g_string_append_printf (out, " \"%s\"", text->markup);
}

static void
put_image (GString *out, const XpsImage *image)
{
  put_rect (out, image->rect);
  g_string_append_printf (out, " cells=%" G_GSIZE_FORMAT "x%" G_GSIZE_FORMAT " table=%d", image->columns,
                          image->rows, image->table);
  put_named (out, "low", image->low);
  put_named (out, "high", image->high);
}

static void
put_item (GString *out, const XpsItem *item)
{
  static const char *const names[XPS_N_ITEM_KINDS] = {"polyline", "area",  "segments", "markers", "rectangle",
                                                      "text",     "image", "clip",     "unclip"};
  g_string_append (out, names[item->kind]);
  switch (item->kind) {
  case XPS_ITEM_MARKERS:
    g_string_append_printf (out, " %s", marker_names[item->marker]);
    put_named (out, "size", item->size);
    put_points (out, item);
    break;
  case XPS_ITEM_POLYLINE:
  case XPS_ITEM_AREA:
  case XPS_ITEM_SEGMENTS:
    put_points (out, item);
    break;
  case XPS_ITEM_RECTANGLE:
  case XPS_ITEM_CLIP:
    put_rect (out, item->rect);
    break;
  case XPS_ITEM_TEXT:
    put_text (out, &item->text);
    break;
  case XPS_ITEM_IMAGE:
    put_image (out, &item->image);
    break;
  case XPS_ITEM_UNCLIP:
  case XPS_N_ITEM_KINDS:
    break;
  }
  put_stroke (out, item->stroke);
  put_ink (out, "fill", item->fill);
  g_string_append_c (out, '\n');
}

char *
xps_scene_dup_dump (const XpsScene *scene)
{
  g_return_val_if_fail (scene != NULL, NULL);
  GString *out = g_string_new ("scene");
  put_point (out, (XpsPoint){xps_scene_get_width (scene), xps_scene_get_height (scene)});
  if (xps_scene_get_title (scene) != NULL)
    g_string_append_printf (out, " \"%s\"", xps_scene_get_title (scene));
  g_string_append_c (out, '\n');
  gsize n = 0;
  const XpsItem *const *items = xps_scene_get_items (scene, &n);
  for (gsize i = 0; i < n; i++)
    put_item (out, items[i]);
  return g_string_free (out, FALSE);
}
