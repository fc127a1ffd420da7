/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/page-base.h"

#include <string.h>

typedef struct {
  XpsSession *session;
  GSignalGroup *signals;
  GtkWidget *box;
  guint region; /* that was shown last */
  gboolean dirty;
} XpsPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (XpsPage, xps_page, ADW_TYPE_BIN)

#define ROWS_KEY      "xps-rows"
#define GROUP_SPACING 18
#define MARGIN        12

static guint go_to_signal;

static XpsPagePrivate *
get_private (XpsPage *self)
{
  return xps_page_get_instance_private (self);
}

static void
revert_entries (GtkWidget *widget)
{
  if (XPS_IS_PAGE_ENTRY (widget)) {
    xps_page_entry_revert (XPS_PAGE_ENTRY (widget));
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    revert_entries (child);
}

void
xps_page_refresh (XpsPage *self)
{
  XpsPagePrivate *private = get_private (self);
  private->dirty = TRUE;
  if (private->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  private->dirty = FALSE;
  const guint region = xps_session_get_region_id (private->session);
  if (region != private->region) /* what was half typed was meant for the other one */
    revert_entries (GTK_WIDGET (self));
  private->region = region;
  XPS_PAGE_GET_CLASS (self)->refresh (self);
}

void
xps_page_set_session (XpsPage *self, XpsSession *session)
{
  XpsPagePrivate *private = get_private (self);
  if (!g_set_object (&private->session, session))
    return;
  g_signal_group_set_target (private->signals, session);
  xps_page_refresh (self);
}

XpsSession *
xps_page_get_session (XpsPage *self)
{
  return get_private (self)->session;
}

void
xps_page_go_to (XpsPage *self, int component, const char *role)
{
  if (component >= 0)
    xps_session_select_component (get_private (self)->session, component);
  g_signal_emit (self, go_to_signal, 0, component, role);
}

/* ---- what pages are made of ---- */

void
xps_page_add_widget (XpsPage *self, GtkWidget *widget)
{
  gtk_box_append (GTK_BOX (get_private (self)->box), widget);
}

AdwPreferencesGroup *
xps_page_add_group (XpsPage *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  xps_page_add_widget (self, group);
  return ADW_PREFERENCES_GROUP (group);
}

static GPtrArray *
get_rows (AdwPreferencesGroup *group)
{
  GPtrArray *rows = g_object_get_data (G_OBJECT (group), ROWS_KEY);
  if (rows == NULL) {
    rows = g_ptr_array_new ();
    g_object_set_data_full (G_OBJECT (group), ROWS_KEY, rows, (GDestroyNotify)g_ptr_array_unref);
  }
  return rows;
}

void
xps_page_group_add (AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (get_rows (group), row);
}

void
xps_page_group_clear (AdwPreferencesGroup *group)
{
  GPtrArray *rows = get_rows (group);
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
}

/* ---- the widget ---- */

static void
xps_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (xps_page_parent_class)->map (widget);
  if (get_private (XPS_PAGE (widget))->dirty)
    xps_page_refresh (XPS_PAGE (widget));
}

static void
xps_page_dispose (GObject *object)
{
  XpsPagePrivate *private = get_private (XPS_PAGE (object));
  if (private->signals != NULL)
    g_signal_group_set_target (private->signals, NULL);
  g_clear_object (&private->signals);
  g_clear_object (&private->session);
  G_OBJECT_CLASS (xps_page_parent_class)->dispose (object);
}

static void
xps_page_class_init (XpsPageClass *class)
{
  G_OBJECT_CLASS (class)->dispose = xps_page_dispose;
  GTK_WIDGET_CLASS (class)->map = xps_page_map;
  go_to_signal = g_signal_new ("go-to", XPS_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                               G_TYPE_INT, G_TYPE_STRING);
}

static void
xps_page_init (XpsPage *self)
{
  static const char *const signals[] = {"document-changed", "region-changed", "model-changed",
                                        "selection-changed", "fit-changed"};
  XpsPagePrivate *private = get_private (self);
  private->signals = g_signal_group_new (XPS_TYPE_SESSION);
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_group_connect_swapped (private->signals, signals[i], G_CALLBACK (xps_page_refresh), self);
  private->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, GROUP_SPACING);
  gtk_widget_set_margin_top (private->box, MARGIN);
  gtk_widget_set_margin_bottom (private->box, MARGIN);
  gtk_widget_set_margin_start (private->box, MARGIN);
  gtk_widget_set_margin_end (private->box, MARGIN);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), private->box);
  adw_bin_set_child (ADW_BIN (self), scrolled);
}
