/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "base/number.h"
#include "cli/series.h"
#include "series/bounds.h"

/* A fitted series for people. */

static void
print_shared (const XpsSeriesRun *run)
{
  if (run->shared->len > 0)
    g_print ("\nShared\n");
  for (guint i = 0; i < run->shared->len; i++) {
    const XpsSharedValue *shared = g_ptr_array_index (run->shared, i);
    g_autofree char *value = xps_number_dup_with_error (shared->quantity.value, shared->quantity.error, 6);
    g_print ("  %-28s %s\n", shared->name, value);
  }
}

static void
print_interval (double low, double high)
{
  char a[XPS_NUMBER_LENGTH], b[XPS_NUMBER_LENGTH];
  g_print ("  [%s, %s]", isfinite (low) ? xps_number_format (round (low * 1e5) / 1e5, a) : "open",
           isfinite (high) ? xps_number_format (round (high * 1e5) / 1e5, b) : "open");
}

static void
print_onsets (const XpsSeriesReport *report)
{
  const XpsClock *axis = xps_series_get_axis (report->series);
  const char *unit = xps_clock_get_unit (axis);
  if (report->onsets->len > 0)
    g_print ("\nOnsets against %s%s%s (half of the change, 95 %% interval; where it begins)\n",
             xps_clock_get_name (axis), unit != NULL ? " in " : "", unit != NULL ? unit : "");
  for (guint i = 0; i < report->onsets->len; i++) {
    const XpsOnsetEntry *entry = g_ptr_array_index (report->onsets, i);
    const XpsOnset *onset = &entry->onset;
    g_autofree char *value = onset->beyond < 0 ? g_strdup ("at or before the first step")
                             : onset->beyond > 0
                                 ? g_strdup ("at or after the last step")
                                 : xps_number_dup_with_error (onset->value.value, onset->value.error, 4);
    g_autofree char *begin = onset->begun
                                 ? g_strdup ("at or before the first step")
                                 : xps_number_dup_with_error (onset->begin.value, onset->begin.error, 4);
    char p[XPS_NUMBER_LENGTH];
    g_print ("  %-28s %-8s %-8s %-12s", entry->trend, onset->direction > 0 ? "grows" : "shrinks",
             xps_onset_kind_to_text (onset->kind), value);
    print_interval (onset->low, onset->high);
    g_print ("  begins %s  p %s%s\n", begin, xps_number_format (round (onset->significance * 1e4) / 1e4, p),
             onset->significance > 0.05 ? "  not significant"
             : onset->steady            ? "  steady: no onset"
                                        : "");
  }
}

static void
print_slopes (const XpsSeriesReport *report)
{
  const XpsClock *axis = xps_series_get_axis (report->series);
  g_autofree char *unit = xps_clock_dup_slope_unit (axis);
  if (report->run->frames->len > 0)
    g_print ("\nEnergies against %s (%s)\n", xps_clock_get_name (axis), unit);
  for (guint i = 0; i < report->run->frames->len; i++) {
    const XpsFrameSlope *slope = g_ptr_array_index (report->run->frames, i);
    g_autofree char *value = xps_number_dup_with_error (slope->slope.value, slope->slope.error, 4);
    g_print ("  %-28s %-14s %s\n", slope->name, value, slope->class_ != NULL ? slope->class_ : "");
  }
}

static void
print_causes (const XpsSeriesReport *report)
{
  gboolean said = FALSE;
  for (guint i = 0; i < report->causes->len; i++) {
    const XpsCausesEntry *entry = g_ptr_array_index (report->causes, i);
    if (!entry->causes.separable)
      continue;
    if (!said)
      g_print ("\nTold apart by a regression on both: change for each unit of\n  %-28s %-20s %s\n", "",
               entry->first, entry->second);
    said = TRUE;
    g_autofree char *first =
        xps_number_dup_with_error (entry->causes.by_first.value, entry->causes.by_first.error, 4);
    g_autofree char *second =
        xps_number_dup_with_error (entry->causes.by_second.value, entry->causes.by_second.error, 4);
    g_print ("  %-28s %-20s %s\n", entry->trend, first, second);
  }
}

static void
print_marks (const XpsSeriesReport *report)
{
  if (report->marks->len > 0)
    g_print ("\nFrames to look at\n");
  for (guint i = 0; i < report->marks->len; i++) {
    const XpsFrameMark *mark = g_ptr_array_index (report->marks, i);
    g_print ("  %-28s %-14s %s\n", xps_series_get_step (report->series, mark->step)->name,
             xps_mark_kind_to_text (mark->kind), mark->message);
  }
}

static void
print_bounds (const XpsSeriesRun *run)
{
  g_autoptr (GArray) counts = xps_series_find_bounds (run);
  if (counts->len > 0)
    g_print ("\nParameters at their bounds: what came out is the bound\n");
  for (guint k = 0; k < counts->len; k++) {
    g_autofree char *words = xps_series_dup_bound_words (run, &g_array_index (counts, XpsBoundCount, k));
    g_print ("  %s\n", words);
  }
}

void
xps_cli_series_print (const XpsSeriesReport *report)
{
  const XpsSeriesRun *run = report->run;
  gsize fitted = 0;
  char chi2[XPS_NUMBER_LENGTH];
  for (guint i = 0; i < run->steps->len; i++)
    fitted += xps_series_run_get_step (run, i)->fitted ? 1 : 0;
  g_print ("%" G_GSIZE_FORMAT " of %u steps fitted, mode %s, %" G_GSIZE_FORMAT
           " unknowns, reduced chi2 %s%s\n",
           fitted, run->steps->len, xps_series_mode_to_text (run->plan->mode), run->n_free,
           xps_number_format (round (run->chi2 / run->dof * 1e4) / 1e4, chi2),
           run->complete ? "" : ", not finished");
  print_shared (run);
  print_bounds (run);
  print_onsets (report);
  print_slopes (report);
  print_causes (report);
  xps_cli_ratio_print (report);
  for (guint i = 0; i < report->factors->len; i++) {
    const XpsFactors *factors = g_ptr_array_index (report->factors, i);
    if (factors != NULL)
      g_print ("\nRaw spectra: %s\n", factors->statement);
  }
  print_marks (report);
}
