/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/log.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/text.h"

double *
xps_series_dup_log_times (const XpsSeries *series, double start_unix, double offset)
{
  const gsize n = xps_series_get_n (series);
  const XpsClock *time = xps_series_find_clock (series, XPS_CLOCK_TIME);
  double *out = g_new (double, n + 1);
  double first = NAN;
  for (gsize i = 0; i < n; i++) {
    const XpsFitData *data = g_ptr_array_index (xps_series_get_step (series, i)->data, 0);
    const double date = data != NULL && data->spectrum != NULL
                            ? xps_clock_parse_date (xps_spectrum_get_acquisition (data->spectrum)->date)
                            : (double)NAN;
    first = isnan (first) ? date : first;
    out[i] = date - start_unix;
  }
  const gboolean dated = isfinite (first) && isfinite (start_unix);
  for (gsize i = 0; i < n; i++)
    out[i] = (dated ? out[i] : time != NULL ? time->values[i] : (double)NAN) + offset;
  return out;
}

/* Else the log's times and the steps' are counted from different moments. */
static gboolean
is_dated (const XpsSeries *series, double start_unix)
{
  for (gsize i = 0; i < xps_series_get_n (series) && isfinite (start_unix); i++) {
    const XpsFitData *data = g_ptr_array_index (xps_series_get_step (series, i)->data, 0);
    if (data != NULL && data->spectrum != NULL &&
        isfinite (xps_clock_parse_date (xps_spectrum_get_acquisition (data->spectrum)->date)))
      return TRUE;
  }
  return FALSE;
}

gboolean
xps_series_take_log (XpsSeries *series, const XpsClockLog *rows, const XpsLogColumn *columns, gsize n_columns,
                     double start_unix, double offset, double exposure, GPtrArray *notes)
{
  const gsize n = xps_series_get_n (series);
  g_autofree double *time = xps_series_dup_log_times (series, start_unix, offset);
  gboolean met = FALSE;
  if (offset != 0)
    g_ptr_array_add (notes, xps_text_printf (_ ("log offset: %.10g s added to the steps' times"), offset));
  for (gsize k = 0; k < n_columns; k++) {
    const XpsClockLog log = {rows->n, rows->time, columns[k].values};
    XpsClockMatch match;
    if (columns[k].values == NULL)
      continue;
    XpsClock *clock = xps_clock_from_log (columns[k].kind, &log, n, time, 0, exposure, &match);
    g_autofree char *text = xps_clock_match_dup_text (&match, n);
    g_ptr_array_add (notes, xps_text_printf ("%s: %s", xps_clock_get_title (clock, TRUE), text));
    if (match.n_matched == 0) {
      xps_clock_free (clock);
      continue;
    }
    met = TRUE;
    xps_series_take_clock (series, clock, NULL);
  }
  if (met && !is_dated (series, start_unix))
    g_ptr_array_add (notes, g_strdup (_ ("log and spectra do not both have dates: time 0 of the log is taken "
                                         "for time 0 of the steps, which may be wrong by minutes")));
  xps_series_choose_axis (series);
  return met;
}
