/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/thin.h"

#include <math.h>

#define KEPT_MAX 6 /* first, last and two extremes of each of two curves */

/* The points of one column that stay. */
typedef struct {
  gsize first, last, top, bottom, base_top, base_bottom;
} Column;

static gboolean
is_gap (XpsPoint point)
{
  return isnan (point.x) || isnan (point.y);
}

/* Runs one way in x, gaps aside, and has more points than the columns can show. */
static gboolean
needs_thinning (gsize n, const XpsPoint *points, double column, gsize kept_per_column)
{
  double left = INFINITY, right = -INFINITY, before = NAN;
  gboolean rises = FALSE, falls = FALSE;
  if (!(column > 0.0))
    return FALSE;
  for (gsize i = 0; i < n; i++) {
    if (is_gap (points[i]))
      continue;
    rises |= points[i].x > before;
    falls |= points[i].x < before;
    before = points[i].x;
    left = fmin (left, before);
    right = fmax (right, before);
  }
  return !(rises && falls) && right > left &&
         (double)n > (double)kept_per_column * ((right - left) / column + 1.0);
}

static void
column_start (Column *column, gsize i)
{
  *column = (Column){i, i, i, i, i, i};
}

static void
column_add (Column *column, gsize i, const XpsPoint *points, const double *base)
{
  column->last = i;
  if (points[i].y < points[column->top].y)
    column->top = i;
  if (points[i].y > points[column->bottom].y)
    column->bottom = i;
  if (base == NULL)
    return;
  if (base[i] < base[column->base_top])
    column->base_top = i;
  if (base[i] > base[column->base_bottom])
    column->base_bottom = i;
}

/* Appends the column's points in their order, each once. */
static gsize
column_flush (const Column *column, gboolean has_base, gsize *kept, gsize n_kept)
{
  gsize indices[KEPT_MAX] = {column->first,  column->last,     column->top,
                             column->bottom, column->base_top, column->base_bottom};
  const gsize n = has_base ? KEPT_MAX : KEPT_MAX - 2;
  for (gsize i = 1; i < n; i++)
    for (gsize k = i; k > 0 && indices[k] < indices[k - 1]; k--) {
      const gsize swap = indices[k];
      indices[k] = indices[k - 1];
      indices[k - 1] = swap;
    }
  for (gsize i = 0; i < n; i++)
    if (i == 0 || indices[i] != indices[i - 1])
      kept[n_kept++] = indices[i];
  return n_kept;
}

gsize
xps_thin (gsize n, const XpsPoint *points, const double *base, double column_width, gsize *kept)
{
  g_return_val_if_fail (n == 0 || (points != NULL && kept != NULL), 0);
  gsize n_kept = 0;
  if (!needs_thinning (n, points, column_width, base != NULL ? KEPT_MAX : KEPT_MAX - 2)) {
    for (gsize i = 0; i < n; i++)
      kept[i] = i;
    return n;
  }
  Column column = {0};
  gboolean open = FALSE;
  double number = 0.0;
  for (gsize i = 0; i < n; i++) {
    const gboolean gap = is_gap (points[i]);
    const double here = gap ? 0.0 : floor (points[i].x / column_width);
    if (open && (gap || here != number)) {
      n_kept = column_flush (&column, base != NULL, kept, n_kept);
      open = FALSE;
    }
    if (gap && (i == 0 || !is_gap (points[i - 1])))
      kept[n_kept++] = i;
    if (gap)
      continue;
    if (!open)
      column_start (&column, i);
    else
      column_add (&column, i, points, base);
    open = TRUE;
    number = here;
  }
  return open ? column_flush (&column, base != NULL, kept, n_kept) : n_kept;
}

/* Slopes of the lines from a chord's beginning that pass all points so far. */
typedef struct {
  double low, high;
} Cone;

/* Whether the line to (dx, dy) from the beginning passes all points before; then narrows the cone by this
 * point. */
static gboolean
cone_takes (Cone *cone, double dx, double dy, double tolerance)
{
  if (dy / dx < cone->low || dy / dx > cone->high)
    return FALSE;
  cone->low = fmax (cone->low, (dy - tolerance) / dx);
  cone->high = fmin (cone->high, (dy + tolerance) / dx);
  return TRUE;
}

/* First index after `from` that a chord from there cannot reach; at least from + 2. */
static gsize
chord_end (gsize n, const XpsPoint *points, const double *base, double tolerance, gsize from)
{
  Cone top = {-INFINITY, INFINITY}, bottom = {-INFINITY, INFINITY};
  const double direction = points[from + 1].x - points[from].x;
  gsize i = from + 1;
  for (; i < n && !is_gap (points[i]); i++) {
    /* Signed along the direction, so that slopes grow upwards either way. */
    const double dx = direction > 0.0 ? points[i].x - points[from].x : points[from].x - points[i].x;
    if (!(dx > 0.0) || (points[i].x - points[i - 1].x) * direction <= 0.0)
      break;
    if (!cone_takes (&top, dx, points[i].y - points[from].y, tolerance))
      break;
    if (base != NULL && !cone_takes (&bottom, dx, base[i] - base[from], tolerance))
      break;
  }
  return MAX (i, from + 2);
}

gsize
xps_simplify (gsize n, const XpsPoint *points, const double *base, double tolerance, gsize *kept)
{
  g_return_val_if_fail (n == 0 || (points != NULL && kept != NULL), 0);
  gsize n_kept = 0;
  for (gsize from = 0; from < n;) {
    kept[n_kept++] = from;
    if (from + 1 >= n || is_gap (points[from]) || is_gap (points[from + 1]))
      from++;
    else
      from = chord_end (n, points, base, tolerance, from) - 1;
  }
  return n_kept;
}
