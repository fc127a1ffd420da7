/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/problem-private.h"

/* One evaluation of one spectrum: model, linear parameters, Jacobian, normal equations. */

/* Normal equations of one spectrum at one point, with the linear parameters at their bounded optimum. */
typedef struct {
  gsize n_columns, n_linear;
  double *gram;      /* [n_columns^2] J'WJ */
  double *gradient;  /* [n_columns] J'W(y - f) */
  int *state;        /* [n_linear] -1 at low, 0 free, 1 at high */
  double objective;  /* chi2, or deviance */
  gboolean singular; /* the linear solve met dependent columns */
} XpsNormal;

typedef struct _XpsWorkspace XpsWorkspace; /* arrays for one thread */

XpsWorkspace *xps_workspace_new (const XpsProblem *problem);
void xps_workspace_free (XpsWorkspace *workspace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsWorkspace, xps_workspace_free)

/* xps_problem_get_curves() in memory that is there already: what is drawn at every movement of a pointer. */
void xps_workspace_draw_curves (XpsWorkspace *workspace, const XpsProblem *problem, gsize spectrum,
                                const double *values, double *model, double *background,
                                double *const *components);

/* Of the last evaluation, weighted: [ld], and columns of ld. */
const double *xps_workspace_get_residual (const XpsWorkspace *workspace);
const double *xps_workspace_get_jacobian (const XpsWorkspace *workspace);

/* Where the numbers of a spectrum are: the problem's own, or those of another measurement on the same grid.
 */
typedef struct {
  const double *target, *weight; /* [ld] */
  double live_time;
} XpsCounts;

void xps_problem_get_counts (const XpsProblem *problem, gsize spectrum, XpsCounts *counts);

/* Evaluates spectrum s at values[parameters]; on return values of its linear parameters (and links to them)
 * are the bounded optimum where solve_linear. normal's arrays are given by the caller. */
void xps_evaluate (const XpsProblem *problem, gsize spectrum, const XpsCounts *counts, XpsPrecision precision,
                   gboolean solve_linear, double *values, XpsWorkspace *workspace, XpsNormal *normal);
