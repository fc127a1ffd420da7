/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "numerics/random.h"
#include "series/run.h"
#include "support.h"

/* A simulated series whose truth is known: an electrolyte line that follows the potential and shrinks, and
 * one on the electrode that appears. Gaussian-Lorentzian lines of common width on a constant. */

typedef struct {
  guint steps;
  double slope;         /* eV/V of the electrolyte */
  double middle, width; /* V: logistic of the electrode's area */
  double most;          /* its area in the end, counts eV */
  double counts;        /* area of the electrolyte's line */
  guint64 seed;
} MadeSeries;

#define MADE_SERIES                                                                                          \
  {                                                                                                          \
    31, -0.6, 1.33, 0.06, 3000, 9000, 7                                                                      \
  }
#define MADE_POINTS 121

static inline double
made_potential (const MadeSeries *made, guint step)
{
  return 1.75 - 0.75 * step / (made->steps - 1);
}

static inline double
made_share (const MadeSeries *made, double v)
{
  return 1 / (1 + exp ((v - made->middle) / made->width));
}

static inline void
made_add_line (XpsModel *model, const char *name, const char *phase, double center, double area)
{
  XpsModelPart *part = g_ptr_array_index (model->parts, 0);
  g_autofree char *c = g_strdup_printf ("%s E", name), *a = g_strdup_printf ("%s A", name);
  XpsComponent *component = xps_model_part_add_component (part, name, xps_shape_find ("voigt"));
  component->phase = g_strdup (phase);
  xps_model_add_parameter (model, c, center, center - 1.2, center + 1.2);
  xps_model_add_parameter (model, a, area, 0, INFINITY);
  xps_component_set_role (component, "center", c);
  xps_component_set_role (component, "area", a);
  xps_component_set_role (component, "fwhm_g", "wg");
  xps_component_set_role (component, "fwhm_l", "wl");
}

static inline XpsModel *
made_model (void)
{
  XpsModel *model = xps_model_new ();
  xps_model_add_parameter (model, "wg", 0.6, 0.2, 2);
  xps_model_add_parameter (model, "wl", 0.2, 0.05, 1)->kind = XPS_PARAMETER_FIXED;
  made_add_line (model, "electrolyte", "Li6PS5Cl", 161.7, 8000);
  made_add_line (model, "electrode", "Li2S", 159.9, 1000);
  xps_model_add_parameter (model, "b0", 300, -INFINITY, INFINITY);
  XpsModelBackground *background =
      xps_model_part_add_background (g_ptr_array_index (model->parts, 0), xps_background_find ("poly"));
  background->settings.number[xps_background_find_setting (background->type, "x_ref")] = 160;
  xps_model_background_add_parameter (background, "coeffs", "b0");
  return model;
}

/* Poisson counts of one step; `shift` moves everything. */
static inline XpsFitData *
made_data (const MadeSeries *made, guint step, double shift, double beam, XpsRandom *random)
{
  double x[MADE_POINTS], y[MADE_POINTS], one[MADE_POINTS], two[MADE_POINTS];
  const double v = made_potential (made, step), share = made_share (made, v);
  const XpsShape *voigt = xps_shape_find ("voigt");
  for (guint i = 0; i < MADE_POINTS; i++)
    x[i] = 157 + 0.06 * i;
  double p[4] = {0};
  p[xps_shape_find_role (voigt, "fwhm_g")] = 0.5;
  p[xps_shape_find_role (voigt, "fwhm_l")] = 0.2;
  p[xps_shape_find_role (voigt, "center")] = 161.65 + made->slope * (v - 1.75) + shift;
  p[xps_shape_find_role (voigt, "area")] = made->counts - 0.5 * made->most * share;
  voigt->evaluate (p, MADE_POINTS, x, XPS_PRECISION_FULL, one, NULL);
  p[xps_shape_find_role (voigt, "center")] = 160.05 + shift;
  p[xps_shape_find_role (voigt, "area")] = made->most * share;
  voigt->evaluate (p, MADE_POINTS, x, XPS_PRECISION_FULL, two, NULL);
  for (guint i = 0; i < MADE_POINTS; i++)
    y[i] = xps_random_poisson (random, beam * (one[i] + two[i] + 250));
  return xps_fit_data_new_arrays (MADE_POINTS, x, y, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
}

static inline void
made_take_axis (XpsSeries *series, XpsClockKind kind, const double *values)
{
  g_autoptr (GError) error = NULL;
  XpsClock *clock = xps_clock_new (kind, NULL, NULL, xps_series_get_n (series), values);
  g_assert_true (xps_series_take_clock (series, clock, &error));
  g_assert_no_error (error);
}

static inline XpsSeries *
made_series (const MadeSeries *made)
{
  XpsSeries *series = xps_series_new (1);
  g_autofree double *v = g_new (double, made->steps);
  XpsRandom random;
  xps_random_init (&random, made->seed);
  for (guint i = 0; i < made->steps; i++) {
    g_autoptr (XpsFitData) data = made_data (made, i, 0, 1, &random);
    g_autofree char *name = g_strdup_printf ("frame %u", i + 1);
    v[i] = made_potential (made, i);
    xps_series_add_step (series, name, &data);
  }
  made_take_axis (series, XPS_CLOCK_POTENTIAL, v);
  xps_series_choose_axis (series);
  return series;
}
