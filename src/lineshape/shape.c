/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lineshape/shape.h"

#include "lineshape/common.h"
#include "lineshape/integrate.h"
#include "lineshape/rows.h"

#include <math.h>
#include <string.h>

/* The far ends of positions and intensities only keep squares and products finite. */
#define POSITION(text)                                                                                       \
  {                                                                                                          \
    "center", "eV", XPS_ROLE_POSITION, -1e6, 1e6, NAN, text                                                  \
  }
#define AREA                                                                                                 \
  {                                                                                                          \
    "area", "counts eV", XPS_ROLE_INTENSITY, -1e30, 1e30, NAN, "integral over all energies"                  \
  }
#define WIDTH(role, low, usual, text)                                                                        \
  {                                                                                                          \
    role, "eV", XPS_ROLE_WIDTH, low, XPS_WIDTH_MAX, usual, text                                              \
  }

#define FUNCTIONS(name)                                                                                      \
  .evaluate = xps_##name##_evaluate, .area = xps_##name##_area, .fwhm = xps_##name##_fwhm,                   \
  .maximum = xps_##name##_maximum

#define MIX_PERCENT                                                                                          \
  {                                                                                                          \
    "mix", "%", XPS_ROLE_FORM, 0, 100, NAN, "m of CasaXPS: 0 is the Gaussian, 100 the Lorentzian"            \
  }
/* The Gamma function of the normalisation and the tail's height have no bound as alpha goes to 1. */
#define DS_AMP                                                                                               \
  {                                                                                                          \
    "amp", "counts eV^(1-alpha)", XPS_ROLE_INTENSITY, -1e30, 1e30, NAN,                                      \
        "amplitude; the area without asymmetry, none with it"                                                \
  }
#define DS_ALPHA                                                                                             \
  {                                                                                                          \
    "alpha", "", XPS_ROLE_FORM, 0, 0.9, NAN, "asymmetry (singularity index), tail to high binding energy"    \
  }
/* Beyond, one half of the shape tends to a step. */
#define APV_ASYM                                                                                             \
  {                                                                                                          \
    "asym", "1/eV", XPS_ROLE_FORM, -5, 5, 0, "asymmetry a: the tail lies on the side of its sign"            \
  }
#define APV_AREA                                                                                             \
  {                                                                                                          \
    "area", "counts eV", XPS_ROLE_INTENSITY, -1e30, 1e30, NAN, "linear factor: the area for asym = 0"        \
  }
#define APV_MIX                                                                                              \
  {                                                                                                          \
    "mix", "", XPS_ROLE_FORM, 0, 1, NAN, "fraction of the Lorentzian"                                        \
  }

/* clang-format off */
static const XpsShape shapes[] = {
  {
    .id = "gauss", .title = "Gaussian", .source = "standard",
    .n_roles = 3,
    .roles = {
      POSITION ("energy of the maximum"),
      AREA,
      WIDTH ("fwhm", XPS_WIDTH_MIN, NAN, "full width at half maximum"),
    },
    FUNCTIONS (gauss),
  },
  {
    .id = "lorentz", .title = "Lorentzian", .source = "standard",
    .n_roles = 3,
    .roles = {
      POSITION ("energy of the maximum"),
      AREA,
      WIDTH ("fwhm", XPS_WIDTH_MIN, NAN, "full width at half maximum"),
    },
    FUNCTIONS (lorentz),
  },
  {
    .id = "voigt", .title = "Voigt", .source = "Gaussian convolved with a Lorentzian, through the Faddeeva function",
    .n_roles = 4,
    .roles = {
      POSITION ("energy of the maximum"),
      AREA,
      WIDTH ("fwhm_g", 0, NAN, "full width at half maximum of the Gaussian"),
      WIDTH ("fwhm_l", 0, NAN, "full width at half maximum of the Lorentzian"),
    },
    FUNCTIONS (voigt),
  },
  {
    .id = "tch", .title = "Pseudo-Voigt of Thompson, Cox and Hastings",
    .source = "P. Thompson, D. E. Cox, J. B. Hastings, J. Appl. Cryst. 20 (1987) 79",
    .n_roles = 4,
    .roles = {
      POSITION ("energy of the maximum"),
      AREA,
      WIDTH ("fwhm_g", 0, NAN, "full width at half maximum of the Gaussian of the Voigt it stands for"),
      WIDTH ("fwhm_l", 0, NAN, "full width at half maximum of the Lorentzian of the Voigt it stands for"),
    },
    FUNCTIONS (tch),
  },
  {
    .id = "gl", .title = "Gaussian-Lorentzian product GL(m)", .source = "CasaXPS manual",
    .n_roles = 4,
    .roles = {
      POSITION ("energy of the maximum"),
      AREA,
      WIDTH ("fwhm", XPS_WIDTH_MIN, NAN, "width parameter F; the full width at half maximum for m = 0 and 100 only"),
      MIX_PERCENT,
    },
    FUNCTIONS (gl),
  },
  {
    .id = "sgl", .title = "Gaussian-Lorentzian sum SGL(m)", .source = "CasaXPS manual",
    .n_roles = 4,
    .roles = {
      POSITION ("energy of the maximum"),
      AREA,
      WIDTH ("fwhm", XPS_WIDTH_MIN, NAN, "full width at half maximum"),
      MIX_PERCENT,
    },
    FUNCTIONS (sgl),
  },
  {
    .id = "ds", .title = "Doniach-Sunjic", .source = "S. Doniach, M. Sunjic, J. Phys. C 3 (1970) 285",
    .n_roles = 4,
    .roles = {
      POSITION ("energy of the threshold; the maximum lies above it"),
      DS_AMP,
      DS_ALPHA,
      WIDTH ("fwhm_l", XPS_WIDTH_MIN, NAN, "full width at half maximum of the Lorentzian without asymmetry"),
    },
    FUNCTIONS (ds),
  },
  {
    .id = "dsg", .title = "Doniach-Sunjic convolved with a Gaussian",
    .source = "S. Doniach, M. Sunjic, J. Phys. C 3 (1970) 285; convolution exact",
    .n_roles = 5,
    .roles = {
      POSITION ("energy of the threshold; the maximum lies above it"),
      DS_AMP,
      DS_ALPHA,
      WIDTH ("fwhm_l", 0, NAN, "full width at half maximum of the Lorentzian without asymmetry"),
      WIDTH ("fwhm_g", 0, NAN, "full width at half maximum of the Gaussian"),
    },
    FUNCTIONS (dsg),
  },
  {
    .id = "la", .title = "LA: Lorentzian raised to a power of its own on each side, convolved with a Gaussian",
    .source = "CasaXPS manual; the Gaussian's unit m is not published, fwhm_g in eV stands for it",
    .approximate = true,
    .n_roles = 6,
    .roles = {
      POSITION ("energy of the maximum before the convolution"),
      AREA,
      WIDTH ("fwhm", XPS_WIDTH_MIN, NAN, "width parameter F; the full width at half maximum for alpha = beta = 1"),
      {"alpha", "", XPS_ROLE_FORM, 0.51, 1000, NAN, "exponent towards high binding energy; no area at 1/2 and below"},
      {"beta", "", XPS_ROLE_FORM, 0.51, 1000, NAN, "exponent towards low binding energy; no area at 1/2 and below"},
      WIDTH ("fwhm_g", 0, 0, "full width at half maximum of the Gaussian"),
    },
    FUNCTIONS (la),
  },
  {
    .id = "apv", .title = "Asymmetric pseudo-Voigt with sigmoidal width, parts with prefactor of unit area",
    .source = "M. Schmid, H.-P. Steinrueck, J. M. Gottfried, Surf. Interface Anal. 46 (2014) 505",
    .n_roles = 5,
    .roles = {
      POSITION ("energy where the width is the width parameter; the maximum lies on the narrow side"),
      APV_AREA,
      WIDTH ("width", XPS_WIDTH_MIN, NAN, "full width at half maximum for asym = 0"),
      APV_ASYM,
      APV_MIX,
    },
    FUNCTIONS (apv),
  },
  {
    .id = "apv_height", .title = "Asymmetric pseudo-Voigt with sigmoidal width, parts of unit height",
    .source = "M. Schmid, H.-P. Steinrueck, J. M. Gottfried, Surf. Interface Anal. 46 (2014) 505",
    .n_roles = 5,
    .roles = {
      POSITION ("energy of the maximum"),
      APV_AREA,
      WIDTH ("width", XPS_WIDTH_MIN, NAN, "full width at half maximum for asym = 0"),
      APV_ASYM,
      APV_MIX,
    },
    FUNCTIONS (apv_height),
  },
  {
    .id = "tail_gl", .title = "Gaussian-Lorentzian product GL(m) with an exponential tail",
    .source = "CasaXPS manual; tail constant in units of the width parameter",
    .n_roles = 5,
    .roles = {
      POSITION ("energy of the maximum"),
      AREA,
      WIDTH ("fwhm", XPS_WIDTH_MIN, NAN, "width parameter F of the product"),
      MIX_PERCENT,
      {"tail", "", XPS_ROLE_FORM, 0.01, 1e6, 1e6,
       "k of exp (-k e/F), tail to high binding energy; the largest is none, no area at 0"},
    },
    FUNCTIONS (tail_gl),
  },
  {
    .id = "fermi", .title = "Fermi edge convolved with a Gaussian", .source = "standard",
    .n_roles = 4,
    .roles = {
      POSITION ("Fermi level; occupied above it on the binding energy axis"),
      {"amp", "counts", XPS_ROLE_INTENSITY, -1e30, 1e30, NAN, "height of the step"},
      {"kT", "eV", XPS_ROLE_FORM, 0, 10, 0.025692579, "thermal energy; 298.15 K where left out"},
      WIDTH ("fwhm_g", 0, NAN, "full width at half maximum of the Gaussian"),
    },
    FUNCTIONS (fermi),
  },
};
/* clang-format on */

const XpsShape *
xps_shapes_get (size_t *n)
{
  *n = sizeof shapes / sizeof *shapes;
  return shapes;
}

const XpsShape *
xps_shape_find (const char *id)
{
  for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
    if (strcmp (shapes[i].id, id) == 0)
      return &shapes[i];
  return NULL;
}

int
xps_shape_find_role (const XpsShape *shape, const char *id)
{
  for (size_t k = 0; k < shape->n_roles; k++)
    if (strcmp (shape->roles[k].id, id) == 0)
      return (int)k;
  return -1;
}

int
xps_shape_find_kind (const XpsShape *shape, XpsRoleKind kind)
{
  for (size_t k = 0; k < shape->n_roles; k++)
    if (shape->roles[k].kind == kind)
      return (int)k;
  return -1;
}

double
xps_shape_height (const XpsShape *shape, const double *p)
{
  const double maximum = shape->maximum (p);
  if (isnan (maximum))
    return NAN;
  double height;
  shape->evaluate (p, 1, &maximum, XPS_PRECISION_FULL, &height, NULL);
  return height;
}

double
xps_shape_area_between (const XpsShape *shape, const double *p, double low_ev, double high_ev)
{
  if ((isinf (low_ev) || isinf (high_ev)) && isnan (shape->area (p)))
    return NAN;
  return xps_shape_integrate (shape, p, low_ev, high_ev);
}
