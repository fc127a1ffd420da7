/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/potentiostat.h"
#include "reader.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsPotentiostatLog) log = xps_potentiostat_log_open_bytes (bytes, "input", &error);

  xps_potentiostat_log_is_one (bytes);
  fuzz_check ((log == NULL) == (error != NULL));
  if (log == NULL)
    return 0;
  fuzz_check (log->n >= 1);
  for (gsize i = 0; i < log->n; i++) {
    fuzz_check (isfinite (log->time_s[i]));
    fuzz_check (i == 0 || !log->ascending || log->time_s[i] >= log->time_s[i - 1]);
    const double value = xps_potentiostat_log_get_at (log, log->potential, log->time_s[i]);
    fuzz_check (!isinf (value) || log->potential == NULL);
  }
  return 0;
}
