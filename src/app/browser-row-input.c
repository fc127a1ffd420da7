/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/browser-private.h"

#include <glib/gi18n.h>

/* What a pointer can do with a line: a menu, a new name, a drag to another sample. */

guint
xps_browser_get_sample (XpsBrowserItem *item)
{
  const XpsRegion *region = xps_browser_item_get_region (item);
  return region != NULL ? region->sample : xps_browser_item_get_id (item);
}

/* ---- moving ---- */

void
xps_browser_move_selected (XpsBrowser *self, guint sample)
{
  XpsProject *project = xps_session_get_project (self->session);
  const GArray *ids = xps_session_get_selected_regions (self->session);
  const XpsState *state = xps_project_get_state (project);
  const XpsSample *target = xps_state_find_sample (state, sample);
  gboolean elsewhere = FALSE;
  for (guint i = 0; i < ids->len; i++)
    elsewhere = elsewhere || xps_state_find_region (state, g_array_index (ids, guint, i))->sample != sample;
  if (!elsewhere || target == NULL)
    return;
  g_autofree char *label = g_strdup_printf (
      ngettext ("move of %u region to %s", "move of %u regions to %s", ids->len), ids->len, target->name);
  xps_project_edit (project, label,
                    xps_state_move_regions (state, (const guint *)(gpointer)ids->data, ids->len, sample));
}

static gboolean
is_among (const GArray *ids, guint id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, guint, i) == id)
      return TRUE;
  return FALSE;
}

/* A line outside the selection becomes the selection: what is dragged or asked about is what is seen. */
static void
select_item (XpsBrowser *self, XpsBrowserItem *item)
{
  const guint id = xps_browser_item_get_id (item);
  if (!xps_browser_item_is_sample (item) && !is_among (xps_session_get_selected_regions (self->session), id))
    xps_session_select_regions (self->session, &id, 1);
}

static GdkContentProvider *
on_drag_prepare (GtkDragSource *source, double x, double y, XpsBrowser *self)
{
  XpsBrowserRow *row = XPS_BROWSER_ROW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source)));
  XpsBrowserItem *item = xps_browser_row_get_item (row);
  if (item == NULL || xps_browser_item_is_sample (item))
    return NULL;
  select_item (self, item);
  return gdk_content_provider_new_typed (XPS_TYPE_BROWSER_ITEM, item);
}

static void
on_drag_begin (GtkDragSource *source, GdkDrag *drag, XpsBrowser *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);
  gtk_drag_source_set_icon (source, picture, 0, 0);
}

/* From another window a line means nothing here: its document is another. */
static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, XpsBrowser *self)
{
  XpsBrowserRow *row = XPS_BROWSER_ROW (gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target)));
  XpsBrowserItem *item = xps_browser_row_get_item (row), *dragged = g_value_get_object (value);
  if (item == NULL || dragged == NULL ||
      xps_browser_list_find_region (self->list, xps_browser_item_get_id (dragged)) != dragged)
    return FALSE;
  xps_browser_move_selected (self, xps_browser_get_sample (item));
  return TRUE;
}

/* ---- names ---- */

typedef struct {
  XpsBrowser *browser;
  XpsBrowserItem *item;
  GtkWidget *popover, *entry;
} XpsRename;

static void
rename_free (XpsRename *rename, GClosure *closure)
{
  g_object_unref (rename->item);
  g_free (rename);
}

static void
rename_region (XpsSession *session, guint id, const char *name)
{
  const XpsRegion *old =
      xps_state_find_region (xps_project_get_state (xps_session_get_project (session)), id);
  if (old == NULL || g_strcmp0 (old->name, name) == 0)
    return;
  g_autofree char *label = g_strdup_printf (_ ("new name for %s"), old->name);
  XpsRegion *region = xps_region_copy (old);
  g_free (region->name);
  region->name = g_strdup (name);
  xps_session_edit_region (session, label, region);
}

static void
rename_sample (XpsSession *session, guint id, const char *name)
{
  XpsProject *project = xps_session_get_project (session);
  const XpsState *state = xps_project_get_state (project);
  const XpsSample *old = xps_state_find_sample (state, id);
  if (old == NULL || g_strcmp0 (old->name, name) == 0)
    return;
  g_autofree char *label = g_strdup_printf (_ ("new name for %s"), old->name);
  xps_project_edit (project, label, xps_state_rename_sample (state, id, name));
}

static void
on_renamed (XpsRename *rename)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (rename->entry))));
  XpsSession *session = rename->browser->session;
  const guint id = xps_browser_item_get_id (rename->item);
  const gboolean sample = xps_browser_item_is_sample (rename->item);
  gtk_popover_popdown (GTK_POPOVER (rename->popover));
  if (name[0] == '\0')
    return;
  if (sample)
    rename_sample (session, id, name);
  else
    rename_region (session, id, name);
}

/* Not in the middle of its own signal. */
static gboolean
on_unparent (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
on_popover_closed (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_unparent, g_object_ref (popover), g_object_unref);
}

static void
ask_name (XpsBrowser *self, XpsBrowserRow *row)
{
  XpsBrowserItem *item = xps_browser_row_get_item (row);
  XpsRename *rename = g_new0 (XpsRename, 1);
  rename->browser = self;
  rename->item = g_object_ref (item);
  rename->popover = gtk_popover_new ();
  rename->entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (rename->entry), xps_browser_item_get_name (item));
  gtk_editable_set_width_chars (GTK_EDITABLE (rename->entry), 24);
  gtk_accessible_update_property (GTK_ACCESSIBLE (rename->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"),
                                  -1);
  g_signal_connect_data (rename->entry, "activate", G_CALLBACK (on_renamed), rename,
                         (GClosureNotify)rename_free, G_CONNECT_SWAPPED);
  g_signal_connect (rename->popover, "closed", G_CALLBACK (on_popover_closed), NULL);
  gtk_popover_set_child (GTK_POPOVER (rename->popover), rename->entry);
  gtk_widget_set_parent (rename->popover, GTK_WIDGET (self));
  double x = 0.0, y = 0.0;
  gtk_widget_translate_coordinates (GTK_WIDGET (row), GTK_WIDGET (self), 0.0, 0.0, &x, &y);
  const GdkRectangle place = {(int)x, (int)y, gtk_widget_get_width (GTK_WIDGET (row)),
                              gtk_widget_get_height (GTK_WIDGET (row))};
  gtk_popover_set_pointing_to (GTK_POPOVER (rename->popover), &place);
  gtk_popover_popup (GTK_POPOVER (rename->popover));
  gtk_widget_grab_focus (rename->entry);
}

static XpsBrowserRow *
find_row_below (GtkWidget *widget, XpsBrowserItem *item)
{
  if (XPS_IS_BROWSER_ROW (widget))
    return xps_browser_row_get_item (XPS_BROWSER_ROW (widget)) == item && gtk_widget_get_mapped (widget)
               ? XPS_BROWSER_ROW (widget)
               : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    XpsBrowserRow *found = find_row_below (child, item);
    if (found != NULL)
      return found;
  }
  return NULL;
}

XpsBrowserRow *
xps_browser_find_row (XpsBrowser *self, XpsBrowserItem *item)
{
  return item != NULL && gtk_widget_get_mapped (self->view) ? find_row_below (self->view, item) : NULL;
}

static gboolean
rename_item (XpsBrowser *self, XpsBrowserItem *item)
{
  XpsBrowserRow *row = xps_browser_find_row (self, item);
  if (row != NULL)
    ask_name (self, row);
  return row != NULL;
}

gboolean
xps_browser_rename_region (XpsBrowser *self, guint id)
{
  return rename_item (self, xps_browser_list_find_region (self->list, id));
}

gboolean
xps_browser_rename_sample (XpsBrowser *self, guint id)
{
  return rename_item (self, xps_browser_list_find_sample (self->list, id));
}

/* ---- menu ---- */

static void
append (GMenu *menu, const char *label, const char *action)
{
  g_menu_append (menu, label, action);
}

static GMenuModel *
new_region_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) fit = g_menu_new (), model = g_menu_new (), region = g_menu_new ();
  append (fit, _ ("Fit"), "win.fit-selected");
  append (fit, _ ("Use the Stored Fit"), "win.use-stored-fit");
  append (model, _ ("Copy Model"), "win.copy-model");
  append (model, _ ("Paste Model"), "win.paste-model");
  append (model, _ ("Apply Template…"), "win.apply-template");
  append (region, _ ("Rename…"), "win.rename-region");
  append (region, _ ("Move to Another Sample…"), "win.move-region");
  append (region, _ ("Delete"), "win.delete-region");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (fit));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (model));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (region));
  return G_MENU_MODEL (menu);
}

static GMenuModel *
new_sample_menu (guint id)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenuItem) rename = g_menu_item_new (_ ("Rename…"), NULL);
  g_menu_item_set_action_and_target (rename, "win.rename-sample", "u", id);
  g_menu_append_item (menu, rename);
  append (menu, _ ("Fit All of Its Regions"), "win.fit-selected");
  return G_MENU_MODEL (menu);
}

static void
show_menu (XpsBrowser *self, XpsBrowserRow *row, double x, double y)
{
  XpsBrowserItem *item = xps_browser_row_get_item (row);
  if (item == NULL)
    return;
  select_item (self, item);
  g_autoptr (GMenuModel) menu = xps_browser_item_is_sample (item)
                                    ? new_sample_menu (xps_browser_item_get_id (item))
                                    : new_region_menu ();
  double at_x = 0.0, at_y = 0.0;
  gtk_widget_translate_coordinates (GTK_WIDGET (row), GTK_WIDGET (self), x, y, &at_x, &at_y);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle){(int)at_x, (int)at_y, 1, 1});
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_right_click (GtkGestureClick *gesture, int n_press, double x, double y, XpsBrowser *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  show_menu (self, XPS_BROWSER_ROW (row), x, y);
}

static void
on_long_press (GtkGestureLongPress *gesture, double x, double y, XpsBrowser *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  show_menu (self, XPS_BROWSER_ROW (row), x, y);
}

void
xps_browser_add_row_input (XpsBrowser *self, XpsBrowserRow *row)
{
  GtkWidget *widget = GTK_WIDGET (row);
  GtkGesture *click = gtk_gesture_click_new (), *press = gtk_gesture_long_press_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (XPS_TYPE_BROWSER_ITEM, GDK_ACTION_MOVE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_right_click), self);
  g_signal_connect (press, "pressed", G_CALLBACK (on_long_press), self);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_prepare), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (press));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}
