/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/series.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "draw-cairo/draw-cairo.h"
#include "series/widen.h"

#define PARTIAL_EVERY 2000000 /* us between two savings of a run that goes on, and */
#define PARTIAL_SHARE 20      /* times as long as one took: thousands of steps take seconds to write */

/* ---- the plan ---- */

static gboolean
refuse (GError **error, const char *option, const char *what)
{
  return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN, option, NULL, what, NULL);
}

/* The first of two rules for one parameter would be lost. */
static gboolean
add_rule (XpsSeriesPlan *plan, const char *name, XpsAcross across, guint knots, GError **error)
{
  if (xps_series_plan_get_rule (plan, name, NULL) != XPS_ACROSS_FREE)
    return refuse (error, name, "is named twice among --share, --linear, --logistic and --spline");
  xps_series_plan_set_rule (plan, name, across, knots);
  return TRUE;
}

static gboolean
add_rules (XpsSeriesPlan *plan, const char *list, XpsAcross across, GError **error)
{
  g_auto (GStrv) names = g_strsplit (list != NULL ? list : "", ",", -1);
  for (char **name = names; *name != NULL; name++) {
    g_strstrip (*name);
    if (**name != '\0' && !add_rule (plan, *name, across, 0, error))
      return FALSE;
  }
  return TRUE;
}

/* NAME or NAME:KNOTS */
static gboolean
add_spline (XpsSeriesPlan *plan, const char *text, GError **error)
{
  double knots = 5;
  const char *colon = strrchr (text, ':');
  g_autofree char *name = colon != NULL ? g_strndup (text, (gsize)(colon - text)) : g_strdup (text);
  if (colon != NULL &&
      (!xps_number_parse (colon + 1, &knots) || !(knots >= 3) || knots > 1000 || knots != floor (knots)))
    return refuse (error, "--spline", "is NAME or NAME:KNOTS, at least 3 of them");
  return add_rule (plan, name, XPS_ACROSS_SPLINE, (guint)knots, error);
}

/* NAME=COMPONENT,...[:free|linear|SLOPE] */
static gboolean
add_frame (XpsSeriesPlan *plan, const char *text, GError **error)
{
  const char *equals = strchr (text, '='), *colon = strrchr (text, ':');
  XpsFrameShift shift = XPS_FRAME_LINEAR;
  double slope = 0;
  if (equals == NULL)
    return refuse (error, "--frame", "is NAME=COMPONENT,...:free, ...:linear or ...:SLOPE in eV/V");
  colon = colon != NULL && colon > equals ? colon : NULL;
  if (colon != NULL && xps_number_parse (colon + 1, &slope))
    shift = XPS_FRAME_FIXED;
  else if (colon != NULL && (!xps_frame_shift_from_text (colon + 1, &shift) || shift == XPS_FRAME_FIXED))
    return refuse (error, "--frame", "ends in :free, :linear or :SLOPE in eV/V");
  g_autofree char *name = g_strndup (text, (gsize)(equals - text));
  g_autofree char *list =
      colon != NULL ? g_strndup (equals + 1, (gsize)(colon - equals - 1)) : g_strdup (equals + 1);
  g_auto (GStrv) components = g_strsplit (list, ",", -1);
  XpsEnergyFrame *frame = xps_series_plan_add_frame (plan, name, shift, slope);
  for (char **component = components; *component != NULL; component++)
    if (*g_strstrip (*component) != '\0')
      g_ptr_array_add (frame->components, g_strdup (*component));
  return TRUE;
}

XpsSeriesPlan *
xps_cli_series_plan (const XpsCliSeriesOptions *o, GError **error)
{
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  const gboolean global = o->share != NULL || o->linear != NULL || o->logistic != NULL ||
                          o->splines != NULL || o->frames != NULL || o->widen != NULL;
  plan->mode = global ? XPS_SERIES_GLOBAL : XPS_SERIES_WARM;
  if (o->mode != NULL && !xps_series_mode_from_text (o->mode, &plan->mode)) {
    refuse (error, "--mode", "is independent, warm or global");
    return NULL;
  }
  if (global && plan->mode != XPS_SERIES_GLOBAL) {
    refuse (error, "--mode", "is global where parameters are shared or energies have frames");
    return NULL;
  }
  if (o->weights != NULL && !xps_weights_from_text (o->weights, &plan->weights)) {
    refuse (error, "--weights", "is counts, sigma, uniform or poisson");
    return NULL;
  }
  if (!add_rules (plan, o->share, XPS_ACROSS_SHARED, error) ||
      !add_rules (plan, o->linear, XPS_ACROSS_LINEAR, error) ||
      !add_rules (plan, o->logistic, XPS_ACROSS_LOGISTIC, error))
    return NULL;
  for (char **spline = o->splines; spline != NULL && *spline != NULL; spline++)
    if (!add_spline (plan, *spline, error))
      return NULL;
  for (char **frame = o->frames; frame != NULL && *frame != NULL; frame++)
    if (!add_frame (plan, *frame, error))
      return NULL;
  plan->n_threads = (guint)o->jobs;
  plan->max_evaluations = (gsize)o->max_evaluations;
  plan->freeze = o->freeze;
  return g_steal_pointer (&plan);
}

/* ---- the run ---- */

typedef struct {
  const XpsCliSeriesOptions *options;
  const XpsModel *model;
  const XpsSeriesPlan *plan;
  const XpsSeries *series;
  char *partial; /* file of a run that goes on, or NULL */
  gint64 next;   /* us, when it is saved again */
} Run;

/* What is done by now, so that a run that is killed can be taken up. A disk that is full does not stop the
 * run: its result may still have a place. */
static gboolean
on_progress (gsize done, gsize total, const XpsSeriesRun *run, gpointer data)
{
  Run *self = data;
  const gint64 now = g_get_monotonic_time ();
  if (self->partial == NULL || now < self->next)
    return TRUE;
  g_autofree char *text = xps_series_run_dup_text (run, self->series, NULL, self->options->command);
  xps_file_write (self->partial, text, strlen (text), NULL);
  const gint64 done_at = g_get_monotonic_time ();
  self->next = done_at + MAX (PARTIAL_EVERY, PARTIAL_SHARE * (done_at - now));
  if (total > 0)
    g_printerr ("corelevel-cli: %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT "\n", done, total);
  return TRUE;
}

static XpsSeriesRun *
read_run (const Run *self, const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = xps_file_read (path, error);
  if (bytes == NULL)
    return NULL;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return xps_series_run_from_text (text, path, self->series, self->model, self->plan, error);
}

/* The partial file, else the finished one; none is a fresh start. */
static gboolean
read_earlier (const Run *self, XpsSeriesRun **earlier, GError **error)
{
  const char *files[] = {self->partial, self->options->output, NULL};
  *earlier = NULL;
  for (const char **file = files; self->options->resume && *file != NULL && *earlier == NULL; file++)
    if (g_file_test (*file, G_FILE_TEST_EXISTS) && (*earlier = read_run (self, *file, error)) == NULL)
      return FALSE;
  return TRUE;
}

static XpsSeriesRun *
merge_runs (const Run *self, GError **error)
{
  g_autoptr (XpsSeriesRun) whole = read_run (self, self->options->merge[0], error);
  for (char **file = self->options->merge + 1; whole != NULL && *file != NULL; file++) {
    g_autoptr (XpsSeriesRun) part = read_run (self, *file, error);
    XpsSeriesRun *both = part != NULL ? xps_series_run_merge (whole, part, self->series, error) : NULL;
    xps_series_run_free (whole);
    whole = both;
  }
  return g_steal_pointer (&whole);
}

static XpsSeriesRun *
fit_or_merge (Run *self, GError **error)
{
  if (self->options->merge != NULL)
    return merge_runs (self, error);
  g_autoptr (XpsSeriesRun) earlier = NULL;
  g_autoptr (XpsSeriesRun) shared = NULL;
  if (!read_earlier (self, &earlier, error))
    return NULL;
  if (self->options->shared != NULL && (shared = read_run (self, self->options->shared, error)) == NULL)
    return NULL;
  const XpsSeriesFitOptions options = {earlier,     shared, self->options->first, self->options->n_steps,
                                       on_progress, self};
  self->next = g_get_monotonic_time () + PARTIAL_EVERY;
  return xps_series_fit (self->series, self->model, self->plan, &options, error);
}

/* ---- the whole ---- */

/* The widths become parameters of their own in the model. */
static gboolean
widen (const XpsCliSeriesOptions *options, XpsModel *model, XpsSeriesPlan *plan, GError **error)
{
  g_auto (GStrv) names = g_strsplit (options->widen != NULL ? options->widen : "", ",", -1);
  for (char **name = names; *name != NULL; name++)
    if (*g_strstrip (*name) != '\0' && !xps_series_widen (model, plan, *name, error))
      return FALSE;
  return TRUE;
}

/* What was guessed may explain an error; it does not come before it. */
static void
say_notes (const GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++) {
    const char *note = g_ptr_array_index (notes, i);
    if (g_str_has_prefix (note, "warning: "))
      xps_cli_warn (note + strlen ("warning: "));
    else
      g_printerr ("corelevel-cli: %s\n", note);
  }
}

static int
run_series (const XpsCliSeriesOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_file_free);
  g_autoptr (XpsSeriesPlan) plan = xps_cli_series_plan (options, &error);
  if (plan == NULL)
    return xps_cli_usage ("series", error->message);
  g_autoptr (XpsModel) model = xps_cli_read_model (options->model, &error);
  if (model != NULL && !widen (options, model, plan, &error))
    return xps_cli_fail (error);
  if (model != NULL && !isnan (options->watch))
    return xps_cli_series_watch (options, model, plan);
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (XpsSeries) series =
      model != NULL ? xps_cli_series_load (options, model, files, notes, &error) : NULL;
  const gboolean sound = series != NULL && xps_series_plan_check (plan, model, series, &error);
  say_notes (notes);
  if (!sound)
    return xps_cli_fail (error);
  g_autofree char *partial = options->output != NULL ? g_strconcat (options->output, ".partial", NULL) : NULL;
  Run self = {options, model, plan, series, partial, 0};
  g_autoptr (XpsSeriesRun) run = fit_or_merge (&self, &error);
  if (run == NULL || !xps_cli_series_deliver (options, series, run, NULL, &error))
    return xps_cli_fail (error);
  if (partial != NULL && run->complete)
    remove (partial);
  return xps_cli_series_say_outcome (options, run);
}

/* ---- options ---- */

static gboolean
parse_pair (const char *text, double *a, double *b)
{
  const char *colon = strchr (text, ':');
  return colon != NULL && xps_number_parse_span (text, (gsize)(colon - text), a) &&
         xps_number_parse (colon + 1, b);
}

static gboolean
parse_steps (XpsCliSeriesOptions *o)
{
  double first, last;
  if (o->steps == NULL)
    return TRUE;
  if (!parse_pair (o->steps, &first, &last) || !(first >= 1) || !(last >= first) || last > 1e9)
    return FALSE;
  o->first = (gsize)first - 1;
  o->n_steps = (gsize)(last - first) + 1;
  return TRUE;
}

static int
check_options (XpsCliSeriesOptions *o, int argc, char **argv)
{
  XpsPictureFormat format;
  o->low = o->high = NAN;
  o->operands = argv + 1;
  if (argc < 2)
    return xps_cli_usage ("series", "name data files or a folder");
  if (o->model == NULL)
    return xps_cli_usage ("series", "give the model of one step with --model");
  if (o->output == NULL && !o->json && o->table == NULL && o->figure == NULL)
    return xps_cli_usage ("series", "say where to: --output OUT.json");
  if (o->range != NULL && (!parse_pair (o->range, &o->low, &o->high) || !(o->low < o->high)))
    return xps_cli_usage ("series", "--range is LOW:HIGH in eV, the lower binding energy first");
  if (!parse_steps (o))
    return xps_cli_usage ("series", "--steps is FIRST:LAST, counted from 1");
  if (o->figure != NULL && !xps_picture_format_from_name (o->figure, &format, NULL))
    return xps_cli_usage ("series", "--figure ends in .pdf, .svg or .png");
  if (o->jobs < 0 || o->jobs > 1024 || o->average < 0 || o->rebin < 0 || o->redraws < 0 ||
      o->max_evaluations < 0 || !(o->freeze >= 0))
    return xps_cli_usage ("series", "numbers of jobs, frames, points, redraws and evaluations are positive");
  if (o->onset != NULL && strcmp (o->onset, "auto") != 0 && strcmp (o->onset, "logistic") != 0 &&
      strcmp (o->onset, "kink") != 0)
    return xps_cli_usage ("series", "--onset is auto, logistic or kink");
  if (o->shared != NULL && o->share == NULL && o->frames == NULL && o->linear == NULL &&
      o->logistic == NULL && o->splines == NULL && o->widen == NULL)
    return xps_cli_usage ("series", "--shared-values goes with the options of the run that gave them");
  if (!xps_cli_series_check_watch (o) || !xps_cli_series_check_figure (o) ||
      !xps_cli_series_check_paths (o) || !xps_cli_ratio_check (&o->ratio))
    return XPS_EXIT_USAGE;
  if (!xps_cli_reading_to_options (&o->reading, "series", &o->read_options))
    return XPS_EXIT_USAGE;
  if (o->energy_axis != NULL && strcmp (o->energy_axis, "BE") != 0 && strcmp (o->energy_axis, "KE") != 0)
    return xps_cli_usage ("series", "--energy-axis is BE or KE");
  o->read_options.axis_given = o->energy_axis != NULL;
  if (o->energy_axis != NULL)
    o->read_options.axis = strcmp (o->energy_axis, "BE") == 0 ? XPS_AXIS_BINDING : XPS_AXIS_KINETIC;
  return XPS_EXIT_DONE;
}

static void
options_clear (XpsCliSeriesOptions *o)
{
  char **const texts[] = {&o->model,       &o->mode,      &o->share,      &o->linear,  &o->logistic,
                          &o->axis,        &o->axis_file, &o->reference,  &o->pattern, &o->log,
                          &o->region,      &o->range,     &o->weights,    &o->exclude, &o->steps,
                          &o->shared,      &o->onset,     &o->output,     &o->table,   &o->figure,
                          &o->energy_axis, &o->command,   &o->figure_kind};
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&o->widen, g_free);
  g_clear_pointer (&o->splines, g_strfreev);
  g_clear_pointer (&o->frames, g_strfreev);
  g_clear_pointer (&o->merge, g_strfreev);
  xps_cli_ratio_clear (&o->ratio);
  xps_cli_reading_clear (&o->reading);
}

/* Of the fit, and of what comes out. */
#define FIT_ENTRIES(o)                                                                                         \
  {"model", 'm', 0, G_OPTION_ARG_FILENAME, &(o).model, "Model of one step", "MODEL.json"},                     \
      {"mode", 0, 0, G_OPTION_ARG_STRING, &(o).mode, "independent, warm (default), global", "MODE"},           \
      {"share", 0, 0, G_OPTION_ARG_STRING, &(o).share, "Parameters with one value for all steps", "NAME,..."}, \
      {"linear", 0, 0, G_OPTION_ARG_STRING, &(o).linear, "Parameters linear along the axis", "NAME,..."},      \
      {"logistic",                                                                                             \
       0,                                                                                                      \
       0,                                                                                                      \
       G_OPTION_ARG_STRING,                                                                                    \
       &(o).logistic,                                                                                          \
       "Parameters that go over from one level to another",                                                    \
       "NAME,..."},                                                                                            \
      {"spline",      0, 0, G_OPTION_ARG_STRING_ARRAY, &(o).splines, "Parameter along a natural spline",       \
       "NAME[:KNOTS]"},                                                                                        \
      {"frame",                                                                                                \
       0,                                                                                                      \
       0,                                                                                                      \
       G_OPTION_ARG_STRING_ARRAY,                                                                              \
       &(o).frames,                                                                                            \
       "Components whose energies move together",                                                              \
       "NAME=C,...[:free|linear|SLOPE]"},                                                                      \
      {"widen", 0, 0, G_OPTION_ARG_STRING, &(o).widen, "Lines whose width grows along the axis", "C,..."},     \
      {"weights", 'w', 0, G_OPTION_ARG_STRING, &(o).weights, "counts (default), sigma, uniform, poisson",      \
       "KIND"},                                                                                                \
      {"freeze",    0,                                                                                         \
       0,           G_OPTION_ARG_DOUBLE,                                                                       \
       &(o).freeze, "Hold positions of areas below so many standard errors (3)",                               \
       "N"},                                                                                                   \
      {"onset", 0, 0, G_OPTION_ARG_STRING, &(o).onset, "auto (default), logistic, kink", "KIND"},              \
      {"redraws", 0, 0, G_OPTION_ARG_INT, &(o).redraws, "Of the bootstrap of onsets (999)", "N"},              \
      {"seed", 0, 0, G_OPTION_ARG_INT64, &(o).seed, "Of the bootstrap (1)", "S"},                              \
      {"steps", 0, 0, G_OPTION_ARG_STRING, &(o).steps, "Fit this part only", "FIRST:LAST"},                    \
      {"shared-values",                                                                                        \
       0,                                                                                                      \
       0,                                                                                                      \
       G_OPTION_ARG_FILENAME,                                                                                  \
       &(o).shared,                                                                                            \
       "Hold what is shared at the values of a run",                                                           \
       "RUN.json"},                                                                                            \
      {"merge",    0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(o).merge, "Put parts together instead of fitting",     \
       "PART.json"},                                                                                           \
      {"resume",    0,                                                                                         \
       0,           G_OPTION_ARG_NONE,                                                                         \
       &(o).resume, "Go on with what an interrupted run left beside OUT.json",                                 \
       NULL},                                                                                                  \
      {"jobs", 'j', 0, G_OPTION_ARG_INT, &(o).jobs, "Threads (one for each processor)", "N"},                  \
      {"max-evaluations", 0, 0, G_OPTION_ARG_INT, &(o).max_evaluations, "Of each fit", "N"},                   \
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &(o).output, "Result", "OUT.json"},                            \
      {"table", 0, 0, G_OPTION_ARG_FILENAME, &(o).table, "Trends as a table", "T.csv"},                        \
      {"figure",       'f', 0, G_OPTION_ARG_FILENAME, &(o).figure, "Trends as a figure, by ending",            \
       "F.pdf|svg|png"},                                                                                       \
  {                                                                                                            \
    "json", 0, 0, G_OPTION_ARG_NONE, &(o).json, "Print the result as JSON", NULL                               \
  }

/* Of the steps and their clocks. */
#define STEP_ENTRIES(o)                                                                                      \
  {"axis",    0,                                                                                             \
   0,         G_OPTION_ARG_STRING,                                                                           \
   &(o).axis, "potential, time, depth, dose, temperature, ... or a clock's name",                            \
   "AXIS"},                                                                                                  \
      {"axis-file", 0, 0, G_OPTION_ARG_FILENAME, &(o).axis_file, "Table with clocks, a row for each step",   \
       "CSV"},                                                                                               \
      {"reference", 0, 0, G_OPTION_ARG_STRING, &(o).reference, "Of the potential (Li/Li+)", "NAME"},         \
      {"pattern", 0, 0, G_OPTION_ARG_STRING, &(o).pattern, "Clocks in names: \"*_{potential}V_*\"",          \
       "PATTERN"},                                                                                           \
      {"log", 0, 0, G_OPTION_ARG_FILENAME, &(o).log, "Potentiostat's log, matched by time", "FILE"},         \
      {"log-offset", 0, 0, G_OPTION_ARG_DOUBLE, &(o).log_offset, "Added to the steps' times", "S"},          \
      {"exposure",                                                                                           \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_DOUBLE,                                                                                  \
       &(o).exposure,                                                                                        \
       "Length of a step, over which the log is averaged",                                                   \
       "S"},                                                                                                 \
      {"region", 'r', 0, G_OPTION_ARG_STRING, &(o).region, "Name of the spectra that are steps", "NAME"},    \
      {"range", 0, 0, G_OPTION_ARG_STRING, &(o).range, "Window in eV binding energy", "LOW:HIGH"},           \
      {"exclude", 0, 0, G_OPTION_ARG_STRING, &(o).exclude, "Steps to leave out, and why", "3,7-9[=REASON]"}, \
      {"exclude-bad",                                                                                        \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_NONE,                                                                                    \
       &(o).exclude_bad,                                                                                     \
       "Leave out frames whose raw data are suspect",                                                        \
       NULL},                                                                                                \
      {"average", 0, 0, G_OPTION_ARG_INT, &(o).average, "Put every N frames together", "N"},                 \
      {"average-within",    0,           0,                                                                  \
       G_OPTION_ARG_DOUBLE, &(o).within, "Put frames at the same place of the axis together",                \
       "TOLERANCE"},                                                                                         \
      {"rebin", 0, 0, G_OPTION_ARG_INT, &(o).rebin, "Put N energies together", "N"},                         \
      {"photon-energy", 0, 0, G_OPTION_ARG_DOUBLE, &(o).photon_energy, "For kinetic energies", "EV"},        \
      {"shift", 0, 0, G_OPTION_ARG_DOUBLE, &(o).shift, "Added to binding energies", "EV"},                   \
      {"energy-axis",                                                                                        \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_STRING,                                                                                  \
       &(o).energy_axis,                                                                                     \
       "Energies are binding (BE) or kinetic (KE) ones",                                                     \
       "BE|KE"},                                                                                             \
      {"unit",      0, 0, G_OPTION_ARG_STRING, &(o).reading.unit, "Intensities are counts or counts/s",      \
       "counts|cps"},                                                                                        \
      {"energy-column",                                                                                      \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_INT,                                                                                     \
       &(o).reading.energy_column,                                                                           \
       "Texts, workbooks: column of energies",                                                               \
       "N"},                                                                                                 \
      {"intensity-column",                                                                                   \
       0,                                                                                                    \
       0,                                                                                                    \
       G_OPTION_ARG_INT,                                                                                     \
       &(o).reading.intensity_column,                                                                        \
       "Texts, workbooks: column of intensities",                                                            \
       "N"},                                                                                                 \
  {                                                                                                          \
    "decimal-comma", 0, 0, G_OPTION_ARG_NONE, &(o).reading.decimal_comma,                                    \
        "Text files: numbers have a decimal comma", NULL                                                     \
  }

int
xps_cli_series (int argc, char **argv)
{
  XpsCliSeriesOptions o = {.photon_energy = NAN,
                           .shift = NAN,
                           .exposure = NAN,
                           .within = -1,
                           .freeze = 3,
                           .seed = 1,
                           .watch = NAN,
                           .figure_part = 1,
                           .ratio = XPS_CLI_RATIO_INIT};
  const GOptionEntry entries[] = {FIT_ENTRIES (o),
                                  STEP_ENTRIES (o),
                                  XPS_CLI_WATCH_ENTRIES (o),
                                  XPS_CLI_FIGURE_ENTRIES (o),
                                  XPS_CLI_RATIO_ENTRIES (o.ratio),
                                  G_OPTION_ENTRY_NULL};
  o.command = xps_cli_dup_command (argc, argv);
  int status = XPS_EXIT_USAGE;
  if (xps_cli_parse ("series", "DATA...",
                     "Fits one model to every step of a series; prints what changes, where and how surely.",
                     entries, &argc, &argv)) {
    status = check_options (&o, argc, argv);
    if (status == XPS_EXIT_DONE)
      status = run_series (&o);
  }
  options_clear (&o);
  return status;
}
