/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app.h"

#include "project/phase-link.h"

/* Regions whose areas are tied, as a window works on them: one fit for both, one step of undo. */

static XpsRegion *
lab_region (void)
{
  g_autoptr (GFile) file = app_sample ("li6ps5cl-s2p-lab.csv");
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) read = xps_file_open (g_file_peek_path (file), NULL, &error);
  g_assert_no_error (error);
  g_autoptr (XpsSource) source = xps_source_new (read, 0);
  XpsRegion *region = xps_region_new (g_ptr_array_index (read->spectra, 0), source);
  xps_model_free (region->model);
  region->model = app_sample_model ("li6ps5cl-s2p-lab.json");
  return region;
}

static XpsState *
two_tied_regions (guint *ids)
{
  g_autoptr (XpsRegion) region = lab_region ();
  g_autoptr (GError) error = NULL;
  guint sample;
  g_autoptr (XpsState) empty = xps_state_new ();
  g_autoptr (XpsState) with_sample = xps_state_add_sample (empty, "Li6PS5Cl", &sample);
  g_autoptr (XpsState) one = xps_state_add_region (with_sample, sample, region, &ids[0]);
  g_autoptr (XpsState) two = xps_state_add_region (one, sample, region, &ids[1]);
  g_autoptr (XpsPhaseLink) link = xps_phase_link_new ("Li6PS5Cl", 0, NULL);
  xps_phase_link_add (link, ids[0], "PS4 2p3/2", "S 2p", 1);
  xps_phase_link_add (link, ids[1], "PS4 2p3/2", "S 2p", 0.9);
  XpsState *tied = xps_state_add_link (two, link, &error);
  g_assert_no_error (error);
  return tied;
}

static double
area_of (XpsProject *project, guint id)
{
  const XpsRegion *region = xps_state_find_region (xps_project_get_state (project), id);
  return xps_model_get_parameter (region->model, "PS4 A")->value;
}

static XpsFitState
state_of (XpsProject *project, guint id)
{
  return xps_region_get_fit_state (xps_state_find_region (xps_project_get_state (project), id));
}

static void
test_fit_tied (void)
{
  guint ids[2];
  g_autoptr (XpsProject) project = xps_project_new ();
  xps_project_edit (project, "samples", two_tied_regions (ids));
  g_autoptr (XpsSession) session = xps_session_new (project);
  xps_session_show_region (session, ids[1]);
  const double before = area_of (project, ids[0]);
  xps_session_fit (session);
  APP_WAIT (!xps_session_get_fitting (session));
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (state_of (project, ids[i]), >, XPS_FIT_STATE_STALE);
  g_assert_cmpfloat (area_of (project, ids[1]), ==, 0.9 * area_of (project, ids[0]));
  g_assert_nonnull (xps_session_get_current_record (session));

  /* An area of one moves the other and makes both stale, in one step. */
  XpsModel *model = xps_session_dup_model (session);
  g_assert_true (xps_edit_set_value (model, 0, 0, "area", 1000, TRUE, NULL));
  xps_session_edit_model (session, "area", model);
  g_assert_cmpfloat_with_epsilon (area_of (project, ids[0]), 1000 / 0.9, 1e-9);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (state_of (project, ids[i]), ==, XPS_FIT_STATE_STALE);
  xps_project_undo (project);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (state_of (project, ids[i]), >, XPS_FIT_STATE_STALE);
  xps_project_undo (project);
  g_assert_cmpfloat (area_of (project, ids[0]), ==, before);
}

/* Another charge reference of one region is no news for the areas: both fits stand. */
static void
test_shift_tied (void)
{
  guint ids[2];
  g_autoptr (XpsProject) project = xps_project_new ();
  xps_project_edit (project, "samples", two_tied_regions (ids));
  g_autoptr (XpsSession) session = xps_session_new (project);
  xps_session_show_region (session, ids[0]);
  xps_session_fit (session);
  APP_WAIT (!xps_session_get_fitting (session));
  XpsModel *model = xps_session_dup_model (session);
  xps_edit_set_reference (model, 0, 0.5, 0.1, "C 1s 284.80 eV (test)");
  xps_session_edit_model (session, "charge reference", model);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (state_of (project, ids[i]), >, XPS_FIT_STATE_STALE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tie/fit", test_fit_tied);
  g_test_add_func ("/tie/shift", test_shift_tied);
  return g_test_run ();
}
