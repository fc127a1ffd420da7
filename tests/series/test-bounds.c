/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/bounds.h"

#include "made.h"
#include "series/report.h"

/* Parameters at their bounds, on the series whose truth is known: widths of 0.5 eV, an electrolyte that goes
 * from 161.65 to 162.1 eV, an electrode that is not there in the first half. */

static XpsParameter *
parameter_of (XpsModel *model, const char *name)
{
  for (guint i = 0; i < model->parameters->len; i++) {
    XpsParameter *parameter = g_ptr_array_index (model->parameters, i);
    if (strcmp (parameter->name, name) == 0)
      return parameter;
  }
  g_error ("no %s", name);
}

static void
bound (XpsModel *model, const char *name, double low, double high)
{
  XpsParameter *parameter = parameter_of (model, name);
  parameter->min = low;
  parameter->max = high;
  parameter->value = 0.5 * (low + high);
}

static XpsSeriesRun *
fit (const XpsSeries *series, const XpsModel *model, const XpsSeriesPlan *plan)
{
  g_autoptr (GError) error = NULL;
  XpsSeriesRun *run = xps_series_fit (series, model, plan, NULL, &error);
  g_assert_no_error (error);
  return run;
}

static const XpsBoundCount *
find_count (const XpsSeriesRun *run, const GArray *counts, const char *name)
{
  for (guint k = 0; k < counts->len; k++) {
    const XpsBoundCount *count = &g_array_index (counts, XpsBoundCount, k);
    const XpsParameter *parameter = g_ptr_array_index (run->model->parameters, count->parameter);
    if (strcmp (parameter->name, name) == 0)
      return count;
  }
  g_error ("%s is at no bound", name);
}

static guint
count_saying (const GPtrArray *warnings, const char *words)
{
  guint n = 0;
  for (guint i = 0; i < warnings->len; i++)
    n += strstr (g_ptr_array_index (warnings, i), words) != NULL ? 1 : 0;
  return n;
}

/* Room enough for everything: nothing is said, of the area at zero least of all. */
static void
test_room (void)
{
  const MadeSeries made = MADE_SERIES;
  g_autoptr (XpsSeries) series = made_series (&made);
  g_autoptr (XpsModel) model = made_model ();
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  g_autoptr (XpsSeriesRun) run = fit (series, model, plan);
  g_autoptr (GArray) counts = xps_series_find_bounds (run);
  g_assert_cmpuint (counts->len, ==, 0);
}

/* One line for each parameter, in the report as well. */
static void
test_narrow (void)
{
  const MadeSeries made = MADE_SERIES;
  g_autoptr (XpsSeries) series = made_series (&made);
  g_autoptr (XpsModel) model = made_model ();
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  bound (model, "wg", 0.9, 2);
  bound (model, "electrolyte E", 160.5, 161.8);
  g_autoptr (XpsSeriesRun) run = fit (series, model, plan);
  g_autoptr (GArray) counts = xps_series_find_bounds (run);
  const XpsBoundCount *width = find_count (run, counts, "wg"),
                      *energy = find_count (run, counts, "electrolyte E");
  g_assert_cmpuint (width->n_fitted, ==, 31);
  g_assert_cmpuint (width->n_lower, ==, 31);
  g_assert_cmpuint (width->n_upper, ==, 0);
  /* It moves by 0.015 eV a step and passes 161.8 between steps 11 and 12: errors are 0.01 eV. */
  g_assert_cmpuint (energy->n_lower, ==, 0);
  g_assert_cmpuint (energy->n_upper, >=, 17);
  g_assert_cmpuint (energy->n_upper, <=, 23);
  g_autofree char *words = xps_series_dup_bound_words (run, width);
  g_assert_cmpstr (words, ==, "wg: at its lower bound 0.9 in 31 of 31 steps");
  const XpsOnsetOptions onset = {.n_redraws = 19};
  g_autoptr (XpsSeriesReport) report = xps_series_report_new (series, run, &onset);
  g_assert_cmpuint (count_saying (report->warnings, "wg: at its lower bound 0.9 in 31 of 31"), ==, 1);
  g_assert_cmpuint (count_saying (report->warnings, "electrolyte E: at its upper bound 161.8"), ==, 1);
  g_assert_cmpuint (count_saying (report->warnings, "at its"), ==, counts->len);
}

/* What is shared by all steps is at its bound in all of them. */
static void
test_shared (void)
{
  const MadeSeries made = MADE_SERIES;
  g_autoptr (XpsSeries) series = made_series (&made);
  g_autoptr (XpsModel) model = made_model ();
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  plan->mode = XPS_SERIES_GLOBAL;
  xps_series_plan_set_rule (plan, "wg", XPS_ACROSS_SHARED, 0);
  bound (model, "wg", 0.2, 0.3);
  g_autoptr (XpsSeriesRun) run = fit (series, model, plan);
  g_autoptr (GArray) counts = xps_series_find_bounds (run);
  g_assert_cmpuint (find_count (run, counts, "wg")->n_upper, ==, 31);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/bounds/room", test_room);
  g_test_add_func ("/series/bounds/narrow", test_narrow);
  g_test_add_func ("/series/bounds/shared", test_shared);
  return g_test_run ();
}
