/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lineshape/shape.h"

/* Inside of the room: the functions behind the rows of shape.c. Parameters in the order of the row's roles.
 */

#define XPS_SHAPE_FUNCTIONS(name)                                                                            \
  void xps_##name##_evaluate (const double *p, size_t n, const double *energy_ev, XpsPrecision precision,    \
                              double *value, double *const *partials);                                       \
  double xps_##name##_area (const double *p);                                                                \
  double xps_##name##_fwhm (const double *p);                                                                \
  double xps_##name##_maximum (const double *p)

XPS_SHAPE_FUNCTIONS (gauss);
XPS_SHAPE_FUNCTIONS (lorentz);
XPS_SHAPE_FUNCTIONS (voigt);
XPS_SHAPE_FUNCTIONS (tch);
XPS_SHAPE_FUNCTIONS (gl);
XPS_SHAPE_FUNCTIONS (sgl);
XPS_SHAPE_FUNCTIONS (ds);
XPS_SHAPE_FUNCTIONS (dsg);
XPS_SHAPE_FUNCTIONS (la);
XPS_SHAPE_FUNCTIONS (apv);
XPS_SHAPE_FUNCTIONS (apv_height);
XPS_SHAPE_FUNCTIONS (tail_gl);
XPS_SHAPE_FUNCTIONS (fermi);

#undef XPS_SHAPE_FUNCTIONS
