/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* Logs of potentiostats and battery cyclers that go with a series of spectra: BioLogic EC-Lab text exports
 * (.mpt) and any table of text with columns of time and of potential or current (comma, semicolon or tab
 * between cells; decimal point or comma). They hold no spectrum and are no row of the table of formats.
 * Quantities and units are recognised by the columns' names: "time/s", "Ewe/V", "<I>/mA", "(Q-Qo)/mA.h",
 * "Potential (V)", "Strom [A]". Source of the layout: exports of EC-Lab 11; "Nb header lines : n" counts all
 * lines before the first row, the names of the columns being the last of them. */

typedef struct {
  char *path;
  char *software;     /* "BT-Lab", "EC-Lab", or NULL */
  char *start;        /* ISO 8601 date and time of time_s = 0 on the clock of the potentiostat's computer, no
                         zone, or NULL where the log does not say */
  double start_unix;  /* the same as seconds since 1970-01-01, the clock taken for UTC; NaN where not said */
  gsize n;            /* rows, at least 1 */
  gboolean ascending; /* time_s never runs back */
  double *time_s;     /* [n] s since `start`, or on the log's own clock; finite, in file order */
  double *potential;  /* [n] V, NaN where a row has none; NULL: no such column */
  double *current;    /* [n] A, or NULL */
  double *capacity;   /* [n] A h, as the log's first column of charge counts it, or NULL */
  double *cycle;      /* [n] number of the cycle, or NULL */
  char *time_label, *potential_label, *current_label, *capacity_label; /* as in the file, or NULL */
  GPtrArray *warnings;                                                 /* char *: "line 26: ..." */
  GPtrArray *notes; /* char *: what was guessed or left out */
} XpsPotentiostatLog;

void xps_potentiostat_log_free (XpsPotentiostatLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsPotentiostatLog, xps_potentiostat_log_free)

/* Errors of XPS_FORMATS_ERROR name the line. */
XpsPotentiostatLog *xps_potentiostat_log_open (const char *path, GError **error);
XpsPotentiostatLog *xps_potentiostat_log_open_bytes (GBytes *bytes, const char *name, GError **error);

/* TRUE where the content looks like such a log, for choosing a reader: an EC-Lab header, or a header line
 * that names a time and a potential or current, and no energy. */
gboolean xps_potentiostat_log_is_one (GBytes *bytes);

/* Value of `column` (one of the arrays of the log) at `time`, s on the log's clock: linear between the two
 * rows around it. NaN outside the log, where the column is NULL, or where a neighbour is NaN. */
double xps_potentiostat_log_get_at (const XpsPotentiostatLog *log, const double *column, double time);
