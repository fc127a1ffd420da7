/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/map.h"
#include "series/run.h"

/* The room's own: how a run comes about. */

typedef struct {
  const XpsSeries *series;
  const XpsSeriesMap *map;
  const XpsSeriesFitOptions *options;
  XpsSeriesRun *run;
  gsize first, last; /* steps to do: first <= i < last */
  GThread *caller;   /* the one that reports */
  GMutex lock;       /* steps of the run change only under it while there are several threads */
  gboolean meet;     /* warm: each way goes its half only, as starts for a global fit need no comparison */
  gint stopped;      /* atomic */
  GPtrArray *refits; /* compiled models that no thread is using (step-fit.c), or NULL */
  char **checksums;  /* [steps] as far as they were asked for, or NULL */
} XpsRunTask;

XpsSeriesRun *xps_series_run_new (const XpsModel *model, const XpsSeriesPlan *plan, gsize n_steps);
XpsStepResult *xps_step_result_new (gsize n_parameters, gsize n_components);
void xps_step_result_free (XpsStepResult *self);
/* Covariances of its areas, from the components of a fit that begin at `first`: those of the parts that
 * `step` has. */
void xps_step_take_covariances (XpsStepResult *self, const XpsSeriesMap *map, const XpsStep *step,
                                const XpsResult *from, gsize first);
void xps_series_run_warn (XpsSeriesRun *self, char *take);
/* Way 0 forth, 1 back: `n` steps are behind it, the next starts at start[parameters]. */
void xps_series_run_set_way (XpsSeriesRun *self, gsize way, gsize n, const double *start);
/* A slope that a global fit found or was given. */
void xps_series_run_add_frame (XpsSeriesRun *self, const char *name, XpsQuantity slope, double scatter);
/* Over all fitted steps. */
void xps_series_run_sum (XpsSeriesRun *self);
char *xps_step_dup_checksum (const XpsSeries *series, gsize step);
/* The same, summed once; the task's. */
const char *xps_run_task_get_checksum (XpsRunTask *task, gsize step);
/* What the task kept for its fits. */
void xps_run_task_forget (XpsRunTask *task);

/* Whether step i is to be fitted: in the part, not excluded, with data. */
gboolean xps_run_task_wants (const XpsRunTask *task, gsize step);
gboolean xps_run_task_is_stopped (const XpsRunTask *task);
/* Under the lock. */
void xps_run_task_put (XpsRunTask *task, gsize step, XpsStepResult *take);
/* Tells the caller, on its thread; FALSE: stop. */
gboolean xps_run_task_report (XpsRunTask *task, gsize done, gsize total);

/* Calls work(i, data) for 0 <= i < n from several threads, the caller's among them, in no order; between its
 * own pieces the caller reports. */
typedef void (*XpsSeriesWork) (gsize i, gpointer data);
void xps_run_task_spread (XpsRunTask *task, gsize n, XpsSeriesWork work, gpointer data);

/* One step alone. start[parameters] NULL: the model's values; hold[parameters] NULL: none is held at its
 * start; `lift`: areas with a limit at zero have none; `known`: what the step came to on another way, or
 * NULL.
 */
typedef struct {
  const double *start;
  const gboolean *hold;
  gboolean lift;
  const XpsStepResult *known;
} XpsStepStart;

/* `model` is the run's or one like it with other links and values. NULL: this way leads to what is known. */
XpsStepResult *xps_step_fit (XpsRunTask *task, const XpsModel *model, gsize step, const XpsStepStart *start);

/* Whether the area of component c stands out by plan->freeze standard errors. */
gboolean xps_step_is_there (const XpsRunTask *task, const XpsStepResult *result, gsize c);
/* Fills hold[parameters] with those whose components are all absent; FALSE: none. `own`[parameters]: what is
 * each step's own. */
gboolean xps_step_find_frozen (const XpsRunTask *task, const XpsStepResult *result, const gboolean *own,
                               gboolean *hold);
/* The same for all steps: absent[steps * parameters], TRUE also where there is no value. FALSE: none is to be
 * frozen that was not before. */
gboolean xps_run_task_find_absent (const XpsRunTask *task, const gboolean *own, gboolean *absent);
/* Value of an absent parameter at a step: between its neighbours that have it, or the model's. */
double xps_run_task_interpolate (const XpsRunTask *task, const gboolean *absent, gsize step, gsize parameter);

/* The modes; each fills the steps of the run. */
void xps_run_task_independent (XpsRunTask *task);
void xps_run_task_warm (XpsRunTask *task);
/* Warns of steps whose two ways disagree. */
void xps_run_task_tell_disagreement (XpsRunTask *task);
gboolean xps_run_task_global (XpsRunTask *task, GError **error);
/* Again, with frozen positions held. */
void xps_run_task_freeze (XpsRunTask *task);
/* Net areas. */
void xps_run_task_lift (XpsRunTask *task);
/* Slopes of energy frames. */
void xps_series_run_find_slopes (XpsSeriesRun *self, const XpsSeries *series, const XpsSeriesMap *map);
