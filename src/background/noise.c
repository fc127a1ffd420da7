/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background/noise.h"

#include <math.h>
#include <stdlib.h>

/* Range of the running sum of n residuals about a fitted line, over sqrt(n * variance). Counts about a
 * straight line exceed this once in 1,000 windows of 100 points and once in 10,000 of 300 or more (simulated:
 * 40,000 Poisson windows for each of several lengths and levels, the noise being estimated as below). */
#define STRAIGHT_LIMIT 2.6

int
xps_noise_scale (size_t n, const double *counts, double *scaled)
{
  double largest = 0.0;
  int exponent = 0;
  for (size_t i = 0; i < n; i++)
    largest = fmax (largest, fabs (counts[i]));
  frexp (largest, &exponent);
  for (size_t i = 0; i < n; i++)
    scaled[i] = ldexp (counts[i], -exponent);
  return exponent;
}

static int
compare (const void *a, const void *b)
{
  const double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

static void
local_mean (size_t n, const double *values, double *mean)
{
  for (size_t i = 0; i < n; i++) {
    const size_t from = i < 3 ? 0 : i - 3, to = i + 4 > n ? n : i + 4;
    double sum = 0.0;
    for (size_t j = from; j < to; j++)
      sum += values[j];
    mean[i] = sum / (double)(to - from);
  }
}

/* Variance over level of one stretch, from the distances of its points to the lines through their neighbours.
 */
static double
stretch_factor (size_t from, size_t to, const double *x, const double *y, const double *level)
{
  double squares = 0.0, expected = 0.0;
  for (size_t i = from; i < to; i++) {
    const double span = x[i + 1] - x[i - 1];
    if (!(span > 0.0))
      continue;
    const double right = (x[i] - x[i - 1]) / span, left = 1.0 - right;
    const double distance = y[i] - left * y[i - 1] - right * y[i + 1];
    squares += distance * distance;
    expected += level[i] * (1.0 + left * left + right * right);
  }
  return expected > 0.0 ? squares / expected : 0.0;
}

/* Median over some sixteen stretches: peaks bend only a few of them, and a stretch holds enough counts for
 * its mean. */
static double
noise_factor (size_t n, const double *x, const double *y, const double *level, double *work)
{
  const size_t length = n / 16 < 8 ? 8 : n / 16;
  size_t used = 0;
  double sum = 0.0;
  for (size_t from = 1; from + 1 < n; from += length) {
    const size_t to = from + length < n - 1 ? from + length : n - 1;
    work[used] = stretch_factor (from, to, x, y, level);
    sum += work[used++];
  }
  qsort (work, used, sizeof *work, compare);
  /* nearly empty spectra: most stretches are exactly zero, the mean still sees the rest */
  return work[used / 2] > 0.0 ? work[used / 2] : sum / (double)used;
}

void
xps_noise_variance (size_t n, const double *energy_ev, const double *counts, double *variance, double *work)
{
  bool negative = false;
  for (size_t i = 0; i < n; i++)
    negative = negative || counts[i] < 0.0;
  local_mean (n, counts, variance);
  for (size_t i = 0; negative && i < n; i++)
    variance[i] = 1.0;
  const double factor = noise_factor (n, energy_ev, counts, variance, work);
  for (size_t i = 0; i < n; i++)
    variance[i] *= factor;
}

static double
range (size_t n, const double *values)
{
  double low = values[0], high = values[0];
  for (size_t i = 1; i < n; i++) {
    low = fmin (low, values[i]);
    high = fmax (high, values[i]);
  }
  return high - low;
}

/* Least-squares line y = level + slope (x - centre). */
static void
fit_line (size_t n, const double *x, const double *y, double *centre, double *level, double *slope,
          double *spread)
{
  double sum_x = 0.0, sum_y = 0.0, xx = 0.0, xy = 0.0;
  for (size_t i = 0; i < n; i++) {
    sum_x += x[i] - x[0];
    sum_y += y[i];
  }
  *centre = x[0] + sum_x / (double)n;
  *level = sum_y / (double)n;
  for (size_t i = 0; i < n; i++) {
    xx += (x[i] - *centre) * (x[i] - *centre);
    xy += (x[i] - *centre) * (y[i] - *level);
  }
  *slope = xx > 0.0 ? xy / xx : 0.0;
  *spread = xx;
}

bool
xps_noise_is_straight (size_t n, const double *energy_ev, const double *counts, const double *variance,
                       double *work)
{
  double centre, level, slope, spread, largest = 0.0, off = 0.0, mean_variance = 0.0;
  fit_line (n, energy_ev, counts, &centre, &level, &slope, &spread);
  for (size_t i = 0; i < n; i++) {
    work[i] = counts[i] - level - slope * (energy_ev[i] - centre);
    largest = fmax (largest, fabs (counts[i]));
    off = fmax (off, fabs (work[i]));
    mean_variance += variance[i] / (double)n;
  }
  if (off <= 1e-9 * largest)
    return true;
  if (!(mean_variance > 0.0))
    return false;
  double sum = 0.0, low = 0.0, high = 0.0;
  for (size_t i = 0; i < n; i++) {
    sum += work[i];
    low = fmin (low, sum);
    high = fmax (high, sum);
  }
  return high - low < STRAIGHT_LIMIT * sqrt (mean_variance * (double)n);
}

bool
xps_noise_curve_above (size_t n, const double *counts, const double *curve, const double *variance)
{
  const size_t window = n < 5 ? n : 5;
  const double floor_ = 1e-3 * range (n, counts);
  for (size_t i = 0; i + window <= n; i++) {
    double excess = 0.0, noise = 0.0;
    for (size_t j = i; j < i + window; j++) {
      excess += curve[j] - counts[j];
      noise += variance[j];
    }
    if (excess > 4.0 * sqrt (noise) && excess > floor_ * (double)window)
      return true;
  }
  return false;
}

bool
xps_noise_end_slopes (size_t n, const double *energy_ev, const double *counts, const double *variance,
                      bool high_end)
{
  const size_t tenth = n / 10, m = tenth < 5 ? 5 : tenth > 40 ? 40 : tenth;
  if (2 * m > n)
    return false; /* the ends are not to be told from the middle */
  const size_t from = high_end ? n - m : 0;
  double centre, level, slope, spread, noise = 0.0;
  fit_line (m, energy_ev + from, counts + from, &centre, &level, &slope, &spread);
  for (size_t i = from; i < from + m; i++)
    noise += variance[i] / (double)m;
  const double rise = slope * (energy_ev[from + m - 1] - energy_ev[from]);
  return fabs (slope) * sqrt (spread) > 4.0 * sqrt (noise) && fabs (rise) > 1e-4 * range (n, counts);
}
