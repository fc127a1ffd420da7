/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/phase-table.h"

#include <glib/gi18n.h>

#include "app/table-column.h"

struct _XpsPhaseTable {
  AdwBin parent_instance;
  XpsPhaseBook *book;
  char *phase; /* name of the own one, NULL: nothing to edit */
  GListStore *items;
  GtkSingleSelection *selection;
  GtkWidget *view;
  GPtrArray *cells; /* XpsPhaseCell that show something; owned by the view */
};

G_DEFINE_FINAL_TYPE (XpsPhaseTable, xps_phase_table, ADW_TYPE_BIN)

#define COLUMN_KEY "xps-column"
#define OWNER_KEY  "xps-table"

static guint selection_signal, value_signal;

/* ---- rows ---- */

XpsPhaseLineItem *
xps_phase_table_get_selected (XpsPhaseTable *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

void
xps_phase_table_select (XpsPhaseTable *self, int line)
{
  if (line >= 0 && (guint)line < g_list_model_get_n_items (G_LIST_MODEL (self->items)))
    gtk_single_selection_set_selected (self->selection, (guint)line);
}

void
xps_phase_table_set_phase (XpsPhaseTable *self, const XpsReferencePhase *phase, const GPtrArray *remarks)
{
  const guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  const guint n_new = phase != NULL ? phase->lines->len : 0;
  const guint selected = gtk_single_selection_get_selected (self->selection);
  g_free (self->phase);
  self->phase = phase != NULL && phase->own ? g_strdup (phase->name) : NULL;
  if (n_old != n_new) {
    g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);
    for (guint i = 0; i < n_new; i++) {
      g_ptr_array_add (added, xps_phase_line_item_new ());
      xps_phase_line_item_update (g_ptr_array_index (added, i), self->book, phase, i, remarks);
    }
    g_list_store_splice (self->items, 0, n_old, added->pdata, added->len);
    if (n_new > 0)
      gtk_single_selection_set_selected (self->selection, MIN (selected, n_new - 1));
  }
  for (guint i = 0; i < n_new && n_old == n_new; i++) {
    g_autoptr (XpsPhaseLineItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
    xps_phase_line_item_update (item, self->book, phase, i, remarks);
  }
  g_signal_emit (self, selection_signal, 0);
}

static void
on_selected (XpsPhaseTable *self)
{
  g_signal_emit (self, selection_signal, 0);
}

/* ---- moving between cells ---- */

XpsPhaseCell *
xps_phase_table_find_cell (XpsPhaseTable *self, guint line, XpsPhaseColumn column)
{
  g_autoptr (XpsPhaseLineItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), line);
  for (guint i = 0; item != NULL && i < self->cells->len; i++) {
    XpsPhaseCell *cell = g_ptr_array_index (self->cells, i);
    if (xps_phase_cell_get_item (cell) == item && xps_phase_cell_get_column (cell) == column)
      return cell; /* those of lines that are gone are let go late */
  }
  return NULL;
}

gboolean
xps_phase_table_focus (XpsPhaseTable *self, int line, XpsPhaseColumn column)
{
  XpsPhaseCell *cell = line >= 0 ? xps_phase_table_find_cell (self, (guint)line, column) : NULL;
  xps_phase_table_select (self, line);
  return cell != NULL && gtk_widget_grab_focus (GTK_WIDGET (cell));
}

static void
on_move (XpsPhaseCell *cell, int rows, int columns, XpsPhaseTable *self)
{
  XpsPhaseLineItem *item = xps_phase_cell_get_item (cell);
  const int column = (int)xps_phase_cell_get_column (cell) + columns;
  if (item != NULL && column >= 0 && column < XPS_N_PHASE_COLUMNS)
    xps_phase_table_focus (self, (int)xps_phase_line_item_get_index (item) + rows, (XpsPhaseColumn)column);
}

static void
on_value (XpsPhaseCell *cell, XpsPhaseTable *self)
{
  xps_phase_table_select (self, (int)xps_phase_line_item_get_index (xps_phase_cell_get_item (cell)));
  g_signal_emit (self, value_signal, 0);
}

/* ---- cells ---- */

static XpsPhaseTable *
get_owner (gpointer factory)
{
  return g_object_get_data (factory, OWNER_KEY);
}

/* Lines are kept in the order of their levels: the edited one is looked for again. */
static void
follow (XpsPhaseTable *self, const XpsPhaseLine *line)
{
  const XpsReferencePhase *phase = xps_phase_book_find (self->book, self->phase, TRUE);
  if (phase != NULL)
    xps_phase_table_select (self, xps_phase_book_find_line (phase, line->level, line->species));
}

static gboolean
take_text (const char *text, gpointer data, GError **error)
{
  XpsPhaseCell *cell = data;
  XpsPhaseTable *self = XPS_PHASE_TABLE (gtk_widget_get_ancestor (GTK_WIDGET (cell), XPS_TYPE_PHASE_TABLE));
  XpsPhaseLineItem *item = xps_phase_cell_get_item (cell);
  XpsPhaseMember member;
  if (self->phase == NULL || !xps_phase_column_get_member (xps_phase_cell_get_column (cell), &member))
    return FALSE;
  g_autofree char *level = g_strdup (member == XPS_PHASE_LEVEL ? text : xps_phase_line_item_get_level (item));
  g_autofree char *species =
      g_strdup (member == XPS_PHASE_SPECIES ? text : xps_phase_line_item_get_species (item));
  g_autofree char *phase = g_strdup (self->phase);
  if (!xps_phase_book_set (self->book, phase, (int)xps_phase_line_item_get_index (item), member, text, error))
    return FALSE;
  const XpsPhaseLine line = {.level = level, .species = species};
  follow (self, &line);
  return TRUE;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  const guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), COLUMN_KEY));
  XpsPhaseCell *cell = xps_phase_cell_new ((XpsPhaseColumn)column, take_text);
  g_signal_connect_object (cell, "move", G_CALLBACK (on_move), get_owner (factory), 0);
  g_signal_connect_object (cell, "value", G_CALLBACK (on_value), get_owner (factory), 0);
  gtk_list_item_set_child (list_item, GTK_WIDGET (cell));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  XpsPhaseCell *cell = XPS_PHASE_CELL (gtk_list_item_get_child (list_item));
  xps_phase_cell_set_item (cell, gtk_list_item_get_item (list_item));
  g_ptr_array_add (get_owner (factory)->cells, cell);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  XpsPhaseCell *cell = XPS_PHASE_CELL (gtk_list_item_get_child (list_item));
  xps_phase_cell_set_item (cell, NULL);
  g_ptr_array_remove_fast (get_owner (factory)->cells, cell);
}

static void
append_column (XpsPhaseTable *self, XpsPhaseColumn column, int width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_object_set_data (G_OBJECT (factory), COLUMN_KEY, GUINT_TO_POINTER (column));
  g_object_set_data (G_OBJECT (factory), OWNER_KEY, self);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  xps_table_append_column (self->view, factory, xps_phase_column_get_title (column), width);
}

static gboolean
is_number (guint column)
{
  return xps_phase_column_is_number ((XpsPhaseColumn)column);
}

static void
append_columns (XpsPhaseTable *self)
{
  append_column (self, XPS_PHASE_COLUMN_LEVEL, 96);
  append_column (self, XPS_PHASE_COLUMN_ATOMS, 72);
  append_column (self, XPS_PHASE_COLUMN_LABEL, 84);
  append_column (self, XPS_PHASE_COLUMN_SPECIES, 118);
  append_column (self, XPS_PHASE_COLUMN_ENERGY, 78);
  append_column (self, XPS_PHASE_COLUMN_SIGNS, 116);
  append_column (self, XPS_PHASE_COLUMN_RANGE, 116);
  append_column (self, XPS_PHASE_COLUMN_SOURCE, 0);
  xps_table_align_titles (self->view, is_number, 10);
}

/* ---- the widget ---- */

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, XpsPhaseTable *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0 || GTK_IS_TEXT (focus))
    return FALSE;
  if (key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete)
    return gtk_widget_activate_action (GTK_WIDGET (self), "phases.remove-line", NULL);
  if (key == GDK_KEY_Insert || key == GDK_KEY_KP_Insert)
    return gtk_widget_activate_action (GTK_WIDGET (self), "phases.add-line", NULL);
  return FALSE;
}

static void
xps_phase_table_dispose (GObject *object)
{
  XpsPhaseTable *self = XPS_PHASE_TABLE (object);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (xps_phase_table_parent_class)->dispose (object);
}

static void
xps_phase_table_finalize (GObject *object)
{
  XpsPhaseTable *self = XPS_PHASE_TABLE (object);
  g_ptr_array_unref (self->cells);
  g_free (self->phase);
  G_OBJECT_CLASS (xps_phase_table_parent_class)->finalize (object);
}

static void
xps_phase_table_class_init (XpsPhaseTableClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_phase_table_dispose;
  G_OBJECT_CLASS (class)->finalize = xps_phase_table_finalize;
  selection_signal = g_signal_new ("selection-changed", XPS_TYPE_PHASE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  value_signal =
      g_signal_new ("value", XPS_TYPE_PHASE_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
xps_phase_table_init (XpsPhaseTable *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  self->cells = g_ptr_array_new ();
  self->items = g_list_store_new (XPS_TYPE_PHASE_LINE_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  self->view = gtk_column_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)));
  gtk_widget_add_css_class (self->view, "data-table");
  gtk_widget_add_css_class (self->view, "component-table"); /* cells that are edited look alike */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Lines of the phase"), -1);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  append_columns (self);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}

XpsPhaseTable *
xps_phase_table_new (XpsPhaseBook *book)
{
  XpsPhaseTable *self = g_object_new (XPS_TYPE_PHASE_TABLE, NULL);
  self->book = g_object_ref (book);
  return self;
}
