/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "series/series.h"

/* Frames put together, energies put together. What comes out is new data: the measured ones stay. */

static gboolean
same_energies (const XpsFitData *a, const XpsFitData *b)
{
  if (a->n != b->n)
    return FALSE;
  for (gsize i = 0; i < a->n; i++)
    if (!(fabs (a->energy[i] - b->energy[i]) <= 1e-6))
      return FALSE;
  return TRUE;
}

/* Mean of n values at a place, and of standard deviations the error of that mean. `times`: their weights. */
static double
mean_of (gsize n, const double *const *rows, const double *times, gsize at)
{
  double sum = 0, weights = 0;
  for (gsize k = 0; k < n; k++) {
    sum += times[k] * rows[k][at];
    weights += times[k];
  }
  return sum / weights;
}

static double
error_of (gsize n, const double *const *rows, const double *times, gsize at)
{
  double sum = 0, weights = 0;
  for (gsize k = 0; k < n; k++) {
    sum += times[k] * rows[k][at] * times[k] * rows[k][at];
    weights += times[k];
  }
  return sqrt (sum) / weights;
}

typedef double (*Combine) (gsize n, const double *const *rows, const double *times, gsize at);

/* A column that all have; new array, or NULL. */
static double *
combine_column (gsize n, const XpsFitData *const *data, const double *times, gsize offset, Combine combine)
{
  g_autofree const double **rows = g_new (const double *, n);
  for (gsize k = 0; k < n; k++) {
    rows[k] = *(double *const *)(const void *)((const char *)data[k] + offset);
    if (rows[k] == NULL)
      return NULL;
  }
  double *out = g_new (double, data[0]->n);
  for (gsize i = 0; i < data[0]->n; i++)
    out[i] = combine (n, rows, times, i);
  return out;
}

/* What each frame weighs in a mean: rates by their counting times, so that the mean has the statistics of all
 * the counts; all others alike. New array. */
static double *
dup_times (gsize n, const XpsFitData *const *data)
{
  double *times = g_new (double, n + 1);
  gboolean timed = TRUE;
  for (gsize k = 0; k < n; k++)
    timed &= data[k]->unit == XPS_INTENSITY_COUNTS_PER_SECOND && data[k]->live_time > 0;
  for (gsize k = 0; k < n; k++) /* alike: exactly 1 */
    times[k] = timed ? data[k]->live_time / data[0]->live_time : 1;
  return times;
}

static XpsFitData *
average_data (gsize n, const XpsFitData *const *data, GError **error)
{
  double time = 0, seconds = 0;
  for (gsize k = 0; k < n; k++) {
    time += data[k]->live_time;
    seconds += data[k]->seconds;
    if (same_energies (data[0], data[k]))
      continue;
    xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, data[k]->file, data[k]->region,
                   N_ ("has other energies than the frame it is to be averaged with"),
                   N_ ("average frames that were measured alike"));
    return NULL;
  }
  g_autofree double *times = dup_times (n, data);
  g_autofree double *intensity =
      combine_column (n, data, times, G_STRUCT_OFFSET (XpsFitData, intensity), mean_of);
  g_autofree double *sigma = combine_column (n, data, times, G_STRUCT_OFFSET (XpsFitData, sigma), error_of);
  g_autofree double *background =
      combine_column (n, data, times, G_STRUCT_OFFSET (XpsFitData, background), mean_of);
  XpsFitData *out = xps_fit_data_new_arrays (data[0]->n, data[0]->energy, intensity, sigma, background,
                                             data[0]->unit, time);
  out->seconds = seconds / (double)n;
  xps_fit_data_set_source (out, data[0]->file, data[0]->sha256, data[0]->region);
  return out;
}

/* ---- groups of steps ---- */

/* Groups as lists of steps, in the order of their first. */
static GPtrArray *
find_groups (const XpsSeries *self, gsize every, double tolerance)
{
  const XpsClock *axis = xps_series_get_axis (self);
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (gsize i = 0; i < xps_series_get_n (self); i++) {
    GArray *group = NULL;
    if (xps_series_get_step (self, i)->exclusion != NULL)
      continue;
    for (guint g = groups->len; g-- > 0 && group == NULL;) {
      GArray *candidate = g_ptr_array_index (groups, g);
      const double first = axis->values[g_array_index (candidate, gsize, 0)];
      if (every > 0 ? candidate->len < every : fabs (axis->values[i] - first) <= tolerance)
        group = candidate;
      if (every > 0)
        break;
    }
    if (group == NULL) {
      group = g_array_new (FALSE, FALSE, sizeof (gsize));
      g_ptr_array_add (groups, group);
    }
    g_array_append_val (group, i);
  }
  return groups;
}

static gboolean
add_group (const XpsSeries *self, const GArray *group, XpsSeries *out, GError **error)
{
  const XpsStep *first = xps_series_get_step (self, g_array_index (group, gsize, 0));
  g_autoptr (GPtrArray) made = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_fit_data_unref);
  g_autofree XpsFitData **parts = g_new0 (XpsFitData *, self->n_parts + 1);
  for (gsize p = 0; p < self->n_parts; p++) {
    g_autoptr (GPtrArray) data = g_ptr_array_new ();
    for (guint k = 0; k < group->len; k++) {
      gpointer d = g_ptr_array_index (xps_series_get_step (self, g_array_index (group, gsize, k))->data, p);
      if (d != NULL)
        g_ptr_array_add (data, d);
    }
    if (data->len == 0)
      continue;
    parts[p] = data->len == 1 ? xps_fit_data_ref (g_ptr_array_index (data, 0))
                              : average_data (data->len, (const XpsFitData *const *)data->pdata, error);
    if (parts[p] == NULL)
      return FALSE;
    g_ptr_array_add (made, parts[p]);
  }
  g_autofree char *name =
      group->len > 1 ? xps_text_printf ("%s (mean of %u)", first->name, group->len) : g_strdup (first->name);
  xps_series_add_step (out, name, parts);
  ((XpsStep *)g_ptr_array_index (out->steps, out->steps->len - 1))->n_averaged = group->len;
  return TRUE;
}

static XpsClock *
average_clock (const XpsClock *clock, const GPtrArray *groups)
{
  g_autofree double *values = g_new (double, groups->len + 1);
  for (guint g = 0; g < groups->len; g++) {
    const GArray *group = g_ptr_array_index (groups, g);
    double sum = 0;
    for (guint k = 0; k < group->len; k++)
      sum += clock->values[g_array_index (group, gsize, k)];
    values[g] = sum / group->len;
  }
  XpsClock *out = xps_clock_copy (clock);
  g_free (out->values);
  out->values = g_steal_pointer (&values);
  out->n = groups->len;
  return out;
}

XpsSeries *
xps_series_average (const XpsSeries *self, gsize every, double tolerance, GError **error)
{
  g_autoptr (XpsSeries) out = xps_series_new (self->n_parts);
  g_autoptr (GPtrArray) groups = find_groups (self, every, tolerance);
  for (guint g = 0; g < groups->len; g++)
    if (!add_group (self, g_ptr_array_index (groups, g), out, error))
      return NULL;
  for (guint c = 1; c < self->clocks->len; c++)
    g_ptr_array_add (out->clocks, average_clock (g_ptr_array_index (self->clocks, c), groups));
  out->axis = self->axis;
  return g_steal_pointer (&out);
}

/* ---- energies ---- */

static double *
rebin_mean (const double *values, gsize n, gsize bins, gboolean error)
{
  double *out = values != NULL ? g_new (double, n + 1) : NULL;
  for (gsize i = 0; values != NULL && i < n; i++) {
    double sum = 0;
    for (gsize k = 0; k < bins; k++)
      sum += error ? values[i * bins + k] * values[i * bins + k] : values[i * bins + k];
    out[i] = (error ? sqrt (sum) : sum) / (double)bins;
  }
  return out;
}

static XpsFitData *
rebin_data (const XpsFitData *data, gsize bins)
{
  const gsize n = data->n / bins;
  g_autofree double *energy = rebin_mean (data->energy, n, bins, FALSE);
  g_autofree double *intensity = rebin_mean (data->intensity, n, bins, FALSE);
  g_autofree double *sigma = rebin_mean (data->sigma, n, bins, TRUE);
  g_autofree double *background = rebin_mean (data->background, n, bins, FALSE);
  XpsFitData *out = xps_fit_data_new_arrays (n, energy, intensity, sigma, background, data->unit,
                                             data->live_time * (double)bins);
  out->seconds = data->seconds;
  xps_fit_data_set_source (out, data->file, data->sha256, data->region);
  return out;
}

XpsSeries *
xps_series_rebin (const XpsSeries *self, gsize bins, GError **error)
{
  g_autoptr (XpsSeries) out = xps_series_copy (self);
  for (guint i = 0; bins > 1 && i < out->steps->len; i++) {
    XpsStep *step = g_ptr_array_index (out->steps, i);
    for (guint p = 0; p < step->data->len; p++) {
      XpsFitData *data = g_ptr_array_index (step->data, p);
      if (data == NULL)
        continue;
      if (data->n / bins < 2) {
        xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, step->name, NULL,
                       N_ ("has too few points for such wide bins"), N_ ("put fewer points together"));
        return NULL;
      }
      step->data->pdata[p] = rebin_data (data, bins);
      xps_fit_data_unref (data);
    }
  }
  return g_steal_pointer (&out);
}
