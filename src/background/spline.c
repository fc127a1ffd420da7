/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "background/rows.h"

#include "background/certificate.h"
#include "background/grid.h"
#include "background/words.h"

#include <math.h>
#include <stdlib.h>

#define MOST_KNOTS 64

/* Natural cubic splines, straight beyond the outer knots. The spline is linear in its values at the knots, so
 * each knot has one fixed curve (1 there, 0 at the others) and a spline costs what a polynomial costs. */

/* second[k * m + j]: second derivative at knot j of the curve of knot k. Thomas algorithm on
 * h0 M0 + 2 (h0 + h1) M1 + h1 M2 = 6 ((y2 - y1) / h1 - (y1 - y0) / h0), M = 0 at the ends. */
static void
second_derivatives (size_t m, const double *knots, double *second)
{
  double ratio[MOST_KNOTS] = {0.0};
  for (size_t k = 0; k < m; k++) {
    double *curve = second + k * m;
    curve[0] = curve[m - 1] = 0.0;
    for (size_t j = 1; j + 1 < m; j++) {
      const double h0 = knots[j] - knots[j - 1], h1 = knots[j + 1] - knots[j];
      const double left = (k == j) / h0 - (k + 1 == j) / h0, right = (k == j + 1) / h1 - (k == j) / h1;
      const double pivot = 2.0 * (h0 + h1) - h0 * ratio[j - 1];
      ratio[j] = h1 / pivot;
      curve[j] = (6.0 * (right - left) - h0 * curve[j - 1]) / pivot;
    }
    for (size_t j = m - 1; j-- > 1;)
      curve[j] -= ratio[j] * curve[j + 1];
  }
}

/* Value at x of the curve of knot k, x being in piece j (knots j to j + 1) or beyond an outer knot. */
static double
curve_value (size_t m, const double *knots, const double *second, size_t k, size_t j, double x)
{
  const double h = knots[j + 1] - knots[j], low = k == j, high = k == j + 1;
  const double m0 = second[k * m + j], m1 = second[k * m + j + 1];
  if (x < knots[0])
    return low + ((high - low) / h - h * m1 / 6.0) * (x - knots[0]);
  if (x > knots[m - 1])
    return high + ((high - low) / h + h * m0 / 6.0) * (x - knots[m - 1]);
  const double b = (x - knots[j]) / h, a = (knots[j + 1] - x) / h;
  return a * low + b * high + ((a * a * a - a) * m0 + (b * b * b - b) * m1) * (h * h / 6.0);
}

/* curves[k * n + i], m curves. second holds m * m doubles to spoil. */
static void
fill_curves (size_t m, const double *knots, size_t n, const double *x, double *second, double *curves)
{
  second_derivatives (m, knots, second);
  for (size_t i = 0, j = 0; i < n; i++) {
    while (j + 2 < m && x[i] > knots[j + 1])
      j++;
    for (size_t k = 0; k < m; k++)
      curves[k * n + i] = curve_value (m, knots, second, k, j, x[i]);
  }
}

static const char *
check_knots (size_t m, const double *knots)
{
  if (m < 2 || knots == NULL)
    return N_ ("a spline needs at least two knots");
  if (m > MOST_KNOTS)
    return N_ ("a spline takes at most 64 knots");
  if (!xps_background_all_finite (m, knots))
    return N_ ("a knot of the spline is not a finite number");
  for (size_t k = 1; k < m; k++)
    if (!(knots[k] - knots[k - 1] > 1e-9))
      return N_ ("the knots of a spline must ascend in binding energy");
  return NULL;
}

static const char *
plan_curves (size_t m, const double *knots, size_t n, const double *energy_ev, XpsBackgroundPlan **plan,
             double **curves)
{
  double *second = malloc (m * m * sizeof *second);
  XpsBackgroundPlan *self = second != NULL ? xps_curves_new (n, m, curves) : NULL;
  if (self != NULL)
    fill_curves (m, knots, n, energy_ev, second, *curves);
  free (second);
  *plan = self;
  return self != NULL ? NULL : "memory is out";
}

const char *
xps_spline_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                 const double *energy_ev, XpsBackgroundPlan **plan)
{
  const size_t m = settings->list_length[XPS_SPLINE_KNOTS];
  const char *wrong = xps_background_check_grid (n, energy_ev, 1);
  if (wrong == NULL)
    wrong = check_knots (m, settings->list[XPS_SPLINE_KNOTS]);
  if (wrong == NULL && m != n_parameters)
    wrong = N_ ("a spline needs one value for each knot");
  double *curves;
  return wrong != NULL ? wrong
                       : plan_curves (m, settings->list[XPS_SPLINE_KNOTS], n, energy_ev, plan, &curves);
}

/* The static spline wraps the curves: its values are means of the counts about the anchors. */
typedef struct {
  size_t n, m, average;
  double *energy;
  XpsBackgroundPlan *curves;
  size_t first[MOST_KNOTS]; /* of the averaged counts of each anchor */
} Anchors;

void
xps_anchors_free (XpsBackgroundPlan *plan)
{
  Anchors *self = (Anchors *)plan;
  if (self == NULL)
    return;
  xps_curves_free (self->curves);
  free (self->energy);
  free (self);
}

/* First of the `average` points that lie about the anchor, or that end at the border of the window. */
static size_t
points_about (size_t n, const double *energy_ev, double anchor, size_t average)
{
  size_t nearest = 0;
  for (size_t i = 1; i < n; i++)
    if (fabs (energy_ev[i] - anchor) < fabs (energy_ev[nearest] - anchor))
      nearest = i;
  const size_t before = (average - 1) / 2, first = nearest > before ? nearest - before : 0;
  return first + average > n ? n - average : first;
}

static const char *
check_anchors (const XpsBackgroundSettings *settings, size_t n, const double *energy_ev)
{
  const size_t m = settings->list_length[XPS_ANCHORS_LIST];
  const double *anchors = settings->list[XPS_ANCHORS_LIST], average = settings->number[XPS_ANCHORS_AVERAGE];
  const char *wrong = xps_background_check_grid (n, energy_ev, 2);
  if (wrong == NULL)
    wrong = check_knots (m, anchors);
  if (wrong != NULL)
    return wrong;
  if (!(average >= 1.0) || average != floor (average) || average > (double)n)
    return N_ ("average must be a whole number of points, 1 or more, and not more than the window holds");
  if (anchors[0] < energy_ev[0] || anchors[m - 1] > energy_ev[n - 1])
    return N_ ("an anchor of the spline lies outside the window");
  return NULL;
}

const char *
xps_anchors_plan (const XpsBackgroundSettings *settings, size_t n_parameters, size_t n,
                  const double *energy_ev, XpsBackgroundPlan **plan)
{
  const char *wrong = check_anchors (settings, n, energy_ev);
  if (wrong != NULL)
    return wrong;
  const double *anchors = settings->list[XPS_ANCHORS_LIST];
  Anchors *self = calloc (1, sizeof *self);
  if (self == NULL)
    return N_ ("memory is out");
  self->n = n;
  self->m = settings->list_length[XPS_ANCHORS_LIST];
  self->average = (size_t)settings->number[XPS_ANCHORS_AVERAGE];
  self->energy = calloc (n, sizeof (double));
  double *curves;
  wrong = self->energy == NULL ? N_ ("memory is out")
                               : plan_curves (self->m, anchors, n, energy_ev, &self->curves, &curves);
  if (wrong != NULL) {
    xps_anchors_free ((XpsBackgroundPlan *)self);
    return wrong;
  }
  for (size_t i = 0; i < n; i++)
    self->energy[i] = energy_ev[i];
  for (size_t k = 0; k < self->m; k++)
    self->first[k] = points_about (n, energy_ev, anchors[k], self->average);
  *plan = (XpsBackgroundPlan *)self;
  return NULL;
}

void
xps_anchors_solve (const XpsBackgroundPlan *plan, const double *counts, double *curve,
                   XpsCertificate *certificate)
{
  const Anchors *self = (const Anchors *)plan;
  double values[MOST_KNOTS];
  xps_certificate_init (certificate);
  for (size_t k = 0; k < self->m; k++) {
    values[k] = 0.0;
    for (size_t i = 0; i < self->average; i++)
      values[k] += counts[self->first[k] + i] / (double)self->average;
  }
  if (xps_background_all_finite (self->n, counts))
    xps_curves_evaluate (self->curves, values, curve, NULL);
  xps_certificate_add (certificate, "anchors", (double)self->m);
  xps_certificate_finish (certificate, "the spline runs through the averaged counts at its anchors", self->n,
                          self->energy, counts, curve);
}
