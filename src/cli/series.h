/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/command.h"
#include "cli/series-ratio.h"
#include "series/group.h"
#include "series/report.h"

/* What the command series was asked for. */
typedef struct {
  char *model, *mode, *share, *linear, *logistic, *axis, *axis_file, *reference, *pattern, *log, *region,
      *range, *weights, *exclude, *steps, *shared, *onset, *output, *table, *figure, *energy_axis, *widen;
  char **splines, **frames, **merge;
  double photon_energy, shift, log_offset, exposure, within, freeze;
  int jobs, average, rebin, redraws, max_evaluations;
  gint64 seed;
  gboolean json, resume, exclude_bad;
  double watch, settle; /* s; watch NaN: what is there is all */
  int watch_until;      /* steps, 0: any number */
  char *figure_kind;    /* NULL: trends */
  int figure_step, figure_part;
  gboolean figure_by_number, figure_own_scale;
  XpsCliReading reading;
  XpsCliRatioOptions ratio;
  /* parsed */
  double low, high;
  gsize first, n_steps;
  XpsReadOptions read_options;
  char **operands; /* NULL-terminated */
  char *command;
} XpsCliSeriesOptions;

#define XPS_CLI_WATCH_ENTRIES(o)                                                                             \
  {"watch",    0,                                                                                            \
   0,          G_OPTION_ARG_DOUBLE,                                                                          \
   &(o).watch, "Fit frames as they come, until none came for S (0: never)",                                  \
   "S"},                                                                                                     \
      {"watch-until", 0, 0, G_OPTION_ARG_INT, &(o).watch_until, "End with so many steps", "N"},              \
  {                                                                                                          \
    "settle", 0, 0, G_OPTION_ARG_DOUBLE, &(o).settle, "A file is whole when nobody wrote to it for S (0.5)", \
        "S"                                                                                                  \
  }

#define XPS_CLI_FIGURE_ENTRIES(o)                                                                            \
  {"figure-kind",                                                                                            \
   0,                                                                                                        \
   0,                                                                                                        \
   G_OPTION_ARG_STRING,                                                                                      \
   &(o).figure_kind,                                                                                         \
   "trends (default), map, model, residual, difference, waterfall",                                          \
   "KIND"},                                                                                                  \
      {"figure-step",                                                                                        \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_INT,                                                                                     \
       &(o).figure_step,                                                                                     \
       "Step that differences are taken to (the first)",                                                     \
       "N"},                                                                                                 \
      {"figure-part",                                                                                        \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_INT,                                                                                     \
       &(o).figure_part,                                                                                     \
       "Core level of the model that is drawn (1)",                                                          \
       "N"},                                                                                                 \
      {"figure-by-number",                                                                                   \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_NONE,                                                                                    \
       &(o).figure_by_number,                                                                                \
       "Steps of equal height instead of the axis",                                                          \
       NULL},                                                                                                \
  {                                                                                                          \
    "figure-own-scale", 0, 0, G_OPTION_ARG_NONE, &(o).figure_own_scale,                                      \
        "Waterfall: each step to its own height", NULL                                                       \
  }

/* FALSE after saying what does not go together. */
gboolean xps_cli_series_check_figure (const XpsCliSeriesOptions *options);
/* Into options->figure, all or nothing. */
gboolean xps_cli_series_write_figure (const XpsCliSeriesOptions *options, const XpsSeriesReport *report,
                                      GError **error);
gboolean xps_cli_series_check_watch (XpsCliSeriesOptions *options);
/* FALSE after saying which output is an input, or another output. */
gboolean xps_cli_series_check_paths (const XpsCliSeriesOptions *options);
/* The same of files (XpsFile) that were found in a folder. */
gboolean xps_cli_series_check_files (const XpsCliSeriesOptions *options, const GPtrArray *files,
                                     GError **error);
/* The series in the files: steps, clocks, axis, exclusions, averages. The files stay open in `files`
 * (XpsFile) because spectra point into them. `notes`: char *, lines for standard error, to be said after an
 * error or before the result. */
XpsSeries *xps_cli_series_load (const XpsCliSeriesOptions *options, const XpsModel *model, GPtrArray *files,
                                GPtrArray *notes, GError **error);
/* Modes, rules and frames; error of the kind of wrong usage. */
XpsSeriesPlan *xps_cli_series_plan (const XpsCliSeriesOptions *options, GError **error);
/* The same from spectra that are read already; `notes` may be NULL: said on standard error. */
XpsSeries *xps_cli_series_put_together (const XpsCliSeriesOptions *options, const XpsModel *model,
                                        const XpsSeriesInput *inputs, gsize n_inputs, GPtrArray *notes,
                                        GError **error);
/* The same with steps that are given. */
XpsSeries *xps_cli_series_put_in_steps (const XpsCliSeriesOptions *options, const XpsModel *model,
                                        const XpsSeriesInput *inputs, gsize n_inputs,
                                        const XpsSeriesGroups *groups, GPtrArray *notes, GError **error);
/* Of each part of the model. New array. */
XpsSeriesWindow *xps_cli_series_dup_windows (const XpsCliSeriesOptions *options, const XpsModel *model);
/* Files, each all or nothing. `remarks`: char * for the warnings of the result, or NULL. */
gboolean xps_cli_series_write (const XpsCliSeriesOptions *options, const XpsSeries *series,
                               const XpsSeriesRun *run, const GPtrArray *remarks, GError **error);
/* The same, with what people read on standard output or error. */
gboolean xps_cli_series_deliver (const XpsCliSeriesOptions *options, const XpsSeries *series,
                                 const XpsSeriesRun *run, const GPtrArray *remarks, GError **error);
/* Says on standard error what failed; the exit status. */
int xps_cli_series_say_outcome (const XpsCliSeriesOptions *options, const XpsSeriesRun *run);
/* A folder that a measurement writes to: every frame is fitted as it comes. The exit status. */
int xps_cli_series_watch (const XpsCliSeriesOptions *options, const XpsModel *model,
                          const XpsSeriesPlan *plan);
/* For people, on standard output. */
void xps_cli_series_print (const XpsSeriesReport *report);
