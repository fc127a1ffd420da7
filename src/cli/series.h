/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/command.h"
#include "series/report.h"

/* What the command series was asked for. */
typedef struct {
  char *model, *mode, *share, *linear, *logistic, *axis, *axis_file, *reference, *pattern, *log, *region,
      *range, *weights, *exclude, *steps, *shared, *onset, *output, *table, *figure, *energy_axis;
  char **splines, **frames, **merge;
  double photon_energy, shift, log_offset, exposure, within, freeze;
  int jobs, average, rebin, redraws, max_evaluations;
  gint64 seed;
  gboolean json, resume, exclude_bad;
  XpsCliReading reading;
  /* parsed */
  double low, high;
  gsize first, n_steps;
  XpsReadOptions read_options;
  char **operands; /* NULL-terminated */
  char *command;
} XpsCliSeriesOptions;

/* The series in the files: steps, clocks, axis, exclusions, averages. The files stay open in `files`
 * (XpsFile) because spectra point into them. */
XpsSeries *xps_cli_series_load (const XpsCliSeriesOptions *options, const XpsModel *model, GPtrArray *files,
                                GError **error);
/* Modes, rules and frames; error of the kind of wrong usage. */
XpsSeriesPlan *xps_cli_series_plan (const XpsCliSeriesOptions *options, GError **error);
/* For people, on standard output. */
void xps_cli_series_print (const XpsSeriesReport *report);
