/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/sane.h"

/* Data without a good answer: a refusal in a sentence or a result that says what it is, never the end of the
 * program. */

/* ---- few or no unknowns, few points ---- */

static void
test_nothing_free (void)
{
  g_autoptr (XpsFitData) data = one_peak (9);
  g_autoptr (XpsModel) model = made_model (ONE);
  for (guint i = 0; i < model->parameters->len; i++)
    ((XpsParameter *)model->parameters->pdata[i])->kind = XPS_PARAMETER_FIXED;
  g_autoptr (XpsResult) result = fit (model, data, XPS_WEIGHTS_COUNTS);
  g_assert_true (result->converged);
  g_assert_cmpuint (result->n_free, ==, 0);
  g_assert_cmpfloat (result->dof, ==, (double)data->n);
  test_assert_close (result->reduced_chi2, 1, 0.4); /* the truth: noise alone */
}

static void
test_only_linear (void)
{
  g_autoptr (XpsFitData) data = one_peak (10);
  g_autoptr (XpsModel) model = made_model (ONE);
  static const char *const fixed[] = {"c1", "wg", "wl"};
  for (guint i = 0; i < 3; i++)
    xps_model_get_parameter (model, fixed[i])->kind = XPS_PARAMETER_FIXED;
  xps_model_get_parameter (model, "a1")->value = 1e9; /* linear: the start does not matter */
  g_autoptr (XpsResult) result = fit (model, data, XPS_WEIGHTS_COUNTS);
  g_assert_true (result->converged);
  g_assert_cmpuint (result->evaluations, <=, 4);
  const XpsQuantity area = oracle_find_parameter (result, "a1")->quantity;
  test_assert_close (area.value, 6000, 5 * area.error);
}

static void
test_few_points (void)
{
  g_autoptr (XpsModel) model = made_model (ONE);
  for (gsize n = 2; n < 9; n++) {
    g_autoptr (XpsFitData) grid = made_grid (160, 0.5, n);
    g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 11);
    for (guint weights = XPS_WEIGHTS_COUNTS; weights <= XPS_WEIGHTS_POISSON; weights++)
      if (weights != XPS_WEIGHTS_SIGMA) {
        g_autoptr (XpsResult) result = fit (model, data, weights);
        g_assert_cmpfloat (result->dof, >=, 0);
        if (result->dof == 0)
          g_assert_true (isnan (result->reduced_chi2));
      }
  }
}

/* ---- hostile data ---- */

static void
assert_refused (const XpsModel *model, gsize n, const double *x, const double *y, const double *sigma,
                const double *background, XpsWeights weights, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFitData) data = xps_fit_data_new_arrays (n, x, y, sigma, background, XPS_INTENSITY_COUNTS, 1);
  xps_fit_data_set_source (data, "data.csv", NULL, "S 2p");
  g_autoptr (XpsResult) result = xps_fit (model, &data, 1, weights, NULL, &error);
  g_assert_null (result);
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA);
  g_test_message ("%s", error->message);
  g_assert_true (g_str_has_prefix (error->message, "data.csv: S 2p: "));
  if (strstr (error->message, says) == NULL)
    g_error ("\"%s\" is not in: %s", says, error->message);
}

static void
test_bad_data (void)
{
  g_autoptr (XpsModel) model = made_model (ONE);
  const double bad[] = {NAN, INFINITY, -INFINITY};
  double x[20], y[20], sigma[20], zero[20] = {0};
  for (guint i = 0; i < 20; i++) {
    x[i] = 160 + 0.2 * i;
    y[i] = 100;
    sigma[i] = 10;
  }
  assert_refused (model, 1, x, y, NULL, NULL, XPS_WEIGHTS_COUNTS, "1 points");
  assert_refused (model, 20, x, zero, NULL, NULL, XPS_WEIGHTS_COUNTS, "zero");
  assert_refused (model, 20, x, zero, NULL, NULL, XPS_WEIGHTS_POISSON, "zero");
  assert_refused (model, 20, x, y, NULL, NULL, XPS_WEIGHTS_SIGMA, "no such column");
  for (guint k = 0; k < 3; k++) {
    y[7] = bad[k];
    assert_refused (model, 20, x, y, NULL, NULL, XPS_WEIGHTS_COUNTS, "point 8");
    y[7] = 100;
    x[4] = bad[k];
    assert_refused (model, 20, x, y, NULL, NULL, XPS_WEIGHTS_COUNTS, "point 5");
    x[4] = 160.8;
    zero[2] = bad[k];
    assert_refused (model, 20, x, y, NULL, zero, XPS_WEIGHTS_COUNTS, "point 3");
    zero[2] = 0;
    sigma[3] = bad[k];
    assert_refused (model, 20, x, y, sigma, NULL, XPS_WEIGHTS_SIGMA, "sigma is");
    sigma[3] = k == 0 ? 0 : -1;
    assert_refused (model, 20, x, y, sigma, NULL, XPS_WEIGHTS_SIGMA, "160.6 eV");
    sigma[3] = 10;
  }
  y[3] = -1;
  assert_refused (model, 20, x, y, NULL, NULL, XPS_WEIGHTS_POISSON, "negative");
}

static void
test_window (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFitData) data = one_peak (1);
  g_assert_null (xps_fit_data_crop (data, 300, 310, &error));
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA);
  g_assert_nonnull (strstr (error->message, "0 points between 300 and 310 eV"));
  g_clear_error (&error);
  g_assert_null (xps_fit_data_crop (data, 162, 162.01, &error));
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA);
  g_clear_error (&error);
  g_autoptr (XpsFitData) part = xps_fit_data_crop (data, 160, NAN, &error);
  g_assert_no_error (error);
  test_assert_close (part->energy[0], 160, 1e-9);
  g_assert_cmpfloat (part->energy[part->n - 1], ==, data->energy[data->n - 1]);
}

/* Backgrounds already subtracted leave negative counts: with weights from counts that is fitted. */
static void
test_negative_counts (void)
{
  g_autoptr (XpsFitData) data = one_peak (12);
  g_autofree double *y = g_memdup2 (data->intensity, data->n * sizeof (double));
  for (gsize i = 0; i < data->n; i++)
    y[i] -= 260;
  g_autoptr (XpsFitData) lowered =
      xps_fit_data_new_arrays (data->n, data->energy, y, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
  g_autoptr (XpsModel) model = made_model (ONE);
  g_autoptr (XpsResult) result = fit (model, lowered, XPS_WEIGHTS_COUNTS);
  g_assert_true (result->converged);
  test_assert_close (oracle_find_parameter (result, "c1")->quantity.value, 162, 0.05);
}

/* Numbers at the ends of what a double holds: a result that says what it is, or a refusal; squares of such
 * counts overflow. */
static void
test_extreme_counts (void)
{
  const double factors[] = {1e300, 1e200, 1e150, 1e-150, 1e-300, 5e-324};
  g_autoptr (XpsFitData) data = one_peak (13);
  for (guint k = 0; k < G_N_ELEMENTS (factors); k++)
    for (guint weights = XPS_WEIGHTS_COUNTS; weights <= XPS_WEIGHTS_POISSON; weights++) {
      g_autoptr (GError) error = NULL;
      g_autoptr (XpsModel) model = made_model (ONE);
      g_autofree double *y = g_new (double, data->n), *sigma = g_new (double, data->n);
      for (gsize i = 0; i < data->n; i++) {
        y[i] = data->intensity[i] * factors[k];
        sigma[i] = fmax (sqrt (data->intensity[i]) * factors[k], 5e-324);
      }
      g_autoptr (XpsFitData) scaled =
          xps_fit_data_new_arrays (data->n, data->energy, y, sigma, NULL, XPS_INTENSITY_COUNTS, 1);
      g_autoptr (XpsResult) result = xps_fit (model, &scaled, 1, weights, NULL, &error);
      g_assert_true ((result == NULL) == (error != NULL));
      if (result != NULL)
        check_sane (result);
      g_test_message ("x %g, %s: %s", factors[k], xps_weights_to_text (weights),
                      error != NULL ? error->message : xps_stop_to_text (result->stop));
    }
}

/* Ten counts in all, most channels empty: the likelihood has a minimum all the same. */
static void
test_empty_channels (void)
{
  g_autoptr (XpsModel) model = made_model (
      "{'parameters':[{'name':'c1','value':162,'min':160,'max':164},{'name':'a1','value':3,'min':0},"
      "{'name':'wg','value':0.6,'vary':false},{'name':'wl','value':0.2,'vary':false},{'name':'b0','value':0."
      "02,'min':0}],"
      "'components':[" VOIGT ("1") "],'background':[{'type':'poly','coeffs':['b0'],'x_ref':0}]}");
  g_autoptr (XpsFitData) grid = made_grid (157, 0.05, 221);
  for (guint64 seed = 1; seed <= 20; seed++) {
    g_autoptr (XpsFitData) data = made_data (model, 0, &grid, seed);
    double total = 0;
    for (gsize i = 0; i < data->n; i++)
      total += data->intensity[i];
    g_autoptr (XpsResult) result = fit (model, data, XPS_WEIGHTS_POISSON);
    g_assert_true (result->converged);
    /* At the maximum of a likelihood whose model can be scaled as a whole, expected and seen totals agree. */
    g_autofree double *curve = g_new (double, data->n);
    xps_problem_get_curves (result->problem, 0, result->values, curve, NULL, NULL);
    double expected = 0;
    for (gsize i = 0; i < data->n; i++) {
      g_assert_cmpfloat (curve[i], >=, 0);
      expected += curve[i];
    }
    test_assert_close (expected, total, 1e-4 * total);
  }
}

/* A background that the likelihood drives to zero and below in places where nothing was counted. */
static void
test_model_touches_zero (void)
{
  g_autoptr (XpsModel) model = made_model ("{'parameters':[" PEAK (
      "1", "162",
      "200") "," WIDTHS
             ",{'name':'b0','value':0.5},{'name':'b1','value':0}],'components':[" VOIGT ("1") "]," ON_LINE);
  xps_model_get_parameter (model, "b0")->value = 0.05;
  g_autoptr (XpsFitData) grid = made_grid (157, 0.05, 221);
  for (guint64 seed = 1; seed <= 10; seed++) {
    g_autoptr (XpsFitData) data = made_data (model, 0, &grid, seed);
    g_autoptr (XpsResult) result = fit (model, data, XPS_WEIGHTS_POISSON);
    test_assert_close (oracle_find_parameter (result, "c1")->quantity.value, 162, 0.3);
  }
}

/* ---- bounds ---- */

/* A Lorentzian fitted by a Voigt: the Gaussian width ends at 0, which is inside its range, and the width of
 * the whole still has an error. */
static void
test_width_zero (void)
{
  g_autoptr (XpsModel) truth = made_model (ONE), model = made_model (ONE);
  xps_model_get_parameter (truth, "wg")->min = 0;
  xps_model_get_parameter (truth, "wg")->value = 0;
  xps_model_get_parameter (truth, "wl")->value = 0.9;
  xps_model_get_parameter (model, "wg")->min = 0;
  g_autoptr (XpsFitData) grid = made_grid (157, 0.05, 221);
  guint at_zero = 0;
  for (guint64 seed = 1; seed <= 6; seed++) {
    g_autoptr (XpsFitData) data = made_data (truth, 0, &grid, seed);
    g_autoptr (XpsResult) result = fit (model, data, XPS_WEIGHTS_COUNTS);
    g_assert_true (result->converged);
    const XpsComponentResult *v = xps_result_find_component (result, 0, "v1");
    at_zero += oracle_find_parameter (result, "wg")->quantity.value == 0;
    g_assert_cmpfloat (v->fwhm.error, >, 0);
    g_assert_cmpfloat (v->height.error, >, 0);
    test_assert_close (v->fwhm.value, 0.9, 6 * v->fwhm.error);
  }
  g_assert_cmpuint (at_zero, >=, 2);
}

static void
assert_model_refused (const XpsModel *model, const char *place, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFitData) data = one_peak (1);
  g_assert_null (xps_problem_new (model, &data, 1, XPS_WEIGHTS_COUNTS, &error));
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, place));
  g_assert_nonnull (strstr (error->message, says));
}

/* Values where a shape is not defined: refused with the name of the role, not silently moved. */
static void
test_outside_range (void)
{
  g_autoptr (XpsModel) model = made_model (ONE);
  XpsParameter *wl = xps_model_get_parameter (model, "wl");
  wl->min = -1;
  wl->value = -0.5;
  assert_model_refused (model, "\"v1\"", "fwhm_l");
  wl->kind = XPS_PARAMETER_FIXED;
  assert_model_refused (model, "\"v1\"", "-0.5");
  wl->kind = XPS_PARAMETER_FREE;
  wl->value = 0;
  wl->max = 0.5;
  g_autoptr (XpsFitData) data = one_peak (1);
  g_autoptr (XpsResult) result =
      fit (model, data, XPS_WEIGHTS_COUNTS); /* the shape's own range is the bound */
  g_assert_cmpfloat (oracle_find_parameter (result, "wl")->quantity.value, >=, 0);
  wl->min = 2000;
  wl->max = 3000;
  wl->value = 2500;
  assert_model_refused (model, "\"v1\"", "2500");
  wl->min = -2;
  wl->max = -1;
  wl->value = -1.5;
  assert_model_refused (model, "\"v1\"", "-1.5");
}

/* Twenty thousand components on two hundred thousand points: more memory than any machine has. */
static void
test_too_large (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model (ONE);
  XpsModelPart *part = model->parts->pdata[0];
  for (guint i = 0; i < 20000; i++) {
    g_autofree char *name = g_strdup_printf ("g%u", i);
    XpsComponent *component = xps_model_part_add_component (part, name, xps_shape_find ("gauss"));
    xps_component_set_role (component, "center", "c1");
    xps_component_set_role (component, "area", "a1");
    xps_component_set_role (component, "fwhm", "wg");
  }
  g_autoptr (XpsFitData) grid = made_grid (100, 1e-3, 200000);
  g_assert_null (xps_problem_new (model, &grid, 1, XPS_WEIGHTS_COUNTS, &error));
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, "GB of memory"));
}

/* Links that stretch beyond what a double holds, or to nothing. */
static void
test_odd_links (void)
{
  g_autoptr (XpsFitData) data = one_peak (2);
  const double coefs[] = {0, 1e300, -1e300, 1e-300, -1};
  for (guint k = 0; k < G_N_ELEMENTS (coefs); k++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsModel) model = made_model ("{'parameters':[" PEAK (
        "1", "162",
        "6000") "," WIDTHS "," LINE
                ",{'name':'u','value':1},{'name':'e','of':'u','coef':1},{'name':'f','of':'e','coef':1}],'"
                "components':[" VOIGT (
                    "1") "],'background':[{'type':'poly','coeffs':['b0','b1','f'],'x_ref':163}]}");
    ((XpsLinkTerm *)xps_model_get_parameter (model, "e")->terms->pdata[0])->coef = coefs[k];
    ((XpsLinkTerm *)xps_model_get_parameter (model, "f")->terms->pdata[0])->coef = coefs[k];
    g_autoptr (XpsResult) result = xps_fit (model, &data, 1, XPS_WEIGHTS_COUNTS, NULL, &error);
    if (result == NULL) {
      g_test_message ("coef %g: %s", coefs[k], error->message);
      continue;
    }
    g_test_message ("coef %g: %s", coefs[k], xps_stop_to_text (result->stop));
    check_sane (result);
    if (coefs[k] == 0)
      g_assert_true (is_named (result, "undetermined", "u"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/robust/nothing-free", test_nothing_free);
  g_test_add_func ("/robust/only-linear", test_only_linear);
  g_test_add_func ("/robust/few-points", test_few_points);
  g_test_add_func ("/robust/bad-data", test_bad_data);
  g_test_add_func ("/robust/window", test_window);
  g_test_add_func ("/robust/negative-counts", test_negative_counts);
  g_test_add_func ("/robust/extreme-counts", test_extreme_counts);
  g_test_add_func ("/robust/empty-channels", test_empty_channels);
  g_test_add_func ("/robust/model-touches-zero", test_model_touches_zero);
  g_test_add_func ("/robust/width-zero", test_width_zero);
  g_test_add_func ("/robust/outside-range", test_outside_range);
  g_test_add_func ("/robust/too-large", test_too_large);
  g_test_add_func ("/robust/odd-links", test_odd_links);
  return g_test_run ();
}
