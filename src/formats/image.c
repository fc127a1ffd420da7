/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/image.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/number.h"
#include "base/text.h"
#include "formats/fields.h"

XpsImage *
xps_image_new (void)
{
  XpsImage *self = g_new0 (XpsImage, 1);

  self->record = xps_acquisition_new ();
  for (guint k = 0; k < XPS_IMAGE_DIMENSIONS; k++)
    self->dimensions[k].n = 1;
  return self;
}

void
xps_image_free (XpsImage *image)
{
  if (image == NULL)
    return;
  for (guint k = 0; k < XPS_IMAGE_DIMENSIONS; k++) {
    g_free (image->dimensions[k].label);
    g_free (image->dimensions[k].unit);
    g_free (image->dimensions[k].scale);
  }
  g_free (image->name);
  g_free (image->sample);
  g_free (image->group);
  g_free (image->axis_label);
  g_free (image->unit_label);
  g_free (image->energy);
  g_free (image->values);
  g_free (image->sums);
  if (image->columns != NULL)
    g_ptr_array_unref (image->columns);
  xps_acquisition_free (image->record);
  xps_stored_fit_free (image->stored_fit);
  g_free (image);
}

gsize
xps_image_get_n_slices (const XpsImage *image)
{
  gsize n = 1;

  for (guint k = 0; k < XPS_IMAGE_DIMENSIONS; k++)
    n *= image->dimensions[k].n;
  return n;
}

/* Place of a slice in each dimension as a variable; dimensions below `from` are summed over. */
static void
add_variables (const XpsImage *image, gsize slice, guint from, XpsAcquisition *record)
{
  char text[XPS_NUMBER_LENGTH];

  for (guint k = 0; k < XPS_IMAGE_DIMENSIONS; k++) {
    const XpsImageDimension *dimension = &image->dimensions[k];
    const gsize i = slice % dimension->n;
    slice /= dimension->n;
    if (k < from || dimension->n == 1)
      continue;
    xps_number_format (dimension->scale != NULL ? dimension->scale[i] : (double)i, text);
    xps_acquisition_add_variable (record, dimension->label != NULL ? dimension->label : "slice",
                                  dimension->unit != NULL ? dimension->unit : "", text);
  }
}

/* Memory of one more spectrum, with what is copied for it. */
static gboolean
take_memory (const XpsImage *image, XpsMemoryBudget *budget)
{
  return xps_memory_take (budget, xps_fields_cost (image->record) + 2 * image->n * sizeof (double));
}

/* The sum of `n` slices from `first` on, as the instrument made it where it did. */
static void
fill_sum (const XpsImage *image, gsize first, gsize n, double *out)
{
  const gsize width = image->dimensions[0].n;
  const gboolean made = image->sums != NULL && width > 1 && n >= width;
  const double *from = made ? image->sums + first / width * image->n : image->values + first * image->n;

  for (gsize k = 0; k < (made ? n / width : n); k++)
    for (gsize i = 0; i < image->n; i++)
      out[i] += from[k * image->n + i];
}

static void
add_spectrum (const XpsImage *image, gsize first, gsize n, guint from, XpsFile *file, gsize *n_dropped)
{
  XpsSpectrumDraft draft = {
      .name = g_strdup (image->name),
      .sample = g_strdup (image->sample),
      .group = g_strdup (image->group),
      .axis = image->axis,
      .axis_label = g_strdup (image->axis_label),
      .unit = image->unit,
      .unit_label = g_strdup (image->unit_label),
      .n = image->n,
      .energy = g_memdup2 (image->energy, image->n * sizeof (double)),
      .intensity = g_new0 (double, image->n),
      .acquisition = xps_acquisition_copy (image->record),
  };
  if (from == XPS_IMAGE_DIMENSIONS && image->columns != NULL)
    draft.columns = g_ptr_array_ref (image->columns);
  if (from == XPS_IMAGE_DIMENSIONS && image->stored_fit != NULL)
    draft.stored_fit = xps_stored_fit_copy (image->stored_fit);

  fill_sum (image, first, n, draft.intensity);
  add_variables (image, first, from, draft.acquisition);
  XpsSpectrum *spectrum = xps_fields_make_spectrum (&draft, n_dropped);
  if (spectrum != NULL)
    g_ptr_array_add (file->spectra, spectrum);
}

/* FALSE where the memory does not allow it. */
static gboolean
add_slices (const XpsImage *image, gsize n_each, guint from, XpsMemoryBudget *budget, XpsFile *file,
            gsize *n_dropped)
{
  const gsize n_slices = xps_image_get_n_slices (image);

  if (n_slices / n_each < 2)
    return TRUE;
  for (gsize first = 0; first < n_slices; first += n_each) {
    if (!take_memory (image, budget))
      return FALSE;
    add_spectrum (image, first, n_each, from, file, n_dropped);
  }
  return TRUE;
}

static gboolean
add_parts (const XpsImage *image, XpsMemoryBudget *budget, XpsFile *file, gsize *n_dropped)
{
  const gsize width = image->dimensions[0].n, n_slices = xps_image_get_n_slices (image);

  /* Steps of a series of images: each summed over the image's own dimension. */
  if (width > 1 && n_slices > width && !add_slices (image, width, 1, budget, file, n_dropped))
    return FALSE;
  return add_slices (image, 1, 0, budget, file, n_dropped);
}

void
xps_image_add_spectra (const GPtrArray *images, XpsMemoryBudget *budget, XpsFile *file)
{
  gsize n_dropped = 0;
  gboolean fits = TRUE;

  for (guint i = 0; i < images->len && fits; i++) {
    const XpsImage *image = g_ptr_array_index (images, i);
    fits = take_memory (image, budget);
    if (fits)
      add_spectrum (image, 0, xps_image_get_n_slices (image), XPS_IMAGE_DIMENSIONS, file, &n_dropped);
  }
  const guint n_sums = file->spectra->len;
  for (guint i = 0; i < images->len && fits; i++)
    fits = add_parts (g_ptr_array_index (images, i), budget, file, &n_dropped);
  if (!fits)
    g_ptr_array_add (
        file->warnings,
        g_strdup (_ ("the images have more slices than memory is allowed for: only some of them are there")));
  if (file->spectra->len > n_sums)
    g_ptr_array_add (
        file->notes,
        xps_text_printf (
            ngettext (
                "%u spectrum, the first, is the sum over the slices of an image; %u single slices and steps "
                "follow",
                "the first %u spectra are sums over the slices of images; %u single slices and steps follow",
                n_sums),
            n_sums, file->spectra->len - n_sums));
  if (n_dropped > 0)
    g_ptr_array_add (file->warnings,
                     xps_text_printf (_ ("%zu points are no finite numbers and are left out"), n_dropped));
}
