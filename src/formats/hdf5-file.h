/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"

/* A thin layer over libhdf5 that trusts no file: it lies in memory, nothing outside it is ever opened (no
 * external links or storage, no virtual data sets), no code is loaded for it (no filter plugins), rings of
 * links end, sizes are held against the memory budget before anything is read, and compressed data are
 * inflated here, never beyond the size that the file declares. libhdf5 itself trusts damaged files more than
 * it should: it runs in a process of its own (hdf5-serve.c), and where that one dies, the file is refused. */

#define XPS_HDF5_RANK 6 /* data sets of more dimensions are of no use here */

typedef enum {
  XPS_HDF5_GROUP,
  XPS_HDF5_NUMBERS,
  XPS_HDF5_TEXT,
  XPS_HDF5_OTHER, /* data of other types, or not to be read */
} XpsHdf5Kind;

typedef struct _XpsHdf5 XpsHdf5;
typedef struct _XpsHdf5Node XpsHdf5Node;

struct _XpsHdf5Node {
  char *name, *path; /* UTF-8; path of the first way to it */
  XpsHdf5Kind kind;
  guint rank;                 /* of a data set; 0: one value */
  gsize shape[XPS_HDF5_RANK]; /* slow to fast */
  gsize n;                    /* product of the shape */
  guint index;                /* among all nodes of the file */
  XpsHdf5Node *parent;
  GPtrArray *children; /* XpsHdf5Node; of a group, in the order of the file, else NULL */
  /* links: use xps_hdf5_child() and xps_hdf5_find(), which follow them */
  char *target;      /* soft link */
  XpsHdf5Node *same; /* a group that has been seen under another name */
};

/* The whole tree of the file, which must outlive nothing: `bytes` are copied. One file may be open at a time
 * in a process; a second one waits. NULL with a message. */
XpsHdf5 *xps_hdf5_open (GBytes *bytes, const char *name, XpsMemoryBudget *budget, GError **error);
void xps_hdf5_close (XpsHdf5 *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsHdf5, xps_hdf5_close)

const XpsHdf5Node *xps_hdf5_get_root (const XpsHdf5 *self);
/* FALSE with a message where the library failed on the file: what has been read may be half of it. */
gboolean xps_hdf5_check (const XpsHdf5 *self, GError **error);
/* The child with links followed; NULL where a link leads nowhere. */
const XpsHdf5Node *xps_hdf5_child (const XpsHdf5 *self, const XpsHdf5Node *group, guint index);
/* By a path, relative to `from` or absolute; NULL where there is none. */
const XpsHdf5Node *xps_hdf5_find (const XpsHdf5 *self, const XpsHdf5Node *from, const char *path);
/* The same for a data set of numbers only. */
const XpsHdf5Node *xps_hdf5_find_numbers (const XpsHdf5 *self, const XpsHdf5Node *from, const char *path);

/* hdf5-value.c */
/* All values; NULL with a message. Freed with g_free(). */
double *xps_hdf5_dup_numbers (XpsHdf5 *self, const XpsHdf5Node *node, GError **error);
/* The first value, of an array of one too; also of text that is a number. NaN: none, or "not given" (1E37).
 */
double xps_hdf5_get_number (XpsHdf5 *self, const XpsHdf5Node *node);
/* The first value as text, numbers too; NULL where there is none. Both take NULL for `node`. */
char *xps_hdf5_dup_text (XpsHdf5 *self, const XpsHdf5Node *node);

/* Attributes. NULL where there is none of that name or it is of another type. */
char *xps_hdf5_dup_attribute (XpsHdf5 *self, const XpsHdf5Node *node, const char *name);
char **xps_hdf5_dup_attribute_list (XpsHdf5 *self, const XpsHdf5Node *node, const char *name);
double *xps_hdf5_dup_attribute_numbers (XpsHdf5 *self, const XpsHdf5Node *node, const char *name, gsize *n);
/* NX_class of a group is `name`. */
gboolean xps_hdf5_is_class (XpsHdf5 *self, const XpsHdf5Node *node, const char *name);
