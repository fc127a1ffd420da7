/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

/* Saving and opening: what comes back is what went in, and who may write. */

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
  return xps_state_with_region (state, fitted);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file/round-trip", test_round_trip);
  return g_test_run ();
}
