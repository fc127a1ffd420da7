/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/normal.h"

#include <math.h>
#include <string.h>

#include "numerics/dense.h"

XpsNormalSystem *
xps_normal_system_new (const XpsProblem *problem)
{
  XpsNormalSystem *self = g_new0 (XpsNormalSystem, 1);
  const gsize m = problem->max_columns + 1, n_free = problem->n_free + 1;
  self->problem = problem;
  self->blocks = g_new0 (XpsBlock, problem->n_spectra);
  for (gsize s = 0; s < problem->n_spectra; s++) {
    const XpsProblemSpectrum *spectrum = &problem->spectra[s];
    XpsBlock *block = &self->blocks[s];
    block->n_local = spectrum->n_local;
    block->n = spectrum->n_local + spectrum->n_shared;
    block->offset = spectrum->n_linear;
    block->matrix = g_new0 (double, 2 * block->n * block->n + 2 * block->n + 1);
    block->factor = block->matrix + block->n * block->n;
    block->gradient = block->factor + block->n * block->n;
    block->solution = block->gradient + block->n;
  }
  self->n_border = problem->n_shared;
  self->border = g_new0 (double, self->n_border * self->n_border + 1);
  self->border_solution = g_new0 (double, self->n_border + 1);
  self->diagonal = g_new0 (double, n_free);
  self->gradient = g_new0 (double, n_free);
  self->frozen = g_new0 (gboolean, n_free);
  self->held = g_new0 (double, n_free);
  self->step = g_new0 (double, n_free);
  self->work = g_new0 (double, 3 * m * m);
  self->index = g_new0 (gsize, m);
  return self;
}

void
xps_normal_system_free (XpsNormalSystem *self)
{
  if (self == NULL)
    return;
  for (gsize s = 0; s < self->problem->n_spectra; s++)
    g_free (self->blocks[s].matrix);
  g_free (self->blocks);
  g_free (self->border);
  g_free (self->border_solution);
  g_free (self->diagonal);
  g_free (self->gradient);
  g_free (self->frozen);
  g_free (self->held);
  g_free (self->step);
  g_free (self->work);
  g_free (self->index);
  g_free (self);
}

/* Below this share of a column's own size, nothing in the data tells the parameter from the linear ones: two
 * components that lie 1e-4 of a width apart move by trading their areas. What is left there is rounding, along
 * which a step would go anywhere and be refused, and keep all the others from converging. */
#define DEPENDENT 1e-8

/* R = N - E' L^-1 E and g = g_n - E' L^-1 g_l over the linear parameters that are free. */
static void
reduce_block (XpsBlock *block, const XpsNormal *normal, double *work, gsize *index)
{
  const gsize m = normal->n_columns, n = block->n;
  gsize k = 0;
  for (gsize a = 0; a < normal->n_linear; a++)
    if (normal->state[a] == 0 && normal->gram[a * m + a] > 0)
      index[k++] = a;
  double *factor = work, *coupled = work + m * m;
  for (gsize a = 0; a < k; a++)
    for (gsize b = 0; b <= a; b++)
      factor[a * m + b] = normal->gram[index[a] * m + index[b]] * (a == b && normal->singular ? 1 + 1e-9 : 1);
  k = xps_dense_cholesky (k, m, factor);
  for (gsize j = 0; j < n; j++) { /* row j of coupled = L^-1 (column j of E) */
    for (gsize a = 0; a < k; a++)
      coupled[j * m + a] = normal->gram[index[a] * m + block->offset + j];
    xps_dense_forward (k, m, factor, coupled + j * m);
  }
  double *rest = coupled + n * m;
  for (gsize a = 0; a < k; a++)
    rest[a] = normal->gradient[index[a]];
  xps_dense_forward (k, m, factor, rest);
  for (gsize i = 0; i < n; i++) {
    double g = normal->gradient[block->offset + i];
    for (gsize a = 0; a < k; a++)
      g -= coupled[i * m + a] * rest[a];
    block->gradient[i] = g;
    for (gsize j = 0; j <= i; j++) {
      double sum = normal->gram[(block->offset + i) * m + block->offset + j];
      const double before = sum;
      for (gsize a = 0; a < k; a++)
        sum -= coupled[i * m + a] * coupled[j * m + a];
      if (i == j && sum < DEPENDENT * before)
        sum = 0;
      block->matrix[i * n + j] = block->matrix[j * n + i] = sum;
    }
  }
}

static guint
free_index (const XpsNormalSystem *self, gsize s, gsize i)
{
  return self->problem->spectra[s].column_free[self->blocks[s].offset + i];
}

void
xps_normal_system_reduce (XpsNormalSystem *self, const XpsNormal *normals)
{
  memset (self->gradient, 0, self->problem->n_free * sizeof (double));
  memset (self->diagonal, 0, self->problem->n_free * sizeof (double));
  for (gsize s = 0; s < self->problem->n_spectra; s++) {
    XpsBlock *block = &self->blocks[s];
    reduce_block (block, &normals[s], self->work, self->index);
    for (gsize i = 0; i < block->n; i++) {
      const guint f = free_index (self, s, i);
      self->gradient[f] += block->gradient[i];
      self->diagonal[f] += block->matrix[i * block->n + i];
    }
  }
}

/* Factor of the damped local block and its coupling to the shared parameters; adds this spectrum's share to
 * the border. */
static gboolean
factor_block (XpsNormalSystem *self, gsize s, double lambda)
{
  XpsBlock *block = &self->blocks[s];
  const gsize n = block->n, l = block->n_local, nb = self->n_border;
  double *a = block->factor, *x = block->solution;
  for (gsize i = 0; i < n; i++) {
    const gboolean frozen_i = self->frozen[free_index (self, s, i)];
    x[i] = frozen_i ? (i < l ? self->held[free_index (self, s, i)] : 0) : block->gradient[i];
    for (gsize j = 0; j < n; j++) {
      const guint f = free_index (self, s, j);
      if (!frozen_i)
        x[i] -= block->matrix[i * n + j] * self->held[f];
      if (j > i)
        continue;
      const gboolean frozen = frozen_i || self->frozen[f];
      a[i * n + j] =
          frozen ? (i == j && i < l ? 1 : 0) : block->matrix[i * n + j] * (i == j ? 1 + lambda : 1);
    }
  }
  if (xps_dense_cholesky (l, n, a) < l)
    return FALSE;
  xps_dense_forward (l, n, a, x);
  for (gsize i = l; i < n; i++) {
    xps_dense_forward (l, n, a, a + i * n); /* row i holds the coupling of shared parameter i */
    const int bi = self->problem->border[free_index (self, s, i)];
    double g = x[i];
    for (gsize k = 0; k < l; k++)
      g -= a[i * n + k] * x[k];
    self->border_solution[bi] += g;
    for (gsize j = l; j <= i; j++) {
      const int bj = self->problem->border[free_index (self, s, j)];
      double sum = a[i * n + j];
      for (gsize k = 0; k < l; k++)
        sum -= a[i * n + k] * a[j * n + k];
      self->border[(gsize)MAX (bi, bj) * nb + (gsize)MIN (bi, bj)] += sum;
    }
  }
  return TRUE;
}

static gboolean
solve_border (XpsNormalSystem *self)
{
  const gsize nb = self->n_border;
  for (gsize f = 0; f < self->problem->n_free; f++)
    if (self->problem->border[f] >= 0 && self->frozen[f]) {
      self->border[(gsize)self->problem->border[f] * (nb + 1)] = 1;
      self->border_solution[self->problem->border[f]] = self->held[f];
    }
  if (xps_dense_cholesky (nb, nb, self->border) < nb)
    return FALSE;
  xps_dense_cholesky_solve (nb, nb, self->border, self->border_solution);
  return TRUE;
}

static void
solve_local (XpsNormalSystem *self, gsize s)
{
  XpsBlock *block = &self->blocks[s];
  const gsize n = block->n, l = block->n_local;
  double *a = block->factor, *x = block->solution;
  for (gsize i = l; i < n; i++) {
    const guint f = free_index (self, s, i);
    x[i] = self->border_solution[self->problem->border[f]];
    self->step[f] = x[i];
    for (gsize k = 0; k < l; k++)
      x[k] -= a[i * n + k] * x[i];
  }
  xps_dense_backward (l, n, a, x);
  for (gsize i = 0; i < l; i++)
    self->step[free_index (self, s, i)] = x[i];
}

gboolean
xps_normal_system_solve (XpsNormalSystem *self, double lambda)
{
  memset (self->border, 0, self->n_border * self->n_border * sizeof (double));
  memset (self->border_solution, 0, self->n_border * sizeof (double));
  memset (self->step, 0, self->problem->n_free * sizeof (double));
  for (gsize s = 0; s < self->problem->n_spectra; s++)
    if (!factor_block (self, s, lambda))
      return FALSE;
  if (!solve_border (self))
    return FALSE;
  for (gsize s = 0; s < self->problem->n_spectra; s++)
    solve_local (self, s);
  return TRUE;
}

double
xps_normal_system_predict (const XpsNormalSystem *self, double *norm)
{
  double square = 0, slope = 0;
  for (gsize s = 0; s < self->problem->n_spectra; s++) {
    const XpsBlock *block = &self->blocks[s];
    for (gsize i = 0; i < block->n; i++) {
      const double di = self->step[free_index (self, s, i)];
      double sum = 0;
      if (di == 0)
        continue;
      for (gsize j = 0; j < block->n; j++)
        sum += block->matrix[i * block->n + j] * self->step[free_index (self, s, j)];
      square += di * sum;
      slope += di * block->gradient[i];
    }
  }
  *norm = square;
  return 2 * slope - square;
}
