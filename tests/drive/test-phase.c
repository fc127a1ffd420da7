/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drive.h"

/* Lines of the reference browser dragged with a real pointer: onto the plot, onto a region and a sample of
 * the list. Which one was meant is what the dialog says. */

#define BESIDE 1420 /* pixels: right of the main window, which is 1400 wide at most */

static char *
dup_sample (const char *name)
{
  return g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "samples", name, NULL);
}

/* Middle of a widget of the browser, which stands beside. */
static void
find_place (Drive *drive, AtspiAccessible *widget, int offset, int *x, int *y)
{
  int left, top, width, height;
  drive_get_extents (drive, widget, &left, &top, &width, &height);
  *x = offset + left + MIN (width / 2, 40);
  *y = top + height / 2;
}

/* The browser beside the main window, with what the words find. */
static AtspiAccessible *
open_browser (Drive *drive, const char *words)
{
  drive_key (drive, "ctrl+b");
  AtspiAccessible *browser = drive_find (drive, ATSPI_ROLE_FRAME, "Reference*");
  drive_move_newest (drive, BESIDE, 0);
  drive_wait (400);
  drive_key (drive, "ctrl+a");
  drive_type (drive, words);
  drive_wait (800);
  return browser;
}

static void
drag_line (Drive *drive, AtspiAccessible *browser, AtspiAccessible *to)
{
  int x0, y0, x1, y1;
  drive_auto AtspiAccessible *line = drive_find_in (drive, browser, ATSPI_ROLE_LABEL, "Li2CO3");
  find_place (drive, line, BESIDE, &x0, &y0);
  find_place (drive, to, 0, &x1, &y1);
  drive_drag (x0, y0, x1, y1);
}

/* Waits for the dialog, sees where it would put the line, and leaves it. */
static void
check_dialog (Drive *drive, const char *title, const char *scope, const char *picture)
{
  drive_see (drive, title);
  drive_see (drive, scope);
  drive_picture (picture);
  drive_key (drive, "Escape");
  drive_see_no_more (drive, title);
}

static void
test_drag (void)
{
  g_autoptr (Drive) drive = drive_new ();
  g_autofree char *lithium = dup_sample ("llzo-li1s.csv"), *oxygen = dup_sample ("llzo-o1s.csv");
  drive_start (drive, (const char *const[]){lithium, oxygen, NULL});
  drive_see (drive, "llzo-o1s");
  drive_auto AtspiAccessible *browser = open_browser (drive, "Li2CO3");

  drive_auto AtspiAccessible *plot = drive_find (drive, ATSPI_ROLE_INVALID, "Plot*");
  drag_line (drive, browser, plot);
  check_dialog (drive, "O 1s of CO3*into*O 1s*", "This region", "phase-plot");

  drive_auto AtspiAccessible *region = drive_find (drive, ATSPI_ROLE_LABEL, "Li 1s");
  drag_line (drive, browser, region);
  /* Nothing of that line is in this region, and the dialog says so. */
  check_dialog (drive, "O 1s of CO3*no region shows it", "This region", "phase-region");

  drive_auto AtspiAccessible *sample = drive_find (drive, ATSPI_ROLE_LABEL, "llzo-li1s");
  drag_line (drive, browser, sample);
  check_dialog (drive, "Li 1s of *into*Li 1s*", "All regions of the sample", "phase-sample");
  drive_kill (drive);
}

int
main (int argc, char **argv)
{
  drive_init (&argc, &argv);
  g_test_add_func ("/drive/phase/drag", test_drag);
  return g_test_run ();
}
