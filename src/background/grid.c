/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background/grid.h"
#include "background/words.h"

#include <float.h>
#include <math.h>

const char *
xps_background_check_grid (size_t n, const double *energy_ev, size_t at_least)
{
  if (n < at_least)
    return n < 2 ? "the window holds fewer than two points"
                 : "the window holds too few points for this background";
  if (!xps_background_all_finite (n, energy_ev))
    return N_ ("an energy of the window is not a finite number");
  for (size_t i = 1; i < n; i++)
    if (energy_ev[i] < energy_ev[i - 1])
      return N_ ("the energies do not ascend in binding energy");
  /* a subnormal width would overflow when rates per eV are formed */
  const double width = energy_ev[n - 1] - energy_ev[0];
  if (n > 1 && !(width > 1e-9 && width < 1e9))
    return N_ ("the energies of the window span no usable width");
  return NULL;
}

double
xps_background_uniform_step (size_t n, const double *energy_ev)
{
  if (n < 2)
    return 0.0;
  const double first = energy_ev[0], last = energy_ev[n - 1];
  const double step = (last - first) / (double)(n - 1);
  const double rounding = 8.0 * DBL_EPSILON * fmax (fabs (first), fabs (last));
  const double tolerance = fmax (rounding, 1e-10 * step);
  for (size_t i = 0; i < n; i++)
    if (fabs (energy_ev[i] - (first + (double)i * step)) > tolerance)
      return 0.0;
  return step;
}

bool
xps_background_all_finite (size_t n, const double *values)
{
  for (size_t i = 0; i < n; i++)
    if (!isfinite (values[i]))
      return false;
  return true;
}

const char *
xps_ends_init (XpsEnds *ends, const XpsBackgroundSettings *settings, size_t first, size_t n)
{
  const double average = settings->number[first];
  if (!(average >= 1.0) || average != floor (average))
    return N_ ("average must be a whole number of points, 1 or more");
  if (2.0 * average > (double)n)
    return N_ ("average takes more than half of the points of the window");
  ends->average = (size_t)average;
  ends->offset_low = settings->number[first + 1];
  ends->offset_high = settings->number[first + 2];
  if (!isfinite (ends->offset_low) || !isfinite (ends->offset_high))
    return N_ ("the offsets of the end levels must be finite numbers");
  return NULL;
}

static double
mean (size_t n, const double *values)
{
  double sum = 0.0;
  for (size_t i = 0; i < n; i++)
    sum += values[i];
  return sum / (double)n;
}

void
xps_ends_levels (const XpsEnds *ends, size_t n, const double *counts, double *low, double *high)
{
  *low = mean (ends->average, counts) + ends->offset_low;
  *high = mean (ends->average, counts + n - ends->average) + ends->offset_high;
}
