/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/hdf5-layout.h"

#include <glib/gi18n-lib.h>

#include "base/error.h"
#include "base/text.h"

/* Data sets that a person names: intensities, and the energies that go with them. Without energies the axis
 * of the NXdata group around is taken, else a neighbour that is called an energy, else points are counted. */

static gboolean
fail (XpsHdf5Reader *self, const char *path, const char *what, const char *remedy, GError **error)
{
  return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_MALFORMED, self->file->path, path, what,
                        remedy);
}

static const XpsHdf5Node *
find_dataset (XpsHdf5Reader *self, const char *path, GError **error)
{
  const XpsHdf5Node *node = xps_hdf5_find_numbers (self->h, xps_hdf5_get_root (self->h), path);

  if (node == NULL)
    fail (self, path, N_ ("no data set of numbers by this name"),
          N_ ("`corelevel-cli info` lists what there is"), error);
  else if (node->rank == 0 || node->n < 2)
    fail (self, path, N_ ("a single value is no spectrum"), N_ ("choose a data set with more values"), error);
  else
    return node;
  return NULL;
}

/* The last dimension as long as the axis (or one shorter: edges); -1: none. */
static int
find_dimension (const XpsHdf5Node *values, gsize n)
{
  for (guint edges = 0; edges < 2; edges++)
    for (guint k = values->rank; k-- > 0;)
      if (values->shape[k] > 1 && values->shape[k] + edges == n)
        return (int)k;
  return -1;
}

static const XpsHdf5Node *
find_neighbour (XpsHdf5Reader *self, const XpsHdf5Node *values)
{
  const XpsHdf5Node *group = values->parent;

  for (guint i = 0; i < MIN (group->children->len, 1000); i++) {
    const XpsHdf5Node *child = xps_hdf5_child (self->h, group, i);
    if (child != NULL && child != values && child->n > 1 && xps_hdf5_is_energy (self, child) &&
        find_dimension (values, child->n) >= 0)
      return child;
  }
  return NULL;
}

static double *
count_points (XpsHdf5Reader *self, gsize n)
{
  double *points = xps_memory_try_array (self->budget, n, sizeof (double));

  for (gsize i = 0; points != NULL && i < n; i++)
    points[i] = (double)i;
  return points;
}

static XpsImage *
read_counted (XpsHdf5Reader *self, const XpsHdf5Node *values, GError **error)
{
  XpsHdf5Array array = {.values = values, .energy_dimension = values->rank - 1};

  array.energy = count_points (self, values->shape[values->rank - 1]);
  XpsImage *image = xps_hdf5_make_image (self, &array, error);
  if (image == NULL)
    return NULL;
  image->axis = self->options->axis_given ? self->options->axis : XPS_AXIS_OTHER;
  image->axis_label = g_strdup ("point");
  g_ptr_array_add (self->file->notes, g_strdup (_ ("no energies are chosen: points are counted")));
  return image;
}

static XpsImage *
read_pair (XpsHdf5Reader *self, const XpsHdf5Node *values, const XpsHdf5Node *axis, GError **error)
{
  const int dimension = find_dimension (values, axis->n);

  if (dimension < 0) {
    g_autofree char *what =
        g_strdup_printf (_ ("%zu energies, but no dimension of \"%s\" is as long"), axis->n, values->path);
    fail (self, axis->path, what, N_ ("choose another data set of energies"), error);
    return NULL;
  }
  XpsHdf5Array array = {.values = values, .energy_dimension = (guint)dimension};
  array.energy = xps_hdf5_dup_energies (self, axis, values->shape[dimension], error);
  XpsImage *image = array.energy != NULL ? xps_hdf5_make_image (self, &array, error) : NULL;
  if (image == NULL)
    return NULL;
  image->axis = xps_hdf5_find_axis_kind (self, axis);
  image->axis_label = g_strdup (axis->name);
  return image;
}

static const XpsHdf5Node *
find_entry (XpsHdf5Reader *self, const XpsHdf5Node *node)
{
  for (node = node->parent; node != NULL; node = node->parent)
    if (xps_hdf5_is_class (self->h, node, "NXentry"))
      return node;
  return NULL;
}

gboolean
xps_hdf5_read_chosen (XpsHdf5Reader *self, GError **error)
{
  const XpsHdf5Node *values = find_dataset (self, self->options->dataset, error);
  const char *path = self->options->energy_dataset;
  const XpsHdf5Node *axis = values != NULL && path != NULL ? find_dataset (self, path, error) : NULL;

  if (values == NULL || (path != NULL && axis == NULL))
    return FALSE;
  axis = axis != NULL ? axis : find_neighbour (self, values);
  XpsImage *image = axis != NULL ? read_pair (self, values, axis, error) : read_counted (self, values, error);
  if (image == NULL)
    return FALSE;
  const XpsHdf5Node *entry = find_entry (self, values);
  image->name = g_strdup (values->name);
  if (entry != NULL)
    xps_hdf5_fill_entry (self, entry, image);
  xps_hdf5_set_unit (self, values, image);
  if (axis != NULL)
    g_ptr_array_add (self->file->notes,
                     xps_text_printf (_ ("intensities are %s, energies %s"), values->path, axis->path));
  g_ptr_array_add (self->images, image);
  return TRUE;
}
