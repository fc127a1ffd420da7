/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numerics/faddeeva.h"

#include <stddef.h>

/* Inside of the room: the kernels of one instruction set (kernels.c) and the choice among them (faddeeva.c).
 */

typedef struct {
  double center, scale; /* x = (energy - center) scale */
  double y;
  double unit; /* value = unit K */
  /* d_center = unit center_unit dK/dx, d_fwhm_g = unit g_unit (K + x dK/dx + y dK/dy), d_fwhm_l = unit l_unit
   * dK/dy */
  double center_unit, g_unit, l_unit;
  XpsFaddeevaLevel level;
} XpsVoigtSetup;

typedef struct {
  void (*faddeeva) (size_t n, const double *x, double y, XpsFaddeevaLevel level, double *k, double *l);
  /* d_center, d_fwhm_g, d_fwhm_l may be NULL. */
  void (*voigt) (const XpsVoigtSetup *setup, size_t n, const double *energy, double *value, double *d_center,
                 double *d_fwhm_g, double *d_fwhm_l);
} XpsKernels;

extern const XpsKernels xps_kernels_generic;
extern const XpsKernels xps_kernels_avx2;
extern const XpsKernels xps_kernels_avx512;

/* The best of this machine; by name, NULL where this machine lacks it. */
const XpsKernels *xps_kernels_get (void);
const XpsKernels *xps_kernels_find (const char *isa);
