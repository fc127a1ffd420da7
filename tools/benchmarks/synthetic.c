/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "synthetic.h"

#include "fit/model-index.h"
#include "fit/problem.h"
#include "numerics/random.h"

#define SEED 20260101

/* [31 * points] */
static double *
new_curves (const Operando *operando)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModel) model = operando_single_model (operando);
  g_autoptr (XpsModelIndex) index = xps_model_check (model, &error);
  g_autoptr (XpsFitData) data = operando_data (operando, 0);
  g_autoptr (XpsProblem) problem = xps_problem_new (model, &data, 1, XPS_WEIGHTS_COUNTS, &error);
  g_assert_no_error (error);
  JsonArray *steps = json_object_get_array_member (json_node_get_object (operando->single), "steps");
  g_autofree double *values = g_new0 (double, model->parameters->len);
  double *curves = g_new (double, OPERANDO_STEPS * data->n);
  for (guint step = 0; step < OPERANDO_STEPS; step++) {
    JsonObject *fitted =
        json_object_get_object_member (json_array_get_object_element (steps, step), "parameters");
    for (gsize f = 0; f < xps_problem_get_n_free (problem); f++) {
      const gsize i = xps_problem_get_free_parameter (problem, f);
      const XpsParameter *p = g_ptr_array_index (model->parameters, i);
      values[i] = json_object_get_double_member (json_object_get_object_member (fitted, p->name), "value");
    }
    xps_model_resolve_links (model, index, values);
    xps_problem_get_curves (problem, 0, values, curves + step * data->n, NULL, NULL);
  }
  return curves;
}

float *
synthetic_new_counts (const Operando *operando, gsize n_spectra, double scale)
{
  const gsize n = operando->table->rows->len;
  g_autofree double *curves = new_curves (operando);
  float *counts = g_new (float, n_spectra *n);
  XpsRandom random;
  xps_random_init (&random, SEED);
  for (gsize i = 0; i < n_spectra; i++)
    for (gsize k = 0; k < n; k++)
      counts[i * n + k] =
          (float)xps_random_poisson (&random, scale * curves[i * OPERANDO_STEPS / n_spectra * n + k]);
  return counts;
}

XpsFitData *
synthetic_new_data (const Operando *operando, const float *counts, gsize i)
{
  const gsize n = operando->table->rows->len;
  g_autofree double *x = test_table_column (operando->table, "x"), *y = g_new (double, n);
  for (gsize k = 0; k < n; k++)
    y[k] = (double)counts[i * n + k];
  return xps_fit_data_new_arrays (n, x, y, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
}
