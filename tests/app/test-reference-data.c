/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>

#include "app/charge-energies.h"
#include "app/identify-run.h"
#include "app/periodic-table.h"
#include "app/phase-plan.h"
#include "app/reference-catalogue.h"
#include "app/reference-item.h"
#include "app/survey-window.h"
#include "inspector-fixture.h"
#include "project/phase-link.h"

/* What the windows of the reference database do to a document, without a display. */

/* ---- looking for values ---- */

static gboolean
has (const GPtrArray *entries, const char *species)
{
  for (guint i = 0; i < entries->len; i++)
    if (strcmp (((XpsCatalogueEntry *)g_ptr_array_index (entries, i))->spread->species, species) == 0)
      return TRUE;
  return FALSE;
}

static XpsCatalogue *
catalogue_new (XpsReference *reference, gboolean all)
{
  XpsReferenceQuery query;
  g_autoptr (GError) error = NULL;
  xps_reference_query_init (&query);
  query.secondary = query.recalled = all;
  XpsCatalogue *catalogue = xps_catalogue_new (reference, &query, &error);
  g_assert_no_error (error);
  return catalogue;
}

static XpsReference *
open_reference (void)
{
  g_autoptr (GError) error = NULL;
  XpsReference *reference = xps_catalogue_open_reference (&error);
  g_assert_no_error (error);
  return reference;
}

/* "What could sit at 160.0 eV in S 2p?": every answer has a record there, the nearest median comes first. */
static void
test_near (void)
{
  g_autoptr (XpsReference) reference = open_reference ();
  g_autoptr (XpsCatalogue) catalogue = catalogue_new (reference, FALSE);
  const XpsCatalogueFilter filter = {.level = "S 2p", .near = 160.0, .within = 1.0};
  g_autoptr (GPtrArray) found = xps_catalogue_find (catalogue, &filter);
  double last = 0.0;
  g_assert_true (has (found, "Li2S"));
  for (guint i = 0; i < found->len; i++) {
    const XpsCatalogueEntry *entry = g_ptr_array_index (found, i);
    gboolean inside = FALSE;
    g_assert_true (g_str_has_prefix (entry->spread->level, "S 2p"));
    for (guint k = 0; k < entry->lines->len; k++)
      inside |= fabs (((XpsReferenceLine *)g_ptr_array_index (entry->lines, k))->energy - 160.0) <= 1.0;
    g_assert_true (inside);
    g_assert_cmpuint (entry->lines->len, ==, entry->spread->n);
    g_assert_cmpfloat (fabs (entry->spread->median - 160.0), >=, last);
    last = fabs (entry->spread->median - 160.0);
  }
}

/* By default nothing that nobody looked up; with it, it is marked. */
static void
test_verified (void)
{
  g_autoptr (XpsReference) reference = open_reference ();
  g_autoptr (XpsCatalogue) firm = catalogue_new (reference, FALSE), all = catalogue_new (reference, TRUE);
  const XpsCatalogueFilter nothing = {.near = NAN, .within = NAN};
  g_autoptr (GPtrArray) few = xps_catalogue_find (firm, &nothing), many = xps_catalogue_find (all, &nothing);
  guint marked = 0, n_few = 0, n_many = 0;
  for (guint i = 0; i < few->len; i++) {
    const XpsCatalogueEntry *entry = g_ptr_array_index (few, i);
    g_assert_cmpuint (entry->spread->n_firm, ==, entry->spread->n);
    g_assert_false (entry->recalled || entry->secondary);
    n_few += entry->spread->n;
  }
  for (guint i = 0; i < many->len; i++) {
    const XpsCatalogueEntry *entry = g_ptr_array_index (many, i);
    g_autoptr (XpsReferenceItem) item = xps_reference_item_new (all, entry, NULL);
    g_autofree char *signs = xps_reference_item_dup_signs (item);
    n_many += entry->spread->n;
    if (entry->recalled || entry->secondary) {
      g_assert_cmpstr (signs, !=, "");
      marked++;
    }
  }
  g_assert_cmpuint (marked, >, 0);
  g_assert_cmpuint (n_many, >, n_few);
}

static void
test_words (void)
{
  g_autoptr (XpsReference) reference = open_reference ();
  g_autoptr (XpsCatalogue) catalogue = catalogue_new (reference, FALSE);
  XpsCatalogueFilter filter = {.text = "lithium SULFIDE", .near = NAN, .within = NAN};
  g_autoptr (GPtrArray) named = xps_catalogue_find (catalogue, &filter);
  g_assert_true (has (named, "Li2S"));
  g_assert_false (has (named, "LiF"));
  filter = (XpsCatalogueFilter){.level = "S", .near = NAN, .within = NAN};
  g_autoptr (GPtrArray) sulfur = xps_catalogue_find (catalogue, &filter);
  for (guint i = 0; i < sulfur->len; i++) /* and nothing of silicon */
    g_assert_true (
        g_str_has_prefix (((XpsCatalogueEntry *)g_ptr_array_index (sulfur, i))->spread->level, "S "));
  filter = (XpsCatalogueFilter){.source = "nobody wrote this", .near = NAN, .within = NAN};
  g_autoptr (GPtrArray) none = xps_catalogue_find (catalogue, &filter);
  g_assert_cmpuint (none->len, ==, 0);
}

/* What is left out is counted: "nothing is known" would be wrong. */
static void
test_count (void)
{
  g_autoptr (XpsReference) reference = open_reference ();
  g_autoptr (XpsCatalogue) firm = catalogue_new (reference, FALSE), all = catalogue_new (reference, TRUE);
  const XpsCatalogueFilter sulfide = {
      .text = "Li6PS5Cl free", .level = "S 2p3/2", .near = NAN, .within = NAN};
  const XpsCatalogueFilter unheard = {.text = "unobtainium", .near = NAN, .within = NAN};
  g_autoptr (GPtrArray) none = xps_catalogue_find (firm, &sulfide);
  g_autoptr (GPtrArray) nothing = xps_catalogue_find (firm, &unheard);
  g_autofree char *left = xps_catalogue_dup_count (none, all, &sulfide);
  g_autofree char *alone = xps_catalogue_dup_count (none, NULL, &sulfide);
  g_autofree char *unknown = xps_catalogue_dup_count (nothing, all, &unheard);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_true (g_str_has_prefix (left, "Nothing at first hand; "));
  g_assert_cmpstr (alone, ==, "Nothing of the kind is known");
  g_assert_cmpstr (unknown, ==, alone);
}

/* ---- elements ---- */

static void
test_places (void)
{
  gboolean taken[9][18] = {{FALSE}};
  static const struct {
    int z, column, row;
  } known[] = {{1, 0, 0},   {2, 17, 0}, {3, 0, 1},   {5, 12, 1}, {16, 15, 2}, {21, 2, 3},
               {30, 11, 3}, {57, 2, 7}, {71, 16, 7}, {72, 3, 5}, {79, 10, 5}, {83, 14, 5}};
  for (int z = 1; z <= 83; z++) {
    int column, row;
    g_assert_true (xps_periodic_table_get_place (z, &column, &row));
    g_assert_false (taken[row][column]);
    taken[row][column] = TRUE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    int column, row;
    xps_periodic_table_get_place (known[i].z, &column, &row);
    g_assert_cmpint (column, ==, known[i].column);
    g_assert_cmpint (row, ==, known[i].row);
  }
  int column, row;
  g_assert_false (xps_periodic_table_get_place (84, &column, &row));
}

static void
assert_accepted (Fixture *f, const char *expected)
{
  g_auto (GStrv) accepted = xps_survey_dup_accepted (xps_session_get_region (f->session));
  g_autofree char *text = g_strjoinv (" ", accepted);
  g_assert_cmpstr (text, ==, expected);
}

/* The line lives among the user's own notes and leaves them alone. */
static void
test_accept (Fixture *f, gconstpointer data)
{
  const guint id = xps_session_get_region_id (f->session);
  XpsRegion *region = xps_region_copy (xps_session_get_region (f->session));
  g_free (region->notes);
  region->notes = g_strdup ("Measured after lunch");
  xps_session_edit_region (f->session, "notes", region);
  xps_survey_accept (f->session, id, "S", TRUE);
  xps_survey_accept (f->session, id, "Cl", TRUE);
  assert_accepted (f, "S Cl");
  g_assert_cmpstr (xps_session_get_region (f->session)->notes, ==, "Measured after lunch\nElements: S, Cl");
  xps_survey_accept (f->session, id, "S", FALSE);
  assert_accepted (f, "Cl");
  g_assert_true (xps_project_undo (f->project));
  assert_accepted (f, "S Cl");
  xps_survey_accept (f->session, id, "S", FALSE);
  xps_survey_accept (f->session, id, "Cl", FALSE);
  g_assert_cmpstr (xps_session_get_region (f->session)->notes, ==, "Measured after lunch");
}

/* ---- identification ---- */

static void
set_up (Fixture *f, gconstpointer data)
{
  *f = (Fixture){NULL};
  fixture_init (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  fixture_clear (f);
}

static void
on_answer (XpsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  g_assert_no_error (error);
  *(XpsIdentifyAnswer **)user_data = result;
}

static XpsIdentifyAnswer *
identify (Fixture *f, const XpsIdentifyWish *wish)
{
  XpsIdentifyAnswer *answer = NULL;
  g_autoptr (XpsJob) job = xps_identify_start (f->session, wish, on_answer, &answer);
  while (answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  return answer;
}

static const XpsComponent *
get_component (Fixture *f, guint i)
{
  return g_ptr_array_index (((XpsModelPart *)g_ptr_array_index (fixture_model (f)->parts, 0))->components, i);
}

/* Nothing is assigned but by a person; then with its evidence, in one step of undo, and the fit stays fresh.
 */
static void
test_identify (Fixture *f, gconstpointer data)
{
  const XpsIdentifyWish wish = {.sample = TRUE};
  fixture_add_components (f);
  g_autoptr (XpsIdentifyAnswer) before = identify (f, &wish);
  g_assert_null (before->identification); /* not fitted yet: said so, nothing guessed */
  g_assert_cmpuint (before->n_left_out, ==, 1);
  fixture_fit (f);
  g_assert_false (xps_identify_is_current (before, f->session, &wish));
  g_autoptr (XpsIdentifyAnswer) answer = identify (f, &wish);
  g_assert_true (xps_identify_is_current (answer, f->session, &wish));
  const XpsIdentified *first = &g_array_index (answer->identification->components, XpsIdentified, 0);
  g_assert_cmpstr (first->observed.level, ==, "S 2p3/2");
  g_assert_cmpuint (first->candidates->len, >, 0);
  g_assert_null (get_component (f, 0)->assignment);
  const XpsCandidate *candidate = g_ptr_array_index (first->candidates, 0);
  xps_identify_assign (f->session, answer, 0, candidate);
  const XpsAssignment *assignment = get_component (f, 0)->assignment;
  g_assert_nonnull (assignment);
  g_assert_cmpstr (assignment->species, ==, candidate->species);
  g_assert_nonnull (assignment->source);
  g_assert_nonnull (assignment->reference);
  g_assert_cmpuint (assignment->in_favour->len, ==, candidate->in_favour->len);
  g_assert_cmpuint (assignment->against->len, ==, candidate->against->len);
  g_assert_nonnull (xps_session_get_current_record (f->session));
  g_assert_true (xps_identify_is_current (answer, f->session, &wish));
  g_assert_true (xps_project_undo (f->project));
  g_assert_null (get_component (f, 0)->assignment);
  g_assert_null (get_component (f, 0)->phase);
}

static void
test_energies (void)
{
  const XpsEnergy stated = xps_energy_combine ((XpsQuantity){161.65, 0.01}, 0.1);
  const XpsEnergy unstated = xps_energy_combine ((XpsQuantity){161.65, 0.01}, NAN);
  g_autofree char *words = xps_charge_dup_energy_words (stated);
  g_autofree char *other = xps_charge_dup_energy_words (unstated);
  g_assert_nonnull (strstr (words, "161.65"));
  g_assert_nonnull (strstr (words, "0.10"));
  g_assert_nonnull (strstr (other, "not stated"));
}

/* ---- phases ---- */

static XpsParameter *
parameter_of (const XpsRegion *region, guint component, const char *role)
{
  return xps_edit_get_parameter (region->model, 0, component, role);
}

/* Li6PS5Cl in one S 2p region: two doublets, four and one sulfur, tied exactly, bounds from the literature.
 */
static void
test_phase (Fixture *f, gconstpointer data)
{
  g_autoptr (XpsReference) reference = open_reference ();
  g_autoptr (GError) error = NULL;
  const guint id = xps_session_get_region_id (f->session);
  g_autoptr (XpsPhasePlan) plan =
      xps_phase_plan_new (reference, f->session, "Li6PS5Cl", NULL, id, XPS_PHASE_REGION, &error);
  g_assert_no_error (error);
  guint used = 0;
  for (guint i = 0; i < plan->rows->len; i++)
    used += ((XpsPhaseRow *)g_ptr_array_index (plan->rows, i))->use;
  g_assert_cmpuint (used, ==, 2); /* Li, P, Cl have no region here */
  g_autofree char *problem = xps_phase_plan_dup_problem (plan);
  g_assert_null (problem);
  g_assert_true (xps_phase_plan_apply (plan, f->session, &error));
  g_assert_no_error (error);
  const XpsRegion *region = xps_session_get_region (f->session);
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  g_assert_cmpuint (part->components->len, ==, 4);
  const double a = parameter_of (region, 0, "area")->value, b = parameter_of (region, 2, "area")->value;
  const double ratio = fmin (a, b) / fmax (a, b);
  g_assert_cmpfloat_with_epsilon (ratio, 0.25, 0.01); /* lengths at 160 and 161.7 eV differ by 1e-3 */
  g_assert_cmpfloat_with_epsilon (parameter_of (region, 1, "area")->value / a, 0.5, 0.02);
  g_assert_true (parameter_of (region, 0, "fwhm_g")->kind == XPS_PARAMETER_FREE);
  g_assert_cmpfloat (parameter_of (region, 2, "fwhm_g")->value, ==,
                     parameter_of (region, 0, "fwhm_g")->value);
  g_assert_true (isfinite (parameter_of (region, 0, "center")->min));
  g_assert_true (xps_project_undo (f->project));
  g_assert_cmpuint (((XpsModelPart *)g_ptr_array_index (xps_session_get_region (f->session)->model->parts, 0))
                        ->components->len,
                    ==, 0);
}

/* A second region, Li 1s, in the same sample. */
static guint
add_lithium (Fixture *f)
{
  XpsSpectrumDraft draft = {
      .name = g_strdup ("Li 1s"), .sample = g_strdup ("Sample"), .axis = XPS_AXIS_BINDING, .n = 121};
  guint id;
  draft.energy = g_new (double, draft.n);
  draft.intensity = g_new (double, draft.n);
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->photon_energy = 1486.6;
  draft.acquisition->dwell = 0.1;
  draft.acquisition->scans = 1;
  for (gsize i = 0; i < draft.n; i++) {
    draft.energy[i] = 50.0 + 0.1 * (double)i;
    draft.intensity[i] = floor (300.0 + fixture_voigt (draft.energy[i], 55.4, 900.0));
  }
  g_autoptr (XpsSpectrum) spectrum = xps_spectrum_new (&draft);
  g_autoptr (XpsRegion) region = xps_region_new (spectrum, NULL);
  const XpsState *state = xps_project_get_state (f->project);
  xps_project_edit (f->project, "add",
                    xps_state_add_region (state, xps_session_get_region (f->session)->sample, region, &id));
  return id;
}

/* Li2S over Li 1s and S 2p: linked within a tolerance, areas as atoms and sensitivities ask; one undo. */
static void
test_phase_across (Fixture *f, gconstpointer data)
{
  g_autoptr (XpsReference) reference = open_reference ();
  g_autoptr (GError) error = NULL;
  const guint sulfur = xps_session_get_region_id (f->session), lithium = add_lithium (f);
  g_autoptr (XpsPhasePlan) plan =
      xps_phase_plan_new (reference, f->session, "Li2S", NULL, sulfur, XPS_PHASE_SAMPLE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xps_phase_plan_count_regions (plan), ==, 2);
  plan->tolerance = 0.1;
  g_assert_true (xps_phase_plan_apply (plan, f->session, &error));
  g_assert_no_error (error);
  const XpsState *state = xps_project_get_state (f->project);
  g_assert_cmpuint (xps_state_get_n_links (state), ==, 1);
  const XpsPhaseLink *link = xps_state_get_link (state, 0);
  g_assert_cmpfloat (link->tolerance, ==, 0.1);
  double per_factor[2];
  for (guint i = 0; i < 2; i++) {
    const XpsLinkedArea *area = g_ptr_array_index (link->areas, i);
    const XpsRegion *region = xps_state_find_region (state, area->region);
    per_factor[i] = parameter_of (region, 0, "area")->value / area->factor;
  }
  g_assert_cmpfloat (fabs (per_factor[1] / per_factor[0] - 1.0), <=, 0.1 + 1e-9);
  g_assert_true (xps_project_undo (f->project));
  state = xps_project_get_state (f->project);
  g_assert_cmpuint (xps_state_get_n_links (state), ==, 0);
  const XpsModelPart *part = g_ptr_array_index (xps_state_find_region (state, lithium)->model->parts, 0);
  g_assert_cmpuint (part->components->len, ==, 0);
}

/* Nonsense is said before anything is done. */
static void
test_phase_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (XpsReference) reference = open_reference ();
  g_autoptr (GError) error = NULL;
  const guint id = xps_session_get_region_id (f->session);
  g_autoptr (XpsPhasePlan) plan =
      xps_phase_plan_new (reference, f->session, "Li2S", "S 2p", id, XPS_PHASE_REGION, &error);
  g_assert_no_error (error);
  XpsPhaseRow *row = g_ptr_array_index (plan->rows, 0);
  row->low = 165.0;
  row->high = 160.0;
  g_assert_false (xps_phase_plan_apply (plan, f->session, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (
      xps_phase_plan_new (reference, f->session, "Unobtainium", NULL, id, XPS_PHASE_REGION, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("corelevel-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", home, TRUE); /* no own entries of whoever runs it */
  g_test_init (&argc, &argv, NULL);
  g_autofree char *data = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", NULL);
  g_setenv ("XPS_DATA_DIR", data, TRUE);
  g_test_add_func ("/reference-data/near", test_near);
  g_test_add_func ("/reference-data/verified", test_verified);
  g_test_add_func ("/reference-data/words", test_words);
  g_test_add_func ("/reference-data/places", test_places);
  g_test_add_func ("/reference-data/energies", test_energies);
  g_test_add ("/reference-data/accept", Fixture, NULL, set_up, test_accept, tear_down);
  g_test_add ("/reference-data/identify", Fixture, NULL, set_up, test_identify, tear_down);
  g_test_add ("/reference-data/phase", Fixture, NULL, set_up, test_phase, tear_down);
  g_test_add ("/reference-data/phase-across", Fixture, NULL, set_up, test_phase_across, tear_down);
  g_test_add ("/reference-data/phase-refused", Fixture, NULL, set_up, test_phase_refused, tear_down);
  g_test_add_func ("/reference-data/count", test_count);
  return g_test_run ();
}
