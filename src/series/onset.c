/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/onset.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/random.h"

/* Both descriptions are a constant plus a factor times a curve of one or two inner parameters, so for given
 * inner parameters the fit is a projection: with weighted residuals z about the weighted mean and the curve's
 * weighted residual u (unit length), the gain in chi2 over "no change" is (u z)^2. A grid of curves, made
 * once, serves the fit, its refinement and every redraw of the bootstrap. */

#define LEAST   6 /* steps */
#define MIDDLES 64
#define WIDTHS  10
#define STEADY  6.0        /* chi2 by which an onset must beat a straight line: Akaike's price and two */
#define WORK    60000000.0 /* multiplications that all redraws together may take */

const char *
xps_onset_kind_to_text (XpsOnsetKind kind)
{
  static const char *const texts[] = {"auto", "logistic", "kink"};
  return texts[kind];
}

typedef struct {
  gsize n;
  double *x, *y, *w; /* steps along the branch; w = 1/error */
  double low, high;  /* of x */
  gboolean falls;    /* x falls along the branch */
  double level;      /* weighted mean of y */
  double *z;         /* w (y - level) */
  double flat;       /* chi2 of no change */
  double *curve;     /* [n] room */
} Data;

static void
data_clear (Data *d)
{
  g_free (d->x);
  g_free (d->y);
  g_free (d->w);
  g_free (d->z);
  g_free (d->curve);
}

static void
center (Data *d)
{
  double sum = 0, total = 0;
  for (gsize i = 0; i < d->n; i++) {
    sum += d->w[i] * d->w[i];
    total += d->w[i] * d->w[i] * d->y[i];
  }
  d->level = total / sum;
  d->flat = 0;
  for (gsize i = 0; i < d->n; i++) {
    d->z[i] = d->w[i] * (d->y[i] - d->level);
    d->flat += d->z[i] * d->z[i];
  }
}

static gboolean
gather (gsize n, const double *x, const double *y, const double *error, const gboolean *use,
        const XpsBranch *branch, Data *d)
{
  *d = (Data){.low = INFINITY, .high = -INFINITY, .falls = branch->direction < 0};
  d->x = g_new (double, n);
  d->y = g_new (double, n);
  d->w = g_new (double, n);
  d->z = g_new (double, n);
  d->curve = g_new (double, n);
  for (gsize i = branch->first; i < branch->first + branch->n && i < n; i++) {
    if ((use != NULL && !use[i]) || !isfinite (x[i]) || !isfinite (y[i]) || !isfinite (error[i]) ||
        !(error[i] > 0))
      continue;
    d->x[d->n] = x[i];
    d->y[d->n] = y[i];
    d->w[d->n++] = 1 / error[i];
    d->low = fmin (d->low, x[i]);
    d->high = fmax (d->high, x[i]);
  }
  if (d->n < LEAST || !(d->high > d->low))
    return FALSE;
  d->falls = d->x[d->n - 1] < d->x[0];
  center (d);
  return TRUE;
}

/* ---- curves ---- */

static double
value_at (const Data *d, XpsOnsetKind kind, double middle, double width, double x)
{
  if (kind == XPS_ONSET_LOGISTIC)
    return 1 / (1 + exp (-(x - middle) / width));
  return d->falls ? fmax (middle - x, 0) : fmax (x - middle, 0);
}

/* Weighted residual of a curve about its mean, of unit length; FALSE: it does not bend within the data. */
static gboolean
make_curve (const Data *d, XpsOnsetKind kind, double middle, double width, double *u)
{
  double sum = 0, total = 0, square = 0;
  for (gsize i = 0; i < d->n; i++) {
    const double w2 = d->w[i] * d->w[i];
    u[i] = value_at (d, kind, middle, width, d->x[i]);
    sum += w2;
    total += w2 * u[i];
  }
  for (gsize i = 0; i < d->n; i++) {
    u[i] = d->w[i] * (u[i] - total / sum);
    square += u[i] * u[i];
  }
  if (!(square > 1e-12 * sum * (kind == XPS_ONSET_KINK ? (d->high - d->low) * (d->high - d->low) : 1)))
    return FALSE;
  for (gsize i = 0; i < d->n; i++)
    u[i] /= sqrt (square);
  return TRUE;
}

static double
dot (gsize n, const double *a, const double *b)
{
  double sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

static double
gain_of (const Data *d, XpsOnsetKind kind, double middle, double width)
{
  if (!make_curve (d, kind, middle, width, d->curve))
    return 0;
  const double projection = dot (d->n, d->curve, d->z);
  return projection * projection;
}

/* ---- the grid ---- */

typedef struct {
  gsize n; /* curves */
  double *middle, *width;
  double *curves; /* [n * data] */
} Grid;

static double
least_width (const Data *d)
{
  return 0.25 * (d->high - d->low) / (double)(d->n - 1);
}

/* A logistic wider than a third of the range is a straight line that has neither levels nor a middle. */
static double
largest_width (const Data *d)
{
  return (d->high - d->low) / 3;
}

static Grid
make_grid (const Data *d, XpsOnsetKind kind)
{
  const gsize widths = kind == XPS_ONSET_LOGISTIC ? WIDTHS : 1;
  Grid grid = {0, g_new (double, MIDDLES *widths), g_new (double, MIDDLES *widths),
               g_new (double, MIDDLES *widths * d->n)};
  for (gsize k = 0; k < widths; k++)
    for (gsize i = 0; i < MIDDLES; i++) {
      const double width =
          least_width (d) * pow (largest_width (d) / least_width (d), (double)k / (WIDTHS - 1));
      const double middle = d->low + (d->high - d->low) * ((double)i + 0.5) / MIDDLES;
      grid.middle[grid.n] = middle;
      grid.width[grid.n] = width;
      if (make_curve (d, kind, middle, width, grid.curves + grid.n * d->n))
        grid.n++;
    }
  return grid;
}

static void
grid_clear (Grid *grid)
{
  g_free (grid->middle);
  g_free (grid->width);
  g_free (grid->curves);
}

static double
find_best (const Data *d, const Grid *grid, const double *z, gsize *best)
{
  double gain = 0;
  *best = 0;
  for (gsize g = 0; g < grid->n; g++) {
    const double projection = dot (d->n, grid->curves + g * d->n, z);
    if (projection * projection > gain) {
      gain = projection * projection;
      *best = g;
    }
  }
  return gain;
}

/* ---- refinement ---- */

typedef struct {
  XpsOnsetKind kind;
  double middle, width, gain;
} Place;

/* Largest gain over the width, by golden section in its logarithm; the middle lies at `at` + `slide` widths:
 * fixed, or such that the foot of the tangent is. */
static double
search_width (const Data *d, XpsOnsetKind kind, double at, double slide, double *width)
{
  if (kind != XPS_ONSET_LOGISTIC)
    return gain_of (d, kind, at, *width);
  const double golden = 0.6180339887498949, first = log (least_width (d)), last = log (largest_width (d));
  const double cell = (last - first) / 15;
  double best = -1, top = first;
  for (int k = 0; k < 16; k++) { /* the best of a coarse row, so that the section starts beside it */
    const double t = first + cell * k, gain = gain_of (d, kind, at + slide * exp (t), exp (t));
    if (gain > best) {
      best = gain;
      top = t;
    }
  }
  double a = fmax (top - cell, first), b = fmin (top + cell, last);
  while (b - a > 1e-5) {
    const double p = b - golden * (b - a), q = a + golden * (b - a);
    if (gain_of (d, kind, at + slide * exp (p), exp (p)) < gain_of (d, kind, at + slide * exp (q), exp (q)))
      a = p;
    else
      b = q;
  }
  *width = exp (0.5 * (a + b));
  return gain_of (d, kind, at + slide * *width, *width);
}

static double
best_width (const Data *d, XpsOnsetKind kind, double middle, double *width)
{
  return search_width (d, kind, middle, 0, width);
}

static Place
refine (const Data *d, XpsOnsetKind kind, double middle, double width)
{
  const double golden = 0.6180339887498949, cell = (d->high - d->low) / MIDDLES;
  double a = fmax (middle - 1.5 * cell, d->low), b = fmin (middle + 1.5 * cell, d->high);
  Place place = {kind, middle, width, 0};
  while (b - a > 1e-7 * (d->high - d->low)) {
    const double p = b - golden * (b - a), q = a + golden * (b - a);
    if (best_width (d, kind, p, &place.width) < best_width (d, kind, q, &place.width))
      a = p;
    else
      b = q;
  }
  place.middle = 0.5 * (a + b);
  place.gain = best_width (d, kind, place.middle, &place.width);
  return place;
}

/* ---- intervals ---- */

/* Where the profile of `profile` has lost `loss` in chi2 against the best, going one way from `from`; NaN
 * when it never does within the data. */
typedef double (*Profile) (const Data *d, const Place *best, double at);

static double
profile_middle (const Data *d, const Place *best, double at)
{
  double width = best->width;
  return best_width (d, best->kind, at, &width);
}

static double
tangent_shift (const Data *d, const Place *place)
{
  if (place->kind != XPS_ONSET_LOGISTIC)
    return 0;
  return (d->falls ? 2 : -2) * place->width;
}

static double
profile_begin (const Data *d, const Place *best, double at)
{
  double width = best->width;
  return search_width (d, best->kind, at, d->falls ? -2 : 2, &width);
}

static double
find_end (const Data *d, const Place *best, Profile profile, double from, double step, double loss,
          double limit)
{
  double inside = from, outside = from;
  for (int k = 0; k < 200; k++) {
    outside = inside + step;
    if ((step > 0 ? outside - limit : limit - outside) > 0)
      return NAN;
    if (best->gain - profile (d, best, outside) > loss)
      break;
    inside = outside;
    step *= 1.3;
  }
  for (int k = 0; k < 30; k++) {
    const double middle = 0.5 * (inside + outside);
    if (best->gain - profile (d, best, middle) > loss)
      outside = middle;
    else
      inside = middle;
  }
  return 0.5 * (inside + outside);
}

/* Quantile of chi2 with one degree of freedom: square of the normal's, by bisection of erfc. */
static double
chi2_quantile (double confidence)
{
  double a = 0, b = 20;
  for (int k = 0; k < 80; k++) {
    const double middle = 0.5 * (a + b);
    if (erfc (middle / sqrt (2)) > 1 - confidence)
      a = middle;
    else
      b = middle;
  }
  return a * a;
}

static double
error_from (double low, double high)
{
  return isfinite (low) && isfinite (high) ? 0.5 * (high - low) : NAN;
}

static void
find_intervals (const Data *d, const Place *best, double confidence, double scale, XpsOnset *out)
{
  const double loss = chi2_quantile (confidence) * scale, range = d->high - d->low, step = 1e-4 * range;
  const double begin = best->middle + tangent_shift (d, best), reach = 0.5 * range;
  out->value = (XpsQuantity){
      best->middle, error_from (find_end (d, best, profile_middle, best->middle, -step, scale, d->low),
                                find_end (d, best, profile_middle, best->middle, step, scale, d->high))};
  out->low = find_end (d, best, profile_middle, best->middle, -step, loss, d->low);
  out->high = find_end (d, best, profile_middle, best->middle, step, loss, d->high);
  out->begin = (XpsQuantity){
      begin, error_from (find_end (d, best, profile_begin, begin, -step, scale, d->low - reach),
                         find_end (d, best, profile_begin, begin, step, scale, d->high + reach))};
  out->begin_low = find_end (d, best, profile_begin, begin, -step, loss, d->low - reach);
  out->begin_high = find_end (d, best, profile_begin, begin, step, loss, d->high + reach);
  out->beyond = best->middle < d->low + 10 * step ? -1 : best->middle > d->high - 10 * step ? 1 : 0;
  out->beyond *= d->falls ? -1 : 1;
  if (begin >= d->low && begin <= d->high)
    return;
  out->begun = TRUE;
  out->begin.error = NAN; /* it had begun before the first step: when, nothing says */
  *(d->falls ? &out->begin_high : &out->begin_low) = NAN;
}

/* ---- against no change ---- */

/* Without a change z is white noise about its mean: the largest gain over the grid in redraws of it. With
 * several kinds on trial the best of all grids counts, for redraws as for the data. */
static double
bootstrap (const Data *d, const Grid *grids, gsize n_grids, double gain, guint redraws, guint64 seed)
{
  double cost = 0;
  for (gsize g = 0; g < n_grids; g++)
    cost += (double)grids[g].n * (double)d->n;
  const guint n = (guint)fmax (fmin (redraws, WORK / cost), 19);
  g_autofree double *z = g_new (double, d->n);
  XpsRandom random;
  guint above = 0;
  double norm = 0;
  xps_random_init (&random, seed);
  for (gsize i = 0; i < d->n; i++)
    norm += d->w[i] * d->w[i];
  for (guint k = 0; k < n; k++) {
    double mean = 0, best = 0;
    for (gsize i = 0; i < d->n; i++) {
      z[i] = xps_random_normal (&random);
      mean += d->w[i] * z[i];
    }
    for (gsize i = 0; i < d->n; i++)
      z[i] -= d->w[i] * mean / norm;
    for (gsize g = 0; g < n_grids; g++) {
      gsize at;
      best = fmax (best, find_best (d, &grids[g], z, &at));
    }
    above += best >= gain ? 1 : 0;
  }
  return (above + 1.0) / (n + 1.0);
}

/* ---- against a straight line ---- */

static double
gain_of_line (const Data *d)
{
  double sum = 0, total = 0, square = 0, along = 0;
  for (gsize i = 0; i < d->n; i++) {
    sum += d->w[i] * d->w[i];
    total += d->w[i] * d->w[i] * d->x[i];
  }
  for (gsize i = 0; i < d->n; i++) {
    const double u = d->w[i] * (d->x[i] - total / sum);
    square += u * u;
    along += u * d->z[i];
  }
  return square > 0 ? along * along / square : 0;
}

/* ---- the answer ---- */

static void
describe (const Data *d, const Place *place, XpsOnset *out)
{
  double sum = 0, w_sum = 0, b_sum = 0, bb = 0, by = 0;
  const double first = value_at (d, place->kind, place->middle, place->width, d->x[0]);
  const double last = value_at (d, place->kind, place->middle, place->width, d->x[d->n - 1]);
  for (gsize i = 0; i < d->n; i++) {
    const double w2 = d->w[i] * d->w[i], b = value_at (d, place->kind, place->middle, place->width, d->x[i]);
    w_sum += w2;
    sum += w2 * d->y[i];
    b_sum += w2 * b;
  }
  const double b_mean = b_sum / w_sum, y_mean = sum / w_sum;
  for (gsize i = 0; i < d->n; i++) {
    const double w2 = d->w[i] * d->w[i];
    const double b = value_at (d, place->kind, place->middle, place->width, d->x[i]) - b_mean;
    bb += w2 * b * b;
    by += w2 * b * (d->y[i] - y_mean);
  }
  const double factor = bb > 0 ? by / bb : 0;
  const gboolean levels = place->kind == XPS_ONSET_LOGISTIC; /* a logistic has levels beyond the data */
  out->before = y_mean + factor * ((levels ? (d->falls ? 1 : 0) : first) - b_mean);
  out->after = y_mean + factor * ((levels ? (d->falls ? 0 : 1) : last) - b_mean);
  out->direction = out->after > out->before ? 1 : -1;
}

static Place
find_place (const Data *d, const Grid *grid, XpsOnsetKind kind)
{
  gsize best;
  const double gain = find_best (d, grid, d->z, &best);
  if (!(gain > 0) || grid->n == 0)
    return (Place){kind, 0.5 * (d->low + d->high), largest_width (d), 0};
  Place place = refine (d, kind, grid->middle[best], grid->width[best]);
  if (place.gain < gain)
    place = (Place){kind, grid->middle[best], grid->width[best], gain};
  return place;
}

/* One inner parameter more must pay for itself: Akaike's two units of chi2. */
static Place
choose (const Data *d, XpsOnsetKind wanted, const Grid *grids)
{
  const Place logistic = find_place (d, &grids[0], XPS_ONSET_LOGISTIC);
  const Place kink = find_place (d, &grids[1], XPS_ONSET_KINK);
  if (wanted != XPS_ONSET_AUTO)
    return wanted == XPS_ONSET_LOGISTIC ? logistic : kink;
  return logistic.gain >= kink.gain + 2 ? logistic : kink;
}

gboolean
xps_onset_find (gsize n, const double *x, const double *y, const double *error, const gboolean *use,
                const XpsBranch *branch, const XpsOnsetOptions *options, XpsOnset *onset)
{
  static const XpsOnsetOptions usual = {0};
  const XpsOnsetOptions *o = options != NULL ? options : &usual;
  Data d;
  if (!gather (n, x, y, error, use, branch, &d)) {
    data_clear (&d);
    return FALSE;
  }
  Grid grids[] = {make_grid (&d, XPS_ONSET_LOGISTIC), make_grid (&d, XPS_ONSET_KINK)};
  const Place place = choose (&d, o->kind, grids);
  const gsize first = o->kind == XPS_ONSET_KINK ? 1 : 0, count = o->kind == XPS_ONSET_AUTO ? 2 : 1;
  const double chi2 = fmax (d.flat - place.gain, 0);
  const double dof = (double)d.n - (place.kind == XPS_ONSET_LOGISTIC ? 4 : 3);
  *onset = (XpsOnset){
      .kind = place.kind, .branch = *branch, .n = d.n, .gain = place.gain, .chi2 = chi2, .dof = dof};
  onset->width = (XpsQuantity){place.kind == XPS_ONSET_LOGISTIC ? place.width : NAN, NAN};
  onset->scaled = dof > 0 && chi2 / dof > 1 + 3 * sqrt (2 / dof);
  onset->steady = place.gain - gain_of_line (&d) < STEADY;
  describe (&d, &place, onset);
  find_intervals (&d, &place, o->confidence > 0 ? o->confidence : 0.95, onset->scaled ? chi2 / dof : 1,
                  onset);
  onset->significance = bootstrap (&d, grids + first, count, place.gain,
                                   o->n_redraws > 0 ? o->n_redraws : 999, o->seed != 0 ? o->seed : 1);
  for (gsize g = 0; g < G_N_ELEMENTS (grids); g++)
    grid_clear (&grids[g]);
  data_clear (&d);
  return TRUE;
}
