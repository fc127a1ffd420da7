/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/edit.h"
#include "fit/record.h"
#include "fit/schema.h"
#include "fit/sheet.h"

/* What a person decided stays with the component through model file, fit, result file and back; it changes no
 * fit. The uncertainty of a charge reference stands beside the statistical one of every position. */

static XpsAssignment *
made_assignment (void)
{
  XpsAssignment *self = xps_assignment_new ("Li6PS5Cl", "S 2p3/2");
  self->source = g_strdup ("A. Author, J. Names 1 (2020) 1; \"quoted\"\nline");
  self->verified = g_strdup ("seen");
  self->reference = g_strdup ("C 1s 284.80 eV");
  g_ptr_array_add (self->in_favour, g_strdup ("161.65 eV agrees"));
  g_ptr_array_add (self->against, g_strdup ("P 2p is missing"));
  g_ptr_array_add (self->alike, g_strdup ("Li3PS4"));
  return self;
}

static XpsModel *
made_assigned (void)
{
  g_autoptr (XpsAssignment) assignment = made_assignment ();
  XpsModel *model = made_model (SHEET_S2P);
  xps_edit_set_assignment (model, 0, 0, assignment);
  xps_edit_set_reference (model, 0, 0.25, 0.1, "C 1s 284.80 eV (chosen)");
  return model;
}

static const XpsComponent *
first_of (const XpsModel *model)
{
  return ((XpsModelPart *)model->parts->pdata[0])->components->pdata[0];
}

static void
test_model (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = made_assigned (), copy = xps_model_copy (model);
  g_autoptr (XpsAssignment) expected = made_assignment ();
  g_autofree char *text = xps_model_dup_text (model);
  g_autoptr (JsonNode) node = xps_json_read ("model", text, &error);
  test_schema_assert ("model", node);
  g_autoptr (XpsModel) read = xps_model_from_json (node, "model", &error);
  g_assert_no_error (error);
  g_assert_true (xps_model_equal (model, copy) && xps_model_equal (model, read));
  g_assert_true (xps_assignment_equal (first_of (read)->assignment, expected));
  g_assert_true (xps_assignment_equal (first_of (copy)->assignment, expected));
  xps_edit_set_assignment (copy, 0, 0, NULL);
  g_assert_null (first_of (copy)->assignment);
  g_assert_false (xps_model_equal (model, copy));
  xps_edit_set_shift (copy, 0, 0.3, "typed"); /* another reference, whose uncertainty nobody stated */
  g_assert_true (isnan (((XpsModelPart *)copy->parts->pdata[0])->energy_shift_error));
}

static void
test_result (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsAssignment) expected = made_assignment ();
  g_autoptr (XpsModel) model = made_assigned (), plain = xps_model_copy (model);
  g_autoptr (XpsFitData) grid = made_grid (155, 0.05, 281);
  g_autoptr (XpsFitData) data = made_data (model, 0, &grid, 3);
  g_autoptr (XpsResult) result = made_fit (model, data, XPS_WEIGHTS_COUNTS);
  g_autoptr (XpsFitRecord) record = xps_fit_record_new (result);
  g_autoptr (JsonNode) node = xps_json_read ("record", record->text, &error);
  test_schema_assert ("result", node);
  const XpsRecordComponent *component = record->components->pdata[0];
  g_assert_true (xps_assignment_equal (xps_fit_record_get_assignment (record, component), expected));
  g_assert_null (xps_fit_record_get_assignment (record, record->components->pdata[1]));
  const XpsEnergy energy = xps_fit_record_get_energy (record, component);
  g_assert_cmpfloat (energy.reference, ==, 0.1);
  g_assert_cmpfloat (energy.statistical, ==, component->maximum.error);
  g_assert_cmpfloat (fabs (energy.total - hypot (0.1, component->maximum.error)), <, 1e-15);
  g_assert_cmpfloat (energy.value, ==, component->maximum.value);
  xps_edit_set_assignment (plain, 0, 0, NULL);
  g_autoptr (XpsResult) without = made_fit (plain, data, XPS_WEIGHTS_COUNTS);
  g_assert_cmpfloat (without->chi2, ==, result->chi2);
}

/* Decided after the fit: in model and figures of the record, nothing else of which changes; taken away again,
 * the text is the old one. */
static void
test_afterwards (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsAssignment) assignment = made_assignment ();
  g_autoptr (XpsResult) result = sheet_fit_s2p (NULL);
  g_autoptr (XpsFitRecord) record = xps_fit_record_new (result);
  const char *name = ((XpsRecordComponent *)record->components->pdata[1])->name;
  g_autoptr (XpsFitRecord) assigned = xps_fit_record_with_assignment (record, 0, name, assignment, &error);
  g_assert_no_error (error);
  g_autoptr (XpsFitRecord) plain = xps_fit_record_with_assignment (assigned, 0, name, NULL, &error);
  g_assert_no_error (error);
  const XpsAssignment *kept = xps_fit_record_get_assignment (assigned, assigned->components->pdata[1]);
  g_assert_true (xps_assignment_equal (kept, assignment));
  g_assert_cmpstr (plain->text, ==, record->text);
  g_assert_true (xps_fit_record_is_current (assigned, record->model, XPS_WEIGHTS_COUNTS));
  g_autoptr (JsonNode) node = xps_json_read ("record", assigned->text, &error);
  test_schema_assert ("result", node);
  g_assert_null (xps_fit_record_with_assignment (record, 0, "nobody", assignment, &error));
  g_assert_nonnull (error);
}

/* Uncertainties that are not known are not taken for zero. */
static void
test_unknown (void)
{
  g_assert_true (isnan (xps_energy_combine ((XpsQuantity){1, NAN}, NAN).total));
  g_assert_cmpfloat (xps_energy_combine ((XpsQuantity){1, 0.2}, NAN).total, ==, 0.2);
  g_assert_cmpfloat (xps_energy_combine ((XpsQuantity){1, NAN}, 0.3).total, ==, 0.3);
  g_assert_cmpfloat (fabs (xps_energy_combine ((XpsQuantity){1, 0.3}, 0.4).total - 0.5), <, 1e-15);
}

static void
test_refused (void)
{
  static const char *const wrong[] = {"{'assignment':3}", "{'assignment':{'level':'S 2p'}}",
                                      "{'assignment':{'species':'x','in_favour':[1]}}",
                                      "{'assignment':{'species':'x','sorce':'y'}}"};
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = g_strdelimit (g_strdup (wrong[i]), "'", '"');
    g_autoptr (JsonNode) node = xps_json_read ("x", text, &error);
    g_autoptr (XpsAssignment) out = NULL;
    g_assert_no_error (error);
    g_assert_false (xps_assignment_from_json (json_node_get_object (node), &out, &error));
    g_assert_nonnull (error);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/assignment/model", test_model);
  g_test_add_func ("/assignment/result", test_result);
  g_test_add_func ("/assignment/afterwards", test_afterwards);
  g_test_add_func ("/assignment/unknown", test_unknown);
  g_test_add_func ("/assignment/refused", test_refused);
  return g_test_run ();
}
