/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "made.h"
#include "series/report.h"
#include "series/widen.h"

/* One species only, whose lines widen with the potential; a model that has a second species beside it. Judge:
 * the truth that the spectra were drawn from. */

#define STEPS    16
#define BASE     0.5 /* eV: Gaussian width at the first step */
#define WIDENING 0.8 /* eV/V */
#define COUNTS   20000.0

static double
width_at (guint step)
{
  const double away = 0.05 * step;
  return hypot (BASE, WIDENING * away);
}

static XpsFitData *
draw (guint step, XpsRandom *random)
{
  double x[MADE_POINTS], y[MADE_POINTS], p[4] = {0};
  const XpsShape *voigt = xps_shape_find ("voigt");
  for (guint i = 0; i < MADE_POINTS; i++)
    x[i] = 157 + 0.06 * i;
  p[xps_shape_find_role (voigt, "center")] = 161.7 - 0.6 * 0.05 * step;
  p[xps_shape_find_role (voigt, "area")] = COUNTS;
  p[xps_shape_find_role (voigt, "fwhm_g")] = width_at (step);
  p[xps_shape_find_role (voigt, "fwhm_l")] = 0.2;
  voigt->evaluate (p, MADE_POINTS, x, XPS_PRECISION_FULL, y, NULL);
  for (guint i = 0; i < MADE_POINTS; i++)
    y[i] = xps_random_poisson (random, 300 + y[i]);
  return xps_fit_data_new_arrays (MADE_POINTS, x, y, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
}

static XpsSeries *
draw_series (void)
{
  XpsSeries *series = xps_series_new (1);
  XpsRandom random;
  xps_random_init (&random, 21);
  XpsClock *clock = xps_clock_new (XPS_CLOCK_POTENTIAL, NULL, NULL, STEPS, NULL);
  for (guint i = 0; i < STEPS; i++) {
    g_autofree char *name = g_strdup_printf ("step %u", i);
    g_autoptr (XpsFitData) data = draw (i, &random);
    xps_series_add_step (series, name, &data);
    clock->values[i] = 1.75 - 0.05 * i;
  }
  g_assert_true (xps_series_take_clock (series, clock, NULL));
  xps_series_choose_axis (series);
  return series;
}

static XpsSeriesPlan *
plan_new (void)
{
  XpsSeriesPlan *plan = xps_series_plan_new ();
  plan->mode = XPS_SERIES_GLOBAL;
  XpsEnergyFrame *frame = xps_series_plan_add_frame (plan, "electrolyte", XPS_FRAME_LINEAR, 0);
  g_ptr_array_add (frame->components, g_strdup ("electrolyte"));
  return plan;
}

/* Largest area of the second species, in standard errors. */
static double
find_false_species (const XpsSeriesRun *run)
{
  double most = 0;
  for (guint i = 0; i < STEPS; i++) {
    const XpsQuantity net = xps_series_run_get_step (run, i)->components[1].net;
    most = fmax (most, net.error > 0 ? net.value / net.error : 0);
  }
  return most;
}

static void
test_species (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSeries) series = draw_series ();
  g_autoptr (XpsModel) model = made_model ();
  /* The second species: 0.9 eV below, moving with the first. */
  XpsParameter *position = xps_model_get_parameter (model, "electrode E");
  position->kind = XPS_PARAMETER_LINKED;
  position->value = NAN;
  position->min = -INFINITY;
  position->max = INFINITY;
  position->constant = -0.9;
  xps_parameter_add_term (position, "electrolyte E", 1);
  g_autoptr (XpsSeriesPlan) plan = plan_new ();
  g_ptr_array_add (((XpsEnergyFrame *)g_ptr_array_index (plan->frames, 0))->components,
                   g_strdup ("electrode"));
  xps_series_plan_set_rule (plan, "wg", XPS_ACROSS_SHARED, 0);
  g_autoptr (XpsSeriesRun) stiff = xps_series_fit (series, model, plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (find_false_species (stiff), >, 8); /* the false species */

  g_assert_false (xps_series_is_widening (model, plan, "electrolyte"));
  g_assert_true (xps_series_widen (model, plan, "electrolyte", &error));
  g_assert_no_error (error);
  g_assert_true (xps_series_is_widening (model, plan, "electrolyte"));
  g_autoptr (XpsSeriesRun) run = xps_series_fit (series, model, plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (run->converged);
  /* 16 steps: the largest of as many normal numbers is below 4 in all but 1 of 2000 series. */
  g_assert_cmpfloat (find_false_species (run), <, 4);
  const XpsSharedValue *widening = NULL;
  for (guint i = 0; i < run->shared->len; i++) {
    const XpsSharedValue *value = g_ptr_array_index (run->shared, i);
    widening = g_strcmp0 (value->name, "widening") == 0 ? value : widening;
  }
  g_assert_nonnull (widening);
  g_assert_cmpfloat (fabs (widening->quantity.value - WIDENING), <, 5 * widening->quantity.error);
  g_assert_cmpfloat (widening->quantity.error, <, 0.05);
  /* The widths of the steps are those that were drawn, and the model of a step carries its own. */
  const int wg = xps_model_find_parameter (run->model, "wg");
  for (guint i = 0; i < STEPS; i++)
    g_assert_cmpfloat (fabs (xps_series_run_get_step (run, i)->values[wg] - width_at (i)), <, 0.02);

  g_autoptr (XpsSeriesReport) report = xps_series_report_new (series, run, NULL);
  gboolean told = FALSE;
  for (guint i = 0; i < report->warnings->len; i++)
    told |= strstr (g_ptr_array_index (report->warnings, i), "not as a new species") != NULL;
  g_assert_true (told);
}

/* Where nothing widens, the answer is nothing, and the widths are what they are without it. */
static void
test_steady (void)
{
  MadeSeries made = MADE_SERIES;
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSeries) series = made_series (&made);
  g_autoptr (XpsModel) model = made_model ();
  g_autoptr (XpsSeriesPlan) plan = plan_new ();
  g_assert_true (xps_series_widen (model, plan, "electrolyte", &error));
  g_assert_nonnull (xps_model_get_parameter (model, "wg of electrolyte")); /* wg stays the electrode's */
  g_autoptr (XpsSeriesRun) run = xps_series_fit (series, model, plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (run->converged);
  for (guint i = 0; i < run->shared->len; i++) {
    const XpsSharedValue *value = g_ptr_array_index (run->shared, i);
    if (g_strcmp0 (value->name, "widening") == 0)
      g_assert_true (value->quantity.value == 0 || value->quantity.value < 4 * value->quantity.error);
  }
}

/* One broadening for all lines of a step, another one in every step: a width that all lines point at and no rule
 * holds, while what moves the lines is one slope for the series. */
static void
test_common (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsSeries) series = draw_series ();
  g_autoptr (XpsModel) model = made_model ();
  xps_model_get_parameter (model, "electrode E")->kind = XPS_PARAMETER_FIXED;
  XpsParameter *area = xps_model_get_parameter (model, "electrode A");
  area->kind = XPS_PARAMETER_FIXED;
  area->value = 0;
  g_autoptr (XpsSeriesPlan) plan = plan_new ();
  g_assert_cmpint (xps_series_plan_get_rule (plan, "wg", NULL), ==, XPS_ACROSS_FREE);
  g_autoptr (XpsSeriesRun) run = xps_series_fit (series, model, plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (run->converged);
  const int wg = xps_model_find_parameter (run->model, "wg");
  for (guint i = 0; i < STEPS; i++) {
    const XpsStepResult *step = xps_series_run_get_step (run, i);
    g_assert_cmpint (step->status[wg], ==, XPS_STATUS_FREE);
    /* 16 steps: one in 10^5 runs has a deviation of 5. */
    g_assert_cmpfloat (fabs (step->values[wg] - width_at (i)), <, 5 * step->errors[wg]);
    g_assert_cmpfloat (step->errors[wg], <, 0.02);
  }
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model ();
  g_autoptr (XpsSeriesPlan) plan = plan_new ();
  g_assert_false (xps_series_widen (model, plan, "nobody", &error));
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN);
  g_clear_error (&error);
  xps_model_get_parameter (model, "wg")->kind = XPS_PARAMETER_FIXED;
  g_assert_false (xps_series_widen (model, plan, "electrolyte", &error));
  g_assert_error (error, XPS_SERIES_ERROR, XPS_SERIES_ERROR_PLAN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/series/widen/species", test_species);
  g_test_add_func ("/series/widen/steady", test_steady);
  g_test_add_func ("/series/widen/common", test_common);
  g_test_add_func ("/series/widen/refused", test_refused);
  return g_test_run ();
}
