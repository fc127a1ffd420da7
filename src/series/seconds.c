/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/seconds.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/text.h"

#define ALIKE 1.001 /* dead times and rounded headers make no frames of different counting times */

typedef struct {
  double least, most; /* s, of one core level */
  guint n_known, n_unknown, n_rates, n_counts;
} Times;

static Times
find_times (const XpsSeries *series, gsize n, gsize part)
{
  Times times = {INFINITY, 0, 0, 0, 0, 0};
  for (gsize i = 0; i < n; i++) {
    const XpsFitData *data = g_ptr_array_index (xps_series_get_step (series, i)->data, part);
    if (data == NULL || xps_series_get_step (series, i)->exclusion != NULL)
      continue;
    times.n_rates += data->unit == XPS_INTENSITY_COUNTS_PER_SECOND ? 1 : 0;
    times.n_counts += data->unit == XPS_INTENSITY_COUNTS ? 1 : 0;
    if (!(data->seconds > 0)) {
      times.n_unknown++;
      continue;
    }
    times.n_known++;
    times.least = fmin (times.least, data->seconds);
    times.most = fmax (times.most, data->seconds);
  }
  return times;
}

static gboolean
do_differ (const Times *times)
{
  return times->n_known > 0 && times->most > ALIKE * times->least;
}

static char *
dup_known (const Times *times)
{
  if (times->n_rates > 0)
    return g_strdup (_ ("some steps are in counts and some in counts/s: areas and heights are per second"));
  return xps_text_printf (
      _ ("steps were counted for different times, %.4g to %.4g s at each energy: areas and "
         "heights are per second"),
      times->least, times->most);
}

/* Nothing is guessed: shares within a step do not need the times. */
static char *
dup_unknown (void)
{
  return g_strdup (_ ("steps were counted for different times, and not all files say for how long: areas and "
                      "heights of different steps cannot be compared; look at shares and ratios"));
}

XpsCounting *
xps_counting_new (const XpsSeries *series, const XpsSeriesRun *run)
{
  XpsCounting *self = g_new0 (XpsCounting, 1);
  const gsize n = series != NULL ? MIN (run->steps->len, xps_series_get_n (series)) : 0;
  gboolean differ = FALSE, unknown = FALSE, mixed = FALSE, rates = n > 0, counts = n == 0;
  Times told = {0};
  for (gsize k = 0; n > 0 && k < series->n_parts; k++) {
    const Times times = find_times (series, n, k);
    rates &= times.n_rates == times.n_known + times.n_unknown;
    counts |= times.n_counts > 0;
    unknown |= times.n_unknown > 0;
    mixed |= times.n_rates > 0 && times.n_unknown > 0;
    if (!do_differ (&times) && !(times.n_rates > 0 && times.n_rates < times.n_known))
      continue;
    told = differ ? told : times;
    differ = TRUE;
  }
  self->per_second = differ && !unknown;
  self->unit = self->per_second || rates ? XPS_INTENSITY_COUNTS_PER_SECOND
               : counts                  ? XPS_INTENSITY_COUNTS
                                         : XPS_INTENSITY_UNKNOWN;
  if (self->per_second)
    self->remark = dup_known (&told);
  else if (differ || mixed)
    self->remark = dup_unknown ();
  return self;
}

void
xps_counting_free (XpsCounting *self)
{
  if (self == NULL)
    return;
  g_free (self->remark);
  g_free (self);
}

double
xps_counting_get_seconds (const XpsCounting *self, const XpsSeries *series, gsize i, gsize part)
{
  const XpsFitData *data = self->per_second && i < xps_series_get_n (series)
                               ? g_ptr_array_index (xps_series_get_step (series, i)->data, part)
                               : NULL;
  return data != NULL ? data->seconds : 1; /* one that is left out may not say: not known */
}
