/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/problem.h"

/* Projected Levenberg-Marquardt with an active set on what is left after the linear parameters are eliminated
 * (variable projection, Golub & Pereyra 1973; Kaufman's Jacobian 1975). Early iterations use the fast
 * kernels, the last ones full precision. Formulas: docs/METHODS.md. */

typedef enum {
  XPS_STOP_CONVERGED, /* the next step would move no parameter by a noticeable share of its standard error */
  XPS_STOP_EVALUATIONS, /* limit reached */
  XPS_STOP_STUCK,       /* no direction makes the fit better although the slope says so */
  XPS_STOP_CANCELLED,
} XpsStop;

const char *xps_stop_to_text (XpsStop stop); /* a sentence */

/* Called between iterations on the fitting thread; FALSE stops the fit. */
typedef gboolean (*XpsFitProgress) (gsize evaluations, double objective, gpointer user_data);

/* A minimum of the same problem that was reached from elsewhere. */
typedef struct {
  const double *values; /* [parameters] */
  double objective;
} XpsFitKnown;

typedef struct {
  gsize max_evaluations; /* 0: 500 */
  double lambda;         /* first damping; 0: 1 */
  gboolean no_search;    /* leave components without area where they ended, do not look for a better place */
  XpsFitProgress progress;
  gpointer user_data;
  const XpsFitKnown *known; /* the run may end as soon as it is seen to lead there; NULL: none */
} XpsFitOptions;

typedef struct _XpsEngine XpsEngine; /* memory for fits of one problem, one thread */

XpsEngine *xps_engine_new (const XpsProblem *problem);
void xps_engine_free (XpsEngine *engine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsEngine, xps_engine_free)

typedef struct {
  XpsStop stop;
  double objective; /* chi2, or the deviance with Poisson weights */
  gsize evaluations;
  double distance; /* last predicted decrease of the objective: how far from the minimum */
  gboolean met;    /* ended on the way to the known minimum: the next step is predicted to end within a third
                    * of a standard error of it, at its objective; the values are those of the way */
} XpsOutcome;

/* Start values: those of the model, or `start`[parameters] where not NULL. */
XpsOutcome xps_engine_run (XpsEngine *engine, const XpsFitOptions *options, const double *start);

/* Another measurement on the same grid and window as spectrum s (maps, redraws): intensity[n] in the unit of
 * the data. Weights follow as the problem's; not for problems with static backgrounds or given sigma. */
void xps_engine_set_intensity (XpsEngine *engine, gsize spectrum, const double *intensity);

/* After a run: values of all parameters of the model; for each free one whether it sits on a bound (-1 low, 1
 * high) or nothing in the data determines it (2), else 0. */
const double *xps_engine_get_values (const XpsEngine *engine);
const int *xps_engine_get_states (const XpsEngine *engine);
