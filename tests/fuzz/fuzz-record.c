/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fit/model-index.h"
#include "fit/record.h"

/* A RESULT.json from anywhere: a sentence, or a record that is whole and reads the same again. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A broken promise ends the run whatever the build's debug settings. */
static void
check (gboolean kept)
{
  if (!kept)
    abort ();
}

static void
check_record (const XpsFitRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFitRecord) again = xps_fit_record_from_text (record->text, "again", &error);
  XpsWeights weights;
  check (again != NULL);
  check (xps_model_equal (record->model, again->model));
  check (xps_weights_from_text (record->weights, &weights));
  check (xps_fit_record_is_current (record, again->model, weights));
  check (record->parameters->len == record->model->parameters->len);
  check ((record->covariance != NULL) == (record->order->len > 0));
  for (guint i = 0; i < record->components->len; i++) {
    const XpsRecordComponent *component = g_ptr_array_index (record->components, i);
    check (component->spectrum < record->model->parts->len);
    check (xps_fit_record_find_component (record, component->spectrum, component->name) != NULL);
  }
  for (guint i = 0; i < record->backgrounds->len; i++) {
    const XpsRecordBackground *background = g_ptr_array_index (record->backgrounds, i);
    check (background->keys->len == background->values->len);
  }
  for (guint i = 0; i < record->warnings->len; i++)
    check (((const XpsWarning *)g_ptr_array_index (record->warnings, i))->parameters != NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (XpsFitRecord) record = xps_fit_record_from_text (text, "input", &error);
  check ((record == NULL) == (error != NULL));
  if (record != NULL)
    check_record (record);
  return 0;
}
