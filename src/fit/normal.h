/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/evaluate.h"

/* The normal equations of all spectra as a bordered block matrix: each spectrum has its own block of iterated
 * parameters, coupled to the others only through the shared ones. Solving through the border costs time and
 * memory linear in the number of spectra. */

typedef struct {
  gsize n_local, n, offset; /* n = local + shared of this spectrum */
  double *matrix;           /* [n*n] reduced by the linear parameters at their optimum */
  double *gradient;         /* [n] */
  double *factor;           /* [n*n] of the damped local block, and its coupling */
  double *solution;         /* [n] */
} XpsBlock;

typedef struct {
  const XpsProblem *problem;
  XpsBlock *blocks; /* [n_spectra] */
  gsize n_border;
  double *border, *border_solution; /* [n_border^2], [n_border] */
  double *diagonal; /* [n_free] of the reduced matrix, summed over spectra; 0 for linear parameters */
  double *gradient; /* [n_free] */
  gboolean *frozen; /* [n_free] held by a bound, or nothing determines it */
  double *held;     /* [n_free] displacement of a frozen parameter (to the bound it would cross), else 0 */
  double *step;     /* [n_free] */
  double *work;
  gsize *index;
} XpsNormalSystem;

XpsNormalSystem *xps_normal_system_new (const XpsProblem *problem);
void xps_normal_system_free (XpsNormalSystem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsNormalSystem, xps_normal_system_free)

/* Takes the linear parameters out of normals[n_spectra] and sums gradient and diagonal. */
void xps_normal_system_reduce (XpsNormalSystem *self, const XpsNormal *normals);

/* Solves (R + lambda diag R) step = gradient over the parameters that are not frozen, the frozen ones moving
 * by their held displacement; FALSE when not positive definite. */
gboolean xps_normal_system_solve (XpsNormalSystem *self, double lambda);

/* Decrease of the objective that the quadratic model predicts for step: 2 g.d - d'Rd; *norm receives d'Rd. */
double xps_normal_system_predict (const XpsNormalSystem *self, double *norm);
