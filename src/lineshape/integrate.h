/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lineshape/shape.h"

/* Integral of a shape from low_ev to high_ev, either of which may be infinite when the shape falls faster
 * than 1/E there. Adaptive to 1e-14 of the sum of magnitudes. Calls evaluate, fwhm and maximum of the row,
 * not area. */
double xps_shape_integrate (const XpsShape *shape, const double *p, double low_ev, double high_ev);
