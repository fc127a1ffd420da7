/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* What the sections of the benchmark share: the clock, memory, and the report. Every section prints one JSON
 * object on stdout, which tools/benchmarks/report.py turns into tables. */

double bench_now (void); /* s on the wall */
/* s of processor time of this process: on one core, with nothing to wait for, the same as the wall's, but for
 * what other programs take away. */
double bench_processor_time (void);

/* Highest resident memory of this process so far, MB; sections that ask for it run alone in their process. */
double bench_peak_memory (void);

/* Processor seconds of one call. A sample is the mean over `calls` calls that together last long enough for
 * the clock; best and median are over the samples, so that both mean the same here and for programs that can
 * only be timed from outside. */
typedef struct {
  double best, median;
  gsize calls, samples;
} BenchTime;

/* Times `run` for about `seconds` altogether, at least three samples (one call each where a call lasts long).
 */
BenchTime bench_time (void (*run) (gpointer), gpointer user_data, double seconds);

/* The same from `n` samples taken elsewhere, which are sorted. */
BenchTime bench_time_of_samples (double *samples, gsize n, gsize calls);

/* Members name_best, name_median in microseconds. */
void bench_add_time (JsonBuilder *report, const char *name, const BenchTime *time);
void bench_add_number (JsonBuilder *report, const char *name, double value);
void bench_add_count (JsonBuilder *report, const char *name, gsize value);
void bench_add_text (JsonBuilder *report, const char *name, const char *value);

/* The sections: arguments without program and section name; TRUE when all went well. `report` is inside an
 * open object. */
gboolean bench_problem (int argc, char **argv, JsonBuilder *report);
gboolean bench_chi2 (int argc, char **argv, JsonBuilder *report);
gboolean bench_map (int argc, char **argv, JsonBuilder *report);
gboolean bench_joint (int argc, char **argv, JsonBuilder *report);
gboolean bench_series (int argc, char **argv, JsonBuilder *report);
gboolean bench_process (int argc, char **argv, JsonBuilder *report);
gboolean bench_machine (int argc, char **argv, JsonBuilder *report);
