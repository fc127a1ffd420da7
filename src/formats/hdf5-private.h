/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "formats/hdf5-file.h"
#include "formats/hdf5-library.h"

/* What the files of the thin layer over the library share; readers see hdf5-file.h only. */

struct _XpsHdf5 {
  hid_t file, access; /* access: of links, none of them leaves the file */
  char *name;         /* for messages */
  gsize size;
  XpsMemoryBudget *budget;
  XpsHdf5Node *root;
  GHashTable *groups; /* address of a group (gint64 *): its node, so that a ring of links ends */
  guint n_nodes;
};

/* hdf5-file.c */
gboolean xps_hdf5_fail (const XpsHdf5 *self, XpsFormatsError code, const XpsHdf5Node *node, const char *what,
                        const char *remedy, GError **error);
/* The object itself, or -1; closed with H5Oclose(). */
hid_t xps_hdf5_open_object (const XpsHdf5 *self, const XpsHdf5Node *node);

/* hdf5-value.c */
/* One of the types that every machine writes: integers of 1 to 8 bytes, floating point of 4 or 8. Others go
 * through the library's general conversion, which trusts the file. */
gboolean xps_hdf5_is_plain_number (hid_t type);
/* Text of one element in whatever encoding it was written; trimmed UTF-8. */
char *xps_hdf5_dup_clean (const char *bytes, gsize length);

/* hdf5-chunk.c */
/* Fills out[node->n] from a data set stored in pieces; `type` is the type in the file. */
gboolean xps_hdf5_read_chunks (XpsHdf5 *self, const XpsHdf5Node *node, hid_t dataset, hid_t type, double *out,
                               GError **error);
