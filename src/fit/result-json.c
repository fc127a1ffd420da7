/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/result-private.h"

#include <math.h>

#include "base/json.h"
#include "commit.h"
#include "config.h"
#include "fit/problem-private.h"

#include <gsl/gsl_version.h>

/* Above this many free parameters the covariance matrix is left out of the file: it would be larger than
 * everything else. */
#define MATRIX_LIMIT 600

static void
write_parameters (const XpsResult *self, JsonBuilder *builder)
{
  const double scale = sqrt (self->reduced_chi2);
  json_builder_set_member_name (builder, "parameters");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->parameters->len; i++) {
    const XpsParameterResult *p = &g_array_index (self->parameters, XpsParameterResult, i);
    json_builder_set_member_name (builder, p->name);
    json_builder_begin_object (builder);
    xps_json_add_number (builder, "value", p->quantity.value);
    xps_json_add_number (builder, "stderr", p->quantity.error);
    xps_json_add_number (builder, "stderr_scaled", p->quantity.error * scale);
    xps_json_add_string (builder, "status", xps_status_to_text (p->status));
    json_builder_end_object (builder);
  }
  json_builder_end_object (builder);
}

static void
write_covariance (const XpsResult *self, JsonBuilder *builder)
{
  const gsize n = self->problem->n_free;
  json_builder_set_member_name (builder, "covariance");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "order");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < n && n <= MATRIX_LIMIT; i++)
    if (isfinite (xps_covariance_get_error (self->covariance, i))) {
      const guint p = self->problem->free_parameter[i];
      json_builder_add_string_value (builder, g_array_index (self->parameters, XpsParameterResult, p).name);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "matrix");
  json_builder_begin_array (builder);
  for (gsize i = 0; i < n && n <= MATRIX_LIMIT; i++) {
    if (!isfinite (xps_covariance_get_error (self->covariance, i)))
      continue;
    json_builder_begin_array (builder);
    for (gsize j = 0; j < n; j++)
      if (isfinite (xps_covariance_get_error (self->covariance, j)))
        xps_json_push_number (builder, xps_covariance_get (self->covariance, i, j));
    json_builder_end_array (builder);
  }
  json_builder_end_array (builder);
  if (n > MATRIX_LIMIT)
    xps_json_add_string (builder, "note",
                         "left out: more than 600 free parameters; standard errors include it");
  json_builder_end_object (builder);
}

static void
add_quantity (JsonBuilder *builder, const char *name, const char *error_name, XpsQuantity quantity)
{
  xps_json_add_number (builder, name, quantity.value);
  xps_json_add_number (builder, error_name, quantity.error);
}

static void
write_component (const XpsComponentResult *c, double reference_error, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "type", c->component->shape->id);
  xps_json_add_string (builder, "label", c->component->label);
  xps_json_add_string (builder, "phase", c->component->phase);
  add_quantity (builder, "center", "center_stderr", c->center);
  add_quantity (builder, "maximum", "maximum_stderr", c->maximum);
  xps_json_add_number (builder, "reference_stderr", reference_error);
  add_quantity (builder, "area", "area_stderr", c->area);
  xps_json_add_string (builder, "area_range", c->area_in_window ? "window" : "all energies");
  add_quantity (builder, "fwhm", "fwhm_stderr", c->fwhm);
  add_quantity (builder, "height", "height_stderr", c->height);
  add_quantity (builder, "fraction", "fraction_stderr", c->fraction);
  xps_json_add_boolean (builder, "approximate_shape", c->component->shape->approximate);
  xps_assignment_to_json (c->component->assignment, builder);
  json_builder_end_object (builder);
}

/* Components of one spectrum, or of all with the spectrum's id before the name. */
void
xps_result_write_components (const XpsResult *self, int spectrum, JsonBuilder *builder)
{
  const XpsModel *model = self->problem->model;
  json_builder_set_member_name (builder, "components");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->components->len; i++) {
    const XpsComponentResult *c = &g_array_index (self->components, XpsComponentResult, i);
    const XpsModelPart *part = g_ptr_array_index (model->parts, c->spectrum);
    if (spectrum >= 0 && c->spectrum != (gsize)spectrum)
      continue;
    if (spectrum >= 0 || !model->joint)
      json_builder_set_member_name (builder, c->component->name);
    else {
      g_autofree char *name =
          part->id != NULL ? g_strdup_printf ("%s/%s", part->id, c->component->name)
                           : g_strdup_printf ("%" G_GSIZE_FORMAT "/%s", c->spectrum, c->component->name);
      json_builder_set_member_name (builder, name);
    }
    write_component (c, part->energy_shift_error, builder);
  }
  json_builder_end_object (builder);
}

static void
write_certificate (const XpsCertificate *certificate, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "certificate");
  if (certificate == NULL) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_object (builder);
  xps_json_add_boolean (builder, "solved", certificate->solved);
  xps_json_add_string (builder, "statement", certificate->statement);
  for (size_t i = 0; i < certificate->n_items; i++)
    xps_json_add_number (builder, certificate->items[i].key, certificate->items[i].value);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (size_t i = 0; i < certificate->n_warnings; i++)
    json_builder_add_string_value (builder, certificate->warnings[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

void
xps_result_write_backgrounds (const XpsResult *self, gsize s, JsonBuilder *builder)
{
  const XpsProblemSpectrum *spectrum = &self->problem->spectra[s];
  json_builder_set_member_name (builder, "background");
  json_builder_begin_array (builder);
  for (gsize b = 0; b < spectrum->n_backgrounds; b++) {
    json_builder_begin_object (builder);
    xps_json_add_string (builder, "type", spectrum->backgrounds[b].type->id);
    write_certificate (spectrum->backgrounds[b].certificate, builder);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
write_spectra (const XpsResult *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "spectra");
  json_builder_begin_array (builder);
  for (gsize s = 0; s < self->problem->n_spectra; s++) {
    const XpsModelPart *part = g_ptr_array_index (self->problem->model->parts, s);
    json_builder_begin_object (builder);
    xps_json_add_string (builder, "id", part->id);
    xps_json_add_integer (builder, "n_points", (gint64)self->problem->spectra[s].n);
    xps_result_write_components (self, (int)s, builder);
    xps_result_write_backgrounds (self, s, builder);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
write_warnings (const XpsResult *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->warnings->len; i++) {
    const XpsWarning *warning = &g_array_index (self->warnings, XpsWarning, i);
    json_builder_begin_object (builder);
    xps_json_add_string (builder, "code", warning->code);
    xps_json_add_string (builder, "severity", warning->severity);
    xps_json_add_string (builder, "message", warning->message);
    json_builder_set_member_name (builder, "parameters");
    json_builder_begin_array (builder);
    for (char **name = warning->parameters; *name != NULL; name++)
      json_builder_add_string_value (builder, *name);
    json_builder_end_array (builder);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
write_input (const XpsFitData *data, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "file", data->file);
  xps_json_add_string (builder, "sha256", data->sha256);
  xps_json_add_string (builder, "region", data->region);
  xps_json_add_numbers (builder, "window", 2, (const double[]){data->energy[0], data->energy[data->n - 1]});
  xps_json_add_number (builder, "photon_energy", data->scale.photon_energy);
  xps_json_add_number (builder, "energy_shift", data->scale.shift);
  xps_json_add_number (builder, "live_time", data->live_time);
  json_builder_end_object (builder);
}

/* The program and what it stands on. */
static void
write_maker (JsonBuilder *builder)
{
  g_autofree char *glib =
      g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  xps_json_add_string (builder, "program", "Corelevel");
  xps_json_add_string (builder, "version", XPS_VERSION);
  xps_json_add_string (builder, "commit", XPS_COMMIT);
  json_builder_set_member_name (builder, "libraries");
  json_builder_begin_object (builder);
  xps_json_add_string (builder, "glib", glib);
  xps_json_add_string (builder, "json-glib", JSON_VERSION_S);
  xps_json_add_string (builder, "gsl", gsl_version);
  json_builder_end_object (builder);
}

void
xps_result_write_provenance (const XpsResult *self, gsize first, gsize n, const XpsModel *model,
                             JsonBuilder *builder)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *created = g_date_time_format_iso8601 (now);
  json_builder_set_member_name (builder, "provenance");
  json_builder_begin_object (builder);
  write_maker (builder);
  json_builder_set_member_name (builder, "input");
  json_builder_begin_array (builder);
  for (gsize s = first; s < first + n; s++)
    write_input (self->problem->spectra[s].data, builder);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "model");
  xps_model_to_json (model, builder);
  xps_json_add_string (builder, "command", self->command);
  xps_json_add_string (builder, "created", created);
  json_builder_end_object (builder);
}

void
xps_result_write_unit (const XpsResult *self, gsize s, JsonBuilder *builder)
{
  const XpsIntensityUnit unit = self->problem->spectra[s].data->unit;
  xps_json_add_string (builder, "intensity_unit",
                       unit == XPS_INTENSITY_COUNTS              ? "counts"
                       : unit == XPS_INTENSITY_COUNTS_PER_SECOND ? "counts/s"
                                                                 : "unknown");
}

static void
write_figures (const XpsResult *self, JsonBuilder *builder)
{
  xps_json_add_boolean (builder, "converged", self->converged);
  xps_json_add_string (builder, "stop_reason", xps_stop_to_text (self->stop));
  xps_json_add_string (builder, "method", self->method);
  xps_json_add_string (builder, "weights", xps_weights_to_text (self->problem->weights));
  xps_result_write_unit (self, 0, builder);
  xps_json_add_integer (builder, "n_points", (gint64)self->n_points);
  xps_json_add_integer (builder, "n_free", (gint64)self->n_free);
  xps_json_add_number (builder, "chi2", self->chi2);
  xps_json_add_number (builder, "deviance",
                       self->problem->weights == XPS_WEIGHTS_POISSON ? self->objective : (double)NAN);
  xps_json_add_integer (builder, "dof", (gint64)self->dof);
  xps_json_add_number (builder, "reduced_chi2", self->reduced_chi2);
  xps_json_add_number (builder, "aic", self->aic);
  xps_json_add_number (builder, "aicc", self->aicc);
  xps_json_add_number (builder, "bic", self->bic);
  xps_json_add_number (builder, "residual_autocorrelation", self->autocorrelation);
  xps_json_add_integer (builder, "evaluations", (gint64)self->evaluations);
  xps_json_add_number (builder, "condition_number", xps_covariance_get_condition (self->covariance));
}

void
xps_result_to_json (const XpsResult *self, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  xps_json_add_integer (builder, "corelevel_result", 1);
  write_figures (self, builder);
  write_parameters (self, builder);
  write_covariance (self, builder);
  xps_result_write_components (self, -1, builder);
  xps_result_write_backgrounds (self, 0, builder);
  if (self->problem->model->joint)
    write_spectra (self, builder);
  if (self->starts != NULL)
    xps_json_add_numbers (builder, "starts", self->starts->len, (const double *)(void *)self->starts->data);
  write_warnings (self, builder);
  xps_result_write_provenance (self, 0, self->problem->n_spectra, self->problem->model, builder);
  json_builder_end_object (builder);
}

char *
xps_result_dup_text (const XpsResult *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  xps_result_to_json (self, builder);
  return xps_json_dup_text (builder, TRUE);
}
