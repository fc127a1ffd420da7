/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "fit/joint.h"
#include "fit/problem-private.h"
#include "fit/result-private.h"

/* What a joint fit says of one of its spectra, in the words of that spectrum's own model. */

typedef struct {
  const XpsResult *joint;
  gsize part;
  const XpsModel *own;
  const char *prefix; /* "ID/" */
} Share;

static const XpsParameterResult *
find_result (const Share *self, const char *name)
{
  g_autofree char *whole = g_strconcat (self->prefix, name, NULL);
  const int i = xps_model_index_find (self->joint->problem->index, whole);
  g_assert (i >= 0);
  return &g_array_index (self->joint->parameters, XpsParameterResult, i);
}

static void
write_parameters (const Share *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->own->parameters->len; i++) {
    const XpsParameter *p = g_ptr_array_index (self->own->parameters, i);
    const XpsParameterResult *found = find_result (self, p->name);
    json_builder_set_member_name (builder, p->name);
    json_builder_begin_object (builder);
    xps_json_add_number (builder, "value", found->quantity.value);
    xps_json_add_number (builder, "stderr", found->quantity.error);
    xps_json_add_number (builder, "stderr_scaled", found->quantity.error * sqrt (self->joint->reduced_chi2));
    xps_json_add_string (builder, "status", xps_status_to_text (found->status));
    json_builder_end_object (builder);
  }
  json_builder_end_object (builder);
}

/* Unknowns of the joint fit that are parameters of this spectrum and have an error. */
static GArray *
list_unknowns (const Share *self)
{
  const XpsProblem *problem = self->joint->problem;
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint f = 0; f < problem->n_free; f++) {
    const XpsParameter *p = g_ptr_array_index (problem->model->parameters, problem->free_parameter[f]);
    if (g_str_has_prefix (p->name, self->prefix) &&
        isfinite (xps_covariance_get_error (self->joint->covariance, f)))
      g_array_append_val (list, f);
  }
  return list;
}

static void
write_covariance (const Share *self, JsonBuilder *builder)
{
  const XpsProblem *problem = self->joint->problem;
  g_autoptr (GArray) unknowns = list_unknowns (self);
  json_builder_set_member_name (builder, "covariance");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "order");
  json_builder_begin_array (builder);
  for (guint i = 0; i < unknowns->len; i++) {
    const guint p = problem->free_parameter[g_array_index (unknowns, guint, i)];
    const XpsParameter *parameter = g_ptr_array_index (problem->model->parameters, p);
    json_builder_add_string_value (builder, parameter->name + strlen (self->prefix));
  }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "matrix");
  json_builder_begin_array (builder);
  for (guint i = 0; i < unknowns->len; i++) {
    json_builder_begin_array (builder);
    for (guint j = 0; j < unknowns->len; j++)
      xps_json_push_number (builder,
                            xps_covariance_get (self->joint->covariance, g_array_index (unknowns, guint, i),
                                                g_array_index (unknowns, guint, j)));
    json_builder_end_array (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/* A warning of the joint fit concerns this spectrum when it names a parameter of it, or none at all. */
static GStrv
take_names (const Share *self, const XpsWarning *warning)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  guint own = 0;
  for (char **name = warning->parameters; *name != NULL; name++)
    if (g_str_has_prefix (*name, self->prefix)) {
      g_strv_builder_add (names, *name + strlen (self->prefix));
      own++;
    }
  return own > 0 || warning->parameters[0] == NULL ? g_strv_builder_end (names) : NULL;
}

static void
write_warnings (const Share *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->joint->warnings->len; i++) {
    const XpsWarning *warning = &g_array_index (self->joint->warnings, XpsWarning, i);
    g_auto (GStrv) names = take_names (self, warning);
    if (names == NULL)
      continue;
    json_builder_begin_object (builder);
    xps_json_add_string (builder, "code", warning->code);
    xps_json_add_string (builder, "severity", warning->severity);
    xps_json_add_string (builder, "message", warning->message);
    json_builder_set_member_name (builder, "parameters");
    json_builder_begin_array (builder);
    for (char **name = names; *name != NULL; name++)
      json_builder_add_string_value (builder, *name);
    json_builder_end_array (builder);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/* chi2 of the part, and the correlation of neighbouring residuals in it. */
static double
sum_squares (const Share *self, double *autocorrelation)
{
  const XpsProblem *problem = self->joint->problem;
  const XpsFitData *data = xps_problem_get_data (problem, self->part);
  g_autofree double *model = g_new (double, data->n), *sigma = g_new (double, data->n);
  double chi2 = 0, product = 0, before = 0;
  xps_problem_get_curves (problem, self->part, self->joint->values, model, NULL, NULL);
  xps_problem_get_sigma (problem, self->part, self->joint->values, sigma);
  for (gsize i = 0; i < data->n; i++) {
    const double r = (data->intensity[i] - model[i]) / sigma[i];
    product += i > 0 ? r * before : 0;
    chi2 += r * r;
    before = r;
  }
  *autocorrelation = chi2 > 0 && data->n > 10 ? product / chi2 : NAN;
  return chi2;
}

/* What is shared with other spectra is counted as adjusted to this one too: the cautious choice. Information
 * criteria belong to the whole. */
static void
write_figures (const Share *self, JsonBuilder *builder)
{
  const XpsResult *joint = self->joint;
  const XpsProblemSpectrum *spectrum = &joint->problem->spectra[self->part];
  double autocorrelation;
  const double chi2 = sum_squares (self, &autocorrelation);
  const double dof = (double)spectrum->n - (double)spectrum->n_columns;
  xps_json_add_boolean (builder, "converged", joint->converged);
  xps_json_add_string (builder, "stop_reason", xps_stop_to_text (joint->stop));
  xps_json_add_string (builder, "method", joint->method);
  xps_json_add_string (builder, "weights", xps_weights_to_text (joint->problem->weights));
  xps_result_write_unit (joint, self->part, builder);
  xps_json_add_integer (builder, "n_points", (gint64)spectrum->n);
  xps_json_add_integer (builder, "n_free", (gint64)spectrum->n_columns);
  xps_json_add_number (builder, "chi2", chi2);
  xps_json_add_integer (builder, "dof", (gint64)dof);
  xps_json_add_number (builder, "reduced_chi2", dof > 0 ? chi2 / dof : NAN);
  for (const char *const *name = (const char *const[]){"aic", "aicc", "bic", NULL}; *name != NULL; name++)
    xps_json_add_number (builder, *name, NAN);
  xps_json_add_number (builder, "residual_autocorrelation", autocorrelation);
  xps_json_add_integer (builder, "evaluations", (gint64)joint->evaluations);
  xps_json_add_number (builder, "condition_number", xps_covariance_get_condition (joint->covariance));
}

/* Area over what the tie expects of it, 1 where the ratio is kept, and how it was tied. */
static void
write_tie (const XpsResult *joint, const XpsAreaTie *tie, JsonBuilder *builder)
{
  const XpsComponentResult *first =
      xps_result_find_component (joint, tie->areas[0].part, tie->areas[0].component);
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "phase", tie->name);
  xps_json_add_number (builder, "tolerance", tie->tolerance);
  json_builder_set_member_name (builder, "areas");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < tie->n_areas; i++) {
    const XpsTiedArea *area = &tie->areas[i];
    const XpsModelPart *part = g_ptr_array_index (joint->problem->model->parts, area->part);
    const XpsComponentResult *c = xps_result_find_component (joint, area->part, area->component);
    json_builder_begin_object (builder);
    xps_json_add_string (builder, "spectrum", part->id);
    xps_json_add_string (builder, "component", area->component);
    xps_json_add_number (builder, "factor", area->factor);
    xps_json_add_number (builder, "ratio",
                         c->area.value * tie->areas[0].factor / (first->area.value * area->factor));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
write_joint (const XpsResult *joint, const XpsAreaTie *ties, gsize n_ties, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "joint");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "spectra");
  json_builder_begin_array (builder);
  for (guint s = 0; s < joint->problem->model->parts->len; s++) {
    const XpsModelPart *part = g_ptr_array_index (joint->problem->model->parts, s);
    json_builder_add_string_value (builder, part->id);
  }
  json_builder_end_array (builder);
  xps_json_add_integer (builder, "n_points", (gint64)joint->n_points);
  xps_json_add_integer (builder, "n_free", (gint64)joint->n_free);
  xps_json_add_number (builder, "chi2", joint->chi2);
  xps_json_add_integer (builder, "dof", (gint64)joint->dof);
  xps_json_add_number (builder, "reduced_chi2", joint->reduced_chi2);
  xps_json_add_number (builder, "aic", joint->aic);
  xps_json_add_number (builder, "aicc", joint->aicc);
  xps_json_add_number (builder, "bic", joint->bic);
  json_builder_set_member_name (builder, "ties");
  json_builder_begin_array (builder);
  for (gsize t = 0; t < n_ties; t++)
    write_tie (joint, &ties[t], builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

char *
xps_joint_dup_part_text (const XpsResult *joint, gsize part, const XpsModel *own, const XpsAreaTie *ties,
                         gsize n_ties)
{
  const XpsModelPart *named = g_ptr_array_index (joint->problem->model->parts, part);
  g_autofree char *prefix = g_strconcat (named->id, "/", NULL);
  const Share share = {joint, part, own, prefix};
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  xps_json_add_integer (builder, "corelevel_result", 1);
  write_figures (&share, builder);
  write_parameters (&share, builder);
  write_covariance (&share, builder);
  xps_result_write_components (joint, (int)part, builder);
  xps_result_write_backgrounds (joint, part, builder);
  write_joint (joint, ties, n_ties, builder);
  write_warnings (&share, builder);
  xps_result_write_provenance (joint, part, 1, own, builder);
  json_builder_end_object (builder);
  return xps_json_dup_text (builder, TRUE);
}
