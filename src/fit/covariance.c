/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/covariance.h"

#include <math.h>
#include <string.h>

#include "fit/engine-private.h"
#include "numerics/dense.h"

/* Everything is scaled to unit columns before it is factored and scaled back on the way out, so that counts
 * and electronvolts do not meet in one sum. */

typedef struct {
  gsize n_local, n_shared;
  guint *local, *shared; /* free indices */
  double *gram;          /* [(l+sh)^2] scaled */
  double *factor;        /* [l*l] Cholesky factor of the local part */
  double *inverse;       /* [l*l] of the local part alone */
  double *coupling;      /* [sh*l] row k: A^-1 C e_k */
} Part;

struct _XpsCovariance {
  gsize n_free, n_spectra, n_border;
  double *scale; /* [n_free] 1/length of the column; 0: no error */
  int *position; /* [n_free] index in the part's local list */
  int *owner;    /* [n_free] spectrum, -1 shared, -2 none */
  int *border;   /* [n_free] row among the shared */
  double *border_gram, *border_factor, *border_inverse;
  Part *parts;
  gboolean singular;
  double condition;
};

static void
sum_scales (XpsCovariance *self, const XpsEngine *engine)
{
  const XpsProblem *problem = engine->problem;
  for (gsize s = 0; s < problem->n_spectra; s++) {
    const XpsNormal *normal = &engine->normals[s];
    for (gsize a = 0; a < normal->n_columns; a++)
      self->scale[problem->spectra[s].column_free[a]] += normal->gram[a * normal->n_columns + a];
  }
  for (gsize f = 0; f < self->n_free; f++) {
    const gboolean defined = engine->states[f] == 0 && self->scale[f] > 0;
    self->scale[f] = defined ? 1 / sqrt (self->scale[f]) : 0;
    self->owner[f] = defined ? -1 : -2;
    self->border[f] = defined && problem->border[f] >= 0 ? (int)self->n_border++ : -1;
  }
}

static void
fill_part (XpsCovariance *self, const XpsEngine *engine, gsize s)
{
  const XpsProblemSpectrum *spectrum = &engine->problem->spectra[s];
  const XpsNormal *normal = &engine->normals[s];
  Part *part = &self->parts[s];
  const gsize m = normal->n_columns;
  g_autofree gsize *column = g_new0 (gsize, m + 1);
  part->local = g_new (guint, m + 1);
  part->shared = g_new (guint, m + 1);
  for (int shared = 0; shared < 2; shared++)
    for (gsize a = 0; a < m; a++) {
      const guint f = spectrum->column_free[a];
      if (self->scale[f] == 0 || (self->border[f] >= 0) != shared)
        continue;
      column[part->n_local + part->n_shared] = a;
      if (shared)
        part->shared[part->n_shared++] = f;
      else {
        self->owner[f] = (int)s;
        self->position[f] = (int)part->n_local;
        part->local[part->n_local++] = f;
      }
    }
  const gsize n = part->n_local + part->n_shared;
  part->gram = g_new (double, n *n + 1);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      part->gram[i * n + j] = normal->gram[column[i] * m + column[j]] *
                              self->scale[spectrum->column_free[column[i]]] *
                              self->scale[spectrum->column_free[column[j]]];
}

static gboolean
factor_part (XpsCovariance *self, Part *part)
{
  const gsize l = part->n_local, sh = part->n_shared, n = l + sh, nb = self->n_border;
  part->factor = g_new (double, l *l + 1);
  part->inverse = g_new (double, l *l + 1);
  part->coupling = g_new (double, sh *l + 1);
  for (gsize i = 0; i < l; i++)
    memcpy (part->factor + i * l, part->gram + i * n, l * sizeof (double));
  if (xps_dense_cholesky (l, l, part->factor) < l)
    return FALSE;
  xps_dense_cholesky_invert (l, l, part->factor, part->inverse);
  for (gsize k = 0; k < sh; k++) {
    double *row = part->coupling + k * l;
    memcpy (row, part->gram + (l + k) * n, l * sizeof (double));
    xps_dense_cholesky_solve (l, l, part->factor, row);
  }
  for (gsize k = 0; k < sh; k++)
    for (gsize j = 0; j < sh; j++) {
      double sum = part->gram[(l + k) * n + l + j];
      for (gsize i = 0; i < l; i++)
        sum -= part->gram[(l + k) * n + i] * part->coupling[j * l + i];
      self->border_gram[(gsize)self->border[part->shared[k]] * nb + (gsize)self->border[part->shared[j]]] +=
          sum;
    }
  return TRUE;
}

/* ---- condition number ---- */

static void
apply_gram (const XpsCovariance *self, const double *x, double *out)
{
  memset (out, 0, self->n_free * sizeof (double));
  for (gsize s = 0; s < self->n_spectra; s++) {
    const Part *part = &self->parts[s];
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
    const Part *part = &self->parts[s];
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
    const Part *part = &self->parts[s];
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

XpsCovariance *
xps_covariance_new (const XpsEngine *engine)
{
  const XpsProblem *problem = engine->problem;
  XpsCovariance *self = g_new0 (XpsCovariance, 1);
  self->n_free = problem->n_free;
  self->n_spectra = problem->n_spectra;
  self->scale = g_new0 (double, self->n_free + 1);
  self->position = g_new0 (int, self->n_free + 1);
  self->owner = g_new0 (int, self->n_free + 1);
  self->border = g_new0 (int, self->n_free + 1);
  self->parts = g_new0 (Part, self->n_spectra);
  sum_scales (self, engine);
  const gsize nb = self->n_border;
  self->border_gram = g_new0 (double, nb *nb + 1);
  self->border_inverse = g_new0 (double, nb *nb + 1);
  for (gsize s = 0; s < self->n_spectra; s++) {
    fill_part (self, engine, s);
    self->singular |= !factor_part (self, &self->parts[s]);
  }
  self->border_factor = g_memdup2 (self->border_gram, (nb * nb + 1) * sizeof (double));
  self->singular |= xps_dense_cholesky (nb, nb, self->border_factor) < nb;
  if (!self->singular) {
    xps_dense_cholesky_invert (nb, nb, self->border_factor, self->border_inverse);
    self->condition = sqrt (largest_eigenvalue (self, apply_gram) * largest_eigenvalue (self, apply_inverse));
  } else
    self->condition = INFINITY;
  return self;
}

void
xps_covariance_free (XpsCovariance *self)
{
  if (self == NULL)
    return;
  for (gsize s = 0; s < self->n_spectra; s++) {
    Part *part = &self->parts[s];
    g_free (part->local);
    g_free (part->shared);
    g_free (part->gram);
    g_free (part->factor);
    g_free (part->inverse);
    g_free (part->coupling);
  }
  g_free (self->parts);
  g_free (self->scale);
  g_free (self->position);
  g_free (self->owner);
  g_free (self->border);
  g_free (self->border_gram);
  g_free (self->border_factor);
  g_free (self->border_inverse);
  g_free (self);
}

/* Covariance of local parameter i of a part with shared row b, scaled: -W S^-1. */
static double
local_with_border (const XpsCovariance *self, const Part *part, int i, int b)
{
  double sum = 0;
  for (gsize k = 0; k < part->n_shared; k++)
    sum -= part->coupling[k * part->n_local + (gsize)i] *
           self->border_inverse[(gsize)self->border[part->shared[k]] * self->n_border + (gsize)b];
  return sum;
}

static double
get_scaled (const XpsCovariance *self, gsize i, gsize j)
{
  const int oi = self->owner[i], oj = self->owner[j];
  if (oi == -1 && oj == -1)
    return self->border_inverse[(gsize)self->border[i] * self->n_border + (gsize)self->border[j]];
  if (oi == -1)
    return get_scaled (self, j, i);
  const Part *part = &self->parts[oi];
  if (oj == -1)
    return local_with_border (self, part, self->position[i], self->border[j]);
  const Part *other = &self->parts[oj];
  double sum =
      oi == oj ? part->inverse[(gsize)self->position[i] * part->n_local + (gsize)self->position[j]] : 0;
  for (gsize k = 0; k < other->n_shared; k++)
    sum -= other->coupling[k * other->n_local + (gsize)self->position[j]] *
           local_with_border (self, part, self->position[i], self->border[other->shared[k]]);
  return sum;
}

double
xps_covariance_get (const XpsCovariance *self, gsize i, gsize j)
{
  if (self->singular || self->owner[i] == -2 || self->owner[j] == -2)
    return NAN;
  return get_scaled (self, i, j) * self->scale[i] * self->scale[j];
}

double
xps_covariance_get_error (const XpsCovariance *self, gsize i)
{
  const double variance = xps_covariance_get (self, i, i);
  return variance >= 0 ? sqrt (variance) : NAN;
}

gboolean
xps_covariance_is_singular (const XpsCovariance *self)
{
  return self->singular;
}

double
xps_covariance_get_condition (const XpsCovariance *self)
{
  return self->condition;
}

double
xps_covariance_propagate (const XpsCovariance *self, gsize n, const XpsRoot *derivatives)
{
  double variance = 0;
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      variance += derivatives[i].factor * derivatives[j].factor *
                  xps_covariance_get (self, derivatives[i].free, derivatives[j].free);
  return n > 0 && variance >= 0 ? sqrt (variance) : NAN;
}
