/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "formats/archive.h"
#include "project/state-private.h"

/* What programs write where nobody named a sample. */
static gboolean
is_empty_name (const char *name)
{
  static const char *const words[] = {"not specified", "unknown",  "none", "no sample",
                                      "sample",        "untitled", NULL};
  if (name == NULL)
    return TRUE;
  g_autofree char *folded = g_ascii_strdown (name, -1);
  g_strstrip (folded);
  return folded[0] == '\0' || g_strv_contains (words, folded);
}

/* The file's name without folder and ending. New string. */
static char *
dup_stem (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  char *dot = strrchr (base, '.');
  if (dot != NULL && dot != base)
    *dot = '\0';
  return g_utf8_make_valid (base, -1);
}

/* Whether the sample has this file, or this region, already: then it is another one of its name. */
static gboolean
has_region (const XpsState *self, guint sample, const char *path, const char *name)
{
  for (guint i = 0; i < xps_state_get_n_regions (self); i++) {
    const XpsRegion *region = xps_state_get_region (self, i);
    if (region->sample == sample && (g_strcmp0 (xps_spectrum_get_name (region->spectrum), name) == 0 ||
                                     (region->source != NULL && g_strcmp0 (region->source->path, path) == 0)))
      return TRUE;
  }
  return FALSE;
}

/* Instruments that write a file for each region name the sample in all of them: the one that another file of
 * the folder named so, 0 where there is none. */
static guint
find_sample (const XpsState *self, const XpsFile *file, const char *name)
{
  if (file->spectra->len != 1 || file->path == NULL)
    return 0;
  g_autofree char *folder = g_path_get_dirname (file->path);
  for (guint i = xps_state_get_n_regions (self); i-- > 0;) {
    const XpsRegion *region = xps_state_get_region (self, i);
    const XpsSample *sample = xps_state_find_sample (self, region->sample);
    const char *other = region->source != NULL ? region->source->path : NULL;
    if (other == NULL || sample == NULL || strcmp (sample->name, name) != 0)
      continue;
    g_autofree char *beside = g_path_get_dirname (other);
    const char *own = xps_spectrum_get_name (g_ptr_array_index (file->spectra, 0));
    if (strcmp (beside, folder) == 0)
      return has_region (self, region->sample, file->path, own) ? 0 : region->sample;
  }
  return 0;
}

/* The path in the archive, or NULL: no archive, or beyond the list. */
static const char *
get_member (const XpsFile *file, guint i)
{
  if (i >= file->spectra->len)
    return NULL;
  const XpsSpectrum *spectrum = g_ptr_array_index (file->spectra, i);
  return xps_acquisition_find_key (xps_spectrum_get_acquisition (spectrum), XPS_ARCHIVE_MEMBER);
}

/* By what a sample is known amid one file: its name, in an archive with the member, or with the folder of
 * members of one region each; so that an archive gives what its files do where it is unpacked. New string. */
static char *
dup_key (const XpsFile *file, guint i, const char *name)
{
  const char *member = get_member (file, i);
  if (member == NULL)
    return g_strdup (name);
  const gboolean several = g_strcmp0 (member, get_member (file, i + 1)) == 0 ||
                           (i > 0 && g_strcmp0 (member, get_member (file, i - 1)) == 0);
  g_autofree char *folder = g_path_get_dirname (member);
  return g_strdup_printf ("%s\n%s", several ? member : folder, name);
}

XpsState *
xps_state_import (const XpsState *self, const XpsFile *file, GArray *ids)
{
  XpsState *draft = xps_state_begin (self);
  g_autofree char *stem = dup_stem (file->path != NULL ? file->path : "");
  g_autoptr (GHashTable) samples = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < file->spectra->len; i++) {
    const XpsSpectrum *spectrum = g_ptr_array_index (file->spectra, i);
    const char *given = xps_spectrum_get_sample (spectrum);
    const char *name = is_empty_name (given) ? stem : given;
    g_autofree char *key = dup_key (file, i, name);
    guint sample = GPOINTER_TO_UINT (g_hash_table_lookup (samples, key));
    if (sample == 0 && given != NULL && name == given)
      sample = find_sample (self, file, name);
    if (sample == 0) {
      sample = xps_state_new_sample_id (draft);
      xps_state_put_sample (draft, sample, name, NULL);
    }
    g_hash_table_replace (samples, g_steal_pointer (&key), GUINT_TO_POINTER (sample));
    g_autoptr (XpsSource) source = xps_source_new (file, i);
    g_autoptr (XpsRegion) region = xps_region_new (spectrum, source);
    const guint id = xps_state_insert_region (draft, sample, region);
    if (ids != NULL)
      g_array_append_val (ids, id);
  }
  return xps_state_end (draft);
}
