/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app.h"
#include "app/phase-plan.h"
#include "app/reference-catalogue.h"

/* A line that its target does not show: what is said names the level and where the sample has it. */

static guint
add_region (XpsState **state, guint sample, const char *file)
{
  g_autoptr (GFile) at = app_sample (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) read = xps_file_open (g_file_peek_path (at), NULL, &error);
  g_assert_no_error (error);
  g_autoptr (XpsSource) source = xps_source_new (read, 0);
  g_autoptr (XpsRegion) region = xps_region_new (g_ptr_array_index (read->spectra, 0), source);
  guint id;
  XpsState *next = xps_state_add_region (*state, sample, region, &id);
  xps_state_unref (*state);
  *state = next;
  return id;
}

static char *
dup_problem (XpsReference *reference, XpsSession *session, guint target, XpsPhaseScope scope)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsPhasePlan) plan =
      xps_phase_plan_new (reference, session, "Li2CO3", "O 1s", target, scope, &error);
  g_assert_no_error (error);
  return xps_phase_plan_dup_problem (plan);
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsReference) reference = xps_catalogue_open_reference (&error);
  if (reference == NULL) {
    g_test_skip ("no reference database");
    return;
  }
  guint here, there;
  g_autoptr (XpsState) empty = xps_state_new ();
  XpsState *state = xps_state_add_sample (empty, "one", &here);
  XpsState *both = xps_state_add_sample (state, "two", &there);
  xps_state_unref (state);
  const guint lithium = add_region (&both, here, "llzo-li1s.csv");
  const guint oxygen = add_region (&both, here, "llzo-o1s.csv");
  const guint alone = add_region (&both, there, "llzo-li1s.csv");
  g_autoptr (XpsProject) project = xps_project_new ();
  xps_project_edit (project, "samples", both);
  g_autoptr (XpsSession) session = xps_session_new (project);

  const char *name = xps_state_find_region (xps_project_get_state (project), oxygen)->name;
  g_autofree char *quoted = g_strdup_printf ("O 1s in “%s”", name);
  g_autofree char *elsewhere = dup_problem (reference, session, lithium, XPS_PHASE_REGION);
  g_assert_nonnull (strstr (elsewhere, quoted));
  g_assert_null (dup_problem (reference, session, lithium, XPS_PHASE_SAMPLE));
  g_assert_null (dup_problem (reference, session, oxygen, XPS_PHASE_REGION));
  g_autofree char *nowhere = dup_problem (reference, session, alone, XPS_PHASE_REGION);
  g_assert_cmpstr (nowhere, ==, "Not shown by any region of this sample: O 1s.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autofree char *data = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", NULL);
  g_setenv ("XPS_DATA_DIR", data, TRUE);
  g_test_add_func ("/app/missing", test_missing);
  return g_test_run ();
}
