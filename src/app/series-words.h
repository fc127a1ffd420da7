/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/series-desk.h"

/* What a fitted series says, one sentence a line: onsets with their intervals, slopes of lines against the
 * axis, warnings, how many species the raw stack holds. "" for nothing. New string. */
char *xps_series_dup_findings (const XpsSeriesReport *report);
/* How far it is with the series: one line. New string. */
char *xps_series_dup_status (XpsSeriesDesk *desk);
/* Sentences (char *) under one another. New string. */
char *xps_series_dup_lines (const GPtrArray *sentences);
