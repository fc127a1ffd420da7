/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

#include "app.h"
#include "app/application.h"
#include "app/identify-window.h"
#include "app/periodic-window.h"
#include "app/phase-dialog.h"
#include "app/reference-own.h"
#include "app/reference-window.h"
#include "app/survey-window.h"
#include "app/window.h"

/* The windows beside the main one: they open, narrow, add and go away again. */

const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);
int dlclose (void *handle);

/* As in test-window.c. */
const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:call_init\nleak:ld-linux\n";
}

int
dlclose (void *handle)
{
  return 0;
}

typedef struct {
  XpsWindow *window;
  XpsSession *session;
} Fixture;

static void
set_up (Fixture *f, gconstpointer application)
{
  f->window = xps_window_new ((XpsApplication *)application);
  f->session = xps_window_get_session (f->window);
  gtk_window_present (GTK_WINDOW (f->window));
  APP_WAIT (gtk_widget_get_mapped (GTK_WIDGET (f->window)));
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = app_sample ("li6ps5cl-s2p-lab.csv");
  g_list_store_append (files, file);
  xps_session_import_samples (f->session, G_LIST_MODEL (files));
  APP_WAIT (xps_session_get_region (f->session) != NULL);
  app_settle (50);
}

static void
tear_down (Fixture *f, gconstpointer application)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  app_settle (50);
}

static guint
count_components (Fixture *f)
{
  const XpsRegion *region = xps_session_get_region (f->session);
  return ((const XpsModelPart *)g_ptr_array_index (region->model->parts, 0))->components->len;
}

/* Everything that can be pressed or typed into has a name or shows a text. */
static gboolean
shows_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows_text (child))
      return TRUE;
  return FALSE;
}

static void
assert_named (GtkWidget *widget)
{
  const gboolean ours = gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) == NULL &&
                        gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_ROW) == NULL &&
                        gtk_widget_get_ancestor (widget, GTK_TYPE_MENU_BUTTON) == NULL &&
                        gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) == NULL;
  if (ours && gtk_widget_get_mapped (widget) &&
      (GTK_IS_BUTTON (widget) || GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget)) &&
      !shows_text (widget))
    g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

static void
activate (gpointer window, const char *action)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), action, NULL));
}

static void
test_browse (Fixture *f, gconstpointer application)
{
  XpsReferenceWindow *window = xps_reference_window_present (f->window);
  XpsReferenceList *list = xps_reference_window_get_list (window);
  g_assert_true (xps_reference_window_present (f->window) == window); /* one of a kind */
  app_settle (200);
  assert_named (GTK_WIDGET (window));
  xps_reference_window_look_for (window, "", "", "", "0.5", "");
  const guint all = xps_reference_list_get_n_lines (list);
  xps_reference_window_look_for (window, "Li2S", "S 2p", "160.8", NULL, NULL);
  const guint few = xps_reference_list_get_n_lines (list);
  g_assert_cmpuint (all, >, 200);
  g_assert_cmpuint (few, >, 0);
  g_assert_cmpuint (few, <, 10);
  xps_reference_list_set_expanded (list, 0, TRUE);
  g_assert_cmpuint (xps_reference_list_get_n_lines (list), >, few);
  xps_reference_list_select (list, 1); /* a record */
  app_settle (50);
  xps_reference_list_select (list, 0);
  const guint before = count_components (f);
  activate (window, "reference.add");
  g_assert_cmpuint (count_components (f), ==, before + 2); /* with its doublet */
  g_assert_true (xps_project_undo (xps_session_get_project (f->session)));
  g_assert_cmpuint (count_components (f), ==, before);
  activate (window, "reference.plot");
  activate (window, "reference.clear-plot");
  xps_reference_window_look_for (window, "", "F 1s", "", NULL, NULL);
  xps_reference_list_select (list, 0);
  activate (window, "reference.add"); /* far outside: said, not done */
  g_assert_cmpuint (count_components (f), ==, before);
  gtk_window_close (GTK_WINDOW (window));
  app_settle (50);
}

/* Out, in again, and marked as one's own. */
static void
test_own (Fixture *f, gconstpointer application)
{
  static const char text[] =
      "species,core_level,binding_energy_eV,source\nMyonium,S 2p3/2,160.4,notebook 7\n";
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "mine.csv", NULL);
  g_autoptr (GError) error = NULL;
  XpsReferenceWindow *window = xps_reference_window_present (f->window);
  XpsReferenceList *list = xps_reference_window_get_list (window);
  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  xps_reference_own_import (window, path, &error);
  g_assert_no_error (error);
  xps_reference_window_look_for (window, "Myonium", "", "", NULL, "");
  g_assert_cmpuint (xps_reference_list_get_n_lines (list), ==, 1);
  xps_reference_list_select (list, 0);
  g_autoptr (GPtrArray) selected = xps_reference_list_dup_selected (list);
  g_autofree char *signs = xps_reference_item_dup_signs (g_ptr_array_index (selected, 0));
  g_assert_nonnull (strstr (signs, "your own"));
  g_assert_true (xps_reference_own_export (window, path, &error));
  g_assert_no_error (error);
  g_autofree char *out = NULL;
  g_assert_true (g_file_get_contents (path, &out, NULL, NULL));
  g_assert_nonnull (strstr (out, "Myonium"));
  xps_reference_list_set_expanded (list, 0, TRUE);
  xps_reference_list_select (list, 1);
  activate (window, "own.remove");
  xps_reference_window_look_for (window, "Myonium", "", "", NULL, "");
  g_assert_cmpuint (xps_reference_list_get_n_lines (list), ==, 0);

  /* Back to nothing taken in, and forth: the file says the same as then. */
  activate (window, "own.undo");
  g_assert_cmpuint (xps_reference_list_get_n_lines (list), ==, 1);
  activate (window, "own.undo");
  g_assert_cmpuint (xps_reference_list_get_n_lines (list), ==, 0);
  activate (window, "own.redo");
  g_assert_cmpuint (xps_reference_list_get_n_lines (list), ==, 1);
  g_assert_true (xps_reference_own_export (window, path, &error));
  g_autofree char *again = NULL;
  g_assert_true (g_file_get_contents (path, &again, NULL, NULL));
  g_assert_cmpstr (again, ==, out);
  activate (window, "own.redo");
  g_assert_cmpuint (xps_reference_list_get_n_lines (list), ==, 0);
  gtk_window_close (GTK_WINDOW (window));
  app_settle (50);
}

static void
test_identify (Fixture *f, gconstpointer application)
{
  xps_session_fit (f->session);
  APP_WAIT (!xps_session_get_fitting (f->session));
  GtkWindow *window = xps_identify_window_present (f->window);
  APP_WAIT (!xps_identify_window_is_busy (window));
  app_settle (100);
  assert_named (GTK_WIDGET (window));
  /* Closed while it thinks: nothing may be left behind. */
  gtk_window_close (window);
  window = xps_identify_window_present (f->window);
  gtk_window_destroy (window);
  app_settle (200);
}

static void
test_periodic (Fixture *f, gconstpointer application)
{
  GtkWindow *window = xps_periodic_window_present (f->window);
  XpsPeriodicTable *table = xps_periodic_window_get_table (window);
  app_settle (100);
  assert_named (GTK_WIDGET (window));
  xps_periodic_table_choose (table, 16, TRUE);
  xps_periodic_table_choose (table, 17, TRUE);
  g_autoptr (GArray) chosen = xps_periodic_table_dup_chosen (table);
  g_assert_cmpuint (chosen->len, ==, 2);
  app_settle (100);
  xps_periodic_table_clear (table);
  gtk_window_destroy (window);
}

static void
test_survey (Fixture *f, gconstpointer application)
{
  GtkWindow *window = xps_survey_window_present (f->window);
  APP_WAIT (!xps_survey_window_is_busy (window));
  g_assert_null (xps_survey_window_get_analysis (window)); /* the file does not say the photon energy */
  gtk_window_destroy (window);
  XpsRegion *region = xps_region_copy (xps_session_get_region (f->session));
  region->scale.photon_energy = 1486.6;
  xps_session_edit_region (f->session, "photon energy", region);
  window = xps_survey_window_present (f->window);
  APP_WAIT (!xps_survey_window_is_busy (window));
  g_assert_nonnull (xps_survey_window_get_analysis (window)); /* of a narrow region as well */
  assert_named (GTK_WIDGET (window));
  gtk_window_destroy (window);
}

static void
test_phase (Fixture *f, gconstpointer application)
{
  const guint before = count_components (f), id = xps_session_get_region_id (f->session);
  GtkWindow *window = xps_phase_dialog_present (f->window, "Li2S", NULL, id, XPS_PHASE_SAMPLE);
  app_settle (100);
  assert_named (GTK_WIDGET (window));
  g_assert_nonnull (xps_phase_dialog_get_plan (window));
  g_assert_true (xps_phase_dialog_accept (window));
  g_assert_cmpuint (count_components (f), ==, before + 2);
  g_assert_true (xps_project_undo (xps_session_get_project (f->session)));
  g_assert_cmpuint (count_components (f), ==, before);
}

#define ADD(name, test) g_test_add ("/reference/" name, Fixture, application, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *home = g_dir_make_tmp ("corelevel-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", home, TRUE); /* no own entries of whoever runs it */
  g_test_init (&argc, &argv, NULL);
  g_autofree char *data = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", NULL);
  g_setenv ("XPS_DATA_DIR", data, TRUE);
  gtk_disable_setlocale ();
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display\n");
    return 0;
  }
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsApplication) application =
      g_object_new (XPS_TYPE_APPLICATION, "application-id", "org.corelevel.Corelevel", "flags",
                    G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                    "/org/corelevel/Corelevel", NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
  ADD ("browse", test_browse);
  ADD ("own", test_own);
  ADD ("identify", test_identify);
  ADD ("periodic", test_periodic);
  ADD ("survey", test_survey);
  ADD ("phase", test_phase);
  return g_test_run ();
}
