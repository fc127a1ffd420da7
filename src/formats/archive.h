/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/memory.h"
#include "formats/formats.h"

/* What zip, tar and folders share: members are read through the same table of formats as files and become one
 * tree of samples. A member's file name becomes the sample, its folder the group, where it names none itself;
 * its whole path is kept as the key "Archive member". What cannot be read is listed in the warnings. */

#define XPS_ARCHIVE_DEPTH  4 /* archives inside archives */
#define XPS_ARCHIVE_MEMBER "Archive member"

typedef struct {
  XpsFile *file;
  const XpsReadOptions *options;
  XpsMemoryBudget *budget; /* of the whole archive: members, what readers need, what comes out of them; NULL:
                              each member has its own */
  guint n_refused, n_warnings; /* members not read; warnings beyond the list */
} XpsArchive;

void xps_archive_init (XpsArchive *self, XpsFile *file, const XpsReadOptions *options,
                       XpsMemoryBudget *budget);

/* Hidden files and what operating systems leave behind: no member. */
gboolean xps_archive_is_hidden (const char *name);

/* Reads one member; `name` is its path in the archive. The content is not kept. */
void xps_archive_add (XpsArchive *self, const char *name, GBytes *content);
/* A member that could not be unpacked. */
void xps_archive_refuse (XpsArchive *self, const char *name, const char *reason);

/* Closing remarks; FALSE with error where no spectrum came out. */
gboolean xps_archive_finish (XpsArchive *self, GError **error);

/* Takes what is about to be unpacked off what is left for the whole file (XpsReadOptions.unpack; NULL: no
 * limit). FALSE with a message where that is less: an archive of archives, or of many entries that share
 * their bytes, would otherwise keep a small file busy for hours. */
gboolean xps_archive_count (guint64 *left, guint64 size, const char *file, const char *place, GError **error);

/* As strcmp(), with runs of digits compared as numbers and letters of any case alike: "scan 9" before
 * "Scan 10". The same in every locale. */
int xps_archive_compare_names (const char *a, const char *b);
