/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/choice.h"
#include "reader.h"

/* What is listed can be asked for: read or refused in words. */
static void
try_choices (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GPtrArray) choices = xps_choices_list (bytes, "input", NULL);
  XpsReadOptions options;

  xps_read_options_init (&options);
  options.format = "hdf5";
  for (guint i = 0; choices != NULL && i < MIN (choices->len, 8); i++) {
    options.dataset = ((const XpsChoice *)g_ptr_array_index (choices, i))->path;
    options.energy_dataset =
        i % 2 == 0 ? NULL : ((const XpsChoice *)g_ptr_array_index (choices, (i + 1) % choices->len))->path;
    fuzz_read (data, size, &options);
  }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  XpsReadOptions options;

  xps_read_options_init (&options);
  options.format = "hdf5";
  fuzz_read (data, size, &options);
  try_choices (data, size);
  return 0;
}
