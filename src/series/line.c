/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "series/trend.h"

/* Weighted regressions (Bevington and Robinson, "Data Reduction and Error Analysis", 3rd ed., chapters 6 and
 * 7), about the weighted middle so that constant and slope are independent. */

static gboolean
is_usable (gsize i, const double *x, const double *y, const double *error, const gboolean *use)
{
  return (use == NULL || use[i]) && isfinite (x[i]) && isfinite (y[i]) && isfinite (error[i]) && error[i] > 0;
}

gboolean
xps_line_fit (gsize n, const double *x, const double *y, const double *error, const gboolean *use,
              XpsLineFit *fit)
{
  double w_sum = 0, x_sum = 0, y_sum = 0, xx = 0, xy = 0, chi2 = 0, spread = 0;
  gsize used = 0;
  for (gsize i = 0; i < n; i++)
    if (is_usable (i, x, y, error, use)) {
      const double w = 1 / (error[i] * error[i]);
      w_sum += w;
      x_sum += w * x[i];
      y_sum += w * y[i];
      used++;
    }
  if (used < 3)
    return FALSE;
  const double middle = x_sum / w_sum, level = y_sum / w_sum;
  for (gsize i = 0; i < n; i++)
    if (is_usable (i, x, y, error, use)) {
      const double w = 1 / (error[i] * error[i]), d = x[i] - middle;
      xx += w * d * d;
      xy += w * d * (y[i] - level);
      spread = fmax (spread, fabs (d));
    }
  if (!(spread > 1e-12 * fabs (middle)) || !(xx > 0))
    return FALSE;
  const double slope = xy / xx;
  for (gsize i = 0; i < n; i++)
    if (is_usable (i, x, y, error, use)) {
      const double r = (y[i] - level - slope * (x[i] - middle)) / error[i];
      chi2 += r * r;
    }
  *fit = (XpsLineFit){used, middle, {level, 1 / sqrt (w_sum)}, {slope, 1 / sqrt (xx)}, chi2, (double)used - 2,
                      0};
  fit->p_flat = erfc (fabs (slope) * sqrt (xx) / sqrt (2));
  return TRUE;
}

/* ---- two causes ---- */

#define INSEPARABLE 10 /* growth of an error that nobody wants to live with */

typedef struct {
  double w, m1, m2, my;           /* weights, weighted means */
  double s11, s22, s12, s1y, s2y; /* weighted products about the means */
  gsize n;
} Sums;

static gboolean
sum_up (gsize n, const double *a, const double *b, const double *y, const double *error, const gboolean *use,
        Sums *s)
{
  *s = (Sums){0};
  for (gsize i = 0; i < n; i++)
    if (is_usable (i, a, y, error, use) && isfinite (b[i])) {
      const double w = 1 / (error[i] * error[i]);
      s->w += w;
      s->m1 += w * a[i];
      s->m2 += w * b[i];
      s->my += w * y[i];
      s->n++;
    }
  if (s->n < 4)
    return FALSE;
  s->m1 /= s->w;
  s->m2 /= s->w;
  s->my /= s->w;
  for (gsize i = 0; i < n; i++)
    if (is_usable (i, a, y, error, use) && isfinite (b[i])) {
      const double w = 1 / (error[i] * error[i]), d1 = a[i] - s->m1, d2 = b[i] - s->m2, dy = y[i] - s->my;
      s->s11 += w * d1 * d1;
      s->s22 += w * d2 * d2;
      s->s12 += w * d1 * d2;
      s->s1y += w * d1 * dy;
      s->s2y += w * d2 * dy;
    }
  return s->s11 > 0 && s->s22 > 0;
}

gboolean
xps_separate_causes (gsize n, const double *first, const double *second, const double *y, const double *error,
                     const gboolean *use, XpsTwoCauses *out)
{
  Sums s;
  if (!sum_up (n, first, second, y, error, use, &s))
    return FALSE;
  const XpsQuantity none = {NAN, NAN};
  const double correlation = fmin (fmax (s.s12 / sqrt (s.s11 * s.s22), -1), 1);
  const double left = 1 - correlation * correlation;
  *out = (XpsTwoCauses){s.n, correlation, left > 0 ? 1 / sqrt (left) : INFINITY, FALSE, none, none, none,
                        NAN, NAN};
  out->separable = out->inflation <= INSEPARABLE;
  out->dof = (double)s.n - 3;
  if (!out->separable)
    return TRUE;
  const double det = s.s11 * s.s22 * left;
  const double a = (s.s1y * s.s22 - s.s2y * s.s12) / det, b = (s.s2y * s.s11 - s.s1y * s.s12) / det;
  out->by_first = (XpsQuantity){a, sqrt (s.s22 / det)};
  out->by_second = (XpsQuantity){b, sqrt (s.s11 / det)};
  out->constant = (XpsQuantity){
      s.my - a * s.m1 - b * s.m2,
      sqrt (1 / s.w + (s.m1 * s.m1 * s.s22 + s.m2 * s.m2 * s.s11 - 2 * s.m1 * s.m2 * s.s12) / det)};
  out->chi2 = 0;
  for (gsize i = 0; i < n; i++)
    if (is_usable (i, first, y, error, use) && isfinite (second[i])) {
      const double r = (y[i] - s.my - a * (first[i] - s.m1) - b * (second[i] - s.m2)) / error[i];
      out->chi2 += r * r;
    }
  return TRUE;
}
