/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "series/atoms.h"
#include "series/factor.h"
#include "series/frames.h"
#include "series/onset.h"

/* Everything that is said about a fitted series, in one place: what the command line writes and the window
 * shows. */

typedef struct {
  char *trend;     /* id of the trend */
  char *component; /* its leader, or NULL for a parameter */
  char *species;
  XpsOnset onset;
  gboolean monotonic; /* the clock runs one way: this is the only branch */
} XpsOnsetEntry;

typedef struct {
  char *trend;
  char *first, *second; /* names of the clocks */
  XpsTwoCauses causes; /* errors times sqrt (chi2/dof) where that is improbable */
} XpsCausesEntry;

typedef struct {
  const XpsSeries *series; /* borrowed: both must outlive it */
  const XpsSeriesRun *run;
  GPtrArray *trends;   /* XpsTrend */
  GPtrArray *marks;    /* XpsFrameMark */
  gboolean *use;       /* [steps] what onsets and regressions rest on */
  GPtrArray *onsets;   /* XpsOnsetEntry: net areas always, positions and widths where they change */
  GPtrArray *causes;   /* XpsCausesEntry: where dose and the axis are both known */
  GPtrArray *factors;  /* XpsFactors, one for each part, NULL where there are none */
  GPtrArray *warnings; /* char * */
  XpsAtoms *atoms;     /* behind atomic ratios (ratio.h), NULL: not asked for */
} XpsSeriesReport;

XpsSeriesReport *xps_series_report_new (const XpsSeries *series, const XpsSeriesRun *run,
                                        const XpsOnsetOptions *options);
/* Of a run that is under way: trends, and nothing that is drawn from them. */
XpsSeriesReport *xps_series_report_new_partial (const XpsSeries *series, const XpsSeriesRun *run);
void xps_series_report_free (XpsSeriesReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsSeriesReport, xps_series_report_free)

/* OUT.json of the contract; `command` may be NULL. `report` NULL: steps and shared values only, what a run
 * that is not finished leaves behind. New string. */
char *xps_series_run_dup_text (const XpsSeriesRun *run, const XpsSeries *series,
                               const XpsSeriesReport *report, const char *command);
/* Reads steps, shared values and fingerprint back, to the last bit; model and plan are the caller's and must
 * be those of the fingerprint. */
XpsSeriesRun *xps_series_run_from_text (const char *text, const char *file, const XpsSeries *series,
                                        const XpsModel *model, const XpsSeriesPlan *plan, GError **error);

/* One row a step: name, status, components that are absent and held, remarks, clocks, quality, every trend with its standard error. CSV (RFC 4180), full
 * precision, lines end in LF. New string. */
char *xps_series_report_dup_table (const XpsSeriesReport *self);
