/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"
#include "fit/result.h"

/* Any text as a model file: refused with a message, or a model that survives its own round trip, binds to
 * data or says why not, and is fitted for a few evaluations to finite values inside their bounds. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

#define POINTS   48
#define MOST     60 /* parameters, components of a part, parts: enough for every path, few enough to be quick */
#define ATTEMPTS 20

static void
check (gboolean kept)
{
  if (!kept)
    abort ();
}

static XpsFitData *
make_data (void)
{
  double energy[POINTS], counts[POINTS];
  for (int i = 0; i < POINTS; i++) {
    const double e = 156 + 0.3 * i + (i % 5 == 0 ? 0.1 : 0);
    energy[i] = e;
    counts[i] = floor (40 + 900 * exp (-(e - 161.6) * (e - 161.6)) + (i % 7) + (e > 162 ? 60 : 0));
  }
  return xps_fit_data_new_arrays (POINTS, energy, counts, NULL, NULL, XPS_INTENSITY_COUNTS, 1);
}

static gboolean
is_small (const XpsModel *model)
{
  gboolean small = model->parameters->len <= MOST && model->parts->len <= 4;
  for (guint s = 0; small && s < model->parts->len; s++) {
    const XpsModelPart *part = g_ptr_array_index (model->parts, s);
    small = part->components->len <= 8 && part->backgrounds->len <= 8;
  }
  return small;
}

static void
check_result (const XpsResult *result)
{
  const XpsProblem *problem = result->problem;
  for (gsize f = 0; f < xps_problem_get_n_free (problem); f++) {
    double low, high;
    const double value = result->values[xps_problem_get_free_parameter (problem, f)];
    xps_problem_get_bounds (problem, f, &low, &high);
    check (isfinite (value) && value >= low && value <= high);
  }
  g_autofree char *text = xps_result_dup_text (result);
  check (g_utf8_validate (text, -1, NULL));
  g_autoptr (JsonNode) node = xps_json_read ("result", text, NULL);
  check (node != NULL);
}

static void
fit (const XpsModel *model, XpsWeights weights)
{
  g_autoptr (XpsFitData) data = make_data ();
  g_autofree XpsFitData **each = g_new (XpsFitData *, model->parts->len);
  g_autoptr (GError) error = NULL;
  const XpsFitOptions options = {.max_evaluations = ATTEMPTS, .no_search = TRUE};
  for (guint s = 0; s < model->parts->len; s++)
    each[s] = data;
  g_autoptr (XpsResult) result = xps_fit (model, each, model->parts->len, weights, &options, &error);
  check ((result == NULL) == (error != NULL));
  if (result != NULL)
    check_result (result);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = xps_json_read ("input", text, &error);
  g_autoptr (XpsModel) model = node != NULL ? xps_model_from_json (node, "input", &error) : NULL;
  check ((model == NULL) == (error != NULL));
  if (model == NULL || !is_small (model))
    return 0;
  g_autofree char *written = xps_model_dup_text (model);
  g_autoptr (JsonNode) again = xps_json_read ("again", written, NULL);
  g_autoptr (XpsModel) back = again != NULL ? xps_model_from_json (again, "again", NULL) : NULL;
  check (back != NULL && xps_model_equal (model, back));
  fit (model, XPS_WEIGHTS_COUNTS);
  fit (model, XPS_WEIGHTS_POISSON);
  return 0;
}
