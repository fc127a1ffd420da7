/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/factor.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "numerics/dense.h"

#define LEVEL       0.001
#define MOST_POINTS 256 /* of the shorter side: beyond, energies are put together */

void
xps_factors_free (XpsFactors *self)
{
  if (self == NULL)
    return;
  g_free (self->steps);
  g_free (self->energy);
  g_free (self->singular);
  g_free (self->limit);
  g_free (self->p);
  g_free (self->spectra);
  g_free (self->weights);
  g_free (self->statement);
  g_free (self);
}

/* ---- the largest singular value of noise ---- */

/* Upper incomplete gamma function, regularised: series below, continued fraction above (Abramowitz & Stegun
 * 6.5.29, 6.5.31). */
static double
gamma_q (double a, double x)
{
  if (x <= 0)
    return 1;
  const double front = exp (a * log (x) - x - lgamma (a));
  if (x < a + 1) {
    double term = 1 / a, sum = term;
    for (int k = 1; k < 1000 && term > 1e-16 * sum; k++) {
      term *= x / (a + k);
      sum += term;
    }
    return 1 - front * sum;
  }
  double b = x + 1 - a, c = 1e300, d = 1 / b, h = d;
  for (int k = 1; k < 1000; k++) {
    const double an = -k * (k - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= c * d;
    if (fabs (c * d - 1) < 1e-15)
      break;
  }
  return front * h;
}

/* Tracy-Widom law for real matrices, by the shifted gamma distribution of Chiani (J. Multivariate Anal. 129
 * (2014) 69), good to 0.003 of the probability in the bulk and to a few percent of it in the tail. */
static double
tracy_widom_p (double s)
{
  return s <= -9.84801 ? 1 : gamma_q (46.446, (s + 9.84801) / 0.186054);
}

static double
tracy_widom_quantile (double p)
{
  double low = -9, high = 60;
  for (int k = 0; k < 100; k++) {
    const double middle = 0.5 * (low + high);
    if (tracy_widom_p (middle) > p)
      low = middle;
    else
      high = middle;
  }
  return low;
}

/* Centre and width of the square of the largest singular value of n x m unit noise (Johnstone, Ann. Stat. 29
 * (2001) 295, with the halves of Ma, Bernoulli 18 (2012) 322). */
static void
noise_edge (double n, double m, double *middle, double *width)
{
  const double a = sqrt (fmax (n - 0.5, 0.5)), b = sqrt (fmax (m - 0.5, 0.5));
  *middle = (a + b) * (a + b);
  *width = (a + b) * cbrt (1 / a + 1 / b);
}

/* ---- the stack ---- */

typedef struct {
  gsize n, m;             /* frames, points */
  double *counts;         /* [n * m] */
  double *variance_scale; /* NULL: counts; else [n] variance of each frame's points */
  double *row, *column;   /* [n], [m]: scaled value = counts / (row column) */
} Stack;

static void
stack_clear (Stack *stack)
{
  g_free (stack->counts);
  g_free (stack->variance_scale);
  g_free (stack->row);
  g_free (stack->column);
}

static const XpsFitData *
usable (const XpsSeries *series, gsize step, gsize part, const XpsFitData *first)
{
  const XpsFitData *data = g_ptr_array_index (xps_series_get_step (series, step)->data, (guint)part);
  if (data == NULL || xps_series_get_step (series, step)->exclusion != NULL)
    return NULL;
  if (first == NULL)
    return data;
  const double slack = 0.1 * (first->energy[first->n - 1] - first->energy[0]) / (double)MAX (first->n - 1, 1);
  const gboolean same = data->n == first->n && fabs (data->energy[0] - first->energy[0]) < slack &&
                        fabs (data->energy[data->n - 1] - first->energy[first->n - 1]) < slack;
  return same ? data : NULL;
}

/* Standard deviation of white noise from third differences, which lines leave nearly alone (the sum of the
 * squares of 1, -3, 3, -1 is 20). */
static double
difference_noise (gsize m, const double *y)
{
  double sum = 0;
  for (gsize k = 3; k < m; k++) {
    const double d = y[k] - 3 * y[k - 1] + 3 * y[k - 2] - y[k - 3];
    sum += d * d;
  }
  return m > 3 ? sqrt (sum / (20 * (double)(m - 3))) : 1;
}

static void
fill_stack (const XpsSeries *series, gsize part, const XpsFitData *first, gsize bins, XpsFactors *out,
            Stack *stack)
{
  const gsize n_steps = xps_series_get_n (series);
  out->known_noise = TRUE;
  stack->m = first->n / bins;
  stack->counts = g_new0 (double, n_steps * stack->m + 1);
  for (gsize i = 0; i < n_steps; i++) {
    const XpsFitData *data = usable (series, i, part, first);
    if (data == NULL)
      continue;
    const gboolean timed = isfinite (data->live_time) && data->live_time > 0;
    double *row = stack->counts + stack->n * stack->m;
    out->known_noise &= timed && data->unit != XPS_INTENSITY_UNKNOWN;
    for (gsize k = 0; k < stack->m * bins; k++)
      row[k / bins] += data->intensity[k] * (timed ? data->live_time : 1);
    for (gsize k = 0; k < stack->m; k++)
      out->known_noise &= row[k] >= 0;
    out->steps[stack->n++] = i;
  }
}

/* Scaling to unit noise: a count's variance is the count, and rows and columns alone are scaled, by the roots
 * of their means (Keenan & Kotula, Surf. Interface Anal. 36 (2004) 203). */
static void
scale_stack (Stack *stack, gboolean known)
{
  double grand = 0;
  stack->row = g_new0 (double, stack->n);
  stack->column = g_new0 (double, stack->m);
  for (gsize i = 0; i < stack->n; i++) {
    const double *y = stack->counts + i * stack->m;
    if (!known)
      stack->row[i] = fmax (difference_noise (stack->m, y), 1e-300);
    for (gsize k = 0; k < stack->m; k++) {
      stack->row[i] += known ? y[k] / (double)stack->m : 0;
      stack->column[k] += y[k] / (double)stack->n;
      grand += y[k];
    }
  }
  grand /= (double)(stack->n * stack->m);
  for (gsize i = 0; known && i < stack->n; i++)
    stack->row[i] = sqrt (fmax (stack->row[i], 1e-3) / fmax (grand, 1e-3));
  for (gsize k = 0; k < stack->m; k++)
    stack->column[k] = known ? sqrt (fmax (stack->column[k], 1)) : 1;
}

/* ---- principal components ---- */

static double
scaled (const Stack *stack, gsize i, gsize k)
{
  return stack->counts[i * stack->m + k] / (stack->row[i] * stack->column[k]);
}

/* Gram matrix over the shorter side. */
static double *
make_gram (const Stack *stack, gboolean by_frames)
{
  const gsize side = by_frames ? stack->n : stack->m, other = by_frames ? stack->m : stack->n;
  g_autofree double *s = g_new (double, stack->n * stack->m + 1);
  double *gram = g_new0 (double, side *side + 1);
  for (gsize a = 0; a < side; a++)
    for (gsize k = 0; k < other; k++)
      s[a * other + k] = by_frames ? scaled (stack, a, k) : scaled (stack, k, a);
  for (gsize a = 0; a < side; a++)
    for (gsize b = 0; b <= a; b++) {
      double sum = 0;
      for (gsize k = 0; k < other; k++)
        sum += s[a * other + k] * s[b * other + k];
      gram[a * side + b] = gram[b * side + a] = sum;
    }
  return gram;
}

static void
test_values (const Stack *stack, double level, XpsFactors *out)
{
  const double quantile = tracy_widom_quantile (level);
  gboolean real = TRUE;
  for (gsize k = 0; k < out->n_values; k++) {
    double middle, width;
    noise_edge ((double)(stack->n - k), (double)(stack->m - k), &middle, &width);
    out->limit[k] = sqrt (middle + quantile * width);
    out->p[k] = tracy_widom_p ((out->singular[k] * out->singular[k] - middle) / width);
    real &= out->singular[k] > out->limit[k];
    out->rank += real ? 1 : 0;
  }
}

/* Scores and principal spectra, scaling undone: counts ~ weights * spectra. */
static void
make_factors (const Stack *stack, gboolean by_frames, const double *vectors, XpsFactors *out)
{
  const gsize side = by_frames ? stack->n : stack->m;
  out->spectra = g_new0 (double, MAX (out->rank, 1) * stack->m);
  out->weights = g_new0 (double, MAX (out->rank, 1) * stack->n);
  for (gsize r = 0; r < out->rank; r++) {
    const gsize column = side - 1 - r; /* eigenvalues rise */
    for (gsize a = 0; a < stack->n; a++)
      for (gsize k = 0; k < stack->m; k++) {
        const double value = scaled (stack, a, k);
        if (by_frames)
          out->spectra[r * stack->m + k] += vectors[a * side + column] * value * stack->column[k];
        else
          out->weights[a * out->rank + r] += vectors[k * side + column] * value * stack->row[a];
      }
    for (gsize a = 0; by_frames && a < stack->n; a++)
      out->weights[a * out->rank + r] = vectors[a * side + column] * stack->row[a];
    for (gsize k = 0; !by_frames && k < stack->m; k++)
      out->spectra[r * stack->m + k] = vectors[k * side + column] * stack->column[k];
  }
}

static void
decompose (const Stack *stack, double level, XpsFactors *out)
{
  const gboolean by_frames = stack->n <= stack->m;
  const gsize side = by_frames ? stack->n : stack->m;
  g_autofree double *gram = make_gram (stack, by_frames), *values = g_new (double, side);
  g_autofree double *vectors = g_new (double, side *side);
  xps_dense_eigen (side, gram, values, vectors);
  out->n_values = side;
  out->singular = g_new (double, side);
  out->limit = g_new (double, side);
  out->p = g_new (double, side);
  for (gsize k = 0; k < side; k++)
    out->singular[k] = sqrt (fmax (values[side - 1 - k], 0));
  test_values (stack, level, out);
  make_factors (stack, by_frames, vectors, out);
}

static gsize
count_usable (const XpsSeries *series, gsize part, const XpsFitData **first)
{
  gsize n = 0;
  *first = NULL;
  for (gsize i = 0; i < xps_series_get_n (series); i++) {
    const XpsFitData *data = usable (series, i, part, *first);
    *first = *first == NULL ? data : *first;
    n += data != NULL ? 1 : 0;
  }
  return n;
}

XpsFactors *
xps_factors_new (const XpsSeries *series, gsize part, double level, GError **error)
{
  const XpsFitData *first;
  const gsize n = count_usable (series, part, &first);
  if (n < 2 || first->n < 4) {
    xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, NULL, NULL,
                   N_ ("fewer than two frames of equal energies"),
                   N_ ("compare frames that were measured alike"));
    return NULL;
  }
  const gsize bins = MIN (n, first->n) > MOST_POINTS ? (first->n + MOST_POINTS - 1) / MOST_POINTS : 1;
  XpsFactors *out = g_new0 (XpsFactors, 1);
  Stack stack = {0};
  out->steps = g_new (gsize, n);
  fill_stack (series, part, first, bins, out, &stack);
  scale_stack (&stack, out->known_noise);
  out->n_steps = stack.n;
  out->n_points = stack.m;
  out->energy = g_new0 (double, stack.m);
  for (gsize k = 0; k < stack.m * bins; k++)
    out->energy[k / bins] += first->energy[k] / (double)bins;
  decompose (&stack, level > 0 ? level : LEVEL, out);
  out->statement = xps_text_printf (
      "rank %" G_GSIZE_FORMAT
      ": the next singular value %.4g does not exceed %.4g, the %.4g quantile of the largest one "
      "of pure noise (Tracy-Widom)%s",
      out->rank, out->rank < out->n_values ? out->singular[out->rank] : 0,
      out->rank < out->n_values ? out->limit[out->rank] : 0, 1 - (level > 0 ? level : LEVEL),
      out->known_noise ? "" : "; noise estimated from the differences of neighbouring points");
  stack_clear (&stack);
  return out;
}

/* ---- non-negative factors ---- */

#define ROUNDS 400

/* Frames as different as possible for a start: each next one has the largest part outside of those before
 * (successive projections, Araujo et al., Chemom. Intell. Lab. Syst. 57 (2001) 65). */
static void
pick_starts (gsize n, gsize m, const double *y, gsize rank, double *spectra)
{
  g_autofree double *left = g_memdup2 (y, n * m * sizeof (double));
  for (gsize r = 0; r < rank; r++) {
    gsize best = 0;
    double most = -1;
    for (gsize i = 0; i < n; i++) {
      double square = 0;
      for (gsize k = 0; k < m; k++)
        square += left[i * m + k] * left[i * m + k];
      if (square > most) {
        most = square;
        best = i;
      }
    }
    for (gsize k = 0; k < m; k++)
      spectra[r * m + k] = fmax (y[best * m + k], 1e-3) + 1e-3;
    g_autofree double *axis = g_memdup2 (left + best * m, m * sizeof (double));
    for (gsize i = 0; i < n && most > 0; i++) {
      double along = 0;
      for (gsize k = 0; k < m; k++)
        along += left[i * m + k] * axis[k] / most;
      for (gsize k = 0; k < m; k++)
        left[i * m + k] -= along * axis[k];
    }
  }
}

static void
multiply (gsize n, gsize m, gsize rank, const double *weights, const double *spectra, double *model)
{
  memset (model, 0, n * m * sizeof (double));
  for (gsize i = 0; i < n; i++)
    for (gsize r = 0; r < rank; r++)
      for (gsize k = 0; k < m; k++)
        model[i * m + k] += weights[i * rank + r] * spectra[r * m + k];
}

/* Multiplies each weight by (y v) / (model v) with the variances as weights. */
static void
update_weights (gsize n, gsize m, gsize rank, const double *y, const double *model, const double *spectra,
                double *weights)
{
  for (gsize i = 0; i < n; i++)
    for (gsize r = 0; r < rank; r++) {
      double up = 0, down = 0;
      for (gsize k = 0; k < m; k++) {
        const double v = spectra[r * m + k] / fmax (y[i * m + k], 1);
        up += v * y[i * m + k];
        down += v * model[i * m + k];
      }
      weights[i * rank + r] *= down > 0 ? fmax (up, 0) / down : 1;
    }
}

static void
update_spectra (gsize n, gsize m, gsize rank, const double *y, const double *model, const double *weights,
                double *spectra)
{
  for (gsize r = 0; r < rank; r++)
    for (gsize k = 0; k < m; k++) {
      double up = 0, down = 0;
      for (gsize i = 0; i < n; i++) {
        const double v = weights[i * rank + r] / fmax (y[i * m + k], 1);
        up += v * y[i * m + k];
        down += v * model[i * m + k];
      }
      spectra[r * m + k] *= down > 0 ? fmax (up, 0) / down : 1;
    }
}

static void
normalise (gsize n, gsize m, gsize rank, double *spectra, double *weights)
{
  for (gsize r = 0; r < rank; r++) {
    double sum = 0;
    for (gsize k = 0; k < m; k++)
      sum += spectra[r * m + k];
    for (gsize k = 0; k < m && sum > 0; k++)
      spectra[r * m + k] /= sum;
    for (gsize i = 0; i < n && sum > 0; i++)
      weights[i * rank + r] *= sum;
  }
}

double
xps_factors_make_positive (const XpsSeries *series, gsize part, const XpsFactors *factors, gsize rank,
                           double *spectra, double *weights)
{
  const XpsFitData *first = NULL;
  const gsize n = count_usable (series, part, &first), m = factors->n_points;
  if (first == NULL)
    return (double)NAN;
  const gsize bins = first->n / m;
  XpsFactors shape = {.steps = g_new (gsize, n)};
  Stack stack = {0};
  double chi2 = 0;
  fill_stack (series, part, first, bins, &shape, &stack);
  g_autofree double *model = g_new (double, n *m + 1);
  pick_starts (n, m, stack.counts, rank, spectra);
  for (gsize i = 0; i < n * rank; i++)
    weights[i] = 1.0 / (double)rank;
  for (int round = 0; round < ROUNDS; round++) {
    multiply (n, m, rank, weights, spectra, model);
    update_weights (n, m, rank, stack.counts, model, spectra, weights);
    multiply (n, m, rank, weights, spectra, model);
    update_spectra (n, m, rank, stack.counts, model, weights, spectra);
  }
  multiply (n, m, rank, weights, spectra, model);
  normalise (n, m, rank, spectra, weights);
  for (gsize i = 0; i < n * m; i++)
    chi2 += (stack.counts[i] - model[i]) * (stack.counts[i] - model[i]) / fmax (stack.counts[i], 1);
  stack_clear (&stack);
  g_free (shape.steps);
  const double dof = (double)(n * m) - (double)(rank * (n + m)) + (double)(rank * rank);
  return dof > 0 ? chi2 / dof : (double)NAN;
}
