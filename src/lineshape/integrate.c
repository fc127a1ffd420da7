/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/integrate.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

/* Adaptive Gauss-Kronrod quadrature (7 and 15 points) of one shape. The pieces it starts from lie
 * geometrically about the peak, so that no peak is missed however wide the interval; a tail to infinity is
 * mapped to a finite interval. */

#define LADDER   24 /* breakpoints on each side: 2^-4 to 2^19 widths */
#define N_BREAKS (2 * LADDER + 2)

static const double nodes[8] = {0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
                                0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
                                0.586087235467691130294144691258685, 0.405845151377397166906606412076961,
                                0.207784955007898467600689403773245, 0};
static const double kronrod[8] = {0.022935322010529224964, 0.063092092629978553291, 0.10479001032225018384,
                                  0.14065325971552591875,  0.16900472663926790283,  0.19035057806478540991,
                                  0.20443294007529889241,  0.20948214108472782801};
static const double gauss[4] = {0.12948496616886969327, 0.2797053914892766679, 0.38183005050511894495,
                                0.41795918367346938776};

typedef struct {
  const XpsShape *shape;
  const double *p;
  bool tail; /* the variable is u, energy = origin + length / u */
  double origin, length;
  double error_allowed;
  size_t *budget; /* pieces that may still be measured */
} Integrand;

/* Far more than any shape needs (a few hundred), far less than depth alone would allow: where the values are
 * a peak's far tail, their rounding can exceed what the error is to come down to, and no halving ends that.
 */
#define BUDGET 20000

typedef struct {
  double integral, error;
} Piece;

static Piece
measure (const Integrand *f, double low, double high)
{
  const double middle = (low + high) / 2, half = (high - low) / 2;
  double energy[15], factor[15], value[15];
  for (int i = 0; i < 15; i++) {
    const double u = middle + half * (i < 8 ? -nodes[i] : nodes[14 - i]);
    energy[i] = f->tail ? f->origin + f->length / u : u;
    factor[i] = f->tail ? fabs (f->length) / (u * u) : 1;
  }
  f->shape->evaluate (f->p, 15, energy, XPS_PRECISION_FULL, value, NULL);
  double fine = 0, coarse = 0;
  for (int i = 0; i < 15; i++) {
    const int j = i < 8 ? i : 14 - i;
    fine += kronrod[j] * factor[i] * value[i];
    if (j % 2 == 1)
      coarse += gauss[j / 2] * factor[i] * value[i];
  }
  return (Piece){half * fine, half * fabs (fine - coarse)};
}

static double
refine (const Integrand *f, double low, double high, Piece piece, int depth)
{
  const double middle = (low + high) / 2;
  if (piece.error <= f->error_allowed || depth == 0 || middle <= low || middle >= high || *f->budget < 2)
    return piece.integral;
  *f->budget -= 2;
  return refine (f, low, middle, measure (f, low, middle), depth - 1) +
         refine (f, middle, high, measure (f, middle, high), depth - 1);
}

static int
compare (const void *a, const void *b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Width of the shape, however roughly. */
static double
scale_of (const XpsShape *shape, const double *p)
{
  const double fwhm = shape->fwhm (p);
  if (fwhm > 0 && isfinite (fwhm))
    return fwhm;
  double sum = 1e-4;
  for (size_t k = 0; k < shape->n_roles; k++)
    if (shape->roles[k].kind == XPS_ROLE_WIDTH)
      sum += p[k];
  return sum;
}

/* Breakpoints strictly inside (low, high), ascending, of a ladder about `about`. Returns how many. */
static size_t
breakpoints (const XpsShape *shape, const double *p, double about, double low, double high, double *points)
{
  const double scale = scale_of (shape, p);
  double all[N_BREAKS];
  size_t n_all = 0, n = 0;
  all[n_all++] = about;
  all[n_all++] = p[xps_shape_find_kind (shape, XPS_ROLE_POSITION)];
  for (int k = 0; k < LADDER; k++) {
    all[n_all++] = about - ldexp (scale, k - 4);
    all[n_all++] = about + ldexp (scale, k - 4);
  }
  qsort (all, n_all, sizeof *all, compare);
  for (size_t i = 0; i < n_all; i++)
    if (all[i] > low && all[i] < high && (n == 0 || all[i] > points[n - 1]))
      points[n++] = all[i];
  return n;
}

/* Integral over [edge[0], edge[n-1]] and beyond them where `open` says so. */
static double
integrate (const Integrand *body, size_t n, const double *edge, const bool open[2])
{
  Integrand f = *body, tails[2] = {*body, *body};
  Piece pieces[N_BREAKS + 2], ends[2] = {{0, 0}, {0, 0}};
  double size = 0, sum = 0;
  size_t budget = BUDGET;
  f.budget = tails[0].budget = tails[1].budget = &budget;
  for (size_t i = 0; i + 1 < n; i++) {
    pieces[i] = measure (&f, edge[i], edge[i + 1]);
    size += fabs (pieces[i].integral);
  }
  for (int side = 0; side < 2; side++) {
    tails[side].tail = true;
    tails[side].length = edge[side == 0 ? 0 : n - 1] - body->origin;
    if (open[side])
      ends[side] = measure (&tails[side], 0, 1);
    size += fabs (ends[side].integral);
  }
  f.error_allowed = tails[0].error_allowed = tails[1].error_allowed = 1e-14 * size;
  for (size_t i = 0; i + 1 < n; i++)
    sum += refine (&f, edge[i], edge[i + 1], pieces[i], 40);
  for (int side = 0; side < 2; side++)
    sum += refine (&tails[side], 0, 1, ends[side], 40);
  return sum;
}

double
xps_shape_integrate (const XpsShape *shape, const double *p, double low_ev, double high_ev)
{
  if (isnan (low_ev) || isnan (high_ev))
    return NAN;
  if (low_ev == high_ev)
    return 0;
  if (low_ev > high_ev)
    return -xps_shape_integrate (shape, p, high_ev, low_ev);
  const double maximum = shape->maximum (p);
  const double centre = p[xps_shape_find_kind (shape, XPS_ROLE_POSITION)];
  const bool open[2] = {isinf (low_ev), isinf (high_ev)};
  Integrand f = {.shape = shape, .p = p, .origin = isfinite (maximum) ? maximum : centre};
  double edges[N_BREAKS + 2];
  size_t n = 0;
  if (!open[0])
    edges[n++] = low_ev;
  n += breakpoints (shape, p, f.origin, low_ev, high_ev, edges + n);
  if (!open[1])
    edges[n++] = high_ev;
  return integrate (&f, n, edges, open);
}
