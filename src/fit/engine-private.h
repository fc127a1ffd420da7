/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/engine.h"
#include "fit/normal.h"

struct _XpsEngine {
  const XpsProblem *problem;
  XpsWorkspace *ws;
  XpsNormalSystem *system;
  XpsCounts *counts;                  /* [n_spectra] */
  double **own_target;                /* [n_spectra] target and weight of a replaced measurement, or NULL */
  double *values, *trial_values;      /* [parameters] */
  XpsNormal *normals, *trial_normals; /* [n_spectra] */
  int *states;                        /* [n_free] */
  gboolean *frozen_before;            /* [n_free] */
  double objective, lambda, growth, relaxation, distance;
  gsize evaluations;
  XpsPrecision precision;
  gboolean solve_linear;
  const XpsFitKnown *known; /* of the run, or NULL */
  gboolean met;
};

/* Evaluates all spectra; returns the objective. */
double xps_engine_evaluate (XpsEngine *engine, XpsPrecision precision, gboolean solve_linear, double *values,
                            XpsNormal *normals);

/* After xps_problem_rebind(): the problem's data are others. */
void xps_engine_take_data (XpsEngine *engine);
/* Start values into the engine: the model's, or `start`[parameters]; inside the box, links resolved. */
void xps_engine_set_start (XpsEngine *engine, const double *start);
/* Evaluates at the engine's values as they are and notes states, as the end of a run does. */
void xps_engine_settle (XpsEngine *engine);
/* Moves the positions of components without area to where the residuals want them (vanished.c); FALSE:
 * nowhere. `unit` is the noise in the objective's unit. */
gboolean xps_engine_find_vanished (XpsEngine *engine, double unit);
