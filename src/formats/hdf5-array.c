/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/hdf5-layout.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/labels.h"

/* ---- axes ---- */

/* How many eV one of the unit is; 0: it is none of energy. No unit counts as eV. */
static double
get_unit_factor (const char *unit)
{
  static const struct {
    const char *name;
    double factor;
  } units[] = {{"ev", 1}, {"electronvolt", 1}, {"electron volt", 1}, {"mev", 1e-3}, {"kev", 1e3}, {"", 1}};

  if (unit == NULL)
    return 1;
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strcasecmp (unit, units[i].name) == 0)
      return strcmp (unit, "MeV") == 0 ? 0 : units[i].factor;
  return 0;
}

gboolean
xps_hdf5_is_energy (XpsHdf5Reader *self, const XpsHdf5Node *axis)
{
  if (axis == NULL || axis->kind != XPS_HDF5_NUMBERS)
    return FALSE;
  g_autofree char *unit = xps_hdf5_dup_attribute (self->h, axis, "units");
  g_autofree char *name = xps_hdf5_dup_attribute (self->h, axis, "long_name");
  g_autofree char *label = g_strdup (axis->name);
  const XpsLabel kind = xps_label_classify (g_strdelimit (label, "_", ' '));

  if (get_unit_factor (unit) == 0)
    return FALSE;
  if (unit != NULL && unit[0] != '\0')
    return TRUE;
  const XpsLabel long_kind = xps_label_classify (name);
  return kind == XPS_LABEL_ENERGY || kind == XPS_LABEL_BINDING || kind == XPS_LABEL_KINETIC ||
         kind == XPS_LABEL_PHOTON || long_kind == XPS_LABEL_ENERGY || long_kind == XPS_LABEL_BINDING ||
         long_kind == XPS_LABEL_KINETIC || g_ascii_strcasecmp (axis->name, "energies") == 0;
}

XpsAxisKind
xps_hdf5_find_axis_kind (XpsHdf5Reader *self, const XpsHdf5Node *axis)
{
  if (self->options->axis_given)
    return self->options->axis;
  if (axis == NULL)
    return XPS_AXIS_OTHER;
  g_autofree char *type = xps_hdf5_dup_attribute (self->h, axis, "type");
  g_autofree char *name = xps_hdf5_dup_attribute (self->h, axis, "long_name");
  g_autofree char *label = g_strdup (axis->name);
  const char *const said[] = {type, g_strdelimit (label, "_", ' '), name};

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (xps_label_axis (said[i]) != XPS_AXIS_OTHER)
      return xps_label_axis (said[i]);
  return XPS_AXIS_OTHER;
}

double *
xps_hdf5_dup_energies (XpsHdf5Reader *self, const XpsHdf5Node *axis, gsize n, GError **error)
{
  g_autofree char *unit = xps_hdf5_dup_attribute (self->h, axis, "units");
  const double factor = get_unit_factor (unit);

  if (axis->n != n && axis->n != n + 1) {
    g_autofree char *what = xps_text_printf (_ ("%zu energies expected, found %zu"), n, axis->n);
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_MALFORMED, self->file->path, axis->path, what,
                   N_ ("choose the data set of energies"));
    return NULL;
  }
  double *energy = xps_hdf5_dup_numbers (self->h, axis, error);
  for (gsize i = 0; energy != NULL && i < n; i++) {
    /* Edges of bins: the middle between two. */
    const double value = axis->n == n ? energy[i] : 0.5 * (energy[i] + energy[i + 1]);
    energy[i] = factor > 0 ? value * factor : value;
  }
  return energy;
}

void
xps_hdf5_set_unit (XpsHdf5Reader *self, const XpsHdf5Node *values, XpsImage *image)
{
  image->unit_label = xps_hdf5_dup_attribute (self->h, values, "units");
  image->unit = XPS_INTENSITY_UNKNOWN;
  if (self->options->unit_given) {
    image->unit = self->options->unit;
    return;
  }
  if (image->unit_label == NULL)
    return;
  g_autofree char *words = g_strdelimit (g_strdup (image->unit_label), "_", ' ');
  image->unit = xps_label_unit (words);
}

/* ---- values ---- */

/* Dimensions of more than one element beside the energy, fast to slow. */
typedef struct {
  guint n;
  guint of[XPS_HDF5_RANK];
  gsize stride[XPS_HDF5_RANK], energy_stride;
} Order;

static gboolean
find_order (const XpsHdf5Array *array, Order *order)
{
  gsize stride = 1;

  for (guint k = array->values->rank; k-- > 0; stride *= array->values->shape[k]) {
    if (k == array->energy_dimension) {
      order->energy_stride = stride;
      continue;
    }
    if (array->values->shape[k] == 1)
      continue;
    order->of[order->n] = k;
    order->stride[order->n++] = stride;
  }
  return order->n <= XPS_IMAGE_DIMENSIONS;
}

static void
fill_dimension (XpsHdf5Reader *self, const XpsHdf5Node *axis, gsize n, XpsImageDimension *dimension)
{
  dimension->n = n;
  if (axis == NULL || axis->kind != XPS_HDF5_NUMBERS || axis->n != n)
    return;
  dimension->label = g_strdup (axis->name);
  dimension->unit = xps_hdf5_dup_attribute (self->h, axis, "units");
  dimension->scale = xps_hdf5_dup_numbers (self->h, axis, NULL);
}

/* As they lie in the file, unless the energy does not run fastest. */
static gboolean
fill_values (XpsHdf5Reader *self, const XpsHdf5Array *array, const Order *order, XpsImage *image,
             GError **error)
{
  g_autofree double *stored = xps_hdf5_dup_numbers (self->h, array->values, error);
  gsize at[XPS_IMAGE_DIMENSIONS] = {0};

  if (stored == NULL)
    return FALSE;
  if (order->energy_stride == 1) {
    image->values = g_steal_pointer (&stored);
    return TRUE;
  }
  image->values = xps_memory_try_array (self->budget, array->values->n, sizeof (double));
  if (image->values == NULL)
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, self->file->path,
                          array->values->path, N_ ("more values than memory is allowed for"),
                          N_ ("save the part that matters in a file of its own"));
  for (gsize slice = 0; slice < array->values->n / image->n; slice++) {
    gsize from = 0;
    for (guint k = 0; k < order->n; k++)
      from += at[k] * order->stride[k];
    for (gsize i = 0; i < image->n; i++)
      image->values[slice * image->n + i] = stored[from + i * order->energy_stride];
    for (guint k = 0; k < order->n && ++at[k] == image->dimensions[k].n; k++)
      at[k] = 0;
  }
  return TRUE;
}

XpsImage *
xps_hdf5_make_image (XpsHdf5Reader *self, XpsHdf5Array *array, GError **error)
{
  Order order = {0};
  XpsImage *image = xps_image_new ();

  image->energy = g_steal_pointer (&array->energy);
  if (image->energy == NULL) {
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, self->file->path,
                   array->values->path, N_ ("more values than memory is allowed for"),
                   N_ ("save the part that matters in a file of its own"));
    xps_image_free (image);
    return NULL;
  }
  image->n = array->values->rank > 0 ? array->values->shape[array->energy_dimension] : 1;
  if (!find_order (array, &order)) {
    xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_MALFORMED, self->file->path,
                   array->values->path, N_ ("more than four dimensions"), N_ ("save spectra or images"));
    xps_image_free (image);
    return NULL;
  }
  for (guint k = 0; k < order.n; k++)
    fill_dimension (self, array->axes[order.of[k]], array->values->shape[order.of[k]], &image->dimensions[k]);
  if (fill_values (self, array, &order, image, error))
    return image;
  xps_image_free (image);
  return NULL;
}
