/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/hdf5-layout.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "base/number.h"
#include "base/text.h"

/* Regions of Diamond's GDA: an NXdata group for each, with `spectrum` (scan, energy), `image` (scan, slice,
 * energy), `kinetic_energy` and `binding_energy`, and what the analyser was set to under instrument/REGION.
 * Seen in a file of I09-2 (GDA 9.5) with one point of a scan. Its binding energies are hv - KE - work
 * function, unlike those of any laboratory format: the record says so (from_vacuum). */

#define MOST_REGIONS 1000

/* Positioner that was scanned: the data set that says it is the first axis. */
static const XpsHdf5Node *
find_scanned (XpsHdf5Reader *self, const XpsHdf5Node *region, gsize n)
{
  for (guint i = 0; i < region->children->len; i++) {
    const XpsHdf5Node *child = xps_hdf5_child (self->h, region, i);
    if (child == NULL || child->kind != XPS_HDF5_NUMBERS || child->n != n)
      continue;
    g_autofree char *axis = xps_hdf5_dup_attribute (self->h, child, "axis");
    if (g_strcmp0 (axis, "1") == 0)
      return child;
  }
  return NULL;
}

/* Slices of the detector, with the spectra as the sums over them. */
static XpsImage *
read_slices (XpsHdf5Reader *self, const XpsHdf5Node *region, const XpsHdf5Node *spectrum,
             const XpsHdf5Node *scanned, const XpsHdf5Node *energy)
{
  const XpsHdf5Node *pictures = xps_hdf5_find_numbers (self->h, region, "image");
  const gsize n = spectrum->shape[spectrum->rank - 1];
  g_autoptr (GError) error = NULL;

  if (pictures == NULL || pictures->rank != 3 || pictures->shape[2] != n || pictures->shape[1] < 2 ||
      pictures->shape[0] != spectrum->n / n)
    return NULL;
  XpsHdf5Array array = {.values = pictures, .energy_dimension = 2};
  array.axes[0] = scanned;
  array.axes[1] = xps_hdf5_find_numbers (self->h, region, "y_scale");
  array.energy = xps_hdf5_dup_energies (self, energy, n, &error);
  XpsImage *image = array.energy != NULL ? xps_hdf5_make_image (self, &array, &error) : NULL;
  if (image != NULL)
    image->sums = xps_hdf5_dup_numbers (self->h, spectrum, &error);
  if (image != NULL && image->sums != NULL)
    return image;
  xps_image_free (image);
  g_ptr_array_add (self->file->warnings, xps_text_printf (_ ("slices are left out: %s"), error->message));
  return NULL;
}

static XpsImage *
read_sum (XpsHdf5Reader *self, const XpsHdf5Node *spectrum, const XpsHdf5Node *scanned,
          const XpsHdf5Node *energy)
{
  const gsize n = spectrum->shape[spectrum->rank - 1];
  g_autoptr (GError) error = NULL;
  XpsHdf5Array array = {.values = spectrum, .energy_dimension = spectrum->rank - 1};

  array.axes[0] = scanned;
  array.energy = xps_hdf5_dup_energies (self, energy, n, &error);
  XpsImage *image = array.energy != NULL ? xps_hdf5_make_image (self, &array, &error) : NULL;
  if (error != NULL)
    g_ptr_array_add (self->file->warnings, g_strdup (error->message));
  return image;
}

static void
fill_record (XpsHdf5Reader *self, const XpsHdf5Node *entry, const XpsHdf5Node *region, XpsImage *image)
{
  g_autofree char *path = g_strconcat ("instrument/", region->name, NULL);
  const XpsHdf5Node *analyser = xps_hdf5_find (self->h, entry, path);
  XpsAcquisition *record = image->record;
  char text[XPS_NUMBER_LENGTH];

  xps_hdf5_fill_entry (self, entry, image);
  record->photon_energy = xps_hdf5_get_number (self->h, xps_hdf5_find (self->h, analyser, "photon_energy"));
  record->pass_energy = xps_hdf5_get_number (self->h, xps_hdf5_find (self->h, analyser, "pass_energy"));
  record->work_function = xps_hdf5_get_number (self->h, xps_hdf5_find (self->h, analyser, "work_function"));
  record->dwell = xps_hdf5_get_number (self->h, xps_hdf5_find (self->h, analyser, "count_time"));
  record->scans = xps_hdf5_get_number (self->h, xps_hdf5_find (self->h, analyser, "iterations"));
  g_free (record->analyser_mode);
  record->analyser_mode = xps_hdf5_dup_text (self->h, xps_hdf5_find (self->h, analyser, "acquisition_mode"));
  if (image->axis != XPS_AXIS_KINETIC)
    return;
  record->from_vacuum = TRUE;
  if (!isfinite (record->work_function))
    g_ptr_array_add (
        self->file->warnings,
        xps_text_printf (
            _ ("%s: kinetic energies count from the vacuum level of the analyser and the file does not give "
               "its work function: binding energies are too high by it (about 4.5 eV)"),
            region->name));
  else
    g_ptr_array_add (self->file->notes,
                     xps_text_printf (_ ("%s: kinetic energies count from the vacuum level of the analyser: "
                                         "its work function, %s eV, is subtracted for binding energies"),
                                      region->name, xps_number_format (record->work_function, text)));
}

static gboolean
read_region (XpsHdf5Reader *self, const XpsHdf5Node *entry, const XpsHdf5Node *region)
{
  const gboolean binding = self->options->axis_given && self->options->axis == XPS_AXIS_BINDING;
  const XpsHdf5Node *spectrum = xps_hdf5_find_numbers (self->h, region, "spectrum");
  const XpsHdf5Node *kinetic = xps_hdf5_find_numbers (self->h, region, "kinetic_energy");
  const XpsHdf5Node *energy =
      kinetic == NULL || binding ? xps_hdf5_find_numbers (self->h, region, "binding_energy") : kinetic;

  if (spectrum == NULL || energy == NULL || spectrum->rank == 0 || spectrum->rank > 2 ||
      energy->n != spectrum->shape[spectrum->rank - 1])
    return FALSE;
  const XpsHdf5Node *scanned = find_scanned (self, region, spectrum->n / energy->n);
  XpsImage *image = read_slices (self, region, spectrum, scanned, energy);
  if (image == NULL)
    image = read_sum (self, spectrum, scanned, energy);
  if (image == NULL)
    return TRUE;
  image->name = g_strdup (region->name);
  image->axis = energy == kinetic ? XPS_AXIS_KINETIC : XPS_AXIS_BINDING;
  image->axis_label = g_strdup (energy->name);
  xps_hdf5_set_unit (self, spectrum, image);
  fill_record (self, entry, region, image);
  g_ptr_array_add (self->images, image);
  return TRUE;
}

gboolean
xps_hdf5_read_gda (XpsHdf5Reader *self, const XpsHdf5Node *entry)
{
  gboolean found = FALSE;

  for (guint i = 0; i < MIN (entry->children->len, MOST_REGIONS); i++) {
    const XpsHdf5Node *region = xps_hdf5_child (self->h, entry, i);
    if (xps_hdf5_is_class (self->h, region, "NXdata") && region->children != NULL)
      found = read_region (self, entry, region) || found;
  }
  return found;
}
