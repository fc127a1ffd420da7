/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/seconds.h"

/* Quantities of a run along its steps. */

typedef enum {
  XPS_TREND_AREA,
  XPS_TREND_NET,      /* area without the limit at zero */
  XPS_TREND_FRACTION, /* of the areas of its spectrum, doublets counted together */
  XPS_TREND_ATOMIC,   /* percent of all atoms of the series whose sensitivity is known (ratio.h) */
  XPS_TREND_RATIO,    /* of atoms (ratio.h) */
  XPS_TREND_POSITION,
  XPS_TREND_WIDTH,
  XPS_TREND_HEIGHT,
  XPS_TREND_PARAMETER, /* of the model, by name */
  XPS_TREND_QUALITY,   /* reduced chi2 */
  XPS_N_TREND_KINDS,
} XpsTrendKind;

typedef struct {
  XpsTrendKind kind;
  char *id;      /* "area:li2s_main", "quality": stable, in files */
  char *label;   /* "Li2S area" */
  char *species; /* phase or name of the component it belongs to, or NULL: what shares a colour */
  char *unit;    /* "eV", "counts eV", "counts/s eV", "" */
  gsize n;
  double *values;    /* [n] steps, NaN: none */
  double *errors;    /* [n] standard errors, NaN: none */
  gboolean *frozen;  /* [n] the species is not there: position and width say nothing */
  char *to;          /* of a ratio: what it is to; else NULL */
  double systematic; /* relative standard error that all steps have in common, in no `errors`; NaN: none */
} XpsTrend;

void xps_trend_free (XpsTrend *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsTrend, xps_trend_free)

/* Without values: all NaN. `name` may be NULL: the one of its kind. */
XpsTrend *xps_trend_new (XpsTrendKind kind, const char *name, const char *label, const char *species,
                         gsize n);
/* All that a run has, leaders only, in the order of the model: GPtrArray of XpsTrend. */
GPtrArray *xps_trends_new (const XpsSeries *series, const XpsSeriesRun *run, const XpsCounting *counting);

/* ---- straight lines ---- */

/* y = intercept + slope (x - middle), weighted; steps without x, y or error, or with use[i] = FALSE (may be
 * NULL) are left out. Errors from the weights alone. */
typedef struct {
  gsize n;
  double middle;
  XpsQuantity intercept, slope;
  double chi2, dof;
  double p_flat; /* chance that a constant gives such a slope (two-sided normal) */
} XpsLineFit;

gboolean xps_line_fit (gsize n, const double *x, const double *y, const double *error, const gboolean *use,
                       XpsLineFit *fit);

/* Two causes at once: y = constant + a x1 + b x2. They cannot be told apart where x1 and x2 run together:
 * `separable` is FALSE when the larger of the two errors grows by more than a factor of 10 over that of a
 * regression by one of them alone (variance inflation above 100, |correlation| above 0.995). */
typedef struct {
  gsize n;
  double correlation; /* weighted, of x1 and x2 */
  double inflation;   /* of the errors: 1 / sqrt (1 - correlation^2) */
  gboolean separable;
  XpsQuantity constant, by_first, by_second; /* NaN errors when not separable */
  double chi2, dof;
} XpsTwoCauses;

gboolean xps_separate_causes (gsize n, const double *first, const double *second, const double *y,
                              const double *error, const gboolean *use, XpsTwoCauses *out);
