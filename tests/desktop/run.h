/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <glib/gstdio.h>

/* What the tests of the desktop's files share: places, a folder of their own, programs that may be missing.
 * Header only. */

static inline char *
desktop_dup_source (const char *relative)
{
  return g_build_filename (g_getenv ("XPS_SOURCE_DIR"), relative, NULL);
}

static inline char *
desktop_dup_built (const char *relative)
{
  return g_build_filename (g_getenv ("XPS_DATA_BUILD_DIR"), relative, NULL);
}

static inline char *
desktop_dup_text (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static inline void
desktop_remove (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  for (const char *name; dir != NULL && (name = g_dir_read_name (dir)) != NULL;) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    desktop_remove (child);
  }
  g_remove (path);
}

/* Runs it in `folder` and gives what it said on both streams; NULL after marking the test as skipped when
 * there is no such program. *status: 0 for success. */
static inline char *
desktop_run (const char *folder, int *status, const char *const *argv)
{
  g_autofree char *program = g_find_program_in_path (argv[0]);
  g_autoptr (GError) error = NULL;
  if (program == NULL) {
    g_autofree char *why = g_strconcat (argv[0], " is not installed", NULL);
    g_test_skip (why);
    return NULL;
  }
  g_autofree char *output = NULL;
  g_autofree char *said = NULL;
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LC_ALL", "C.UTF-8", TRUE);
  int wait_status = 0; /* what it says is matched in English */
  g_spawn_sync (folder, (char **)argv, environment, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &said, &wait_status,
                &error);
  g_assert_no_error (error);
  *status = g_spawn_check_wait_status (wait_status, NULL) ? 0 : 1;
  return g_strconcat (output, said, NULL);
}
