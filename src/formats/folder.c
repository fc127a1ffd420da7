/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "formats/folder.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "formats/archive.h"
#include "formats/checks.h"

#define MAX_DEPTH 16

/* An ending that any text may have says nothing, whichever instruments use it too; so do archives. */
static gboolean
is_common_ending (const char *ending)
{
  static const char *const common[] = {"text", "csv", "zip", "tar", "gzip", NULL};
  gsize n = 0;
  const XpsFormat *const *formats = xps_formats_get (&n);

  for (gsize i = 0; i < n; i++)
    if (g_strv_contains (common, formats[i]->id) && g_strv_contains (formats[i]->suffixes, ending))
      return TRUE;
  return FALSE;
}

gboolean
xps_folder_expects (const char *name)
{
  gsize n = 0;
  const XpsFormat *const *formats = xps_formats_get (&n);
  const char *point = strrchr (name, '.');
  g_autofree char *ending = point != NULL ? g_ascii_strdown (point + 1, -1) : NULL;

  if (ending == NULL || is_common_ending (ending))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (g_strv_contains (formats[i]->suffixes, ending))
      return TRUE;
  return FALSE;
}

static int
compare_infos (gconstpointer a, gconstpointer b)
{
  GFileInfo *const *x = a;
  GFileInfo *const *y = b;
  return xps_archive_compare_names (g_file_info_get_name (*x), g_file_info_get_name (*y));
}

static GPtrArray *
list_folder (GFile *folder, GError **error)
{
  g_autoptr (GFileEnumerator) entries =
      g_file_enumerate_children (folder,
                                 G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE
                                                                "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN
                                                                "," G_FILE_ATTRIBUTE_STANDARD_IS_SYMLINK,
                                 G_FILE_QUERY_INFO_NONE, NULL, error);
  if (entries == NULL)
    return NULL;
  GPtrArray *infos = g_ptr_array_new_with_free_func (g_object_unref);
  for (GFileInfo *info; (info = g_file_enumerator_next_file (entries, NULL, NULL)) != NULL;) {
    const gboolean folder_link =
        g_file_info_get_is_symlink (info) && g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY;
    if (g_file_info_get_is_hidden (info) || folder_link ||
        xps_archive_is_hidden (g_file_info_get_name (info)))
      g_object_unref (info);
    else
      g_ptr_array_add (infos, info);
  }
  g_ptr_array_sort (infos, compare_infos);
  return infos;
}

static gboolean
visit_folder (GFile *folder, const char *prefix, guint depth, XpsFolderVisit visit, GPtrArray *errors,
              gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) infos = list_folder (folder, &error);
  gboolean go_on = TRUE;

  if (infos == NULL)
    g_ptr_array_add (errors, g_strdup (error->message));
  for (guint i = 0; infos != NULL && i < infos->len && go_on; i++) {
    GFileInfo *info = g_ptr_array_index (infos, i);
    const char *name = g_file_info_get_name (info);
    g_autoptr (GFile) child = g_file_get_child (folder, name);
    g_autofree char *path = prefix[0] != '\0' ? g_strdup_printf ("%s/%s", prefix, name) : g_strdup (name);
    if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
      go_on = visit (child, path, data);
    else if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY && depth < MAX_DEPTH)
      go_on = visit_folder (child, path, depth + 1, visit, errors, data);
  }
  return go_on;
}

gboolean
xps_folder_visit (GFile *folder, XpsFolderVisit visit, GPtrArray *errors, gpointer data)
{
  return visit_folder (folder, "", 0, visit, errors, data);
}

/* ---- as one file ---- */

typedef struct {
  XpsArchive archive;
  GChecksum *sum; /* over the files' contents and paths */
} Collector;

static gboolean
collect (GFile *file, const char *path, gpointer data)
{
  Collector *self = data;
  g_autofree char *local = g_file_get_path (file);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content =
      local != NULL ? xps_file_read (local, &error) : g_file_load_bytes (file, NULL, NULL, &error);

  if (content == NULL) {
    xps_archive_refuse (&self->archive, path, error->message);
    return TRUE;
  }
  g_autofree char *sha256 = xps_file_dup_sha256 (content);
  g_checksum_update (self->sum, (const guchar *)sha256, -1);
  g_checksum_update (self->sum, (const guchar *)path, -1);
  xps_archive_add (&self->archive, path, content);
  return TRUE;
}

XpsFile *
xps_folder_open (const char *path, const XpsReadOptions *options, GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (XpsFile) file = xps_file_new (path, "folder");
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  Collector self = {.sum = sum};
  XpsReadOptions defaults;

  xps_read_options_init (&defaults);
  xps_archive_init (&self.archive, file, options != NULL ? options : &defaults, NULL);
  xps_folder_visit (folder, collect, file->warnings, &self);
  if (!xps_archive_finish (&self.archive, error))
    return NULL;
  xps_check_file (file);
  file->sha256 = g_strdup (g_checksum_get_string (sum));
  return g_steal_pointer (&file);
}
