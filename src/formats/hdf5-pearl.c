/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/hdf5-layout.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "formats/axis.h"

/* PEARL at the Swiss Light Source (PShell): groups "scan 1" or "scan1", in them region1, region2, ... or the
 * data sets of a single region. ScientaSpectrum (step of the scan, energy) is the sum of ScientaImage (slice,
 * energy, step) over the slices. The energies run from ScientaChannelBegin to ScientaChannelEnd. The photon
 * energy is that of the monochromator: ExcitationEnergy is what somebody typed once. Seen in one file, with
 * regions and one step; single regions and several steps are after the description of the format only. */

#define MOST_GROUPS 1000

typedef struct {
  XpsHdf5Reader *reader;
  XpsHdf5 *h;
  const XpsHdf5Node *scan, *attrs, *region; /* region may be the scan itself */
} Place;

static gboolean
is_scan (const XpsHdf5Node *node)
{
  if (node == NULL || node->kind != XPS_HDF5_GROUP || node->children == NULL ||
      !g_str_has_prefix (node->name, "scan"))
    return FALSE;
  const char *number = node->name + strlen ("scan");
  number += *number == ' ';
  return *number != '\0' && strspn (number, "0123456789") == strlen (number);
}

static gboolean
has_spectrum (XpsHdf5 *h, const XpsHdf5Node *group)
{
  const XpsHdf5Node *spectrum = xps_hdf5_find_numbers (h, group, "ScientaSpectrum");

  return spectrum != NULL && spectrum->rank >= 1 && spectrum->rank <= 2;
}

/* The region's own value, else the scan's, else the one among its attributes. */
static double
get_number (const Place *p, const char *name)
{
  const XpsHdf5Node *const groups[] = {p->region, p->scan, p->attrs};
  double value = (double)NAN;

  for (guint i = 0; i < G_N_ELEMENTS (groups) && isnan (value); i++)
    value = xps_hdf5_get_number (p->h, xps_hdf5_find (p->h, groups[i], name));
  return value;
}

static double
get_either (const Place *p, const char *a, const char *b)
{
  const double value = get_number (p, a);

  return isnan (value) ? get_number (p, b) : value;
}

static double *
make_scale (const Place *p, double first, double last, gsize n)
{
  double *scale = isfinite (first) && isfinite (last)
                      ? xps_memory_try_array (p->reader->budget, n, sizeof (double))
                      : NULL;

  if (scale != NULL)
    xps_axis_fill (first, n > 1 ? (last - first) / (double)(n - 1) : 0, n, scale);
  return scale;
}

static double *
make_energies (const Place *p, gsize n)
{
  const XpsHdf5Node *channels = xps_hdf5_find_numbers (p->h, p->region, "ScientaChannels");

  if (channels != NULL && channels->n == n)
    return xps_hdf5_dup_numbers (p->h, channels, NULL);
  return make_scale (p, get_number (p, "ScientaChannelBegin"), get_number (p, "ScientaChannelEnd"), n);
}

/* What was moved between the steps of the scan. */
static const XpsHdf5Node *
find_scanned (const Place *p)
{
  g_autofree char *name = xps_hdf5_dup_attribute (p->h, p->scan, "Writables");

  return name != NULL ? xps_hdf5_find_numbers (p->h, p->scan, name) : NULL;
}

/* Steps lie in the last dimension: fastest in the file, slowest here. FALSE: no memory for it, as a warning.
 */
static gboolean
swap_steps (const Place *p, XpsImage *image, gsize n_slices, gsize n_steps)
{
  double *swapped = xps_memory_try_array (p->reader->budget, n_slices * n_steps * image->n, sizeof (double));

  if (swapped == NULL) {
    g_ptr_array_add (p->reader->file->warnings, g_strdup (_ ("slices are left out: no memory for them")));
    return FALSE;
  }
  for (gsize step = 0; step < n_steps; step++)
    for (gsize slice = 0; slice < n_slices; slice++)
      memcpy (swapped + (step * n_slices + slice) * image->n,
              image->values + (slice * n_steps + step) * image->n, image->n * sizeof (double));
  g_free (image->values);
  image->values = swapped;
  image->dimensions[0].n = n_slices;
  image->dimensions[1].n = n_steps;
  return TRUE;
}

/* Slices with the spectra as their sums; NULL without a word where there are none that fit. */
static XpsImage *
read_slices (const Place *p, const XpsHdf5Node *spectrum, gsize n)
{
  const XpsHdf5Node *pictures = xps_hdf5_find_numbers (p->h, p->region, "ScientaImage");
  const gsize n_steps = spectrum->n / n;
  g_autoptr (GError) error = NULL;

  if (pictures == NULL || pictures->rank < 2 || pictures->rank > 3 || pictures->shape[1] != n ||
      pictures->shape[0] < 2 || pictures->n != pictures->shape[0] * n * n_steps)
    return NULL;
  const gsize n_slices = pictures->shape[0];
  XpsHdf5Array array = {.values = pictures, .energy_dimension = 1, .energy = make_energies (p, n)};
  XpsImage *image = xps_hdf5_make_image (p->reader, &array, &error);
  if (image != NULL)
    image->sums = xps_hdf5_dup_numbers (p->h, spectrum, &error);
  if (image == NULL || image->sums == NULL) {
    g_ptr_array_add (p->reader->file->warnings,
                     xps_text_printf (_ ("slices are left out: %s"), error->message));
    xps_image_free (image);
    return NULL;
  }
  if (n_steps > 1 && !swap_steps (p, image, n_slices, n_steps)) {
    xps_image_free (image);
    return NULL;
  }
  image->dimensions[0].label = g_strdup ("slice");
  image->dimensions[0].scale =
      make_scale (p, get_number (p, "ScientaSliceBegin"), get_number (p, "ScientaSliceEnd"), n_slices);
  return image;
}

static XpsImage *
read_sum (const Place *p, const XpsHdf5Node *spectrum, gsize n)
{
  g_autoptr (GError) error = NULL;
  XpsHdf5Array array = {
      .values = spectrum, .energy_dimension = spectrum->rank - 1, .energy = make_energies (p, n)};
  XpsImage *image = xps_hdf5_make_image (p->reader, &array, &error);

  if (image == NULL)
    g_ptr_array_add (p->reader->file->warnings, g_strdup (error->message));
  return image;
}

static void
name_steps (const Place *p, XpsImage *image)
{
  XpsImageDimension *steps = &image->dimensions[image->sums != NULL ? 1 : 0];
  const XpsHdf5Node *scanned = find_scanned (p);

  if (steps->n < 2 || scanned == NULL || scanned->n != steps->n)
    return;
  g_free (steps->label);
  g_free (steps->scale);
  steps->label = g_strdup (scanned->name);
  steps->unit = xps_hdf5_dup_attribute (p->h, scanned, "unit");
  steps->scale = xps_hdf5_dup_numbers (p->h, scanned, NULL);
}

static void
fill_record (const Place *p, XpsImage *image)
{
  XpsAcquisition *record = image->record;
  const double typed = get_number (p, "ExcitationEnergy");
  char a[XPS_NUMBER_LENGTH], b[XPS_NUMBER_LENGTH];

  record->photon_energy = get_either (p, "MonoEnergy", "ExcitationEnergy");
  record->pass_energy = get_either (p, "ScientaPassEnergy", "PassEnergy");
  record->dwell = get_either (p, "ScientaStepTime", "ScientaDwellTime");
  record->scans = get_either (p, "ScientaIterations", "NumIterations");
  record->analyser_mode = xps_hdf5_dup_text (p->h, xps_hdf5_find (p->h, p->attrs, "AcquisitionMode"));
  record->instrument = g_strdup ("SLS PEARL");
  image->sample = xps_hdf5_dup_text (p->h, xps_hdf5_find (p->h, xps_hdf5_get_root (p->h), "general/sample"));
  xps_hdf5_add_keys (p->reader, p->attrs, record);
  if (p->region != p->scan)
    xps_hdf5_add_keys (p->reader, p->region, record);
  if (isfinite (typed) && fabs (typed - record->photon_energy) > 1)
    g_ptr_array_add (
        p->reader->file->notes,
        xps_text_printf (
            _ ("%s: the photon energy is %s eV by the monochromator; ExcitationEnergy says %s eV"),
            p->region->path, xps_number_format (record->photon_energy, a), xps_number_format (typed, b)));
}

static void
read_region (XpsHdf5Reader *self, const XpsHdf5Node *scan, const XpsHdf5Node *region)
{
  const Place p = {self, self->h, scan, xps_hdf5_find (self->h, scan, "attrs"), region};
  const XpsHdf5Node *spectrum = xps_hdf5_find_numbers (self->h, region, "ScientaSpectrum");
  const gsize n = spectrum->shape[spectrum->rank - 1];
  g_autofree double *energies = make_energies (&p, n);

  if (energies == NULL) {
    g_ptr_array_add (
        self->file->warnings,
        xps_text_printf (_ ("%s: the energies are missing (ScientaChannelBegin)"), region->path));
    return;
  }
  XpsImage *image = read_slices (&p, spectrum, n);
  if (image == NULL)
    image = read_sum (&p, spectrum, n);
  if (image == NULL)
    return;
  g_autofree char *mode = xps_hdf5_dup_text (self->h, xps_hdf5_find (self->h, p.attrs, "EnergyMode"));
  image->name = g_strdup (region->name);
  image->axis = self->options->axis_given          ? self->options->axis
                : g_strcmp0 (mode, "Binding") == 0 ? XPS_AXIS_BINDING
                                                   : XPS_AXIS_KINETIC;
  image->axis_label = g_strdup (mode);
  xps_hdf5_set_unit (self, spectrum, image);
  name_steps (&p, image);
  fill_record (&p, image);
  g_ptr_array_add (self->images, image);
}

static gboolean
is_scan_with_spectra (XpsHdf5 *h, const XpsHdf5Node *scan)
{
  if (!is_scan (scan))
    return FALSE;
  for (guint i = 0; i < MIN (scan->children->len, MOST_GROUPS); i++)
    if (has_spectrum (h, xps_hdf5_child (h, scan, i)))
      return TRUE;
  return has_spectrum (h, scan);
}

static gboolean
matches_pearl (XpsHdf5Reader *self)
{
  const XpsHdf5Node *root = xps_hdf5_get_root (self->h);

  for (guint i = 0; i < MIN (root->children->len, MOST_GROUPS); i++)
    if (is_scan_with_spectra (self->h, xps_hdf5_child (self->h, root, i)))
      return TRUE;
  return FALSE;
}

static gboolean
read_pearl (XpsHdf5Reader *self, GError **error)
{
  const XpsHdf5Node *root = xps_hdf5_get_root (self->h);

  self->file->software = g_strdup ("PShell");
  self->file->instrument = g_strdup ("SLS PEARL");
  for (guint i = 0; i < MIN (root->children->len, MOST_GROUPS); i++) {
    const XpsHdf5Node *scan = xps_hdf5_child (self->h, root, i);
    if (!is_scan (scan))
      continue;
    if (has_spectrum (self->h, scan))
      read_region (self, scan, scan);
    for (guint k = 0; k < MIN (scan->children->len, MOST_GROUPS); k++) {
      const XpsHdf5Node *region = xps_hdf5_child (self->h, scan, k);
      if (has_spectrum (self->h, region))
        read_region (self, scan, region);
    }
  }
  return TRUE;
}

const XpsHdf5Layout xps_hdf5_pearl = {"pearl", matches_pearl, read_pearl};
