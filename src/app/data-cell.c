/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/data-cell.h"

#include "app/page-entry.h"

typedef struct {
  GtkWidget *overlay, *box;
  XpsPageEntry *entry; /* while editing; the overlay owns it */
} XpsDataCellPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (XpsDataCell, xps_data_cell, ADW_TYPE_BIN)

static guint move_signal;

static XpsDataCellPrivate *
get_private (XpsDataCell *self)
{
  return xps_data_cell_get_instance_private (self);
}

/* ---- editing ---- */

static gboolean
on_remove_entry (gpointer entry)
{
  GtkWidget *overlay = gtk_widget_get_parent (entry);
  if (GTK_IS_OVERLAY (overlay))
    gtk_overlay_remove_overlay (GTK_OVERLAY (overlay), entry);
  return G_SOURCE_REMOVE;
}

/* The entry goes a moment later: it may be its own key that ends it, and while the focus is on its way out of
 * it GTK walks along its parents. */
void
xps_data_cell_close (XpsDataCell *self)
{
  XpsDataCellPrivate *its = get_private (self);
  if (its->entry == NULL)
    return;
  GtkWidget *entry = GTK_WIDGET (g_steal_pointer (&its->entry));
  g_idle_add_full (G_PRIORITY_DEFAULT, on_remove_entry, g_object_ref (entry), g_object_unref);
  gtk_widget_set_opacity (entry, 0.0);
  gtk_widget_set_can_target (entry, FALSE);
  gtk_widget_set_opacity (its->box, 1.0);
  if (gtk_widget_get_focus_child (its->overlay) == entry)
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

void
xps_data_cell_cancel_edit (XpsDataCell *self)
{
  XpsDataCellPrivate *its = get_private (self);
  if (its->entry != NULL)
    xps_page_entry_revert (its->entry);
}

gboolean
xps_data_cell_finish_edit (XpsDataCell *self)
{
  XpsDataCellPrivate *its = get_private (self);
  return its->entry == NULL || xps_page_entry_take (its->entry);
}

gboolean
xps_data_cell_get_editing (XpsDataCell *self)
{
  return get_private (self)->entry != NULL;
}

const char *
xps_data_cell_get_error (XpsDataCell *self)
{
  XpsDataCellPrivate *its = get_private (self);
  return its->entry != NULL ? xps_page_entry_get_error (its->entry) : NULL;
}

static gboolean
take_text (const char *text, gpointer data, GError **error)
{
  return XPS_DATA_CELL_GET_CLASS (data)->take_text (data, text, error);
}

static void
on_done (XpsPageEntry *entry, gboolean taken, XpsDataCell *self)
{
  if (get_private (self)->entry == entry)
    xps_data_cell_close (self);
}

static void
on_tab (XpsPageEntry *entry, int direction, XpsDataCell *self)
{
  g_signal_emit (self, move_signal, 0, 0, direction);
}

gboolean
xps_data_cell_start_edit (XpsDataCell *self, const char *text)
{
  XpsDataCellPrivate *its = get_private (self);
  XpsDataCellClass *class = XPS_DATA_CELL_GET_CLASS (self);
  if (its->entry != NULL || !class->can_edit (self))
    return its->entry != NULL;
  g_autofree char *start = class->dup_start_text (self);
  g_autofree char *name = class->dup_name (self);
  its->entry = xps_page_entry_new (TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (its->entry), "cell-entry");
  xps_page_entry_set_commit (its->entry, take_text, self);
  xps_page_entry_set_text (its->entry, start);
  xps_page_entry_set_name (its->entry, name);
  g_signal_connect_object (its->entry, "done", G_CALLBACK (on_done), self, 0);
  g_signal_connect_object (its->entry, "tab", G_CALLBACK (on_tab), self, 0);
  gtk_overlay_add_overlay (GTK_OVERLAY (its->overlay), GTK_WIDGET (its->entry));
  gtk_widget_set_opacity (its->box, 0.0);
  gtk_widget_grab_focus (GTK_WIDGET (its->entry));
  if (text != NULL)
    xps_page_entry_type (its->entry, text);
  return TRUE;
}

static gboolean
edit (XpsDataCell *self)
{
  XpsDataCellClass *class = XPS_DATA_CELL_GET_CLASS (self);
  return xps_data_cell_start_edit (self, NULL) ||
         (class->edit_elsewhere != NULL && class->edit_elsewhere (self));
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit (XPS_DATA_CELL (widget));
}

/* ---- pointer and keys ---- */

static gboolean
take_focus (gpointer data)
{
  XpsDataCell *self = data;
  if (!xps_data_cell_get_editing (self) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, XpsDataCell *self)
{
  if (n_press == 2 && edit (self)) {
    gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
    return;
  }
  /* Later: the row that is pressed as well gives the focus to its first cell, and ends this gesture. */
  g_idle_add_full (G_PRIORITY_DEFAULT, take_focus, g_object_ref (self), g_object_unref);
}

static gboolean
move (XpsDataCell *self, int rows, int columns)
{
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    columns = -columns;
  g_signal_emit (self, move_signal, 0, rows, columns);
  return TRUE;
}

static gboolean
on_key (GtkEventControllerKey *key, guint keyval, guint code, GdkModifierType state, XpsDataCell *self)
{
  if (xps_data_cell_get_editing (self) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
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
  if (character <= ' ' || !g_unichar_isprint (character))
    return FALSE;
  char typed[8] = "";
  g_unichar_to_utf8 (character, typed);
  return xps_data_cell_start_edit (self, typed);
}

/* ---- the widget ---- */

GtkBox *
xps_data_cell_get_box (XpsDataCell *self)
{
  return GTK_BOX (get_private (self)->box);
}

void
xps_data_cell_add_overlay (XpsDataCell *self, GtkWidget *widget)
{
  gtk_overlay_add_overlay (GTK_OVERLAY (get_private (self)->overlay), widget);
}

static void
xps_data_cell_dispose (GObject *object)
{
  get_private (XPS_DATA_CELL (object))->entry = NULL; /* the overlay owns it */
  G_OBJECT_CLASS (xps_data_cell_parent_class)->dispose (object);
}

static void
xps_data_cell_class_init (XpsDataCellClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  G_OBJECT_CLASS (class)->dispose = xps_data_cell_dispose;
  move_signal = g_signal_new ("move", XPS_TYPE_DATA_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                              2, G_TYPE_INT, G_TYPE_INT);
  gtk_widget_class_install_action (widget_class, "cell.edit", NULL, edit_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "cell.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "cell.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "cell.edit", NULL);
  gtk_widget_class_set_css_name (widget_class, "datacell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
xps_data_cell_init (XpsDataCell *self)
{
  XpsDataCellPrivate *its = get_private (self);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *key = gtk_event_controller_key_new ();
  its->overlay = gtk_overlay_new ();
  its->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_overlay_set_child (GTK_OVERLAY (its->overlay), its->box);
  adw_bin_set_child (ADW_BIN (self), its->overlay);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (key, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}
