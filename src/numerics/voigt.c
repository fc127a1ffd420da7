/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "numerics/voigt.h"

#include "numerics/kernels.h"

#include <math.h>

#define FWHM_PER_SIGMA       2.3548200450309493820 /* 2 sqrt(2 ln 2) */
#define FWHM_PER_SQRT2_SIGMA 1.6651092223153955127 /* fwhm_g / (sigma sqrt(2)) = 2 sqrt(ln 2) */
#define INV_SQRT_PI          0.56418958354775628695
#define LEAST_WIDTH          1e-100 /* eV; its square and cube are still numbers */
/* sigma / gamma below which V and all its partials are those of the first order in sigma^2. */
#define LORENTZ_RATIO 1e-8

static void
lorentz_line (size_t n, const double *energy, double center, double fwhm_g, double fwhm_l, double *value,
              double *d_center, double *d_fwhm_g, double *d_fwhm_l)
{
  double sigma = fwhm_g / FWHM_PER_SIGMA, gamma = fwhm_l / 2, ratio = sigma / gamma,
         height = 1 / (M_PI * gamma);
  for (size_t i = 0; i < n; i++) {
    double t = (energy[i] - center) / gamma, r = 1 / (1 + t * t),
           tr = 1 / (t + 1 / t);            /* tr = t r, also at infinity */
    double curvature = (6 - 8 * r) * r * r; /* of 1 / (1 + t^2): (6 t^2 - 2) r^3, without overflow */
    value[i] = height * (r + 0.5 * ratio * ratio * curvature);
    if (d_center != NULL)
      d_center[i] = height / gamma * 2 * tr * r;
    if (d_fwhm_g != NULL)
      d_fwhm_g[i] = height / gamma * ratio * curvature / FWHM_PER_SIGMA;
    if (d_fwhm_l != NULL)
      d_fwhm_l[i] = height / gamma * 0.5 * (1 - 2 * r) * r;
  }
}

static void
voigt_line (const XpsKernels *kernels, size_t n, const double *energy, double center, double fwhm_g,
            double fwhm_l, XpsFaddeevaLevel level, double *value, double *d_center, double *d_fwhm_g,
            double *d_fwhm_l)
{
  if (fwhm_g < LEAST_WIDTH && fwhm_l < LEAST_WIDTH)
    fwhm_g = LEAST_WIDTH;
  if (fwhm_g < 2 / FWHM_PER_SIGMA * LORENTZ_RATIO * fwhm_l) {
    lorentz_line (n, energy, center, fwhm_g, fwhm_l, value, d_center, d_fwhm_g, d_fwhm_l);
    return;
  }
  double scale = FWHM_PER_SQRT2_SIGMA / fwhm_g; /* 1 / (sigma sqrt(2)) */
  const XpsVoigtSetup setup = {
      .center = center,
      .scale = scale,
      .y = 0.5 * fwhm_l * scale,
      .unit = INV_SQRT_PI * scale,
      .center_unit = -scale,
      .g_unit = -1 / FWHM_PER_SQRT2_SIGMA * scale,
      .l_unit = 0.5 * scale,
      .level = level,
  };
  kernels->voigt (&setup, n, energy, value, d_center, d_fwhm_g, d_fwhm_l);
}

void
xps_voigt_line (size_t n, const double *energy_ev, double center, double fwhm_g, double fwhm_l,
                XpsFaddeevaLevel level, double *value, double *d_center, double *d_fwhm_g, double *d_fwhm_l)
{
  voigt_line (xps_kernels_get (), n, energy_ev, center, fwhm_g, fwhm_l, level, value, d_center, d_fwhm_g,
              d_fwhm_l);
}

int
xps_voigt_line_with (const char *isa, size_t n, const double *energy_ev, double center, double fwhm_g,
                     double fwhm_l, XpsFaddeevaLevel level, double *value, double *d_center, double *d_fwhm_g,
                     double *d_fwhm_l)
{
  const XpsKernels *kernels = xps_kernels_find (isa);
  if (kernels == NULL)
    return 0;
  voigt_line (kernels, n, energy_ev, center, fwhm_g, fwhm_l, level, value, d_center, d_fwhm_g, d_fwhm_l);
  return 1;
}
