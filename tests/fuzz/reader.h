/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "formats/formats.h"

/* What the fuzz targets of readers share. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

/* A broken promise ends the run whatever the build's debug settings. */
static inline void
fuzz_check (gboolean kept)
{
  if (!kept)
    abort ();
}

/* The promises of xps_spectrum_new(), and every value touched so that the sanitizers see it. */
static inline void
fuzz_check_spectrum (const XpsSpectrum *spectrum)
{
  const gsize n = xps_spectrum_get_n (spectrum);
  const GPtrArray *columns = xps_spectrum_get_columns (spectrum);
  double sum = 0;

  fuzz_check (n >= 1);
  for (gsize i = 0; i < n; i++) {
    fuzz_check (isfinite (xps_spectrum_get_energy (spectrum)[i]));
    fuzz_check (isfinite (xps_spectrum_get_intensity (spectrum)[i]));
    for (guint k = 0; k < columns->len; k++)
      sum += ((const XpsColumn *)g_ptr_array_index (columns, k))->values[i];
  }
  const XpsStoredFit *fit = xps_spectrum_get_stored_fit (spectrum);
  for (guint i = 0; fit != NULL && i < fit->components->len; i++) {
    const XpsStoredComponent *c = g_ptr_array_index (fit->components, i);
    fuzz_check (c->area.link >= -1 && c->area.link < (int)fit->components->len);
    fuzz_check (c->name != NULL && c->shape != NULL);
  }
  volatile double sink = sum;
  (void)sink;
}

static inline void
fuzz_check_same (const XpsSpectrum *a, const XpsSpectrum *b, double axis_error)
{
  const gsize n = xps_spectrum_get_n (a);

  fuzz_check (n == xps_spectrum_get_n (b));
  fuzz_check (xps_spectrum_get_axis (a) == xps_spectrum_get_axis (b));
  fuzz_check (xps_spectrum_get_unit (a) == xps_spectrum_get_unit (b));
  for (gsize i = 0; i < n; i++) {
    const double energy = xps_spectrum_get_energy (a)[i];
    const double off = fabs (xps_spectrum_get_energy (b)[i] - energy);
    fuzz_check (off <= axis_error);
    fuzz_check (xps_spectrum_get_intensity (a)[i] == xps_spectrum_get_intensity (b)[i]);
  }
}

/* What was read can be written, unless the format has no way to say it, and what was written reads back the
 * same. */
static inline void
fuzz_check_writer (const XpsFile *file, const char *name, double axis_error)
{
  const XpsFormat *format = xps_formats_find_writer (name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = format->write (file->spectra, &error);

  if (bytes == NULL) {
    fuzz_check (g_error_matches (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_WRITE));
    return;
  }
  g_autoptr (XpsFile) back = xps_file_open_bytes (bytes, name, NULL, NULL);
  fuzz_check (back != NULL && back->spectra->len == file->spectra->len);
  for (guint i = 0; i < file->spectra->len; i++)
    fuzz_check_same (g_ptr_array_index (file->spectra, i), g_ptr_array_index (back->spectra, i), axis_error);
}

static inline void
fuzz_read (const uint8_t *data, size_t size, const XpsReadOptions *options)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "input", options, &error);

  fuzz_check ((file == NULL) == (error != NULL));
  if (file == NULL)
    return;
  fuzz_check (file->spectra->len >= 1);
  for (guint i = 0; i < file->spectra->len; i++)
    fuzz_check_spectrum (g_ptr_array_index (file->spectra, i));
  fuzz_check_writer (file, "a.vms", 1e-9);
  fuzz_check_writer (file, "a.csv", 0);
}
