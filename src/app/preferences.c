/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/preferences.h"

#include <glib/gi18n.h>

#include "app/page-combo.h"
#include "app/settings.h"
#include "fit/problem.h"

static void
bind (GSettings *settings, const char *key, gpointer object, const char *property)
{
  if (settings != NULL)
    g_settings_bind (settings, key, object, property, G_SETTINGS_BIND_DEFAULT);
}

static void
add_switch (AdwPreferencesGroup *group, GSettings *settings, const char *key, const char *title,
            const char *subtitle)
{
  GtkWidget *row = adw_action_row_new (), *control = gtk_switch_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  bind (settings, key, control, "active");
  adw_preferences_group_add (group, row);
}

static void
add_number (AdwPreferencesGroup *group, GSettings *settings, const char *key, const char *title,
            const char *subtitle, GtkAdjustment *adjustment, guint digits)
{
  GtkWidget *row = adw_action_row_new (), *control = gtk_spin_button_new (adjustment, 1.0, digits);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  bind (settings, key, adjustment, "value");
  adw_preferences_group_add (group, row);
}

static void
on_weights_chosen (AdwComboRow *row, GParamSpec *pspec, GSettings *settings)
{
  xps_settings_set_string (settings, "default-weights",
                           xps_weights_to_text ((XpsWeights)adw_combo_row_get_selected (row)));
}

static void
add_weights (AdwPreferencesGroup *group, GSettings *settings)
{
  const char *const words[] = {_ ("Counting statistics"), _ ("Given with the data"), _ ("All points alike"),
                               _ ("Poisson likelihood"), NULL};
  g_autofree char *text = xps_settings_dup_string (settings, "default-weights", "counts");
  g_autoptr (GtkStringList) list = gtk_string_list_new (words);
  XpsWeights weights = XPS_WEIGHTS_COUNTS;
  xps_weights_from_text (text, &weights);
  GtkWidget *row = xps_page_combo_row_new (_ ("Weights of new regions"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Where the unit of the intensity allows them"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), weights);
  if (settings != NULL)
    g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_weights_chosen), settings, 0);
  adw_preferences_group_add (group, row);
}

static AdwPreferencesGroup *
add_group (AdwPreferencesPage *page, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (page, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}

void
xps_preferences_present (XpsApplication *application, GtkWindow *parent)
{
  GSettings *settings = xps_application_get_settings (application);
  GtkWidget *window = adw_preferences_window_new (), *widget = adw_preferences_page_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (widget);
  AdwPreferencesGroup *fits = add_group (page, _ ("Fits"));
  add_weights (fits, settings);
  add_switch (fits, settings, "live-fit", _ ("Live fit in new windows"),
              _ ("Every edit is followed by a fit"));
  AdwPreferencesGroup *plots = add_group (page, _ ("Plots"));
  add_number (plots, settings, "text-scale", _ ("Text size"),
              _ ("A factor on the size that the desktop sets"),
              gtk_adjustment_new (1.0, 0.5, 3.0, 0.1, 0.5, 0.0), 1);
  AdwPreferencesGroup *safety = add_group (page, _ ("Safety"));
  add_number (safety, settings, "journal-seconds", _ ("Seconds between entries of the crash journal"),
              _ ("So much work is lost at most when the program ends unexpectedly"),
              gtk_adjustment_new (2.0, 1.0, 5.0, 1.0, 1.0, 0.0), 0);
  if (settings == NULL)
    adw_preferences_group_set_description (safety,
                                           _ ("The program is not installed: these settings are not kept."));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), page);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_present (GTK_WINDOW (window));
}
