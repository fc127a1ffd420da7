/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "cli/series-steps.h"
#include "series/alarm.h"
#include "series/watch.h"

/* A series while it is measured: frames are fitted as they come, and what is known is on the disk after each.
 */

#define PATIENCE 10 /* s without a new spectrum, then a step that lacks a level is given up */
#define BACKLOG  5  /* of many frames at once, writing may take one part in so many of the time */

typedef struct {
  const XpsCliSeriesOptions *options;
  const XpsModel *model;
  const XpsSeriesPlan *plan;
  XpsWatch *watch;
  GPtrArray *contents; /* XpsWatchContent: spectra point into them */
  GArray *waiting;     /* XpsSeriesInput that came and are in no step yet */
  GArray *inputs;      /* XpsSeriesInput in the order of the steps; of several levels: as they came */
  XpsCliSteps steps;   /* of several levels: which of them are steps */
  XpsSeries *series;   /* of `inputs`, or NULL */
  XpsSeriesRun *run;
  char *earlier;      /* text of the run that is gone on with, until its frames are all there */
  gboolean told_wait; /* that some of them are not */
  gint64 last_new, last_write, write_cost; /* us */
  char *complaint;                         /* the last one about the series as a whole */
  GError *failure;                         /* of writing: ends the watch */
} Live;

static void
say (const char *message)
{
  g_autofree char *text = xps_text_dup_printable (message, -1);
  g_printerr ("corelevel-cli: %s\n", text);
}

static gboolean
refuse (GError **error, XpsSeriesError code, const char *file, const char *what, const char *remedy)
{
  return xps_error_set (error, XPS_SERIES_ERROR, (int)code, file, NULL, what, remedy);
}

/* Once, not with every frame. */
static void
complain (Live *self, const char *message)
{
  if (g_strcmp0 (message, self->complaint) == 0)
    return;
  xps_cli_warn (message);
  g_free (self->complaint);
  self->complaint = g_strdup (message);
}

/* ---- frames ---- */

static XpsWatchContent *
read_frame (const char *path, gpointer data, GError **error)
{
  const XpsCliSeriesOptions *options = data;
  XpsFile *file = xps_file_open (path, &options->read_options, error);
  if (file == NULL)
    return NULL;
  XpsWatchContent *content = g_new0 (XpsWatchContent, 1);
  content->spectra = file->spectra;
  content->holder = file;
  content->free_holder = (GDestroyNotify)xps_file_free;
  return content;
}

static XpsSeries *
put_together (const Live *self, GError **error)
{
  return xps_cli_series_put_together (self->options, self->model,
                                      (const XpsSeriesInput *)(void *)self->inputs->data, self->inputs->len,
                                      NULL, error);
}

/* The series with what came; FALSE: as it was. What makes no step yet (its other core level is missing) stays
 * among the inputs. */
static gboolean
take_waiting (Live *self)
{
  g_autoptr (GError) error = NULL;
  const guint before = self->inputs->len;
  g_array_append_vals (self->inputs, self->waiting->data, self->waiting->len);
  XpsSeries *next = put_together (self, &error);
  if (next == NULL) {
    complain (self, error->message);
    g_array_set_size (self->waiting, 0);
    return FALSE;
  }
  /* A finer spectrum of the same window puts coarse ones aside: what was found is not thrown away for it. */
  if (self->series != NULL && !xps_series_keeps_steps (self->series, next)) {
    xps_cli_warn ("what came would put earlier steps aside: it is left out");
    xps_series_free (next);
    g_array_set_size (self->inputs, before);
    g_array_set_size (self->waiting, 0);
    return FALSE;
  }
  xps_series_free (self->series);
  self->series = next;
  g_array_set_size (self->waiting, 0);
  return TRUE;
}

static gboolean
has_levels (const Live *self)
{
  return self->model->parts->len > 1;
}

/* The same for several core levels: a step is one when its levels are there. */
static gboolean
take_levels (Live *self, XpsArrivalHaste haste)
{
  g_autoptr (GError) error = NULL;
  g_array_append_vals (self->inputs, self->waiting->data, self->waiting->len);
  g_array_set_size (self->waiting, 0);
  XpsSeries *next =
      xps_cli_steps_take (&self->steps, self->options, self->model, self->inputs, haste, &error);
  if (error != NULL)
    complain (self, error->message);
  if (next == NULL)
    return FALSE;
  xps_series_free (self->series);
  self->series = next;
  return TRUE;
}

static gboolean
is_quiet (const Live *self)
{
  return g_get_monotonic_time () - self->last_new >= PATIENCE * G_USEC_PER_SEC;
}

/* FALSE: nothing new. */
static gboolean
take_new (Live *self)
{
  if (!has_levels (self))
    return self->waiting->len > 0 && take_waiting (self);
  const gboolean quiet = is_quiet (self);
  return (self->waiting->len > 0 || (quiet && self->steps.n_open > 1)) &&
         take_levels (self, quiet ? XPS_ARRIVAL_QUIET : XPS_ARRIVAL_PATIENT);
}

static void
say_step (const Live *self, gsize i, gint64 begun)
{
  const XpsStepResult *step = xps_series_run_get_step (self->run, i);
  const XpsStep *at = xps_series_get_step (self->series, i);
  const XpsClock *axis = xps_series_get_axis (self->series);
  g_autofree char *place =
      axis->kind != XPS_CLOCK_NUMBER && isfinite (axis->values[i])
          ? xps_text_printf (", %g %s", axis->values[i], axis->unit != NULL ? axis->unit : "")
          : g_strdup ("");
  g_autofree char *line =
      step->failure != NULL
          ? xps_text_printf ("step %" G_GSIZE_FORMAT ": %s%s: %s", i + 1, at->name, place, step->failure)
          : xps_text_printf ("step %" G_GSIZE_FORMAT ": %s%s: chi2/dof %.3g%s, %.0f ms", i + 1, at->name,
                             place, step->reduced_chi2, step->converged ? "" : ", not converged",
                             1e-3 * (double)(g_get_monotonic_time () - begun));
  say (line);
}

/* Those of the newest step are said. */
static GPtrArray *
find_alarms (const Live *self, gboolean loud)
{
  GPtrArray *remarks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) alarms = xps_alarms_find (self->series, self->run, NULL);
  for (guint i = 0; i < alarms->len; i++) {
    const XpsAlarm *alarm = g_ptr_array_index (alarms, i);
    g_autofree char *line = g_strdup_printf ("alarm: %s", alarm->message);
    if (loud && alarm->step + 1 == self->run->steps->len)
      say (line);
    g_ptr_array_add (remarks, g_steal_pointer (&line));
  }
  return remarks;
}

static gboolean
write_now (Live *self, const GPtrArray *alarms)
{
  const gint64 begun = g_get_monotonic_time ();
  if (!xps_cli_series_write (self->options, self->series, self->run, alarms, &self->failure))
    return FALSE;
  self->last_write = g_get_monotonic_time ();
  self->write_cost = self->last_write - begun;
  return TRUE;
}

static gboolean
is_full (const Live *self)
{
  return self->options->watch_until > 0 && self->run->steps->len >= (guint)self->options->watch_until;
}

/* Fits what the run does not have. FALSE: the watch ends. */
static gboolean
fit_new (Live *self)
{
  gboolean written = TRUE;
  g_autoptr (GPtrArray) alarms = NULL;
  while (self->run->steps->len < xps_series_get_n (self->series) && !is_full (self)) {
    g_autoptr (GError) error = NULL;
    const gint64 begun = g_get_monotonic_time ();
    if (!xps_series_run_append (self->run, self->series, &error)) {
      complain (self, error->message); /* a clock may be missing that a later step brings */
      break;
    }
    say_step (self, self->run->steps->len - 1, begun);
    g_clear_pointer (&alarms, g_ptr_array_unref);
    alarms = find_alarms (self, TRUE);
    written = g_get_monotonic_time () - self->last_write > BACKLOG * self->write_cost;
    if (written && !write_now (self, alarms))
      return FALSE;
  }
  return (written || write_now (self, alarms)) && !is_full (self);
}

/* ---- going on with an earlier run ---- */

/* Moves the spectra of these marks, in this order, from what waits to the inputs; gives the number of marks
 * that nothing was found for. */
static guint
move_known (Live *self, const GPtrArray *marks)
{
  guint missing = 0;
  g_autoptr (GArray) rest = g_array_new (FALSE, FALSE, sizeof (XpsSeriesInput));
  g_autoptr (GPtrArray) own = g_ptr_array_new_with_free_func (g_free);
  gboolean *used = g_new0 (gboolean, self->waiting->len + 1);
  for (guint i = 0; i < self->waiting->len; i++)
    g_ptr_array_add (own, xps_watch_dup_mark (g_array_index (self->waiting, XpsSeriesInput, i).spectrum));
  for (guint m = 0; m < marks->len; m++) {
    guint at = 0;
    while (at < own->len && (used[at] || g_strcmp0 (own->pdata[at], marks->pdata[m]) != 0))
      at++;
    missing += at == own->len ? 1 : 0;
    used[at] = TRUE;
    if (at < own->len)
      g_array_append_val (self->inputs, g_array_index (self->waiting, XpsSeriesInput, at));
  }
  for (guint i = 0; i < self->waiting->len; i++)
    if (!used[i])
      g_array_append_val (rest, g_array_index (self->waiting, XpsSeriesInput, i));
  g_free (used);
  if (missing > 0) {
    g_array_set_size (self->inputs, 0);
    return missing;
  }
  g_array_set_size (self->waiting, 0);
  g_array_append_vals (self->waiting, rest->data, rest->len);
  return 0;
}

/* FALSE with error: it cannot be gone on with. Without: frames of it are still missing. */
static gboolean
take_earlier (Live *self, GError **error)
{
  const char *file = self->options->output;
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GPtrArray) marks = xps_cli_steps_read_marks (self->earlier, file, rows, error);
  if (marks == NULL)
    return FALSE;
  const guint missing = move_known (self, marks);
  if (missing > 0) {
    g_autofree char *line =
        xps_text_printf ("%u spectra of %s are not in the folder: waiting for them", missing, file);
    if (!self->told_wait)
      xps_cli_warn (line);
    self->told_wait = TRUE;
    return FALSE;
  }
  if (has_levels (self))
    xps_cli_steps_place (&self->steps, rows);
  if (marks->len == 0)
    self->series = xps_series_new (self->model->parts->len);
  else
    self->series = has_levels (self) ? xps_cli_steps_put_together (&self->steps, self->options, self->model,
                                                                   self->inputs, error)
                                     : put_together (self, error);
  if (self->series == NULL)
    return FALSE;
  XpsSeriesRun *run =
      xps_series_run_from_text (self->earlier, file, self->series, self->model, self->plan, error);
  if (run == NULL)
    return FALSE;
  xps_series_run_free (self->run);
  self->run = run;
  self->run->complete = TRUE;
  g_clear_pointer (&self->earlier, g_free);
  g_autofree char *line = xps_text_printf ("going on with %u steps of %s", run->steps->len, file);
  say (line);
  return TRUE;
}

/* The values that all steps share, from a run of the same model and plan. */
static gboolean
take_shared (Live *self, GError **error)
{
  const char *file = self->options->shared;
  if (file == NULL)
    return TRUE;
  g_autoptr (GBytes) bytes = xps_file_read (file, error);
  if (bytes == NULL)
    return FALSE;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (XpsSeries) none = xps_series_new (self->model->parts->len);
  XpsSeriesRun *run = xps_series_run_from_text (text, file, none, self->model, self->plan, error);
  if (run == NULL)
    return FALSE;
  xps_series_run_free (self->run);
  self->run = run;
  run->complete = run->converged = TRUE;
  run->n_free = run->evaluations = 0;
  run->dof = 0;
  return TRUE;
}

/* What was found before is never overwritten: it is gone on with, or it stays. */
static gboolean
find_earlier (Live *self, GError **error)
{
  const char *file = self->options->output;
  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!self->options->resume)
    return refuse (error, XPS_SERIES_ERROR_FILE, file, "is there already",
                   "go on with it by --resume, or name another --output");
  g_autoptr (GBytes) bytes = xps_file_read (file, error);
  if (bytes == NULL)
    return FALSE;
  self->earlier = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return TRUE;
}

/* ---- the watch ---- */

static void
take_event (Live *self, XpsWatchEvent *event)
{
  if (event->message != NULL && event->kind == XPS_WATCH_BACK)
    say (event->message);
  else if (event->message != NULL)
    xps_cli_warn (event->message);
  if (event->kind != XPS_WATCH_TAKEN && event->kind != XPS_WATCH_REPLACED)
    return;
  const XpsFile *file = event->content->holder;
  self->last_new = g_get_monotonic_time ();
  for (guint k = 0; k < file->warnings->len; k++) {
    g_autofree char *line =
        g_strdup_printf ("%s: %s", file->path, (char *)g_ptr_array_index (file->warnings, k));
    xps_cli_warn (line);
  }
  for (guint i = 0; i < event->fresh->len; i++) {
    const XpsSeriesInput input = {g_ptr_array_index (file->spectra, g_array_index (event->fresh, gsize, i)),
                                  file->path, file->sha256};
    g_array_append_val (self->waiting, input);
  }
  g_ptr_array_add (self->contents, g_steal_pointer (&event->content));
}

/* FALSE: the watch ends. */
static gboolean
look (Live *self)
{
  g_autoptr (GPtrArray) events = xps_watch_look (self->watch, g_get_monotonic_time ());
  for (guint i = 0; i < events->len; i++)
    take_event (self, g_ptr_array_index (events, i));
  if (self->waiting->len == 0 && self->series == NULL && self->steps.n_open == 0)
    return TRUE;
  if (self->earlier != NULL && (self->waiting->len == 0 || !take_earlier (self, &self->failure)))
    return self->failure == NULL;
  return !take_new (self) || fit_new (self);
}

static gboolean
is_over (const Live *self)
{
  const gint64 patience = (gint64)(1e6 * self->options->watch);
  return patience > 0 && g_get_monotonic_time () - self->last_new >= patience;
}

static void
run_watch (Live *self)
{
  self->last_new = g_get_monotonic_time ();
  while (look (self) && !is_over (self))
    xps_watch_wait (self->watch, G_USEC_PER_SEC);
  if (self->failure == NULL && self->earlier == NULL && self->steps.n_open > 0 && is_over (self) &&
      take_levels (self, XPS_ARRIVAL_LAST))
    fit_new (self);
}

static int
end (Live *self)
{
  if (self->failure == NULL && self->earlier != NULL)
    refuse (&self->failure, XPS_SERIES_ERROR_STEPS, self->options->output,
            "frames of this run did not come back: nothing was changed", "name another --output");
  if (self->failure == NULL && self->run->steps->len == 0)
    refuse (&self->failure, XPS_SERIES_ERROR_STEPS, self->options->operands[0], "no frame came",
            "see that the model's energy range lies within the spectra");
  if (self->failure != NULL)
    return xps_cli_fail (self->failure);
  g_autoptr (GPtrArray) alarms = find_alarms (self, FALSE);
  if (!xps_cli_series_deliver (self->options, self->series, self->run, alarms, &self->failure))
    return xps_cli_fail (self->failure);
  return xps_cli_series_say_outcome (self->options, self->run);
}

static void
live_clear (Live *self)
{
  xps_series_run_free (self->run);
  xps_series_free (self->series);
  xps_cli_steps_clear (&self->steps);
  g_array_unref (self->inputs);
  g_array_unref (self->waiting);
  g_ptr_array_unref (self->contents);
  xps_watch_free (self->watch);
  g_free (self->earlier);
  g_free (self->complaint);
  g_clear_error (&self->failure);
}

int
xps_cli_series_watch (const XpsCliSeriesOptions *options, const XpsModel *model, const XpsSeriesPlan *plan)
{
  const XpsWatchOptions settings = {.settle = options->settle};
  Live self = {.options = options,
               .model = model,
               .plan = plan,
               .watch = xps_watch_new (options->operands[0], &settings, read_frame, (gpointer)options),
               .contents = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_watch_content_free),
               .waiting = g_array_new (FALSE, FALSE, sizeof (XpsSeriesInput)),
               .inputs = g_array_new (FALSE, FALSE, sizeof (XpsSeriesInput)),
               .run = xps_series_run_begin (model, plan)};
  xps_cli_steps_init (&self.steps, model->parts->len);
  if (find_earlier (&self, &self.failure) && (self.earlier != NULL || take_shared (&self, &self.failure)))
    run_watch (&self);
  const int status = end (&self);
  live_clear (&self);
  return status;
}

/* ---- options ---- */

gboolean
xps_cli_series_check_watch (XpsCliSeriesOptions *o)
{
  const char *wrong = NULL;
  if (isnan (o->watch) && o->watch_until == 0)
    return TRUE;
  o->watch = isnan (o->watch) ? 0 : o->watch;
  if (!(o->watch >= 0) || !(o->watch < 1e9) || o->watch_until < 0 || !(o->settle >= 0) || !(o->settle < 1e4))
    wrong = "--watch and --settle are seconds, --watch-until is a number of steps";
  else if (o->operands[1] != NULL || g_file_test (o->operands[0], G_FILE_TEST_IS_REGULAR))
    wrong = "--watch looks into one folder";
  else if (o->output == NULL)
    wrong = "--watch needs --output OUT.json: it is written after every frame";
  else if (o->average > 1 || o->within >= 0 || o->rebin > 1 || o->exclude != NULL || o->exclude_bad ||
           o->steps != NULL || o->merge != NULL)
    wrong = "--watch takes every frame as it is; average, leave out and merge afterwards";
  else if ((o->share != NULL || o->frames != NULL || o->linear != NULL || o->logistic != NULL ||
            o->splines != NULL || g_strcmp0 (o->mode, "global") == 0) &&
           o->shared == NULL && !o->resume)
    wrong =
        "--watch with shared parameters needs their values: --shared-values RUN.json of what was measured "
        "before";
  if (wrong != NULL)
    xps_cli_usage ("series", wrong);
  return wrong == NULL;
}
