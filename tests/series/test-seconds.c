/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/seconds.h"

#include "series/made.h"
#include "series/report.h"

/* Steps that were counted for different times: the same sample, every third frame twice as long. Judge: the
 * rate, which does not change. */

#define STEPS 24

typedef struct {
  XpsSeries *series;
  XpsModel *model;
  XpsSeriesPlan *plan;
  XpsSeriesRun *run;
  XpsSeriesReport *report;
} Counted;

/* Every third frame has `factor` times the counts of the others, in as many times their half second. */
static Counted
count (double factor)
{
  MadeSeries made = MADE_SERIES;
  double v[STEPS];
  XpsRandom random;
  Counted self = {xps_series_new (1), made_model (), xps_series_plan_new (), NULL, NULL};
  made.steps = STEPS;
  made.slope = 0;
  made.middle = -10; /* nothing grows */
  xps_random_init (&random, 11);
  for (guint i = 0; i < STEPS; i++) {
    const gboolean longer = i % 3 == 1;
    g_autoptr (XpsFitData) data = made_data (&made, i, 0, longer ? factor : 1, &random);
    data->seconds = longer ? 0.5 * factor : 0.5;
    v[i] = made_potential (&made, i);
    xps_series_add_step (self.series, "frame", &data);
  }
  made_take_axis (self.series, XPS_CLOCK_POTENTIAL, v);
  xps_series_choose_axis (self.series);
  return self;
}

static void
report (Counted *self)
{
  const XpsOnsetOptions options = {.n_redraws = 99};
  g_autoptr (GError) error = NULL;
  self->run = xps_series_fit (self->series, self->model, self->plan, NULL, &error);
  g_assert_no_error (error);
  self->report = xps_series_report_new (self->series, self->run, &options);
}

static void
counted_clear (Counted *self)
{
  xps_series_report_free (self->report);
  xps_series_run_free (self->run);
  xps_series_plan_free (self->plan);
  xps_model_free (self->model);
  xps_series_free (self->series);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Counted, counted_clear)

static const XpsTrend *
find_trend (const Counted *self, const char *id)
{
  for (guint i = 0; i < self->report->trends->len; i++) {
    const XpsTrend *trend = g_ptr_array_index (self->report->trends, i);
    if (strcmp (trend->id, id) == 0)
      return trend;
  }
  g_assert_not_reached ();
}

static gboolean
says (const Counted *self, const char *words)
{
  for (guint i = 0; i < self->report->warnings->len; i++)
    if (strstr (g_ptr_array_index (self->report->warnings, i), words) != NULL)
      return TRUE;
  return FALSE;
}

/* chi2 of a constant. */
static double
scatter (const XpsTrend *trend)
{
  double weights = 0, sum = 0, chi2 = 0;
  for (gsize i = 0; i < trend->n; i++) {
    const double w = 1 / (trend->errors[i] * trend->errors[i]);
    weights += w;
    sum += w * trend->values[i];
  }
  for (gsize i = 0; i < trend->n; i++)
    chi2 += pow ((trend->values[i] - sum / weights) / trend->errors[i], 2);
  return chi2;
}

static void
test_known (void)
{
  g_auto (Counted) self = count (2);
  report (&self);
  const XpsTrend *area = find_trend (&self, "area:electrolyte"),
                 *height = find_trend (&self, "height:electrolyte");
  g_assert_cmpstr (area->unit, ==, "counts/s eV");
  g_assert_cmpstr (height->unit, ==, "counts/s");
  g_assert_cmpfloat (scatter (area), <, 2 * STEPS); /* 0.999 quantile of chi2 with 23: 49.7 */
  test_assert_close (area->values[0], 9000 / 0.5, 0.05 * 18000);
  g_assert_true (says (&self, "0.5 to 1 s"));
  for (guint i = 0; i < self.report->onsets->len; i++) {
    const XpsOnsetEntry *entry = g_ptr_array_index (self.report->onsets, i);
    if (g_str_has_prefix (entry->trend, "net:"))
      g_assert_cmpfloat (entry->onset.significance, >, 0.01);
  }
}

/* Shares within a step need no times; parameters are those of the model on the data. */
static void
test_others (void)
{
  g_auto (Counted) self = count (2);
  report (&self);
  const XpsTrend *share = find_trend (&self, "fraction:electrolyte");
  const XpsTrend *parameter = find_trend (&self, "parameter:electrolyte A");
  const XpsTrend *area = find_trend (&self, "area:electrolyte");
  for (guint i = 0; i < STEPS; i++) {
    const XpsStepResult *step = xps_series_run_get_step (self.run, i);
    g_assert_cmpfloat (share->values[i], ==, step->components[0].fraction.value);
    g_assert_cmpfloat (parameter->values[i], ==, step->components[0].area.value);
    g_assert_cmpfloat (area->values[i], ==, step->components[0].area.value / (i % 3 == 1 ? 1 : 0.5));
  }
}

static void
test_alike (void)
{
  g_auto (Counted) self = count (1);
  report (&self);
  const XpsTrend *area = find_trend (&self, "area:electrolyte");
  g_assert_cmpstr (area->unit, ==, "counts eV");
  for (guint i = 0; i < STEPS; i++)
    g_assert_cmpfloat (area->values[i], ==, xps_series_run_get_step (self.run, i)->components[0].area.value);
  g_assert_false (says (&self, "different times"));
}

/* One that does not say: nothing is guessed, and that is said. */
static void
test_unknown (void)
{
  g_auto (Counted) self = count (2);
  ((XpsFitData *)g_ptr_array_index (xps_series_get_step (self.series, 5)->data, 0))->seconds = NAN;
  report (&self);
  const XpsTrend *area = find_trend (&self, "area:electrolyte");
  g_assert_cmpstr (area->unit, ==, "counts eV");
  g_assert_cmpfloat (area->values[1], ==, xps_series_run_get_step (self.run, 1)->components[0].area.value);
  g_assert_true (says (&self, "not all files say for how long"));
}

/* Means of frames that were counted for different times are the rates of all their counts. */
static void
test_average (void)
{
  const double x[] = {160, 161, 162}, one[] = {10, 20, 30}, three[] = {30, 40, 90};
  g_autoptr (XpsSeries) series = xps_series_new (1);
  g_autoptr (XpsFitData) a =
      xps_fit_data_new_arrays (3, x, one, NULL, NULL, XPS_INTENSITY_COUNTS_PER_SECOND, 1);
  g_autoptr (XpsFitData) b =
      xps_fit_data_new_arrays (3, x, three, NULL, NULL, XPS_INTENSITY_COUNTS_PER_SECOND, 3);
  g_autoptr (GError) error = NULL;
  xps_series_add_step (series, "a", &a);
  xps_series_add_step (series, "b", &b);
  g_autoptr (XpsSeries) mean = xps_series_average (series, 2, 0, &error);
  g_assert_no_error (error);
  const XpsFitData *data = g_ptr_array_index (xps_series_get_step (mean, 0)->data, 0);
  for (guint i = 0; i < 3; i++)
    test_assert_close (data->intensity[i], (one[i] + 3 * three[i]) / 4, 1e-12);
  g_assert_cmpfloat (data->live_time, ==, 4);
  g_assert_cmpfloat (data->seconds, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/seconds/known", test_known);
  g_test_add_func ("/series/seconds/others", test_others);
  g_test_add_func ("/series/seconds/alike", test_alike);
  g_test_add_func ("/series/seconds/unknown", test_unknown);
  g_test_add_func ("/series/seconds/average", test_average);
  return g_test_run ();
}
