/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/component-view-cell.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/component-view-tip.h"
#include "app/page-model.h"
#include "app/page-number.h"
#include "app/table-column.h"

#define CLOCK "\xe2\x97\xb7" /* U+25F7 */

struct _XpsComponentViewCell {
  XpsDataCell parent_instance;
  XpsComponentColumn column;
  XpsSession *session;
  XpsComponentViewItem *item;
  gulong changed_handler;
  GtkLabel *text, *error, *sign; /* the last two only in columns of numbers */
  GtkWidget *lock;               /* made when first needed */
};

G_DEFINE_FINAL_TYPE (XpsComponentViewCell, xps_component_view_cell, XPS_TYPE_DATA_CELL)

/* ---- what is shown ---- */

static const XpsComponentValue *
get_value (XpsComponentViewCell *self)
{
  return self->item != NULL && xps_component_column_is_number (self->column)
             ? xps_component_view_item_get_value (self->item, self->column)
             : NULL;
}

static void
set_label (GtkLabel *label, const char *text)
{
  if (strcmp (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static char *
dup_name (XpsDataCell *cell)
{
  XpsComponentViewCell *self = XPS_COMPONENT_VIEW_CELL (cell);
  return xps_component_column_dup_name (self->column, xps_component_view_item_get_name (self->item));
}

static void
describe (XpsComponentViewCell *self)
{
  g_autofree char *name = dup_name (XPS_DATA_CELL (self));
  g_autofree char *description = xps_component_dup_description (self->session, self->item, self->column);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

static void
show_number (XpsComponentViewCell *self, const XpsComponentValue *value)
{
  const gboolean stale = value->origin != XPS_VALUE_FITTED;
  set_label (self->text, value->number);
  set_label (self->error,
             value->origin == XPS_VALUE_STALE && value->number[0] != '\0' ? CLOCK : value->error);
  set_label (self->sign, xps_status_get_sign (value->status));
  xps_table_set_class (GTK_WIDGET (xps_data_cell_get_box (XPS_DATA_CELL (self))), "stale", stale);
  if (self->lock == NULL)
    return;
  const gboolean fixed = value->status == XPS_STATUS_FIXED;
  gtk_button_set_icon_name (GTK_BUTTON (self->lock),
                            fixed ? "changes-prevent-symbolic" : "changes-allow-symbolic");
  gtk_widget_set_tooltip_text (self->lock, fixed ? _ ("Let the fit change this value")
                                                 : _ ("Keep this value in the fit"));
}

static void
refresh (XpsComponentViewCell *self)
{
  const XpsComponentValue *value = get_value (self);
  if (self->item == NULL)
    return;
  if (value != NULL)
    show_number (self, value);
  else
    set_label (self->text, xps_component_view_item_get_text (self->item, self->column));
  describe (self);
}

char *
xps_component_view_cell_dup_text (XpsComponentViewCell *self)
{
  const XpsComponentValue *value = get_value (self);
  if (value == NULL)
    return g_strdup (gtk_label_get_label (self->text));
  return g_strconcat (value->number, value->error, xps_status_get_sign (value->status), NULL);
}

char *
xps_component_view_cell_dup_tooltip (XpsComponentViewCell *self)
{
  return self->item != NULL ? xps_component_dup_tooltip (self->session, self->item, self->column) : NULL;
}

static gboolean
on_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip, gpointer data)
{
  XpsComponentViewCell *self = XPS_COMPONENT_VIEW_CELL (widget);
  g_autofree char *text = NULL;
  if (!xps_data_cell_get_editing (XPS_DATA_CELL (self)))
    text = xps_component_view_cell_dup_tooltip (self);
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

/* ---- editing ---- */

static gboolean
take_text (XpsDataCell *cell, const char *text, GError **error)
{
  XpsComponentViewCell *self = XPS_COMPONENT_VIEW_CELL (cell);
  const guint index = xps_component_view_item_get_index (self->item);
  const XpsComponentValue *value = get_value (self);
  switch (self->column) {
  case XPS_COMPONENT_COLUMN_NAME:
    return xps_page_rename (self->session, index, text, error);
  case XPS_COMPONENT_COLUMN_SPECIES:
    xps_page_set_phase (self->session, index, text);
    return TRUE;
  case XPS_COMPONENT_COLUMN_LEVEL:
    xps_page_set_label (self->session, index, text);
    return TRUE;
  default:
    return value != NULL && xps_page_set_constraint (self->session, index, value->role, text, error);
  }
}

static gboolean
can_edit (XpsDataCell *cell)
{
  XpsComponentViewCell *self = XPS_COMPONENT_VIEW_CELL (cell);
  if (self->item == NULL || self->column == XPS_COMPONENT_COLUMN_LETTER)
    return FALSE;
  const XpsComponentValue *value = get_value (self);
  return !xps_component_column_is_number (self->column) || (value != NULL && value->role != NULL);
}

/* The constraint where there is one besides the value; else the value with all its digits. */
static char *
dup_start_text (XpsDataCell *cell)
{
  XpsComponentViewCell *self = XPS_COMPONENT_VIEW_CELL (cell);
  const XpsComponentValue *value = get_value (self);
  if (value == NULL)
    return g_strdup (xps_component_view_item_get_text (self->item, self->column));
  const guint index = xps_component_view_item_get_index (self->item);
  const XpsParameter *parameter = xps_page_get_parameter (self->session, index, value->role);
  /* A free value between bounds opens as the value: that is what is changed most, and its bounds stay. */
  if (parameter == NULL || (parameter->kind == XPS_PARAMETER_FREE && value->status != XPS_STATUS_LINKED))
    return xps_page_dup_entry_number (xps_page_get_value (self->session, index, value->role));
  return xps_edit_dup_constraint (xps_page_get_model (self->session), 0, index, value->role);
}

static void
lock_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XpsComponentViewCell *self = XPS_COMPONENT_VIEW_CELL (widget);
  const XpsComponentValue *value = get_value (self);
  if (value == NULL || value->role == NULL)
    return;
  xps_page_set_fixed (self->session, xps_component_view_item_get_index (self->item), value->role,
                      value->status != XPS_STATUS_FIXED);
}

/* ---- pointer ---- */

static void
show_lock (XpsComponentViewCell *self, gboolean show)
{
  const XpsComponentValue *value = get_value (self);
  show = show && value != NULL && value->role != NULL && !xps_data_cell_get_editing (XPS_DATA_CELL (self));
  if (self->lock == NULL && show) {
    self->lock = gtk_button_new ();
    gtk_widget_set_halign (self->lock, GTK_ALIGN_END); /* in place of the sign, which says the same */
    gtk_widget_set_valign (self->lock, GTK_ALIGN_CENTER);
    gtk_widget_set_focusable (self->lock, FALSE); /* Space does it: no second stop for every cell */
    gtk_widget_add_css_class (self->lock, "flat");
    gtk_widget_add_css_class (self->lock, "cell-lock");
    gtk_actionable_set_action_name (GTK_ACTIONABLE (self->lock), "cell.lock");
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->lock), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Lock"),
                                    -1);
    xps_data_cell_add_overlay (XPS_DATA_CELL (self), self->lock);
    show_number (self, value);
  }
  if (self->lock == NULL)
    return;
  gtk_widget_set_visible (self->lock, show);
  gtk_widget_set_opacity (GTK_WIDGET (self->sign), show ? 0.0 : 1.0);
}

static void
on_enter (GtkEventControllerMotion *motion, double x, double y, XpsComponentViewCell *self)
{
  show_lock (self, TRUE);
}

static void
on_leave (GtkEventControllerMotion *motion, XpsComponentViewCell *self)
{
  show_lock (self, FALSE);
}

/* ---- the widget ---- */

void
xps_component_view_cell_set_item (XpsComponentViewCell *self, XpsSession *session, XpsComponentViewItem *item)
{
  if (self->item != item)
    xps_data_cell_close (XPS_DATA_CELL (self));
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_handler, self->item);
  g_set_object (&self->session, session);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  self->changed_handler = g_signal_connect_swapped (item, "changed", G_CALLBACK (refresh), self);
  refresh (self);
}

XpsComponentViewItem *
xps_component_view_cell_get_item (XpsComponentViewCell *self)
{
  return self->item;
}

XpsComponentColumn
xps_component_view_cell_get_column (XpsComponentViewCell *self)
{
  return self->column;
}

static void
xps_component_view_cell_dispose (GObject *object)
{
  XpsComponentViewCell *self = XPS_COMPONENT_VIEW_CELL (object);
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_handler, self->item);
  g_clear_object (&self->item);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (xps_component_view_cell_parent_class)->dispose (object);
}

static void
xps_component_view_cell_class_init (XpsComponentViewCellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  XpsDataCellClass *cell_class = XPS_DATA_CELL_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_component_view_cell_dispose;
  cell_class->can_edit = can_edit;
  cell_class->dup_name = dup_name;
  cell_class->dup_start_text = dup_start_text;
  cell_class->take_text = take_text;
  gtk_widget_class_install_action (widget_class, "cell.lock", NULL, lock_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "cell.lock", NULL);
}

static void
xps_component_view_cell_init (XpsComponentViewCell *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  self->text = GTK_LABEL (gtk_label_new (""));
  gtk_box_append (xps_data_cell_get_box (XPS_DATA_CELL (self)), GTK_WIDGET (self->text));
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  g_signal_connect (motion, "enter", G_CALLBACK (on_enter), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

static GtkLabel *
append_slot (XpsComponentViewCell *self, int width_chars)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_width_chars (label, width_chars);
  gtk_label_set_xalign (label, 0.0f);
  gtk_widget_set_direction (GTK_WIDGET (label), GTK_TEXT_DIR_LTR);
  gtk_box_append (xps_data_cell_get_box (XPS_DATA_CELL (self)), GTK_WIDGET (label));
  return label;
}

XpsComponentViewCell *
xps_component_view_cell_new (XpsComponentColumn column)
{
  XpsComponentViewCell *self = g_object_new (XPS_TYPE_COMPONENT_VIEW_CELL, NULL);
  self->column = column;
  if (!xps_component_column_is_number (column)) {
    gtk_label_set_xalign (self->text, 0.0f);
    gtk_label_set_ellipsize (self->text, PANGO_ELLIPSIZE_END);
    gtk_label_set_width_chars (self->text, column == XPS_COMPONENT_COLUMN_NAME ? 9 : 5); /* "PS4 2p3/2" */
    gtk_label_set_max_width_chars (self->text, 14);
    return self;
  }
  GtkWidget *box = GTK_WIDGET (xps_data_cell_get_box (XPS_DATA_CELL (self)));
  gtk_widget_add_css_class (box, "numeric");
  gtk_widget_set_direction (box, GTK_TEXT_DIR_LTR); /* value, error and sign read so in every script */
  gtk_widget_set_direction (GTK_WIDGET (self->text), GTK_TEXT_DIR_LTR);
  gtk_label_set_xalign (self->text, 1.0f);
  gtk_label_set_width_chars (self->text, column == XPS_COMPONENT_COLUMN_SHARE      ? 4
                                         : column == XPS_COMPONENT_COLUMN_POSITION ? 7
                                                                                   : 5);
  self->error = append_slot (self, 4);
  self->sign = append_slot (self, 1);
  gtk_widget_add_css_class (GTK_WIDGET (self->sign), "sign");
  return self;
}
