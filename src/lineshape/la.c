/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"
#include "lineshape/solve.h"
#include "lineshape/special.h"

#include <math.h>
#include <stdbool.h>

/* LA: l (e)^alpha for e >= 0, l (e)^beta for e < 0, l = 1 / (1 + 4 (e/F)^2), convolved with a Gaussian.
 * The two half lines are convolved apart and mirrored on each other, so that the kink is an end of the
 * integral:
 *  - a Gaussian narrow against the peak: Gauss-Hermite about the point, panels only where the kink is in
 * reach;
 *  - else panels fixed on the half line, the same for all points, whose powers are computed once. */

enum { CENTER, AREA, FWHM, ALPHA, BETA, FWHM_G };

#define SQRT_2PI 2.50662827463100050242
#define REACH    8.6 /* sigma; exp (-REACH^2 / 2) = 1e-16 */
#define WIDE     4   /* sigma: widest panel in which the rule of 16 points is exact for the Gaussian */
#define GRADED   32  /* panels that grow from the kink, kept for all points */
#define RING     8   /* panels of equal width beyond, the last ones met kept */
#define HERMITE  10
#define NO_GAUSS 1e-12 /* eV: a narrower Gaussian counts as none */

/* Gauss-Hermite rule for the normal distribution, exact to degree 19. */
static const double hermite_node[HERMITE] = {
    -4.8594628283323121502,  -3.5818234835519269228, -2.4843258416389545809, -1.4659890943911581833,
    -0.48493570751549765305, 0.48493570751549765305, 1.4659890943911581833,  2.4843258416389545809,
    3.5818234835519269228,   4.8594628283323121502};
static const double hermite_weight[HERMITE] = {
    4.3106526307182867322e-6,  0.00075807093431221767007, 0.019111580500770285605, 0.13548370298026773556,
    0.34464233493201904288,    0.34464233493201904288,    0.13548370298026773556,  0.019111580500770285605,
    0.00075807093431221767007, 4.3106526307182867322e-6};

/* f = l^p at some t >= 0. */
typedef struct {
  double t, value, slope, by_power;
} Power;

/* Convolved half line and its partials; those of slope and sigma without the boundary term at the kink, which
 * cancels between the two half lines. */
typedef struct {
  double value, slope, by_power, by_width, by_sigma;
} Half;

typedef struct {
  double power, width, sigma;
  bool narrow; /* Gaussian */
  double end;  /* f is below 1e-40 beyond */
  int n_graded;
  double edge[GRADED + 1];
  bool filled[GRADED];
  double met[RING]; /* index of the panel in the ring, -1: none */
  Power graded[GRADED][XPS_PANEL_POINTS], ring[RING][XPS_PANEL_POINTS];
} HalfLine;

static Power
power_at (const HalfLine *line, double t)
{
  const double p = line->power, width = line->width, r = 2 * t / width;
  const double logarithm = log1p (r * r), value = exp (-p * logarithm);
  return (Power){t, value, -p * 8 * t / (width * width + 4 * t * t) * value, -logarithm * value};
}

/* Panels from the kink on: no wider than the distance to the singularity at t = iF/2, less for a large power
 * (which makes f a Gaussian of sigma F / sqrt (8 p)), until WIDE sigma is the narrower. */
static void
prepare (HalfLine *line, double power, double width, double sigma)
{
  line->power = power;
  line->width = width;
  line->sigma = sigma;
  const double sharp = fmax (1, sqrt (power / 2));
  line->narrow = sigma < 0.05 * width / (2 * sharp);
  line->end = width / 2 * sqrt (expm1 (fmin (92 / power, 600)));
  line->n_graded = 0;
  double x = 0, step = width / (2 * sharp);
  while (step < WIDE * sigma && x < line->end && line->n_graded < GRADED) {
    line->edge[line->n_graded] = x;
    line->filled[line->n_graded++] = false;
    x += step;
    step = hypot (x, width / 2) / sharp;
  }
  line->edge[line->n_graded] = x;
  for (int i = 0; i < RING; i++)
    line->met[i] = -1;
}

static void
fill (const HalfLine *line, double low, double high, Power *panel)
{
  const double middle = (low + high) / 2, half = (high - low) / 2;
  for (int i = 0; i < XPS_PANEL_POINTS; i++) {
    const double weight = half * xps_panel_weight[i];
    panel[i] = power_at (line, middle + half * xps_panel_node[i]);
    panel[i].value *= weight;
    panel[i].slope *= weight;
    panel[i].by_power *= weight;
  }
}

/* Panel k counted from the last graded one. */
static const Power *
get_equal (HalfLine *line, double k)
{
  const int slot = (int)fmod (k, RING);
  const double low = line->edge[line->n_graded] + k * WIDE * line->sigma;
  if (line->met[slot] != k)
    fill (line, low, low + WIDE * line->sigma, line->ring[slot]);
  line->met[slot] = k;
  return line->ring[slot];
}

static const Power *
get_graded (HalfLine *line, int k)
{
  if (!line->filled[k])
    fill (line, line->edge[k], line->edge[k + 1], line->graded[k]);
  line->filled[k] = true;
  return line->graded[k];
}

static void
add_panel (const HalfLine *line, const Power *panel, double e, Half *sum)
{
  const double per_sigma = 1 / line->sigma;
  for (int i = 0; i < XPS_PANEL_POINTS; i++) {
    const double d = (e - panel[i].t) * per_sigma, g = exp (-d * d / 2);
    const double slope = g * panel[i].slope;
    sum->value += g * panel[i].value;
    sum->by_power += g * panel[i].by_power;
    sum->slope += slope;
    sum->by_width -= slope * panel[i].t;
    sum->by_sigma -= slope * d;
  }
}

static Half
by_panels (HalfLine *line, double e)
{
  const double low = e - REACH * line->sigma, high = fmin (e + REACH * line->sigma, line->end);
  const double start = line->edge[line->n_graded], step = WIDE * line->sigma;
  Half sum = {0};
  for (int k = 0; k < line->n_graded && line->edge[k] < high; k++)
    if (line->edge[k + 1] > low)
      add_panel (line, get_graded (line, k), e, &sum);
  for (double k = fmax (0, floor ((low - start) / step)); start + k * step < high; k++)
    add_panel (line, get_equal (line, k), e, &sum);
  const double scale = 1 / (SQRT_2PI * line->sigma);
  return (Half){sum.value * scale, sum.slope * scale, sum.by_power * scale,
                sum.by_width * scale / line->width, sum.by_sigma * scale};
}

static Half
by_hermite (const HalfLine *line, double e)
{
  Half sum = {0};
  for (int i = 0; i < HERMITE; i++) {
    const Power x = power_at (line, e - line->sigma * hermite_node[i]);
    sum.value += hermite_weight[i] * x.value;
    sum.by_power += hermite_weight[i] * x.by_power;
    sum.slope += hermite_weight[i] * x.slope;
    sum.by_width -= hermite_weight[i] * x.slope * x.t / line->width;
    sum.by_sigma -= hermite_weight[i] * x.slope * hermite_node[i];
  }
  return sum;
}

/* The half line e > 0 seen at e, of either sign; without a Gaussian the kink itself belongs to the first
 * caller. */
static Half
half_at (HalfLine *line, double e, bool own_kink)
{
  if (line->sigma == 0 && (e > 0 || (e == 0 && own_kink))) {
    const Power x = power_at (line, e);
    return (Half){x.value, x.slope, x.by_power, -x.slope * e / line->width, 0};
  }
  if (e <= -REACH * line->sigma)
    return (Half){0};
  const bool smooth = line->narrow || e > 40 * line->power * line->sigma;
  return smooth && e > REACH * line->sigma ? by_hermite (line, e) : by_panels (line, e);
}

/* Half areas F sqrt pi / 4 Gamma (p - 1/2) / Gamma (p), finite for p > 1/2. */
typedef struct {
  double area, by_alpha, by_beta;
} Norm;

static Norm
norm_of (const double *p)
{
  const double scale = p[FWHM] * XPS_SQRT_PI / 4;
  const double high = scale * xps_gamma_ratio (p[ALPHA]), low = scale * xps_gamma_ratio (p[BETA]);
  return (Norm){high + low, high * (xps_digamma (p[ALPHA] - 0.5) - xps_digamma (p[ALPHA])),
                low * (xps_digamma (p[BETA] - 0.5) - xps_digamma (p[BETA]))};
}

void
xps_la_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision, double *value,
                 double *const *partials)
{
  const double sigma = p[FWHM_G] < NO_GAUSS ? 0 : p[FWHM_G] / XPS_FWHM_PER_SIGMA;
  const Norm norm = norm_of (p);
  const double unit = 1 / norm.area, factor = p[AREA] * unit;
  HalfLine above, below;
  prepare (&above, p[ALPHA], p[FWHM], sigma);
  prepare (&below, p[BETA], p[FWHM], sigma);
  for (size_t i = 0; i < n; i++) {
    const double e = energy_ev[i] - p[CENTER];
    const Half a = half_at (&above, e, true), b = half_at (&below, -e, false);
    const double sum = a.value + b.value;
    value[i] = factor * sum;
    xps_put (partials, CENTER, i, -factor * (a.slope - b.slope));
    xps_put (partials, AREA, i, unit * sum);
    xps_put (partials, FWHM, i, factor * (a.by_width + b.by_width - sum / p[FWHM]));
    xps_put (partials, ALPHA, i, factor * (a.by_power - sum * norm.by_alpha * unit));
    xps_put (partials, BETA, i, factor * (b.by_power - sum * norm.by_beta * unit));
    xps_put (partials, FWHM_G, i, factor * (a.by_sigma + b.by_sigma) / XPS_FWHM_PER_SIGMA);
  }
}

double
xps_la_area (const double *p)
{
  return p[AREA];
}

/* Without a Gaussian the maximum is the kink; with one it lies on the side of the longer tail. */
static double
offset_of_maximum (const double *p)
{
  if (p[FWHM_G] < NO_GAUSS || p[ALPHA] == p[BETA])
    return 0;
  const double step = fmin (p[FWHM], p[FWHM_G]) / 16;
  return xps_solve_maximum (xps_shape_find ("la"), p, 0, p[ALPHA] < p[BETA] ? step : -step);
}

double
xps_la_fwhm (const double *p)
{
  if (p[FWHM_G] < NO_GAUSS)
    return p[FWHM] / 2 * (sqrt (exp2 (1 / p[ALPHA]) - 1) + sqrt (exp2 (1 / p[BETA]) - 1));
  const double step = fmin (p[FWHM], p[FWHM_G]) / 4;
  return xps_solve_fwhm (xps_shape_find ("la"), p, offset_of_maximum (p), step);
}

double
xps_la_maximum (const double *p)
{
  return p[CENTER] + offset_of_maximum (p);
}
