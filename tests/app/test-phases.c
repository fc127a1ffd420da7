/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "app/phase-dialog.h"
#include "app/phase-window.h"
#include "app/reference-window.h"
#include "quantify/identify.h"
#include "reference/own.h"
#include "window-fixture.h"

/* The editor of phases as a person goes through it: a shipped phase is duplicated, becomes another one cell
 * by cell, is offered with its mark, and everything can be taken back. */

static void
activate (gpointer window, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), action, NULL));
  app_settle (50);
}

static void
type_into (XpsPhaseTable *table, guint line, XpsPhaseColumn column, const char *text)
{
  XpsPhaseCell *cell = xps_phase_table_find_cell (table, line, column);
  g_assert_nonnull (cell);
  g_assert_true (xps_data_cell_start_edit (XPS_DATA_CELL (cell), text));
  g_assert_true (xps_data_cell_finish_edit (XPS_DATA_CELL (cell)));
  app_settle (20);
}

static void
refuse (XpsPhaseTable *table, guint line, XpsPhaseColumn column, const char *text, const char *words)
{
  XpsPhaseCell *cell = xps_phase_table_find_cell (table, line, column);
  g_assert_true (xps_data_cell_start_edit (XPS_DATA_CELL (cell), text));
  g_assert_false (xps_data_cell_finish_edit (XPS_DATA_CELL (cell)));
  g_assert_nonnull (xps_data_cell_get_error (XPS_DATA_CELL (cell)));
  if (strstr (xps_data_cell_get_error (XPS_DATA_CELL (cell)), words) == NULL)
    g_error ("\"%s\" does not say \"%s\"", xps_data_cell_get_error (XPS_DATA_CELL (cell)), words);
  xps_data_cell_cancel_edit (XPS_DATA_CELL (cell));
  app_settle (20);
}

static const XpsReferencePhase *
find (GtkWindow *window, const char *name)
{
  return xps_phase_book_find (xps_phase_window_get_book (window), name, TRUE);
}

static guint
find_line (GtkWindow *window, const char *phase, const char *level, const char *species)
{
  const int at = xps_phase_book_find_line (find (window, phase), level, species);
  g_assert_cmpint (at, >=, 0);
  return (guint)at;
}

/* A phase made of what is known of another: Li6PS5Br from Li6PS5Cl. */
static void
make_bromide (GtkWindow *window)
{
  g_autoptr (GError) error = NULL;
  XpsPhaseBook *book = xps_phase_window_get_book (window);
  XpsPhaseTable *table = xps_phase_window_get_table (window);
  gboolean own;
  xps_phase_window_select (window, "Li6PS5Cl", FALSE);
  activate (window, "phases.duplicate");
  g_autofree char *copy = g_strdup (xps_phase_window_get_shown (window, &own));
  g_assert_true (own);
  g_assert_cmpstr (copy, !=, "Li6PS5Cl");
  g_assert_true (xps_phase_book_set (book, copy, -1, XPS_PHASE_NAME, "Li6PS5Br", &error));
  xps_phase_window_select (window, "Li6PS5Br", TRUE);
  g_assert_true (xps_phase_book_set (book, "Li6PS5Br", -1, XPS_PHASE_FORMULA, "Li6PS5Br", &error));
  app_settle (50);
  const guint chloride = find_line (window, "Li6PS5Br", "Cl 2p3/2", "Li6PS5Cl");
  g_autoptr (GPtrArray) remarks = xps_phase_list_remarks (find (window, "Li6PS5Br"));
  g_assert_cmpuint (remarks->len, ==, 1); /* there is no Cl in it */
  g_assert_nonnull (xps_phase_line_item_get_remark (
      xps_phase_cell_get_item (xps_phase_table_find_cell (table, chloride, XPS_PHASE_COLUMN_LEVEL)),
      XPS_PHASE_COLUMN_LEVEL));
  refuse (table, chloride, XPS_PHASE_COLUMN_LEVEL, "Xx 9z", "core level");
  refuse (table, chloride, XPS_PHASE_COLUMN_LEVEL, "", "core level");
  refuse (table, chloride, XPS_PHASE_COLUMN_ATOMS, "0", "atoms");
  refuse (table, chloride, XPS_PHASE_COLUMN_ATOMS, "one", "");
  type_into (table, chloride, XPS_PHASE_COLUMN_LEVEL, "Br 3d5/2");
  const guint bromide = find_line (window, "Li6PS5Br", "Br 3d5/2", "Li6PS5Cl");
  type_into (table, bromide, XPS_PHASE_COLUMN_SPECIES, "LiBr");
  type_into (table, bromide, XPS_PHASE_COLUMN_LABEL, "Br-");
}

static void
test_duplicate (Fixture *f, gconstpointer application)
{
  g_autoptr (GError) error = NULL;
  GtkWindow *window = xps_phase_window_present (f->window, NULL);
  g_assert_true (xps_phase_window_present (f->window, NULL) == window);
  XpsPhaseBook *book = xps_phase_window_get_book (window);
  APP_WAIT (gtk_widget_get_mapped (GTK_WIDGET (window)));
  app_settle (200);
  const guint n = xps_phase_book_get_phases (book)->len;
  make_bromide (window);
  const XpsReferencePhase *phase = find (window, "Li6PS5Br");
  g_assert_cmpuint (xps_phase_book_get_phases (book)->len, ==, n + 1);
  g_autoptr (GPtrArray) remarks = xps_phase_list_remarks (phase);
  g_assert_cmpuint (remarks->len, ==, 0);
  g_assert_cmpuint (phase->lines->len, ==, 5);
  const XpsPhaseLine *line =
      g_ptr_array_index (phase->lines, find_line (window, "Li6PS5Br", "Br 3d5/2", "LiBr"));
  g_assert_cmpstr (line->label, ==, "Br-");
  g_autoptr (XpsReferenceItem) values = xps_phase_book_dup_values (book, "LiBr", "Br 3d5/2");
  g_assert_nonnull (values);
  /* It is in the file: whoever opens it sees it, and the shipped one is as it was. */
  g_autoptr (XpsReference) other = xps_catalogue_open_reference (&error);
  g_autoptr (GPtrArray) there = xps_reference_list_phases (other, "Li6PS5Br", &error);
  g_autoptr (GPtrArray) shipped = xps_reference_list_phases (other, "Li6PS5Cl", &error);
  g_assert_cmpuint (there->len, ==, 1);
  g_assert_true (((XpsReferencePhase *)g_ptr_array_index (there, 0))->own);
  g_assert_false (((XpsReferencePhase *)g_ptr_array_index (shipped, 0))->own);
  /* All the way back, and forth again. */
  guint steps = 0;
  for (; xps_phase_book_get_undo (book) != NULL; steps++)
    activate (window, "phases.undo");
  g_assert_cmpuint (steps, ==, 6);
  g_assert_cmpuint (xps_phase_book_get_phases (book)->len, ==, n);
  while (xps_phase_book_get_redo (book) != NULL)
    activate (window, "phases.redo");
  find_line (window, "Li6PS5Br", "Br 3d5/2", "LiBr");
  activate (window, "phases.remove");
  g_assert_null (find (window, "Li6PS5Br"));
  gtk_window_close (window);
  app_settle (100);
}

static void
test_lines (Fixture *f, gconstpointer application)
{
  g_autoptr (GError) error = NULL;
  GtkWindow *window = xps_phase_window_present (f->window, NULL);
  XpsPhaseBook *book = xps_phase_window_get_book (window);
  XpsPhaseTable *table = xps_phase_window_get_table (window);
  g_assert_false (xps_phase_book_create (book, "Mine", "no formula", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_true (xps_phase_book_create (book, "Mine", "Li3PO4", &error));
  g_assert_false (xps_phase_book_create (book, "Mine", "LiF", &error)); /* that name is taken */
  g_clear_error (&error);
  xps_phase_window_select (window, "Mine", TRUE);
  app_settle (100);
  g_assert_cmpuint (find (window, "Mine")->lines->len, ==, 3);
  xps_phase_table_select (table, 0);
  activate (window, "phases.remove-line");
  activate (window, "phases.add-line"); /* the element that has none now */
  g_assert_cmpuint (find (window, "Mine")->lines->len, ==, 3);
  activate (window, "phases.add-line"); /* all have one: the selected level once more */
  g_assert_cmpuint (find (window, "Mine")->lines->len, ==, 4);
  g_autoptr (GPtrArray) remarks = xps_phase_list_remarks (find (window, "Mine"));
  g_assert_cmpuint (remarks->len, ==, 2); /* one atom too many, said at both lines of the level */
  while (find (window, "Mine")->lines->len > 1)
    activate (window, "phases.remove-line");
  g_assert_false (xps_phase_book_remove_line (book, "Mine", 0, &error)); /* the last one stays */
  g_assert_nonnull (error);
  xps_phase_window_select (window, "LiF", FALSE);
  g_assert_false (xps_data_cell_start_edit (
      XPS_DATA_CELL (xps_phase_table_find_cell (table, 0, XPS_PHASE_COLUMN_LEVEL)), NULL));
  gtk_widget_activate_action (GTK_WIDGET (window), "phases.add-line", NULL); /* shipped: nothing happens */
  gboolean own;
  g_assert_cmpstr (xps_phase_window_get_shown (window, &own), ==, "LiF");
  g_assert_false (own);
  xps_phase_window_select (window, "Mine", TRUE);
  activate (window, "phases.remove");
  gtk_window_destroy (window);
}

/* Out and in again; what an import brought can be taken back. */
static void
test_table (Fixture *f, gconstpointer application)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "phases.csv", NULL), *text = NULL;
  g_autofree char *bad = g_build_filename (g_get_user_data_dir (), "bad.csv", NULL);
  GtkWindow *window = xps_phase_window_present (f->window, NULL);
  XpsPhaseBook *book = xps_phase_window_get_book (window);
  app_settle (200);
  make_bromide (window);
  g_assert_true (xps_phase_window_export (window, path));
  activate (window, "phases.remove");
  g_assert_true (xps_phase_window_import (window, path));
  g_assert_nonnull (find (window, "Li6PS5Br"));
  g_assert_true (xps_phase_window_import (window, path)); /* nothing new: nothing to undo */
  activate (window, "phases.undo");
  g_assert_null (find (window, "Li6PS5Br"));
  activate (window, "phases.redo");
  g_assert_nonnull (find (window, "Li6PS5Br"));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "phase-line,LiBr"));
  g_assert_true (g_file_set_contents (bad, "kind,phase\nphase,x\n", -1, NULL));
  g_assert_false (xps_phase_window_import (window, bad));
  g_assert_nonnull (strstr (xps_phase_window_get_message (window), "no line"));
  g_assert_null (xps_phase_book_find (book, "x", TRUE));
  activate (window, "phases.remove");
  gtk_window_destroy (window);
}

/* An own phase goes into the model like a shipped one, says what it is, and is one step of undo. */
static void
test_add (Fixture *f, gconstpointer application)
{
  open_spectra (f);
  GtkWindow *window = xps_phase_window_present (f->window, NULL);
  app_settle (200);
  make_bromide (window);
  const guint id = xps_session_get_region_id (f->session);
  XpsProject *project = xps_session_get_project (f->session);
  GtkWindow *dialog = xps_phase_dialog_present (f->window, "Li6PS5Br", NULL, id, XPS_PHASE_REGION);
  XpsPhasePlan *plan = xps_phase_dialog_get_plan (dialog);
  g_assert_true (plan->own);
  guint used = 0;
  for (guint i = 0; i < plan->rows->len; i++)
    used += ((XpsPhaseRow *)g_ptr_array_index (plan->rows, i))->use;
  g_assert_cmpuint (used, ==, 2); /* both kinds of sulfur; the region shows no bromine */
  plan->link_areas = FALSE;       /* the file does not say its photon energy */
  g_assert_true (xps_phase_dialog_accept (dialog));
  const XpsRegion *region = xps_session_get_region (f->session);
  const XpsModelPart *part = g_ptr_array_index (region->model->parts, 0);
  g_assert_cmpuint (part->components->len, ==, 4);
  g_assert_cmpstr (((XpsComponent *)g_ptr_array_index (part->components, 0))->name, ==,
                   "Li6PS5Br PS4 3- 2p3/2");
  g_assert_true (xps_project_undo (project));
  activate (window, "phases.remove");
  gtk_window_destroy (window);
}

static GtkWindow *
find_form (GtkWindow *parent)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (gtk_window_get_transient_for (l->data) == parent && gtk_window_get_default_widget (l->data) != NULL)
      return l->data;
  return NULL;
}

static void
fill (GtkWidget *widget, const char *title, const char *text)
{
  if (ADW_IS_ENTRY_ROW (widget) &&
      strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0) {
    gtk_editable_set_text (GTK_EDITABLE (widget), text);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    fill (child, title, text);
}

/* A binding energy of one's own, given from the editor: it is known at once, and can be taken back. */
static void
test_value (Fixture *f, gconstpointer application)
{
  GtkWindow *window = xps_phase_window_present (f->window, NULL);
  XpsPhaseBook *book = xps_phase_window_get_book (window);
  app_settle (100);
  make_bromide (window);
  const guint line = find_line (window, "Li6PS5Br", "Br 3d5/2", "LiBr");
  type_into (xps_phase_window_get_table (window), line, XPS_PHASE_COLUMN_SPECIES, "Myonium");
  g_assert_null (xps_phase_book_dup_values (book, "Myonium", "Br 3d5/2"));
  xps_phase_table_focus (xps_phase_window_get_table (window), (int)line, XPS_PHASE_COLUMN_LEVEL);
  app_settle (20);
  activate (window, "phases.own-value");
  GtkWindow *form = find_form (window);
  g_assert_nonnull (form);
  fill (GTK_WIDGET (form), "Species", "Myonium");
  fill (GTK_WIDGET (form), "Level, such as S 2p3/2", "Br 3d5/2");
  fill (GTK_WIDGET (form), "Binding energy in eV", "68.4");
  fill (GTK_WIDGET (form), "Source: who says so", "notebook 7");
  g_signal_emit_by_name (gtk_window_get_default_widget (form), "clicked");
  app_settle (50);
  g_autoptr (XpsReferenceItem) known = xps_phase_book_dup_values (book, "Myonium", "Br 3d5/2");
  g_assert_nonnull (known);
  g_assert_nonnull (strstr (xps_phase_book_get_undo (book), "Myonium"));
  activate (window, "phases.undo");
  g_assert_null (xps_phase_book_dup_values (book, "Myonium", "Br 3d5/2"));
  activate (window, "phases.redo");
  g_autoptr (XpsReferenceItem) again = xps_phase_book_dup_values (book, "Myonium", "Br 3d5/2");
  g_assert_nonnull (again);
  while (xps_phase_book_get_undo (book) != NULL)
    activate (window, "phases.undo");
  gtk_window_close (window);
  app_settle (50);
}

static void
observe (GArray *observed, const char *name, const char *level, double energy)
{
  const XpsObserved one = {.name = g_strdup (name),
                           .level = g_strdup (level),
                           .energy = energy,
                           .error = NAN,
                           .width = NAN,
                           .area = NAN,
                           .sensitivity = NAN};
  g_array_append_val (observed, one);
}

/* The candidate of the first line; a copy of its marks, as "own phase: in favour, against". */
static char *
dup_judgement (const char *species)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsReference) reference = xps_catalogue_open_reference (&error);
  g_autoptr (GArray) observed = xps_observed_array_new ();
  XpsIdentifyOptions options;
  xps_identify_options_init (&options);
  options.secondary = options.recalled = TRUE;
  options.shift = options.shift_error = 0.0;
  observe (observed, "a", "Br 3d5/2", 69.2);
  observe (observed, "b", "S 2p3/2", 161.5);
  observe (observed, "c", "Cl 2p3/2", 198.6);
  g_autoptr (XpsIdentification) answer = xps_identify (reference, observed, &options, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < answer->components->len; i++) {
    const XpsIdentified *identified = &g_array_index (answer->components, XpsIdentified, i);
    for (guint k = 0; k < identified->candidates->len; k++) {
      const XpsCandidate *it = g_ptr_array_index (identified->candidates, k);
      if (strcmp (it->species, species) == 0)
        return g_strdup_printf ("%s: %u, %u", it->own_phase != NULL ? it->own_phase : "shipped",
                                it->in_favour->len, it->against->len);
    }
  }
  return NULL;
}

/* An own phase that borrows the energies of a shipped one changes nothing for that one; where it alone knows
 * other levels of a species, the candidate says whose they are. */
static void
test_identify (Fixture *f, gconstpointer application)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = xps_catalogue_dup_own_path (), *before = dup_judgement ("Li6PS5Cl");
  g_autoptr (XpsReferencePhase) phase = xps_reference_phase_new ("A bromide");
  xps_reference_phase_add_line (phase, "Br 3d5/2", "LiBr", 1);
  xps_reference_phase_add_line (phase, "S 2p3/2", "Li6PS5Cl", 4);
  g_autoptr (XpsOwn) own = xps_own_open (path, &error);
  g_assert_nonnull (before);
  g_assert_true (g_str_has_prefix (before, "shipped"));
  g_assert_true (xps_own_set_phase (own, phase, &error));
  g_autofree char *after = dup_judgement ("Li6PS5Cl"), *bromide = dup_judgement ("LiBr");
  g_assert_cmpstr (after, ==, before);
  g_assert_true (g_str_has_prefix (bromide, "A bromide"));
  g_assert_true (xps_own_remove_phase (own, "A bromide", &error));
}

/* The main window goes: the editor goes with it, in the middle of typing. */
static void
test_gone (Fixture *f, gconstpointer application)
{
  GtkWindow *window = xps_phase_window_present (f->window, NULL);
  app_settle (100);
  make_bromide (window);
  XpsPhaseTable *table = xps_phase_window_get_table (window);
  xps_data_cell_start_edit (XPS_DATA_CELL (xps_phase_table_find_cell (table, 0, XPS_PHASE_COLUMN_LABEL)),
                            "half");
  xps_reference_window_present (f->window);
  app_settle (50);
}

#define ADD(name, test) g_test_add ("/phases/" name, Fixture, application, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("corelevel-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", home, TRUE); /* no own entries of whoever runs it */
  g_autofree char *data = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", NULL);
  g_setenv ("XPS_DATA_DIR", data, TRUE);
  g_autoptr (XpsApplication) application = window_fixture_init (&argc, &argv);
  if (application == NULL)
    return 0;
  ADD ("duplicate", test_duplicate);
  ADD ("lines", test_lines);
  ADD ("table", test_table);
  ADD ("add", test_add);
  ADD ("value", test_value);
  ADD ("identify", test_identify);
  ADD ("gone", test_gone);
  return g_test_run ();
}
