/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture.h"
#include "formats/archive.h"

/* Versions of a document and the way through them. */

static void
assert_regions (const XpsState *state, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < xps_state_get_n_regions (state); i++) {
    const XpsRegion *region = xps_state_get_region (state, i);
    const XpsSample *sample = xps_state_find_sample (state, region->sample);
    g_assert_nonnull (sample);
    g_assert_true (xps_state_find_region (state, region->id) == region);
    g_string_append_printf (names, "%s%s/%s", i > 0 ? ", " : "", sample->name, region->name);
  }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
take (XpsState **state, XpsState *next)
{
  xps_state_unref (*state);
  *state = next;
}

static void
test_order (void)
{
  guint a, b, id;
  g_autoptr (XpsState) state = fixture_add_sample (xps_state_new (), "a", &a);
  state = fixture_add_sample (g_steal_pointer (&state), "b", &b);
  state = fixture_add (g_steal_pointer (&state), b, "1", 1);
  state = fixture_add (g_steal_pointer (&state), a, "2", 2);
  state = fixture_add (g_steal_pointer (&state), b, "3", 3);
  g_autoptr (XpsRegion) fresh = fixture_region ("4", 4);
  take (&state, xps_state_add_region (state, a, fresh, &id));
  assert_regions (state, "a/2, a/4, b/1, b/3");
  g_assert_cmpuint (xps_state_find_region (state, id)->sample, ==, a);
  g_assert_cmpuint (fresh->id, ==, 0); /* a copy went in */
  g_assert_null (xps_state_find_region (state, 99));
  g_assert_null (xps_state_find_sample (state, 99));

  const guint moved[] = {xps_state_get_region (state, 3)->id, xps_state_get_region (state, 0)->id};
  g_autoptr (XpsState) before = xps_state_ref (state);
  take (&state, xps_state_move_regions (state, moved, 2, a));
  assert_regions (state, "a/4, a/3, a/2, b/1");
  const guint last = xps_state_get_region (state, 3)->id;
  take (&state, xps_state_move_regions (state, &last, 1, a)); /* b is empty now and goes */
  assert_regions (state, "a/4, a/3, a/2, a/1");
  g_assert_cmpuint (xps_state_get_n_samples (state), ==, 1);
  assert_regions (before, "a/2, a/4, b/1, b/3"); /* what was, stays */
  take (&state, xps_state_remove_regions (state, moved, 2));
  assert_regions (state, "a/4, a/1");
  take (&state, xps_state_rename_sample (state, a, "c"));
  take (&state, xps_state_set_sample_notes (state, a, "n"));
  assert_regions (state, "c/4, c/1");
  g_assert_cmpstr (xps_state_get_sample (state, 0)->notes, ==, "n");
  take (&state, xps_state_add_region (state, a, fresh, &id));
  g_assert_cmpuint (id, ==, 5); /* an id is given once */
}

static void
test_sharing (void)
{
  g_autoptr (XpsState) state = fixture_state ();
  g_autoptr (XpsRegion) region = xps_region_copy (xps_state_get_region (state, 2));
  g_free (region->notes);
  region->notes = g_strdup ("new");
  g_autoptr (XpsState) next = xps_state_with_region (state, region);
  for (guint i = 0; i < 4; i++)
    g_assert_true ((xps_state_get_region (state, i) == xps_state_get_region (next, i)) == (i != 2));
  g_assert_true (xps_state_get_sample (state, 0) == xps_state_get_sample (next, 0));
  g_assert_true (xps_state_find_region (next, region->id) == region);
  g_assert_true (region->spectrum == xps_state_get_region (state, 2)->spectrum);
  g_assert_cmpstr (xps_state_get_region (state, 2)->notes, ==, "");
}

/* ---- the document ---- */

typedef struct {
  guint changed, modified, undo_label;
} Count;

static void
count (gpointer object, GParamSpec *pspec, guint *n)
{
  ++*n;
}

static void
count_changed (XpsProject *project, Count *n)
{
  n->changed++;
}

static void
edit (XpsProject *project, const char *label)
{
  const XpsState *state = xps_project_get_state (project);
  xps_project_edit (project, label, fixture_add_sample (xps_state_ref (state), label, NULL));
}

static void
test_undo (void)
{
  g_autoptr (XpsProject) project = xps_project_new ();
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "x.y.corelevel", NULL);
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;
  Count n = {0};
  g_signal_connect (project, "changed", G_CALLBACK (count_changed), &n);
  g_signal_connect (project, "notify::modified", G_CALLBACK (count), &n.modified);
  g_signal_connect (project, "notify::undo-label", G_CALLBACK (count), &n.undo_label);
  g_assert_false (xps_project_undo (project));
  g_assert_null (xps_project_get_undo_label (project));
  xps_project_edit (project, "nothing", xps_state_ref (xps_project_get_state (project)));
  g_assert_cmpuint (n.changed, ==, 0);

  edit (project, "one");
  edit (project, "two");
  g_assert_true (xps_project_get_modified (project));
  g_assert_cmpuint (n.modified, ==, 1);
  g_assert_true (xps_project_save (project, path, &error));
  title = xps_project_dup_title (project);
  g_assert_cmpstr (title, ==, "x.y");
  edit (project, "three");
  g_assert_cmpstr (xps_project_get_undo_label (project), ==, "three");
  g_assert_null (xps_project_get_redo_label (project));
  g_assert_true (xps_project_undo (project));
  g_assert_false (xps_project_get_modified (project)); /* what the file holds */
  g_assert_true (xps_project_undo (project));
  g_assert_true (xps_project_get_modified (project));
  g_assert_cmpstr (xps_project_get_undo_label (project), ==, "one");
  g_assert_cmpstr (xps_project_get_redo_label (project), ==, "two");
  g_assert_true (xps_project_redo (project));
  g_assert_false (xps_project_get_modified (project));
  g_assert_true (xps_project_redo (project));
  g_assert_false (xps_project_redo (project));
  g_assert_true (xps_project_undo (project));
  edit (project, "other");
  g_assert_false (xps_project_redo (project)); /* three is gone */
  g_auto (GStrv) history = xps_project_dup_history (project);
  g_assert_cmpuint (g_strv_length (history), ==, 3);
  g_assert_true (g_str_has_suffix (history[2], "Z other"));
  g_assert_cmpuint (n.changed, ==, 9);
  g_assert_cmpuint (n.undo_label, ==, 9);
  g_clear_object (&project);
  fixture_remove (folder);
}

/* The same steps by chance, forward and back, against a list of all versions. */
static void
test_random (void)
{
  g_autoptr (XpsProject) project = xps_project_new ();
  g_autoptr (GPtrArray) line = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_state_unref);
  guint at = 0;
  g_ptr_array_add (line, xps_state_ref (xps_project_get_state (project)));
  for (guint i = 0; i < 3000; i++) {
    const int what = g_test_rand_int_range (0, 5);
    if (what < 2) {
      edit (project, "x");
      g_ptr_array_set_size (line, (gint)++at);
      g_ptr_array_add (line, xps_state_ref (xps_project_get_state (project)));
    } else if (what < 4) {
      g_assert_cmpint (xps_project_undo (project), ==, at > 0);
      at -= at > 0;
    } else {
      g_assert_cmpint (xps_project_redo (project), ==, at + 1 < line->len);
      at += at + 1 < line->len;
    }
    g_assert_true (xps_project_get_state (project) == g_ptr_array_index (line, at));
    g_assert_cmpint (xps_project_get_modified (project), ==, at != 0);
  }
}

/* ---- import ---- */

static XpsFile *
fake_file (const char *path, const char *const *samples)
{
  XpsFile *file = g_new0 (XpsFile, 1);
  file->path = g_strdup (path);
  file->format = "text";
  file->sha256 = g_strdup ("ab");
  file->warnings = g_ptr_array_new ();
  file->notes = g_ptr_array_new ();
  file->spectra = g_ptr_array_new_with_free_func ((GDestroyNotify)xps_spectrum_unref);
  for (guint i = 0; samples[i] != NULL; i++) {
    XpsSpectrumDraft draft = {.name = g_strdup_printf ("%u", i), .sample = g_strdup (samples[i]), .n = 2};
    draft.energy = g_new0 (double, 2);
    draft.intensity = g_new0 (double, 2);
    g_ptr_array_add (file->spectra, xps_spectrum_new (&draft));
  }
  return file;
}

static void
test_import (void)
{
  const char *const samples[] = {"a", "", "b", "a", "Not specified", " ", NULL};
  g_autoptr (XpsFile) file = fake_file ("/data/run 7.vms", samples);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (XpsState) empty = xps_state_new ();
  g_autoptr (XpsState) state = xps_state_import (empty, file, ids);
  assert_regions (state, "a/0, a/3, run 7/1, run 7/4, run 7/5, b/2");
  g_assert_cmpuint (ids->len, ==, 6);
  for (guint i = 0; i < ids->len; i++) {
    const XpsRegion *region = xps_state_find_region (state, g_array_index (ids, guint, i));
    g_assert_true (region->spectrum == g_ptr_array_index (file->spectra, i));
    g_assert_cmpuint (region->source->index, ==, i);
    g_assert_cmpstr (region->source->path, ==, "/data/run 7.vms");
    g_assert_cmpuint (strlen (region->source->imported), ==, 20);
  }
  /* Another file is another sample, whatever instruments write into both. */
  g_autoptr (XpsState) more = xps_state_import (state, file, NULL);
  g_assert_cmpuint (xps_state_get_n_samples (more), ==, 6);
  g_assert_cmpuint (xps_state_get_n_regions (empty), ==, 0);
}

/* A file for each region, as Avantage and SpecsLab write them. */
static void
test_import_singles (void)
{
  static const struct {
    const char *path, *name;
  } files[] = {{"/data/run 1/C1s.vgd", "C1s"},
               {"/data/run 1/O1s.vgd", "O1s"},
               {"/data/run 2/N1s.vgd", "N1s"},
               {"/data/run 1/C1s 2.vgd", "C1s"},
               {"/data/run 1/O1s.vgd", "O1s"}};
  const char *const sample[] = {"2", NULL};
  XpsState *state = xps_state_new ();
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (XpsFile) file = fake_file (files[i].path, sample);
    XpsSpectrumDraft draft = {.name = g_strdup (files[i].name), .sample = g_strdup ("2"), .n = 2};
    draft.energy = g_new0 (double, 2);
    draft.intensity = g_new0 (double, 2);
    g_ptr_array_set_size (file->spectra, 0);
    g_ptr_array_add (file->spectra, xps_spectrum_new (&draft));
    XpsState *next = xps_state_import (state, file, NULL);
    xps_state_unref (state);
    state = next;
  }
  /* C1s and O1s together; another folder; C1s once more is another sample, and the O1s of then is its. */
  g_assert_cmpuint (xps_state_get_n_samples (state), ==, 3);
  g_assert_cmpuint (xps_state_get_n_regions (state), ==, 5);
  xps_state_unref (state);
}

/* In an archive a folder's files of one region each are one sample, a file of several is its own. */
static void
test_import_archive (void)
{
  static const char *const members[] = {"x/C1s.vgd", "x/O1s.vgd", "y/C1s.vgd", "x/a.vms",
                                        "x/a.vms",   "x/b.vms",   "x/b.vms"};
  const char *const samples[] = {"2", "2", "2", "2", "2", "2", "2", NULL};
  g_autoptr (XpsFile) file = fake_file ("/data/all.zip", samples);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    XpsSpectrumDraft draft = {0};
    xps_spectrum_take_apart (g_ptr_array_steal_index (file->spectra, 0), &draft);
    if (draft.acquisition == NULL)
      draft.acquisition = xps_acquisition_new ();
    xps_acquisition_add_key (draft.acquisition, XPS_ARCHIVE_MEMBER, members[i]);
    g_ptr_array_add (file->spectra, xps_spectrum_new (&draft));
  }
  g_autoptr (XpsState) empty = xps_state_new ();
  g_autoptr (XpsState) state = xps_state_import (empty, file, NULL);
  assert_regions (state, "2/0, 2/1, 2/2, 2/3, 2/4, 2/5, 2/6");
  g_assert_cmpuint (xps_state_get_n_samples (state), ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/order", test_order);
  g_test_add_func ("/state/sharing", test_sharing);
  g_test_add_func ("/state/undo", test_undo);
  g_test_add_func ("/state/random", test_random);
  g_test_add_func ("/state/import", test_import);
  g_test_add_func ("/state/import-singles", test_import_singles);
  g_test_add_func ("/state/import-archive", test_import_archive);
  return g_test_run ();
}
