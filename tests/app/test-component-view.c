/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/component-view.h"

#include "app/component-view-cell.h"
#include "inspector-fixture.h"

/* The component table on a window: what is typed into cells and what they show. */

static void
set_up (Fixture *self, gconstpointer data)
{
  fixture_init (self);
  fixture_add_components (self);
  GtkWidget *view = g_object_new (XPS_TYPE_COMPONENT_VIEW, NULL);
  xps_component_view_set_session (XPS_COMPONENT_VIEW (view), self->session);
  fixture_show (self, view, 1100, 240);
  fixture_settle (50);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  fixture_clear (self);
}

typedef struct {
  guint row;
  XpsComponentColumn column;
} Place;

static gboolean
is_cell_at (GtkWidget *widget, gconstpointer data)
{
  const Place *place = data;
  if (!XPS_IS_COMPONENT_VIEW_CELL (widget))
    return FALSE;
  XpsComponentViewItem *item = xps_component_view_cell_get_item (XPS_COMPONENT_VIEW_CELL (widget));
  return item != NULL && xps_component_view_item_get_index (item) == place->row &&
         xps_component_view_cell_get_column (XPS_COMPONENT_VIEW_CELL (widget)) == place->column;
}

static XpsComponentViewCell *
get_cell (Fixture *self, guint row, XpsComponentColumn column)
{
  GtkWidget *found = fixture_find (self->panel, is_cell_at, &(Place){row, column});
  g_assert_nonnull (found);
  return XPS_COMPONENT_VIEW_CELL (found);
}

static const XpsComponentValue *
get_value (Fixture *self, guint row, XpsComponentColumn column)
{
  return xps_component_view_item_get_value (xps_component_view_cell_get_item (get_cell (self, row, column)),
                                            column);
}

static const XpsParameter *
get_parameter (Fixture *self, guint component, const char *role)
{
  XpsModel *model = (XpsModel *)fixture_model (self);
  return xps_edit_get_parameter (model, 0, component, role);
}

static gboolean
type (Fixture *self, guint row, XpsComponentColumn column, const char *text)
{
  XpsComponentViewCell *cell = get_cell (self, row, column);
  g_assert_true (xps_data_cell_start_edit (XPS_DATA_CELL (cell), text));
  return xps_data_cell_finish_edit (XPS_DATA_CELL (cell));
}

/* Half of A, to the last bit, now and when A moves. */
static void
test_link (Fixture *self, gconstpointer data)
{
  g_assert_true (type (self, 1, XPS_COMPONENT_COLUMN_AREA, "A*0.5"));
  const XpsParameter *area = get_parameter (self, 1, "area");
  g_assert_cmpint (area->kind, ==, XPS_PARAMETER_LINKED);
  g_assert_cmpuint (area->terms->len, ==, 1);
  const XpsLinkTerm *term = g_ptr_array_index (area->terms, 0);
  g_assert_cmpstr (term->of, ==, get_parameter (self, 0, "area")->name);
  g_assert_true (term->coef == 0.5 && area->constant == 0.0);
  g_assert_cmpint (get_value (self, 1, XPS_COMPONENT_COLUMN_AREA)->status, ==, XPS_STATUS_LINKED);

  g_assert_true (type (self, 0, XPS_COMPONENT_COLUMN_AREA, "4321.5"));
  double a, b;
  const XpsPreview *preview = xps_session_get_preview (self->session);
  a = preview->values[xps_model_find_parameter (preview->model, get_parameter (self, 0, "area")->name)];
  b = preview->values[xps_model_find_parameter (preview->model, get_parameter (self, 1, "area")->name)];
  g_assert_true (a == 4321.5 && b == 0.5 * a);

  XpsComponentViewCell *cell = get_cell (self, 1, XPS_COMPONENT_COLUMN_AREA);
  g_autofree char *tooltip = xps_component_view_cell_dup_tooltip (cell);
  g_assert_nonnull (strstr (tooltip, "PS4 2p3/2"));
}

/* What cannot be taken stays to be mended, says why, and changes nothing. */
static void
test_error (Fixture *self, gconstpointer data)
{
  g_autoptr (XpsModel) before = xps_model_copy (fixture_model (self));
  XpsComponentViewCell *cell = get_cell (self, 1, XPS_COMPONENT_COLUMN_AREA);
  g_assert_false (type (self, 1, XPS_COMPONENT_COLUMN_AREA, "Q*2"));
  g_assert_true (xps_data_cell_get_editing (XPS_DATA_CELL (cell)));
  g_assert_nonnull (xps_data_cell_get_error (XPS_DATA_CELL (cell)));
  g_assert_true (xps_model_equal (before, fixture_model (self)));
  g_assert_false (type (self, 1, XPS_COMPONENT_COLUMN_POSITION, "12 apples"));

  /* A link to itself through another would be a circle. */
  xps_data_cell_cancel_edit (XPS_DATA_CELL (cell));
  g_assert_false (xps_data_cell_get_editing (XPS_DATA_CELL (cell)));
  g_assert_true (type (self, 1, XPS_COMPONENT_COLUMN_AREA, "A*0.5"));
  g_assert_false (type (self, 0, XPS_COMPONENT_COLUMN_AREA, "B*2"));
  g_assert_nonnull (xps_data_cell_get_error (XPS_DATA_CELL (get_cell (self, 0, XPS_COMPONENT_COLUMN_AREA))));
  fixture_shoot (self->window, "table-error");
}

static void
test_undo (Fixture *self, gconstpointer data)
{
  g_autoptr (XpsModel) before = xps_model_copy (fixture_model (self));
  g_autofree char *shown =
      xps_component_view_cell_dup_text (get_cell (self, 0, XPS_COMPONENT_COLUMN_POSITION));
  g_assert_true (type (self, 0, XPS_COMPONENT_COLUMN_POSITION, "161.5:162"));
  g_assert_true (type (self, 0, XPS_COMPONENT_COLUMN_POSITION, "161.75"));
  g_assert_cmpstr (xps_project_get_undo_label (self->project), ==, "position of PS4 2p3/2");
  g_assert_true (xps_project_undo (self->project));
  g_assert_true (xps_project_undo (self->project));
  g_assert_true (xps_model_equal (before, fixture_model (self)));
  g_autofree char *again =
      xps_component_view_cell_dup_text (get_cell (self, 0, XPS_COMPONENT_COLUMN_POSITION));
  g_assert_cmpstr (shown, ==, again);
  /* An entry that is closed as it was opened is no edit. */
  XpsComponentViewCell *cell = get_cell (self, 0, XPS_COMPONENT_COLUMN_POSITION);
  g_assert_true (xps_data_cell_start_edit (XPS_DATA_CELL (cell), NULL));
  g_assert_true (xps_data_cell_finish_edit (XPS_DATA_CELL (cell)));
  g_assert_cmpstr (xps_project_get_undo_label (self->project), ==, "two lines");
}

/* Fitted: with an error. After an edit: grey, a clock for the error, as many decimals as before. */
static void
test_stale (Fixture *self, gconstpointer data)
{
  const XpsComponentColumn column = XPS_COMPONENT_COLUMN_POSITION;
  g_assert_cmpint (get_value (self, 0, column)->origin, ==, XPS_VALUE_UNFITTED);
  fixture_fit (self);
  g_assert_cmpint (get_value (self, 0, column)->origin, ==, XPS_VALUE_FITTED);
  g_assert_true (get_value (self, 0, column)->error[0] == '(');
  g_autofree char *fitted = g_strdup (get_value (self, 0, column)->number);
  fixture_shoot (self->window, "table-fitted");

  g_assert_true (type (self, 1, XPS_COMPONENT_COLUMN_POSITION, "=162.83"));
  g_assert_cmpint (get_value (self, 0, column)->origin, ==, XPS_VALUE_STALE);
  g_assert_cmpstr (get_value (self, 0, column)->number, ==, fitted);
  g_assert_cmpint (get_value (self, 1, column)->status, ==, XPS_STATUS_FIXED);
  g_autofree char *tooltip = xps_component_view_cell_dup_tooltip (get_cell (self, 0, column));
  g_assert_nonnull (strstr (tooltip, "Out of date"));
  fixture_shoot (self->window, "table-stale");

  g_assert_true (xps_project_undo (self->project));
  g_assert_cmpint (get_value (self, 0, column)->origin, ==, XPS_VALUE_FITTED);
}

static void
test_lock (Fixture *self, gconstpointer data)
{
  GtkWidget *cell = GTK_WIDGET (get_cell (self, 0, XPS_COMPONENT_COLUMN_GAUSS));
  gtk_widget_activate_action (cell, "cell.lock", NULL);
  g_assert_cmpint (get_parameter (self, 0, "fwhm_g")->kind, ==, XPS_PARAMETER_FIXED);
  g_assert_cmpint (get_value (self, 0, XPS_COMPONENT_COLUMN_GAUSS)->status, ==, XPS_STATUS_FIXED);
  fixture_fit (self);
  /* A fixed value has no error to show, neither a known nor an unknown one. */
  g_assert_cmpstr (get_value (self, 0, XPS_COMPONENT_COLUMN_GAUSS)->error, ==, "");
  gtk_widget_activate_action (cell, "cell.lock", NULL);
  g_assert_cmpint (get_parameter (self, 0, "fwhm_g")->kind, ==, XPS_PARAMETER_FREE);
}

/* At a bound there is no standard error: said, never zero. */
static void
test_undefined (Fixture *self, gconstpointer data)
{
  g_assert_true (type (self, 0, XPS_COMPONENT_COLUMN_AREA, "100:2000")); /* the line has 4000 */
  fixture_fit (self);
  const XpsComponentValue *area = get_value (self, 0, XPS_COMPONENT_COLUMN_AREA);
  g_assert_cmpint (area->status, ==, XPS_STATUS_AT_MAX);
  g_assert_cmpstr (area->error, ==, "(?)");
  g_autofree char *tooltip =
      xps_component_view_cell_dup_tooltip (get_cell (self, 0, XPS_COMPONENT_COLUMN_AREA));
  g_assert_nonnull (strstr (tooltip, "no standard error"));
}

static void
count_items_changed (GListModel *model, guint position, guint removed, guint added, guint *n)
{
  (*n)++;
}

static gboolean
is_column_view (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_COLUMN_VIEW (widget);
}

/* A drag moves values under an open entry and a selection, and leaves both alone. */
static void
test_drag (Fixture *self, gconstpointer data)
{
  guint n = 0;
  GtkWidget *view = fixture_find (self->panel, is_column_view, NULL);
  GtkSelectionModel *selection = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
  g_signal_connect (selection, "items-changed", G_CALLBACK (count_items_changed), &n);
  xps_session_select_component (self->session, 1);
  g_assert_true (gtk_selection_model_is_selected (selection, 1));
  XpsComponentViewCell *cell = get_cell (self, 1, XPS_COMPONENT_COLUMN_AREA);
  g_assert_true (xps_data_cell_start_edit (XPS_DATA_CELL (cell), "A*0."));

  xps_session_begin_drag (self->session);
  g_autofree char *before = g_strdup (get_value (self, 0, XPS_COMPONENT_COLUMN_POSITION)->number);
  for (guint i = 1; i <= 20; i++) {
    XpsModel *model = xps_session_dup_model (self->session);
    xps_edit_drag_apex (model, 0, 0, 161.6 + 0.01 * i, NAN);
    xps_session_drag_model (self->session, model);
    /* The digits keep their places: the same number of them, whatever they are. */
    g_assert_cmpuint (strlen (get_value (self, 0, XPS_COMPONENT_COLUMN_POSITION)->number), ==,
                      strlen (before));
  }
  xps_session_end_drag (self->session, "move");
  g_assert_cmpstr (get_value (self, 0, XPS_COMPONENT_COLUMN_POSITION)->number, !=, before);
  g_assert_true (xps_data_cell_get_editing (XPS_DATA_CELL (cell)));
  g_assert_cmpuint (n, ==, 0);
  g_assert_true (gtk_selection_model_is_selected (selection, 1));
}

static void
test_selection (Fixture *self, gconstpointer data)
{
  GtkWidget *view = fixture_find (self->panel, is_column_view, NULL);
  GtkSelectionModel *selection = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
  gtk_selection_model_select_item (selection, 0, TRUE);
  g_assert_cmpint (xps_session_get_component (self->session), ==, 0);
  xps_session_select_component (self->session, -1);
  g_assert_false (gtk_selection_model_is_selected (selection, 0));
}

static void
test_texts (Fixture *self, gconstpointer data)
{
  g_assert_true (type (self, 0, XPS_COMPONENT_COLUMN_NAME, "P-S"));
  g_assert_true (type (self, 0, XPS_COMPONENT_COLUMN_SPECIES, "PS4 3-"));
  g_assert_true (type (self, 0, XPS_COMPONENT_COLUMN_LEVEL, "S 2p3/2"));
  const XpsModelPart *part = g_ptr_array_index (fixture_model (self)->parts, 0);
  const XpsComponent *component = g_ptr_array_index (part->components, 0);
  g_assert_cmpstr (component->name, ==, "P-S");
  g_assert_cmpstr (component->phase, ==, "PS4 3-");
  g_assert_cmpstr (component->label, ==, "S 2p3/2");
  g_assert_false (type (self, 1, XPS_COMPONENT_COLUMN_NAME, "P-S"));
}

/* Rows come and go around those that stay. */
static void
test_rows (Fixture *self, gconstpointer data)
{
  XpsComponentViewCell *last = get_cell (self, 1, XPS_COMPONENT_COLUMN_NAME);
  XpsComponentViewItem *item = g_object_ref (xps_component_view_cell_get_item (last));
  xps_session_select_component (self->session, 0);
  gtk_widget_activate_action (self->panel, "component.delete", NULL);
  fixture_settle (20);
  g_assert_cmpuint (xps_component_view_item_get_index (item), ==, 0);
  g_assert_true (xps_component_view_cell_get_item (get_cell (self, 0, XPS_COMPONENT_COLUMN_NAME)) == item);
  g_assert_true (xps_project_undo (self->project));
  fixture_settle (20);
  g_assert_cmpuint (xps_component_view_item_get_index (item), ==, 1);
  g_object_unref (item);
  xps_session_select_component (self->session, 1);
  gtk_widget_activate_action (self->panel, "component.link-area", "i", 0);
  g_assert_cmpint (get_parameter (self, 1, "area")->kind, ==, XPS_PARAMETER_LINKED);
  gtk_widget_activate_action (self->panel, "component.link-width", "i", 0);
  g_assert_cmpint (get_parameter (self, 1, "fwhm_g")->kind, ==, XPS_PARAMETER_LINKED);
  gtk_widget_activate_action (self->panel, "component.duplicate", NULL);
  fixture_settle (20);
  g_assert_cmpint (xps_session_get_component (self->session), ==, 2);
  get_cell (self, 2, XPS_COMPONENT_COLUMN_NAME);
}

/* Cells take the focus, arrows move it, an entry gives it back. */
static void
test_focus (Fixture *self, gconstpointer data)
{
  XpsComponentViewCell *cell = get_cell (self, 0, XPS_COMPONENT_COLUMN_POSITION);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (cell)));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (cell)));
  g_signal_emit_by_name (cell, "move", 1, 0);
  XpsComponentViewCell *below = get_cell (self, 1, XPS_COMPONENT_COLUMN_POSITION);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (below)));
  g_assert_cmpint (xps_session_get_component (self->session), ==, 1);
  g_signal_emit_by_name (below, "move", 0, 1);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (get_cell (self, 1, XPS_COMPONENT_COLUMN_GAUSS))));
  gtk_widget_activate_action (GTK_WIDGET (below), "cell.edit", NULL);
  g_assert_true (xps_data_cell_get_editing (XPS_DATA_CELL (below)));
  xps_data_cell_cancel_edit (XPS_DATA_CELL (below));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (below)));
}

#define ADD(name, test) g_test_add ("/app/component-view/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP no display\n");
    return 0;
  }
  adw_init ();
  fixture_use_resources ();
  ADD ("link", test_link);
  ADD ("error", test_error);
  ADD ("undo", test_undo);
  ADD ("stale", test_stale);
  ADD ("lock", test_lock);
  ADD ("undefined", test_undefined);
  ADD ("drag", test_drag);
  ADD ("selection", test_selection);
  ADD ("texts", test_texts);
  ADD ("rows", test_rows);
  ADD ("focus", test_focus);
  return g_test_run ();
}
