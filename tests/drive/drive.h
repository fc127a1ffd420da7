/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

/* The program as a user has it: a process of its own on a real (virtual) display, seen through the
 * accessibility bus, moved by a pointer and a keyboard that X makes. Everything that is looked for is waited
 * for; what does not come ends the test with a list of what was on screen instead. */

/* libatspi's types have no g_autoptr. */
static inline void
drive_unref (void *at)
{
  GObject **object = at;
  g_clear_object (object);
}
#define drive_auto __attribute__ ((cleanup (drive_unref)))

typedef struct {
  GSubprocess *process;
  AtspiAccessible *application; /* of the present process */
  char *home;                   /* a folder that stands for the user's, removed at the end */
  GPtrArray *environment;       /* NAME=VALUE for the program */
  int scale;                    /* GDK_SCALE of the program: pixels of the display in one of the window's */
} Drive;

/* Of a test program: g_test_init() and the bus. Skips the whole program when there is no display or no
 * xdotool. */
void drive_init (int *argc, char ***argv);

Drive *drive_new (void);
/* Of the program's environment. */
void drive_set (Drive *self, const char *name, const char *value);
/* Starts the program (XPS_APP) with these arguments and waits for its window. */
void drive_start (Drive *self, const char *const *arguments);
/* kill -9, and the wait until it is gone. */
void drive_kill (Drive *self);
/* Ctrl+Q, without saving what may be asked about, and the wait; the exit status is 0. */
void drive_quit (Drive *self);
void drive_free (Drive *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Drive, drive_free)

char *drive_path (Drive *self, const char *name); /* below home; new string */

/* ---- what is on screen ---- */

/* The first widget on screen of this role (ATSPI_ROLE_INVALID: any) whose name, or its description, matches
 * the pattern (of g_pattern_match: * and ?); waits for it. New reference. */
AtspiAccessible *drive_find (Drive *self, AtspiRole role, const char *pattern);
/* The same below a widget. */
AtspiAccessible *drive_find_in (Drive *self, AtspiAccessible *top, AtspiRole role, const char *pattern);
/* NULL when there is none now. */
AtspiAccessible *drive_look (AtspiAccessible *top, AtspiRole role, const char *pattern);
/* All of them now, in the order of the tree. AtspiAccessible. */
GPtrArray *drive_list (AtspiAccessible *top, AtspiRole role, const char *pattern);
/* Waits until some text on screen matches. */
void drive_see (Drive *self, const char *pattern);
/* Waits until none does. */
void drive_see_no_more (Drive *self, const char *pattern);
gboolean drive_is_sensitive (AtspiAccessible *widget);
char *drive_dup_name (AtspiAccessible *widget);
/* What stands in an entry or a label; new string. */
char *drive_dup_text (AtspiAccessible *widget);
/* Role and name of everything on screen, for people. */
void drive_print (Drive *self);
/* The highest handle drawn in the plot: a white disk in a dark ring, the apex of the selected component.
 * Handles are drawn, so that only the eye finds them. */
void drive_find_handle (Drive *self, AtspiAccessible *plot, int *x, int *y);
/* A picture of the screen in the build folder, when ImageMagick is there. */
void drive_picture (const char *name);
/* Of the upper left part of it, which is where windows are. */
void drive_picture_of (const char *name, int width, int height);

/* ---- what a user does ---- */

/* Presses a button, opens a menu, switches a switch: the widget's own first action. */
void drive_press (Drive *self, AtspiRole role, const char *pattern);
void drive_do (AtspiAccessible *widget);
/* One of its actions, "cell.edit". */
void drive_do_named (AtspiAccessible *widget, const char *name);
/* A command of the window or the program by its name, with a parameter behind two colons: "win.fit",
 * "win.mode::stack", "app.about". */
void drive_action (Drive *self, const char *action);
/* Replaces the text of an entry. */
void drive_type_into (AtspiAccessible *entry, const char *text);
/* An item of a drop-down row, by its text. */
void drive_choose (Drive *self, const char *row, const char *item);
/* In the file chooser that is open. */
void drive_choose_file (Drive *self, const char *path);
/* Keys as xdotool names them: "ctrl+f", "Escape". */
void drive_key (Drive *self, const char *keys);
/* Types with the keyboard. */
void drive_type (Drive *self, const char *text);
/* Pointer, in pixels of the display. */
void drive_point (int x, int y);
void drive_click (int x, int y, int button);
void drive_double_click (int x, int y);
/* With the button held, over some steps on the way. */
void drive_drag (int x0, int y0, int x1, int y1);
void drive_press_button (int x, int y);
void drive_release_button (int x, int y);
/* Moves the newest window of the program, so that it does not cover the others. */
void drive_move_newest (Drive *self, int x, int y);
/* Place on the display; x, y: the upper left corner. */
/* FALSE: this toolkit (newer than 4.8) leaves out the padding of everything around a widget, so that small
 * ones are not where it says. */
gboolean drive_knows_places (AtspiAccessible *widget);
void drive_get_extents (Drive *self, AtspiAccessible *widget, int *x, int *y, int *width, int *height);
/* What X's window of the program is wider than its content, on each side; pixels of the display. */
int drive_get_border (Drive *self, int inner_width);
void drive_wait (guint milliseconds);

/* Waits until a file is there and not empty. */
void drive_wait_for_file (Drive *self, const char *path);
/* Waits until check() is TRUE; else ends the test, saying what was waited for. */
typedef gboolean (*DriveCheck) (gpointer data);
void drive_wait_for (Drive *self, DriveCheck check, gpointer data, const char *what);
