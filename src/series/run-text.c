/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json-stream.h"
#include "commit.h"
#include "config.h"
#include "series/atoms-text.h"
#include "series/map.h"
#include "series/report.h"
#include "series/watch.h"

/* A run as a file: OUT.json of the contract. */

typedef struct {
  XpsJsonStream json;
  const XpsSeriesRun *run;
  const XpsSeries *series;
  const XpsSeriesReport *report; /* or NULL */
  const XpsSeriesMap *map;
} Writer;

static void
write_numbers (Writer *w, const char *name, gsize n, const double *values)
{
  xps_json_stream_begin_array (&w->json, name);
  for (gsize i = 0; i < n; i++)
    xps_json_stream_number (&w->json, NULL, values[i]);
  xps_json_stream_end (&w->json);
}

static void
write_quantity (Writer *w, const char *name, XpsQuantity quantity)
{
  g_autofree char *error = g_strconcat (name, "_stderr", NULL);
  xps_json_stream_number (&w->json, name, quantity.value);
  xps_json_stream_number (&w->json, error, quantity.error);
}

/* ---- clocks ---- */

static void
write_clock (Writer *w, const char *member, const XpsClock *clock)
{
  xps_json_stream_begin_object (&w->json, member);
  xps_json_stream_string (&w->json, "name", clock->name);
  xps_json_stream_string (&w->json, "kind", xps_clock_kind_to_text (clock->kind));
  xps_json_stream_string (&w->json, "unit", clock->unit);
  xps_json_stream_string (&w->json, "reference", clock->reference);
  xps_json_stream_string (&w->json, "source", clock->source);
  write_numbers (w, "values", clock->n, clock->values);
  xps_json_stream_end (&w->json);
}

static void
write_clocks (Writer *w)
{
  write_clock (w, "axis", xps_series_get_axis (w->series));
  xps_json_stream_begin_array (&w->json, "clocks");
  for (guint i = 0; i < w->series->clocks->len; i++)
    write_clock (w, NULL, g_ptr_array_index (w->series->clocks, i));
  xps_json_stream_end (&w->json);
}

/* ---- the whole ---- */

/* Where the ways of an interrupted run stood. */
static void
write_ways (Writer *w)
{
  xps_json_stream_begin_array (&w->json, "directions");
  for (gsize i = 0; i < G_N_ELEMENTS (w->run->way); i++) {
    const XpsSeriesWay *way = &w->run->way[i];
    xps_json_stream_begin_object (&w->json, NULL);
    xps_json_stream_integer (&w->json, "steps", (gint64)way->n);
    write_numbers (w, "start", way->start != NULL ? w->run->model->parameters->len : 0, way->start);
    xps_json_stream_end (&w->json);
  }
  xps_json_stream_end (&w->json);
}

static void
write_whole (Writer *w)
{
  const XpsSeriesRun *run = w->run;
  xps_json_stream_string (&w->json, "mode", xps_series_mode_to_text (run->plan->mode));
  xps_json_stream_string (&w->json, "weights", xps_weights_to_text (run->plan->weights));
  xps_json_stream_string (&w->json, "fingerprint", run->fingerprint);
  xps_json_stream_boolean (&w->json, "complete", run->complete);
  if (!run->complete)
    write_ways (w);
  xps_json_stream_boolean (&w->json, "settled", run->settled);
  xps_json_stream_boolean (&w->json, "converged", run->converged);
  xps_json_stream_integer (&w->json, "n_points", (gint64)run->n_points);
  xps_json_stream_integer (&w->json, "n_free", (gint64)run->n_free);
  xps_json_stream_number (&w->json, "chi2", run->chi2);
  xps_json_stream_integer (&w->json, "dof", (gint64)run->dof);
  xps_json_stream_number (&w->json, "reduced_chi2", run->dof > 0 ? run->chi2 / run->dof : NAN);
  xps_json_stream_integer (&w->json, "evaluations", (gint64)run->evaluations);
  xps_json_stream_begin_object (&w->json, "shared");
  for (guint i = 0; i < run->shared->len; i++) {
    const XpsSharedValue *shared = g_ptr_array_index (run->shared, i);
    xps_json_stream_begin_object (&w->json, shared->name);
    xps_json_stream_number (&w->json, "value", shared->quantity.value);
    xps_json_stream_number (&w->json, "stderr", shared->quantity.error);
    xps_json_stream_string (&w->json, "parameter", shared->parameter);
    xps_json_stream_string (&w->json, "unit", shared->unit);
    xps_json_stream_end (&w->json);
  }
  xps_json_stream_end (&w->json);
}

/* ---- steps ---- */

static void
write_parameters (Writer *w, const XpsStepResult *step)
{
  xps_json_stream_begin_object (&w->json, "parameters");
  for (guint p = 0; p < w->run->model->parameters->len; p++) {
    const XpsParameter *parameter = g_ptr_array_index (w->run->model->parameters, p);
    xps_json_stream_begin_object (&w->json, parameter->name);
    xps_json_stream_number (&w->json, "value", step->values[p]);
    xps_json_stream_number (&w->json, "stderr", step->errors[p]);
    xps_json_stream_string (&w->json, "status", xps_status_to_text (step->status[p]));
    if (step->frozen[p])
      xps_json_stream_boolean (&w->json, "frozen", TRUE);
    xps_json_stream_end (&w->json);
  }
  xps_json_stream_end (&w->json);
}

static void
write_components (Writer *w, const XpsStepResult *step)
{
  xps_json_stream_begin_object (&w->json, "components");
  for (gsize c = 0; c < w->map->n_components; c++) {
    const XpsMapComponent *at = &w->map->components[c];
    const XpsStepComponent *component = &step->components[c];
    const XpsModelPart *part = g_ptr_array_index (w->run->model->parts, at->part);
    g_autofree char *name =
        w->run->n_parts > 1 ? g_strdup_printf ("%s/%s", part->id != NULL ? part->id : "", at->component->name)
                            : g_strdup (at->component->name);
    xps_json_stream_begin_object (&w->json, name);
    xps_json_stream_string (&w->json, "type", at->component->shape->id);
    write_quantity (w, "center", component->center);
    write_quantity (w, "maximum", component->maximum);
    write_quantity (w, "area", component->area);
    write_quantity (w, "fwhm", component->fwhm);
    write_quantity (w, "height", component->height);
    write_quantity (w, "fraction", component->fraction);
    write_quantity (w, "net_area", component->net);
    xps_json_stream_end (&w->json);
  }
  xps_json_stream_end (&w->json);
}

static void
write_marks (Writer *w, gsize i)
{
  xps_json_stream_begin_array (&w->json, "marks");
  for (guint k = 0; w->report != NULL && k < w->report->marks->len; k++) {
    const XpsFrameMark *mark = g_ptr_array_index (w->report->marks, k);
    if (mark->step != i)
      continue;
    xps_json_stream_begin_object (&w->json, NULL);
    xps_json_stream_string (&w->json, "code", xps_mark_kind_to_text (mark->kind));
    xps_json_stream_boolean (&w->json, "bad", mark->bad);
    xps_json_stream_number (&w->json, "score", mark->score);
    xps_json_stream_number (&w->json, "size", mark->size);
    xps_json_stream_string (&w->json, "message", mark->message);
    xps_json_stream_end (&w->json);
  }
  xps_json_stream_end (&w->json);
}

/* Which measurements the step is of: a run that is gone on with finds them by their numbers. */
static void
write_measurements (Writer *w, const XpsStep *step)
{
  xps_json_stream_begin_array (&w->json, "spectra");
  for (guint k = 0; k < step->data->len; k++) {
    const XpsFitData *data = g_ptr_array_index (step->data, k);
    g_autofree char *mark =
        data != NULL && data->spectrum != NULL ? xps_watch_dup_mark (data->spectrum) : NULL;
    xps_json_stream_string (&w->json, NULL, mark);
  }
  xps_json_stream_end (&w->json);
}

static void
write_step (Writer *w, gsize i)
{
  const XpsStep *at = xps_series_get_step (w->series, i);
  const XpsStepResult *step = xps_series_run_get_step (w->run, i);
  xps_json_stream_begin_object (&w->json, NULL);
  xps_json_stream_string (&w->json, "name", at->name);
  xps_json_stream_number (&w->json, "axis_value", xps_series_get_axis (w->series)->values[i]);
  xps_json_stream_string (&w->json, "excluded", at->exclusion);
  xps_json_stream_boolean (&w->json, "fitted", step->fitted);
  xps_json_stream_string (&w->json, "failure", step->failure);
  xps_json_stream_boolean (&w->json, "converged", step->converged);
  xps_json_stream_string (&w->json, "stop_reason", step->stop_reason);
  xps_json_stream_string (&w->json, "checksum", step->checksum);
  write_measurements (w, at);
  xps_json_stream_integer (&w->json, "n_points", (gint64)step->n_points);
  xps_json_stream_integer (&w->json, "n_free", (gint64)step->n_free);
  xps_json_stream_integer (&w->json, "evaluations", (gint64)step->evaluations);
  xps_json_stream_number (&w->json, "chi2", step->chi2);
  xps_json_stream_number (&w->json, "dof", step->dof);
  xps_json_stream_number (&w->json, "reduced_chi2", step->reduced_chi2);
  xps_json_stream_number (&w->json, "residual_autocorrelation", step->autocorrelation);
  xps_json_stream_integer (&w->json, "direction", step->direction);
  xps_json_stream_integer (&w->json, "ways", (gint64)step->ways);
  xps_json_stream_boolean (&w->json, "directions_disagree", step->disagree);
  write_parameters (w, step);
  write_components (w, step);
  if (step->covariances != NULL)
    write_numbers (w, "area_covariances", step->n_covariances, step->covariances);
  if (step->net_covariances != NULL)
    write_numbers (w, "net_area_covariances", step->n_covariances, step->net_covariances);
  write_marks (w, i);
  xps_json_stream_end (&w->json);
}

/* ---- what is read out of it ---- */

/* Positions and widths of a species that is not there are held: no errors, and no measurement. */
static void
write_frozen (Writer *w, const XpsTrend *trend)
{
  gboolean any = FALSE;
  for (gsize i = 0; i < trend->n; i++)
    any |= trend->frozen[i];
  if (!any)
    return;
  xps_json_stream_begin_array (&w->json, "frozen");
  for (gsize i = 0; i < trend->n; i++)
    xps_json_stream_boolean (&w->json, NULL, trend->frozen[i]);
  xps_json_stream_end (&w->json);
}

static void
write_trends (Writer *w)
{
  xps_json_stream_begin_object (&w->json, "trends");
  for (guint i = 0; i < w->report->trends->len; i++) {
    const XpsTrend *trend = g_ptr_array_index (w->report->trends, i);
    xps_json_stream_begin_object (&w->json, trend->id);
    xps_json_stream_string (&w->json, "label", trend->label);
    xps_json_stream_string (&w->json, "species", trend->species);
    xps_json_stream_string (&w->json, "unit", trend->unit);
    write_numbers (w, "values", trend->n, trend->values);
    write_numbers (w, "stderr", trend->n, trend->errors);
    write_frozen (w, trend);
    if (trend->kind == XPS_TREND_RATIO || trend->kind == XPS_TREND_ATOMIC)
      xps_json_stream_number (&w->json, "relative_systematic", trend->systematic);
    xps_json_stream_end (&w->json);
  }
  xps_json_stream_end (&w->json);
}

static void
write_interval (Writer *w, const char *name, double low, double high)
{
  const double ends[] = {low, high};
  write_numbers (w, name, 2, ends);
}

static void
write_onset (Writer *w, const XpsOnsetEntry *entry)
{
  const XpsOnset *onset = &entry->onset;
  xps_json_stream_begin_object (&w->json, NULL);
  xps_json_stream_string (&w->json, "component", entry->component);
  xps_json_stream_string (&w->json, "species", entry->species);
  xps_json_stream_string (&w->json, "trend", entry->trend);
  xps_json_stream_string (&w->json, "kind", xps_onset_kind_to_text (onset->kind));
  xps_json_stream_number (&w->json, "value", onset->value.value);
  xps_json_stream_number (&w->json, "stderr", onset->value.error);
  write_interval (w, "interval", onset->low, onset->high);
  xps_json_stream_number (&w->json, "begin", onset->begin.value);
  xps_json_stream_number (&w->json, "begin_stderr", onset->begin.error);
  write_interval (w, "begin_interval", onset->begin_low, onset->begin_high);
  xps_json_stream_boolean (&w->json, "begun_before_first_step", onset->begun);
  xps_json_stream_boolean (&w->json, "at_or_before_first_step", onset->beyond < 0);
  xps_json_stream_boolean (&w->json, "at_or_after_last_step", onset->beyond > 0);
  xps_json_stream_number (&w->json, "width", onset->width.value);
  xps_json_stream_string (&w->json, "direction", onset->direction > 0 ? "grows" : "shrinks");
  xps_json_stream_string (&w->json, "axis_direction", onset->branch.direction > 0 ? "rising" : "falling");
  xps_json_stream_number (&w->json, "significance", onset->significance);
  xps_json_stream_number (&w->json, "chi2_gain", onset->gain);
  xps_json_stream_number (&w->json, "reduced_chi2", onset->dof > 0 ? onset->chi2 / onset->dof : NAN);
  xps_json_stream_boolean (&w->json, "errors_scaled", onset->scaled);
  xps_json_stream_boolean (&w->json, "steady", onset->steady);
  xps_json_stream_number (&w->json, "before", onset->before);
  xps_json_stream_number (&w->json, "after", onset->after);
  xps_json_stream_integer (&w->json, "first_step", (gint64)onset->branch.first);
  xps_json_stream_integer (&w->json, "n_steps", (gint64)onset->branch.n);
  xps_json_stream_integer (&w->json, "n_used", (gint64)onset->n);
  xps_json_stream_end (&w->json);
}

static void
write_frames (Writer *w)
{
  const XpsClock *axis = xps_series_get_axis (w->series);
  const gboolean volts = axis->kind == XPS_CLOCK_POTENTIAL;
  xps_json_stream_begin_array (&w->json, "frames");
  for (guint i = 0; i < w->run->frames->len; i++) {
    const XpsFrameSlope *slope = g_ptr_array_index (w->run->frames, i);
    xps_json_stream_begin_object (&w->json, NULL);
    xps_json_stream_string (&w->json, "name", slope->name);
    xps_json_stream_number (&w->json, "slope_eV_per_V", volts ? slope->slope.value : NAN);
    xps_json_stream_number (&w->json, "stderr", slope->slope.error);
    xps_json_stream_number (&w->json, "slope", slope->slope.value);
    xps_json_stream_string (&w->json, "axis", axis->name);
    xps_json_stream_string (&w->json, "axis_unit", axis->unit);
    xps_json_stream_boolean (&w->json, "in_fit", slope->fitted);
    xps_json_stream_number (&w->json, "scatter", slope->scatter);
    xps_json_stream_string (&w->json, "class", slope->class_);
    xps_json_stream_strings (&w->json, "components", slope->components);
    xps_json_stream_end (&w->json);
  }
  xps_json_stream_end (&w->json);
}

static void
write_causes (Writer *w)
{
  xps_json_stream_begin_array (&w->json, "causes");
  for (guint i = 0; i < w->report->causes->len; i++) {
    const XpsCausesEntry *entry = g_ptr_array_index (w->report->causes, i);
    xps_json_stream_begin_object (&w->json, NULL);
    xps_json_stream_string (&w->json, "trend", entry->trend);
    xps_json_stream_string (&w->json, "first", entry->first);
    xps_json_stream_string (&w->json, "second", entry->second);
    xps_json_stream_boolean (&w->json, "separable", entry->causes.separable);
    xps_json_stream_number (&w->json, "correlation", entry->causes.correlation);
    xps_json_stream_number (&w->json, "inflation", entry->causes.inflation);
    write_quantity (w, "by_first", entry->causes.by_first);
    write_quantity (w, "by_second", entry->causes.by_second);
    xps_json_stream_number (&w->json, "chi2", entry->causes.chi2);
    xps_json_stream_number (&w->json, "dof", entry->causes.dof);
    xps_json_stream_end (&w->json);
  }
  xps_json_stream_end (&w->json);
}

static void
write_factors (Writer *w)
{
  xps_json_stream_begin_array (&w->json, "factors");
  for (guint i = 0; i < w->report->factors->len; i++) {
    const XpsFactors *factors = g_ptr_array_index (w->report->factors, i);
    if (factors == NULL)
      continue;
    xps_json_stream_begin_object (&w->json, NULL);
    xps_json_stream_integer (&w->json, "spectrum", (gint64)i);
    xps_json_stream_integer (&w->json, "rank", (gint64)factors->rank);
    xps_json_stream_string (&w->json, "statement", factors->statement);
    xps_json_stream_boolean (&w->json, "counting_noise", factors->known_noise);
    write_numbers (w, "singular_values", factors->n_values, factors->singular);
    write_numbers (w, "limits", factors->n_values, factors->limit);
    write_numbers (w, "p", factors->n_values, factors->p);
    xps_json_stream_end (&w->json);
  }
  xps_json_stream_end (&w->json);
}

static void
write_report (Writer *w)
{
  write_trends (w);
  xps_json_stream_begin_array (&w->json, "onsets");
  for (guint i = 0; i < w->report->onsets->len; i++)
    write_onset (w, g_ptr_array_index (w->report->onsets, i));
  xps_json_stream_end (&w->json);
  write_frames (w);
  write_causes (w);
  write_factors (w);
  if (w->report->atoms != NULL)
    xps_atoms_write (w->report->atoms, &w->json);
}

static void
write_warning (Writer *w, const char *code, const char *message)
{
  xps_json_stream_begin_object (&w->json, NULL);
  xps_json_stream_string (&w->json, "code", code);
  xps_json_stream_string (&w->json, "severity", "warning");
  xps_json_stream_string (&w->json, "message", message);
  xps_json_stream_end (&w->json);
}

static void
write_warnings (Writer *w)
{
  xps_json_stream_begin_array (&w->json, "warnings");
  for (guint i = 0; i < w->run->warnings->len; i++)
    write_warning (w, "fit", g_ptr_array_index (w->run->warnings, i));
  for (guint i = 0; w->report != NULL && i < w->report->warnings->len; i++)
    write_warning (w, "series", g_ptr_array_index (w->report->warnings, i));
  xps_json_stream_end (&w->json);
}

static void
write_inputs (Writer *w)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  xps_json_stream_begin_array (&w->json, "input");
  for (guint i = 0; i < w->series->steps->len; i++)
    for (guint k = 0; k < w->series->n_parts; k++) {
      const XpsFitData *data = g_ptr_array_index (xps_series_get_step (w->series, i)->data, k);
      if (data == NULL || data->file == NULL || !g_hash_table_add (seen, data->file))
        continue;
      xps_json_stream_begin_object (&w->json, NULL);
      xps_json_stream_string (&w->json, "file", data->file);
      xps_json_stream_string (&w->json, "sha256", data->sha256);
      xps_json_stream_end (&w->json);
    }
  xps_json_stream_end (&w->json);
}

static void
write_provenance (Writer *w, const char *command)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *created = g_date_time_format_iso8601 (now);
  xps_json_stream_begin_object (&w->json, "provenance");
  xps_json_stream_string (&w->json, "program", "Corelevel");
  xps_json_stream_string (&w->json, "version", XPS_VERSION);
  xps_json_stream_string (&w->json, "commit", XPS_COMMIT);
  xps_json_stream_string (&w->json, "command", command);
  xps_json_stream_string (&w->json, "created", created);
  write_inputs (w);
  xps_json_stream_end (&w->json);
}

char *
xps_series_run_dup_text (const XpsSeriesRun *run, const XpsSeries *series, const XpsSeriesReport *report,
                         const char *command)
{
  char *text = NULL;
  size_t length = 0;
  g_autoptr (XpsSeriesMap) map = xps_series_map_new (run->model, run->plan, NULL);
  FILE *out = open_memstream (&text, &length);
  Writer w = {.run = run, .series = series, .report = report, .map = map};
  g_assert (out != NULL && map != NULL);
  xps_json_stream_init (&w.json, out);
  xps_json_stream_begin_object (&w.json, NULL);
  xps_json_stream_integer (&w.json, "corelevel_series", 1);
  write_clocks (&w);
  write_whole (&w);
  xps_json_stream_begin_array (&w.json, "steps");
  for (gsize i = 0; i < run->steps->len; i++)
    write_step (&w, i);
  xps_json_stream_end (&w.json);
  if (report != NULL)
    write_report (&w);
  write_warnings (&w);
  write_provenance (&w, command);
  xps_json_stream_end (&w.json);
  fclose (out);
  char *copy = g_strndup (text, length);
  free (text);
  return copy;
}
