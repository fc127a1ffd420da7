/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "fit/model-index.h"
#include "fit/multistart.h"
#include "fit/stored.h"
#include "reader.h"

/* A VAMAS file with the fit that CasaXPS left in it: a refusal, or a model that survives its own round trip
 * and is fitted to the data beside it for a few evaluations. */

static void
fit (const XpsSpectrum *spectrum, const XpsModel *model, const XpsEnergyScale *scale)
{
  g_autoptr (GPtrArray) data = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_fit_data_unref);
  for (guint s = 0; s < model->parts->len; s++) {
    const XpsModelPart *part = g_ptr_array_index (model->parts, s);
    XpsFitData *window = xps_fit_data_new (spectrum, scale, part->low, part->high, NULL);
    if (window == NULL)
      return;
    g_ptr_array_add (data, window);
  }
  g_autoptr (GError) error = NULL;
  const XpsFitOptions options = {.max_evaluations = 10, .no_search = TRUE};
  g_autoptr (XpsResult) result =
      xps_fit (model, (XpsFitData *const *)data->pdata, data->len, XPS_WEIGHTS_COUNTS, &options, &error);
  fuzz_check ((result == NULL) == (error != NULL));
}

static void
import (const XpsSpectrum *spectrum)
{
  g_autoptr (GError) error = NULL;
  XpsEnergyScale scale = {NAN, 0, 0};
  g_autoptr (XpsModel) model = xps_model_from_stored_fit (spectrum, &scale, &error);
  fuzz_check ((model == NULL) == (error != NULL));
  if (model == NULL || model->parameters->len > 100 || xps_spectrum_get_n (spectrum) > 500)
    return;
  g_autoptr (XpsModel) copy = xps_model_copy (model);
  fuzz_check (xps_model_equal (model, copy));
  g_autoptr (XpsModelIndex) index = xps_model_check (model, &error);
  fuzz_check ((index == NULL) == (error != NULL));
  if (index != NULL)
    fit (spectrum, model, &scale);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  XpsReadOptions options;
  xps_read_options_init (&options);
  options.format = "vamas";
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "input", &options, NULL);
  for (guint i = 0; file != NULL && i < file->spectra->len && i < 4; i++)
    import (g_ptr_array_index (file->spectra, i));
  return 0;
}
