/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/sane.h"

/* Problems without a good answer: the fit says so, keeps what can be known, and never ends the program. */

/* ---- components that the data does not have ---- */

static void
test_zero_area (void)
{
  guint zero = 0;
  for (guint64 seed = 1; seed <= 8; seed++) {
    g_autoptr (XpsFitData) data = one_peak (seed);
    g_autoptr (XpsModel) model = made_model ("{'parameters':[" PEAK ("1", "162", "5000") "," PEAK (
        "2", "165", "100") "," WIDTHS "," LINE "],'components':[" VOIGT ("1") "," VOIGT ("2") "]," ON_LINE);
    xps_model_get_parameter (model, "c2")->min = 164.9;
    xps_model_get_parameter (model, "c2")->max = 165.1;
    g_autoptr (XpsResult) result = fit (model, data, XPS_WEIGHTS_COUNTS);
    g_assert_true (result->converged);
    if (oracle_find_parameter (result, "a2")->quantity.value > 0)
      continue; /* a bump of the noise */
    zero++;
    g_assert_cmpint (oracle_find_parameter (result, "a2")->status, ==, XPS_STATUS_AT_MIN);
    g_assert_true (isnan (oracle_find_parameter (result, "c2")->quantity.error));
    g_assert_true (is_named (result, "undetermined", "c2") || is_named (result, "at-bound", "c2"));
    g_assert_true (isnan (xps_result_find_component (result, 0, "v2")->fraction.error));
    g_assert_cmpfloat (xps_result_find_component (result, 0, "v2")->fraction.value, ==, 0);
    compare_one (result, data);
  }
  g_assert_cmpuint (zero, >=, 2);
}

static void
test_outside (void)
{
  g_autoptr (XpsFitData) data = one_peak (3);
  g_autoptr (XpsModel) model = made_model ("{'parameters':[" PEAK (
      "1", "162", "5000") ",{'name':'c2','value':900},{'name':'a2','value':100,'min':0},"
                          "{'name':'w2','value':1,'min':0.1}," WIDTHS "," LINE
                          "],'components':[" VOIGT ("1") ",{'name':'far','type':'gauss','params':{'center':'"
                                                         "c2','area':'a2','fwhm':'w2'}}]," ON_LINE);
  g_autoptr (XpsResult) result = fit (model, data, XPS_WEIGHTS_COUNTS);
  g_assert_true (result->converged);
  static const char *const far[] = {"c2", "a2", "w2"};
  for (guint i = 0; i < 3; i++)
    g_assert_true (is_named (result, "undetermined", far[i]));
  g_assert_true (isnan (xps_result_find_component (result, 0, "v1")->fraction.error));
  compare_one (result, data);
}

/* ---- exact trade-offs ---- */

static void
test_identical (void)
{
  g_autoptr (XpsFitData) data = one_peak (4);
  g_autoptr (XpsModel) model = made_model ("{'parameters':[" PEAK (
      "1", "162", "6000") ",{'name':'a1b','value':3000,'min':0},{'name':'all','of':'a1',"
                          "'terms':[{'of':'a1b'}]}," WIDTHS "," LINE "],'components':[" VOIGT (
                              "1") ",{'name':'twin','type':'voigt','params':{'center':'c1','area':'a1b','"
                                   "fwhm_g':'wg','fwhm_l':'wl'}}]," ON_LINE);
  g_autoptr (XpsModel) single = made_model (ONE);
  g_autoptr (XpsResult) result = fit (model, data, XPS_WEIGHTS_COUNTS);
  g_autoptr (XpsResult) one = fit (single, data, XPS_WEIGHTS_COUNTS);
  g_assert_true (result->converged);
  test_assert_close (result->chi2, one->chi2, 1e-6 * one->chi2);
  g_assert_cmpfloat (result->dof, ==, one->dof);
  if (oracle_find_parameter (result, "a1")->status == XPS_STATUS_FREE &&
      oracle_find_parameter (result, "a1b")->status == XPS_STATUS_FREE) {
    g_assert_true (is_named (result, "singular", "a1"));
    g_assert_true (is_named (result, "singular", "a1b"));
    g_assert_false (is_named (result, "singular", "c1"));
    g_assert_true (isnan (oracle_find_parameter (result, "a1")->quantity.error));
    g_assert_true (isnan (oracle_find_parameter (result, "a1b")->quantity.error));
    g_assert_true (isinf (xps_covariance_get_condition (result->covariance)));
    g_assert_cmpuint (xps_covariance_get_n_trades (result->covariance), ==, 1);
  }
  static const char *const names[] = {"c1", "wg", "wl", "b0", "b1"};
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    compare (result, one, names[i], 1e-3);
  /* Their sum is as well known as the area of the one peak that they are. */
  const XpsQuantity all = oracle_find_parameter (result, "all")->quantity,
                    area = oracle_find_parameter (one, "a1")->quantity;
  test_assert_close (all.value, area.value, 1e-3 * area.error);
  test_assert_close (all.error, area.error, 1e-4 * area.error);
}

/* Positions and widths of their own, but the same start: nothing ever tells them apart. */
static void
test_twins (void)
{
  g_autoptr (XpsFitData) data = one_peak (5);
  g_autoptr (XpsModel) model = made_model ("{'parameters':[" PEAK ("1", "161.8", "3000") "," PEAK (
      "2", "161.8", "3000") "," WIDTHS "," LINE "],'components':[" VOIGT ("1") "," VOIGT ("2") "]," ON_LINE);
  for (guint weights = XPS_WEIGHTS_COUNTS; weights <= XPS_WEIGHTS_POISSON; weights++) {
    g_autoptr (XpsResult) result = weights != XPS_WEIGHTS_SIGMA ? fit (model, data, weights) : NULL;
    if (result == NULL)
      continue;
    g_test_message ("%s: %s, %" G_GSIZE_FORMAT " evaluations, %.6g", xps_weights_to_text (weights),
                    xps_stop_to_text (result->stop), result->evaluations, result->objective);
    g_assert_true (result->converged);
    const double a1 = oracle_find_parameter (result, "a1")->quantity.value,
                 a2 = oracle_find_parameter (result, "a2")->quantity.value;
    test_assert_close (a1 + a2, 6000, 300);
  }
}

/* A constant twice: two polynomials, of which only the sum is there; and a slope that an exponential's rate
 * of zero gives too. */
static void
test_two_constants (void)
{
  g_autoptr (XpsFitData) data = one_peak (6);
  g_autoptr (XpsModel) model = made_model ("{'parameters':[" PEAK (
      "1", "162", "6000") "," WIDTHS "," LINE
                          ",{'name':'e','value':10}],'components':[" VOIGT (
                              "1") "],'background':[{'type':'poly','coeffs':['b0','b1'],'x_ref':163},{'type':"
                                   "'poly','coeffs':['e'],'x_ref':0}]}");
  g_autoptr (XpsResult) result = fit (model, data, XPS_WEIGHTS_COUNTS);
  g_autoptr (XpsModel) single = made_model (ONE);
  g_autoptr (XpsResult) one = fit (single, data, XPS_WEIGHTS_COUNTS);
  g_assert_true (result->converged);
  g_assert_true (is_named (result, "singular", "b0"));
  g_assert_true (is_named (result, "singular", "e"));
  g_assert_false (is_named (result, "singular", "b1"));
  static const char *const names[] = {"c1", "a1", "wg", "wl", "b1"};
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    compare (result, one, names[i], 1e-3);
}

/* A joint fit in which one spectrum alone is ill posed: the other keeps its errors; and a shared parameter
 * that trades off against locals of both. */
static void
test_joint_trade (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model ("{'parameters':[" PEAK ("1", "162", "6000") "," PEAK (
      "2", "162",
      "6000") "," WIDTHS ",{'name':'p','value':100},{'name':'q','value':150},{'name':'r','value':250},{'name'"
              ":'s','value':1},"
              "{'name':'x2','of':'c2','terms':[{'of':'s'}]}],'spectra':[{'id':'A','components':[" VOIGT (
                  "1") "],'background':[{'type':'poly','coeffs':['p'],'x_ref':0},{'type':'poly','coeffs':['q'"
                       "],'x_ref':0}]},"
                       "{'id':'B','components':[{'name':'v2','type':'voigt','params':{'center':'x2','area':'"
                       "a2','fwhm_g':'wg',"
                       "'fwhm_l':'wl'}}],'background':[{'type':'poly','coeffs':['r'],'x_ref':0}]}]}");
  g_autoptr (XpsFitData) a = one_peak (7), b = one_peak (8);
  XpsFitData *const data[] = {a, b};
  g_autoptr (XpsResult) result = xps_fit (model, data, 2, XPS_WEIGHTS_COUNTS, NULL, &error);
  g_assert_no_error (error);
  check_sane (result);
  g_assert_true (result->converged);
  g_assert_cmpuint (xps_covariance_get_n_trades (result->covariance), ==, 2);
  static const char *const lost[] = {"p", "q", "c2", "s"}, *const kept[] = {"c1", "a1", "a2", "wg",
                                                                            "wl", "r",  "x2"};
  for (gsize i = 0; i < G_N_ELEMENTS (lost); i++)
    g_assert_true (isnan (oracle_find_parameter (result, lost[i])->quantity.error));
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    g_assert_cmpfloat (oracle_find_parameter (result, kept[i])->quantity.error, >, 0);
}

/* The offset between two spectra, when nothing else pins either: a shared parameter takes part. */
static void
test_shared_trade (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model (
      "{'parameters':[{'name':'s','value':80,'min':-1000,'max':1000},{'name':'l1','value':82},{'name':'l2','"
      "value':82},"
      "{'name':'a1','value':6000,'min':0},{'name':'a2','value':6000,'min':0}," WIDTHS
      ",{'name':'b','value':250},"
      "{'name':'c1','of':'s','terms':[{'of':'l1'}]},{'name':'c2','of':'s','terms':[{'of':'l2'}]}],"
      "'spectra':[{'components':[" VOIGT (
          "1") "],'background':[{'type':'poly','coeffs':['b'],'x_ref':0}]},"
               "{'components':[" VOIGT ("2") "],'background':[{'type':'poly','coeffs':['b'],'x_ref':0}]}]}");
  g_autoptr (XpsFitData) a = one_peak (7), b = one_peak (8);
  XpsFitData *const data[] = {a, b};
  g_autoptr (XpsResult) result = xps_fit (model, data, 2, XPS_WEIGHTS_COUNTS, NULL, &error);
  g_assert_no_error (error);
  check_sane (result);
  g_assert_true (result->converged);
  g_assert_true (is_named (result, "singular", "s"));
  g_assert_true (is_named (result, "singular", "l1"));
  g_assert_true (is_named (result, "singular", "l2"));
  g_assert_cmpfloat (oracle_find_parameter (result, "c1")->quantity.error, >, 0);
  test_assert_close (oracle_find_parameter (result, "c1")->quantity.value, 162, 0.02);
}

/* A width that is the sum of two unknowns cannot be kept positive: the shape is drawn at the end of its
 * range, and the result says so. */
static void
test_sum_out_of_range (void)
{
  g_autoptr (XpsFitData) data = one_peak (9);
  data->intensity[46] = 1e12; /* at 159.3 eV */
  g_autoptr (XpsModel) model =
      made_model ("{'parameters':[{'name':'u','value':0.05},{'name':'v','value':0.01,'min':-100,'max':0.02},"
                  "{'name':'x','of':'u','terms':[{'of':'v'}]},{'name':'c2','value':159.3,'vary':false},"
                  "{'name':'a2','value':5000,'vary':false}," LINE "],"
                  "'components':[{'name':'spike','type':'gauss','params':{'center':'c2','area':'a2','fwhm':'"
                  "x'}}]," ON_LINE);
  g_autoptr (XpsResult) result = fit (model, data, XPS_WEIGHTS_COUNTS);
  g_assert_cmpfloat (oracle_find_parameter (result, "x")->quantity.value, <, 1e-4);
  g_assert_true (is_named (result, "outside-range", "x"));
}

/* ---- anything ---- */

static double
between (XpsRandom *random, double low, double high)
{
  return low + (high - low) * xps_random_uniform (random);
}

static const char *
random_parameter (XpsModel *model, XpsRandom *random, double low, double high)
{
  const guint n = model->parameters->len;
  if (n > 0 && xps_random_uniform (random) < 0.15)
    return ((XpsParameter *)model->parameters->pdata[xps_random_next (random) % n])->name;
  g_autofree char *name = g_strdup_printf ("p%u", n);
  const double value = between (random, low, high), draw = xps_random_uniform (random);
  XpsParameter *p = NULL;
  if (n > 0 && draw < 0.15) {
    const XpsParameter *of = model->parameters->pdata[xps_random_next (random) % n];
    p = xps_model_add_link (model, name, of->name, between (random, -2, 2), value);
    if (draw < 0.05)
      xps_parameter_add_term (
          p, ((XpsParameter *)model->parameters->pdata[xps_random_next (random) % n])->name, 0.5);
  } else {
    const double min = draw < 0.6 ? low : -INFINITY, max = draw > 0.4 && draw < 0.8 ? high : INFINITY;
    p = xps_model_add_parameter (model, name, value, min, max);
    p->kind = draw > 0.93 ? XPS_PARAMETER_FIXED : XPS_PARAMETER_FREE;
  }
  return p->name;
}

static void
add_random_component (XpsModel *model, XpsModelPart *part, XpsRandom *random)
{
  size_t n;
  const XpsShape *shapes = xps_shapes_get (&n), *shape = &shapes[xps_random_next (random) % n];
  g_autofree char *name = g_strdup_printf ("c%u", part->components->len);
  XpsComponent *component = xps_model_part_add_component (part, name, shape);
  for (gsize k = 0; k < shape->n_roles; k++) {
    const XpsShapeRole *role = &shape->roles[k];
    const double low = role->kind == XPS_ROLE_POSITION    ? 155
                       : role->kind == XPS_ROLE_INTENSITY ? -10
                                                          : role->min,
                 high = role->kind == XPS_ROLE_POSITION    ? 170
                        : role->kind == XPS_ROLE_INTENSITY ? 5000
                        : role->kind == XPS_ROLE_WIDTH     ? 3
                                                           : fmin (role->max, role->min + 40);
    xps_component_set_role (component, role->id, random_parameter (model, random, low, high));
  }
}

static void
add_random_background (XpsModel *model, XpsModelPart *part, XpsRandom *random)
{
  size_t n;
  const XpsBackground *rows = xps_backgrounds_get (&n), *row = &rows[xps_random_next (random) % n];
  XpsModelBackground *background = xps_model_part_add_background (part, row);
  for (gsize k = 0; k < row->n_roles; k++) {
    const guint wanted = row->per_component ? part->components->len : row->roles[k].list ? 3 : 1;
    for (guint j = 0; j < wanted; j++)
      xps_model_background_add_parameter (background, row->roles[k].id,
                                          random_parameter (model, random, fmax (row->roles[k].min, -1), 1));
  }
  for (gsize k = 0; k < row->n_settings; k++) {
    if (row->settings[k].kind == XPS_SETTING_LIST)
      xps_model_background_set_list (background, (int)k, (const double[]){158, 161, 166}, 3);
    else if (isnan (row->settings[k].usual))
      background->settings.number[k] = 160;
  }
}

/* Two hundred models thrown together from the tables on noise of some kind: each a refusal or a sane result.
 */
static void
test_anything (void)
{
  guint fitted = 0, converged = 0;
  for (guint64 seed = 1; seed <= 300; seed++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsModel) model = xps_model_new ();
    XpsRandom random;
    xps_random_init (&random, seed);
    for (guint i = (guint)(xps_random_next (&random) % 5); i > 0; i--)
      add_random_component (model, model->parts->pdata[0], &random);
    for (guint i = (guint)(xps_random_next (&random) % 3); i > 0; i--)
      add_random_background (model, model->parts->pdata[0], &random);
    g_autoptr (XpsFitData) data = one_peak (seed);
    const XpsWeights weights[] = {XPS_WEIGHTS_COUNTS, XPS_WEIGHTS_UNIFORM, XPS_WEIGHTS_POISSON};
    const XpsFitOptions options = {.max_evaluations = 60};
    g_autoptr (XpsResult) result = xps_fit (model, &data, 1, weights[seed % 3], &options, &error);
    if (result == NULL) {
      g_assert_nonnull (error);
      continue;
    }
    fitted++;
    converged += result->converged;
    check_sane (result);
  }
  g_test_message ("%u of 300 could be posed, %u converged within 60 evaluations", fitted, converged);
  g_assert_cmpuint (fitted, >, 80);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/singular/zero-area", test_zero_area);
  g_test_add_func ("/singular/outside", test_outside);
  g_test_add_func ("/singular/identical", test_identical);
  g_test_add_func ("/singular/twins", test_twins);
  g_test_add_func ("/singular/two-constants", test_two_constants);
  g_test_add_func ("/singular/joint-trade", test_joint_trade);
  g_test_add_func ("/singular/shared-trade", test_shared_trade);
  g_test_add_func ("/singular/sum-out-of-range", test_sum_out_of_range);
  g_test_add_func ("/singular/anything", test_anything);
  return g_test_run ();
}
