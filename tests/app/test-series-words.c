/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-words.h"

#include <math.h>
#include <string.h>

/* What the window says of a series, by hand: a moving line is no growing species, a kink is where it begins,
 * and half of a logistic change is not. */

typedef struct {
  XpsSeries *series;
  XpsSeriesRun run;
  XpsSeriesReport report;
} Told;

static void
told_init (Told *self)
{
  static const double values[] = {1, 2, 3};
  g_autoptr (GError) error = NULL;
  memset (self, 0, sizeof *self);
  self->series = xps_series_new (1);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
    XpsFitData *none = NULL;
    xps_series_add_step (self->series, "step", &none);
  }
  xps_series_take_clock (self->series, xps_clock_new (XPS_CLOCK_POTENTIAL, NULL, NULL, 3, values), &error);
  g_assert_no_error (error);
  xps_series_choose_axis (self->series);
  self->run.frames = g_ptr_array_new ();
  self->report.series = self->series;
  self->report.run = &self->run;
  self->report.onsets = g_ptr_array_new ();
  self->report.causes = g_ptr_array_new ();
  self->report.factors = g_ptr_array_new ();
  self->report.warnings = g_ptr_array_new ();
}

static void
told_clear (Told *self)
{
  g_ptr_array_unref (self->run.frames);
  g_ptr_array_unref (self->report.onsets);
  g_ptr_array_unref (self->report.causes);
  g_ptr_array_unref (self->report.factors);
  g_ptr_array_unref (self->report.warnings);
  xps_series_free (self->series);
}

static void
assert_says (const char *trend, XpsOnset onset, const char *expected)
{
  Told told;
  char component[] = "PS4 2p3/2", species[] = "Li6PS5Cl";
  g_autofree char *id = g_strdup (trend);
  XpsOnsetEntry entry = {id, component, species, onset, TRUE};
  told_init (&told);
  g_ptr_array_add (told.report.onsets, &entry);
  g_autofree char *text = xps_series_dup_findings (&told.report);
  g_assert_cmpstr (text, ==, expected);
  told_clear (&told);
}

static void
test_onsets (void)
{
  XpsOnset onset = {.kind = XPS_ONSET_LOGISTIC,
                    .value = {1.33013, 0.0002},
                    .low = 1.32974,
                    .high = 1.33051,
                    .begin = {1.45014, 0.00025},
                    .direction = 1,
                    .significance = 0.001};
  assert_says ("net:PS4 2p3/2", onset,
               "Li6PS5Cl grows, half of it at 1.33013(20) V (95 %: 1.32974 to 1.33051); it "
               "begins at 1.45014(25) V; chance without a change \342\211\244 0.001");
  assert_says ("position:PS4 2p3/2", onset,
               "The energy of PS4 2p3/2 grows, half of it at 1.33013(20) V (95 %: 1.32974 to "
               "1.33051); it begins at 1.45014(25) V; chance without a change \342\211\244 "
               "0.001");
  onset.begun = TRUE;
  onset.low = NAN;
  onset.direction = -1;
  assert_says ("width:PS4 2p3/2", onset,
               "The width of PS4 2p3/2 shrinks, half of it at 1.33013(20) V (95 %: open to "
               "1.33051), from the first step or before; chance without a change \342\211\244 0.001");
  onset.kind = XPS_ONSET_KINK;
  assert_says ("net:PS4 2p3/2", onset,
               "Li6PS5Cl shrinks from 1.33013(20) V on (95 %: open to 1.33051); "
               "chance without "
               "a change \342\211\244 0.001");
}

static void
test_causes (void)
{
  Told told;
  char trend[] = "net:Li2S", potential[] = "potential", dose[] = "dose";
  XpsCausesEntry entry = {trend, potential, dose, {.separable = TRUE}};
  entry.causes.by_first = (XpsQuantity){-120, 4};
  entry.causes.by_second = (XpsQuantity){0.5, 0.6};
  told_init (&told);
  g_ptr_array_add (told.report.causes, &entry);
  g_autofree char *text = xps_series_dup_findings (&told.report);
  g_assert_nonnull (strstr (text, "The area of Li2S changes by"));
  g_assert_nonnull (strstr (text, "for each unit of potential"));
  g_assert_nonnull (strstr (text, "for each unit of dose"));
  entry.causes.separable = FALSE;
  g_autofree char *silent = xps_series_dup_findings (&told.report);
  g_assert_cmpstr (silent, ==, "");
  told_clear (&told);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series-words/onsets", test_onsets);
  g_test_add_func ("/series-words/causes", test_causes);
  return g_test_run ();
}
