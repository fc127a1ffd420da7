/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "project/project.h"
#include "project/spectrum-json.h"
#include "project/store.h"
#include "reader.h"

/* A project file from anywhere: one sentence, or a document whose every value can be used. Text that is no
 * SQLite file goes to the reader of what was measured, which a fuzzer would never reach behind the checksum.
 */

static void
check_region (const XpsState *state, const XpsRegion *region)
{
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  g_autoptr (GError) error = NULL;

  fuzz_check (xps_state_find_region (state, region->id) == region);
  fuzz_check (xps_state_find_sample (state, region->sample) != NULL);
  fuzz_check (g_utf8_validate (region->name, -1, NULL) && g_utf8_validate (region->notes, -1, NULL));
  fuzz_check (region->model->parts->len == 1 && part->components != NULL);
  fuzz_check_spectrum (region->spectrum);
  fuzz_check (xps_region_get_fit_state (region) != XPS_FIT_STATE_FITTED || region->record != NULL);
  g_autoptr (XpsFitData) data = xps_region_new_data (region, &error);
  fuzz_check ((data == NULL) == (error != NULL));
}

static void
read_project (const uint8_t *bytes, size_t size)
{
  g_autoptr (GBytes) all = g_bytes_new_static (bytes, size);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) history = NULL;
  int version = 0;

  g_autoptr (XpsStore) store = xps_store_open_bytes (all, "input", &version, &error);
  g_autoptr (XpsState) state = store != NULL ? xps_store_read (store, &history, &error) : NULL;
  fuzz_check ((state == NULL) == (error != NULL));
  for (guint i = 0; state != NULL && i < xps_state_get_n_regions (state); i++)
    check_region (state, xps_state_get_region (state, i));
}

/* What can be read is written as what reads back the same. */
static void
read_record (const uint8_t *bytes, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)bytes, size);
  const char *what = NULL;
  XpsSpectrumDraft draft = {0};

  if (!xps_spectrum_read_record (text, &draft, &what)) {
    fuzz_check (what != NULL);
    xps_spectrum_draft_clear (&draft);
    return;
  }
  draft.n = 1;
  draft.energy = g_new0 (double, 1);
  draft.intensity = g_new0 (double, 1);
  for (guint i = 0; i < draft.columns->len; i++)
    ((XpsColumn *)g_ptr_array_index (draft.columns, i))->values = g_new0 (double, 1);
  g_autoptr (XpsSpectrum) spectrum = xps_spectrum_new (&draft);
  g_autofree char *first = xps_spectrum_dup_record (spectrum);
  XpsSpectrumDraft again = {0};
  fuzz_check (xps_spectrum_read_record (first, &again, &what));
  again.n = 1;
  again.energy = g_new0 (double, 1);
  again.intensity = g_new0 (double, 1);
  g_autoptr (XpsSpectrum) back = xps_spectrum_new (&again);
  g_autofree char *second = xps_spectrum_dup_record (back);
  fuzz_check (strcmp (first, second) == 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  if (size >= 6 && memcmp (data, "SQLite", 6) == 0)
    read_project (data, size);
  else
    read_record (data, size);
  return 0;
}
