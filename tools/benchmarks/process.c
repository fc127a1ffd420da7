/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char **environ;

/* Seconds from the call to the end of one program, or NaN. */
static double
time_process (char **argv, const posix_spawn_file_actions_t *quiet, double *peak_mb)
{
  struct rusage usage;
  pid_t pid;
  int status;
  const double start = bench_now ();
  if (posix_spawnp (&pid, argv[0], quiet, NULL, argv, environ) != 0 || wait4 (pid, &status, 0, &usage) != pid)
    return NAN;
  const double time = bench_now () - start;
  *peak_mb = fmax (*peak_mb, (double)usage.ru_maxrss / 1024);
  return WIFEXITED (status) && WEXITSTATUS (status) == 0 ? time : (double)NAN;
}

/* RUNS PROGRAM ARGUMENT...: whole runs of a program, started from here, their output thrown away. */
gboolean
bench_process (int argc, char **argv, JsonBuilder *report)
{
  const gsize runs = argc > 1 ? (gsize)g_ascii_strtoull (argv[0], NULL, 10) : 0;
  g_autofree double *samples = g_new (double, runs + 1);
  posix_spawn_file_actions_t quiet;
  double peak_mb = 0;
  g_return_val_if_fail (runs > 0, FALSE);
  posix_spawn_file_actions_init (&quiet);
  posix_spawn_file_actions_addopen (&quiet, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen (&quiet, 2, "/dev/null", O_WRONLY, 0);
  for (gsize i = 0; i < runs; i++) {
    samples[i] = time_process (argv + 1, &quiet, &peak_mb);
    if (!isnan (samples[i]))
      continue;
    g_printerr ("%s did not end well\n", argv[1]);
    posix_spawn_file_actions_destroy (&quiet);
    return FALSE;
  }
  posix_spawn_file_actions_destroy (&quiet);
  const BenchTime time = bench_time_of_samples (samples, runs, 1);
  bench_add_time (report, "process", &time);
  bench_add_number (report, "peak_mb", peak_mb);
  return TRUE;
}
