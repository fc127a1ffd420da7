/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/formats.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/checks.h"

/* Names listed in a message. */
#define MOST_NAMES 12

XpsFile *
xps_file_new (const char *path, const char *format)
{
  XpsFile *file = g_new0 (XpsFile, 1);

  file->path = g_strdup (path);
  file->format = format;
  file->warnings = g_ptr_array_new_with_free_func (g_free);
  file->notes = g_ptr_array_new_with_free_func (g_free);
  file->spectra = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);
  return file;
}

void
xps_file_free (XpsFile *file)
{
  if (file == NULL)
    return;
  g_free (file->path);
  g_free (file->software);
  g_free (file->instrument);
  g_free (file->comment);
  g_free (file->sha256);
  g_ptr_array_unref (file->warnings);
  g_ptr_array_unref (file->notes);
  g_ptr_array_unref (file->spectra);
  g_free (file);
}

void
xps_file_correct_photon_energy (XpsFile *file, double photon_energy, const char *reason)
{
  /* What the file's own value contradicted may be well with the true one, or the other way round. */
  xps_check_forget (file);
  for (guint i = 0; i < file->spectra->len; i++) {
    XpsSpectrumDraft draft = {0};
    xps_spectrum_take_apart (g_ptr_array_index (file->spectra, i), &draft);
    xps_acquisition_correct_photon_energy (draft.acquisition, photon_energy, reason);
    g_ptr_array_index (file->spectra, i) = xps_spectrum_new (&draft);
  }
  xps_check_file (file);
}

static char *
dup_level (const XpsSpectrum *spectrum)
{
  const XpsAcquisition *acquisition = xps_spectrum_get_acquisition (spectrum);

  if (acquisition->species == NULL || acquisition->species[0] == '\0')
    return NULL;
  const char *transition = acquisition->transition != NULL ? acquisition->transition : "";
  char *level = g_strdup_printf ("%s %s", acquisition->species, transition);
  return g_strchomp (level);
}

typedef gboolean (*NameTest) (const XpsSpectrum *spectrum, const char *selector);

static gboolean
same_name (const XpsSpectrum *spectrum, const char *selector)
{
  return g_strcmp0 (xps_spectrum_get_name (spectrum), selector) == 0;
}

static gboolean
same_text_folded (const char *a, const char *b)
{
  if (a == NULL)
    return FALSE;
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);
  return strcmp (folded_a, folded_b) == 0;
}

static gboolean
same_name_folded (const XpsSpectrum *spectrum, const char *selector)
{
  return same_text_folded (xps_spectrum_get_name (spectrum), selector);
}

static gboolean
same_level (const XpsSpectrum *spectrum, const char *selector)
{
  g_autofree char *level = dup_level (spectrum);
  return same_text_folded (level, selector);
}

static const XpsSpectrum *
find_by_index (const XpsFile *file, const char *selector)
{
  guint64 index = 0;

  if (!g_ascii_string_to_unsigned (selector, 10, 0, G_MAXUINT32, &index, NULL) || index >= file->spectra->len)
    return NULL;
  return g_ptr_array_index (file->spectra, index);
}

static void
fail_selector (const XpsFile *file, const char *selector, GError **error)
{
  g_autoptr (GString) remedy = g_string_new (_ ("there are: "));
  g_autofree char *what = xps_text_printf (_ ("no region \"%s\""), selector);

  for (guint i = 0; i < MIN (file->spectra->len, MOST_NAMES); i++) {
    const char *name = xps_spectrum_get_name (g_ptr_array_index (file->spectra, i));
    g_string_append_printf (remedy, "%s%u \"%s\"", i > 0 ? ", " : "", i, name != NULL ? name : "");
  }
  if (file->spectra->len > MOST_NAMES)
    g_string_append_printf (remedy, _ (" and %u more"), file->spectra->len - MOST_NAMES);
  xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_UNKNOWN, file->path, NULL, what, remedy->str);
}

const XpsSpectrum *
xps_file_find_spectrum (const XpsFile *file, const char *selector, GError **error)
{
  static const NameTest tests[] = {same_name, same_name_folded, same_level};

  if (file->spectra->len == 0) {
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_EMPTY, file->path, NULL,
                   N_ ("holds no spectrum"), NULL);
    return NULL;
  }
  if (selector == NULL)
    return g_ptr_array_index (file->spectra, 0);
  const XpsSpectrum *found = find_by_index (file, selector);
  for (guint t = 0; t < G_N_ELEMENTS (tests) && found == NULL; t++)
    for (guint i = 0; i < file->spectra->len && found == NULL; i++)
      if (tests[t](g_ptr_array_index (file->spectra, i), selector))
        found = g_ptr_array_index (file->spectra, i);
  if (found == NULL)
    fail_selector (file, selector, error);
  return found;
}
