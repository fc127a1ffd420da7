/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/covariance-private.h"

#include <math.h>
#include <string.h>

#include "fit/engine-private.h"
#include "numerics/dense.h"

/* Everything is scaled to unit columns before it is factored and scaled back on the way out, so that counts
 * and electronvolts do not meet in one sum.
 *
 * Where columns depend on each other, one of them is left out and the way in which they trade off (a null
 * vector of the Jacobian) is kept. What is left is a generalised inverse of the normal matrix: it gives the
 * variance of every function that the trade-off leaves alone, whichever column was left out (Searle 1971,
 * Linear Models, 5.4), and of no other. */

/* A parameter that changes the fit by this many standard errors over its range, but is not determined, trades
 * off against others; one that changes it less is simply not seen. */
#define MATTERS 1.0

/* Share of the largest entry below which an entry of a null vector is rounding. */
#define TAKES_PART 1e-6

static gboolean
is_defined (const XpsEngine *engine, gsize f, double length_square)
{
  const XpsProblem *problem = engine->problem;
  const double n = (double)problem->n_points - (double)problem->n_free;
  const double unit = problem->weights == XPS_WEIGHTS_UNIFORM ? engine->objective / fmax (n, 1) : 1;
  if (!(length_square > 0) || !isfinite (length_square))
    return FALSE;
  return engine->states[f] == 0 ||
         (engine->states[f] == 2 && length_square * problem->span[f] * problem->span[f] > MATTERS * unit);
}

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
    const gboolean defined = is_defined (engine, f, self->scale[f]);
    self->held[f] = abs (engine->states[f]) == 1;
    self->scale[f] = defined ? 1 / sqrt (self->scale[f]) : 0;
  }
}

/* Numbers the shared columns that are in. */
static void
number_border (XpsCovariance *self, const XpsProblem *problem)
{
  self->n_border = 0;
  for (gsize f = 0; f < self->n_free; f++) {
    const gboolean in = self->scale[f] > 0 && !self->left_out[f];
    self->owner[f] = in ? -1 : -2;
    self->border[f] = in && problem->border[f] >= 0 ? (int)self->n_border++ : -1;
  }
}

static void
part_clear (XpsCovariancePart *part)
{
  g_free (part->local);
  g_free (part->shared);
  g_free (part->gram);
  g_free (part->factor);
  g_free (part->inverse);
  g_free (part->coupling);
  memset (part, 0, sizeof *part);
}

static void
fill_part (XpsCovariance *self, const XpsEngine *engine, gsize s)
{
  const XpsProblemSpectrum *spectrum = &engine->problem->spectra[s];
  const XpsNormal *normal = &engine->normals[s];
  XpsCovariancePart *part = &self->parts[s];
  const gsize m = normal->n_columns;
  g_autofree gsize *column = g_new0 (gsize, m + 1);
  part_clear (part);
  part->local = g_new0 (guint, m + 1);
  part->shared = g_new0 (guint, m + 1);
  for (int shared = 0; shared < 2; shared++)
    for (gsize a = 0; a < m; a++) {
      const guint f = spectrum->column_free[a];
      if (self->scale[f] == 0 || self->left_out[f] || (self->border[f] >= 0) != shared)
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
  part->gram = g_new0 (double, n *n + 1);
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      part->gram[i * n + j] = normal->gram[column[i] * m + column[j]] *
                              self->scale[spectrum->column_free[column[i]]] *
                              self->scale[spectrum->column_free[column[j]]];
}

/* Leaves a column out; `trade` (taken) says how the others make it up. */
static void
leave_out (XpsCovariance *self, guint free, GArray *trade)
{
  const XpsRoot own = {free, 1};
  double largest = 1;
  g_array_append_val (trade, own);
  for (guint i = 0; i < trade->len; i++)
    largest = fmax (largest, fabs (g_array_index (trade, XpsRoot, i).factor));
  for (guint i = trade->len; i-- > 0;)
    if (fabs (g_array_index (trade, XpsRoot, i).factor) < TAKES_PART * largest)
      g_array_remove_index (trade, i);
    else
      self->traded[g_array_index (trade, XpsRoot, i).free] = TRUE;
  self->left_out[free] = TRUE;
  self->owner[free] = -2;
  g_ptr_array_add (self->trades, trade);
}

/* Cholesky factor of the local block; FALSE after a column was left out. */
static gboolean
factor_local (XpsCovariance *self, XpsCovariancePart *part)
{
  const gsize l = part->n_local, n = l + part->n_shared;
  part->factor = g_new (double, l *l + 1);
  for (gsize i = 0; i < l; i++)
    memcpy (part->factor + i * l, part->gram + i * n, l * sizeof (double));
  const gsize k = xps_dense_cholesky (l, l, part->factor);
  if (k == l)
    return TRUE;
  /* Row k of the factor up to the pivot that failed is L^-1 of the column: L'x = that row. */
  GArray *trade = g_array_new (FALSE, FALSE, sizeof (XpsRoot));
  xps_dense_backward (k, l, part->factor, part->factor + k * l);
  for (gsize i = 0; i < k; i++) {
    const XpsRoot root = {part->local[i], -part->factor[k * l + i]};
    g_array_append_val (trade, root);
  }
  leave_out (self, part->local[k], trade);
  return FALSE;
}

static void
couple_part (XpsCovariance *self, XpsCovariancePart *part)
{
  const gsize l = part->n_local, sh = part->n_shared, n = l + sh, nb = self->n_border;
  part->inverse = g_new0 (double, l *l + 1);
  part->coupling = g_new0 (double, sh *l + 1);
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
}

/* How locals follow when the shared columns move by x[n_border]. */
static void
append_locals (const XpsCovariance *self, const double *x, GArray *trade)
{
  for (gsize s = 0; s < self->n_spectra; s++) {
    const XpsCovariancePart *part = &self->parts[s];
    for (gsize i = 0; i < part->n_local; i++) {
      XpsRoot root = {part->local[i], 0};
      for (gsize k = 0; k < part->n_shared; k++)
        root.factor -= part->coupling[k * part->n_local + i] * x[self->border[part->shared[k]]];
      g_array_append_val (trade, root);
    }
  }
}

/* Cholesky factor of what is left of the shared columns; FALSE after one was left out. */
static gboolean
factor_border (XpsCovariance *self)
{
  const gsize nb = self->n_border;
  g_autofree double *x = g_new0 (double, nb + 1);
  g_free (self->border_factor);
  self->border_factor = g_memdup2 (self->border_gram, (nb * nb + 1) * sizeof (double));
  const gsize k = xps_dense_cholesky (nb, nb, self->border_factor);
  if (k == nb)
    return TRUE;
  xps_dense_backward (k, nb, self->border_factor, self->border_factor + k * nb);
  for (gsize i = 0; i < k; i++)
    x[i] = -self->border_factor[k * nb + i];
  x[k] = 1;
  GArray *trade = g_array_new (FALSE, FALSE, sizeof (XpsRoot));
  append_locals (self, x, trade);
  guint left_out = 0;
  for (gsize f = 0; f < self->n_free; f++) {
    const XpsRoot root = {(guint)f, self->border[f] >= 0 ? x[self->border[f]] : 0};
    if (self->border[f] == (int)k)
      left_out = (guint)f;
    else if (root.factor != 0)
      g_array_append_val (trade, root);
  }
  leave_out (self, left_out, trade);
  return FALSE;
}

/* All blocks without the columns left out; FALSE when one more shared column has to go. */
static gboolean
build (XpsCovariance *self, const XpsEngine *engine)
{
  number_border (self, engine->problem);
  const gsize nb = self->n_border;
  g_free (self->border_gram);
  self->border_gram = g_new0 (double, nb *nb + 1);
  for (gsize s = 0; s < self->n_spectra; s++) {
    do
      fill_part (self, engine, s);
    while (!factor_local (self, &self->parts[s]));
    couple_part (self, &self->parts[s]);
  }
  return factor_border (self);
}

/* Fewer points than unknowns: all of them trade off, whatever rounding makes of their columns. */
static void
mind_few_points (XpsCovariance *self, const XpsProblem *problem)
{
  GArray *trade = g_array_new (FALSE, FALSE, sizeof (XpsRoot));
  for (gsize f = 0; f < self->n_free; f++)
    if (self->scale[f] > 0) {
      const XpsRoot root = {(guint)f, 1};
      g_array_append_val (trade, root);
    }
  self->too_few = trade->len > problem->n_points;
  for (guint k = 0; self->too_few && k < trade->len; k++)
    self->traded[g_array_index (trade, XpsRoot, k).free] = TRUE;
  if (self->too_few)
    g_ptr_array_add (self->trades, trade);
  else
    g_array_unref (trade);
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
  self->held = g_new0 (gboolean, self->n_free + 1);
  self->left_out = g_new0 (gboolean, self->n_free + 1);
  self->traded = g_new0 (gboolean, self->n_free + 1);
  self->trades = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  self->parts = g_new0 (XpsCovariancePart, self->n_spectra);
  sum_scales (self, engine);
  mind_few_points (self, problem);
  while (!build (self, engine))
    ;
  const gsize nb = self->n_border;
  self->border_inverse = g_new0 (double, nb *nb + 1);
  xps_dense_cholesky_invert (nb, nb, self->border_factor, self->border_inverse);
  for (gsize f = 0; f < self->n_free; f++)
    self->rank += self->owner[f] != -2;
  self->rank = MIN (self->rank, problem->n_points);
  return self;
}

void
xps_covariance_free (XpsCovariance *self)
{
  if (self == NULL)
    return;
  for (gsize s = 0; s < self->n_spectra; s++)
    part_clear (&self->parts[s]);
  g_free (self->parts);
  g_free (self->scale);
  g_free (self->position);
  g_free (self->owner);
  g_free (self->border);
  g_free (self->held);
  g_free (self->left_out);
  g_free (self->traded);
  g_ptr_array_unref (self->trades);
  g_free (self->border_gram);
  g_free (self->border_factor);
  g_free (self->border_inverse);
  g_free (self);
}

/* Covariance of local parameter i of a part with shared row b, scaled: -W S^-1. */
static double
local_with_border (const XpsCovariance *self, const XpsCovariancePart *part, int i, int b)
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
  if (oi == -2 || oj == -2)
    return 0;
  if (oi == -1 && oj == -1)
    return self->border_inverse[(gsize)self->border[i] * self->n_border + (gsize)self->border[j]];
  if (oi == -1)
    return get_scaled (self, j, i);
  const XpsCovariancePart *part = &self->parts[oi];
  if (oj == -1)
    return local_with_border (self, part, self->position[i], self->border[j]);
  const XpsCovariancePart *other = &self->parts[oj];
  double sum =
      oi == oj ? part->inverse[(gsize)self->position[i] * part->n_local + (gsize)self->position[j]] : 0;
  for (gsize k = 0; k < other->n_shared; k++)
    sum -= other->coupling[k * other->n_local + (gsize)self->position[j]] *
           local_with_border (self, part, self->position[i], self->border[other->shared[k]]);
  return sum;
}

/* Entry of the generalised inverse: a covariance only where no trade-off takes part. */
static double
get_entry (const XpsCovariance *self, gsize i, gsize j)
{
  return get_scaled (self, i, j) * self->scale[i] * self->scale[j];
}

double
xps_covariance_get (const XpsCovariance *self, gsize i, gsize j)
{
  if (self->owner[i] == -2 || self->owner[j] == -2 || self->traded[i] || self->traded[j])
    return NAN;
  return get_entry (self, i, j);
}

double
xps_covariance_get_error (const XpsCovariance *self, gsize i)
{
  const double variance = xps_covariance_get (self, i, i);
  return variance >= 0 ? sqrt (variance) : NAN;
}

gsize
xps_covariance_get_n_trades (const XpsCovariance *self)
{
  return self->trades->len;
}

const XpsRoot *
xps_covariance_get_trade (const XpsCovariance *self, gsize i, gsize *n)
{
  const GArray *trade = g_ptr_array_index (self->trades, i);
  *n = trade->len;
  return (const XpsRoot *)(void *)trade->data;
}

gsize
xps_covariance_get_rank (const XpsCovariance *self)
{
  return self->rank;
}

double
xps_covariance_get_condition (const XpsCovariance *self)
{
  return self->trades->len > 0 ? INFINITY : xps_covariance_measure_condition (self);
}

/* Does the function stay the same while parameters trade off in this way? */
static gboolean
stays (const XpsCovariance *self, const GArray *trade, gsize n, const XpsRoot *derivatives)
{
  double sum = 0, size = 0;
  for (guint k = 0; k < trade->len; k++) {
    const XpsRoot *root = &g_array_index (trade, XpsRoot, k);
    for (gsize i = 0; i < n; i++) {
      const double product = derivatives[i].free == root->free
                                 ? derivatives[i].factor * root->factor * self->scale[root->free]
                                 : 0;
      sum += product;
      size += fabs (product);
    }
  }
  return fabs (sum) <= TAKES_PART * size;
}

double
xps_covariance_propagate (const XpsCovariance *self, gsize n, const XpsRoot *derivatives)
{
  double variance = 0;
  gsize n_moving = 0;
  for (gsize i = 0; i < n; i++) {
    const guint f = derivatives[i].free;
    if (!self->held[f] && self->owner[f] == -2 && !self->left_out[f])
      return NAN; /* nothing determines it */
    n_moving += !self->held[f];
  }
  for (guint t = 0; t < self->trades->len; t++)
    if (self->too_few || !stays (self, g_ptr_array_index (self->trades, t), n, derivatives))
      return NAN;
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < n; j++)
      variance += derivatives[i].factor * derivatives[j].factor *
                  get_entry (self, derivatives[i].free, derivatives[j].free);
  return n_moving > 0 && variance >= 0 ? sqrt (variance) : NAN;
}
