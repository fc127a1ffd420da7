/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "quantify/peaks-private.h"

/* The Fermi edge of a conductor, for a rough reference: a fit with the shape "fermi" says it better. */

#define STEP 0.02 /* eV of the search */

typedef struct {
  double s11, s12, s22, b1, b2, square;
  guint n;
} Sums;

/* Constant and step by weighted least squares; chi2, and the step's height with its standard deviation. */
static double
fit_step (const GArray *points, double reach, double place, double width, double *height, double *sigma)
{
  Sums s = {0};
  for (guint i = 0; i < points->len; i++) {
    const XpsSurveyPoint *p = &g_array_index (points, XpsSurveyPoint, i);
    if (fabs (p->energy) > reach)
      continue;
    const double w = 1 / (p->sigma * p->sigma), t = 0.5 * erfc (-(p->energy - place) / (width * sqrt (2.0)));
    s.s11 += w;
    s.s12 += w * t;
    s.s22 += w * t * t;
    s.b1 += w * p->y;
    s.b2 += w * t * p->y;
    s.square += w * p->y * p->y;
    s.n++;
  }
  const double determinant = s.s11 * s.s22 - s.s12 * s.s12;
  if (s.n < 10 || !(determinant > 1e-9 * s.s11 * s.s22))
    return INFINITY;
  *height = (s.s11 * s.b2 - s.s12 * s.b1) / determinant;
  *sigma = sqrt (s.s11 / determinant);
  const double constant = (s.b1 - s.s12 * *height) / s.s11;
  return fmax (s.square - constant * s.b1 - *height * s.b2, 0) / (s.n - 4);
}

gboolean
xps_survey_find_edge (const GArray *points, double reach, double off, double *energy, double *error,
                      double *significance)
{
  static const double widths[] = {0.08, 0.15, 0.25, 0.4, 0.7};
  double best = INFINITY, width = NAN, h = NAN, sigma = NAN;
  const int last = (int)(off / STEP);
  for (gsize k = 0; k < G_N_ELEMENTS (widths); k++)
    for (int i = -last; i <= last; i++) {
      double height = NAN, deviation = NAN;
      const double chi2 = fit_step (points, reach, i * STEP, widths[k], &height, &deviation);
      if (!(chi2 < best) || !(height > 0))
        continue;
      best = chi2;
      width = widths[k];
      *energy = i * STEP;
      h = height;
      sigma = deviation;
    }
  if (!isfinite (best) || fabs (*energy) > off - 2 * STEP)
    return FALSE;
  *significance = h / (sigma * sqrt (fmax (best, 1)));
  /* A step of this width and significance: its slope at the middle is h / (width sqrt (2 pi)). */
  *error = width * sqrt (2 * G_PI) / *significance;
  return TRUE;
}
