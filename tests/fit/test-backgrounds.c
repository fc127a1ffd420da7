/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/made.h"

#include "fit/edit.h"

/* Backgrounds inside a fit: static ones are the same as subtracting beforehand, fitted ones come back from
 * data made with them, rows that say the same thing in two ways give the same fit. */

#define PEAKS                                                                                                \
  "{'name':'c1','value':284.8},{'name':'a1','value':12000,'min':0},{'name':'c2','value':286.5},"             \
  "{'name':'a2','value':5000,'min':0},{'name':'wg','value':0.9,'min':0.1},{'name':'wl','value':0.3,'min':0}"
#define COMPONENTS                                                                                           \
  "'components':["                                                                                           \
  "{'name':'x','type':'voigt','params':{'center':'c1','area':'a1','fwhm_g':'wg','fwhm_l':'wl'}},"            \
  "{'name':'y','type':'voigt','params':{'center':'c2','area':'a2','fwhm_g':'wg','fwhm_l':'wl'}}]"

static XpsModel *
peaks_on (const char *parameters, const char *backgrounds)
{
  g_autofree char *text = g_strdup_printf ("{'parameters':[" PEAKS ",%s]," COMPONENTS ",'background':[%s]}",
                                           parameters, backgrounds);
  return made_model (text);
}

static XpsFitData *
window (const XpsModel *model, guint64 seed)
{
  g_autoptr (XpsFitData) grid = made_grid (276, 0.06, 351);
  return made_data (model, 0, &grid, seed);
}

static void
compare (const XpsResult *a, const XpsResult *b, double pulls)
{
  for (guint i = 0; i < a->parameters->len; i++) {
    const XpsParameterResult *p = &g_array_index (a->parameters, XpsParameterResult, i);
    if (xps_model_find_parameter (b->model, p->name) < 0)
      continue;
    const XpsQuantity q = oracle_find_parameter (b, p->name)->quantity;
    if (isnan (q.error)) {
      g_assert_cmpfloat (p->quantity.value, ==, q.value);
      continue;
    }
    if (!(fabs (p->quantity.value - q.value) <= pulls * q.error))
      g_error ("%s: %.12g and %.12g, error %.3g", p->name, p->quantity.value, q.value, q.error);
    test_assert_close (p->quantity.error, q.error, 1e-5 * q.error);
  }
}

/* ---- static ---- */

static const char *const statics[] = {
    "{'type':'shirley','average':5}", "{'type':'linear_static','average':5}",
    "{'type':'tougaard','average':5}",
    "{'type':'spline_static','anchors':[277,279,281,293,295,296.5],'average':3}"};

/* Solved inside the fit, or handed over as a column: the same fit, weights from the raw counts both times. */
static void
test_static (gconstpointer background)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) truth =
      peaks_on ("{'name':'k','value':0.012},{'name':'b','value':350}",
                "{'type':'active_shirley','k':'k'},{'type':'poly','coeffs':['b'],'x_ref':285}");
  g_autoptr (XpsFitData) data = window (truth, 31);
  g_autoptr (XpsModel) inside = peaks_on ("{'name':'u','value':0,'vary':false}", background),
                       outside = peaks_on ("{'name':'u','value':0,'vary':false}", "");
  g_autoptr (XpsResult) first = made_fit (inside, data, XPS_WEIGHTS_COUNTS);
  g_assert_true (first->converged);
  const XpsCertificate *certificate = xps_problem_get_certificate (first->problem, 0, 0);
  g_assert_nonnull (certificate);
  g_assert_true (certificate->solved);
  g_autofree double *curve = g_new (double, data->n);
  xps_problem_get_curves (first->problem, 0, first->values, NULL, curve, NULL);
  g_autoptr (XpsFitData) apart =
      xps_fit_data_new_arrays (data->n, data->energy, data->intensity, NULL, curve, XPS_INTENSITY_COUNTS, 1);
  g_autoptr (XpsResult) second = made_fit (outside, apart, XPS_WEIGHTS_COUNTS);
  compare (first, second, 1e-6);
  test_assert_close (first->chi2, second->chi2, 1e-9 * first->chi2);
  g_assert_true (made_has_warning (first, "static-background"));
  g_assert_true (made_has_warning (second, "static-background"));
  g_autofree double *sigma = g_new (double, data->n);
  xps_problem_get_sigma (second->problem, 0, second->values, sigma);
  for (gsize i = 0; i < data->n; i++)
    test_assert_close (sigma[i], sqrt (fmax (data->intensity[i], 1)), 1e-12 * sigma[i]);
}

/* Chosen on top of a background that came with the data, a static one is solved on what that leaves: a line
 * through the ends of counts whose own line was taken off is nothing, and not the line a second time. */
static void
test_static_on_known (void)
{
  g_autoptr (XpsModel) truth = peaks_on ("{'name':'b','value':350},{'name':'s','value':12}",
                                         "{'type':'poly','coeffs':['b','s'],'x_ref':285}");
  g_autoptr (XpsFitData) data = window (truth, 7);
  g_autoptr (XpsModel) line = peaks_on ("{'name':'u','value':0,'vary':false}", "{'type':'linear_static'}"),
                       none = peaks_on ("{'name':'u','value':0,'vary':false}", "");
  g_autoptr (XpsResult) first = made_fit (line, data, XPS_WEIGHTS_COUNTS);
  g_autofree double *curve = g_new (double, data->n);
  xps_problem_get_curves (first->problem, 0, first->values, NULL, curve, NULL);
  g_autoptr (XpsFitData) known =
      xps_fit_data_new_arrays (data->n, data->energy, data->intensity, NULL, curve, XPS_INTENSITY_COUNTS, 1);
  g_autoptr (XpsResult) alone = made_fit (none, known, XPS_WEIGHTS_COUNTS),
                        both = made_fit (line, known, XPS_WEIGHTS_COUNTS);
  compare (both, alone, 1e-6);
  compare (both, first, 1e-6);
}

/* The recipe of problem p07 (ends averaged over five points) is the oracle's column. */
static void
test_static_oracle (void)
{
  g_auto (OracleProblem) problem = {0};
  if (!oracle_problem_read ("p07_c1s_static_shirley", &problem))
    return;
  g_autoptr (XpsModel) model = xps_model_copy (problem.model);
  XpsModelBackground *background =
      xps_model_part_add_background (model->parts->pdata[0], xps_background_find ("shirley"));
  background->settings.number[xps_background_find_setting (background->type, "average")] = 5;
  g_autoptr (XpsFitData) raw = xps_fit_data_new_arrays (
      problem.data->n, problem.data->energy, problem.data->intensity, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
  g_autoptr (XpsResult) result = made_fit (model, raw, XPS_WEIGHTS_COUNTS);
  g_assert_true (result->converged);
  JsonObject *reference = json_object_get_object_member (problem.document, "reference");
  const double chi2 = json_object_get_double_member (reference, "chi2");
  test_assert_close (result->chi2, chi2, 1e-6 * chi2);
  oracle_compare (result, json_object_get_object_member (reference, "parameters"), 1e-3, 1e-4);
  const XpsCertificate *certificate = xps_problem_get_certificate (result->problem, 0, 0);
  g_assert_cmpfloat (xps_certificate_get (certificate, "residual"), <, 1e-9);
  g_assert_cmpfloat (xps_certificate_get (certificate, "kappa"), >, 0);
  g_autoptr (JsonNode) node = made_result_json (result);
  JsonArray *backgrounds = json_object_get_array_member (json_node_get_object (node), "background");
  JsonObject *written =
      json_object_get_object_member (json_array_get_object_element (backgrounds, 0), "certificate");
  g_assert_true (json_object_get_boolean_member (written, "solved"));
  g_assert_cmpfloat (json_object_get_double_member (written, "kappa"), ==,
                     xps_certificate_get (certificate, "kappa"));
}

/* Each finding of a certificate is a warning of its own, with a sentence of its own. */
static void
test_static_warnings (void)
{
  g_autoptr (XpsModel) truth = peaks_on ("{'name':'b','value':900},{'name':'s','value':-40}",
                                         "{'type':'poly','coeffs':['b','s'],'x_ref':285}");
  g_autoptr (XpsFitData) data = window (truth, 32);
  g_autoptr (XpsModel) model = peaks_on ("{'name':'u','value':0,'vary':false}", "{'type':'shirley'}");
  g_autoptr (XpsResult) result = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  const XpsCertificate *certificate = xps_problem_get_certificate (result->problem, 0, 0);
  g_assert_cmpuint (certificate->n_warnings, >, 0);
  for (guint i = 0; i < result->warnings->len; i++) {
    const XpsWarning *a = &g_array_index (result->warnings, XpsWarning, i);
    if (g_str_has_prefix (a->code, "background-"))
      g_assert_nonnull (strstr (a->message, xps_certificate_explain (a->code)));
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (a->message, !=, g_array_index (result->warnings, XpsWarning, j).message);
  }
}

/* ---- fitted ---- */

typedef struct {
  const char *name, *parameters, *backgrounds;
} Ground;

#define FLAT "{'type':'poly','coeffs':['b'],'x_ref':285}"
#define B    "{'name':'b','value':350}"

static const Ground grounds[] = {
    {"poly", "{'name':'p','value':400},{'name':'q','value':4},{'name':'r','value':-0.3}",
     "{'type':'poly','coeffs':['p','q','r'],'x_ref':286}"},
    {"linear", "{'name':'p','value':400},{'name':'q','value':4}",
     "{'type':'linear','level':'p','slope':'q','x_ref':286}"},
    {"spline", "{'name':'p','value':400},{'name':'q','value':440},{'name':'r','value':430}",
     "{'type':'spline','values':['p','q','r'],'knots':[276,288,297]}"},
    {"exponential", "{'name':'p','value':300},{'name':'q','value':-0.04}",
     "{'type':'exponential','amp':'p','rate':'q','x_ref':280}"},
    {"active-shirley", B ",{'name':'k','value':0.012,'min':0}", FLAT ",{'type':'active_shirley','k':'k'}"},
    {"svsc", B ",{'name':'k','value':0.012,'min':0},{'name':'l','value':0.03,'min':0}",
     FLAT ",{'type':'svsc','k':['k','l']}"},
    {"slope", B ",{'name':'k','value':0.0005}", FLAT ",{'type':'slope','k':'k'}"},
    {"active-tougaard", B ",{'name':'k','value':700,'min':0}", FLAT ",{'type':'active_tougaard','B':'k'}"},
    {"shirley-and-tougaard", B ",{'name':'k','value':0.012,'min':0},{'name':'l','value':400,'min':0}",
     FLAT ",{'type':'active_shirley','k':'k'},{'type':'active_tougaard','B':'l'}"},
    {"shirley-and-slope", B ",{'name':'k','value':0.012,'min':0},{'name':'l','value':0.0005}",
     FLAT ",{'type':'active_shirley','k':'k'},{'type':'slope','k':'l'}"},
};

/* Data made without noise: every parameter returns from a start well away from it. */
static void
test_returns (gconstpointer data_)
{
  const Ground *ground = data_;
  g_autoptr (XpsModel) model = peaks_on (ground->parameters, ground->backgrounds);
  g_autofree double *truth = made_values (model);
  g_autoptr (XpsFitData) data = window (model, 0);
  for (guint i = 0; i < model->parameters->len; i++) {
    XpsParameter *p = model->parameters->pdata[i];
    p->value *= p->name[0] == 'c' ? 1 + 0.4 / p->value : 0.6;
  }
  g_autoptr (XpsResult) result = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  g_assert_true (result->converged);
  for (guint i = 0; i < model->parameters->len; i++) {
    const XpsParameterResult *p = &g_array_index (result->parameters, XpsParameterResult, i);
    test_assert_close (p->quantity.value, truth[i], 1e-4 * p->quantity.error);
  }
}

/* SVSC with one factor for all components is the active Shirley. */
static void
test_svsc_is_shirley (void)
{
  g_autoptr (XpsModel)
      shirley = peaks_on (B ",{'name':'k','value':0.012,'min':0}", FLAT ",{'type':'active_shirley','k':'k'}"),
      svsc = peaks_on (B ",{'name':'k','value':0.012,'min':0}", FLAT ",{'type':'svsc','k':['k','k']}"),
      linked = peaks_on (B ",{'name':'k','value':0.012,'min':0},{'name':'l','of':'k'}",
                         FLAT ",{'type':'svsc','k':['k','l']}");
  g_autoptr (XpsFitData) data = window (shirley, 33);
  g_autoptr (XpsResult) a = made_fit (shirley, data, XPS_WEIGHTS_COUNTS);
  g_autoptr (XpsResult) b = made_fit (svsc, data, XPS_WEIGHTS_COUNTS);
  g_autoptr (XpsResult) c = made_fit (linked, data, XPS_WEIGHTS_COUNTS);
  compare (a, b, 1e-6);
  compare (a, c, 1e-6);
}

/* Two active backgrounds act on the bare peaks each: their curves add up. */
static void
test_active_sum (void)
{
  const char *const pieces[] = {"{'type':'active_shirley','k':'k'}", "{'type':'active_tougaard','B':'l'}"};
  const char *parameters = "{'name':'k','value':0.012},{'name':'l','value':400}";
  g_autofree char *both = g_strconcat (pieces[0], ",", pieces[1], NULL);
  const gsize n = 351;
  g_autofree double *sum = g_new0 (double, n), *curve = g_new (double, n);
  for (guint k = 0; k < 3; k++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (XpsModel) model = peaks_on (parameters, k < 2 ? pieces[k] : both);
    g_autoptr (XpsFitData) grid = made_grid (276, 0.06, n);
    g_autoptr (XpsProblem) problem = xps_problem_new (model, &grid, 1, XPS_WEIGHTS_UNIFORM, &error);
    g_assert_no_error (error);
    g_autofree double *values = made_values (model);
    xps_problem_get_curves (problem, 0, values, NULL, curve, NULL);
    for (gsize i = 0; i < n; i++)
      if (k < 2)
        sum[i] += curve[i];
      else
        test_assert_close (curve[i], sum[i], 1e-9 * fmax (sum[n - 1], 1));
  }
  g_assert_cmpfloat (sum[n - 1], >, 100);
}

/* A peakless window has no Shirley background: the fit says so instead of drawing one. */
/* A column that came with the data, left alone by the model, is as if it had not come. */
static void
test_column (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model =
      peaks_on ("{'name':'b0','value':900}", "{'type':'poly','coeffs':['b0'],'x_ref':285}");
  g_autoptr (XpsFitData) bare = window (model, 35);
  g_autofree double *column = g_new (double, bare->n);
  for (gsize i = 0; i < bare->n; i++)
    column[i] = 300 + 2 * (double)i;
  g_autoptr (XpsFitData) with =
      xps_fit_data_new_arrays (bare->n, bare->energy, bare->intensity, NULL, column, XPS_INTENSITY_COUNTS, 1);
  g_autoptr (XpsModel) alone = xps_model_copy (model);
  xps_edit_set_background_column (alone, 0, FALSE);
  g_assert_false (xps_model_equal (model, alone));
  g_autofree char *text = xps_model_dup_text (alone), *usual = xps_model_dup_text (model);
  g_assert_nonnull (strstr (text, "\"background_column\" : \"ignore\""));
  g_assert_null (strstr (usual, "background_column")); /* models of before are as they were */
  g_autoptr (XpsModel) read = made_model (text);
  g_assert_true (xps_model_equal (read, alone));

  g_autoptr (XpsResult) ignored = xps_fit (alone, &with, 1, XPS_WEIGHTS_COUNTS, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (XpsResult) none = xps_fit (model, &bare, 1, XPS_WEIGHTS_COUNTS, NULL, &error);
  g_autoptr (XpsResult) subtracted = xps_fit (model, &with, 1, XPS_WEIGHTS_COUNTS, NULL, &error);
  g_assert_cmpfloat (ignored->chi2, ==, none->chi2);
  g_assert_cmpfloat (subtracted->chi2, !=, none->chi2);
  compare (ignored, none, 0);
  /* What was subtracted is missing from the constant: 300 to 1000, about 650 in the middle. */
  const double whole = oracle_find_parameter (none, "b0")->quantity.value,
               rest = oracle_find_parameter (subtracted, "b0")->quantity.value;
  test_assert_close (whole - rest, 650, 100);
}

static void
test_refuses (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel)
      flat = made_model ("{'parameters':[" B "],'background':[" FLAT "]}"),
      shirley = made_model ("{'parameters':[" B "],'background':[" FLAT ",{'type':'shirley','average':5}]}");
  g_autoptr (XpsFitData) data = window (flat, 34);
  g_assert_null (xps_problem_new (shirley, &data, 1, XPS_WEIGHTS_COUNTS, &error));
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_DATA);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "Shirley"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (statics); i++) {
    g_autofree char *path = g_strdup_printf ("/backgrounds/static/%" G_GSIZE_FORMAT, i);
    g_test_add_data_func (path, statics[i], test_static);
  }
  g_test_add_func ("/backgrounds/static/on-known", test_static_on_known);
  g_test_add_func ("/backgrounds/static/oracle", test_static_oracle);
  g_test_add_func ("/backgrounds/static/warnings", test_static_warnings);
  for (gsize i = 0; i < G_N_ELEMENTS (grounds); i++) {
    g_autofree char *path = g_strconcat ("/backgrounds/returns/", grounds[i].name, NULL);
    g_test_add_data_func (path, &grounds[i], test_returns);
  }
  g_test_add_func ("/backgrounds/svsc-is-shirley", test_svsc_is_shirley);
  g_test_add_func ("/backgrounds/active-sum", test_active_sum);
  g_test_add_func ("/backgrounds/column", test_column);
  g_test_add_func ("/backgrounds/refuses", test_refuses);
  return g_test_run ();
}
