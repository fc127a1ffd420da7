/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/report.h"

#include "series/made.h"

/* Are the intervals as wide as they say? The simulated series, counts redrawn 400 times, fitted as a person
 * would; seeds fixed. The shares of 95 % may be off by three standard deviations of such a count. */

#define REDRAWS 100 /* XPS_SERIES_REDRAWS=400 is what docs/METHODS.md quotes */

typedef struct {
  guint middle, begin, slope, fitted;
} Inside;

static const XpsOnset *
find_onset (const XpsSeriesReport *report, const char *trend)
{
  for (guint i = 0; i < report->onsets->len; i++) {
    const XpsOnsetEntry *entry = g_ptr_array_index (report->onsets, i);
    if (strcmp (entry->trend, trend) == 0)
      return &entry->onset;
  }
  g_error ("no onset of %s", trend);
}

static XpsQuantity
find_slope (const XpsSeriesRun *run, const char *name)
{
  for (guint i = 0; i < run->frames->len; i++) {
    const XpsFrameSlope *slope = g_ptr_array_index (run->frames, i);
    if (strcmp (slope->name, name) == 0)
      return slope->slope;
  }
  g_error ("no slope of %s", name);
}

static void
redraw (const XpsSeriesPlan *plan, const char *frame, guint64 seed, Inside *inside)
{
  const XpsOnsetOptions options = {.kind = XPS_ONSET_LOGISTIC, .n_redraws = 1};
  MadeSeries made = MADE_SERIES;
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model ();
  made.seed = seed;
  g_autoptr (XpsSeries) series = made_series (&made);
  g_autoptr (XpsSeriesRun) run = xps_series_fit (series, model, plan, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (XpsSeriesReport) report = xps_series_report_new (series, run, &options);
  const XpsOnset *onset = find_onset (report, "net:electrode");
  const XpsQuantity slope = find_slope (run, frame);
  const double begin = made.middle + 2 * made.width;
  inside->middle += onset->low <= made.middle && made.middle <= onset->high ? 1 : 0;
  inside->begin += onset->begin_low <= begin && begin <= onset->begin_high ? 1 : 0;
  inside->slope += fabs (slope.value - made.slope) <= 1.96 * slope.error ? 1 : 0;
  inside->fitted += run->converged ? 1 : 0;
}

static void
check (const XpsSeriesPlan *plan, const char *frame)
{
  const char *wish = g_getenv ("XPS_SERIES_REDRAWS");
  const guint n = wish != NULL ? (guint)g_ascii_strtoull (wish, NULL, 10) : REDRAWS;
  const double slack = 3 * sqrt (0.95 * 0.05 / n);
  Inside inside = {0};
  for (guint k = 0; k < n; k++)
    redraw (plan, frame, 1000 + k, &inside);
  const double middle = inside.middle / (double)n, begin = inside.begin / (double)n,
               slope = inside.slope / (double)n;
  g_test_message ("of %u: converged %u; middle inside %.2f %%, begin %.2f %%, slope %.2f %%", n,
                  inside.fitted, 100 * middle, 100 * begin, 100 * slope);
  g_assert_cmpuint (inside.fitted, ==, n);
  g_assert_cmpfloat (fabs (middle - 0.95), <=, slack);
  g_assert_cmpfloat (fabs (begin - 0.95), <=, slack);
  g_assert_cmpfloat (fabs (slope - 0.95), <=, slack);
}

static void
test_warm (void)
{
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  check (plan, "Li6PS5Cl");
}

static void
test_global (gconstpointer shift)
{
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  plan->mode = XPS_SERIES_GLOBAL;
  xps_series_plan_set_rule (plan, "wg", XPS_ACROSS_SHARED, 0);
  XpsEnergyFrame *moving =
      xps_series_plan_add_frame (plan, "cell", (XpsFrameShift)GPOINTER_TO_INT (shift), 0);
  XpsEnergyFrame *still = xps_series_plan_add_frame (plan, "still", XPS_FRAME_FIXED, 0);
  g_ptr_array_add (moving->components, g_strdup ("electrolyte"));
  g_ptr_array_add (still->components, g_strdup ("electrode"));
  check (plan, "cell");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/coverage/warm", test_warm);
  g_test_add_data_func ("/series/coverage/global-linear", GINT_TO_POINTER (XPS_FRAME_LINEAR), test_global);
  g_test_add_data_func ("/series/coverage/global-free", GINT_TO_POINTER (XPS_FRAME_FREE), test_global);
  return g_test_run ();
}
