/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/series-desk.h"
#include "job/job.h"
#include "series/watch.h"

/* The room's own: frames that become steps of a series of the document, in three moves: what the document and
 * the series would be with them, their fit off the main thread, and the version that has it all. */

typedef struct {
  XpsState *base, *state; /* before; with the new regions */
  guint entry;            /* of the series in the document */
  XpsSeriesSetup *setup;
  XpsSeries *series;
  GArray *step_regions; /* guint */
  gsize n_before;       /* steps */
} XpsGrowth;

/* `before` is the series as it stands; `events` (XpsWatchEvent) hold the files (XpsFile) and which of their
 * spectra are new. NULL with a sentence: they make no step, or would put earlier ones aside. */
XpsGrowth *xps_growth_new (const XpsState *base, guint entry, const XpsSeriesSetup *setup,
                           const XpsSeries *before, const GPtrArray *events, GError **error);
void xps_growth_free (XpsGrowth *self);
/* The same model, rules and frames: a fit of the one is a fit of the other. */
gboolean xps_growth_has_same_plan (const XpsGrowth *a, const XpsGrowth *b);

/* What the fit came to; members may be stolen. */
typedef struct {
  XpsSeries *series;
  XpsSeriesRun *run;
  XpsSeriesReport *report; /* of both */
  GPtrArray *alarms;       /* XpsAlarm, of all steps */
  char *text;              /* result */
} XpsGrown;

void xps_grown_free (XpsGrown *self);

/* Off the main thread: the result `text` of the series `before` with the new steps behind it. done() gets an
 * XpsGrown. */
XpsJob *xps_growth_fit (const XpsGrowth *self, const XpsSeries *before, const char *text, XpsJobDone done,
                        gpointer user_data);

/* The version with the frames; new regions have the model of their step where it was fitted. `grown` may be
 * NULL, and so may `text`, the result to keep. */
XpsState *xps_growth_dup_state (const XpsGrowth *self, const XpsGrown *grown, const char *text);
