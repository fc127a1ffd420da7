/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "series/run.h"

#include "fit/operando.h"
#include "series/made.h"

/* ---- the reference problems ---- */

static XpsSeries *
operando_series (const Operando *operando)
{
  XpsSeries *series = xps_series_new (1);
  g_autofree double *v = g_new (double, OPERANDO_STEPS);
  for (guint i = 0; i < OPERANDO_STEPS; i++) {
    g_autoptr (XpsFitData) data = operando_data (operando, i);
    xps_series_add_step (series, operando->table->header[i + 1], &data);
    v[i] = 1.75 - 0.025 * i;
  }
  made_take_axis (series, XPS_CLOCK_POTENTIAL, v);
  xps_series_choose_axis (series);
  return series;
}

static void
compare_value (const char *what, double value, double error, JsonObject *reference)
{
  /* The tolerances of tests/fit: 1e-4 standard errors, errors within 1e-5. */
  const double expected = json_object_get_double_member (reference, "value");
  if (json_object_get_null_member (reference, "stderr"))
    return;
  const double unit = json_object_get_double_member (reference, "stderr");
  if (!(fabs (value - expected) <= 1e-4 * unit) || !(fabs (error / unit - 1) <= 1e-5))
    g_error ("%s = %.12g (%.6g), reference %.12g (%.6g)", what, value, error, expected, unit);
}

static void
test_p17 (gconstpointer mode)
{
  g_autoptr (GError) error = NULL;
  g_auto (Operando) operando = {0};
  if (!operando_read (&operando))
    return;
  g_autoptr (XpsModel) model = operando_single_model (&operando);
  g_autoptr (XpsSeries) series = operando_series (&operando);
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  plan->mode = (XpsSeriesMode)GPOINTER_TO_INT (mode);
  g_autoptr (XpsSeriesRun) run = xps_series_fit (series, model, plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (run->converged && run->complete);
  JsonArray *steps = json_object_get_array_member (json_node_get_object (operando.single), "steps");
  for (guint i = 0; i < OPERANDO_STEPS; i++) {
    const XpsStepResult *step = xps_series_run_get_step (run, i);
    JsonObject *parameters =
        json_object_get_object_member (json_array_get_object_element (steps, i), "parameters");
    for (guint p = 0; p < model->parameters->len; p++) {
      const char *name = ((XpsParameter *)g_ptr_array_index (model->parameters, p))->name;
      if (json_object_has_member (parameters, name))
        compare_value (name, step->values[p], step->errors[p],
                       json_object_get_object_member (parameters, name));
    }
  }
}

/* The model of one step of p18: positions of two species hang on the step's own and on a shared offset. */
static XpsModel *
operando_step_model (const Operando *operando)
{
  XpsModel *model = operando_single_model (operando);
  static const char *const species[] = {"li2s", "poly"};
  for (guint i = 0; i < G_N_ELEMENTS (species); i++) {
    g_autofree char *center = g_strdup_printf ("%s_c", species[i]),
                    *offset = g_strdup_printf ("off_%s", species[i]);
    XpsParameter *link = xps_model_get_parameter (model, center);
    xps_model_add_parameter (model, offset, link->constant, -INFINITY, INFINITY);
    link->constant = 0;
    xps_parameter_add_term (link, offset, 1);
  }
  return model;
}

static void
test_p18 (void)
{
  static const char *const shared[] = {"wg", "wl", "off_li2s", "off_poly"};
  g_autoptr (GError) error = NULL;
  g_auto (Operando) operando = {0};
  if (!operando_read (&operando))
    return;
  g_autoptr (XpsModel) model = operando_step_model (&operando);
  g_autoptr (XpsSeries) series = operando_series (&operando);
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  plan->mode = XPS_SERIES_GLOBAL;
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    xps_series_plan_set_rule (plan, shared[i], XPS_ACROSS_SHARED, 0);
  g_autoptr (XpsSeriesRun) run = xps_series_fit (series, model, plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (run->converged);
  g_assert_cmpuint (run->n_free, ==, 190);
  JsonObject *document = json_node_get_object (operando.joint);
  const double chi2 = json_object_get_double_member (document, "chi2");
  test_assert_close (run->chi2, chi2, 1e-9 * chi2);
  JsonObject *parameters = json_object_get_object_member (document, "parameters");
  for (guint i = 0; i < run->shared->len; i++) {
    const XpsSharedValue *value = g_ptr_array_index (run->shared, i);
    compare_value (value->name, value->quantity.value, value->quantity.error,
                   json_object_get_object_member (parameters, value->name));
  }
  for (guint i = 0; i < OPERANDO_STEPS; i++)
    for (guint p = 0; p < model->parameters->len; p++) {
      const char *name = ((XpsParameter *)g_ptr_array_index (model->parameters, p))->name;
      g_autofree char *member = g_strdup_printf ("%s_%02u", name, i);
      const XpsStepResult *step = xps_series_run_get_step (run, i);
      if (json_object_has_member (parameters, member))
        compare_value (member, step->values[p], step->errors[p],
                       json_object_get_object_member (parameters, member));
    }
}

/* ---- energy frames and rules, on counts whose truth is known ---- */

static const XpsSharedValue *
find_shared (const XpsSeriesRun *run, const char *name)
{
  for (guint i = 0; i < run->shared->len; i++)
    if (strcmp (((XpsSharedValue *)g_ptr_array_index (run->shared, i))->name, name) == 0)
      return g_ptr_array_index (run->shared, i);
  g_error ("nothing shared is called %s", name);
}

static const XpsFrameSlope *
find_slope (const XpsSeriesRun *run, const char *name)
{
  for (guint i = 0; i < run->frames->len; i++)
    if (strcmp (((XpsFrameSlope *)g_ptr_array_index (run->frames, i))->name, name) == 0)
      return g_ptr_array_index (run->frames, i);
  g_error ("no frame is called %s", name);
}

static void
assert_within (XpsQuantity quantity, double truth)
{
  if (!(fabs (quantity.value - truth) <= 4 * quantity.error)) /* 4 standard errors: once in 16,000 */
    g_error ("%.8g +- %.3g, truth %.8g", quantity.value, quantity.error, truth);
}

static XpsSeriesRun *
fit_made (const MadeSeries *made, const XpsSeriesPlan *plan)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model ();
  g_autoptr (XpsSeries) series = made_series (made);
  XpsSeriesRun *run = xps_series_fit (series, model, plan, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (run->converged && run->complete);
  return run;
}

static void
test_frames (gconstpointer shift)
{
  const MadeSeries made = MADE_SERIES;
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  plan->mode = XPS_SERIES_GLOBAL;
  xps_series_plan_set_rule (plan, "wg", XPS_ACROSS_SHARED, 0);
  XpsEnergyFrame *moving =
      xps_series_plan_add_frame (plan, "electrolyte", (XpsFrameShift)GPOINTER_TO_INT (shift), made.slope);
  XpsEnergyFrame *still = xps_series_plan_add_frame (plan, "working electrode", XPS_FRAME_FIXED, 0);
  g_ptr_array_add (moving->components, g_strdup ("Li6PS5Cl"));
  g_ptr_array_add (still->components, g_strdup ("electrode"));
  g_autoptr (XpsSeriesRun) run = fit_made (&made, plan);
  const XpsFrameSlope *slope = find_slope (run, "electrolyte");
  g_assert_cmpstr (slope->class_, ==, "electrolyte");
  g_assert_cmpstr (find_slope (run, "working electrode")->class_, ==, "working electrode");
  if (GPOINTER_TO_INT (shift) != XPS_FRAME_FIXED)
    assert_within (slope->slope, made.slope);
  assert_within (find_shared (run, "electrolyte E")->quantity, 161.65);
  assert_within (find_shared (run, "electrode E")->quantity, 160.05);
  /* The slope's error is that of the positions, so it cannot be far from its size in a good fit. */
  if (GPOINTER_TO_INT (shift) == XPS_FRAME_LINEAR)
    g_assert_cmpfloat (slope->slope.error, <, 0.003);
}

/* A line through the positions is a rule as well, and gives what the frame gives. */
static void
test_linear (void)
{
  const MadeSeries made = MADE_SERIES;
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  plan->mode = XPS_SERIES_GLOBAL;
  xps_series_plan_set_rule (plan, "wg", XPS_ACROSS_SHARED, 0);
  xps_series_plan_set_rule (plan, "electrode E", XPS_ACROSS_SHARED, 0);
  xps_series_plan_set_rule (plan, "electrolyte E", XPS_ACROSS_LINEAR, 0);
  g_autoptr (XpsSeriesRun) run = fit_made (&made, plan);
  assert_within (find_shared (run, "electrolyte E slope")->quantity, made.slope);
  assert_within (find_shared (run, "electrolyte E middle value")->quantity, 161.65 - made.slope * 0.375);
}

/* The natural spline through knots on a line is that line: the chi2 can only be lower than the line's. */
static void
test_spline (void)
{
  const MadeSeries made = MADE_SERIES;
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  plan->mode = XPS_SERIES_GLOBAL;
  xps_series_plan_set_rule (plan, "electrode E", XPS_ACROSS_SHARED, 0);
  xps_series_plan_set_rule (plan, "electrolyte E", XPS_ACROSS_LINEAR, 0);
  g_autoptr (XpsSeriesRun) line = fit_made (&made, plan);
  xps_series_plan_set_rule (plan, "electrolyte E", XPS_ACROSS_SPLINE, 4);
  g_autoptr (XpsSeriesRun) spline = fit_made (&made, plan);
  g_assert_cmpuint (spline->n_free, ==, line->n_free + 2);
  g_assert_cmpfloat (spline->chi2, <=, line->chi2 + 1e-6);
  g_assert_cmpfloat (spline->chi2, >, line->chi2 - 25); /* two unknowns more explain noise only */
  for (guint k = 1; k <= 4; k++) {
    g_autofree char *name = g_strdup_printf ("electrolyte E knot %u", k);
    assert_within (find_shared (spline, name)->quantity, 161.65 + made.slope * (0.25 * (k - 1) - 0.75));
  }
}

static void
test_logistic (void)
{
  const MadeSeries made = MADE_SERIES;
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  plan->mode = XPS_SERIES_GLOBAL;
  xps_series_plan_set_rule (plan, "wg", XPS_ACROSS_SHARED, 0);
  xps_series_plan_set_rule (plan, "electrode E", XPS_ACROSS_SHARED, 0);
  xps_series_plan_set_rule (plan, "electrode A", XPS_ACROSS_LOGISTIC, 0);
  g_autoptr (XpsSeriesRun) run = fit_made (&made, plan);
  g_assert_cmpuint (run->warnings->len, ==, 0);
  assert_within (find_shared (run, "electrode A middle")->quantity, made.middle);
  assert_within (find_shared (run, "electrode A width")->quantity, made.width);
  assert_within (find_shared (run, "electrode A level 1")->quantity, made.most); /* at low potential */
  assert_within (find_shared (run, "electrode A level 2")->quantity, 0);
}

/* ---- species that are not there ---- */

/* Where Li2S is absent its position is held where it is later, says so, and has no error; the areas without
 * the limit at zero scatter about the truth as their errors say. */
static void
test_absent (gconstpointer mode)
{
  const MadeSeries made = MADE_SERIES;
  g_autoptr (XpsSeriesPlan) plan = xps_series_plan_new ();
  plan->mode = (XpsSeriesMode)GPOINTER_TO_INT (mode);
  if (plan->mode == XPS_SERIES_GLOBAL)
    xps_series_plan_set_rule (plan, "wg", XPS_ACROSS_SHARED, 0);
  g_autoptr (XpsSeriesRun) run = fit_made (&made, plan);
  const int position = xps_model_find_parameter (run->model, "electrode E");
  const XpsStepResult *first = xps_series_run_get_step (run, 0),
                      *last = xps_series_run_get_step (run, made.steps - 1);
  double pull2 = 0;
  guint n = 0;
  g_assert_true (first->frozen[position]);
  g_assert_true (isnan (first->errors[position]));
  test_assert_close (first->values[position], 160.05, 0.3); /* where the first step that has it puts it */
  g_assert_false (last->frozen[position]);
  for (guint i = 0; i < made.steps; i++) {
    const XpsQuantity net = xps_series_run_get_step (run, i)->components[1].net;
    const double pull = (net.value - made.most * made_share (&made, made_potential (&made, i))) / net.error;
    g_assert_true (net.error > 0);
    pull2 += pull * pull;
    n++;
  }
  /* chi2 of 31: within 4 standard deviations. Held positions are a little off, which costs nothing. */
  g_assert_cmpfloat (pull2, <, n + 4 * sqrt (2.0 * n));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/series/p17/independent", GINT_TO_POINTER (XPS_SERIES_INDEPENDENT), test_p17);
  g_test_add_data_func ("/series/p17/warm", GINT_TO_POINTER (XPS_SERIES_WARM), test_p17);
  g_test_add_func ("/series/p18", test_p18);
  g_test_add_data_func ("/series/frames/linear", GINT_TO_POINTER (XPS_FRAME_LINEAR), test_frames);
  g_test_add_data_func ("/series/frames/free", GINT_TO_POINTER (XPS_FRAME_FREE), test_frames);
  g_test_add_data_func ("/series/frames/fixed", GINT_TO_POINTER (XPS_FRAME_FIXED), test_frames);
  g_test_add_func ("/series/rules/linear", test_linear);
  g_test_add_func ("/series/rules/spline", test_spline);
  g_test_add_func ("/series/rules/logistic", test_logistic);
  g_test_add_data_func ("/series/absent/independent", GINT_TO_POINTER (XPS_SERIES_INDEPENDENT), test_absent);
  g_test_add_data_func ("/series/absent/warm", GINT_TO_POINTER (XPS_SERIES_WARM), test_absent);
  g_test_add_data_func ("/series/absent/global", GINT_TO_POINTER (XPS_SERIES_GLOBAL), test_absent);
  return g_test_run ();
}
