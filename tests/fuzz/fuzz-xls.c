/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  XpsReadOptions options;

  xps_read_options_init (&options);
  options.format = "xls";
  fuzz_read (data, size, &options);
  return 0;
}
