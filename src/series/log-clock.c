/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "series/source.h"

/* A log that ran beside the measurement, at the times of the steps. */

typedef struct {
  double time, value;
} Row;

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const double x = ((const Row *)a)->time, y = ((const Row *)b)->time;
  return (x > y) - (x < y);
}

static GArray *
sort_log (const XpsClockLog *log)
{
  GArray *rows = g_array_sized_new (FALSE, FALSE, sizeof (Row), (guint)log->n);
  gboolean sorted = TRUE;
  for (gsize i = 0; i < log->n; i++) {
    const Row row = {log->time[i], log->value[i]};
    if (!isfinite (row.time) || !isfinite (row.value))
      continue;
    sorted &= rows->len == 0 || g_array_index (rows, Row, rows->len - 1).time <= row.time;
    g_array_append_val (rows, row);
  }
  if (!sorted)
    g_array_sort (rows, compare_rows);
  return rows;
}

/* Last row that is not after `time`; the caller knows that there is one, and one after it. */
static guint
find_row (const GArray *rows, double time)
{
  guint low = 0, high = rows->len - 1;
  while (high - low > 1) {
    const guint middle = low + (high - low) / 2;
    if (g_array_index (rows, Row, middle).time <= time)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static double
value_at (const GArray *rows, double time, XpsClockMatch *match)
{
  const guint k = find_row (rows, time);
  const Row *a = &g_array_index (rows, Row, k), *b = &g_array_index (rows, Row, k + 1);
  const double gap = b->time - a->time;
  match->longest_gap = fmax (match->longest_gap, gap);
  match->largest_change = fmax (match->largest_change, fabs (b->value - a->value));
  return gap > 0 ? a->value + (b->value - a->value) * (time - a->time) / gap : 0.5 * (a->value + b->value);
}

/* Mean of the straight lines between the rows over [from, to]. */
static double
mean_between (const GArray *rows, double from, double to, XpsClockMatch *match)
{
  double sum = 0, time = from, value = value_at (rows, from, match);
  for (guint k = find_row (rows, from) + 1; k < rows->len && time < to; k++) {
    const double next = fmin (g_array_index (rows, Row, k).time, to), end = value_at (rows, next, match);
    sum += 0.5 * (value + end) * (next - time);
    time = next;
    value = end;
  }
  return time > from ? sum / (time - from) : value;
}

XpsClock *
xps_clock_from_log (XpsClockKind kind, const XpsClockLog *log, gsize n, const double *time, double offset,
                    double exposure, XpsClockMatch *match)
{
  XpsClock *clock = xps_clock_new (kind, NULL, NULL, n, NULL);
  g_autoptr (GArray) rows = sort_log (log);
  *match = (XpsClockMatch){.first = NAN, .last = NAN};
  clock->source = g_strdup ("log, matched by time");
  const double start = rows->len > 0 ? g_array_index (rows, Row, 0).time : NAN;
  const double end = rows->len > 1 ? g_array_index (rows, Row, rows->len - 1).time : NAN;
  for (gsize i = 0; i < n; i++) {
    const double at = time[i] + offset;
    if (!isfinite (at)) {
      match->n_untimed++;
      continue;
    }
    match->first = fmin (match->first, at - start);
    match->last = fmax (match->last, at - start);
    if (!(at >= start) || !(at <= end)) {
      match->n_before += at < start ? 1 : 0;
      match->n_after += at > end ? 1 : 0;
      continue;
    }
    match->n_matched++;
    clock->values[i] =
        exposure > 0 ? mean_between (rows, at, fmin (at + exposure, end), match) : value_at (rows, at, match);
  }
  return clock;
}

/* Each part says something by itself. */
char *
xps_clock_match_dup_text (const XpsClockMatch *match, gsize n)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (parts, xps_text_printf (g_dngettext (GETTEXT_PACKAGE, "%zu of %zu step within the log",
                                                        "%zu of %zu steps within the log", (gulong)n),
                                           match->n_matched, n));
  if (match->n_before > 0)
    g_ptr_array_add (
        parts, xps_text_printf (g_dngettext (GETTEXT_PACKAGE, "%zu step before the log begins",
                                             "%zu steps before the log begins", (gulong)match->n_before),
                                match->n_before));
  if (match->n_after > 0)
    g_ptr_array_add (parts,
                     xps_text_printf (g_dngettext (GETTEXT_PACKAGE, "%zu step after the log ends",
                                                   "%zu steps after the log ends", (gulong)match->n_after),
                                      match->n_after));
  if (match->n_untimed > 0)
    g_ptr_array_add (parts,
                     xps_text_printf (g_dngettext (GETTEXT_PACKAGE, "%zu step without a time",
                                                   "%zu steps without a time", (gulong)match->n_untimed),
                                      match->n_untimed));
  if (match->n_matched > 0)
    g_ptr_array_add (parts, xps_text_printf (_ ("rows at most %.6g s apart, values %.6g apart between them"),
                                             match->longest_gap, match->largest_change));
  g_ptr_array_add (parts, NULL);
  return g_strjoinv ("; ", (char **)parts->pdata);
}
