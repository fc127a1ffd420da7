/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/series.h"

/* How many spectra the stack is made of, without a model: principal components of the stack scaled to unit
 * counting noise, and non-negative factors. */

typedef struct {
  gsize n_steps, n_points; /* of the stack: steps that are in, energies of the first one */
  gsize *steps;            /* [n_steps] their numbers */
  double *energy;          /* [n_points] eV */
  gsize rank;              /* factors that noise does not explain */
  gsize n_values;
  double *singular; /* [n_values] singular values of the scaled stack, falling */
  double *limit;    /* [n_values] what the k-th would have to exceed, the first k being real: quantile of the
                     * largest singular value of noise (Tracy-Widom) */
  double *p;        /* [n_values] chance of the k-th under noise */
  double *spectra;  /* [rank * n_points] principal spectra, in counts */
  double *weights;  /* [n_steps * rank] their scores */
  gboolean known_noise; /* from counting statistics; FALSE: estimated from differences of neighbours */
  char *statement;      /* one sentence with the test and its outcome */
} XpsFactors;

void xps_factors_free (XpsFactors *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsFactors, xps_factors_free)

/* Part `part` of every step that is in and has the energies of the first. level: of the test, 0: 0.001.
 * Fails with XPS_SERIES_ERROR_STEPS for fewer than two such steps. */
XpsFactors *xps_factors_new (const XpsSeries *series, gsize part, double level, GError **error);

/* Non-negative factors: counts = weights * spectra with both >= 0, weighted by counting statistics
 * (multiplicative updates, Lee & Seung 1999). spectra[rank * n_points] have unit sum, weights[n_steps * rank]
 * are counts. Deterministic. Returns the reduced chi2. The answer is not unique: another start may mix the
 * factors. */
double xps_factors_make_positive (const XpsSeries *series, gsize part, const XpsFactors *factors, gsize rank,
                                  double *spectra, double *weights);
