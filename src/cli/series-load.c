/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "cli/series.h"
#include "formats/potentiostat.h"
#include "series/log.h"

/* From file names to a series with clocks. */

/* ---- files ---- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  g_autofree char *x = g_utf8_collate_key_for_filename (*(char *const *)a, -1);
  g_autofree char *y = g_utf8_collate_key_for_filename (*(char *const *)b, -1);
  return strcmp (x, y);
}

/* A folder stands for its files, numbers in their names in the order of numbers. */
static gboolean
list_folder (const char *path, GPtrArray *paths, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  const char *name;
  if (folder == NULL)
    return FALSE;
  while ((name = g_dir_read_name (folder)) != NULL) {
    char *file = g_build_filename (path, name, NULL);
    if (name[0] != '.' && g_file_test (file, G_FILE_TEST_IS_REGULAR))
      g_ptr_array_add (found, file);
    else
      g_free (file);
  }
  g_ptr_array_sort (found, compare_names);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (paths, g_ptr_array_index (found, i));
  return TRUE;
}

static GPtrArray *
list_paths (const XpsCliSeriesOptions *options, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  for (char **operand = options->operands; *operand != NULL; operand++) {
    if (!g_file_test (*operand, G_FILE_TEST_IS_DIR))
      g_ptr_array_add (paths, g_strdup (*operand));
    else if (!list_folder (*operand, paths, error))
      return NULL;
  }
  return g_steal_pointer (&paths);
}

static void
add_spectra (const XpsFile *file, GArray *inputs)
{
  for (guint k = 0; k < file->spectra->len; k++) {
    const XpsSeriesInput input = {g_ptr_array_index (file->spectra, k), file->path, file->sha256};
    g_array_append_val (inputs, input);
  }
}

static gboolean
open_files (const XpsCliSeriesOptions *options, GPtrArray *files, GArray *inputs, GPtrArray *notes,
            GError **error)
{
  g_autoptr (GPtrArray) paths = list_paths (options, error);
  if (paths == NULL)
    return FALSE;
  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);
    g_autoptr (GError) local = NULL;
    XpsFile *file = xps_file_open (path, &options->read_options, &local);
    if (file == NULL && paths->len > g_strv_length (options->operands)) { /* others may lie in a folder */
      g_ptr_array_add (notes, g_strdup_printf ("warning: %s", local->message));
      continue;
    }
    if (file == NULL) {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
    g_ptr_array_add (files, file);
    for (guint k = 0; k < file->warnings->len; k++) {
      const char *warning = g_ptr_array_index (file->warnings, k);
      g_ptr_array_add (notes, g_strdup_printf ("warning: %s: %s", path, warning));
    }
    add_spectra (file, inputs);
  }
  if (inputs->len > 0)
    return TRUE;
  g_set_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS,
               "%s: no spectrum in it can be read: name files or a folder with spectra",
               options->operands[0]);
  return FALSE;
}

/* ---- clocks ---- */

static const char **
dup_names (const XpsSeries *series)
{
  const char **names = g_new (const char *, xps_series_get_n (series) + 1);
  for (gsize i = 0; i < xps_series_get_n (series); i++)
    names[i] = xps_series_get_step (series, i)->name;
  return names;
}

static gboolean
add_table (const XpsCliSeriesOptions *options, XpsSeries *series, GError **error)
{
  g_autofree const char **names = dup_names (series);
  if (options->axis_file == NULL)
    return TRUE;
  g_autoptr (GBytes) bytes = xps_file_read (options->axis_file, error);
  if (bytes == NULL)
    return FALSE;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GPtrArray) clocks =
      xps_clocks_from_table (text, options->axis_file, names, xps_series_get_n (series), error);
  if (clocks == NULL)
    return FALSE;
  while (clocks->len > 0)
    if (!xps_series_take_clock (series, g_ptr_array_steal_index (clocks, 0), error))
      return FALSE;
  xps_series_choose_axis (series);
  return TRUE;
}

static gboolean
add_log (const XpsCliSeriesOptions *options, XpsSeries *series, GPtrArray *said, GError **error)
{
  if (options->log == NULL)
    return TRUE;
  g_autoptr (XpsPotentiostatLog) log = xps_potentiostat_log_open (options->log, error);
  if (log == NULL)
    return FALSE;
  const XpsClockLog rows = {log->n, log->time_s, NULL};
  const XpsLogColumn columns[] = {{XPS_CLOCK_POTENTIAL, log->potential},
                                  {XPS_CLOCK_CAPACITY, log->capacity},
                                  {XPS_CLOCK_CURRENT, log->current},
                                  {XPS_CLOCK_CYCLE, log->cycle}};
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  const gboolean matched =
      xps_series_take_log (series, &rows, columns, G_N_ELEMENTS (columns), log->start_unix,
                           options->log_offset, options->exposure, notes);
  for (guint i = 0; i < notes->len && said == NULL; i++)
    g_printerr ("corelevel-cli: %s: %s\n", options->log, (char *)g_ptr_array_index (notes, i));
  for (guint i = 0; i < notes->len && said != NULL; i++)
    g_ptr_array_add (said, g_strdup_printf ("%s: %s", options->log, (char *)g_ptr_array_index (notes, i)));
  if (matched || !isnan (options->watch))
    return TRUE;
  return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_CLOCK, options->log, NULL,
                        "no step lies within the log", "give --log-offset in s, or times with --axis-file");
}

/* ---- which steps ---- */

static gboolean
exclude_range (XpsSeries *series, const char *range, const char *reason)
{
  double from, to;
  const char *dash = strchr (range, '-');
  if (dash == NULL
          ? !xps_number_parse (range, &from)
          : !xps_number_parse_span (range, (gsize)(dash - range), &from) || !xps_number_parse (dash + 1, &to))
    return FALSE;
  to = dash == NULL ? from : to;
  if (!(from >= 1) || !(to >= from) || to > (double)xps_series_get_n (series))
    return FALSE;
  for (gsize i = (gsize)from; i <= (gsize)to; i++)
    xps_series_exclude (series, i - 1, reason);
  return TRUE;
}

/* "3,7-9=beam lost" */
static gboolean
exclude (const XpsCliSeriesOptions *options, XpsSeries *series, GError **error)
{
  if (options->exclude == NULL)
    return TRUE;
  g_autofree char *list = g_strdup (options->exclude);
  char *reason = strchr (list, '=');
  if (reason != NULL)
    *reason++ = '\0';
  g_auto (GStrv) ranges = g_strsplit (list, ",", -1);
  for (char **range = ranges; *range != NULL; range++)
    if (!exclude_range (series, *range, reason != NULL ? reason : "excluded on the command line"))
      return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS, "--exclude", *range,
                            "is no step of the series", "count from 1, as in 3,7-9=reason");
  return TRUE;
}

static void
exclude_bad (XpsSeries *series, GPtrArray *notes)
{
  g_autoptr (GPtrArray) marks = xps_frames_check (series, NULL);
  for (guint k = 0; k < marks->len; k++) {
    const XpsFrameMark *mark = g_ptr_array_index (marks, k);
    if (!mark->bad)
      continue;
    g_ptr_array_add (notes, g_strdup_printf ("warning: %s left out: %s",
                                             xps_series_get_step (series, mark->step)->name, mark->message));
    xps_series_exclude (series, mark->step, mark->message);
  }
}

static gboolean
regroup (const XpsCliSeriesOptions *options, XpsSeries **series, GError **error)
{
  if (options->average > 1 || options->within >= 0) {
    XpsSeries *made = xps_series_average (*series, options->average > 1 ? (gsize)options->average : 0,
                                          options->within, error);
    if (made == NULL)
      return FALSE;
    xps_series_free (*series);
    *series = made;
  }
  if (options->rebin > 1) {
    XpsSeries *made = xps_series_rebin (*series, (gsize)options->rebin, error);
    if (made == NULL)
      return FALSE;
    xps_series_free (*series);
    *series = made;
  }
  return TRUE;
}

/* ---- the whole ---- */

XpsSeriesWindow *
xps_cli_series_dup_windows (const XpsCliSeriesOptions *options, const XpsModel *model)
{
  XpsSeriesWindow *windows = g_new0 (XpsSeriesWindow, model->parts->len + 1);
  for (guint s = 0; s < model->parts->len; s++) {
    const XpsModelPart *part = g_ptr_array_index (model->parts, s);
    const gboolean ranged = options->range != NULL;
    windows[s].region = model->parts->len > 1     ? (part->region != NULL ? part->region : part->id)
                        : options->region != NULL ? options->region
                                                  : part->region;
    windows[s].low = ranged ? options->low : part->low;
    windows[s].high = ranged ? options->high : part->high;
    windows[s].shift = part->energy_shift + (isfinite (options->shift) ? options->shift : 0);
  }
  return windows;
}

static gboolean
set_axis (const XpsCliSeriesOptions *options, XpsSeries *series, GError **error)
{
  const gboolean live = !isnan (options->watch); /* what does not change yet is no clock yet */
  if (options->axis != NULL && !xps_series_set_axis (series, options->axis, live ? NULL : error) && !live)
    return FALSE;
  for (guint i = 0; i < series->clocks->len && options->reference != NULL; i++) {
    XpsClock *clock = g_ptr_array_index (series->clocks, i);
    if (clock->kind != XPS_CLOCK_POTENTIAL)
      continue;
    g_free (clock->reference);
    clock->reference = g_strdup (options->reference);
  }
  return TRUE;
}

/* Steps of a joint model are the spectra of it: nothing is left for a series. */
static gboolean
check_model (const XpsModel *model, const XpsSeries *series, GError **error)
{
  if (model->parts->len <= 4 || xps_series_get_n (series) > 1)
    return TRUE;
  return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, NULL, NULL,
                        "the model describes every step already",
                        "fit it with the command fit, or give a model of one step");
}

/* Clocks of its own, the axis, and what is left out. Takes the series; NULL where that fails. */
static XpsSeries *
complete (const XpsCliSeriesOptions *options, XpsSeries *take_series, GPtrArray *notes, GError **error)
{
  g_autoptr (XpsSeries) series = take_series;
  if (series == NULL) {
    g_prefix_error (error, "%s: ", options->operands[0]);
    return NULL;
  }
  if (!add_table (options, series, error) || !add_log (options, series, notes, error) ||
      !set_axis (options, series, error) || !exclude (options, series, error))
    return NULL;
  return g_steal_pointer (&series);
}

XpsSeries *
xps_cli_series_put_together (const XpsCliSeriesOptions *options, const XpsModel *model,
                             const XpsSeriesInput *inputs, gsize n_inputs, GPtrArray *notes, GError **error)
{
  g_autofree XpsSeriesWindow *windows = xps_cli_series_dup_windows (options, model);
  g_autoptr (XpsSeries) series = xps_series_assemble (inputs, n_inputs, windows, model->parts->len,
                                                      options->pattern, options->photon_energy, notes, error);
  if (series != NULL && !check_model (model, series, error))
    return NULL;
  return complete (options, g_steal_pointer (&series), notes, error);
}

XpsSeries *
xps_cli_series_put_in_steps (const XpsCliSeriesOptions *options, const XpsModel *model,
                             const XpsSeriesInput *inputs, gsize n_inputs, const XpsSeriesGroups *groups,
                             GPtrArray *notes, GError **error)
{
  g_autofree XpsSeriesWindow *windows = xps_cli_series_dup_windows (options, model);
  return complete (options,
                   xps_series_assemble_groups (inputs, n_inputs, windows, groups, options->pattern,
                                               options->photon_energy, notes, error),
                   notes, error);
}

XpsSeries *
xps_cli_series_load (const XpsCliSeriesOptions *options, const XpsModel *model, GPtrArray *files,
                     GPtrArray *notes, GError **error)
{
  g_autoptr (GArray) inputs = g_array_new (FALSE, FALSE, sizeof (XpsSeriesInput));
  if (!open_files (options, files, inputs, notes, error) ||
      !xps_cli_series_check_files (options, files, error))
    return NULL;
  XpsSeries *made = xps_cli_series_put_together (options, model, (const XpsSeriesInput *)(void *)inputs->data,
                                                 inputs->len, notes, error);
  if (made == NULL)
    return NULL;
  if (options->exclude_bad)
    exclude_bad (made, notes);
  if (regroup (options, &made, error))
    return made;
  xps_series_free (made);
  return NULL;
}
