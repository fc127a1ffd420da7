/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <string.h>

#include "fit/model-index.h"
#include "fit/oracle.h"
#include "numerics/random.h"

/* Models from text and data made from them. Text is written with ' for " to stay readable in C. */

static inline char *
made_quotes (const char *text)
{
  char *out = g_strdup (text);
  for (char *c = out; *c != '\0'; c++)
    if (*c == '\'')
      *c = '"';
  return out;
}

static inline XpsModel *
made_model_try (const char *text, GError **error)
{
  g_autofree char *json = made_quotes (text);
  g_autoptr (JsonNode) node = xps_json_read ("made.json", json, error);
  return node != NULL ? xps_model_from_json (node, "made.json", error) : NULL;
}

static inline XpsModel *
made_model (const char *text)
{
  g_autoptr (GError) error = NULL;
  XpsModel *model = made_model_try (text, &error);
  g_assert_no_error (error);
  return model;
}

/* Values of all parameters at the model's start, links resolved. New array. */
static inline double *
made_values (const XpsModel *model)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModelIndex) index = xps_model_check (model, &error);
  g_assert_no_error (error);
  double *values = g_new0 (double, model->parameters->len + 1);
  for (guint i = 0; i < model->parameters->len; i++)
    values[i] = ((const XpsParameter *)g_ptr_array_index (model->parameters, i))->value;
  xps_model_resolve_links (model, index, values);
  return values;
}

/* n points from `low` every `step` eV. */
static inline XpsFitData *
made_grid (double low, double step, gsize n)
{
  g_autofree double *x = g_new (double, n), *y = g_new (double, n);
  for (gsize i = 0; i < n; i++) {
    x[i] = low + step * (double)i;
    y[i] = 1;
  }
  return xps_fit_data_new_arrays (n, x, y, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
}

/* What the model expects at its start values on part s of a grid; Poisson counts of it where seed is not 0.
 */
static inline XpsFitData *
made_data (const XpsModel *model, gsize s, XpsFitData *const *grids, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsProblem) problem =
      xps_problem_new (model, grids, model->parts->len, XPS_WEIGHTS_UNIFORM, &error);
  g_assert_no_error (error);
  const gsize n = grids[s]->n;
  g_autofree double *values = made_values (model), *y = g_new (double, n);
  xps_problem_get_curves (problem, s, values, y, NULL, NULL);
  XpsRandom random;
  xps_random_init (&random, seed);
  for (gsize i = 0; seed != 0 && i < n; i++)
    y[i] = xps_random_poisson (&random, fmax (y[i], 0));
  return xps_fit_data_new_arrays (n, grids[s]->energy, y, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
}

static inline XpsResult *
made_fit (const XpsModel *model, XpsFitData *data, XpsWeights weights)
{
  g_autoptr (GError) error = NULL;
  XpsResult *result = xps_fit (model, &data, 1, weights, NULL, &error);
  g_assert_no_error (error);
  return result;
}

static inline gboolean
made_has_warning (const XpsResult *result, const char *code)
{
  for (guint i = 0; i < result->warnings->len; i++)
    if (strcmp (g_array_index (result->warnings, XpsWarning, i).code, code) == 0)
      return TRUE;
  return FALSE;
}

/* The result as JSON: one object that any reader takes, no NaN or infinity in it. */
static inline JsonNode *
made_result_json (const XpsResult *result)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = xps_result_dup_text (result);
  JsonNode *node = xps_json_read ("result", text, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  return node;
}
