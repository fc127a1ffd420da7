/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lineshape/shape.h"

#include <glib.h>
#include <math.h>

/* Random parameters of a row. Header only, for the tests of this room. */

static inline double
sample_between (GRand *random, double low, double high)
{
  return low + (high - low) * g_rand_double (random);
}

static inline double
sample_logarithmic (GRand *random, double low, double high)
{
  return exp (sample_between (random, log (low), log (high)));
}

/* As spectra have them: widths 0.05 to 3 eV, forms inside their usual part of the range. */
static inline double
sample_ordinary_role (GRand *random, const XpsShape *shape, const XpsShapeRole *role)
{
  if (role->kind == XPS_ROLE_POSITION)
    return sample_between (random, -1, 1);
  if (role->kind == XPS_ROLE_INTENSITY)
    return sample_logarithmic (random, 1, 1e4);
  if (role->kind == XPS_ROLE_WIDTH)
    return sample_logarithmic (random, 0.05, 3);
  if (g_str_equal (shape->id, "la"))
    return sample_logarithmic (random, 0.55, 20);
  if (g_str_equal (role->id, "tail"))
    return sample_logarithmic (random, 0.05, 30);
  if (g_str_equal (role->id, "kT"))
    return sample_logarithmic (random, 0.002, 2);
  if (g_str_equal (role->id, "asym"))
    return sample_between (random, -1.2, 1.2);
  if (g_str_equal (role->id, "alpha"))
    return sample_between (random, 0.01, 0.5);
  return sample_between (random, role->min + 0.02 * role->max, 0.98 * role->max);
}

static inline void
sample_ordinary (GRand *random, const XpsShape *shape, double *p)
{
  for (gsize k = 0; k < shape->n_roles; k++)
    p[k] = sample_ordinary_role (random, shape, &shape->roles[k]);
}

/* From the whole range, its ends in a third of the cases, small values as likely as large ones. */
static inline double
sample_extreme_role (GRand *random, const XpsShapeRole *role)
{
  switch (g_rand_int_range (random, 0, 6)) {
  case 0:
    return role->min;
  case 1:
    return role->max;
  case 2:
    return sample_between (random, role->min, role->max);
  default:
    return fmax (role->min, sample_logarithmic (random, 1e-9 * role->max, role->max));
  }
}

static inline void
sample_extreme (GRand *random, const XpsShape *shape, double *p)
{
  for (gsize k = 0; k < shape->n_roles; k++)
    p[k] = shape->roles[k].kind == XPS_ROLE_POSITION ? sample_between (random, -1e4, 1e4)
                                                     : sample_extreme_role (random, &shape->roles[k]);
}

/* Length over which the shape changes. */
static inline double
sample_scale (const XpsShape *shape, const double *p)
{
  const double fwhm = shape->fwhm (p);
  return isfinite (fwhm) ? fwhm : p[3] + 3.5 * p[2]; /* Fermi: fwhm_g, kT */
}
