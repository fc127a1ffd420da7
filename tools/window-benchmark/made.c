/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "made.h"

#include <math.h>

#define LOW   156.0 /* eV, binding energy */
#define HIGH  171.0
#define LINES 6

static double
line_position (guint line, double phase)
{
  return 158.5 + 2.0 * line + 0.4 * sin (phase + line);
}

static double
line_area (guint line, double phase)
{
  return 4000.0 * (1.3 + sin (0.7 * line + phase));
}

/* Gaussian lines: the benchmark judges drawing and fitting, not shapes. */
static double
intensity_at (double energy, double phase)
{
  const double sigma = 0.45;
  double sum = 600.0 + 4.0 * (energy - LOW);
  for (guint k = 0; k < LINES; k++) {
    const double t = (energy - line_position (k, phase)) / sigma;
    sum += line_area (k, phase) / (sigma * sqrt (2.0 * G_PI)) * exp (-0.5 * t * t);
  }
  return sum;
}

XpsSpectrum *
made_spectrum (const char *name, const char *sample, gsize n_points, double phase)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32)(1000.0 * phase) + 1);
  XpsSpectrumDraft draft = {
      .name = g_strdup (name), .sample = g_strdup (sample), .axis = XPS_AXIS_BINDING, .n = n_points};
  draft.axis_label = g_strdup ("binding energy");
  draft.unit = XPS_INTENSITY_COUNTS;
  draft.unit_label = g_strdup ("counts");
  draft.energy = g_new (double, n_points);
  draft.intensity = g_new (double, n_points);
  for (gsize i = 0; i < n_points; i++) {
    const double energy = HIGH - (HIGH - LOW) * (double)i / (double)(n_points - 1);
    const double mean = intensity_at (energy, phase);
    double scatter = -6.0; /* twelve uniform numbers: variance 1 */
    for (int k = 0; k < 12; k++)
      scatter += g_rand_double (random);
    draft.energy[i] = energy;
    draft.intensity[i] = rint (fmax (0.0, mean + scatter * sqrt (mean)));
  }
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->photon_energy = 1486.6;
  draft.acquisition->pass_energy = 20.0;
  draft.acquisition->technique = g_strdup ("XPS");
  draft.acquisition->species = g_strdup ("S");
  draft.acquisition->transition = g_strdup ("2p");
  return xps_spectrum_new (&draft);
}

GPtrArray *
made_spectra (guint n, gsize n_points)
{
  GPtrArray *spectra = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);
  for (guint i = 0; i < n; i++) {
    g_autofree char *sample = g_strdup_printf ("step %u", i / 10);
    g_ptr_array_add (spectra, made_spectrum ("S 2p", sample, n_points, 0.01 * i));
  }
  return spectra;
}

XpsModel *
made_model (void)
{
  XpsModel *model = xps_model_new ();
  XpsModelPart *part = g_ptr_array_index (model->parts, 0);
  part->low = LOW, part->high = HIGH;
  for (guint k = 0; k < LINES; k++) {
    g_autofree char *name = g_strdup_printf ("C%u", k + 1);
    const char *roles[] = {"center", "area", "fwhm_g", "fwhm_l"};
    const double values[] = {line_position (k, 0.0), line_area (k, 0.0), 1.0, 0.1};
    const double least[] = {LOW, 0.0, 0.2, 0.01}, most[] = {HIGH, 1e6, 3.0, 1.0};
    XpsComponent *component = xps_model_part_add_component (part, name, xps_shape_find ("voigt"));
    for (guint r = 0; r < G_N_ELEMENTS (roles); r++) {
      g_autofree char *parameter = g_strdup_printf ("%s.%s", name, roles[r]);
      xps_model_add_parameter (model, parameter, values[r], least[r], most[r]);
      if (!xps_component_set_role (component, roles[r], parameter))
        g_error ("voigt has no role %s", roles[r]);
    }
  }
  xps_model_add_parameter (model, "b0", 600.0, -HUGE_VAL, HUGE_VAL);
  xps_model_add_parameter (model, "b1", 0.0, -HUGE_VAL, HUGE_VAL);
  XpsModelBackground *background = xps_model_part_add_background (part, xps_background_find ("poly"));
  background->settings.number[xps_background_find_setting (background->type, "x_ref")] = LOW;
  xps_model_background_add_parameter (background, "coeffs", "b0");
  xps_model_background_add_parameter (background, "coeffs", "b1");
  return model;
}
