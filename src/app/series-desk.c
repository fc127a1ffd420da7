/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-desk.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/series-levels.h"
#include "base/file.h"
#include "formats/potentiostat.h"
#include "project/series-entry.h"

/* A fit and what is said about it; the report borrows from both others. */
typedef struct {
  XpsSeries *series;
  XpsSeriesRun *run;
  XpsSeriesReport *report;
} Outcome;

/* What a running fit has so far, handed from its thread to ours. */
typedef struct {
  GMutex lock;
  Outcome *fresh; /* not fetched yet, or NULL */
  gint64 sent;
} Mail;

struct _XpsSeriesDesk {
  GObject parent_instance;
  XpsSession *session;
  XpsProject *project;
  guint entry;
  char *name, *setup_text, *result_text; /* as the document has them */
  XpsSeriesSetup *setup;
  XpsSeries *series;
  GArray *step_regions; /* guint */
  GPtrArray *notes, *marks;
  Outcome *outcome; /* or NULL */
  gboolean growing; /* the outcome is already that of the version to come */
  gboolean stale;
  gsize level;      /* core level on the plot */
  XpsJob *job;      /* or NULL */
  Mail *mail;       /* of the job */
  Outcome *partial; /* what it has so far, or NULL */
};

G_DEFINE_FINAL_TYPE (XpsSeriesDesk, xps_series_desk, G_TYPE_OBJECT)

static guint changed_signal, progress_signal, message_signal;

static void
outcome_free (gpointer data)
{
  Outcome *outcome = data;
  g_clear_pointer (&outcome->report, xps_series_report_free);
  g_clear_pointer (&outcome->run, xps_series_run_free);
  g_clear_pointer (&outcome->series, xps_series_free);
  g_free (outcome);
}

static void
clear_mail (gpointer data)
{
  Mail *mail = data;
  g_clear_pointer (&mail->fresh, outcome_free);
  g_mutex_clear (&mail->lock);
}

static void
mail_unref (gpointer mail)
{
  g_atomic_rc_box_release_full (mail, clear_mail);
}

static void
clear_series (XpsSeriesDesk *self)
{
  g_clear_pointer (&self->setup, xps_series_setup_free);
  g_clear_pointer (&self->series, xps_series_free);
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  g_ptr_array_set_size (self->notes, 0);
  g_array_set_size (self->step_regions, 0);
}

static void
xps_series_desk_dispose (GObject *object)
{
  XpsSeriesDesk *self = XPS_SERIES_DESK (object);
  if (self->job != NULL)
    xps_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->project);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xps_series_desk_parent_class)->dispose (object);
}

static void
xps_series_desk_finalize (GObject *object)
{
  XpsSeriesDesk *self = XPS_SERIES_DESK (object);
  clear_series (self);
  g_clear_pointer (&self->outcome, outcome_free);
  g_clear_pointer (&self->partial, outcome_free);
  g_clear_pointer (&self->mail, mail_unref);
  g_ptr_array_unref (self->notes);
  g_array_unref (self->step_regions);
  g_free (self->name);
  g_free (self->setup_text);
  g_free (self->result_text);
  G_OBJECT_CLASS (xps_series_desk_parent_class)->finalize (object);
}

static void
xps_series_desk_class_init (XpsSeriesDeskClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_series_desk_dispose;
  G_OBJECT_CLASS (class)->finalize = xps_series_desk_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  progress_signal = g_signal_new ("progress", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  message_signal = g_signal_new ("message", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
xps_series_desk_init (XpsSeriesDesk *self)
{
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->step_regions = g_array_new (FALSE, FALSE, sizeof (guint));
}

static const XpsState *
get_state (XpsSeriesDesk *self)
{
  return xps_project_get_state (self->project);
}

/* ---- from the document ---- */

static void
find_marks (XpsSeriesDesk *self)
{
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  const gboolean with_fit = self->outcome != NULL && !self->stale;
  if (self->series != NULL)
    self->marks = xps_frames_check (self->series, with_fit ? self->outcome->run : NULL);
}

/* The result that the document keeps, read back; what it says is made anew. */
static void
read_result (XpsSeriesDesk *self)
{
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&self->outcome, outcome_free);
  self->stale = FALSE;
  if (self->result_text == NULL)
    return;
  Outcome *outcome = g_new0 (Outcome, 1);
  outcome->series = xps_series_copy (self->series);
  outcome->run = xps_series_run_from_text (self->result_text, self->name, outcome->series, self->setup->model,
                                           self->setup->plan, &error);
  if (outcome->run == NULL) {
    g_signal_emit (self, message_signal, 0, error->message);
    outcome_free (outcome);
    return;
  }
  outcome->report = xps_series_report_new (outcome->series, outcome->run, NULL);
  self->outcome = outcome;
}

static gboolean
read_entry (XpsSeriesDesk *self, const XpsSeriesEntry *entry, GError **error)
{
  g_autoptr (XpsSeriesSetup) setup = xps_series_setup_from_text (entry->setup, error);
  if (setup == NULL)
    return FALSE;
  clear_series (self);
  self->setup = g_steal_pointer (&setup);
  self->series =
      xps_series_setup_assemble (self->setup, get_state (self), self->step_regions, self->notes, error);
  return self->series != NULL;
}

static void
keep_texts (XpsSeriesDesk *self, const XpsSeriesEntry *entry)
{
  g_free (self->name);
  g_free (self->setup_text);
  g_free (self->result_text);
  self->name = g_strdup (entry->name);
  self->setup_text = g_strdup (entry->setup);
  self->result_text = g_strdup (entry->result);
}

static gboolean
load (XpsSeriesDesk *self, GError **error)
{
  const XpsSeriesEntry *entry = xps_state_find_series (get_state (self), self->entry);
  if (entry == NULL)
    return TRUE;
  const gboolean other = g_strcmp0 (self->setup_text, entry->setup) != 0;
  const gboolean other_result = g_strcmp0 (self->result_text, entry->result) != 0;
  const gboolean had_result = self->outcome != NULL;
  keep_texts (self, entry);
  if (other && !read_entry (self, entry, error))
    return FALSE;
  if (other_result && entry->result != NULL)
    read_result (self);
  else if (other || other_result)
    self->stale = had_result && !self->growing;
  find_marks (self);
  return TRUE;
}

static void
on_document_changed (XpsSeriesDesk *self)
{
  g_autoptr (GError) error = NULL;
  if (!load (self, &error))
    g_signal_emit (self, message_signal, 0, error->message);
  g_signal_emit (self, changed_signal, 0);
}

static XpsSeriesDesk *
open_entry (XpsSession *session, guint entry, GError **error)
{
  g_autoptr (XpsSeriesDesk) self = g_object_new (XPS_TYPE_SERIES_DESK, NULL);
  self->session = g_object_ref (session);
  self->project = g_object_ref (xps_session_get_project (session));
  self->entry = entry;
  if (!load (self, error))
    return NULL;
  g_signal_connect_object (self->project, "changed", G_CALLBACK (on_document_changed), self,
                           G_CONNECT_SWAPPED);
  return g_steal_pointer (&self);
}

XpsSeriesDesk *
xps_series_desk_open (XpsSession *session, guint entry, GError **error)
{
  return open_entry (session, entry, error);
}

/* ---- what is shown ---- */

XpsSession *
xps_series_desk_get_session (XpsSeriesDesk *self)
{
  return self->session;
}

guint
xps_series_desk_get_entry (XpsSeriesDesk *self)
{
  return self->entry;
}

const char *
xps_series_desk_get_name (XpsSeriesDesk *self)
{
  return self->name;
}

gboolean
xps_series_desk_exists (XpsSeriesDesk *self)
{
  return xps_state_find_series (get_state (self), self->entry) != NULL;
}

const XpsSeriesSetup *
xps_series_desk_get_setup (XpsSeriesDesk *self)
{
  return self->setup;
}

const XpsSeries *
xps_series_desk_get_series (XpsSeriesDesk *self)
{
  return self->series;
}

const XpsSeriesReport *
xps_series_desk_get_report (XpsSeriesDesk *self)
{
  if (xps_series_desk_is_partial (self))
    return self->partial->report;
  return self->outcome != NULL ? self->outcome->report : NULL;
}

gboolean
xps_series_desk_is_stale (XpsSeriesDesk *self)
{
  return self->stale && !xps_series_desk_is_partial (self);
}

gboolean
xps_series_desk_is_partial (XpsSeriesDesk *self)
{
  return self->job != NULL && self->partial != NULL;
}

const GPtrArray *
xps_series_desk_get_marks (XpsSeriesDesk *self)
{
  return self->marks;
}

const GPtrArray *
xps_series_desk_get_notes (XpsSeriesDesk *self)
{
  return self->notes;
}

guint
xps_series_desk_get_level_region (XpsSeriesDesk *self, guint step, gsize level)
{
  const gsize n = self->setup != NULL ? xps_series_setup_get_n_levels (self->setup) : 1;
  const gsize at = step * n + level;
  return level < n && at < self->step_regions->len ? g_array_index (self->step_regions, guint, at) : 0;
}

guint
xps_series_desk_get_region (XpsSeriesDesk *self, guint step)
{
  const gsize n = self->setup != NULL ? xps_series_setup_get_n_levels (self->setup) : 1;
  guint region = xps_series_desk_get_level_region (self, step, MIN (self->level, n - 1));
  for (gsize k = 0; region == 0 && k < n; k++)
    region = xps_series_desk_get_level_region (self, step, k);
  return region;
}

gsize
xps_series_desk_get_level (XpsSeriesDesk *self)
{
  return self->level;
}

void
xps_series_desk_set_level (XpsSeriesDesk *self, gsize level)
{
  self->level = level;
}

/* ---- edits ---- */

void
xps_series_desk_edit (XpsSeriesDesk *self, const char *label, XpsSeriesSetup *take_setup)
{
  g_autoptr (XpsSeriesSetup) setup = take_setup;
  g_autofree char *text = xps_series_setup_dup_text (setup);
  if (g_strcmp0 (text, self->setup_text) == 0 || !xps_series_desk_exists (self))
    return;
  xps_project_edit (self->project, label,
                    xps_state_set_series (get_state (self), self->entry, NULL, text, NULL));
}

static void
add_models (XpsSeriesDesk *self, guint step, GPtrArray *regions)
{
  g_autoptr (XpsModel) model = xps_series_run_dup_step_model (self->outcome->run, step);
  for (gsize k = 0; k < model->parts->len; k++) {
    const guint id = xps_series_desk_get_level_region (self, step, k);
    const XpsRegion *region = id != 0 ? xps_state_find_region (get_state (self), id) : NULL;
    if (region == NULL)
      continue;
    XpsRegion *copy = xps_region_copy (region);
    xps_model_free (copy->model);
    copy->model = xps_series_levels_dup_part (model, k);
    copy->weights = self->setup->plan->weights;
    g_ptr_array_add (regions, copy);
  }
}

void
xps_series_desk_apply (XpsSeriesDesk *self)
{
  g_autoptr (GPtrArray) regions = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  if (self->outcome == NULL || self->stale)
    return;
  for (guint i = 0; i < self->outcome->run->steps->len; i++)
    if (xps_series_run_get_step (self->outcome->run, i)->fitted)
      add_models (self, i, regions);
  if (regions->len == 0)
    return;
  xps_project_edit (
      self->project, _ ("models of a series"),
      xps_state_with_regions (get_state (self), (const XpsRegion *const *)regions->pdata, regions->len));
}

/* ---- the fit ---- */

typedef struct {
  XpsSeries *series;
  XpsModel *model;
  XpsSeriesPlan *plan;
  XpsSeriesRun *resume; /* a stopped fit to go on with, or NULL */
  gsize first, n_steps; /* the part to do; n_steps 0: all */
  Mail *mail;
  XpsJob *job; /* borrowed while it runs */
} Work;

#define PARTIAL_EVERY 400000 /* us: often enough to be seen growing, seldom enough to cost nothing */

static void
work_free (gpointer data)
{
  Work *work = data;
  xps_series_free (work->series);
  xps_model_free (work->model);
  xps_series_plan_free (work->plan);
  g_clear_pointer (&work->resume, xps_series_run_free);
  mail_unref (work->mail);
  g_free (work);
}

static void
send_partial (const Work *work, const XpsSeriesRun *run)
{
  const gint64 now = g_get_monotonic_time ();
  if (now - work->mail->sent < PARTIAL_EVERY)
    return;
  work->mail->sent = now;
  Outcome *outcome = g_new0 (Outcome, 1);
  outcome->series = xps_series_copy (work->series);
  outcome->run = xps_series_run_copy (run);
  outcome->report = xps_series_report_new_partial (outcome->series, outcome->run);
  g_mutex_lock (&work->mail->lock);
  g_clear_pointer (&work->mail->fresh, outcome_free);
  work->mail->fresh = outcome;
  g_mutex_unlock (&work->mail->lock);
}

static gboolean
on_step (gsize done, gsize total, const XpsSeriesRun *run, gpointer data)
{
  const Work *work = data;
  send_partial (work, run);
  xps_job_report (work->job, total > 0 ? (double)done / (double)total : -1.0, NULL);
  return !xps_job_is_cancelled (work->job);
}

static gpointer
fit_series (XpsJob *job, gpointer data, GError **error)
{
  Work *work = data;
  const XpsSeriesFitOptions options = {.resume = work->resume,
                                       .first = work->first,
                                       .n_steps = work->n_steps,
                                       .progress = on_step,
                                       .user_data = work};
  work->job = job;
  work->mail->sent = g_get_monotonic_time ();
  g_autoptr (XpsSeriesRun) run = xps_series_fit (work->series, work->model, work->plan, &options, error);
  if (run == NULL)
    return NULL;
  Outcome *outcome = g_new0 (Outcome, 1);
  outcome->series = xps_series_copy (work->series);
  outcome->run = g_steal_pointer (&run);
  outcome->report = xps_series_report_new (outcome->series, outcome->run, NULL);
  return outcome;
}

/* The outcome is ours already; the document gets its text. */
static void
keep_result (XpsSeriesDesk *self)
{
  Outcome *outcome = self->outcome;
  g_autofree char *text = xps_series_run_dup_text (outcome->run, outcome->series, outcome->report, NULL);
  g_autofree char *label = g_strdup_printf (_ ("fit of the series %s"), self->name);
  g_free (self->result_text);
  self->result_text = g_strdup (text);
  xps_project_edit (self->project, label,
                    xps_state_set_series (get_state (self), self->entry, NULL, NULL, text));
}

void
xps_series_desk_keep_result (XpsSeriesDesk *self)
{
  const XpsSeriesEntry *entry = xps_state_find_series (get_state (self), self->entry);
  if (entry != NULL && entry->result == NULL && self->outcome != NULL && !self->stale)
    keep_result (self);
}

void
xps_series_desk_take_grown (XpsSeriesDesk *self, const char *label, XpsState *take_state,
                            XpsSeries *take_series, XpsSeriesRun *take_run, XpsSeriesReport *take_report)
{
  const XpsSeriesEntry *entry = xps_state_find_series (take_state, self->entry);
  Outcome *outcome = g_new (Outcome, 1);
  *outcome = (Outcome){take_series, take_run, take_report};
  g_clear_pointer (&self->outcome, outcome_free);
  self->outcome = outcome;
  self->stale = FALSE;
  g_free (self->result_text);
  self->result_text = entry != NULL ? g_strdup (entry->result) : NULL;
  self->growing = TRUE;
  xps_project_edit (self->project, label, take_state);
  self->growing = FALSE;
}

static void
on_fitted (XpsJob *job, gpointer result, const GError *error, gpointer user_data)
{
  g_autoptr (XpsSeriesDesk) self = user_data;
  if (self->job == job)
    g_clear_object (&self->job);
  g_clear_pointer (&self->partial, outcome_free);
  if (result == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && self->project != NULL)
      g_signal_emit (self, message_signal, 0, error->message);
  } else if (self->project == NULL || !xps_series_desk_exists (self))
    outcome_free (result);
  else {
    g_clear_pointer (&self->outcome, outcome_free);
    self->outcome = result;
    self->stale = FALSE;
    keep_result (self);
    find_marks (self);
  }
  g_signal_emit (self, changed_signal, 0);
}

static void
on_job_progress (XpsSeriesDesk *self)
{
  g_mutex_lock (&self->mail->lock);
  Outcome *fresh = g_steal_pointer (&self->mail->fresh);
  g_mutex_unlock (&self->mail->lock);
  if (fresh != NULL && self->job != NULL) {
    g_clear_pointer (&self->partial, outcome_free);
    self->partial = fresh;
    g_signal_emit (self, changed_signal, 0);
  } else if (fresh != NULL)
    outcome_free (fresh);
  g_signal_emit (self, progress_signal, 0);
}

static void
start_fit (XpsSeriesDesk *self, gsize first, gsize n_steps)
{
  if (self->job != NULL || self->series == NULL)
    return;
  Work *work = g_new0 (Work, 1);
  work->series = xps_series_copy (self->series);
  work->model = xps_model_copy (self->setup->model);
  work->plan = xps_series_plan_copy (self->setup->plan);
  if (self->outcome != NULL && !self->stale && (n_steps > 0 || !self->outcome->run->complete))
    work->resume = xps_series_run_copy (self->outcome->run);
  for (gsize i = first; work->resume != NULL && i < first + n_steps && i < work->resume->steps->len; i++)
    ((XpsStepResult *)g_ptr_array_index (work->resume->steps, (guint)i))->fitted = FALSE; /* once more */
  if (work->resume == NULL) {
    work->first = first;
    work->n_steps = n_steps;
  }
  g_clear_pointer (&self->mail, mail_unref);
  self->mail = g_atomic_rc_box_new0 (Mail);
  g_mutex_init (&self->mail->lock);
  work->mail = g_atomic_rc_box_acquire (self->mail);
  self->job = xps_job_start (_ ("Fit of a series"), fit_series, work, work_free, outcome_free, on_fitted,
                             g_object_ref (self));
  g_signal_connect_object (self->job, "notify::progress", G_CALLBACK (on_job_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_emit (self, changed_signal, 0);
}

void
xps_series_desk_fit (XpsSeriesDesk *self)
{
  start_fit (self, 0, 0);
}

void
xps_series_desk_fit_steps (XpsSeriesDesk *self, guint first, guint n)
{
  const gboolean whole = self->setup != NULL && self->setup->plan->mode == XPS_SERIES_GLOBAL;
  start_fit (self, whole ? 0 : first, whole ? 0 : n);
}

void
xps_series_desk_stop (XpsSeriesDesk *self)
{
  if (self->job != NULL)
    xps_job_cancel (self->job);
}

gboolean
xps_series_desk_get_fitting (XpsSeriesDesk *self)
{
  return self->job != NULL;
}

double
xps_series_desk_get_progress (XpsSeriesDesk *self)
{
  return self->job != NULL ? xps_job_get_progress (self->job) : 0.0;
}
