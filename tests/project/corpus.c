/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

/* Every measured file of the corpus that we read, in one document, through the file and through the journal:
 * each value of each spectrum as its reader gave it. */

static XpsState *
import_corpus (void)
{
  g_autofree char *list = test_shared_path ("corpus/manifest.csv");
  g_autofree char *root = test_shared_path ("corpus/files");
  if (list == NULL || root == NULL)
    return NULL;
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (list, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  XpsState *state = xps_state_new ();
  for (guint i = 1; lines[i] != NULL; i++) {
    g_auto (GStrv) cells = g_strsplit (lines[i], ",", 2);
    g_autofree char *path = cells[0] != NULL ? g_build_filename (root, cells[0], NULL) : NULL;
    g_autoptr (XpsFile) file = path != NULL ? xps_file_open (path, NULL, NULL) : NULL;
    if (file == NULL)
      continue;
    XpsState *next = xps_state_import (state, file, NULL);
    xps_state_unref (state);
    state = next;
  }
  return state;
}

/* The fits that came with the files, too. */
static XpsState *
take_fits (XpsState *take_state)
{
  g_autoptr (XpsState) state = take_state;
  g_autoptr (GPtrArray) regions = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  for (guint i = 0; i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    XpsRegion *taken = xps_region_take_stored_fit (region, NULL, NULL);
    if (taken != NULL)
      g_ptr_array_add (regions, taken);
  }
  g_test_message ("%u regions, %u with a fit", xps_state_get_n_regions (state), regions->len);
  return xps_state_with_regions (state, (const XpsRegion *const *)regions->pdata, regions->len);
}

static void
test_corpus (void)
{
  XpsState *imported = import_corpus ();
  if (imported == NULL)
    return;
  g_autoptr (XpsState) state = take_fits (imported);
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_cmpuint (xps_state_get_n_regions (state), >, 300);
  g_autoptr (XpsProject) project = xps_project_new ();
  g_assert_true (xps_project_start_journal (project, folder, &error));
  xps_project_edit (project, "import", xps_state_ref (state));
  g_assert_true (xps_project_flush_journal (project, &error));
  g_assert_no_error (error);
  g_clear_object (&project);

  g_autoptr (GPtrArray) offers = xps_recovery_list (folder);
  g_assert_cmpuint (offers->len, ==, 1);
  project = xps_recovery_open (offers->pdata[0], &error);
  g_assert_no_error (error);
  fixture_same_state (xps_project_get_state (project), state);
  g_assert_true (xps_project_save (project, path, &error));
  g_assert_no_error (error);
  g_clear_object (&project);

  project = xps_project_open (path, &error);
  g_assert_no_error (error);
  fixture_same_state (xps_project_get_state (project), state);
  g_clear_object (&project);
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/corpus/all", test_corpus);
  return g_test_run ();
}
