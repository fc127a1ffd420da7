/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hostile.h"
#include "sample.h"

/* Small files that office-samples.py makes, from which the fuzz targets start, too. */

static inline char *
seed_dup_path (const char *target, const char *name)
{
  return g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "tests", "fuzz", "corpus", target, name, NULL);
}

/* Reads what must be readable. */
static inline XpsFile *
seed_read (const char *target, const char *name)
{
  g_autofree char *path = seed_dup_path (target, name);
  g_autoptr (GError) error = NULL;
  XpsFile *file = xps_file_open (path, NULL, &error);

  g_assert_no_error (error);
  return file;
}

/* Cut at every length, and bytes changed: nothing but messages. */
static inline void
seed_break (const char *target, const char *name, guint n)
{
  g_autofree char *path = seed_dup_path (target, name);
  g_autofree char *data = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  hostile_bytes (data, length, n);
}

/* The file with what stands at `at` replaced must be refused with all of the words. */
static inline void
seed_refuse (const char *target, const char *name, gsize at, const void *change, gsize n_change,
             const char *const *words)
{
  g_autofree char *path = seed_dup_path (target, name);
  g_autofree char *data = NULL;
  gsize length = 0;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  g_assert_cmpuint (at + n_change, <=, length);
  memcpy (data + at, change, n_change);
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);
  g_assert_null (file);
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (error->message, words[i]) == NULL)
      g_error ("\"%s\" is not in \"%s\"", words[i], error->message);
}

/* Where `text` stands in the file. */
static inline gsize
seed_find (const char *target, const char *name, const char *text, gsize n_text)
{
  g_autofree char *path = seed_dup_path (target, name);
  g_autofree char *data = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  const char *hit = memmem (data, length, text, n_text);
  g_assert_nonnull (hit);
  return (gsize)(hit - data);
}

static inline void
seed_assert_values (const XpsSpectrum *s, const double *energy, const double *intensity, gsize n)
{
  g_assert_cmpuint (xps_spectrum_get_n (s), ==, n);
  sample_assert_values (xps_spectrum_get_energy (s), energy, n);
  sample_assert_values (xps_spectrum_get_intensity (s), intensity, n);
}

static inline const XpsColumn *
seed_column (const XpsSpectrum *s, guint index, XpsColumnRole role, const char *label)
{
  const GPtrArray *columns = xps_spectrum_get_columns (s);

  g_assert_cmpuint (index, <, columns->len);
  const XpsColumn *column = g_ptr_array_index (columns, index);
  g_assert_cmpint (column->role, ==, role);
  g_assert_cmpstr (column->label, ==, label);
  return column;
}

static inline double
seed_variable (const XpsSpectrum *s, const char *label)
{
  const GPtrArray *variables = xps_spectrum_get_acquisition (s)->variables;

  for (guint i = 0; i < variables->len; i++) {
    const XpsVariable *v = g_ptr_array_index (variables, i);
    if (strcmp (v->label, label) == 0)
      return v->value;
  }
  return (double)NAN;
}
