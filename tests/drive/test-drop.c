/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drive.h"

#include <glib/gstdio.h>
#include <string.h>

/* Files and a folder dragged in from another program, as from a file manager. */

/* Where the other program's window is: without a window manager at the upper left, above ours. */
#define FROM_X 60
#define FROM_Y 30

static void
copy_sample (const char *name, const char *to)
{
  g_autofree char *from = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "samples", name, NULL);
  g_autofree char *text = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (from, &text, &length, NULL));
  g_assert_true (g_file_set_contents (to, text, (gssize)length, NULL));
}

static GSubprocess *
start_source (const char *const *paths)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_ptr_array_add (argv, (char *)g_getenv ("XPS_DRAG_SOURCE"));
  for (guint i = 0; paths[i] != NULL; i++)
    g_ptr_array_add (argv, (char *)paths[i]);
  g_ptr_array_add (argv, NULL);
  GSubprocess *source =
      g_subprocess_newv ((const char *const *)argv->pdata, G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error);
  g_assert_no_error (error);
  drive_wait (1500);
  return source;
}

static void
test_drop (void)
{
  g_autoptr (Drive) drive = drive_new ();
  g_autofree char *folder = drive_path (drive, "measured"), *inner = g_build_filename (folder, "day 1", NULL);
  g_autofree char *first = drive_path (drive, "alone.csv");
  g_autofree char *second = g_build_filename (folder, "first.csv", NULL);
  g_autofree char *third = g_build_filename (inner, "second.csv", NULL);
  g_assert_cmpint (g_mkdir_with_parents (inner, 0700), ==, 0);
  copy_sample ("llzo-c1s.csv", first);
  copy_sample ("llzo-o1s.csv", second);
  copy_sample ("li6ps5cl-s2p-lab.csv", third);
  drive_start (drive, NULL);
  drive_see (drive, "Open a Spectrum");

  g_autoptr (GSubprocess) source = start_source ((const char *const[]){first, folder, NULL});
  drive_press_button (FROM_X, FROM_Y);
  for (int i = 1; i <= 20; i++)
    drive_point (FROM_X + 30 * i, FROM_Y + 18 * i);
  drive_see (drive, "Drop Files*"); /* what may be done here, while it may */
  drive_picture ("drop");
  drive_release_button (FROM_X + 600, FROM_Y + 360);
  drive_see (drive, "alone*");
  drive_see (drive, "first*");
  drive_see (drive, "second*");
  drive_see_no_more (drive, "Drop Files*");
  drive_picture ("dropped");
  g_subprocess_force_exit (source);
  drive_kill (drive);
}

/* GTK's own choosers: one to open, and the two that export, whose kind of file the ending says. */
static void
test_choosers (void)
{
  g_autoptr (Drive) drive = drive_new ();
  g_autofree char *path = drive_path (drive, "chosen.csv"), *picture = drive_path (drive, "chosen.svg");
  g_autofree char *table = drive_path (drive, "chosen.tex");
  copy_sample ("li6ps5cl-s2p-lab.csv", path);
  drive_start (drive, NULL);
  drive_see (drive, "Open a Spectrum");
  drive_key (drive, "ctrl+o");
  drive_choose_file (drive, path);
  drive_see (drive, "chosen*");
  drive_key (drive, "ctrl+r");
  drive_see (drive, "C1");
  drive_key (drive, "ctrl+e");
  drive_choose_file (drive, picture);
  drive_wait_for_file (drive, picture);
  drive_key (drive, "ctrl+shift+e");
  drive_choose_file (drive, table);
  drive_wait_for_file (drive, table);
  g_autofree char *svg = NULL, *tex = NULL;
  g_assert_true (g_file_get_contents (picture, &svg, NULL, NULL));
  g_assert_true (g_file_get_contents (table, &tex, NULL, NULL));
  g_assert_nonnull (strstr (svg, "<svg"));
  g_assert_nonnull (strstr (tex, "tabular"));
  drive_kill (drive);
}

int
main (int argc, char **argv)
{
  drive_init (&argc, &argv);
  g_test_add_func ("/drive/drop", test_drop);
  g_test_add_func ("/drive/choosers", test_choosers);
  return g_test_run ();
}
