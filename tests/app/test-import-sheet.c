/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "app.h"
#include "app/application.h"
#include "app/import-preview.h"
#include "app/session-import.h"
#include "app/window.h"
#include "formats/zip-make.h"

/* The import sheet as a person meets it: a window over the window, whose lists change the preview and whose
 * buttons take what was previewed, or nothing. */

/* Under the leak checker: GLib leaves its first table of 2048 quarks behind when a program needs more, as a
 * whole window does; it was allocated while the library was loaded, which only a full stack tells. Drivers
 * unload their code, which then cannot be named. */
const char *__asan_default_options (void);
const char *__lsan_default_suppressions (void);
int dlclose (void *handle);

const char *
__asan_default_options (void)
{
  return "fast_unwind_on_malloc=0";
}

const char *
__lsan_default_suppressions (void)
{
  return "leak:call_init\nleak:ld-linux\n"; /* the second where the loader has no symbols */
}

int
dlclose (void *handle)
{
  return 0;
}

typedef struct {
  XpsApplication *application;
  XpsWindow *window;
  XpsSession *session;
  char *folder;
} Fixture;

static void
set_up (Fixture *f, gconstpointer application)
{
  g_autoptr (GError) error = NULL;
  f->application = (XpsApplication *)application;
  f->folder = g_dir_make_tmp ("corelevel-sheet-XXXXXX", &error);
  g_assert_no_error (error);
  f->window = xps_window_new (f->application);
  f->session = xps_window_get_session (f->window);
  gtk_window_present (GTK_WINDOW (f->window));
  APP_WAIT (gtk_widget_get_mapped (GTK_WIDGET (f->window)));
}

static void
tear_down (Fixture *f, gconstpointer application)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  app_settle (50);
  g_autoptr (GDir) folder = g_dir_open (f->folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (folder)) != NULL;) {
    g_autofree char *path = g_build_filename (f->folder, name, NULL);
    g_unlink (path);
  }
  g_rmdir (f->folder);
  g_free (f->folder);
}

/* Three columns of numbers without a word about what they are: the second column falls, the third rises. */
static char *
write_columns (Fixture *f, const char *name, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%u %u %u\n", 100 + i, 900 - i, 500 + 2 * i);
  char *path = g_build_filename (f->folder, name, NULL);
  g_file_set_contents (path, text->str, -1, &error);
  g_assert_no_error (error);
  return path;
}

/* The same in a workbook. */
static char *
write_workbook (Fixture *f)
{
  static const char names[] =
      "<workbook xmlns:r=\"r\"><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>";
  static const char relations[] =
      "<Relationships><Relationship Id=\"a\" Target=\"worksheets/s.xml\"/></Relationships>";
  g_autoptr (GString) sheet = g_string_new ("<worksheet><sheetData>");
  ZipMaker zip = zip_maker_new ();
  for (guint i = 1; i <= 20; i++)
    g_string_append_printf (sheet, "<row r=\"%u\"><c r=\"A%u\"><v>%u</v></c><c r=\"B%u\"><v>%u</v></c></row>",
                            i, i, 100 + i, i, i * i);
  g_string_append (sheet, "</sheetData></worksheet>");
  zip_add_text (&zip, "xl/workbook.xml", names);
  zip_add_text (&zip, "xl/_rels/workbook.xml.rels", relations);
  zip_add_text (&zip, "xl/worksheets/s.xml", sheet->str);
  g_autoptr (GBytes) bytes = zip_finish (&zip);
  char *path = g_build_filename (f->folder, "numbers.xlsx", NULL);
  g_assert_true (
      g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL));
  return path;
}

/* ---- the sheet ---- */

static GtkWindow *
find_sheet (Fixture *f)
{
  g_autoptr (GListModel) windows = g_object_ref (gtk_window_get_toplevels ());
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
    if (gtk_window_get_transient_for (window) == GTK_WINDOW (f->window) &&
        g_strcmp0 (gtk_window_get_title (window), "Import") == 0)
      return window; /* the list holds it */
  }
  return NULL;
}

typedef gboolean (*Fits) (GtkWidget *widget, const char *text);

static GtkWidget *
find (GtkWidget *top, Fits fits, const char *text)
{
  if (fits (top, text))
    return top;
  for (GtkWidget *at = gtk_widget_get_first_child (top); at != NULL; at = gtk_widget_get_next_sibling (at)) {
    GtkWidget *found = find (at, fits, text);
    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
is_row (GtkWidget *widget, const char *title)
{
  return ADW_IS_COMBO_ROW (widget) &&
         g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title);
}

static gboolean
is_titled (GtkWidget *widget, const char *title)
{
  return ADW_IS_PREFERENCES_ROW (widget) &&
         g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title);
}

static gboolean
is_button (GtkWidget *widget, const char *label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_caption (GtkWidget *widget, const char *text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_has_css_class (widget, "caption") &&
         strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
is_canvas (GtkWidget *widget, const char *text)
{
  return XPS_IS_PLOT_CANVAS (widget);
}

static AdwComboRow *
get_row (Fixture *f, const char *title)
{
  GtkWidget *row = find (GTK_WIDGET (find_sheet (f)), is_row, title);
  g_assert_nonnull (row);
  return ADW_COMBO_ROW (row);
}

static char *
dup_item (AdwComboRow *row, guint i)
{
  g_autoptr (GtkStringObject) item = g_list_model_get_item (adw_combo_row_get_model (row), i);
  return item != NULL ? g_strdup (gtk_string_object_get_string (item)) : NULL;
}

/* The place of the first item that has `text` in it. */
static guint
find_item (AdwComboRow *row, const char *text)
{
  for (guint i = 0; i < g_list_model_get_n_items (adw_combo_row_get_model (row)); i++) {
    g_autofree char *item = dup_item (row, i);
    if (strstr (item, text) != NULL)
      return i;
  }
  g_assert_not_reached ();
}

static XpsScene *
get_scene (Fixture *f)
{
  return xps_import_preview_get_scene (XPS_PLOT_CANVAS (find (GTK_WIDGET (find_sheet (f)), is_canvas, NULL)));
}

static gboolean
says (Fixture *f, const char *text)
{
  return find (GTK_WIDGET (find_sheet (f)), is_caption, text) != NULL;
}

static void
press (Fixture *f, const char *label)
{
  GtkWidget *button = find (GTK_WIDGET (find_sheet (f)), is_button, label);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
ask (Fixture *f, const char *const *paths)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  for (guint i = 0; paths[i] != NULL; i++) {
    g_autoptr (GFile) file = g_file_new_for_path (paths[i]);
    g_list_store_append (files, file);
  }
  xps_window_import (f->window, G_LIST_MODEL (files));
  APP_WAIT (find_sheet (f) != NULL);
  APP_WAIT (!says (f, "Reading"));
}

static guint
count_regions (Fixture *f)
{
  return xps_state_get_n_regions (xps_project_get_state (xps_session_get_project (f->session)));
}

static const XpsSpectrum *
get_spectrum (Fixture *f, guint i)
{
  return xps_state_get_region (xps_project_get_state (xps_session_get_project (f->session)), i)->spectrum;
}

/* ---- tests ---- */

static void
test_text (Fixture *f, gconstpointer application)
{
  g_autofree char *path = write_columns (f, "plain.txt", 41);
  const char *const paths[] = {path, NULL};
  ask (f, paths);
  g_assert_cmpuint (count_regions (f), ==, 0);
  g_assert_cmpuint (adw_combo_row_get_selected (get_row (f, "Energies are")), ==, 1); /* guessed */
  g_assert_true (says (f, "41 points"));

  /* Another column: the old picture is gone at once, and another one comes. */
  g_autofree char *before = xps_scene_dup_dump (get_scene (f));
  adw_combo_row_set_selected (get_row (f, "Intensities"), 3);
  g_assert_null (get_scene (f));
  g_assert_true (says (f, "Reading"));
  APP_WAIT (!says (f, "Reading"));
  g_autofree char *after = xps_scene_dup_dump (get_scene (f));
  g_assert_cmpstr (before, !=, after);
  adw_combo_row_set_selected (get_row (f, "Energies are"), 2);
  adw_combo_row_set_selected (get_row (f, "Intensities are"), 2);
  APP_WAIT (!says (f, "Reading"));

  press (f, "_Import");
  APP_WAIT (count_regions (f) == 1);
  APP_WAIT (find_sheet (f) == NULL);
  const XpsSpectrum *spectrum = get_spectrum (f, 0);
  g_assert_cmpuint (xps_spectrum_get_n (spectrum), ==, 41);
  g_assert_cmpint (xps_spectrum_get_axis (spectrum), ==, XPS_AXIS_KINETIC);
  g_assert_cmpint (xps_spectrum_get_unit (spectrum), ==, XPS_INTENSITY_COUNTS_PER_SECOND);
  g_assert_cmpfloat (xps_spectrum_get_intensity (spectrum)[0], ==, 500.0);
  g_autofree char *log = xps_session_dup_import_log (f->session);
  g_assert_nonnull (strstr (log, path));
}

/* However fast choices follow one another, what is shown at the end is what is chosen at the end. */
static void
test_hasty (Fixture *f, gconstpointer application)
{
  g_autofree char *path = write_columns (f, "hasty.txt", 2000);
  const char *const paths[] = {path, NULL};
  ask (f, paths);
  AdwComboRow *row = get_row (f, "Intensities");
  for (guint i = 0; i < 9; i++) {
    adw_combo_row_set_selected (row, 1 + i % 3);
    g_assert_null (get_scene (f));
    g_main_context_iteration (NULL, FALSE);
  }
  adw_combo_row_set_selected (row, 2);
  press (f, "_Import"); /* without waiting for the preview */
  APP_WAIT (find_sheet (f) == NULL);
  g_assert_cmpuint (count_regions (f), ==, 1);
  g_assert_cmpfloat (xps_spectrum_get_intensity (get_spectrum (f, 0))[0], ==, 900.0);
}

/* The file is read once: what becomes of it behind the sheet does not change what was previewed. */
static void
test_previewed (Fixture *f, gconstpointer application)
{
  g_autofree char *path = write_columns (f, "changing.txt", 30);
  const char *const paths[] = {path, NULL};
  ask (f, paths);
  g_assert_true (g_file_set_contents (path, "nothing left\n", -1, NULL));
  press (f, "_Import");
  APP_WAIT (find_sheet (f) == NULL);
  g_assert_cmpuint (count_regions (f), ==, 1);
  g_assert_cmpuint (xps_spectrum_get_n (get_spectrum (f, 0)), ==, 30);
}

/* Two files by the same answers, one step of undo. */
static void
test_two (Fixture *f, gconstpointer application)
{
  g_autofree char *one = write_columns (f, "one.txt", 20), *two = write_columns (f, "two.txt", 25);
  const char *const paths[] = {one, two, NULL};
  ask (f, paths);
  press (f, "_Import");
  APP_WAIT (find_sheet (f) == NULL);
  g_assert_cmpuint (count_regions (f), ==, 2);
  g_assert_true (xps_project_undo (xps_session_get_project (f->session)));
  g_assert_cmpuint (count_regions (f), ==, 0);
}

static void
test_cancel (Fixture *f, gconstpointer application)
{
  g_autofree char *path = write_columns (f, "cancel.txt", 20);
  const char *const paths[] = {path, NULL};
  ask (f, paths);
  adw_combo_row_set_selected (get_row (f, "Intensities"), 2); /* and a preview under way */
  press (f, "_Cancel");
  APP_WAIT (find_sheet (f) == NULL);
  app_settle (200);
  g_assert_cmpuint (count_regions (f), ==, 0);
  g_assert_false (xps_project_get_modified (xps_session_get_project (f->session)));
  g_autofree char *log = xps_session_dup_import_log (f->session);
  g_assert_cmpstr (log, ==, "");
}

/* The window goes while the sheet reads. */
static void
test_gone (Fixture *f, gconstpointer application)
{
  g_autofree char *path = write_columns (f, "gone.txt", 2000);
  const char *const paths[] = {path, NULL};
  ask (f, paths);
  GtkWindow *sheet = find_sheet (f);
  adw_combo_row_set_selected (get_row (f, "Intensities"), 2);
  gtk_window_destroy (sheet);
  app_settle (200);
  g_assert_cmpuint (count_regions (f), ==, 0);
}

static void
test_hdf5 (Fixture *f, gconstpointer application)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("XPS_SOURCE_DIR"), "tests", "fuzz", "corpus", "hdf5", "choose.h5", NULL);
  const char *const paths[] = {path, NULL};
  ask (f, paths);
  AdwComboRow *intensity = get_row (f, "Intensities");
  g_autofree char *likely = dup_item (intensity, adw_combo_row_get_selected (intensity));
  g_assert_cmpstr (likely, ==, "/run/detector (2 x 5, counts)");
  g_autofree char *before = xps_scene_dup_dump (get_scene (f));

  /* One that does not go with the energies says so, and Import then does not. */
  adw_combo_row_set_selected (intensity, find_item (intensity, "/other"));
  adw_combo_row_set_selected (get_row (f, "Energies"), find_item (get_row (f, "Energies"), "kinetic"));
  APP_WAIT (!says (f, "Reading"));
  g_assert_true (says (f, "no dimension of"));
  g_assert_null (get_scene (f));
  press (f, "_Import");
  app_settle (100);
  g_assert_nonnull (find_sheet (f));
  g_assert_cmpuint (count_regions (f), ==, 0);

  adw_combo_row_set_selected (intensity, find_item (intensity, "/run/detector"));
  APP_WAIT (!says (f, "Reading"));
  g_autofree char *after = xps_scene_dup_dump (get_scene (f));
  g_assert_cmpstr (before, ==, after); /* the same energies, found out before and chosen now */
  press (f, "_Import");
  APP_WAIT (find_sheet (f) == NULL);
  g_assert_cmpuint (count_regions (f), ==, 3); /* the sum and both slices */
  g_assert_cmpfloat (xps_spectrum_get_intensity (get_spectrum (f, 0))[0], ==, 5.0);
}

/* A workbook whose axis nothing names is asked about like columns of text, by letters. */
static void
test_workbook (Fixture *f, gconstpointer application)
{
  g_autofree char *path = write_workbook (f);
  const char *const paths[] = {path, NULL};
  ask (f, paths);
  AdwComboRow *intensity = get_row (f, "Intensities");
  g_autofree char *last = dup_item (intensity, 2);
  g_assert_cmpstr (last, ==, "Column B");
  g_assert_null (find (GTK_WIDGET (find_sheet (f)), is_titled, "Decimal comma"));
  press (f, "_Import");
  APP_WAIT (find_sheet (f) == NULL);
  g_assert_cmpint (xps_spectrum_get_axis (get_spectrum (f, 0)), ==, XPS_AXIS_BINDING);
}

/* What a folder holds without a word about it is asked about, too; what it says itself is there at once. */
static void
test_folder (Fixture *f, gconstpointer application)
{
  g_autofree char *one = write_columns (f, "one.txt", 20), *two = write_columns (f, "two.txt", 25);
  g_autofree char *named = g_build_filename (f->folder, "named.csv", NULL);
  g_autofree char *other = g_build_filename (f->folder, "letter.doc", NULL);
  const char *const paths[] = {f->folder, NULL};
  g_assert_true (
      g_file_set_contents (named, "Binding Energy (eV),Counts\n285.0,1\n285.1,2\n285.2,3\n", -1, NULL));
  g_assert_true (g_file_set_contents (other, "Dear reader", -1, NULL));
  ask (f, paths);
  APP_WAIT (count_regions (f) == 1);
  g_autofree char *log = xps_session_dup_import_log (f->session);
  g_assert_nonnull (strstr (log, "Left out, no spectrum: "));
  g_assert_nonnull (strstr (log, other));
  press (f, "_Import");
  APP_WAIT (find_sheet (f) == NULL);
  g_assert_cmpuint (count_regions (f), ==, 3);
}

static XpsApplication *
new_application (void)
{
  g_autoptr (GError) error = NULL;
  XpsApplication *application =
      g_object_new (XPS_TYPE_APPLICATION, "application-id", "org.corelevel.Corelevel", "flags",
                    G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN, "resource-base-path",
                    "/org/corelevel/Corelevel", NULL);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return application;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display\n");
    return 0;
  }
  g_autoptr (XpsApplication) application = new_application ();
  /* GTK 4.8 leaks a time for every file it remembers. */
  g_object_set (gtk_settings_get_default (), "gtk-recent-files-enabled", FALSE, NULL);
#define ADD(name, test) g_test_add ("/import-sheet/" name, Fixture, application, set_up, test, tear_down)
  ADD ("text", test_text);
  ADD ("hasty", test_hasty);
  ADD ("previewed", test_previewed);
  ADD ("two", test_two);
  ADD ("cancel", test_cancel);
  ADD ("gone", test_gone);
  ADD ("hdf5", test_hdf5);
  ADD ("workbook", test_workbook);
  ADD ("folder", test_folder);
  return g_test_run ();
}
