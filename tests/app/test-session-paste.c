/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app.h"

/* Models from one region into others. Judge: what is in the document then, and what is said. */

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
import_lab (Fixture *f)
{
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = app_sample ("li6ps5cl-s2p-lab.csv");
  g_list_store_append (files, file);
  xps_session_import (f->session, G_LIST_MODEL (files));
  APP_WAIT (xps_session_get_region (f->session) != NULL && f->messages.texts->len > 0);
}

static void
test_paste (Fixture *f, gconstpointer data)
{
  import_lab (f);
  g_autoptr (XpsState) state = xps_state_ref (xps_project_get_state (f->project));
  const XpsRegion *first = xps_state_get_region (state, 0);
  guint ids[12] = {first->id};
  for (guint i = 1; i < 12; i++) {
    XpsState *next = xps_state_add_region (state, first->sample, first, &ids[i]);
    xps_state_unref (state);
    state = next;
  }
  xps_project_edit (f->project, "copies", xps_state_ref (state));
  g_autoptr (XpsModel) model = app_sample_model ("li6ps5cl-s2p-lab.json");
  xps_session_select_regions (f->session, ids, 12);
  xps_session_paste_model (f->session, model);
  APP_WAIT (((XpsModelPart *)g_ptr_array_index (xps_session_get_region (f->session)->model->parts, 0))
                ->components->len > 0);
  const XpsState *now = xps_project_get_state (f->project);
  for (guint i = 0; i < 12; i++) {
    const XpsModelPart *part = g_ptr_array_index (xps_state_find_region (now, ids[i])->model->parts, 0);
    g_assert_cmpuint (part->components->len, ==, 6);
  }
  g_assert_true (xps_project_undo (f->project)); /* one step for all */
  for (guint i = 0; i < 12; i++) {
    const XpsRegion *region = xps_state_find_region (xps_project_get_state (f->project), ids[i]);
    g_assert_cmpuint (((XpsModelPart *)g_ptr_array_index (region->model->parts, 0))->components->len, ==, 0);
  }
}

/* A model of another core level: its components would stand where nothing is seen. */
static void
test_paste_elsewhere (Fixture *f, gconstpointer data)
{
  static const char *const places[] = {"PS4 E", "Li2S E", "P-S-P E"};
  import_lab (f);
  const guint said = f->messages.texts->len;
  g_autoptr (XpsModel) model = app_sample_model ("li6ps5cl-s2p-lab.json");
  xps_session_paste_model (f->session, model);
  g_assert_cmpuint (f->messages.texts->len, ==, said);
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++) {
    XpsParameter *place = xps_model_get_parameter (model, places[i]);
    place->value += 200;
    place->min += 200;
    place->max += 200;
  }
  xps_session_paste_model (f->session, model);
  g_assert_cmpuint (f->messages.texts->len, ==, said + 1);
  g_assert_nonnull (strstr (g_ptr_array_index (f->messages.texts, said), "none of the energies"));
  XpsModelPart *part = g_ptr_array_index (model->parts, 0);
  part->low += 200;
  part->high += 200;
  xps_session_paste_model (f->session, model);
  g_assert_cmpuint (f->messages.texts->len, ==, said + 2);
}

/* A model of several core levels, none of which the region shows: its own model stays as it is. */
static void
test_paste_levels (Fixture *f, gconstpointer data)
{
  import_lab (f);
  const guint said = f->messages.texts->len;
  g_autoptr (XpsModel) model = app_sample_model ("li6ps5cl-s2p-lab.json");
  xps_session_paste_model (f->session, model);
  XpsModel *own = xps_session_get_region (f->session)->model;
  g_autofree char *before = xps_model_dup_text (own);
  g_autoptr (XpsModel) levels = xps_model_new ();
  xps_model_add_part (levels, "C 1s");
  xps_session_paste_model (f->session, levels);
  g_autofree char *after = xps_model_dup_text (xps_session_get_region (f->session)->model);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (f->messages.texts->len, ==, said + 1);
  g_assert_nonnull (strstr (g_ptr_array_index (f->messages.texts, said), "other core levels"));
}

#define ADD(name, function) g_test_add ("/session-paste/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("many", test_paste);
  ADD ("elsewhere", test_paste_elsewhere);
  ADD ("levels", test_paste_levels);
  return g_test_run ();
}
