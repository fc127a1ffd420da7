/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/faddeeva.h"

#include "numerics/kernels.h"

#include <math.h>
#include <string.h>

typedef struct {
  const char *name;
  const XpsKernels *kernels;
} Isa;

/* Best first. The names of the processor levels are those of the x86-64 psABI, which meson.build compiles
 * for. */
static const Isa isas[] = {
#ifdef XPS_HAVE_AVX512
    {"avx512", &xps_kernels_avx512},
#endif
#ifdef XPS_HAVE_AVX2
    {"avx2", &xps_kernels_avx2},
#endif
    {"generic", &xps_kernels_generic},
};

static int
machine_has (const Isa *isa)
{
#if defined(__clang__) &&                                                                                    \
    __clang_major__ < 19 /* fuzzing and analysis on Debian 12: it cannot ask for levels */
  return isa->kernels == &xps_kernels_generic;
#else
#ifdef XPS_HAVE_AVX512
  if (isa->kernels == &xps_kernels_avx512)
    return __builtin_cpu_supports ("x86-64-v4");
#endif
#ifdef XPS_HAVE_AVX2
  if (isa->kernels == &xps_kernels_avx2)
    return __builtin_cpu_supports ("x86-64-v3");
#endif
  return 1;
#endif
}

static const Isa *
best_isa (void)
{
  const Isa *isa = isas;
  while (!machine_has (isa))
    isa++;
  return isa;
}

const XpsKernels *
xps_kernels_get (void)
{
  return best_isa ()->kernels;
}

const XpsKernels *
xps_kernels_find (const char *name)
{
  for (size_t i = 0; i < sizeof isas / sizeof isas[0]; i++)
    if (strcmp (isas[i].name, name) == 0)
      return machine_has (&isas[i]) ? isas[i].kernels : NULL;
  return NULL;
}

const char *
xps_faddeeva_get_isa (void)
{
  return best_isa ()->name;
}

void
xps_faddeeva_line (size_t n, const double *x, double y, XpsFaddeevaLevel level, double *k, double *l)
{
  xps_kernels_get ()->faddeeva (n, x, y, level, k, l);
}

int
xps_faddeeva_line_with (const char *isa, size_t n, const double *x, double y, XpsFaddeevaLevel level,
                        double *k, double *l)
{
  const XpsKernels *kernels = xps_kernels_find (isa);
  if (kernels == NULL)
    return 0;
  kernels->faddeeva (n, x, y, level, k, l);
  return 1;
}

double
xps_erfcx (double y)
{
  double x = 0, k, l;
  xps_faddeeva_line (1, &x, fabs (y), XPS_FADDEEVA_FULL, &k, &l);
  return y >= 0 ? k : 2 * exp (y * y) - k;
}
