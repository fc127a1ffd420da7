/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/rows.h"

#include "lineshape/common.h"
#include "lineshape/solve.h"
#include "lineshape/special.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* Doniach-Sunjic convolved with a Gaussian, exactly (docs/METHODS.md):
 *   value = Re S,  S(mu) = (A/pi) c Gamma(1-a) [mu^(a-1) convolved],  mu = gamma + ie,  c = exp (i pi a / 2).
 * mu^(a-1) is analytic but for mu <= 0, so that
 *  - far from the singularity (|mu| > NEAR sigma) the asymptotic series in (sigma/mu)^2 is exact to double
 * precision;
 *  - near it the convolution integral is moved away from the singularity by delta sigma, where the
 * trapezoidal rule converges geometrically. Its nodes lie on one lattice for all points: powers are taken
 * once a call. All partials are convolutions of derivatives of the same power. */

#define PI          3.14159265358979323846
#define SQRT_2PI    2.50662827463100050242
#define NEAR        10.5 /* the series reaches 1e-17 there with 27 terms */
#define MAX_TERMS   28
#define MAX_SIDE    23 /* lattice nodes on one side of a point: 9 sigma of Gaussian */
#define MAX_LATTICE (2 * (27 + MAX_SIDE) + 1)

enum { CENTER, AMP, ALPHA, FWHM_L, FWHM_G };

typedef struct {
  double re, im;
} Complex;

/* Convolved S and its derivatives by mu (first and second) and by alpha. */
typedef struct {
  Complex s, s1, s2, sa;
} Sums;

typedef struct {
  double alpha, gamma, sigma;
  double factor, psi; /* A/pi Gamma (1-a); digamma (1-a) */
  double series[4][MAX_TERMS];
  bool has_lattice;
  int side, reach;              /* nodes on one side of a point, of the centre */
  double spacing, delta, scale; /* in sigma; scale: weight of a node */
  double bell[MAX_SIDE + 1];    /* exp (-(m spacing)^2 / 2) */
  double node[MAX_LATTICE][8];  /* Sums at a node */
} Setup;

static Complex
times (Complex a, Complex b)
{
  return (Complex){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

static Complex
scaled (Complex a, double b)
{
  return (Complex){a.re * b, a.im * b};
}

/* Coefficients of y^k, y = (sigma / mu)^2, for S, mu S', mu^2 S'' and the part of dS/dalpha that the leading
 * power does not give: A_k = (-1)^k (1-a)_2k / (k! 2^k) from Int t^(2k-a) exp (-mu t) dt = Gamma (1-a+2k)
 * mu^(a-1-2k). */
static void
prepare_series (Setup *setup)
{
  double a = 1, harmonic = 0;
  for (int k = 0; k < MAX_TERMS; k++) {
    const double b = 1 - setup->alpha + 2 * k;
    setup->series[0][k] = a;
    setup->series[1][k] = -a * b;
    setup->series[2][k] = a * b * (b + 1);
    setup->series[3][k] = -a * harmonic;
    a *= -b * (b + 1) / (2 * (k + 1));
    harmonic += 1 / b + 1 / (b + 1);
  }
}

static Setup *
prepare (Setup *setup, const double *p, XpsPrecision precision)
{
  setup->alpha = p[ALPHA];
  setup->gamma = p[FWHM_L] / 2;
  setup->sigma = xps_width_floor (p[FWHM_G], p[FWHM_L]) / XPS_FWHM_PER_SIGMA;
  setup->factor = tgamma (1 - setup->alpha) / PI;
  setup->psi = xps_digamma (1 - setup->alpha);
  setup->has_lattice = false;
  prepare_series (setup);
  /* Errors of the trapezoidal rule: exp (-2 pi (delta + gamma/sigma) / h) from the singularity,
   * exp (-2 pi^2 / h^2 + 2 pi delta / h) from the Gaussian; cancellation exp (delta^2 / 2). Below 1e-15, and
   * below 1e-8 for early iterations. */
  const bool full = precision == XPS_PRECISION_FULL;
  setup->spacing = full ? 0.4 : 0.6;
  setup->side = full ? 23 : 11;
  setup->delta = fmax (0, (full ? 2.55 : 2.2) - setup->gamma / setup->sigma);
  return setup;
}

/* S at one node, times what is the node's own in the weight of the moved Gaussian. */
static void
fill_node (const Setup *setup, int j, double *node)
{
  const double a = setup->alpha, re = setup->gamma + setup->delta * setup->sigma;
  const double im = setup->spacing * j * setup->sigma;
  const double square = re * re + im * im, angle = atan2 (im, re), logarithm = log (square) / 2;
  const double phase = PI * a / 2 + (a - 1) * angle + setup->delta * setup->spacing * j;
  const double modulus = setup->scale * exp ((a - 1) * logarithm);
  const Complex s = {modulus * cos (phase), modulus * sin (phase)};
  const Complex inverse = {re / square, -im / square};
  const Complex s1 = scaled (times (s, inverse), a - 1);
  const Complex s2 = scaled (times (s1, inverse), a - 2);
  const Complex sa = times (s, (Complex){logarithm - setup->psi, PI / 2 + angle});
  memcpy (node, (double[8]){s.re, s.im, s1.re, s1.im, s2.re, s2.im, sa.re, sa.im}, 8 * sizeof *node);
}

static void
fill_lattice (Setup *setup)
{
  const double h = setup->spacing;
  setup->has_lattice = true;
  setup->reach = (int)ceil (NEAR / h) + setup->side;
  setup->scale = setup->factor * exp (setup->delta * setup->delta / 2) * h / SQRT_2PI;
  for (int m = 0; m <= setup->side; m++)
    setup->bell[m] = exp (-h * h * m * m / 2);
  for (int j = -setup->reach; j <= setup->reach; j++)
    fill_node (setup, j, setup->node[setup->reach + j]);
}

/* Sum over the lattice with weights exp (-(x - jh)^2 / 2): one exponential a point, the rest by powers. */
static Sums
near_point (const Setup *setup, double e)
{
  const double h = setup->spacing, x = e / setup->sigma;
  const int middle = (int)lround (x / h);
  const double rest = x - middle * h, up = exp (rest * h), down = 1 / up;
  const double (*node)[8] = setup->node + setup->reach + middle;
  double sum[8], power_up = 1, power_down = 1;
  for (int c = 0; c < 8; c++)
    sum[c] = node[0][c];
  for (int m = 1; m <= setup->side; m++) {
    power_up *= up;
    power_down *= down;
    const double weight_up = setup->bell[m] * power_up, weight_down = setup->bell[m] * power_down;
    for (int c = 0; c < 8; c++)
      sum[c] += weight_up * node[m][c] + weight_down * node[-m][c];
  }
  const double base = exp (-rest * rest / 2), turn = -setup->delta * x;
  const Complex moved = {base * cos (turn), base * sin (turn)};
  return (Sums){times ((Complex){sum[0], sum[1]}, moved), times ((Complex){sum[2], sum[3]}, moved),
                times ((Complex){sum[4], sum[5]}, moved), times ((Complex){sum[6], sum[7]}, moved)};
}

/* Largest |y| for which so many terms reach 1e-17 (index: terms). */
static const double series_limit[MAX_TERMS] = {
    0,        3.333e-18, 6.667e-10, 3.625e-7, 8.066e-6, 5.026e-5, 1.663e-4, 3.841e-4, 7.099e-4, 1.132e-3,
    1.63e-3,  2.179e-3,  2.759e-3,  3.35e-3,  3.938e-3, 4.511e-3, 5.062e-3, 5.586e-3, 6.079e-3, 6.539e-3,
    6.967e-3, 7.362e-3,  7.726e-3,  8.059e-3, 8.363e-3, 8.639e-3, 8.89e-3,  9.116e-3};

static Complex
polynomial (const double *coefficient, int n_terms, Complex y)
{
  Complex sum = {coefficient[n_terms - 1], 0};
  for (int k = n_terms - 2; k >= 0; k--) {
    sum = times (sum, y);
    sum.re += coefficient[k];
  }
  return sum;
}

/* The asymptotic series. The phase of c mu^(a-1) is counted from the negative axis for e < 0 and from the
 * positive one for e > 0, so that the small real part on the side without tail keeps its relative accuracy.
 */
static Sums
far_point (const Setup *setup, double e)
{
  const double a = setup->alpha, square = setup->gamma * setup->gamma + e * e, logarithm = log (square) / 2;
  const double small = atan2 (setup->gamma, fabs (e));
  const double phase = e < 0 ? (1 - a) * small : PI * a + (1 - a) * small;
  const double angle = e < 0 ? small : PI - small; /* arg mu + pi/2 */
  const double modulus = setup->factor * exp ((a - 1) * logarithm);
  const Complex power = {modulus * sin (phase), (e < 0 ? modulus : -modulus) * cos (phase)};
  const Complex inverse = {setup->gamma / square, -e / square};
  const Complex y = scaled (times (inverse, inverse), setup->sigma * setup->sigma);
  const double size = setup->sigma * setup->sigma / square;
  int n_terms = 1;
  while (n_terms < MAX_TERMS - 1 && size > series_limit[n_terms])
    n_terms++;
  const Complex s = times (power, polynomial (setup->series[0], n_terms, y));
  const Complex s1 = times (times (power, inverse), polynomial (setup->series[1], n_terms, y));
  const Complex s2 =
      times (times (power, times (inverse, inverse)), polynomial (setup->series[2], n_terms, y));
  Complex sa = times (s, (Complex){logarithm - setup->psi, angle});
  sa.re += times (power, polynomial (setup->series[3], n_terms, y)).re;
  return (Sums){s, s1, s2, sa};
}

void
xps_dsg_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision, double *value,
                  double *const *partials)
{
  Setup setup;
  prepare (&setup, p, precision);
  const double amp = p[AMP];
  for (size_t i = 0; i < n; i++) {
    const double e = energy_ev[i] - p[CENTER];
    const bool near = hypot (e, setup.gamma) < NEAR * setup.sigma;
    if (near && !setup.has_lattice)
      fill_lattice (&setup);
    const Sums sums = near ? near_point (&setup, e) : far_point (&setup, e);
    value[i] = amp * sums.s.re;
    xps_put (partials, CENTER, i, amp * sums.s1.im);
    xps_put (partials, AMP, i, sums.s.re);
    xps_put (partials, ALPHA, i, amp * sums.sa.re);
    xps_put (partials, FWHM_L, i, amp * sums.s1.re / 2);
    xps_put (partials, FWHM_G, i, -amp * setup.sigma * sums.s2.re / XPS_FWHM_PER_SIGMA);
  }
}

double
xps_dsg_area (const double *p)
{
  if (p[ALPHA] > 0)
    return NAN;
  return p[AMP];
}

static double
offset_of_maximum (const double *p)
{
  const double step = (p[FWHM_L] + p[FWHM_G] + XPS_WIDTH_MIN) / 8;
  return p[ALPHA] > 0 ? xps_solve_maximum (xps_shape_find ("dsg"), p, 0, step) : 0;
}

double
xps_dsg_fwhm (const double *p)
{
  const double step = (p[FWHM_L] + p[FWHM_G] + XPS_WIDTH_MIN) / 8;
  return xps_solve_fwhm (xps_shape_find ("dsg"), p, offset_of_maximum (p), step);
}

double
xps_dsg_maximum (const double *p)
{
  return p[CENTER] + offset_of_maximum (p);
}
