/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/run.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/number.h"
#include "base/text.h"
#include "series/run-private.h"

/* ---- one step ---- */

static double *
new_nans (gsize n)
{
  double *values = g_new (double, MAX (n, 1));
  for (gsize i = 0; i < n; i++)
    values[i] = NAN;
  return values;
}

XpsStepResult *
xps_step_result_new (gsize n_parameters, gsize n_components)
{
  const XpsQuantity none = {NAN, NAN};
  XpsStepResult *self = g_new0 (XpsStepResult, 1);
  self->chi2 = self->dof = self->reduced_chi2 = self->autocorrelation = NAN;
  self->values = new_nans (n_parameters);
  self->errors = new_nans (n_parameters);
  self->status = g_new0 (XpsStatus, MAX (n_parameters, 1));
  self->frozen = g_new0 (gboolean, MAX (n_parameters, 1));
  self->components = g_new (XpsStepComponent, MAX (n_components, 1));
  for (gsize c = 0; c < n_components; c++)
    self->components[c] = (XpsStepComponent){none, none, none, none, none, none, none};
  return self;
}

void
xps_step_result_free (XpsStepResult *self)
{
  if (self == NULL)
    return;
  g_free (self->stop_reason);
  g_free (self->failure);
  g_free (self->checksum);
  g_free (self->values);
  g_free (self->errors);
  g_free (self->status);
  g_free (self->frozen);
  g_free (self->components);
  g_free (self->covariances);
  g_free (self->net_covariances);
  g_free (self);
}

static XpsStepResult *
step_result_copy (const XpsStepResult *self, gsize n_parameters, gsize n_components)
{
  XpsStepResult *copy = g_memdup2 (self, sizeof *self);
  copy->stop_reason = g_strdup (self->stop_reason);
  copy->failure = g_strdup (self->failure);
  copy->checksum = g_strdup (self->checksum);
  copy->values = g_memdup2 (self->values, MAX (n_parameters, 1) * sizeof (double));
  copy->errors = g_memdup2 (self->errors, MAX (n_parameters, 1) * sizeof (double));
  copy->status = g_memdup2 (self->status, MAX (n_parameters, 1) * sizeof (XpsStatus));
  copy->frozen = g_memdup2 (self->frozen, MAX (n_parameters, 1) * sizeof (gboolean));
  copy->components = g_memdup2 (self->components, MAX (n_components, 1) * sizeof (XpsStepComponent));
  copy->covariances = g_memdup2 (self->covariances, self->n_covariances * sizeof (double));
  copy->net_covariances = g_memdup2 (self->net_covariances, self->n_covariances * sizeof (double));
  return copy;
}

char *
xps_step_dup_checksum (const XpsSeries *series, gsize i)
{
  const XpsStep *step = xps_series_get_step (series, i);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, (const guchar *)&xps_series_get_axis (series)->values[i], sizeof (double));
  for (guint k = 0; k < step->data->len; k++) {
    const XpsFitData *data = g_ptr_array_index (step->data, k);
    g_checksum_update (sum, (const guchar *)(data != NULL ? xps_fit_data_get_checksum (data) : "-"), -1);
  }
  return g_strndup (g_checksum_get_string (sum), 16);
}

/* ---- the run ---- */

static void
shared_free (XpsSharedValue *shared)
{
  g_free (shared->name);
  g_free (shared->parameter);
  g_free (shared->unit);
  g_free (shared);
}

static void
slope_free (XpsFrameSlope *slope)
{
  g_free (slope->name);
  g_ptr_array_unref (slope->components);
  g_free (slope);
}

static char *
dup_fingerprint (const XpsModel *model, const XpsSeriesPlan *plan)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *text = xps_model_dup_text (model);
  GString *rest = g_string_new (xps_series_mode_to_text (plan->mode));
  char number[XPS_NUMBER_LENGTH];
  g_string_append_printf (rest, " %s %" G_GSIZE_FORMAT " %s", xps_weights_to_text (plan->weights),
                          plan->max_evaluations, xps_number_format (plan->freeze, number));
  for (guint i = 0; i < plan->rules->len; i++) {
    const XpsSeriesRule *rule = g_ptr_array_index (plan->rules, i);
    g_string_append_printf (rest, "\n%s %d %u", rule->parameter, rule->across, rule->knots);
  }
  for (guint i = 0; i < plan->frames->len; i++) {
    const XpsEnergyFrame *frame = g_ptr_array_index (plan->frames, i);
    g_string_append_printf (rest, "\n%s %d %s", frame->name, frame->shift,
                            xps_number_format (frame->slope, number));
    for (guint k = 0; k < frame->components->len; k++)
      g_string_append_printf (rest, "\n\t%s", (char *)g_ptr_array_index (frame->components, k));
  }
  g_checksum_update (sum, (const guchar *)text, -1);
  g_checksum_update (sum, (const guchar *)rest->str, -1);
  g_string_free (rest, TRUE);
  return g_strdup (g_checksum_get_string (sum));
}

XpsSeriesRun *
xps_series_run_new (const XpsModel *model, const XpsSeriesPlan *plan, gsize n_steps)
{
  XpsSeriesRun *self = g_new0 (XpsSeriesRun, 1);
  self->model = xps_model_copy (model);
  self->plan = xps_series_plan_copy (plan);
  self->n_parts = model->parts->len;
  for (guint s = 0; s < model->parts->len; s++)
    self->n_components += ((XpsModelPart *)g_ptr_array_index (model->parts, s))->components->len;
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_step_result_free);
  self->shared = g_ptr_array_new_with_free_func ((GDestroyNotify)shared_free);
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify)slope_free);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < n_steps; i++)
    g_ptr_array_add (self->steps, xps_step_result_new (model->parameters->len, self->n_components));
  self->fingerprint = dup_fingerprint (model, plan);
  return self;
}

void
xps_series_run_free (XpsSeriesRun *self)
{
  if (self == NULL)
    return;
  xps_model_free (self->model);
  xps_series_plan_free (self->plan);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->shared);
  g_ptr_array_unref (self->frames);
  g_ptr_array_unref (self->warnings);
  for (gsize w = 0; w < G_N_ELEMENTS (self->way); w++)
    g_free (self->way[w].start);
  g_free (self->fingerprint);
  g_free (self);
}

void
xps_series_run_set_way (XpsSeriesRun *self, gsize way, gsize n, const double *start)
{
  const gsize size = MAX (self->model->parameters->len, 1) * sizeof (double);
  if (self->way[way].start == NULL)
    self->way[way].start = g_malloc (size);
  memcpy (self->way[way].start, start, size);
  self->way[way].n = n;
}

void
xps_series_run_warn (XpsSeriesRun *self, char *take)
{
  g_ptr_array_add (self->warnings, take);
}

void
xps_series_run_sum (XpsSeriesRun *self)
{
  const gboolean global = self->plan->mode == XPS_SERIES_GLOBAL;
  double chi2 = 0, dof = 0;
  gsize points = 0, evaluations = 0, unknowns = 0;
  gboolean converged = TRUE, any = FALSE;
  for (guint i = 0; i < self->steps->len; i++) {
    const XpsStepResult *step = g_ptr_array_index (self->steps, i);
    if (!step->fitted)
      continue;
    any = TRUE;
    chi2 += step->chi2;
    dof += step->dof;
    points += step->n_points;
    evaluations += step->evaluations;
    unknowns += step->n_free;
    converged &= step->converged;
  }
  self->n_points = points;
  self->chi2 = chi2;
  if (global && self->n_free > 0) /* the joint fit knows its own figures */
    return;
  self->dof = dof;
  self->n_free = unknowns;
  self->evaluations = evaluations;
  self->converged = converged && any;
}

const XpsStepResult *
xps_series_run_get_step (const XpsSeriesRun *self, gsize step)
{
  return g_ptr_array_index (self->steps, step);
}

const XpsComponent *
xps_series_run_get_component (const XpsSeriesRun *self, gsize k, gsize *part)
{
  for (guint s = 0; s < self->model->parts->len; s++) {
    const XpsModelPart *p = g_ptr_array_index (self->model->parts, s);
    if (k < p->components->len) {
      if (part != NULL)
        *part = s;
      return g_ptr_array_index (p->components, (guint)k);
    }
    k -= p->components->len;
  }
  return NULL;
}

gsize
xps_series_run_get_leader (const XpsSeriesRun *self, gsize k)
{
  g_autoptr (XpsSeriesMap) map = xps_series_map_new (self->model, self->plan, NULL);
  return map != NULL ? map->components[k].leader : k;
}

/* A link whose value in the step is another one was taken over by an energy frame. */
static void
settle_link (XpsParameter *p, double value, double resolved)
{
  if (fabs (value - resolved) <= 1e-12 * fmax (1, fabs (value)))
    return;
  p->kind = XPS_PARAMETER_FIXED;
  p->value = value;
  p->min = -INFINITY;
  p->max = INFINITY;
  g_clear_pointer (&p->terms, g_ptr_array_unref);
}

XpsModel *
xps_series_run_dup_step_model (const XpsSeriesRun *self, gsize step)
{
  const XpsStepResult *result = xps_series_run_get_step (self, step);
  XpsModel *model = xps_model_copy (self->model);
  g_autoptr (XpsModelIndex) index = xps_model_index_new (self->model, NULL);
  g_autofree double *values = g_memdup2 (result->values, MAX (model->parameters->len, 1) * sizeof (double));
  if (!result->fitted || index == NULL)
    return model;
  xps_model_resolve_links (self->model, index, values);
  for (guint i = 0; i < model->parameters->len; i++) {
    XpsParameter *p = g_ptr_array_index (model->parameters, i);
    if (p->kind == XPS_PARAMETER_LINKED) {
      settle_link (p, result->values[i], values[i]);
      continue;
    }
    p->value = isfinite (result->values[i]) ? result->values[i] : p->value;
    if (p->kind == XPS_PARAMETER_FREE && (result->status[i] == XPS_STATUS_LINKED || result->frozen[i])) {
      p->kind = XPS_PARAMETER_FIXED;
      p->min = fmin (p->min, p->value);
      p->max = fmax (p->max, p->value);
    }
  }
  return model;
}

/* ---- merging ---- */

static gboolean
same_step (const XpsStepResult *a, const XpsStepResult *b, gsize n)
{
  return g_strcmp0 (a->checksum, b->checksum) == 0 && memcmp (a->values, b->values, n * sizeof (double)) == 0;
}

static gboolean
refuse (GError **error, const char *what, const char *remedy)
{
  return xps_error_set (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_FILE, NULL, NULL, what, remedy);
}

static XpsSharedValue *
shared_copy (const XpsSharedValue *self)
{
  XpsSharedValue *copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->parameter = g_strdup (self->parameter);
  copy->unit = g_strdup (self->unit);
  return copy;
}

void
xps_series_run_add_frame (XpsSeriesRun *self, const char *name, XpsQuantity quantity, double scatter)
{
  XpsFrameSlope *slope = g_new0 (XpsFrameSlope, 1);
  slope->name = g_strdup (name);
  slope->fitted = TRUE;
  slope->slope = quantity;
  slope->scatter = scatter;
  slope->components = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->frames, slope);
}

static XpsFrameSlope *
slope_copy (const XpsFrameSlope *self)
{
  XpsFrameSlope *copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->components = g_ptr_array_new_with_free_func (g_free);
  for (guint k = 0; k < self->components->len; k++)
    g_ptr_array_add (copy->components, g_strdup (g_ptr_array_index (self->components, k)));
  return copy;
}

XpsSeriesRun *
xps_series_run_copy (const XpsSeriesRun *self)
{
  XpsSeriesRun *copy = xps_series_run_new (self->model, self->plan, 0);
  for (guint i = 0; i < self->steps->len; i++)
    g_ptr_array_add (copy->steps, step_result_copy (g_ptr_array_index (self->steps, i),
                                                    self->model->parameters->len, self->n_components));
  for (guint i = 0; i < self->shared->len; i++)
    g_ptr_array_add (copy->shared, shared_copy (g_ptr_array_index (self->shared, i)));
  for (guint i = 0; i < self->frames->len; i++)
    g_ptr_array_add (copy->frames, slope_copy (g_ptr_array_index (self->frames, i)));
  for (guint i = 0; i < self->warnings->len; i++)
    g_ptr_array_add (copy->warnings, g_strdup (g_ptr_array_index (self->warnings, i)));
  copy->chi2 = self->chi2;
  copy->dof = self->dof;
  copy->n_points = self->n_points;
  copy->n_free = self->n_free;
  copy->evaluations = self->evaluations;
  copy->converged = self->converged;
  copy->complete = self->complete;
  copy->settled = self->settled;
  for (gsize w = 0; w < G_N_ELEMENTS (self->way); w++)
    if (self->way[w].start != NULL)
      xps_series_run_set_way (copy, w, self->way[w].n, self->way[w].start);
  return copy;
}

static void
copy_frames (const XpsSeriesRun *from, XpsSeriesRun *to)
{
  for (guint i = 0; i < from->frames->len; i++) {
    const XpsFrameSlope *slope = g_ptr_array_index (from->frames, i);
    gboolean whole = slope->fitted;
    for (guint f = 0; f < from->plan->frames->len; f++) {
      const XpsEnergyFrame *frame = g_ptr_array_index (from->plan->frames, f);
      whole &= frame->shift != XPS_FRAME_FREE || strcmp (frame->name, slope->name) != 0;
    }
    if (whole)
      xps_series_run_add_frame (to, slope->name, slope->slope, slope->scatter);
  }
}

XpsSeriesRun *
xps_series_run_merge (const XpsSeriesRun *a, const XpsSeriesRun *b, const XpsSeries *series, GError **error)
{
  const gsize n = a->model->parameters->len;
  if (strcmp (a->fingerprint, b->fingerprint) != 0 || a->steps->len != b->steps->len) {
    refuse (error, N_ ("the parts are not of one run"),
            N_ ("merge parts of the same model, plan and series"));
    return NULL;
  }
  g_autoptr (XpsSeriesRun) run = xps_series_run_new (a->model, a->plan, a->steps->len);
  run->complete = TRUE;
  run->settled = a->settled && b->settled;
  for (guint i = 0; i < a->steps->len; i++) {
    const XpsStepResult *x = g_ptr_array_index (a->steps, i), *y = g_ptr_array_index (b->steps, i);
    if (x->fitted && y->fitted && !same_step (x, y, n)) {
      g_autofree char *what = xps_text_printf (_ ("step %u came out differently in the two parts"), i + 1);
      refuse (error, what, N_ ("compute it once, from the same shared values"));
      return NULL;
    }
    xps_step_result_free (g_ptr_array_index (run->steps, i));
    run->steps->pdata[i] = step_result_copy (x->fitted || x->failure != NULL ? x : y, n, a->n_components);
    run->complete &= x->fitted || y->fitted || x->failure != NULL || y->failure != NULL;
  }
  for (guint i = 0; i < a->shared->len; i++)
    g_ptr_array_add (run->shared, shared_copy (g_ptr_array_index (a->shared, i)));
  for (guint i = 0; i < a->warnings->len; i++)
    xps_series_run_warn (run, g_strdup (g_ptr_array_index (a->warnings, i)));
  g_autoptr (XpsSeriesMap) map = xps_series_map_new (run->model, run->plan, error);
  if (map == NULL)
    return NULL;
  copy_frames (a, run);
  xps_series_run_sum (run);
  xps_series_run_find_slopes (run, series, map);
  return g_steal_pointer (&run);
}
