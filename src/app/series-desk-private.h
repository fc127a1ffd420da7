/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/series-desk.h"

/* The desk's own: series-desk.c keeps the document, series-desk-fit.c the fit. */

/* A fit and what is said about it; the report borrows from both others. */
typedef struct {
  XpsSeries *series;
  XpsSeriesRun *run;
  XpsSeriesReport *report;
  char *text;     /* for the document, as long as it has not got it; or NULL */
  gboolean hasty; /* somebody stopped: onsets are still to be found */
  gboolean fresh; /* the setup is the one that was fitted: the marks of the report hold */
} XpsSeriesOutcome;

/* What a running fit has so far, handed from its thread to ours. */
typedef struct {
  GMutex lock;
  XpsSeriesOutcome *fresh; /* not fetched yet, or NULL */
  gint64 sent;
} XpsSeriesMail;

struct _XpsSeriesDesk {
  GObject parent_instance;
  XpsSession *session;
  XpsProject *project;
  guint entry;
  char *name, *setup_text, *result_text; /* as the document has them */
  char *fit_text;                        /* of the setup, what a fit depends on */
  XpsSeriesSetup *setup;
  XpsSeries *frames;    /* as measured */
  XpsSeries *series;    /* that is fitted: of them, some perhaps put together */
  GArray *step_regions; /* guint */
  GPtrArray *notes, *marks;
  XpsSeriesOutcome *outcome; /* or NULL */
  gboolean growing;          /* the outcome is already that of the version to come */
  gboolean stale;
  gsize level;               /* core level on the plot */
  XpsJob *job;               /* or NULL */
  XpsSeriesMail *mail;       /* of the job */
  XpsSeriesOutcome *partial; /* what it has so far, or NULL */
  XpsJob *reading;           /* finds what is to be told of an outcome that was read, or NULL */
  char *no_ratios;           /* why there is no database: not to be asked for ever; or NULL */
  gboolean ratios;           /* reports have atomic percentages, and the ratios that the setup names */
};

void xps_series_outcome_free (gpointer outcome);
void xps_series_mail_unref (gpointer mail);
/* In the place of the one that there is; NULL: there is none any more. */
void xps_series_desk_take_outcome (XpsSeriesDesk *self, XpsSeriesOutcome *take_outcome);
/* Onsets and all else that takes long, of an outcome that has only its trends; off the main thread. */
void xps_series_desk_read_on (XpsSeriesDesk *self);
/* Marks of the frames anew. */
void xps_series_desk_find_marks (XpsSeriesDesk *self);
/* Those that are asked for, where the report has none yet. */
void xps_series_desk_add_ratios (XpsSeriesDesk *self, XpsSeriesReport *report);
/* They are made anew when somebody looks at them. */
void xps_series_desk_drop_ratios (XpsSeriesDesk *self);
/* Signals. */
void xps_series_desk_tell_changed (XpsSeriesDesk *self);
void xps_series_desk_tell_progress (XpsSeriesDesk *self);
void xps_series_desk_tell_message (XpsSeriesDesk *self, const char *text);
