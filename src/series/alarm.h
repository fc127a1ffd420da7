/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/run.h"

/* What somebody who measures wants to be woken for. Every step is judged by itself and the steps before it,
 * never by later ones, so an alarm found again in a finished series is the one that was given live.
 *
 * Beam: a frame has less than `lost` of the mean counts of a point in the median of up to 10 good frames
 * before it (at least 3).
 *
 * Drift and damage look at the stretch of steps up to this one over which the driver (potential, temperature,
 * depth, ... when it is the axis; nothing otherwise) stays where it is now. Positions (drift) and shares of
 * the species (damage) are fitted there by a straight line against dose, else time, else number of the step;
 * errors are scaled up by sqrt (chi2/dof) where that exceeds 1, and the slope is judged by Student's t. With
 * m quantities and k = steps of the stretch - 5 looks at it, the alarm is given below chance / (m k (k + 1)):
 * these limits add up to `chance` over however long a stretch (Bonferroni over quantities and looks). The
 * change over the stretch must exceed `shift` or `share` besides, since small true drifts are always found in
 * the end. At least 6 steps that are fitted, in, and not lost; at most the last 300. While the driver changes
 * with the dose, nothing is said: the two cannot be told apart. */

typedef enum {
  XPS_ALARM_BEAM,
  XPS_ALARM_DRIFT,
  XPS_ALARM_DAMAGE,
  XPS_N_ALARM_KINDS,
} XpsAlarmKind;

const char *xps_alarm_kind_to_text (XpsAlarmKind kind); /* "beam-loss", "drift", "damage" */

typedef struct {
  double lost;   /* 0: 0.5 */
  double chance; /* 0: 0.01 */
  double shift;  /* eV; 0: 0.03 */
  double share;  /* 0: 0.03 */
} XpsAlarmOptions;

typedef struct {
  XpsAlarmKind kind;
  gsize step, last;   /* given at `step`, held up to and with `last` */
  char *subject;      /* id of the trend, or number of the core level */
  double size, error; /* share of the counts; eV; share of the species: over the stretch */
  double p;           /* of the slope, NaN for the beam */
  char *message;      /* a sentence with the test and its outcome */
} XpsAlarm;

/* All of them, by step. One that holds over many steps is one alarm. GPtrArray of XpsAlarm. */
GPtrArray *xps_alarms_find (const XpsSeries *series, const XpsSeriesRun *run, const XpsAlarmOptions *options);

/* Chance that |t| is larger, Student's distribution with so many degrees of freedom (Abramowitz and Stegun
 * 26.7.3 and 26.7.4: finite sums). */
double xps_student_tail (double t, guint degrees);
