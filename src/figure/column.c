/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/column.h"

#include <math.h>

double
xps_column_value (gsize n, const double *energy, const double *value, double middle, double half, gsize *i)
{
  double sum = 0.0;
  gsize n_inside = 0;
  while (*i < n && energy[*i] < middle - half)
    (*i)++;
  for (gsize k = *i; k < n && energy[k] < middle + half; k++, n_inside++)
    sum += value[k];
  if (n_inside > 1)
    return sum / (double)n_inside;
  gsize above = *i;
  while (above < n && energy[above] < middle)
    above++;
  if (above == n || above == 0)
    return n_inside == 1 ? sum : (double)NAN;
  const double part = (middle - energy[above - 1]) / (energy[above] - energy[above - 1]);
  return value[above - 1] + part * (value[above] - value[above - 1]);
}
