/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "draw-gl/layer.h"

#include <math.h>

#define CELL 12.0 /* points: small enough to follow a curve, large enough to be few */

typedef struct {
  guint8 *marks; /* [rows * columns] */
  int columns, rows;
} Grid;

/* How far ink goes beyond the points, with a point for edges. */
static double
item_reach (const XpsItem *item)
{
  const double half = item->stroke.width > 0.0 ? 0.5 * item->stroke.width : 0.0;
  return half + 1.0 + (item->kind == XPS_ITEM_MARKERS ? 0.625 * item->size : 0.0);
}

XpsRect
xps_gl_layer_bounds (const XpsItem *item)
{
  const double reach = item_reach (item);
  double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
  for (gsize i = 0; i < item->n; i++) {
    const XpsPoint point = item->points[i];
    const double other = item->base != NULL ? item->base[i] : point.y;
    left = fmin (left, point.x);
    right = fmax (right, point.x);
    top = fmin (top, fmin (point.y, other));
    bottom = fmax (bottom, fmax (point.y, other));
  }
  if (!(right >= left && bottom >= top))
    return (XpsRect){0};
  return (XpsRect){left - reach, top - reach, right - left + 2.0 * reach, bottom - top + 2.0 * reach};
}

/* The cell that holds the coordinate, the nearest one where none does. */
static int
cell_of (double coordinate, int n)
{
  return (int)CLAMP (floor (coordinate / CELL), 0.0, (double)(n - 1));
}

static void
mark_box (Grid *grid, double left, double top, double right, double bottom)
{
  if (right < 0.0 || bottom < 0.0 || left > grid->columns * CELL || top > grid->rows * CELL)
    return;
  const int last_row = cell_of (bottom, grid->rows), last_column = cell_of (right, grid->columns);
  for (int row = cell_of (top, grid->rows); row <= last_row; row++)
    for (int column = cell_of (left, grid->columns); column <= last_column; column++)
      grid->marks[row * grid->columns + column] = 1;
}

/* Column by column, so that a slanting segment does not mark its whole bounds. */
static void
mark_segment (Grid *grid, XpsPoint a, XpsPoint b, double reach)
{
  const XpsPoint left = a.x <= b.x ? a : b, right = a.x <= b.x ? b : a;
  const double width = right.x - left.x, slope = width > 0.0 ? (right.y - left.y) / width : 0.0;
  if (right.x + reach < 0.0 || left.x - reach > grid->columns * CELL)
    return;
  const int last = cell_of (right.x + reach, grid->columns);
  for (int column = cell_of (left.x - reach, grid->columns); column <= last; column++) {
    const double from = CLAMP (column * CELL - reach, left.x, right.x);
    const double to = CLAMP ((column + 1) * CELL + reach, left.x, right.x);
    const double y0 = width > 0.0 ? left.y + slope * (from - left.x) : left.y;
    const double y1 = width > 0.0 ? left.y + slope * (to - left.x) : right.y;
    mark_box (grid, column * CELL, fmin (y0, y1) - reach, column * CELL, fmax (y0, y1) + reach);
  }
}

static gboolean
is_gap (XpsPoint point)
{
  return isnan (point.x) || isnan (point.y);
}

static void
mark_item (Grid *grid, const XpsItem *item)
{
  const double reach = item_reach (item);
  const gsize step = item->kind == XPS_ITEM_SEGMENTS ? 2 : 1;
  for (gsize i = 0; i < item->n; i += step) {
    const XpsPoint a = item->points[i], b = item->points[MIN (i + 1, item->n - 1)];
    if (is_gap (a) || is_gap (b)) {
      if (item->kind == XPS_ITEM_MARKERS && !is_gap (a))
        mark_box (grid, a.x - reach, a.y - reach, a.x + reach, a.y + reach);
      continue;
    }
    if (item->kind == XPS_ITEM_MARKERS)
      mark_box (grid, a.x - reach, a.y - reach, a.x + reach, a.y + reach);
    else if (item->kind == XPS_ITEM_AREA) {
      const double other_a = item->base[i], other_b = item->base[MIN (i + 1, item->n - 1)];
      mark_box (grid, fmin (a.x, b.x) - reach, fmin (fmin (a.y, b.y), fmin (other_a, other_b)) - reach,
                fmax (a.x, b.x) + reach, fmax (fmax (a.y, b.y), fmax (other_a, other_b)) + reach);
    } else
      mark_segment (grid, a, b, reach);
  }
}

guint
xps_gl_layer_add_boxes (GArray *records, const XpsItem *item, double width, double height)
{
  const guint before = records->len;
  Grid grid = {.columns = (int)ceil (width / CELL), .rows = (int)ceil (height / CELL)};
  grid.marks = g_malloc0 ((gsize)grid.columns * (gsize)grid.rows);
  mark_item (&grid, item);
  for (int row = 0; row < grid.rows; row++) {
    const guint8 *marks = grid.marks + (gsize)row * (gsize)grid.columns;
    for (int from = 0, to; from < grid.columns; from = to + 1) {
      for (to = from; to < grid.columns && marks[to] != 0;)
        to++;
      const XpsGlRecord box = {(float)(from * CELL), (float)(row * CELL), (float)(to * CELL),
                               (float)((row + 1) * CELL)};
      if (to > from)
        g_array_append_val (records, box);
    }
  }
  g_free (grid.marks);
  return records->len - before;
}
