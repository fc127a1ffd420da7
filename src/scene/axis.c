/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scene/axis.h"

#include "base/number.h"

#include <math.h>

#define LIMIT_MAX  1e300
#define EXTEND_MAX 34 /* percent of the range */

static const int mantissas[] = {1, 2, 5};

static double
power_of_ten (int exponent)
{
  return pow (10.0, exponent);
}

void
xps_axis_init (XpsAxis *axis, double low, double high, gboolean reversed, double start, double end)
{
  g_return_if_fail (axis != NULL);
  if (!isfinite (low) || !isfinite (high)) {
    low = isfinite (low) ? low : (isfinite (high) ? high : 0.0);
    high = low;
  }
  const double bottom = CLAMP (MIN (low, high), -LIMIT_MAX, LIMIT_MAX);
  const double top = CLAMP (MAX (low, high), -LIMIT_MAX, LIMIT_MAX);
  const double size = fmax (fabs (bottom), fabs (top));
  *axis = (XpsAxis){bottom, top, reversed, start, end};
  /* Below this a double has no five distinct tick positions left. */
  const double smallest = fmax (size * 1e-12, 1e-300);
  if (top - bottom >= smallest)
    return;
  const double opening = size > 0.0 ? fmax (0.5 * smallest * 1e3, fabs (size) * 1e-3) : 0.5;
  axis->low = bottom - opening;
  axis->high = top + opening;
}

double
xps_axis_map (const XpsAxis *axis, double value)
{
  const double part = (value - axis->low) / (axis->high - axis->low);
  return axis->reversed ? axis->end + part * (axis->start - axis->end)
                        : axis->start + part * (axis->end - axis->start);
}

double
xps_axis_unmap (const XpsAxis *axis, double position)
{
  const double part = (position - axis->start) / (axis->end - axis->start);
  return axis->low + (axis->reversed ? 1.0 - part : part) * (axis->high - axis->low);
}

static double
multiple (gint64 k, int mantissa, int exponent)
{
  /* Dividing by a whole power of ten rounds once: 3 * 0.1 would give 0.30000000000000004. */
  const double whole = (double)k * mantissa;
  return exponent < 0 && exponent >= -22 ? whole / power_of_ten (-exponent) : whole * power_of_ten (exponent);
}

/* A limit that lies on a tick but for rounding counts as on it. */
static void
count_ticks (const XpsAxis *axis, int mantissa, int exponent, XpsTicks *ticks)
{
  const double step = multiple (1, mantissa, exponent);
  const double slack = 1e-9;
  const double first = ceil (axis->low / step - slack * (1.0 + fabs (axis->low / step) * 1e-6));
  const double last = floor (axis->high / step + slack * (1.0 + fabs (axis->high / step) * 1e-6));
  *ticks = (XpsTicks){.first = (gint64)first,
                      .n = last >= first ? (guint)fmin (last - first + 1.0, 1e6) : 0,
                      .mantissa = mantissa,
                      .exponent = exponent};
}

/* 0 within the wanted count; more than `most` is worse than too few, as labels would touch. */
static guint
count_fault (guint n, guint most)
{
  const guint least = MIN (XPS_TICKS_MIN, most);
  if (n < least)
    return 2 * (least - n);
  return n > most ? 3 * (n - most) : 0;
}

static guint
best_ticks (const XpsAxis *axis, guint most, XpsTicks *best)
{
  const int decade = (int)floor (log10 (axis->high - axis->low));
  guint least_fault = G_MAXUINT;
  for (int exponent = decade - 2; exponent <= decade + 1; exponent++)
    for (gsize m = 0; m < G_N_ELEMENTS (mantissas); m++) {
      XpsTicks ticks;
      count_ticks (axis, mantissas[m], exponent, &ticks);
      const guint fault = count_fault (ticks.n, most);
      if (fault < least_fault || (fault == least_fault && fault > 0 && ticks.n > 0)) {
        least_fault = fault;
        *best = ticks;
      }
    }
  return least_fault;
}

static int
label_scale (const XpsAxis *axis)
{
  const double size = fmax (fabs (axis->low), fabs (axis->high));
  if (size < 1e5 && size >= 1e-2)
    return 0;
  return 3 * (int)floor (log10 (size) / 3.0);
}

void
xps_axis_choose_ticks (const XpsAxis *axis, guint most, gboolean scaled, XpsTicks *ticks)
{
  g_return_if_fail (axis != NULL && ticks != NULL);
  best_ticks (axis, CLAMP (most, 2, XPS_TICKS_MAX), ticks);
  xps_ticks_set_scale (ticks, scaled ? label_scale (axis) : 0);
}

void
xps_ticks_set_scale (XpsTicks *ticks, int scale)
{
  g_return_if_fail (ticks != NULL);
  ticks->scale = scale;
  ticks->decimals = MAX (0, scale - ticks->exponent);
}

void
xps_axis_extend (XpsAxis *axis, guint most)
{
  g_return_if_fail (axis != NULL);
  const double low = axis->low, high = axis->high, percent = 0.01 * (high - low);
  for (int total = 0; total <= EXTEND_MAX; total++)
    for (int below = 0; below <= total; below++) {
      XpsTicks ticks;
      axis->low = low - below * percent;
      axis->high = high + (total - below) * percent;
      if (low >= 0.0 && axis->low < 0.0)
        axis->low = 0.0;
      if (best_ticks (axis, CLAMP (most, 2, XPS_TICKS_MAX), &ticks) == 0)
        return;
    }
  axis->low = low;
  axis->high = high;
}

double
xps_ticks_value (const XpsTicks *ticks, guint i)
{
  g_return_val_if_fail (ticks != NULL, NAN);
  return multiple (ticks->first + i, ticks->mantissa, ticks->exponent);
}

char *
xps_ticks_dup_label (const XpsTicks *ticks, guint i)
{
  g_return_val_if_fail (ticks != NULL, NULL);
  const double value = multiple (ticks->first + i, ticks->mantissa, ticks->exponent - ticks->scale);
  g_autofree char *text = xps_number_dup_with_error (fabs (value), NAN, ticks->decimals);
  return value < 0.0 ? g_strconcat ("\xe2\x88\x92", text, NULL) : g_steal_pointer (&text);
}
