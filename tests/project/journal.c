/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sys/wait.h>

#include "fixture.h"

/* The crash journal: a child works on a document and is killed at any moment; what its last flush said must
 * be there. The child's edits follow from their number, so that this process can make the same document
 * without a journal. */

/* ---- edits by number ---- */

static void
edit_notes (XpsProject *project, guint k)
{
  const XpsState *state = xps_project_get_state (project);
  const guint n = xps_state_get_n_regions (state);
  g_autoptr (XpsRegion) region = xps_region_copy (xps_state_get_region (state, k % n));
  g_free (region->notes);
  region->notes = g_strdup_printf ("edit %u", k);
  xps_project_edit_region (project, "notes", region);
}

static void
edit_model (XpsProject *project, guint k)
{
  const XpsState *state = xps_project_get_state (project);
  g_autoptr (XpsRegion) region =
      xps_region_copy (xps_state_get_region (state, (k * 7) % xps_state_get_n_regions (state)));
  xps_model_free (region->model);
  region->model = fixture_model ();
  ((XpsParameter *)g_ptr_array_index (region->model->parameters, 0))->value = 163 + 1. / (k + 1);
  xps_project_edit_region (project, "model", region);
}

static void
edit_add (XpsProject *project, guint k)
{
  const XpsState *state = xps_project_get_state (project);
  g_autoptr (XpsRegion) region = fixture_region ("new", k);
  const guint sample = xps_state_get_sample (state, k % xps_state_get_n_samples (state))->id;
  xps_project_edit (project, "add", xps_state_add_region (state, sample, region, NULL));
}

static void
edit_remove (XpsProject *project, guint k)
{
  const XpsState *state = xps_project_get_state (project);
  const guint id = xps_state_get_region (state, k % xps_state_get_n_regions (state))->id;
  if (xps_state_get_n_regions (state) > 3)
    xps_project_edit (project, "remove", xps_state_remove_regions (state, &id, 1));
}

static void
do_edit (XpsProject *project, guint k)
{
  if (k == 0)
    xps_project_edit (project, "begin", fixture_state ());
  else if (k % 11 == 10)
    edit_remove (project, k);
  else if (k % 5 == 4)
    xps_project_undo (project);
  else if (k % 5 == 3)
    edit_add (project, k);
  else if (k % 5 == 2)
    edit_model (project, k);
  else
    edit_notes (project, k);
}

/* The document after the first n edits, as it would be without a crash. */
static XpsProject *
redo_edits (guint n)
{
  XpsProject *project = xps_project_new ();
  for (guint k = 0; k < n; k++)
    do_edit (project, k);
  return project;
}

/* ---- the child ---- */

static int
run_child (const char *folder)
{
  g_autoptr (XpsProject) project = xps_project_new ();
  g_autoptr (GError) error = NULL;
  if (!xps_project_start_journal (project, folder, &error))
    return 1;
  for (guint k = 0;; k++) {
    do_edit (project, k);
    if (!xps_project_flush_journal (project, &error) || write (STDOUT_FILENO, "x", 1) != 1)
      return 1;
  }
}

/* Number of flushes that the child told of before it was killed. */
static guint
kill_child (const char *folder, guint wait_us)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  const char *const arguments[] = {self, "--child", folder, NULL};
  g_autoptr (GError) error = NULL;
  GPid pid;
  int out;
  g_spawn_async_with_pipes (NULL, (char **)arguments, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                            &out, NULL, &error);
  g_assert_no_error (error);
  char buffer[4096];
  guint n = 0;
  g_assert_cmpint (read (out, buffer, 1), ==, 1); /* the first flush */
  n++;
  g_usleep (wait_us);
  kill (pid, SIGKILL);
  for (gssize got; (got = read (out, buffer, sizeof buffer)) > 0;)
    n += (guint)got;
  close (out);
  waitpid (pid, NULL, 0);
  return n;
}

static guint
count_history (XpsProject *project)
{
  g_auto (GStrv) history = xps_project_dup_history (project);
  return g_strv_length (history);
}

/* The flush that followed the last one told of may have come through, too. */
static void
check_recovered (XpsProject *project, guint n)
{
  g_autoptr (XpsProject) told = redo_edits (n), further = redo_edits (n + 1);
  const XpsRegion *changed = NULL;
  const XpsState *state = xps_project_get_state (project), *next = xps_project_get_state (further);
  gboolean is_next =
      count_history (project) != count_history (told) ||
      xps_state_get_n_regions (state) != xps_state_get_n_regions (xps_project_get_state (told));
  for (guint i = 0; !is_next && i < xps_state_get_n_regions (state); i++) {
    changed = xps_state_get_region (state, i);
    const XpsRegion *expected = xps_state_find_region (xps_project_get_state (told), changed->id);
    is_next = expected == NULL || strcmp (changed->notes, expected->notes) != 0 ||
              !xps_model_equal (changed->model, expected->model);
  }
  g_assert_cmpuint (count_history (project), ==, count_history (is_next ? further : told));
  fixture_same_state (state, is_next ? next : xps_project_get_state (told));
}

static void
test_kill (void)
{
  const guint rounds = g_test_slow () ? 200 : 25;
  for (guint i = 0; i < rounds; i++) {
    g_autofree char *folder = fixture_folder ();
    g_autoptr (GError) error = NULL;
    const guint n = kill_child (folder, (guint)g_test_rand_int_range (0, 30000));
    g_autoptr (GPtrArray) list = xps_recovery_list (folder);
    g_assert_cmpuint (list->len, ==, 1);
    const XpsRecovery *recovery = g_ptr_array_index (list, 0);
    g_assert_null (recovery->path);
    g_assert_cmpstr (recovery->title, ==, "Untitled");
    g_assert_cmpuint (strlen (recovery->time), ==, 19);
    g_autoptr (XpsProject) project = xps_recovery_open (recovery, &error);
    g_assert_no_error (error);
    g_assert_true (xps_project_get_modified (project));
    g_assert_cmpuint (xps_state_get_n_regions (xps_project_get_state (project)), ==, recovery->n_regions);
    check_recovered (project, n);
    xps_project_stop_journal (project);
    g_clear_object (&project);
    g_assert_cmpuint (fixture_count (folder), ==, 0);
    fixture_remove (folder);
  }
}

/* ---- whose it is ---- */

static void
assert_offers (const char *folder, guint n)
{
  g_autoptr (GPtrArray) list = xps_recovery_list (folder);
  g_assert_cmpuint (list->len, ==, n);
}

static void
test_living (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autofree char *journals = g_build_filename (folder, "new", "journals", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsProject) project = redo_edits (9);
  g_assert_true (xps_project_start_journal (project, journals, &error));
  g_assert_true (xps_project_start_journal (project, journals, &error)); /* has one already */
  g_assert_true (xps_project_flush_journal (project, &error));
  g_assert_no_error (error);
  assert_offers (journals, 0); /* it is alive */
  g_clear_object (&project);   /* forgotten without a word: kept */
  assert_offers (journals, 1);

  g_autoptr (GPtrArray) list = xps_recovery_list (journals);
  project = xps_recovery_open (list->pdata[0], &error);
  g_assert_no_error (error);
  g_assert_null (xps_recovery_open (list->pdata[0], &error)); /* taken over already */
  g_assert_error (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_WRITE);
  g_clear_error (&error);
  xps_recovery_discard (list->pdata[0]); /* and not to be discarded any more */
  assert_offers (journals, 0);
  xps_project_edit (project, "more",
                    fixture_add_sample (xps_state_ref (xps_project_get_state (project)), "more", NULL));
  g_assert_true (xps_project_flush_journal (project, &error));
  g_assert_true (xps_project_undo (project));
  g_assert_true (xps_project_get_modified (project)); /* no file holds even the beginning */
  g_assert_true (xps_project_save (project, path, &error));
  g_assert_no_error (error);
  g_clear_object (&project);
  assert_offers (journals, 0); /* saved, so it went with the document */
  g_assert_cmpuint (fixture_count (journals), ==, 0);
  fixture_remove (folder);
}

/* A document with a file: the offer knows it, and what was saved is not offered. */
static void
test_saved (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "S 2p.corelevel", NULL);
  g_autoptr (GError) error = NULL;
  for (int edited = 0; edited < 2; edited++) {
    g_autoptr (XpsProject) project = redo_edits (3);
    g_assert_true (xps_project_start_journal (project, folder, &error));
    g_assert_true (xps_project_save (project, path, &error));
    edit_notes (project, 77);
    g_assert_true (xps_project_flush_journal (project, &error));
    if (!edited) {
      xps_project_undo (project); /* back to what the file holds */
      g_assert_false (xps_project_get_modified (project));
      g_assert_true (xps_project_flush_journal (project, &error));
    }
    g_assert_no_error (error);
    g_autoptr (XpsState) last = xps_state_ref (xps_project_get_state (project));
    g_clear_object (&project);
    g_autoptr (GPtrArray) list = xps_recovery_list (folder);
    g_assert_cmpuint (list->len, ==, (guint)edited);
    if (!edited)
      continue;
    const XpsRecovery *recovery = list->pdata[0];
    g_assert_cmpstr (recovery->path, ==, path);
    g_assert_cmpstr (recovery->title, ==, "S 2p");
    project = xps_recovery_open (recovery, &error);
    g_assert_no_error (error);
    g_assert_cmpstr (xps_project_get_path (project), ==, path);
    g_assert_null (xps_project_get_read_only_reason (project));
    fixture_same_state (xps_project_get_state (project), last);
    g_assert_true (xps_project_save (project, NULL, &error)); /* to its old path */
    g_assert_no_error (error);
  }
  g_assert_cmpuint (fixture_count (folder), ==, 1);
  fixture_remove (folder);
}

static void
test_discard (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsProject) project = redo_edits (3), untouched = xps_project_new ();
  g_assert_true (xps_project_start_journal (project, folder, &error));
  g_assert_true (xps_project_start_journal (untouched, folder, &error));
  g_assert_true (xps_project_flush_journal (project, &error));
  g_assert_true (xps_project_flush_journal (untouched, &error));
  g_clear_object (&untouched);
  g_clear_object (&project);
  g_autoptr (GPtrArray) list = xps_recovery_list (folder);
  g_assert_cmpuint (list->len, ==, 1);
  xps_recovery_discard (list->pdata[0]);
  g_assert_cmpuint (fixture_count (folder), ==, 0);
  fixture_remove (folder);
}

/* A journal that cannot be kept says so; one that is damaged neither stops the list nor crashes. */
static void
test_failures (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *below = g_build_filename (folder, "file", "folder", NULL);
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *bad = g_build_filename (folder, "x.corelevel-journal", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsProject) project = redo_edits (1);
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  g_assert_false (xps_project_start_journal (project, below, &error));
  g_assert_error (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_WRITE);
  g_assert_true (xps_project_flush_journal (project, NULL)); /* none: nothing to do */
  xps_project_stop_journal (project);
  for (gsize n = 1; n < 3000; n += 977) {
    g_autofree char *noise = g_malloc (n);
    memset (noise, (int)n, n);
    g_assert_true (g_file_set_contents (bad, noise, (gssize)n, NULL));
    assert_offers (folder, 0);
  }
  assert_offers (below, 0);
  fixture_remove (folder);
}

/* ---- elsewhere than on this thread ---- */

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (xps_project_flush_journal_finish (XPS_PROJECT (source), result, &error));
  g_assert_no_error (error);
  --*(int *)data;
}

static void
test_async (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsProject) project = xps_project_new ();
  int left = 0;
  xps_project_flush_journal_async (project, on_flushed, &left); /* without a journal: done */
  left++;
  g_assert_true (xps_project_start_journal (project, folder, &error));
  for (guint k = 0; k < 40; k++) {
    do_edit (project, k);
    left++;
    xps_project_flush_journal_async (project, on_flushed, &left);
  }
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (XpsState) last = xps_state_ref (xps_project_get_state (project));
  left++;
  xps_project_flush_journal_async (project, on_flushed, &left);
  g_clear_object (&project); /* while the write may be under way */
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_autoptr (GPtrArray) list = xps_recovery_list (folder);
  g_assert_cmpuint (list->len, ==, 1);
  project = xps_recovery_open (list->pdata[0], &error);
  g_assert_no_error (error);
  fixture_same_state (xps_project_get_state (project), last);
  xps_project_stop_journal (project);
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--child") == 0)
    return run_child (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/kill", test_kill);
  g_test_add_func ("/journal/living", test_living);
  g_test_add_func ("/journal/saved", test_saved);
  g_test_add_func ("/journal/discard", test_discard);
  g_test_add_func ("/journal/failures", test_failures);
  g_test_add_func ("/journal/async", test_async);
  return g_test_run ();
}
