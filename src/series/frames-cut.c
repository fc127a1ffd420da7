/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "series/frames-private.h"
#include "series/robust.h"

/* A frame whose measurement ended before its last energy: nothing but zeros from there on, where its
 * neighbours have counts. */

#define LEAST_POINTS 3
#define LEAST_COUNTS 30 /* that chance would have left out: exp (-30) */

static double
sum_over (const double *row, gsize from, gsize to)
{
  double sum = 0;
  for (gsize j = from; j < to; j++)
    sum += row[j];
  return sum;
}

/* Median of the neighbours' counts over a stretch. */
static double
usual_over (const double *const *near, gsize n, gsize from, gsize to)
{
  double sums[2 * XPS_FRAMES_REACH];
  for (gsize k = 0; k < n; k++)
    sums[k] = sum_over (near[k], from, to);
  return xps_median (sums, n);
}

static gboolean
is_missing (const double *const *near, gsize n, gsize from, gsize to)
{
  return to - from >= LEAST_POINTS && usual_over (near, n, from, to) > LEAST_COUNTS;
}

gboolean
xps_frames_find_cut (const double *row, gsize m, const double *const *near, gsize n, gsize *last,
                     double *share)
{
  gsize from = 0, to = m;
  while (from < m && row[from] == 0)
    from++;
  while (to > from && row[to - 1] == 0)
    to--;
  const gboolean upper = to < m && n >= 2 && is_missing (near, n, to, m);
  const gboolean lower = from > 0 && n >= 2 && is_missing (near, n, 0, from);
  if (from == to || (!upper && !lower))
    return FALSE;
  *last = upper ? to - 1 : from;
  *share = sum_over (row, 0, m) / usual_over (near, n, 0, m);
  return TRUE;
}
