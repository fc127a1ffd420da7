/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/report.h"

#include "series/log.h"
#include "series/made.h"

/* What is said of a fitted series: why nothing is found, and what is held. */

typedef struct {
  XpsSeries *series;
  XpsModel *model;
  XpsSeriesPlan *plan;
  XpsSeriesRun *run;
  XpsSeriesReport *report;
} Told;

/* The made series of `steps`, against these potentials (NULL: its own). */
static Told
tell (guint steps, const double *potentials)
{
  const XpsOnsetOptions options = {.n_redraws = 1};
  MadeSeries made = MADE_SERIES;
  g_autoptr (GError) error = NULL;
  made.steps = steps;
  Told told = {made_series (&made), made_model (), xps_series_plan_new (), NULL, NULL};
  if (potentials != NULL)
    made_take_axis (told.series, XPS_CLOCK_POTENTIAL, potentials);
  told.run = xps_series_fit (told.series, told.model, told.plan, NULL, &error);
  g_assert_no_error (error);
  told.report = xps_series_report_new (told.series, told.run, &options);
  return told;
}

static void
told_clear (Told *told)
{
  xps_series_report_free (told->report);
  xps_series_run_free (told->run);
  xps_series_plan_free (told->plan);
  xps_model_free (told->model);
  xps_series_free (told->series);
}

static gboolean
says (const Told *told, const char *words)
{
  for (guint i = 0; i < told->report->warnings->len; i++)
    if (strstr (g_ptr_array_index (told->report->warnings, i), words) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
stop_at_once (gpointer data)
{
  *(guint *)data += 1;
  return TRUE;
}

/* Whoever does not want to wait gets what is known, and is told that it is not all. */
static void
test_stopped (void)
{
  guint asked = 0;
  Told told = tell (12, NULL);
  const XpsOnsetOptions options = {.stop = stop_at_once, .stop_data = &asked};
  g_assert_cmpuint (told.report->onsets->len, >, 0);
  xps_series_report_free (told.report);
  told.report = xps_series_report_new (told.series, told.run, &options);
  g_assert_cmpuint (told.report->onsets->len, ==, 0);
  g_assert_cmpuint (told.report->trends->len, >, 0);
  g_assert_cmpuint (asked, ==, 1);
  g_assert_true (says (&told, "stopped before all onsets"));
  told_clear (&told);
}

static void
test_axis (void)
{
  double same[10], zigzag[10], gaps[10];
  for (guint i = 0; i < 10; i++) {
    same[i] = 1.5;
    zigzag[i] = i % 2 == 0 ? 1.0 + 0.01 * i : 1.75 - 0.01 * i;
    gaps[i] = i == 3 || i == 4 ? NAN : 1.75 - 0.08 * i;
  }
  Told told = tell (10, NULL);
  g_assert_false (says (&told, "same at every step") || says (&told, "back and forth") ||
                  says (&told, "no value of"));
  g_assert_cmpuint (told.report->onsets->len, >, 0);
  told_clear (&told);
  told = tell (10, same);
  g_assert_cmpuint (told.report->onsets->len, ==, 0);
  g_assert_true (says (&told, "potential is the same at every step"));
  told_clear (&told);
  told = tell (10, zigzag);
  g_assert_cmpuint (told.report->onsets->len, ==, 0);
  g_assert_true (says (&told, "potential goes back and forth, never 6 steps"));
  told_clear (&told);
  told = tell (10, gaps);
  g_assert_true (says (&told, "2 steps have no value of potential"));
  told_clear (&told);
}

/* An absent species is named where its position and width are held; a step left out says why. */
static void
test_table (void)
{
  const XpsOnsetOptions options = {.n_redraws = 1};
  MadeSeries made = MADE_SERIES;
  g_autoptr (GError) error = NULL;
  made.middle = 1.1;
  made.width = 0.02;
  Told told = {made_series (&made), made_model (), xps_series_plan_new (), NULL, NULL};
  xps_series_exclude (told.series, 2, "beam lost, twice");
  told.run = xps_series_fit (told.series, told.model, told.plan, NULL, &error);
  g_assert_no_error (error);
  told.report = xps_series_report_new (told.series, told.run, &options);
  g_autofree char *table = xps_series_report_dup_table (told.report);
  g_auto (GStrv) lines = g_strsplit (table, "\n", -1);
  g_assert_true (g_str_has_prefix (lines[0], "step,status,frozen,remark,"));
  g_assert_true (g_str_has_prefix (lines[1], "frame 1,fitted,electrode,"));
  g_assert_true (g_str_has_prefix (lines[3], "frame 3,excluded,") &&
                 strstr (lines[3], "\"beam lost, twice\"") != NULL);
  g_assert_true (g_str_has_prefix (lines[31], "frame 31,fitted,,"));
  g_autofree char *text = xps_series_run_dup_text (told.run, told.series, told.report, NULL);
  g_autoptr (JsonNode) node = json_from_string (text, &error);
  g_assert_no_error (error);
  JsonObject *trends = json_object_get_object_member (json_node_get_object (node), "trends");
  JsonObject *trend = json_object_get_object_member (trends, "position:electrode");
  JsonArray *frozen = json_object_get_array_member (trend, "frozen");
  g_assert_cmpuint (json_array_get_length (frozen), ==, 31);
  g_assert_true (json_array_get_boolean_element (frozen, 0));
  g_assert_false (json_array_get_boolean_element (frozen, 30));
  told_clear (&told);
}

/* Slopes are classed by volts whatever the unit of the axis. */
static void
test_millivolts (void)
{
  const XpsOnsetOptions options = {.n_redraws = 1};
  MadeSeries made = MADE_SERIES;
  double values[31];
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < 31; i++)
    values[i] = 1000 * made_potential (&made, i);
  Told volts = tell (31, NULL);
  Told told = {made_series (&made), made_model (), xps_series_plan_new (), NULL, NULL};
  g_assert_true (xps_series_take_clock (told.series,
                                        xps_clock_new (XPS_CLOCK_POTENTIAL, NULL, "mV", 31, values), &error));
  told.run = xps_series_fit (told.series, told.model, told.plan, NULL, &error);
  g_assert_no_error (error);
  told.report = xps_series_report_new (told.series, told.run, &options);
  g_assert_cmpuint (volts.run->frames->len, ==, told.run->frames->len);
  for (guint i = 0; i < told.run->frames->len; i++) {
    const XpsFrameSlope *a = g_ptr_array_index (volts.run->frames, i),
                        *b = g_ptr_array_index (told.run->frames, i);
    g_assert_nonnull (a->class_);
    g_assert_cmpstr (a->class_, ==, b->class_);
  }
  told_clear (&told);
  told_clear (&volts);
}

/* A step of the area is no straight line in either cause: the errors say so. */
static void
test_causes (void)
{
  const XpsOnsetOptions options = {.n_redraws = 1};
  MadeSeries made = MADE_SERIES;
  double dose[31];
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < 31; i++)
    dose[i] = (i * 7) % 31;
  Told told = {made_series (&made), made_model (), xps_series_plan_new (), NULL, NULL};
  made_take_axis (told.series, XPS_CLOCK_DOSE, dose);
  told.run = xps_series_fit (told.series, told.model, told.plan, NULL, &error);
  g_assert_no_error (error);
  told.report = xps_series_report_new (told.series, told.run, &options);
  g_assert_cmpuint (told.report->causes->len, >, 0);
  for (guint i = 0; i < told.report->causes->len; i++) {
    const XpsCausesEntry *entry = g_ptr_array_index (told.report->causes, i);
    if (strcmp (entry->trend, "net:electrode") != 0)
      continue;
    g_assert_true (entry->causes.separable);
    g_assert_cmpfloat (entry->causes.chi2, >, 100 * entry->causes.dof);
    /* nothing hangs on the dose */
    g_assert_cmpfloat (fabs (entry->causes.by_second.value), <, 3 * entry->causes.by_second.error);
  }
  told_clear (&told);
}

/* A log without a date is laid on the steps' own time, and that it was is said. */
static void
test_undated (void)
{
  MadeSeries made = MADE_SERIES;
  double seconds[31];
  const double times[] = {0, 300}, volts[] = {3, 2};
  const XpsClockLog rows = {2, times, NULL};
  const XpsLogColumn column = {XPS_CLOCK_POTENTIAL, volts};
  g_autoptr (XpsSeries) series = made_series (&made);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < 31; i++)
    seconds[i] = 10 * i;
  made_take_axis (series, XPS_CLOCK_TIME, seconds);
  g_assert_true (xps_series_take_log (series, &rows, &column, 1, NAN, 0, NAN, notes));
  g_assert_cmpuint (notes->len, ==, 2);
  g_assert_nonnull (strstr (g_ptr_array_index (notes, 0), "31 of 31 steps within the log"));
  g_assert_nonnull (strstr (g_ptr_array_index (notes, 1), "do not both have dates"));

  /* An offset is said before what came of it. */
  g_ptr_array_set_size (notes, 0);
  g_assert_true (xps_series_take_log (series, &rows, &column, 1, NAN, 95, NAN, notes));
  g_assert_nonnull (strstr (g_ptr_array_index (notes, 0), "log offset: 95 s"));
  g_assert_nonnull (strstr (g_ptr_array_index (notes, 1), "21 of 31 steps within the log; 10 steps after"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/report/stopped", test_stopped);
  g_test_add_func ("/series/report/axis", test_axis);
  g_test_add_func ("/series/report/table", test_table);
  g_test_add_func ("/series/report/millivolts", test_millivolts);
  g_test_add_func ("/series/report/causes", test_causes);
  g_test_add_func ("/series/report/undated", test_undated);
  return g_test_run ();
}
