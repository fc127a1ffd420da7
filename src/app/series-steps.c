/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/series-steps.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/page-number.h"
#include "series/arrive.h"

/* ---- rows ---- */

#define XPS_TYPE_SERIES_ROW (xps_series_row_get_type ())
G_DECLARE_FINAL_TYPE (XpsSeriesRow, xps_series_row, XPS, SERIES_ROW, GObject)

typedef enum { COLUMN_STEP, COLUMN_CLOCK, COLUMN_QUALITY, COLUMN_STATE, N_COLUMNS } Column;

struct _XpsSeriesRow {
  GObject parent_instance;
  char *texts[N_COLUMNS];
  gboolean out; /* excluded */
};

G_DEFINE_FINAL_TYPE (XpsSeriesRow, xps_series_row, G_TYPE_OBJECT)

static guint row_changed_signal;

static void
xps_series_row_finalize (GObject *object)
{
  XpsSeriesRow *self = XPS_SERIES_ROW (object);
  for (int i = 0; i < N_COLUMNS; i++)
    g_free (self->texts[i]);
  G_OBJECT_CLASS (xps_series_row_parent_class)->finalize (object);
}

static void
xps_series_row_class_init (XpsSeriesRowClass *class)
{
  G_OBJECT_CLASS (class)->finalize = xps_series_row_finalize;
  row_changed_signal =
      g_signal_new ("changed", XPS_TYPE_SERIES_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xps_series_row_init (XpsSeriesRow *self)
{
}

/* Says what `other`, which is emptied, said. Rows of a long series change while it is fitted: cells that are
 * seen are told, and no cell is made anew. */
static void
row_take (XpsSeriesRow *self, XpsSeriesRow *other)
{
  gboolean changed = self->out != other->out;
  self->out = other->out;
  for (int i = 0; i < N_COLUMNS; i++) {
    changed |= strcmp (self->texts[i], other->texts[i]) != 0;
    g_free (self->texts[i]);
    self->texts[i] = g_steal_pointer (&other->texts[i]);
  }
  if (changed)
    g_signal_emit (self, row_changed_signal, 0);
}

/* ---- the table ---- */

#define STEP_WIDTH 130 /* pixels: the number and a name of some ten letters */

struct _XpsSeriesSteps {
  GtkWidget parent_instance;
  GtkWidget *view;
  GListStore *rows;
  GtkSingleSelection *selection;
  GtkColumnViewColumn *columns[N_COLUMNS];
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (XpsSeriesSteps, xps_series_steps, GTK_TYPE_WIDGET)

enum { PROP_CURRENT = 1, N_PROPS };
static GParamSpec *props[N_PROPS];

static void
xps_series_steps_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_int (value, xps_series_steps_get_current (XPS_SERIES_STEPS (object)));
}

static void
xps_series_steps_dispose (GObject *object)
{
  XpsSeriesSteps *self = XPS_SERIES_STEPS (object);
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self));
  if (child != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->rows);
  G_OBJECT_CLASS (xps_series_steps_parent_class)->dispose (object);
}

static void
xps_series_steps_class_init (XpsSeriesStepsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  object_class->get_property = xps_series_steps_get_property;
  object_class->dispose = xps_series_steps_dispose;
  props[PROP_CURRENT] =
      g_param_spec_int ("current", NULL, NULL, -1, G_MAXINT, -1, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (class), GTK_TYPE_BIN_LAYOUT);
}

/* Asked for when it is wanted: setting one on each of hundreds of cells asks the display where the pointer
 * is. */
static gboolean
on_query_tooltip (GtkWidget *label, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer data)
{
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (GTK_LABEL (label)));
  return gtk_label_get_text (GTK_LABEL (label))[0] != '\0';
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *label = gtk_label_new (NULL);
  const Column which = (Column)GPOINTER_TO_INT (column);
  const gboolean number = which == COLUMN_CLOCK || which == COLUMN_QUALITY;
  gtk_label_set_xalign (GTK_LABEL (label), number ? 1.0f : 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (number)
    gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_has_tooltip (label, TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  g_object_set_data (G_OBJECT (item), "column", column);
  gtk_list_item_set_child (item, label);
}

static void
show_cell (GtkListItem *item, XpsSeriesRow *row)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  gtk_label_set_text (GTK_LABEL (label),
                      row->texts[GPOINTER_TO_INT (g_object_get_data (G_OBJECT (item), "column"))]);
  if (row->out)
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  XpsSeriesRow *row = gtk_list_item_get_item (item);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (show_cell), item);
  show_cell (item, row);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer column)
{
  g_signal_handlers_disconnect_by_data (gtk_list_item_get_item (item), item);
}

static void
add_column (XpsSeriesSteps *self, Column which, const char *title, gboolean expand)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GINT_TO_POINTER (which));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), GINT_TO_POINTER (which));
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), GINT_TO_POINTER (which));
  self->columns[which] = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (self->columns[which], TRUE);
  gtk_column_view_column_set_expand (self->columns[which], expand);
  if (which == COLUMN_STEP)
    gtk_column_view_column_set_fixed_width (self->columns[which], STEP_WIDTH);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), self->columns[which]);
  g_object_unref (self->columns[which]);
}

static void
on_selected (XpsSeriesSteps *self)
{
  if (!self->updating)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CURRENT]);
}

static void
xps_series_steps_init (XpsSeriesSteps *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  self->rows = g_list_store_new (XPS_TYPE_SERIES_ROW);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->rows)));
  self->view = gtk_column_view_new (GTK_SELECTION_MODEL (self->selection));
  gtk_widget_add_css_class (self->view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Steps of the series"), -1);
  add_column (self, COLUMN_STEP, _ ("Step"), FALSE);
  add_column (self, COLUMN_CLOCK, "", FALSE);
  add_column (self, COLUMN_QUALITY, "χ²/dof", FALSE);
  add_column (self, COLUMN_STATE, _ ("To Know"), TRUE);
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (on_selected), self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  gtk_widget_set_parent (scrolled, GTK_WIDGET (self));
}

GtkWidget *
xps_series_steps_new (void)
{
  return g_object_new (XPS_TYPE_SERIES_STEPS, NULL);
}

int
xps_series_steps_get_current (XpsSeriesSteps *self)
{
  const guint at = gtk_single_selection_get_selected (self->selection);
  return at == GTK_INVALID_LIST_POSITION ? -1 : (int)at;
}

void
xps_series_steps_set_current (XpsSeriesSteps *self, int step)
{
  if (step >= 0 && step != xps_series_steps_get_current (self)) {
    gtk_single_selection_set_selected (self->selection, (guint)step);
    gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", (guint)step);
  }
}

/* ---- what is shown ---- */

static char *
dup_state (XpsSeriesDesk *desk, guint step)
{
  const XpsSeries *series = xps_series_desk_get_series (desk);
  const XpsSeriesReport *report = xps_series_desk_get_report (desk);
  const GPtrArray *marks = xps_series_desk_get_marks (desk);
  const char *reason = xps_series_get_step (series, step)->exclusion;
  if (reason != NULL)
    return g_strdup_printf (_ ("left out: %s"), reason);
  for (guint i = 0; marks != NULL && i < marks->len; i++) {
    const XpsFrameMark *mark = g_ptr_array_index (marks, i);
    if (mark->step == step)
      return g_strdup (mark->message);
  }
  const XpsStepResult *result =
      report != NULL && step < report->run->steps->len ? xps_series_run_get_step (report->run, step) : NULL;
  if (result == NULL || !result->fitted)
    return g_strdup (result != NULL && result->failure != NULL ? result->failure : _ ("not fitted"));
  if (xps_series_desk_is_partial (desk))
    return g_strdup (_ ("preliminary"));
  if (xps_series_desk_is_stale (desk))
    return g_strdup (_ ("changed since the fit"));
  return g_strdup (result->converged ? "" : _ ("did not converge"));
}

char *
xps_series_steps_dup_words (XpsSeriesDesk *desk, guint step)
{
  g_autofree char *state = dup_state (desk, step);
  g_autofree char *lacking = xps_series_dup_lacking (xps_series_desk_get_series (desk),
                                                     xps_series_desk_get_setup (desk)->model, step);
  if (lacking == NULL)
    return g_steal_pointer (&state);
  /* Translators: core levels that a step has no spectrum of, and what else is known of it. */
  return state[0] == '\0' ? g_strdup_printf (_ ("without %s"), lacking)
                          : g_strdup_printf (_ ("without %s; %s"), lacking, state);
}

static XpsSeriesRow *
row_new (XpsSeriesDesk *desk, guint step, int decimals)
{
  const XpsSeries *series = xps_series_desk_get_series (desk);
  const XpsSeriesReport *report = xps_series_desk_get_report (desk);
  const XpsClock *axis = xps_series_get_axis (series);
  const XpsStep *frame = xps_series_get_step (series, step);
  XpsSeriesRow *row = g_object_new (XPS_TYPE_SERIES_ROW, NULL);
  const double quality = report != NULL && step < report->run->steps->len
                             ? xps_series_run_get_step (report->run, step)->reduced_chi2
                             : (double)NAN;
  row->out = frame->exclusion != NULL;
  row->texts[COLUMN_STEP] = g_strdup_printf ("%u  %s", step + 1, frame->name != NULL ? frame->name : "");
  row->texts[COLUMN_CLOCK] =
      isfinite (axis->values[step]) ? xps_page_dup_number (axis->values[step], decimals) : g_strdup ("–");
  row->texts[COLUMN_QUALITY] = isfinite (quality) ? xps_page_dup_number (quality, 2) : g_strdup ("");
  row->texts[COLUMN_STATE] = xps_series_steps_dup_words (desk, step);
  return row;
}

void
xps_series_steps_show (XpsSeriesSteps *self, XpsSeriesDesk *desk)
{
  const XpsSeries *series = xps_series_desk_get_series (desk);
  const int current = xps_series_steps_get_current (self);
  const gsize n = series != NULL ? xps_series_get_n (series) : 0;
  const int decimals = series != NULL ? xps_clock_get_decimals (xps_series_get_axis (series)) : 0;
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, row_new (desk, i, decimals));
  const guint had = g_list_model_get_n_items (G_LIST_MODEL (self->rows)), kept = MIN (had, rows->len);
  self->updating = TRUE;
  for (guint i = 0; i < kept; i++) {
    g_autoptr (XpsSeriesRow) row = g_list_model_get_item (G_LIST_MODEL (self->rows), i);
    row_take (row, g_ptr_array_index (rows, i));
  }
  if (had != rows->len)
    g_list_store_splice (self->rows, kept, had - kept, rows->pdata + kept, rows->len - kept);
  if (current >= 0 && (gsize)current < n)
    gtk_single_selection_set_selected (self->selection, (guint)current);
  self->updating = FALSE;
  if (series != NULL) {
    const XpsClock *axis = xps_series_get_axis (series);
    const char *name = xps_clock_get_title (axis, TRUE), *unit = xps_clock_get_unit (axis);
    g_autofree char *title = unit != NULL ? g_strdup_printf ("%s (%s)", name, unit) : g_strdup (name);
    gtk_column_view_column_set_title (self->columns[COLUMN_CLOCK], title);
  }
}
