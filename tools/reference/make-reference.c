/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reference/build.h"

/* make-reference FOLDER DATABASE: what `ninja reference` runs. It writes FOLDER/words.h as well, for the
 * translators. */
static gboolean
write_words (const char *folder, GError **error)
{
  g_autofree char *words = xps_reference_dup_words (folder, error);
  g_autofree char *path = g_build_filename (folder, "words.h", NULL);
  return words != NULL && g_file_set_contents (path, words, -1, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc != 3) {
    g_printerr ("make-reference FOLDER DATABASE\n");
    return 2;
  }
  if (xps_reference_build (argv[1], argv[2], &error) && write_words (argv[1], &error))
    return 0;
  g_printerr ("make-reference: %s\n", error->message);
  return 1;
}
