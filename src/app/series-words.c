/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-words.h"

#include <glib/gi18n.h>

#include "app/page-number.h"
#include "base/text.h"

/* What is not significant says nothing about where. */
#define SIGNIFICANT 0.05

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

static char *
dup_change (const char *name, const XpsOnset *onset, const char *unit)
{
  g_autofree char *value = xps_page_dup_quantity (onset->value, 3);
  g_autofree char *low = xps_page_dup_number (onset->low, 3), *high = xps_page_dup_number (onset->high, 3);
  g_autofree char *chance = xps_page_dup_significant (onset->significance, 1);
  if (onset->beyond != 0)
    return dup_beyond (name, onset, chance);
  if (onset->direction > 0)
    /* Translators: species, value, unit, low and high end of the interval, chance. */
    return g_strdup_printf (_ ("%s grows at %s %s (95 %%: %s to %s); chance without a change ≤ %s"), name,
                            value, unit, low, high, chance);
  return g_strdup_printf (_ ("%s shrinks at %s %s (95 %%: %s to %s); chance without a change ≤ %s"), name,
                          value, unit, low, high, chance);
}

static void
add_onset (GString *text, const XpsOnsetEntry *entry, const char *unit)
{
  const XpsOnset *onset = &entry->onset;
  const char *name = entry->species != NULL ? entry->species : entry->trend;
  g_autofree char *line = onset->significance > SIGNIFICANT ? g_strdup_printf (_ ("%s does not change"), name)
                          : onset->steady && onset->direction > 0
                              ? g_strdup_printf (_ ("%s grows steadily: no onset"), name)
                          : onset->steady ? g_strdup_printf (_ ("%s shrinks steadily: no onset"), name)
                                          : dup_change (name, onset, unit);
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
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
  g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
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
