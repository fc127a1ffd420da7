/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/series.h"
#include "series/arrive.h"

/* Of a watched series of several core levels: which of its spectra are steps already, and what the others
 * wait for. */

typedef struct {
  XpsSeriesGroups *placed;
  XpsGroupRule rule;
  gsize n_open;     /* steps that have begun and wait */
  char *awaited;    /* what was said of them last */
  GHashTable *told; /* spectra that came too late */
} XpsCliSteps;

void xps_cli_steps_init (XpsCliSteps *self, gsize n_parts);
void xps_cli_steps_clear (XpsCliSteps *self);

/* Marks of the spectra of each step of a run's text, in their order: GPtrArray of char *; NULL: not of a run
 * that says so. `rows`: their numbers (int), step after step, -1 where one lacks a level. */
GPtrArray *xps_cli_steps_read_marks (const char *text, const char *file, GArray *rows, GError **error);
/* Steps of an earlier run: row after row of numbers of its inputs, -1 none. */
void xps_cli_steps_place (XpsCliSteps *self, const GArray *rows);
/* The series with the steps that are whole, or given up; NULL without error: no new ones. Says what is
 * awaited and what is missing. `inputs`: XpsSeriesInput in the order in which they came. */
XpsSeries *xps_cli_steps_take (XpsCliSteps *self, const XpsCliSeriesOptions *options, const XpsModel *model,
                               const GArray *inputs, XpsArrivalHaste haste, GError **error);
/* Of the steps that are placed. */
XpsSeries *xps_cli_steps_put_together (const XpsCliSteps *self, const XpsCliSeriesOptions *options,
                                       const XpsModel *model, const GArray *inputs, GError **error);
