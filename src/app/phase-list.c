/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/phase-list.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/table-column.h"

struct _XpsPhaseList {
  AdwBin parent_instance;
  GListStore *items;
  GtkFilter *filter;
  GtkSingleSelection *selection;
  GtkWidget *search, *view;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (XpsPhaseList, xps_phase_list, ADW_TYPE_BIN)

static guint selection_signal, activated_signal;

enum { NAME, MARK };

#define COLUMN_KEY "xps-column"

XpsPhaseItem *
xps_phase_list_get_selected (XpsPhaseList *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static gboolean
is_wanted (gpointer item, gpointer data)
{
  XpsPhaseList *self = data;
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *words = xps_phase_item_dup_description (item);
  g_autofree char *all =
      g_strjoin (" ", xps_phase_item_get_name (item), xps_phase_item_get_formula (item), words, NULL);
  g_autofree char *folded = g_utf8_casefold (all, -1);
  return strstr (folded, g_strstrip (wanted)) != NULL;
}

static gboolean
select_named (XpsPhaseList *self, const char *name, gboolean own)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  for (guint i = 0; name != NULL && i < g_list_model_get_n_items (model); i++) {
    g_autoptr (XpsPhaseItem) item = g_list_model_get_item (model, i);
    if (xps_phase_item_is_own (item) == own && strcmp (xps_phase_item_get_name (item), name) == 0) {
      gtk_single_selection_set_selected (self->selection, i);
      g_autoptr (GVariant) at = g_variant_ref_sink (g_variant_new_uint32 (i));
      GtkWidget *inner = gtk_widget_get_last_child (self->view);
      if (inner != NULL && gtk_widget_get_mapped (inner))
        gtk_widget_activate_action_variant (inner, "list.scroll-to-item", at);
      return TRUE;
    }
  }
  return FALSE;
}

void
xps_phase_list_update (XpsPhaseList *self, XpsPhaseBook *book, const char *name, gboolean own)
{
  const GPtrArray *phases = xps_phase_book_get_phases (book);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < phases->len; i++)
    g_ptr_array_add (items, xps_phase_item_new (book, g_ptr_array_index (phases, i)));
  self->updating = TRUE;
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items->pdata,
                       items->len);
  if (!select_named (self, name, own) && name != NULL) { /* what was looked for hides it */
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
    select_named (self, name, own);
  }
  self->updating = FALSE;
}

static void
on_selected (XpsPhaseList *self)
{
  if (!self->updating)
    g_signal_emit (self, selection_signal, 0);
}

static void
on_search (XpsPhaseList *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_activate (XpsPhaseList *self)
{
  g_signal_emit (self, activated_signal, 0);
}

/* ---- cells ---- */

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, GtkListItem *list_item)
{
  XpsPhaseItem *item = gtk_list_item_get_item (list_item);
  return item != NULL && !xps_phase_item_is_replaced (item)
             ? gdk_content_provider_new_typed (XPS_TYPE_PHASE_ITEM, item)
             : NULL;
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, GtkListItem *list_item)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (gtk_list_item_get_child (list_item));
  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);
  GtkDragSource *source = gtk_drag_source_new ();
  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), list_item);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), list_item);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  gtk_list_item_set_child (list_item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  const guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), COLUMN_KEY));
  XpsPhaseItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *label = gtk_list_item_get_child (list_item);
  g_autofree char *tip = xps_phase_item_dup_description (item);
  gtk_label_set_label (GTK_LABEL (label),
                       column == MARK ? xps_phase_item_get_mark (item) : xps_phase_item_get_name (item));
  gtk_widget_set_tooltip_text (label, tip);
  xps_table_set_class (label, "dim-label", xps_phase_item_is_replaced (item));
  xps_table_set_class (label, "reference-signs", column == MARK && xps_phase_item_is_own (item));
}

static void
append_column (XpsPhaseList *self, guint column, const char *title, int width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_object_set_data (G_OBJECT (factory), COLUMN_KEY, GUINT_TO_POINTER (column));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  xps_table_append_column (self->view, factory, title, width);
}

/* ---- the widget ---- */

static void
xps_phase_list_dispose (GObject *object)
{
  XpsPhaseList *self = XPS_PHASE_LIST (object);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  self->updating = TRUE;
  adw_bin_set_child (ADW_BIN (self), NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (xps_phase_list_parent_class)->dispose (object);
}

static void
xps_phase_list_class_init (XpsPhaseListClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_phase_list_dispose;
  selection_signal = g_signal_new ("selection-changed", XPS_TYPE_PHASE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  activated_signal =
      g_signal_new ("activated", XPS_TYPE_PHASE_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
search_new (XpsPhaseList *self)
{
  GtkWidget *search = gtk_search_entry_new ();
  g_object_set (search, "placeholder-text", _ ("Phase or formula"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Phase or formula"), -1);
  gtk_widget_set_margin_start (search, 6);
  gtk_widget_set_margin_end (search, 6);
  gtk_widget_set_margin_top (search, 6);
  gtk_widget_set_margin_bottom (search, 6);
  g_signal_connect_swapped (search, "changed", G_CALLBACK (on_search), self);
  return search;
}

static void
xps_phase_list_init (XpsPhaseList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *scrolled = gtk_scrolled_window_new ();
  self->search = search_new (self);
  self->items = g_list_store_new (XPS_TYPE_PHASE_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (is_wanted, self, NULL));
  GtkFilterListModel *model =
      gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->items)), self->filter);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (model));
  self->view = gtk_column_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)));
  gtk_widget_add_css_class (self->view, "data-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Phases"),
                                  -1);
  append_column (self, NAME, _ ("Phase"), 0);
  append_column (self, MARK, _ ("To Know"), 84);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activate), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_bin_set_child (ADW_BIN (self), box);
}
