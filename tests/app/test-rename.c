/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app.h"

/* A component gets another name: nothing that a fit depends on. The judge is the fit before. */

typedef struct {
  XpsSession *session;
  XpsProject *project;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  AppMessages messages;
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);
  g_autoptr (GFile) file = app_sample ("li6ps5cl-s2p-lab.csv");
  f->project = xps_project_new ();
  f->session = xps_session_new (f->project);
  app_messages_init (&messages, f->session);
  g_list_store_append (files, file);
  xps_session_import (f->session, G_LIST_MODEL (files));
  APP_WAIT (messages.texts->len > 0);
  xps_session_edit_model (f->session, "model", app_sample_model ("li6ps5cl-s2p-lab.json"));
  xps_session_fit (f->session);
  APP_WAIT (!xps_session_get_fitting (f->session));
  g_assert_nonnull (xps_session_get_current_record (f->session));
  g_signal_handlers_disconnect_by_data (f->session, &messages);
  g_ptr_array_unref (messages.texts);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_object_unref (f->session);
  g_object_unref (f->project);
}

static const XpsComponent *
get_component (Fixture *f, guint i)
{
  const XpsModelPart *part = g_ptr_array_index (xps_session_get_region (f->session)->model->parts, 0);
  return g_ptr_array_index (part->components, i);
}

static void
rename_component (Fixture *f, guint i, const char *name)
{
  g_autoptr (GError) error = NULL;
  XpsModel *model = xps_session_dup_model (f->session);
  xps_edit_rename_component (model, 0, i, name, &error);
  g_assert_no_error (error);
  xps_session_edit_model (f->session, "rename", model);
}

static void
assert_same_quantity (XpsQuantity a, XpsQuantity b)
{
  g_assert_cmpmem (&a.value, sizeof a.value, &b.value, sizeof b.value);
  g_assert_cmpmem (&a.error, sizeof a.error, &b.error, sizeof b.error);
}

/* Every figure of the one is in the other, to the last bit. */
static void
compare (const XpsFitRecord *a, const XpsFitRecord *b)
{
  g_assert_cmpfloat (a->chi2, ==, b->chi2);
  g_assert_cmpuint (a->parameters->len, ==, b->parameters->len);
  for (guint i = 0; i < a->parameters->len; i++) {
    const XpsRecordParameter *p = a->parameters->pdata[i], *q = b->parameters->pdata[i];
    g_assert_cmpint (p->status, ==, q->status);
    assert_same_quantity (p->quantity, q->quantity);
  }
  g_assert_cmpuint (a->components->len, ==, b->components->len);
  for (guint i = 0; i < a->components->len; i++) {
    const XpsRecordComponent *p = a->components->pdata[i], *q = b->components->pdata[i];
    assert_same_quantity (p->maximum, q->maximum);
    assert_same_quantity (p->area, q->area);
    assert_same_quantity (p->fwhm, q->fwhm);
    assert_same_quantity (p->fraction, q->fraction);
  }
  g_assert_cmpuint (a->order->len, ==, b->order->len);
  const gsize n = a->order->len;
  g_assert_cmpmem (a->covariance, n * n * sizeof (double), b->covariance, n * n * sizeof (double));
}

static void
test_name (Fixture *f, gconstpointer data)
{
  g_autoptr (XpsFitRecord) before = xps_fit_record_ref (xps_session_get_current_record (f->session));
  g_autofree char *old = g_strdup (get_component (f, 0)->name);
  const XpsFitState state = xps_session_get_fit_state (f->session);
  rename_component (f, 0, "sulfide");
  const XpsFitRecord *after = xps_session_get_current_record (f->session);
  g_assert_nonnull (after);
  g_assert_cmpint (xps_session_get_fit_state (f->session), ==, state);
  g_assert_nonnull (xps_fit_record_find_component (after, 0, "sulfide"));
  g_assert_null (xps_fit_record_find_component (after, 0, old));
  compare (before, after);
  /* What is kept on the disk has the new name, too. */
  g_autoptr (GError) error = NULL;
  g_autoptr (XpsFitRecord) read = xps_fit_record_from_text (after->text, "again", &error);
  g_assert_no_error (error);
  g_assert_true (
      xps_fit_record_is_current (read, xps_session_get_region (f->session)->model, XPS_WEIGHTS_COUNTS));
  compare (before, read);

  g_assert_true (xps_project_undo (f->project));
  g_assert_true (xps_session_get_current_record (f->session) == before);
  g_assert_true (xps_project_redo (f->project));
  g_assert_nonnull (xps_session_get_current_record (f->session));
}

/* One that a person added: its parameters are called after it, and renamed with it. */
static void
test_parameters (Fixture *f, gconstpointer data)
{
  XpsModel *model = xps_session_dup_model (f->session);
  g_autoptr (GError) error = NULL;
  const gsize n = ((const XpsModelPart *)g_ptr_array_index (model->parts, 0))->components->len;
  for (gsize c = n; c-- > 1;)
    xps_edit_remove_component (model, 0, c);
  const gsize added = xps_edit_duplicate_component (model, 0, 0);
  xps_edit_remove_component (model, 0, 0);
  g_assert_true (xps_edit_rename_component (model, 0, added - 1, "one", &error));
  xps_session_edit_model (f->session, "one", model);
  xps_session_fit (f->session);
  APP_WAIT (!xps_session_get_fitting (f->session));
  g_autoptr (XpsFitRecord) before = xps_fit_record_ref (xps_session_get_current_record (f->session));
  g_assert_nonnull (xps_fit_record_find_parameter (before, "one.center"));
  rename_component (f, 0, "another");
  const XpsFitRecord *after = xps_session_get_current_record (f->session);
  g_assert_nonnull (after);
  g_assert_nonnull (xps_fit_record_find_parameter (after, "another.center"));
  compare (before, after);
  for (guint i = 0; i < after->warnings->len; i++) {
    const XpsWarning *warning = g_ptr_array_index (after->warnings, i);
    g_test_message ("%s", warning->message);
    g_assert_null (strstr (warning->message, "one."));
  }
}

/* A name and a value at once is no rename. */
static void
test_more (Fixture *f, gconstpointer data)
{
  XpsModel *model = xps_session_dup_model (f->session);
  g_autoptr (GError) error = NULL;
  xps_edit_rename_component (model, 0, 0, "other", &error);
  for (guint i = 0; i < model->parameters->len; i++) {
    XpsParameter *p = g_ptr_array_index (model->parameters, i);
    if (p->kind == XPS_PARAMETER_FREE) {
      p->value += 1e-6;
      break;
    }
  }
  xps_session_edit_model (f->session, "both", model);
  g_assert_null (xps_session_get_current_record (f->session));
  g_assert_cmpint (xps_session_get_fit_state (f->session), ==, XPS_FIT_STATE_STALE);
  rename_component (f, 0, "another"); /* what is stale stays so */
  g_assert_null (xps_session_get_current_record (f->session));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/rename/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("name", test_name);
  ADD ("parameters", test_parameters);
  ADD ("more", test_more);
  return g_test_run ();
}
