/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/kernels.h"

#include "numerics/faddeeva-table.h"
#include "numerics/vector.h"

#include <math.h>

/* w (x + iy) along a line of constant y, compiled once for each instruction set (XPS_ISA, see meson.build).
 *
 * Near, |z|^2 < far_radius2: a rational function of z, fitted to w in the half plane y >= y_min, becomes on
 * the line K = Pk (t) / Q (t), L = x Pl (t) / Q (t), t = x^2, with real polynomials whose coefficients are
 * polynomials of y: three multiply-adds a degree and one reciprocal a point. Q grows like exp (0.7 t) and Pk
 * falls like exp (-0.3 t), and but for the first few terms of Pk at small y all coefficients are positive, so
 * that no digits are lost. Table, fit and error bound: tools/numerics/faddeeva-table.py.
 *
 * Near, y < SMALL_Y at FULL level: K is far smaller than L there. w = exp (-z^2) + i D (z), and D, 2/sqrt(pi)
 * times Dawson's integral, is expanded in y around the real axis, where it is the L of the rational function
 * at y = 0.
 *
 * Far: the asymptotic series in 1/z^2 (NIST DLMF 7.12.1), arranged so that the derivatives do not cancel. */

#define CHAINS 3 /* vectors worked on at once: hides the latency of the recurrences */
#define BLOCK  (LANES * CHAINS)

#define INV_SQRT_PI    0.56418958354775628695
#define SMALL_Y        2e-3  /* lower end of the table at FULL level */
#define NO_GAUSSIAN_Y  1e-10 /* from here on exp (-x^2) is below 1e-17 of K in the far field */
#define FULL_RADIUS2   64.0
#define FAST_RADIUS2   49.0
#define SERIES_RADIUS2 1e150 /* beyond, |z|^4 leaves the range of a double */

typedef enum { METHOD_FULL, METHOD_FAST, METHOD_SMALL_Y } Method;

typedef struct {
  Method method;
  double y, yy;
  double q[2 * LINE_GROUP], k[2 * LINE_GROUP],
      l[2 * LINE_GROUP]; /* coefficients of t^j; that of Q's t^n is 1 */
} Line;

typedef struct {
  Vec k, l;   /* w */
  Vec dk, dl; /* w' = dw/dx; dw/dy = i w' */
  Vec g;      /* Re (w + z w') = K + x dK/dx + y dK/dy */
} Point;

/* sum_m row[m] y^m for LANES columns, even and odd powers apart. */
INLINE Vec
polynomial_of_y (const double (*row)[3 * LINE_GROUP], int degree, int column, double y, double yy)
{
  Vec even = vec_load (row[degree] + column), odd = vec_load (row[degree - 1] + column);
  for (int m = degree - 2; m >= 0; m -= 2)
    even = even * yy + vec_load (row[m] + column);
  for (int m = degree - 3; m >= 0; m -= 2)
    odd = odd * yy + vec_load (row[m] + column);
  return even + odd * y;
}

INLINE void
expand_table (const double (*row)[3 * LINE_GROUP], int terms, double y, Line *line)
{
  for (int first = 0; first < terms; first += LINE_GROUP) {
    int degree = 2 * (terms - first);
    for (int j = 0; j < LINE_GROUP; j += LANES) {
      vec_store (line->q + first + j, polynomial_of_y (row, degree, j, y, y * y));
      vec_store (line->k + first + j, polynomial_of_y (row, degree, LINE_GROUP + j, y, y * y));
      vec_store (line->l + first + j, polynomial_of_y (row, degree, 2 * LINE_GROUP + j, y, y * y));
    }
    row += degree + 1;
  }
}

static Line
line_at (double y, XpsFaddeevaLevel level)
{
  Line line = {.method = METHOD_FULL, .y = y, .yy = y * y};
  if (level == XPS_FADDEEVA_FAST)
    line.method = METHOD_FAST;
  else if (y < SMALL_Y)
    line.method = METHOD_SMALL_Y;
  if (line.yy >= FULL_RADIUS2) /* no near field */
    return line;
  if (line.method == METHOD_FAST)
    expand_table (fast_table, FAST_TERMS, y, &line);
  else
    expand_table (full_table, FULL_TERMS, line.method == METHOD_SMALL_Y ? 0 : y, &line);
  return line;
}

INLINE void
near_table (int terms, const Line *line, const Vec *x, Point *p)
{
  Vec t[CHAINS], q[CHAINS], k[CHAINS], l[CHAINS];
  for (int u = 0; u < CHAINS; u++) {
    t[u] = x[u] * x[u];
    q[u] = t[u] + line->q[terms - 1];
    k[u] = vec_splat (line->k[terms - 1]);
    l[u] = vec_splat (line->l[terms - 1]);
  }
#pragma GCC unroll 16
  for (int j = terms - 2; j >= 0; j--)
    for (int u = 0; u < CHAINS; u++) {
      q[u] = q[u] * t[u] + line->q[j];
      k[u] = k[u] * t[u] + line->k[j];
      l[u] = l[u] * t[u] + line->l[j];
    }
  for (int u = 0; u < CHAINS; u++) {
    Vec r = vec_reciprocal (q[u]);
    p[u].k = k[u] * r;
    p[u].l = x[u] * (l[u] * r);
  }
}

/* D' = 2/sqrt(pi) - 2 x D and D^(m+1) = -2 x D^(m) - 2 m D^(m-1). */
INLINE void
near_small_y (const Line *line, const Vec *x, Point *p)
{
  const double y = line->y, yy = line->yy;
  near_table (FULL_TERMS, line, x, p);
  for (int u = 0; u < CHAINS; u++) {
    Vec x2 = -2 * x[u], d = p[u].l;
    Vec d1 = x2 * d + 2 * INV_SQRT_PI, d2 = x2 * d1 - 2 * d, d3 = x2 * d2 - 4 * d1, d4 = x2 * d3 - 6 * d2;
    Vec d5 = x2 * d4 - 8 * d3;
    Vec gauss = vec_exp (yy - x[u] * x[u]), a = 2 * y * x[u], aa = a * a;
    Vec cosine = 1 - aa * (0.5 - aa * (1.0 / 24 - aa * (1.0 / 720)));
    Vec sine = a * (1 - aa * (1.0 / 6 - aa * (1.0 / 120 - aa * (1.0 / 5040))));
    p[u].k = gauss * cosine - y * (d1 - yy / 6 * (d3 - yy / 20 * d5));
    p[u].l = d - gauss * sine - yy / 2 * (d2 - yy / 12 * d4);
  }
}

INLINE void
near_field (Method method, const Line *line, const Vec *x, Point *p)
{
  if (method == METHOD_FULL)
    near_table (FULL_TERMS, line, x, p);
  else if (method == METHOD_FAST)
    near_table (FAST_TERMS, line, x, p);
  else
    near_small_y (line, x, p);
  for (int u = 0; u < CHAINS; u++) {
    p[u].dk = 2 * (line->y * p[u].l - x[u] * p[u].k);
    p[u].dl = 2 * INV_SQRT_PI - 2 * (x[u] * p[u].l + line->y * p[u].k);
    p[u].g = p[u].k + x[u] * p[u].dk - line->y * p[u].dl;
  }
}

/* c_2 .. c_16 of w ~ (i / (sqrt(pi) z)) sum c_m z^-2m, c_m = (2m-1)!! / 2^m. */
static const double series[15] = {
    0.75,
    1.875,
    6.5625,
    29.53125,
    162.421875,
    1055.7421875,
    7918.06640625,
    67303.564453125,
    639383.8623046875,
    6713530.55419921875,
    77205601.373291015625,
    965070017.16613769531,
    13028445231.742858887,
    188912455860.27145386,
    2928143065834.2075348,
};

/* With Z = 1/z^2, c_0 = 1, c_1 = 1/2 and the tail P = c_2 + c_3 Z + ..., F = 1 + Z (1/2 + Z P):
 *   w = i F / (sqrt(pi) z), w' = -2 z w + 2i/sqrt(pi) = -(2i/sqrt(pi)) (F - 1), w + z w' = i (F + 2 z^2 (1 -
 * F)) / (sqrt(pi) z), the last two without cancellation when 1 - F is taken from the series. P by the real
 * recurrence for a real polynomial of a complex argument, which keeps small imaginary parts to full relative
 * precision. */
INLINE Point
far_field (int terms, Vec x, double y, Vec radius2)
{
  Vec r = vec_reciprocal (radius2), ur = x * r, ui = -y * r; /* 1/z */
  Vec zr = ur * ur - ui * ui, zi = 2 * (ur * ui), s = zr + zr, t = r * r;
  Vec b1 = vec_splat (series[terms - 1]), b2 = vec_splat (0);
#pragma GCC unroll 16
  for (int m = terms - 2; m >= 1; m--) {
    Vec b = s * b1 + (series[m] - t * b2);
    b2 = b1;
    b1 = b;
  }
  Vec pr = zr * b1 + (series[0] - t * b2), pi = zi * b1;
  Vec hr = 0.5 + (zr * pr - zi * pi), hi = zr * pi + zi * pr; /* 1/2 + Z P */
  Vec er = zr * hr - zi * hi, ei = zr * hi + zi * hr;         /* F - 1 */
  Vec fr = 1 + er;
  Vec gr = hr - 2 * pr, gi = hi - 2 * pi;             /* (F - 2 (1/2 + Z P)) / Z */
  Vec vr = ur * zr - ui * zi, vi = ur * zi + ui * zr; /* 1/z^3 */
  Point p;
  p.k = -INV_SQRT_PI * (ur * ei + ui * fr);
  p.l = INV_SQRT_PI * (ur * fr - ui * ei);
  p.dk = 2 * INV_SQRT_PI * ei;
  p.dl = -2 * INV_SQRT_PI * er;
  p.g = -INV_SQRT_PI * (vr * gi + vi * gr);
  return p;
}

/* What the series leaves out where y is so small that it matters: the real part of exp (-z^2). */
INLINE void
add_gaussian (const Vec *x, Point *p)
{
  for (int u = 0; u < CHAINS; u++) {
    Vec t = x[u] * x[u], gauss = vec_exp (vec_max (-t, vec_splat (-750)));
    p[u].k += gauss;
    p[u].dk -= 2 * x[u] * gauss;
    p[u].g += (1 - 2 * t) * gauss;
  }
}

/* The first term of each series, for the lanes whose |z|^2 overflows. */
static void
repair_huge (double y, const Vec *x, Point *p)
{
  for (int u = 0; u < CHAINS; u++)
    for (int i = 0; i < LANES; i++) {
      double m = fmax (fabs (x[u][i]), y), a = x[u][i] / m, b = y / m, r = 1 / (a * a + b * b);
      double ur = a * r, ui = -b * r; /* m / z */
      if (!(m * m > SERIES_RADIUS2))
        continue;
      if (isinf (m))
        ur = ui = 0;
      p[u].k[i] = -INV_SQRT_PI * ui / m;
      p[u].l[i] = INV_SQRT_PI * ur / m;
      p[u].dk[i] = INV_SQRT_PI * 2 * ur * ui / m / m;
      p[u].dl[i] = -INV_SQRT_PI * (ur * ur - ui * ui) / m / m;
      p[u].g[i] = INV_SQRT_PI * (3 * ur * ur - ui * ui) * ui / m / m / m;
    }
}

INLINE void
far_block (Method method, const Line *line, const Vec *x, const Vec *radius2, Vec nearest, Vec farthest,
           Point *p)
{
  const double y = line->y;
  if (vec_any (nearest < 256.0))
    for (int u = 0; u < CHAINS; u++)
      p[u] = far_field (method == METHOD_FAST ? 5 : 15, x[u], y, radius2[u]);
  else if (method != METHOD_FAST && vec_any (nearest < 2500.0))
    for (int u = 0; u < CHAINS; u++)
      p[u] = far_field (9, x[u], y, radius2[u]);
  else
    for (int u = 0; u < CHAINS; u++)
      p[u] = far_field (method == METHOD_FAST ? 2 : 5, x[u], y, radius2[u]);
  if (method == METHOD_SMALL_Y && y < NO_GAUSSIAN_Y)
    add_gaussian (x, p);
  if (vec_any (farthest > SERIES_RADIUS2))
    repair_huge (y, x, p);
}

INLINE void
mixed_block (Method method, const Line *line, const Vec *x, const Vec *radius2, double limit, Point *p)
{
  Vec inner[CHAINS], outer[CHAINS];
  Point far[CHAINS];
  Vec farthest = vec_splat (0);
  for (int u = 0; u < CHAINS; u++) {
    Mask is_far = radius2[u] >= limit;
    inner[u] = vec_choose (is_far, vec_splat (0), x[u]);
    outer[u] = vec_max (radius2[u], vec_splat (limit));
    farthest = vec_max (radius2[u], farthest);
  }
  near_field (method, line, inner, p);
  far_block (method, line, x, outer, vec_splat (limit), farthest, far);
  for (int u = 0; u < CHAINS; u++) {
    Mask is_far = radius2[u] >= limit;
    p[u].k = vec_choose (is_far, far[u].k, p[u].k);
    p[u].l = vec_choose (is_far, far[u].l, p[u].l);
    p[u].dk = vec_choose (is_far, far[u].dk, p[u].dk);
    p[u].dl = vec_choose (is_far, far[u].dl, p[u].dl);
    p[u].g = vec_choose (is_far, far[u].g, p[u].g);
  }
}

INLINE void
evaluate (Method method, const Line *line, const Vec *x, Point *p)
{
  const double limit = method == METHOD_FAST ? FAST_RADIUS2 : FULL_RADIUS2;
  Vec radius2[CHAINS];
  for (int u = 0; u < CHAINS; u++)
    radius2[u] = x[u] * x[u] + line->yy;
  Vec nearest = vec_splat (limit), farthest = vec_splat (0);
  for (int u = 0; u < CHAINS; u++) { /* in this order of arguments a NaN changes neither */
    nearest = vec_min (radius2[u], nearest);
    farthest = vec_max (radius2[u], farthest);
  }
  if (!vec_any (farthest >= limit))
    near_field (method, line, x, p);
  else if (!vec_any (nearest < limit))
    far_block (method, line, x, radius2, nearest, farthest, p);
  else
    mixed_block (method, line, x, radius2, limit, p);
}

/* Where the next BLOCK points start: the last block of a long line reaches back over points already done. */
INLINE size_t
block_start (size_t i, size_t n)
{
  return i + BLOCK <= n ? i : n - BLOCK;
}

INLINE void
faddeeva_blocks (Method method, const Line *line, size_t n, const double *x, double *k, double *l)
{
  for (size_t i = 0; i < n; i += BLOCK) {
    size_t at = block_start (i, n);
    Vec v[CHAINS];
    Point p[CHAINS];
    for (int u = 0; u < CHAINS; u++)
      v[u] = vec_load (x + at + u * LANES);
    evaluate (method, line, v, p);
    for (int u = 0; u < CHAINS; u++) {
      vec_store (k + at + u * LANES, p[u].k);
      vec_store (l + at + u * LANES, p[u].l);
    }
  }
}

static void
faddeeva (size_t n, const double *x, double y, XpsFaddeevaLevel level, double *k, double *l)
{
  if (n == 0)
    return;
  if (n < BLOCK) {
    double padded[3][BLOCK];
    for (size_t i = 0; i < BLOCK; i++)
      padded[0][i] = x[i < n ? i : n - 1];
    faddeeva (BLOCK, padded[0], y, level, padded[1], padded[2]);
    memcpy (k, padded[1], n * sizeof (double));
    memcpy (l, padded[2], n * sizeof (double));
    return;
  }
  const Line line = line_at (y, level);
  if (line.method == METHOD_FULL)
    faddeeva_blocks (METHOD_FULL, &line, n, x, k, l);
  else if (line.method == METHOD_FAST)
    faddeeva_blocks (METHOD_FAST, &line, n, x, k, l);
  else
    faddeeva_blocks (METHOD_SMALL_Y, &line, n, x, k, l);
}

INLINE void
voigt_blocks (Method method, int partials, const XpsVoigtSetup *s, const Line *line, size_t n,
              const double *energy, double *value, double *d_center, double *d_fwhm_g, double *d_fwhm_l)
{
  for (size_t i = 0; i < n; i += BLOCK) {
    size_t at = block_start (i, n);
    Vec v[CHAINS];
    Point p[CHAINS];
    for (int u = 0; u < CHAINS; u++)
      v[u] = (vec_load (energy + at + u * LANES) - s->center) * s->scale;
    evaluate (method, line, v, p);
    for (int u = 0; u < CHAINS; u++) {
      vec_store (value + at + u * LANES, p[u].k * s->unit_value);
      if (!partials)
        continue;
      if (d_center != NULL)
        vec_store (d_center + at + u * LANES, p[u].dk * s->unit_center);
      if (d_fwhm_g != NULL)
        vec_store (d_fwhm_g + at + u * LANES, p[u].g * s->unit_fwhm_g);
      if (d_fwhm_l != NULL)
        vec_store (d_fwhm_l + at + u * LANES, p[u].dl * -s->unit_fwhm_l);
    }
  }
}

INLINE void
voigt_method (int partials, const XpsVoigtSetup *s, size_t n, const double *energy, double *value,
              double *d_center, double *d_fwhm_g, double *d_fwhm_l)
{
  const Line line = line_at (s->y, s->level);
  if (line.method == METHOD_FULL)
    voigt_blocks (METHOD_FULL, partials, s, &line, n, energy, value, d_center, d_fwhm_g, d_fwhm_l);
  else if (line.method == METHOD_FAST)
    voigt_blocks (METHOD_FAST, partials, s, &line, n, energy, value, d_center, d_fwhm_g, d_fwhm_l);
  else
    voigt_blocks (METHOD_SMALL_Y, partials, s, &line, n, energy, value, d_center, d_fwhm_g, d_fwhm_l);
}

static void
voigt (const XpsVoigtSetup *setup, size_t n, const double *energy, double *value, double *d_center,
       double *d_fwhm_g, double *d_fwhm_l)
{
  if (n == 0)
    return;
  if (n < BLOCK) {
    double padded[5][BLOCK], *out[4] = {value, d_center, d_fwhm_g, d_fwhm_l};
    for (size_t i = 0; i < BLOCK; i++)
      padded[0][i] = energy[i < n ? i : n - 1];
    voigt (setup, BLOCK, padded[0], padded[1], padded[2], padded[3], padded[4]);
    for (int j = 0; j < 4; j++)
      if (out[j] != NULL)
        memcpy (out[j], padded[j + 1], n * sizeof (double));
    return;
  }
  if (d_center == NULL && d_fwhm_g == NULL && d_fwhm_l == NULL)
    voigt_method (0, setup, n, energy, value, NULL, NULL, NULL);
  else
    voigt_method (1, setup, n, energy, value, d_center, d_fwhm_g, d_fwhm_l);
}

#define TABLE_NAME_(isa) xps_kernels_##isa
#define TABLE_NAME(isa)  TABLE_NAME_ (isa)

const XpsKernels TABLE_NAME (XPS_ISA) = {.faddeeva = faddeeva, .voigt = voigt};
