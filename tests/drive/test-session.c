/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "drive.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One afternoon of a user, from the empty window to the figure, with a crash in between. Each stage looks at
 * what is on screen, as people do; the numbers are judged against those the sample was drawn from
 * (data/samples/truth). */

/* Binding energy, eV, of the strongest line of the sample and its splitting:
 * data/samples/truth/li6ps5cl-s2p-lab.json. */
#define STRONGEST 161.55
#define SPLITTING 1.18

typedef struct {
  Drive *drive;
  char *spectrum, *project;
} Session;

/* ---- reading the table ---- */

/* What a cell says: "161.2710(29) free", with a point whatever the language. New string. */
static char *
dup_description (AtspiAccessible *cell)
{
  char *text = atspi_accessible_get_description (cell, NULL);
  return text != NULL ? g_strdelimit (text, ",", '.') : g_strdup ("");
}

static char *
dup_cell (Session *self, const char *cell)
{
  drive_auto AtspiAccessible *widget = drive_find (self->drive, ATSPI_ROLE_PANEL, cell);
  return dup_description (widget);
}

static double
get_cell (Session *self, const char *cell)
{
  g_autofree char *text = dup_cell (self, cell);
  return g_ascii_strtod (text, NULL);
}

typedef struct {
  Session *session;
  const char *cell, *pattern;
} CellWish;

static gboolean
cell_says (gpointer data)
{
  CellWish *wish = data;
  drive_auto AtspiAccessible *widget =
      drive_look (wish->session->drive->application, ATSPI_ROLE_PANEL, wish->cell);
  g_autofree char *text = widget != NULL ? dup_description (widget) : NULL;
  return text != NULL && g_pattern_match_simple (wish->pattern, text);
}

/* Waits until the cell says so. */
static void
expect_cell (Session *self, const char *cell, const char *pattern)
{
  g_autofree char *what = g_strdup_printf ("\"%s\" in %s", pattern, cell);
  CellWish wish = {self, cell, pattern};
  drive_wait_for (self->drive, cell_says, &wish, what);
}

/* A table cell is opened for typing with a double click; screen readers call it by its name. */
static void
open_cell (Session *self, const char *cell)
{
  int x, y, width, height;
  drive_auto AtspiAccessible *widget = drive_find (self->drive, ATSPI_ROLE_PANEL, cell);
  if (drive_knows_places (widget)) {
    drive_get_extents (self->drive, widget, &x, &y, &width, &height);
    drive_double_click (x + width / 2, y + height / 2);
  } else {
    drive_do_named (widget, "cell.edit");
  }
  drive_auto AtspiAccessible *entry = drive_find (self->drive, ATSPI_ROLE_TEXT, cell);
}

static void
type_into_cell (Session *self, const char *cell, const char *text)
{
  open_cell (self, cell);
  drive_key (self->drive, "ctrl+a");
  drive_type (self->drive, text);
  drive_key (self->drive, "Return");
  drive_wait (200);
}

/* Name of the stronger and of the weaker line as the table has them. */
#define STRONG "*2p3/2"
#define WEAK   "*2p1/2"

typedef struct {
  Session *session;
  double ratio;
} RatioWish;

static gboolean
ratio_is (gpointer data)
{
  RatioWish *wish = data;
  const double ratio =
      get_cell (wish->session, "area of " WEAK) / get_cell (wish->session, "area of " STRONG);
  return fabs (ratio - wish->ratio) < 1e-3; /* areas are shown with four digits or more */
}

/* Areas of the two lines, weaker to stronger. */
static void
expect_ratio (Session *self, double ratio)
{
  g_autofree char *what = g_strdup_printf ("a ratio of areas of %.2f", ratio);
  RatioWish wish = {self, ratio};
  drive_wait_for (self->drive, ratio_is, &wish, what);
}

/* ---- stages ---- */

static void
open_spectrum (Session *self)
{
  drive_start (self->drive, (const char *const[]){self->spectrum, NULL});
  drive_see (self->drive, "*no components*");
  drive_picture ("01-opened");
}

static void
choose_background (Session *self)
{
  drive_choose (self->drive, "Type", "Straight line");
  drive_see (self->drive, "Lock Slope");
  drive_picture ("02-background");
}

static void
add_doublet (Session *self)
{
  drive_key (self->drive, "ctrl+shift+k");
  drive_auto AtspiAccessible *splitting = drive_find (self->drive, ATSPI_ROLE_TEXT, "Splitting in eV");
  g_autofree char *known = drive_dup_text (splitting); /* what the reference database has for S 2p */
  g_assert_cmpstr (g_strdelimit (known, ",", '.'), ==, "1.18");
  drive_press (self->drive, ATSPI_ROLE_PUSH_BUTTON, "*Add");
  expect_cell (self, "position of " STRONG, "* free *");
  expect_cell (self, "position of " WEAK, "* linked *");
  expect_cell (self, "area of " WEAK, "* linked *");
  g_assert_cmpfloat_with_epsilon (get_cell (self, "position of " WEAK) -
                                      get_cell (self, "position of " STRONG),
                                  SPLITTING, 0.011); /* two decimals are shown */
  drive_picture ("03-doublet");
}

/* The apex of the selected component lies in the plot where its position says; the handle follows the
 * pointer, and the partner follows the handle. */
static void
drag_component (Session *self)
{
  int x, y;
  const double before = get_cell (self, "position of " STRONG);
  drive_auto AtspiAccessible *plot = drive_find (self->drive, ATSPI_ROLE_IMAGE, "Plot");
  drive_find_handle (self->drive, plot, &x, &y);
  drive_drag (x, y, x + 60, y + 30);
  drive_wait (300);
  drive_picture ("04-dragged");
  const double after = get_cell (self, "position of " STRONG), partner = get_cell (self, "position of " WEAK);
  g_assert_cmpfloat (before - after, >, 0.2); /* binding energy falls to the right */
  g_assert_cmpfloat_with_epsilon (partner - after, SPLITTING, 0.011);
  drive_see (self->drive, "Undo move of *");
}

static void
link_area (Session *self)
{
  type_into_cell (self, "area of " WEAK, "A*0.6");
  expect_ratio (self, 0.6);
  type_into_cell (self, "area of " WEAK, "A*nonsense");
  drive_picture ("05-refused");
  drive_key (self->drive, "Escape");
  expect_ratio (self, 0.6);
  type_into_cell (self, "area of " WEAK, "A*0.5");
  expect_ratio (self, 0.5);
  drive_picture ("05-linked");
}

static void
fit (Session *self)
{
  drive_key (self->drive, "ctrl+f");
  expect_cell (self, "position of " STRONG, "*(*) free*");
  expect_cell (self, "position of " WEAK, "*(*) linked*");
  /* One doublet for three leaves it between them: the fit ended, and near the strongest. */
  g_assert_cmpfloat_with_epsilon (get_cell (self, "position of " STRONG), STRONGEST, 1.0);
  g_assert_cmpfloat_with_epsilon (
      get_cell (self, "position of " WEAK) - get_cell (self, "position of " STRONG), SPLITTING, 2e-4);
  drive_picture ("06-fitted");
}

static void
undo_and_redo (Session *self)
{
  int steps = 0;
  g_autofree char *fitted = dup_cell (self, "position of " STRONG);
  drive_auto AtspiAccessible *undo = drive_find (self->drive, ATSPI_ROLE_PUSH_BUTTON, "Undo");
  for (; drive_is_sensitive (undo) && steps < 50; steps++)
    drive_key (self->drive, "ctrl+z");
  g_assert_cmpint (steps, >=, 6); /* import, background, doublet, drag, two links, fit */
  g_assert_cmpint (steps, <, 50);
  drive_see (self->drive, "Open a Spectrum");
  drive_picture ("07-undone");
  for (int i = 0; i < steps; i++)
    drive_key (self->drive, "ctrl+shift+z");
  expect_cell (self, "position of " STRONG, fitted);
  drive_picture ("08-redone");
}

static void
save (Session *self)
{
  drive_key (self->drive, "ctrl+s");
  drive_choose_file (self->drive, self->project);
  drive_wait_for_file (self->drive, self->project);
  drive_see (self->drive, "afternoon*");
  drive_picture ("09-saved");
}

/* An edit after the save, and the end of the process in the middle of it all: the journal has it within 5 s
 * at most. */
static void
crash (Session *self)
{
  type_into_cell (self, "position of " STRONG, "161.23");
  expect_cell (self, "position of " STRONG, "161.23*");
  drive_wait (6000);
  drive_kill (self->drive);
}

static void
recover (Session *self)
{
  drive_start (self->drive, NULL);
  drive_see (self->drive, "*afternoon*was not saved*");
  drive_picture ("10-recovery");
  drive_press (self->drive, ATSPI_ROLE_PUSH_BUTTON, "*Recover");
  expect_cell (self, "position of " STRONG, "161.23*");
  drive_picture ("11-recovered");
  drive_key (self->drive, "ctrl+s");
  drive_see_no_more (self->drive, "\342\200\242*"); /* the point that marks what is not saved */
  drive_quit (self->drive);
}

static void
reopen (Session *self)
{
  drive_start (self->drive, (const char *const[]){self->project, NULL});
  expect_cell (self, "position of " STRONG, "161.23*");
  expect_cell (self, "area of " WEAK, "* linked*");
  drive_auto AtspiAccessible *recovery =
      drive_look (self->drive->application, ATSPI_ROLE_INVALID, "*was not saved*");
  g_assert_null (recovery);
  drive_picture ("12-reopened");
}

/* A figure is text that can be read back. */
static void export(Session *self)
{
  g_autofree char *figure = drive_path (self->drive, "figure.pdf");
  drive_key (self->drive, "ctrl+e");
  drive_choose_file (self->drive, figure);
  drive_wait_for_file (self->drive, figure);
  drive_picture ("13-exported");
  g_autofree char *program = g_find_program_in_path ("pdftotext");
  if (program == NULL)
    return;
  const char *argv[] = {"pdftotext", figure, "-", NULL};
  g_autofree char *text = NULL;
  g_assert_true (
      g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &text, NULL, NULL, NULL));
  g_assert_nonnull (strstr (text, "Binding energy (eV)"));
  g_assert_nonnull (strstr (text, "Intensity"));
}

static void
test_session (void)
{
  g_autoptr (Drive) drive = drive_new ();
  g_autofree char *spectrum =
      g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", "samples", "li6ps5cl-s2p-lab.csv", NULL);
  g_autofree char *project = drive_path (drive, "afternoon.corelevel");
  Session self = {drive, spectrum, project};
  open_spectrum (&self);
  choose_background (&self);
  add_doublet (&self);
  drag_component (&self);
  link_area (&self);
  fit (&self);
  undo_and_redo (&self);
  save (&self);
  crash (&self);
  recover (&self);
  reopen (&self);
  export(&self);
  drive_quit (drive);
}

/* A measured file: platinum foil with a laboratory source. Pt 4f7/2 of the metal lies at 71.0 eV, 3.33 eV
 * below its partner (Moulder et al., Handbook of XPS, 1992); the scale of this instrument was not referenced,
 * so that 1 eV is let pass. */
static void
test_measured (void)
{
  g_autofree char *spectrum =
      g_build_filename (g_getenv ("XPS_SHARED_DIR"), "corpus", "files", "vamas", "Pt4f.vms", NULL);
  if (!g_file_test (spectrum, G_FILE_TEST_EXISTS)) {
    g_test_skip ("shared data not there");
    return;
  }
  g_autoptr (Drive) drive = drive_new ();
  Session self = {drive, spectrum, NULL};
  open_spectrum (&self);
  drive_choose (drive, "Type", "Straight line");
  drive_key (drive, "ctrl+shift+k");
  drive_choose (drive, "Level", "f: areas 3 : 4");
  drive_auto AtspiAccessible *splitting = drive_find (drive, ATSPI_ROLE_TEXT, "Splitting in eV");
  drive_type_into (splitting, "3.33");
  drive_press (drive, ATSPI_ROLE_PUSH_BUTTON, "*Add");
  expect_cell (&self, "position of *4f7/2", "* free *");
  drive_key (drive, "ctrl+f");
  expect_cell (&self, "position of *4f7/2", "*(*) free*");
  drive_picture ("measured");
  g_assert_cmpfloat_with_epsilon (get_cell (&self, "position of *4f7/2"), 71.0, 1.0);
  g_assert_cmpfloat_with_epsilon (get_cell (&self, "area of *4f5/2") / get_cell (&self, "area of *4f7/2"),
                                  0.75, 2e-3);
  drive_quit (drive);
}

int
main (int argc, char **argv)
{
  drive_init (&argc, &argv);
  g_test_add_func ("/drive/session", test_session);
  g_test_add_func ("/drive/measured", test_measured);
  return g_test_run ();
}
