/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Inside the room only: the inelastic loss kernels of Tougaard and their integral over a spectrum.
 * K(T) = b T / ((c - T^2)^2 + d T^2) eV^-1 for losses T >= t0, else 0. The two-parameter kernel b T / (C +
 * T^2)^2 is c = -C, d = 0. Sources: docs/METHODS.md, Backgrounds. */
typedef struct {
  double b, c, d, t0;
  double pole, damping; /* the nearest pole in the complex plane of losses: pole + i damping */
} XpsLossKernel;

XpsLossKernel xps_loss_kernel (double b, double c, double d, double t0);

double xps_loss_value (const XpsLossKernel *kernel, double loss_ev);

/* Integrals over losses from `near_ev` to `far_ev` of K times the straight line that is 1 at one end and 0 at
 * the other: what a count at the near and at the far end of an interval contributes. To rounding, by
 * Gauss-Legendre panels no longer than the distance to the kernel's poles: differences of the closed
 * antiderivatives cancel on short intervals. */
void xps_loss_weights (const XpsLossKernel *kernel, double near_ev, double far_ev, double *near, double *far);

/* out(E_i) = Int_{E_0}^{E_i} K(E_i - E') y(E') dE' on one grid, exact for the linear interpolant of y, or
 * trapezoidal. A uniform grid keeps 2 n weights; any other keeps its triangle of weights up to 2048 points
 * and beyond that makes them anew for each application, so that memory stays bounded. */
typedef struct _XpsLossSum XpsLossSum;

XpsLossSum *xps_loss_sum_new (const XpsLossKernel *kernel, bool exact, size_t n,
                              const double *energy_ev); /* or NULL */
void xps_loss_sum_free (XpsLossSum *self);
/* m curves; out does not overlap y. */
void xps_loss_sum_apply (const XpsLossSum *self, size_t m, const double *const *y, double *const *out);
