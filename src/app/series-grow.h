/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/series-desk.h"
#include "job/job.h"
#include "series/arrive.h"
#include "series/watch.h"

/* The room's own: frames that become steps of a series of the document, in three moves: what the document and
 * the series would be with them, their fit off the main thread, and the version that has it all. */

/* A step that has begun and lacks core levels. */
typedef struct {
  guint step;   /* from 1 */
  char *levels; /* "O 1s, P 2p" */
} XpsAwaited;

typedef struct {
  XpsState *base, *state; /* before; with the new regions */
  guint entry;            /* of the series in the document */
  XpsSeriesSetup *setup;
  XpsSeries *series;
  GArray *step_regions; /* guint */
  gsize n_before;       /* steps */
  GPtrArray
      *rests; /* GArray of gsize for each event: which of its fresh spectra still wait for other levels */
  GArray *awaited;    /* XpsAwaited, of steps to come */
  GPtrArray *remarks; /* char *: levels that new steps lack, and what came too late */
} XpsGrowth;

/* `before` is the series as it stands; `events` (XpsWatchEvent) hold the files (XpsFile) and which of their
 * spectra are new. Spectra of several core levels become steps as series/arrive.h puts them. NULL: they make
 * no step, or would put earlier ones aside, with a sentence; or they wait for other levels, then `awaited`
 * (XpsAwaited, with clear function, may be NULL) says which, and there is no error. */
XpsGrowth *xps_growth_new (const XpsState *base, guint entry, const XpsSeriesSetup *setup,
                           const XpsSeries *before, const GPtrArray *events, XpsArrivalHaste haste,
                           GArray **awaited, GError **error);
void xps_growth_free (XpsGrowth *self);
GArray *xps_awaited_new (void);

/* series-grow-levels.c: regions of the fresh spectra into the levels of the setup; what is in no step yet
 * stays out of the document. places[events]: ids of the regions of each event (GArray of guint), in the order
 * of its file. */
void xps_growth_place (XpsGrowth *self, const GPtrArray *events, const GPtrArray *places,
                       XpsArrivalHaste haste);
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
