/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drive.h"

#include <math.h>

/* The eye: what can only be found in the picture of the screen. */

typedef struct {
  GBytes *bytes;
  const guint8 *gray; /* [width * height] */
  int width, height;
} Screen;

static void
screen_clear (Screen *screen)
{
  g_bytes_unref (screen->bytes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Screen, screen_clear)

static GBytes *
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  GBytes *output = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  g_subprocess_communicate (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  return output;
}

static void
grab (Screen *screen)
{
  g_autoptr (GBytes) size = run ((const char *const[]){"xdotool", "getdisplaygeometry", NULL});
  g_auto (GStrv) words = g_strsplit_set (g_bytes_get_data (size, NULL), " \n", -1);
  screen->width = atoi (words[0]), screen->height = atoi (words[1]);
  screen->bytes = run ((const char *const[]){"import", "-window", "root", "-depth", "8", "gray:-", NULL});
  gsize length = 0;
  screen->gray = g_bytes_get_data (screen->bytes, &length);
  g_assert_cmpuint (length, ==, (gsize)screen->width * screen->height);
}

static int
gray_at (const Screen *screen, double x, double y)
{
  const int column = (int)lround (x), row = (int)lround (y);
  if (column < 0 || row < 0 || column >= screen->width || row >= screen->height)
    return -1;
  return screen->gray[(gsize)row * screen->width + column];
}

/* White within 2 pixels in all directions, and a dark ring somewhere between 4 and 8 pixels. Circles of data
 * points are smaller. */
static gboolean
is_handle (const Screen *screen, int x, int y)
{
  enum { DIRECTIONS = 16, WHITE = 235, DARK = 90 };
  for (int k = 0; k < DIRECTIONS; k++) {
    const double dx = cos (2 * G_PI * k / DIRECTIONS), dy = sin (2 * G_PI * k / DIRECTIONS);
    gboolean ring = FALSE;
    for (double r = 0; r <= 2; r++)
      if (gray_at (screen, x + r * dx, y + r * dy) < WHITE)
        return FALSE;
    for (double r = 4; r <= 8 && !ring; r += 0.5)
      ring = gray_at (screen, x + r * dx, y + r * dy) < DARK;
    if (!ring)
      return FALSE;
  }
  return TRUE;
}

void
drive_find_handle (Drive *self, AtspiAccessible *plot, int *x, int *y)
{
  int left, top, width, height;
  g_auto (Screen) screen = {0};
  drive_get_extents (self, plot, &left, &top, &width, &height);
  drive_point (left + width / 2, top + height - 4); /* out of the way */
  drive_wait (200);
  grab (&screen);
  for (*y = top; *y < top + height; ++*y)
    for (*x = left; *x < left + width; ++*x)
      if (is_handle (&screen, *x, *y))
        return;
  drive_picture ("no-handle");
  g_error ("no handle is drawn in the plot");
}

void
drive_picture_of (const char *name, int width, int height)
{
  g_autofree char *program = g_find_program_in_path ("import");
  const char *folder = g_getenv ("XPS_PICTURE_DIR");
  if (program == NULL || folder == NULL)
    return;
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);
  g_autofree char *parent = g_path_get_dirname (path);
  g_autofree char *crop = g_strdup_printf ("%dx%d+0+0", width, height);
  const char *argv[] = {"import", "-window", "root", "-crop", width > 0 ? crop : "100%x100%+0+0", path, NULL};
  g_mkdir_with_parents (parent, 0755);
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                NULL, NULL, NULL);
}

void
drive_picture (const char *name)
{
  drive_picture_of (name, 0, 0);
}
