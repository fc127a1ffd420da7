/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>

#include "app/series-live.h"
#include "project/series-entry.h"

/* A series of a document while a folder is watched, without widgets: the sample with known truth, a file for
 * each step. `-m perf` prints how long a frame takes from the moment its file is whole
 * (tools/benchmark-live). */

#define STEPS 31

typedef struct {
  char *folder;
  char *texts[STEPS], *names[STEPS];
  XpsSession *session;
  XpsSeriesDesk *desk;
  XpsSeriesLive *live;
  guint grown; /* signals */
  guint alarms;
} Bench;

static char *
sample (const char *file)
{
  return g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "samples", file, NULL);
}

static void
split (Bench *self)
{
  g_autofree char *path = sample ("li6ps5cl-s2p-haxpes.csv"), *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) head = g_strsplit (lines[0], ",", -1);
  GString *files[STEPS];
  for (guint k = 0; k < STEPS; k++) {
    files[k] = g_string_new ("x,y\n");
    self->names[k] = g_strdup_printf ("cell_%02u_%sV.csv", k + 1, g_strstrip (head[k + 1]) + 1);
  }
  for (char **line = lines + 1; *line != NULL && **line != '\0'; line++) {
    g_auto (GStrv) fields = g_strsplit (*line, ",", -1);
    for (guint k = 0; k < STEPS; k++)
      g_string_append_printf (files[k], "%s,%s\n", fields[0], g_strstrip (fields[k + 1]));
  }
  for (guint k = 0; k < STEPS; k++)
    self->texts[k] = g_string_free (files[k], FALSE);
}

/* As copied by a careful program: under another name first. */
static void
put (const Bench *self, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *scratch = g_strconcat (path, ".tmp", NULL);
  FILE *file = fopen (scratch, "w");
  g_assert_nonnull (file);
  fputs (text, file);
  g_assert_cmpint (fclose (file), ==, 0);
  g_assert_cmpint (g_rename (scratch, path), ==, 0);
}

static void
open_first (Bench *self, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *model_path = sample ("li6ps5cl-s2p-step.json");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  XpsReadOptions options;
  xps_read_options_init (&options);
  XpsState *state = xps_state_new ();
  for (guint k = 0; k < n; k++) {
    put (self, self->names[k], self->texts[k]);
    g_autofree char *path = g_build_filename (self->folder, self->names[k], NULL);
    g_autoptr (XpsFile) file = xps_file_open (path, &options, &error);
    g_assert_no_error (error);
    XpsState *next = xps_state_import (state, file, ids);
    xps_state_unref (state);
    state = next;
  }
  g_autoptr (XpsRegion) shown = xps_region_copy (xps_state_get_region (state, 0));
  xps_model_free (shown->model);
  shown->model = xps_model_read (model_path, &error);
  g_assert_no_error (error);
  g_autoptr (XpsProject) project = xps_project_new ();
  xps_project_edit (project, "open", xps_state_with_region (state, shown));
  xps_state_unref (state);
  self->session = xps_session_new (project);
  xps_session_show_region (self->session, shown->id);
  xps_session_select_regions (self->session, (const guint *)(void *)ids->data, ids->len);
  self->desk = xps_series_desk_new (self->session, &error);
  g_assert_no_error (error);
}

static void
on_grown (XpsSeriesLive *live, guint before, guint now, Bench *self)
{
  self->grown++;
}

static void
on_alarm (XpsSeriesLive *live, const char *message, Bench *self)
{
  self->alarms++;
}

static void
bench_init (Bench *self)
{
  g_autoptr (GError) error = NULL;
  *self = (Bench){.folder = g_dir_make_tmp ("corelevel-live-XXXXXX", &error)};
  g_assert_no_error (error);
  split (self);
  open_first (self, 3);
  self->live = xps_series_live_new (self->desk);
  g_signal_connect (self->live, "grown", G_CALLBACK (on_grown), self);
  g_signal_connect (self->live, "alarm", G_CALLBACK (on_alarm), self);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *file = g_build_filename (path, name, NULL);
    g_remove (file);
  }
  g_rmdir (path);
}

static void
bench_clear (Bench *self)
{
  xps_series_live_stop (self->live);
  g_object_unref (self->live);
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_object_unref (self->desk);
  g_object_unref (self->session);
  remove_folder (self->folder);
  g_free (self->folder);
  for (guint k = 0; k < STEPS; k++) {
    g_free (self->texts[k]);
    g_free (self->names[k]);
  }
}

static guint
count_steps (const Bench *self)
{
  return (guint)xps_series_get_n (xps_series_desk_get_series (self->desk));
}

static void
wait_for_steps (Bench *self, guint n)
{
  while (count_steps (self) < n)
    g_main_context_iteration (NULL, TRUE);
}

/* What is there is known, what comes is fitted, the result is of all steps; one step of undo for each frame.
 */
static void
test_frames (void)
{
  Bench bench;
  bench_init (&bench);
  XpsProject *project = xps_session_get_project (bench.session);
  g_autofree char *folder = xps_series_live_dup_folder (bench.live);
  g_assert_cmpstr (folder, ==, bench.folder);
  xps_series_live_start (bench.live, folder);
  g_assert_true (xps_series_live_is_on (bench.live));
  for (guint k = 3; k < 6; k++) {
    put (&bench, bench.names[k], bench.texts[k]);
    wait_for_steps (&bench, k + 1);
  }
  g_assert_cmpuint (bench.grown, ==, 3);
  const XpsSeriesReport *report = xps_series_desk_get_report (bench.desk);
  g_assert_nonnull (report);
  g_assert_false (xps_series_desk_is_stale (bench.desk));
  g_assert_cmpuint (report->run->steps->len, ==, 6);
  for (guint k = 0; k < 6; k++)
    g_assert_true (xps_series_run_get_step (report->run, k)->converged);
  g_assert_cmpfloat (xps_series_get_axis (report->series)->values[5], ==, 1.625);
  const XpsState *state = xps_project_get_state (project);
  g_assert_cmpuint (xps_state_get_n_regions (state), ==, 6);
  const XpsSeriesEntry *entry = xps_state_get_series (state, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSeriesRun) kept = xps_series_run_from_text (entry->result, "kept", report->series,
                                                            report->run->model, report->run->plan, &error);
  g_assert_no_error (error);
  for (guint k = 0; k < 6; k++)
    g_assert_cmpmem (xps_series_run_get_step (kept, k)->values, sizeof (double),
                     xps_series_run_get_step (report->run, k)->values, sizeof (double));
  const XpsRegion *last = xps_state_find_region (state, xps_series_desk_get_region (bench.desk, 5));
  g_assert_cmpuint (((XpsModelPart *)g_ptr_array_index (last->model->parts, 0))->components->len, >, 0);
  g_assert_true (xps_project_undo (project));
  g_assert_cmpuint (count_steps (&bench), ==, 5);
  g_assert_cmpuint (xps_state_get_n_regions (xps_project_get_state (project)), ==, 5);
  g_assert_cmpuint (xps_series_desk_get_report (bench.desk)->run->steps->len, ==, 5);
  g_assert_false (xps_series_desk_is_stale (bench.desk));
  g_assert_true (xps_project_redo (project));
  g_assert_cmpuint (count_steps (&bench), ==, 6);
  bench_clear (&bench);
}

/* The folder goes and comes back, a frame without beam wakes somebody, what is no frame does no harm. */
static void
test_trouble (void)
{
  Bench bench;
  bench_init (&bench);
  g_autofree char *away = g_strconcat (bench.folder, ".away", NULL);
  xps_series_live_start (bench.live, bench.folder);
  put (&bench, bench.names[3], bench.texts[3]);
  wait_for_steps (&bench, 4);
  g_assert_cmpint (g_rename (bench.folder, away), ==, 0);
  while (strstr (xps_series_live_get_status (bench.live), bench.folder) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_rename (away, bench.folder), ==, 0);
  put (&bench, "notes.csv", "x,y\n1,2\n2,3\n3,4\n");
  put (&bench, bench.names[4], bench.texts[4]);
  wait_for_steps (&bench, 5);
  g_assert_cmpuint (bench.alarms, ==, 0);
  g_autoptr (GString) dark = g_string_new ("x,y\n");
  for (guint i = 0; i <= 140; i++)
    g_string_append_printf (dark, "%d.%d,%u\n", 156 + (int)i / 10, (int)i % 10, 40 + i % 3);
  put (&bench, "cell_06_1.625V.csv", dark->str);
  wait_for_steps (&bench, 6);
  g_assert_cmpuint (bench.alarms, ==, 1);
  g_assert_cmpuint (xps_series_live_get_alarms (bench.live)->len, ==, 1);
  put (&bench, bench.names[6], bench.texts[6]);
  wait_for_steps (&bench, 7);
  g_assert_cmpuint (xps_series_live_get_alarms (bench.live)->len, ==, 0);
  bench_clear (&bench);
}

/* An edit of the document while a frame is fitted is not lost, and neither is the frame. */
static void
test_edited (void)
{
  Bench bench;
  bench_init (&bench);
  XpsProject *project = xps_session_get_project (bench.session);
  xps_series_live_start (bench.live, bench.folder);
  put (&bench, bench.names[3], bench.texts[3]);
  for (guint i = 0; count_steps (&bench) < 4; i++) {
    const XpsState *state = xps_project_get_state (project);
    g_autofree char *name = g_strdup_printf ("name %u", i);
    xps_project_edit (project, "name",
                      xps_state_rename_sample (state, xps_state_get_sample (state, 0)->id, name));
    for (guint k = 0; k < 50 && count_steps (&bench) < 4; k++) {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (2000);
    }
  }
  const XpsState *state = xps_project_get_state (project);
  g_assert_true (g_str_has_prefix (xps_state_get_sample (state, 0)->name, "name "));
  g_assert_cmpuint (xps_state_get_n_regions (state), ==, 4);
  g_assert_cmpuint (xps_series_desk_get_report (bench.desk)->run->steps->len, ==, 4);
  bench_clear (&bench);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

/* From the rename that makes a frame whole to its fit and trends in the document. */
static void
test_latency (void)
{
  Bench bench;
  double seconds[STEPS];
  guint n = 0;
  if (!g_test_perf ())
    return g_test_skip ("-m perf prints it");
  bench_init (&bench);
  xps_series_live_start (bench.live, bench.folder);
  for (guint k = 3; k < STEPS; k++) {
    const gint64 begun = g_get_monotonic_time ();
    put (&bench, bench.names[k], bench.texts[k]);
    wait_for_steps (&bench, k + 1);
    seconds[n++] = 1e-6 * (double)(g_get_monotonic_time () - begun);
  }
  qsort (seconds, n, sizeof (double), compare_numbers);
  g_test_minimized_result (seconds[n / 2], "live latency of %u frames: median %.2f s, longest %.2f s", n,
                           seconds[n / 2], seconds[n - 1]);
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/series-live/frames", test_frames);
  g_test_add_func ("/app/series-live/trouble", test_trouble);
  g_test_add_func ("/app/series-live/edited", test_edited);
  g_test_add_func ("/app/series-live/latency", test_latency);
  return g_test_run ();
}
