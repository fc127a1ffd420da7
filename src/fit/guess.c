/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"

/* A peak guessed from the counts (docs/METHODS.md, "How a peak is guessed"): what stands above the present
 * model, smoothed where a person has pointed, or searched for with filters of several widths. */

typedef struct {
  gsize n;
  const double *energy; /* of the window, ascending */
  double *excess;       /* [n] counts above the present model */
  double *smooth;       /* [n] */
  double *sigma;        /* [n] noise of each point */
  double step;          /* mean distance of points, eV */
  double fwhm;          /* of the components that are there already, NaN */
} Field;

static void
field_clear (Field *self)
{
  g_free (self->excess);
  g_free (self->smooth);
  g_free (self->sigma);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Field, field_clear)

/* Without a background the counts are measured from the line through the medians of both ends. */
static void
fill_line (const double *energy, const double *y, gsize n, double *line)
{
  const gsize m = MAX (1, MIN (n / 10, 10));
  const double a = xps_edit_median (y, m), b = xps_edit_median (y + n - m, m),
               span = energy[n - 1] - energy[0];
  for (gsize i = 0; i < n; i++)
    line[i] = span > 0 ? a + (b - a) * (energy[i] - energy[0]) / span : a;
}

/* Third differences know no slope and little of a peak; their variance is 20 times that of a point. The
 * median of their sizes is 0.6745 sigma. */
static double
estimate_noise (const double *y, gsize n)
{
  g_autofree double *d = g_new0 (double, n + 1);
  gsize m = 0;
  for (gsize i = 3; i < n; i++)
    d[m++] = fabs (y[i] - 3 * y[i - 1] + 3 * y[i - 2] - y[i - 3]);
  const double noise = m > 0 ? xps_edit_median (d, m) / (0.6745 * sqrt (20)) : 0;
  return noise > 0 ? noise : 1;
}

static void
fill_sigma (const XpsPreview *preview, Field *field)
{
  const double noise = estimate_noise (preview->intensity + preview->first, field->n);
  const gboolean known = preview->sigma != NULL && preview->weights != XPS_WEIGHTS_UNIFORM;
  for (gsize i = 0; i < field->n; i++) {
    const double sigma = known ? preview->sigma[preview->first + i] : noise;
    field->sigma[i] = sigma > 0 && isfinite (sigma) ? sigma : noise;
  }
}

/* Gaussian weights of half width `reach` points: noise down, a peak of several points hardly wider. */
static void
smooth (Field *field, double reach)
{
  const gsize w = (gsize)ceil (2 * reach);
  for (gsize i = 0; i < field->n; i++) {
    double sum = 0, norm = 0;
    for (gsize j = i > w ? i - w : 0; j < MIN (i + w + 1, field->n); j++) {
      const double t = ((double)j - (double)i) / reach, g = exp (-0.5 * t * t);
      sum += g * field->excess[j];
      norm += g;
    }
    field->smooth[i] = sum / norm;
  }
}

static double
usual_width (const XpsPreview *preview)
{
  const guint n = xps_edit_part (preview->model, preview->part)->components->len;
  g_autofree double *widths = g_new0 (double, n + 1);
  gsize m = 0;
  for (guint c = 0; c < n; c++) {
    xps_preview_get_component (preview, c, NULL, NULL, &widths[m], NULL);
    m += isfinite (widths[m]) && widths[m] > 0;
  }
  return xps_edit_median (widths, m);
}

static gboolean
fill_field (const XpsPreview *preview, Field *field, GError **error)
{
  if (!preview->has_binding)
    return xps_edit_refuse (error,
                            _ ("There is no binding energy to put a peak at: give the photon energy."));
  if (preview->n_window < 5)
    return xps_edit_refuse (error, _ ("The window holds too few points for a peak: widen it."));
  const gsize n = preview->n_window, first = preview->first;
  field->n = n;
  field->energy = preview->energy + first;
  field->excess = g_new0 (double, n);
  field->smooth = g_new0 (double, n);
  field->sigma = g_new0 (double, n);
  field->step = (field->energy[n - 1] - field->energy[0]) / (double)(n - 1);
  if (!(field->step > 0))
    return xps_edit_refuse (error, _ ("All points of the window have the same energy."));
  const double *y = preview->intensity + first;
  if (preview->background == NULL)
    fill_line (field->energy, y, n, field->excess);
  for (gsize i = 0; i < n; i++) {
    double model = preview->background == NULL ? field->excess[i] : 0;
    const double envelope = preview->envelope != NULL ? preview->envelope[first + i] : NAN,
                 background = preview->background != NULL ? preview->background[first + i] : NAN;
    model += isfinite (envelope) ? envelope : isfinite (background) ? background : 0;
    field->excess[i] = y[i] - model;
  }
  fill_sigma (preview, field);
  field->fwhm = usual_width (preview);
  return TRUE;
}

/* ---- where a person points ---- */

static gsize
nearest (const Field *field, double position)
{
  gsize best = 0;
  for (gsize i = 1; i < field->n; i++)
    if (fabs (field->energy[i] - position) < fabs (field->energy[best] - position))
      best = i;
  return best;
}

/* Uphill from the pointer, no further than `reach` eV: a person points at a peak, not at its foot. */
static gsize
climb (const Field *field, gsize start, double reach)
{
  gsize best = start;
  for (gsize i = 0; i < field->n; i++)
    if (fabs (field->energy[i] - field->energy[start]) <= reach && field->smooth[i] > field->smooth[best])
      best = i;
  const gboolean slope = (best > 0 && field->smooth[best - 1] > field->smooth[best]) ||
                         (best + 1 < field->n && field->smooth[best + 1] > field->smooth[best]);
  return slope ? start : best; /* the flank of a greater peak: what was pointed at is meant */
}

/* Distance from the top to half of it on one side (+1, -1), NaN when it turns up again or ends before. */
static double
half_width (const Field *field, gsize top, int side)
{
  const double half = 0.5 * field->smooth[top];
  double least = field->smooth[top];
  for (gsize i = top; side > 0 ? i + 1 < field->n : i > 0; i = (gsize)((gssize)i + side)) {
    const gsize next = (gsize)((gssize)i + side);
    const double a = field->smooth[i], b = field->smooth[next];
    if (b <= half) {
      const double t = a > b ? (a - half) / (a - b) : 0;
      return fabs (field->energy[i] + t * (field->energy[next] - field->energy[i]) - field->energy[top]);
    }
    least = fmin (least, b);
    if (b > least + 0.1 * field->smooth[top]) /* a valley: another peak begins */
      return NAN;
  }
  return NAN;
}

static double
find_width (const Field *field, gsize top)
{
  g_assert (field->energy != NULL && field->n > 1); /* or it would not have been filled */
  const double span = field->energy[field->n - 1] - field->energy[0];
  const double left = half_width (field, top, -1), right = half_width (field, top, 1);
  double width = isfinite (left) && isfinite (right)
                     ? (left > 2 * right || right > 2 * left ? 2 * fmin (left, right) : left + right)
                 : isfinite (left)        ? 2 * left
                 : isfinite (right)       ? 2 * right
                 : isfinite (field->fwhm) ? field->fwhm
                                          : 1;
  width = fmin (fmax (width, 3 * field->step), span / 2);
  return width;
}

/* Vertex of the parabola through the three points about the top. */
static double
refine_top (const Field *field, gsize top)
{
  if (top == 0 || top + 1 >= field->n)
    return field->energy[top];
  const double x0 = field->energy[top - 1] - field->energy[top],
               x2 = field->energy[top + 1] - field->energy[top];
  const double y0 = field->smooth[top - 1] - field->smooth[top],
               y2 = field->smooth[top + 1] - field->smooth[top];
  const double a = (y0 / x0 - y2 / x2) / (x0 - x2), b = y0 / x0 - a * x0;
  const double shift = a < 0 ? -b / (2 * a) : 0;
  return field->energy[top] + fmin (fmax (isfinite (shift) ? shift : 0, x0), x2);
}

static void
guess_at (Field *field, double position, XpsPeakGuess *guess)
{
  const double reach = isfinite (field->fwhm) ? 0.4 * field->fwhm : 0.4;
  smooth (field, 1.5);
  const gsize start = nearest (field, position), top = climb (field, start, fmax (reach, 2 * field->step));
  guess->center = top == start ? position : refine_top (field, top);
  guess->fwhm = find_width (field, top);
  guess->height = fmax (field->smooth[top], field->sigma[top]);
}

/* ---- where the residual is largest ---- */

/* Below this many standard deviations the best of some hundred places and a dozen widths is what noise does:
 * five leave one false peak in ten thousand spectra. */
#define STANDS_OUT 5.0

/* A Gaussian of this width about point i, fitted to the excess: height and its significance. */
static double
match (const Field *field, gsize i, double fwhm, double *height)
{
  const double scale = 4 * M_LN2 / (fwhm * fwhm);
  double signal = 0, square = 0;
  for (gsize j = i; j-- > 0 && field->energy[i] - field->energy[j] <= 1.5 * fwhm;) {
    const double t = field->energy[j] - field->energy[i], g = exp (-scale * t * t);
    const double w = 1 / (field->sigma[j] * field->sigma[j]);
    signal += w * g * field->excess[j];
    square += w * g * g;
  }
  for (gsize j = i; j < field->n && field->energy[j] - field->energy[i] <= 1.5 * fwhm; j++) {
    const double t = field->energy[j] - field->energy[i], g = exp (-scale * t * t);
    const double w = 1 / (field->sigma[j] * field->sigma[j]);
    signal += w * g * field->excess[j];
    square += w * g * g;
  }
  *height = square > 0 ? signal / square : 0;
  return square > 0 ? signal / sqrt (square) : 0;
}

/* A filter changes little over a quarter of its width: places are a quarter apart, and every point about the
 * best one is looked at afterwards. */
static void
search (const Field *field, gsize first, gsize last, gsize stride, double fwhm, double *best,
        XpsPeakGuess *guess)
{
  for (gsize i = first; i < last; i += stride) {
    double height;
    const double z = match (field, i, fwhm, &height);
    if (z <= *best)
      continue;
    *best = z;
    *guess = (XpsPeakGuess){field->energy[i], height, fwhm};
  }
}

/* Wider than this is background. */
#define WIDEST 12.0 /* eV */

static gboolean
guess_from_residual (const Field *field, XpsPeakGuess *guess, GError **error)
{
  g_assert (field->energy != NULL && field->n > 1);
  const double span = field->energy[field->n - 1] - field->energy[0];
  const double widest = fmax (fmin (span / 3, WIDEST), 4 * field->step);
  double best = 0;
  for (double fwhm = 4 * field->step; fwhm <= widest; fwhm *= 1.3)
    search (field, 1, field->n - 1, (gsize)fmax (fwhm / (4 * field->step), 1), fwhm, &best, guess);
  if (best >= STANDS_OUT) {
    const gsize at = nearest (field, guess->center), reach = (gsize)(guess->fwhm / (4 * field->step)) + 1;
    for (double f = 0.88; f < 1.2; f *= 1.13)
      search (field, at > reach ? at - reach : 1, MIN (at + reach + 1, field->n - 1), 1, guess->fwhm * f,
              &best, guess);
    return TRUE;
  }
  char number[XPS_NUMBER_LENGTH];
  return xps_edit_refuse (error,
                          _ ("Nothing stands out of the noise: the largest excess is %s times its standard "
                             "deviation, %s would be a peak."),
                          xps_number_format (floor (best * 10 + 0.5) / 10, number), "5");
}

gboolean
xps_edit_guess_peak (const XpsPreview *preview, double position, XpsPeakGuess *guess, GError **error)
{
  g_auto (Field) field = {0};
  if (!fill_field (preview, &field, error))
    return FALSE;
  if (isnan (position))
    return guess_from_residual (&field, guess, error);
  g_assert (field.energy != NULL && field.n > 1);
  if (!(position >= field.energy[0] - field.step && position <= field.energy[field.n - 1] + field.step))
    return xps_edit_refuse (error, _ ("That is outside the fit window: widen the window first."));
  guess_at (&field, position, guess);
  return TRUE;
}
