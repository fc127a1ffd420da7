/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/component-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/component-view-cell.h"
#include "app/component-view-item.h"
#include "app/component-view-menu.h"
#include "app/component-view-swatch.h"
#include "app/page-entry.h"
#include "app/page-model.h"
#include "app/page-words.h"
#include "app/table-column.h"
#include "figure/doublet.h"
#include "figure/figure.h"

struct _XpsComponentView {
  AdwBin parent_instance;
  XpsSession *session;
  GSignalGroup *signals;
  GListStore *items; /* XpsComponentViewItem */
  GtkSingleSelection *selection;
  GtkWidget *stack, *view;
  GPtrArray *cells; /* XpsComponentViewCell that show something; owned by the view */
  char *looks;      /* what the colours were chosen for */
  guint region;
  gboolean updating;
  int width;
  guint fold_source;
};

G_DEFINE_FINAL_TYPE (XpsComponentView, xps_component_view, ADW_TYPE_BIN)

#define COLUMN_KEY "xps-column"
#define OWNER_KEY  "xps-view"

/* ---- rows ---- */

static const char *
row_name (XpsComponentView *self, guint i)
{
  g_autoptr (XpsComponentViewItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
  return xps_component_view_item_get_name (item); /* the store keeps it */
}

/* As many rows as components: rows whose names begin and end the list alike stay, so that selection, scroll
 * and an open entry survive what happens to others. */
static void
match_rows (XpsComponentView *self)
{
  const guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  const guint n_new = xps_page_get_n_components (self->session);
  if (n_old == n_new)
    return;
  const guint n = MIN (n_old, n_new);
  guint head = 0, tail = 0;
  while (head < n && strcmp (row_name (self, head), xps_page_get_component (self->session, head)->name) == 0)
    head++;
  while (tail < n - head && strcmp (row_name (self, n_old - 1 - tail),
                                    xps_page_get_component (self->session, n_new - 1 - tail)->name) == 0)
    tail++;
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = head; i < n_new - tail; i++) {
    XpsComponentViewItem *item = xps_component_view_item_new ();
    xps_component_view_item_update (item, self->session, i);
    g_ptr_array_add (added, item);
  }
  g_list_store_splice (self->items, head, n_old - head - tail, added->pdata, added->len);
}

/* Index of the stronger line of a doublet, as the figure tells them. */
static gsize
find_partner (XpsComponentView *self, guint component)
{
  const XpsRegion *region = xps_session_get_region (self->session);
  const XpsModelPart *part = xps_page_get_part (self->session);
  if (xps_doublet_is_s_level (region->spectrum, NULL, part))
    return XPS_FIGURE_NO_PARTNER;
  return xps_doublet_find_partner (xps_page_get_model (self->session), part->components, component);
}

/* Everything that decides colours: names, labels, phases, doublets in their order. */
static char *
dup_looks (XpsComponentView *self)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < xps_page_get_n_components (self->session); i++) {
    const XpsComponent *it = xps_page_get_component (self->session, i);
    g_string_append_printf (text, "%s\n%s\n%s\n%" G_GSIZE_FORMAT "\n", it->name,
                            it->label != NULL ? it->label : "", it->phase != NULL ? it->phase : "",
                            find_partner (self, i));
  }
  return g_string_free (text, FALSE);
}

/* The colours of the figure: asked of a figure with the same components and no curve to speak of. */
static void
choose_colours (XpsComponentView *self)
{
  g_autofree char *looks = dup_looks (self);
  const guint n = xps_page_get_n_components (self->session);
  if (g_strcmp0 (looks, self->looks) == 0)
    return;
  static const double nothing[2] = {0.0, 0.0}, energy[2] = {0.0, 1.0};
  g_autofree XpsFigureComponent *components = g_new0 (XpsFigureComponent, n + 1);
  for (guint i = 0; i < n; i++) {
    const XpsComponent *it = xps_page_get_component (self->session, i);
    components[i] = (XpsFigureComponent){
        .name = it->name,
        .label = it->label,
        .phase = it->phase,
        .values = nothing,
        .partner_of = find_partner (self, i),
        .colour = xps_species_colours_of_component (xps_session_get_colours (self->session), it)};
  }
  const XpsFigureCurves curves = {
      .n = 2, .energy = energy, .intensity = nothing, .n_components = n, .components = components};
  const XpsFigureCurves *const spectra[1] = {&curves};
  g_autoptr (XpsFigure) figure = xps_figure_new (spectra, 1, NULL);
  for (guint i = 0; i < n; i++) {
    g_autoptr (XpsComponentViewItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
    xps_component_view_item_set_ink (item, xps_figure_get_stroke (figure, 0, i, 1.0).ink);
  }
  g_free (self->looks);
  self->looks = g_steal_pointer (&looks);
}

static void
take_selection (XpsComponentView *self)
{
  const int component = self->session != NULL ? xps_session_get_component (self->session) : -1;
  const guint position = component >= 0 ? (guint)component : GTK_INVALID_LIST_POSITION;
  if (gtk_single_selection_get_selected (self->selection) == position)
    return;
  self->updating = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->updating = FALSE;
}

static void
update (XpsComponentView *self)
{
  self->updating = TRUE;
  const guint region = xps_session_get_region_id (self->session);
  if (region != self->region) { /* nothing of another region's rows is worth keeping */
    g_list_store_remove_all (self->items);
    g_clear_pointer (&self->looks, g_free);
  }
  self->region = region;
  match_rows (self);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++) {
    g_autoptr (XpsComponentViewItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);
    xps_component_view_item_update (item, self->session, i);
  }
  choose_colours (self);
  self->updating = FALSE;
  take_selection (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    xps_page_get_n_components (self->session) > 0 ? "table" : "empty");
}

static void
on_selected (GtkSingleSelection *selection, GParamSpec *pspec, XpsComponentView *self)
{
  const guint position = gtk_single_selection_get_selected (selection);
  if (!self->updating && self->session != NULL)
    xps_session_select_component (self->session, position != GTK_INVALID_LIST_POSITION ? (int)position : -1);
}

/* ---- moving between cells ---- */

static XpsComponentViewCell *
find_cell (XpsComponentView *self, guint row, XpsComponentColumn column)
{
  for (guint i = 0; i < self->cells->len; i++) {
    XpsComponentViewCell *cell = g_ptr_array_index (self->cells, i);
    XpsComponentViewItem *item = xps_component_view_cell_get_item (cell);
    if (item != NULL && xps_component_view_cell_get_column (cell) == column &&
        xps_component_view_item_get_index (item) == row)
      return cell;
  }
  return NULL;
}

static void
on_move (XpsComponentViewCell *cell, int rows, int columns, XpsComponentView *self)
{
  XpsComponentViewItem *item = xps_component_view_cell_get_item (cell);
  const int n_rows = (int)g_list_model_get_n_items (G_LIST_MODEL (self->items));
  if (item == NULL)
    return;
  const int row = (int)xps_component_view_item_get_index (item) + rows;
  int column = (int)xps_component_view_cell_get_column (cell) + columns;
  if (row < 0 || row >= n_rows)
    return;
  /* Over columns that are not shown, and over the shape, a menu of its own that is reached by Tab. */
  while (columns != 0 && column >= 0 && column < XPS_N_COMPONENT_COLUMNS &&
         find_cell (self, (guint)row, (XpsComponentColumn)column) == NULL)
    column += columns;
  XpsComponentViewCell *to = find_cell (self, (guint)row, (XpsComponentColumn)column);
  if (to != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (to));
  if (rows != 0)
    gtk_single_selection_set_selected (self->selection, (guint)row);
}

/* ---- cells ---- */

static XpsComponentView *
get_owner (gpointer factory)
{
  return g_object_get_data (factory, OWNER_KEY);
}

static XpsComponentColumn
get_column (gpointer factory)
{
  return (XpsComponentColumn)GPOINTER_TO_INT (g_object_get_data (factory, COLUMN_KEY));
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  const XpsComponentColumn column = get_column (factory);
  if (column == XPS_COMPONENT_COLUMN_LETTER || column == XPS_COMPONENT_COLUMN_SHAPE) {
    gtk_list_item_set_child (list_item, column == XPS_COMPONENT_COLUMN_LETTER ? xps_component_swatch_new ()
                                                                              : xps_component_shape_new ());
    return;
  }
  XpsComponentViewCell *cell = xps_component_view_cell_new (column);
  g_signal_connect_object (cell, "move", G_CALLBACK (on_move), get_owner (factory), 0);
  gtk_list_item_set_child (list_item, GTK_WIDGET (cell));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  XpsComponentView *self = get_owner (factory);
  GtkWidget *child = gtk_list_item_get_child (list_item);
  XpsComponentViewItem *item = gtk_list_item_get_item (list_item);
  if (!XPS_IS_COMPONENT_VIEW_CELL (child)) {
    xps_component_extra_set_item (child, self->session, item);
    return;
  }
  xps_component_view_cell_set_item (XPS_COMPONENT_VIEW_CELL (child), self->session, item);
  g_ptr_array_add (self->cells, child);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  XpsComponentView *self = get_owner (factory);
  GtkWidget *child = gtk_list_item_get_child (list_item);
  if (!XPS_IS_COMPONENT_VIEW_CELL (child)) {
    xps_component_extra_set_item (child, NULL, NULL);
    return;
  }
  xps_component_view_cell_set_item (XPS_COMPONENT_VIEW_CELL (child), NULL, NULL);
  g_ptr_array_remove_fast (self->cells, child);
}

static void
append_column (XpsComponentView *self, XpsComponentColumn column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_object_set_data (G_OBJECT (factory), COLUMN_KEY, GINT_TO_POINTER (column));
  g_object_set_data (G_OBJECT (factory), OWNER_KEY, self);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  GtkColumnViewColumn *view_column =
      xps_table_append_column (self->view, factory, xps_component_column_get_title (column), 0);
  gtk_column_view_column_set_expand (view_column, column == XPS_COMPONENT_COLUMN_NAME ||
                                                      column == XPS_COMPONENT_COLUMN_SPECIES);
}

static gboolean
is_number (guint column)
{
  return xps_component_column_is_number ((XpsComponentColumn)column);
}

/* ---- width ---- */

/* The width below which a column gives its room to the others: the name says most of what species and level
 * say, the total width what the two others do, and all of it stands in the inspector. */
static int
get_least_width (XpsComponentColumn column)
{
  switch (column) {
  case XPS_COMPONENT_COLUMN_LEVEL:
    return 880;
  case XPS_COMPONENT_COLUMN_SPECIES:
    return 780;
  case XPS_COMPONENT_COLUMN_GAUSS:
  case XPS_COMPONENT_COLUMN_LORENTZ:
    return 740;
  case XPS_COMPONENT_COLUMN_SHAPE:
    return 520;
  case XPS_COMPONENT_COLUMN_SHARE:
    return 440;
  default:
    return 0;
  }
}

static gboolean
on_fold (gpointer data)
{
  XpsComponentView *self = data;
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view));
  self->fold_source = 0;
  xps_page_entry_take_all (self->view); /* of a column that goes */
  for (guint i = 0; i < g_list_model_get_n_items (columns); i++) {
    g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, i);
    gtk_column_view_column_set_visible (column, self->width >= get_least_width ((XpsComponentColumn)i));
  }
  return G_SOURCE_REMOVE;
}

/* While sizes are given nothing may be shown or hidden. */
static void
on_page_size (GtkAdjustment *adjustment, GParamSpec *pspec, XpsComponentView *self)
{
  const int width = (int)gtk_adjustment_get_page_size (adjustment);
  if (width == self->width)
    return;
  self->width = width;
  if (self->fold_source == 0)
    self->fold_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 10, on_fold, self, NULL);
}

/* ---- menu and keys ---- */

/* The first cell in or below a widget. */
static XpsComponentViewCell *
find_cell_in (GtkWidget *widget)
{
  if (XPS_IS_COMPONENT_VIEW_CELL (widget))
    return XPS_COMPONENT_VIEW_CELL (widget);
  XpsComponentViewCell *found = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_cell_in (child);
  return found;
}

/* Any place of a row will do, between its cells as well; not the header, nor the space below. */
static void
on_menu_pressed (GtkGestureClick *click, int n_press, double x, double y, XpsComponentView *self)
{
  XpsComponentViewCell *cell = NULL;
  GtkWidget *list = gtk_widget_get_last_child (self->view);
  for (GtkWidget *at = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
       at != NULL && at != list && at != self->view && cell == NULL; at = gtk_widget_get_parent (at))
    cell = find_cell_in (at);
  if (cell == NULL || xps_data_cell_get_editing (XPS_DATA_CELL (cell)))
    return;
  XpsComponentViewItem *item = xps_component_view_cell_get_item (cell);
  if (item == NULL)
    return;
  gtk_single_selection_set_selected (self->selection, xps_component_view_item_get_index (item));
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  xps_component_menu_open (GTK_WIDGET (self), self->session, x, y);
}

static void
open_menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XpsComponentView *self = XPS_COMPONENT_VIEW (widget);
  graphene_rect_t bounds;
  const int component = xps_session_get_component (self->session);
  XpsComponentViewCell *cell =
      component >= 0 ? find_cell (self, (guint)component, XPS_COMPONENT_COLUMN_NAME) : NULL;
  if (cell != NULL && gtk_widget_compute_bounds (GTK_WIDGET (cell), widget, &bounds))
    xps_component_menu_open (widget, self->session, bounds.origin.x, bounds.origin.y + bounds.size.height);
}

static void
add_menu (XpsComponentView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_menu_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* ---- the widget ---- */

void
xps_component_view_set_session (XpsComponentView *self, XpsSession *session)
{
  if (!g_set_object (&self->session, session))
    return;
  g_signal_group_set_target (self->signals, session);
  g_list_store_remove_all (self->items);
  self->region = 0;
  if (session == NULL)
    return;
  xps_component_menu_install (GTK_WIDGET (self), session);
  update (self);
}

static void
xps_component_view_dispose (GObject *object)
{
  XpsComponentView *self = XPS_COMPONENT_VIEW (object);
  g_clear_handle_id (&self->fold_source, g_source_remove);
  if (self->signals != NULL)
    g_signal_group_set_target (self->signals, NULL);
  g_clear_object (&self->signals);
  GtkWidget *popover; /* menus that are still open */
  while ((popover = gtk_widget_get_last_child (GTK_WIDGET (self))) != NULL && GTK_IS_POPOVER (popover))
    gtk_widget_unparent (popover);
  g_clear_object (&self->session);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  adw_bin_set_child (ADW_BIN (self), NULL);
  G_OBJECT_CLASS (xps_component_view_parent_class)->dispose (object);
}

static void
xps_component_view_finalize (GObject *object)
{
  XpsComponentView *self = XPS_COMPONENT_VIEW (object);
  g_ptr_array_unref (self->cells);
  g_free (self->looks);
  G_OBJECT_CLASS (xps_component_view_parent_class)->finalize (object);
}

static void
xps_component_view_class_init (XpsComponentViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_component_view_dispose;
  G_OBJECT_CLASS (class)->finalize = xps_component_view_finalize;
  gtk_widget_class_install_action (widget_class, "table.menu", NULL, open_menu_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "table.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "table.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "component.delete", NULL);
}

static void
connect_signals (XpsComponentView *self)
{
  self->signals = g_signal_group_new (XPS_TYPE_SESSION);
  g_signal_group_connect_swapped (self->signals, "region-changed", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "model-changed", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->signals, "selection-changed", G_CALLBACK (take_selection), self);
}

/* Without components: the ways to the first one. */
static GtkWidget *
empty_new (void)
{
  static const char *const ways[][2] = {{N_ ("Where I Click on the Plot"), "win.add-component"},
                                        {N_ ("Where the Residual Is Largest"), "win.add-from-residual"}};
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *label = gtk_label_new (_ ("No components yet. Add one:"));
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    GtkWidget *button = gtk_button_new_with_label (_ (ways[i][0]));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), ways[i][1]);
    gtk_box_append (GTK_BOX (box), button);
  }
  return box;
}

static void
xps_component_view_init (XpsComponentView *self)
{
  self->cells = g_ptr_array_new ();
  self->items = g_list_store_new (XPS_TYPE_COMPONENT_VIEW_ITEM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected), self, 0);
  self->view = gtk_column_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)));
  gtk_widget_add_css_class (self->view, "data-table");
  gtk_widget_add_css_class (self->view, "component-table");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Components"), -1);
  for (int column = 0; column < XPS_N_COMPONENT_COLUMNS; column++)
    append_column (self, (XpsComponentColumn)column);
  xps_table_align_titles (self->view, is_number, 0);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), self->view);
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scrolled)),
                           "notify::page-size", G_CALLBACK (on_page_size), self, 0);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), empty_new (), "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), scrolled, "table");
  adw_bin_set_child (ADW_BIN (self), self->stack);
  add_menu (self);
  connect_signals (self);
}
