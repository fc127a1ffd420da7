/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/random.h"

#include <math.h>

static uint64_t
splitmix64 (uint64_t *state)
{
  uint64_t z = (*state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

void
xps_random_init (XpsRandom *random, uint64_t seed)
{
  for (int i = 0; i < 4; i++)
    random->s[i] = splitmix64 (&seed);
}

static uint64_t
rotate_left (uint64_t x, int k)
{
  return (x << k) | (x >> (64 - k));
}

uint64_t
xps_random_next (XpsRandom *random)
{
  uint64_t *s = random->s;
  const uint64_t result = rotate_left (s[1] * 5, 7) * 9;
  const uint64_t t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);
  return result;
}

double
xps_random_uniform (XpsRandom *random)
{
  return (double)(xps_random_next (random) >> 11) * 0x1p-53;
}

/* Polar method: no table, and only log and sqrt, so that machines agree. */
double
xps_random_normal (XpsRandom *random)
{
  for (;;) {
    const double u = 2 * xps_random_uniform (random) - 1;
    const double v = 2 * xps_random_uniform (random) - 1;
    const double s = u * u + v * v;
    if (s > 0 && s < 1)
      return u * sqrt (-2 * log (s) / s);
  }
}

static double
poisson_by_inversion (XpsRandom *random, double mean)
{
  const double limit = exp (-mean);
  double product = xps_random_uniform (random);
  double k = 0;
  while (product > limit) {
    product *= xps_random_uniform (random);
    k++;
  }
  return k;
}

static double
poisson_by_rejection (XpsRandom *random, double mean)
{
  const double root = sqrt (mean);
  const double b = 0.931 + 2.53 * root;
  const double a = -0.059 + 0.02483 * b;
  const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
  const double v_r = 0.9277 - 3.6224 / (b - 2);
  const double log_mean = log (mean);

  for (;;) {
    const double u = xps_random_uniform (random) - 0.5;
    const double v = xps_random_uniform (random);
    const double us = 0.5 - fabs (u);
    const double k = floor ((2 * a / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= v_r)
      return k;
    if (k < 0 || (us < 0.013 && v > us))
      continue;
    if (log (v) + log (inverse_alpha) - log (a / (us * us) + b) <= k * log_mean - mean - lgamma (k + 1))
      return k;
  }
}

double
xps_random_poisson (XpsRandom *random, double mean)
{
  if (!(mean > 0))
    return 0;
  return mean < 10 ? poisson_by_inversion (random, mean) : poisson_by_rejection (random, mean);
}
