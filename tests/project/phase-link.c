/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "fit/edit.h"
#include "project/phase-link.h"
#include "project/series-entry.h"

/* Areas tied across regions of a document: edits, undo by versions, files, fits. */

/* Regions 1, 2, 3 with the doublet of fixture_model(). */
static XpsState *
tied_state (double tolerance, double factor)
{
  g_autoptr (XpsState) state = fixture_state ();
  g_autoptr (GError) error = NULL;
  for (guint id = 1; id <= 3; id++) {
    XpsRegion *region = xps_region_copy (xps_state_find_region (state, id));
    xps_model_free (region->model);
    region->model = fixture_model ();
    XpsState *next = xps_state_with_region (state, region);
    xps_region_unref (region);
    xps_state_unref (state);
    state = next;
  }
  g_autoptr (XpsPhaseLink) link = xps_phase_link_new ("Li2S", tolerance, "Al K\xce\xb1");
  xps_phase_link_add (link, 1, "A", "S 2p", 1);
  xps_phase_link_add (link, 2, "A", NULL, factor);
  XpsState *linked = xps_state_add_link (state, link, &error);
  g_assert_no_error (error);
  return linked;
}

static double
area_of (const XpsState *state, guint id)
{
  const XpsRegion *region = xps_state_find_region (state, id);
  return xps_model_get_parameter (region->model, "A.area")->value;
}

static XpsState *
with_area (const XpsState *state, guint id, double area)
{
  g_autoptr (XpsRegion) region = xps_region_copy (xps_state_find_region (state, id));
  g_assert_true (xps_edit_set_value (region->model, 0, 0, "area", area, FALSE, NULL));
  return xps_state_edit_regions (state, (const XpsRegion *const[]){region}, 1);
}

static void
test_exact (void)
{
  g_autoptr (XpsState) state = tied_state (0, 0.6);
  g_assert_cmpfloat (area_of (state, 2), ==, 0.6 * 3000);
  g_autoptr (XpsState) first = with_area (state, 1, 1234.5);
  g_assert_cmpfloat (area_of (first, 2), ==, 0.6 * 1234.5);
  g_autoptr (XpsState) second = with_area (first, 2, 900);
  g_assert_cmpfloat_with_epsilon (area_of (second, 1), 1500, 1e-9); /* a division and back */
  g_assert_cmpfloat (area_of (second, 3), ==, 3000);                /* not tied */
  g_assert_cmpfloat (area_of (state, 1), ==, 3000);                 /* what was, stays: this is undo */
}

static void
test_tolerance (void)
{
  g_autoptr (XpsState) state = tied_state (0.1, 1);
  g_autoptr (XpsState) within = with_area (state, 2, 3200);
  g_assert_cmpfloat (area_of (within, 1), ==, 3000);
  g_autoptr (XpsState) above = with_area (state, 2, 4400);
  g_assert_cmpfloat_with_epsilon (area_of (above, 1), 4000, 1e-9);
  g_autoptr (XpsState) below = with_area (state, 1, 1000);
  g_assert_cmpfloat_with_epsilon (area_of (below, 2), 1100, 1e-9);
}

static void
test_fit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsState) state = tied_state (0, 0.8);
  g_autoptr (GArray) linked = xps_state_list_linked (state, 2);
  g_assert_cmpuint (linked->len, ==, 2);
  g_assert_cmpint (xps_region_get_fit_state (xps_state_find_region (state, 1)), ==, XPS_FIT_STATE_UNFITTED);
  g_autoptr (GPtrArray) fits = xps_state_fit_linked (state, 2, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fits->len, ==, 2);
  g_autoptr (XpsState) fitted = xps_state_take_fits (state, (const XpsRegion *const *)fits->pdata, fits->len);
  g_assert_cmpfloat (area_of (fitted, 2), ==, 0.8 * area_of (fitted, 1));
  g_assert_cmpint (xps_region_get_fit_state (xps_state_find_region (fitted, 1)), >, XPS_FIT_STATE_STALE);
  /* Another width in one region: the numbers of the other came from it, too. */
  g_autoptr (XpsRegion) edited = xps_region_copy (xps_state_find_region (fitted, 1));
  g_assert_true (xps_edit_set_value (edited->model, 0, 0, "fwhm", 1.1, FALSE, NULL));
  g_autoptr (XpsState) stale = xps_state_edit_regions (fitted, (const XpsRegion *const[]){edited}, 1);
  g_assert_cmpint (xps_region_get_fit_state (xps_state_find_region (stale, 2)), ==, XPS_FIT_STATE_STALE);
  g_assert_cmpint (xps_region_get_fit_state (xps_state_find_region (fitted, 2)), >, XPS_FIT_STATE_STALE);
  g_autoptr (XpsState) untied = xps_state_remove_link (fitted, 0);
  g_assert_cmpint (xps_region_get_fit_state (xps_state_find_region (untied, 2)), ==, XPS_FIT_STATE_STALE);
}

static void
test_components_come_and_go (void)
{
  g_autoptr (XpsState) state = tied_state (0, 0.6);
  g_autoptr (XpsRegion) region = xps_region_copy (xps_state_find_region (state, 2));
  g_assert_true (xps_edit_rename_component (region->model, 0, 0, "sulfide", NULL));
  g_autoptr (XpsState) renamed = xps_state_edit_regions (state, (const XpsRegion *const[]){region}, 1);
  const XpsPhaseLink *link = xps_state_get_link (renamed, 0);
  g_assert_cmpstr (((const XpsLinkedArea *)g_ptr_array_index (link->areas, 1))->component, ==, "sulfide");
  g_autoptr (XpsRegion) without = xps_region_copy (xps_state_find_region (renamed, 2));
  xps_edit_remove_component (without->model, 0, 0);
  g_autoptr (XpsState) removed = xps_state_edit_regions (renamed, (const XpsRegion *const[]){without}, 1);
  g_assert_cmpuint (xps_state_get_n_links (removed), ==, 0); /* one area ties nothing */
  g_autoptr (XpsState) gone = xps_state_remove_regions (state, (const guint[]){1}, 1);
  g_assert_cmpuint (xps_state_get_n_links (gone), ==, 0);
  g_autoptr (XpsState) untied = xps_state_remove_link (state, 0);
  g_assert_cmpuint (xps_state_get_n_links (untied), ==, 0);
  g_assert_cmpfloat (area_of (untied, 2), ==, area_of (state, 2));
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsState) state = tied_state (0, 0.6);
  g_autoptr (XpsPhaseLink) twice = xps_phase_link_new ("Li2O", 0, NULL);
  xps_phase_link_add (twice, 1, "A", NULL, 1);
  xps_phase_link_add (twice, 3, "A", NULL, 1);
  g_assert_null (xps_state_add_link (state, twice, &error));
  g_assert_nonnull (strstr (error->message, "belongs to another phase"));
  g_clear_error (&error);
  g_autoptr (XpsPhaseLink) minor = xps_phase_link_new ("Li2O", 0, NULL);
  xps_phase_link_add (minor, 3, "A", NULL, 1);
  xps_phase_link_add (minor, 1, "B", NULL, 1);
  g_assert_null (xps_state_add_link (state, minor, &error));
  g_assert_nonnull (strstr (error->message, "not free"));
}

static void
test_file (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsState) state = tied_state (0.05, 1.0 / 3);
  g_assert_true (xps_state_write (state, path, NULL, &error));
  g_assert_no_error (error);
  g_autoptr (XpsProject) project = xps_project_open (path, &error);
  g_assert_no_error (error);
  const XpsState *back = xps_project_get_state (project);
  fixture_same_state (back, state);
  g_assert_cmpuint (xps_state_get_n_links (back), ==, 1);
  g_autofree char *before = xps_phase_link_dup_text (xps_state_get_link (state, 0));
  g_autofree char *after = xps_phase_link_dup_text (xps_state_get_link (back, 0));
  g_assert_cmpstr (before, ==, after);
  g_clear_object (&project);
  fixture_remove (folder);
}

/* ---- series ---- */

static void
test_series (void)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autoptr (GError) error = NULL;
  guint id, second;
  g_autoptr (XpsState) empty = fixture_state ();
  g_autoptr (XpsState) added = xps_state_add_series (empty, "S 2p", "{\"a\":1}", &id);
  g_autoptr (XpsState) both = xps_state_add_series (added, "O 1s", "{}", &second);
  g_autoptr (XpsState) run = xps_state_set_series (both, id, NULL, NULL, "{\"b\":2}");
  g_autoptr (XpsState) edited = xps_state_set_series (run, id, "S 2p, 2", NULL, NULL);
  g_assert_cmpstr (xps_state_find_series (edited, id)->result, ==, "{\"b\":2}");
  g_assert_true (xps_state_write (edited, path, NULL, &error));
  g_autoptr (XpsProject) project = xps_project_open (path, &error);
  g_assert_no_error (error);
  const XpsState *back = xps_project_get_state (project);
  g_assert_cmpuint (xps_state_get_n_series (back), ==, 2);
  g_assert_cmpstr (xps_state_get_series (back, 0)->name, ==, "S 2p, 2");
  g_assert_cmpstr (xps_state_get_series (back, 0)->setup, ==, "{\"a\":1}");
  g_assert_cmpstr (xps_state_get_series (back, 0)->result, ==, "{\"b\":2}");
  g_assert_null (xps_state_get_series (back, 1)->result);
  g_autoptr (XpsState) other = xps_state_set_series (run, id, NULL, "{\"a\":3}", NULL);
  g_assert_null (xps_state_find_series (other, id)->result); /* another setup, no result of it */
  g_autoptr (XpsState) gone = xps_state_remove_series (edited, id);
  g_assert_null (xps_state_find_series (gone, id));
  g_assert_cmpuint (xps_state_get_n_series (gone), ==, 1);
  g_clear_object (&project);
  fixture_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phase-link/exact", test_exact);
  g_test_add_func ("/phase-link/tolerance", test_tolerance);
  g_test_add_func ("/phase-link/fit", test_fit);
  g_test_add_func ("/phase-link/components", test_components_come_and_go);
  g_test_add_func ("/phase-link/refused", test_refused);
  g_test_add_func ("/phase-link/file", test_file);
  g_test_add_func ("/series-entry", test_series);
  return g_test_run ();
}
