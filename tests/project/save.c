/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <utime.h>

#include "fixture.h"

/* What goes wrong while a document is written: the file is the new one or as it was, and one sentence says
 * why. */

static void
assert_write_fails (const XpsState *state, const char *path, const char *what)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (xps_state_write (state, path, NULL, &error));
  g_assert_error (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_WRITE);
  g_autofree char *beginning = g_strdup_printf ("%s: %s", path, what);
  if (!g_str_has_prefix (error->message, beginning))
    g_error ("%s", error->message);
  g_assert_null (strchr (error->message, '\n'));
}

/* The limit of the size of a file acts as a disk that is full, for root, too. Every size: the failure comes
 * at any of the writes. */
static void
test_full_disk (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsState) small = fixture_state (), large = xps_state_ref (small);
  g_assert_true (xps_state_write (small, path, NULL, &error));
  g_autofree char *before = NULL, *after = NULL;
  gsize n_before, n_after;
  g_assert_true (g_file_get_contents (path, &before, &n_before, NULL));
  for (guint i = 0; i < 8; i++) {
    XpsState *next =
        fixture_add (g_steal_pointer (&large), xps_state_get_sample (small, 0)->id, "more", 10 + i);
    large = next;
  }
  struct rlimit limit, old;
  getrlimit (RLIMIT_FSIZE, &old);
  signal (SIGXFSZ, SIG_IGN);
  for (rlim_t size = 0; size <= n_before; size += 1500) {
    limit = (struct rlimit){size, old.rlim_max};
    setrlimit (RLIMIT_FSIZE, &limit);
    assert_write_fails (large, path, "there is no room for it: free some space");
  }
  setrlimit (RLIMIT_FSIZE, &old);
  g_assert_cmpuint (fixture_count (folder), ==, 1);
  g_assert_true (g_file_get_contents (path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);

  g_autoptr (XpsProject) project = xps_project_open (path, &error);
  xps_project_edit (project, "more", xps_state_ref (large));
  limit = (struct rlimit){5000, old.rlim_max};
  setrlimit (RLIMIT_FSIZE, &limit);
  g_assert_false (xps_project_save (project, NULL, &error));
  setrlimit (RLIMIT_FSIZE, &old);
  g_clear_error (&error);
  g_assert_true (xps_project_get_modified (project)); /* nothing is lost: try again */
  g_assert_true (xps_project_save (project, NULL, &error));
  g_clear_object (&project);
  project = xps_project_open (path, &error);
  fixture_same_state (xps_project_get_state (project), large);
  g_clear_object (&project);
  fixture_remove (folder);
}

static void
test_bad_places (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *below = g_build_filename (file, "a.corelevel", NULL);
  g_autofree char *gone = g_build_filename (folder, "gone", "a.corelevel", NULL);
  g_autofree char *gone_folder = g_path_get_dirname (gone);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsState) state = fixture_state ();
  g_assert_true (g_file_set_contents (file, "x", 1, NULL));
  assert_write_fails (state, below, "its folder is not there: save it in another place");
  assert_write_fails (state, gone, "its folder is not there: save it in another place");
  assert_write_fails (state, folder, "is a folder: choose a name for a file");
  assert_write_fails (state, "/proc/a.corelevel", "its folder"); /* not there, or not to be written to */

  /* A share that vanishes while the document is open, and comes back. */
  g_assert_cmpint (g_mkdir (gone_folder, 0700), ==, 0);
  g_autoptr (XpsProject) project = xps_project_new ();
  xps_project_edit (project, "begin", xps_state_ref (state));
  g_assert_true (xps_project_save (project, gone, &error));
  xps_project_edit (project, "more", fixture_add_sample (xps_state_ref (state), "x", NULL));
  fixture_remove (gone_folder);
  g_assert_false (xps_project_save (project, NULL, &error));
  g_assert_error (error, XPS_PROJECT_ERROR, XPS_PROJECT_ERROR_WRITE);
  g_clear_error (&error);
  g_assert_true (xps_project_get_modified (project));
  g_assert_cmpint (g_mkdir (gone_folder, 0700), ==, 0);
  g_assert_true (xps_project_save (project, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (XpsProject) second = xps_project_open (gone, &error);
  g_assert_true (xps_project_get_read_only (second)); /* locked anew, in the new folder */
  g_clear_object (&second);
  g_clear_object (&project);
  fixture_remove (folder);
}

/* ---- killed while it saves ---- */

/* A document of its number of regions, big enough that a save takes a while. */
static XpsState *
numbered_state (guint n)
{
  guint sample;
  XpsState *state = fixture_add_sample (xps_state_new (), "a", &sample);
  for (guint i = 0; i < n; i++) {
    g_autoptr (XpsSpectrum) spectrum = fixture_spectrum_n ("S 2p", i, 2000);
    g_autoptr (XpsRegion) region = xps_region_new (spectrum, NULL);
    XpsState *next = xps_state_add_region (state, sample, region, NULL);
    xps_state_unref (state);
    state = next;
  }
  return state;
}

static int
run_saver (const char *path)
{
  XpsState *const states[] = {numbered_state (5), numbered_state (6), numbered_state (7), numbered_state (8)};
  for (guint i = 0;; i++)
    if (!xps_state_write (states[i % 4], path, NULL, NULL) || write (STDOUT_FILENO, "saved\n", 6) != 6)
      return 1;
}

static void
test_killed (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  for (guint i = 0; i < (g_test_slow () ? 200 : 12); i++) {
    g_autoptr (GError) error = NULL;
    char answer[200];
    const GPid child = fixture_start_child ("--saver", path, answer, sizeof answer);
    g_usleep ((gulong)g_test_rand_int_range (0, 20000));
    kill (child, SIGKILL);
    waitpid (child, NULL, 0);
    g_autoptr (XpsProject) project = xps_project_open (path, &error);
    g_assert_no_error (error);
    const guint n = xps_state_get_n_regions (xps_project_get_state (project));
    g_assert_cmpuint (n, >=, 5);
    g_autoptr (XpsState) expected = numbered_state (n);
    fixture_same_state (xps_project_get_state (project), expected);
  }
  /* What the killed ones left goes with a later save. */
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  const struct utimbuf old = {1, 1};
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *file = g_build_filename (folder, name, NULL);
    g_utime (file, (struct utimbuf *)&old);
  }
  g_autoptr (XpsState) state = xps_state_new ();
  g_assert_true (xps_state_write (state, path, NULL, NULL));
  g_assert_cmpuint (fixture_count (folder), ==, 1);
  fixture_remove (folder);
}

/* Rights of the old file stay, those of a new one are the folder's usual ones. */
static void
test_rights (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autoptr (XpsState) state = xps_state_new ();
  struct stat status;
  const mode_t mask = umask (027);
  g_assert_true (xps_state_write (state, path, NULL, NULL));
  umask (mask);
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0640);
  g_assert_cmpint (g_chmod (path, 0664), ==, 0);
  g_assert_true (xps_state_write (state, path, NULL, NULL));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0664);
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--saver") == 0)
    return run_saver (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/save/full-disk", test_full_disk);
  g_test_add_func ("/save/bad-places", test_bad_places);
  g_test_add_func ("/save/killed", test_killed);
  g_test_add_func ("/save/rights", test_rights);
  return g_test_run ();
}
