/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/browser-item.h"
#include "app/browser-row.h"
#include "app/phase-dialog.h"
#include "app/phase-item.h"
#include "app/reference-item.h"
#include "app/window-private.h"

/* Where lines of the reference browser and phases of their editor can be dropped: the plot means its region,
 * a row of the list that region or that sample. */

#define INSTALLED_KEY "xps-phase-drop"

static gboolean
present (XpsWindow *window, const GValue *value, guint region, XpsPhaseScope scope)
{
  gpointer item = g_value_get_object (value);
  if (item == NULL || region == 0)
    return FALSE;
  if (XPS_IS_PHASE_ITEM (item)) /* all its lines: what no region shows says so */
    return xps_phase_dialog_present (window, xps_phase_item_get_name (item), NULL, region, scope) != NULL;
  const XpsReferenceSpread *spread = xps_reference_item_get_entry (item)->spread;
  return xps_phase_dialog_present (window, spread->species, scope == XPS_PHASE_REGION ? spread->level : NULL,
                                   region, scope) != NULL;
}

static gboolean
on_plot (GtkDropTarget *target, const GValue *value, double x, double y, XpsWindow *window)
{
  return present (window, value, xps_session_get_region_id (window->session), XPS_PHASE_REGION);
}

static guint
find_first_region (XpsSession *session, guint sample)
{
  const XpsState *state = xps_project_get_state (xps_session_get_project (session));
  for (guint i = 0; i < xps_state_get_n_regions (state); i++)
    if (xps_state_get_region (state, i)->sample == sample)
      return xps_state_get_region (state, i)->id;
  return 0;
}

static gboolean
on_list (GtkDropTarget *target, const GValue *value, double x, double y, XpsWindow *window)
{
  GtkWidget *under = gtk_widget_pick (GTK_WIDGET (window->browser), x, y, GTK_PICK_DEFAULT);
  GtkWidget *row = under != NULL ? gtk_widget_get_ancestor (under, XPS_TYPE_BROWSER_ROW) : NULL;
  XpsBrowserItem *item = row != NULL ? xps_browser_row_get_item (XPS_BROWSER_ROW (row)) : NULL;
  if (item == NULL)
    return FALSE;
  const guint id = xps_browser_item_get_id (item);
  return xps_browser_item_is_sample (item)
             ? present (window, value, find_first_region (window->session, id), XPS_PHASE_SAMPLE)
             : present (window, value, id, XPS_PHASE_REGION);
}

static void
add_target (GtkWidget *widget, GCallback on_drop, XpsWindow *window)
{
  GType types[] = {XPS_TYPE_REFERENCE_ITEM, XPS_TYPE_PHASE_ITEM};
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", on_drop, window);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (target));
}

void
xps_phase_drop_install (XpsWindow *window)
{
  if (g_object_get_data (G_OBJECT (window), INSTALLED_KEY) != NULL)
    return;
  g_object_set_data (G_OBJECT (window), INSTALLED_KEY, window);
  add_target (GTK_WIDGET (window->plot), G_CALLBACK (on_plot), window);
  add_target (GTK_WIDGET (window->browser), G_CALLBACK (on_list), window);
}
