/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "quantify/peaks-private.h"

/* Maxima that stand out of what surrounds them. A strong line beside another one is no Gaussian over a slope,
 * so that the filter, which takes for noise what its shape leaves over, thinks little of it; its crest needs
 * no shape. */

#define KERNEL_REACH 1.2  /* full widths of the smoothing */
#define SURROUNDINGS 30.0 /* eV to each side in which a crest has to stand out */
#define ON_SLOPE                                                                                             \
  0.5 /* of its height over the lower foot: a crest that stands out less has its feet on others */
#define DEEPEST                                                                                              \
  2.5 /* standard deviations: how far the lowest of some twenty points lies below their mean                 \
       */

typedef XpsSurveyPoint Point;

/* Points and their noise under a Gaussian of the given full width. */
static GArray *
smooth (const GArray *points, double width)
{
  const Point *all = &g_array_index (points, Point, 0);
  GArray *out = g_array_sized_new (FALSE, FALSE, sizeof (Point), points->len);
  guint first = 0;
  for (guint i = 0; i < points->len; i++) {
    double weights = 0, sum = 0, variance = 0;
    while (all[first].energy < all[i].energy - KERNEL_REACH * width)
      first++;
    for (guint k = first; k < points->len && all[k].energy <= all[i].energy + KERNEL_REACH * width; k++) {
      const double x = (all[k].energy - all[i].energy) / width, w = exp (-4 * G_LN2 * x * x);
      weights += w;
      sum += w * all[k].y;
      variance += w * w * all[k].sigma * all[k].sigma;
    }
    const Point point = {all[i].energy, sum / weights, sqrt (variance) / weights};
    g_array_append_val (out, point);
  }
  return out;
}

/* The lowest point on one side before something higher comes. */
static guint
find_base (const Point *all, guint n, guint i, int step)
{
  guint base = i;
  for (gint64 k = (gint64)i + step; k >= 0 && k < n; k += step) {
    if (all[k].y > all[i].y || fabs (all[k].energy - all[i].energy) > SURROUNDINGS)
      break;
    if (all[k].y < all[base].y)
      base = (guint)k;
  }
  return base;
}

/* Distance from the maximum to where it has fallen to `level`. */
static double
find_half (const Point *all, guint i, guint base, double level)
{
  const int step = base > i ? 1 : -1;
  guint k = i;
  while (k != base && all[k].y > level)
    k = (guint)((int)k + step);
  if (k == i)
    return 0;
  const Point *out = &all[k], *in = &all[(int)k - step];
  const double t = in->y > out->y ? fmin ((in->y - level) / (in->y - out->y), 1) : 1;
  return fabs (in->energy + t * (out->energy - in->energy) - all[i].energy);
}

static gboolean
measure (const Point *all, guint n, guint i, double width, XpsSurveyPeak *peak)
{
  const guint left = find_base (all, n, i, -1), right = find_base (all, n, i, 1);
  if (left == i || right == i)
    return FALSE;
  const double t = (all[i].energy - all[left].energy) / (all[right].energy - all[left].energy);
  const double floor_y = all[left].y + t * (all[right].y - all[left].y);
  const double out = all[i].y - fmax (all[left].y, all[right].y), half = all[i].y - 0.5 * out;
  const double full = find_half (all, i, left, half) + find_half (all, i, right, half);
  peak->energy = all[i].energy;
  peak->height = all[i].y - floor_y;
  peak->significance = out / all[i].sigma - DEEPEST;
  peak->width = sqrt (fmax (full * full - width * width, 0.5 * width * width)); /* without the smoothing */
  peak->area = peak->height * full * 1.0645;
  peak->at_least = out < ON_SLOPE * (all[i].y - fmin (all[left].y, all[right].y));
  return TRUE;
}

void
xps_survey_add_crests (const GArray *points, const XpsPeakOptions *options, double width, double least,
                       GArray *peaks)
{
  g_autoptr (GArray) smoothed = smooth (points, width);
  const Point *all = &g_array_index (smoothed, Point, 0);
  for (guint i = 1; i + 1 < smoothed->len; i++) {
    XpsSurveyPeak peak;
    if (all[i].energy < options->low || all[i].energy > options->high)
      continue; /* NaN: no limit */
    if (all[i].y < all[i - 1].y || all[i].y <= all[i + 1].y)
      continue;
    if (measure (all, smoothed->len, i, width, &peak) && peak.significance >= least)
      g_array_append_val (peaks, peak);
  }
}
