/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "figure/fit-figure.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "figure/doublet.h"
#include "figure/measured.h"
#include "spectrum/acquisition.h"

static void
append_part (GString *title, const char *separator, const char *text)
{
  if (text == NULL || text[0] == '\0')
    return;
  g_string_append_printf (title, "%s%s", title->len > 0 ? separator : "", text);
}

/* "sample, region, hv = 1486.6 eV", as far as known. */
static char *
dup_title (const XpsSpectrum *spectrum, const char *id, const char *region, double photon_energy)
{
  GString *title = g_string_new (NULL);
  append_part (title, ", ", id);
  if (spectrum != NULL)
    append_part (title, ", ", xps_spectrum_get_sample (spectrum));
  if (spectrum != NULL && xps_spectrum_get_name (spectrum) != NULL)
    region = xps_spectrum_get_name (spectrum);
  if (g_strcmp0 (region, id) != 0)
    append_part (title, ", ", region);
  if (photon_energy > 0.0 && isfinite (photon_energy)) {
    char buffer[XPS_NUMBER_LENGTH];
    g_autofree char *energy =
        g_strdup_printf ("h\xce\xbd = %s eV", xps_number_format (photon_energy, buffer));
    append_part (title, ", ", energy);
  }
  return g_string_free (title, FALSE);
}

/* Curves of one spectrum and the memory behind them. */
typedef struct {
  XpsFigureCurves curves;
  char *title;
  double *background, *envelope, *sigma;
  XpsFigureComponent *components;
  double **values;
} Part;

static void
part_clear (Part *part)
{
  for (gsize k = 0; k < part->curves.n_components; k++)
    g_free (part->values[k]);
  g_free (part->values);
  g_free (part->components);
  g_free (part->background);
  g_free (part->envelope);
  g_free (part->sigma);
  g_free (part->title);
}

static void
add_components (Part *part, const XpsModel *model, const GPtrArray *components, gboolean doublets)
{
  part->components = g_new0 (XpsFigureComponent, components->len);
  part->values = g_new0 (double *, components->len);
  for (guint k = 0; k < components->len; k++) {
    const XpsComponent *component = g_ptr_array_index (components, k);
    part->values[k] = g_new0 (double, part->curves.n);
    part->components[k] = (XpsFigureComponent){
        .name = component->name,
        .label = component->label,
        .phase = component->phase,
        .values = part->values[k],
        .partner_of = doublets ? xps_doublet_find_partner (model, components, k) : XPS_FIGURE_NO_PARTNER,
        .colour = XPS_FIGURE_COLOUR_AUTO};
  }
  part->curves.n_components = components->len;
  part->curves.components = part->components;
}

static void
fill_part (Part *part, const XpsResult *result, gsize s)
{
  const XpsModel *model = xps_problem_get_model (result->problem);
  const XpsModelPart *model_part = g_ptr_array_index (model->parts, s);
  const XpsFitData *data = xps_problem_get_data (result->problem, s);
  const double photon_energy =
      data->spectrum != NULL ? xps_spectrum_get_acquisition (data->spectrum)->photon_energy : (double)NAN;
  part->title = dup_title (data->spectrum, model_part->id, data->region, photon_energy);
  part->curves = (XpsFigureCurves){.id = model_part->id,
                                   .title = part->title,
                                   .axis = XPS_FIGURE_BINDING,
                                   .intensity_unit = xps_figure_unit_text (data->unit),
                                   .n = data->n,
                                   .energy = data->energy,
                                   .intensity = data->intensity,
                                   .low = NAN,
                                   .high = NAN,
                                   .failed = !result->converged,
                                   .failure = result->converged ? NULL : xps_stop_to_text (result->stop)};
  part->envelope = g_new0 (double, data->n);
  part->background = g_new0 (double, data->n);
  add_components (part, model, model_part->components,
                  !xps_doublet_is_s_level (data->spectrum, data->region, model_part));
  xps_problem_get_curves (result->problem, s, result->values, part->envelope, part->background, part->values);
  part->curves.envelope = part->envelope;
  if (model_part->backgrounds->len > 0 || data->background != NULL)
    part->curves.background = part->background;
  if (xps_problem_get_weights (result->problem) == XPS_WEIGHTS_UNIFORM)
    return;
  part->sigma = g_new0 (double, data->n);
  xps_problem_get_sigma (result->problem, s, result->values, part->sigma);
  part->curves.sigma = part->sigma;
}

static char *
dup_note (const XpsResult *result)
{
  g_autofree char *chi2 = xps_figure_dup_rounded (result->reduced_chi2);
  switch (xps_problem_get_weights (result->problem)) {
  case XPS_WEIGHTS_UNIFORM: {
    g_autofree char *spread = xps_figure_dup_rounded (sqrt (result->reduced_chi2));
    return g_strdup_printf ("standard deviation %s, equal weights", spread);
  }
  case XPS_WEIGHTS_POISSON:
    return g_strdup_printf ("<i>\xcf\x87</i><sup>2</sup>/dof = %s, Poisson likelihood", chi2);
  case XPS_WEIGHTS_SIGMA:
    return g_strdup_printf ("<i>\xcf\x87</i><sup>2</sup>/dof = %s, weights as given", chi2);
  case XPS_WEIGHTS_COUNTS:
  default:
    return g_strdup_printf ("<i>\xcf\x87</i><sup>2</sup>/dof = %s, weights from counts", chi2);
  }
}

XpsFigure *
xps_figure_new_from_result (const XpsResult *result)
{
  g_return_val_if_fail (result != NULL, NULL);
  const gsize n = xps_problem_get_n_spectra (result->problem);
  g_autofree Part *parts = g_new0 (Part, n);
  g_autofree const XpsFigureCurves **curves = g_new0 (const XpsFigureCurves *, n);
  for (gsize s = 0; s < n; s++) {
    fill_part (&parts[s], result, s);
    curves[s] = &parts[s].curves;
  }
  g_autofree char *note = dup_note (result);
  XpsFigure *figure = xps_figure_new (curves, n, note);
  for (gsize s = 0; s < n; s++)
    part_clear (&parts[s]);
  return figure;
}

XpsFigure *
xps_figure_new_from_spectrum (const XpsSpectrum *spectrum)
{
  g_return_val_if_fail (spectrum != NULL, NULL);
  const XpsColumn *sigma = xps_spectrum_find_column (spectrum, XPS_COLUMN_SIGMA);
  g_autofree char *title =
      dup_title (spectrum, NULL, NULL, xps_spectrum_get_acquisition (spectrum)->photon_energy);
  const XpsFigureCurves curves = {
      .title = title,
      .axis = xps_figure_axis_of (xps_spectrum_get_axis (spectrum)),
      .axis_title = xps_spectrum_get_axis_label (spectrum),
      .intensity_unit = xps_figure_unit_text (xps_spectrum_get_unit (spectrum)),
      .n = xps_spectrum_get_n (spectrum),
      .energy = xps_spectrum_get_energy (spectrum),
      .intensity = xps_spectrum_get_intensity (spectrum),
      .sigma = sigma != NULL ? sigma->values : NULL,
      .low = NAN,
      .high = NAN,
  };
  const XpsFigureCurves *const one = &curves;
  return xps_figure_new (&one, 1, NULL);
}
