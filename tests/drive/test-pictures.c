/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drive.h"

#include <glib/gstdio.h>
#include <stdlib.h>

/* Writes a picture of every page, light and dark, at scale 1 and 2, small and large, for people to look at.
 * What is judged here is only that each page can be reached and nothing is asked for that is not there; a few
 * facts about room stand below. */

typedef struct {
  const char *name;
  int scale, width, height;
  gboolean dark;
} Look;

static const Look looks[] = {
    {"light-1x-1920x1080", 1, 1920, 1080, FALSE}, {"dark-1x-1920x1080", 1, 1920, 1080, TRUE},
    {"light-1x-800x600", 1, 800, 600, FALSE},     {"dark-1x-800x600", 1, 800, 600, TRUE},
    {"light-2x-1920x1080", 2, 1920, 1080, FALSE}, {"dark-2x-1920x1080", 2, 1920, 1080, TRUE},
    {"light-2x-800x600", 2, 800, 600, FALSE},     {"dark-2x-800x600", 2, 800, 600, TRUE},
};

static void
write_settings (Drive *drive, const Look *look)
{
  g_autofree char *folder = drive_path (drive, "config/glib-2.0/settings");
  g_autofree char *path = g_build_filename (folder, "keyfile", NULL);
  g_autofree char *text = g_strdup_printf ("[org/corelevel/Corelevel]\nwindow-width=%d\nwindow-height=%d\n",
                                           look->width, look->height);
  g_autoptr (GError) error = NULL;
  g_mkdir_with_parents (folder, 0700);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static Drive *
start (const Look *look, const char *const *arguments)
{
  Drive *drive = drive_new ();
  g_autofree char *scale = g_strdup_printf ("%d", look->scale);
  write_settings (drive, look);
  drive->scale = look->scale;
  drive_set (drive, "GSETTINGS_BACKEND", "keyfile");
  drive_set (drive, "GDK_SCALE", scale);
  drive_set (drive, "ADW_DEBUG_COLOR_SCHEME", look->dark ? "prefer-dark" : "prefer-light");
  if (g_getenv ("XPS_LOCALE_INSTALLED") != NULL)
    drive_set (drive, "LC_ALL", g_getenv ("XPS_LOCALE_INSTALLED"));
  drive_start (drive, arguments);
  return drive;
}

static void
take (const Look *look, const char *page)
{
  g_autofree char *name = g_strdup_printf ("%s/%s", look->name, page);
  drive_wait (500);
  drive_picture_of (name, look->scale * look->width, look->scale * look->height);
}

/* A page that a key opens as a window of its own. */
static void
take_window (Drive *drive, const Look *look, const char *keys, const char *page)
{
  drive_key (drive, keys);
  take (look, page);
  drive_key (drive, "Escape");
  drive_wait (300);
}

/* All spectra of a series, chosen in the list as a user does. */
static void
take_several (const Look *look)
{
  g_autofree char *series =
      g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "samples", "li6ps5cl-s2p-haxpes.csv", NULL);
  g_autoptr (Drive) drive = start (look, (const char *const[]){series, NULL});
  drive_auto AtspiAccessible *plot = drive_find (drive, ATSPI_ROLE_IMAGE, "Plot");
  if (look->width < 1000)
    drive_key (drive, "F9");
  int x, y, width, height;
  drive_auto AtspiAccessible *row = drive_find (drive, ATSPI_ROLE_LABEL, "V1.500");
  drive_get_extents (drive, row, &x, &y, &width, &height);
  drive_click (x + width / 2, y + height / 2, 1);
  drive_key (drive, "ctrl+a");
  static const char *const modes[] = {"overlay", "stack", "heat"};
  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_autofree char *action = g_strdup_printf ("win.mode::%s", modes[i]);
    drive_action (drive, action);
    take (look, modes[i]);
  }
  drive_kill (drive);
}

/* The window of a series, with each of its pictures. */
static void
take_series (const Look *look)
{
  static const char *const kinds[] = {"trends", "map", "model", "residual", "difference", "waterfall"};
  g_autoptr (Drive) drive = start (look, NULL);
  drive_action (drive, "win.open-sample-series");
  drive_auto AtspiAccessible *plot = drive_find (drive, ATSPI_ROLE_IMAGE, "Plot");
  drive_key (drive, "ctrl+alt+s");
  drive_auto AtspiAccessible *unfitted = drive_find (drive, ATSPI_ROLE_LABEL, "Not Fitted Yet");
  take (look, "series-unfitted");
  drive_key (drive, "alt+f");
  drive_auto AtspiAccessible *trends = drive_find (drive, ATSPI_ROLE_IMAGE, "Trends of the series");
  drive_wait (4000);
  drive_key (drive, "Right");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autofree char *name = g_strdup_printf ("series-%s", kinds[i]);
    if (i > 0)
      drive_key (drive, "ctrl+Page_Down");
    take (look, name);
  }
  drive_kill (drive);
}

static void
take_pages (Drive *drive, const Look *look)
{
  static const char *const pages[] = {"Background", "Components", "Constraints", "Result", "Notes"};
  drive_key (drive, "ctrl+f");
  drive_wait (1500);
  take (look, "fit");
  drive_auto AtspiAccessible *first = drive_look (drive->application, ATSPI_ROLE_PUSH_BUTTON, pages[0]);
  if (first == NULL) { /* folded away in a narrow window */
    drive_key (drive, "ctrl+F9");
    drive_wait (400);
  }
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autofree char *name = g_strdup_printf ("inspector-%s", pages[i]);
    drive_auto AtspiAccessible *tab = drive_find (drive, ATSPI_ROLE_PUSH_BUTTON, pages[i]);
    drive_do (tab);
    drive_wait (500); /* a page is made when it is first shown */
    take (look, name);
  }
}

static void
test_look (gconstpointer data)
{
  const Look *look = data;
  g_autoptr (Drive) empty = start (look, NULL);
  drive_see (empty, "Open a Spectrum");
  take (look, "empty");
  drive_auto AtspiAccessible *drop = drive_look (empty->application, ATSPI_ROLE_INVALID, "Drop Files*");
  g_assert_null (drop); /* nobody can see it yet */
  take_window (empty, look, "ctrl+comma", "preferences");
  drive_kill (empty);

  g_autoptr (Drive) drive = start (look, (const char *const[]){"--sample", NULL});
  drive_auto AtspiAccessible *plot = drive_find (drive, ATSPI_ROLE_IMAGE, "Plot");
  take (look, "sample");
  take_pages (drive, look);
  take_window (drive, look, "ctrl+shift+r", "charge-reference");
  take_window (drive, look, "ctrl+shift+k", "doublet");
  take_window (drive, look, "ctrl+question", "shortcuts");
  drive_action (drive, "app.about");
  take (look, "about");
  drive_key (drive, "Escape");
  take_window (drive, look, "F10", "menu");
  drive_quit (drive);
  take_several (look);
  take_series (look);
}

int
main (int argc, char **argv)
{
  drive_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++) {
    g_autofree char *path = g_strdup_printf ("/drive/pictures/%s", looks[i].name);
    g_test_add_data_func (path, &looks[i], test_look);
  }
  return g_test_run ();
}
