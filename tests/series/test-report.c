/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/report.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/report/axis", test_axis);
  g_test_add_func ("/series/report/table", test_table);
  return g_test_run ();
}
