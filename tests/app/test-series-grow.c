/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app.h"

#include <glib/gstdio.h>

#include "app/series-levels.h"
#include "app/series-live.h"
#include "base/text.h"
#include "numerics/random.h"
#include "project/series-entry.h"

/* A series of two core levels while a folder is watched, without widgets: the levels of a step in one file,
 * or in files beside each other. S 2p falls and O 1s rises in known steps. */

enum { S_2P = 1, O_1S = 2, BOTH = 3 };

static const char *const level_names[] = {"S 2p", "O 1s"};
static const double centers[] = {163, 532};

typedef struct {
  char *folder;
  gboolean apart; /* levels in files of their own */
  XpsSession *session;
  XpsProject *project;
  XpsSeriesDesk *desk;
  XpsSeriesLive *live;
  GPtrArray *alarms;
} Bench;

static double
area_of (guint level, guint step)
{
  return level == 0 ? 3000 - 150.0 * step : 1500 + 200.0 * step;
}

static XpsSpectrum *
draw (guint level, guint step)
{
  XpsSpectrumDraft draft = {.name = g_strdup (level_names[level]),
                            .axis = XPS_AXIS_BINDING,
                            .unit = XPS_INTENSITY_COUNTS,
                            .n = 121};
  XpsRandom random;
  xps_random_init (&random, 1000 * level + step);
  draft.energy = g_new (double, draft.n);
  draft.intensity = g_new (double, draft.n);
  draft.acquisition = xps_acquisition_new ();
  for (gsize i = 0; i < draft.n; i++) {
    draft.energy[i] = centers[level] + 6 - 0.1 * (double)i;
    const double s = 1.2 / 2.3548200450309493, z = (draft.energy[i] - centers[level]) / s;
    const double mean = 100 + area_of (level, step) * exp (-z * z / 2) / (s * sqrt (2 * G_PI));
    draft.intensity[i] = xps_random_poisson (&random, mean);
  }
  return xps_spectrum_new (&draft);
}

/* As copied by a careful program: under another name first. New string. */
static char *
write_file (const Bench *self, const char *name, guint levels, guint step)
{
  g_autoptr (GPtrArray) spectra = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *scratch = g_build_filename (self->folder, ".scratch.vms", NULL);
  for (guint k = 0; k < 2; k++)
    if ((levels & (1U << k)) != 0)
      g_ptr_array_add (spectra, draw (k, step));
  g_assert_true (xps_formats_write (scratch, spectra, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_rename (scratch, path), ==, 0);
  return path;
}

/* `step` from 1. Paths of the files, in the order of their names. */
static GStrv
put (const Bench *self, guint step, guint levels)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  const double potential = 1.75 - 0.05 * step;
  for (guint k = 0; k < 2 && self->apart; k++)
    if ((levels & (1U << k)) != 0) {
      g_autofree char *name = xps_text_printf ("%s_%02u_%.2fV.vms", k == 0 ? "S2p" : "O1s", step, potential);
      g_ptr_array_add (paths, write_file (self, name, 1U << k, step));
    }
  if (!self->apart) {
    g_autofree char *name = xps_text_printf ("cell_%02u_%.2fV.vms", step, potential);
    g_ptr_array_add (paths, write_file (self, name, levels, step));
  }
  g_ptr_array_add (paths, NULL);
  return (GStrv)g_ptr_array_steal (paths, NULL);
}

static XpsModel *
model_of (guint level)
{
  g_autofree char *text = xps_text_printf (
      "{\"corelevel_model\":1,\"energy_range\":[%g,%g],\"parameters\":["
      "{\"name\":\"A.center\",\"value\":%g,\"min\":%g,\"max\":%g},{\"name\":\"A.area\",\"value\":2000,"
      "\"min\":0},"
      "{\"name\":\"fwhm\",\"value\":1.2,\"min\":0.3,\"max\":3},{\"name\":\"c0\",\"value\":100}],"
      "\"components\":["
      "{\"name\":\"%s\",\"type\":\"gauss\",\"params\":{\"center\":\"A.center\",\"area\":\"A.area\","
      "\"fwhm\":\"fwhm\"}}],\"background\":[{\"type\":\"poly\",\"x_ref\":%g,\"coeffs\":[\"c0\"]}]}",
      centers[level] - 5.5, centers[level] + 5.5, centers[level], centers[level] - 1, centers[level] + 1,
      level == 0 ? "sulfide" : "oxide", centers[level]);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  g_assert_no_error (error);
  XpsModel *model = xps_model_from_json (node, "test", &error);
  g_assert_no_error (error);
  return model;
}

static XpsState *
import (XpsState *take_state, const char *path, GArray *ids)
{
  XpsReadOptions options;
  g_autoptr (GError) error = NULL;
  xps_read_options_init (&options);
  g_autoptr (XpsFile) file = xps_file_open (path, &options, &error);
  g_assert_no_error (error);
  XpsState *next = xps_state_import (take_state, file, ids);
  xps_state_unref (take_state);
  return next;
}

/* The first region of each level has its model. */
static XpsState *
give_models (XpsState *take_state)
{
  for (guint k = 0; k < 2; k++)
    for (guint i = 0; i < xps_state_get_n_regions (take_state); i++) {
      const XpsRegion *region = xps_state_get_region (take_state, i);
      if (g_strcmp0 (region->name, level_names[k]) != 0)
        continue;
      g_autoptr (XpsRegion) copy = xps_region_copy (region);
      xps_model_free (copy->model);
      copy->model = model_of (k);
      XpsState *next = xps_state_with_region (take_state, copy);
      xps_state_unref (take_state);
      take_state = next;
      break;
    }
  return take_state;
}

static void
on_alarm (XpsSeriesLive *live, const char *message, Bench *self)
{
  g_ptr_array_add (self->alarms, g_strdup (message));
}

static void
bench_init (Bench *self, gboolean apart)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  *self = (Bench){.folder = g_dir_make_tmp ("corelevel-grow-XXXXXX", &error), .apart = apart};
  g_assert_no_error (error);
  XpsState *state = xps_state_new ();
  for (guint step = 1; step <= 3; step++) {
    g_auto (GStrv) paths = put (self, step, BOTH);
    for (char **path = paths; *path != NULL; path++)
      state = import (state, *path, ids);
  }
  self->project = xps_project_new ();
  xps_project_edit (self->project, "open", give_models (state));
  self->session = xps_session_new (self->project);
  xps_session_show_region (self->session, g_array_index (ids, guint, 0));
  xps_session_select_regions (self->session, (const guint *)(void *)ids->data, ids->len);
  self->desk = xps_series_desk_new (self->session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xps_series_setup_get_n_levels (xps_series_desk_get_setup (self->desk)), ==, 2);
  self->alarms = g_ptr_array_new_with_free_func (g_free);
  self->live = xps_series_live_new (self->desk);
  g_signal_connect (self->live, "alarm", G_CALLBACK (on_alarm), self);
  xps_series_live_start (self->live, self->folder);
}

static void
bench_clear (Bench *self)
{
  xps_series_live_stop (self->live);
  g_object_unref (self->live);
  while (g_main_context_iteration (NULL, FALSE)) {
  }
  g_object_unref (self->desk);
  g_object_unref (self->session);
  g_object_unref (self->project);
  g_ptr_array_unref (self->alarms);
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *file = g_build_filename (self->folder, name, NULL);
    g_remove (file);
  }
  g_rmdir (self->folder);
  g_free (self->folder);
}

static guint
count_steps (const Bench *self)
{
  return (guint)xps_series_get_n (xps_series_desk_get_series (self->desk));
}

static guint
count_regions (const Bench *self)
{
  return xps_state_get_n_regions (xps_project_get_state (self->project));
}

static gboolean
says (const Bench *self, const char *text)
{
  return strstr (xps_series_live_get_status (self->live), text) != NULL;
}

/* Areas within five standard errors of what was drawn; a level that is not there has no region. */
static void
assert_step (const Bench *self, guint step, guint levels)
{
  const XpsSeriesReport *report = xps_series_desk_get_report (self->desk);
  const XpsStepResult *result = xps_series_run_get_step (report->run, step - 1);
  g_assert_true (result->fitted && result->converged);
  for (guint k = 0; k < 2; k++) {
    const guint id = xps_series_desk_get_level_region (self->desk, step - 1, k);
    g_assert_cmpint (id != 0, ==, (levels & (1U << k)) != 0);
    if (id == 0)
      continue;
    const XpsQuantity *area = &result->components[k].area;
    g_assert_cmpfloat_with_epsilon (area->value, area_of (k, step), 5 * area->error);
  }
}

/* What the new regions of a step have is the model of their own level, fitted. */
static void
assert_models (const Bench *self, guint step)
{
  const XpsState *state = xps_project_get_state (self->project);
  for (guint k = 0; k < 2; k++) {
    const XpsRegion *region =
        xps_state_find_region (state, xps_series_desk_get_level_region (self->desk, step - 1, k));
    g_assert_cmpstr (region->name, ==, level_names[k]);
    g_assert_cmpuint (region->model->parts->len, ==, 1);
    const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
    g_assert_cmpuint (part->components->len, ==, 1);
    g_assert_cmpstr (((XpsComponent *)g_ptr_array_index (part->components, 0))->name, ==,
                     k == 0 ? "sulfide" : "oxide");
  }
}

static double *
dup_values (const Bench *self, guint step)
{
  const XpsSeriesRun *run = xps_series_desk_get_report (self->desk)->run;
  return g_memdup2 (xps_series_run_get_step (run, step - 1)->values,
                    run->model->parameters->len * sizeof (double));
}

static void
test_one_file (void)
{
  Bench bench;
  bench_init (&bench, FALSE);
  for (guint step = 4; step <= 5; step++) {
    g_auto (GStrv) paths = put (&bench, step, BOTH);
    APP_WAIT (count_steps (&bench) == step);
    assert_step (&bench, step, BOTH);
    assert_models (&bench, step);
  }
  g_assert_cmpuint (count_regions (&bench), ==, 10);
  g_assert_true (xps_project_undo (bench.project));
  g_assert_cmpuint (count_steps (&bench), ==, 4);
  g_assert_cmpuint (count_regions (&bench), ==, 8);
  g_assert_false (xps_series_desk_is_stale (bench.desk));
  g_assert_true (xps_project_redo (bench.project));
  g_assert_cmpuint (count_steps (&bench), ==, 5);
  assert_step (&bench, 5, BOTH);
  g_assert_cmpuint (bench.alarms->len, ==, 0);
  bench_clear (&bench);
}

/* A level that is there alone waits for the other, is in no document before, and comes in with it. */
static void
test_apart (void)
{
  Bench bench;
  bench_init (&bench, TRUE);
  for (guint step = 4; step <= 6; step++) {
    /* Either may be the first. */
    g_auto (GStrv) first = put (&bench, step, step == 5 ? O_1S : S_2P);
    g_autofree char *awaited =
        g_strdup_printf ("Step %u waits for %s", step, step == 5 ? level_names[0] : level_names[1]);
    APP_WAIT (says (&bench, awaited));
    g_assert_cmpuint (count_steps (&bench), ==, step - 1);
    g_assert_cmpuint (count_regions (&bench), ==, 2 * (step - 1));
    g_auto (GStrv) second = put (&bench, step, step == 5 ? S_2P : O_1S);
    APP_WAIT (count_steps (&bench) == step);
    APP_WAIT (!says (&bench, "waits for"));
    assert_step (&bench, step, BOTH);
    assert_models (&bench, step);
  }
  const XpsSeriesReport *report = xps_series_desk_get_report (bench.desk);
  g_assert_cmpfloat (xps_series_get_axis (report->series)->values[5], ==, 1.45);
  g_assert_cmpuint (bench.alarms->len, ==, 0);
  bench_clear (&bench);
}

/* All files of one level before those of the other: names say what belongs together. */
static void
test_level_by_level (void)
{
  Bench bench;
  bench_init (&bench, TRUE);
  for (guint step = 4; step <= 6; step++)
    g_strfreev (put (&bench, step, O_1S));
  APP_WAIT (says (&bench, "Step 6 waits for S 2p"));
  g_assert_true (says (&bench, "Step 4 lacks S 2p"));
  for (guint step = 4; step <= 6; step++)
    g_strfreev (put (&bench, step, S_2P));
  APP_WAIT (count_steps (&bench) == 6);
  for (guint step = 4; step <= 6; step++)
    assert_step (&bench, step, BOTH);
  g_assert_cmpuint (bench.alarms->len, ==, 0);
  bench_clear (&bench);
}

/* Told when the next step is there, kept with its gap; what comes after that is told and left out. */
static void
test_incomplete (void)
{
  Bench bench;
  bench_init (&bench, TRUE);
  g_strfreev (put (&bench, 4, S_2P));
  APP_WAIT (says (&bench, "Step 4 waits for O 1s"));
  g_strfreev (put (&bench, 5, S_2P));
  APP_WAIT (says (&bench, "Step 4 lacks O 1s and the next one has begun"));
  g_assert_cmpuint (count_steps (&bench), ==, 3);
  g_strfreev (put (&bench, 5, O_1S));
  APP_WAIT (count_steps (&bench) == 5);
  assert_step (&bench, 4, S_2P);
  assert_step (&bench, 5, BOTH);
  g_assert_cmpuint (bench.alarms->len, ==, 1);
  g_assert_nonnull (strstr (g_ptr_array_index (bench.alarms, 0), "Step 4 is taken without O 1s"));
  g_autofree char *words = xps_series_steps_dup_words (bench.desk, 3);
  g_assert_true (g_str_has_prefix (words, "without O 1s"));
  g_autofree double *before = dup_values (&bench, 4);
  const gsize size = xps_series_desk_get_report (bench.desk)->run->model->parameters->len * sizeof (double);
  g_strfreev (put (&bench, 4, O_1S));
  APP_WAIT (says (&bench, "already"));
  g_strfreev (put (&bench, 6, BOTH));
  APP_WAIT (count_steps (&bench) == 6);
  assert_step (&bench, 4, S_2P);
  assert_step (&bench, 6, BOTH);
  g_autofree double *after = dup_values (&bench, 4);
  g_assert_cmpmem (after, size, before, size);
  bench_clear (&bench);
}

/* Nothing comes any more: after a while the step before the last is taken as it is, and the last one waits.
 */
static void
test_quiet (void)
{
  Bench bench;
  bench_init (&bench, TRUE);
  g_strfreev (put (&bench, 4, S_2P));
  g_strfreev (put (&bench, 5, S_2P));
  APP_WAIT (count_steps (&bench) == 4);
  assert_step (&bench, 4, S_2P);
  APP_WAIT (says (&bench, "Step 5 waits for O 1s"));
  xps_series_live_stop (bench.live);
  g_assert_true (says (&bench, "Step 5 lacks O 1s and is not taken in"));
  xps_series_live_start (bench.live, bench.folder);
  g_strfreev (put (&bench, 5, O_1S));
  APP_WAIT (count_steps (&bench) == 5);
  assert_step (&bench, 5, BOTH);
  g_assert_cmpuint (count_regions (&bench), ==, 9);
  bench_clear (&bench);
}

/* The folder goes while half a step is there. */
static void
test_vanished (void)
{
  Bench bench;
  bench_init (&bench, TRUE);
  g_autofree char *away = g_strconcat (bench.folder, ".away", NULL);
  g_strfreev (put (&bench, 4, S_2P));
  APP_WAIT (says (&bench, "Step 4 waits for O 1s"));
  g_assert_cmpint (g_rename (bench.folder, away), ==, 0);
  APP_WAIT (says (&bench, bench.folder));
  g_assert_cmpint (g_rename (away, bench.folder), ==, 0);
  g_strfreev (put (&bench, 4, O_1S));
  APP_WAIT (count_steps (&bench) == 4);
  assert_step (&bench, 4, BOTH);
  g_assert_cmpuint (count_regions (&bench), ==, 8);
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/series-grow/one-file", test_one_file);
  g_test_add_func ("/app/series-grow/apart", test_apart);
  g_test_add_func ("/app/series-grow/level-by-level", test_level_by_level);
  g_test_add_func ("/app/series-grow/incomplete", test_incomplete);
  g_test_add_func ("/app/series-grow/quiet", test_quiet);
  g_test_add_func ("/app/series-grow/vanished", test_vanished);
  return g_test_run ();
}
