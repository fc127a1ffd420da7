/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fit/refit.h"

#include "fit/operando.h"

/* A model compiled once and given the next step's data must answer as one compiled for that step alone, to
 * the last bit: judged by xps_fit() on every step of the operando series. */

typedef struct {
  Operando operando;
  XpsModel *model;
  XpsFitData *data[OPERANDO_STEPS];
} Steps;

static void
steps_clear (Steps *self)
{
  operando_clear (&self->operando);
  g_clear_pointer (&self->model, xps_model_free);
  for (guint i = 0; i < OPERANDO_STEPS; i++)
    g_clear_pointer (&self->data[i], xps_fit_data_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Steps, steps_clear)

static gboolean
steps_init (Steps *self)
{
  *self = (Steps){0};
  if (!operando_read (&self->operando))
    return FALSE;
  self->model = operando_single_model (&self->operando);
  for (guint i = 0; i < OPERANDO_STEPS; i++)
    self->data[i] = operando_data (&self->operando, i);
  return TRUE;
}

static void
assert_same (double a, double b)
{
  g_assert_true (a == b || (isnan (a) && isnan (b)));
}

static void
assert_same_quantity (const XpsQuantity *a, const XpsQuantity *b)
{
  assert_same (a->value, b->value);
  assert_same (a->error, b->error);
}

static void
assert_same_parts (const XpsResult *a, const XpsResult *b)
{
  g_assert_cmpuint (a->parameters->len, ==, b->parameters->len);
  g_assert_cmpuint (a->components->len, ==, b->components->len);
  for (guint i = 0; i < a->parameters->len; i++) {
    const XpsParameterResult *x = &g_array_index (a->parameters, XpsParameterResult, i),
                             *y = &g_array_index (b->parameters, XpsParameterResult, i);
    g_assert_cmpstr (x->name, ==, y->name);
    assert_same_quantity (&x->quantity, &y->quantity);
    g_assert_cmpint (x->status, ==, y->status);
  }
  for (guint i = 0; i < a->components->len; i++) {
    const XpsComponentResult *x = &g_array_index (a->components, XpsComponentResult, i),
                             *y = &g_array_index (b->components, XpsComponentResult, i);
    assert_same_quantity (&x->center, &y->center);
    assert_same_quantity (&x->maximum, &y->maximum);
    assert_same_quantity (&x->area, &y->area);
    assert_same_quantity (&x->fwhm, &y->fwhm);
    assert_same_quantity (&x->height, &y->height);
    assert_same_quantity (&x->fraction, &y->fraction);
    assert_same (x->area_inside, y->area_inside);
  }
}

static void
assert_same_result (const XpsResult *a, const XpsResult *b)
{
  g_assert_cmpint (a->stop, ==, b->stop);
  g_assert_cmpuint (a->evaluations, ==, b->evaluations);
  g_assert_cmpuint (a->n_points, ==, b->n_points);
  g_assert_cmpuint (a->n_free, ==, b->n_free);
  assert_same (a->objective, b->objective);
  assert_same (a->chi2, b->chi2);
  assert_same (a->dof, b->dof);
  assert_same (a->reduced_chi2, b->reduced_chi2);
  assert_same (a->autocorrelation, b->autocorrelation);
  assert_same_parts (a, b);
}

/* Values of `from` as start of the next step; held parameters keep theirs. */
static void
set_values (XpsModel *model, const XpsResult *from)
{
  for (guint i = 0; i < model->parameters->len; i++) {
    XpsParameter *p = g_ptr_array_index (model->parameters, i);
    if (p->kind == XPS_PARAMETER_FREE)
      p->value = from->values[i];
  }
}

static double *
dup_values (const XpsModel *model)
{
  double *values = g_new (double, model->parameters->len);
  for (guint i = 0; i < model->parameters->len; i++)
    values[i] = ((XpsParameter *)g_ptr_array_index (model->parameters, i))->value;
  return values;
}

/* Runs one step both ways and compares; the new values go into `model` where `warm`. */
static void
compare_step (XpsRefit *refit, XpsModel *model, XpsFitData *data, XpsWeights weights, gboolean warm)
{
  g_autoptr (GError) error = NULL;
  g_autofree double *start = dup_values (model);
  const XpsResult *quick = xps_refit_run (refit, &data, 1, start, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (XpsResult) plain = xps_fit (model, &data, 1, weights, NULL, &error);
  g_assert_no_error (error);
  assert_same_result (plain, quick);
  if (warm)
    set_values (model, plain);
}

static void
compare_steps (const Steps *steps, XpsModel *model, XpsWeights weights, gboolean warm)
{
  g_autoptr (XpsRefit) refit = xps_refit_new (xps_model_copy (model), weights);
  for (guint i = 0; i < OPERANDO_STEPS; i++)
    compare_step (refit, model, steps->data[i], weights, warm);
}

static void
test_steps (gconstpointer user_data)
{
  g_auto (Steps) steps = {0};
  if (!steps_init (&steps))
    return;
  const gboolean warm = GPOINTER_TO_INT (user_data) != 0;
  for (XpsWeights weights = XPS_WEIGHTS_COUNTS; weights <= XPS_WEIGHTS_POISSON; weights++) {
    g_autoptr (XpsModel) model = xps_model_copy (steps.model);
    if (weights != XPS_WEIGHTS_SIGMA)
      compare_steps (&steps, model, weights, warm);
  }
}

/* Boxes hang on what links add to fixed values: a position that is held elsewhere in every step. */
static void
test_held (void)
{
  g_auto (Steps) steps = {0};
  if (!steps_init (&steps))
    return;
  XpsParameter *first = NULL;
  for (guint i = 0; i < steps.model->parameters->len && first == NULL; i++) {
    XpsParameter *p = g_ptr_array_index (steps.model->parameters, i);
    first = p->kind == XPS_PARAMETER_FREE ? p : NULL;
  }
  if (first == NULL)
    g_error ("no parameter is free");
  first->kind = XPS_PARAMETER_FIXED;
  const double value = first->value;
  g_autoptr (XpsRefit) refit = xps_refit_new (xps_model_copy (steps.model), XPS_WEIGHTS_COUNTS);
  for (guint i = 0; i < OPERANDO_STEPS; i++) {
    first->value = value * (1 + 1e-4 * (i % 5));
    compare_step (refit, steps.model, steps.data[i], XPS_WEIGHTS_COUNTS, FALSE);
  }
}

/* A static background is solved from each measurement; a window of another size is another problem. */
static void
test_other_data (void)
{
  g_auto (Steps) steps = {0};
  if (!steps_init (&steps))
    return;
  XpsModelPart *part = g_ptr_array_index (steps.model->parts, 0);
  g_ptr_array_set_size (part->backgrounds, 0);
  xps_model_part_add_background (part, xps_background_find ("shirley"));
  g_autoptr (XpsRefit) refit = xps_refit_new (xps_model_copy (steps.model), XPS_WEIGHTS_COUNTS);
  for (guint i = 0; i < OPERANDO_STEPS; i++) {
    g_autoptr (GError) error = NULL;
    const double low = steps.data[i]->energy[i % 3 == 2 ? 4 : 0];
    g_autoptr (XpsFitData) data = xps_fit_data_crop (steps.data[i], low, INFINITY, &error);
    g_assert_no_error (error);
    compare_step (refit, steps.model, data, XPS_WEIGHTS_COUNTS, FALSE);
  }
}

/* What cannot be posed is refused with the same sentence, and the next step is fitted as if nothing had been.
 */
static void
test_refused (void)
{
  g_auto (Steps) steps = {0};
  if (!steps_init (&steps))
    return;
  g_autofree double *zero = g_new0 (double, steps.data[0]->n);
  g_autoptr (XpsFitData) dark = xps_fit_data_new_arrays (steps.data[0]->n, steps.data[0]->energy, zero, NULL,
                                                         NULL, XPS_INTENSITY_COUNTS, 1);
  g_autoptr (XpsRefit) refit = xps_refit_new (xps_model_copy (steps.model), XPS_WEIGHTS_COUNTS);
  g_autofree double *start = dup_values (steps.model);
  for (guint i = 0; i < 4; i++) {
    g_autoptr (GError) plain = NULL, quick = NULL;
    compare_step (refit, steps.model, steps.data[i], XPS_WEIGHTS_COUNTS, FALSE);
    g_assert_null (xps_refit_run (refit, &dark, 1, start, NULL, &quick));
    g_assert_null (xps_fit (steps.model, &dark, 1, XPS_WEIGHTS_COUNTS, NULL, &plain));
    g_assert_cmpstr (plain->message, ==, quick->message);
  }
  g_autoptr (GError) error = NULL;
  const double value = start[0];
  start[0] = NAN;
  g_assert_null (xps_refit_run (refit, &steps.data[0], 1, start, NULL, &error));
  g_assert_error (error, XPS_FIT_ERROR, XPS_FIT_ERROR_MODEL);
  start[0] = value;
  compare_step (refit, steps.model, steps.data[0], XPS_WEIGHTS_COUNTS, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/fit/refit/cold", GINT_TO_POINTER (0), test_steps);
  g_test_add_data_func ("/fit/refit/warm", GINT_TO_POINTER (1), test_steps);
  g_test_add_func ("/fit/refit/held", test_held);
  g_test_add_func ("/fit/refit/other-data", test_other_data);
  g_test_add_func ("/fit/refit/refused", test_refused);
  return g_test_run ();
}
