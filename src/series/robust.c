/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/robust.h"

#include <math.h>
#include <stdlib.h>

#define MAD 1.4826

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

double
xps_median (double *values, gsize n)
{
  if (n == 0)
    return NAN;
  qsort (values, n, sizeof (double), compare_doubles);
  return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}

double
xps_robust_sigma (const double *values, gsize n)
{
  g_autofree double *work = g_memdup2 (values, MAX (n, 1) * sizeof (double));
  const double middle = xps_median (work, n);
  for (gsize i = 0; i < n; i++)
    work[i] = fabs (values[i] - middle);
  return MAD * xps_median (work, n);
}
