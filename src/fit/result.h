/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/covariance.h"
#include "fit/engine.h"

/* What a fit came to, and what made it. A figure without an uncertainty is NaN here and null in files, never
 * 0. */

typedef enum {
  XPS_STATUS_FREE,
  XPS_STATUS_FIXED,
  XPS_STATUS_LINKED,
  XPS_STATUS_AT_MIN,
  XPS_STATUS_AT_MAX,
} XpsStatus;

const char *xps_status_to_text (XpsStatus status); /* "free", "fixed", "linked", "at-min", "at-max" */

typedef struct {
  double value, error; /* standard error from the covariance, NaN: none */
} XpsQuantity;

typedef struct {
  const char *name; /* of the model */
  XpsQuantity quantity;
  XpsStatus status;
} XpsParameterResult;

/* Of one component: everything with the full covariance propagated. NaN where a shape has no such thing. */
typedef struct {
  gsize spectrum;
  const XpsComponent *component;
  XpsQuantity center, maximum, area, fwhm, height;
  XpsQuantity fraction;    /* of all areas of its spectrum */
  gboolean area_in_window; /* the area diverges: taken over the fit window */
  double area_inside;      /* what of the area lies inside the fit window */
} XpsComponentResult;

typedef struct {
  const char *code;     /* "at-bound", "strong-correlation", ... ; docs/METHODS.md lists them */
  const char *severity; /* "info", "warning", "error" */
  char *message;
  GStrv parameters; /* names, may be empty */
} XpsWarning;

typedef struct {
  XpsProblem *problem; /* owned: model, data, windows, weights */
  double *values;      /* [parameters] */
  XpsCovariance *covariance;
  gboolean converged;
  XpsStop stop;
  const char *method;
  gsize n_points, n_free, evaluations;
  double objective; /* what was minimised: chi2 or the deviance */
  double chi2;      /* sum of squared weighted residuals; with Poisson weights Pearson's */
  double dof, reduced_chi2, aic, aicc, bic;
  double autocorrelation; /* lag 1 of the residuals, NaN for few points */
  GArray *parameters;     /* XpsParameterResult, in the order of the model */
  GArray *components;     /* XpsComponentResult */
  GArray *warnings;       /* XpsWarning */
  XpsModel *model;        /* the model with the fitted values as start values */
  GArray *starts;         /* multi-start: objective of every start (double), or NULL */
  char *command;          /* command line that made it, or NULL */
} XpsResult;

/* Takes the problem. `engine` has just run on it. */
XpsResult *xps_result_new (XpsProblem *problem, const XpsEngine *engine, const XpsOutcome *outcome);
void xps_result_free (XpsResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsResult, xps_result_free)

/* The usual way: compile, run from the model's start values, wrap up. NULL only when the problem cannot be
 * posed; a fit that does not converge is a result that says so. */
XpsResult *xps_fit (const XpsModel *model, XpsFitData *const *data, gsize n_data, XpsWeights weights,
                    const XpsFitOptions *options, GError **error);

const XpsComponentResult *xps_result_find_component (const XpsResult *self, gsize spectrum, const char *name);
/* Covariances of sums of areas: component first + k (k < n, in the row of all components) belongs to sum
 * group[k], -1: to none. out[n_groups (n_groups + 1) / 2] in the square of the areas' unit, the lower
 * triangle row by row; NaN where a sum has no error. */
void xps_result_get_area_covariances (const XpsResult *self, gsize first, gsize n, const int *group,
                                      gsize n_groups, double *out);
void xps_result_add_warning (XpsResult *self, const char *code, const char *severity, char *take_message,
                             const char *const *parameters);

/* RESULT.json of the contract. */
void xps_result_to_json (const XpsResult *self, JsonBuilder *builder);
char *xps_result_dup_text (const XpsResult *self);
