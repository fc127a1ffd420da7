/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/hdf5-layout.h"

#include <math.h>
#include <string.h>

/* NXdata: which data set is the signal and what stands along its axes. Source: NeXus manual, "Associating
 * plottable data", in its three versions: attributes `signal` and `axes` of the group (2014), an attribute
 * `axes` of the signal, attributes `signal` and `axis` of the data sets themselves. Not seen in a real file:
 * the two older ones. */

#define MOST_LOOKED 2000

typedef struct {
  XpsHdf5Reader *reader;
  XpsHdf5 *h;
  const XpsHdf5Node *data, *signal;
  const XpsHdf5Node *axes[XPS_HDF5_RANK]; /* of the signal; NULL: not said */
} Plot;

/* ---- the signal ---- */

static const XpsHdf5Node *
find_marked_signal (const Plot *p)
{
  for (guint i = 0; i < MIN (p->data->children->len, MOST_LOOKED); i++) {
    const XpsHdf5Node *child = xps_hdf5_child (p->h, p->data, i);
    if (child == NULL || child->kind != XPS_HDF5_NUMBERS)
      continue;
    g_autofree char *mark = xps_hdf5_dup_attribute (p->h, child, "signal");
    if (g_strcmp0 (mark, "1") == 0)
      return child;
  }
  return NULL;
}

static const XpsHdf5Node *
find_signal (const Plot *p)
{
  g_autofree char *name = xps_hdf5_dup_attribute (p->h, p->data, "signal");
  const XpsHdf5Node *named =
      name != NULL && name[0] != '\0' ? xps_hdf5_find_numbers (p->h, p->data, name) : NULL;

  return named != NULL ? named : find_marked_signal (p);
}

/* ---- its axes ---- */

static void
set_axis (Plot *p, gsize dimension, const XpsHdf5Node *axis)
{
  if (axis == NULL || dimension >= p->signal->rank || p->axes[dimension] != NULL || axis->rank == 0)
    return;
  const gsize n = p->signal->shape[dimension];
  if (axis->n == n || axis->n == n + 1)
    p->axes[dimension] = axis;
}

/* One name for each dimension; "." for none; a single text may hold several. */
static void
set_named_axes (Plot *p, char **names)
{
  g_auto (GStrv) split =
      names != NULL && g_strv_length (names) == 1 ? g_strsplit_set (names[0], ":,", -1) : g_strdupv (names);

  for (guint i = 0; split != NULL && split[i] != NULL; i++) {
    const char *name = g_strstrip (split[i]);
    gsize n = 0;
    g_autofree char *key = g_strconcat (name, "_indices", NULL);
    g_autofree double *indices = xps_hdf5_dup_attribute_numbers (p->h, p->data, key, &n);
    const gboolean placed = n > 0 && indices[0] >= 0 && indices[0] < XPS_HDF5_RANK;
    if (name[0] != '\0' && strcmp (name, ".") != 0)
      set_axis (p, placed ? (gsize)indices[0] : i, xps_hdf5_find_numbers (p->h, p->data, name));
  }
}

/* Data sets that say themselves which dimension (counted from 1) they stand along. */
static void
set_marked_axes (Plot *p)
{
  for (guint i = 0; i < MIN (p->data->children->len, MOST_LOOKED); i++) {
    const XpsHdf5Node *child = xps_hdf5_child (p->h, p->data, i);
    gsize n = 0;
    if (child == NULL || child->kind != XPS_HDF5_NUMBERS || child == p->signal)
      continue;
    g_autofree char *text = xps_hdf5_dup_attribute (p->h, child, "axis");
    guint64 dimension = 0;
    if (text != NULL && g_ascii_string_to_unsigned (text, 10, 1, XPS_HDF5_RANK, &dimension, NULL))
      n = (gsize)dimension;
    if (n > 0)
      set_axis (p, n - 1, child);
  }
}

static void
find_axes (Plot *p)
{
  g_auto (GStrv) of_group = xps_hdf5_dup_attribute_list (p->h, p->data, "axes");
  g_auto (GStrv) of_signal = xps_hdf5_dup_attribute_list (p->h, p->signal, "axes");

  set_named_axes (p, of_group);
  set_named_axes (p, of_signal);
  set_marked_axes (p);
  /* Some writers leave the axes out and rely on the name. */
  const XpsHdf5Node *energy = xps_hdf5_find_numbers (p->h, p->data, "energy");
  for (guint k = p->signal->rank; energy != NULL && energy->n > 1 && k-- > 0;)
    if (p->axes[k] == NULL && p->signal->shape[k] == energy->n) {
      set_axis (p, k, energy);
      break;
    }
}

/* -1: no axis is said to be an energy. */
static int
find_energy_dimension (const Plot *p)
{
  int found = -1;

  for (guint k = 0; k < p->signal->rank; k++) {
    if (p->axes[k] == NULL || !xps_hdf5_is_energy (p->reader, p->axes[k]))
      continue;
    if (found < 0 || g_str_has_prefix (p->axes[k]->name, "energ"))
      found = (int)k;
  }
  return found;
}

/* ---- columns ---- */

static void
add_column (const Plot *p, XpsColumnRole role, const XpsHdf5Node *node, const char *label, const char *unit,
            XpsImage *image)
{
  if (node == NULL || node->n != image->n)
    return;
  double *values = xps_hdf5_dup_numbers (p->h, node, NULL);
  if (values == NULL)
    return;
  for (gsize i = 0; i < image->n; i++)
    if (!isfinite (values[i])) {
      g_free (values);
      return;
    }
  if (image->columns == NULL)
    image->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_column_free);
  g_ptr_array_add (image->columns, xps_column_new (role, label, unit, values));
}

/* Standard deviations beside the signal; where all are zero, nobody measured them. */
static void
add_errors (const Plot *p, XpsImage *image)
{
  g_autofree char *of_signal = g_strconcat (p->signal->name, "_errors", NULL);
  const char *const names[] = {of_signal, "errors"};
  const XpsHdf5Node *node = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names) && node == NULL; i++)
    node = xps_hdf5_find_numbers (p->h, p->data, names[i]);
  if (node == NULL || node->n != image->n || p->signal->n != image->n)
    return;
  g_autofree double *values = xps_hdf5_dup_numbers (p->h, node, NULL);
  for (gsize i = 0; values != NULL && i < image->n; i++)
    if (!(values[i] > 0) || !isfinite (values[i]))
      return;
  add_column (p, XPS_COLUMN_SIGMA, node, node->name, image->unit_label, image);
}

/* Columns of this program's own files, which say what they are. */
static void
add_roles (const Plot *p, XpsImage *image)
{
  static const struct {
    const char *name;
    XpsColumnRole role;
  } roles[] = {{"transmission", XPS_COLUMN_TRANSMISSION},
               {"background", XPS_COLUMN_BACKGROUND},
               {"component", XPS_COLUMN_COMPONENT},
               {"envelope", XPS_COLUMN_ENVELOPE},
               {"other", XPS_COLUMN_OTHER}};

  for (guint i = 0; i < MIN (p->data->children->len, MOST_LOOKED) && p->signal->n == image->n; i++) {
    const XpsHdf5Node *child = xps_hdf5_child (p->h, p->data, i);
    if (child == NULL || child->kind != XPS_HDF5_NUMBERS || child->n != image->n)
      continue;
    g_autofree char *said = xps_hdf5_dup_attribute (p->h, child, "role");
    g_autofree char *unit = said != NULL ? xps_hdf5_dup_attribute (p->h, child, "units") : NULL;
    g_autofree char *label = said != NULL ? xps_hdf5_dup_attribute (p->h, child, "long_name") : NULL;
    for (guint k = 0; k < G_N_ELEMENTS (roles); k++)
      if (g_strcmp0 (said, roles[k].name) == 0)
        add_column (p, roles[k].role, child, label, unit, image);
  }
}

XpsImage *
xps_hdf5_read_nxdata (XpsHdf5Reader *self, const XpsHdf5Node *data, gboolean any, GError **error)
{
  Plot p = {.reader = self, .h = self->h, .data = data};

  if (data == NULL || data->children == NULL)
    return NULL;
  p.signal = find_signal (&p);
  if (p.signal == NULL || p.signal->rank == 0 || p.signal->n < 2)
    return NULL;
  find_axes (&p);
  int dimension = find_energy_dimension (&p);
  if (dimension < 0 && any)
    dimension = (int)p.signal->rank - 1;
  const XpsHdf5Node *axis = dimension >= 0 ? p.axes[dimension] : NULL;
  if (axis == NULL)
    return NULL;
  XpsHdf5Array array = {.values = p.signal, .energy_dimension = (guint)dimension};
  memcpy (array.axes, p.axes, sizeof array.axes);
  array.energy = xps_hdf5_dup_energies (self, axis, p.signal->shape[dimension], error);
  XpsImage *image = array.energy != NULL ? xps_hdf5_make_image (self, &array, error) : NULL;
  if (image == NULL)
    return NULL;
  image->axis = xps_hdf5_find_axis_kind (self, axis);
  image->axis_label = xps_hdf5_dup_attribute (p.h, axis, "long_name");
  if (image->axis_label == NULL)
    image->axis_label = g_strdup (axis->name);
  xps_hdf5_set_unit (self, p.signal, image);
  add_errors (&p, image);
  if (xps_hdf5_is_own (self))
    add_roles (&p, image);
  return image;
}
