/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/kernels.h"

#include "numerics/faddeeva-table.h"
#include "numerics/vector.h"

#include <math.h>

/* w (x + iy) along a line of constant y, compiled once for each instruction set (XPS_ISA, see meson.build).
 *
 * Near, |z| < 8 (FAST: 16): a rational function of z, fitted to w in the half plane y >= y_min, becomes on
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

#define INV_SQRT_PI   0.56418958354775628695
#define SMALL_Y       2e-3  /* lower end of the table at FULL level */
#define NO_GAUSSIAN_Y 1e-10 /* from here on exp (-x^2) is below 1e-17 of K in the far field */
/* At FULL level the derivatives set the radius: in the near field that by fwhm_g loses |z|^4 / 3 of K's
 * digits. At FAST level the near field takes in most windows whole, and no block has to be computed both
 * ways. */
#define FULL_RADIUS2   64.0
#define FAST_RADIUS2   256.0
#define SERIES_RADIUS2 1e150 /* beyond, |z|^4 leaves the range of a double */

typedef enum { METHOD_FULL, METHOD_FAST, METHOD_SMALL_Y } Method;

/* What is stored for each point: K and L; or the profile; or the profile and its derivatives. */
typedef enum { WANT_W, WANT_VALUE, WANT_PARTIALS } Want;
enum { OUT_K, OUT_L, OUT_VALUE = 0, OUT_CENTER, OUT_FWHM_G, OUT_FWHM_L, OUTS };

typedef struct {
  Method method;
  double center, scale; /* x = (energy - center) scale */
  double y, yy;
  double near_t;                            /* the near field is t < near_t */
  double unit, unit_center, unit_g, unit_l; /* of the four outputs */
  double center_l, center_xk;  /* near: d_center = center_l L + center_xk x K, K and L times unit */
  double g_k, g_tk, g_xl, g_1; /* near: d_fwhm_g = (g_k + g_tk t) K + g_xl x L + g_1 */
  double l_k, l_xl, l_1;       /* near: d_fwhm_l = l_k K + l_xl x L + l_1 */
  double q[2 * LINE_GROUP];    /* coefficients of t^j in Q; that of t^n is 1 */
  double k[2 * LINE_GROUP], l[2 * LINE_GROUP]; /* in Pk and Pl, times unit */
} Line;

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
      vec_store (line->k + first + j, line->unit * polynomial_of_y (row, degree, LINE_GROUP + j, y, y * y));
      vec_store (line->l + first + j,
                 line->unit * polynomial_of_y (row, degree, 2 * LINE_GROUP + j, y, y * y));
    }
    row += degree + 1;
  }
}

INLINE void
prepare_line (const XpsVoigtSetup *s, Line *line)
{
  const double y = s->y, yy = y * y;
  line->method = s->level == XPS_FADDEEVA_FAST ? METHOD_FAST : y < SMALL_Y ? METHOD_SMALL_Y : METHOD_FULL;
  line->center = s->center, line->scale = s->scale;
  line->y = y, line->yy = yy;
  line->near_t = (line->method == METHOD_FAST ? FAST_RADIUS2 : FULL_RADIUS2) - yy;
  line->unit = s->unit, line->unit_center = s->unit * s->center_unit;
  line->unit_g = s->unit * s->g_unit, line->unit_l = s->unit * s->l_unit;
  /* dK/dx = 2 (y L - x K), dK/dy = 2 (x L + y K) - 2/sqrt(pi) */
  line->center_l = 2 * y * s->center_unit, line->center_xk = -2 * s->center_unit;
  line->g_k = (1 + 2 * yy) * s->g_unit, line->g_tk = -2 * s->g_unit, line->g_xl = 4 * y * s->g_unit;
  line->g_1 = -2 * INV_SQRT_PI * y * line->unit_g;
  line->l_k = 2 * y * s->l_unit, line->l_xl = 2 * s->l_unit, line->l_1 = -2 * INV_SQRT_PI * line->unit_l;
  if (line->near_t <= 0) { /* no near field, unless for a NaN */
    memset (line->q, 0, sizeof line->q);
    memset (line->k, 0, sizeof line->k);
    memset (line->l, 0, sizeof line->l);
    return;
  }
  if (line->method == METHOD_FAST)
    expand_table (fast_table, FAST_TERMS, y, line);
  else
    expand_table (full_table, FULL_TERMS, line->method == METHOD_SMALL_Y ? 0 : y, line);
}

INLINE void
near_table (int terms, const Line *line, const Vec *x, Vec *out_k, Vec *out_l)
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
    Vec r = 1 / q[u];
    out_k[u] = k[u] * r;
    out_l[u] = x[u] * (l[u] * r);
  }
}

/* D' = 2/sqrt(pi) - 2 x D and D^(m+1) = -2 x D^(m) - 2 m D^(m-1). */
INLINE void
near_small_y (const Line *line, const Vec *x, Vec *k, Vec *l)
{
  const double y = line->y, yy = line->yy;
  near_table (FULL_TERMS, line, x, k, l);
  for (int u = 0; u < CHAINS; u++) {
    Vec x2 = -2 * x[u], d = l[u];
    Vec d1 = x2 * d + 2 * INV_SQRT_PI * line->unit, d2 = x2 * d1 - 2 * d, d3 = x2 * d2 - 4 * d1;
    Vec d4 = x2 * d3 - 6 * d2, d5 = x2 * d4 - 8 * d3;
    Vec gauss = line->unit * vec_exp (yy - x[u] * x[u]), a = 2 * y * x[u], aa = a * a;
    Vec cosine = 1 - aa * (0.5 - aa * (1.0 / 24 - aa * (1.0 / 720)));
    Vec sine = a * (1 - aa * (1.0 / 6 - aa * (1.0 / 120 - aa * (1.0 / 5040))));
    k[u] = gauss * cosine - y * (d1 - yy / 6 * (d3 - yy / 20 * d5));
    l[u] = d - gauss * sine - yy / 2 * (d2 - yy / 12 * d4);
  }
}

INLINE void
near_block (Method method, Want want, const Line *line, const Vec *x, Vec (*out)[OUTS])
{
  Vec k[CHAINS], l[CHAINS];
  if (method == METHOD_FULL)
    near_table (FULL_TERMS, line, x, k, l);
  else if (method == METHOD_FAST)
    near_table (FAST_TERMS, line, x, k, l);
  else
    near_small_y (line, x, k, l);
  for (int u = 0; u < CHAINS; u++) {
    out[u][OUT_K] = k[u];
    if (want == WANT_W)
      out[u][OUT_L] = l[u];
    if (want != WANT_PARTIALS)
      continue;
    Vec xl = x[u] * l[u];
    out[u][OUT_CENTER] = line->center_l * l[u] + line->center_xk * x[u] * k[u];
    out[u][OUT_FWHM_G] = (line->g_k + line->g_tk * (x[u] * x[u])) * k[u] + (line->g_xl * xl + line->g_1);
    out[u][OUT_FWHM_L] = line->l_k * k[u] + (line->l_xl * xl + line->l_1);
  }
}

/* c_2 .. c_14 of w ~ (i / (sqrt(pi) z)) sum c_m z^-2m, c_m = (2m-1)!! / 2^m. */
static const double series[13] = {
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
};

/* With Z = 1/z^2 and the tail P = c_2 + c_3 Z + ..., F = 1 + Z (1/2 + Z P):
 *   w = i F / (sqrt(pi) z), w' = 2i/sqrt(pi) - 2 z w = (2i/sqrt(pi)) (1 - F),
 *   w + z w' = i (F + 2 z^2 (1 - F)) / (sqrt(pi) z) = i Z (1/2 + Z P - 2 P) / (sqrt(pi) z),
 * where no digits are lost. P by the real recurrence for a real polynomial of a complex argument, which keeps
 * a small imaginary part to full relative precision. */
INLINE void
far_series (int terms, Want want, const Line *line, const Vec *x, Vec (*out)[OUTS])
{
  Vec ur[CHAINS], ui[CHAINS], zr[CHAINS], zi[CHAINS], n[CHAINS], s[CHAINS], b1[CHAINS], b2[CHAINS];
  for (int u = 0; u < CHAINS; u++) {
    Vec r = 1 / (x[u] * x[u] + line->yy);
    ur[u] = x[u] * r, ui[u] = -line->y * r; /* 1/z */
    zr[u] = ur[u] * ur[u] - ui[u] * ui[u], zi[u] = 2 * (ur[u] * ui[u]);
    s[u] = zr[u] + zr[u], n[u] = r * r;
    b1[u] = vec_splat (series[terms - 1]), b2[u] = vec_splat (0);
  }
#pragma GCC unroll 16
  for (int m = terms - 2; m >= 1; m--)
    for (int u = 0; u < CHAINS; u++) {
      Vec b = s[u] * b1[u] + (series[m] - n[u] * b2[u]);
      b2[u] = b1[u];
      b1[u] = b;
    }
  for (int u = 0; u < CHAINS; u++) {
    Vec pr = zr[u] * b1[u] + (series[0] - n[u] * b2[u]), pi = zi[u] * b1[u];
    Vec hr = 0.5 + (zr[u] * pr - zi[u] * pi), hi = zr[u] * pi + zi[u] * pr; /* 1/2 + Z P */
    Vec er = zr[u] * hr - zi[u] * hi, ei = zr[u] * hi + zi[u] * hr;         /* F - 1 */
    out[u][OUT_K] = (-INV_SQRT_PI * line->unit) * (ur[u] * ei + (ui[u] * er + ui[u]));
    if (want == WANT_W)
      out[u][OUT_L] = INV_SQRT_PI * ((ur[u] * er + ur[u]) - ui[u] * ei);
    if (want != WANT_PARTIALS)
      continue;
    Vec gr = hr - 2 * pr, gi = hi - 2 * pi;                                     /* 1/2 + Z P - 2 P */
    Vec vr = ur[u] * zr[u] - ui[u] * zi[u], vi = ur[u] * zi[u] + ui[u] * zr[u]; /* 1/z^3 */
    out[u][OUT_CENTER] = (2 * INV_SQRT_PI * line->unit_center) * ei;
    out[u][OUT_FWHM_G] = (-INV_SQRT_PI * line->unit_g) * (vr * gi + vi * gr);
    out[u][OUT_FWHM_L] = (2 * INV_SQRT_PI * line->unit_l) * er;
  }
}

/* One term more would change K by less than 1e-14 (FAST: 2e-10) of itself. */
INLINE void
far_block (Method method, Want want, const Line *line, const Vec *x, Vec nearest_t, Vec (*out)[OUTS])
{
  if (method == METHOD_FAST)
    far_series (3, want, line, x, out);
  else if (vec_any (nearest_t < 144 - line->yy))
    far_series (13, want, line, x, out);
  else if (vec_any (nearest_t < 400 - line->yy))
    far_series (8, want, line, x, out);
  else
    far_series (6, want, line, x, out);
}

INLINE int
outputs (Want want)
{
  return want == WANT_PARTIALS ? 4 : want == WANT_W ? 2 : 1;
}

INLINE Vec
load_x (Want want, const Line *line, const double *energy)
{
  return want == WANT_W ? vec_load (energy) : (vec_load (energy) - line->center) * line->scale;
}

INLINE void
store_block (Want want, Vec (*v)[OUTS], double *const *out, size_t at)
{
  for (int j = 0; j < outputs (want); j++)
    if (out[j] != NULL)
      for (int u = 0; u < CHAINS; u++)
        vec_store (out[j] + at + u * LANES, v[u][j]);
}

INLINE void
store_far_lanes (Want want, double near_t, const Vec *x, Vec (*v)[OUTS], double *const *out, size_t at)
{
  for (int u = 0; u < CHAINS; u++)
    for (int j = 0; j < outputs (want); j++)
      if (out[j] != NULL) {
        double *to = out[j] + at + u * LANES;
        vec_store (to, vec_choose (x[u] * x[u] >= near_t, v[u][j], vec_load (to)));
      }
}

/* Adds what the series leaves out, the real part of exp (-z^2), where y is so small that it matters. */
static __attribute__ ((noinline)) void
add_gaussian (const Line *line, double x, double *const *out, size_t at, int partials)
{
  double gauss = exp (-x * x);
  if (gauss == 0)
    return;
  out[OUT_VALUE][at] += line->unit * gauss;
  if (partials && out[OUT_CENTER] != NULL)
    out[OUT_CENTER][at] -= line->unit_center * 2 * x * gauss;
  if (partials && out[OUT_FWHM_G] != NULL)
    out[OUT_FWHM_G][at] += line->unit_g * (1 - 2 * x * x) * gauss;
}

/* The first term of each series, where |z|^4 overflows. */
static __attribute__ ((noinline)) void
replace_huge (Want want, const Line *line, double x, double *const *out, size_t at)
{
  double m = fmax (fabs (x), line->y), a = x / m, b = line->y / m, r = 1 / (a * a + b * b),
         unit = INV_SQRT_PI / m;
  double ur = isinf (m) ? 0 : a * r, ui = isinf (m) ? 0 : -b * r; /* ur + i ui = m / z */
  double v[OUTS] = {
      -line->unit * ui * unit,
      line->unit_center * 2 * ur * ui * unit / m,
      line->unit_g * (3 * ur * ur - ui * ui) * ui * unit / m / m,
      line->unit_l * (ur * ur - ui * ui) * unit / m,
  };
  if (want == WANT_W)
    v[OUT_L] = ur * unit;
  for (int j = 0; j < outputs (want); j++)
    if (out[j] != NULL)
      out[j][at] = v[j];
}

/* The rare cases of the far field, one by one. */
static __attribute__ ((noinline)) void
amend_far (Want want, const Line *line, const double *energy, double *const *out, size_t from, size_t count)
{
  for (size_t i = from; i < from + count; i++) {
    double x = want == WANT_W ? energy[i] : (energy[i] - line->center) * line->scale, t = x * x;
    if (t + line->yy > SERIES_RADIUS2)
      replace_huge (want, line, x, out, i);
    else if (t >= line->near_t && line->y < NO_GAUSSIAN_Y)
      add_gaussian (line, x, out, i, want == WANT_PARTIALS);
  }
}

INLINE void
evaluate_line (Method method, Want want, const Line *line, size_t n, const double *energy, double *const *out)
{
  for (size_t i = 0; i < n; i += BLOCK) {
    size_t at = i + BLOCK <= n ? i : n - BLOCK; /* the last block reaches back over points already done */
    Vec x[CHAINS], v[CHAINS][OUTS], nearest = vec_splat (HUGE_VAL), farthest = vec_splat (0);
    for (int u = 0; u < CHAINS; u++) {
      x[u] = load_x (want, line, energy + at + u * LANES);
      nearest = vec_min (x[u] * x[u], nearest); /* in this order of arguments a NaN changes neither */
      farthest = vec_max (x[u] * x[u], farthest);
    }
    const int some_near = !vec_all (nearest >= line->near_t);
    if (some_near) {
      near_block (method, want, line, x, v);
      store_block (want, v, out, at);
    }
    if (!vec_any (farthest >= line->near_t))
      continue;
    far_block (method, want, line, x, nearest, v);
    if (some_near)
      store_far_lanes (want, line->near_t, x, v, out, at);
    else
      store_block (want, v, out, at);
    if ((method == METHOD_SMALL_Y && line->y < NO_GAUSSIAN_Y) ||
        vec_any (farthest > SERIES_RADIUS2 - line->yy))
      amend_far (want, line, energy, out, at, BLOCK);
  }
}

INLINE void
evaluate_want (Want want, const Line *line, size_t n, const double *energy, double *const *out)
{
  if (line->method == METHOD_FULL)
    evaluate_line (METHOD_FULL, want, line, n, energy, out);
  else if (line->method == METHOD_FAST)
    evaluate_line (METHOD_FAST, want, line, n, energy, out);
  else
    evaluate_line (METHOD_SMALL_Y, want, line, n, energy, out);
}

static void
evaluate (Want want, const Line *line, size_t n, const double *energy, double *const *out)
{
  if (want == WANT_W)
    evaluate_want (WANT_W, line, n, energy, out);
  else if (want == WANT_VALUE)
    evaluate_want (WANT_VALUE, line, n, energy, out);
  else
    evaluate_want (WANT_PARTIALS, line, n, energy, out);
}

static void
evaluate_setup (Want want, const XpsVoigtSetup *setup, size_t n, const double *energy, double *const *out)
{
  Line line;
  prepare_line (setup, &line);
  if (n >= BLOCK) {
    evaluate (want, &line, n, energy, out);
    return;
  }
  double padded_energy[BLOCK], padded[OUTS][BLOCK], *padded_out[OUTS];
  for (size_t i = 0; i < BLOCK; i++)
    padded_energy[i] = energy[i < n ? i : n - 1];
  for (int j = 0; j < outputs (want); j++)
    padded_out[j] = padded[j];
  evaluate (want, &line, BLOCK, padded_energy, padded_out);
  for (int j = 0; j < outputs (want); j++)
    if (out[j] != NULL)
      memcpy (out[j], padded[j], n * sizeof (double));
}

static void
faddeeva (size_t n, const double *x, double y, XpsFaddeevaLevel level, double *k, double *l)
{
  const XpsVoigtSetup setup = {.scale = 1, .y = y, .unit = 1, .level = level};
  double *const out[2] = {k, l};
  if (n > 0)
    evaluate_setup (WANT_W, &setup, n, x, out);
}

static void
voigt (const XpsVoigtSetup *setup, size_t n, const double *energy, double *value, double *d_center,
       double *d_fwhm_g, double *d_fwhm_l)
{
  double *const out[OUTS] = {value, d_center, d_fwhm_g, d_fwhm_l};
  if (n > 0)
    evaluate_setup (d_center == NULL && d_fwhm_g == NULL && d_fwhm_l == NULL ? WANT_VALUE : WANT_PARTIALS,
                    setup, n, energy, out);
}

#define TABLE_NAME_(isa) xps_kernels_##isa
#define TABLE_NAME(isa)  TABLE_NAME_ (isa)

const XpsKernels TABLE_NAME (XPS_ISA) = {.faddeeva = faddeeva, .voigt = voigt};
