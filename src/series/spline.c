/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "series/joint.h"

/* Second derivatives at the knots of the natural spline through `values` (de Boor, "A Practical Guide to
 * Splines", chapter IV): a tridiagonal system, solved by elimination. */
static void
find_curvatures (gsize n, const double *knots, const double *values, double *curvature, double *work)
{
  curvature[0] = work[0] = 0;
  for (gsize i = 1; i + 1 < n; i++) {
    const double h = knots[i] - knots[i - 1], k = knots[i + 1] - knots[i];
    const double share = h / (h + k), pivot = share * curvature[i - 1] + 2;
    const double bend = (values[i + 1] - values[i]) / k - (values[i] - values[i - 1]) / h;
    curvature[i] = (share - 1) / pivot;
    work[i] = (6 * bend / (h + k) - share * work[i - 1]) / pivot;
  }
  curvature[n - 1] = 0;
  for (gsize i = n - 1; i-- > 0;)
    curvature[i] = curvature[i] * curvature[i + 1] + work[i];
}

static double
evaluate (gsize n, const double *knots, const double *values, const double *curvature, double x)
{
  gsize i = 0;
  while (i + 2 < n && x > knots[i + 1])
    i++;
  const double h = knots[i + 1] - knots[i];
  const double inside = fmin (fmax (x, knots[0]), knots[n - 1]);
  const double b = (inside - knots[i]) / h, a = 1 - b;
  const double y = a * values[i] + b * values[i + 1] +
                   ((a * a * a - a) * curvature[i] + (b * b * b - b) * curvature[i + 1]) * h * h / 6;
  if (x == inside)
    return y;
  const double slope = (values[i + 1] - values[i]) / h +
                       ((1 - 3 * a * a) * curvature[i] + (3 * b * b - 1) * curvature[i + 1]) * h / 6;
  return y + slope * (x - inside);
}

void
xps_spline_weights (gsize n, const double *knots, double x, double *weights)
{
  g_autofree double *values = g_new0 (double, n), *curvature = g_new (double, n), *work = g_new (double, n);
  for (gsize k = 0; k < n; k++) {
    values[k] = 1;
    find_curvatures (n, knots, values, curvature, work);
    weights[k] = evaluate (n, knots, values, curvature, x);
    values[k] = 0;
  }
}
