/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/axis.h"

#include <math.h>

#define MOST_PLACES 10
/* Whole numbers up to here are doubles. */
#define LARGEST_WHOLE 9007199254740992.0

/* The power of ten that makes both whole numbers, or 0. */
static double
find_scale (double start, double increment, gsize n)
{
  double scale = 1;

  for (int places = 0; places <= MOST_PLACES; places++, scale *= 10) {
    const double whole_start = round (start * scale), whole_increment = round (increment * scale);
    if (!(fabs (whole_start) + (double)n * fabs (whole_increment) < LARGEST_WHOLE))
      return 0;
    if (whole_start / scale == start && whole_increment / scale == increment)
      return scale;
  }
  return 0;
}

void
xps_axis_fill (double start, double increment, gsize n, double *out)
{
  const double scale = find_scale (start, increment, n);

  if (scale == 0) {
    for (gsize i = 0; i < n; i++)
      out[i] = start + (double)i * increment;
    return;
  }
  const double whole_start = round (start * scale), whole_increment = round (increment * scale);
  for (gsize i = 0; i < n; i++)
    out[i] = (whole_start + (double)i * whole_increment) / scale;
}
