/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/component-view-cell.h"

#include <glib/gi18n.h>
#include <string.h>

#include "app/component-view-tip.h"
#include "app/page-entry.h"
#include "app/page-model.h"
#include "app/page-number.h"

#define CLOCK "\xe2\x97\xb7" /* U+25F7 */

struct _XpsComponentViewCell {
  AdwBin parent_instance;
  XpsComponentColumn column;
  XpsSession *session;
  XpsComponentViewItem *item;
  gulong changed_handler;
  GtkWidget *overlay, *box;
  GtkLabel *text, *error, *sign; /* the last two only in columns of numbers */
  GtkWidget *lock;               /* made when first needed */
  XpsPageEntry *entry;           /* while editing; the overlay owns it */
};

G_DEFINE_FINAL_TYPE (XpsComponentViewCell, xps_component_view_cell, ADW_TYPE_BIN)

static guint move_signal;

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

static void
set_class (GtkWidget *widget, const char *class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, class);
  else
    gtk_widget_remove_css_class (widget, class);
}

static void
describe (XpsComponentViewCell *self)
{
  g_autofree char *name =
      xps_component_column_dup_name (self->column, xps_component_view_item_get_name (self->item));
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
  set_class (self->box, "stale", stale);
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
  g_autofree char *text = self->entry == NULL ? xps_component_view_cell_dup_tooltip (self) : NULL;
  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

/* ---- editing ---- */

static gboolean
on_remove_entry (gpointer entry)
{
  GtkWidget *overlay = gtk_widget_get_parent (entry);
  if (overlay != NULL)
    gtk_overlay_remove_overlay (GTK_OVERLAY (overlay), entry);
  return G_SOURCE_REMOVE;
}

/* The entry goes a moment later: while the focus is on its way out of it, GTK walks along its parents. */
static void
close_entry (XpsComponentViewCell *self)
{
  if (self->entry == NULL)
    return;
  GtkWidget *entry = GTK_WIDGET (g_steal_pointer (&self->entry));
  g_idle_add_full (G_PRIORITY_DEFAULT, on_remove_entry, g_object_ref (entry), g_object_unref);
  gtk_widget_set_opacity (entry, 0.0);
  gtk_widget_set_can_target (entry, FALSE);
  gtk_widget_set_opacity (self->box, 1.0);
  if (gtk_widget_get_focus_child (self->overlay) == entry)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
xps_component_view_cell_cancel_edit (XpsComponentViewCell *self)
{
  if (self->entry != NULL)
    xps_page_entry_revert (self->entry);
}

static gboolean
take_text (const char *text, gpointer data, GError **error)
{
  XpsComponentViewCell *self = data;
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

gboolean
xps_component_view_cell_finish_edit (XpsComponentViewCell *self)
{
  return self->entry == NULL || xps_page_entry_take (self->entry);
}

static void
on_done (XpsPageEntry *entry, gboolean taken, XpsComponentViewCell *self)
{
  if (self->entry == entry)
    close_entry (self);
}

static void
on_tab (XpsPageEntry *entry, int direction, XpsComponentViewCell *self)
{
  g_signal_emit (self, move_signal, 0, 0, direction);
}

static gboolean
can_edit (XpsComponentViewCell *self)
{
  if (self->item == NULL || self->column == XPS_COMPONENT_COLUMN_LETTER)
    return FALSE;
  const XpsComponentValue *value = get_value (self);
  return !xps_component_column_is_number (self->column) || (value != NULL && value->role != NULL);
}

/* The constraint where there is one besides the value; else the value with all its digits. */
static char *
dup_start_text (XpsComponentViewCell *self)
{
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

gboolean
xps_component_view_cell_start_edit (XpsComponentViewCell *self, const char *text)
{
  if (!can_edit (self) || self->entry != NULL)
    return self->entry != NULL;
  g_autofree char *start = dup_start_text (self);
  g_autofree char *name =
      xps_component_column_dup_name (self->column, xps_component_view_item_get_name (self->item));
  self->entry = xps_page_entry_new (TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "cell-entry");
  xps_page_entry_set_commit (self->entry, take_text, self);
  xps_page_entry_set_text (self->entry, start);
  xps_page_entry_set_name (self->entry, name);
  g_signal_connect_object (self->entry, "done", G_CALLBACK (on_done), self, 0);
  g_signal_connect_object (self->entry, "tab", G_CALLBACK (on_tab), self, 0);
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->entry));
  gtk_widget_set_opacity (self->box, 0.0);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  if (text != NULL)
    xps_page_entry_type (self->entry, text);
  return TRUE;
}

gboolean
xps_component_view_cell_get_editing (XpsComponentViewCell *self)
{
  return self->entry != NULL;
}

const char *
xps_component_view_cell_get_error (XpsComponentViewCell *self)
{
  return self->entry != NULL ? xps_page_entry_get_error (self->entry) : NULL;
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  xps_component_view_cell_start_edit (XPS_COMPONENT_VIEW_CELL (widget), NULL);
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

/* ---- pointer and keys ---- */

static void
show_lock (XpsComponentViewCell *self, gboolean show)
{
  const XpsComponentValue *value = get_value (self);
  show = show && value != NULL && value->role != NULL && self->entry == NULL;
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
    gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), self->lock);
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

static gboolean
take_focus (gpointer data)
{
  XpsComponentViewCell *self = data;
  if (self->entry == NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, XpsComponentViewCell *self)
{
  if (n_press == 2 && xps_component_view_cell_start_edit (self, NULL)) {
    gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
    return;
  }
  /* Later: the row that is pressed as well gives the focus to its first cell, and ends this gesture. */
  g_idle_add_full (G_PRIORITY_DEFAULT, take_focus, g_object_ref (self), g_object_unref);
}

static gboolean
move (XpsComponentViewCell *self, int rows, int columns)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    columns = -columns;
  g_signal_emit (self, move_signal, 0, rows, columns);
  return TRUE;
}

static gboolean
on_key (GtkEventControllerKey *key, guint keyval, guint code, GdkModifierType state,
        XpsComponentViewCell *self)
{
  if (self->entry != NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return FALSE;
  switch (keyval) {
  case GDK_KEY_Up:
    return move (self, -1, 0);
  case GDK_KEY_Down:
    return move (self, 1, 0);
  case GDK_KEY_Left:
    return move (self, 0, -1);
  case GDK_KEY_Right:
    return move (self, 0, 1);
  default:
    break;
  }
  const gunichar character = gdk_keyval_to_unicode (keyval);
  if (character <= ' ' || !g_unichar_isprint (character) || !can_edit (self))
    return FALSE;
  char typed[8] = "";
  g_unichar_to_utf8 (character, typed);
  return xps_component_view_cell_start_edit (self, typed);
}

static void
add_controllers (XpsComponentViewCell *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect (motion, "enter", G_CALLBACK (on_enter), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  GtkGesture *click = gtk_gesture_click_new ();
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  GtkEventController *key = gtk_event_controller_key_new ();
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}

/* ---- the widget ---- */

void
xps_component_view_cell_set_item (XpsComponentViewCell *self, XpsSession *session, XpsComponentViewItem *item)
{
  if (self->item != item)
    close_entry (self);
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
  self->entry = NULL; /* the overlay owns it */
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
  G_OBJECT_CLASS (class)->dispose = xps_component_view_cell_dispose;
  move_signal = g_signal_new ("move", XPS_TYPE_COMPONENT_VIEW_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  gtk_widget_class_install_action (widget_class, "cell.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "cell.lock", NULL, lock_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "cell.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "cell.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "cell.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_space, 0, "cell.lock", NULL);
  gtk_widget_class_set_css_name (widget_class, "datacell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
xps_component_view_cell_init (XpsComponentViewCell *self)
{
  self->overlay = gtk_overlay_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  self->text = GTK_LABEL (gtk_label_new (""));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->text));
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->box);
  adw_bin_set_child (ADW_BIN (self), self->overlay);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  add_controllers (self);
}

static GtkLabel *
append_slot (XpsComponentViewCell *self, int width_chars)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (""));
  gtk_label_set_width_chars (label, width_chars);
  gtk_label_set_xalign (label, 0.0f);
  gtk_widget_set_direction (GTK_WIDGET (label), GTK_TEXT_DIR_LTR);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (label));
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
  gtk_widget_add_css_class (self->box, "numeric");
  gtk_widget_set_direction (self->box, GTK_TEXT_DIR_LTR); /* value, error and sign read so in every script */
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
