/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "watch.h"

#include <string.h>
#include <time.h>

#define LONG_BLOCK_MS 25.0

static double
now_ms (void)
{
  return (double)g_get_monotonic_time () / 1000.0;
}

static double
clock_ms (clockid_t clock)
{
  struct timespec time;
  clock_gettime (clock, &time);
  return 1e3 * (double)time.tv_sec + 1e-6 * (double)time.tv_nsec;
}

static double
cpu_ms (void)
{
  return clock_ms (CLOCK_PROCESS_CPUTIME_ID);
}

static double
thread_ms (void)
{
  return clock_ms (CLOCK_THREAD_CPUTIME_ID);
}

/* ---- frames ---- */

typedef struct {
  WatchStep step;
  gpointer data;
  guint n, i;
  GArray *ends; /* double: ms after each painted frame */
  GMainLoop *loop;
} Run;

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  Run *run = user_data;
  run->step (run->i++, run->data);
  return G_SOURCE_CONTINUE;
}

static void
on_after_paint (GdkFrameClock *clock, gpointer user_data)
{
  Run *run = user_data;
  const double end = now_ms ();
  g_array_append_val (run->ends, end);
  if (run->ends->len > run->n)
    g_main_loop_quit (run->loop);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

WatchFrames
watch_frames (GtkWidget *widget, guint n, WatchStep step, gpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (double));
  Run run = {step, data, n, 0, ends, loop};
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  const gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), &run);
  const guint tick = gtk_widget_add_tick_callback (widget, on_tick, &run, NULL);
  const double cpu = cpu_ms ();
  g_main_loop_run (loop);
  const double cpu_used = cpu_ms () - cpu;
  gtk_widget_remove_tick_callback (widget, tick);
  g_signal_handler_disconnect (clock, handler);

  const double *end = (const double *)(gpointer)ends->data;
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 1; i < ends->len; i++) {
    const double gap = end[i] - end[i - 1];
    g_array_append_val (gaps, gap);
  }
  g_array_sort (gaps, compare);
  return (WatchFrames){(end[ends->len - 1] - end[0]) / 1000.0, g_array_index (gaps, double, gaps->len / 2),
                       g_array_index (gaps, double, gaps->len - 1), cpu_used / ends->len};
}

/* ---- main loop ---- */

static gboolean
set_flag (gpointer flag)
{
  *(gboolean *)flag = TRUE;
  return G_SOURCE_REMOVE;
}

void
watch_settle (void)
{
  for (int quiet = 0; quiet < 10; quiet++) {
    gboolean over = FALSE;
    g_timeout_add (50, set_flag, &over);
    while (!over)
      g_main_context_iteration (NULL, TRUE);
  }
}

/* What g_main_context_set_poll_func() cannot be handed as data. */
static struct {
  double left_poll, left_cpu;
  WatchBlock longest;
} blocks;

static int
timed_poll (GPollFD *fds, guint n, int timeout)
{
  const double held = blocks.left_poll > 0 ? now_ms () - blocks.left_poll : 0.0;
  if (held > LONG_BLOCK_MS) /* where to look in what `perf record -k mono` wrote */
    g_debug ("held for %.1f ms from %.6f s", held, blocks.left_poll / 1000.0);
  if (blocks.left_poll > 0) {
    blocks.longest.ms = MAX (blocks.longest.ms, held);
    blocks.longest.cpu_ms = MAX (blocks.longest.cpu_ms, thread_ms () - blocks.left_cpu);
  }
  const int result = g_poll (fds, n, timeout);
  blocks.left_poll = now_ms ();
  blocks.left_cpu = thread_ms ();
  return result;
}

void
watch_blocks_start (void)
{
  g_main_context_set_poll_func (NULL, timed_poll);
  blocks.left_poll = 0;
  blocks.longest = (WatchBlock){0};
}

WatchBlock
watch_blocks_take (void)
{
  const WatchBlock longest = blocks.longest;
  blocks.longest = (WatchBlock){0};
  return longest;
}

double
watch_memory (void)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  const char *at = strstr (text, "VmRSS:");
  return at != NULL ? (double)g_ascii_strtoull (at + strlen ("VmRSS:"), NULL, 10) / 1024.0 : 0;
}
