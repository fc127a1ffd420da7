/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "series/clock.h"
#include "spectrum/spectrum.h"

/* Where clocks come from. Lists are GPtrArray of XpsClock that own them, never NULL unless an error is set.
 */

#define XPS_SERIES_ERROR (xps_series_error_quark ())

typedef enum {
  XPS_SERIES_ERROR_CLOCK, /* a clock that cannot be had from what was given */
  XPS_SERIES_ERROR_STEPS, /* spectra that do not make a series */
  XPS_SERIES_ERROR_PLAN,  /* a wish that contradicts the model */
  XPS_SERIES_ERROR_FILE,  /* a file of results that is not one, or of another run */
  XPS_SERIES_ERROR_CANCELLED,
} XpsSeriesError;

GQuark xps_series_error_quark (void);

/* What the files say of each step: variables that differ between steps, angles, and the date of acquisition
 * as seconds since the first step. */
GPtrArray *xps_clocks_from_metadata (const XpsSpectrum *const *spectra, gsize n);

/* Names of files or columns by a pattern: literal text, "*" for anything, and fields "{potential}", "{time}",
 * "{temperature:K}", ... which take a number (decimal point, sign, "p" or "," as the point) and end where the
 * number ends. "V{potential}" reads "V1.750". The unit is the usual one of the kind, or the one after the
 * colon; s, min and h are turned into s, mV into V. An error names the first name that does not fit. */
GPtrArray *xps_clocks_from_names (const char *const *names, gsize n, const char *pattern, GError **error);
/* The pattern that explains most of the differences between the names, to be shown and edited; NULL where
 * names differ in more than numbers. New string. */
char *xps_clock_dup_pattern (const char *const *names, gsize n);

/* A table (CSV, semicolons or tabs too): a header, one row a step in their order; or with a first column of
 * names, by which rows find their steps. Every column of numbers becomes a clock: the header's name, with a
 * unit in brackets or behind a slash. */
GPtrArray *xps_clocks_from_table (const char *text, const char *file, const char *const *names, gsize n,
                                  GError **error);

/* ---- a log that ran beside the measurement ---- */

typedef struct {
  gsize n;
  const double *time;  /* [n] s, of any epoch; need not be sorted: rows are taken in order of time */
  const double *value; /* [n] NaN: a row without */
} XpsClockLog;

/* How the steps met the log: to be looked at before anything is believed. */
typedef struct {
  gsize n_matched;                    /* steps between two rows of the log */
  gsize n_before, n_after, n_untimed; /* steps outside of it, or without a time */
  double longest_gap;    /* s, between the two rows around a step: how far was interpolated at most */
  double largest_change; /* of the value between the two rows around a step */
  double first, last;    /* s from the start of the log to the first and last step */
} XpsClockMatch;

/* The log's value at time[n] + offset of the steps, linear between rows; NaN outside of the log: never
 * extrapolated. With exposure (s, NaN: none) the mean over that long from the step's time on. */
XpsClock *xps_clock_from_log (XpsClockKind kind, const XpsClockLog *log, gsize n, const double *time,
                              double offset, double exposure, XpsClockMatch *match);
/* "31 of 31 steps within the log, ..." New string. */
char *xps_clock_match_dup_text (const XpsClockMatch *match, gsize n);

/* ISO 8601 or what instruments write for it, as seconds since 1970 (clock taken for UTC); NaN. */
double xps_clock_parse_date (const char *text);
