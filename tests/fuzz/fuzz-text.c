/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader.h"

/* The last byte chooses what the caller says of the file, so that overrides are met too. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const uint8_t choice = size > 0 ? data[size - 1] : 0;
  XpsReadOptions options;

  xps_read_options_init (&options);
  options.format = "text";
  options.decimal_comma = choice % 7 == 1;
  options.energy_column = choice % 5 == 1 ? 2 : 0;
  options.intensity_column = choice % 11 == 1 ? 3 : 0;
  options.sigma_column = choice % 13 == 1 ? 4 : 0;
  options.axis_given = choice % 3 == 1;
  options.axis = XPS_AXIS_KINETIC;
  fuzz_read (data, size, &options);
  return 0;
}
