/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_errno.h>

#include "base/json.h"
#include "fit/model-index.h"
#include "fit/multistart.h"

/* A model file, compiled onto made-up counts and fitted for twenty evaluations: a refusal with a sentence, or
 * a result that keeps what every result promises. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define MAX_PARTS      4
#define MAX_PARAMETERS 60
#define MAX_COMPONENTS 8
#define POINTS         48

/* A broken promise ends the run whatever the build's debug settings. */
static void
check (gboolean kept)
{
  if (!kept)
    abort ();
}

static XpsModel *
read_text (const char *text, GError **error)
{
  g_autoptr (JsonNode) node = xps_json_read ("input", text, error);
  return node != NULL ? xps_model_from_json (node, "input", error) : NULL;
}

/* What was read is written so that it reads back the same; a model without a name somewhere is not whole, but
 * can be written too. */
static void
check_round_trip (const XpsModel *model)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = xps_model_dup_text (model);
  g_autoptr (XpsModel) back = read_text (text, &error), copy = xps_model_copy (model);
  check (back != NULL);
  g_autofree char *again = xps_model_dup_text (back);
  check (strcmp (text, again) == 0);
  check (xps_model_equal (model, copy));
}

static gboolean
is_small (const XpsModel *model)
{
  if (model->parts->len > MAX_PARTS || model->parameters->len > MAX_PARAMETERS)
    return FALSE;
  for (guint s = 0; s < model->parts->len; s++)
    if (((const XpsModelPart *)model->parts->pdata[s])->components->len > MAX_COMPONENTS ||
        ((const XpsModelPart *)model->parts->pdata[s])->backgrounds->len > MAX_COMPONENTS)
      return FALSE;
  return TRUE;
}

/* Counts with a bump on a slope inside the part's window, or where S 2p lies. */
static XpsFitData *
make_data (const XpsModelPart *part, guint32 seed)
{
  const double low = isfinite (part->low) && fabs (part->low) < 1e5 ? part->low : 155;
  const double high =
      isfinite (part->high) && part->high > low && part->high - low < 1e4 ? part->high : low + 15;
  const gsize n = 2 + seed % (POINTS - 1);
  double energy[POINTS + 2], counts[POINTS + 2], sigma[POINTS + 2];
  for (gsize i = 0; i < n; i++) {
    const double t = (double)i / (double)(n - 1);
    seed = seed * 1664525u + 1013904223u;
    energy[i] = low + (high - low) * t;
    counts[i] = floor (50 + 20 * t + 400 / (1 + 200 * (t - 0.5) * (t - 0.5)) + (double)(seed >> 27));
    sigma[i] = sqrt (counts[i] + 1);
  }
  return xps_fit_data_new_arrays (n, energy, counts, sigma, NULL, XPS_INTENSITY_COUNTS, 1);
}

static void
check_result (const XpsResult *result)
{
  const XpsModel *model = xps_problem_get_model (result->problem);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsModelIndex) index = xps_model_check (model, &error);
  check (index != NULL);
  g_autofree double *values = g_new0 (double, model->parameters->len + 1);
  memcpy (values, result->values, model->parameters->len * sizeof (double));
  xps_model_resolve_links (model, index, values);
  for (guint i = 0; i < model->parameters->len; i++) {
    const XpsParameterResult *p = &g_array_index (result->parameters, XpsParameterResult, i);
    const XpsParameter *rule = model->parameters->pdata[i];
    check (values[i] == result->values[i] || isnan (values[i]));
    check (isnan (p->quantity.error) || p->quantity.error >= 0);
    if (rule->kind == XPS_PARAMETER_FREE)
      check (p->quantity.value >= rule->min && p->quantity.value <= rule->max);
  }
  check (!result->converged || isfinite (result->objective));
  g_autofree char *text = xps_result_dup_text (result);
  g_autoptr (JsonNode) node = xps_json_read ("result", text, &error);
  check (node != NULL);
}

static void
fit (const XpsModel *model, guint32 seed)
{
  static const XpsWeights kinds[] = {XPS_WEIGHTS_COUNTS, XPS_WEIGHTS_SIGMA, XPS_WEIGHTS_UNIFORM,
                                     XPS_WEIGHTS_POISSON};
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) data = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_fit_data_unref);
  for (guint s = 0; s < model->parts->len; s++)
    g_ptr_array_add (data, make_data (model->parts->pdata[s], seed + s));
  const XpsFitOptions options = {.max_evaluations = 20, .no_search = seed % 2 == 0};
  const XpsMultistart starts = {1 + seed % 3 / 2, seed};
  g_autoptr (XpsResult) result =
      xps_fit_from_starts (model, (XpsFitData *const *)data->pdata, data->len, kinds[seed / 7 % 4], &options,
                           seed % 11 == 0 ? "gsl" : NULL, &starts, &error);
  check ((result == NULL) == (error != NULL));
  if (result != NULL)
    check_result (result);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  gsl_set_error_handler_off (); /* as every door does */
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup ((const char *)data, size);
  guint32 seed = (guint32)size;
  for (size_t i = 0; i < size; i++)
    seed = seed * 31 + data[i];
  g_autoptr (XpsModel) model = read_text (text, &error);
  check ((model == NULL) == (error != NULL));
  if (model == NULL)
    return 0;
  check_round_trip (model);
  g_autoptr (XpsModelIndex) index = xps_model_check (model, &error);
  check ((index == NULL) == (error != NULL));
  if (index != NULL && is_small (model))
    fit (model, seed);
  return 0;
}
