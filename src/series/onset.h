/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/clock.h"
#include "series/trend.h"

/* Where something begins: a logistic, or a kink between a level and a slope, against "no change". */

typedef enum {
  XPS_ONSET_AUTO,     /* the one that describes the trend better */
  XPS_ONSET_LOGISTIC, /* y = low + (high - low) / (1 + exp (-(x - middle) / width)) */
  XPS_ONSET_KINK,     /* a level up to `middle`, from there a straight line */
  XPS_N_ONSET_KINDS,
} XpsOnsetKind;

const char *xps_onset_kind_to_text (XpsOnsetKind kind); /* "auto", "logistic", "kink" */

typedef struct {
  XpsOnsetKind kind;
  double confidence; /* of the intervals; 0: 0.95 */
  guint n_redraws;   /* of the bootstrap; 0: 999 */
  guint64 seed;      /* 0: 1 */
  gboolean (*stop) (gpointer data); /* TRUE: a report looks for no further ones; or NULL */
  gpointer stop_data;
} XpsOnsetOptions;

typedef struct {
  XpsOnsetKind kind; /* what describes it */
  XpsBranch branch;
  gsize n;           /* steps that were used */
  XpsQuantity value; /* of the axis: the middle of the logistic (half of the change), or the kink */
  double low, high;  /* confidence interval of `value` by profile likelihood; NaN: open at that end */
  XpsQuantity begin; /* where the tangent of the logistic's middle leaves the level before, on the side
                      * where the branch starts; of a kink the kink */
  double begin_low, begin_high;
  gboolean begun; /* `begin` lies before the first step: only that it was at or before that can be said */
  int beyond; /* `value` lies at an end of what was measured: -1 half of the change was at or before the first
               * step, 1 at or after the last; 0 between them */
  XpsQuantity width;    /* of the logistic, NaN else */
  double before, after; /* levels at the start and the end of the branch */
  int direction;        /* along the steps: 1 grows, -1 shrinks */
  double gain;          /* chi2 of "no change" less that of the fit */
  double significance;  /* p value of the gain by parametric bootstrap: the chance of it without a change;
                         * at least 1 / (redraws + 1) */
  double chi2, dof;     /* of the fit; errors are scaled up by sqrt (chi2/dof) where that is improbable */
  gboolean scaled;
  gboolean steady; /* a straight line over the whole branch does as well: it changes, but begins nowhere */
} XpsOnset;

/* Along one branch; FALSE when fewer than 6 steps can be used. use[] may be NULL. Errors must be positive. */
gboolean xps_onset_find (gsize n, const double *x, const double *y, const double *error, const gboolean *use,
                         const XpsBranch *branch, const XpsOnsetOptions *options, XpsOnset *onset);
