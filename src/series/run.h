/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fit/result.h"
#include "series/plan.h"

/* A fitted series. What a step came to is kept in the terms of the model of one step, whatever the mode, as
 * plain numbers: a run can be written, read, split and merged without loss. */

typedef struct {
  XpsQuantity center, maximum, area, fwhm, height, fraction;
  XpsQuantity net; /* the area without the limit at zero, so that an absent species scatters about zero with
                    * an error: what onsets are judged by. NaN where not asked for */
} XpsStepComponent;

typedef struct {
  gboolean fitted; /* FALSE: excluded, not reached, or refused (see `failure`) */
  gboolean converged;
  gboolean disagree; /* warm: the two directions ended in different minima */
  int direction;     /* warm: 1 taken from the way forth, -1 from the way back; else 0 */
  guint ways;        /* warm: 1 the way forth was gone, 2 the way back, 3 both */
  char *stop_reason; /* a sentence, or NULL */
  char *failure;     /* why it could not be posed, or NULL */
  char *checksum;    /* of its data and its place on the axis: a result of other data is not taken over */
  gsize n_points, n_free, evaluations;
  double chi2, dof, reduced_chi2, autocorrelation;
  double *values, *errors;      /* [parameters of the model] NaN where there is no error */
  XpsStatus *status;            /* [parameters]; what is shared or linked to the axis is "linked" */
  gboolean *frozen;             /* [parameters] position held because its component is not there */
  XpsStepComponent *components; /* [components of all parts, part after part] */
  /* Of the areas of species (leaders in their order, doublets added up), lower triangle row by row; NULL: not
   * kept. `net_covariances` of the net areas, NULL: those of the areas. */
  gsize n_covariances;
  double *covariances, *net_covariances;
} XpsStepResult;

typedef struct {
  char *name;      /* "wg"; "ps4_c slope", "ps4_c level 2", "ps4_c knot 3", "ps4_c middle" */
  char *parameter; /* of the model that it belongs to; "frame NAME" for a frame */
  char *unit;      /* of the axis in it: "per V", or NULL */
  XpsQuantity quantity;
} XpsSharedValue;

typedef struct {
  char *name;         /* of the frame, or of the component's species where no frames were asked for */
  gboolean fitted;    /* by the global fit; else by regression through the positions */
  XpsQuantity slope;  /* eV per unit of the axis */
  double scatter;     /* reduced chi2 of the regression, NaN */
  const char *class_; /* "working electrode", "electrolyte", "between", "unclear"; static, to be translated;
                       * NULL where the axis is no potential */
  GPtrArray *components; /* char * */
} XpsFrameSlope;

/* Warm: one way through the series, as far as it was gone. */
typedef struct {
  gsize n;       /* steps of the series behind it, from its own end */
  double *start; /* [parameters] where the next one starts; NULL before the first */
} XpsSeriesWay;

typedef struct {
  XpsModel *model; /* of one step, as given */
  XpsSeriesPlan *plan;
  gsize n_parts, n_components; /* of the model, all parts together */
  GPtrArray *steps;            /* XpsStepResult, one for each step of the series */
  GPtrArray *shared;           /* XpsSharedValue */
  GPtrArray *frames;           /* XpsFrameSlope */
  GPtrArray *warnings;         /* char * */
  double chi2, dof;            /* of all steps together */
  gsize n_points, n_free, evaluations;
  gboolean converged, complete; /* complete: every step that is in was reached */
  XpsSeriesWay way[2];          /* forth and back, of a run that was interrupted */
  gboolean settled;             /* every step was fitted again with its frozen positions held */
  char *fingerprint;            /* SHA-256 of model and plan: what results may be resumed and merged */
} XpsSeriesRun;

void xps_series_run_free (XpsSeriesRun *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSeriesRun, xps_series_run_free)

/* Called on the thread that called xps_series_fit(), now and then; `run` may be written or shown as it is.
 * FALSE stops: the run so far is returned with complete = FALSE. */
typedef gboolean (*XpsSeriesProgress) (gsize done, gsize total, const XpsSeriesRun *run, gpointer user_data);

typedef struct {
  const XpsSeriesRun *resume; /* steps that were fitted there are taken over; same fingerprint, or NULL */
  const XpsSeriesRun *shared; /* global: shared values are held at those of this run, so that each step needs
                               * its own data alone; NULL: they are fitted */
  gsize first, n_steps;       /* the part to do; n_steps 0: up to the last */
  XpsSeriesProgress progress;
  gpointer user_data;
} XpsSeriesFitOptions;

/* NULL only when the run cannot be posed; steps that fail are results that say so. */
XpsSeriesRun *xps_series_fit (const XpsSeries *series, const XpsModel *model, const XpsSeriesPlan *plan,
                              const XpsSeriesFitOptions *options, GError **error);

XpsSeriesRun *xps_series_run_copy (const XpsSeriesRun *self);

/* A run without steps, for a measurement that begins. */
XpsSeriesRun *xps_series_run_begin (const XpsModel *model, const XpsSeriesPlan *plan);
/* The first step of `series` that the run does not have yet, from the values of the last fitted one: for live
 * measurements. The steps before it must be of the same data as ever, and stay as they are. Global runs keep
 * their shared values and must have some. */
gboolean xps_series_run_append (XpsSeriesRun *self, const XpsSeries *series, GError **error);

/* Steps of `series` fitted in either; the same fingerprint is needed, and where both have a step they must
 * agree. Slopes of free energy frames need all steps in one fit and are left out. */
XpsSeriesRun *xps_series_run_merge (const XpsSeriesRun *a, const XpsSeriesRun *b, const XpsSeries *series,
                                    GError **error);

/* The model of one step with the step's values as start values; shared ones fixed. For showing it, or fitting
 * it alone. */
XpsModel *xps_series_run_dup_step_model (const XpsSeriesRun *self, gsize step);

const XpsStepResult *xps_series_run_get_step (const XpsSeriesRun *self, gsize step);
/* Component k of all parts together. */
const XpsComponent *xps_series_run_get_component (const XpsSeriesRun *self, gsize k, gsize *part);
/* Species: components whose areas hang on one unknown (a doublet) belong to the first of them. */
gsize xps_series_run_get_leader (const XpsSeriesRun *self, gsize k);
