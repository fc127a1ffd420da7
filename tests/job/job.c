/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "job/job.h"

#include "support.h"

/* Everything a job promises, judged by counting: how often a callback came, on which thread, in which order.
 */

typedef struct {
  GMainLoop *loop;
  GThread *thread;
  guint n_done, n_notified, n_freed;
  gint64 first, last, shortest; /* of notifications, microseconds */
  double progress;
  gboolean late; /* a notification after the end */
  char *result;
  GError *error;
} Seen;

static void
seen_init (Seen *seen)
{
  *seen = (Seen){.thread = g_thread_self (), .shortest = G_MAXINT64, .progress = -2};
  seen->loop = g_main_loop_new (g_main_context_get_thread_default (), FALSE);
}

static void
seen_clear (Seen *seen)
{
  g_main_loop_unref (seen->loop);
  g_free (seen->result);
  g_clear_error (&seen->error);
}

static void
on_done (XpsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  Seen *seen = user_data;
  g_assert_true (g_thread_self () == seen->thread);
  g_assert_false (xps_job_get_running (job));
  g_assert_true ((result == NULL) == (error != NULL));
  seen->n_done++;
  seen->result = result;
  seen->error = error != NULL ? g_error_copy (error) : NULL;
  g_main_loop_quit (seen->loop);
}

static void
on_progress (XpsJob *job, GParamSpec *pspec, Seen *seen)
{
  const gint64 now = g_get_monotonic_time ();
  g_assert_true (g_thread_self () == seen->thread);
  if (seen->n_notified++ > 0)
    seen->shortest = MIN (seen->shortest, now - seen->last);
  seen->last = now;
  if (seen->n_notified == 1)
    seen->first = now;
  seen->late |= seen->n_done > 0;
  g_assert_cmpfloat (xps_job_get_progress (job), >, seen->progress);
  seen->progress = xps_job_get_progress (job);
}

static void
count_free (gpointer data)
{
  Seen *seen = data;
  g_assert_true (g_thread_self () == seen->thread);
  seen->n_freed++;
}

/* Lets everything that is still queued come, to see that nothing does. */
static void
drain (Seen *seen)
{
  GMainContext *context = g_main_loop_get_context (seen->loop);
  for (int i = 0; i < 12; i++) {
    g_usleep (10000);
    while (g_main_context_iteration (context, FALSE))
      ;
  }
}

static gpointer
work_reports (XpsJob *job, gpointer data, GError **error)
{
  Seen *seen = data;
  g_assert_true (g_thread_self () != seen->thread);
  for (int i = 1; i <= 1000; i++) {
    xps_job_report (job, i / 1000., i % 2 ? "odd" : NULL);
    if (i % 10 == 0)
      g_usleep (2500);
  }
  return g_strdup ("done");
}

static void
test_reports (void)
{
  Seen seen;
  seen_init (&seen);
  g_autoptr (XpsJob) job = xps_job_start ("work", work_reports, &seen, count_free, g_free, on_done, &seen);
  g_signal_connect (job, "notify::progress", G_CALLBACK (on_progress), &seen);
  g_assert_true (xps_job_get_running (job));
  g_assert_cmpstr (xps_job_get_title (job), ==, "work");
  g_main_loop_run (seen.loop);
  drain (&seen);
  g_autofree char *message = NULL;
  g_object_get (job, "message", &message, NULL);
  g_assert_cmpstr (message, ==, "odd");
  g_assert_cmpstr (seen.result, ==, "done");
  g_assert_cmpuint (seen.n_done, ==, 1);
  g_assert_cmpuint (seen.n_freed, ==, 1);
  g_assert_cmpfloat (seen.progress, ==, 1);
  g_assert_false (seen.late);
  /* The last one may come early: it tells the end. A slow machine makes fewer, never more. */
  g_assert_cmpuint (seen.n_notified, >=, 1);
  g_assert_cmpuint (seen.n_notified, <=, 1 + 2 + (seen.last - seen.first) / 50000);
  seen_clear (&seen);
}

static gpointer
work_steps (XpsJob *job, gpointer data, GError **error)
{
  for (int i = 1; i <= 30; i++) {
    xps_job_report (job, i / 31., NULL);
    g_usleep (10000);
  }
  g_usleep (60000); /* so that the end's own notification is not near */
  return g_strdup ("");
}

static void
test_interval (void)
{
  Seen seen;
  seen_init (&seen);
  g_autoptr (XpsJob) job = xps_job_start ("steps", work_steps, NULL, NULL, g_free, on_done, &seen);
  g_signal_connect (job, "notify::progress", G_CALLBACK (on_progress), &seen);
  g_main_loop_run (seen.loop);
  /* 1 ms of slack: the handler looks at the clock after the job did. */
  g_assert_cmpint (seen.shortest, >=, 49000);
  seen_clear (&seen);
}

static gpointer
work_waits (XpsJob *job, gpointer data, GError **error)
{
  while (!xps_job_is_cancelled (job))
    g_usleep (1000);
  return data != NULL ? g_strdup ("partial") : NULL;
}

static void
test_cancel (void)
{
  for (int partial = 0; partial < 2; partial++) {
    Seen seen;
    seen_init (&seen);
    g_autoptr (XpsJob) job =
        xps_job_start ("waits", work_waits, partial ? &seen : NULL, NULL, g_free, on_done, &seen);
    g_usleep (partial ? 20000 : 0); /* stopped at work, or perhaps before it began */
    xps_job_cancel (job);
    xps_job_cancel (job);
    g_main_loop_run (seen.loop);
    drain (&seen);
    g_assert_cmpuint (seen.n_done, ==, 1);
    g_assert_true (xps_job_is_cancelled (job));
    if (partial)
      g_assert_cmpstr (seen.result, ==, "partial");
    else
      g_assert_error (seen.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    seen_clear (&seen);
  }
}

static gpointer
work_fails (XpsJob *job, gpointer data, GError **error)
{
  if (data != NULL)
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "disk: full: make room");
  return NULL;
}

static void
test_failure (void)
{
  int reason = 0;
  for (int said = 0; said < 2; said++) {
    Seen seen;
    seen_init (&seen);
    /* The reference is dropped at once: a running job keeps itself. */
    g_object_unref (xps_job_start ("fails", work_fails, said ? &reason : NULL, NULL, NULL, on_done, &seen));
    g_main_loop_run (seen.loop);
    drain (&seen);
    g_assert_cmpuint (seen.n_done, ==, 1);
    if (said)
      g_assert_error (seen.error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
    else
      g_assert_error (seen.error, G_IO_ERROR, G_IO_ERROR_FAILED);
    seen_clear (&seen);
  }
}

static void
count_result (gpointer data)
{
  g_atomic_int_inc ((int *)data);
}

static gpointer
work_gives (XpsJob *job, gpointer data, GError **error)
{
  return data;
}

static void
on_running (XpsJob *job, GParamSpec *pspec, GMainLoop *loop)
{
  g_main_loop_quit (loop);
}

static void
test_no_listener (void)
{
  int freed = 0;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (XpsJob) job = xps_job_start (NULL, work_gives, &freed, NULL, count_result, NULL, NULL);
  g_signal_connect (job, "notify::running", G_CALLBACK (on_running), loop);
  g_main_loop_run (loop);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (freed, ==, 1);
}

static gpointer
other_thread (gpointer unused)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_main_context_push_thread_default (context);
  test_reports ();
  g_main_context_pop_thread_default (context);
  return NULL;
}

/* Started elsewhere than on the main thread, everything comes back there. */
static void
test_context (void)
{
  g_thread_join (g_thread_new ("other", other_thread, NULL));
}

#define MANY 60

typedef struct {
  Seen seen;
  guint left;
} Crowd;

static void
on_one_of_many (XpsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  Crowd *crowd = user_data;
  g_assert_no_error (error);
  g_free (result);
  if (--crowd->left == 0)
    g_main_loop_quit (crowd->seen.loop);
}

static gpointer
work_short (XpsJob *job, gpointer data, GError **error)
{
  for (int i = 0; i < 50; i++)
    xps_job_report (job, i / 50., "short");
  return g_strdup ("x");
}

static void
test_many (void)
{
  Crowd crowd = {.left = MANY};
  seen_init (&crowd.seen);
  for (int i = 0; i < MANY; i++)
    g_object_unref (xps_job_start ("short", work_short, NULL, NULL, g_free, on_one_of_many, &crowd));
  g_main_loop_run (crowd.seen.loop);
  g_assert_cmpuint (crowd.left, ==, 0);
  seen_clear (&crowd.seen);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/job/reports", test_reports);
  g_test_add_func ("/job/interval", test_interval);
  g_test_add_func ("/job/cancel", test_cancel);
  g_test_add_func ("/job/failure", test_failure);
  g_test_add_func ("/job/no-listener", test_no_listener);
  g_test_add_func ("/job/context", test_context);
  g_test_add_func ("/job/many", test_many);
  return g_test_run ();
}
