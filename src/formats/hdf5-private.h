/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sys/types.h>

#include "formats/hdf5-file.h"
#include "formats/hdf5-library.h"

/* What the files of the thin layer over the library share; readers see hdf5-file.h only. The library is
 * called on one side only: in the process that xps_hdf5_start() makes. */

struct _XpsHdf5 {
  char *name; /* for messages */
  gsize size;
  XpsMemoryBudget *budget;
  GPtrArray *nodes; /* XpsHdf5Node, the root first; the tree owns them */
  /* on the side of the reader */
  int socket;
  pid_t child;
  gboolean dead; /* the other process is gone */
  /* on the side of the library */
  hid_t file, access; /* access: of links, none of them leaves the file */
  GHashTable *groups; /* address of a group (gint64 *): its node, so that a ring of links ends */
};

/* An attribute: both NULL where there is none that is understood. */
typedef struct {
  GPtrArray *words; /* char *: of text */
  double *numbers;  /* of numbers */
  gsize n;
} XpsHdf5Attribute;

void xps_hdf5_attribute_clear (XpsHdf5Attribute *attribute);

/* hdf5-file.c */
gboolean xps_hdf5_fail (const XpsHdf5 *self, XpsFormatsError code, const XpsHdf5Node *node, const char *what,
                        const char *remedy, GError **error);
/* NULL where there are too many. */
XpsHdf5Node *xps_hdf5_add_node (XpsHdf5 *self, XpsHdf5Node *parent, const char *name);
/* With everything below it. */
void xps_hdf5_free_node (gpointer node);

/* hdf5-serve.c: both sides of the socket. */
gboolean xps_hdf5_start (XpsHdf5 *self, GBytes *bytes, GError **error);
void xps_hdf5_stop (XpsHdf5 *self);
/* Into out[node->n]. */
gboolean xps_hdf5_ask_numbers (XpsHdf5 *self, const XpsHdf5Node *node, double *out, GError **error);
char *xps_hdf5_ask_text (XpsHdf5 *self, const XpsHdf5Node *node);
XpsHdf5Attribute xps_hdf5_ask_attribute (XpsHdf5 *self, const XpsHdf5Node *node, const char *name);

/* ---- the side of the library ---- */

/* hdf5-walk.c */
gboolean xps_hdf5_walk (XpsHdf5 *self, GBytes *bytes, GError **error);
/* The object itself, or -1; closed with H5Oclose(). */
hid_t xps_hdf5_open_object (const XpsHdf5 *self, const XpsHdf5Node *node);

/* hdf5-read.c */
/* One of the types that every machine writes: integers of 1 to 8 bytes, floating point of 4 or 8. Others go
 * through the library's general conversion, which trusts the file. */
gboolean xps_hdf5_is_plain_number (hid_t type);
/* Text of one element in whatever encoding it was written; trimmed UTF-8. */
char *xps_hdf5_dup_clean (const char *bytes, gsize length);
gboolean xps_hdf5_read_numbers (XpsHdf5 *self, const XpsHdf5Node *node, double *out, GError **error);
char *xps_hdf5_read_text (XpsHdf5 *self, const XpsHdf5Node *node);
XpsHdf5Attribute xps_hdf5_read_attribute (XpsHdf5 *self, const XpsHdf5Node *node, const char *name);

/* hdf5-chunk.c */
/* Fills out[node->n] from a data set stored in pieces; `type` is the type in the file. */
gboolean xps_hdf5_read_chunks (XpsHdf5 *self, const XpsHdf5Node *node, hid_t dataset, hid_t type, double *out,
                               GError **error);
