/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/report.h"

#include "series/made.h"

/* Runs that are written, read, stopped, taken up, split and merged. */

typedef struct {
  XpsModel *model;
  XpsSeries *series;
  XpsSeriesPlan *plan;
} Fixture;

static void
fixture_clear (Fixture *self)
{
  xps_model_free (self->model);
  xps_series_free (self->series);
  xps_series_plan_free (self->plan);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fixture, fixture_clear)

static Fixture
fixture_new (XpsSeriesMode mode)
{
  const MadeSeries made = MADE_SERIES;
  Fixture self = {made_model (), made_series (&made), xps_series_plan_new ()};
  self.plan->mode = mode;
  self.plan->n_threads = 2;
  if (mode == XPS_SERIES_GLOBAL)
    xps_series_plan_set_rule (self.plan, "wg", XPS_ACROSS_SHARED, 0);
  return self;
}

static XpsSeriesRun *
fit (const Fixture *self, const XpsSeriesFitOptions *options)
{
  g_autoptr (GError) error = NULL;
  XpsSeriesRun *run = xps_series_fit (self->series, self->model, self->plan, options, &error);
  g_assert_no_error (error);
  return run;
}

/* Values and errors of all steps, `pulls` standard errors apart at most. */
static void
assert_same (const XpsSeriesRun *a, const XpsSeriesRun *b, double pulls)
{
  for (guint i = 0; i < a->steps->len; i++) {
    const XpsStepResult *x = xps_series_run_get_step (a, i), *y = xps_series_run_get_step (b, i);
    g_assert_true (x->fitted && y->fitted);
    for (guint p = 0; p < a->model->parameters->len; p++) {
      const double unit = isfinite (x->errors[p]) ? x->errors[p] : fmax (1e-6 * fabs (x->values[p]), 1e-9);
      g_assert_cmpint (isfinite (x->errors[p]), ==, isfinite (y->errors[p]));
      test_assert_close (x->values[p], y->values[p], pulls * unit);
    }
  }
}

static void
test_round_trip (gconstpointer mode)
{
  g_autoptr (GError) error = NULL;
  g_auto (Fixture) f = fixture_new ((XpsSeriesMode)GPOINTER_TO_INT (mode));
  g_autoptr (XpsSeriesRun) run = fit (&f, NULL);
  g_autoptr (XpsSeriesReport) report = xps_series_report_new (f.series, run, NULL);
  g_autofree char *text = xps_series_run_dup_text (run, f.series, report, "corelevel-cli series");
  g_autoptr (XpsSeriesRun) back =
      xps_series_run_from_text (text, "run.json", f.series, f.model, f.plan, &error);
  g_assert_no_error (error);
  assert_same (run, back, 0);
  g_assert_cmpfloat (run->chi2, ==, back->chi2);
  g_assert_cmpuint (run->shared->len, ==, back->shared->len);
  g_assert_cmpuint (report->onsets->len, >=, 2);
  g_autofree char *table = xps_series_report_dup_table (report);
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, f.series->steps->len + 2);
  f.plan->freeze = 4; /* another plan: refused */
  g_assert_null (xps_series_run_from_text (text, "run.json", f.series, f.model, f.plan, &error));
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_FILE);
}

static gboolean
stop_soon (gsize done, gsize total, const XpsSeriesRun *run, gpointer data)
{
  guint *left = data;
  return (*left)-- > 1;
}

/* Stopped after a few steps, written, read, taken up: the same in the end. */
static void
test_resume (gconstpointer mode)
{
  g_autoptr (GError) error = NULL;
  guint left = 6, fitted = 0;
  g_auto (Fixture) f = fixture_new ((XpsSeriesMode)GPOINTER_TO_INT (mode));
  f.plan->n_threads =
      1; /* progress is told on this thread: with others, all may be done before it stops them */
  g_autoptr (XpsSeriesRun) whole = fit (&f, NULL);
  const XpsSeriesFitOptions stopping = {.progress = stop_soon, .user_data = &left};
  g_autoptr (XpsSeriesRun) part = fit (&f, &stopping);
  g_assert_false (part->complete);
  for (guint i = 0; i < part->steps->len; i++)
    fitted += xps_series_run_get_step (part, i)->fitted ? 1 : 0;
  g_assert_cmpuint (fitted, >, 0);
  g_assert_cmpuint (fitted, <, part->steps->len);
  g_autofree char *text = xps_series_run_dup_text (part, f.series, NULL, NULL);
  g_autoptr (XpsSeriesRun) back =
      xps_series_run_from_text (text, "part.json", f.series, f.model, f.plan, &error);
  g_assert_no_error (error);
  const XpsSeriesFitOptions going_on = {.resume = back};
  g_autoptr (XpsSeriesRun) again = fit (&f, &going_on);
  g_assert_true (again->complete);
  assert_same (whole, again, 0);
}

/* A series whose two ways end in different minima: what the one carries on is not what is kept. */
static Fixture
fixture_ambiguous (void)
{
  Fixture self = fixture_new (XPS_SERIES_WARM);
  XpsParameter *place = xps_model_get_parameter (self.model, "electrode E");
  place->min = 157.2;
  place->max = 164;
  self.plan->n_threads = 1;
  return self;
}

/* Wherever it is stopped, it ends as if it had not been: to the last bit, though it is written and read. */
static void
test_resume_anywhere (void)
{
  g_auto (Fixture) f = fixture_ambiguous ();
  g_autoptr (XpsSeriesRun) whole = fit (&f, NULL);
  const guint n = whole->steps->len;
  guint behind = 0, stops = 0;
  for (guint i = 0; i < n; i++)
    behind += xps_series_run_get_step (whole, i)->direction < 0 ? 1 : 0;
  g_assert_cmpuint (behind, >, 0);
  g_assert_cmpuint (behind, <, n);
  for (guint stop = 1;; stop += 3, stops++) {
    g_autoptr (GError) error = NULL;
    guint left = stop;
    const XpsSeriesFitOptions stopping = {.progress = stop_soon, .user_data = &left};
    g_autoptr (XpsSeriesRun) part = fit (&f, &stopping);
    if (part->complete)
      break;
    g_autofree char *text = xps_series_run_dup_text (part, f.series, NULL, NULL);
    g_autoptr (XpsSeriesRun) back =
        xps_series_run_from_text (text, "part.json", f.series, f.model, f.plan, &error);
    g_assert_no_error (error);
    const XpsSeriesFitOptions going_on = {.resume = back};
    g_autoptr (XpsSeriesRun) again = fit (&f, &going_on);
    g_assert_true (again->complete);
    assert_same (whole, again, 0);
    g_assert_cmpfloat (whole->chi2, ==, again->chi2);
    g_assert_cmpuint (whole->warnings->len, ==, again->warnings->len);
  }
  g_assert_cmpuint (stops, >, 2 * n / 3); /* both ways, and what follows them */
}

/* Two halves of a global run from its shared values alone are the whole. */
static void
test_split (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Fixture) f = fixture_new (XPS_SERIES_GLOBAL);
  g_autoptr (XpsSeriesRun) whole = fit (&f, NULL);
  const gsize half = 15, n = f.series->steps->len;
  const XpsSeriesFitOptions low = {.shared = whole, .first = 0, .n_steps = half};
  const XpsSeriesFitOptions high = {.shared = whole, .first = half, .n_steps = n - half};
  g_autoptr (XpsSeriesRun) a = fit (&f, &low);
  g_autoptr (XpsSeriesRun) b = fit (&f, &high);
  g_autoptr (XpsSeriesRun) both = xps_series_run_merge (a, b, f.series, &error);
  g_assert_no_error (error);
  g_assert_true (both->complete);
  test_assert_close (both->chi2, whole->chi2, 1e-4); /* at a minimum, to second order */
  for (guint i = 0; i < n; i++)
    for (guint p = 0; p < f.model->parameters->len; p++) {
      const XpsStepResult *x = xps_series_run_get_step (whole, i), *y = xps_series_run_get_step (both, i);
      const double unit = isfinite (x->errors[p]) ? x->errors[p] : fmax (fabs (x->values[p]), 1);
      test_assert_close (y->values[p], x->values[p], 2e-3 * unit);
    }
}

/* A frame more at the end: earlier results stay to the last bit, the new one is that of a fit of all. */
static void
test_append (gconstpointer mode)
{
  const MadeSeries made = MADE_SERIES;
  g_autoptr (GError) error = NULL;
  g_auto (Fixture) f = fixture_new ((XpsSeriesMode)GPOINTER_TO_INT (mode));
  g_autoptr (XpsSeriesRun) run = fit (&f, NULL);
  const double before = xps_series_run_get_step (run, 3)->values[0];
  XpsRandom random;
  xps_random_init (&random, 77);
  g_autoptr (XpsFitData) data = made_data (&made, 30, 0, 1, &random);
  xps_series_add_step (f.series, "frame 32", &data);
  ((XpsClock *)g_ptr_array_index (f.series->clocks, 1))->values[31] = 0.98;
  g_assert_true (xps_series_run_append (run, f.series, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (run->steps->len, ==, 32);
  g_assert_cmpfloat (xps_series_run_get_step (run, 3)->values[0], ==, before);
  const XpsStepResult *last = xps_series_run_get_step (run, 31);
  g_assert_true (last->fitted && last->converged);
  g_assert_cmpfloat (last->reduced_chi2, <, 1.6);
}

/* What cannot be is said, not tried. */
static void
test_refusals (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Fixture) f = fixture_new (XPS_SERIES_GLOBAL);
  xps_series_plan_set_rule (f.plan, "nobody", XPS_ACROSS_SHARED, 0);
  g_assert_null (xps_series_fit (f.series, f.model, f.plan, NULL, &error));
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN);
  g_clear_error (&error);
  xps_series_plan_set_rule (f.plan, "nobody", XPS_ACROSS_FREE, 0);
  xps_series_plan_set_rule (f.plan, "wl", XPS_ACROSS_SHARED, 0); /* is fixed */
  g_assert_null (xps_series_fit (f.series, f.model, f.plan, NULL, &error));
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN);
  g_clear_error (&error);
  f.plan->mode = XPS_SERIES_WARM;
  g_assert_null (xps_series_fit (f.series, f.model, f.plan, NULL, &error));
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN);
}

static void
test_groups (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Fixture) f = fixture_new (XPS_SERIES_WARM);
  xps_series_exclude (f.series, 2, "dropped the sample");
  g_autoptr (XpsSeries) pairs = xps_series_average (f.series, 2, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (xps_series_get_n (pairs), ==, 15);
  const XpsFitData *a = g_ptr_array_index (xps_series_get_step (f.series, 0)->data, 0),
                   *b = g_ptr_array_index (xps_series_get_step (f.series, 1)->data, 0),
                   *mean = g_ptr_array_index (xps_series_get_step (pairs, 0)->data, 0);
  test_assert_close (mean->intensity[7], 0.5 * (a->intensity[7] + b->intensity[7]), 1e-12);
  g_assert_cmpfloat (mean->live_time, ==, 2);
  g_autoptr (XpsSeries) wide = xps_series_rebin (f.series, 3, &error);
  g_assert_no_error (error);
  const XpsFitData *w = g_ptr_array_index (xps_series_get_step (wide, 0)->data, 0);
  g_assert_cmpuint (w->n, ==, 40);
  test_assert_close (w->energy[0], a->energy[1], 1e-12);
  test_assert_close (w->intensity[0], (a->intensity[0] + a->intensity[1] + a->intensity[2]) / 3, 1e-12);
  g_autoptr (XpsSeriesRun) run = fit (&f, NULL);
  g_assert_false (xps_series_run_get_step (run, 2)->fitted);
  g_assert_true (run->complete);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/series/run/round-trip/warm", GINT_TO_POINTER (XPS_SERIES_WARM), test_round_trip);
  g_test_add_data_func ("/series/run/round-trip/global", GINT_TO_POINTER (XPS_SERIES_GLOBAL),
                        test_round_trip);
  g_test_add_data_func ("/series/run/resume/independent", GINT_TO_POINTER (XPS_SERIES_INDEPENDENT),
                        test_resume);
  g_test_add_data_func ("/series/run/resume/warm", GINT_TO_POINTER (XPS_SERIES_WARM), test_resume);
  g_test_add_func ("/series/run/resume/anywhere", test_resume_anywhere);
  g_test_add_func ("/series/run/split", test_split);
  g_test_add_data_func ("/series/run/append/warm", GINT_TO_POINTER (XPS_SERIES_WARM), test_append);
  g_test_add_data_func ("/series/run/append/global", GINT_TO_POINTER (XPS_SERIES_GLOBAL), test_append);
  g_test_add_func ("/series/run/refusals", test_refusals);
  g_test_add_func ("/series/run/groups", test_groups);
  return g_test_run ();
}
