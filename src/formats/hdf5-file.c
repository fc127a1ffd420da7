/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/hdf5-file.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "formats/hdf5-private.h"

#define MOST_NODES 100000
#define MOST_HOPS  16 /* links behind links */
/* Of a node beside its texts, with what the allocator adds. */
#define NODE_COST (sizeof (XpsHdf5Node) + 96)

gboolean
xps_hdf5_fail (const XpsHdf5 *self, XpsFormatsError code, const XpsHdf5Node *node, const char *what,
               const char *remedy, GError **error)
{
  g_autofree char *place = node != NULL ? xps_text_dup_excerpt (node->path, -1, 200) : NULL;
  return xps_error_set (error, XPS_FORMATS_ERROR, code, self->name, place, what, remedy);
}

/* ---- nodes ---- */

void
xps_hdf5_free_node (gpointer data)
{
  XpsHdf5Node *node = data;

  if (node->children != NULL)
    g_ptr_array_unref (node->children);
  g_free (node->name);
  g_free (node->path);
  g_free (node->target);
  g_free (node);
}

XpsHdf5Node *
xps_hdf5_add_node (XpsHdf5 *self, XpsHdf5Node *parent, const char *name)
{
  const gsize length = strlen (name) + (parent != NULL ? strlen (parent->path) : 0);

  if (self->nodes->len >= MOST_NODES || !xps_memory_take (self->budget, NODE_COST + 2 * length))
    return NULL;
  XpsHdf5Node *node = g_new0 (XpsHdf5Node, 1);
  node->name = g_strdup (name);
  node->path = parent == NULL ? g_strdup ("/")
                              : g_strconcat (parent->parent != NULL ? parent->path : "", "/", name, NULL);
  node->kind = XPS_HDF5_OTHER;
  node->parent = parent;
  if (parent != NULL)
    g_ptr_array_add (parent->children, node);
  node->index = self->nodes->len;
  g_ptr_array_add (self->nodes, node);
  return node;
}

/* ---- opening ---- */

static XpsHdf5 *
new_file (GBytes *bytes, const char *name, XpsMemoryBudget *budget)
{
  XpsHdf5 *self = g_new0 (XpsHdf5, 1);

  self->name = g_strdup (name);
  self->size = g_bytes_get_size (bytes);
  self->budget = budget;
  self->file = self->access = -1;
  self->nodes = g_ptr_array_new ();
  self->groups = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->socket = -1;
  return self;
}

XpsHdf5 *
xps_hdf5_open (GBytes *bytes, const char *name, XpsMemoryBudget *budget, GError **error)
{
  if (!xps_hdf5_lock (name, error))
    return NULL;
  g_autoptr (XpsHdf5) self = new_file (bytes, name, budget);
  return xps_hdf5_start (self, bytes, error) ? g_steal_pointer (&self) : NULL;
}

void
xps_hdf5_close (XpsHdf5 *self)
{
  if (self == NULL)
    return;
  xps_hdf5_stop (self);
  if (self->nodes->len > 0)
    xps_hdf5_free_node (g_ptr_array_index (self->nodes, 0));
  g_ptr_array_unref (self->nodes);
  g_hash_table_unref (self->groups);
  g_free (self->name);
  xps_hdf5_unlock ();
  g_free (self);
}

/* ---- ways through the tree ---- */

const XpsHdf5Node *
xps_hdf5_get_root (const XpsHdf5 *self)
{
  return g_ptr_array_index (self->nodes, 0);
}

static const XpsHdf5Node *find (const XpsHdf5 *self, const XpsHdf5Node *from, const char *path, guint *hops);

/* Follows links from a node; `hops`: how many more in all, for links that lead through links. */
static const XpsHdf5Node *
resolve (const XpsHdf5 *self, const XpsHdf5Node *node, guint *hops)
{
  if (node->same != NULL)
    return node->same;
  if (node->target == NULL)
    return node;
  if (*hops == 0 || node->parent == NULL)
    return NULL;
  *hops -= 1;
  return find (self, node->parent, node->target, hops);
}

static const XpsHdf5Node *
find_child (const XpsHdf5Node *group, const char *name, gsize length)
{
  for (guint i = 0; group->children != NULL && i < group->children->len; i++) {
    const XpsHdf5Node *child = g_ptr_array_index (group->children, i);
    if (strncmp (child->name, name, length) == 0 && child->name[length] == '\0')
      return child;
  }
  return NULL;
}

static const XpsHdf5Node *
find (const XpsHdf5 *self, const XpsHdf5Node *from, const char *path, guint *hops)
{
  const XpsHdf5Node *node = path[0] == '/' ? xps_hdf5_get_root (self) : from;

  while (node != NULL && path[0] != '\0') {
    const gsize length = strcspn (path, "/");
    if (length > 0 && !(length == 1 && path[0] == '.')) {
      node = find_child (node, path, length);
      node = node != NULL ? resolve (self, node, hops) : NULL;
    }
    path += length + (path[length] == '/');
  }
  return node;
}

const XpsHdf5Node *
xps_hdf5_child (const XpsHdf5 *self, const XpsHdf5Node *group, guint index)
{
  guint hops = MOST_HOPS;

  return resolve (self, g_ptr_array_index (group->children, index), &hops);
}

const XpsHdf5Node *
xps_hdf5_find (const XpsHdf5 *self, const XpsHdf5Node *from, const char *path)
{
  guint hops = MOST_HOPS;

  return from != NULL && path != NULL ? find (self, from, path, &hops) : NULL;
}

const XpsHdf5Node *
xps_hdf5_find_numbers (const XpsHdf5 *self, const XpsHdf5Node *from, const char *path)
{
  const XpsHdf5Node *node = xps_hdf5_find (self, from, path);

  return node != NULL && node->kind == XPS_HDF5_NUMBERS ? node : NULL;
}
