/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/made.h"

/* The engine against what must hold whatever the data: links to the last bit at every step, no dependence on
 * direction, axis or unit, starts that can be repeated. */

/* Two S 2p doublets with a chain of links, a link to a sum, a link to something fixed, one that nothing uses,
 * and a mixed shape that shares an area. */
#define LINKED                                                                                               \
  "{'parameters':["                                                                                          \
  "{'name':'c','value':161.6,'min':160,'max':163},{'name':'a','value':9000,'min':0},"                        \
  "{'name':'wg','value':0.5,'min':0.1,'max':2},{'name':'wl','value':0.2,'min':0,'max':2},"                   \
  "{'name':'so','value':1.18,'vary':false},{'name':'d','value':1.4,'min':0.5,'max':3},"                      \
  "{'name':'c2','of':'c','terms':[{'of':'so'}]},"                                                            \
  "{'name':'a2','of':'a','coef':0.511,'const':3},{'name':'a3','of':'a2','coef':0.3333333333333333},"         \
  "{'name':'c3','of':'c2','terms':[{'of':'d','coef':1},{'of':'so','coef':-1}]},"                             \
  "{'name':'w3','of':'wg','coef':1.7,'const':0.01},{'name':'unused','of':'a3','coef':7,'const':-1},"         \
  "{'name':'b0','value':300},{'name':'b1','of':'b0','coef':0.013}],"                                         \
  "'components':["                                                                                           \
  "{'name':'x','type':'voigt','params':{'center':'c','area':'a','fwhm_g':'wg','fwhm_l':'wl'}},"              \
  "{'name':'y','type':'voigt','params':{'center':'c2','area':'a2','fwhm_g':'wg','fwhm_l':'wl'}},"            \
  "{'name':'z','type':'gauss','params':{'center':'c3','area':'a3','fwhm':'w3'}}],"                           \
  "'background':[{'type':'poly','coeffs':['b0','b1'],'x_ref':163}]}"

static void
assert_links_hold (const XpsModel *model, const double *values)
{
  for (guint i = 0; i < model->parameters->len; i++) {
    const XpsParameter *p = model->parameters->pdata[i];
    if (p->kind != XPS_PARAMETER_LINKED)
      continue;
    double sum = p->constant;
    for (guint k = 0; k < p->terms->len; k++) {
      const XpsLinkTerm *term = p->terms->pdata[k];
      sum += term->coef * values[xps_model_find_parameter (model, term->of)];
    }
    if (sum != values[i]) /* no tolerance: the same operations in the same order */
      g_error ("%s = %.17g, its link gives %.17g", p->name, values[i], sum);
  }
}

typedef struct {
  const XpsModel *model;
  XpsEngine *engine;
  guint steps, stop_after;
} Watch;

static gboolean
watch (gsize evaluations, double objective, gpointer data)
{
  Watch *self = data;
  assert_links_hold (self->model, xps_engine_get_values (self->engine));
  self->steps++;
  return self->stop_after == 0 || self->steps < self->stop_after;
}

static void
shift_starts (XpsModel *model)
{
  xps_model_get_parameter (model, "c")->value = 161.2;
  xps_model_get_parameter (model, "wg")->value = 0.9;
  xps_model_get_parameter (model, "wl")->value = 0.4;
  xps_model_get_parameter (model, "d")->value = 1.9;
  xps_model_get_parameter (model, "a")->value = 100;
}

static void
test_links (gconstpointer weights)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model (LINKED);
  g_autoptr (XpsFitData) grid = made_grid (156, 0.05, 281);
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 5);
  shift_starts (model);
  g_autoptr (XpsProblem) problem =
      xps_problem_new (model, &data, 1, (XpsWeights)GPOINTER_TO_INT (weights), &error);
  g_assert_no_error (error);
  g_autoptr (XpsResult) result = NULL; /* owns the problem in the end, so it has to go after the engine */
  g_autoptr (XpsEngine) engine = xps_engine_new (problem);
  Watch seen = {model, engine, 0, 0};
  const XpsFitOptions options = {.progress = watch, .user_data = &seen};
  const XpsOutcome outcome = xps_engine_run (engine, &options, NULL);
  g_assert_cmpint (outcome.stop, ==, XPS_STOP_CONVERGED);
  g_assert_cmpuint (seen.steps, >, 3);
  assert_links_hold (model, xps_engine_get_values (engine));
  result = xps_result_new (g_steal_pointer (&problem), engine, &outcome);
  assert_links_hold (result->model, result->values);
  g_autofree double *again = made_values (result->model); /* the fitted model, its links resolved afresh */
  for (guint i = 0; i < model->parameters->len; i++)
    g_assert_true (again[i] == result->values[i]);
  /* Standard errors of links follow from their roots. */
  const double a = oracle_find_parameter (result, "a")->quantity.error;
  test_assert_close (oracle_find_parameter (result, "a2")->quantity.error, 0.511 * a, 1e-12 * a);
  test_assert_close (oracle_find_parameter (result, "a3")->quantity.error, 0.511 * a / 3, 1e-12 * a);
  test_assert_close (oracle_find_parameter (result, "unused")->quantity.error, 7 * 0.511 * a / 3, 1e-11 * a);
  g_assert_true (isnan (oracle_find_parameter (result, "so")->quantity.error));
  const gsize c = 0, d = 4; /* among the free: c a wg wl d b0 */
  const double variance = xps_covariance_get (result->covariance, c, c) +
                          xps_covariance_get (result->covariance, d, d) +
                          2 * xps_covariance_get (result->covariance, c, d);
  test_assert_close (oracle_find_parameter (result, "c3")->quantity.error, sqrt (variance), 1e-12);
}

/* The area is linked, not the height: unequal widths and a Gaussian beside a Voigt change nothing. */
static void
test_area_links (void)
{
  g_autoptr (XpsModel) model = made_model (LINKED);
  g_autoptr (XpsFitData) grid = made_grid (156, 0.05, 281);
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 8);
  shift_starts (model);
  g_autoptr (XpsResult) result = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  const XpsComponentResult *y = xps_result_find_component (result, 0, "y"),
                           *z = xps_result_find_component (result, 0, "z");
  g_assert_cmpfloat (z->area.value, ==, 0.3333333333333333 * y->area.value);
  test_assert_close (z->area.error, y->area.error / 3, 1e-12 * y->area.error);
  g_assert_cmpfloat (fabs (z->height.value / y->height.value - 1.0 / 3), >, 0.02);
  g_autofree double *curve_y = g_new (double, data->n), *curve_z = g_new (double, data->n),
                    *curve_x = g_new (double, data->n);
  double *const curves[] = {curve_x, curve_y, curve_z};
  xps_problem_get_curves (result->problem, 0, result->values, NULL, NULL, curves);
  double sum = 0;
  for (gsize i = 0; i < data->n; i++)
    sum += 0.05 * curve_z[i];
  /* The Gaussian lies inside the window: its samples add up to its area (spectrally accurate). */
  test_assert_close (sum, z->area.value, 1e-9 * sum);
}

/* A link whose root is driven onto its bound: both stand there exactly, neither has a standard error. */
static void
test_root_on_bound (void)
{
  g_autoptr (XpsModel) model = made_model (LINKED);
  g_autoptr (XpsFitData) grid = made_grid (156, 0.05, 281);
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 5);
  xps_model_get_parameter (model, "wg")->max = 0.3; /* truth: 0.5 */
  xps_model_get_parameter (model, "wg")->value = 0.2;
  g_autoptr (XpsResult) result = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  const XpsParameterResult *wg = oracle_find_parameter (result, "wg"),
                           *w3 = oracle_find_parameter (result, "w3");
  g_assert_true (result->converged);
  g_assert_cmpint (wg->status, ==, XPS_STATUS_AT_MAX);
  g_assert_cmpfloat (wg->quantity.value, ==, 0.3);
  g_assert_true (isnan (wg->quantity.error));
  g_assert_cmpint (w3->status, ==, XPS_STATUS_LINKED);
  g_assert_true (w3->quantity.value == 0.01 + 1.7 * 0.3);
  g_assert_true (isnan (w3->quantity.error));
  g_assert_true (made_has_warning (result, "at-bound"));
  g_assert_true (isfinite (oracle_find_parameter (result, "c")->quantity.error));
}

/* Bounds written at the link hold for the link and stop its root. */
static void
test_bounded_link (void)
{
  g_autoptr (XpsModel) model = made_model (LINKED);
  g_autoptr (XpsFitData) grid = made_grid (156, 0.05, 281);
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 5);
  xps_model_get_parameter (model, "w3")->max = 0.52; /* w3 = 1.7 wg + 0.01, so wg <= 0.3 */
  xps_model_get_parameter (model, "wg")->value = 0.2;
  g_autoptr (XpsResult) result = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  g_assert_true (result->converged);
  test_assert_close (oracle_find_parameter (result, "wg")->quantity.value, 0.3, 1e-15);
  g_assert_cmpint (oracle_find_parameter (result, "wg")->status, ==, XPS_STATUS_AT_MAX);
  test_assert_close (oracle_find_parameter (result, "w3")->quantity.value, 0.52, 1e-15);
  xps_model_get_parameter (model, "c3")->max = 170;
  g_autoptr (GError) error = NULL;
  g_assert_null (xps_problem_new (model, &data, 1, XPS_WEIGHTS_COUNTS, &error));
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, "\"c3\""));
}

/* ---- direction, axis, unit ---- */

static XpsFitData *
through_spectrum (const XpsFitData *data, XpsAxisKind axis, gboolean descending, double per_second)
{
  g_autoptr (GError) error = NULL;
  const gsize n = data->n;
  const double photon_energy = 1486.6;
  XpsSpectrumDraft draft = {.name = g_strdup ("S 2p"), .axis = axis, .n = n};
  draft.energy = g_new (double, n);
  draft.intensity = g_new (double, n);
  draft.unit = per_second > 0 ? XPS_INTENSITY_COUNTS_PER_SECOND : XPS_INTENSITY_COUNTS;
  draft.acquisition = xps_acquisition_new ();
  draft.acquisition->photon_energy = photon_energy;
  if (per_second > 0) {
    draft.acquisition->dwell = per_second / 4;
    draft.acquisition->scans = 4;
    draft.acquisition->summed = TRUE;
  }
  for (gsize i = 0; i < n; i++) {
    const gsize j = descending ? n - 1 - i : i;
    draft.energy[j] = axis == XPS_AXIS_KINETIC ? photon_energy - data->energy[i] : data->energy[i];
    draft.intensity[j] = per_second > 0 ? data->intensity[i] / per_second : data->intensity[i];
  }
  g_autoptr (XpsSpectrum) spectrum = xps_spectrum_new (&draft);
  const XpsEnergyScale scale = xps_energy_scale_from_spectrum (spectrum);
  XpsFitData *out = xps_fit_data_new (spectrum, &scale, NAN, NAN, &error);
  g_assert_no_error (error);
  return out;
}

static XpsResult *
fit_as (const XpsModel *model, const XpsFitData *data, XpsAxisKind axis, gboolean descending,
        double per_second)
{
  g_autoptr (XpsFitData) own = through_spectrum (data, axis, descending, per_second);
  return made_fit (model, own, XPS_WEIGHTS_COUNTS);
}

static void
assert_same_fit (const XpsResult *a, const XpsResult *b, double pulls)
{
  test_assert_close (a->chi2, b->chi2, 1e-9 * b->chi2);
  for (guint i = 0; i < a->parameters->len; i++) {
    const XpsQuantity p = g_array_index (a->parameters, XpsParameterResult, i).quantity,
                      q = g_array_index (b->parameters, XpsParameterResult, i).quantity;
    test_assert_close (p.value, q.value, isfinite (q.error) ? pulls * q.error : 0);
    if (isfinite (q.error))
      test_assert_close (p.error, q.error, 1e-6 * q.error);
  }
}

static void
test_direction (void)
{
  g_autoptr (XpsModel) model = made_model (LINKED);
  g_autoptr (XpsFitData) grid = made_grid (156, 0.05, 281);
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 3);
  shift_starts (model);
  g_autoptr (XpsResult) plain = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  g_autoptr (XpsResult) up = fit_as (model, data, XPS_AXIS_BINDING, FALSE, 0);
  g_autoptr (XpsResult) down = fit_as (model, data, XPS_AXIS_BINDING, TRUE, 0);
  g_autoptr (XpsResult) kinetic = fit_as (model, data, XPS_AXIS_KINETIC, FALSE, 0);
  g_autoptr (XpsResult) kinetic_down = fit_as (model, data, XPS_AXIS_KINETIC, TRUE, 0);
  assert_same_fit (up, plain, 0); /* the same numbers: the same bits */
  assert_same_fit (down, plain, 0);
  assert_same_fit (kinetic, plain, 1e-6); /* hv - (hv - E) rounds */
  assert_same_fit (kinetic_down, kinetic, 0);
}

/* Counts per second with dwell and scans carry the noise of the counts behind them. */
static void
test_rates (void)
{
  const double seconds = 1.6;
  g_autoptr (XpsModel) model = made_model (LINKED);
  g_autoptr (XpsFitData) grid = made_grid (156, 0.05, 281);
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 3);
  g_autoptr (XpsResult) counts = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  /* Everything in the model that is an intensity is divided; the constant of the link a2 too. */
  xps_model_get_parameter (model, "a2")->constant /= seconds;
  xps_model_get_parameter (model, "unused")->constant /= seconds;
  for (guint poisson = 0; poisson < 2; poisson++) {
    g_autoptr (XpsFitData) rates = through_spectrum (data, XPS_AXIS_BINDING, FALSE, seconds);
    g_autoptr (XpsResult) reference = NULL,
                          result =
                              made_fit (model, rates, poisson ? XPS_WEIGHTS_POISSON : XPS_WEIGHTS_COUNTS);
    xps_model_get_parameter (model, "a2")->constant = 3;
    reference = made_fit (model, data, poisson ? XPS_WEIGHTS_POISSON : XPS_WEIGHTS_COUNTS);
    xps_model_get_parameter (model, "a2")->constant = 3 / seconds;
    test_assert_close (result->objective, reference->objective, 1e-9 * reference->objective);
    const XpsQuantity a = oracle_find_parameter (result, "a")->quantity,
                      b = oracle_find_parameter (reference, "a")->quantity;
    test_assert_close (a.value * seconds, b.value, 1e-5 * b.error);
    test_assert_close (a.error * seconds, b.error, 1e-5 * b.error);
    const XpsQuantity c = oracle_find_parameter (result, "c")->quantity,
                      d = oracle_find_parameter (reference, "c")->quantity;
    test_assert_close (c.value, d.value, 1e-5 * d.error);
    test_assert_close (c.error, d.error, 1e-5 * d.error);
  }
}

static XpsResult *
fit_scaled (const XpsFitData *data, double factor)
{
  g_autoptr (XpsModel) model = made_model (LINKED);
  g_autofree double *y = g_new (double, data->n), *sigma = g_new (double, data->n);
  for (gsize i = 0; i < data->n; i++) {
    y[i] = factor * data->intensity[i];
    sigma[i] = factor * sqrt (fmax (data->intensity[i], 1));
  }
  g_autoptr (XpsFitData) scaled =
      xps_fit_data_new_arrays (data->n, data->energy, y, sigma, NULL, XPS_INTENSITY_UNKNOWN, NAN);
  xps_model_get_parameter (model, "a")->value *= factor;
  xps_model_get_parameter (model, "a2")->constant *= factor;
  xps_model_get_parameter (model, "b0")->value *= factor;
  return made_fit (model, scaled, XPS_WEIGHTS_SIGMA);
}

/* Counts, counts per second, normalised, in amperes: the fit is the same. */
static void
test_scale (void)
{
  const double factors[] = {1e6, 1e-6, 1e-20, 1e12};
  g_autoptr (XpsModel) model = made_model (LINKED);
  g_autoptr (XpsFitData) grid = made_grid (156, 0.05, 281);
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 4);
  g_autoptr (XpsResult) one = fit_scaled (data, 1);
  for (guint k = 0; k < G_N_ELEMENTS (factors); k++) {
    const double factor = factors[k];
    g_autoptr (XpsResult) scaled = fit_scaled (data, factor);
    g_assert_true (scaled->converged);
    test_assert_close (scaled->chi2, one->chi2, 1e-9 * one->chi2);
    for (guint i = 0; i < one->parameters->len; i++) {
      const XpsParameterResult *p = &g_array_index (scaled->parameters, XpsParameterResult, i),
                               *q = &g_array_index (one->parameters, XpsParameterResult, i);
      if (!isfinite (q->quantity.error) || strcmp (p->name, "unused") == 0)
        continue;
      const double f = strchr ("ab", p->name[0]) != NULL ? factor : 1;
      test_assert_close (p->quantity.value / f, q->quantity.value, 1e-5 * q->quantity.error);
      test_assert_close (p->quantity.error / f, q->quantity.error, 1e-5 * q->quantity.error);
    }
    const XpsComponentResult *x = xps_result_find_component (scaled, 0, "x"),
                             *x1 = xps_result_find_component (one, 0, "x");
    test_assert_close (x->height.error / factor, x1->height.error, 1e-4 * x1->height.error);
    test_assert_close (x->fwhm.error, x1->fwhm.error, 1e-4 * x1->fwhm.error);
    test_assert_close (x->fraction.error, x1->fraction.error, 1e-4 * x1->fraction.error);
    g_assert_cmpuint (scaled->warnings->len, ==, one->warnings->len);
  }
}

/* ---- stops and starts ---- */

static void
test_cancel (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model (LINKED);
  g_autoptr (XpsFitData) grid = made_grid (156, 0.05, 281);
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 5);
  shift_starts (model);
  g_autoptr (XpsProblem) problem = xps_problem_new (model, &data, 1, XPS_WEIGHTS_COUNTS, &error);
  g_autoptr (XpsResult) result = NULL; /* owns the problem in the end, so it has to go after the engine */
  g_autoptr (XpsEngine) engine = xps_engine_new (problem);
  Watch seen = {model, engine, 0, 2};
  const XpsFitOptions options = {.progress = watch, .user_data = &seen};
  const XpsOutcome outcome = xps_engine_run (engine, &options, NULL);
  g_assert_cmpint (outcome.stop, ==, XPS_STOP_CANCELLED);
  g_assert_cmpuint (seen.steps, ==, 2);
  result = xps_result_new (g_steal_pointer (&problem), engine, &outcome);
  g_assert_false (result->converged);
  g_assert_true (made_has_warning (result, "not-converged"));
}

static void
test_limit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_model (LINKED);
  g_autoptr (XpsFitData) grid = made_grid (156, 0.05, 281);
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 5);
  shift_starts (model);
  for (gsize limit = 1; limit < 5; limit++) {
    const XpsFitOptions options = {.max_evaluations = limit};
    g_autoptr (XpsResult) result = xps_fit (model, &data, 1, XPS_WEIGHTS_COUNTS, &options, &error);
    g_assert_no_error (error);
    g_assert_false (result->converged);
    g_assert_cmpint (result->stop, ==, XPS_STOP_EVALUATIONS);
    g_assert_cmpuint (result->evaluations, <=, limit + 1); /* and one to finish at full precision */
    assert_links_hold (model, result->values);
    g_autoptr (JsonNode) node = made_result_json (result);
    g_assert_false (json_object_get_boolean_member (json_node_get_object (node), "converged"));
  }
}

static XpsResult *
many_starts (const XpsModel *model, XpsFitData *data, guint n, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  const XpsMultistart starts = {n, seed};
  XpsResult *result = xps_fit_from_starts (model, &data, 1, XPS_WEIGHTS_COUNTS, NULL, NULL, &starts, &error);
  g_assert_no_error (error);
  return result;
}

/* Cl 2p from a start in which the two chlorines have changed places: one fit ends in the swapped minimum,
 * many starts find the true one, and the same seed the same way. */
static void
test_multistart (void)
{
  g_auto (OracleProblem) problem = {0};
  if (!oracle_problem_read ("p09_cl2p", &problem))
    return;
  JsonObject *known = json_object_get_object_member (problem.document, "known_local_minimum");
  const double reference =
      json_object_get_double_member (json_object_get_object_member (problem.document, "reference"), "chi2");
  g_assert_nonnull (known);
  XpsParameter *a = xps_model_get_parameter (problem.model, "licl_c"),
               *b = xps_model_get_parameter (problem.model, "arg_c");
  g_assert_nonnull (a);
  g_assert_nonnull (b);
  const double swap = a->value;
  a->value = fmin (fmax (b->value, a->min), a->max);
  b->value = fmin (fmax (swap, b->min), b->max);
  g_autoptr (XpsResult) one = many_starts (problem.model, problem.data, 1, 1);
  g_autoptr (XpsResult) many = many_starts (problem.model, problem.data, 20, 1);
  g_autoptr (XpsResult) again = many_starts (problem.model, problem.data, 20, 1);
  g_autoptr (XpsResult) other = many_starts (problem.model, problem.data, 20, 2);
  g_test_message ("one start: %.6f, twenty: %.6f, reference %.6f", one->chi2, many->chi2, reference);
  g_assert_cmpfloat (one->chi2, >, reference + 1); /* else this test shows nothing */
  test_assert_close (many->chi2, reference, 1e-9 * reference);
  test_assert_close (other->chi2, reference, 1e-9 * reference);
  g_assert_cmpuint (many->starts->len, ==, 20);
  g_assert_cmpmem (many->starts->data, 20 * sizeof (double), again->starts->data, 20 * sizeof (double));
  g_assert_cmpfloat (g_array_index (many->starts, double, 0), ==, one->objective);
  g_assert_true (memcmp (many->starts->data, other->starts->data, 20 * sizeof (double)) != 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/engine/links/counts", GINT_TO_POINTER (XPS_WEIGHTS_COUNTS), test_links);
  g_test_add_data_func ("/engine/links/uniform", GINT_TO_POINTER (XPS_WEIGHTS_UNIFORM), test_links);
  g_test_add_data_func ("/engine/links/poisson", GINT_TO_POINTER (XPS_WEIGHTS_POISSON), test_links);
  g_test_add_func ("/engine/links/area", test_area_links);
  g_test_add_func ("/engine/links/root-on-bound", test_root_on_bound);
  g_test_add_func ("/engine/links/bounded", test_bounded_link);
  g_test_add_func ("/engine/direction", test_direction);
  g_test_add_func ("/engine/rates", test_rates);
  g_test_add_func ("/engine/scale", test_scale);
  g_test_add_func ("/engine/cancel", test_cancel);
  g_test_add_func ("/engine/limit", test_limit);
  g_test_add_func ("/engine/multistart", test_multistart);
  return g_test_run ();
}
