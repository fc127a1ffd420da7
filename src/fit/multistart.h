/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/result.h"

/* Several starts of the same problem. The first is the model's own; the others are drawn inside the bounds
 * (uniformly where both are given, else about the model's value), so that a reader can see whether the answer
 * hangs on the start. */
typedef struct {
  guint n_starts; /* 0 or 1: the model's own only */
  guint64 seed;
} XpsMultistart;

/* Best of all starts; `starts` of the result holds the objective every one came to. method: NULL or "varpro",
 * or "gsl" for GSL's trust-region Levenberg-Marquardt as a second method (no Poisson weights, no
 * multi-start). */
XpsResult *xps_fit_from_starts (const XpsModel *model, XpsFitData *const *data, gsize n_data,
                                XpsWeights weights, const XpsFitOptions *options, const char *method,
                                const XpsMultistart *multistart, GError **error);

/* Runs GSL's multifit_nlinear (lm, more scaling, Cholesky-free QR) from the model's start values over all
 * free parameters, values clamped to their bounds. The engine then holds the solution as after
 * xps_engine_run(). */
gboolean xps_engine_run_gsl (XpsEngine *engine, const XpsFitOptions *options, XpsOutcome *outcome,
                             GError **error);
