/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <math.h>
#include <string.h>

#include "formats/formats.h"

/* Broken files end in a message or in spectra, never in a crash, a hang or a number that is none. */

static inline void
hostile_try (const void *data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFile) file = xps_file_open_bytes (bytes, "sample", NULL, &error);

  if (file == NULL) {
    g_assert_nonnull (error);
    g_assert_true (g_str_has_prefix (error->message, "sample: "));
    g_assert_null (strchr (error->message, '\n'));
    return;
  }
  g_assert_cmpuint (file->spectra->len, >=, 1);
  for (guint i = 0; i < file->spectra->len; i++) {
    const XpsSpectrum *s = g_ptr_array_index (file->spectra, i);
    g_assert_cmpuint (xps_spectrum_get_n (s), >=, 1);
    for (gsize k = 0; k < xps_spectrum_get_n (s); k++)
      g_assert_true (isfinite (xps_spectrum_get_energy (s)[k]) &&
                     isfinite (xps_spectrum_get_intensity (s)[k]));
  }
}

/* Cut at every length; some bytes changed, n times. */
static inline void
hostile_bytes (const void *data, gsize length, guint n)
{
  static const char nasty[] = "\0\n\r\t ,;.-+eE0123456789\"#[]=:\x7F\x80\xFF";
  g_autoptr (GRand) random = g_rand_new_with_seed (42);

  for (gsize cut = length; cut-- > 0;)
    hostile_try (data, cut);
  for (guint i = 0; i < n; i++) {
    g_autofree char *copy = g_memdup2 (data, length);
    for (int k = g_rand_int_range (random, 1, 4); k > 0; k--)
      copy[g_rand_int_range (random, 0, (gint32)length)] =
          nasty[g_rand_int_range (random, 0, sizeof nasty - 1)];
    hostile_try (copy, length);
  }
}

/* The above, and every line left out or doubled. */
static inline void
hostile_text (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  hostile_bytes (text, strlen (text), 5000);
  for (guint i = 0; lines[i] != NULL; i++)
    for (guint copies = 0; copies <= 2; copies += 2) {
      g_autoptr (GString) changed = g_string_new (NULL);
      for (guint k = 0; lines[k] != NULL; k++)
        for (guint c = k == i ? copies : 1; c > 0; c--)
          g_string_append_printf (changed, "%s\n", lines[k]);
      hostile_try (changed->str, changed->len);
    }
}
