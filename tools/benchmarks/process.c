/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>

extern char **environ;

typedef struct {
  double wall, processor; /* s */
  double peak_mb;
} Run;

static double
seconds_of (const struct timeval *time)
{
  return (double)time->tv_sec + 1e-6 * (double)time->tv_usec;
}

/* From the call to the end of one program; FALSE when it did not end well. */
static gboolean
run_process (char **argv, const posix_spawn_file_actions_t *quiet, Run *run)
{
  struct rusage usage;
  pid_t pid;
  int status;
  const double start = bench_now ();
  if (posix_spawnp (&pid, argv[0], quiet, NULL, argv, environ) != 0 || wait4 (pid, &status, 0, &usage) != pid)
    return FALSE;
  run->wall = bench_now () - start;
  run->processor = seconds_of (&usage.ru_utime) + seconds_of (&usage.ru_stime);
  run->peak_mb = (double)usage.ru_maxrss / 1024; /* at least ours: it is inherited */
  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

static gboolean
run_all (gsize runs, char **argv, Run *run)
{
  posix_spawn_file_actions_t quiet;
  gboolean well = TRUE;
  posix_spawn_file_actions_init (&quiet);
  posix_spawn_file_actions_addopen (&quiet, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen (&quiet, 2, "/dev/null", O_WRONLY, 0);
  for (gsize i = 0; well && i < runs; i++)
    well = run_process (argv, &quiet, &run[i]);
  posix_spawn_file_actions_destroy (&quiet);
  return well;
}

/* RUNS PROGRAM ARGUMENT...: whole runs of a program, started from here, their output thrown away. */
gboolean
bench_process (int argc, char **argv, JsonBuilder *report)
{
  const gsize runs = argc > 1 ? (gsize)g_ascii_strtoull (argv[0], NULL, 10) : 0;
  g_return_val_if_fail (runs > 0, FALSE);
  g_autofree Run *run = g_new0 (Run, runs);
  g_autofree double *wall = g_new (double, runs), *processor = g_new (double, runs);
  double peak_mb = 0;
  if (!run_all (runs, argv + 1, run)) {
    g_printerr ("%s did not end well\n", argv[1]);
    return FALSE;
  }
  for (gsize i = 0; i < runs; i++) {
    wall[i] = run[i].wall;
    processor[i] = run[i].processor;
    peak_mb = fmax (peak_mb, run[i].peak_mb);
  }
  const BenchTime time = bench_time_of_samples (wall, runs, 1);
  const BenchTime own = bench_time_of_samples (processor, runs, 1);
  bench_add_time (report, "wall", &time);
  bench_add_time (report, "processor", &own);
  bench_add_number (report, "peak_mb", peak_mb);
  return TRUE;
}
