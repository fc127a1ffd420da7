/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "app/page-entry.h"
#include "project/phase-link.h"
#include "window-fixture.h"

/* The window in process: it opens the samples, its commands work, and whoever cannot see it finds a name on
 * everything that can be pressed. */

static gboolean
is_enabled (Fixture *f, const char *name)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (f->window), name);
}

static guint
count_of (const XpsRegion *region)
{
  return ((const XpsModelPart *)g_ptr_array_index (region->model->parts, 0))->components->len;
}

static guint
count_components (Fixture *f)
{
  return count_of (xps_session_get_region (f->session));
}

/* ---- names for those who do not see ---- */

static gboolean
shows_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_label_get_text (GTK_LABEL (widget))[0] != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_visible (child) && shows_text (child))
      return TRUE;
  return FALSE;
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget) || GTK_IS_SWITCH (widget) ||
         GTK_IS_ENTRY (widget) || GTK_IS_SEARCH_ENTRY (widget) || GTK_IS_DROP_DOWN (widget) ||
         GTK_IS_SPIN_BUTTON (widget) || GTK_IS_TEXT_VIEW (widget) || GTK_IS_SCALE (widget) ||
         GTK_IS_CHECK_BUTTON (widget) || GTK_IS_LIST_VIEW (widget) || GTK_IS_COLUMN_VIEW (widget);
}

/* GTK's own parts carry what their owner says: the halves of a split button, buttons within menu buttons and
 * entries, window controls. */
static gboolean
is_part_of_toolkit (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);
  return GTK_IS_COLUMN_VIEW (parent) || GTK_IS_MENU_BUTTON (parent) || ADW_IS_SPLIT_BUTTON (parent) ||
         GTK_IS_WINDOW_CONTROLS (parent) || GTK_IS_SPIN_BUTTON (parent) || GTK_IS_DROP_DOWN (parent) ||
         g_str_equal (G_OBJECT_TYPE_NAME (parent), "AdwToastWidget") || /* its close button, on newer ones */
         (GTK_IS_SEARCH_ENTRY (widget) &&
          gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_WINDOW) != NULL) ||
         GTK_IS_INFO_BAR (widget) || gtk_widget_get_ancestor (widget, GTK_TYPE_INFO_BAR) != NULL ||
         gtk_widget_get_ancestor (widget, ADW_TYPE_ENTRY_ROW) != NULL ||
         gtk_widget_get_ancestor (widget, GTK_TYPE_POPOVER) != NULL ||
         gtk_widget_get_ancestor (widget, ADW_TYPE_COMBO_ROW) != NULL;
}

static void
check_names (GtkWidget *widget, guint *checked)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (is_control (widget) && !is_part_of_toolkit (widget)) {
    GtkAccessible *accessible = GTK_ACCESSIBLE (widget);
    const gboolean named =
        gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL) ||
        gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY) ||
        ((GTK_IS_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget)) && shows_text (widget));
    (*checked)++;
    for (GtkWidget *at = widget; !named && at != NULL; at = gtk_widget_get_parent (at))
      g_test_message ("%s %s", at == widget ? "no accessible name:" : "  in", G_OBJECT_TYPE_NAME (at));
    g_assert_true (named);
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_names (child, checked);
}

static void
test_names (Fixture *f, gconstpointer data)
{
  guint checked = 0;
  check_names (GTK_WIDGET (f->window), &checked);
  open_spectra (f);
  do_action (f, "add-from-residual");
  app_settle (200);
  check_names (GTK_WIDGET (f->window), &checked);
  g_test_message ("%u controls have names", checked);
  g_assert_cmpuint (checked, >, 20);
}

static void
close_others (Fixture *f)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != (gpointer)f->window)
      gtk_window_destroy (l->data);
  app_settle (50);
}

/* Every window that a command opens. */
static void
test_names_elsewhere (Fixture *f, gconstpointer application)
{
  static const char *const commands[] = {"charge-reference", "add-doublet", "reference",  "identify",
                                         "add-phase",        "phases",      "periodic",   "save-template",
                                         "series",           "move-region", "import-log", "preferences"};
  do_action (f, "open-sample-series"); /* has all there is: models, many steps */
  APP_WAIT (xps_session_get_region (f->session) != NULL);
  do_action (f, "fit");
  APP_WAIT (!xps_session_get_fitting (f->session));
  xps_session_select_component (f->session, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    guint checked = 0;
    if (g_str_equal (commands[i], "preferences"))
      g_action_group_activate_action (G_ACTION_GROUP ((gpointer)application), "preferences", NULL);
    else
      do_action (f, commands[i]);
    app_settle (200);
    g_autoptr (GList) windows = gtk_window_list_toplevels ();
    for (GList *l = windows; l != NULL; l = l->next)
      if (l->data != (gpointer)f->window)
        check_names (l->data, &checked);
    g_test_message ("%s: %u controls have names", commands[i], checked);
    if (checked == 0)
      g_error ("%s opens no window", commands[i]);
    close_others (f);
  }
}

/* ---- commands ---- */

/* What is opened from the empty page can be fitted at once. */
static void
test_sample (Fixture *f, gconstpointer data)
{
  do_action (f, "open-sample");
  APP_WAIT (xps_session_get_region (f->session) != NULL);
  g_assert_cmpuint (count_components (f), >, 0);
  do_action (f, "fit");
  APP_WAIT (!xps_session_get_fitting (f->session));
  g_assert_nonnull (xps_session_get_current_record (f->session));
}

/* The area of a component tied to another core level: the command ends the tie, undo brings it back. */
static void
test_release (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  do_action (f, "open-sample");
  APP_WAIT (xps_session_get_region (f->session) != NULL);
  XpsProject *project = xps_session_get_project (f->session);
  const XpsState *state = xps_project_get_state (project);
  g_autoptr (XpsPhaseLink) link = xps_phase_link_new ("Li6PS5Cl", 0, NULL);
  for (guint i = 0; i < 2; i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    const XpsModelPart *part = region->model->parts->pdata[0];
    const XpsComponent *first = part->components->pdata[0];
    xps_phase_link_add (link, region->id, first->name, i == 0 ? "S 2p" : "O 1s", 1);
  }
  XpsState *tied = xps_state_add_link (state, link, &error);
  g_assert_no_error (error);
  xps_project_edit (project, "tie", tied);
  xps_session_show_region (f->session, xps_state_get_region (tied, 0)->id);
  xps_session_select_component (f->session, 2); /* not one of them: said, not done */
  do_action (f, "release-phase");
  g_assert_cmpuint (xps_state_get_n_links (xps_project_get_state (project)), ==, 1);
  xps_session_select_component (f->session, 0);
  do_action (f, "release-phase");
  g_assert_cmpuint (xps_state_get_n_links (xps_project_get_state (project)), ==, 0);
  g_assert_nonnull (strstr (xps_project_get_undo_label (project), "Li6PS5Cl"));
  g_assert_true (xps_project_undo (project));
  g_assert_cmpuint (xps_state_get_n_links (xps_project_get_state (project)), ==, 1);
}

/* Every step has the model of one step, ready for a fit of the series. */
static void
test_sample_series (Fixture *f, gconstpointer data)
{
  do_action (f, "open-sample-series");
  APP_WAIT (xps_session_get_region (f->session) != NULL);
  const XpsState *state = xps_project_get_state (xps_session_get_project (f->session));
  g_assert_cmpuint (xps_state_get_n_regions (state), ==, 31);
  for (guint i = 0; i < 31; i++)
    g_assert_cmpuint (count_of (xps_state_get_region (state, i)), ==, 6);
}

static void
test_sensitivity (Fixture *f, gconstpointer data)
{
  static const char *const idle[] = {"undo",        "redo", "fit", "export-plot", "delete-component",
                                     "paste-model", NULL};
  for (guint i = 0; idle[i] != NULL; i++)
    g_assert_false (is_enabled (f, idle[i]));
  g_assert_true (is_enabled (f, "open"));
  open_spectra (f);
  g_assert_true (is_enabled (f, "undo"));
  g_assert_true (is_enabled (f, "export-plot"));
  g_assert_false (is_enabled (f, "fit"));
  g_assert_false (is_enabled (f, "paste-model"));
  do_action (f, "add-from-residual");
  g_assert_cmpuint (count_components (f), ==, 1);
  g_assert_cmpint (xps_session_get_component (f->session), ==, 0);
  g_assert_true (is_enabled (f, "fit"));
  g_assert_true (is_enabled (f, "delete-component"));
  do_action (f, "copy-model");
  g_assert_true (is_enabled (f, "paste-model"));
}

static void
test_edit (Fixture *f, gconstpointer data)
{
  open_spectra (f);
  do_action (f, "add-from-residual");
  do_action (f, "duplicate-component");
  g_assert_cmpuint (count_components (f), ==, 2);
  do_action (f, "delete-component");
  g_assert_cmpuint (count_components (f), ==, 1);
  do_action (f, "undo");
  do_action (f, "undo");
  g_assert_cmpuint (count_components (f), ==, 1);
  do_action (f, "fit");
  APP_WAIT (!xps_session_get_fitting (f->session));
  g_assert_nonnull (xps_session_get_current_record (f->session));
  while (is_enabled (f, "undo"))
    do_action (f, "undo");
  g_assert_null (xps_session_get_region (f->session));
  while (is_enabled (f, "redo"))
    do_action (f, "redo");
  g_assert_nonnull (xps_session_get_current_record (f->session));
}

static void
test_switches (Fixture *f, gconstpointer data)
{
  open_spectra (f);
  static const char *const names[] = {"live-fit",     "toggle-browser", "toggle-inspector",
                                      "toggle-table", "kinetic",        "per-second",
                                      "log",          "residuals",      "cross-hair"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GVariant) before = g_action_group_get_action_state (G_ACTION_GROUP (f->window), names[i]);
    g_assert_nonnull (before);
    for (guint k = 0; k < 2; k++) {
      g_action_group_activate_action (G_ACTION_GROUP (f->window), names[i], NULL);
      app_settle (20);
      g_autoptr (GVariant) after = g_action_group_get_action_state (G_ACTION_GROUP (f->window), names[i]);
      g_test_message ("%s", names[i]);
      /* The sample does not know its photon energy, nor how long it was counted. */
      if (i != 4 && i != 5)
        g_assert_true (g_variant_equal (before, after) == (k == 1));
    }
  }
}

static void
test_views (Fixture *f, gconstpointer data)
{
  static const char *const names[] = {"zoom-in",      "zoom-out",    "zoom-all",   "zoom-window",
                                      "pan-left",     "pan-right",   "view-back",  "view-back",
                                      "view-forward", "next-region", "focus-plot", "previous-region"};
  open_spectra (f);
  const guint first = xps_session_get_region_id (f->session);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    do_action (f, names[i]);
    app_settle (30);
  }
  g_assert_cmpuint (xps_session_get_region_id (f->session), ==, first);
}

/* ---- sizes ---- */

static void
test_small (Fixture *f, gconstpointer data)
{
  open_spectra (f);
  int minimum, natural;
  gtk_widget_measure (GTK_WIDGET (f->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_test_message ("minimum width with both panels: %d", minimum);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 720, 480);
  app_settle (300);
  gtk_widget_measure (GTK_WIDGET (f->window), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_test_message ("minimum width when folded: %d", minimum);
  g_assert_cmpint (minimum, <=, 720);
  gtk_widget_measure (GTK_WIDGET (f->window), GTK_ORIENTATION_VERTICAL, 720, &minimum, &natural, NULL, NULL);
  g_test_message ("minimum height when folded: %d", minimum);
  g_assert_cmpint (minimum, <=, 480);
}

/* ---- files ---- */

static void
test_save (Fixture *f, gconstpointer data)
{
  open_spectra (f);
  do_action (f, "add-from-residual");
  XpsProject *project = xps_session_get_project (f->session);
  g_autofree char *folder = g_dir_make_tmp ("corelevel-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.corelevel", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (xps_project_save (project, path, &error));
  g_assert_no_error (error);
  do_action (f, "duplicate-component");
  g_assert_true (xps_project_get_modified (project));
  do_action (f, "save");
  APP_WAIT (!xps_project_get_modified (project));

  XpsWindow *second = xps_window_new (f->application);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  gtk_window_present (GTK_WINDOW (second));
  xps_window_open_project (second, file);
  XpsSession *session = xps_window_get_session (second);
  APP_WAIT (xps_session_get_region (session) != NULL);
  g_assert_true (xps_project_get_read_only (xps_session_get_project (session)));
  g_assert_true (
      xps_model_equal (xps_session_get_region (session)->model, xps_session_get_region (f->session)->model));
  gtk_window_destroy (GTK_WINDOW (second));
  app_settle (50);
  g_unlink (path);
  g_rmdir (folder);
}

/* ---- typing ---- */

/* The entry of that accessible name, as a user sees it: on the page in front. */
static XpsPageEntry *
find_entry (GtkWidget *widget, const char *name)
{
  XpsPageEntry *found = NULL;
  if (XPS_IS_PAGE_ENTRY (widget)) {
    GtkWidget *entry = GTK_WIDGET (xps_page_entry_get_editable (XPS_PAGE_ENTRY (widget)));
    g_autofree char *difference =
        gtk_test_accessible_check_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
    return difference == NULL && gtk_widget_get_mapped (widget) ? XPS_PAGE_ENTRY (widget) : NULL;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, name);
  return found;
}

static double
get_position (Fixture *f)
{
  const XpsModel *model = xps_session_get_region (f->session)->model;
  const XpsModelPart *part = g_ptr_array_index (model->parts, 0);
  const XpsComponent *first = g_ptr_array_index (part->components, 0);
  return xps_model_get_parameter (model, first->roles[0])->value;
}

static XpsPageEntry *
type_position (Fixture *f, const char *text)
{
  g_action_group_activate_action (G_ACTION_GROUP (f->window), "show-page",
                                  g_variant_new_string ("components"));
  app_settle (50);
  XpsPageEntry *entry = find_entry (GTK_WIDGET (f->window), "Position");
  g_assert_nonnull (entry);
  gtk_widget_grab_focus (GTK_WIDGET (entry));
  xps_page_entry_type (entry, text);
  return entry;
}

/* A number that is typed and not yet confirmed is in what is saved, fitted and closed. */
static void
test_typing (Fixture *f, gconstpointer data)
{
  open_spectra (f);
  do_action (f, "add-from-residual");
  XpsProject *project = xps_session_get_project (f->session);
  g_autofree char *folder = g_dir_make_tmp ("corelevel-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "typed.corelevel", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (xps_project_save (project, path, &error));
  g_assert_no_error (error);
  type_position (f, "161.234");
  do_action (f, "save");
  APP_WAIT (xps_page_entry_get_text (find_entry (GTK_WIDGET (f->window), "Position")) != NULL &&
            !xps_project_get_modified (project));
  g_assert_cmpfloat (get_position (f), ==, 161.234);

  type_position (f, "161.5");
  do_action (f, "duplicate-component");
  g_assert_cmpfloat (get_position (f), ==, 161.5);
  g_assert_cmpuint (count_components (f), ==, 2);
  xps_project_undo (project);
  xps_session_select_component (f->session, 0);
  g_assert_true (xps_project_save (project, path, &error));

  type_position (f, "161.75");
  gtk_window_close (GTK_WINDOW (f->window)); /* asks, now that something is not saved */
  app_settle (100);
  g_assert_cmpfloat (get_position (f), ==, 161.75);
  g_assert_true (xps_project_get_modified (project));
  g_unlink (path);
  g_rmdir (folder);
}

/* Nonsense stops what would go on without it, once; a save goes on and the text stays. */
static void
test_nonsense (Fixture *f, gconstpointer data)
{
  open_spectra (f);
  do_action (f, "add-from-residual");
  const double before = get_position (f);
  XpsPageEntry *entry = type_position (f, "A*nonsense");
  do_action (f, "duplicate-component");
  g_assert_cmpuint (count_components (f), ==, 1);
  g_assert_nonnull (xps_page_entry_get_error (entry));
  g_assert_cmpstr (xps_page_entry_get_text (entry), ==, "A*nonsense");
  do_action (f, "duplicate-component"); /* it was said, and is still on screen */
  g_assert_cmpuint (count_components (f), ==, 2);
  g_assert_cmpfloat (get_position (f), ==, before);
}

#define ADD(name, function) g_test_add ("/window/" name, Fixture, application, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_autofree char *shipped = g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "data", NULL);
  g_setenv ("XPS_DATA_DIR", shipped, TRUE);
  g_autoptr (XpsApplication) application = window_fixture_init (&argc, &argv);
  if (application == NULL)
    return 0;
  ADD ("names", test_names);
  ADD ("names-elsewhere", test_names_elsewhere);
  ADD ("sample", test_sample);
  ADD ("sample-series", test_sample_series);
  ADD ("release", test_release);
  ADD ("sensitivity", test_sensitivity);
  ADD ("edit", test_edit);
  ADD ("switches", test_switches);
  ADD ("views", test_views);
  ADD ("small", test_small);
  ADD ("save", test_save);
  ADD ("typing", test_typing);
  ADD ("nonsense", test_nonsense);
  return g_test_run ();
}
