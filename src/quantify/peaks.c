/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quantify/peaks-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "reference/build.h"

#define LEAST_SIGNIFICANCE 5.0
#define NARROWEST          1.0  /* eV */
#define WIDEST             12.0 /* eV */
#define WIDTH_STEP         1.5
#define REACH              1.6 /* half of a filter's window, in full widths */
#define LEAST_POINTS       20
#define SIDE_POINTS        5      /* of a window, on each side of its middle */
#define SCATTER_TO_SIGMA   1.4826 /* median absolute deviation of a Gaussian */

void
xps_peak_options_init (XpsPeakOptions *options)
{
  *options = (XpsPeakOptions){.low = NAN, .high = NAN};
}

/* ---- noise ---- */

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* How many electrons one unit of intensity stands for; NaN where that is not known. */
static double
electrons_per_unit (const XpsSpectrum *spectrum)
{
  const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (spectrum);
  if (xps_spectrum_get_unit (spectrum) == XPS_INTENSITY_COUNTS_PER_SECOND)
    return xps_acquisition_get_live_time (acquisition);
  if (xps_spectrum_get_unit (spectrum) != XPS_INTENSITY_COUNTS)
    return NAN;
  return !acquisition->summed && acquisition->scans > 1 ? acquisition->scans : 1;
}

/* Typical distance of a point from the straight line through its neighbours, over what noise of the standard
 * deviation sqrt (intensity) would make of it. */
static double
measure_scatter (const XpsSpectrum *spectrum)
{
  const gsize n = xps_spectrum_get_n (spectrum);
  const double *energy = xps_spectrum_get_energy (spectrum), *y = xps_spectrum_get_intensity (spectrum);
  g_autofree double *off = g_new (double, n);
  gsize used = 0;
  for (gsize i = 1; i + 1 < n; i++) {
    const double t = (energy[i] - energy[i - 1]) / (energy[i + 1] - energy[i - 1]);
    const double variance = fabs (y[i]) + (1 - t) * (1 - t) * fabs (y[i - 1]) + t * t * fabs (y[i + 1]);
    if (isfinite (t) && variance > 0)
      off[used++] = fabs (y[i] - (1 - t) * y[i - 1] - t * y[i + 1]) / sqrt (variance);
  }
  qsort (off, used, sizeof *off, compare_numbers);
  return used > 0 ? SCATTER_TO_SIGMA * off[used / 2] : 0;
}

void
xps_estimate_noise (const XpsSpectrum *spectrum, double *out)
{
  const gsize n = xps_spectrum_get_n (spectrum);
  const double *y = xps_spectrum_get_intensity (spectrum);
  const double electrons = electrons_per_unit (spectrum), scatter = measure_scatter (spectrum);
  const double poisson = isfinite (electrons) && electrons > 0 ? 1 / sqrt (electrons) : 0;
  const double factor = fmax (poisson, scatter), one = poisson > 0 ? poisson * poisson : 0;
  double largest = 0;
  for (gsize i = 0; i < n; i++)
    largest = fmax (largest, fabs (y[i]));
  /* A point without counts is not without noise: one electron, or a thousandth of the largest point. */
  const double least = factor * factor * fmax (one, 1e-3 * largest * (poisson > 0 ? 0 : 1));
  for (gsize i = 0; i < n; i++)
    out[i] = sqrt (fmax (factor * factor * fmax (y[i], 0), least));
  if (!(factor > 0))
    for (gsize i = 0; i < n; i++)
      out[i] = 1e-3 * largest;
}

/* ---- the filter ---- */

typedef XpsSurveyPoint Point;

static int
compare_points (gconstpointer a, gconstpointer b)
{
  return compare_numbers (&((const Point *)a)->energy, &((const Point *)b)->energy);
}

GArray *
xps_survey_points_new (const XpsSpectrum *spectrum, const XpsEnergyScale *scale, GError **error)
{
  const gsize n = xps_spectrum_get_n (spectrum);
  const double *y = xps_spectrum_get_intensity (spectrum);
  g_autofree double *energy = g_new0 (double, n), *sigma = g_new0 (double, n);
  if (!xps_energy_to_binding (spectrum, scale, energy, error))
    return NULL;
  xps_estimate_noise (spectrum, sigma);
  GArray *points = g_array_sized_new (FALSE, FALSE, sizeof (Point), (guint)n);
  for (gsize i = 0; i < n; i++) {
    const Point point = {energy[i], y[i], sigma[i]};
    if (sigma[i] > 0)
      g_array_append_val (points, point);
  }
  g_array_sort (points, compare_points);
  return points;
}

gboolean
xps_survey_get_range (const GArray *points, double *low, double *high)
{
  if (points->len < LEAST_POINTS)
    return FALSE;
  *low = g_array_index (points, Point, 0).energy;
  *high = g_array_index (points, Point, points->len - 1).energy;
  return *high > *low;
}

/* Index of the first point at or behind an energy. */
static guint
find_from (const GArray *points, double energy)
{
  guint low = 0, high = points->len;
  while (low < high) {
    const guint middle = (low + high) / 2;
    if (g_array_index (points, Point, middle).energy < energy)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

#define TERMS 4 /* the peak, a constant, a slope, the step that a peak leaves behind it */

typedef struct {
  double matrix[TERMS][TERMS], side[TERMS], square; /* normal equations; sum of squared data */
  guint n;
} Equations;

static void
add_point (Equations *sums, const Point *point, double place, double width)
{
  const double x = (point->energy - place) / width, s = x * 2 * sqrt (2 * log (2.0));
  const double terms[TERMS] = {exp (-0.5 * s * s), 1, x, 0.5 * erfc (-s / sqrt (2.0))};
  const double weight = 1 / (point->sigma * point->sigma);
  for (int i = 0; i < TERMS; i++) {
    for (int k = 0; k < TERMS; k++)
      sums->matrix[i][k] += weight * terms[i] * terms[k];
    sums->side[i] += weight * terms[i] * point->y;
  }
  sums->square += weight * point->y * point->y;
  sums->n++;
}

/* Eliminates the last unknowns first, so that what is left of the first one is its height and information;
 * FALSE where the points do not settle it. */
static gboolean
solve (Equations *sums, double *height, double *sigma, double *chi2)
{
  for (int p = TERMS - 1; p > 0; p--) {
    if (!(sums->matrix[p][p] > 1e-12 * fabs (sums->matrix[0][0])))
      return FALSE;
    for (int i = 0; i < p; i++) {
      const double factor = sums->matrix[i][p] / sums->matrix[p][p];
      for (int k = 0; k < p; k++)
        sums->matrix[i][k] -= factor * sums->matrix[p][k];
      sums->side[i] -= factor * sums->side[p];
    }
    sums->square -= sums->side[p] * sums->side[p] / sums->matrix[p][p];
  }
  if (!(sums->matrix[0][0] > 0))
    return FALSE;
  *height = sums->side[0] / sums->matrix[0][0];
  *sigma = 1 / sqrt (sums->matrix[0][0]);
  *chi2 = fmax (sums->square - sums->side[0] * *height, 0);
  return TRUE;
}

gboolean
xps_survey_filter (const GArray *points, double place, double width, double *height, double *sigma)
{
  Equations sums = {0};
  guint from = find_from (points, place - REACH * width), to = find_from (points, place + REACH * width);
  const guint middle = find_from (points, place);
  from = MIN (from, middle >= SIDE_POINTS ? middle - SIDE_POINTS : 0);
  to = MAX (to, MIN (middle + SIDE_POINTS + 1, points->len));
  if (middle < from + 3 || to < middle + 3)
    return FALSE;
  for (guint i = from; i < to; i++)
    add_point (&sums, &g_array_index (points, Point, i), place, width);
  double chi2;
  if (!solve (&sums, height, sigma, &chi2))
    return FALSE;
  /* Where the shape does not fit, what is left over is no noise but counts like it. */
  *sigma *= sqrt (fmax (1, chi2 / MAX ((int)sums.n - TERMS, 1)));
  return TRUE;
}

/* ---- peaks ---- */

static XpsSurveyPeak
try_widths (const GArray *points, guint i, double narrow, double wide)
{
  XpsSurveyPeak best = {.energy = g_array_index (points, Point, i).energy};
  for (double width = narrow; width <= wide * 1.001; width *= WIDTH_STEP) {
    double height, sigma;
    if (!xps_survey_filter (points, best.energy, width, &height, &sigma) ||
        !(height / sigma > best.significance))
      continue;
    best.height = height;
    best.width = width;
    best.significance = height / sigma;
    best.area = height * width * 1.0645; /* of a Gaussian */
  }
  return best;
}

static int
compare_significance (gconstpointer a, gconstpointer b)
{
  return -compare_numbers (&((const XpsSurveyPeak *)a)->significance,
                           &((const XpsSurveyPeak *)b)->significance);
}

static int
compare_energy (gconstpointer a, gconstpointer b)
{
  return compare_numbers (&((const XpsSurveyPeak *)a)->energy, &((const XpsSurveyPeak *)b)->energy);
}

/* Adds the strongest first; what lies within another one is a part of it. */
static void
keep_maxima (GArray *peaks, GArray *answers)
{
  g_array_sort (answers, compare_significance);
  for (guint i = 0; i < answers->len; i++) {
    const XpsSurveyPeak *peak = &g_array_index (answers, XpsSurveyPeak, i);
    gboolean inside = FALSE;
    for (guint k = 0; k < peaks->len && !inside; k++) {
      const XpsSurveyPeak *kept = &g_array_index (peaks, XpsSurveyPeak, k);
      inside = fabs (kept->energy - peak->energy) < 0.75 * fmax (kept->width, peak->width);
    }
    if (!inside)
      g_array_append_val (peaks, *peak);
  }
  g_array_sort (peaks, compare_energy);
}

/* Between the points: where a parabola through the answers of the best width is highest. */
static void
refine (const GArray *points, XpsSurveyPeak *peak, double step)
{
  double h[3], sigma;
  for (int k = -1; k <= 1; k++)
    if (!xps_survey_filter (points, peak->energy + k * step, peak->width, &h[k + 1], &sigma))
      return;
  const double curve = h[0] - 2 * h[1] + h[2];
  if (curve < 0)
    peak->energy += step * fmin (fmax (0.5 * (h[0] - h[2]) / curve, -1), 1);
}

GArray *
xps_survey_find (const GArray *points, const XpsPeakOptions *options)
{
  const Point *all = &g_array_index (points, Point, 0);
  const double step = (all[points->len - 1].energy - all[0].energy) / (points->len - 1);
  const double narrow = options->narrow > 0 ? options->narrow : fmax (NARROWEST, 2 * step);
  const double wide = fmax (options->wide > 0 ? options->wide : WIDEST, narrow);
  const double least = options->least > 0 ? options->least : LEAST_SIGNIFICANCE;
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (XpsSurveyPeak));
  GArray *peaks = g_array_new (FALSE, FALSE, sizeof (XpsSurveyPeak));
  xps_survey_add_crests (points, options, narrow, least, peaks);
  for (guint i = 0; i < points->len; i++) {
    if (all[i].energy < options->low || all[i].energy > options->high)
      continue; /* NaN: no limit */
    const XpsSurveyPeak peak = try_widths (points, i, narrow, wide);
    if (peak.significance >= least)
      g_array_append_val (answers, peak);
  }
  keep_maxima (peaks, answers);
  for (guint i = 0; i < peaks->len; i++)
    refine (points, &g_array_index (peaks, XpsSurveyPeak, i), step);
  return peaks;
}

GArray *
xps_find_peaks (const XpsSpectrum *spectrum, const XpsEnergyScale *scale, const XpsPeakOptions *options,
                GError **error)
{
  g_autoptr (GArray) points = xps_survey_points_new (spectrum, scale, error);
  if (points == NULL)
    return NULL;
  double low, high;
  if (!xps_survey_get_range (points, &low, &high)) {
    xps_error_set (error, XPS_REFERENCE_ERROR, XPS_REFERENCE_ERROR_QUESTION, NULL,
                   xps_spectrum_get_name (spectrum), N_ ("has too few points to look for peaks"), NULL);
    return NULL;
  }
  return xps_survey_find (points, options);
}
