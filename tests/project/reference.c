/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"

#include "fit/edit.h"

/* A fit under another charge reference. Judge: the fit made anew with the moved data, which must say the
 * same; and what no reference can change must be what it was, to the last bit. */

#define SHIFT  0.734
#define ERROR  0.1
#define SOURCE "C 1s 284.80 eV (test)"

static XpsRegion *
fitted_region (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsRegion) region = fixture_region ("S 2p", 5);
  xps_model_free (region->model);
  region->model = fixture_model ();
  XpsRegion *fitted = xps_region_fit (region, NULL, &error);
  g_assert_no_error (error);
  return fitted;
}

static XpsRegion *
move (const XpsRegion *region, double shift, double error, const char *source)
{
  XpsRegion *moved = xps_region_copy (region);
  xps_edit_set_reference (moved->model, 0, shift, error, source);
  return moved;
}

static void
assert_same (double a, double b)
{
  if (!(a == b || (isnan (a) && isnan (b))))
    g_error ("%.17g is not %.17g", a, b);
}

static void
assert_moved (XpsQuantity after, XpsQuantity before, double by)
{
  if (isfinite (before.value))
    test_assert_close (after.value, before.value + by, 1e-9);
  else
    assert_same (after.value, before.value);
  assert_same (after.error, before.error);
}

static void
compare_components (const XpsFitRecord *after, const XpsFitRecord *before, double by)
{
  g_assert_cmpuint (after->components->len, ==, before->components->len);
  for (guint i = 0; i < before->components->len; i++) {
    const XpsRecordComponent *a = after->components->pdata[i], *b = before->components->pdata[i];
    g_assert_cmpstr (a->name, ==, b->name);
    assert_moved (a->center, b->center, by);
    assert_moved (a->maximum, b->maximum, by);
    assert_same (a->area.value, b->area.value);
    assert_same (a->area.error, b->area.error);
    assert_same (a->fwhm.value, b->fwhm.value);
    assert_same (a->fwhm.error, b->fwhm.error);
    assert_same (a->height.value, b->height.value);
    assert_same (a->fraction.value, b->fraction.value);
  }
}

static void
compare_rest (const XpsFitRecord *after, const XpsFitRecord *before)
{
  assert_same (after->chi2, before->chi2);
  assert_same (after->reduced_chi2, before->reduced_chi2);
  assert_same (after->autocorrelation, before->autocorrelation);
  g_assert_cmpuint (after->n_points, ==, before->n_points);
  g_assert_cmpuint (after->order->len, ==, before->order->len);
  for (guint i = 0; i < before->order->len * before->order->len; i++)
    assert_same (after->covariance[i], before->covariance[i]);
  g_assert_cmpuint (after->warnings->len, ==, before->warnings->len);
  g_assert_cmpstr (after->created, ==, before->created);
}

static void
test_carry (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsRegion) before = fitted_region ();
  g_autoptr (XpsRegion) moved = move (before, SHIFT, ERROR, SOURCE);
  g_assert_cmpint (xps_region_get_fit_state (moved), ==, XPS_FIT_STATE_STALE);
  g_assert_true (xps_region_carry_record (moved, before));
  g_assert_cmpint (xps_region_get_fit_state (moved), ==, xps_region_get_fit_state (before));
  compare_components (moved->record, before->record, SHIFT);
  compare_rest (moved->record, before->record);
  const XpsRecordComponent *line = moved->record->components->pdata[0];
  test_assert_close (xps_fit_record_get_energy (moved->record, line).reference, ERROR, 0);
  g_assert_nonnull (strstr (moved->record->text, SOURCE));

  /* Anew: the engine starts in the minimum and stays there. */
  g_autoptr (XpsRegion) again = xps_region_fit (moved, NULL, &error);
  g_assert_no_error (error);
  test_assert_close (again->record->chi2, moved->record->chi2, 1e-9 * moved->record->chi2);
  for (guint i = 0; i < again->record->parameters->len; i++) {
    const XpsRecordParameter *a = again->record->parameters->pdata[i],
                             *b = moved->record->parameters->pdata[i];
    const double scale = isfinite (a->quantity.error) ? a->quantity.error : fabs (a->quantity.value);
    test_assert_close (b->quantity.value, a->quantity.value, 1e-3 * scale + 1e-12);
  }

  g_autoptr (XpsRegion) back = move (moved, 0, NAN, NULL);
  g_assert_true (xps_region_carry_record (back, moved));
  compare_components (back->record, before->record, 0);
  compare_rest (back->record, before->record);
}

/* Only what is said of it changes. */
static void
test_uncertainty (void)
{
  g_autoptr (XpsRegion) before = fitted_region ();
  g_autoptr (XpsRegion) said = move (before, 0, ERROR, SOURCE);
  g_assert_true (xps_region_carry_record (said, before));
  compare_components (said->record, before->record, 0);
  const XpsRecordComponent *line = said->record->components->pdata[0];
  test_assert_close (xps_fit_record_get_energy (said->record, line).reference, ERROR, 0);
}

/* Components that stay where they are do not lie on the data as they did. */
static void
test_stays (void)
{
  g_autoptr (XpsRegion) before = fitted_region ();
  g_autoptr (XpsRegion) moved = xps_region_copy (before);
  xps_edit_set_reference_under (moved->model, 0, SHIFT, ERROR, SOURCE);
  const XpsParameter *was = xps_model_get_parameter (before->model, "A.center"),
                     *is = xps_model_get_parameter (moved->model, "A.center");
  assert_same (is->value, was->value);
  assert_same (is->min, was->min);
  const XpsModelPart *part = moved->model->parts->pdata[0], *old = before->model->parts->pdata[0];
  g_assert_true (part->low == old->low + SHIFT && part->high == old->high + SHIFT);
  g_assert_true (part->energy_shift == SHIFT && part->energy_shift_error == ERROR);
  g_assert_false (xps_region_carry_record (moved, before));
  g_assert_cmpint (xps_region_get_fit_state (moved), ==, XPS_FIT_STATE_STALE);
}

/* A fit that was stale stays so; a second edit beside the shift is one. */
static void
test_not_carried (void)
{
  g_autoptr (XpsRegion) fitted = fitted_region ();
  g_autoptr (XpsRegion) edited = xps_region_copy (fitted);
  xps_model_get_parameter (edited->model, "A.center")->value += 0.01;
  g_autoptr (XpsRegion) moved = move (edited, SHIFT, ERROR, SOURCE);
  g_assert_false (xps_region_carry_record (moved, edited));
  g_autoptr (XpsRegion) both = move (fitted, SHIFT, ERROR, SOURCE);
  xps_model_get_parameter (both->model, "A.center")->value += 0.01;
  g_assert_false (xps_region_carry_record (both, fitted));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reference/carry", test_carry);
  g_test_add_func ("/reference/uncertainty", test_uncertainty);
  g_test_add_func ("/reference/stays", test_stays);
  g_test_add_func ("/reference/not-carried", test_not_carried);
  return g_test_run ();
}
