/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numerics/faddeeva.h"

#include <stddef.h>

/* Inside of the room: one table of kernels for each instruction set. */

typedef struct {
  double center, scale; /* x = (energy - center) * scale */
  double y;
  double unit_value, unit_center, unit_g, unit_l; /* factors of K, K_X, K + X K_X + Y K_Y, K_Y */
  XpsFaddeevaLevel level;
} XpsVoigtSetup;

typedef struct {
  void (*faddeeva) (size_t n, const double *x, double y, XpsFaddeevaLevel level, double *k, double *l);
  /* d[0..2]: d_center, d_fwhm_g, d_fwhm_l, each may be NULL. */
  void (*voigt) (const XpsVoigtSetup *setup, size_t n, const double *energy, double *value, double *const *d);
} XpsKernels;

extern const XpsKernels xps_kernels_generic;
extern const XpsKernels xps_kernels_avx2;
extern const XpsKernels xps_kernels_avx512;
