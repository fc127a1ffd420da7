/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/series-setup.h"
#include "app/session.h"
#include "series/report.h"

/* One series of a document while it is worked on: its setup is the document's (every change is a step of
 * undo), the series, its fit and what is said about it are kept up to date here. No widget in here. */

#define XPS_TYPE_SERIES_DESK (xps_series_desk_get_type ())
G_DECLARE_FINAL_TYPE (XpsSeriesDesk, xps_series_desk, XPS, SERIES_DESK, GObject)

/* Signals: "changed": anything that is shown may be another; "progress": the running fit went on;
 * "message" (string): one line for people. */

/* Of the selected regions, or, when fewer than three are selected, of all regions of the shown one's sample
 * and all that are called like it, as far as they cover the fit window; the model is that of the shown
 * region. A step of undo. NULL with a sentence. */
XpsSeriesDesk *xps_series_desk_new (XpsSession *session, GError **error);
/* Of a series that is there. */
XpsSeriesDesk *xps_series_desk_open (XpsSession *session, guint entry, GError **error);

XpsSession *xps_series_desk_get_session (XpsSeriesDesk *self);
guint xps_series_desk_get_entry (XpsSeriesDesk *self);
const char *xps_series_desk_get_name (XpsSeriesDesk *self);
/* FALSE: it was removed from the document. */
gboolean xps_series_desk_exists (XpsSeriesDesk *self);

/* All borrowed until the next "changed". */
const XpsSeriesSetup *xps_series_desk_get_setup (XpsSeriesDesk *self);
const XpsSeries *xps_series_desk_get_series (XpsSeriesDesk *self);
/* As measured: clocks and exclusions of the setup are of these. */
const XpsSeries *xps_series_desk_get_frames (XpsSeriesDesk *self);
/* What the last fit came to; NULL: none. Its report is of the series as it was fitted. */
const XpsSeriesReport *xps_series_desk_get_report (XpsSeriesDesk *self);
/* The fit is not one of the present setup. */
gboolean xps_series_desk_is_stale (XpsSeriesDesk *self);
/* A fit is running, and the report is of what it has so far: trends, but nothing drawn from them. */
gboolean xps_series_desk_is_partial (XpsSeriesDesk *self);
/* Whether reports have atomic percentages and the ratios that the setup asks for; a matter of the window, not
 * of the document. */
void xps_series_desk_want_ratios (XpsSeriesDesk *self, gboolean wanted);
/* Why there are none, a sentence; NULL: there are, or nobody asked. */
const char *xps_series_desk_get_no_ratios (XpsSeriesDesk *self);
/* What they rest on, and to which species they are: of the document. The fit stays. */
void xps_series_desk_set_quantity (XpsSeriesDesk *self, const char *label, XpsSeriesQuantity *take_quantity);
/* Marks of the raw frames, XpsFrameMark; with those of the fit when there is one that is current. */
const GPtrArray *xps_series_desk_get_marks (XpsSeriesDesk *self);
/* Sentences about what was taken and guessed. */
const GPtrArray *xps_series_desk_get_notes (XpsSeriesDesk *self);
/* Region behind a step, of the core level on the plot where it was measured, else of another; 0: none. */
guint xps_series_desk_get_region (XpsSeriesDesk *self, guint step);
guint xps_series_desk_get_level_region (XpsSeriesDesk *self, guint step, gsize level);
/* Which core level is to be on the plot; a matter of the window, not of the document. */
gsize xps_series_desk_get_level (XpsSeriesDesk *self);
void xps_series_desk_set_level (XpsSeriesDesk *self, gsize level);
/* All regions of the step are selected in the session, and that of the level is shown. */
void xps_series_desk_open_step (XpsSeriesDesk *self, guint step);

/* A copy of the setup to change and hand back; `label` for undo. */
void xps_series_desk_edit (XpsSeriesDesk *self, const char *label, XpsSeriesSetup *take_setup);

/* Off the main thread; what a stopped fit has by then is kept and can be gone on with. */
void xps_series_desk_fit (XpsSeriesDesk *self);
/* These steps alone, once more; what the others came to stays. All at once means all: then the whole fit. */
void xps_series_desk_fit_steps (XpsSeriesDesk *self, guint first, guint n);
void xps_series_desk_stop (XpsSeriesDesk *self);
gboolean xps_series_desk_get_fitting (XpsSeriesDesk *self);
/* Of a result that was read: its trends are there, onsets and warnings are still being found. */
gboolean xps_series_desk_is_reading (XpsSeriesDesk *self);
double xps_series_desk_get_progress (XpsSeriesDesk *self);

/* A version with more steps whose result is that of `take_run`, as of a live measurement; the version need
 * not hold the result. */
void xps_series_desk_take_grown (XpsSeriesDesk *self, const char *label, XpsState *take_state,
                                 XpsSeries *take_series, XpsSeriesRun *take_run,
                                 XpsSeriesReport *take_report);
/* The present result into the document, when it is not there. */
void xps_series_desk_keep_result (XpsSeriesDesk *self);

/* Each step's region gets the model of the step; one step of undo. */
void xps_series_desk_apply (XpsSeriesDesk *self);

/* How a log is laid beside the steps. */
typedef struct {
  double offset;   /* s, added to the steps' times */
  double exposure; /* s that each step took, for means over it; NaN: values at its time */
} XpsSeriesLogTimes;

/* A log or a table read in as clocks; FALSE with a sentence. `times` NULL: no offset, no means. *match: how
 * steps met a log, new string. */
gboolean xps_series_desk_read_clocks (XpsSeriesDesk *self, const char *path, const XpsSeriesLogTimes *times,
                                      char **match, GError **error);
/* How they would; nothing is taken in. */
gboolean xps_series_desk_try_log (XpsSeriesDesk *self, const char *path, const XpsSeriesLogTimes *times,
                                  char **match, GError **error);
