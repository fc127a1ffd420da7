/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/component-view-menu.h"

#include <glib/gi18n.h>

#include "app/page-doublet.h"
#include "app/page-model.h"

static gboolean
unparent (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* Not at once: what was chosen is done after the menu has closed, and looks for its actions through it. */
static void
on_closed (GtkPopover *popover, gpointer data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent, g_object_ref (popover), g_object_unref);
}

void
xps_page_show_error (GtkWidget *beside, const char *message)
{
  GtkWidget *label = gtk_label_new (message);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  GtkWidget *popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (popover), label);
  gtk_widget_set_parent (popover, beside);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

/* ---- actions ---- */

typedef struct {
  GtkWidget *widget; /* not owned: it owns the group */
  XpsSession *session;
} Menu;

static void
menu_free (gpointer data, GClosure *closure)
{
  Menu *menu = data;
  g_object_unref (menu->session);
  g_free (menu);
}

static int
get_selected (Menu *menu)
{
  const int component = xps_session_get_component (menu->session);
  return component >= 0 && (guint)component < xps_page_get_n_components (menu->session) ? component : -1;
}

static void
on_duplicate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Menu *menu = data;
  if (get_selected (menu) >= 0)
    xps_page_duplicate (menu->session, (gsize)get_selected (menu));
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Menu *menu = data;
  if (get_selected (menu) >= 0)
    xps_page_remove (menu->session, (gsize)get_selected (menu));
}

/* The other component, or -1 where it is not there. */
static int
get_other (Menu *menu, GVariant *parameter)
{
  const int other = g_variant_get_int32 (parameter);
  const int selected = get_selected (menu);
  return selected >= 0 && other >= 0 && other != selected &&
                 (guint)other < xps_page_get_n_components (menu->session)
             ? other
             : -1;
}

static void
on_link_area (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Menu *menu = data;
  g_autoptr (GError) error = NULL;
  const int other = get_other (menu, parameter);
  if (other >= 0 && !xps_page_link_areas (menu->session, (gsize)get_selected (menu), (gsize)other, &error))
    xps_page_show_error (menu->widget, error->message);
}

static void
on_link_width (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Menu *menu = data;
  g_autoptr (GError) error = NULL;
  const int other = get_other (menu, parameter);
  if (other >= 0 && !xps_page_link_widths (menu->session, (gsize)get_selected (menu), (gsize)other, &error))
    xps_page_show_error (menu->widget, error->message);
}

static void
on_make_doublet (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Menu *menu = data;
  const int other = get_other (menu, parameter);
  if (other >= 0)
    xps_page_doublet_present (menu->widget, menu->session, get_selected (menu), other);
}

static void
add_action (GSimpleActionGroup *group, Menu *menu, const char *name, gboolean with_other, GCallback callback)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, with_other ? G_VARIANT_TYPE_INT32 : NULL);
  Menu *own = g_new0 (Menu, 1);
  *own = (Menu){menu->widget, g_object_ref (menu->session)};
  g_signal_connect_data (action, "activate", callback, own, menu_free, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

void
xps_component_menu_install (GtkWidget *widget, XpsSession *session)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  Menu menu = {widget, session};
  add_action (group, &menu, "duplicate", FALSE, G_CALLBACK (on_duplicate));
  add_action (group, &menu, "delete", FALSE, G_CALLBACK (on_delete));
  add_action (group, &menu, "link-area", TRUE, G_CALLBACK (on_link_area));
  add_action (group, &menu, "link-width", TRUE, G_CALLBACK (on_link_width));
  add_action (group, &menu, "make-doublet", TRUE, G_CALLBACK (on_make_doublet));
  gtk_widget_insert_action_group (widget, "component", G_ACTION_GROUP (group));
}

/* ---- menu ---- */

static GMenu *
new_submenu (XpsSession *session, int selected, const char *action)
{
  GMenu *menu = g_menu_new ();
  for (guint i = 0; i < xps_page_get_n_components (session); i++) {
    if ((int)i == selected)
      continue;
    g_autofree char *letter = xps_edit_dup_letter (i);
    g_autofree char *label =
        /* Translators: letter and name of a component, "A: PS4 2p3/2". */
        g_strdup_printf (_ ("%s: %s"), letter, xps_page_get_component (session, i)->name);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);
    g_menu_item_set_action_and_target (item, action, "i", (gint32)i);
    g_menu_append_item (menu, item);
  }
  return menu;
}

static void
append_submenu (GMenu *menu, XpsSession *session, const char *label, const char *action)
{
  g_autoptr (GMenu) submenu = new_submenu (session, xps_session_get_component (session), action);
  g_menu_append_submenu (menu, label, G_MENU_MODEL (submenu));
}

void
xps_component_menu_open (GtkWidget *widget, XpsSession *session, double x, double y)
{
  if (xps_session_get_component (session) < 0)
    return;
  g_autoptr (GMenu) menu = g_menu_new ();
  if (xps_page_get_n_components (session) > 1) {
    g_autoptr (GMenu) links = g_menu_new ();
    append_submenu (links, session, _ ("Link _Area to"), "component.link-area");
    append_submenu (links, session, _ ("Link _Widths to"), "component.link-width");
    append_submenu (links, session, _ ("_Make Doublet Partner of"), "component.make-doublet");
    g_menu_append_section (menu, NULL, G_MENU_MODEL (links));
  }
  g_autoptr (GMenu) whole = g_menu_new ();
  g_menu_append (whole, _ ("_Duplicate"), "component.duplicate");
  g_menu_append (whole, _ ("D_elete"), "component.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (whole));

  GtkWidget *popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_widget_set_halign (popover, GTK_ALIGN_START);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle){(int)x, (int)y, 1, 1});
  gtk_widget_set_parent (popover, widget);
  g_signal_connect (popover, "closed", G_CALLBACK (on_closed), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}
