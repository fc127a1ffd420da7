/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/browser.h"

#include <glib/gi18n.h>

#include "app/browser-private.h"

G_DEFINE_FINAL_TYPE (XpsBrowser, xps_browser, ADW_TYPE_BIN)

/* ---- selection: the session's and the list's are one ---- */

static XpsBrowserItem *
get_item (XpsBrowser *self, guint position)
{
  g_autoptr (GtkTreeListRow) row = gtk_tree_list_model_get_row (self->tree, position);
  XpsBrowserItem *item = row != NULL ? gtk_tree_list_row_get_item (row) : NULL;
  if (item != NULL)
    g_object_unref (item); /* its list holds it */
  return item;
}

static void
append_id (GArray *ids, GHashTable *seen, XpsBrowserItem *item)
{
  const guint id = xps_browser_item_get_id (item);
  if (g_hash_table_add (seen, GUINT_TO_POINTER (id)))
    g_array_append_val (ids, id);
}

/* A selected sample stands for its regions. */
static void
append_item (GArray *ids, GHashTable *seen, XpsBrowserItem *item)
{
  if (!xps_browser_item_is_sample (item)) {
    append_id (ids, seen, item);
    return;
  }
  GListModel *children = G_LIST_MODEL (xps_browser_item_get_children (item));
  for (guint i = 0; i < g_list_model_get_n_items (children); i++) {
    g_autoptr (XpsBrowserItem) child = g_list_model_get_item (children, i);
    append_id (ids, seen, child);
  }
}

static void
on_selection_changed (XpsBrowser *self)
{
  if (self->following || self->session == NULL)
    return;
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GtkBitsetIter iter;
  guint position;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position)) {
    XpsBrowserItem *item = get_item (self, position);
    if (item != NULL)
      append_item (ids, seen, item);
  }
  xps_session_select_regions (self->session, (const guint *)(gpointer)ids->data, ids->len);
}

static GHashTable *
new_selected (XpsBrowser *self)
{
  const GArray *ids = xps_session_get_selected_regions (self->session);
  GHashTable *set = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (set, GUINT_TO_POINTER (g_array_index (ids, guint, i)));
  return set;
}

static gboolean
is_selected (GHashTable *selected, XpsBrowserItem *item)
{
  return !xps_browser_item_is_sample (item) &&
         g_hash_table_contains (selected, GUINT_TO_POINTER (xps_browser_item_get_id (item)));
}

static guint
find_shown_line (XpsBrowser *self)
{
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tree));
  const guint id = xps_session_get_region_id (self->session);
  for (guint i = 0; i < n; i++) {
    XpsBrowserItem *item = get_item (self, i);
    if (!xps_browser_item_is_sample (item) && xps_browser_item_get_id (item) == id)
      return i;
  }
  return GTK_INVALID_LIST_POSITION;
}

static gboolean
on_frame (GtkWidget *view, GdkFrameClock *clock, gpointer user_data)
{
  XpsBrowser *self = user_data;
  if (self->frames_to_reveal-- > 0)
    return G_SOURCE_CONTINUE;
  self->reveal_tick = 0;
  const guint line = self->session != NULL ? find_shown_line (self) : GTK_INVALID_LIST_POSITION;
  if (line != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", line);
  return G_SOURCE_REMOVE;
}

/* A list that came with a file has no height before the next frame was laid out, and scrolls nowhere. */
static void
reveal_later (XpsBrowser *self)
{
  self->frames_to_reveal = 1;
  if (self->reveal_tick == 0)
    self->reveal_tick = gtk_widget_add_tick_callback (self->view, on_frame, self, NULL);
}

/* Selects the lines of the session's regions. Samples stay selected when all of theirs are: they were
 * clicked. */
static void
follow_selection (XpsBrowser *self)
{
  g_autoptr (GHashTable) selected = new_selected (self);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->tree));
  g_autoptr (GtkBitset) wanted = gtk_bitset_new_empty (), all = gtk_bitset_new_range (0, n);
  guint shown = n;
  for (guint i = 0; i < n; i++) {
    XpsBrowserItem *item = get_item (self, i);
    if (!is_selected (selected, item))
      continue;
    gtk_bitset_add (wanted, i);
    shown = xps_browser_item_get_id (item) == xps_session_get_region_id (self->session) ? i : shown;
  }
  self->following = TRUE;
  gtk_selection_model_set_selection (GTK_SELECTION_MODEL (self->selection), wanted, all);
  self->following = FALSE;
  if (shown < n)
    gtk_widget_activate_action (self->view, "list.scroll-to-item", "u", shown);
}

static void
on_session_selection (XpsBrowser *self)
{
  if (self->follow_source != 0)
    return; /* the lines are not there yet, and will come with their selection */
  g_autoptr (GtkBitset) lines = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  g_autoptr (GHashTable) selected = new_selected (self);
  const guint n_ids = g_hash_table_size (selected), n_lines = (guint)gtk_bitset_get_size (lines);
  guint there = 0, samples = 0, position = 0;
  GtkBitsetIter iter;
  for (gboolean more = gtk_bitset_iter_init_first (&iter, lines, &position); more;
       more = gtk_bitset_iter_next (&iter, &position)) {
    XpsBrowserItem *item = get_item (self, position);
    samples += item != NULL && xps_browser_item_is_sample (item);
    there += item != NULL && is_selected (selected, item);
  }
  /* A click on a sample made the selection: taking it back from the sample would surprise. */
  if (samples > 0 && there + samples == n_lines && n_ids > there)
    return;
  if (samples > 0 || there != n_ids || there != n_lines)
    follow_selection (self);
}

/* ---- following the session ---- */

/* More lines than this come or go after the next frame: making them takes as long as showing the plot, and
 * the two together more than a person waits without noticing. */
#define LINES_AT_ONCE 40

static void
follow_document (XpsBrowser *self)
{
  g_clear_handle_id (&self->follow_source, g_source_remove);
  if (self->session == NULL)
    return;
  const XpsState *state = xps_project_get_state (xps_session_get_project (self->session));
  const char *search = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const guint before = g_list_model_get_n_items (G_LIST_MODEL (self->list->samples));
  self->following = TRUE;
  xps_browser_list_follow (self->list, state, search);
  self->following = FALSE;
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list->samples));
  gtk_widget_set_visible (self->none, n == 0 && search[0] != '\0');
  follow_selection (self);
  if (n != before)
    reveal_later (self);
}

static gboolean
on_follow (gpointer user_data)
{
  XpsBrowser *self = user_data;
  self->follow_source = 0;
  follow_document (self);
  return G_SOURCE_REMOVE;
}

static void
on_document_changed (XpsBrowser *self)
{
  const guint n = xps_state_get_n_regions (xps_project_get_state (xps_session_get_project (self->session)));
  const guint known = self->list->n_regions;
  if (MAX (n, known) - MIN (n, known) <= LINES_AT_ONCE)
    follow_document (self);
  else if (self->follow_source == 0)
    self->follow_source = g_idle_add_full (GDK_PRIORITY_REDRAW + 10, on_follow, self, NULL);
}

/* The shown region alone: every frame of a drag comes through here. */
static void
follow_model (XpsBrowser *self)
{
  const XpsRegion *region = xps_session_get_region (self->session);
  XpsBrowserItem *item = region != NULL ? xps_browser_list_find_region (self->list, region->id) : NULL;
  if (item != NULL && !xps_session_is_dragging (self->session))
    xps_browser_item_set_region (item, region);
}

void
xps_browser_set_session (XpsBrowser *self, XpsSession *session)
{
  if (session == self->session)
    return;
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_handle_id (&self->follow_source, g_source_remove);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect_swapped (session, "document-changed", G_CALLBACK (on_document_changed), self);
  g_signal_connect_swapped (session, "model-changed", G_CALLBACK (follow_model), self);
  g_signal_connect_swapped (session, "selection-changed", G_CALLBACK (on_session_selection), self);
  follow_document (self);
}

/* ---- lines ---- */

static void
on_setup (XpsBrowser *self, GtkListItem *list_item)
{
  GtkWidget *expander = gtk_tree_expander_new (), *row = xps_browser_row_new ();
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), row);
  gtk_list_item_set_child (list_item, expander);
  xps_browser_add_row_input (self, XPS_BROWSER_ROW (row));
}

static void
on_bind (XpsBrowser *self, GtkListItem *list_item)
{
  GtkTreeListRow *tree_row = gtk_list_item_get_item (list_item);
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item));
  g_autoptr (XpsBrowserItem) item = gtk_tree_list_row_get_item (tree_row);
  gtk_tree_expander_set_list_row (expander, tree_row);
  xps_browser_row_set_item (XPS_BROWSER_ROW (gtk_tree_expander_get_child (expander)), item);
}

static void
on_unbind (XpsBrowser *self, GtkListItem *list_item)
{
  GtkTreeExpander *expander = GTK_TREE_EXPANDER (gtk_list_item_get_child (list_item));
  xps_browser_row_set_item (XPS_BROWSER_ROW (gtk_tree_expander_get_child (expander)), NULL);
  gtk_tree_expander_set_list_row (expander, NULL);
}

static GListModel *
new_children (gpointer item, gpointer data)
{
  GListStore *children = xps_browser_item_get_children (item);
  return children != NULL ? G_LIST_MODEL (g_object_ref (children)) : NULL;
}

/* ---- object ---- */

static void
xps_browser_dispose (GObject *object)
{
  XpsBrowser *self = XPS_BROWSER (object);
  xps_browser_set_session (self, NULL);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  G_OBJECT_CLASS (xps_browser_parent_class)->dispose (object);
}

static void
xps_browser_finalize (GObject *object)
{
  XpsBrowser *self = XPS_BROWSER (object);
  g_clear_object (&self->selection);
  xps_browser_list_free (self->list);
  G_OBJECT_CLASS (xps_browser_parent_class)->finalize (object);
}

static void
xps_browser_class_init (XpsBrowserClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_browser_dispose;
  G_OBJECT_CLASS (class)->finalize = xps_browser_finalize;
}

static GtkWidget *
new_view (XpsBrowser *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (on_unbind), self);
  self->tree = gtk_tree_list_model_new (G_LIST_MODEL (g_object_ref (self->list->samples)), FALSE, TRUE,
                                        new_children, NULL, NULL);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (self->tree));
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (on_selection_changed), self);
  self->view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_widget_add_css_class (self->view, "navigation-sidebar");
  gtk_widget_add_css_class (self->view, "xps-browser");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Samples and regions"), -1);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->view);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
xps_browser_init (XpsBrowser *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  self->list = xps_browser_list_new ();
  self->search = gtk_search_entry_new ();
  self->none = gtk_label_new (_ ("No region has this in its name"));
  g_object_set (self->search, "placeholder-text", _ ("Search"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search regions"), -1);
  gtk_widget_set_margin_top (self->search, 6);
  gtk_widget_set_margin_bottom (self->search, 6);
  gtk_widget_set_margin_start (self->search, 6);
  gtk_widget_set_margin_end (self->search, 6);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (follow_document), self);
  gtk_label_set_wrap (GTK_LABEL (self->none), TRUE);
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_widget_set_visible (self->none, FALSE);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->none);
  gtk_box_append (GTK_BOX (box), new_view (self));
  gtk_widget_set_size_request (GTK_WIDGET (self), 160, -1);
  adw_bin_set_child (ADW_BIN (self), box);
}
