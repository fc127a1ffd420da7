/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/cell.h"

#include <math.h>
#include <stdlib.h>

/* Where nothing positive lies, far below any panel: what components stand on there. */
#define LOG_FLOOR (-400.0)

#define SIGMAS_MOST 2e4 /* on screen: a model that is so far off is wrong, whatever the number */

enum { OWNED_INTENSITY, OWNED_BACKGROUND, OWNED_ENVELOPE, OWNED_BASE };

void
xps_cell_find_shown (gsize n, const double *energy, double low, double high, gsize *first, gsize *count)
{
  const gboolean falls = n > 1 && energy[0] > energy[n - 1];
  gsize ends[2]; /* first index beyond the near and the far limit */
  for (int end = 0; end < 2; end++) {
    const double limit = (end == 0) != falls ? low : high;
    gsize below = 0, above = n;
    while (below < above) {
      const gsize middle = below + (above - below) / 2;
      const double value = energy[middle];
      const gboolean before =
          end == 0 ? (falls ? value > limit : value < limit) : (falls ? value >= limit : value <= limit);
      if (before)
        below = middle + 1;
      else
        above = middle;
    }
    ends[end] = below;
  }
  *first = ends[0] > 0 ? ends[0] - 1 : 0;
  *count = MIN (MAX (ends[1], ends[0]) + 1, n) - *first;
}

static double
shown_value (const XpsCellView *view, double value)
{
  const double shown = view->factor * value - view->offset;
  if (!view->log)
    return shown;
  return shown > 0.0 ? log10 (shown) : (double)NAN;
}

static gboolean
is_as_measured (const XpsCell *cell)
{
  const XpsCellView *view = cell->view;
  return view == NULL || (!view->log && view->factor == 1.0 && view->offset == 0.0);
}

static double *
own (XpsCell *cell, guint slot, gsize n)
{
  if (cell->owned[slot] == NULL)
    cell->owned[slot] = g_new (double, n);
  return cell->owned[slot];
}

/* The curve as drawn; only the shown points are there. */
static const double *
show (XpsCell *cell, guint slot, const double *values)
{
  const gboolean measured = slot == OWNED_INTENSITY;
  const gsize first = measured ? cell->first : cell->model_first;
  const gsize n = measured ? cell->n : cell->model_n;
  if (values == NULL || is_as_measured (cell))
    return values;
  double *shown = own (cell, slot, measured ? cell->curves->n : cell->model->n);
  for (gsize i = first; i < first + n; i++)
    shown[i] = shown_value (cell->view, values[i]);
  return shown;
}

/* Not always the background: the logarithm of nothing is a gap in the curve, but no hole in what stands on
 * it. */
static const double *
show_base (XpsCell *cell)
{
  const double *background = cell->model->background;
  if (is_as_measured (cell))
    return background;
  double *base = own (cell, OWNED_BASE, cell->model->n);
  for (gsize i = cell->model_first; i < cell->model_first + cell->model_n; i++) {
    const double value = background != NULL ? background[i] : 0.0;
    base[i] = shown_value (cell->view, value);
    if (isnan (base[i]) && !isnan (value))
      base[i] = LOG_FLOOR;
  }
  return base;
}

static void
widen (XpsCell *cell, gsize first, gsize n, const double *energy, const double *values, double low,
       double high)
{
  for (gsize i = first; values != NULL && i < first + n; i++) {
    if (!(energy[i] >= low && energy[i] <= high) || !isfinite (values[i]))
      continue;
    cell->y_low = MIN (cell->y_low, values[i]);
    cell->y_high = MAX (cell->y_high, values[i]);
  }
}

static void
widen_by_lines (XpsCell *cell, double low, double high)
{
  for (gsize l = 0; cell->view != NULL && cell->view->lines_count && l < cell->view->n_lines; l++) {
    const XpsCellLine *line = &cell->view->lines[l];
    double bottom = INFINITY, top = -INFINITY;
    for (gsize i = 0; i < line->n; i++) {
      const double value = line->intensity[i];
      if (!(line->energy[i] >= low && line->energy[i] <= high) || !isfinite (value) ||
          (cell->view->log && !(value > 0.0)))
        continue;
      bottom = MIN (bottom, value);
      top = MAX (top, value);
    }
    if (!(bottom <= top))
      continue;
    cell->y_low = MIN (cell->y_low, cell->view->log ? log10 (bottom) : bottom);
    cell->y_high = MAX (cell->y_high, cell->view->log ? log10 (top) : top);
  }
}

static void
count_gaps (XpsCell *cell, double low, double high)
{
  const XpsFigureCurves *curves = cell->curves;
  cell->n_gaps = 0;
  for (gsize i = cell->first; cell->view != NULL && cell->view->log && i < cell->first + cell->n; i++)
    cell->n_gaps += curves->energy[i] >= low && curves->energy[i] <= high && isnan (cell->intensity[i]) &&
                    !isnan (curves->intensity[i]);
}

static void
prepare_component (XpsCell *cell, gsize k)
{
  const XpsFigureCurves *model = cell->model;
  const double *values = model->components[k].values, *background = model->background;
  const gboolean plain = is_as_measured (cell);
  if (cell->tops[k] == NULL)
    cell->tops[k] = g_new (double, model->n);
  for (gsize i = cell->model_first; i < cell->model_first + cell->model_n; i++) {
    const double top = values[i] + (background != NULL ? background[i] : 0.0);
    cell->tops[k][i] = plain ? top : shown_value (cell->view, top);
  }
}

static void
widen_by_model (XpsCell *cell, const double *values, double low, double high)
{
  widen (cell, cell->model_first, cell->model_n, cell->model->energy, values, low, high);
}

/* Which points there are to draw. */
static void
find_points (XpsCell *cell, double low, double high)
{
  const XpsFigureCurves *curves = cell->curves;
  cell->model = cell->view != NULL && cell->view->model != NULL ? cell->view->model : curves;
  cell->first = cell->model_first = 0;
  cell->n = curves->n;
  cell->model_n = cell->model->n;
  if (cell->view == NULL)
    return;
  xps_cell_find_shown (curves->n, curves->energy, low, high, &cell->first, &cell->n);
  xps_cell_find_shown (cell->model->n, cell->model->energy, low, high, &cell->model_first, &cell->model_n);
}

void
xps_cell_prepare_curves (XpsCell *cell, double low, double high)
{
  const XpsFigureCurves *curves = cell->curves;
  find_points (cell, low, high);
  cell->intensity = show (cell, OWNED_INTENSITY, curves->intensity);
  cell->background = show (cell, OWNED_BACKGROUND, cell->model->background);
  cell->envelope = show (cell, OWNED_ENVELOPE, cell->model->envelope);
  cell->base = show_base (cell);
  cell->y_low = INFINITY;
  cell->y_high = -INFINITY;
  widen (cell, cell->first, cell->n, curves->energy, cell->intensity, low, high);
  widen_by_model (cell, cell->envelope, low, high);
  widen_by_model (cell, cell->background, low, high);
  widen_by_lines (cell, low, high);
  if (cell->tops == NULL)
    cell->tops = g_new0 (double *, curves->n_components);
  for (gsize k = 0; k < curves->n_components; k++) {
    prepare_component (cell, k);
    widen_by_model (cell, cell->tops[k], low, high);
  }
  count_gaps (cell, low, high);
  if (!(cell->y_low <= cell->y_high)) {
    cell->y_low = 0.0;
    cell->y_high = 1.0;
  }
}

static int
compare_doubles (const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* All residuals when they are of one kind; when a few stand far out, the others, so that these can be seen.
 */
static double
choose_residual_limit (double *sizes, gsize n)
{
  if (n == 0)
    return 3.0;
  qsort (sizes, n, sizeof *sizes, compare_doubles);
  const double largest = sizes[n - 1], common = sizes[(gsize)(0.98 * (double)(n - 1))];
  const double limit = fmax (1.08 * largest, 0.0);
  return limit > fmax (6.0, 2.5 * common) ? fmax (5.0, 1.5 * common) : limit;
}

/* The next of 1, 1.5, 2, 3, 5, 7 times a power of ten: on screen the scale must not creep along with a drag.
 */
static double
round_up (double limit)
{
  static const double steps[] = {1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0};
  if (!(limit > 0.0) || !isfinite (limit))
    return 1.0;
  const double decade = pow (10.0, floor (log10 (limit)));
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (limit <= steps[i] * decade)
      return steps[i] * decade;
  return 10.0 * decade;
}

void
xps_cell_prepare_residuals (XpsCell *cell, double low, double high)
{
  const XpsFigureCurves *curves = cell->curves;
  const double scale = cell->view != NULL && !cell->in_sigma ? cell->view->factor : 1.0;
  g_autofree double *sizes = g_new (double, curves->n);
  gsize n = 0;
  if (cell->residuals == NULL)
    cell->residuals = g_new (double, curves->n);
  for (gsize i = 0; i < curves->n; i++) {
    double *residual = &cell->residuals[i];
    *residual =
        scale * (curves->intensity[i] - curves->envelope[i]) / (cell->in_sigma ? curves->sigma[i] : 1.0);
    if (!(curves->energy[i] >= low && curves->energy[i] <= high))
      *residual = NAN;
    if (isfinite (*residual))
      sizes[n++] = fabs (*residual);
  }
  cell->residual_limit = choose_residual_limit (sizes, n);
  if (cell->in_sigma)
    cell->residual_limit = fmax (cell->residual_limit, 3.0);
  if (cell->view != NULL)
    cell->residual_limit =
        fmin (round_up (cell->residual_limit), cell->in_sigma ? SIGMAS_MOST : (double)INFINITY);
}
