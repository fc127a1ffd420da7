/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/place.h"

#include <math.h>
#include <stdlib.h>

#define COLUMN 0.5

void
xps_skyline_init (XpsSkyline *skyline, XpsRect rect)
{
  skyline->x0 = rect.x;
  skyline->n = (gsize)ceil (fmax (rect.width, 0.0) / COLUMN) + 1;
  skyline->step = COLUMN;
  skyline->top = g_new (double, skyline->n);
  for (gsize i = 0; i < skyline->n; i++)
    skyline->top[i] = rect.y + rect.height;
}

void
xps_skyline_clear (XpsSkyline *skyline)
{
  g_clear_pointer (&skyline->top, g_free);
  skyline->n = 0;
}

static gssize
column_of (const XpsSkyline *skyline, double x)
{
  const double column = floor ((x - skyline->x0) / skyline->step);
  return (gssize)CLAMP (column, -1.0, (double)skyline->n);
}

static void
raise_column (XpsSkyline *skyline, gssize column, double y)
{
  if (column >= 0 && column < (gssize)skyline->n)
    skyline->top[column] = fmin (skyline->top[column], y);
}

/* Both ends' columns take the higher end only as far as the line reaches in them: the line is sampled at the
 * columns' edges. */
static void
add_line (XpsSkyline *skyline, XpsPoint a, XpsPoint b)
{
  if (a.x > b.x) {
    const XpsPoint swap = a;
    a = b;
    b = swap;
  }
  const gssize first = column_of (skyline, a.x), last = column_of (skyline, b.x);
  raise_column (skyline, first, a.y);
  raise_column (skyline, last, b.y);
  for (gssize column = first + 1; column <= last; column++) {
    const double edge = skyline->x0 + (double)column * skyline->step;
    const double y = a.y + (b.y - a.y) * (edge - a.x) / (b.x - a.x);
    raise_column (skyline, column - 1, y);
    raise_column (skyline, column, y);
  }
}

void
xps_skyline_add (XpsSkyline *skyline, const XpsPanel *panel, gsize n, const double *x, const double *y,
                 double pad)
{
  XpsPoint before = {NAN, NAN};
  for (gsize i = 0; i < n; i++) {
    XpsPoint here = xps_panel_map (panel, x[i], y[i]);
    here.y -= pad;
    if (!isfinite (here.x) || !isfinite (here.y)) {
      before.x = NAN;
      continue;
    }
    add_line (skyline, isnan (before.x) ? here : before, here);
    before = here;
  }
}

double
xps_skyline_top (const XpsSkyline *skyline, double from, double to)
{
  const gssize first = MAX (column_of (skyline, from), 0);
  const gssize last = MIN (column_of (skyline, to), (gssize)skyline->n - 1);
  double top = INFINITY;
  for (gssize i = first; i <= last; i++)
    top = fmin (top, skyline->top[i]);
  return top;
}

/* Boxes side by side, each as near to its apex as the others allow: least squares under the order, solved by
 * pooling neighbours that push each other (M. Ayer et al., Ann. Math. Stat. 26 (1955) 641). */
static gboolean
spread (XpsName *names, gsize n, XpsRect rect, double gap)
{
  g_autofree double *mean = g_new (double, n);
  g_autofree double *offset = g_new (double, n);
  g_autofree double *weight = g_new (double, n);
  g_autofree gsize *size = g_new (gsize, n);
  gsize blocks = 0;
  double used = 0.0;
  for (gsize i = 0; i < n; i++) {
    offset[i] = used;
    used += names[i].width + (i + 1 < n ? gap : 0.0);
    mean[blocks] = names[i].apex.x - 0.5 * names[i].width - offset[i];
    weight[blocks] = fmax (rect.y + rect.height - names[i].apex.y, 1.0);
    size[blocks++] = 1;
    for (; blocks > 1 && mean[blocks - 1] < mean[blocks - 2]; blocks--) {
      const double both = weight[blocks - 2] + weight[blocks - 1];
      mean[blocks - 2] =
          (mean[blocks - 2] * weight[blocks - 2] + mean[blocks - 1] * weight[blocks - 1]) / both;
      weight[blocks - 2] = both;
      size[blocks - 2] += size[blocks - 1];
    }
  }
  if (used > rect.width)
    return FALSE;
  for (gsize b = 0, i = 0; b < blocks; b++)
    for (gsize k = 0; k < size[b]; k++, i++)
      names[i].box.x = CLAMP (mean[b], rect.x, rect.x + rect.width - used) + offset[i];
  return TRUE;
}

gboolean
xps_name_leader (const XpsName *name, double gap, XpsPoint ends[2])
{
  const double bottom = name->box.y + name->box.height;
  const double left = name->box.x + MIN (2.0, 0.5 * name->width);
  const double right = name->box.x + name->width - MIN (2.0, 0.5 * name->width);
  ends[0] = (XpsPoint){CLAMP (name->apex.x, left, right), bottom + 0.5};
  ends[1] = (XpsPoint){name->apex.x, name->apex.y - 1.0};
  return ends[1].y - ends[0].y > 2.5 * gap || fabs (ends[1].x - ends[0].x) > 1.0;
}

/* Whether the line passes through the rectangle (Liang and Barsky, 1984). */
static gboolean
crosses (const XpsPoint ends[2], XpsRect rect)
{
  const double d[] = {ends[1].x - ends[0].x, ends[1].y - ends[0].y};
  const double p[] = {-d[0], d[0], -d[1], d[1]};
  const double q[] = {ends[0].x - rect.x, rect.x + rect.width - ends[0].x, ends[0].y - rect.y,
                      rect.y + rect.height - ends[0].y};
  double enter = 0.0, leave = 1.0;
  for (int i = 0; i < 4; i++) {
    if (p[i] == 0.0 && q[i] < 0.0)
      return FALSE;
    if (p[i] < 0.0)
      enter = fmax (enter, q[i] / p[i]);
    if (p[i] > 0.0)
      leave = fmin (leave, q[i] / p[i]);
  }
  return enter < leave;
}

static gboolean
leaders_cross (const XpsName *names, gsize n, double gap)
{
  for (gsize i = 0; i < n; i++) {
    XpsPoint ends[2];
    if (!xps_name_leader (&names[i], gap, ends))
      continue;
    for (gsize k = 0; k < n; k++)
      if (k != i && crosses (ends, names[k].box))
        return TRUE;
  }
  return FALSE;
}

gboolean
xps_names_place (XpsName *names, gsize n, const XpsSkyline *skyline, XpsRect rect, double height, double gap)
{
  double highest = INFINITY;
  if (!spread (names, n, rect, gap))
    return FALSE;
  for (gsize i = 0; i < n; i++) {
    XpsRect *box = &names[i].box;
    const double top = xps_skyline_top (skyline, box->x - 0.5 * gap, box->x + names[i].width + 0.5 * gap);
    box->width = names[i].width;
    box->height = height;
    box->y = fmin (fmin (top, names[i].apex.y), rect.y + rect.height) - gap - height;
    highest = fmin (highest, box->y);
  }
  /* On one line, lines to the apices go down and meet no name. */
  if (leaders_cross (names, n, gap))
    for (gsize i = 0; i < n; i++)
      names[i].box.y = highest;
  return n == 0 || highest >= rect.y;
}
