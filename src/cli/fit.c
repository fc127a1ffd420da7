/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/fit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/number.h"
#include "config.h"
#include "draw-cairo/draw-cairo.h"
#include "figure/fit-figure.h"
#include "fit/edit.h"
#include "fit/multistart.h"
#include "fit/stored.h"

typedef struct {
  char *model, *region, *range, *weights, *start, *output, *figure, *table, *report, *method, *column;
  double photon_energy, shift;
  int max_evaluations;
  gint64 seed;
  gboolean json;
  XpsCliReading reading;
  /* parsed */
  double low, high;
  XpsWeights weights_kind;
  guint starts;
  XpsReadOptions read_options;
  char **files; /* operands */
  int n_files;
  char *command;
} Options;

/* Everything a fit is made of: the files stay open because spectra point into them. */
typedef struct {
  XpsModel *model;
  GPtrArray *files; /* XpsFile */
  GPtrArray *data;  /* XpsFitData, one for each part of the model */
} Task;

static void
task_clear (Task *task)
{
  g_clear_pointer (&task->model, xps_model_free);
  g_clear_pointer (&task->files, g_ptr_array_unref);
  g_clear_pointer (&task->data, g_ptr_array_unref);
}

static XpsFile *
open_file (const Options *options, Task *task, const char *path, GError **error)
{
  for (guint i = 0; i < task->files->len; i++) {
    XpsFile *file = g_ptr_array_index (task->files, i);
    if (strcmp (file->path, path) == 0)
      return file;
  }
  /* A folder opens as all its files; which of them is to be fitted is not for us to guess. */
  if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN, path, NULL, "is a directory",
                   "name a file in it, or fit a series");
    return NULL;
  }
  XpsFile *file = xps_file_open (path, &options->read_options, error);
  if (file == NULL)
    return NULL;
  for (guint i = 0; i < file->warnings->len; i++) {
    g_autofree char *message =
        g_strdup_printf ("%s: %s", path, (char *)g_ptr_array_index (file->warnings, i));
    xps_cli_warn (message);
  }
  g_ptr_array_add (task->files, file);
  return file;
}

static XpsEnergyScale
scale_of (const Options *options, const XpsSpectrum *spectrum, const XpsModelPart *part)
{
  XpsEnergyScale scale = xps_energy_scale_from_spectrum (spectrum);
  if (isfinite (options->photon_energy))
    scale.photon_energy = options->photon_energy;
  scale.shift = part->energy_shift + (isfinite (options->shift) ? options->shift : 0);
  return scale;
}

/* The window of a part of the model, or of --range, cut out of a spectrum. */
static gboolean
add_data (const Options *options, Task *task, const XpsFile *file, const XpsSpectrum *spectrum,
          const XpsModelPart *part, GError **error)
{
  const gboolean ranged = options->range != NULL;
  const XpsEnergyScale scale = scale_of (options, spectrum, part);
  XpsFitData *data = xps_fit_data_new (spectrum, &scale, ranged ? options->low : part->low,
                                       ranged ? options->high : part->high, error);
  if (data == NULL) {
    g_prefix_error (error, "%s: ", file->path);
    return FALSE;
  }
  xps_fit_data_set_source (data, file->path, file->sha256, xps_spectrum_get_name (spectrum));
  g_ptr_array_add (task->data, data);
  return TRUE;
}

/* ---- the fit that came with the file ---- */

static const XpsSpectrum *
first_fitted (const XpsFile *file)
{
  for (guint i = 0; i < file->spectra->len; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (file->spectra, i);
    const XpsStoredFit *fit = xps_spectrum_get_stored_fit (spectrum);
    if (fit != NULL && fit->components->len > 0)
      return spectrum;
  }
  return NULL;
}

static gboolean
prepare_stored (const Options *options, Task *task, GError **error)
{
  XpsFile *file = open_file (options, task, options->files[0], error);
  if (file == NULL)
    return FALSE;
  if (options->n_files > 1)
    return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, options->files[1], NULL,
                          "a stored fit is of one file", "name one file, or give a model with --model");
  if (isfinite (options->shift))
    return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, file->path, "--shift",
                          "a stored fit has its own calibration", "leave --shift out, or give a model");
  const XpsSpectrum *spectrum =
      options->region != NULL ? xps_file_find_spectrum (file, options->region, error) : first_fitted (file);
  if (spectrum == NULL && options->region != NULL)
    return FALSE;
  if (spectrum == NULL)
    return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, file->path, NULL,
                          "holds no fitted components", "give a model with --model");
  XpsEnergyScale scale = {options->photon_energy, 0, 0};
  task->model = xps_model_from_stored_fit (spectrum, &scale, error);
  if (task->model == NULL) {
    g_prefix_error (error, "%s: ", file->path);
    return FALSE;
  }
  for (guint i = 0; i < task->model->parts->len; i++) {
    XpsModelPart *part = g_ptr_array_index (task->model->parts, i);
    part->energy_shift = scale.shift;
    if (part->energy_shift_source == NULL)
      part->energy_shift_source = g_strdup (scale.shift != 0 ? "calibration stored with the data" : NULL);
    if (!add_data (options, task, file, spectrum, part, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- a model file ---- */

/* Data paths in a model are relative to the model file. */
static char *
part_path (const Options *options, const XpsModelPart *part, guint i)
{
  if ((int)i < options->n_files)
    return g_strdup (options->files[i]);
  if (part->data == NULL)
    return NULL;
  if (g_path_is_absolute (part->data))
    return g_strdup (part->data);
  g_autofree char *folder = g_path_get_dirname (options->model);
  return g_build_filename (folder, part->data, NULL);
}

static gboolean
prepare_model (const Options *options, Task *task, GError **error)
{
  task->model = xps_cli_read_model (options->model, error);
  if (task->model == NULL)
    return FALSE;
  if (options->n_files > (int)task->model->parts->len) {
    const guint n = task->model->parts->len;
    g_autofree char *what = g_strdup_printf ("describes %u %s, %d files are named", n,
                                             n == 1 ? "spectrum" : "spectra", options->n_files);
    return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, options->model, NULL, what,
                          "name one file for each spectrum, or none");
  }
  for (guint i = 0; i < task->model->parts->len; i++) {
    const XpsModelPart *part = g_ptr_array_index (task->model->parts, i);
    g_autofree char *path = part_path (options, part, i);
    if (path == NULL) {
      g_autofree char *place = g_strdup_printf ("spectrum %u", i + 1);
      return xps_error_set (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL, options->model, place, "has no data",
                            "name a data file in the model or on the command line");
    }
    XpsFile *file = open_file (options, task, path, error);
    const char *region = part->region != NULL ? part->region : options->region;
    const XpsSpectrum *spectrum = file != NULL ? xps_file_find_spectrum (file, region, error) : NULL;
    if (spectrum == NULL || !add_data (options, task, file, spectrum, part, error))
      return FALSE;
  }
  return TRUE;
}

/* ---- what comes out ---- */

static gboolean
write_figure (const Options *options, const XpsResult *result, GError **error)
{
  XpsPictureOptions picture = {.program = "Corelevel " XPS_VERSION};
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *created = g_date_time_format_iso8601 (now);
  picture.created = created;
  if (!xps_picture_format_from_name (options->figure, &picture.format, error))
    return FALSE;
  g_autoptr (XpsFigure) figure = xps_figure_new_from_result (result);
  XpsFigureStyle style;
  xps_figure_style_init (&style, xps_problem_get_n_spectra (result->problem) > 1 ? XPS_FIGURE_DOUBLE
                                                                                 : XPS_FIGURE_SINGLE);
  g_autoptr (XpsScene) scene = xps_figure_build (figure, &style);
  g_autoptr (XpsCairoPainter) painter = xps_cairo_painter_new (NULL);
  return xps_cairo_painter_write (painter, scene, xps_theme_get (XPS_THEME_PRINT), &picture, options->figure,
                                  error);
}

static int
deliver (const Options *options, XpsResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  if (options->json || options->output != NULL)
    text = xps_result_dup_text (result);
  if (options->json)
    fputs (text, stdout);
  else
    xps_cli_print_result (result);
  if (options->output != NULL && !xps_file_write (options->output, text, strlen (text), &error))
    return xps_cli_fail (error);
  if (options->figure != NULL && !write_figure (options, result, &error))
    return xps_cli_fail (error);
  if (options->table != NULL) {
    g_autoptr (XpsFigure) figure = xps_figure_new_from_result (result);
    if (!xps_figure_write_table (figure, options->table, &error))
      return xps_cli_fail (error);
  }
  if (result->converged)
    return XPS_EXIT_DONE;
  g_set_error (&error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA, "%s: %s",
               options->n_files > 0 ? options->files[0] : options->model, xps_stop_to_text (result->stop));
  return xps_cli_fail (error);
}

static int
run (const Options *options)
{
  g_autoptr (GError) error = NULL;
  Task task = {NULL, g_ptr_array_new_with_free_func ((GDestroyNotify)xps_file_free),
               g_ptr_array_new_with_free_func ((GDestroyNotify)xps_fit_data_unref)};
  const gboolean prepared = options->model != NULL ? prepare_model (options, &task, &error)
                                                   : prepare_stored (options, &task, &error);
  int status = XPS_EXIT_FAILED;
  g_autoptr (XpsResult) result = NULL;
  if (prepared && task.model != NULL) {
    for (guint i = 0; options->column != NULL && i < task.model->parts->len; i++)
      xps_edit_set_background_column (task.model, i, strcmp (options->column, "subtract") == 0);
    const XpsMultistart multistart = {options->starts, (guint64)options->seed};
    const XpsFitOptions fit = {.max_evaluations = (gsize)options->max_evaluations};
    result = xps_fit_from_starts (task.model, (XpsFitData *const *)task.data->pdata, task.data->len,
                                  options->weights_kind, &fit, options->method, &multistart, &error);
  }
  if (prepared && result == NULL && g_error_matches (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL))
    g_prefix_error (&error, "%s: ", options->model != NULL ? options->model : options->files[0]);
  if (result != NULL) {
    result->command = g_strdup (options->command);
    status = deliver (options, result);
  } else
    status = xps_cli_fail (error);
  task_clear (&task);
  return status;
}

/* ---- options ---- */

static gboolean
parse_range (Options *options)
{
  options->low = options->high = NAN;
  if (options->range == NULL)
    return TRUE;
  const char *colon = strchr (options->range, ':');
  return colon != NULL &&
         xps_number_parse_span (options->range, (gsize)(colon - options->range), &options->low) &&
         xps_number_parse (colon + 1, &options->high) && options->low < options->high;
}

static gboolean
parse_start (Options *options)
{
  double n;
  options->starts = 1;
  if (options->start == NULL || g_ascii_strcasecmp (options->start, "CURRENT") == 0)
    return TRUE;
  if (g_ascii_strncasecmp (options->start, "MULTI:", 6) != 0 || !xps_number_parse (options->start + 6, &n) ||
      !(n >= 1) || n > 100000 || n != floor (n))
    return FALSE;
  options->starts = (guint)n;
  return TRUE;
}

static int
check_options (Options *options, int argc, char **argv)
{
  if (argc < 2 && options->model == NULL)
    return xps_cli_usage ("fit", "name a data file");
  if (!parse_range (options))
    return xps_cli_usage ("fit", "--range is LOW:HIGH in eV, the lower binding energy first");
  if (!parse_start (options))
    return xps_cli_usage ("fit", "--start is CURRENT or MULTI:N");
  options->weights_kind = XPS_WEIGHTS_COUNTS;
  if (options->weights != NULL && !xps_weights_from_text (options->weights, &options->weights_kind))
    return xps_cli_usage ("fit", "--weights is counts, sigma, uniform or poisson");
  if (options->method != NULL && strcmp (options->method, "varpro") != 0 &&
      strcmp (options->method, "gsl") != 0)
    return xps_cli_usage ("fit", "--method is varpro or gsl");
  if (options->method != NULL && strcmp (options->method, "gsl") == 0 && options->starts > 1)
    return xps_cli_usage ("fit", "--method gsl takes one start");
  if (options->photon_energy <= 0)
    return xps_cli_usage ("fit", "--photon-energy is positive, in eV");
  if (options->max_evaluations < 0)
    return xps_cli_usage ("fit", "--max-evaluations is a positive number");
  XpsPictureFormat format;
  if (options->figure != NULL && !xps_picture_format_from_name (options->figure, &format, NULL))
    return xps_cli_usage ("fit", "--figure ends in .pdf, .svg or .png");
  if (options->column != NULL && strcmp (options->column, "subtract") != 0 &&
      strcmp (options->column, "ignore") != 0)
    return xps_cli_usage ("fit", "--background-column is subtract or ignore");
  if (options->report != NULL)
    return xps_cli_usage ("fit", "--report: this version writes no reports yet; use --output and --figure");
  if (!xps_cli_reading_to_options (&options->reading, "fit", &options->read_options))
    return XPS_EXIT_USAGE;
  options->files = argv + 1;
  options->n_files = argc - 1;
  return XPS_EXIT_DONE;
}

static void
options_clear (Options *options)
{
  g_free (options->model);
  g_free (options->region);
  g_free (options->range);
  g_free (options->weights);
  g_free (options->start);
  g_free (options->output);
  g_free (options->figure);
  g_free (options->table);
  g_free (options->report);
  g_free (options->method);
  g_free (options->column);
  g_free (options->command);
  xps_cli_reading_clear (&options->reading);
}

int
xps_cli_fit (int argc, char **argv)
{
  Options o = {.photon_energy = NAN, .shift = NAN, .seed = 1};
  const GOptionEntry entries[] = {
      {"model", 'm', 0, G_OPTION_ARG_FILENAME, &o.model, "Model; without it the fit stored in the file",
       "MODEL.json"},
      {"region", 'r', 0, G_OPTION_ARG_STRING, &o.region, "Spectrum of the file, by number from 0 or by name",
       "REGION"},
      {"range", 0, 0, G_OPTION_ARG_STRING, &o.range, "Window in eV binding energy", "LOW:HIGH"},
      {"weights", 'w', 0, G_OPTION_ARG_STRING, &o.weights, "counts (default), sigma, uniform, poisson",
       "KIND"},
      {"start", 0, 0, G_OPTION_ARG_STRING, &o.start, "From the model's values, or the best of N starts",
       "CURRENT|MULTI:N"},
      {"seed", 0, 0, G_OPTION_ARG_INT64, &o.seed, "Seed of the further starts (1)", "S"},
      {"method", 0, 0, G_OPTION_ARG_STRING, &o.method, "varpro (default), or gsl for a cross-check",
       "METHOD"},
      {"max-evaluations", 0, 0, G_OPTION_ARG_INT, &o.max_evaluations, "Give up after this many (500)", "N"},
      {"photon-energy", 0, 0, G_OPTION_ARG_DOUBLE, &o.photon_energy, "Instead of the file's, eV", "E"},
      {"shift", 0, 0, G_OPTION_ARG_DOUBLE, &o.shift, "Added to binding energies, eV (charge reference)", "E"},
      {"background-column", 0, 0, G_OPTION_ARG_STRING, &o.column,
       "A background that came with the data: subtract (default), or ignore", "WHAT"},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &o.output, "Result to write", "RESULT.json"},
      {"figure", 'f', 0, G_OPTION_ARG_FILENAME, &o.figure, "Figure to write, by ending", "F.pdf|svg|png"},
      {"table", 0, 0, G_OPTION_ARG_FILENAME, &o.table, "Curves to write: data, fit, background, components",
       "T.csv"},
      {"report", 0, 0, G_OPTION_ARG_FILENAME, &o.report, "Report to write (not in this version)",
       "R.pdf|html"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &o.json, "Print the result as JSON", NULL},
      XPS_CLI_READING_ENTRIES (o.reading),
      G_OPTION_ENTRY_NULL,
  };
  o.command = xps_cli_dup_command (argc, argv);
  int status = XPS_EXIT_USAGE;
  if (xps_cli_parse ("fit", "DATA...",
                     "Fits a model to measured spectra; prints parameters with standard errors.", entries,
                     &argc, &argv)) {
    status = check_options (&o, argc, argv);
    if (status == XPS_EXIT_DONE)
      status = run (&o);
  }
  options_clear (&o);
  return status;
}
