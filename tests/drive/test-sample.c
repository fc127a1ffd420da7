/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drive.h"

#include <string.h>

/* The program finds what it needs beside itself: samples, schema, translations. Also run on an installed
 * program whose source tree is gone (tools/test install). */

static void
test_sample (void)
{
  g_autoptr (Drive) drive = drive_new ();
  drive_set (drive, "GSETTINGS_BACKEND", "keyfile");
  drive_start (drive, (const char *const[]){"--sample", NULL});
  drive_see (drive, "*li6ps5cl-s2p-lab*");
  drive_quit (drive);
  /* What the window remembers went through the schema. */
  g_autofree char *path = drive_path (drive, "config/glib-2.0/settings/keyfile");
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "window-width="));
}

/* Needs the compiled catalogues where the program was told they are, and a locale whose language they are in.
 */
static void
test_language (void)
{
  if (g_getenv ("XPS_LOCALE_INSTALLED") == NULL) {
    g_test_skip ("catalogues are found by an installed program only");
    return;
  }
  g_autoptr (Drive) drive = drive_new ();
  drive_set (drive, "LC_ALL", "de_DE.UTF-8");
  drive_set (drive, "LANGUAGE", "de");
  drive_start (drive, NULL);
  drive_see (drive, "*\303\226ffnen*");
  drive_quit (drive);
}

int
main (int argc, char **argv)
{
  drive_init (&argc, &argv);
  g_test_add_func ("/drive/sample", test_sample);
  g_test_add_func ("/drive/language", test_language);
  return g_test_run ();
}
