/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/error.h"
#include "formats/archive.h"
#include "formats/rows.h"
#include "formats/zip.h"

/* A zip of measured files. Other formats that are zip archives inside (.xlsx, DA30) score higher. */

/* An archive without members begins with what others end with. */
#define EMPTY "\x05\x06"

static int
score_zip (const guint8 *head, gsize head_length, const guint8 *tail, gsize tail_length, gsize size)
{
  return head_length >= 4 && memcmp (head, "PK", 2) == 0 &&
                 (memcmp (head + 2, "\x03\x04", 2) == 0 || memcmp (head + 2, EMPTY, 2) == 0)
             ? 30
             : 0;
}

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const XpsZipMember *const *x = a;
  const XpsZipMember *const *y = b;
  return xps_archive_compare_names ((*x)->name, (*y)->name);
}

static void
add_member (XpsArchive *archive, const XpsZip *zip, const XpsZipMember *member)
{
  g_autoptr (GError) error = NULL;
  const gsize before = archive->budget->left;
  GBytes *content = xps_zip_read (zip, member, archive->budget, &error);

  if (content == NULL) {
    xps_archive_refuse (archive, member->name, error->message);
    return;
  }
  const gsize inflated = before - archive->budget->left;
  xps_archive_add (archive, member->name, content);
  g_bytes_unref (content);
  /* gone again */
  archive->budget->left += inflated;
}

static gboolean
read_zip (GBytes *bytes, XpsFile *file, const XpsReadOptions *options, GError **error)
{
  XpsMemoryBudget budget;
  XpsArchive archive;

  if (options->depth >= XPS_ARCHIVE_DEPTH)
    return xps_error_set (error, XPS_FORMATS_ERROR, XPS_FORMATS_ERROR_TOO_LARGE, file->path, NULL,
                          N_ ("archives inside archives too deep"), N_ ("unpack it"));
  xps_read_options_init_budget (options, g_bytes_get_size (bytes), &budget);
  g_autoptr (XpsZip) zip = xps_zip_open (bytes, file->path, options, &budget, error);
  if (zip == NULL)
    return FALSE;
  xps_archive_init (&archive, file, options, &budget);
  g_ptr_array_sort (zip->members, compare_members);
  for (guint i = 0; i < zip->members->len; i++) {
    const XpsZipMember *member = g_ptr_array_index (zip->members, i);
    if (!xps_archive_is_hidden (member->name))
      add_member (&archive, zip, member);
  }
  return xps_archive_finish (&archive, error);
}

static const char *const suffixes[] = {"zip", NULL};

const XpsFormat xps_format_zip = {
    .id = "zip",
    .title = "zip archive of measured files",
    .suffixes = suffixes,
    .score = score_zip,
    .read = read_zip,
};
