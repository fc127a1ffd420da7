/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/kernels.h"

#include "numerics/faddeeva-table.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

/* Compiled once for each instruction set (XPS_ISA), see meson.build. */
#if defined(__AVX512F__)
#define LANES 8
#elif defined(__AVX2__)
#define LANES 4
#else
#define LANES 2
#endif
#define CHAINS 4 /* vectors in flight: hides the latency of the recurrences */
#define BLOCK  (LANES * CHAINS)
#define INLINE static inline __attribute__ ((always_inline))

typedef double Vec __attribute__ ((vector_size (LANES * 8)));
typedef int64_t Mask __attribute__ ((vector_size (LANES * 8)));

#define INV_SQRT_PI 0.56418958354775628695
#define FAR_RADIUS2 64.0
#define HUGE_RADIUS 1e8

INLINE Vec
load (const double *p)
{
  Vec v;
  memcpy (&v, p, sizeof v);
  return v;
}

INLINE void
store (double *p, Vec v)
{
  memcpy (p, &v, sizeof v);
}

INLINE Vec
splat (double a)
{
  return a - (Vec){0};
}

INLINE Vec
choose (Mask mask, Vec yes, Vec no)
{
  return (Vec)((mask & (Mask)yes) | (~mask & (Mask)no));
}

INLINE int
any (Mask mask)
{
#if defined(__AVX512F__)
  return _mm512_test_epi64_mask ((__m512i)mask, (__m512i)mask) != 0;
#elif defined(__AVX2__)
  return _mm256_movemask_pd ((__m256d)mask) != 0;
#else
  return (mask[0] | mask[1]) != 0;
#endif
}

typedef struct {
  Vec k, l;
} Value;

typedef struct {
  Vec k, l;   /* w */
  Vec dk, dl; /* w' */
  Vec g;      /* Re (w + z w') */
} Partials;

/* Weideman's expansion: p(Z) by the real recurrence of a real polynomial at a complex argument. */
INLINE void
weideman (int n, const double *a, double scale, const Vec *x, double y, Value *w)
{
  Vec inv[CHAINS], zr[CHAINS], zi[CHAINS], s[CHAINS], t[CHAINS], b1[CHAINS], b2[CHAINS];
  for (int u = 0; u < CHAINS; u++) {
    Vec x2 = x[u] * x[u];
    inv[u] = 1.0 / ((scale + y) * (scale + y) + x2);
    zr[u] = (scale * scale - y * y - x2) * inv[u];
    zi[u] = 2 * scale * x[u] * inv[u];
    s[u] = zr[u] + zr[u];
    t[u] = zr[u] * zr[u] + zi[u] * zi[u];
    b1[u] = splat (a[n - 1]);
    b2[u] = splat (0);
  }
  for (int k = n - 2; k >= 1; k--)
    for (int u = 0; u < CHAINS; u++) {
      Vec b = a[k] - t[u] * b2[u] + s[u] * b1[u];
      b2[u] = b1[u];
      b1[u] = b;
    }
  for (int u = 0; u < CHAINS; u++) {
    Vec pr = a[0] - t[u] * b2[u] + zr[u] * b1[u], pi = zi[u] * b1[u];
    Vec gr = (scale + y) * inv[u], gi = x[u] * inv[u];
    Vec hr = 2 * (pr * gr - pi * gi) + INV_SQRT_PI, hi = 2 * (pr * gi + pi * gr);
    w[u].k = hr * gr - hi * gi;
    w[u].l = hr * gi + hi * gr;
  }
}

/* Asymptotic series of G = w + z w' = -(i / sqrt(pi)) z^-3 sum 2m c_m z^-2(m-1), c_m = (2m-1)!! / 2^m. The
 * others follow from the differential equation without cancellation: w = (2iz/sqrt(pi) - G) / (2z^2 - 1), w'
 * = (G - w) / z. */
#define FAR_TERMS 16

INLINE Partials
far_field (Vec x, double y)
{
  Vec x2 = x * x, r = 1.0 / (x2 + y * y), ir = x * r, ii = -y * r; /* 1/z */
  Vec zr = ir * ir - ii * ii, zi = 2 * ir * ii;
  Vec s = zr + zr, t = r * r;
  Vec b1 = splat (0), b2 = splat (0);
  double c[FAR_TERMS];
  c[0] = 1;
  for (int m = 1; m < FAR_TERMS; m++) /* 2(m+1) c_{m+1} / (2m c_m) = (2m+1)(m+1) / (2m) */
    c[m] = c[m - 1] * (2 * m + 1) * (m + 1) / (2.0 * m);
  for (int k = FAR_TERMS - 1; k >= 1; k--) {
    Vec b = c[k] - t * b2 + s * b1;
    b2 = b1;
    b1 = b;
  }
  Vec pr = c[0] - t * b2 + zr * b1, pi = zi * b1;
  Vec z3r = zr * ir - zi * ii, z3i = zr * ii + zi * ir;
  Vec gr = INV_SQRT_PI * (pr * z3i + pi * z3r), gi = -INV_SQRT_PI * (pr * z3r - pi * z3i);
  Vec nr = -2 * y * INV_SQRT_PI - gr, ni = 2 * INV_SQRT_PI * x - gi;
  Vec dr = 2 * x2 - (2 * y * y + 1), di = 4 * y * x, id = 1.0 / (dr * dr + di * di);
  Partials p;
  p.k = (nr * dr + ni * di) * id;
  p.l = (ni * dr - nr * di) * id;
  Vec er = gr - p.k, ei = gi - p.l;
  p.dk = er * ir - ei * ii;
  p.dl = er * ii + ei * ir;
  p.g = gr;
  return p;
}

/* |z| beyond all reach of the series: the first term of each, without overflow of |z|^2. */
static void
huge_point (double x, double y, double *k, double *l, double *dk, double *dl, double *g)
{
  double m = fmax (fabs (x), y), a = x / m, b = y / m, r = 1 / (a * a + b * b);
  double ir = a * r, ii = -b * r; /* m / z */
  if (isinf (m)) {
    *k = *l = *dk = *dl = *g = 0;
    return;
  }
  *k = -INV_SQRT_PI * ii / m;
  *l = INV_SQRT_PI * ir / m;
  double sr = (ir * ir - ii * ii), si = 2 * ir * ii;
  *dk = INV_SQRT_PI * si / m / m;
  *dl = -INV_SQRT_PI * sr / m / m;
  *g = INV_SQRT_PI * (sr * ii + si * ir) / m / m / m;
}

INLINE void
near_field (XpsFaddeevaLevel level, const Vec *x, double y, Value *w)
{
  if (level == XPS_FADDEEVA_FULL)
    weideman (40, weideman_40, WEIDEMAN_SCALE_40, x, y, w);
  else
    weideman (24, weideman_24, WEIDEMAN_SCALE_24, x, y, w);
}

INLINE void
evaluate_block (XpsFaddeevaLevel level, const Vec *x, double y, Partials *p)
{
  Mask far[CHAINS];
  Mask all = ~(Mask){0}, some = {0};
  for (int u = 0; u < CHAINS; u++) {
    far[u] = x[u] * x[u] + y * y > FAR_RADIUS2;
    all &= far[u];
    some |= far[u];
  }
  if (any (~all)) {
    Value w[CHAINS];
    near_field (level, x, y, w);
    for (int u = 0; u < CHAINS; u++) {
      p[u].k = w[u].k;
      p[u].l = w[u].l;
      p[u].dk = 2 * (y * w[u].l - x[u] * w[u].k);
      p[u].dl = 2 * INV_SQRT_PI - 2 * (x[u] * w[u].l + y * w[u].k);
      p[u].g = w[u].k + x[u] * p[u].dk - y * p[u].dl;
    }
  }
  if (!any (some))
    return;
  for (int u = 0; u < CHAINS; u++) {
    Partials f = far_field (x[u], y);
    p[u].k = choose (far[u], f.k, p[u].k);
    p[u].l = choose (far[u], f.l, p[u].l);
    p[u].dk = choose (far[u], f.dk, p[u].dk);
    p[u].dl = choose (far[u], f.dl, p[u].dl);
    p[u].g = choose (far[u], f.g, p[u].g);
    for (int i = 0; i < LANES; i++)
      if (!(fabs (x[u][i]) < HUGE_RADIUS) || !(y < HUGE_RADIUS)) {
        double h[5];
        huge_point (x[u][i], y, &h[0], &h[1], &h[2], &h[3], &h[4]);
        p[u].k[i] = h[0], p[u].l[i] = h[1], p[u].dk[i] = h[2], p[u].dl[i] = h[3], p[u].g[i] = h[4];
      }
  }
}

static void
faddeeva (size_t n, const double *x, double y, XpsFaddeevaLevel level, double *k, double *l)
{
  double tx[BLOCK], tk[BLOCK], tl[BLOCK];
  for (size_t i = 0; i < n; i += BLOCK) {
    size_t m = n - i < BLOCK ? n - i : BLOCK;
    for (size_t j = 0; j < BLOCK; j++)
      tx[j] = x[i + (j < m ? j : m - 1)];
    Vec v[CHAINS];
    Partials p[CHAINS] = {0};
    for (int u = 0; u < CHAINS; u++)
      v[u] = load (tx + u * LANES);
    if (level == XPS_FADDEEVA_FULL)
      evaluate_block (XPS_FADDEEVA_FULL, v, y, p);
    else
      evaluate_block (XPS_FADDEEVA_FAST, v, y, p);
    for (int u = 0; u < CHAINS; u++) {
      store (tk + u * LANES, p[u].k);
      store (tl + u * LANES, p[u].l);
    }
    memcpy (k + i, tk, m * sizeof (double));
    memcpy (l + i, tl, m * sizeof (double));
  }
}

static void
voigt (const XpsVoigtSetup *s, size_t n, const double *energy, double *value, double *const *d)
{
  double tx[BLOCK], tv[4][BLOCK];
  for (size_t i = 0; i < n; i += BLOCK) {
    size_t m = n - i < BLOCK ? n - i : BLOCK;
    for (size_t j = 0; j < BLOCK; j++)
      tx[j] = energy[i + (j < m ? j : m - 1)];
    Vec v[CHAINS];
    Partials p[CHAINS] = {0};
    for (int u = 0; u < CHAINS; u++)
      v[u] = (load (tx + u * LANES) - s->center) * s->scale;
    if (s->level == XPS_FADDEEVA_FULL)
      evaluate_block (XPS_FADDEEVA_FULL, v, s->y, p);
    else
      evaluate_block (XPS_FADDEEVA_FAST, v, s->y, p);
    for (int u = 0; u < CHAINS; u++) {
      store (tv[0] + u * LANES, s->unit_value * p[u].k);
      store (tv[1] + u * LANES, s->unit_center * p[u].dk);
      store (tv[2] + u * LANES, s->unit_g * p[u].g);
      store (tv[3] + u * LANES, s->unit_l * -p[u].dl);
    }
    memcpy (value + i, tv[0], m * sizeof (double));
    for (int j = 0; j < 3; j++)
      if (d[j] != NULL)
        memcpy (d[j] + i, tv[j + 1], m * sizeof (double));
  }
}

#define TABLE_NAME_(isa) xps_kernels_##isa
#define TABLE_NAME(isa)  TABLE_NAME_ (isa)

const XpsKernels TABLE_NAME (XPS_ISA) = {faddeeva, voigt};
