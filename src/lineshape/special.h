/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* Inside of the room: special functions and fixed quadrature. */

/* d ln Gamma (x) / dx for x > 0, by recurrence and the asymptotic series (DLMF 5.11.2); relative 1e-15 away
 * from its zero at 1.46. */
double xps_digamma (double x);

/* Gamma (x - 1/2) / Gamma (x) for x > 1/2, without overflow. */
double xps_gamma_ratio (double x);

/* Gauss-Legendre rule of 16 points on [-1, 1], exact to degree 31. */
#define XPS_PANEL_POINTS 16
extern const double xps_panel_node[XPS_PANEL_POINTS];
extern const double xps_panel_weight[XPS_PANEL_POINTS];
