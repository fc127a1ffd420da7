/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app.h"

#include <glib/gstdio.h>
#include <unistd.h>

/* A session as a window uses it, without a window. Judges: the readers and the engine called directly, the
 * truth that the samples were drawn from, and that undo gives back what was there to the last bit. */

typedef struct {
  XpsSession *session;
  XpsProject *project;
  AppMessages messages;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->project = xps_project_new ();
  f->session = xps_session_new (f->project);
  app_messages_init (&f->messages, f->session);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->session);
  g_object_unref (f->project);
  g_ptr_array_unref (f->messages.texts);
}

static void
import (Fixture *f, const char *const *names)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  for (guint i = 0; names[i] != NULL; i++) {
    g_autoptr (GFile) file = app_sample (names[i]);
    g_list_store_append (files, file);
  }
  const guint said = f->messages.texts->len;
  xps_session_import (f->session, G_LIST_MODEL (files));
  APP_WAIT (f->messages.texts->len > said);
}

static const char *const lab[] = {"li6ps5cl-s2p-lab.csv", NULL};
static const char *const all[] = {"li6ps5cl-s2p-lab.csv", "llzo-o1s.csv", "llzo-c1s.csv", "llzo-li1s.csv",
                                  NULL};

static void
open_lab_with_model (Fixture *f)
{
  import (f, lab);
  xps_session_edit_model (f->session, "model", app_sample_model ("li6ps5cl-s2p-lab.json"));
}

static guint
count_undos (XpsProject *project)
{
  guint n = 0;
  while (xps_project_undo (project))
    n++;
  for (guint i = 0; i < n; i++)
    xps_project_redo (project);
  return n;
}

static void
fit_and_wait (Fixture *f)
{
  xps_session_fit (f->session);
  g_assert_true (xps_session_get_fitting (f->session));
  APP_WAIT (!xps_session_get_fitting (f->session));
}

/* ---- import ---- */

static void
test_import (Fixture *f, gconstpointer data)
{
  import (f, all);
  const XpsState *state = xps_project_get_state (f->project);
  g_assert_cmpuint (xps_state_get_n_regions (state), ==, 4);
  g_assert_cmpuint (f->messages.severe, ==, 0);
  g_assert_cmpuint (f->messages.texts->len, ==, 1);
  g_assert_nonnull (xps_session_get_region (f->session));
  for (guint i = 0; i < 4; i++) {
    g_autoptr (GFile) file = app_sample (all[i]);
    g_autoptr (XpsFile) read = xps_file_open (g_file_peek_path (file), NULL, NULL);
    const XpsSpectrum *direct = g_ptr_array_index (read->spectra, 0);
    const XpsSpectrum *taken = xps_state_get_region (state, i)->spectrum;
    const gsize n = xps_spectrum_get_n (direct);
    g_assert_cmpuint (xps_spectrum_get_n (taken), ==, n);
    g_assert_cmpmem (xps_spectrum_get_intensity (taken), n * sizeof (double),
                     xps_spectrum_get_intensity (direct), n * sizeof (double));
  }
  g_assert_cmpuint (count_undos (f->project), ==, 1);
  xps_project_undo (f->project);
  g_assert_null (xps_session_get_region (f->session));
  g_assert_cmpuint (xps_session_get_selected_regions (f->session)->len, ==, 0);
}

static void
copy_into (const char *sample, const char *folder, const char *name)
{
  g_autoptr (GFile) from = app_sample (sample);
  g_autoptr (GFile) to = g_file_new_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_file_copy (from, to, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
remove_tree (const char *folder)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  for (const char *name; (name = g_dir_read_name (entries)) != NULL;) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
      remove_tree (path);
    else
      g_unlink (path);
  }
  g_rmdir (folder);
}

/* A folder with a spectrum, a spectrum in a folder within, a file that is none, and a link to itself. */
static void
test_folder (Fixture *f, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("corelevel-XXXXXX", NULL);
  g_autofree char *within = g_build_filename (folder, "within", NULL);
  g_autofree char *loop = g_build_filename (within, "loop", NULL);
  g_autofree char *prose = g_build_filename (folder, "prose.txt", NULL);
  g_mkdir (within, 0700);
  g_assert_cmpint (symlink (folder, loop), ==, 0);
  copy_into ("llzo-o1s.csv", folder, "2.csv");
  copy_into ("llzo-c1s.csv", within, "1.csv");
  g_file_set_contents (prose, "Not a spectrum, only prose.\n", -1, NULL);

  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_list_store_append (files, file);
  xps_session_import (f->session, G_LIST_MODEL (files));
  APP_WAIT (f->messages.texts->len > 0);
  g_assert_cmpuint (xps_state_get_n_regions (xps_project_get_state (f->project)), ==, 2);
  const char *said = g_ptr_array_index (f->messages.texts, 0);
  g_test_message ("%s", said);
  g_assert_nonnull (strstr (said, "2 spectra read"));
  g_assert_nonnull (strstr (said, "1 file was no spectrum"));
  remove_tree (folder);
}

/* A file that was named and cannot be read is told, and leaves the document alone. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  static const char *const names[] = {"not-there.vms", NULL};
  import (f, names);
  g_assert_cmpuint (f->messages.severe, ==, 1);
  g_assert_cmpuint (xps_state_get_n_regions (xps_project_get_state (f->project)), ==, 0);
  g_assert_false (xps_project_get_modified (f->project));
}

/* ---- edits ---- */

static void
count_signal (XpsSession *session, guint *n)
{
  (*n)++;
}

static void
test_drag (Fixture *f, gconstpointer data)
{
  open_lab_with_model (f);
  g_autoptr (XpsModel) before = xps_session_dup_model (f->session);
  const guint steps = count_undos (f->project);
  guint frames = 0;
  g_signal_connect (f->session, "model-changed", G_CALLBACK (count_signal), &frames);
  const XpsPreview *preview = xps_session_get_preview (f->session);
  double start;
  xps_preview_get_component (preview, 0, &start, NULL, NULL, NULL);
  xps_session_begin_drag (f->session);
  for (guint i = 1; i <= 20; i++) {
    XpsModel *model = xps_session_dup_model (f->session);
    xps_edit_drag_apex (model, 0, 0, start + 0.01 * i, NAN);
    xps_session_drag_model (f->session, model);
  }
  g_assert_cmpuint (frames, ==, 20);
  g_assert_true (xps_session_is_dragging (f->session));
  g_assert_false (xps_model_equal (xps_session_get_region (f->session)->model, before));
  xps_session_end_drag (f->session, "drag");
  g_assert_false (xps_session_is_dragging (f->session));
  g_assert_cmpuint (count_undos (f->project), ==, steps + 1);
  double end;
  xps_preview_get_component (xps_session_get_preview (f->session), 0, &end, NULL, NULL, NULL);
  g_assert_cmpfloat_with_epsilon (end, start + 0.2, 1e-9); /* a Voigt's maximum is its centre */
  xps_project_undo (f->project);
  g_assert_true (xps_model_equal (xps_session_get_region (f->session)->model, before));
}

static void
test_drag_taken_back (Fixture *f, gconstpointer data)
{
  open_lab_with_model (f);
  g_autoptr (XpsModel) before = xps_session_dup_model (f->session);
  const guint steps = count_undos (f->project);
  xps_session_begin_drag (f->session);
  XpsModel *model = xps_session_dup_model (f->session);
  xps_edit_drag_width (model, 0, 0, 3.0);
  xps_session_drag_model (f->session, model);
  xps_session_cancel_drag (f->session);
  g_assert_true (xps_model_equal (xps_session_get_region (f->session)->model, before));
  g_assert_cmpuint (count_undos (f->project), ==, steps);
  /* A drag that ends where it began is no edit either. */
  xps_session_begin_drag (f->session);
  xps_session_drag_model (f->session, xps_model_copy (before));
  xps_session_end_drag (f->session, "nothing");
  g_assert_cmpuint (count_undos (f->project), ==, steps);
}

/* At most once for one change, in the promised order. */
static void
test_signals (Fixture *f, gconstpointer data)
{
  import (f, all);
  const XpsState *state = xps_project_get_state (f->project);
  const guint shown = xps_session_get_region_id (f->session);
  const guint other = xps_state_get_region (state, 0)->id == shown ? xps_state_get_region (state, 1)->id
                                                                   : xps_state_get_region (state, 0)->id;
  guint n[5] = {0};
  static const char *const names[] = {"document-changed", "region-changed", "model-changed",
                                      "selection-changed", "fit-changed"};
  for (guint i = 0; i < 5; i++)
    g_signal_connect (f->session, names[i], G_CALLBACK (count_signal), &n[i]);
  xps_session_show_region (f->session, other);
  g_assert_cmpuint (n[0], ==, 0);
  g_assert_cmpuint (n[1], ==, 1);
  g_assert_cmpuint (n[2], ==, 1);
  g_assert_cmpuint (n[3], ==, 1);
  g_assert_cmpuint (xps_session_get_selected_regions (f->session)->len, ==, 1);
  xps_session_show_region (f->session, other);
  g_assert_cmpuint (n[1], ==, 1);
  /* An edit of the shown model is no change of the document's list; a new name is. */
  xps_session_edit_model (f->session, "model", app_sample_model ("llzo-o1s.json"));
  g_assert_cmpuint (n[0], ==, 0);
  g_assert_cmpuint (n[2], ==, 2);
  XpsRegion *region = xps_region_copy (xps_session_get_region (f->session));
  g_free (region->name);
  region->name = g_strdup ("another");
  xps_session_edit_region (f->session, "name", region);
  g_assert_cmpuint (n[0], ==, 1);
  g_assert_cmpuint (n[2], ==, 3);
}

/* The region that is shown goes: its neighbour is shown, and nothing points at it any more. */
static void
test_deleted (Fixture *f, gconstpointer data)
{
  import (f, all);
  const guint shown = xps_session_get_region_id (f->session);
  xps_project_edit (f->project, "delete",
                    xps_state_remove_regions (xps_project_get_state (f->project), &shown, 1));
  g_assert_cmpuint (xps_session_get_region_id (f->session), !=, shown);
  g_assert_nonnull (xps_session_get_region (f->session));
  const GArray *selected = xps_session_get_selected_regions (f->session);
  g_assert_cmpuint (selected->len, ==, 1);
  g_assert_cmpuint (g_array_index (selected, guint, 0), ==, xps_session_get_region_id (f->session));
  g_assert_nonnull (xps_session_get_preview (f->session));
}

/* ---- fits ---- */

/* The truth that the sample was drawn from lies within five standard errors of every free position and area;
 * by chance alone one sample in some 10^5 would fail. */
static void
check_truth (const XpsFitRecord *record)
{
  g_autoptr (XpsModel) truth = app_sample_model ("truth/li6ps5cl-s2p-lab.json");
  guint compared = 0;
  for (guint i = 0; i < record->parameters->len; i++) {
    const XpsRecordParameter *fitted = g_ptr_array_index (record->parameters, i);
    const XpsParameter *true_one = xps_model_get_parameter (truth, fitted->name);
    if (true_one == NULL || fitted->status != XPS_STATUS_FREE)
      continue;
    g_assert_cmpfloat_with_epsilon (fitted->quantity.value, true_one->value, 5.0 * fitted->quantity.error);
    compared++;
  }
  g_assert_cmpuint (compared, >=, 5);
}

static void
test_fit (Fixture *f, gconstpointer data)
{
  open_lab_with_model (f);
  g_autoptr (XpsModel) start = xps_session_dup_model (f->session);
  g_assert_cmpint (xps_session_get_fit_state (f->session), ==, XPS_FIT_STATE_UNFITTED);
  g_assert_cmpstr (xps_session_get_fit_words (f->session), ==, "");
  const guint steps = count_undos (f->project);
  fit_and_wait (f);
  const XpsFitRecord *record = xps_session_get_current_record (f->session);
  g_assert_nonnull (record);
  g_assert_true (record->converged);
  check_truth (record);
  g_assert_cmpstr (xps_session_get_fit_words (f->session), !=, "");
  g_assert_cmpuint (count_undos (f->project), ==, steps + 1);
  xps_project_undo (f->project);
  g_assert_null (xps_session_get_current_record (f->session));
  g_assert_true (xps_model_equal (xps_session_get_region (f->session)->model, start));
  xps_project_redo (f->project);
  g_assert_nonnull (xps_session_get_current_record (f->session));
}

static XpsModel *
move_first (XpsSession *session, double by)
{
  XpsModel *model = xps_session_dup_model (session);
  double at;
  xps_preview_get_component (xps_session_get_preview (session), 0, &at, NULL, NULL, NULL);
  xps_edit_drag_apex (model, 0, 0, at + by, NAN);
  return model;
}

static void
test_stale (Fixture *f, gconstpointer data)
{
  open_lab_with_model (f);
  fit_and_wait (f);
  xps_session_edit_model (f->session, "move", move_first (f->session, 0.05));
  g_assert_null (xps_session_get_current_record (f->session));
  g_assert_cmpint (xps_session_get_fit_state (f->session), ==, XPS_FIT_STATE_STALE);
  xps_project_undo (f->project);
  g_assert_nonnull (xps_session_get_current_record (f->session));
}

static void
test_edit_during_fit (Fixture *f, gconstpointer data)
{
  open_lab_with_model (f);
  const guint said = f->messages.texts->len;
  xps_session_fit (f->session);
  xps_session_edit_model (f->session, "move", move_first (f->session, 0.05));
  g_assert_false (xps_session_get_fitting (f->session));
  g_assert_cmpuint (f->messages.texts->len, ==, said + 1);
  g_autoptr (XpsModel) edited = xps_session_dup_model (f->session);
  app_settle (500);
  g_assert_null (xps_session_get_current_record (f->session));
  g_assert_true (xps_model_equal (xps_session_get_region (f->session)->model, edited));
}

/* What is not part of the fit may change meanwhile. */
static void
test_notes_during_fit (Fixture *f, gconstpointer data)
{
  open_lab_with_model (f);
  xps_session_fit (f->session);
  XpsRegion *region = xps_region_copy (xps_session_get_region (f->session));
  g_free (region->notes);
  region->notes = g_strdup ("written while it was fitted");
  xps_session_edit_region (f->session, "notes", region);
  g_assert_true (xps_session_get_fitting (f->session));
  APP_WAIT (!xps_session_get_fitting (f->session));
  g_assert_nonnull (xps_session_get_current_record (f->session));
  g_assert_cmpstr (xps_session_get_region (f->session)->notes, ==, "written while it was fitted");
}

typedef struct {
  guint starts;
  gboolean was;
} Fits;

static void
on_fitting (XpsSession *session, GParamSpec *pspec, Fits *fits)
{
  const gboolean fitting = xps_session_get_fitting (session);
  fits->starts += fitting && !fits->was;
  fits->was = fitting;
}

static void
test_live (Fixture *f, gconstpointer data)
{
  open_lab_with_model (f);
  Fits fits = {0};
  g_signal_connect (f->session, "notify::fitting", G_CALLBACK (on_fitting), &fits);
  fit_and_wait (f);
  g_assert_cmpuint (fits.starts, ==, 1);
  xps_session_set_live_fit (f->session, TRUE);
  for (guint i = 0; i < 3; i++)
    xps_session_edit_model (f->session, "move", move_first (f->session, 0.02));
  g_assert_false (xps_session_get_fitting (f->session));
  APP_WAIT (xps_session_get_current_record (f->session) != NULL);
  g_assert_cmpuint (fits.starts, ==, 2);
  /* Undo is not an edit: what a person went back to stays. */
  xps_project_undo (f->project);
  app_settle (500);
  g_assert_cmpuint (fits.starts, ==, 2);
}

static void
test_fit_selected (Fixture *f, gconstpointer data)
{
  import (f, all);
  const XpsState *state = xps_project_get_state (f->project);
  guint ids[4];
  for (guint i = 0; i < 4; i++)
    ids[i] = xps_state_get_region (state, i)->id;
  static const char *const models[] = {"li6ps5cl-s2p-lab.json", "llzo-o1s.json", "llzo-c1s.json"};
  for (guint i = 0; i < 3; i++) {
    xps_session_show_region (f->session, ids[i]);
    xps_session_edit_model (f->session, "model", app_sample_model (models[i]));
  }
  const guint steps = count_undos (f->project);
  xps_session_select_regions (f->session, ids, 4);
  g_assert_cmpuint (xps_session_get_overlays (f->session)->len, ==, 3);
  xps_session_fit_selected (f->session);
  APP_WAIT (!xps_session_get_fitting (f->session));
  state = xps_project_get_state (f->project);
  for (guint i = 0; i < 3; i++)
    g_assert_nonnull (xps_state_find_region (state, ids[i])->record);
  g_assert_null (xps_state_find_region (state, ids[3])->record);
  g_assert_cmpuint (count_undos (f->project), ==, steps + 1);
}

/* A fit that is stopped leaves the model where it was or nearer, and the session ready for the next. */
static void
test_stop (Fixture *f, gconstpointer data)
{
  open_lab_with_model (f);
  xps_session_fit (f->session);
  xps_session_stop_fit (f->session);
  APP_WAIT (!xps_session_get_fitting (f->session));
  fit_and_wait (f);
  g_assert_nonnull (xps_session_get_current_record (f->session));
}

/* The session may go while its fit runs. */
static void
test_dropped (Fixture *f, gconstpointer data)
{
  open_lab_with_model (f);
  xps_session_fit (f->session);
  g_autoptr (XpsProject) other = xps_project_new ();
  xps_session_set_project (f->session, other);
  g_assert_false (xps_session_get_fitting (f->session));
  app_settle (300);
  g_assert_null (xps_session_get_region (f->session));
}

#define ADD(name, function) g_test_add ("/session/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("import", test_import);
  ADD ("folder", test_folder);
  ADD ("refused", test_refused);
  ADD ("drag", test_drag);
  ADD ("drag-taken-back", test_drag_taken_back);
  ADD ("signals", test_signals);
  ADD ("deleted", test_deleted);
  ADD ("fit", test_fit);
  ADD ("stale", test_stale);
  ADD ("edit-during-fit", test_edit_during_fit);
  ADD ("notes-during-fit", test_notes_during_fit);
  ADD ("live", test_live);
  ADD ("fit-selected", test_fit_selected);
  ADD ("stop", test_stop);
  ADD ("dropped", test_dropped);
  return g_test_run ();
}
