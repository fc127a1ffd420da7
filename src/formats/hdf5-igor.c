/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/hdf5-layout.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "formats/axis.h"
#include "formats/fields.h"
#include "formats/labels.h"

/* Waves of Igor Pro in HDF5, as the ADRESS beamline of the Swiss Light Source writes them: data sets with the
 * attributes IGORWaveScaling (step and start, first of the values, then of each dimension), IGORWaveUnits and
 * IGORWaveNote ("hv = 350"). Seen in one file of two dimensions. Its energies are E - E_F: binding energies
 * with a minus sign, which is turned here. */

#define MOST_WAVES 1000

static const XpsField fields[] = {
    {"hv", G_STRUCT_OFFSET (XpsAcquisition, photon_energy), FALSE},
    {"Epass", G_STRUCT_OFFSET (XpsAcquisition, pass_energy), FALSE},
    {"dt", G_STRUCT_OFFSET (XpsAcquisition, dwell), FALSE},
    {"Mode", G_STRUCT_OFFSET (XpsAcquisition, analyser_mode), TRUE},
    {"Comment", G_STRUCT_OFFSET (XpsAcquisition, comment), TRUE},
};

typedef struct {
  XpsHdf5Reader *reader;
  XpsHdf5 *h;
  const XpsHdf5Node *wave;
  double *scaling; /* step and start: of the values, of dimension 0, 1, ... */
  char **units;    /* in the same order; NULL: none */
  guint energy;    /* dimension */
} Wave;

/* "key = value" in each line. */
static void
read_note (const Wave *w, XpsAcquisition *record)
{
  g_autofree char *note = xps_hdf5_dup_attribute (w->h, w->wave, "IGORWaveNote");
  g_auto (GStrv) lines = g_strsplit_set (note != NULL ? note : "", "\r\n", 400);

  for (guint i = 0; lines[i] != NULL; i++) {
    char *equals = strchr (lines[i], '=');
    if (equals == NULL)
      continue;
    *equals = '\0';
    const char *key = g_strstrip (lines[i]), *value = g_strstrip (equals + 1);
    if (key[0] != '\0')
      xps_fields_add (record, fields, G_N_ELEMENTS (fields), key, value);
  }
}

static const char *
get_unit (const Wave *w, guint dimension)
{
  return w->units != NULL && g_strv_length (w->units) > dimension + 1 ? w->units[dimension + 1] : "";
}

/* Igor's first dimension may be the file's first or, from programs that turn arrays, the last: the one with
 * the unit of an energy. */
static void
find_energy (Wave *w)
{
  w->energy = w->wave->rank - 1;
  for (guint k = 0; k < w->wave->rank; k++)
    if (g_ascii_strcasecmp (get_unit (w, k), "eV") == 0)
      w->energy = k;
}

static double *
make_scale (const Wave *w, guint dimension)
{
  const gsize n = w->wave->shape[dimension];
  const double step = w->scaling[2 * dimension + 2], start = w->scaling[2 * dimension + 3];
  double *scale = isfinite (step) && isfinite (start)
                      ? xps_memory_try_array (w->reader->budget, n, sizeof (double))
                      : NULL;

  if (scale != NULL)
    xps_axis_fill (start, step, n, scale);
  return scale;
}

/* The other dimensions in the order of the image: fast to slow, without those of one element. */
static void
fill_dimensions (const Wave *w, XpsImage *image)
{
  guint to = 0;

  for (guint k = w->wave->rank; k-- > 0;) {
    if (k == w->energy || w->wave->shape[k] == 1)
      continue;
    XpsImageDimension *dimension = &image->dimensions[to++];
    const char *unit = get_unit (w, k);
    dimension->label = g_strdup (g_str_has_prefix (unit, "deg") ? "angle" : "slice");
    dimension->unit = g_strdup (unit);
    dimension->scale = make_scale (w, k);
  }
}

static void
find_axis (const Wave *w, XpsImage *image)
{
  const char *kind = xps_acquisition_find_key (image->record, "Ek/Eb");
  const double low = fmin (image->energy[0], image->energy[image->n - 1]);
  const double high = fmax (image->energy[0], image->energy[image->n - 1]);

  image->axis_label = g_strdup (kind);
  image->axis = g_strcmp0 (kind, "Eb") == 0   ? XPS_AXIS_BINDING
                : g_strcmp0 (kind, "Ek") == 0 ? XPS_AXIS_KINETIC
                                              : XPS_AXIS_OTHER;
  if (w->reader->options->axis_given)
    image->axis = w->reader->options->axis;
  /* A window around the Fermi level may reach a little to the other side. */
  if (image->axis != XPS_AXIS_BINDING || low >= 0 || -low <= high)
    return;
  for (gsize i = 0; i < image->n; i++)
    image->energy[i] = -image->energy[i];
  g_ptr_array_add (
      w->reader->file->notes,
      xps_text_printf (
          _ ("%s: energies are stored as E - E_F, binding energies with a minus sign: the sign is turned"),
          w->wave->path));
}

static void
read_wave (Wave *w)
{
  g_autoptr (GError) error = NULL;
  XpsHdf5Array array = {.values = w->wave};

  find_energy (w);
  array.energy_dimension = w->energy;
  array.energy = make_scale (w, w->energy);
  XpsImage *image = xps_hdf5_make_image (w->reader, &array, &error);
  if (image == NULL) {
    g_ptr_array_add (w->reader->file->warnings, g_strdup (error->message));
    return;
  }
  image->name = g_strdup (w->wave->name);
  read_note (w, image->record);
  find_axis (w, image);
  xps_hdf5_set_unit (w->reader, w->wave, image);
  fill_dimensions (w, image);
  g_ptr_array_add (w->reader->images, image);
}

/* FALSE: no wave with a scale for each dimension. */
static gboolean
open_wave (XpsHdf5Reader *self, const XpsHdf5Node *node, Wave *w)
{
  gsize n = 0;

  *w = (Wave){.reader = self, .h = self->h, .wave = node};
  if (node == NULL || node->kind != XPS_HDF5_NUMBERS || node->rank == 0 || node->n < 2)
    return FALSE;
  w->scaling = xps_hdf5_dup_attribute_numbers (self->h, node, "IGORWaveScaling", &n);
  if (w->scaling != NULL && n >= 2 * ((gsize)node->rank + 1)) {
    w->units = xps_hdf5_dup_attribute_list (self->h, node, "IGORWaveUnits");
    return TRUE;
  }
  g_clear_pointer (&w->scaling, g_free);
  return FALSE;
}

static void
close_wave (Wave *w)
{
  g_free (w->scaling);
  g_strfreev (w->units);
}

static gboolean
matches_igor (XpsHdf5Reader *self)
{
  const XpsHdf5Node *root = xps_hdf5_get_root (self->h);
  gboolean found = FALSE;

  for (guint i = 0; i < MIN (root->children->len, MOST_WAVES) && !found; i++) {
    Wave w;
    found = open_wave (self, xps_hdf5_child (self->h, root, i), &w);
    close_wave (&w);
  }
  return found;
}

static gboolean
read_igor (XpsHdf5Reader *self, GError **error)
{
  const XpsHdf5Node *root = xps_hdf5_get_root (self->h);

  for (guint i = 0; i < MIN (root->children->len, MOST_WAVES); i++) {
    Wave w;
    if (open_wave (self, xps_hdf5_child (self->h, root, i), &w))
      read_wave (&w);
    close_wave (&w);
  }
  return TRUE;
}

const XpsHdf5Layout xps_hdf5_igor = {"igor-hdf5", matches_igor, read_igor};
