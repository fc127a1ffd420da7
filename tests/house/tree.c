/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "house.h"

#include <stdarg.h>
#include <string.h>

/* Larger files are data, not text that someone reads. */
#define TEXT_LIMIT (4u << 20)

static void
file_free (HouseFile *file)
{
  g_free (file->path);
  g_free (file->text);
  g_strfreev (file->lines);
  g_free (file);
}

static gboolean
is_skipped (const char *relative)
{
  return strcmp (relative, ".git") == 0 || strcmp (relative, ".cache") == 0 ||
         g_str_has_prefix (relative, "build");
}

static void
add_file (HouseTree *tree, const char *full, const char *relative)
{
  HouseFile *file = g_new0 (HouseFile, 1);
  gsize length = 0;
  file->path = g_strdup (relative);
  if (!g_file_get_contents (full, &file->text, &length, NULL) || length > TEXT_LIMIT ||
      memchr (file->text, '\0', length) != NULL) {
    g_free (file->text);
    file->text = g_strdup ("");
  }
  file->lines = g_strsplit (file->text, "\n", -1);
  g_ptr_array_add (tree->files, file);
}

static void
walk (HouseTree *tree, const char *folder)
{
  g_autofree char *full_folder = g_build_filename (tree->root, folder, NULL);
  g_autoptr (GDir) dir = g_dir_open (full_folder, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *relative = folder[0] != '\0' ? g_strconcat (folder, "/", name, NULL) : g_strdup (name);
    g_autofree char *full = g_build_filename (tree->root, relative, NULL);
    if (is_skipped (relative) || g_file_test (full, G_FILE_TEST_IS_SYMLINK))
      continue;
    if (g_file_test (full, G_FILE_TEST_IS_DIR))
      walk (tree, relative);
    else
      add_file (tree, full, relative);
  }
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(HouseFile *const *)a)->path, (*(HouseFile *const *)b)->path);
}

HouseTree *
house_tree_load (const char *root)
{
  HouseTree *tree = g_new0 (HouseTree, 1);
  tree->root = g_strdup (root);
  tree->files = g_ptr_array_new_with_free_func ((GDestroyNotify)file_free);
  walk (tree, "");
  g_ptr_array_sort (tree->files, compare_files);
  return tree;
}

void
house_tree_free (HouseTree *tree)
{
  g_free (tree->root);
  g_ptr_array_unref (tree->files);
  g_free (tree);
}

const HouseFile *
house_tree_find (const HouseTree *tree, const char *path)
{
  for (guint i = 0; i < tree->files->len; i++) {
    const HouseFile *file = g_ptr_array_index (tree->files, i);
    if (strcmp (file->path, path) == 0)
      return file;
  }
  return NULL;
}

void
house_find (GPtrArray *findings, const char *path, guint line, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (findings, line > 0 ? g_strdup_printf ("%s:%u: %s", path, line, sentence)
                                      : g_strdup_printf ("%s: %s", path, sentence));
}

char *
house_dup_room (const char *path, const char *top)
{
  const gsize length = strlen (top);
  if (strncmp (path, top, length) != 0 || path[length] != '/')
    return NULL;
  const char *start = path + length + 1, *end = strchr (start, '/');
  return end != NULL ? g_strndup (start, (gsize)(end - start)) : NULL;
}
