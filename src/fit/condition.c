/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/covariance-private.h"

#include <math.h>
#include <string.h>

#include "numerics/dense.h"

static void
apply_gram (const XpsCovariance *self, const double *x, double *out)
{
  memset (out, 0, self->n_free * sizeof (double));
  for (gsize s = 0; s < self->n_spectra; s++) {
    const XpsCovariancePart *part = &self->parts[s];
    const gsize n = part->n_local + part->n_shared;
    for (gsize i = 0; i < n; i++) {
      const guint fi = i < part->n_local ? part->local[i] : part->shared[i - part->n_local];
      for (gsize j = 0; j < n; j++)
        out[fi] +=
            part->gram[i * n + j] * x[j < part->n_local ? part->local[j] : part->shared[j - part->n_local]];
    }
  }
}

static void
apply_inverse (const XpsCovariance *self, const double *x, double *out)
{
  const gsize nb = self->n_border;
  g_autofree double *border = g_new0 (double, nb + 1);
  for (gsize f = 0; f < self->n_free; f++)
    if (self->border[f] >= 0)
      border[self->border[f]] = x[f];
  for (gsize s = 0; s < self->n_spectra; s++) {
    const XpsCovariancePart *part = &self->parts[s];
    for (gsize k = 0; k < part->n_shared; k++)
      for (gsize i = 0; i < part->n_local; i++)
        border[self->border[part->shared[k]]] -= part->coupling[k * part->n_local + i] * x[part->local[i]];
  }
  xps_dense_cholesky_solve (nb, nb, self->border_factor, border);
  memset (out, 0, self->n_free * sizeof (double));
  for (gsize f = 0; f < self->n_free; f++)
    if (self->border[f] >= 0)
      out[f] = border[self->border[f]];
  for (gsize s = 0; s < self->n_spectra; s++) {
    const XpsCovariancePart *part = &self->parts[s];
    for (gsize i = 0; i < part->n_local; i++) {
      double sum = 0;
      for (gsize j = 0; j < part->n_local; j++)
        sum += part->inverse[i * part->n_local + j] * x[part->local[j]];
      for (gsize k = 0; k < part->n_shared; k++)
        sum -= part->coupling[k * part->n_local + i] * border[self->border[part->shared[k]]];
      out[part->local[i]] = sum;
    }
  }
}

/* Largest eigenvalue of a positive operator by power iteration, to a few digits: a condition number needs no
 * more. */
static double
largest_eigenvalue (const XpsCovariance *self,
                    void (*apply) (const XpsCovariance *, const double *, double *))
{
  g_autofree double *x = g_new (double, self->n_free + 1), *y = g_new (double, self->n_free + 1);
  double value = 0, before = -1;
  for (gsize f = 0; f < self->n_free; f++)
    x[f] = self->owner[f] == -2 ? 0 : 1 + 0.37 * sin (1.0 + (double)f);
  for (int round = 0; round < 300 && fabs (value - before) > 1e-6 * value; round++) {
    double norm = 0, projection = 0;
    apply (self, x, y);
    before = value;
    for (gsize f = 0; f < self->n_free; f++) {
      norm += x[f] * x[f];
      projection += x[f] * y[f];
    }
    value = norm > 0 ? projection / norm : 0;
    norm = 0;
    for (gsize f = 0; f < self->n_free; f++)
      norm += y[f] * y[f];
    norm = sqrt (norm);
    for (gsize f = 0; f < self->n_free; f++)
      x[f] = norm > 0 ? y[f] / norm : 0;
  }
  return value;
}

double
xps_covariance_measure_condition (const XpsCovariance *self)
{
  return sqrt (largest_eigenvalue (self, apply_gram) * largest_eigenvalue (self, apply_inverse));
}
