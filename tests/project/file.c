/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>

#include "fixture.h"

/* Saving and opening: what comes back is what went in, and who may write. */

static gboolean
stop_at_once (gsize evaluations, double objective, gpointer user_data)
{
  return FALSE;
}

/* The first region as a person leaves it: fitted, noted, with another photon energy. */
static XpsState *
worked_on (void)
{
  g_autoptr (XpsState) state = fixture_state ();
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsRegion) region = xps_region_copy (xps_state_get_region (state, 0));
  xps_model_free (region->model);
  region->model = fixture_model ();
  g_autoptr (XpsRegion) fitted = xps_region_fit (region, NULL, &error);
  g_assert_no_error (error);
  fitted->scale.photon_energy = 1486.7;
  fitted->scale_note = g_strdup ("Cu 2p3/2 says so");
  g_free (fitted->notes);
  fitted->notes = g_strdup ("looked at\ntwice \xf0\x9f\x94\xac");
  fitted->view = g_strdup ("{\"axis\": \"kinetic\"}");
  /* The last one did not come to an end, and has numbers that are none. */
  const XpsFitOptions options = {.progress = stop_at_once};
  g_autoptr (XpsRegion) other = xps_region_copy (xps_state_get_region (state, 3));
  xps_model_free (other->model);
  other->model = fixture_model ();
  other->weights = XPS_WEIGHTS_POISSON;
  g_autoptr (XpsRegion) stopped = xps_region_fit (other, &options, &error);
  g_assert_no_error (error);
  const XpsRegion *const regions[] = {fitted, stopped};
  return xps_state_with_regions (state, regions, 2);
}

static XpsState *
with_full_spectrum (const XpsState *state)
{
  g_autoptr (XpsSpectrum) spectrum = fixture_full_spectrum ();
  g_autoptr (XpsRegion) region = xps_region_new (spectrum, NULL);
  g_autoptr (XpsState) more = xps_state_add_region (state, xps_state_get_sample (state, 1)->id, region, NULL);
  return xps_state_set_sample_notes (more, xps_state_get_sample (more, 1)->id, "wet");
}

static void
test_round_trip (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a b.corelevel", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsProject) project = xps_project_new ();
  g_autoptr (XpsState) base = worked_on ();
  g_assert_cmpint (xps_region_get_fit_state (xps_state_get_region (base, 0)), ==, XPS_FIT_STATE_STALE);
  g_assert_cmpint (xps_region_get_fit_state (xps_state_get_region (base, 3)), ==, XPS_FIT_STATE_FAILED);
  xps_project_edit (project, "fit of S 2p", with_full_spectrum (base));
  g_assert_true (xps_project_save (project, path, &error));
  g_assert_no_error (error);
  g_assert_false (xps_project_get_modified (project));
  g_assert_cmpstr (xps_project_get_path (project), ==, path);
  g_autofree char *title = xps_project_dup_title (project);
  g_assert_cmpstr (title, ==, "a b");
  g_autoptr (XpsState) saved = xps_state_ref (xps_project_get_state (project));
  g_auto (GStrv) history = xps_project_dup_history (project);
  g_clear_object (&project);
  g_assert_cmpuint (fixture_count (folder), ==, 1); /* neither lock nor temporary file */

  project = xps_project_open (path, &error);
  g_assert_no_error (error);
  g_assert_null (xps_project_get_read_only_reason (project));
  g_assert_false (xps_project_get_modified (project));
  g_assert_null (xps_project_get_undo_label (project));
  fixture_same_state (saved, xps_project_get_state (project));
  g_auto (GStrv) after = xps_project_dup_history (project);
  g_assert_true (g_strv_equal ((const char *const *)history, (const char *const *)after));
  g_assert_true (g_str_has_suffix (after[0], "Z fit of S 2p"));
  g_clear_object (&project);
  fixture_remove (folder);
}

/* What was written must also open elsewhere: with the tables that the documentation names, and as bytes. */
static void
test_shared_spectrum (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsState) one = fixture_state ();
  const XpsRegion *first = xps_state_get_region (one, 0);
  const guint sample = first->sample;
  XpsState *state = xps_state_add_region (one, sample, first, NULL); /* the same measurement, another fit */
  state = fixture_add (state, sample, "S 2p", 1);                    /* read once more: equal, not the same */
  g_assert_true (xps_state_write (state, path, NULL, &error));
  g_autofree char *once = NULL, *twice = NULL;
  gsize n_once, n_twice;
  g_assert_true (g_file_get_contents (path, &twice, &n_twice, NULL));
  g_assert_true (xps_state_write (one, path, NULL, &error));
  g_assert_true (g_file_get_contents (path, &once, &n_once, NULL));
  g_assert_cmpuint (n_once, ==, n_twice); /* two more regions fit into the pages of their tables */
  g_assert_true (xps_state_write (state, path, NULL, &error));
  g_autoptr (XpsProject) project = xps_project_open (path, &error);
  g_assert_no_error (error);
  const XpsState *back = xps_project_get_state (project);
  g_assert_true (xps_state_get_region (back, 0)->spectrum == xps_state_get_region (back, 2)->spectrum);
  g_assert_true (xps_state_get_region (back, 0)->spectrum == xps_state_get_region (back, 3)->spectrum);
  fixture_same_state (state, back);
  xps_state_unref (state);
  g_clear_object (&project);
  fixture_remove (folder);
}

/* ---- who may write ---- */

static void
test_second_window (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autofree char *other = g_build_filename (folder, "b.corelevel", NULL);
  g_autofree char *link = g_build_filename (folder, "link.corelevel", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsProject) first = xps_project_new (), second = NULL, third = NULL;
  xps_project_edit (first, "begin", fixture_state ());
  g_assert_true (xps_project_save (first, path, &error));
  g_assert_cmpint (symlink ("a.corelevel", link), ==, 0);
  second = xps_project_open (link, &error);
  g_assert_no_error (error);
  g_assert_true (xps_project_get_read_only (second));
  g_assert_cmpstr (xps_project_get_read_only_reason (second), ==, "It is open in another window.");
  g_assert_false (xps_project_save (second, NULL, &error));
  g_assert_error (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_READ_ONLY);
  g_assert_true (
      g_str_has_suffix (error->message, ": It is open in another window: save it under another name"));
  g_clear_error (&error);
  g_assert_false (xps_project_save (second, path, &error)); /* nor under the other name of the same file */
  g_clear_error (&error);

  g_assert_true (xps_project_save (second, other, &error));
  g_assert_no_error (error);
  g_assert_false (xps_project_get_read_only (second));
  g_assert_cmpstr (xps_project_get_path (second), ==, other);
  g_assert_false (xps_project_save (first, other, &error)); /* now that one is taken */
  g_assert_error (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_cmpstr (xps_project_get_path (first), ==, path);

  g_clear_object (&first);
  third = xps_project_open (link, &error); /* its window is closed */
  g_assert_false (xps_project_get_read_only (third));
  xps_project_edit (third, "more",
                    fixture_add_sample (xps_state_ref (xps_project_get_state (third)), "x", NULL));
  g_assert_true (xps_project_save (third, NULL, &error));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK)); /* the file was replaced, not the link */
  g_clear_object (&second);
  g_clear_object (&third);
  fixture_remove (folder);
}

/* Run by test_other_process(): opens, tells what it sees, waits to be told to end. */
static int
run_child (const char *path)
{
  g_autoptr (XpsProject) project = xps_project_open (path, NULL);
  const char *reason = project != NULL ? xps_project_get_read_only_reason (project) : "cannot be opened";
  char c;
  g_autofree char *line = g_strdup_printf ("%s\n", reason != NULL ? reason : "may write");
  return write (STDOUT_FILENO, line, strlen (line)) > 0 && read (STDIN_FILENO, &c, 1) >= 0 ? 0 : 1;
}

static void
test_other_process (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autoptr (GError) error = NULL;
  char answer[200];
  g_autoptr (XpsState) state = fixture_state ();
  g_assert_true (xps_state_write (state, path, NULL, &error));
  const GPid holder = fixture_start_child ("--child", path, answer, sizeof answer);
  g_assert_cmpstr (answer, ==, "may write");
  const GPid second = fixture_start_child ("--child", path, answer, sizeof answer);
  g_autofree char *expected = g_strdup_printf ("It is open in another program (process %d).", holder);
  g_assert_cmpstr (answer, ==, expected);
  g_autoptr (XpsProject) project = xps_project_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (xps_project_get_read_only_reason (project), ==, expected);
  g_clear_object (&project);
  kill (holder, SIGKILL);
  waitpid (holder, NULL, 0);
  kill (second, SIGKILL);
  waitpid (second, NULL, 0);
  g_assert_cmpuint (fixture_count (folder), ==, 2); /* the lock file of the dead */
  project = xps_project_open (path, &error);
  g_assert_null (xps_project_get_read_only_reason (project));
  g_clear_object (&project);
  g_assert_cmpuint (fixture_count (folder), ==, 1);
  fixture_remove (folder);
}

/* A model that nobody can fit yet is kept as it is. */
static void
test_strange_model (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autoptr (XpsState) state = fixture_state ();
  g_autoptr (XpsRegion) region = xps_region_copy (xps_state_get_region (state, 1));
  g_autoptr (GError) error = NULL;
  XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  part->low = 1;
  part->high = 0.5;
  xps_model_add_parameter (region->model, "a", (double)NAN, -INFINITY, INFINITY); /* not known yet: fine */
  g_autoptr (XpsState) strange = xps_state_with_region (state, region);
  g_assert_true (xps_state_write (strange, path, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (XpsProject) project = xps_project_open (path, &error);
  g_assert_no_error (error);
  fixture_same_state (xps_project_get_state (project), strange);
  g_clear_object (&project);
  fixture_remove (folder);
}

/* ---- other versions ---- */

static char *
write_with (const char *folder, const char *name, const char *sql)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (XpsState) state = fixture_state ();
  g_autoptr (GError) error = NULL;
  const char *const history[] = {"2026-01-02T03:04:05Z import of a.vms", NULL};
  g_assert_true (xps_state_write (state, path, history, &error));
  sqlite3 *db = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return path;
}

static void
test_newer (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = write_with (folder, "a.corelevel", "PRAGMA user_version = 4");
  g_autoptr (GError) error = NULL;
  g_assert_null (xps_project_open (path, &error));
  g_assert_error (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_NEWER);
  g_autofree char *expected =
      g_strdup_printf ("%s: was written by a newer version of Corelevel: update Corelevel to open it", path);
  g_assert_cmpstr (error->message, ==, expected);
  fixture_remove (folder);
}

/* `sql` takes a file back to an older version, which is kept aside as `kept_as`. */
static void
check_older (const char *sql, const char *kept_as)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = write_with (folder, "a.corelevel", sql);
  g_autofree char *kept = g_strconcat (path, kept_as, NULL);
  g_autofree char *before = NULL, *opened = NULL, *old = NULL;
  gsize n_before, n_opened, n_old;
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  g_autoptr (XpsProject) project = xps_project_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &opened, &n_opened, NULL));
  g_assert_cmpmem (before, n_before, opened, n_opened); /* opening changes nothing */
  g_autoptr (XpsState) expected = fixture_state ();
  fixture_same_state (xps_project_get_state (project), expected);
  g_assert_cmpstr (xps_state_get_sample (xps_project_get_state (project), 0)->notes, ==, "");
  g_assert_false (g_file_test (kept, G_FILE_TEST_EXISTS));
  g_autofree char *told = xps_project_dup_older_name (project), *name = g_path_get_basename (kept);
  g_assert_cmpstr (told, ==, name);
  xps_project_set_view (project, xps_state_get_region (xps_project_get_state (project), 0)->id,
                        "{\"log\":true}");
  g_assert_false (xps_project_take_unsaved_views (project)); /* looking at it does not change it */
  g_autoptr (XpsProject) seen = g_steal_pointer (&project);
  g_clear_object (&seen);
  project = xps_project_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (xps_project_save (project, NULL, &error));
  g_assert_null (xps_project_dup_older_name (project));
  g_assert_true (g_file_get_contents (kept, &old, &n_old, NULL));
  g_assert_cmpmem (before, n_before, old, n_old);
  g_assert_true (xps_project_save (project, NULL, &error)); /* the present version is not kept aside */
  g_assert_cmpuint (fixture_count (folder), ==, 3);         /* file, old one, lock */
  g_clear_object (&project);
  project = xps_project_open (path, &error);
  g_assert_no_error (error);
  fixture_same_state (xps_project_get_state (project), expected);
  g_clear_object (&project);
  fixture_remove (folder);
}

/* What was read is part of a version: undo takes it back, and the file keeps it. */
static void
test_reading_log (void)
{
  static const char log[] = "/data/a.vms\n  Read: 1 spectrum, as VAMAS\n  Note: \302\265 guessed\n";
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsProject) project = xps_project_new ();
  xps_project_edit (project, "import", fixture_state ());
  g_assert_cmpstr (xps_state_get_reading_log (xps_project_get_state (project)), ==, "");
  xps_project_edit (project, "log", xps_state_with_reading_log (xps_project_get_state (project), log));
  xps_project_undo (project);
  g_assert_cmpstr (xps_state_get_reading_log (xps_project_get_state (project)), ==, "");
  xps_project_redo (project);
  const XpsState *state = xps_project_get_state (project);
  xps_project_edit (project, "name",
                    xps_state_rename_sample (state, xps_state_get_sample (state, 0)->id, "Another"));
  g_assert_cmpstr (xps_state_get_reading_log (xps_project_get_state (project)), ==, log);
  g_assert_true (xps_project_save (project, path, &error));
  g_clear_object (&project);
  project = xps_project_open (path, &error);
  g_assert_no_error (error);
  state = xps_project_get_state (project);
  g_assert_cmpstr (xps_state_get_reading_log (state), ==, log);
  xps_project_edit (project, "forget", xps_state_with_reading_log (state, "a\377b"));
  g_assert_true (g_utf8_validate (xps_state_get_reading_log (xps_project_get_state (project)), -1, NULL));
  xps_project_edit (project, "forget", xps_state_with_reading_log (state, NULL));
  g_assert_true (xps_project_save (project, NULL, &error));
  g_clear_object (&project);
  project = xps_project_open (path, &error);
  g_assert_cmpstr (xps_state_get_reading_log (xps_project_get_state (project)), ==, "");
  g_clear_object (&project);
  fixture_remove (folder);
}

/* Version 0 had no notes of samples, version 1 no links between phases, version 2 no series. */
static void
test_older (void)
{
  check_older ("DROP TABLE series; PRAGMA user_version = 2; VACUUM", ".v2");
  check_older ("DROP TABLE series; DROP TABLE phase_links; PRAGMA user_version = 1; VACUUM", ".v1");
  check_older (
      "DROP TABLE series; "

      "DROP TABLE phase_links; ALTER TABLE samples DROP COLUMN notes; PRAGMA user_version = 0; VACUUM",
      ".v0");
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--child") == 0)
    return run_child (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file/round-trip", test_round_trip);
  g_test_add_func ("/file/shared-spectrum", test_shared_spectrum);
  g_test_add_func ("/file/second-window", test_second_window);
  g_test_add_func ("/file/other-process", test_other_process);
  g_test_add_func ("/file/strange-model", test_strange_model);
  g_test_add_func ("/file/newer", test_newer);
  g_test_add_func ("/file/older", test_older);
  g_test_add_func ("/file/reading-log", test_reading_log);
  return g_test_run ();
}
