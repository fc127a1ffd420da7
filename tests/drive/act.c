/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drive.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

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

/* What xdotool answers, line by line. */
static GStrv
ask_xdotool (const char *const *argv)
{
  g_autofree char *output = NULL;
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                &output, NULL, NULL, NULL);
  return g_strsplit (output != NULL ? g_strchomp (output) : "", "\n", -1);
}

/* Ids of the program's windows as X counts them, the newest last. Tool tips are windows, too. */
static GStrv
list_windows (Drive *self)
{
  return ask_xdotool ((const char *const[]){"xdotool", "search", "--onlyvisible", "--pid",
                                            g_subprocess_get_identifier (self->process), NULL});
}

static int
get_window_width (const char *window)
{
  g_auto (GStrv) lines =
      ask_xdotool ((const char *const[]){"xdotool", "getwindowgeometry", "--shell", window, NULL});
  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "WIDTH="))
      return atoi (lines[i] + strlen ("WIDTH="));
  return 0;
}

int
drive_get_border (Drive *self, int inner_width)
{
  enum { WIDEST = 40 };
  g_auto (GStrv) windows = list_windows (self);
  for (guint i = 0; windows[i] != NULL; i++) {
    const int more = get_window_width (windows[i]) - inner_width;
    if (more >= 0 && more <= WIDEST)
      return more / 2;
  }
  return 0;
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
  g_auto (GStrv) windows = list_windows (self);
  const guint n = g_strv_length (windows);
  if (n > 0 && windows[n - 1][0] != '\0')
    xdotool ("windowfocus --sync %s", windows[n - 1]);
}

void
drive_move_newest (Drive *self, int x, int y)
{
  g_auto (GStrv) windows = list_windows (self);
  const guint n = g_strv_length (windows);
  if (n > 0 && windows[n - 1][0] != '\0')
    xdotool ("windowmove --sync %s %d %d", windows[n - 1], x, y);
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
drive_do_named (AtspiAccessible *widget, const char *name)
{
  drive_auto AtspiAction *action = atspi_accessible_get_action_iface (widget);
  g_assert_nonnull (action);
  const int n = atspi_action_get_n_actions (action, NULL);
  for (int i = 0; i < n; i++) {
    g_autofree char *found = atspi_action_get_action_name (action, i, NULL);
    if (g_strcmp0 (found, name) != 0)
      continue;
    g_assert_true (atspi_action_do_action (action, i, NULL));
    drive_wait (60);
    return;
  }
  g_error ("a widget has no action %s", name);
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
drive_action (Drive *self, const char *action)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = g_strsplit (action + strlen ("win."), "::", 2);
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  GVariantBuilder parameters;
  g_variant_builder_init (&parameters, G_VARIANT_TYPE ("av"));
  if (words[1] != NULL)
    g_variant_builder_add (&parameters, "v", g_variant_new_string (words[1]));
  g_autoptr (GVariant) answer = g_dbus_connection_call_sync (
      bus, "org.corelevel.Corelevel",
      g_str_has_prefix (action, "app.") ? "/org/corelevel/Corelevel" : "/org/corelevel/Corelevel/window/1",
      "org.gtk.Actions", "Activate", g_variant_new ("(sava{sv})", words[0], &parameters, NULL), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  drive_wait (100);
}

static guint
find_item (AtspiAccessible *row, const char *item)
{
  g_autoptr (GPtrArray) items = drive_list (row, ATSPI_ROLE_LIST_ITEM, NULL);
  guint place = 0;
  for (guint i = 0; i < items->len; i++) {
    drive_auto AtspiAccessible *label = drive_look (items->pdata[i], ATSPI_ROLE_LABEL, NULL);
    g_autofree char *name = label != NULL ? drive_dup_name (label) : NULL;
    /* The first one is the row's own, which shows the present choice. */
    if (i > 0 && g_strcmp0 (name, item) == 0)
      return place;
    place += i > 0;
  }
  return G_MAXUINT;
}

void
drive_choose (Drive *self, const char *row, const char *item)
{
  int x, y, width, height;
  drive_auto AtspiAccessible *widget = drive_find (self, ATSPI_ROLE_COMBO_BOX, row);
  drive_get_extents (self, widget, &x, &y, &width, &height);
  drive_click (x + width / 2, y + height / 2, 1);
  drive_wait (400);
  const guint place = find_item (widget, item);
  if (place == G_MAXUINT)
    g_error ("%s has no item %s", row, item);
  drive_key (self, "Home");
  for (guint i = 0; i < place; i++)
    drive_key (self, "Down");
  drive_key (self, "Return");
  drive_wait (200);
}

/* The chooser's own line for a path: Ctrl+L opens it, or goes to the one that is there. Newer choosers
 * complete what is typed: what they put behind it goes, and the first Return may close their list only. */
void
drive_choose_file (Drive *self, const char *path)
{
  drive_wait (600);
  drive_key (self, "ctrl+l");
  drive_wait (200);
  drive_key (self, "ctrl+a");
  drive_type (self, path);
  drive_wait (200);
  drive_key (self, "shift+End");
  drive_key (self, "Delete");
  drive_key (self, "Return");
  drive_wait (500);
  drive_auto AtspiAccessible *cancel = drive_look (self->application, ATSPI_ROLE_INVALID, "Cancel");
  if (cancel == NULL)
    return;
  drive_key (self, "Return");
  drive_see_no_more (self, "Cancel");
}
