/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background/loss.h"

#include "background/grid.h"
#include "numerics/quadrature.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_STORED   2048 /* points of a non-uniform grid whose weights are kept: 17 MB */
#define MOST_HALVINGS 48

struct _XpsLossSum {
  XpsLossKernel kernel;
  bool exact, uniform;
  size_t n;
  double *energy;
  double *lag;      /* uniform: weight of a count i steps away ... */
  double *lag_edge; /* ... and of the first count of the window, beyond which nothing is known */
  double *triangle; /* row i has i + 1 weights; NULL: too many */
};

double
xps_loss_value (const XpsLossKernel *kernel, double loss_ev)
{
  if (loss_ev < kernel->t0 || loss_ev <= 0.0)
    return 0.0;
  const double square = loss_ev * loss_ev, off = kernel->c - square;
  return kernel->b * loss_ev / (off * off + kernel->d * square);
}

XpsLossKernel
xps_loss_kernel (double b, double c, double d, double t0)
{
  XpsLossKernel self = {.b = b, .c = c, .d = d, .t0 = t0};
  const double p = 0.5 * d - c;
  if (c > 0.0 && d < 4.0 * c) {
    self.pole = sqrt (c - 0.25 * d);
    self.damping = 0.5 * sqrt (d);
  } else /* both poles on the imaginary axis, T^2 = -p +- sqrt (p^2 - c^2) */
    self.damping = fabs (c) / sqrt (p + sqrt (fmax (p * p - c * c, 0.0)));
  return self;
}

static double
pole_distance (const XpsLossKernel *kernel, double low, double high)
{
  const double along = fmax (fmax (low - kernel->pole, kernel->pole - high), 0.0);
  return sqrt (along * along + kernel->damping * kernel->damping);
}

/* Nodes for full precision on a panel whose half length goes `ratio` times into the distance of the nearest
 * pole: the error falls as (ratio + sqrt (1 + ratio^2))^(-2 nodes) (Trefethen, SIAM Review 50 (2008) 67). */
static size_t
nodes_for (double ratio)
{
  return ratio > 100.0 ? 4 : ratio > 8.0 ? 8 : ratio > 2.0 ? 16 : 24;
}

static void
add_panel (const XpsLossKernel *kernel, const double ends[2], double low, double high, double distance,
           double *near, double *far)
{
  const double half = 0.5 * (high - low), middle = 0.5 * (high + low), length = ends[1] - ends[0];
  const double *abscissae, *weights;
  const size_t nodes = xps_gauss_legendre (nodes_for (distance / half), &abscissae, &weights);
  for (size_t k = 0; k < nodes; k++) {
    const double loss = middle + half * abscissae[k];
    const double part = half * weights[k] * xps_loss_value (kernel, loss) / length;
    *near += part * (ends[1] - loss);
    *far += part * (loss - ends[0]);
  }
}

void
xps_loss_weights (const XpsLossKernel *kernel, double near_ev, double far_ev, double *near, double *far)
{
  const double ends[2] = {near_ev, far_ev};
  double low = fmax (near_ev, kernel->t0);
  *near = *far = 0.0;
  while (low < far_ev) {
    /* the longest panel from `low` that the poles allow, by halving what is left */
    double high = far_ev, distance = pole_distance (kernel, low, high);
    for (int i = 0; i < MOST_HALVINGS && 0.5 * (high - low) > 0.8 * distance; i++) {
      high = 0.5 * (low + high);
      distance = pole_distance (kernel, low, high);
    }
    if (!(high > low))
      return;
    add_panel (kernel, ends, low, high, distance, near, far);
    low = high;
  }
}

static void
interval_weights (const XpsLossSum *self, double near_ev, double far_ev, double *near, double *far)
{
  if (self->exact) {
    xps_loss_weights (&self->kernel, near_ev, far_ev, near, far);
    return;
  }
  *near = 0.5 * (far_ev - near_ev) * xps_loss_value (&self->kernel, near_ev);
  *far = 0.5 * (far_ev - near_ev) * xps_loss_value (&self->kernel, far_ev);
}

/* lag_edge[i]: only the interval on the near side of a count; lag[i]: those on both sides. */
static void
fill_lags (XpsLossSum *self, double step)
{
  self->lag[0] = self->lag_edge[0] = 0.0;
  for (size_t i = 0; i < self->n; i++) {
    double near, far;
    interval_weights (self, (double)i * step, (double)(i + 1) * step, &near, &far);
    self->lag[i] += near;
    if (i + 1 < self->n)
      self->lag[i + 1] = self->lag_edge[i + 1] = far;
  }
}

static void
fill_triangle (XpsLossSum *self)
{
  const double *x = self->energy;
  double *row = self->triangle;
  for (size_t i = 0; i < self->n; row += ++i) {
    row[0] = 0.0;
    for (size_t j = 0; j < i; j++) {
      double near, far;
      interval_weights (self, x[i] - x[j + 1], x[i] - x[j], &near, &far);
      row[j] += far;
      row[j + 1] = near;
    }
  }
}

void
xps_loss_sum_free (XpsLossSum *self)
{
  if (self == NULL)
    return;
  free (self->energy);
  free (self->lag);
  free (self->lag_edge);
  free (self->triangle);
  free (self);
}

XpsLossSum *
xps_loss_sum_new (const XpsLossKernel *kernel, bool exact, size_t n, const double *energy_ev)
{
  const double step = xps_background_uniform_step (n, energy_ev);
  XpsLossSum *self = calloc (1, sizeof *self);
  if (self == NULL)
    return NULL;
  *self = (XpsLossSum){.kernel = *kernel, .exact = exact, .uniform = step > 0.0, .n = n};
  bool have;
  if (self->uniform) {
    self->lag = calloc (n, sizeof (double));
    self->lag_edge = calloc (n, sizeof (double));
    have = self->lag != NULL && self->lag_edge != NULL;
  } else {
    self->energy = calloc (n, sizeof (double));
    self->triangle = n <= MOST_STORED ? calloc (n * (n + 1) / 2, sizeof (double)) : NULL;
    have = self->energy != NULL && (n > MOST_STORED || self->triangle != NULL);
  }
  if (!have) {
    xps_loss_sum_free (self);
    return NULL;
  }
  if (self->uniform)
    fill_lags (self, step);
  else
    memcpy (self->energy, energy_ev, n * sizeof (double));
  if (self->triangle != NULL)
    fill_triangle (self);
  return self;
}

/* out[i] += sum over j of y[j] lag[i - j]; four counts at a time, so that out is loaded and stored a quarter
 * as often. */
static void
convolve (size_t n, const double *restrict lag, const double *restrict lag_edge, const double *restrict y,
          double *restrict out)
{
  for (size_t i = 0; i < n; i++)
    out[i] = y[0] * lag_edge[i];
  size_t j = 1;
  for (; j + 4 <= n; j += 4) {
    const double y0 = y[j], y1 = y[j + 1], y2 = y[j + 2], y3 = y[j + 3];
    out[j] += y0 * lag[0];
    out[j + 1] += y0 * lag[1] + y1 * lag[0];
    out[j + 2] += y0 * lag[2] + y1 * lag[1] + y2 * lag[0];
    for (size_t i = j + 3; i < n; i++) {
      const double *at = lag + (i - j - 3);
      out[i] += (y0 * at[3] + y1 * at[2]) + (y2 * at[1] + y3 * at[0]);
    }
  }
  for (; j < n; j++)
    for (size_t i = j; i < n; i++)
      out[i] += y[j] * lag[i - j];
}

static void
multiply_triangle (const XpsLossSum *self, const double *y, double *out)
{
  const double *row = self->triangle;
  for (size_t i = 0; i < self->n; row += ++i) {
    double sum[4] = {0.0};
    size_t j = 0;
    for (; j + 4 <= i + 1; j += 4)
      for (size_t k = 0; k < 4; k++)
        sum[k] += row[j + k] * y[j + k];
    for (; j <= i; j++)
      sum[0] += row[j] * y[j];
    out[i] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
  }
}

static void
sum_afresh (const XpsLossSum *self, size_t m, const double *const *y, double *const *out)
{
  const double *x = self->energy;
  for (size_t i = 0; i < self->n; i++) {
    for (size_t k = 0; k < m; k++)
      out[k][i] = 0.0;
    for (size_t j = 0; j < i; j++) {
      double near, far;
      interval_weights (self, x[i] - x[j + 1], x[i] - x[j], &near, &far);
      for (size_t k = 0; k < m; k++)
        out[k][i] += near * y[k][j + 1] + far * y[k][j];
    }
  }
}

void
xps_loss_sum_apply (const XpsLossSum *self, size_t m, const double *const *y, double *const *out)
{
  if (!self->uniform && self->triangle == NULL) {
    sum_afresh (self, m, y, out);
    return;
  }
  for (size_t k = 0; k < m; k++) {
    if (self->uniform)
      convolve (self->n, self->lag, self->lag_edge, y[k], out[k]);
    else
      multiply_triangle (self, y[k], out[k]);
  }
}
