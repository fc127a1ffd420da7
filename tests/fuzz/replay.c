/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>
#include <stdint.h>

/* Feeds every file of the named folders to a fuzz target, where no fuzzing compiler is at hand: a finding
 * that was mended stays mended. */

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

static guint
replay_file (const char *path)
{
  g_autofree char *data = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &data, &length, NULL))
    return 0;
  LLVMFuzzerTestOneInput ((const uint8_t *)data, length);
  return 1;
}

static guint
replay_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    n += replay_file (path);
  }
  return n;
}

int
main (int argc, char **argv)
{
  guint n = 0;

  LLVMFuzzerTestOneInput ((const uint8_t *)"", 0);
  for (int i = 1; i < argc; i++)
    n += g_file_test (argv[i], G_FILE_TEST_IS_DIR) ? replay_folder (argv[i]) : replay_file (argv[i]);
  g_print ("%u files replayed\n", n);
  return n > 0 ? 0 : 1;
}
