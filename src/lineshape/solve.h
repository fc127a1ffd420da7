/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lineshape/shape.h"

/* Inside of the room: maximum and width of shapes that have no closed form for them. All energies are offsets
 * from the centre (role 0); the intensity (role 1) plays no part. */

/* Root of f between a and b, where f has opposite signs (or is zero at one of them), by Brent's method to the
 * last bits of the interval's size; f need not be smooth. (Brent 1973, Algorithms for Minimization without
 * Derivatives, chapter 4.) */
double xps_solve_root (double (*f) (double x, const void *context), const void *context, double a, double b);

/* Offset of the maximum, which lies between `from` and the direction of `step`: steps of doubling size until
 * the slope turns against the direction, then its root. `from` itself when the slope there does not lead that
 * way. */
double xps_solve_maximum (const XpsShape *shape, const double *p, double from, double step);

/* Full width at half of the value at offset `maximum`: both crossings sought outwards in steps of doubling
 * size, the first of size `step`. NaN when one is not met within 1e9 eV. */
double xps_solve_fwhm (const XpsShape *shape, const double *p, double maximum, double step);
