/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "series/series.h"
#include "series/source.h"

/* A log of a potentiostat brought together with a series. */

typedef struct {
  XpsClockKind kind;
  const double *values; /* [n] rows, NaN where a row has none; NULL: no such column */
} XpsLogColumn;

/* Seconds on the log's clock at which each step was measured: by date where the steps and the log both have
 * one (`start_unix`: of the log's zero, NaN: none), else by the steps' time clock, both taken to start
 * together; plus `offset` s. NaN where not known. New array. */
double *xps_series_dup_log_times (const XpsSeries *series, double start_unix, double offset);

/* Takes the columns in as clocks and chooses the most telling axis. `rows`: times of the log (its values are
 * not looked at). `notes`: char *, how the steps met the log, one line a column, and whether
 * their zeros were taken for one another for want of dates. FALSE when no step lies
 * within it. */
gboolean xps_series_take_log (XpsSeries *series, const XpsClockLog *rows, const XpsLogColumn *columns,
                              gsize n_columns, double start_unix, double offset, double exposure,
                              GPtrArray *notes);
