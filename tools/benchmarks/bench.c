/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A sample lasts at least this long, a thousand times what reading the clock costs. */
#define SAMPLE_SECONDS 0.01

static double
read_clock (clockid_t clock)
{
  struct timespec time;
  clock_gettime (clock, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

double
bench_now (void)
{
  return read_clock (CLOCK_MONOTONIC);
}

double
bench_processor_time (void)
{
  return read_clock (CLOCK_PROCESS_CPUTIME_ID);
}

/* Not getrusage(): its maximum is inherited through exec, so a small program would show the size of its
 * parent. */
double
bench_peak_memory (void)
{
  g_autofree char *status = NULL;
  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return NAN;
  const char *line = strstr (status, "VmHWM:");
  return line != NULL ? (double)g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10) / 1024 : (double)NAN;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

BenchTime
bench_time_of_samples (double *samples, gsize n, gsize calls)
{
  qsort (samples, n, sizeof *samples, compare_numbers);
  return (BenchTime){samples[0], 0.5 * (samples[(n - 1) / 2] + samples[n / 2]), calls, n};
}

static double
time_calls (void (*run) (gpointer), gpointer user_data, gsize calls)
{
  const double start = bench_processor_time ();
  for (gsize i = 0; i < calls; i++)
    run (user_data);
  return (bench_processor_time () - start) / (double)calls;
}

BenchTime
bench_time (void (*run) (gpointer), gpointer user_data, double seconds)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (double));
  const double first = time_calls (run, user_data, 1); /* warms caches, and is not counted */
  const gsize calls = (gsize)fmax (ceil (SAMPLE_SECONDS / fmax (first, 1e-9)), 1);
  const double start = bench_now ();
  do {
    const double sample = time_calls (run, user_data, calls);
    g_array_append_val (samples, sample);
  } while (samples->len < 3 || bench_now () - start < seconds);
  return bench_time_of_samples ((double *)(gpointer)samples->data, samples->len, calls);
}

void
bench_add_number (JsonBuilder *report, const char *name, double value)
{
  json_builder_set_member_name (report, name);
  if (isfinite (value))
    json_builder_add_double_value (report, value);
  else
    json_builder_add_null_value (report);
}

void
bench_add_count (JsonBuilder *report, const char *name, gsize value)
{
  json_builder_set_member_name (report, name);
  json_builder_add_int_value (report, (gint64)value);
}

void
bench_add_text (JsonBuilder *report, const char *name, const char *value)
{
  json_builder_set_member_name (report, name);
  json_builder_add_string_value (report, value);
}

void
bench_add_time (JsonBuilder *report, const char *name, const BenchTime *time)
{
  g_autofree char *best = g_strconcat (name, "_best", NULL);
  g_autofree char *median = g_strconcat (name, "_median", NULL);
  bench_add_number (report, best, 1e6 * time->best);
  bench_add_number (report, median, 1e6 * time->median);
}
