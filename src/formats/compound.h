/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"

/* Compound files (OLE2) in memory: streams by name, wherever their storage. Source: [MS-CFB]. Chains of
 * sectors are followed no further than the file has sectors, the directory is read as a list and never walked
 * as a tree. Why not libgsf: docs/ARCHITECTURE.md. */

typedef struct {
  char *name; /* UTF-8; property sets begin with \005 */
  guint32 start;
  gsize size;
} XpsCompoundStream;

typedef struct {
  GBytes *bytes;
  char *file; /* name for messages */
  GPtrArray *streams;
  guint shift;    /* sectors have 1 << shift bytes */
  guint32 *chain; /* sector that follows each, [n_chain] */
  gsize n_chain;
  guint32 *mini_chain;
  gsize n_mini_chain;
  guint8 *mini; /* content of all small streams */
  gsize mini_size;
  gsize cutoff; /* streams below that lie in `mini` */
} XpsCompound;

/* TRUE where the file begins as one. */
gboolean xps_compound_is (const guint8 *head, gsize length);

/* NULL with a message where the file is damaged. */
XpsCompound *xps_compound_open (GBytes *bytes, const char *file, XpsMemoryBudget *budget, GError **error);
void xps_compound_free (XpsCompound *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsCompound, xps_compound_free)

/* Content of the first stream whose name is `name`, or begins with it where `prefix`; NULL without a message
 * where there is none, it is empty, it is cut off or the budget does not allow it. New memory. */
guint8 *xps_compound_read (const XpsCompound *self, const char *name, gboolean prefix,
                           XpsMemoryBudget *budget, gsize *size);
