/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sample.h"

/* Small files of every HDF5 layout, made by hdf5-samples.py: the numbers expected in the tests are those in
 * it. */

static inline char *
sample_path (const char *name)
{
  return g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "tests/fuzz/corpus/hdf5", name, NULL);
}

static inline XpsFile *
read_sample (const char *name, const XpsReadOptions *options)
{
  g_autofree char *path = sample_path (name);
  g_autoptr (GError) error = NULL;
  XpsFile *file = xps_file_open (path, options, &error);

  g_assert_no_error (error);
  return file;
}

static inline void
check_values (const XpsSpectrum *s, gsize n, const double *energy, const double *intensity)
{
  g_assert_cmpuint (xps_spectrum_get_n (s), ==, n);
  for (gsize i = 0; i < n; i++) {
    test_assert_close (xps_spectrum_get_energy (s)[i], energy[i], 1e-12);
    g_assert_cmpfloat (xps_spectrum_get_intensity (s)[i], ==, intensity[i]);
  }
}

static inline void
check_variable (const XpsSpectrum *s, guint index, const char *label, const char *unit, double value)
{
  const GPtrArray *variables = xps_spectrum_get_acquisition (s)->variables;

  g_assert_cmpuint (index, <, variables->len);
  const XpsVariable *v = g_ptr_array_index (variables, index);
  g_assert_cmpstr (v->label, ==, label);
  g_assert_cmpstr (v->unit, ==, unit);
  g_assert_cmpfloat (v->value, ==, value);
}
