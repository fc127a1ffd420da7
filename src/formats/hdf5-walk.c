/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "formats/hdf5-private.h"

/* Opening a file and listing what is in it: on the side of the process that may fail (hdf5-serve.c). */

#define MOST_DEPTH 24
#define MOST_NODES 100000

hid_t
xps_hdf5_open_object (const XpsHdf5 *self, const XpsHdf5Node *node)
{
  /* Paths of nodes are hard links only, each of them looked at. */
  return h5 ()->Oopen (self->file, node->path, self->access);
}

static herr_t
refuse_external (const char *parent_file, const char *parent_group, const char *child_file,
                 const char *child_object, unsigned *flags, hid_t access, void *data)
{
  return -1;
}

static hid_t
open_image (GBytes *bytes)
{
  gsize size = 0;
  const void *data = g_bytes_get_data (bytes, &size);
  const hid_t access = h5 ()->Pcreate (h5 ()->P_CLS_FILE_ACCESS_ID);
  hid_t file = -1;

  /* Strong: what is left open on the way out of an error goes with the file. */
  if (access >= 0 && h5 ()->Pset_fapl_core (access, 64 * 1024, 0) >= 0 &&
      h5 ()->Pset_fclose_degree (access, H5F_CLOSE_STRONG) >= 0 &&
      h5 ()->Pset_file_image (access, (void *)data, size) >= 0)
    file = h5 ()->Fopen ("in-memory.h5", H5F_ACC_RDONLY, access);
  if (access >= 0)
    h5 ()->Pclose (access);
  return file;
}

/* ---- the walk ---- */

typedef struct {
  char *name;
  H5L_type_t type;
  gint64 address;
} Link;

static void
free_link (gpointer data)
{
  Link *link = data;
  g_free (link->name);
  g_free (link);
}

static herr_t
collect_link (hid_t group, const char *name, const H5L_info_t *info, void *data)
{
  GPtrArray *links = data;

  /* A name with a slash would be a path of its own, and might lead out of the file. */
  if (name[0] == '\0' || strchr (name, '/') != NULL || strcmp (name, ".") == 0 || strcmp (name, "..") == 0)
    return 0;
  if ((info->type != H5L_TYPE_HARD && info->type != H5L_TYPE_SOFT) || !g_utf8_validate (name, -1, NULL))
    return 0;
  if (links->len >= MOST_NODES)
    return 1;
  Link *link = g_new0 (Link, 1);
  link->name = g_strdup (name);
  link->type = info->type;
  link->address = info->type == H5L_TYPE_HARD ? (gint64)info->u.address : (gint64)info->u.val_size;
  g_ptr_array_add (links, link);
  return 0;
}

/* In the order of creation where the file keeps it, else by name; NULL where they cannot be listed. */
static GPtrArray *
list_links (hid_t group)
{
  const hid_t properties = h5 ()->Gget_create_plist (group);
  unsigned order = 0;
  hsize_t at = 0;
  GPtrArray *links = g_ptr_array_new_with_free_func (free_link);

  /* A list of links may be compressed like data, without any limit on what comes out. */
  const gboolean plain = properties >= 0 && h5 ()->Pget_nfilters (properties) == 0;
  if (plain && h5 ()->Pget_link_creation_order (properties, &order) < 0)
    order = 0;
  if (properties >= 0)
    h5 ()->Pclose (properties);
  const H5_index_t index = (order & H5P_CRT_ORDER_TRACKED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
  if (!plain || h5 ()->Literate (group, index, H5_ITER_INC, &at, collect_link, links) < 0)
    g_clear_pointer (&links, g_ptr_array_unref);
  return links;
}

static void
describe_dataset (XpsHdf5Node *node, hid_t dataset)
{
  const hid_t type = h5 ()->Dget_type (dataset), space = h5 ()->Dget_space (dataset);
  hsize_t shape[H5S_MAX_RANK] = {0};
  const int rank = space >= 0 && h5 ()->Sget_simple_extent_type (space) != H5S_NULL
                       ? h5 ()->Sget_simple_extent_dims (space, shape, NULL)
                       : -1;
  gsize n = 1;
  gboolean fits = rank >= 0 && rank <= XPS_HDF5_RANK;

  for (int k = 0; fits && k < rank; k++) {
    node->shape[k] = (gsize)shape[k];
    fits = shape[k] > 0 && g_size_checked_mul (&n, n, (gsize)shape[k]);
  }
  if (fits) {
    node->rank = (guint)rank;
    node->n = n;
    if (type >= 0 && h5 ()->Tget_class (type) == H5T_STRING)
      node->kind = XPS_HDF5_TEXT;
    else if (type >= 0 && xps_hdf5_is_plain_number (type))
      node->kind = XPS_HDF5_NUMBERS;
  }
  if (space >= 0)
    h5 ()->Sclose (space);
  if (type >= 0)
    h5 ()->Tclose (type);
}

static gboolean walk_group (XpsHdf5 *self, hid_t group, XpsHdf5Node *node, guint depth);

static gboolean
enter_group (XpsHdf5 *self, hid_t group, XpsHdf5Node *node, gint64 address, guint depth)
{
  XpsHdf5Node *seen = g_hash_table_lookup (self->groups, &address);

  if (seen != NULL) {
    node->same = seen;
    return TRUE;
  }
  if (depth >= MOST_DEPTH)
    return TRUE;
  gint64 *key = g_new (gint64, 1);
  *key = address;
  g_hash_table_insert (self->groups, key, node);
  return walk_group (self, group, node, depth + 1);
}

static gboolean
follow_link (XpsHdf5 *self, hid_t group, const Link *link, XpsHdf5Node *node, guint depth)
{
  if (link->type == H5L_TYPE_SOFT) {
    const gsize length = (gsize)link->address;
    if (length == 0 || !xps_memory_take (self->budget, length))
      return length == 0;
    node->target = g_malloc0 (length + 1);
    if (h5 ()->Lget_val (group, link->name, node->target, length, self->access) < 0)
      node->target[0] = '\0';
    return TRUE;
  }
  const hid_t object = h5 ()->Oopen (group, link->name, self->access);
  gboolean fits = TRUE;
  if (object < 0)
    return TRUE; /* damaged: nothing to be read there */
  if (h5 ()->Iget_type (object) == H5I_DATASET)
    describe_dataset (node, object);
  else if (h5 ()->Iget_type (object) == H5I_GROUP)
    fits = enter_group (self, object, node, link->address, depth);
  h5 ()->Oclose (object);
  return fits;
}

/* FALSE: more than there is memory for. */
static gboolean
walk_group (XpsHdf5 *self, hid_t group, XpsHdf5Node *node, guint depth)
{
  g_autoptr (GPtrArray) links = list_links (group);

  node->kind = XPS_HDF5_GROUP;
  node->children = g_ptr_array_new_with_free_func (xps_hdf5_free_node);
  for (guint i = 0; links != NULL && i < links->len; i++) {
    const Link *link = g_ptr_array_index (links, i);
    XpsHdf5Node *child = xps_hdf5_add_node (self, node, link->name);
    if (child == NULL || !follow_link (self, group, link, child, depth))
      return FALSE;
  }
  return TRUE;
}

gboolean
xps_hdf5_walk (XpsHdf5 *self, GBytes *bytes, GError **error)
{
  gboolean fits = FALSE;

  self->access = h5 ()->Pcreate (h5 ()->P_CLS_LINK_ACCESS_ID);
  h5 ()->Pset_elink_cb (self->access, refuse_external, NULL);
  self->file = open_image (bytes);
  if (self->file < 0)
    return xps_hdf5_fail (
        self, XPS_FORMATS_ERROR_MALFORMED, NULL, N_ ("the HDF5 file can not be opened"),
        N_ ("it was cut off, or not closed by the program that wrote it: copy or save it again"), error);
  const hid_t group = h5 ()->Gopen2 (self->file, "/", H5P_DEFAULT);
  if (group < 0)
    return xps_hdf5_fail (self, XPS_FORMATS_ERROR_MALFORMED, NULL, N_ ("the HDF5 file has no root group"),
                          N_ ("copy the file again"), error);
  XpsHdf5Node *root = xps_hdf5_add_node (self, NULL, "/");
  fits = root != NULL && walk_group (self, group, root, 0);
  h5 ()->Gclose (group);
  return fits || xps_hdf5_fail (self, XPS_FORMATS_ERROR_TOO_LARGE, NULL,
                                N_ ("more groups and data sets than memory is allowed for"),
                                N_ ("save the spectra in a file of their own"), error);
}
