/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/page-number.h"
#include "base/text.h"

/* What is not significant says nothing about where. */
#define SIGNIFICANT 0.05
#define LEAST_SIGMA 3.0

/* Half of the change lies outside of what was measured: where, is not known. */
static char *
dup_beyond (const char *name, const XpsOnset *onset, const char *chance)
{
  const gboolean before = onset->beyond < 0;
  if (onset->direction > 0)
    return xps_text_printf (before ? _ ("%s grows at or before the first step; chance without a change ≤ %s")
                                   : _ ("%s grows at or after the last step; chance without a change ≤ %s"),
                            name, chance);
  return xps_text_printf (before ? _ ("%s shrinks at or before the first step; chance without a change ≤ %s")
                                 : _ ("%s shrinks at or after the last step; chance without a change ≤ %s"),
                          name, chance);
}

/* How finely the place of a change is known: by its error, else by an end of its interval. */
static int
get_decimals (const XpsOnset *onset)
{
  double known = onset->value.error;
  if (!(known > 0 && isfinite (known)))
    known = fmin (isfinite (onset->low) ? onset->value.value - onset->low : INFINITY,
                  isfinite (onset->high) ? onset->high - onset->value.value : INFINITY);
  return known > 0 && isfinite (known) ? (int)CLAMP (1 - floor (log10 (known)), 0, 9) : 3;
}

static char *
dup_end (const XpsOnset *onset, double end)
{
  return isfinite (end) ? xps_page_dup_number (end, get_decimals (onset)) : g_strdup (_ ("open"));
}

/* A logistic: a middle, and a foot that may lie before the first step. */
static char *
dup_logistic (const char *name, const XpsOnset *onset, const char *unit, const char *chance)
{
  g_autofree char *value = xps_page_dup_quantity (onset->value, get_decimals (onset));
  g_autofree char *begin = xps_page_dup_quantity (onset->begin, get_decimals (onset));
  g_autofree char *low = dup_end (onset, onset->low), *high = dup_end (onset, onset->high);
  const gboolean grows = onset->direction > 0;
  if (onset->begun)
    /* Translators: species, half of the change, unit, low and high end of its interval, chance. */
    return xps_text_printf (
        grows ? _ ("%s grows, half of it at %s %s (95 %%: %s to %s), from the first step or before; chance "
                   "without a change ≤ %s")
              : _ ("%s shrinks, half of it at %s %s (95 %%: %s to %s), from the first step or before; chance "
                   "without a change ≤ %s"),
        name, value, unit, low, high, chance);
  /* Translators: species, half of the change, unit, low and high end of its interval, begin, unit, chance. */
  return xps_text_printf (grows ? _ ("%s grows, half of it at %s %s (95 %%: %s to %s); it begins at %s %s; "
                                     "chance without a change ≤ %s")
                                : _ ("%s shrinks, half of it at %s %s (95 %%: %s to %s); it begins at %s %s; "
                                     "chance without a change ≤ %s"),
                          name, value, unit, low, high, begin, unit, chance);
}

static char *
dup_change (const char *name, const XpsOnset *onset, const char *unit)
{
  g_autofree char *chance = xps_page_dup_significant (onset->significance, 1);
  if (onset->beyond != 0)
    return dup_beyond (name, onset, chance);
  if (onset->kind == XPS_ONSET_LOGISTIC)
    return dup_logistic (name, onset, unit, chance);
  g_autofree char *value = xps_page_dup_quantity (onset->value, get_decimals (onset));
  g_autofree char *low = dup_end (onset, onset->low), *high = dup_end (onset, onset->high);
  /* Translators: species, where the kink is, unit, low and high end of the interval, chance. */
  return xps_text_printf (
      onset->direction > 0 ? _ ("%s grows from %s %s on (95 %%: %s to %s); chance without a change ≤ %s")
                           : _ ("%s shrinks from %s %s on (95 %%: %s to %s); chance without a change ≤ %s"),
      name, value, unit, low, high, chance);
}

/* Areas are of a species; an energy or a width that changes is none of it growing or vanishing. */
static char *
dup_subject (const XpsOnsetEntry *entry)
{
  const char *name = entry->component != NULL ? entry->component : entry->trend;
  if (g_str_has_prefix (entry->trend, "position:"))
    return g_strdup_printf (_ ("The energy of %s"), name);
  if (g_str_has_prefix (entry->trend, "width:"))
    return g_strdup_printf (_ ("The width of %s"), name);
  return g_strdup (entry->species != NULL ? entry->species : name);
}

static void
add_line (GString *text, const char *line)
{
  g_string_append (text, text->len > 0 ? "\n" : "");
  g_string_append (text, line);
}

static void
add_onset (GString *text, const XpsOnsetEntry *entry, const char *unit)
{
  const XpsOnset *onset = &entry->onset;
  g_autofree char *name = dup_subject (entry);
  g_autofree char *line = onset->significance > SIGNIFICANT ? g_strdup_printf (_ ("%s does not change"), name)
                          : onset->steady && onset->direction > 0
                              ? g_strdup_printf (_ ("%s grows steadily: no onset"), name)
                          : onset->steady ? g_strdup_printf (_ ("%s shrinks steadily: no onset"), name)
                                          : dup_change (name, onset, unit);
  add_line (text, line);
}

static void
add_frame (GString *text, const XpsFrameSlope *frame, const char *rate)
{
  g_autofree char *slope = xps_page_dup_quantity (frame->slope, 3);
  /* Translators: name of the line, slope, its unit, what it moves with. */
  g_autofree char *line =
      frame->class_ != NULL
          ? g_strdup_printf (_ ("%s moves by %s %s: %s"), frame->name, slope, rate, _ (frame->class_))
          : g_strdup_printf (_ ("%s moves by %s %s"), frame->name, slope, rate);
  add_line (text, line);
}

/* What the regression on dose and axis lays to either of them; what neither changes is left out. */
static void
add_causes (GString *text, const XpsCausesEntry *entry)
{
  const XpsQuantity first = entry->causes.by_first, second = entry->causes.by_second;
  const gboolean telling =
      fabs (first.value) > LEAST_SIGMA * first.error || fabs (second.value) > LEAST_SIGMA * second.error;
  const char *colon = strchr (entry->trend, ':');
  if (!entry->causes.separable || !telling)
    return;
  g_autofree char *by_first = xps_page_dup_quantity (first, 3),
                  *by_second = xps_page_dup_quantity (second, 3);
  g_autofree char *name =
      g_str_has_prefix (entry->trend, "position:")
          ? g_strdup_printf (_ ("The energy of %s"), colon + 1)
          : g_strdup_printf (_ ("The area of %s"), colon != NULL ? colon + 1 : entry->trend);
  /* Translators: what changes, how much, with which clock, how much, with which other clock. */
  g_autofree char *line = xps_text_printf (
      _ ("%s changes by %s for each unit of %s and by %s for each unit of %s (regression on both)"), name,
      by_first, entry->first, by_second, entry->second);
  add_line (text, line);
}

char *
xps_series_dup_findings (const XpsSeriesReport *report)
{
  GString *text = g_string_new (NULL);
  const XpsClock *axis = xps_series_get_axis (report->series);
  const char *unit = xps_clock_get_unit (axis);
  g_autofree char *rate = xps_clock_dup_slope_unit (axis);
  for (guint i = 0; i < report->onsets->len; i++)
    add_onset (text, g_ptr_array_index (report->onsets, i), unit != NULL ? unit : "");
  for (guint i = 0; i < report->run->frames->len; i++)
    add_frame (text, g_ptr_array_index (report->run->frames, i), rate);
  for (guint i = 0; i < report->causes->len; i++)
    add_causes (text, g_ptr_array_index (report->causes, i));
  for (guint i = 0; i < report->warnings->len; i++)
    g_string_append_printf (text, "%s⚠ %s", text->len > 0 ? "\n" : "",
                            (const char *)g_ptr_array_index (report->warnings, i));
  for (guint i = 0; i < report->factors->len; i++) {
    const XpsFactors *factors = g_ptr_array_index (report->factors, i);
    if (factors != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", factors->statement);
  }
  return g_string_free (text, FALSE);
}

char *
xps_series_dup_lines (const GPtrArray *sentences)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < sentences->len; i++) {
    g_string_append (text, i > 0 ? "\n" : "");
    g_string_append (text, g_ptr_array_index (sentences, i));
  }
  return g_string_free (text, FALSE);
}

/* Steps, not marks: one frame may have several. */
static guint
count_bad (const GPtrArray *marks)
{
  g_autoptr (GHashTable) steps = g_hash_table_new (NULL, NULL);
  for (guint i = 0; marks != NULL && i < marks->len; i++) {
    const XpsFrameMark *mark = g_ptr_array_index (marks, i);
    if (mark->bad)
      g_hash_table_add (steps, GSIZE_TO_POINTER (mark->step));
  }
  return g_hash_table_size (steps);
}

static char *
dup_fitted (XpsSeriesDesk *desk, const XpsSeriesReport *report, const char *steps)
{
  const guint n_bad = count_bad (xps_series_desk_get_marks (desk));
  g_autofree char *quality = xps_page_dup_number (report->run->chi2 / report->run->dof, 2);
  g_autofree char *fitted = g_strdup_printf (
      report->run->converged ? _ ("%s fitted, χ²/dof %s") : _ ("%s fitted, not all converged, χ²/dof %s"),
      steps, quality);
  g_autofree char *bad =
      n_bad > 0 ? g_strdup_printf (
                      ngettext ("%u frame not to be believed", "%u frames not to be believed", n_bad), n_bad)
                : NULL;
  return g_strjoin (" · ", fitted,
                    bad != NULL                         ? bad
                    : xps_series_desk_is_reading (desk) ? _ ("looking for onsets")
                                                        : NULL,
                    NULL);
}

char *
xps_series_dup_status (XpsSeriesDesk *desk)
{
  const XpsSeries *series = xps_series_desk_get_series (desk);
  const XpsSeriesReport *report = xps_series_desk_get_report (desk);
  const guint n = series != NULL ? (guint)xps_series_get_n (series) : 0;
  g_autofree char *steps = g_strdup_printf (ngettext ("%u step", "%u steps", n), n);
  if (!xps_series_desk_exists (desk))
    return g_strdup (_ ("This series was removed from the document."));
  if (xps_series_desk_get_fitting (desk))
    return g_strdup_printf (xps_series_desk_get_progress (desk) < 0.0 ? _ ("%s; onsets are being looked for")
                                                                      : _ ("%s; the fit is running"),
                            steps);
  if (report == NULL)
    return g_strdup_printf (_ ("%s, not fitted yet"), steps);
  if (xps_series_desk_is_stale (desk))
    return g_strdup_printf (_ ("%s; the fit is of another setup: fit again"), steps);
  if (!report->run->complete)
    return g_strdup_printf (_ ("%s; the fit was stopped before its end"), steps);
  return dup_fitted (desk, report, steps);
}
