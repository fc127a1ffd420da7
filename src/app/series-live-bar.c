/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gi18n.h>

#include "app/reference-shell.h"
#include "app/series-live.h"

/* The live part of a series window. */

#define KEY "xps-series-live"

typedef struct {
  GtkWindow *window;
  XpsSeriesDesk *desk;
  XpsSeriesSteps *steps;
  XpsSeriesLive *live;
  GtkToggleButton *button;
  GtkInfoBar *banner;
  GtkLabel *alarms, *status;
  GtkFileChooserNative *chooser;
  gboolean updating, dismissed;
} Bar;

static void
bar_free (gpointer data)
{
  Bar *self = data;
  g_clear_object (&self->chooser);
  g_object_unref (self->live);
  g_object_unref (self->desk);
  g_free (self);
}

static Bar *
get_bar (GtkWindow *window)
{
  return xps_shell_is_open (window) ? g_object_get_data (G_OBJECT (window), KEY) : NULL;
}

/* ---- shown ---- */

static void
show_alarms (Bar *self)
{
  const GPtrArray *alarms = xps_series_live_get_alarms (self->live);
  GString *text = g_string_new (NULL);
  for (guint i = 0; alarms != NULL && i < alarms->len; i++) {
    const XpsAlarm *alarm = g_ptr_array_index (alarms, i);
    if (text->len > 0)
      g_string_append_c (text, '\n');
    g_string_append (text, alarm->message);
  }
  gtk_label_set_text (self->alarms, text->str);
  gtk_info_bar_set_revealed (self->banner, text->len > 0 && !self->dismissed);
  gtk_widget_set_visible (GTK_WIDGET (self->banner), text->len > 0 && !self->dismissed);
  g_string_free (text, TRUE);
}

static void
show (GtkWindow *window)
{
  Bar *self = get_bar (window);
  if (self == NULL)
    return;
  const char *status = xps_series_live_get_status (self->live);
  self->updating = TRUE;
  gtk_toggle_button_set_active (self->button, xps_series_live_is_on (self->live));
  self->updating = FALSE;
  gtk_label_set_text (self->status, status);
  gtk_widget_set_visible (GTK_WIDGET (self->status), status[0] != '\0');
  show_alarms (self);
}

/* Whoever looks at the newest step goes on with it. */
static void
on_grown (GtkWindow *window, guint before, guint now)
{
  Bar *self = get_bar (window);
  if (self == NULL)
    return;
  const int current = xps_series_steps_get_current (self->steps);
  if (current < 0 || current + 1 == (int)before)
    xps_series_steps_set_current (self->steps, (int)now - 1);
}

/* Also for somebody who is not at the window. */
static void
on_alarm (GtkWindow *window, const char *message)
{
  Bar *self = get_bar (window);
  GApplication *application = g_application_get_default ();
  if (self == NULL)
    return;
  self->dismissed = FALSE;
  g_signal_emit_by_name (xps_series_desk_get_session (self->desk), "message", message, FALSE);
  if (application == NULL || !g_application_get_is_registered (application))
    return;
  g_autoptr (GNotification) notification = g_notification_new (xps_series_desk_get_name (self->desk));
  g_notification_set_body (notification, message);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_HIGH);
  g_application_send_notification (application, "series-alarm", notification);
}

static void
on_dismiss (Bar *self)
{
  self->dismissed = TRUE;
  show_alarms (self);
}

/* ---- on and off ---- */

static void
start (Bar *self, const char *folder)
{
  const XpsSeries *series = xps_series_desk_get_series (self->desk);
  xps_series_live_start (self->live, folder);
  if (series != NULL)
    xps_series_steps_set_current (self->steps, (int)xps_series_get_n (series) - 1);
}

static void
on_folder (GtkNativeDialog *dialog, int response, Bar *self)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  if (path != NULL)
    start (self, path);
  show (self->window);
}

static void
on_choose (Bar *self)
{
  g_autofree char *folder = xps_series_live_dup_folder (self->live);
  g_autoptr (GFile) file = folder != NULL ? g_file_new_for_path (folder) : NULL;
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Folder of a Running Measurement"), self->window,
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  if (file != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (self->chooser), file, NULL);
  g_signal_connect (self->chooser, "response", G_CALLBACK (on_folder), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* One press watches where the last step came from. */
static void
on_toggled (Bar *self)
{
  g_autofree char *folder = xps_series_live_dup_folder (self->live);
  if (self->updating)
    return;
  if (!gtk_toggle_button_get_active (self->button))
    xps_series_live_stop (self->live);
  else if (folder != NULL)
    start (self, folder);
  else
    on_choose (self);
}

static void
on_destroy (GtkWindow *window)
{
  Bar *self = g_object_get_data (G_OBJECT (window), KEY);
  xps_series_live_stop (self->live);
}

/* ---- made ---- */

static GtkWidget *
buttons_new (Bar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), *other;
  GtkWidget *button = gtk_toggle_button_new_with_mnemonic (_ ("_Live"));
  gtk_widget_set_tooltip_text (
      button, _ ("Watch the folder that the steps came from: new frames are fitted as they come"));
  self->button = GTK_TOGGLE_BUTTON (button);
  other = gtk_button_new_from_icon_name ("folder-open-symbolic");
  gtk_widget_set_tooltip_text (other, _ ("Watch another folder"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (other), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Watch another folder"), -1);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled), self);
  g_signal_connect_swapped (other, "clicked", G_CALLBACK (on_choose), self);
  gtk_widget_add_css_class (box, "linked");
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box), other);
  return box;
}

static GtkWidget *
banner_new (Bar *self)
{
  GtkWidget *banner = gtk_info_bar_new ();
  self->banner = GTK_INFO_BAR (banner);
  self->alarms = GTK_LABEL (xps_shell_text_new ("", NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->alarms), TRUE);
  gtk_info_bar_add_child (self->banner, GTK_WIDGET (self->alarms));
  gtk_info_bar_set_message_type (self->banner, GTK_MESSAGE_WARNING);
  gtk_info_bar_set_show_close_button (self->banner, TRUE);
  g_signal_connect_swapped (banner, "response", G_CALLBACK (on_dismiss), self);
  return banner;
}

XpsSeriesLive *
xps_series_live_attach (GtkWindow *window, AdwHeaderBar *header, GtkBox *box, XpsSeriesDesk *desk,
                        XpsSeriesSteps *steps)
{
  Bar *self = g_new0 (Bar, 1);
  self->window = window;
  self->desk = g_object_ref (desk);
  self->steps = steps;
  self->live = xps_series_live_new (desk);
  adw_header_bar_pack_end (header, buttons_new (self));
  gtk_box_insert_child_after (box, banner_new (self), GTK_WIDGET (header));
  self->status = GTK_LABEL (xps_shell_text_new ("", "dim-label"));
  gtk_widget_set_margin_start (GTK_WIDGET (self->status), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->status), 12);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->status), 6);
  gtk_box_append (box, GTK_WIDGET (self->status));
  g_object_set_data_full (G_OBJECT (window), KEY, self, bar_free);
  g_signal_connect_object (self->live, "changed", G_CALLBACK (show), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->live, "grown", G_CALLBACK (on_grown), window, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->live, "alarm", G_CALLBACK (on_alarm), window, G_CONNECT_SWAPPED);
  g_signal_connect (window, "destroy", G_CALLBACK (on_destroy), NULL);
  show (window);
  return self->live;
}
