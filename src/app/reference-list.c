/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/reference-list.h"

#include <glib/gi18n.h>

#include "app/table-column.h"

struct _XpsReferenceList {
  AdwBin parent_instance;
  GListStore *entries; /* XpsReferenceItem */
  GtkMultiSelection *selection;
  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (XpsReferenceList, xps_reference_list, ADW_TYPE_BIN)

#define COLUMN_KEY "xps-column"
#define SIGNS      XPS_N_REFERENCE_COLUMNS /* the column after those of the items */

static guint selection_signal;

/* ---- what is shown ---- */

static GListModel *
create_children (gpointer item, gpointer data)
{
  return xps_reference_item_new_children (item);
}

void
xps_reference_list_set_entries (XpsReferenceList *self, XpsCatalogue *catalogue, const GPtrArray *entries)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_full (entries->len, g_object_unref);
  for (guint i = 0; i < entries->len; i++)
    g_ptr_array_add (items, xps_reference_item_new (catalogue, g_ptr_array_index (entries, i), NULL));
  g_list_store_splice (self->entries, 0, g_list_model_get_n_items (G_LIST_MODEL (self->entries)),
                       items->pdata, items->len);
}

static GtkTreeListRow *
get_row (XpsReferenceList *self, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (self->selection), position);
}

GPtrArray *
xps_reference_list_dup_selected (XpsReferenceList *self)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (guint64 i = 0; i < gtk_bitset_get_size (selected); i++) {
    g_autoptr (GtkTreeListRow) row = get_row (self, gtk_bitset_get_nth (selected, (guint)i));
    if (row != NULL)
      g_ptr_array_add (items, gtk_tree_list_row_get_item (row));
  }
  return items;
}

void
xps_reference_list_select (XpsReferenceList *self, guint position)
{
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
}

void
xps_reference_list_set_expanded (XpsReferenceList *self, guint position, gboolean expanded)
{
  g_autoptr (GtkTreeListRow) row = get_row (self, position);
  if (row != NULL)
    gtk_tree_list_row_set_expanded (row, expanded);
}

guint
xps_reference_list_get_n_lines (XpsReferenceList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->selection));
}

static void
on_selection (GtkSelectionModel *model, guint position, guint n, XpsReferenceList *self)
{
  g_signal_emit (self, selection_signal, 0);
}

/* ---- keys ---- */

static void
on_activate (GtkColumnView *view, guint position, XpsReferenceList *self)
{
  g_autoptr (GtkTreeListRow) row = get_row (self, position);
  if (row != NULL)
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
}

static void
expand_selected (XpsReferenceList *self, gboolean expanded)
{
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  for (guint64 i = gtk_bitset_get_size (selected); i-- > 0;)
    xps_reference_list_set_expanded (self, gtk_bitset_get_nth (selected, (guint)i), expanded);
}

static gboolean
on_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, XpsReferenceList *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SHIFT_MASK)) != 0 ||
      (key != GDK_KEY_Right && key != GDK_KEY_Left))
    return FALSE;
  expand_selected (self, key == GDK_KEY_Right);
  return TRUE;
}

/* ---- cells ---- */

static guint
get_column (gpointer factory)
{
  return GPOINTER_TO_UINT (g_object_get_data (factory, COLUMN_KEY));
}

static gboolean
is_number (guint column)
{
  return column == XPS_REFERENCE_COLUMN_ENERGY;
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, GtkTreeExpander *expander)
{
  g_autoptr (XpsReferenceItem) item = gtk_tree_expander_get_item (expander);
  return item != NULL ? gdk_content_provider_new_typed (XPS_TYPE_REFERENCE_ITEM, item) : NULL;
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, GtkTreeExpander *expander)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (expander));
  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static GtkWidget *
name_new (GtkWidget *label)
{
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), label);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), expander);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), expander);
  gtk_widget_add_controller (expander, GTK_EVENT_CONTROLLER (source));
  return expander;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  const guint column = get_column (factory);
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), is_number (column) ? 1.0f : 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           is_number (column) ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  if (column == XPS_REFERENCE_COLUMN_ENERGY || column == XPS_REFERENCE_COLUMN_RANGE)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, column == XPS_REFERENCE_COLUMN_NAME ? name_new (label) : label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  const guint column = get_column (factory);
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);
  g_autoptr (XpsReferenceItem) item = gtk_tree_list_row_get_item (row);
  GtkWidget *child = gtk_list_item_get_child (list_item), *label = child;
  if (GTK_IS_TREE_EXPANDER (child)) {
    gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), row);
    label = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (child));
  }
  g_autofree char *text = column == SIGNS ? xps_reference_item_dup_signs (item)
                                          : xps_reference_item_dup_text (item, (XpsReferenceColumn)column);
  g_autofree char *tip =
      column == SIGNS ? xps_reference_item_dup_sign_words (item) : xps_reference_item_dup_description (item);
  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_tooltip_text (label, tip[0] != '\0' ? tip : NULL);
  const gboolean record = xps_reference_item_get_line (item) != NULL;
  if (record)
    gtk_widget_add_css_class (label, "dim-label");
  else
    gtk_widget_remove_css_class (label, "dim-label");
  if (column == SIGNS && text[0] != '\0')
    gtk_widget_add_css_class (label, "reference-signs");
  else
    gtk_widget_remove_css_class (label, "reference-signs");
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);
  if (GTK_IS_TREE_EXPANDER (child))
    gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), NULL);
}

static void
append_column (XpsReferenceList *self, guint column, const char *title, int width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_object_set_data (G_OBJECT (factory), COLUMN_KEY, GUINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  xps_table_append_column (self->view, factory, title, width);
}

/* ---- the widget ---- */

static void
xps_reference_list_dispose (GObject *object)
{
  XpsReferenceList *self = XPS_REFERENCE_LIST (object);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->entries);
  G_OBJECT_CLASS (xps_reference_list_parent_class)->dispose (object);
}

static void
xps_reference_list_class_init (XpsReferenceListClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_reference_list_dispose;
  selection_signal = g_signal_new ("selection-changed", XPS_TYPE_REFERENCE_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
append_columns (XpsReferenceList *self)
{
  append_column (self, XPS_REFERENCE_COLUMN_NAME, _ ("Species, Source"), 0);
  append_column (self, XPS_REFERENCE_COLUMN_LEVEL, _ ("Level"), 76);
  append_column (self, XPS_REFERENCE_COLUMN_ENERGY, _ ("E (eV)"), 84);
  append_column (self, XPS_REFERENCE_COLUMN_RANGE, _ ("Range, Scale"), 150);
  append_column (self, XPS_REFERENCE_COLUMN_VALUES, _ ("Values"), 140);
  append_column (self, SIGNS, _ ("To Know"), 130);
}

static void
xps_reference_list_init (XpsReferenceList *self)
{
  self->entries = g_list_store_new (XPS_TYPE_REFERENCE_ITEM);
  GtkTreeListModel *tree = gtk_tree_list_model_new (g_object_ref (G_LIST_MODEL (self->entries)), FALSE, FALSE,
                                                    create_children, NULL, NULL);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (tree));
  g_signal_connect (self->selection, "selection-changed", G_CALLBACK (on_selection), self);
  self->view = gtk_column_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)));
  gtk_widget_add_css_class (self->view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Reference values"), -1);
  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), self);
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->view, keys);
  append_columns (self);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}
