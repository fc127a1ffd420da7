/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app.h"

#include <glib/gstdio.h>

#include "app/series-desk.h"
#include "app/series-levels.h"
#include "base/text.h"
#include "fit/model-index.h"
#include "numerics/random.h"
#include "project/series-entry.h"

/* A series of a document, as its window works on it. Judge: the truth that the spectra were drawn from. */

#define N_STEPS 12

/* A line of constant area, and one that grows by a logistic at 1.40 V. */
static const char *const model_text =
    "{\"corelevel_model\":1,\"energy_range\":[156,170],\"parameters\":["
    "{\"name\":\"A.center\",\"value\":163,\"min\":162,\"max\":164},"
    "{\"name\":\"A.area\",\"value\":3000,\"min\":0},{\"name\":\"fwhm\",\"value\":1.2,\"min\":0.3,\"max\":3},"
    "{\"name\":\"B.center\",\"value\":160,\"min\":159.2,\"max\":160.8},"
    "{\"name\":\"B.area\",\"value\":%d,\"min\":0},{\"name\":\"c0\",\"value\":100}],\"components\":["
    "{\"name\":\"A\",\"type\":\"gauss\",\"params\":{\"center\":\"A.center\",\"area\":\"A.area\",\"fwhm\":"
    "\"fwhm\"}},{\"name\":\"B\",\"type\":\"gauss\",\"params\":{\"center\":\"B.center\",\"area\":\"B.area\","
    "\"fwhm\":\"fwhm\"}}],\"background\":[{\"type\":\"poly\",\"x_ref\":163,\"coeffs\":[\"c0\"]}]}";

static XpsModel *
model_with (int area)
{
  g_autofree char *text = g_strdup_printf (model_text, area);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  g_assert_no_error (error);
  XpsModel *model = xps_model_from_json (node, "test", &error);
  g_assert_no_error (error);
  return model;
}

static double
potential_of (guint step)
{
  return 1.75 - 0.05 * step;
}

static double
area_of (guint step)
{
  return 2000 / (1 + exp ((potential_of (step) - 1.40) / 0.03));
}

static XpsSpectrum *
draw_step (guint step)
{
  const double area = area_of (step);
  XpsSpectrumDraft draft = {.name = xps_text_printf ("V%.3f", potential_of (step)), .axis = XPS_AXIS_BINDING};
  XpsRandom random;
  xps_random_init (&random, 100 + step);
  draft.n = 141;
  draft.energy = g_new (double, draft.n);
  draft.intensity = g_new0 (double, draft.n);
  for (gsize i = 0; i < draft.n; i++)
    draft.energy[i] = 170 - 0.1 * (double)i;
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  for (gsize i = 0; i < draft.n; i++) {
    const double x = draft.energy[i], s = 1.2 / 2.3548200450309493, scale = 1 / (s * sqrt (2 * G_PI));
    const double z = (x - 163) / s, y = (x - 160) / s;
    const double mean = 100 + scale * (3000 * exp (-z * z / 2) + area * exp (-y * y / 2));
    draft.intensity[i] = xps_random_poisson (&random, mean);
  }
  return xps_spectrum_new (&draft);
}

/* Steps beyond N_STEPS repeat the first ones. */
static XpsState *
state_of_steps (guint n)
{
  guint sample, id;
  g_autoptr (XpsState) state = xps_state_new ();
  XpsState *next = xps_state_add_sample (state, "operando", &sample);
  g_autoptr (GPtrArray) drawn = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);
  for (guint i = 0; i < N_STEPS; i++)
    g_ptr_array_add (drawn, draw_step (i));
  for (guint i = 0; i < n; i++) {
    g_autoptr (XpsState) before = next;
    g_autoptr (XpsRegion) region = xps_region_new (g_ptr_array_index (drawn, i % N_STEPS), NULL);
    if (i == 0) {
      xps_model_free (region->model);
      region->model = model_with (1000);
    }
    next = xps_state_add_region (before, sample, region, &id);
  }
  return next;
}

static XpsSession *
session_of_steps (XpsProject *project, guint n)
{
  xps_project_edit (project, "spectra", state_of_steps (n));
  XpsSession *session = xps_session_new (project);
  xps_session_show_region (session, xps_state_get_region (xps_project_get_state (project), 0)->id);
  return session;
}

static XpsSession *
session_new (XpsProject *project)
{
  return session_of_steps (project, N_STEPS);
}

static void
fit_and_wait (XpsSeriesDesk *desk)
{
  xps_series_desk_fit (desk);
  g_assert_true (xps_series_desk_get_fitting (desk));
  APP_WAIT (!xps_series_desk_get_fitting (desk));
}

static void
test_fit (void)
{
  g_autoptr (XpsProject) project = xps_project_new ();
  g_autoptr (XpsSession) session = session_new (project);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSeriesDesk) desk = xps_series_desk_new (session, &error);
  g_assert_no_error (error);
  const XpsSeries *series = xps_series_desk_get_series (desk);
  g_assert_cmpuint (xps_series_get_n (series), ==, N_STEPS);
  g_assert_cmpint (xps_series_get_axis (series)->kind, ==, XPS_CLOCK_POTENTIAL); /* read from the names */
  for (guint i = 0; i < N_STEPS; i++)
    g_assert_cmpfloat_with_epsilon (xps_series_get_axis (series)->values[i], potential_of (i), 1e-9);
  fit_and_wait (desk);
  const XpsSeriesReport *report = xps_series_desk_get_report (desk);
  g_assert_nonnull (report);
  g_assert_true (report->run->converged);
  const XpsOnsetEntry *growth = NULL;
  for (guint i = 0; i < report->onsets->len; i++) {
    const XpsOnsetEntry *entry = g_ptr_array_index (report->onsets, i);
    if (g_strcmp0 (entry->trend, "net:B") == 0)
      growth = entry;
  }
  g_assert_nonnull (growth);
  g_assert_cmpint (growth->onset.direction, ==, 1);
  g_assert_cmpfloat (growth->onset.low, <, 1.40);
  g_assert_cmpfloat (growth->onset.high, >, 1.40);
  g_assert_false (xps_series_desk_is_stale (desk));

  /* Another setup makes it stale; undo brings it back. */
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (desk));
  xps_series_setup_exclude (setup, 3, "beam lost");
  xps_series_desk_edit (desk, "exclude", setup);
  g_assert_true (xps_series_desk_is_stale (desk));
  g_assert_cmpstr (xps_series_get_step (xps_series_desk_get_series (desk), 3)->exclusion, ==, "beam lost");
  xps_project_undo (project);
  g_assert_false (xps_series_desk_is_stale (desk));
  g_assert_nonnull (xps_series_desk_get_report (desk));
}

/* Steps alone: the others keep what they have, to the last bit. */
static void
test_part (void)
{
  g_autoptr (XpsProject) project = xps_project_new ();
  g_autoptr (XpsSession) session = session_new (project);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSeriesDesk) desk = xps_series_desk_new (session, &error);
  g_assert_no_error (error);
  xps_series_desk_fit_steps (desk, 2, 3);
  APP_WAIT (!xps_series_desk_get_fitting (desk));
  const XpsSeriesRun *run = xps_series_desk_get_report (desk)->run;
  for (guint i = 0; i < N_STEPS; i++)
    g_assert_cmpint (xps_series_run_get_step (run, i)->fitted, ==, i >= 2 && i < 5);
  fit_and_wait (desk); /* goes on with the rest */
  run = xps_series_desk_get_report (desk)->run;
  double before[N_STEPS], error_before[N_STEPS];
  for (guint i = 0; i < N_STEPS; i++) {
    before[i] = xps_series_run_get_step (run, i)->components[1].area.value;
    error_before[i] = xps_series_run_get_step (run, i)->components[1].area.error;
  }
  xps_series_desk_fit_steps (desk, 10, 2);
  APP_WAIT (!xps_series_desk_get_fitting (desk));
  run = xps_series_desk_get_report (desk)->run;
  for (guint i = 0; i < N_STEPS; i++) {
    const double now = xps_series_run_get_step (run, i)->components[1].area.value;
    if (i < 10)
      g_assert_cmpfloat (now, ==, before[i]);
    else /* the same minimum, from another start */
      g_assert_cmpfloat_with_epsilon (now, before[i], 1e-2 * error_before[i]);
  }
  g_assert_true (run->complete);
}

static void
test_keep (void)
{
  g_autofree char *folder = g_dir_make_tmp ("corelevel-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autofree char *lock = g_build_filename (folder, ".a.corelevel.lock", NULL);
  g_autoptr (GError) error = NULL;
  guint entry;
  {
    g_autoptr (XpsProject) project = xps_project_new ();
    g_autoptr (XpsSession) session = session_new (project);
    g_autoptr (XpsSeriesDesk) desk = xps_series_desk_new (session, &error);
    g_assert_no_error (error);
    fit_and_wait (desk);
    entry = xps_series_desk_get_entry (desk);
    g_assert_true (xps_project_save (project, path, &error));
  }
  g_autoptr (XpsProject) project = xps_project_open (path, &error);
  g_assert_no_error (error);
  g_autoptr (XpsSession) session = xps_session_new (project);
  g_autoptr (XpsSeriesDesk) desk = xps_series_desk_open (session, entry, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xps_series_desk_get_report (desk)->trends->len, >, 0); /* at once; onsets take their time */
  g_assert_false (xps_series_desk_is_stale (desk));
  APP_WAIT (!xps_series_desk_is_reading (desk));
  g_assert_cmpuint (xps_series_desk_get_report (desk)->onsets->len, >, 0);
  g_assert_false (xps_series_desk_is_stale (desk));
  xps_series_desk_apply (desk);
  const XpsRegion *last = xps_state_get_region (xps_project_get_state (project), N_STEPS - 1);
  const double area = xps_model_get_parameter (last->model, "B.area")->value;
  g_assert_cmpfloat (area, >, 1900); /* 2000 is the truth, the error of one step about 40 */
  g_assert_cmpfloat (area, <, 2100);
  g_clear_object (&desk);
  g_clear_object (&session);
  g_clear_object (&project);
  g_unlink (path);
  g_unlink (lock);
  g_rmdir (folder);
}

static void
test_refused (void)
{
  g_autoptr (XpsProject) project = xps_project_new ();
  g_autoptr (XpsSession) session = session_new (project);
  g_autoptr (GError) error = NULL;
  xps_session_show_region (session, xps_state_get_region (xps_project_get_state (project), 5)->id);
  g_assert_null (xps_series_desk_new (session, &error)); /* no model there */
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS);
}

#define N_LONG 3000 /* some 0.3 s of fitting: no thread waits for a processor that long */

/* A fit that was stopped keeps what it has, and is known to be unfinished. */
static void
test_stop_long (void)
{
  g_autoptr (XpsProject) project = xps_project_new ();
  g_autoptr (XpsSession) session = session_of_steps (project, N_LONG);
  g_autoptr (XpsSeriesDesk) desk = xps_series_desk_new (session, NULL);
  xps_series_desk_fit (desk);
  APP_WAIT (xps_series_desk_get_progress (desk) > 0.0);
  xps_series_desk_stop (desk);
  APP_WAIT (!xps_series_desk_get_fitting (desk));
  const XpsSeriesReport *report = xps_series_desk_get_report (desk);
  g_assert_nonnull (report);
  g_assert_false (report->run->complete);
  g_assert_cmpuint (report->run->steps->len, ==, N_LONG);
  guint n_fitted = 0;
  for (guint i = 0; i < N_LONG; i++)
    n_fitted += xps_series_run_get_step (report->run, i)->fitted ? 1 : 0;
  g_assert_cmpuint (n_fitted, <, N_LONG);
  g_assert_false (xps_series_desk_is_partial (desk)); /* a result like any other, kept in the document */
  g_assert_false (xps_series_desk_is_stale (desk));
  g_test_message ("%u of %u steps when it was stopped", n_fitted, N_LONG);
}

/* A fit that was stopped is gone on with, and comes to what it would have come to. */
static void
test_stop (void)
{
  g_autoptr (XpsProject) project = xps_project_new ();
  g_autoptr (XpsSession) session = session_new (project);
  g_autoptr (XpsSeriesDesk) desk = xps_series_desk_new (session, NULL);
  xps_series_desk_fit (desk);
  xps_series_desk_stop (desk);
  APP_WAIT (!xps_series_desk_get_fitting (desk));
  g_assert_false (xps_series_desk_is_partial (desk));
  fit_and_wait (desk); /* twelve steps may have been at their end before they heard of it */
  g_assert_true (xps_series_desk_get_report (desk)->run->complete);
  const XpsSeriesRun *run = xps_series_desk_get_report (desk)->run;
  g_autoptr (XpsSeriesRun) whole =
      xps_series_fit (xps_series_desk_get_series (desk), run->model, run->plan, NULL, NULL);
  g_autoptr (XpsSeriesRun) copy = xps_series_run_copy (run);
  for (guint i = 0; i < N_STEPS; i++)
    g_assert_cmpfloat_with_epsilon (xps_series_run_get_step (copy, i)->chi2,
                                    xps_series_run_get_step (whole, i)->chi2, 1e-4);
  g_assert_cmpstr (copy->fingerprint, ==, whole->fingerprint);
}

/* ---- two core levels a step ---- */

/* The phosphorus of B: half of its sulfur's area. */
static XpsModel *
model_of_phosphorus (void)
{
  static const char text[] =
      "{\"corelevel_model\":1,\"energy_range\":[126,138],\"parameters\":["
      "{\"name\":\"B.center\",\"value\":132,\"min\":131,\"max\":133},"
      "{\"name\":\"B.area\",\"value\":500,\"min\":0},"
      "{\"name\":\"fwhm\",\"value\":1.1,\"min\":0.3,\"max\":3},"
      "{\"name\":\"c0\",\"value\":100}],\"components\":["
      "{\"name\":\"B\",\"type\":\"gauss\",\"params\":{\"center\":\"B.center\",\"area\":\"B.area\",\"fwhm\":"
      "\"fwhm\"}}],\"background\":[{\"type\":\"poly\",\"x_ref\":132,\"coeffs\":[\"c0\"]}]}";
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  XpsModel *model = xps_model_from_json (node, "test", NULL);
  g_assert_nonnull (model);
  return model;
}

static XpsSpectrum *
draw_phosphorus (guint step)
{
  const double s = 1.2 / 2.3548200450309493, scale = 0.5 * area_of (step) / (s * sqrt (2 * G_PI));
  XpsSpectrumDraft draft = {.name = xps_text_printf ("P 2p V%.3f", potential_of (step)),
                            .axis = XPS_AXIS_BINDING};
  XpsRandom random;
  xps_random_init (&random, 500 + step);
  draft.n = 121;
  draft.energy = g_new (double, draft.n);
  draft.intensity = g_new0 (double, draft.n);
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  for (gsize i = 0; i < draft.n; i++) {
    const double z = (126 + 0.1 * (double)i - 132) / s;
    draft.energy[i] = 126 + 0.1 * (double)i;
    draft.intensity[i] = xps_random_poisson (&random, 100 + scale * exp (-z * z / 2));
  }
  return xps_spectrum_new (&draft);
}

#define LACKING 4 /* step without phosphorus */

/* Each step a sample. */
static XpsState *
state_of_levels (void)
{
  guint id;
  XpsState *state = xps_state_new ();
  for (guint i = 0; i < N_STEPS; i++) {
    guint sample;
    for (int level = 0; level < 2; level++) {
      if (level == 1 && i == LACKING)
        continue;
      g_autoptr (XpsSpectrum) spectrum = level == 0 ? draw_step (i) : draw_phosphorus (i);
      g_autoptr (XpsRegion) region = xps_region_new (spectrum, NULL);
      if (i == 0) {
        xps_model_free (region->model);
        region->model = level == 0 ? model_with (1000) : model_of_phosphorus ();
      }
      g_autoptr (XpsState) before = state;
      g_autoptr (XpsState) with =
          level == 0 ? xps_state_add_sample (before, "step", &sample) : xps_state_ref (before);
      state = xps_state_add_region (with, sample, region, &id);
    }
  }
  return state;
}

static XpsSession *
session_of_levels (XpsProject *project)
{
  xps_project_edit (project, "spectra", state_of_levels ());
  XpsSession *session = xps_session_new (project);
  const XpsState *state = xps_project_get_state (project);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  xps_session_show_region (session, xps_state_get_region (state, 0)->id);
  for (guint i = 0; i < xps_state_get_n_regions (state); i++)
    g_array_append_val (ids, xps_state_get_region (state, i)->id);
  xps_session_select_regions (session, (const guint *)(void *)ids->data, ids->len);
  return session;
}

static const XpsTrend *
find_trend (XpsSeriesDesk *desk, const char *id)
{
  const GPtrArray *trends = xps_series_desk_get_report (desk)->trends;
  for (guint i = 0; i < trends->len; i++) {
    const XpsTrend *trend = g_ptr_array_index (trends, i);
    if (g_strcmp0 (trend->id, id) == 0)
      return trend;
  }
  g_assert_not_reached ();
}

static void
test_levels (void)
{
  g_autoptr (XpsProject) project = xps_project_new ();
  g_autoptr (XpsSession) session = session_of_levels (project);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSeriesDesk) desk = xps_series_desk_new (session, &error);
  g_assert_no_error (error);
  const XpsSeries *series = xps_series_desk_get_series (desk);
  g_assert_cmpuint (xps_series_get_n (series), ==, N_STEPS);
  g_assert_cmpuint (series->n_parts, ==, 2);
  g_assert_null (g_ptr_array_index (xps_series_get_step (series, LACKING)->data, 1));
  g_assert_cmpuint (xps_series_desk_get_level_region (desk, LACKING, 1), ==, 0);
  g_assert_cmpuint (xps_series_desk_get_setup (desk)->grouping, ==, XPS_GROUP_BY_SAMPLE);
  fit_and_wait (desk);
  g_assert_true (xps_series_desk_get_report (desk)->run->converged);
  const XpsTrend *sulfur = find_trend (desk, "area:B"), *phosphorus = find_trend (desk, "area:P 2p B");
  for (guint i = 0; i < N_STEPS; i++) {
    /* five standard errors, or what is left of an area at its limit of zero */
    g_assert_cmpfloat (fabs (sulfur->values[i] - area_of (i)), <, 5 * fmax (sulfur->errors[i], 60));
    if (i == LACKING)
      g_assert_true (isnan (phosphorus->values[i]));
    else
      g_assert_cmpfloat (fabs (phosphorus->values[i] - 0.5 * area_of (i)), <,
                         5 * fmax (phosphorus->errors[i], 60));
  }

  /* The region that is shown of a step is the one asked for, where it was measured. */
  const guint both = xps_series_desk_get_region (desk, 0);
  xps_series_desk_set_level (desk, 1);
  g_assert_cmpuint (xps_series_desk_get_region (desk, 0), ==, both + 1);
  g_assert_cmpuint (xps_series_desk_get_region (desk, LACKING), ==,
                    xps_series_desk_get_level_region (desk, LACKING, 0));

  /* A step is opened with all of its regions, and the level asked for in front. */
  xps_series_desk_open_step (desk, 1);
  const GArray *selected = xps_session_get_selected_regions (session);
  g_assert_cmpuint (selected->len, ==, 2);
  g_assert_cmpuint (g_array_index (selected, guint, 0), ==, xps_series_desk_get_level_region (desk, 1, 0));
  g_assert_cmpuint (xps_session_get_region_id (session), ==, xps_series_desk_get_level_region (desk, 1, 1));
  xps_series_desk_open_step (desk, LACKING);
  g_assert_cmpuint (xps_session_get_selected_regions (session)->len, ==, 1);

  /* Each region gets its part under the names that it had. */
  xps_series_desk_apply (desk);
  const XpsRegion *region = xps_state_find_region (xps_project_get_state (project),
                                                   xps_series_desk_get_level_region (desk, N_STEPS - 1, 1));
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  g_assert_cmpuint (region->model->parts->len, ==, 1);
  g_assert_cmpstr (((XpsComponent *)g_ptr_array_index (part->components, 0))->name, ==, "B");
  g_assert_cmpfloat (fabs (xps_model_get_parameter (region->model, "B.area")->value - 1000), <, 150);
  g_autoptr (XpsModelIndex) index = xps_model_check (region->model, NULL);
  g_assert_nonnull (index);
}

/* Steps are told apart by hand: a gap more in the second level moves what follows. */
static void
test_regroup (void)
{
  g_autoptr (XpsProject) project = xps_project_new ();
  g_autoptr (XpsSession) session = session_of_levels (project);
  g_autoptr (XpsSeriesDesk) desk = xps_series_desk_new (session, NULL);
  const guint before = xps_series_desk_get_level_region (desk, 2, 1);
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (desk));
  xps_series_setup_shift_level (setup, 1, 2, TRUE);
  xps_series_desk_edit (desk, "steps", setup);
  g_assert_cmpuint (xps_series_desk_get_setup (desk)->grouping, ==, XPS_GROUP_GIVEN);
  g_assert_cmpuint (xps_series_desk_get_level_region (desk, 2, 1), ==, 0);
  g_assert_cmpuint (xps_series_desk_get_level_region (desk, 3, 1), ==, before);
  g_assert_cmpuint (xps_series_get_n (xps_series_desk_get_series (desk)), ==, N_STEPS + 1);
  xps_project_undo (project);
  g_assert_cmpuint (xps_series_desk_get_level_region (desk, 2, 1), ==, before);

  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSeriesSetup) other = xps_series_setup_copy (xps_series_desk_get_setup (desk));
  g_assert_true (
      xps_series_levels_regroup (other, xps_project_get_state (project), XPS_GROUP_BY_ORDER, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (xps_series_setup_get_n_levels (other), ==, 2);
  g_assert_cmpuint (xps_series_setup_get_region (other, 2, 1), ==, before);
  g_assert_false (
      xps_series_levels_regroup (other, xps_project_get_state (project), XPS_GROUP_BY_FILE, &error));
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/fit", test_fit);
  g_test_add_func ("/series/keep", test_keep);
  g_test_add_func ("/series/part", test_part);
  g_test_add_func ("/series/refused", test_refused);
  g_test_add_func ("/series/stop", test_stop);
  g_test_add_func ("/series/stop-long", test_stop_long);
  g_test_add_func ("/series/levels", test_levels);
  g_test_add_func ("/series/regroup", test_regroup);
  return g_test_run ();
}
