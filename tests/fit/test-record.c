/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/operando.h"
#include "fit/record.h"
#include "fit/schema.h"
#include "fit/sheet.h"

/* A result and what is kept of it are the same to the last bit; a file that is not whole is refused with the
 * path of what is missing. */

static void
assert_same (double a, double b)
{
  if (!(a == b || (isnan (a) && isnan (b))))
    g_error ("%.17g is not %.17g", a, b);
}

/* Files have null where a number is infinite. */
static void
assert_same_in_file (double kept, double fresh)
{
  assert_same (kept, isfinite (fresh) ? fresh : (double)NAN);
}

static void
assert_same_quantity (XpsQuantity kept, XpsQuantity fresh)
{
  assert_same_in_file (kept.value, fresh.value);
  assert_same_in_file (kept.error, fresh.error);
}

/* ---- against the result ---- */

static void
compare_parameters (const XpsFitRecord *record, const XpsResult *result)
{
  g_assert_cmpuint (record->parameters->len, ==, result->parameters->len);
  for (guint i = 0; i < result->parameters->len; i++) {
    const XpsParameterResult *fresh = &g_array_index (result->parameters, XpsParameterResult, i);
    const XpsRecordParameter *kept = record->parameters->pdata[i];
    g_assert_cmpstr (kept->name, ==, fresh->name);
    g_assert_cmpint (kept->status, ==, fresh->status);
    assert_same_quantity (kept->quantity, fresh->quantity);
    g_assert_true (xps_fit_record_find_parameter (record, fresh->name) == kept);
  }
  g_assert_null (xps_fit_record_find_parameter (record, "no such"));
}

static void
compare_components (const XpsFitRecord *record, const XpsResult *result)
{
  g_assert_cmpuint (record->components->len, ==, result->components->len);
  for (guint i = 0; i < result->components->len; i++) {
    const XpsComponentResult *fresh = &g_array_index (result->components, XpsComponentResult, i);
    const XpsRecordComponent *kept =
        xps_fit_record_find_component (record, fresh->spectrum, fresh->component->name);
    g_assert_nonnull (kept);
    g_assert_cmpstr (kept->type, ==, fresh->component->shape->id);
    g_assert_cmpstr (kept->label, ==, fresh->component->label);
    g_assert_cmpstr (kept->phase, ==, fresh->component->phase);
    assert_same_quantity (kept->center, fresh->center);
    assert_same_quantity (kept->maximum, fresh->maximum);
    assert_same_quantity (kept->area, fresh->area);
    assert_same_quantity (kept->fwhm, fresh->fwhm);
    assert_same_quantity (kept->height, fresh->height);
    assert_same_quantity (kept->fraction, fresh->fraction);
  }
}

static void
compare_covariance (const XpsFitRecord *record, const XpsResult *result)
{
  const XpsProblem *problem = result->problem;
  const gsize n = xps_problem_get_n_free (problem);
  gsize a = 0;
  for (gsize i = 0; i < n; i++) {
    const XpsParameter *p = result->model->parameters->pdata[xps_problem_get_free_parameter (problem, i)];
    if (!isfinite (xps_covariance_get_error (result->covariance, i)))
      continue;
    g_assert_cmpstr (record->order->pdata[a], ==, p->name);
    for (gsize j = 0, b = 0; j < n; j++)
      if (isfinite (xps_covariance_get_error (result->covariance, j)))
        assert_same (record->covariance[a * record->order->len + b++],
                     xps_covariance_get (result->covariance, i, j));
    a++;
  }
  g_assert_cmpuint (record->order->len, ==, a);
  g_assert_true ((record->covariance != NULL) == (a > 0));
}

static void
compare_backgrounds (const XpsFitRecord *record, const XpsResult *result)
{
  const XpsModel *model = xps_problem_get_model (result->problem);
  guint i = 0;
  for (guint s = 0; s < model->parts->len; s++) {
    const GPtrArray *list = ((const XpsModelPart *)model->parts->pdata[s])->backgrounds;
    for (guint b = 0; b < list->len; b++, i++) {
      const XpsRecordBackground *kept = record->backgrounds->pdata[i];
      const XpsCertificate *fresh = xps_problem_get_certificate (result->problem, s, b);
      g_assert_cmpuint (kept->spectrum, ==, s);
      g_assert_cmpstr (kept->type, ==, ((const XpsModelBackground *)list->pdata[b])->type->id);
      g_assert_cmpstr (kept->statement, ==, fresh != NULL ? fresh->statement : NULL);
      g_assert_cmpuint (kept->keys->len, ==, fresh != NULL ? fresh->n_items : 0);
      g_assert_cmpuint (kept->codes->len, ==, fresh != NULL ? fresh->n_warnings : 0);
      for (guint k = 0; k < kept->keys->len; k++) {
        g_assert_cmpstr (kept->keys->pdata[k], ==, fresh->items[k].key);
        assert_same_in_file (g_array_index (kept->values, double, k), fresh->items[k].value);
      }
      for (guint k = 0; k < kept->codes->len; k++)
        g_assert_cmpstr (kept->codes->pdata[k], ==, fresh->warnings[k]);
    }
  }
  g_assert_cmpuint (record->backgrounds->len, ==, i);
}

static void
compare_figures (const XpsFitRecord *record, const XpsResult *result)
{
  g_assert_true (record->converged == result->converged);
  g_assert_cmpstr (record->stop_reason, ==, xps_stop_to_text (result->stop));
  g_assert_cmpstr (record->method, ==, result->method);
  g_assert_cmpuint (record->n_points, ==, result->n_points);
  g_assert_cmpuint (record->n_free, ==, result->n_free);
  g_assert_cmpuint (record->evaluations, ==, result->evaluations);
  assert_same_in_file (record->chi2, result->chi2);
  assert_same_in_file (record->dof, result->dof);
  assert_same_in_file (record->reduced_chi2, result->reduced_chi2);
  assert_same_in_file (record->aic, result->aic);
  assert_same_in_file (record->aicc, result->aicc);
  assert_same_in_file (record->bic, result->bic);
  assert_same_in_file (record->autocorrelation, result->autocorrelation);
  assert_same_in_file (record->condition_number, xps_covariance_get_condition (result->covariance));
  g_assert_cmpuint (record->warnings->len, ==, result->warnings->len);
  for (guint i = 0; i < result->warnings->len; i++) {
    const XpsWarning *fresh = &g_array_index (result->warnings, XpsWarning, i),
                     *kept = record->warnings->pdata[i];
    g_assert_cmpstr (kept->code, ==, fresh->code);
    g_assert_cmpstr (kept->severity, ==, fresh->severity);
    g_assert_cmpstr (kept->message, ==, fresh->message);
    g_assert_cmpstrv (kept->parameters, fresh->parameters);
  }
}

static void
compare (const XpsFitRecord *record, const XpsResult *result)
{
  compare_figures (record, result);
  compare_parameters (record, result);
  compare_components (record, result);
  compare_covariance (record, result);
  compare_backgrounds (record, result);
  g_assert_true (xps_model_equal (record->model, result->model));
  g_assert_nonnull (record->created);
}

/* Fresh, read from its text, and read from a file. */
static void
check_result (const XpsResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFitRecord) fresh = xps_fit_record_new (result);
  g_autoptr (XpsFitRecord) text = xps_fit_record_from_text (fresh->text, "text", &error);
  g_assert_no_error (error);
  g_autofree char *path = NULL;
  const int file = g_file_open_tmp ("corelevel-record-XXXXXX.json", &path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (write (file, fresh->text, strlen (fresh->text)), ==, (gssize)strlen (fresh->text));
  close (file);
  g_autoptr (XpsFitRecord) read = xps_fit_record_read (path, &error);
  g_assert_no_error (error);
  unlink (path);
  compare (fresh, result);
  compare (text, result);
  compare (read, result);
  g_assert_cmpstr (read->text, ==, fresh->text);
  g_autoptr (JsonNode) node = xps_json_read ("record", fresh->text, &error);
  test_schema_assert ("result", node);
}

static void
test_problem (gconstpointer id)
{
  static const XpsWeights weights[] = {XPS_WEIGHTS_COUNTS, XPS_WEIGHTS_UNIFORM};
  g_auto (OracleProblem) problem = {0};
  if (!oracle_problem_read (id, &problem))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++) {
    g_autoptr (XpsResult) result = made_fit (problem.model, problem.data, weights[i]);
    check_result (result);
  }
}

static void
test_backgrounds (void)
{
  size_t n;
  const XpsBackground *rows = xps_backgrounds_get (&n);
  for (size_t i = 0; i < n; i++) {
    g_autoptr (XpsResult) result = sheet_fit_s2p (rows[i].id);
    check_result (result);
  }
}

static void
test_joint (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model =
      made_model ("{'parameters':[{'name':'b','value':0.5},{'name':'c','value':162},{'name':'a','value':3},"
                  "{'name':'w','value':1,'min':0.1,'max':9},{'name':'e','value':2,'min':0,'max':9}],"
                  "'spectra':[{'id':'x/y','components':[{'name':'A','type':'gauss','params':{'center':'c',"
                  "'area':'a','fwhm':'w'}}],'background':[{'type':'poly','coeffs':['b'],'x_ref':0}]},"
                  "{'components':[{'name':'A','type':'gauss','params':{'center':'c','area':'e','fwhm':'w'}}],"
                  "'background':[{'type':'linear_static'}]}]}");
  g_autoptr (XpsFitData) grid = made_grid (155, 0.1, 140);
  XpsFitData *const data[] = {grid, grid};
  g_autoptr (XpsResult) result = xps_fit (model, data, 2, XPS_WEIGHTS_UNIFORM, NULL, &error);
  g_assert_no_error (error);
  check_result (result);
}

/* The series: one step of p17, and p18 with its 31 spectra as one. */
static void
test_operando (void)
{
  g_autoptr (GError) error = NULL;
  g_auto (Operando) operando = {0};
  if (!operando_read (&operando))
    return;
  g_autoptr (XpsModel) single = operando_single_model (&operando);
  g_autoptr (XpsModel) joint = operando_joint_model (&operando, OPERANDO_STEPS);
  g_autoptr (GPtrArray) data = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_fit_data_unref);
  for (guint s = 0; s < OPERANDO_STEPS; s++)
    g_ptr_array_add (data, operando_data (&operando, s));
  g_autoptr (XpsResult) one = made_fit (single, data->pdata[0], XPS_WEIGHTS_COUNTS);
  check_result (one);
  g_autoptr (XpsResult) all =
      xps_fit (joint, (XpsFitData *const *)data->pdata, data->len, XPS_WEIGHTS_COUNTS, NULL, &error);
  g_assert_no_error (error);
  check_result (all);
}

/* Names with bytes that are no text come from instruments' files; nothing must end the program. */
static void
test_names (void)
{
  g_autoptr (XpsModel) model = made_model (SHEET_S2P);
  g_autoptr (XpsFitData) grid = made_grid (155, 0.05, 281);
  XpsComponent *component = ((XpsModelPart *)model->parts->pdata[0])->components->pdata[0];
  g_free (component->name);
  component->name = g_strdup ("S\xff\x01\"\\2p");
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 3);
  g_autoptr (XpsResult) result = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  g_autoptr (XpsFitRecord) record = xps_fit_record_new (result);
  g_assert_cmpuint (record->components->len, ==, 2);
}

/* ---- whose result it is ---- */

static void
test_current (void)
{
  g_autoptr (XpsResult) result = sheet_fit_s2p (NULL);
  g_autoptr (XpsFitRecord) record = xps_fit_record_new (result), again = xps_fit_record_ref (record);
  g_assert_true (again == record);
  g_assert_true (xps_fit_record_is_current (record, result->model, XPS_WEIGHTS_COUNTS));
  g_assert_false (xps_fit_record_is_current (record, result->model, XPS_WEIGHTS_POISSON));
  for (int i = 0; i < 9; i++) {
    g_autoptr (XpsModel) model = xps_model_copy (result->model);
    xps_edit_resolve (model, NULL); /* values of links follow from the others */
    g_assert_true (xps_fit_record_is_current (record, model, XPS_WEIGHTS_COUNTS));
    XpsModelPart *part = model->parts->pdata[0];
    XpsParameter *c = xps_model_get_parameter (model, "c");
    switch (i) {
    case 0:
      c->value = nextafter (c->value, 0);
      break;
    case 1:
      c->kind = XPS_PARAMETER_FIXED;
      break;
    case 2:
      c->max += 1;
      break;
    case 3:
      part->low = 150;
      break;
    case 4:
      xps_edit_set_shift (model, 0, 0.1, NULL);
      break;
    case 5:
      xps_edit_duplicate_component (model, 0, 0);
      break;
    case 6:
      xps_model_get_parameter (model, "a2")->constant = 1;
      break;
    case 7:
      xps_edit_set_background_number (model, 0, 0, "x_ref", 161, NULL);
      break;
    default: /* what only people read */
      xps_edit_set_label (model, 0, 0, "other", NULL);
      g_assert_true (xps_fit_record_is_current (record, model, XPS_WEIGHTS_COUNTS));
      continue;
    }
    g_assert_false (xps_fit_record_is_current (record, model, XPS_WEIGHTS_COUNTS));
  }
}

int
main (int argc, char **argv)
{
  static const char *const ids[] = {
      "p01_voigt_single",
      "p02_s2p_lab",
      "p03_s2p_haxpes",
      "p04_li1s_overlap",
      "p05_o1s",
      "p06_c1s_active_shirley",
      "p07_c1s_static_shirley",
      "p08_p2p_thiophosphate",
      "p09_cl2p",
      "p10_f1s",
      "p11_au4f_dsg",
      "p12_fermi_edge",
      "p13_ni2p_asymmetric",
      "p14_active_bound",
      "p15_s2p_low_counts",
      "p16_s2p_nonuniform",
  };
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autofree char *path = g_strdup_printf ("/record/%s", ids[i]);
    g_test_add_data_func (path, ids[i], test_problem);
  }
  g_test_add_func ("/record/backgrounds", test_backgrounds);
  g_test_add_func ("/record/joint", test_joint);
  g_test_add_func ("/record/operando", test_operando);
  g_test_add_func ("/record/names", test_names);
  g_test_add_func ("/record/current", test_current);
  return g_test_run ();
}
