/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/faddeeva.h"

#include "numerics/kernels.h"
#include "numerics/voigt.h"

#include <math.h>
#include <string.h>

typedef struct {
  const char *name;
  const XpsKernels *kernels;
} Isa;

/* Best first. */
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
machine_has (const char *isa)
{
#ifdef XPS_HAVE_AVX512
  if (strcmp (isa, "avx512") == 0)
    return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512dq") &&
           __builtin_cpu_supports ("avx512vl") && __builtin_cpu_supports ("avx512bw") &&
           __builtin_cpu_supports ("avx512cd") && __builtin_cpu_supports ("fma") &&
           __builtin_cpu_supports ("bmi2");
#endif
#ifdef XPS_HAVE_AVX2
  if (strcmp (isa, "avx2") == 0)
    return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma") &&
           __builtin_cpu_supports ("bmi2");
#endif
  return strcmp (isa, "generic") == 0;
}

static const Isa *
best_isa (void)
{
  const Isa *isa = isas;
  while (!machine_has (isa->name))
    isa++;
  return isa;
}

static const XpsKernels *
kernels_named (const char *name)
{
  for (size_t i = 0; i < sizeof isas / sizeof isas[0]; i++)
    if (strcmp (isas[i].name, name) == 0)
      return machine_has (name) ? isas[i].kernels : NULL;
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
  best_isa ()->kernels->faddeeva (n, x, y, level, k, l);
}

int
xps_faddeeva_line_with (const char *isa, size_t n, const double *x, double y, XpsFaddeevaLevel level,
                        double *k, double *l)
{
  const XpsKernels *kernels = kernels_named (isa);
  if (kernels == NULL)
    return 0;
  kernels->faddeeva (n, x, y, level, k, l);
  return 1;
}

double
xps_erfcx (double y)
{
  double x = 0, k, l;
  xps_faddeeva_line (1, &x, y, XPS_FADDEEVA_FULL, &k, &l);
  return k;
}

#define FWHM_PER_SIGMA 2.3548200450309493820
#define SQRT_PI        1.7724538509055160273

/* sigma << gamma: Lorentzian L and its first correction, V = L + sigma^2/2 L'', dV/dsigma = sigma L''. */
static void
lorentz_line (size_t n, const double *energy, double center, double fwhm_g, double fwhm_l, double *value,
              double *const *d)
{
  double sigma = fwhm_g / FWHM_PER_SIGMA, gamma = fwhm_l / 2;
  for (size_t i = 0; i < n; i++) {
    double t = (energy[i] - center) / gamma, r = 1 / (1 + t * t), height = 1 / (M_PI * gamma);
    double curvature = height / gamma / gamma * (6 * t * t - 2) * r * r * r;
    value[i] = height * r + 0.5 * sigma * sigma * curvature;
    if (d[0] != NULL)
      d[0][i] = height / gamma * 2 * t * r * r;
    if (d[1] != NULL)
      d[1][i] = sigma * curvature / FWHM_PER_SIGMA;
    if (d[2] != NULL)
      d[2][i] = height / gamma * (t * t - 1) * r * r / 2;
  }
}

static void
voigt_line (const XpsKernels *kernels, size_t n, const double *energy, double center, double fwhm_g,
            double fwhm_l, XpsFaddeevaLevel level, double *value, double *const *d)
{
  if (fwhm_g < 1e-100 && fwhm_l < 1e-100)
    fwhm_g = 1e-100;
  if (fwhm_g < 1e-7 * fwhm_l) {
    lorentz_line (n, energy, center, fwhm_g, fwhm_l, value, d);
    return;
  }
  double sigma = fwhm_g / FWHM_PER_SIGMA, scale = M_SQRT1_2 / sigma, height = scale / SQRT_PI;
  XpsVoigtSetup setup = {
      .center = center,
      .scale = scale,
      .y = 0.5 * fwhm_l * scale,
      .unit_value = height,
      .unit_center = -height * scale,
      .unit_g = -height / sigma / FWHM_PER_SIGMA,
      .unit_l = 0.5 * height * scale,
      .level = level,
  };
  kernels->voigt (&setup, n, energy, value, d);
}

void
xps_voigt_line (size_t n, const double *energy_ev, double center, double fwhm_g, double fwhm_l,
                XpsFaddeevaLevel level, double *value, double *d_center, double *d_fwhm_g, double *d_fwhm_l)
{
  double *const d[3] = {d_center, d_fwhm_g, d_fwhm_l};
  voigt_line (best_isa ()->kernels, n, energy_ev, center, fwhm_g, fwhm_l, level, value, d);
}

int
xps_voigt_line_with (const char *isa, size_t n, const double *energy_ev, double center, double fwhm_g,
                     double fwhm_l, XpsFaddeevaLevel level, double *value, double *d_center, double *d_fwhm_g,
                     double *d_fwhm_l)
{
  const XpsKernels *kernels = kernels_named (isa);
  double *const d[3] = {d_center, d_fwhm_g, d_fwhm_l};
  if (kernels == NULL)
    return 0;
  voigt_line (kernels, n, energy_ev, center, fwhm_g, fwhm_l, level, value, d);
  return 1;
}
