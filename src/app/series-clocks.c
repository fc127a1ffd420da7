/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/series-desk.h"
#include "base/file.h"
#include "formats/potentiostat.h"
#include "series/log.h"

/* Clocks from files beside the spectra: the log of a potentiostat, or a table with a row for each step. */

/* Clocks of `series` that the one before did not have, or had otherwise. */
static void
take_new (XpsSeriesSetup *setup, const XpsSeries *before, const XpsSeries *series)
{
  for (guint i = 0; i < series->clocks->len; i++) {
    const XpsClock *clock = g_ptr_array_index (series->clocks, i);
    const int old = xps_series_find_clock_by_name (before, clock->name);
    const XpsClock *was = old >= 0 ? g_ptr_array_index (before->clocks, old) : NULL;
    if (was == NULL || memcmp (was->values, clock->values, clock->n * sizeof (double)) != 0)
      xps_series_setup_take_clock (setup, xps_clock_copy (clock));
  }
  g_free (setup->axis);
  setup->axis = g_strdup (xps_series_get_axis (series)->name);
}

static gboolean
read_log (XpsSeries *series, GBytes *bytes, const char *path, const XpsSeriesLogTimes *times,
          GPtrArray *notes, GError **error)
{
  static const XpsSeriesLogTimes usual = {0, (double)NAN};
  g_autoptr (XpsPotentiostatLog) log = xps_potentiostat_log_open_bytes (bytes, path, error);
  if (log == NULL)
    return FALSE;
  const XpsClockLog rows = {log->n, log->time_s, NULL};
  const XpsLogColumn columns[] = {{XPS_CLOCK_POTENTIAL, log->potential},
                                  {XPS_CLOCK_CAPACITY, log->capacity},
                                  {XPS_CLOCK_CURRENT, log->current},
                                  {XPS_CLOCK_CYCLE, log->cycle}};
  times = times != NULL ? times : &usual;
  if (xps_series_take_log (series, &rows, columns, G_N_ELEMENTS (columns), log->start_unix, times->offset,
                           times->exposure, notes))
    return TRUE;
  g_set_error_literal (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK,
                       _ ("No step lies within the log: the times of the spectra and of the log do not "
                          "overlap, or the spectra have none. An offset may bring them together."));
  return FALSE;
}

static gboolean
read_table (XpsSeries *series, GBytes *bytes, const char *path, GError **error)
{
  const gsize n = xps_series_get_n (series);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  g_autofree const char **names = g_new (const char *, n + 1);
  for (gsize i = 0; i < n; i++)
    names[i] = xps_series_get_step (series, i)->name;
  g_autoptr (GPtrArray) clocks = xps_clocks_from_table (text, path, names, n, error);
  while (clocks != NULL && clocks->len > 0)
    if (!xps_series_take_clock (series, g_ptr_array_steal_index (clocks, 0), error))
      return FALSE;
  xps_series_choose_axis (series);
  return clocks != NULL;
}

/* A copy of the desk's series with the clocks of the file; *match as below, also where there are none. */
static XpsSeries *
read_file (XpsSeriesDesk *self, const char *path, const XpsSeriesLogTimes *times, char **match,
           GError **error)
{
  g_autoptr (GBytes) bytes = xps_file_read (path, error);
  const XpsSeries *before = xps_series_desk_get_frames (self);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  *match = NULL;
  if (bytes == NULL || before == NULL)
    return NULL;
  g_autoptr (XpsSeries) series = xps_series_copy (before);
  const gboolean good = xps_potentiostat_log_is_one (bytes)
                            ? read_log (series, bytes, path, times, notes, error)
                            : read_table (series, bytes, path, error);
  g_ptr_array_add (notes, NULL);
  *match = g_strjoinv ("\n", (char **)notes->pdata);
  return good ? g_steal_pointer (&series) : NULL;
}

gboolean
xps_series_desk_try_log (XpsSeriesDesk *self, const char *path, const XpsSeriesLogTimes *times, char **match,
                         GError **error)
{
  g_autoptr (XpsSeries) series = read_file (self, path, times, match, error);
  return series != NULL;
}

gboolean
xps_series_desk_read_clocks (XpsSeriesDesk *self, const char *path, const XpsSeriesLogTimes *times,
                             char **match, GError **error)
{
  g_autoptr (XpsSeries) series = read_file (self, path, times, match, error);
  if (series == NULL)
    return FALSE;
  XpsSeriesSetup *setup = xps_series_setup_copy (xps_series_desk_get_setup (self));
  take_new (setup, xps_series_desk_get_frames (self), series);
  xps_series_desk_edit (self, _ ("clocks of a series"), setup);
  return TRUE;
}
