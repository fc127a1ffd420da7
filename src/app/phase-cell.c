/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/phase-cell.h"

#include <glib/gi18n.h>

struct _XpsPhaseCell {
  AdwBin parent_instance;
  XpsPhaseColumn column;
  XpsPageCommit commit;
  XpsPhaseLineItem *item;
  gulong changed_handler;
  GtkWidget *overlay, *box;
  GtkLabel *text;
  GtkWidget *warning;
  XpsPageEntry *entry; /* while editing; the overlay owns it */
};

G_DEFINE_FINAL_TYPE (XpsPhaseCell, xps_phase_cell, ADW_TYPE_BIN)

static guint move_signal, value_signal;

/* ---- what is shown ---- */

static void
set_class (GtkWidget *widget, const char *class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, class);
  else
    gtk_widget_remove_css_class (widget, class);
}

/* "Atoms of S 2p3/2" */
static char *
dup_name (XpsPhaseCell *self)
{
  /* Translators: name of a cell for a screen reader: column and core level, "Atoms of S 2p3/2". */
  return g_strdup_printf (_ ("%s of %s"), xps_phase_column_get_title (self->column),
                          xps_phase_line_item_get_level (self->item));
}

static void
refresh (XpsPhaseCell *self)
{
  const char *text = xps_phase_line_item_get_text (self->item, self->column);
  g_autofree char *tip = xps_phase_line_item_dup_tip (self->item, self->column);
  g_autofree char *name = dup_name (self);
  g_autofree char *description = text[0] != '\0' ? g_strdup_printf ("%s\n%s", text, tip) : g_strdup (tip);
  const gboolean wrong = xps_phase_line_item_get_remark (self->item, self->column) != NULL;
  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (self->warning, wrong);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tip[0] != '\0' ? tip : NULL);
  set_class (self->box, "warning", wrong);
  set_class (GTK_WIDGET (self->text), "reference-signs",
             self->column == XPS_PHASE_COLUMN_SIGNS && text[0] != '\0');
  set_class (GTK_WIDGET (self->text), "dim-label",
             self->column == XPS_PHASE_COLUMN_SOURCE || self->column == XPS_PHASE_COLUMN_RANGE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/* ---- editing ---- */

static gboolean
on_remove_entry (gpointer data)
{
  GtkWidget *entry = data, *overlay = gtk_widget_get_parent (entry);
  if (GTK_IS_OVERLAY (overlay))
    gtk_overlay_remove_overlay (GTK_OVERLAY (overlay), entry);
  return G_SOURCE_REMOVE;
}

/* It goes later: it may be its own key that ends it. */
static void
close_entry (XpsPhaseCell *self)
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

static gboolean
take_text (const char *text, gpointer data, GError **error)
{
  XpsPhaseCell *self = data;
  return self->item != NULL && self->commit (text, self, error);
}

static void
on_done (XpsPageEntry *entry, gboolean taken, XpsPhaseCell *self)
{
  if (self->entry == entry)
    close_entry (self);
}

static void
on_tab (XpsPageEntry *entry, int direction, XpsPhaseCell *self)
{
  g_signal_emit (self, move_signal, 0, 0, direction);
}

static gboolean
can_edit (XpsPhaseCell *self)
{
  XpsPhaseMember member;
  return self->item != NULL && xps_phase_line_item_is_own (self->item) &&
         xps_phase_column_get_member (self->column, &member);
}

gboolean
xps_phase_cell_start_edit (XpsPhaseCell *self, const char *text)
{
  if (!can_edit (self) || self->entry != NULL)
    return self->entry != NULL;
  g_autofree char *name = dup_name (self);
  self->entry = xps_page_entry_new (TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "cell-entry");
  xps_page_entry_set_commit (self->entry, take_text, self);
  xps_page_entry_set_text (self->entry, xps_phase_line_item_get_text (self->item, self->column));
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
xps_phase_cell_finish_edit (XpsPhaseCell *self)
{
  return self->entry == NULL || xps_page_entry_take (self->entry);
}

void
xps_phase_cell_cancel_edit (XpsPhaseCell *self)
{
  if (self->entry != NULL)
    xps_page_entry_revert (self->entry);
}

const char *
xps_phase_cell_get_error (XpsPhaseCell *self)
{
  return self->entry != NULL ? xps_page_entry_get_error (self->entry) : NULL;
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  XpsPhaseCell *self = XPS_PHASE_CELL (widget);
  XpsPhaseMember member;
  if (!xps_phase_cell_start_edit (self, NULL) && self->item != NULL &&
      !xps_phase_column_get_member (self->column, &member))
    g_signal_emit (self, value_signal, 0);
}

/* ---- pointer and keys ---- */

static gboolean
take_focus (gpointer data)
{
  XpsPhaseCell *self = data;
  if (self->entry == NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, XpsPhaseCell *self)
{
  if (n_press == 2) {
    gtk_widget_activate_action (GTK_WIDGET (self), "cell.edit", NULL);
    gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
    return;
  }
  /* Later: the row that is pressed as well gives the focus to its first cell, and ends this gesture. */
  g_idle_add_full (G_PRIORITY_DEFAULT, take_focus, g_object_ref (self), g_object_unref);
}

static gboolean
move (XpsPhaseCell *self, int rows, int columns)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    columns = -columns;
  g_signal_emit (self, move_signal, 0, rows, columns);
  return TRUE;
}

static gboolean
on_key (GtkEventControllerKey *key, guint keyval, guint code, GdkModifierType state, XpsPhaseCell *self)
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
  return xps_phase_cell_start_edit (self, typed);
}

/* ---- the widget ---- */

void
xps_phase_cell_set_item (XpsPhaseCell *self, XpsPhaseLineItem *item)
{
  if (self->item != item)
    close_entry (self);
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_handler, self->item);
  g_set_object (&self->item, item);
  if (item == NULL)
    return;
  self->changed_handler = g_signal_connect_swapped (item, "changed", G_CALLBACK (refresh), self);
  refresh (self);
}

XpsPhaseLineItem *
xps_phase_cell_get_item (XpsPhaseCell *self)
{
  return self->item;
}

XpsPhaseColumn
xps_phase_cell_get_column (XpsPhaseCell *self)
{
  return self->column;
}

static void
xps_phase_cell_dispose (GObject *object)
{
  XpsPhaseCell *self = XPS_PHASE_CELL (object);
  self->entry = NULL; /* the overlay owns it */
  if (self->item != NULL)
    g_clear_signal_handler (&self->changed_handler, self->item);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (xps_phase_cell_parent_class)->dispose (object);
}

static void
xps_phase_cell_class_init (XpsPhaseCellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_phase_cell_dispose;
  move_signal = g_signal_new ("move", XPS_TYPE_PHASE_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                              G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  value_signal =
      g_signal_new ("value", XPS_TYPE_PHASE_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "cell.edit", NULL, edit_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "cell.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "cell.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "cell.edit", NULL);
  gtk_widget_class_set_css_name (widget_class, "datacell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
xps_phase_cell_init (XpsPhaseCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  self->overlay = gtk_overlay_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  self->text = GTK_LABEL (gtk_label_new (""));
  self->warning = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_box_append (GTK_BOX (self->box), self->warning);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->text));
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), self->box);
  adw_bin_set_child (ADW_BIN (self), self->overlay);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->warning), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("To be checked"), -1);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}

XpsPhaseCell *
xps_phase_cell_new (XpsPhaseColumn column, XpsPageCommit commit)
{
  XpsPhaseCell *self = g_object_new (XPS_TYPE_PHASE_CELL, NULL);
  const gboolean number = xps_phase_column_is_number (column);
  self->column = column;
  self->commit = commit;
  gtk_label_set_xalign (self->text, number ? 1.0f : 0.0f);
  gtk_label_set_ellipsize (self->text, number ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_widget_set_margin_start (self->box, 4);
  gtk_widget_set_margin_end (self->box, number ? 10 : 2);
  if (number || column == XPS_PHASE_COLUMN_RANGE)
    gtk_widget_add_css_class (self->box, "numeric");
  return self;
}
