/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-grow.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/series-levels.h"
#include "project/series-entry.h"
#include "series/alarm.h"

/* ---- the document with the frames ---- */

void
xps_growth_free (XpsGrowth *self)
{
  if (self == NULL)
    return;
  xps_state_unref (self->base);
  g_clear_pointer (&self->state, xps_state_unref);
  g_clear_pointer (&self->setup, xps_series_setup_free);
  g_clear_pointer (&self->series, xps_series_free);
  g_array_unref (self->step_regions);
  g_ptr_array_unref (self->rests);
  g_array_unref (self->awaited);
  g_ptr_array_unref (self->remarks);
  g_free (self);
}

static void
clear_awaited (gpointer data)
{
  XpsAwaited *awaited = data;
  g_free (awaited->levels);
}

GArray *
xps_awaited_new (void)
{
  GArray *awaited = g_array_new (FALSE, FALSE, sizeof (XpsAwaited));
  g_array_set_clear_func (awaited, clear_awaited);
  return awaited;
}

static gboolean
is_fresh (const GArray *fresh, gsize place)
{
  for (guint k = 0; k < fresh->len; k++)
    if (g_array_index (fresh, gsize, k) == place)
      return TRUE;
  return FALSE;
}

/* Spectra of a file that grew are taken in without those that were taken before. */
static void
take_file (XpsGrowth *self, const XpsWatchEvent *event)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) old = g_array_new (FALSE, FALSE, sizeof (guint));
  XpsState *next = xps_state_import (self->state, event->content->holder, ids);
  for (guint i = 0; i < ids->len; i++) {
    const guint id = g_array_index (ids, guint, i);
    g_array_append_val (*(is_fresh (event->fresh, i) ? &self->setup->regions : &old), id);
  }
  xps_state_unref (self->state);
  self->state = next;
  if (old->len == 0)
    return;
  self->state = xps_state_remove_regions (next, (const guint *)(void *)old->data, old->len);
  xps_state_unref (next);
}

/* Several levels: where each of them belongs is seen when all of them are there. */
static void
take_levels (XpsGrowth *self, const GPtrArray *events, XpsArrivalHaste haste)
{
  g_autoptr (GPtrArray) places = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  for (guint i = 0; i < events->len; i++) {
    const XpsWatchEvent *event = g_ptr_array_index (events, i);
    GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint));
    XpsState *next = xps_state_import (self->state, event->content->holder, ids);
    xps_state_unref (self->state);
    self->state = next;
    g_ptr_array_add (places, ids);
  }
  xps_growth_place (self, events, places, haste);
}

/* Clocks from a log or a table end before the new steps: they have none until they are read again. */
static void
extend_clocks (XpsSeriesSetup *setup, gsize n)
{
  for (guint i = 0; i < setup->clocks->len; i++) {
    XpsClock *clock = g_ptr_array_index (setup->clocks, i);
    clock->values = g_renew (double, clock->values, MAX (n, clock->n));
    while (clock->n < n)
      clock->values[clock->n++] = NAN;
  }
}

static gboolean
assemble (XpsGrowth *self, GError **error)
{
  g_clear_pointer (&self->series, xps_series_free);
  g_array_set_size (self->step_regions, 0);
  self->series = xps_series_setup_assemble (self->setup, self->state, self->step_regions, NULL, error);
  return self->series != NULL;
}

static gboolean
check (const XpsGrowth *self, const XpsSeries *before, const GPtrArray *events, GError **error)
{
  const XpsWatchEvent *first = g_ptr_array_index (events, 0);
  g_autofree char *name = g_path_get_basename (first->path);
  if (!xps_series_keeps_steps (before, self->series)) {
    g_set_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS,
                 _ ("%s would put earlier steps aside: it is left out"), name);
    return FALSE;
  }
  if (xps_series_get_n (self->series) > self->n_before)
    return TRUE;
  if (self->remarks->len > 0) {
    g_set_error_literal (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS,
                         g_ptr_array_index (self->remarks, 0));
    return FALSE;
  }
  g_set_error (
      error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_STEPS,
      _ ("%s makes no step: it does not cover the window of the fit, or another core level is missing"),
      name);
  return FALSE;
}

static XpsGrowth *
growth_begin (const XpsState *base, guint entry, const XpsSeriesSetup *setup, const XpsSeries *before)
{
  XpsGrowth *self = g_new0 (XpsGrowth, 1);
  self->base = xps_state_ref (base);
  self->state = xps_state_ref (base);
  self->entry = entry;
  self->setup = xps_series_setup_copy (setup);
  self->step_regions = g_array_new (FALSE, FALSE, sizeof (guint));
  self->n_before = xps_series_get_n (before);
  self->rests = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  self->awaited = xps_awaited_new ();
  self->remarks = g_ptr_array_new_with_free_func (g_free);
  return self;
}

XpsGrowth *
xps_growth_new (const XpsState *base, guint entry, const XpsSeriesSetup *setup, const XpsSeries *before,
                const GPtrArray *events, XpsArrivalHaste haste, GArray **awaited, GError **error)
{
  XpsGrowth *self = growth_begin (base, entry, setup, before);
  if (xps_series_setup_get_n_levels (setup) > 1)
    take_levels (self, events, haste);
  for (guint i = 0; xps_series_setup_get_n_levels (setup) == 1 && i < events->len; i++)
    take_file (self, g_ptr_array_index (events, i));
  const gboolean waits = self->awaited->len > 0 && self->setup->regions->len == setup->regions->len;
  if (waits && awaited != NULL)
    *awaited = g_array_ref (self->awaited);
  gboolean good = !waits && events->len > 0 && assemble (self, error) && check (self, before, events, error);
  if (good && self->setup->clocks->len > 0) {
    extend_clocks (self->setup, xps_series_get_n (self->series));
    good = assemble (self, error);
  }
  if (good)
    return self;
  xps_growth_free (self);
  return NULL;
}

gboolean
xps_growth_has_same_plan (const XpsGrowth *a, const XpsGrowth *b)
{
  g_autoptr (XpsSeriesRun) x = xps_series_run_begin (a->setup->model, a->setup->plan);
  g_autoptr (XpsSeriesRun) y = xps_series_run_begin (b->setup->model, b->setup->plan);
  return g_strcmp0 (x->fingerprint, y->fingerprint) == 0;
}

/* ---- the fit ---- */

typedef struct {
  XpsSeries *before, *series;
  XpsModel *model;
  XpsSeriesPlan *plan;
  char *text;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;
  xps_series_free (work->before);
  xps_series_free (work->series);
  xps_model_free (work->model);
  xps_series_plan_free (work->plan);
  g_free (work->text);
  g_free (work);
}

void
xps_grown_free (XpsGrown *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->report, xps_series_report_free);
  g_clear_pointer (&self->run, xps_series_run_free);
  g_clear_pointer (&self->series, xps_series_free);
  g_clear_pointer (&self->alarms, g_ptr_array_unref);
  g_free (self->text);
  g_free (self);
}

static gpointer
fit_frames (XpsJob *job, gpointer data, GError **error)
{
  const Work *work = data;
  g_autoptr (XpsSeriesRun) run =
      xps_series_run_from_text (work->text, NULL, work->before, work->model, work->plan, error);
  if (run == NULL)
    return NULL;
  run->complete = TRUE;
  while (run->steps->len < xps_series_get_n (work->series) && !xps_job_is_cancelled (job))
    if (!xps_series_run_append (run, work->series, error))
      return NULL;
  if (run->steps->len < xps_series_get_n (work->series)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Stopped"));
    return NULL;
  }
  XpsGrown *grown = g_new0 (XpsGrown, 1);
  grown->series = xps_series_copy (work->series);
  grown->run = g_steal_pointer (&run);
  grown->report = xps_series_report_new (grown->series, grown->run, NULL);
  grown->alarms = xps_alarms_find (grown->series, grown->run, NULL);
  grown->text = xps_series_run_dup_text (grown->run, grown->series, grown->report, NULL);
  return grown;
}

static void
free_grown (gpointer grown)
{
  xps_grown_free (grown);
}

XpsJob *
xps_growth_fit (const XpsGrowth *self, const XpsSeries *before, const char *text, XpsJobDone done,
                gpointer user_data)
{
  Work *work = g_new0 (Work, 1);
  work->before = xps_series_copy (before);
  work->series = xps_series_copy (self->series);
  work->model = xps_model_copy (self->setup->model);
  work->plan = xps_series_plan_copy (self->setup->plan);
  work->text = g_strdup (text);
  return xps_job_start (_ ("Fit of a live frame"), fit_frames, work, work_free, free_grown, done, user_data);
}

/* ---- the version ---- */

static void
give_step_models (const XpsGrowth *self, const XpsGrown *grown, gsize step, GPtrArray *regions)
{
  const gsize n_levels = self->setup->model->parts->len;
  g_autoptr (XpsModel) model = xps_series_run_dup_step_model (grown->run, step);
  for (gsize k = 0; k < n_levels && step * n_levels + k < self->step_regions->len; k++) {
    const guint id = g_array_index (self->step_regions, guint, (guint)(step * n_levels + k));
    const XpsRegion *region = id != 0 ? xps_state_find_region (self->state, id) : NULL;
    if (region == NULL)
      continue;
    XpsRegion *copy = xps_region_copy (region);
    xps_model_free (copy->model);
    copy->model = xps_series_levels_dup_part (model, k);
    copy->weights = self->setup->plan->weights;
    g_ptr_array_add (regions, copy);
  }
}

static void
give_models (const XpsGrowth *self, const XpsGrown *grown, GPtrArray *regions)
{
  for (gsize i = self->n_before; i < grown->run->steps->len; i++)
    if (xps_series_run_get_step (grown->run, i)->fitted)
      give_step_models (self, grown, i, regions);
}

XpsState *
xps_growth_dup_state (const XpsGrowth *self, const XpsGrown *grown, const char *text)
{
  g_autoptr (GPtrArray) regions = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_region_unref);
  g_autofree char *setup = xps_series_setup_dup_text (self->setup);
  if (grown != NULL)
    give_models (self, grown, regions);
  g_autoptr (XpsState) state =
      xps_state_with_regions (self->state, (const XpsRegion *const *)regions->pdata, regions->len);
  return xps_state_set_series (state, self->entry, NULL, setup, text);
}
