/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"

/* Zip archives in memory, read with nothing but zlib: sizes, offsets and their number are checked against the
 * archive before anything is asked for, a member is never inflated beyond what its directory entry declares,
 * and its checksum must be right. Stored and deflated members, Zip64; no encryption, no archives in several
 * volumes. What is unpacked counts for the whole file that the archive lies in, so that archives inside
 * archives, or a thousand entries of one member, do not multiply. Source: PKWARE, APPNOTE.TXT 6.3.10. Why not
 * libgsf: docs/ARCHITECTURE.md. */

typedef struct {
  char *name;         /* path inside the archive with "/" between folders, valid UTF-8 */
  gsize size, packed; /* bytes after and before inflating */
  guint32 crc;
  guint method;
  gboolean encrypted;
  gsize header; /* offset of its local header */
} XpsZipMember;

typedef struct {
  GBytes *bytes;
  char *file;         /* name for messages */
  GPtrArray *members; /* XpsZipMember, in the order of the directory; folders left out */
  GHashTable *names;  /* the first member of each name */
  guint64 *unpack;    /* of the options it was opened with */
} XpsZip;

/* NULL with a message that names the byte where the directory is broken or missing. The budget pays for the
 * directory. */
XpsZip *xps_zip_open (GBytes *bytes, const char *file, const XpsReadOptions *options, XpsMemoryBudget *budget,
                      GError **error);
void xps_zip_free (XpsZip *zip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (XpsZip, xps_zip_free)

/* The first of exactly that name, or NULL. */
const XpsZipMember *xps_zip_find (const XpsZip *zip, const char *name);

/* The member's content. Takes its size off the budget first (not for stored ones, which share the archive's
 * memory). */
GBytes *xps_zip_read (const XpsZip *zip, const XpsZipMember *member, XpsMemoryBudget *budget, GError **error);

/* The content in pieces, for what need not be kept as a whole; memory: one piece. FALSE from the sink stops
 * with the error it set. */
typedef gboolean (*XpsZipSink) (const guint8 *piece, gsize length, gpointer data, GError **error);
gboolean xps_zip_stream (const XpsZip *zip, const XpsZipMember *member, XpsZipSink sink, gpointer data,
                         GError **error);

/* TRUE where the first local header or the directory entries in `tail` (both as given to a row's score) name
 * a member of which `test` says so; for rows that know their archives by the names inside. */
gboolean xps_zip_any_name (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length,
                           gboolean (*test) (const char *name, gsize length));
