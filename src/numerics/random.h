/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* Seeded random numbers, the same on every machine: xoshiro256** (Blackman & Vigna 2021, doi 10.1145/3460772),
 * seeded through splitmix64. */
typedef struct {
  uint64_t s[4];
} XpsRandom;

void xps_random_init (XpsRandom *random, uint64_t seed);
uint64_t xps_random_next (XpsRandom *random);
double xps_random_uniform (XpsRandom *random); /* [0, 1), 53 bits */
double xps_random_normal (XpsRandom *random);  /* mean 0, variance 1 */

/* Poisson deviate of the given mean >= 0: inversion below 10, transformed rejection PTRS above (Hormann 1993,
 * doi 10.1016/0167-6687(93)90997-4). */
double xps_random_poisson (XpsRandom *random, double mean);
