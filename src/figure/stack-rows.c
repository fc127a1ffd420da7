/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/stack-private.h"

#include <math.h>

/* Where the steps of a stack lie along the vertical axis. */

#define GAP 3.0 /* a distance so many times larger than those beside it is a gap, not a long step */

static const XpsClock *
get_clock (const XpsStack *stack, const XpsStackView *view)
{
  const guint at = view->clock >= 0 ? (guint)view->clock : (guint)stack->axis;
  return at < stack->clocks->len ? g_ptr_array_index (stack->clocks, at) : NULL;
}

/* Every value belongs to one step, or to steps beside each other. */
static gboolean
is_one_way (const XpsClock *clock)
{
  g_autoptr (GArray) branches = xps_clock_find_branches (clock, 2);
  gsize known = 0;
  for (gsize i = 0; i < clock->n; i++)
    known += isfinite (clock->values[i]);
  return branches->len < 2 && known > 1;
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer places)
{
  const double x = ((const double *)places)[*(const gsize *)a],
               y = ((const double *)places)[*(const gsize *)b];
  return x < y ? -1 : x > y;
}

/* Half the way to the neighbour; across a gap only as far as the other neighbour is. */
static double
half_way (double here, double there, double other)
{
  return other > 0.0 && there > GAP * fmax (here, other) ? 0.5 * fmax (here, other) : 0.5 * there;
}

/* Distance between the places of two shown steps, 0 beyond the ends. */
static double
distance (const XpsStackRows *rows, gsize k)
{
  return k + 1 < rows->n ? rows->place[rows->step[k + 1]] - rows->place[rows->step[k]] : 0.0;
}

static void
find_edges (XpsStackRows *rows)
{
  for (gsize k = 0; k < rows->n; k++) {
    const double at = rows->place[rows->step[k]];
    const double before = k > 0 ? distance (rows, k - 1) : 0.0, after = distance (rows, k);
    const double before2 = k > 1 ? distance (rows, k - 2) : 0.0, after2 = distance (rows, k + 1);
    double down = k > 0 ? half_way (after, before, before2) : 0.5 * after;
    double up = k + 1 < rows->n ? half_way (before, after, after2) : 0.5 * before;
    if (k == 0 && after2 > 0.0 && after > GAP * after2)
      down = up = 0.5 * after2;
    if (k + 1 == rows->n && before2 > 0.0 && before > GAP * before2)
      down = up = 0.5 * before2;
    rows->low[k] = at - down;
    rows->high[k] = at + up;
  }
  if (rows->n == 0)
    return;
  if (rows->n == 1 || !(rows->high[rows->n - 1] > rows->low[0])) /* one step, or all at one place */
    for (gsize k = 0; k < rows->n; k++) {
      rows->low[k] = rows->place[rows->step[k]] - 0.5;
      rows->high[k] = rows->place[rows->step[k]] + 0.5;
    }
}

void
xps_stack_rows_init (XpsStackRows *rows, const XpsStack *stack, const XpsStackView *view)
{
  const gsize n = MAX (stack->n, 1);
  *rows = (XpsStackRows){.step = g_new (gsize, n),
                         .low = g_new (double, n),
                         .high = g_new (double, n),
                         .place = g_new (double, n),
                         .clock = get_clock (stack, view)};
  rows->by_number = view->by_number || view->kind == XPS_STACK_WATERFALL || rows->clock == NULL ||
                    rows->clock->kind == XPS_CLOCK_NUMBER || !is_one_way (rows->clock);
  if (rows->clock != NULL && rows->clock->kind == XPS_CLOCK_NUMBER)
    rows->clock = NULL;
  double first = NAN, last = NAN;
  for (gsize i = 0; i < stack->n; i++) {
    rows->place[i] = rows->by_number ? (double)i + 1.0 : rows->clock->values[i];
    if (stack->rows[i].data == NULL || !isfinite (rows->place[i])) {
      rows->place[i] = NAN;
      continue;
    }
    rows->step[rows->n++] = i;
    first = isnan (first) ? rows->place[i] : first;
    last = rows->place[i];
  }
  rows->falls = last < first;
  g_qsort_with_data (rows->step, (int)rows->n, sizeof (gsize), compare_places, rows->place);
  find_edges (rows);
  rows->bottom = rows->n > 0 ? rows->low[0] : 0.0;
  rows->top = rows->n > 0 ? rows->high[rows->n - 1] : 1.0;
}

void
xps_stack_rows_clear (XpsStackRows *rows)
{
  g_free (rows->step);
  g_free (rows->low);
  g_free (rows->high);
  g_free (rows->place);
}
