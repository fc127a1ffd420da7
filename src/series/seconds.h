/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/run.h"

/* Frames that were counted for different times: areas in counts are no areas to compare. */

typedef struct {
  gboolean per_second;   /* all times are known and they differ: areas and heights are per second */
  XpsIntensityUnit unit; /* of heights, then; of areas: times eV */
  char *remark;          /* for the user, or NULL: what was done, or that it could not be done */
} XpsCounting;

/* Of the steps that the run has and that are in; `series` NULL: nothing is known of them. */
XpsCounting *xps_counting_new (const XpsSeries *series, const XpsSeriesRun *run);
void xps_counting_free (XpsCounting *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsCounting, xps_counting_free)
/* What areas of core level `part` in step i are divided by: 1 unless they are per second. */
double xps_counting_get_seconds (const XpsCounting *self, const XpsSeries *series, gsize i, gsize part);
