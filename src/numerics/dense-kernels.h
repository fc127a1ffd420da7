/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* The long-column kernels of dense.h, once for each instruction set; dense.c chooses. */

typedef struct {
  void (*gram) (size_t ld, size_t first, size_t m, const double *jacobian, size_t stride, double *gram);
  void (*project) (size_t ld, size_t m, const double *jacobian, const double *r, double *out);
  void (*axpy) (size_t ld, double factor, const double *x, double *y);
  void (*set_product) (size_t ld, double factor, const double *w, const double *x, double *y);
  void (*add_product) (size_t ld, double factor, const double *w, const double *x, double *y);
} XpsDenseKernels;

extern const XpsDenseKernels xps_dense_kernels_generic;
extern const XpsDenseKernels xps_dense_kernels_avx2;
extern const XpsDenseKernels xps_dense_kernels_avx512;
