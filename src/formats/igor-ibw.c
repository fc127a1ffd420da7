/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <glib/gi18n-lib.h>

#include "formats/igor-wave.h"
#include "formats/image.h"
#include "formats/rows.h"

/* A file that is one Igor wave. Not seen in a real file: version 2, big-endian waves, integers, more than two
 * dimensions (igor-wave.c). */

static int
score_igor (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  return xps_igor_score_wave (head, head_length);
}

static gboolean
read_igor (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  g_autoptr (GPtrArray) images = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_image_free);
  XpsMemoryBudget budget;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  xps_read_options_init_budget (options, size, &budget);
  if (!xps_igor_read_wave (data, size, 0, &budget, file, images, error))
    return FALSE;
  xps_image_add_spectra (images, &budget, file);
  if (file->spectra->len > 0)
    return TRUE;
  return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_EMPTY, file->path, NULL,
                        N_ ("no finite value in the wave"), NULL);
}

static const char *const suffixes[] = {"ibw", NULL};

const XpsFormat xps_format_igor_ibw = {
    .id = "igor-ibw",
    .title = "Igor Pro binary wave (.ibw)",
    .suffixes = suffixes,
    .score = score_igor,
    .read = read_igor,
};
