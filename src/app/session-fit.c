/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/session-private.h"

#include <glib/gi18n.h>

#include "app/page-number.h"
#include "project/phase-link.h"

/* Fits of a session: one job at a time, over one region or many. Regions never change, so the job works on
 * the versions it was given; what it brings back is taken only where the document still shows that version.
 */

/* A person who drags three sliders in a row wants one fit. */
#define LIVE_DELAY_MS 200

struct _XpsRun {
  XpsSession *session; /* referenced: the end of the job finds it alive */
  GPtrArray *sources;  /* XpsRegion, and what their areas are tied to */
  XpsJob *job;
  gboolean live, stopped;
};

/* How one region ended: `result` or `error`. */
typedef struct {
  XpsRegion *source, *result;
  GError *error;
} XpsRegionEnd;

static void
region_end_free (XpsRegionEnd *end)
{
  xps_region_unref (end->source);
  g_clear_pointer (&end->result, xps_region_unref);
  g_clear_error (&end->error);
  g_free (end);
}

static void
run_free (XpsRun *run)
{
  g_ptr_array_unref (run->sources);
  g_clear_object (&run->job);
  g_object_unref (run->session);
  g_free (run);
}

/* ---- the work, on a thread ---- */

static gboolean
on_iteration (gsize evaluations, double objective, gpointer job)
{
  return !xps_job_is_cancelled (job);
}

/* What a job works on: versions that nobody changes. */
typedef struct {
  XpsState *state;
  GPtrArray *sources; /* XpsRegion of it */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;
  xps_state_unref (work->state);
  g_ptr_array_unref (work->sources);
  g_free (work);
}

static void
add_end (GPtrArray *ends, const XpsRegion *source, const XpsRegion *result, const GError *error)
{
  XpsRegionEnd *end = g_new0 (XpsRegionEnd, 1);
  end->source = xps_region_ref (source);
  end->result = result != NULL ? xps_region_ref (result) : NULL;
  end->error = error != NULL ? g_error_copy (error) : NULL;
  g_ptr_array_add (ends, end);
}

/* All that hangs together with `source` at once; notes what was done in `done`. */
static void
fit_linked (const Work *work, const XpsRegion *source, const GArray *linked, const XpsFitOptions *options,
            GPtrArray *ends, GHashTable *done)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) results = xps_state_fit_linked (work->state, source->id, options, &error);
  for (guint i = 0; i < linked->len; i++) {
    const guint id = g_array_index (linked, guint, i);
    g_hash_table_add (done, GUINT_TO_POINTER (id));
    add_end (ends, xps_state_find_region (work->state, id),
             results != NULL ? g_ptr_array_index (results, i) : NULL, error);
  }
}

static gpointer
fit_regions (XpsJob *job, gpointer data, GError **error)
{
  const Work *work = data;
  const GPtrArray *sources = work->sources;
  GPtrArray *ends = g_ptr_array_new_with_free_func ((GDestroyNotify)region_end_free);
  g_autoptr (GHashTable) done = g_hash_table_new (NULL, NULL);
  const XpsFitOptions options = {.progress = on_iteration, .user_data = job};
  for (guint i = 0; i < sources->len && !xps_job_is_cancelled (job); i++) {
    XpsRegion *source = g_ptr_array_index (sources, i);
    xps_job_report (job, sources->len > 1 ? (double)i / sources->len : -1.0, source->name);
    if (g_hash_table_contains (done, GUINT_TO_POINTER (source->id)))
      continue;
    g_autoptr (GArray) linked = xps_state_list_linked (work->state, source->id);
    if (linked->len > 1) {
      fit_linked (work, source, linked, &options, ends, done);
      continue;
    }
    g_autoptr (GError) reason = NULL;
    g_autoptr (XpsRegion) result = xps_region_fit (source, &options, &reason);
    add_end (ends, source, result, reason);
  }
  return ends;
}

/* ---- the end, on the main thread ---- */

static void
keep_words (XpsSession *self, const XpsRegionEnd *end)
{
  gpointer key = GUINT_TO_POINTER (end->source->id);
  if (end->error == NULL)
    g_hash_table_remove (self->words, key);
  else
    g_hash_table_insert (self->words, key, g_strdup (end->error->message));
}

/* The document's present version of a region with the values of a fit; NULL: the fit is not one of it. */
static XpsRegion *
merge_result (const XpsState *state, const XpsRegionEnd *end)
{
  const XpsRegion *now = xps_state_find_region (state, end->source->id);
  if (now == NULL || !xps_session_same_basis (now, end->source))
    return NULL;
  XpsRegion *merged = xps_region_copy (now);
  xps_region_take_model (merged, xps_model_copy (end->result->model));
  g_clear_pointer (&merged->record, xps_fit_record_unref);
  if (end->result->record != NULL)
    merged->record = xps_fit_record_ref (end->result->record);
  merged->fitted_scale = end->result->fitted_scale;
  return merged;
}

static void
tell_failures (XpsSession *self, const XpsRun *run, const GPtrArray *ends)
{
  guint failed = 0;
  const XpsRegionEnd *first = NULL;
  for (guint i = 0; i < ends->len; i++) {
    const XpsRegionEnd *end = g_ptr_array_index (ends, i);
    if (end->error == NULL || g_error_matches (end->error, XPS_FIT_ERROR, XPS_FIT_ERROR_CANCELLED))
      continue;
    first = first != NULL ? first : end;
    failed++;
  }
  if (failed == 0)
    return;
  g_autofree char *why = xps_page_dup_localised (first->error->message);
  if (failed == 1)
    xps_session_say (self, TRUE, _ ("%s cannot be fitted: %s"), first->source->name, why);
  else
    xps_session_say (self, TRUE,
                     ngettext ("%u region cannot be fitted; the first: %s: %s",
                               "%u regions cannot be fitted; the first: %s: %s", failed),
                     failed, first->source->name, why);
}

static void
take_results (XpsSession *self, const XpsRun *run, const GPtrArray *ends)
{
  const XpsState *state = xps_session_get_state (self);
  g_autoptr (GPtrArray) merged = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  guint dropped = 0;
  for (guint i = 0; i < ends->len; i++) {
    const XpsRegionEnd *end = g_ptr_array_index (ends, i);
    keep_words (self, end);
    XpsRegion *region = end->result != NULL ? merge_result (state, end) : NULL;
    if (region != NULL)
      g_ptr_array_add (merged, region);
    else
      dropped += end->result != NULL;
  }
  if (merged->len > 0) {
    const XpsRegion *first = g_ptr_array_index (merged, 0);
    g_autofree char *label =
        merged->len == 1
            ? g_strdup_printf (_ ("fit of %s"), first->name)
            : g_strdup_printf (ngettext ("fit of %u region", "fit of %u regions", merged->len), merged->len);
    xps_project_edit (self->project, label,
                      xps_state_take_fits (state, (const XpsRegion *const *)merged->pdata, merged->len));
  }
  if (dropped > 0)
    xps_session_say (self, FALSE,
                     ngettext ("The result of %u fit was dropped: its model was changed meanwhile",
                               "The results of %u fits were dropped: their models were changed meanwhile",
                               dropped),
                     dropped);
  tell_failures (self, run, ends);
}

static void
on_job_ended (XpsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  XpsRun *run = user_data;
  XpsSession *self = run->session;
  g_autoptr (GPtrArray) ends = result;
  if (self->run == run) {
    self->run = NULL;
    if (ends != NULL)
      take_results (self, run, ends);
    else if (!run->stopped && error != NULL)
      xps_session_say (self, TRUE, "%s", error->message);
    if (run->stopped)
      xps_session_say (self, FALSE, "%s", _ ("Fit stopped"));
    xps_session_tell (self, XPS_NEWS_FIT);
  }
  run_free (run);
}

/* ---- start and stop ---- */

/* The run ends on its own time; nobody waits for it any more. */
void
xps_session_drop_run (XpsSession *self)
{
  XpsRun *run = g_steal_pointer (&self->run);
  if (run != NULL)
    xps_job_cancel (run->job);
}

static void
on_progress (XpsSession *self, GParamSpec *pspec, XpsJob *job)
{
  if (self->run != NULL && self->run->job == job)
    xps_session_tell (self, XPS_NEWS_FIT);
}

static gboolean
has_components (const XpsRegion *region)
{
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  return part->components->len > 0;
}

static void
start_run (XpsSession *self, GPtrArray *take_sources, gboolean live)
{
  xps_session_drop_run (self);
  XpsRun *run = g_new0 (XpsRun, 1);
  run->session = g_object_ref (self);
  run->sources = take_sources;
  run->live = live;
  self->run = run;
  Work *work = g_new0 (Work, 1);
  work->state = xps_state_ref (xps_session_get_state (self));
  work->sources = g_ptr_array_ref (take_sources);
  run->job = xps_job_start (_ ("Fit"), fit_regions, work, work_free, (GDestroyNotify)g_ptr_array_unref,
                            on_job_ended, run);
  g_signal_connect_object (run->job, "notify::progress", G_CALLBACK (on_progress), self, G_CONNECT_SWAPPED);
  xps_session_tell (self, XPS_NEWS_FIT);
}

static void
fit_shown (XpsSession *self, gboolean live)
{
  g_clear_handle_id (&self->live_source, g_source_remove);
  if (self->region == NULL || self->drag != NULL)
    return;
  if (!has_components (self->region)) {
    if (!live)
      xps_session_say (self, FALSE, "%s", _ ("Add a component first: there is nothing to fit yet"));
    return;
  }
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  g_ptr_array_add (sources, xps_region_ref (self->region));
  start_run (self, sources, live);
}

void
xps_session_fit (XpsSession *self)
{
  xps_session_settle (self);
  fit_shown (self, FALSE);
}

void
xps_session_fit_selected (XpsSession *self)
{
  xps_session_settle (self);
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  for (guint i = 0; i < self->selected->len; i++) {
    const XpsRegion *region = xps_state_find_region (self->seen, g_array_index (self->selected, guint, i));
    if (region != NULL && has_components (region))
      g_ptr_array_add (sources, xps_region_ref (region));
  }
  if (sources->len > 0)
    start_run (self, g_steal_pointer (&sources), FALSE);
  else
    xps_session_say (self, FALSE, "%s", _ ("None of the selected regions has a component"));
}

void
xps_session_stop_fit (XpsSession *self)
{
  g_clear_handle_id (&self->live_source, g_source_remove);
  if (self->run == NULL)
    return;
  self->run->stopped = TRUE;
  xps_job_cancel (self->run->job);
}

/* A fit of many goes on: the results of the others stand. */
void
xps_session_give_up_fit (XpsSession *self, const XpsRegion *becomes)
{
  if (self->run == NULL || self->run->sources->len != 1)
    return;
  const XpsRegion *source = g_ptr_array_index (self->run->sources, 0);
  if (source->id != becomes->id)
    return;
  const gboolean live = self->run->live;
  xps_session_drop_run (self);
  if (!live)
    xps_session_say (self, FALSE, _ ("The fit of %s was stopped: its model was changed"), source->name);
  xps_session_tell (self, XPS_NEWS_FIT);
}

static gboolean
on_live_moment (gpointer data)
{
  XpsSession *self = data;
  self->live_source = 0;
  fit_shown (self, TRUE);
  return G_SOURCE_REMOVE;
}

void
xps_session_want_live_fit (XpsSession *self)
{
  if (!self->live_fit)
    return;
  g_clear_handle_id (&self->live_source, g_source_remove);
  self->live_source = g_timeout_add (LIVE_DELAY_MS, on_live_moment, self);
}

gboolean
xps_session_get_live_fit (XpsSession *self)
{
  return self->live_fit;
}

void
xps_session_set_live_fit (XpsSession *self, gboolean live)
{
  live = live != FALSE;
  if (live == self->live_fit)
    return;
  self->live_fit = live;
  g_clear_handle_id (&self->live_source, g_source_remove);
  const XpsFitState state = xps_session_get_fit_state (self);
  if (state == XPS_FIT_STATE_UNFITTED || state == XPS_FIT_STATE_STALE)
    xps_session_want_live_fit (self);
  g_object_notify (G_OBJECT (self), "live-fit");
  xps_session_tell (self, XPS_NEWS_FIT);
}

/* ---- what is said of it ---- */

gboolean
xps_session_get_fitting (XpsSession *self)
{
  return self->run != NULL;
}

double
xps_session_get_fit_progress (XpsSession *self)
{
  return self->run != NULL ? xps_job_get_progress (self->run->job) : 0.0;
}

/* The core's sentences, in the user's language. */
static const char *
translate_stop (const XpsFitRecord *record)
{
  const char *stop = record->stop_reason;
  if (g_strcmp0 (stop, xps_stop_to_text (XPS_STOP_CONVERGED)) == 0)
    return _ ("Converged: a further step would change nothing that the data can tell");
  if (g_strcmp0 (stop, xps_stop_to_text (XPS_STOP_EVALUATIONS)) == 0)
    return _ ("Not converged: the limit of evaluations was reached. Fit again to go on");
  if (g_strcmp0 (stop, xps_stop_to_text (XPS_STOP_STUCK)) == 0)
    return _ ("Not converged: no step makes the fit better. Try other start values or fewer free parameters");
  if (g_strcmp0 (stop, xps_stop_to_text (XPS_STOP_CANCELLED)) == 0)
    return _ ("Stopped before it converged");
  return stop != NULL ? stop : "";
}

const char *
xps_session_get_fit_words (XpsSession *self)
{
  if (self->region == NULL)
    return "";
  const char *failure = g_hash_table_lookup (self->words, GUINT_TO_POINTER (self->region_id));
  if (failure != NULL)
    return failure;
  return self->region->record != NULL ? translate_stop (self->region->record) : "";
}
