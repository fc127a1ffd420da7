/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>
#include <string.h>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

/* Inside of the room: vectors of doubles as wide as the instruction set this file is compiled for. Arithmetic
 * is that of GCC's vector extensions; only what they cannot express is spelled out here. */

#if defined(__AVX512F__)
#define LANES 8
#elif defined(__AVX2__)
#define LANES 4
#else
#define LANES 2
#endif

#define INLINE static inline __attribute__ ((always_inline))

typedef double Vec __attribute__ ((vector_size (LANES * 8)));
typedef int64_t Mask __attribute__ ((vector_size (LANES * 8))); /* all bits of a lane set, or none */
typedef uint64_t Bits __attribute__ ((vector_size (LANES * 8)));

INLINE Vec
vec_load (const double *p)
{
  Vec v;
  memcpy (&v, p, sizeof v);
  return v;
}

INLINE void
vec_store (double *p, Vec v)
{
  memcpy (p, &v, sizeof v);
}

INLINE Vec
vec_splat (double a)
{
  return a - (Vec){0};
}

INLINE Vec
vec_choose (Mask mask, Vec yes, Vec no)
{
  return (Vec)((mask & (Mask)yes) | (~mask & (Mask)no));
}

INLINE int
vec_any (Mask mask)
{
#if defined(__AVX512F__)
  return _mm512_test_epi64_mask ((__m512i)mask, (__m512i)mask) != 0;
#elif defined(__AVX2__)
  return _mm256_movemask_pd ((__m256d)mask) != 0;
#else
  return (mask[0] | mask[1]) != 0;
#endif
}

INLINE int
vec_all (Mask mask)
{
  return !vec_any (~mask);
}

INLINE Vec
vec_min (Vec a, Vec b)
{
#if defined(__AVX512F__)
  return (Vec)_mm512_min_pd ((__m512d)a, (__m512d)b);
#elif defined(__AVX2__)
  return (Vec)_mm256_min_pd ((__m256d)a, (__m256d)b);
#else
  return vec_choose (a < b, a, b);
#endif
}

INLINE Vec
vec_max (Vec a, Vec b)
{
#if defined(__AVX512F__)
  return (Vec)_mm512_max_pd ((__m512d)a, (__m512d)b);
#elif defined(__AVX2__)
  return (Vec)_mm256_max_pd ((__m256d)a, (__m256d)b);
#else
  return vec_choose (a > b, a, b);
#endif
}

/* exp (a) for -700 <= a <= 1, relative error below 2e-16 (1 + |a|): a = k ln 2 + r, Taylor's polynomial of
 * degree 13 in |r| <= ln 2 / 2 (remainder 4e-18). */
INLINE Vec
vec_exp (Vec a)
{
  const double to_integer =
      0x1.8p52; /* adding it rounds to an integer, which then stands in the lowest bits */
  const double c[14] = {
      1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
      1.0 / 720,        1.0 / 120,       1.0 / 24,       1.0 / 6,       1.0 / 2,      1,           1};
  Vec shifted = a * 1.4426950408889634074 + to_integer, n = shifted - to_integer;
  /* Unsigned: lanes beyond the range, whose result nobody takes, may wrap. */
  Bits k = (Bits)shifted - (Bits)vec_splat (to_integer);
  Vec r = (a - n * 0x1.62e42fee00000p-1) - n * 0x1.a39ef35793c76p-33; /* ln 2 in two parts */
  Vec p = vec_splat (c[0]);
#pragma GCC unroll 13
  for (int i = 1; i < 14; i++)
    p = p * r + c[i];
  return p * (Vec)((k + 1023) << 52);
}
