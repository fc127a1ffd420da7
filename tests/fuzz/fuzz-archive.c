/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reader.h"

/* zip, tar and gzip, told apart by their content; members through every reader. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  fuzz_read (data, size, NULL);
  return 0;
}
