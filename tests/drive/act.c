/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drive.h"

#include <stdarg.h>

/* What a user does. */

static void
run (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  int status = 0;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void G_GNUC_PRINTF (1, 2) xdotool (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *command = g_strconcat ("xdotool ", line, NULL);
  g_auto (GStrv) argv = g_strsplit (command, " ", -1);
  run ((const char *const *)argv);
  drive_wait (30);
}

/* Without a window manager nobody gives a window the keyboard: the newest one of the program gets it. */
static void
focus (Drive *self)
{
  g_autofree char *command =
      g_strdup_printf ("w=$(xdotool search --onlyvisible --pid %s 2>/dev/null | tail -n 1); "
                       "[ -z \"$w\" ] || xdotool windowfocus --sync $w",
                       g_subprocess_get_identifier (self->process));
  const char *argv[] = {"sh", "-c", command, NULL};
  run (argv);
}

void
drive_key (Drive *self, const char *keys)
{
  focus (self);
  xdotool ("key --clearmodifiers %s", keys);
}

void
drive_type (Drive *self, const char *text)
{
  const char *argv[] = {"xdotool", "type", "--delay", "8", "--", text, NULL};
  focus (self);
  run (argv);
  drive_wait (30);
}

void
drive_point (int x, int y)
{
  xdotool ("mousemove %d %d", x, y);
}

void
drive_click (int x, int y, int button)
{
  drive_point (x, y);
  xdotool ("click %d", button);
}

void
drive_double_click (int x, int y)
{
  drive_point (x, y);
  xdotool ("click --repeat 2 --delay 60 1");
}

void
drive_press_button (int x, int y)
{
  drive_point (x, y);
  xdotool ("mousedown 1");
}

void
drive_release_button (int x, int y)
{
  drive_point (x, y);
  xdotool ("mouseup 1");
}

void
drive_drag (int x0, int y0, int x1, int y1)
{
  enum { STEPS = 16 };
  drive_press_button (x0, y0);
  for (int i = 1; i <= STEPS; i++)
    drive_point (x0 + (x1 - x0) * i / STEPS, y0 + (y1 - y0) * i / STEPS);
  drive_release_button (x1, y1);
}

void
drive_do (AtspiAccessible *widget)
{
  drive_auto AtspiAction *action = atspi_accessible_get_action_iface (widget);
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (action);
  g_assert_true (atspi_action_do_action (action, 0, &error));
  g_assert_no_error (error);
  drive_wait (60);
}

void
drive_press (Drive *self, AtspiRole role, const char *pattern)
{
  drive_auto AtspiAccessible *widget = drive_find (self, role, pattern);
  drive_do (widget);
}

void
drive_type_into (AtspiAccessible *entry, const char *text)
{
  drive_auto AtspiEditableText *editable = atspi_accessible_get_editable_text_iface (entry);
  g_autoptr (GError) error = NULL;
  g_assert_nonnull (editable);
  atspi_editable_text_set_text_contents (editable, text, &error);
  g_assert_no_error (error);
  drive_wait (60);
}

void
drive_picture (const char *name)
{
  g_autofree char *program = g_find_program_in_path ("import");
  const char *folder = g_getenv ("XPS_PICTURE_DIR");
  if (program == NULL || folder == NULL)
    return;
  g_mkdir_with_parents (folder, 0755);
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);
  const char *argv[] = {"import", "-window", "root", path, NULL};
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL,
                NULL, NULL, NULL);
}
