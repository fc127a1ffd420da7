/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* One running piece of work off the main thread: it reports progress, can be asked to stop, and ends with one
 * call on the thread that started it (the one whose main context was its default). Knows nothing of what the
 * work is. */

#define XPS_TYPE_JOB (xps_job_get_type ())
G_DECLARE_FINAL_TYPE (XpsJob, xps_job, XPS, JOB, GObject)

/* The work itself, on a thread of a pool. Returns its result (freed with the `free_result` given to
 * xps_job_start()) or NULL with error. Looks at xps_job_is_cancelled() often. */
typedef gpointer (*XpsJobWork) (XpsJob *job, gpointer data, GError **error);

/* The end, on the starting thread, exactly once: `result` is the callback's now (transfer full), or NULL with
 * `error` (borrowed; G_IO_ERROR_CANCELLED when it was stopped before it had anything). Work that was stopped
 * may still give a partial result. */
typedef void (*XpsJobDone) (XpsJob *job, gpointer result, const GError *error, gpointer user_data);

/* Starts at once. `title`: what it does, for people. The job takes `data` (freed with free_data when the work
 * has ended); user_data is the callback's and must live until it was called. The returned reference may be
 * dropped at any time: a running job keeps itself. Properties, notified on the starting thread, at most
 * every 50 ms: "progress" (double 0 to 1, negative: not known), "message" (string), "running" (boolean). */
XpsJob *xps_job_start (const char *title, XpsJobWork work, gpointer data, GDestroyNotify free_data,
                       GDestroyNotify free_result, XpsJobDone done, gpointer user_data);

/* Asks it to stop; any thread. `done` is still called. */
void xps_job_cancel (XpsJob *self);
gboolean xps_job_is_cancelled (XpsJob *self);

/* From the work, any thread: how far it is, and a line for people or NULL (keeps the last). */
void xps_job_report (XpsJob *self, double progress, const char *message);

const char *xps_job_get_title (XpsJob *self);
double xps_job_get_progress (XpsJob *self);
gboolean xps_job_get_running (XpsJob *self);
