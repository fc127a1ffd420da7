/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-desk-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "app/series-levels.h"
#include "base/file.h"
#include "formats/potentiostat.h"
#include "project/series-entry.h"

G_DEFINE_FINAL_TYPE (XpsSeriesDesk, xps_series_desk, G_TYPE_OBJECT)

static guint changed_signal, progress_signal, message_signal;

void
xps_series_outcome_free (gpointer data)
{
  XpsSeriesOutcome *outcome = data;
  g_clear_pointer (&outcome->report, xps_series_report_free);
  g_free (outcome->text);
  g_clear_pointer (&outcome->run, xps_series_run_free);
  g_clear_pointer (&outcome->series, xps_series_free);
  g_free (outcome);
}

static void
clear_mail (gpointer data)
{
  XpsSeriesMail *mail = data;
  g_clear_pointer (&mail->fresh, xps_series_outcome_free);
  g_mutex_clear (&mail->lock);
}

void
xps_series_mail_unref (gpointer mail)
{
  g_atomic_rc_box_release_full (mail, clear_mail);
}

static void
clear_series (XpsSeriesDesk *self)
{
  g_clear_pointer (&self->setup, xps_series_setup_free);
  g_clear_pointer (&self->series, xps_series_free);
  g_clear_pointer (&self->frames, xps_series_free);
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
  g_clear_object (&self->reading);
  g_clear_object (&self->project);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xps_series_desk_parent_class)->dispose (object);
}

static void
xps_series_desk_finalize (GObject *object)
{
  XpsSeriesDesk *self = XPS_SERIES_DESK (object);
  clear_series (self);
  g_clear_pointer (&self->outcome, xps_series_outcome_free);
  g_clear_pointer (&self->partial, xps_series_outcome_free);
  g_clear_pointer (&self->mail, xps_series_mail_unref);
  g_ptr_array_unref (self->notes);
  g_array_unref (self->step_regions);
  g_free (self->name);
  g_free (self->setup_text);
  g_free (self->result_text);
  g_free (self->fit_text);
  g_free (self->no_ratios);
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

void
xps_series_desk_tell_changed (XpsSeriesDesk *self)
{
  g_signal_emit (self, changed_signal, 0);
}

void
xps_series_desk_tell_progress (XpsSeriesDesk *self)
{
  g_signal_emit (self, progress_signal, 0);
}

void
xps_series_desk_tell_message (XpsSeriesDesk *self, const char *text)
{
  g_signal_emit (self, message_signal, 0, text);
}

/* ---- from the document ---- */

void
xps_series_desk_find_marks (XpsSeriesDesk *self)
{
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  const gboolean with_fit = self->outcome != NULL && !self->stale;
  if (with_fit && self->outcome->fresh)
    self->marks = g_ptr_array_ref (self->outcome->report->marks);
  else if (self->series != NULL)
    self->marks = xps_frames_check (self->series, with_fit ? self->outcome->run : NULL);
}

void
xps_series_desk_take_outcome (XpsSeriesDesk *self, XpsSeriesOutcome *take_outcome)
{
  g_clear_object (&self->reading);
  g_clear_pointer (&self->outcome, xps_series_outcome_free);
  self->outcome = take_outcome;
  self->stale = FALSE;
}

/* The result that the document keeps, read back; what it says is made anew. */
static void
read_result (XpsSeriesDesk *self)
{
  g_autoptr (GError) error = NULL;
  xps_series_desk_take_outcome (self, NULL);
  if (self->result_text == NULL)
    return;
  XpsSeriesOutcome *outcome = g_new0 (XpsSeriesOutcome, 1);
  outcome->series = xps_series_copy (self->series);
  outcome->run = xps_series_run_from_text (self->result_text, self->name, outcome->series, self->setup->model,
                                           self->setup->plan, &error);
  if (outcome->run == NULL) {
    g_signal_emit (self, message_signal, 0, error->message);
    xps_series_outcome_free (outcome);
    return;
  }
  outcome->report = xps_series_report_new_partial (outcome->series, outcome->run);
  xps_series_desk_take_outcome (self, outcome);
  xps_series_desk_read_on (self);
}

static char *
dup_together (const XpsSeriesDesk *self)
{
  const guint n = (guint)xps_series_get_n (self->frames);
  return g_strdup_printf (ngettext ("%u frame, means of %u neighbours are the steps",
                                    "%u frames, means of %u neighbours are the steps", n),
                          n, self->setup->average);
}

static gboolean
read_entry (XpsSeriesDesk *self, const XpsSeriesEntry *entry, GError **error)
{
  g_autoptr (XpsSeriesSetup) setup = xps_series_setup_from_text (entry->setup, error);
  if (setup == NULL)
    return FALSE;
  clear_series (self);
  self->setup = g_steal_pointer (&setup);
  self->frames =
      xps_series_setup_assemble (self->setup, get_state (self), self->step_regions, self->notes, error);
  if (self->frames != NULL)
    self->series = xps_series_setup_reduce (self->setup, self->frames, self->step_regions, error);
  if (self->series != NULL && self->setup->average > 1)
    g_ptr_array_add (self->notes, dup_together (self));
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
  g_autofree char *before = g_steal_pointer (&self->fit_text);
  keep_texts (self, entry);
  if (other && self->outcome != NULL)
    self->outcome->fresh = FALSE;
  if (other && !read_entry (self, entry, error))
    return FALSE;
  self->fit_text = other ? xps_series_setup_dup_fit_text (self->setup) : g_steal_pointer (&before);
  const gboolean other_fit = other && g_strcmp0 (before, self->fit_text) != 0;
  if (other)
    xps_series_desk_drop_ratios (self);
  if (other_result && entry->result != NULL)
    read_result (self);
  else if (other_fit || other_result)
    self->stale = had_result && !self->growing;
  xps_series_desk_find_marks (self);
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

const XpsSeries *
xps_series_desk_get_frames (XpsSeriesDesk *self)
{
  return self->frames;
}

const XpsSeriesReport *
xps_series_desk_get_report (XpsSeriesDesk *self)
{
  XpsSeriesReport *report = xps_series_desk_is_partial (self) ? self->partial->report
                            : self->outcome != NULL           ? self->outcome->report
                                                              : NULL;
  if (self->ratios && self->no_ratios == NULL && report != NULL && report->atoms == NULL)
    xps_series_desk_add_ratios (self, report);
  return report;
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

void
xps_series_desk_open_step (XpsSeriesDesk *self, guint step)
{
  const gsize n = self->setup != NULL ? xps_series_setup_get_n_levels (self->setup) : 1;
  const guint shown = xps_series_desk_get_region (self, step);
  g_autofree guint *ids = g_new (guint, n);
  guint found = 0;
  for (gsize k = 0; k < n; k++) {
    const guint id = xps_series_desk_get_level_region (self, step, k);
    if (id != 0)
      ids[found++] = id;
  }
  if (shown == 0)
    return;
  xps_session_show_region (self->session, shown);
  xps_session_select_regions (self->session, ids, found);
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
  if (self->setup->average > 1) {
    xps_series_desk_tell_message (
        self, _ ("The model of a mean is that of none of its frames: put no frames together first"));
    return;
  }
  for (guint i = 0; i < self->outcome->run->steps->len; i++)
    if (xps_series_run_get_step (self->outcome->run, i)->fitted)
      add_models (self, i, regions);
  if (regions->len == 0)
    return;
  xps_project_edit (
      self->project, _ ("models of a series"),
      xps_state_with_regions (get_state (self), (const XpsRegion *const *)regions->pdata, regions->len));
}
